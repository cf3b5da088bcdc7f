"""`matchcut note`: writes, draws, answers and resolves notes on takes, and lists them."""

import json
from collections.abc import Callable, Generator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pipeline.cli.shared import film_argument, json_option
from storage.domain.findings import FrameRange
from storage.domain.strokes import Colour, Stroke, Tool, Width
from storage.errors import WrongUse

if TYPE_CHECKING:
    from storage.domain.notes import NoteId
    from storage.domain.takes import Take
    from storage.film_state import FilmState
    from storage.note_commands import NoteCommands

take_argument = click.argument("take")
note_argument = click.argument("note_id", metavar="NOTE", type=int)
frames_option = click.option("--frames", help="Of the take, from 0: 8 or 8-13; all of it unless given.")


@click.group()
def note() -> None:
    """Notes on takes: written, drawn, answered, resolved. `matchcut decide FILM undo` takes anything back.

    A take is named 2C/keyframe, 2C/clip/1 or cut; a note by its number, as `matchcut note list` has it.
    """


@note.command("add")
@film_argument
@take_argument
@click.argument("text")
@frames_option
@json_option
def add(film: Path, take: str, text: str, frames: str | None, as_json: bool) -> None:
    """Write a note on a take."""
    named = _frames(frames)
    with _opened(film) as (commands, state):
        made = commands.add(_find(state, take).id, text, named)
    _tell(made.details.get("on", made.seq), "written", as_json=as_json)


@note.command("draw")
@film_argument
@take_argument
@click.argument("tool", type=click.Choice([tool.value for tool in Tool]))
@click.argument("points", nargs=-1, required=True, metavar="X,Y...")
@click.option("--words", default="", help="Of the tool text.")
@click.option(
    "--colour",
    default="red",
    show_default=True,
    type=click.Choice([each.value for each in Colour]),
    help="Of the stroke.",
)
@click.option(
    "--width",
    default="medium",
    show_default=True,
    type=click.Choice([each.value for each in Width]),
    help="How thick the stroke is.",
)
@frames_option
@json_option
def draw(
    film: Path,
    take: str,
    tool: str,
    points: tuple[str, ...],
    words: str,
    colour: str,
    width: str,
    frames: str | None,
    as_json: bool,
) -> None:
    """Draw on a take; points go from 0,0 (left, top) to 1,1 (right, bottom).

    \b
    draw FILM 2C/clip pen 0.1,0.2 0.3,0.4 0.5,0.4 --frames 8
    draw FILM 2C/clip arrow 0.1,0.2 0.3,0.4        from, to
    draw FILM 2C/clip box 0.1,0.2 0.3,0.4          two corners
    draw FILM 2C/clip text 0.1,0.2 --words "too bright"
    """
    named = _frames(frames)
    stroke = Stroke(
        tool=Tool(tool), points=tuple(map(_point, points)), colour=Colour(colour), width=Width(width), words=words
    )
    with _opened(film) as (commands, state):
        made = commands.draw(_find(state, take).id, [stroke], named)
    _tell(made.details.get("on", made.seq), "drawn", as_json=as_json)


@note.command("clear")
@film_argument
@take_argument
@click.option("--frame", default=0, type=click.IntRange(min=0), help="Of the take, from 0.")
@json_option
def clear(film: Path, take: str, frame: int, as_json: bool) -> None:
    """Clear what is drawn on a frame of a take; words and what is resolved stay."""
    with _opened(film) as (commands, state):
        made = commands.clear(_find(state, take).id, frame)
    number = len(made.details["cleared"])
    words = f"cleared {number} drawing{'' if number == 1 else 's'}"
    click.echo(json.dumps({"done": words}) if as_json else words)


@note.command("reply")
@film_argument
@note_argument
@click.argument("text")
@json_option
def reply(film: Path, note_id: int, text: str, as_json: bool) -> None:
    """Answer a note."""
    _go_on(film, note_id, lambda commands, at: commands.reply(at, text), "replied to", as_json=as_json)


@note.command("resolve")
@film_argument
@note_argument
@json_option
def resolve(film: Path, note_id: int, as_json: bool) -> None:
    """Say that a note is dealt with."""
    _go_on(film, note_id, lambda commands, at: commands.resolve(at), "resolved", as_json=as_json)


