"""One immutable reading of a film: everything that the views show, worked out off the GUI thread."""

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path

from desktop.claims import Claims, claims_of
from desktop.faults import NO_FAULTS, Faults, faults_of
from desktop.standing_light import Light
from storage.domain.decisions import Decision
from storage.domain.findings import Finding
from storage.domain.graph_view import GraphView
from storage.domain.jobs import Job
from storage.domain.looks import Look
from storage.domain.notes import Note, NoteId
from storage.domain.open_ends import OpenEnd, open_ends
from storage.domain.pass_rate import PassRate
from storage.domain.scene_graph import Constraint, Scene, Shot, ShotId
from storage.domain.staleness import stale_reasons
from storage.domain.standing import Standing, not_clean, open_drift
from storage.domain.takes import MediaDigest, Recipe, Seam, Take, TakeId
from storage.project import Project

_OF_EVERY_PLACE = (
    "title", "frame_rate", "revision", "script", "script_findings", "cut", "undo_label", "redo_label", "stars", "looks",
    "price_per_call", "currency",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Media:
    """A picture or clip on disk; `suffix` is empty where only its digest is known."""

    digest: MediaDigest
    suffix: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SeamCard:
    """One shot (or the film) at one seam.

    Attributes:
        takes: all of them, by number.
        drifts: keys that are not right in the take that the standing is about.
    """

    standing: Standing
    light: Light
    takes: tuple[Take, ...] = ()
    drifts: tuple[str, ...] = ()

    @property
    def first_shown(self) -> Take | None:
        """The take to look at unless the director chooses another."""
        return self.standing.take or self.standing.circled or (self.takes[-1] if self.takes else None)


@dataclass(frozen=True, slots=True, kw_only=True)
class ShotCard:
    """One shot on the timeline.

    Attributes:
        start_frame: where it begins in the film, in frames of the film.
        planned: false for shots that were left out of this production.
        lanes: the states at the script, keyframe, clip and cut seams, as the timeline shows them.
        poster: the take whose thumbnail stands for it.
        num_notes: on its takes, and open.
    """

    shot: Shot
    scene: Scene
    start_frame: int
    planned: bool
    keyframe: SeamCard
    clip: SeamCard
    lanes: tuple[Light, Light, Light, Light]
    poster: Take | None
    num_notes: int = 0

    def at(self, seam: Seam) -> SeamCard:
        return self.clip if seam is Seam.CLIP else self.keyframe

    @property
    def stop_frame(self) -> int:
        return self.start_frame + self.shot.duration_frames

    @property
    def num_flags(self) -> int:
        """Drifts that wait for the director."""
        return sum(len(card.drifts) for card in (self.keyframe, self.clip) if card.light is Light.DRIFT)


@dataclass(frozen=True, slots=True, kw_only=True)
class Spot:
    """A place where a director decides: a seam of a shot, or of the film where there is none."""

    seam: Seam
    shot_id: ShotId | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SceneSpan:
    """Where the shots of one scene lie: indexes into `FilmSnapshot.shots` and frames of the film, half-open."""

    scene: Scene
    first: int
    stop: int
    start_frame: int
    stop_frame: int


@dataclass(frozen=True, slots=True, kw_only=True)
class FilmSnapshot:
    """A film at one moment. Nothing in it changes, so that any thread may read it.

    Attributes:
        shots: in film order; `starts` has their first frames and `index_of` their places. The last two stay
            the same objects from one snapshot to the next while no shot moves.
        scenes: the scenes that have shots, in film order.
        changed: the shots whose cards differ from the snapshot before; None where any may, or where they moved.
        num_unread: shots whose states are still to come; their lights are `NOTHING`.
        looks: those that are not withdrawn, oldest first.
        findings: of every take that was reviewed: at least what is not right, see `TakeDetail` for the others.
        script_findings: None where the critic has not read this revision of the scene graph.
        jobs: at work, waiting and set aside, the first to be done first.
        decisions: the whole ledger; entries: the same by place; effective: what still counts, by place.
        undo_label: what Ctrl+Z would take back; empty for nothing. redo_label: what Ctrl+Shift+Z would bring back.
        stars: of the takes that have any, 1 to 5.
        notes: by place, those places that have any; the same object while no note is another.
    """

    folder: Path
    title: str
    frame_rate: Fraction
    revision: int
    view: GraphView | None
    script: Light
    script_findings: tuple[Finding, ...] | None
    shots: tuple[ShotCard, ...]
    cut: SeamCard
    waiting: tuple[Spot, ...]
    pass_rate: PassRate
    jobs: tuple[Job, ...]
    findings: Mapping[TakeId, tuple[Finding, ...]]
    decisions: tuple[Decision, ...]
    effective: Mapping[tuple[Seam, ShotId | None], tuple[Decision, ...]]
    undo_label: str
    entries: Mapping[tuple[Seam, ShotId | None], tuple[Decision, ...]] = field(default_factory=dict)
    index_of: Mapping[ShotId, int] = field(default_factory=dict)
    starts: Sequence[int] = ()
    redo_label: str = ""
    stars: Mapping[TakeId, int] = field(default_factory=dict)
    price_per_call: str = "0"
    currency: str = ""
    scenes: tuple[SceneSpan, ...] = ()
    changed: frozenset[ShotId] | None = None
    num_unread: int = 0
    looks: tuple[Look, ...] = ()
    notes: Mapping[tuple[Seam, ShotId | None], tuple[Note, ...]] = field(default_factory=dict)

    @property
    def num_frames(self) -> int:
        """Length of the film as planned, in frames."""
        return self.shots[-1].stop_frame if self.shots else 0

    def index_at(self, frame: int) -> int | None:
        """The index of the shot that holds a frame of the film; None outside. Takes O(log n)."""
        index = bisect_right(self.starts, frame) - 1
        return index if index >= 0 and frame < self.shots[index].stop_frame else None

    def card(self, shot_id: ShotId | None) -> ShotCard | None:
        index = self.index_of.get(shot_id) if shot_id else None
        return self.shots[index] if index is not None else None

    def seam_card(self, spot: Spot) -> SeamCard | None:
        """What is known at a place; None at the script seam and where the shot is gone."""
        if spot.seam is Seam.CUT:
            return self.cut
        card = self.card(spot.shot_id)
        return card.at(spot.seam) if card and spot.seam is not Seam.SCRIPT else None

    def notes_on(self, *takes: Take) -> tuple[Note, ...]:
        """The notes on some takes, in the order in which these are named."""
        return tuple(
            note for take in takes for note in self.notes.get((take.seam, take.shot_id), ()) if note.take_id == take.id
        )

    def note(self, note_id: NoteId | None) -> Note | None:
        """A note by its id; the ledger knows where it is."""
        if note_id is None or not 0 < note_id <= len(self.decisions):
            return None
        began = self.decisions[note_id - 1]
        return next((note for note in self.notes.get((began.seam, began.shot_id), ()) if note.id == note_id), None)

    def take_drifts(self, take: Take) -> tuple[str, ...]:
        """Keys that are not right in any take, after what the director said of the critic's findings."""
        decisions = self.effective.get((take.seam, take.shot_id), ())
        return open_drift(self.findings.get(take.id, ()), decisions, take.id)

    def take_word(self, take: Take) -> str:
        """What a take strip says under a take."""
        if take.id not in self.findings:
            return "not checked"
        drifts = self.take_drifts(take)
        if drifts:
            return "drift"
        decisions = self.effective.get((take.seam, take.shot_id), ())
        return "unseen" if not_clean(self.findings[take.id], decisions, take.id) else "clean"

    def history(self, spot: Spot) -> tuple[Decision, ...]:
        """Every entry of the ledger about a place, newest first, undone ones and undos included."""
        return self.entries.get((spot.seam, spot.shot_id), ())[::-1]

    def proposed(self) -> tuple[Constraint, ...]:
        """The constraints that nobody has settled yet, by id."""
        if self.view is None:
            return ()
        known = self.view.memo.get("proposed")
        if known is None:
            items = self.view.graph.constraints.values()
            known = tuple(sorted((item for item in items if item.is_proposed), key=lambda item: item.id))
            self.view.memo["proposed"] = known
        return known

    def open_ends(self) -> tuple[OpenEnd, ...]:
        """Contradictions, drift from the screenplay, gaps, and what is proposed, in this order."""
        return self._open()[0]

    def faults(self) -> Faults:
        """Which of these are marked where they are; the same object until there are others."""
        return self._open()[1]

    def _open(self) -> tuple[tuple[OpenEnd, ...], Faults]:
        if self.view is None:
            return (), NO_FAULTS
        read, known = self.view.memo.get("open ends", (None, None))
        if known is None or read is not self.script_findings:
            ends = open_ends(self.view, self.script_findings or ())
            known = ends, faults_of(self.view, ends)
            self.view.memo["open ends"] = self.script_findings, known
        return known

    def claims(self) -> Claims | None:
        """What rests on which line of the screenplay; None where there is no scene graph yet."""
        return claims_of(self.view) if self.view is not None else None


@dataclass(frozen=True, slots=True, kw_only=True)
class TakeDetail:
    """What is only read for the take on screen.

    Attributes:
        stale_because: one sentence for each input that has changed since.
        findings: all of them; the snapshot has those that are not right of any take. None where there is no review.
    """

    take_id: TakeId
    recipe: Recipe
    stale_because: tuple[str, ...]
    findings: tuple[Finding, ...] | None = None


def tells_the_same(before: FilmSnapshot, after: FilmSnapshot, spot: Spot) -> bool:
    """Whether two readings of a film say the same of one place: its takes, findings, decisions, looks and plan.

    What is the same in both is mostly the same object, so that this costs little in a film of any length.
    """
    places = [(seam, spot.shot_id) for seam in (Seam.KEYFRAME, Seam.CLIP)] if spot.shot_id else [(spot.seam, None)]
    takes = after.cut.takes if spot.seam is Seam.CUT else ()
    return (
        all(getattr(before, name) == getattr(after, name) for name in _OF_EVERY_PLACE)
        and before.view is after.view
        and before.starts is after.starts
        and before.card(spot.shot_id) is after.card(spot.shot_id)
        and all(before.entries.get(place) == after.entries.get(place) for place in places)
        and all(before.effective.get(place) == after.effective.get(place) for place in places)
        and all(before.findings.get(take.id) == after.findings.get(take.id) for take in takes)
    )


def scene_spans(cards: Sequence[ShotCard]) -> tuple[SceneSpan, ...]:
    """Where each scene lies among the shots."""
    spans: list[SceneSpan] = []
    first = 0
    for stop in range(1, len(cards) + 1):
        if stop == len(cards) or cards[stop].scene.id != cards[first].scene.id:
            span = SceneSpan(
                scene=cards[first].scene,
                first=first,
                stop=stop,
                start_frame=cards[first].start_frame,
                stop_frame=cards[stop - 1].stop_frame,
            )
            spans.append(span)
            first = stop
    return tuple(spans)


def read_detail(project: Project, take: Take, inputs_now: Sequence) -> TakeDetail:
    """Read what is only shown for one take.

    Args:
        inputs_now: what a take would be made from now; empty where an earlier seam is open.
    """
    reasons = stale_reasons(project.takes.inputs(take.id), inputs_now) if inputs_now else ()
    return TakeDetail(
        take_id=take.id,
        recipe=project.takes.recipe(take.id),
        stale_because=tuple(reason.sentence for reason in reasons),
        findings=project.takes.findings(take.id),
    )
