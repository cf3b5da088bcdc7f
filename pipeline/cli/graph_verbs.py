"""`matchcut graph`: the verbs that shape the scene graph, compare its revisions and list what is open."""

import json
from collections.abc import Callable, Generator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from pipeline.cli.shared import film_argument, json_option
from storage.errors import WrongUse

if TYPE_CHECKING:
    from storage.domain.working_graph import GraphEdit
    from storage.graph_commands import GraphCommands


def _changing(verb: Callable[..., None]) -> Callable[..., None]:
    """The options that every verb that changes something has."""
    options = (
        click.option("--dry-run", is_flag=True, help="Say what it would turn stale and cost, and change nothing."),
        click.option("--yes", is_flag=True, help="Do it without asking, whatever turns stale."),
        json_option,
    )
    for option in reversed(options):
        verb = option(verb)
    return verb


@click.group()
def graph() -> None:
    """Shape the scene graph. `matchcut decide FILM undo` takes anything back.

    Things are called by their names: MARA, KITCHEN, 14 (a scene), 14C (a shot), MARA/eyes, MARA/coat@14.
    """


@graph.command("add")
@film_argument
@click.argument("kind", type=click.Choice(["character", "setting", "prop", "scene", "shot", "constraint"]))
@click.argument("name")
@click.argument("value", required=False)
@click.option("--billing", default="supporting", help="Of a character: lead, supporting, bit, group.")
@click.option("--outside", is_flag=True, help="The setting is outside.")
@click.option("--time", default="day", show_default=True, help="Of a scene: dawn, day, dusk, night.")
@click.option("--after", help="The scene that a new scene comes after; the film's end unless given.")
@click.option("--before", help="The shot that a new shot comes before; its scene's end unless given.")
@click.option("--size", default="medium shot", show_default=True, help="Of a shot.")
@click.option("--people", default="", help="Whom a shot shows, from left to right: MARA,THEO.")
@click.option("--frames", type=int, help="How long a shot is; three seconds unless given.")
@click.option("--in", "place", help="The scene or shot in which a constraint holds; the whole film unless given.")
@_changing
def add(
    film: Path,
    kind: str,
    name: str,
    value: str | None,
    billing: str,
    outside: bool,
    time: str,
    after: str | None,
    before: str | None,
    size: str,
    people: str,
    frames: int | None,
    place: str | None,
    dry_run: bool,
    yes: bool,
    as_json: bool,
) -> None:
    """Add something.

    \b
    add FILM character IDA | setting PIER | prop lamp
    add FILM scene KITCHEN          a scene that is set there, with --time and --after
    add FILM shot 14                a shot of scene 14, with --size, --people, --before
    add FILM constraint MARA/eyes green   also MARA/garment/coat red --in 14
    """
    from storage.domain.graph_adding import one_of
    from storage.domain.scene_graph import Billing

    def plan(commands: "GraphCommands", find: Callable[[str], Any]) -> "GraphEdit":
        if kind == "character":
            return commands.add_character(name, Billing(one_of(billing, [each.value for each in Billing], "billing")))
        if kind == "setting":
            return commands.add_setting(name, interior=not outside)
        if kind == "prop":
            return commands.add_prop(name)
        if kind == "scene":
            return commands.add_scene(find(name), time, after=find(f"scene {after}") if after else None)
        if kind == "shot":
            who = [find(each.strip()) for each in people.split(",") if each.strip()]
            following = find(f"shot {before}") if before else None
            scene = find(name if name.startswith("scene") else f"scene {name}")
            return commands.add_shot(scene, size=size, people=who, before=following, duration_frames=frames)
        return _constraint(commands, find, name, value, place)

    _carry_out(film, plan, dry_run=dry_run, yes=yes, as_json=as_json)


def _constraint(
    commands: "GraphCommands", find: Callable[[str], Any], name: str, value: str | None, place: str | None
) -> "GraphEdit":
    from storage.domain.graph_adding import one_of
    from storage.domain.scene_graph import Scope
    from storage.domain.vocabulary import Attribute

    parts = name.split("/")
    if len(parts) not in (2, 3) or not value:
        raise WrongUse("What is said, and of whom?", "Write: MARA/eyes green, or MARA/garment/coat red.")
    where: Any = find(place) if place else ""
    is_shot = where.startswith("shot")
    scope = Scope(shot_id=where) if is_shot else Scope(scene_id=where or None)
    attribute = Attribute(one_of(parts[1], [each.value for each in Attribute], "attribute"))
    return commands.add_constraint(find(parts[0]), attribute, value, part="".join(parts[2:]), scope=scope)


