"""A reading of a film that keeps up: only the shots that something happened to are read and worked out again."""

from bisect import insort
from collections.abc import Collection, Generator, Iterable, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import chain, islice

from storage.counting_decisions import CountingDecisions
from storage.domain.decisions import Decision
from storage.domain.graph_view import GraphView, carry_over, shots_touched
from storage.domain.jobs import Job, JobId, JobState
from storage.domain.looks import looks_shown
from storage.domain.pass_rate import PassRate
from storage.domain.scene_graph import ShotId
from storage.domain.standing import Standing, State
from storage.domain.takes import Seam, TakeId
from storage.film_state import FilmReading, Place, ShotState
from storage.project import Film, Project
from storage.standing_looks import looks_of

WAITING = (State.DECIDE, State.SET_ASIDE)
_OVER = (JobState.DONE, JobState.WITHDRAWN)
_SEAMS = (Seam.KEYFRAME, Seam.CLIP)
_WHOLE_FINDINGS_KEPT = 600
_BLOCKED_CUT = Standing(seam=Seam.CUT, shot_id=None, state=State.BLOCKED)


@dataclass(frozen=True, slots=True, kw_only=True)
class News:
    """What is different since the last time that news was asked for.

    Attributes:
        shots: the shots that stand elsewhere, or of which something new is known; None where the plan is another.
        places: the seams of shots where something was decided or taken back.
        findings, jobs: whether there are others.
    """

    shots: frozenset[ShotId] | None
    places: frozenset[Place]
    findings: bool
    jobs: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class _Mark:
    """What a shot adds to the facts of the whole film."""

    keyframe_waits: bool
    clip_waits: bool
    approved: bool
    reached: bool
    passes: bool


