"""Plans how a drift is answered: by what has worked for its kind on this film, for the least time.

One success is enough and each step costs time, so the steps are taken in the order of their chance divided by their
cost, which has the least expected cost (L. G. Mitten, "An Analytic Solution to the Least Cost Testing Sequence
Problem", Journal of Industrial Engineering 11, 1960). A chance is the mean of a Beta distribution over what this
film has counted. The last attempt before the director goes to the likeliest step, whatever it costs: a person's
time is dearer. No dice are thrown: the same film gives the same plan.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from pipeline.renderers.base import Capabilities, Frames, Mend
from pipeline.renderers.patching import area_of
from pipeline.renderers.pieces import pieces_of
from storage.domain.findings import Finding, Region
from storage.domain.mending import kind_of
from storage.domain.standing import Standing
from storage.domain.takes import Means, Mending, Seam, Take
from storage.domain.vocabulary import Attribute
from storage.mending_record import MendingRecord, read_mending
from storage.project import Project

# What a means is taken to have put right, and not, before a film has counted any: two trials' worth, so that a few
# of its own weigh more.
_BEFORE: Mapping[Means, tuple[float, float]] = {
    Means.INPAINT: (0.4, 1.6),
    Means.LATER_FRAMES: (0.4, 1.6),
    Means.IMAGE_TO_IMAGE: (0.3, 1.7),
    Means.NEW_SEED: (0.2, 1.8),
}
# Shares of the denoising that are done again. All of it put as much right, but moved shoulders off their bodies.
_STRENGTHS: Mapping[Means, float] = {Means.INPAINT: 0.75, Means.IMAGE_TO_IMAGE: 0.75}
# Where this much of a picture drifted there is little left to keep.
_MOST_INPAINTED = 0.6
# What belongs to the composition cannot be mended by what keeps it.
_COMPOSITION = frozenset({Attribute.PEOPLE, Attribute.SHOT_SIZE, Attribute.ANGLE})
# Skin is read in the middle of a face, and the rest of the face has it too: by these shares of its sides its region
# grows to the left, up, to the right and down.
_WHOLE_FACE = (0.25, 0.6, 0.25, 0.15)
# Times that differ by less are nobody's cost, and would let the clock's jitter decide.
_LEAST_S = 0.1


@dataclass(frozen=True, slots=True, kw_only=True)
class MendPlan:
    """What is done next.

    Attributes:
        base: the take whose drift is answered.
        chance: that it puts everything right, 0 to 1; 0 until it is weighed.
        cost_s: seconds that it will take; 0 until it is weighed.
        regions, strength, kept_frames: see `Mend`.
    """

    mending: Mending
    base: Take
    chance: float = 0.0
    cost_s: float = 0.0
    regions: tuple[Region, ...] = ()
    strength: float = 1.0
    kept_frames: int = 0

    def mend(self, frames: Frames) -> Mend:
        """The plan for a renderer.

        Args:
            frames: of the base.
        """
        return Mend(
            means=self.mending.means,
            base=frames,
            regions=self.regions,
            strength=self.strength,
            kept_frames=self.kept_frames,
        )


class Mender:
    """Plans the mending of one film.

    Args:
        able: what the renderer can make.
    """

    def __init__(self, project: Project, able: Capabilities) -> None:
        self._project = project
        self._able = able
        self._records: dict[Seam, MendingRecord] = {}
        self._read_at: object = None

    def plan(
        self, standing: Standing, *, takes: Sequence[Take], findings: Sequence[Finding], last_attempt: int
    ) -> MendPlan | None:
        """Choose what the attempt that is due does; None where it answers nothing.

        That is the first of a round, and one that still stood in the queue when a director called a false alarm.

        Args:
            standing: of a shot at its keyframe or clip seam, with an attempt to be made.
            takes: those of this shot and seam.
            findings: the critic's, in the take that the standing names as its base.
            last_attempt: after which the director decides.
        """
        base = standing.base
        wrong = [key for key in standing.missed if key not in standing.accepted]
        if base is None or not wrong:
            return None
        found = {finding.key: finding for finding in findings}
        tried = {
            take.mending.means
            for take in takes
            if take.round == standing.round and take.mending and not set(wrong).isdisjoint(take.mending.missed)
        }
        # A new seed is another throw each time; what builds on a take would come out much the same.
        plans = [
            self._weighed(plan, wrong, standing.seam)
            for plan in self._possible(base, wrong, standing.missed, found)
            if plan.mending.means not in tried or not plan.mending.means.builds_on
        ]
        if standing.attempt >= last_attempt:
            return max(plans, key=lambda plan: (plan.chance, -plan.cost_s))
        return max(plans, key=lambda plan: plan.chance / plan.cost_s)

    def _possible(
        self, base: Take, wrong: Sequence[str], missed: tuple[str, ...], found: Mapping[str, Finding]
    ) -> list[MendPlan]:
        """Every way to answer what is wrong, from what changes least to what changes most."""
        able = self._able.means
        plans: list[MendPlan] = []

        def add(means: Means, *, regions: tuple[Region, ...] = (), kept_frames: int = 0) -> None:
            plans.append(
                MendPlan(
                    mending=Mending(means=means, of=base.id, missed=missed),
                    base=base,
                    regions=regions,
                    strength=_STRENGTHS.get(means, 1.0),
                    kept_frames=kept_frames,
                )
            )

        judged = [found[key] for key in wrong if key in found]
        if base.seam is Seam.KEYFRAME and _COMPOSITION.isdisjoint(map(kind_of, wrong)):
            regions = tuple(dict.fromkeys(_redrawn(finding) for finding in judged if finding.region))
            is_local = all(finding.region for finding in judged) and len(judged) == len(wrong)
            if Means.INPAINT in able and is_local and area_of(regions) <= _MOST_INPAINTED:
                add(Means.INPAINT, regions=regions)
            if Means.IMAGE_TO_IMAGE in able:
                add(Means.IMAGE_TO_IMAGE)
        if base.seam is Seam.CLIP and Means.LATER_FRAMES in able:
            kept_frames = self._kept(base, judged) if len(judged) == len(wrong) else 0
            if kept_frames:
                add(Means.LATER_FRAMES, kept_frames=kept_frames)
        add(Means.NEW_SEED)
        return plans

    def _kept(self, base: Take, judged: Sequence[Finding]) -> int:
        """The frames of a clip before the piece in which the first drift begins; 0 where it may be the first piece."""
        begins = min(finding.frame_range.start if finding.frame_range else 0 for finding in judged)
        pieces = pieces_of(base.num_frames, self._able.clip_frames)
        return next((start for start, stop in pieces if start <= begins < stop), 0)

    def _weighed(self, plan: MendPlan, wrong: Sequence[str], seam: Seam) -> MendPlan:
        """The plan with its chance and its cost: a chain of drifts is as likely to be mended as its weakest link."""
        record, means = self._record(seam), plan.mending.means
        chances: list[float] = []
        for kind in {kind_of(key) for key in wrong}:
            right, tried = record.counted(means, kind)
            before = _BEFORE[means]
            chances.append((before[0] + right) / (sum(before) + tried))
        share = plan.strength * (1 - plan.kept_frames / plan.base.num_frames)
        cost_s = record.seconds(means)
        cost_s = record.fresh_s * share if cost_s is None else cost_s
        return replace(plan, chance=min(chances), cost_s=max(_LEAST_S, round(cost_s, 1)))

    def _record(self, seam: Seam) -> MendingRecord:
        """Read once for the jobs of a batch."""
        newest = (*self._project.takes.newest, len(self._project.ledger.everything()))
        if newest != self._read_at:
            self._records.clear()
            self._read_at = newest
        if seam not in self._records:
            self._records[seam] = read_mending(self._project, seam)
        return self._records[seam]


def _redrawn(finding: Finding) -> Region:
    """What has to be drawn anew where a finding was read."""
    region = finding.region
    assert region is not None
    if kind_of(finding.key) != Attribute.SKIN:
        return region
    wide, tall = region.right - region.left, region.bottom - region.top
    left, up, right, down = _WHOLE_FACE
    return Region(
        left=max(0.0, region.left - left * wide),
        top=max(0.0, region.top - up * tall),
        right=min(1.0, region.right + right * wide),
        bottom=min(1.0, region.bottom + down * tall),
    )
