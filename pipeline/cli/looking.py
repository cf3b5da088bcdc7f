"""Looks on the command line: promoting a crop of a circled take, withdrawing one, listing them."""

import json
from pathlib import Path

import click

from pipeline.cli.confirming import confirmed, cost_in_words
from pipeline.media import decode_frame, decode_picture, encode_picture
from pipeline.renderers.base import Frame
from storage.domain.digest import plain
from storage.domain.findings import Region
from storage.domain.graph_view import GraphView
from storage.domain.looks import Look, look_region
from storage.domain.takes import Seam, Take
from storage.errors import WrongUse
from storage.film_state import FilmState
from storage.look_commands import LookCommands, entity_name
from storage.naming import find_take, name_of_take
from storage.pictures import read_picture
from storage.project import Project
from storage.standing_looks import looks_of

_UNCHANGED = "nothing was changed"
LOOK_VERBS = ("promote", "import", "withdraw")


def change_looks(
    project: Project, author: str, verb: str, subject: str, value: str | None, *, frame: int = 0, yes: bool = False
) -> str:
    """Carry out one verb on looks, once what it turns stale is confirmed; returns what was done, in words.

    Args:
        verb: one of `LOOK_VERBS`.
        subject: for promote a take ("2C/keyframe"), for import a picture file, for withdraw a look ("MARA/1").
        value: for promote and import whose look it becomes: the name of a character or setting.
        frame: of the take, from 0.
        yes: nothing is asked.

    Raises:
        WrongUse: the subject or value names nothing, the verb does not fit its state, or nobody is there to ask.
    """
    commands = LookCommands(project, author)
    state = FilmState(project)
    if state.view is None:
        raise WrongUse("There is no scene graph yet.", "Run: matchcut produce.")
    if verb == "withdraw":
        look = _find_look(project, state.view, subject)
        if not confirmed(cost_in_words(commands.cost_of_withdrawing(look.id)), yes=yes):
            return _UNCHANGED
        return commands.withdraw(look.id).note
    if value is None:
        raise WrongUse("Whose look is it?", f"Name a character or setting: matchcut decide FILM {verb} {subject} MARA.")
    if verb == "import":
        entity_id, imported = _find_entity(state.view, value), read_picture(Path(subject))
        if not confirmed(cost_in_words(commands.cost_of_keeping(entity_id)), yes=yes):
            return _UNCHANGED
        return commands.import_picture(entity_id, imported).note
    take, entity_id = find_take(state, subject), _find_entity(state.view, value)
    if not confirmed(cost_in_words(commands.cost_of_keeping(entity_id, take.id)), yes=yes):
        return _UNCHANGED
    picture = _frame_of(project, take, frame)
    region = look_region(state.findings.get(take.id, ()), entity_id, frame)
    crop = encode_picture(_cropped(picture, region))
    return commands.promote(take.id, entity_id, crop, region=region, frame_index=frame).note


def tell_looks(project: Project, *, as_json: bool) -> None:
    """Print the looks that count, by the name that `withdraw` takes, with the take that each was cropped from."""
    looks = looks_of(project)
    if as_json:
        click.echo(json.dumps({"looks": plain(looks)}, ensure_ascii=False))
        return
    if not looks:
        click.echo("There are no looks yet: matchcut decide FILM promote 2C/keyframe MARA, or import PICTURE MARA.")
        return
    view = project.graphs.view()
    for look in looks:
        take = name_of_take(view, project.takes.get(look.take_id)) if look.take_id else "imported"
        at = f", frame {look.frame_index}" if look.frame_index else ""
        click.echo(f"{_name_of_look(view, look)}: {take}{at}, {project.media.find(look.media)}")


def _name_of_look(view: GraphView, look: Look) -> str:
    known = {**view.graph.characters, **view.graph.settings}
    entity = next((entity for entity_id, entity in known.items() if entity_id == look.entity_id), None)
    return f"{entity.name if entity else look.entity_id}/{look.number}"


def _find_look(project: Project, view: GraphView, name: str) -> Look:
    found = next((look for look in looks_of(project) if _name_of_look(view, look).casefold() == name.casefold()), None)
    if found is None:
        raise WrongUse(f"There is no look {name}.", "Name one that `matchcut status --looks` lists.")
    return found


def _find_entity(view: GraphView, name: str) -> str:
    wanted = name.casefold()
    characters = {each.id for each in view.graph.characters.values() if wanted in map(str.casefold, each.names)}
    settings = {each.id for each in view.graph.settings.values() if each.name.casefold() == wanted}
    found = next(iter((*characters, *settings)), name)
    entity_name(view.graph, found)
    return found


def _frame_of(project: Project, take: Take, frame: int) -> Frame:
    if take.seam is Seam.CUT:
        raise WrongUse("A cut gives no looks.", "Name a keyframe or a clip.")
    if not 0 <= frame < take.num_frames:
        raise WrongUse(f"Take {take.number} has no frame {frame}.", f"Name one from 0 to {take.num_frames - 1}.")
    path = project.media.find(take.media)
    return decode_picture(path) if take.seam is Seam.KEYFRAME else decode_frame(path, frame)


def _cropped(picture: Frame, region: Region) -> Frame:
    height, width = picture.shape[:2]
    top, left = round(region.top * height), round(region.left * width)
    return picture[top : max(top + 1, round(region.bottom * height)), left : max(left + 1, round(region.right * width))]
