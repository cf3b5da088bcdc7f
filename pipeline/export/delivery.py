"""Delivers an approved cut: the movie as it was approved, and a timeline for an editor's program."""

import hashlib
from pathlib import Path

from pipeline.assembly.cut import CutPlan
from pipeline.export.noted import told
from pipeline.export.replacing import replacing
from pipeline.export.timeline import TIMELINE_SUFFIX, CutMarker, drift_marker, note_marker, write_otio
from storage.author import name_of
from storage.domain.findings import Verdict
from storage.domain.notes import Note, notes_in
from storage.domain.scene_graph import ShotId
from storage.domain.takes import Take, TakeId
from storage.errors import KnownError
from storage.film_state import FilmState
from storage.project import Project, safe_name

MOVIE_SUFFIX = ".mp4"


class Delivery:
    """Exports of one project."""

    def __init__(self, project: Project) -> None:
        self._project = project

    def paths(self) -> tuple[Path, Path]:
        """Where movie and timeline go unless the director names other places."""
        stem = self._project.exports / safe_name(self._project.film.title)
        return stem.with_name(stem.name + MOVIE_SUFFIX), stem.with_name(stem.name + TIMELINE_SUFFIX)

    def is_delivered(self, cut: Take) -> bool:
        """Whether `exports/` holds this very cut."""
        movie, timeline = self.paths()
        return timeline.is_file() and movie.is_file() and _sha256(movie) == cut.media

    def deliver(
        self, cut: Take, plan: CutPlan, state: FilmState, *, movie: Path | None = None, timeline: Path | None = None
    ) -> tuple[Path, ...]:
        """Write movie and timeline; both unless only one is named.

        Raises:
            KnownError: the disk is full, or what was written is not what was approved.
            WrongUse: a place may not be written to.
        """
        if movie is None and timeline is None:
            movie, timeline = self.paths()
        written: list[Path] = []
        if movie:
            movie.parent.mkdir(parents=True, exist_ok=True)
            with replacing(movie) as temporary:
                temporary.write_bytes(self._project.media.find(cut.media).read_bytes())
            if _sha256(movie) != cut.media:
                raise KnownError(f"{movie.name} is not the approved cut.", "Check the disk, then export again.")
            written.append(movie)
        if timeline:
            timeline.parent.mkdir(parents=True, exist_ok=True)
            write_otio(plan, timeline, _markers(plan, state, cut))
            written.append(timeline)
        return tuple(written)


def _markers(plan: CutPlan, state: FilmState, cut: Take) -> list[CutMarker]:
    """What drifted in the takes of the cut, and every note on a take of its shots or on the cut itself."""
    notes: dict[ShotId | None, list[Note]] = {}
    for note in notes_in(state.decisions):
        notes.setdefault(note.shot_id, []).append(note)
    markers: list[CutMarker] = []
    for shot in plan.shots:
        for finding in state.findings.get(shot.take_id, ()):
            if finding.verdict is Verdict.DRIFT:
                markers.append(drift_marker(shot.shot_id, finding))
        markers += [_note_marker(note, shot.take_id, state) for note in notes.get(shot.shot_id, ())]
    return markers + [_note_marker(note, cut.id, state) for note in notes.get(None, ())]


def _note_marker(note: Note, in_cut: TakeId, state: FilmState) -> CutMarker:
    """A note on another take than the one that the cut shows is one on its whole shot, and says so."""
    is_shown = note.take_id == in_cut
    take = state.takes[note.take_id]
    return note_marker(
        note.shot_id,
        name_of(note.author),
        told(note),
        frame_range=note.frames if is_shown else None,
        about="" if is_shown else f"on {take.seam} take {take.number}",
        is_resolved=note.is_resolved,
    )


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