@note.command("reopen")
@film_argument
@note_argument
@json_option
def reopen(film: Path, note_id: int, as_json: bool) -> None:
    """Say that a resolved note is not dealt with after all."""
    _go_on(film, note_id, lambda commands, at: commands.reopen(at), "open again", as_json=as_json)


@note.command("withdraw")
@film_argument
@note_argument
@json_option
def withdraw(film: Path, note_id: int, as_json: bool) -> None:
    """Take a note back, whatever was decided since."""
    _go_on(film, note_id, lambda commands, at: commands.withdraw(at), "withdrawn", as_json=as_json)


@note.command("list")
@film_argument
@click.option("--open", "only_open", is_flag=True, help="Only those that are open.")
@click.option("--resolved", "only_resolved", is_flag=True, help="Only those that are resolved.")
@click.option("--mine", is_flag=True, help="Only those that you began.")
@click.option("--shot", help="Only those on takes of one shot: 2C; or cut.")
@json_option
def list_notes(film: Path, only_open: bool, only_resolved: bool, mine: bool, shot: str | None, as_json: bool) -> None:
    """List notes in the order of the film, with what was replied."""
    from pipeline.cli.note_words import in_json, lines_of
    from pipeline.export.noted import noted_in
    from storage.author import this_director
    from storage.film_state import FilmState
    from storage.naming import find_shot
    from storage.project import Project

    project = Project.open(film)
    state = FilmState(project)
    rows = noted_in(project, state)
    if shot is not None and state.view is not None:
        wanted = None if shot.lower() == "cut" else find_shot(state.view, shot).id
        rows = [noted for noted in rows if noted.take.shot_id == wanted]
    project.close()
    if mine:
        rows = [noted for noted in rows if noted.note.author == this_director()]
    if only_open != only_resolved:
        rows = [noted for noted in rows if noted.note.is_resolved is only_resolved]
    if as_json:
        click.echo(json.dumps({"notes": [in_json(noted) for noted in rows]}, ensure_ascii=False))
        return
    for noted in rows:
        click.echo("\n".join(lines_of(noted)))
    if not rows:
        click.echo("There are no such notes.")


@contextmanager
def _opened(film: Path) -> "Generator[tuple[NoteCommands, FilmState]]":
    from storage.author import this_director
    from storage.film_state import FilmState
    from storage.note_commands import NoteCommands
    from storage.project import Project

    project = Project.open(film)
    try:
        yield NoteCommands(project, this_director()), FilmState(project)
    finally:
        project.close()


def _go_on(
    film: Path, note_id: int, verb: "Callable[[NoteCommands, NoteId], object]", words: str, *, as_json: bool
) -> None:
    from storage.domain.notes import NoteId

    with _opened(film) as (commands, _):
        verb(commands, NoteId(note_id))
    _tell(note_id, words, as_json=as_json)


def _tell(note_id: int, words: str, *, as_json: bool) -> None:
    """What was done to which note; its number is what other verbs take."""
    click.echo(json.dumps({"done": words, "note": note_id}) if as_json else f"note {note_id}: {words}")


def _find(state: "FilmState", name: str) -> "Take":
    from storage.naming import find_take

    return find_take(state, name)


def _frames(text: str | None) -> FrameRange | None:
    if text is None:
        return None
    first, dash, last = text.partition("-")
    if not first.isdecimal() or (dash and not last.isdecimal()):
        raise WrongUse(f'"{text}" names no frames.', "Write one, or the first and the last: 8 or 8-13.")
    return FrameRange(start=int(first), stop=int(last if dash else first) + 1)


def _point(text: str) -> tuple[float, float]:
    try:
        across, down = (float(part) for part in text.split(","))
    except ValueError:
        raise WrongUse(f'"{text}" is no point.', "Write it as 0.25,0.5: from the left, from the top.") from None
    if not (0 <= across <= 1 and 0 <= down <= 1):
        raise WrongUse(f'"{text}" is not on the picture.', "Both numbers go from 0 to 1.")
    return across, down
