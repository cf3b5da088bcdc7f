"""Makes each snapshot from the one before: only what has changed is made anew."""

from collections.abc import Collection, Mapping, Sequence

from desktop.decision_words import act_words
from desktop.graph.net import net_of
from desktop.shaping.outline_search import texts_of
from desktop.snapshot import FilmSnapshot, SceneSpan, SeamCard, ShotCard, Spot, scene_spans
from desktop.standing_light import Light, light_of
from storage.domain.decisions import DIRECTOR, Decision, Verb, next_redo, next_undo, stars_in
from storage.domain.findings import Finding
from storage.domain.jobs import Job, JobState
from storage.domain.looks import Look, standing_looks
from storage.domain.notes import Note, notes_in
from storage.domain.scene_graph import Shot, ShotId
from storage.domain.standing import Standing, State, open_drift
from storage.domain.takes import Seam, TakeId
from storage.film_state import Place
from storage.live_film import WAITING, LiveFilm, News
from storage.project import Project

_NO_LANES = (Light.NOTHING, Light.NOTHING, Light.NOTHING, Light.NOTHING)
_BLANK = {
    seam: SeamCard(standing=Standing(seam=seam, shot_id=None, state=State.BLOCKED), light=Light.NOTHING)
    for seam in (Seam.KEYFRAME, Seam.CLIP)
}


class SnapshotMaker:
    """Turns what a live film knows into snapshots. For the thread that reads the film."""

    def __init__(self, live: LiveFilm) -> None:
        self._live = live
        self._cards: list[ShotCard] = []
        self._shots: tuple[ShotCard, ...] = ()
        self._index_of: dict[ShotId, int] = {}
        self._starts: tuple[int, ...] = ()
        self._scenes: tuple[SceneSpan, ...] = ()
        self._revision = -1
        self._lights = (Light.NOTHING, Light.NOTHING)
        self._findings: Mapping[TakeId, tuple[Finding, ...]] = {}
        self._effective: dict[Place, tuple[Decision, ...]] = {}
        self._entries: dict[Place, tuple[Decision, ...]] = {}
        self._decisions: tuple[Decision, ...] = ()
        self._undo_label = self._redo_label = ""
        self._stars: Mapping[TakeId, int] = {}
        self._looks: tuple[Look, ...] = ()
        self._notes: dict[Place, tuple[Note, ...]] = {}
        self._spots: dict[Seam, tuple[Spot, ...]] = {}
        self._jobs: tuple[Job, ...] = ()
        self._job_shots: set[ShotId | None] = set()

    def snapshot(self) -> FilmSnapshot:
        """The film as the live film knows it now."""
        live = self._live
        news = live.take_news()
        cut = _seam_card(live, live.cut())
        lights = (_script_light(live), cut.light)
        self._take_notes(news.places)
        changed = self._make_cards(news, lights)
        if news.findings:
            self._findings = dict(live.findings)
        if news.places or self._revision != live.revision:
            self._take_decisions(news.places)
        if news.jobs or changed is None or not self._job_shots.isdisjoint(changed):
            self._take_jobs()
        film = self._film(lights, cut, changed)
        if self._revision != live.revision:
            # Worked out here, off the GUI thread, and kept with the scene graph.
            film.proposed()
            if film.view is not None and self._revision >= 0:
                texts_of(film.view)
                net_of(film.view)
            film.claims()
        if self._revision != live.revision or news.findings:
            film.open_ends()
        self._revision = live.revision
        return film

    def _film(self, lights: tuple[Light, Light], cut: SeamCard, changed: frozenset[ShotId] | None) -> FilmSnapshot:
        live = self._live
        return FilmSnapshot(
            folder=live.project.folder,
            title=live.film.title,
            frame_rate=live.film.frame_rate,
            revision=live.revision,
            view=live.view,
            script=lights[0],
            script_findings=live.graph_findings,
            shots=self._shots,
            cut=cut,
            waiting=self._waiting(cut),
            pass_rate=live.pass_rate(),
            jobs=self._jobs,
            findings=self._findings,
            decisions=self._decisions,
            effective=self._effective,
            entries=self._entries,
            undo_label=self._undo_label,
            redo_label=self._redo_label,
            stars=self._stars,
            price_per_call=live.film.price_per_call,
            currency=live.film.currency,
            index_of=self._index_of,
            starts=self._starts,
            scenes=self._scenes,
            changed=changed,
            num_unread=live.num_unread,
            looks=self._looks,
            notes=self._notes,
        )

    def _make_cards(self, news: News, lights: tuple[Light, Light]) -> frozenset[ShotId] | None:
        """Make the cards that differ; returns whose, or None where any may."""
        live = self._live
        every = news.shots is None or lights != self._lights
        self._lights = lights
        shots = live.view.shots if live.view else ()
        if every:
            planned = {shot.id for shot in live.planned_shots}
            self._cards = []
            frame = 0
            for shot in shots:
                self._cards.append(_shot_card(live, shot, frame, lights, self._notes, planned=shot.id in planned))
                frame += shot.duration_frames
            self._spots = {seam: tuple(Spot(seam=seam, shot_id=shot.id) for shot in shots) for seam in _BLANK}
            self._index_of = {card.shot.id: index for index, card in enumerate(self._cards)}
            self._starts = tuple(card.start_frame for card in self._cards)
        else:
            for shot_id in news.shots or ():
                index = self._index_of[shot_id]
                self._cards[index] = _shot_card(
                    live, shots[index], self._starts[index], lights, self._notes, planned=True
                )
        if every or live.revision != self._revision:
            self._scenes = scene_spans(self._cards)
        if every or news.shots:
            self._shots = tuple(self._cards)
        return None if every else news.shots

    def _take_notes(self, places: Collection[Place]) -> None:
        differ: dict[Place, tuple[Note, ...]] = {}
        for place in places:
            notes = notes_in(self._live.decisions_on(*place))
            if notes != self._notes.get(place, ()):
                differ[place] = notes
        if differ:
            self._notes = {place: notes for place, notes in {**self._notes, **differ}.items() if notes}

    def _take_decisions(self, places: Collection[Place]) -> None:
        live = self._live
        new = live.all_decisions[len(self._decisions) :]
        self._decisions = tuple(live.all_decisions)
        self._effective = {**self._effective, **{place: tuple(live.decisions_on(*place)) for place in places}}
        self._entries = {**self._entries, **{place: tuple(live.entries_on(*place)) for place in places}}
        undone = [live.all_decisions[(undo.undoes or 0) - 1] for undo in next_redo(live.all_decisions, DIRECTOR)]
        self._undo_label = act_words(next_undo(live.all_decisions, DIRECTOR), live.view)
        self._redo_label = act_words(undone, live.view)
        if any(_tells_of_looks_or_stars(live, decision) for decision in new):
            self._stars = stars_in(live.decisions)
            looks = live.project.looks.everything()
            self._looks = standing_looks(looks, live.decisions) if looks else ()

    def _waiting(self, cut: SeamCard) -> tuple[Spot, ...]:
        """The places that wait for the director, in the order in which deciding them frees the most work."""
        live = self._live
        if live.view is None:
            return ()
        if not live.script_approved:
            return (Spot(seam=Seam.SCRIPT),)
        found = [self._spots[seam][index] for seam in _BLANK for index in live.waiting_at(seam)]
        return (*found, Spot(seam=Seam.CUT)) if cut.standing.state in WAITING else tuple(found)

    def _take_jobs(self) -> None:
        shown = [job for job in self._live.unfinished.values() if _is_shown(job, self._live)]
        self._jobs = tuple(sorted(shown, key=lambda job: (job.priority, job.id)))
        self._job_shots = {job.shot_id for job in self._live.unfinished.values()}