@graph.command("edit")
@film_argument
@click.argument("subject")
@click.argument("field")
@click.argument("value")
@_changing
def edit(film: Path, subject: str, field: str, value: str, dry_run: bool, yes: bool, as_json: bool) -> None:
    """Change one field of anything.

    \b
    edit FILM MARA name MARIA       also billing
    edit FILM KITCHEN name GALLEY   also side (inside, outside)
    edit FILM 14 time night         also setting, heading, day (of the story)
    edit FILM 14C size close-up     also angle, movement, people, frames, prop, action
    edit FILM MARA/eyes value green also strength (must, should), scope (film, 14, 14C)
    """
    _carry_out(
        film, lambda commands, find: commands.edit(find(subject), field, value), dry_run=dry_run, yes=yes,
        as_json=as_json,
    )  # fmt: skip


@graph.command("merge")
@film_argument
@click.argument("kept")
@click.argument("gone")
@_changing
def merge(film: Path, kept: str, gone: str, dry_run: bool, yes: bool, as_json: bool) -> None:
    """Make one of two: KEPT stays, GONE becomes part of it.

    Where they contradict each other KEPT holds, and what is dropped is listed.
    """
    _carry_out(
        film, lambda commands, find: commands.merge(find(kept), find(gone)), dry_run=dry_run, yes=yes, as_json=as_json
    )


@graph.command("split")
@film_argument
@click.argument("subject")
@click.argument("name", required=False, default="")
@click.option("--scenes", default="", help="Scenes that go to the new one: 12,14A.")
@click.option("--shots", default="", help="Single shots that go to the new one: 3A,3C.")
@click.option("--frame", type=int, help="Of a shot: where the new one begins.")
@_changing
def split(
    film: Path,
    subject: str,
    name: str,
    scenes: str,
    shots: str,
    frame: int | None,
    dry_run: bool,
    yes: bool,
    as_json: bool,
) -> None:
    """Make two of one.

    \b
    split FILM MARA "YOUNG MARA" --scenes 3,4   she is the new one there; also settings and props
    split FILM MARA/coat --scenes 3             the constraint has its own say there
    split FILM 14 14C                           scene 14 ends before shot 14C
    split FILM 14C --frame 36                   the shot is cut in two
    """
    from storage.domain.graph_split import Places

    def plan(commands: "GraphCommands", find: Callable[[str], Any]) -> "GraphEdit":
        item_id = find(subject)
        if item_id.startswith("scene:") and "/" not in item_id:
            if not name:
                raise WrongUse("Where does the new scene begin?", "Name its first shot: split FILM 14 14C.")
            return commands.split_scene(find(f"shot {name}"))
        if item_id.startswith("shot:") and "/" not in item_id:
            if frame is None:
                raise WrongUse("Where is the shot cut?", "Say it with --frame.")
            return commands.split_shot(item_id, frame)
        places = Places(
            scene_ids=[find(f"scene {each.strip()}") for each in scenes.split(",") if each.strip()],
            shot_ids=[find(f"shot {each.strip()}") for each in shots.split(",") if each.strip()],
        )
        return commands.split(item_id, name, places)

    _carry_out(film, plan, dry_run=dry_run, yes=yes, as_json=as_json)


@graph.command("delete")
@film_argument
@click.argument("subject")
@_changing
def delete(film: Path, subject: str, dry_run: bool, yes: bool, as_json: bool) -> None:
    """Delete something and what hangs on it. Takes stay in the film and count again after an undo."""
    _carry_out(film, lambda commands, find: commands.delete(find(subject)), dry_run=dry_run, yes=yes, as_json=as_json)


@graph.command("restore")
@film_argument
@click.argument("revision", type=int)
@_changing
def restore(film: Path, revision: int, dry_run: bool, yes: bool, as_json: bool) -> None:
    """Bring an old revision back, as a new one."""
    _carry_out(film, lambda commands, _: commands.restore(revision), dry_run=dry_run, yes=yes, as_json=as_json)


@graph.command("draft")
@film_argument
@click.argument("screenplay", type=click.Path(path_type=Path))
@_changing
def draft(film: Path, screenplay: Path, dry_run: bool, yes: bool, as_json: bool) -> None:
    """Merge a new draft of the screenplay: says which scenes are kept, changed, new and cut.

    Your own work stays unless the new draft has it otherwise, which is listed. The script is to be approved again;
    what was drawn stays approved where nothing that it rests on has changed.
    """
    from pipeline.cli.confirming import confirmed, cost_in_words
    from pipeline.cli.redraft_words import tell_draft
    from pipeline.hardware import choose_hardware
    from pipeline.opening import open_by_name
    from pipeline.redrafting import read_new_draft
    from pipeline.script.reading import read_screenplay

    with _commands(film) as (commands, _):
        project = commands.project
        # Before the checkpoint is loaded, so that a wrong name is told at once.
        read_screenplay(screenplay)
        renderer = open_by_name(project.film.checkpoint, choose_hardware())
        try:
            merge = read_new_draft(project, commands, screenplay, renderer.capabilities)
        finally:
            renderer.close()
        cost = commands.cost(merge.edit)
        is_made = not dry_run and confirmed(cost_in_words(cost), yes=yes)
        if is_made:
            commands.take_draft(merge, screenplay.read_bytes(), screenplay.name)
    tell_draft(merge, cost, is_made=is_made, as_json=as_json)


