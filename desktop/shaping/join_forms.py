"""The forms that merge two things of the scene graph, split one, or delete one."""

from desktop.shaping.forms import Field, Form, Values
from desktop.shaping.names import ids_by_name, meant, offered_places, places_meant, spoken
from desktop.shaping.wishes import GraphWish, wish_to
from desktop.snapshot import FilmSnapshot
from desktop.translating import marked, tr
from desktop.wording import item_name
from storage.domain.graph_split import Places
from storage.domain.graph_view import GraphView
from storage.domain.scene_graph import ConstraintId, SceneId, ShotId
from storage.domain.working_graph import kind_of
from storage.errors import WrongUse
from storage.graph_commands import GraphCommands

_FOLLOWING = ("scenes", "shots")
_MERGE = {
    "characters": marked("Merge {what} with another character"),
    "settings": marked("Merge {what} with another setting"),
    "props": marked("Merge {what} with another prop"),
    "scenes": marked("Merge {what} with another scene"),
    "shots": marked("Merge {what} with another shot"),
    "constraints": marked("Merge {what} with another constraint"),
}
_NAMED = {
    "characters": marked("name of a character"),
    "settings": marked("name of a setting"),
    "props": marked("name of a prop"),
    "scenes": marked("number of a scene"),
    "shots": marked("label of a shot"),
    "constraints": marked("name of a constraint"),
}


def merge_form(film: FilmSnapshot, item_id: str, other_id: str = "") -> Form | None:
    """The form that makes one of two.

    Args:
        other_id: the one that is kept, where it is known already.
    """
    view = film.view
    kind = kind_of(view.graph, item_id) if view else ""
    if view is None or not kind:
        return None
    known = ids_by_name(view, kind, _mergeable(view, kind, item_id))
    this = spoken(view, item_id)
    other = next((name for name, each in known.items() if each == other_id), "")
    keep = (marked("the other"), marked("this one"))

    def wish(values: Values) -> GraphWish | None:
        if not known:
            raise WrongUse(*_nothing_to_merge(kind, this))
        if not values["other"].strip():
            return None
        other_id = meant(known, values["other"], kind)
        kept, gone = (other_id, item_id) if values["keep"] == keep[0] else (item_id, other_id)
        return wish_to(GraphCommands.merge, kept, gone).choosing(kept)

    return Form(
        title=tr(_MERGE[kind], what=this),
        verb=tr("Make them one"),
        item_id=item_id,
        fields=(
            Field(
                name="other", words=tr("The other"), value=other, suggest=lambda _: tuple(known),
                hint=tr(_NAMED[kind]),
            ),
            Field(name="keep", words=tr("Keep"), value=keep[0], choices=keep),
        ),
        wish=wish,
    )  # fmt: skip


def split_form(film: FilmSnapshot, item_id: str) -> Form | None:
    """The form that makes two of one."""
    view = film.view
    kind = kind_of(view.graph, item_id) if view else ""
    if view is None or not kind:
        return None
    if kind == "scenes":
        return _split_scene(view, SceneId(item_id))
    if kind == "shots":
        return _split_shot(view, ShotId(item_id))
    places = offered_places(view, item_id, whole_scenes=kind == "settings")
    name = Field(name="name", words=tr("New name"))
    where = tr("Where") if kind == "constraints" else tr("Goes to it")
    ticked = Field(name="places", words=where, many=True, places=places, hint=tr("12, 14A: type or tick"))

    def wish(values: Values) -> GraphWish | None:
        scene_ids, shot_ids = places_meant(places, values["places"])
        called = values.get("name", "").strip()
        if not (scene_ids or shot_ids) or not (called or kind == "constraints"):
            return None
        places_given = Places(scene_ids=scene_ids, shot_ids=shot_ids)
        return wish_to(GraphCommands.split, item_id, called, places_given).choosing(item_id)

    own = tr("Give {what} its own say somewhere", what=spoken(view, item_id))
    return Form(
        title=own if kind == "constraints" else tr("Split {what}", what=spoken(view, item_id)),
        verb=tr("Split"),
        item_id=item_id,
        fields=(ticked,) if kind == "constraints" else (name, ticked),
        wish=wish,
    )


