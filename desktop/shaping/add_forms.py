"""The forms that add something to the scene graph."""

from collections.abc import Sequence

from desktop.shaping.edit_forms import BILLINGS, NOBODY, SIDES, frames_meant
from desktop.shaping.forms import NOT_FILLED, Field, Form, Values, with_values
from desktop.shaping.names import FILM, ids_by_name, meant, place_names, scope_meant, spoken
from desktop.shaping.wishes import GraphWish, wish_to
from desktop.snapshot import FilmSnapshot
from desktop.translating import marked, tr
from storage.domain.graph_view import GraphView
from storage.domain.scene_graph import Billing, CharacterId, SceneId, SettingId, ShotId
from storage.domain.vocabulary import (
    ACCESSORIES,
    CHARACTER_ATTRIBUTES,
    COLOURS,
    GARMENTS,
    PARTED_ATTRIBUTES,
    SHOT_SIZES,
    STANDARD_VALUES,
    TIMES_OF_DAY,
    Attribute,
)
from storage.domain.working_graph import kind_of
from storage.errors import WrongUse
from storage.graph_commands import GraphCommands

KINDS = (
    marked("constraint"),
    marked("shot"),
    marked("scene"),
    marked("character"),
    marked("setting"),
    marked("prop"),
)
_VERBS = {
    "constraint": marked("Add this constraint"),
    "shot": marked("Add this shot"),
    "scene": marked("Add this scene"),
    "character": marked("Add this character"),
    "setting": marked("Add this setting"),
    "prop": marked("Add this prop"),
}
_END = marked("the end")
_NEW_SHOT_S = 3
_OF_A_PLACE = (
    Attribute.LIGHT_KEY, Attribute.LIGHT_WARMTH, Attribute.LIGHT_DIRECTION, Attribute.WEATHER, Attribute.TIME_OF_DAY,
)  # fmt: skip
_OF_A_SHOT = (*_OF_A_PLACE, Attribute.SHOT_SIZE, Attribute.ANGLE, Attribute.MOVEMENT, Attribute.PEOPLE)


def add_form(film: FilmSnapshot, near: str, kind: str = "", filled: Values = NOT_FILLED) -> Form | None:
    """The form that adds something of a kind.

    Args:
        near: what is chosen: where or to what it is added, unless something else is typed; empty for nothing.
        kind: one of `KINDS`; empty for the likeliest.
        filled: what is typed already, by field.
    """
    if film.view is None:
        return None
    kind = kind or _likeliest(film.view, near)
    fields, wish = _FORMS[kind](film, film.view, near)

    def become(other: str) -> Form:
        form = add_form(film, near, other)
        assert form is not None
        return form

    return Form(
        title=tr("Add"),
        verb=tr(_VERBS[kind]),
        item_id="",
        fields=with_values(fields, filled),
        wish=wish,
        variants=KINDS,
        variant=kind,
        become=become,
    )


def claim_meant(words: str, props: Sequence[str]) -> tuple[Attribute, str]:
    """What a new constraint speaks of: "eyes", "coat" (a garment), "glasses" (an accessory), "garment/kilt".

    Args:
        props: names of the film's; a prop is held.

    Raises:
        WrongUse: it is none of these.
    """
    word, _, part = (each.strip() for each in words.strip().casefold().partition("/"))
    if word in [each.value for each in Attribute] and not (Attribute(word) in PARTED_ATTRIBUTES and not part):
        return Attribute(word), part
    if not part and word in GARMENTS:
        return Attribute.GARMENT, word
    if not part and word in ACCESSORIES:
        return Attribute.ACCESSORY, word
    prop = next((name for name in props if name.casefold() == word), None)
    if prop is not None:
        return Attribute.HELD_PROP, prop
    raise WrongUse(
        tr('"{word}" is nothing that can be said of it.', word=words.strip()),
        tr("Write eyes, coat, glasses or garment/kilt."),
    )


def claim_words(attribute: Attribute, part: str) -> str:
    """What `claim_meant` reads as this."""
    if not part:
        return attribute.value
    is_plain = (attribute is Attribute.GARMENT and part in GARMENTS) or (
        attribute is Attribute.ACCESSORY and part in ACCESSORIES
    )
    return part if is_plain else f"{attribute.value}/{part}"


