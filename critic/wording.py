"""How the critic names things to a director."""

from storage.domain.graph_view import GraphView
from storage.domain.scene_graph import Constraint
from storage.domain.vocabulary import CHARACTER_ATTRIBUTES, PARTED_ATTRIBUTES

_NUMBERS = {"nobody": 0, "none": 0, "no one": 0, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6}


def label_of(constraint: Constraint, view: GraphView) -> str:
    """Say what a constraint speaks of: "MARA: coat", "HARBOUR CAFE: setting", "time of day"."""
    subject = constraint.part if constraint.attribute in PARTED_ATTRIBUTES else str(constraint.attribute)
    owner = owner_of(constraint, view)
    return f"{owner}: {subject}" if owner and subject else owner or subject


def owner_of(constraint: Constraint, view: GraphView) -> str:
    """The name of whom or what a constraint is about; empty for a scene or a shot, which need none."""
    graph, entity = view.graph, constraint.entity_id
    if constraint.attribute in CHARACTER_ATTRIBUTES or entity in graph.characters:
        character = graph.characters.get(entity)  # pyright: ignore[reportArgumentType]
        if character is not None:
            return character.name
    named = graph.settings.get(entity) or graph.props.get(entity)  # pyright: ignore[reportArgumentType]
    return named.name if named is not None else ""


def expected_words(value: str, drawn: str) -> str:
    """What was asked for, and what was drawn for it where that is another word."""
    if drawn == value:
        return value
    return f"{value} (drawn as {drawn})" if drawn else f"{value} (cannot be drawn)"


def head_count(words: str) -> int | None:
    """Read "2", "two", "two people" or "nobody"; None for anything else."""
    first = words.strip().lower().removesuffix("people").removesuffix("person").strip()
    return int(first) if first.isdecimal() else _NUMBERS.get(first)