def read_snapshot(project: Project) -> FilmSnapshot:
    """Read the whole film. Takes some tenths of a millisecond a shot: not for the GUI thread."""
    live = LiveFilm(project)
    live.catch_up()
    while live.num_unread:
        live.read_some(live.num_unread)
    return SnapshotMaker(live).snapshot()


def _tells_of_looks_or_stars(live: LiveFilm, decision: Decision) -> bool:
    while decision.verb is Verb.UNDO and decision.undoes is not None:
        decision = live.all_decisions[decision.undoes - 1]
    return decision.verb in (Verb.STARS, Verb.PROMOTE)


def _script_light(live: LiveFilm) -> Light:
    if live.view is None:
        return Light.IN_WORK
    return Light.APPROVED if live.script_approved else Light.NEEDS_YOU


def _shot_card(
    live: LiveFilm,
    shot: Shot,
    frame: int,
    lights: tuple[Light, Light],
    notes: Mapping[Place, tuple[Note, ...]],
    *,
    planned: bool,
) -> ShotCard:
    assert live.view is not None
    known = live.known(shot.id)
    keyframe = _seam_card(live, known.keyframe) if known else _BLANK[Seam.KEYFRAME]
    clip = _seam_card(live, known.clip) if known else _BLANK[Seam.CLIP]
    script, cut = lights
    return ShotCard(
        shot=shot,
        scene=live.view.graph.scenes[shot.scene_id],
        start_frame=frame,
        planned=planned,
        keyframe=keyframe,
        clip=clip,
        lanes=(script, keyframe.light, clip.light, cut) if planned else _NO_LANES,
        poster=clip.standing.circled or keyframe.first_shown or clip.first_shown,
        num_notes=sum(not note.is_resolved for seam in _BLANK for note in notes.get((seam, shot.id), ())),
    )


def _seam_card(live: LiveFilm, standing: Standing) -> SeamCard:
    decisions: Sequence[Decision] = live.decisions_on(standing.seam, standing.shot_id)
    drifts: tuple[str, ...] = ()
    if standing.take:
        drifts = open_drift(live.findings.get(standing.take.id, ()), decisions, standing.take.id)
    was_approved = any(decision.verb in (Verb.APPROVE, Verb.LOCK) for decision in decisions)
    return SeamCard(
        standing=standing,
        light=light_of(standing, drifts=drifts, was_approved=was_approved),
        takes=tuple(live.takes_of(standing.seam, standing.shot_id)),
        drifts=drifts,
    )


def _is_shown(job: Job, live: LiveFilm) -> bool:
    """Work at hand; of what was set aside, only what a shot still stands on."""
    if job.state in (JobState.QUEUED, JobState.RUNNING):
        return True
    known = live.known(job.shot_id) if job.shot_id else None
    if known is None:
        return False
    standing = known.keyframe if job.seam is Seam.KEYFRAME else known.clip
    return standing.job is not None and standing.job.id == job.id
