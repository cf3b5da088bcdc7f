"""The revisions of a scene graph as a director reads them: a list of what was done, and two of them side by side."""

from collections.abc import Sequence
from dataclasses import dataclass

from desktop.translating import plural, tr
from desktop.wording import claim_name, item_name
from storage.author import name_of
from storage.domain.graph_difference import Change, Kind
from storage.domain.graph_words import name_in
from storage.domain.scene_graph import SceneGraph, Scope
from storage.graph_commands import GraphCommands


@dataclass(frozen=True, slots=True, kw_only=True)
class Revision:
    """One revision. Attributes: made_at: in ISO 8601."""

    number: int
    label: str
    author: str
    made_at: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SideBySide:
    """One thing that is different.

    Attributes:
        item_id: of what it is about; empty for the title.
        name: of it.
        before, after: what it is in either revision; empty where it is not.
        sentence: what is different.
    """

    kind: Kind
    item_id: str
    name: str
    before: str
    after: str
    sentence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """Two revisions.

    Attributes:
        other_evidence: how many things only rest on other lines of the screenplay.
    """

    before: int
    after: int
    rows: tuple[SideBySide, ...]
    other_evidence: int = 0


def all_revisions(commands: GraphCommands) -> tuple[Revision, ...]:
    """The revisions, newest first."""
    told = [
        Revision(number=number, label=label, author=name_of(author), made_at=made_at)
        for number, _, label, author, made_at in commands.revisions()
    ]
    return tuple(reversed(told))


def side_by_side(commands: GraphCommands, before: int, after: int) -> Comparison:
    """Compare two revisions."""
    told = commands.compare(before, after)
    old, new = commands.at(before), commands.at(after)
    sentences: dict[str, list[Change]] = {}
    for change in told.changes:
        sentences.setdefault(change.item_id, []).append(change)
    rows = [_row(old, new, item_id, changes) for item_id, changes in sentences.items()]
    return Comparison(before=before, after=after, rows=tuple(rows), other_evidence=told.other_evidence)


def _row(old: SceneGraph, new: SceneGraph, item_id: str, changes: Sequence[Change]) -> SideBySide:
    graph = old if changes[0].kind is Kind.GONE else new
    name = claim_name(graph, graph.constraints[item_id]) if item_id in graph.constraints else item_name(graph, item_id)  # pyright: ignore[reportArgumentType]
    return SideBySide(
        kind=changes[0].kind,
        item_id=item_id,
        name=name if item_id else tr("Title"),
        before=described(old, item_id),
        after=described(new, item_id),
        sentence=" ".join(tr(change.sentence) for change in changes),
    )


def described(graph: SceneGraph, item_id: str) -> str:
    """An item of a graph in one line; empty where the graph has no such thing."""
    if not item_id:
        return graph.title
    for describe in (_constraint, _shot, _scene, _entity):
        if words := describe(graph, item_id):
            return words
    return ""


def _constraint(graph: SceneGraph, item_id: str) -> str:
    each = graph.constraints.get(item_id)  # pyright: ignore[reportArgumentType]
    if each is None:
        return ""
    parts = [tr(each.value), "" if each.strength == "must" else tr(each.strength), _where(graph, each.scope)]
    return " · ".join(filter(None, (*parts, tr("proposed") if each.is_proposed else "")))


def _where(graph: SceneGraph, scope: Scope) -> str:
    place = scope.shot_id or scope.scene_id
    return tr("in {place}", place=item_name(graph, place)) if place else ""


def _shot(graph: SceneGraph, item_id: str) -> str:
    shot = graph.shots.get(item_id)  # pyright: ignore[reportArgumentType]
    if shot is None:
        return ""
    shown = [name_in(graph, person.character_id) for person in shot.people]
    shown += [name_in(graph, shot.prop_id)] if shot.prop_id else []
    movement = "" if shot.movement == "static" else tr(shot.movement)
    angle = "" if shot.angle == "eye level" else tr(shot.angle)
    said = [f"“{line.text}”" for line in shot.lines]
    whom = ", ".join(shown) or tr("nobody")
    return " · ".join(
        filter(
            None,
            (
                tr(shot.size),
                whom,
                angle,
                movement,
                plural("{n} frame", "{n} frames", shot.duration_frames),
                *said,
            ),
        )
    )


def _scene(graph: SceneGraph, item_id: str) -> str:
    scene = graph.scenes.get(item_id)  # pyright: ignore[reportArgumentType]
    if scene is None:
        return ""
    people = ", ".join(
        name_in(graph, each.character_id)
        if each.on_screen
        else tr("{name} (heard)", name=name_in(graph, each.character_id))
        for each in scene.presences
    )
    setting = tr("in {place}", place=name_in(graph, scene.setting_id)) if scene.setting_id else tr("no setting")
    props = ", ".join(name_in(graph, each) for each in scene.prop_ids)
    return " · ".join(filter(None, (scene.number, scene.heading, setting, tr(scene.time_of_day), people, props)))


def _entity(graph: SceneGraph, item_id: str) -> str:
    if character := graph.characters.get(item_id):  # pyright: ignore[reportArgumentType]
        return " · ".join((", ".join(character.names), tr(character.billing)))
    if setting := graph.settings.get(item_id):  # pyright: ignore[reportArgumentType]
        return f"{setting.name} · {tr('inside') if setting.interior else tr('outside')}"
    prop = graph.props.get(item_id)  # pyright: ignore[reportArgumentType]
    return prop.name if prop else ""
