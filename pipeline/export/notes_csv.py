"""The notes of a film as comma-separated values, for a spreadsheet or another tracker."""

import csv
from collections.abc import Sequence
from pathlib import Path

from pipeline.export.noted import Noted
from pipeline.export.replacing import replacing
from storage.author import name_of

COLUMNS = (
    "note", "scene", "shot", "take", "kind", "first_frame", "last_frame", "first_timecode", "last_timecode", "author",
    "written_at", "text", "on_picture", "strokes", "about", "replies", "status", "resolved_by", "resolved_at",
    "graph_revision", "media",
)  # fmt: skip


def write_csv(rows: Sequence[Noted], path: Path) -> None:
    """Write notes as CSV in UTF-8, a note a row, in the order given; frames of the take are counted from 0.

    Raises:
        KnownError: the disk is full.
        WrongUse: the folder cannot be written to, or the path cannot be a file.
    """
    # The mark at the beginning tells spreadsheets that this is UTF-8.
    with replacing(path) as temporary, temporary.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(COLUMNS)
        writer.writerows(_row(noted) for noted in rows)


def _row(noted: Noted) -> tuple[object, ...]:
    note = noted.note
    frames = (note.frames.start, note.frames.stop - 1) if note.frames else ("", "")
    return (
        note.id,
        noted.scene.number if noted.scene else "",
        noted.shot.label if noted.shot else "",
        noted.name,
        noted.kind,
        *frames,
        noted.first_timecode,
        noted.last_timecode,
        name_of(note.author),
        note.created_at,
        note.text,
        "\n".join(stroke.words for stroke in note.strokes if stroke.words),
        len(note.strokes),
        note.about,
        "\n".join(f"{name_of(reply.author)}: {reply.text}" for reply in note.replies),
        "resolved" if note.is_resolved else "open",
        name_of(note.resolved_by) if note.resolved_by else "",
        note.resolved_at,
        note.graph_revision,
        noted.take.media,
    )
