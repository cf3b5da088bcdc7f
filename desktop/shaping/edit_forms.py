"""The form that edits one thing of the scene graph: every field that it has."""

from collections.abc import Callable, Sequence
from fractions import Fraction

from desktop.shaping.forms import NOT_FILLED, Field, Form, Values, with_values
from desktop.shaping.names import FILM, ids_by_name, place_names, spoken
from desktop.shaping.wishes import GraphWish, wish_to
from desktop.snapshot import FilmSnapshot
from desktop.translating import marked, name_told, tr
from storage.domain.graph_view import GraphView
from storage.domain.graph_words import name_in, place_words
from storage.domain.scene_graph import Billing, Constraint, Scene, Shot, Strength
from storage.domain.vocabulary import ANGLES, MOVEMENTS, SHOT_SIZES, STANDARD_VALUES, TIMES_OF_DAY
from storage.domain.working_graph import kind_of
from storage.errors import WrongUse
from storage.graph_commands import GraphCommands

BILLINGS = tuple(each.value for each in Billing)
SIDES = (marked("inside"), marked("outside"))
NOBODY = marked("nobody")
NOTHING = marked("nothing")


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
        read = tuple((name, _read(view, name, value, film.frame_rate)) for name, value in changes)
        changed = tuple((name, value) for name, value in read if value != before[name])
        return wish_to(GraphCommands.edit_fields, item_id, changed).choosing(item_id) if changed else None

    return Form(
        title=tr("Edit {what}", what=spoken(view, item_id)),
        verb=tr("Make this edit"),
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
        raise WrongUse(tr('"{what}" is no length.', what=words), tr("Write 72 for frames, or 3 s.")) from None


def _read(view: GraphView, name: str, value: str, rate: Fraction) -> str:
    """A value as storage has it: lengths in frames, and nobody, nothing and places by their English names."""
    if name == "frames":
        return frames_meant(value, rate)
    known = {"people": {tr(NOBODY): NOBODY}, "prop": {tr(NOTHING): NOTHING}}
    told = place_names(view) if name == "scope" else known.get(name, {})
    return next((english for words, english in told.items() if words.casefold() == value.casefold()), value)


def _known(names: Sequence[str]) -> Callable[[Values], Sequence[str]]:
    return lambda _: names


def _character(_: GraphView, item) -> list[Field]:
    return [
        Field(name="name", words=tr("Name"), value=item.name),
        Field(name="billing", words=tr("Billing"), value=item.billing.value, choices=BILLINGS),
    ]


def _setting(_: GraphView, item) -> list[Field]:
    return [
        Field(name="name", words=tr("Name"), value=item.name),
        Field(name="side", words=tr("Side"), value=SIDES[0] if item.interior else SIDES[1], choices=SIDES),
    ]


def _prop(_: GraphView, item) -> list[Field]:
    return [Field(name="name", words=tr("Name"), value=item.name)]


def _scene(view: GraphView, item: Scene) -> list[Field]:
    place = name_in(view.graph, item.setting_id) if item.setting_id else ""
    places = tuple(ids_by_name(view, "settings"))
    return [
        Field(name="heading", words=tr("Heading"), value=item.heading),
        Field(name="setting", words=tr("Place"), value=place, suggest=_known(places), hint=tr("a setting of the film")),
        Field(name="time", words=tr("Time"), value=item.time_of_day, choices=_with(TIMES_OF_DAY, item.time_of_day)),
        Field(name="day", words=tr("Story day"), value=str(item.story_day)),
    ]


def _shot(view: GraphView, item: Shot) -> list[Field]:
    people = ", ".join(name_in(view.graph, person.character_id) for person in item.people) or tr(NOBODY)
    everyone = (*ids_by_name(view, "characters"), tr(NOBODY))
    prop = name_in(view.graph, item.prop_id) if item.prop_id else tr(NOTHING)
    things = (*ids_by_name(view, "props"), tr(NOTHING))
    return [
        Field(name="size", words=tr("Size"), value=item.size, choices=_with(SHOT_SIZES, item.size)),
        Field(name="angle", words=tr("Angle"), value=item.angle, choices=_with(ANGLES, item.angle)),
        Field(name="movement", words=tr("Movement"), value=item.movement, choices=_with(MOVEMENTS, item.movement)),
        Field(name="frames", words=tr("Length"), value=str(item.duration_frames), hint=tr("in frames, or 3 s")),
        Field(name="people", words=tr("People"), value=people, suggest=_known(everyone), many=True),
        Field(name="prop", words=tr("Shows prop"), value=prop, suggest=_known(things)),
        Field(name="action", words=tr("Action"), value=item.action, hint=tr("what happens")),
    ]


def _constraint(view: GraphView, item: Constraint) -> list[Field]:
    fields = [
        Field(
            name="value", words=tr("Value"), value=item.value, suggest=_known(STANDARD_VALUES.get(item.attribute, ()))
        ),
        Field(
            name="strength",
            words=tr("Strength"),
            value=item.strength.value,
            choices=tuple(each.value for each in Strength),
        ),
    ]
    if item.entity_id not in view.graph.shots and item.entity_id not in view.graph.scenes:
        where = name_told(place_words(view.graph, item.scope)) or tr(FILM)
        fields.append(Field(name="scope", words=tr("Holds in"), value=where, suggest=_known(tuple(place_names(view)))))
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