@graph.command("revisions")
@film_argument
@json_option
def revisions(film: Path, as_json: bool) -> None:
    """List the revisions: what was done, by whom, when."""
    from storage.author import name_of

    with _commands(film) as (commands, _):
        told = [
            {"revision": number, "label": label, "author": name_of(author), "at": made_at}
            for number, _, label, author, made_at in commands.revisions()
        ]
    if as_json:
        click.echo(json.dumps({"revisions": told}, ensure_ascii=False))
        return
    for each in told:
        click.echo(f"{each['revision']:>4}  {each['at'][:16].replace('T', ' ')}  {each['author']}: {each['label']}")


@graph.command("compare")
@film_argument
@click.argument("before", type=int)
@click.argument("after", type=int, required=False)
@json_option
def compare(film: Path, before: int, after: int | None, as_json: bool) -> None:
    """Say what is different between two revisions; AFTER is the latest unless given."""
    from storage.domain.digest import plain

    with _commands(film) as (commands, _):
        told = commands.compare(before, after)
    if as_json:
        click.echo(json.dumps(plain(told), ensure_ascii=False))
    else:
        click.echo("\n".join(told.sentences) or "Nothing is different.")


@graph.command("open-ends")
@film_argument
@json_option
def open_ends(film: Path, as_json: bool) -> None:
    """List contradictions, drift from the screenplay, gaps, and what is proposed, with what settles each."""
    from storage.domain.digest import plain
    from storage.domain.open_ends import Sort
    from storage.domain.open_ends import open_ends as everything_open
    from storage.project import Project

    project = Project.open(film)
    try:
        revision = project.graphs.latest_revision
        findings = project.takes.graph_findings(revision) if revision else None
        found = everything_open(project.graphs.view(), findings or ())
    finally:
        project.close()
    if as_json:
        click.echo(json.dumps({"open": plain(found), "read_by_the_critic": findings is not None}, ensure_ascii=False))
        return
    if findings is None:
        click.echo("The critic has not held this revision against the screenplay yet: matchcut produce.", err=True)
    for each in found:
        click.echo(f"{each.sort}: {each.sentence} {each.way}")
        for constraint_id in each.constraint_ids if each.sort is Sort.CONTRADICTION else ():
            click.echo(f"  {constraint_id}")
    if not found:
        click.echo("Nothing is open.")


@contextmanager
def _commands(film: Path) -> Generator[tuple["GraphCommands", Callable[[str], Any]]]:
    """The commands of a film, and what finds ids by names."""
    from storage.author import this_director
    from storage.graph_commands import GraphCommands
    from storage.naming import find_item
    from storage.project import Project

    project = Project.open(film)
    try:
        commands = GraphCommands(project, this_director())
        yield commands, lambda name: find_item(commands.view, name)
    finally:
        project.close()


def _carry_out(
    film: Path,
    plan: Callable[["GraphCommands", Callable[[str], Any]], "GraphEdit"],
    *,
    dry_run: bool,
    yes: bool,
    as_json: bool,
) -> None:
    """Plan an edit, say what it costs, and make it unless it is a dry run."""
    from pipeline.cli.confirming import confirmed, cost_in_words
    from storage.domain.digest import plain
    from storage.domain.graph_difference import difference

    with _commands(film) as (commands, find):
        edit = plan(commands, find)
        cost = commands.cost(edit)
        words = cost_in_words(cost)
        is_made = not dry_run and confirmed(words, yes=yes)
        if is_made:
            commands.make(edit)
    told = difference(edit.before, edit.after)
    if as_json:
        answer = {
            "done": edit.label if is_made else None,
            "plan": edit.label,
            "made": edit.made,
            "dropped": edit.dropped,
            "cost": plain(cost) | {"words": words},
            "difference": plain(told),
        }
        click.echo(json.dumps(answer, ensure_ascii=False))
        return
    if dry_run:
        click.echo(f"{edit.label} would turn stale: {words or 'nothing'}.")
        for sentence in told.sentences:
            click.echo(f"  {sentence}")
    else:
        click.echo(edit.label if is_made else "nothing was changed")
    for sentence in edit.dropped:
        click.echo(f"  {sentence}")
