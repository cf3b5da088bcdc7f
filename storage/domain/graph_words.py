"""What the items of a scene graph are called when they are spoken of."""

from storage.domain.scene_graph import Constraint, SceneGraph, Scope


def name_in(graph: SceneGraph, entity_id: str) -> str:
    """An entity as a director says it: "MARA", "sc 14", "2C"; its id where the graph does not have it."""
    for named in (graph.characters, graph.settings, graph.props):
        if entity_id in named:
            return named[entity_id].name  # pyright: ignore[reportArgumentType]
    if entity_id in graph.scenes:
        return f"sc {graph.scenes[entity_id].number}"  # pyright: ignore[reportArgumentType]
    return graph.shots[entity_id].label if entity_id in graph.shots else entity_id  # pyright: ignore[reportArgumentType]


def claim_words(graph: SceneGraph, constraint: Constraint) -> str:
    """What a constraint speaks of, and where: "MARA: coat in sc 14"."""
    about = f"{name_in(graph, constraint.entity_id)}: {constraint.part or constraint.attribute}"
    place = place_words(graph, constraint.scope)
    # Of a scene or shot itself, where it holds goes without saying.
    return about if not place or place == name_in(graph, constraint.entity_id) else f"{about} in {place}"


def place_words(graph: SceneGraph, scope: Scope) -> str:
    """Where a constraint holds: "sc 14", "2C"; empty for the whole film."""
    place = scope.shot_id or scope.scene_id
    return name_in(graph, place) if place else ""


def listed(words: list[str], most: int = 6) -> str:
    """Some words as a list; of many only the first."""
    shown = words[:most]
    rest = len(words) - len(shown)
    return ", ".join(shown) + (f" and {rest} more" if rest else "")


def counted(number: int, noun: str) -> str:
    """ "1 shot", "3 shots"."""
    return f"{number} {noun}{'' if number == 1 else 's'}"
