"""Reads what each means of mending has put right on a film so far, by kind of drift, and how long it took."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from statistics import median

from storage.domain.decisions import Decision, Verb, effective
from storage.domain.mending import kind_of
from storage.domain.standing import not_clean, spoken_on
from storage.domain.takes import Means, Seam, TakeId
from storage.project import Project

# What went well a thousand takes ago says little of a film whose checkpoint or looks have changed since.
_LATEST = 400
_LATEST_TIMES = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """One attempt to put a drift right.

    Attributes:
        kinds: of the drifts that it answered ("eyes", "garment").
        mended: of those, the kinds that came out right; none where something went wrong that had been right.
        seconds: drawing it took.
    """

    means: Means
    kinds: frozenset[str]
    mended: frozenset[str]
    seconds: float


@dataclass(frozen=True, slots=True, kw_only=True)
class MendingRecord:
    """What happened at one seam of a film.

    Attributes:
        trials: newest first.
        fresh_s: seconds that beginning anew takes, the median of the latest; 0 where nothing was drawn yet.
    """

    trials: tuple[Trial, ...] = ()
    fresh_s: float = 0.0

    def counted(self, means: Means, kind: str) -> tuple[int, int]:
        """How often a means put a kind of drift right, and how often it was tried."""
        tried = [trial for trial in self.trials if trial.means is means and kind in trial.kinds]
        return sum(kind in trial.mended for trial in tried), len(tried)

    def seconds(self, means: Means) -> float | None:
        """What a means takes, the median of the latest; None where it was not tried yet."""
        took = [trial.seconds for trial in self.trials if trial.means is means][:_LATEST_TIMES]
        return median(took) if took else None

    def words(self) -> list[str]:
        """One line for each kind of drift, the most frequent first: "eyes: inpaint 3 of 4, new seed 1 of 2"."""
        kinds = Counter(kind for trial in self.trials for kind in sorted(trial.kinds))
        return [f"{kind}: {', '.join(self._counts(kind))}" for kind, _ in kinds.most_common()]

    def _counts(self, kind: str) -> Iterable[str]:
        for means in Means:
            mended, tried = self.counted(means, kind)
            if tried:
                yield f"{means} {mended} of {tried}"


def read_mending(project: Project, seam: Seam) -> MendingRecord:
    """Read the record of a seam, by the critic's word and the director's, which goes before; what was planted is
    left out.

    A trial counts for a kind of drift when it is right afterwards and nothing is wrong that the trial was not made
    for. What was tried against a false alarm counts for nothing.
    """
    takes = project.takes.mended(seam, _LATEST)
    found = project.takes.findings_in([take.id for take in takes], not_right=True)
    spoken: dict[TakeId | None, list[Decision]] = defaultdict(list)
    for decision in effective(project.ledger.everything()):
        spoken[decision.take_id].append(decision)
    trials: list[Trial] = []
    for take in takes:
        if take.mending is None or take.id not in found:
            continue
        wrong = set(not_clean(found[take.id], spoken[take.id], take.id))
        false_alarms = spoken_on(spoken[take.mending.of], take.mending.of)
        missed = {key for key in take.mending.missed if false_alarms.get(key) is not Verb.FALSE_ALARM}
        if not missed:
            continue
        trials.append(
            Trial(
                means=take.mending.means,
                kinds=frozenset(map(kind_of, missed)),
                mended=frozenset(map(kind_of, missed)) - set(map(kind_of, wrong)) if wrong <= missed else frozenset(),
                seconds=take.seconds,
            )
        )
    times = project.takes.fresh_seconds(seam, _LATEST_TIMES)
    return MendingRecord(trials=tuple(trials), fresh_s=median(times) if times else 0.0)