def _likeliest(view: GraphView, near: str) -> str:
    kind = kind_of(view.graph, near)
    return {"scenes": "shot", "shots": "shot", "": "character"}.get(kind, "constraint")


def _character(_film: FilmSnapshot, _view: GraphView, _near: str):
    fields = [
        Field(name="name", words=tr("Name")),
        Field(name="billing", words=tr("Billing"), value=Billing.SUPPORTING.value, choices=BILLINGS),
    ]

    def wish(values: Values) -> GraphWish | None:
        name = values["name"].strip()
        return wish_to(GraphCommands.add_character, name, Billing(values["billing"])) if name else None

    return fields, wish


def _setting(_film: FilmSnapshot, _view: GraphView, _near: str):
    fields = [
        Field(name="name", words=tr("Name")),
        Field(name="side", words=tr("Side"), value=SIDES[0], choices=SIDES),
    ]

    def wish(values: Values) -> GraphWish | None:
        name = values["name"].strip()
        return wish_to(GraphCommands.add_setting, name, interior=values["side"] == SIDES[0]) if name else None

    return fields, wish


def _prop(_film: FilmSnapshot, _view: GraphView, _near: str):
    def wish(values: Values) -> GraphWish | None:
        name = values["name"].strip()
        return wish_to(GraphCommands.add_prop, name) if name else None

    return [Field(name="name", words=tr("Name"))], wish


def _scene(_film: FilmSnapshot, view: GraphView, near: str):
    graph = view.graph
    settings = ids_by_name(view, "settings")
    scenes = ids_by_name(view, "scenes")
    here = _scene_of(view, near)
    at = graph.scenes[here].number if here else tr(_END)
    place = next((name for name, item_id in settings.items() if item_id == near), "")
    fields = [
        Field(name="setting", words=tr("Place"), value=place, suggest=lambda _: tuple(settings), hint=tr("a setting")),
        Field(name="time", words=tr("Time"), value="day", choices=TIMES_OF_DAY),
        Field(name="after", words=tr("After scene"), value=at, suggest=lambda _: (*scenes, tr(_END))),
    ]

    def wish(values: Values) -> GraphWish | None:
        if not values["setting"].strip():
            return None
        after = values["after"].strip()
        return wish_to(
            GraphCommands.add_scene,
            SettingId(meant(settings, values["setting"], "settings")),
            values["time"],
            after=SceneId(meant(scenes, after, "scenes")) if after not in ("", _END, tr(_END)) else None,
        )

    return fields, wish


def _shot(film: FilmSnapshot, view: GraphView, near: str):
    scenes = ids_by_name(view, "scenes")
    people = ids_by_name(view, "characters")
    here = _scene_of(view, near) or (view.scenes[-1].id if view.scenes else None)
    number = view.graph.scenes[here].number if here else ""
    following = _shot_after(view, near)
    fields = [
        Field(name="scene", words=tr("Scene"), value=number, suggest=lambda _: tuple(scenes)),
        Field(name="size", words=tr("Size"), value="medium shot", choices=SHOT_SIZES),
        Field(
            name="people", words=tr("People"), value=tr(NOBODY), suggest=lambda _: (*people, tr(NOBODY)), many=True,
            hint=tr("from left to right"),
        ),
        Field(name="frames", words=tr("Length"), value=f"{_NEW_SHOT_S} s", hint=tr("in frames, or 3 s")),
        Field(
            name="before", words=tr("Before shot"), value=view.graph.shots[following].label if following else tr(_END),
            suggest=lambda values: (*_labels(view, scenes, values["scene"]), tr(_END)),
        ),
    ]  # fmt: skip

    def wish(values: Values) -> GraphWish | None:
        scene_id = SceneId(meant(scenes, values["scene"], "scenes"))
        before = values["before"].strip()
        labels = ids_by_name(view, "shots", [shot.id for shot in view.shots_of(scene_id)])
        frames = frames_meant(values["frames"].strip(), film.frame_rate)
        if not frames.isdecimal():
            raise WrongUse(tr('"{frames}" is no length.', frames=frames), tr("Write 72 for frames, or 3 s."))
        nobody = ("", NOBODY, tr(NOBODY).casefold())
        named = [each.strip() for each in values["people"].split(",") if each.strip().casefold() not in nobody]
        return wish_to(
            GraphCommands.add_shot,
            scene_id,
            size=values["size"],
            people=tuple(CharacterId(meant(people, name, "characters")) for name in named),
            before=ShotId(meant(labels, before, "shots of the scene")) if before not in ("", _END, tr(_END)) else None,
            duration_frames=int(frames),
        )

    return fields, wish


