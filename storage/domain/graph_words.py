"""What the items of a scene graph are called when they are spoken of."""

from collections.abc import Sequence

from storage.domain.scene_graph import Constraint, SceneGraph, Scope
from storage.domain.told import Told, together


def name_in(graph: SceneGraph, entity_id: str) -> str:
    """An entity as a director says it: "MARA", "sc 14", "2C"; its id where the graph does not have it."""
    for named in (graph.characters, graph.settings, graph.props):
        if entity_id in named:
            return named[entity_id].name  # pyright: ignore[reportArgumentType]
    if entity_id in graph.scenes:
        return Told("sc {number}", number=graph.scenes[entity_id].number)  # pyright: ignore[reportArgumentType]
    return graph.shots[entity_id].label if entity_id in graph.shots else entity_id  # pyright: ignore[reportArgumentType]


def claim_words(graph: SceneGraph, constraint: Constraint) -> Told:
    """What a constraint speaks of, and where: "MARA: coat in sc 14"."""
    who = name_in(graph, constraint.entity_id)
    what = Told(constraint.part or str(constraint.attribute))
    place = place_words(graph, constraint.scope)
    # Of a scene or shot itself, where it holds goes without saying.
    if not place or place == who:
        return Told("{who}: {what}", who=who, what=what)
    return Told("{who}: {what} in {place}", who=who, what=what, place=place)


def place_words(graph: SceneGraph, scope: Scope) -> str:
    """Where a constraint holds: "sc 14", "2C"; empty for the whole film."""
    place = scope.shot_id or scope.scene_id
    return name_in(graph, place) if place else ""


def listed(words: Sequence[str], most: int = 6) -> Told:
    """Some words as a list; of many only the first."""
    shown, rest = together(words[:most]), len(words) - most
    return Told("{some} and {n} more", some=shown, n=rest) if rest > 0 else shown


def counted(number: int, noun: str) -> str:
    """ "1 shot", "3 shots"."""
    return f"{number} {noun}{'' if number == 1 else 's'}"