class LiveFilm(FilmReading):
    """Knows the whole film after as many `read_some` as it takes; afterwards a `catch_up` costs what has changed.

    Of a shot that has not been read yet nothing is known; it counts as blocked. Of most takes only the findings
    that are not right are kept: `partly_read` says of which.

    Args:
        project: stays with this reading; use it from one thread at a time.
    """

    def __init__(self, project: Project) -> None:
        super().__init__()
        self.project = project
        self.film: Film = project.film
        self.revision = 0
        self.view: GraphView | None = None
        self._ledger = CountingDecisions()
        self.all_decisions = self._ledger.everything
        self.decisions = self._ledger.counting
        self._decided = self._ledger.counting_on
        self.findings = {}
        self.graph_findings = None
        self.looks, self._looks_known = (), (False, 0)
        self.partly_read: set[TakeId] = set()
        self.unfinished: dict[JobId, Job] = {}
        self._has_looked = False
        self._stood_approved = False
        self._newest = (0, 0)
        self._last_job_change = 0
        self._to_read: dict[ShotId, None] = {}
        self._to_stand: dict[ShotId, None] = {}
        self._urgent: dict[ShotId, None] = {}
        self._wanted: tuple[ShotId, ...] = ()
        self._index_of: dict[ShotId, int] = {}
        self._marks: dict[ShotId, _Mark] = {}
        self._waiting: dict[Seam, list[int]] = {seam: [] for seam in _SEAMS}
        self._counts = {"approved": 0, "reached": 0, "passes": 0}
        self._cut: Standing | None = None
        self._news_shots: set[ShotId] | None = None
        self._news_places: set[Place] = set()
        self._news_of: set[str] = {"findings", "jobs"}

    @property
    def num_unread(self) -> int:
        """How many shots are still to be read or worked out."""
        return len(self._to_read) + len(self._to_stand)

    @property
    def num_urgent(self) -> int:
        """How many of them something has happened to since they were read; they are the next."""
        return len(self._urgent)

    @property
    def num_wanted(self) -> int:
        """How many of the wanted shots are still to be read or worked out."""
        return sum(shot_id in self._to_read or shot_id in self._to_stand for shot_id in self._wanted)

    def want(self, shot_ids: Sequence[ShotId]) -> None:
        """Read these shots before the others."""
        self._wanted = tuple(shot_ids)

    def catch_up(self) -> None:
        """See what has changed since the last time; what concerns shots is left to `read_some`."""
        with self._one_moment():
            self._see_film()
            self._see_decisions()
            self._see_looks()
            self._see_jobs()
            self._see_takes()
        self._has_looked = True
        if self.script_approved is not self._stood_approved:
            self._stood_approved = self.script_approved
            self._to_stand.update(dict.fromkeys(shot_id for shot_id in self._marks if shot_id not in self._to_read))

    def read_some(self, most: int) -> None:
        """Read the next shots, the wanted first, and work out where they stand.

        Args:
            most: so many at most.
        """
        due = (
            shot_id
            for shot_id in (*self._urgent, *self._wanted)
            if shot_id in self._to_read or shot_id in self._to_stand
        )
        to_do = list(islice(dict.fromkeys(due), most)) or list(islice(chain(self._to_read, self._to_stand), most))
        unread = [shot_id for shot_id in to_do if shot_id in self._to_read]
        if unread:
            with self._one_moment():
                self._read(unread)
        for shot_id in to_do:
            self._to_read.pop(shot_id, None)
            self._to_stand.pop(shot_id, None)
            self._urgent.pop(shot_id, None)
            self._work_out(shot_id)

    def take_news(self) -> News:
        """What is different since the last call."""
        news = News(
            shots=None if self._news_shots is None else frozenset(self._news_shots),
            places=frozenset(self._news_places),
            findings="findings" in self._news_of,
            jobs="jobs" in self._news_of,
        )
        self._news_shots, self._news_places, self._news_of = set(), set(), set[str]()
        return news

    def entries_on(self, seam: Seam, shot_id: ShotId | None) -> Sequence[Decision]:
        """Every entry of the ledger about a place, in order, undone ones and undos included."""
        return self._ledger.entries_on.get((seam, shot_id), ())

    def known(self, shot_id: ShotId) -> ShotState | None:
        """Where a shot stands, as far as it has been read."""
        return self._shots.get(shot_id)

    def cut(self) -> Standing:
        if self.num_unread or not 0 < len(self.planned_shots) == self._counts["approved"]:
            return _BLOCKED_CUT
        if self._cut is None:
            self._cut = super().cut()
        return self._cut

    def waiting_at(self, seam: Seam) -> Sequence[int]:
        """The shots that wait for the director at the keyframe or clip seam, as indexes into `view.shots`."""
        return self._waiting[seam]

    def waiting(self) -> list[Standing]:
        if self.view is None:
            return []
        if not self.script_approved:
            return [Standing(seam=Seam.SCRIPT, shot_id=None, state=State.DECIDE)]
        shots = self.view.shots
        found = [self._shots[shots[index].id].keyframe for index in self._waiting[Seam.KEYFRAME]]
        found += [self._shots[shots[index].id].clip for index in self._waiting[Seam.CLIP]]
        cut = self.cut()
        return [*found, cut] if cut.state in WAITING else found

    def pass_rate(self) -> PassRate:
        if not self.takes_of(Seam.CUT, None):
            return PassRate(passed=0, counted=0)
        return PassRate(passed=self._counts["passes"], counted=self._counts["reached"])

    @contextmanager
    def _one_moment(self) -> Generator[None]:
        """All that is read inside is of the same moment, whatever others write meanwhile."""
        self.project.db.conn.execute("BEGIN")
        try:
            yield
        finally:
            self.project.db.conn.execute("COMMIT")

    def _see_film(self) -> None:
        film, revision = self.project.film, self.project.graphs.latest_revision
        plan = ("checkpoint_digest", "takes_references", "scene_numbers", "max_shots", "more_attempts")
        settings_differ = any(getattr(film, name) != getattr(self.film, name) for name in plan)
        self.film = film
        if revision != self.revision:
            self._see_graph(revision)
        elif settings_differ:
            self._news_shots = None
            self._plan_anew(None)
        if revision:
            found = self.project.takes.graph_findings(revision)
            if found != self.graph_findings:
                self.graph_findings = found
                self._news_of.add("findings")

    def _see_graph(self, revision: int) -> None:
        before, self.view = self.view, self.project.graphs.view(revision)
        self.revision = revision
        touched = shots_touched(before, self.view) if before else None
        if before and touched is not None:
            carry_over(before, self.view, touched)
        self._approved = None
        if before is None or _course(before) != _course(self.view):
            self._news_shots = None
        self._plan_anew(touched)

    def _plan_anew(self, touched: Collection[ShotId] | None) -> None:
        """The shots, their order or what is wanted of them may be others; all where touched is None."""
        self._planned = self._cut = None
        assert self.view is not None or not self.revision
        order = self.planned_shots
        planned = {shot.id for shot in order}
        places = {shot.id: index for index, shot in enumerate(self.view.shots)} if self.view else {}
        self._index_of = places
        for shot_id in [shot_id for shot_id in self._marks if shot_id not in planned]:
            self._shots.pop(shot_id, None)
            del self._marks[shot_id]
        for shot in order:
            if shot.id not in self._marks:
                self._to_read.setdefault(shot.id)
            elif touched is None or shot.id in touched:
                self._to_stand.setdefault(shot.id)
        for source in (self._to_read, self._to_stand, self._urgent):
            for shot_id in [shot_id for shot_id in source if shot_id not in planned]:
                del source[shot_id]
        self._count_anew()

    def _count_anew(self) -> None:
        self._counts = dict.fromkeys(self._counts, 0)
        self._waiting = {seam: [] for seam in _SEAMS}
        marks, self._marks = self._marks, {}
        for shot in self.planned_shots:
            if shot.id in marks:
                self._count(shot.id, marks[shot.id])

    def _see_decisions(self) -> None:
        new = self.project.ledger.everything(len(self.all_decisions))
        if not new:
            return
        places = self._ledger.take(new)
        self._news_places |= places
        if any(seam is Seam.SCRIPT for seam, _ in places):
            self._approved = None
        if (Seam.CUT, None) in places:
            self._cut = None
        self._stand_again(shot_id for seam, shot_id in places if seam in _SEAMS)

    def _see_looks(self) -> None:
        """See whether looks were kept or withdrawn, which only decisions do."""
        known, self._looks_known = self._looks_known, (self.film.takes_references, len(self.all_decisions))
        if self._looks_known == known:
            return
        looks = looks_of(self.project) if self.film.takes_references and self.revision else ()
        changed, self.looks = set(looks).symmetric_difference(self.looks), looks
        if changed and self.view is not None:
            self._stand_again(shot_id for shot_id in self._marks if looks_shown(self.view, shot_id, changed))

    def _see_jobs(self) -> None:
        jobs = self.project.jobs
        last = jobs.last_change
        if not self._has_looked:
            changed = [job for state in JobState if state not in _OVER for job in jobs.in_state(state)]
        elif last == self._last_job_change:
            return
        else:
            changed = jobs.changed_since(self._last_job_change)
        self._last_job_change = last
        self._news_of.add("jobs")
        for job in changed:
            if job.state in _OVER:
                self.unfinished.pop(job.id, None)
            else:
                self.unfinished[job.id] = job
        for shot_id in {job.shot_id for job in changed}:
            if shot_id is None:
                self._read_jobs(None)
                self._cut = None
            elif shot_id in self._marks:
                self._read_jobs(shot_id)
        self._stand_again(job.shot_id for job in changed)

    def _see_takes(self) -> None:
        takes = self.project.takes
        newest = takes.newest
        before, self._newest = self._newest, newest
        if not self._has_looked:
            self._read_cuts()
        elif newest != before:
            concerned = takes.shots_since(*before)
            if None in concerned:
                self._read_cuts()
            for shot_id in concerned:
                if shot_id is not None and shot_id in self._marks:
                    self._to_stand.pop(shot_id, None)
                    self._to_read.setdefault(shot_id)
                    self._urgent.setdefault(shot_id)

    def _stand_again(self, shot_ids: Iterable[ShotId | None]) -> None:
        for shot_id in shot_ids:
            if shot_id is not None and shot_id in self._marks:
                self._urgent.setdefault(shot_id)
                if shot_id not in self._to_read:
                    self._to_stand.setdefault(shot_id)

    def _read_cuts(self) -> None:
        takes = self.project.takes.of_shot(None, Seam.CUT)
        self._takes[Seam.CUT, None] = takes
        self.findings |= self.project.takes.findings_in([take.id for take in takes], not_right=False)
        self._read_jobs(None)
        self._cut = None
        self._news_of.add("findings")

    def _read_jobs(self, shot_id: ShotId | None) -> None:
        """A shot whose jobs are all done stands where it would without any."""
        jobs = [job for job in self.unfinished.values() if job.shot_id == shot_id]
        if jobs and shot_id is not None:
            jobs = self.project.jobs.everything(shot_id)
        for seam in (*_SEAMS, Seam.CUT) if shot_id is None else _SEAMS:
            self._jobs[seam, shot_id] = [job for job in jobs if job.seam is seam]

    def _read(self, shot_ids: Sequence[ShotId]) -> None:
        store = self.project.takes
        takes = store.of_shots(shot_ids)
        for shot_id in shot_ids:
            for seam in _SEAMS:
                self._takes.pop((seam, shot_id), None)
                self._jobs.pop((seam, shot_id), None)
        for take in takes:
            self._takes.setdefault((take.seam, take.shot_id), []).append(take)
        ids = [take.id for take in takes]
        whole = len(self.findings) - len(self.partly_read) + len(ids) <= _WHOLE_FINDINGS_KEPT
        found = store.findings_in(ids, not_right=not whole)
        self.findings |= found
        (self.partly_read.difference_update if whole else self.partly_read.update)(found)
        self._news_of.add("findings")
        concerned = set(shot_ids)
        for shot_id in {job.shot_id for job in self.unfinished.values() if job.shot_id in concerned}:
            self._read_jobs(shot_id)

    def _work_out(self, shot_id: ShotId) -> None:
        before = self._shots.pop(shot_id, None)
        state = self.shot(shot_id)
        if before is None or (before.clip.state, before.clip.circled) != (state.clip.state, state.clip.circled):
            self._cut = None
        self._count(
            shot_id,
            _Mark(
                keyframe_waits=state.keyframe.state in WAITING,
                clip_waits=state.clip.state in WAITING,
                approved=state.clip.state is State.APPROVED,
                reached=state.clip.circled is not None,
                passes=self._passes(shot_id),
            ),
        )
        if self._news_shots is not None:
            self._news_shots.add(shot_id)

    def _count(self, shot_id: ShotId, mark: _Mark) -> None:
        before = self._marks.get(shot_id)
        self._marks[shot_id] = mark
        index = self._index_of[shot_id]
        for seam, name in ((Seam.KEYFRAME, "keyframe_waits"), (Seam.CLIP, "clip_waits")):
            waited, waits = before is not None and getattr(before, name), getattr(mark, name)
            if waits and not waited:
                insort(self._waiting[seam], index)
            elif waited and not waits:
                self._waiting[seam].remove(index)
        for name in self._counts:
            self._counts[name] += getattr(mark, name) - (before is not None and getattr(before, name))


def _course(view: GraphView) -> list[tuple[ShotId, str, int]]:
    """What decides where each shot lies in the film."""
    return [(shot.id, shot.scene_id, shot.duration_frames) for shot in view.shots]
