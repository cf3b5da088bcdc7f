"""What a panel asks for before an edit of the scene graph: fields, their words, and the edit that they come to."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from types import MappingProxyType

from desktop.shaping.wishes import GraphWish

Values = Mapping[str, str]
"""What stands in the fields, by their names."""

NOT_FILLED: Values = MappingProxyType({})


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A scene or shot that can be chosen. Attributes: told: its words; inside: the shots of a scene."""

    id: str
    name: str
    told: str
    is_scene: bool = False
    inside: "tuple[Place, ...]" = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One thing to fill in.

    Attributes:
        words: before it.
        value: what stands there first.
        choices: the only values that it can have; empty for any text.
        suggest: what could be typed, given all values; asked whenever one begins to type.
        many: several values, with commas.
        places: scenes and shots to be ticked; the value has their names, with commas.
        hint: shown where nothing is typed.
    """

    name: str
    words: str
    value: str = ""
    choices: tuple[str, ...] = ()
    suggest: Callable[[Values], Sequence[str]] | None = None
    many: bool = False
    places: tuple[Place, ...] = ()
    hint: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """One edit to fill in.

    Attributes:
        title: what is edited, as a person says it.
        verb: on the button that makes it.
        item_id: what it is about; empty for something new.
        wish: the edit that values come to; None while they change nothing or are not complete. Raises `WrongUse`.
        follows: while nothing is typed, it is about whatever is chosen.
        variants: other forms that can be chosen in place of this one, by their words, this one's among them.
        variant: which one this is.
        become: another variant.
    """

    title: str
    verb: str
    item_id: str
    fields: tuple[Field, ...] = ()
    wish: Callable[[Values], GraphWish | None]
    follows: bool = False
    variants: tuple[str, ...] = ()
    variant: str = ""
    become: "Callable[[str], Form] | None" = None
    values: Values = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "values", {each.name: each.value for each in self.fields})


def with_values(fields: Iterable[Field], values: Values) -> tuple[Field, ...]:
    """Fields in which something else stands at first."""
    return tuple(replace(each, value=values.get(each.name, each.value)) for each in fields)