def delete_form(film: FilmSnapshot, item_id: str) -> Form | None:
    """The form that deletes something: nothing to fill in, something to confirm."""
    if film.view is None or not kind_of(film.view.graph, item_id):
        return None
    name = spoken(film.view, item_id)
    wish = wish_to(GraphCommands.delete, item_id)
    return Form(title=tr("Delete {what}", what=name), verb=tr("Delete"), item_id=item_id, wish=lambda _: wish)


def _split_scene(view: GraphView, scene_id: SceneId) -> Form:
    later = [shot.id for shot in view.shots_of(scene_id)][1:]
    known = ids_by_name(view, "shots", later)
    name = spoken(view, scene_id)

    def wish(values: Values) -> GraphWish | None:
        if not known:
            raise WrongUse(
                tr("{name} has no second shot.", name=item_name(view.graph, scene_id)),
                tr("Add one, or split the shot first."),
            )
        if not values["first"].strip():
            return None
        first = ShotId(meant(known, values["first"], "later shots"))
        return wish_to(GraphCommands.split_scene, first)

    return Form(
        title=tr("Split {what}", what=name),
        verb=tr("Split"),
        item_id=scene_id,
        fields=(
            Field(
                name="first", words=tr("New from"), suggest=lambda _: tuple(known),
                hint=tr("a shot, {label} or later", label=next(iter(known))) if known else "",
            ),
        ),
        wish=wish,
    )  # fmt: skip


def _split_shot(view: GraphView, shot_id: ShotId) -> Form:
    shot = view.graph.shots[shot_id]

    def wish(values: Values) -> GraphWish | None:
        frame = values["frame"].strip()
        if not frame:
            return None
        if not frame.isdecimal():
            raise WrongUse(
                tr('"{frame}" is no frame.', frame=frame),
                tr("Write a number from 1 to {last}.", last=shot.duration_frames - 1),
            )
        return wish_to(GraphCommands.split_shot, shot_id, int(frame)).choosing(shot_id)

    middle = str(max(1, shot.duration_frames // 2))
    field = Field(
        name="frame",
        words=tr("At frame"),
        value=middle,
        hint=tr("1 to {last}", last=shot.duration_frames - 1),
    )
    return Form(
        title=tr("Split {what}", what=spoken(view, shot_id)),
        verb=tr("Split"),
        item_id=shot_id,
        fields=(field,),
        wish=wish,
    )


def _mergeable(view: GraphView, kind: str, item_id: str) -> list[str]:
    """What could be one with something: its neighbours in the film, another word on the same matter, or any other."""
    if kind == "scenes":
        order = [scene.id for scene in view.scenes]
    elif kind == "shots":
        order = [shot.id for shot in view.shots_of(view.graph.shots[ShotId(item_id)].scene_id)]
    elif kind == "constraints":
        constraint = view.graph.constraints[ConstraintId(item_id)]
        same = view.constraints_of(constraint.entity_id)
        return [each.id for each in same if each.key == constraint.key and each.id != item_id]
    else:
        return [each for each in getattr(view.graph, kind) if each != item_id]
    place = order.index(item_id)  # pyright: ignore[reportArgumentType]
    return [*order[max(0, place - 1) : place], *order[place + 1 : place + 2]]


def _nothing_to_merge(kind: str, name: str) -> tuple[str, str]:
    if kind == "constraints":
        return tr("Nothing else is said of {name}.", name=name), tr("Edit it instead.")
    if kind in _FOLLOWING:
        return tr("Nothing stands beside {name}.", name=name), tr("Add something, or choose another.")
    return tr("{name} is the only one.", name=name), tr("Add another first.")