def _constraint(_film: FilmSnapshot, view: GraphView, near: str):
    graph = view.graph
    constraint = graph.constraints.get(near)  # pyright: ignore[reportArgumentType]
    about = constraint.entity_id if constraint else near
    subjects = {
        spoken(view, item_id): str(item_id)
        for items in (graph.characters, graph.settings, graph.props, graph.scenes, graph.shots)
        for item_id in items
    }
    props = [prop.name for prop in graph.props.values()]
    fields = [
        Field(
            name="subject", words=tr("Of"), value=spoken(view, about) if about else "",
            suggest=lambda _: tuple(subjects),
        ),
        Field(
            name="claim", words=tr("What"), suggest=lambda values: _claims(view, subjects, values["subject"], props),
            hint=tr("eyes, coat, glasses …"),
        ),
        Field(name="value", words=tr("Is"), suggest=lambda values: _values_of(values["claim"], props)),
        Field(name="scope", words=tr("Holds in"), value=tr(FILM), suggest=lambda _: tuple(place_names(view))),
    ]  # fmt: skip

    def wish(values: Values) -> GraphWish | None:
        if not values["claim"].strip() or not values["value"].strip():
            return None
        attribute, part = claim_meant(values["claim"], props)
        return wish_to(
            GraphCommands.add_constraint,
            meant(subjects, values["subject"], "anything"),
            attribute,
            values["value"].strip(),
            part=part,
            scope=scope_meant(view, values["scope"]),
        )

    return fields, wish


def _claims(view: GraphView, subjects: dict[str, str], subject: str, props: Sequence[str]) -> tuple[str, ...]:
    item_id = next((each for name, each in subjects.items() if name.casefold() == subject.strip().casefold()), "")
    if kind_of(view.graph, item_id) == "shots":
        return tuple(each.value for each in _OF_A_SHOT)
    if kind_of(view.graph, item_id) in ("scenes", "settings"):
        return tuple(each.value for each in _OF_A_PLACE)
    plain = [each.value for each in Attribute if each in CHARACTER_ATTRIBUTES - PARTED_ATTRIBUTES]
    return (*plain, *GARMENTS, *ACCESSORIES, *props)


def _values_of(claim: str, props: Sequence[str]) -> Sequence[str]:
    try:
        return STANDARD_VALUES.get(claim_meant(claim, props)[0], ())
    except WrongUse:
        return COLOURS


def _labels(view: GraphView, scenes, number: str) -> tuple[str, ...]:
    scene_id = scenes.get(number.strip())
    return tuple(shot.label for shot in view.shots_of(scene_id)) if scene_id else ()


def _scene_of(view: GraphView, item_id: str) -> SceneId | None:
    shot = view.graph.shots.get(item_id)  # pyright: ignore[reportArgumentType]
    return shot.scene_id if shot else SceneId(item_id) if item_id in view.graph.scenes else None


def _shot_after(view: GraphView, item_id: str) -> ShotId | None:
    shot = view.graph.shots.get(item_id)  # pyright: ignore[reportArgumentType]
    shots = [each.id for each in view.shots_of(shot.scene_id)] if shot else []
    place = shots.index(shot.id) + 1 if shot else 0
    return shots[place] if place < len(shots) else None


_FORMS = {
    "constraint": _constraint,
    "shot": _shot,
    "scene": _scene,
    "character": _character,
    "setting": _setting,
    "prop": _prop,
}
