"""`matchcut produce`: runs the worker's producer in this process, with progress to watch."""

import json
import signal
import sys
import threading
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn, TimeElapsedColumn

from pipeline.cli.queueing import PAUSED
from pipeline.cli.telling import report_in_words, waiting_in_words
from pipeline.holding import hold
from pipeline.planting import Plant
from pipeline.policy import Approve
from pipeline.protocol import (
    Decided,
    Event,
    FilmFinished,
    GraphDrafted,
    JobEnded,
    JobProgressed,
    MemoryShort,
    TakeMade,
    TakeReviewed,
    WorkPaused,
    WorkWentOn,
    to_line,
)
from pipeline.report import report
from storage.domain.digest import plain
from storage.domain.graph_view import GraphView
from storage.domain.scene_graph import ShotId
from storage.film_state import FilmState
from storage.project import Project


def produce_film(
    folder: Path,
    *,
    approve: Approve,
    scene_numbers: tuple[str, ...] | None,
    attempts: int | None,
    max_shots: int | None,
    seed: int | None,
    checkpoint: str | None,
    own_judges: tuple[str, ...] | None,
    plants: tuple[Plant, ...],
    as_json: bool,
) -> bool:
    """Go on with a film; returns whether its cut is approved and exported.

    Args:
        scene_numbers, attempts, max_shots, seed, checkpoint, own_judges: kept with the film where they are not None.

    Raises:
        KnownError: the film cannot be worked on.
    """
    with hold(folder) as project:
        if seed is not None:
            project.set_seed(seed)
        if attempts is not None:
            project.set_attempts(attempts)
        if checkpoint is not None:
            project.set_checkpoint(checkpoint)
        if own_judges is not None:
            project.set_own_judges(own_judges)
        if scene_numbers is not None or max_shots is not None:
            film = project.film
            project.set_selection(
                film.scene_numbers if scene_numbers is None else scene_numbers,
                film.max_shots if max_shots is None else max_shots,
            )
        finished = _produce(project, approve, plants, as_json)
        state = FilmState(project)
        waiting = [waiting_in_words(state, standing) for standing in state.waiting()]
        told = report(project, state)
        paused = project.jobs.is_paused
    if as_json:
        answer = {"finished": finished, "paused": paused, "report": plain(told), "waiting": waiting}
        click.echo(json.dumps(answer, ensure_ascii=False))
    else:
        click.echo(report_in_words(told))
        for words in waiting:
            click.echo(f"waits for you: {words}")
        if paused:
            click.echo(PAUSED)
    return finished


def _produce(project: Project, approve: Approve, plants: tuple[Plant, ...], as_json: bool) -> bool:
    if project.jobs.is_paused:
        return False
    from pipeline.opening import at_work, open_crew

    console = Console(stderr=True)
    with _interruptible() as leaving, Watcher(project, console, as_json=as_json) as watcher:
        watcher.say("loading the checkpoint and the critic")
        crew = open_crew(project.film.checkpoint, project.film.own_judges)
        watcher.say(f"{crew.renderer.capabilities.name} on {crew.device}")
        with at_work(
            project, crew, approve=approve, emit=watcher.show, leaving=leaving.is_set, plants=plants
        ) as producer:
            while not leaving.is_set() and producer.advance():
                pass
            return producer.is_finished


@contextmanager
def _interruptible() -> Generator[threading.Event]:
    """Ctrl+C ends the step at hand and leaves in order; a second one stops at once."""
    leaving = threading.Event()

    def leave(_signal: int, _frame: object) -> None:
        if leaving.is_set():
            raise KeyboardInterrupt
        leaving.set()

    before = {number: signal.signal(number, leave) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield leaving
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


class Watcher:
    """Shows events as they come: a line for each take, a bar for what is being drawn.

    Args:
        as_json: write each event as a line of JSON to standard error instead.
    """

    def __init__(self, project: Project, console: Console, *, as_json: bool) -> None:
        self._project = project
        self._console = console
        self._as_json = as_json
        self._progress = Progress(
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            TimeElapsedColumn(),
            console=console,
            transient=True,
            disable=as_json,
        )
        self._bars: dict[tuple[int, ...], TaskID] = {}

    def __enter__(self) -> "Watcher":
        self._progress.__enter__()
        return self

    def __exit__(self, *args: object) -> None:
        self._progress.stop()

    def say(self, words: str) -> None:
        if not self._as_json:
            self._progress.console.print(words, style="dim", highlight=False)

    def show(self, event: Event) -> None:
        """One event of the producer."""
        if self._as_json:
            if not isinstance(event, JobProgressed):
                sys.stderr.write(to_line(event))
            return
        if isinstance(event, JobProgressed):
            self._advance(event)
        elif isinstance(event, JobEnded):
            self._end(event)
        elif words := self._words(event):
            self._progress.console.print(words, highlight=False)

    def _advance(self, event: JobProgressed) -> None:
        bar = self._bars.get(event.job_ids)
        if bar is None:
            bar = self._bars[event.job_ids] = self._progress.add_task(self._jobs(event.job_ids), total=event.total)
        self._progress.update(bar, completed=event.step, total=event.total)

    def _end(self, event: JobEnded) -> None:
        for job_ids in [job_ids for job_ids in self._bars if event.job_id in job_ids]:
            self._progress.remove_task(self._bars.pop(job_ids))
        if event.state != "done":
            words = f"[red]{self._jobs((event.job_id,))} {event.state}[/red] {event.message}"
            self._progress.console.print(words, highlight=False)

    def _jobs(self, job_ids: tuple[int, ...]) -> str:
        jobs = [self._project.jobs.get(job_id) for job_id in job_ids]  # pyright: ignore[reportArgumentType]
        labels = [self._label(job.shot_id) for job in jobs]
        shown = " ".join(labels[:6]) + (" …" if len(labels) > 6 else "")
        return f"{jobs[0].seam} {shown}" if jobs else ""

    def _label(self, shot_id: str | None) -> str:
        if shot_id is None:
            return ""
        view: GraphView = self._project.graphs.view()
        shot = view.graph.shots.get(ShotId(shot_id))
        return shot.label if shot else shot_id

    def _words(self, event: Event) -> str:
        if isinstance(event, GraphDrafted):
            graph = self._project.graphs.view().graph
            return (
                f"scene graph: {len(graph.scenes)} scenes, {len(graph.characters)} characters, {len(graph.shots)} shots"
            )
        if isinstance(event, TakeMade):
            drawn = f" [dim]drawn as: {'; '.join(event.drawn_as)}[/dim]" if event.drawn_as else ""
            how = f" ({event.how})" if event.how else ""
            return f"{self._label(event.shot_id)} {event.seam} attempt {event.attempt}: made{how}{drawn}"
        if isinstance(event, TakeReviewed):
            said = (
                "[green]clean[/green]"
                if event.clean
                else f"[red]flagged[/red] {'; '.join(event.drift) or 'not all could be seen'}"
            )
            return f"{self._label(event.shot_id)} {event.seam} attempt {event.attempt}: {said}"
        if isinstance(event, Decided):
            return f"{self._label(event.shot_id)} {event.seam}: {event.verb} (policy)"
        if isinstance(event, MemoryShort):
            return f"[yellow]memory was short[/yellow] {self._jobs(event.job_ids)}: {event.what}"
        if isinstance(event, WorkPaused):
            return "[yellow]paused[/yellow] Go on with: matchcut decide FILM go-on. Ctrl+C leaves."
        if isinstance(event, WorkWentOn):
            return "going on"
        if isinstance(event, FilmFinished):
            return "\n".join(event.exports)
        return ""
