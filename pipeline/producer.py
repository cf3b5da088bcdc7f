"""Produces a film: advances its graphs, dispatches jobs to the renderer, lets a policy decide."""

import time
from collections.abc import Callable

from critic.panel import Panel
from pipeline.dispatch import Dispatcher
from pipeline.graph.film_graph import FilmStep, build_film_graph
from pipeline.graph.shot_graph import build_shot_graph, standing_of, waits_for
from pipeline.graph.threads import GraphThreads, open_checkpointer
from pipeline.handoffs import FaithfulHandoffs, Handoffs
from pipeline.pausing import Pausing
from pipeline.planting import Plant
from pipeline.policy import Policy
from pipeline.protocol import Decided, Event, JobEnded, MemoryShort
from pipeline.renderers.base import Renderer
from pipeline.reviewing import Reviewing
from pipeline.work import FilmWorker
from storage.domain.jobs import JobState
from storage.domain.scene_graph import ShotId
from storage.domain.standing import State
from storage.film_state import FilmReading
from storage.live_film import LiveFilm
from storage.project import Project

Emit = Callable[[Event], None]
_FILM_THREAD = "film"
_OUT_OF_MEMORY = "SIGKILL"
# A long film is read, and its graphs advanced, for so long at most while something waits to be drawn.
_SHARE_S = 2.0
_AT_ONCE = 64


class Producer:
    """Everything that the worker does to one project, a pass at a time.

    Args:
        project: the caller holds its worker lock.
        renderer: makes keyframes and clips.
        panel: judges them.
        policy: decides what it may.
        emit: told of each event after its row is written.
        leaving: asked between denoising steps; when true the pass ends and what is not finished
            goes back in the queue.
        plants: drifts to put in as first attempts.
        lost: how the worker before this one died ("SIGKILL"); empty where it left in order or nobody knows.
        handoffs: carries requests and cuts from agent to agent; a benchmark's own may corrupt them.
    """

    def __init__(
        self,
        project: Project,
        *,
        renderer: Renderer,
        panel: Panel,
        policy: Policy,
        emit: Emit,
        leaving: Callable[[], bool],
        plants: tuple[Plant, ...] = (),
        lost: str = "",
        handoffs: Handoffs = FaithfulHandoffs(),  # noqa: B008 - it has no state
    ) -> None:
        self._project = project
        self._policy = policy
        self._emit = emit
        self._leaving = leaving
        self._checkpointer = open_checkpointer(project.folder)
        self._live = LiveFilm(project)
        self._due: set[ShotId] = set()
        self._work = FilmWorker(
            project,
            live=self._live,
            renderer=renderer,
            reviewing=Reviewing(project, renderer, panel),
            emit=emit,
            handoffs=handoffs,
        )
        self._pausing = Pausing(project, emit=emit, leaving=leaving)
        self._dispatcher = Dispatcher(
            project,
            renderer=renderer,
            emit=emit,
            leaving=leaving,
            pausing=self._pausing,
            plants=plants,
            handoffs=handoffs,
        )
        self._film = GraphThreads(build_film_graph(self._work, self._checkpointer))
        self._shots = GraphThreads(build_shot_graph(self._work, self._checkpointer))
        able = renderer.capabilities
        project.set_checkpoint_digest(able.weights_digest, takes_references=able.takes_references)
        under_way = tuple(job.id for job in project.jobs.in_state(JobState.RUNNING))
        self.blame(lost)
        if under_way and lost == _OUT_OF_MEMORY and (what := renderer.save_memory()):
            emit(MemoryShort(job_ids=under_way, what=what))

    def advance(self) -> bool:
        """One pass: graphs, policy, one batch of jobs. False where there is nothing left to do for now."""
        if self._pausing.is_paused():
            return False
        share = _Share(self._has_to_draw)
        self._read(share)
        # Where the film stands follows from all of its shots.
        moved = bool(self._live.num_unread) or self._advance_film()
        self._read(share)
        moved |= self._advance_shots(share)
        if self._leaving() or self._pausing.is_paused():
            return True
        self._read(share)
        for decision in self._policy.decide(self._live, self._live.waiting()):
            moved = True
            self._emit(Decided(seq=decision.seq, verb=decision.verb, seam=decision.seam, shot_id=decision.shot_id))
        return self._dispatcher.render_batch() or moved

    @property
    def num_waiting(self) -> int:
        """How many places wait for the director."""
        return len(self._work.read_film().waiting())

    @property
    def is_paused(self) -> bool:
        """Whether a director wants nothing new to begin."""
        return self._pausing.is_paused()

    def blame(self, how: str) -> None:
        """Deal with the jobs under which a worker died: they are queued again, alone, or set aside and told.

        Args:
            how: it died: a signal's name, or an error in a few words; empty where nobody knows.
        """
        for job in self._project.jobs.recover(how):
            self._emit(JobEnded(job_id=job.id, state=job.state, message=job.message))

    @property
    def is_finished(self) -> bool:
        """Whether the cut is approved and exported."""
        return self._work.locate_film() is FilmStep.DONE

    def close(self) -> None:
        """Put unfinished jobs back in the queue and close the graph checkpoints."""
        self._project.jobs.release()
        self._checkpointer.conn.close()

    def _advance_film(self) -> bool:
        step = self._work.locate_film()
        if step is FilmStep.DONE and self._film.waiting(_FILM_THREAD) is None:
            return False
        if self._film.waiting(_FILM_THREAD) == step:
            return False
        self._film.run(_FILM_THREAD, {"step": step.value})
        return True

    def _read(self, share: "_Share") -> None:
        """Learn what has changed; the first time the film, as much of it as there is time for."""
        live = self._live
        live.catch_up()
        while live.num_unread and not (share.is_used and not live.num_urgent) and not self._leaving():
            live.read_some(_AT_ONCE)
        news = live.take_news().shots
        if news is None:
            news = {shot.id for shot in live.planned_shots if live.known(shot.id) is not None}
        self._due.update(news)

    def _has_to_draw(self) -> bool:
        return any(job.shot_id is not None for job in self._project.jobs.in_state(JobState.QUEUED))

    def _advance_shots(self, share: "_Share") -> bool:
        """Advance the graphs of the shots to which something happened, in film order."""
        live, moved = self._live, False
        if not live.script_approved:
            return False
        for shot in live.planned_shots if self._due else ():
            if shot.id not in self._due:
                continue
            if share.is_used or self._leaving() or self._pausing.is_paused():
                return True
            moved |= self._advance_shot(live, shot.id)
            self._due.discard(shot.id)
        return moved

    def _advance_shot(self, state: FilmReading, shot_id: ShotId) -> bool:
        standing = standing_of(state.shot(shot_id))
        waiting = self._shots.waiting(shot_id)
        if waiting == waits_for(standing) or (waiting is None and standing.state is State.APPROVED):
            return False
        self._shots.run(shot_id, {"shot_id": shot_id})
        return True


class _Share:
    """The time that may go by before something is drawn, if there is something to draw.

    Args:
        has_to_draw: asked when the time is over; where there is nothing, it begins anew.
    """

    def __init__(self, has_to_draw: Callable[[], bool]) -> None:
        self._has_to_draw = has_to_draw
        self._until = time.monotonic() + _SHARE_S

    @property
    def is_used(self) -> bool:
        if time.monotonic() < self._until:
            return False
        if self._has_to_draw():
            return True
        self._until = time.monotonic() + _SHARE_S
        return False
