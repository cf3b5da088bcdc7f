"""How the command line tells of a note."""

from typing import Any

from pipeline.export.noted import Noted
from storage.author import name_of
from storage.domain.graph_words import counted
from storage.domain.strokes import to_json


def in_json(noted: Noted) -> dict[str, Any]:
    """A note with its thread, its strokes and its place; frames from 0, the last one included."""
    note = noted.note
    return {
        "note": note.id,
        "take": noted.name,
        "kind": noted.kind,
        "first_frame": note.frames.start if note.frames else None,
        "last_frame": note.frames.stop - 1 if note.frames else None,
        "timecode": noted.first_timecode,
        "author": name_of(note.author),
        "at": note.created_at,
        "text": note.text,
        "about": note.about,
        "strokes": [to_json(stroke) for stroke in note.strokes],
        "replies": [
            {"author": name_of(reply.author), "at": reply.created_at, "text": reply.text} for reply in note.replies
        ],
        "resolved": note.is_resolved,
        "resolved_by": name_of(note.resolved_by) if note.is_resolved else "",
    }


def lines_of(noted: Noted) -> list[str]:
    """A note as a person reads it, its replies below it."""
    note = noted.note
    frames = ""
    if note.frames is not None:
        last = note.frames.stop - 1
        frames = f", frame {last}" if note.frames.start == last else f", frames {note.frames.start}-{last}"
    state = "resolved" if note.is_resolved else "open"
    drawn = f" [{counted(len(note.strokes), 'stroke')}]" if note.strokes else ""
    kind = f" ({noted.kind})" if note.is_decision else ""
    words = note.written.replace("\n", "\n      ")
    lines = [f"{note.id:>4}  {noted.name}{frames}, {state}, {name_of(note.author)}{kind}: {words}{drawn}"]
    lines += [f"      {name_of(reply.author)}: {reply.text}".replace("\n", "\n      ") for reply in note.replies]
    return lines
