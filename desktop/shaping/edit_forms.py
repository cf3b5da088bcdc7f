"""The form that edits one thing of the scene graph: every field that it has."""

from collections.abc import Callable, Sequence
from fractions import Fraction

from desktop.shaping.forms import NOT_FILLED, Field, Form, Values, with_values
from desktop.shaping.names import ids_by_name, place_names, spoken
from desktop.shaping.wishes import GraphWish, wish_to
from desktop.snapshot import FilmSnapshot
from storage.domain.graph_view import GraphView
from storage.domain.graph_words import name_in, place_words
from storage.domain.scene_graph import Billing, Constraint, Scene, Shot, Strength
from storage.domain.vocabulary import ANGLES, MOVEMENTS, SHOT_SIZES, STANDARD_VALUES, TIMES_OF_DAY
from storage.domain.working_graph import kind_of
from storage.errors import WrongUse
from storage.graph_commands import GraphCommands

BILLINGS = tuple(each.value for each in Billing)
SIDES = ("inside", "outside")
NOBODY = "nobody"
NOTHING = "nothing"


def edit_form(film: FilmSnapshot, item_id: str, filled: Values = NOT_FILLED) -> Form | None:
    """The form for one thing; None where there is no such thing.

    Args:
        filled: what is typed already, by field.
    """
    view = film.view
    kind = kind_of(view.graph, item_id) if view else ""
    if view is None or not kind:
        return None
    fields = _FIELDS[kind](view, getattr(view.graph, kind)[item_id])
    before = {each.name: each.value for each in fields}

    def wish(values: Values) -> GraphWish | None:
        changes = [(name, values[name].strip()) for name, old in before.items() if values[name].strip() != old]
        read = tuple((name, _read(name, value, film.frame_rate)) for name, value in changes)
        changed = tuple((name, value) for name, value in read if value != before[name])
        return wish_to(GraphCommands.edit_fields, item_id, changed).choosing(item_id) if changed else None

    return Form(
        title=f"Edit {spoken(view, item_id)}",
        verb="Make this edit",
        item_id=item_id,
        fields=with_values(fields, filled),
        wish=wish,
        follows=not filled,
    )


def frames_meant(words: str, rate: Fraction) -> str:
    """A length in frames, from "72" or "3 s"; other words as they are.

    Raises:
        WrongUse: it ends in "s" and is no number of seconds.
    """
    if not words.endswith("s"):
        return words
    try:
        return str(max(1, round(float(words[:-1].strip().replace(",", ".")) * rate)))
    except (ValueError, OverflowError):
        raise WrongUse(f'"{words}" is no length.', "Write 72 for frames, or 3 s.") from None


def _read(name: str, value: str, rate: Fraction) -> str:
    return frames_meant(value, rate) if name == "frames" else value


def _known(names: Sequence[str]) -> Callable[[Values], Sequence[str]]:
    return lambda _: names


def _character(_: GraphView, item) -> list[Field]:
    return [
        Field(name="name", words="Name", value=item.name),
        Field(name="billing", words="Billing", value=item.billing.value, choices=BILLINGS),
    ]


def _setting(_: GraphView, item) -> list[Field]:
    return [
        Field(name="name", words="Name", value=item.name),
        Field(name="side", words="Side", value=SIDES[0] if item.interior else SIDES[1], choices=SIDES),
    ]


def _prop(_: GraphView, item) -> list[Field]:
    return [Field(name="name", words="Name", value=item.name)]


def _scene(view: GraphView, item: Scene) -> list[Field]:
    place = name_in(view.graph, item.setting_id) if item.setting_id else ""
    places = tuple(ids_by_name(view, "settings"))
    return [
        Field(name="heading", words="Heading", value=item.heading),
        Field(name="setting", words="Place", value=place, suggest=_known(places), hint="a setting of the film"),
        Field(name="time", words="Time", value=item.time_of_day, choices=_with(TIMES_OF_DAY, item.time_of_day)),
        Field(name="day", words="Story day", value=str(item.story_day)),
    ]


def _shot(view: GraphView, item: Shot) -> list[Field]:
    people = ", ".join(name_in(view.graph, person.character_id) for person in item.people) or NOBODY
    everyone = (*ids_by_name(view, "characters"), NOBODY)
    prop = name_in(view.graph, item.prop_id) if item.prop_id else NOTHING
    things = (*ids_by_name(view, "props"), NOTHING)
    return [
        Field(name="size", words="Size", value=item.size, choices=_with(SHOT_SIZES, item.size)),
        Field(name="angle", words="Angle", value=item.angle, choices=_with(ANGLES, item.angle)),
        Field(name="movement", words="Movement", value=item.movement, choices=_with(MOVEMENTS, item.movement)),
        Field(name="frames", words="Length", value=str(item.duration_frames), hint="in frames, or 3 s"),
        Field(name="people", words="People", value=people, suggest=_known(everyone), many=True),
        Field(name="prop", words="Shows prop", value=prop, suggest=_known(things)),
        Field(name="action", words="Action", value=item.action, hint="what happens"),
    ]


def _constraint(view: GraphView, item: Constraint) -> list[Field]:
    fields = [
        Field(name="value", words="Value", value=item.value, suggest=_known(STANDARD_VALUES.get(item.attribute, ()))),
        Field(
            name="strength", words="Strength", value=item.strength.value, choices=tuple(each.value for each in Strength)
        ),
    ]
    if item.entity_id not in view.graph.shots and item.entity_id not in view.graph.scenes:
        where = place_words(view.graph, item.scope) or "film"
        fields.append(Field(name="scope", words="Holds in", value=where, suggest=_known(place_names(view))))
    return fields


def _with(known: tuple[str, ...], value: str) -> tuple[str, ...]:
    """A script may have a word that the vocabulary does not."""
    return known if value in known else (value, *known)


_FIELDS: dict[str, Callable[[GraphView, object], list[Field]]] = {
    "characters": _character,
    "settings": _setting,
    "props": _prop,
    "scenes": _scene,
    "shots": _shot,
    "constraints": _constraint,
}  # pyright: ignore[reportAssignmentType]
