"""The notes of a film in a file of the kind that its name asks for."""

from pathlib import Path

from pipeline.export.noted import noted_in, picture_of
from storage.errors import WrongUse
from storage.film_state import FilmState
from storage.media import now
from storage.project import Project


def export_notes(project: Project, path: Path) -> Path:
    """Write every note of a film, as PDF or CSV by the name of the file.

    Raises:
        WrongUse: the file is to be something else, or its folder may not be written to.
        KnownError: the disk is full.
    """
    suffix = path.suffix.lower()
    if suffix not in (".pdf", ".csv"):
        raise WrongUse(f"Notes cannot be written as {path.name}.", "Name a file that ends in .pdf or .csv.")
    state = FilmState(project)
    rows = noted_in(project, state)
    if suffix == ".csv":
        from pipeline.export.notes_csv import write_csv

        write_csv(rows, path)
    else:
        from pipeline.export.notes_pdf import write_pdf

        write_pdf(state.film.title, rows, path, lambda noted: picture_of(project, noted), now()[:10])
    return path
