"""What a take is made from, and why a take no longer matches it.

As in a build system: each input is a key and the digest of its value. A take is stale
when an input of it has another digest now, is gone, or when an input applies that it
does not have.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import lru_cache

from storage.domain.digest import digest, digest_of_json
from storage.domain.graph_view import GraphView
from storage.domain.graph_words import name_in
from storage.domain.looks import Look
from storage.domain.scene_graph import Constraint, Origin, Shot, ShotId, Strength
from storage.domain.takes import Seam, StaleReason, Take, TakeInput
from storage.domain.told import Told

# Fields of a shot that change what a still shows, and those that a clip shows besides.
_KEYFRAME_FIELDS = ("size", "angle", "people", "prop_id")
_CLIP_FIELDS = ("movement", "action", "duration_frames")
LENGTH_KEY = "shot:duration_frames"
MENDED_KEY = "take:mended"


def constraint_label(view: GraphView, constraint: Constraint) -> str:
    """The constraint's subject as a director says it: "Mara: coat", "sc 14: time of day"."""
    return f"{name_in(view.graph, constraint.entity_id)}: {constraint.part or constraint.attribute}"


def shot_inputs(
    view: GraphView,
    shot_id: ShotId,
    seam: Seam,
    *,
    checkpoint_digest: str,
    circled_keyframe: Take | None = None,
    looks: Sequence[Look] = (),
) -> tuple[TakeInput, ...]:
    """Everything that a keyframe or a clip of a shot would be made from now, sorted by key; worked out once.

    Args:
        checkpoint_digest: digest of the weights that would draw it.
        circled_keyframe: what a clip begins on; needed for clips.
        looks: what a keyframe goes by, oldest first. A clip has its looks from its keyframe.
    """
    begins_on = circled_keyframe.id if circled_keyframe else None
    wanted = ("inputs", shot_id, seam, checkpoint_digest, begins_on, *(look.id for look in looks))
    if wanted not in view.memo:
        view.memo[wanted] = _shot_inputs(view, shot_id, seam, checkpoint_digest, circled_keyframe, looks)
    return view.memo[wanted]


def _shot_inputs(
    view: GraphView,
    shot_id: ShotId,
    seam: Seam,
    checkpoint_digest: str,
    circled_keyframe: Take | None,
    looks: Sequence[Look],
) -> tuple[TakeInput, ...]:
    shot = view.graph.shots[shot_id]
    inputs = _still_inputs(view, shot)
    if seam is Seam.KEYFRAME:
        inputs += _look_inputs(view, looks)
    if seam is Seam.CLIP:
        inputs += [_field_input(view, shot, name) for name in _CLIP_FIELDS]
    inputs.append(TakeInput(key="checkpoint:", digest=checkpoint_digest, label="checkpoint\t"))
    if seam is Seam.CLIP:
        if circled_keyframe is None:
            raise ValueError(f"a clip of {shot_id} needs its circled keyframe")
        inputs.append(
            TakeInput(
                key="take:keyframe",
                digest=digest_of_json((circled_keyframe.id, circled_keyframe.media)),
                label=f"keyframe\ttake {circled_keyframe.number}",
            )
        )
    return tuple(sorted(inputs, key=lambda item: item.key))


def _look_inputs(view: GraphView, looks: Sequence[Look]) -> list[TakeInput]:
    """One for each entity: all its looks are gone by together."""
    of_entity: dict[str, list[Look]] = {}
    for look in looks:
        of_entity.setdefault(look.entity_id, []).append(look)
    return [
        TakeInput(
            key=f"look:{entity_id}",
            digest=digest_of_json([look.media for look in own]),
            label=f"{name_in(view.graph, entity_id)}: look\t{', '.join(str(look.number) for look in own)}",
        )
        for entity_id, own in of_entity.items()
    ]


def _constraint_input(view: GraphView, constraint: Constraint) -> TakeInput:
    """The same for every shot that a constraint holds in: worked out once."""
    known = view.memo.get(("constraint", constraint.id))
    if known is None:
        known = view.memo["constraint", constraint.id] = TakeInput(
            key=f"constraint:{constraint.key}",
            digest=_value_digest(constraint.value, constraint.strength),
            label=f"{constraint_label(view, constraint)}\t{constraint.value}",
        )
    return known


@lru_cache(4096)
def _value_digest(value: str, strength: Strength) -> str:
    """Few values are said of many entities."""
    return digest((value, strength))


def _still_inputs(view: GraphView, shot: Shot) -> list[TakeInput]:
    """What a keyframe and a clip of a shot are both made from."""
    known = view.memo.get(("still", shot.id))
    if known is None:
        known = [_constraint_input(view, constraint) for constraint in view.constraints_in(shot.id)]
        known += [_field_input(view, shot, name) for name in _KEYFRAME_FIELDS]
        prop = view.graph.props.get(shot.prop_id) if shot.prop_id else None
        # A prop that the script named is called so as long as it is that prop.
        if prop is not None and prop.evidence.origin is Origin.DIRECTOR:
            known.append(TakeInput(key="prop:name", digest=digest(prop.name), label=f"prop\t{prop.name}"))
        view.memo["still", shot.id] = known
    return list(known)


def _field_input(view: GraphView, shot: Shot, name: str) -> TakeInput:
    """Most shots share their sizes, angles and people: each value is digested once."""
    value = getattr(shot, name)
    known = view.memo.get(("field", name, value))
    if known is None:
        known = view.memo["field", name, value] = digest(value)
    return TakeInput(key=f"shot:{name}", digest=known, label=f"{shot.label}: {name}\t")


def cut_inputs(view: GraphView, circled_clips: Sequence[tuple[ShotId, Take]]) -> tuple[TakeInput, ...]:
    """What a cut is made from: the order of the shots, and each one's circled clip and length."""
    inputs = [
        TakeInput(key="order:", digest=digest([shot_id for shot_id, _ in circled_clips]), label="order of the shots\t"),
        TakeInput(key="title:", digest=digest(view.graph.title), label=f"title\t{view.graph.title}"),
    ]
    for shot_id, take in circled_clips:
        shot = view.graph.shots[shot_id]
        inputs.append(
            TakeInput(
                key=f"take:{shot_id}",
                digest=digest((take.id, take.media, shot.duration_frames, shot.lines)),
                label=f"{shot.label}: clip\ttake {take.number}",
            )
        )
    return tuple(sorted(inputs, key=lambda item: item.key))


def mended_input(base: Take) -> TakeInput:
    """The take that a take was mended from.

    It never decides whether the mended one is stale: a take never changes, and both were made from the same inputs.
    """
    return TakeInput(key=MENDED_KEY, digest=digest_of_json((base.id, base.media)), label=f"mended\ttake {base.number}")


def with_length(inputs: Sequence[TakeInput], length_digest: str) -> tuple[TakeInput, ...]:
    """The inputs of a clip, were its shot as long as this."""
    return tuple(replace(item, digest=length_digest) if item.key == LENGTH_KEY else item for item in inputs)


def inputs_digest(inputs: Iterable[TakeInput]) -> str:
    """One digest for all inputs that decide whether a take is stale; see `mended_input`."""
    return digest_of_json([(item.key, item.digest) for item in inputs if item.key != MENDED_KEY])


def stale_reasons(made_from: Iterable[TakeInput], now: Iterable[TakeInput]) -> tuple[StaleReason, ...]:
    """Why a take made from some inputs does not match those that apply now; empty if it does."""
    before = {item.key: item for item in made_from if item.key != MENDED_KEY}
    after = {item.key: item for item in now}
    reasons: list[StaleReason] = []
    for key in sorted(before.keys() | after.keys()):
        old, new = before.get(key), after.get(key)
        if old and new and old.digest == new.digest:
            continue
        what, _, old_value = (old or new).label.partition("\t")  # pyright: ignore[reportOptionalMemberAccess]
        new_value = new.label.partition("\t")[2] if new else ""
        what, old_value, new_value = _label_told(what), _value_told(old_value), _value_told(new_value)
        if old is None and new_value:
            sentence = Told("{what} applies now ({value}).", what=what, value=new_value)
        elif old is None:
            sentence = Told("{what} applies now.", what=what)
        elif new is None and old_value:
            sentence = Told("{what} applies no longer (was {value}).", what=what, value=old_value)
        elif new is None:
            sentence = Told("{what} applies no longer.", what=what)
        elif old_value and new_value:
            sentence = Told("{what} was {before}, is {after}.", what=what, before=old_value, after=new_value)
        else:
            sentence = Told("{what} has changed.", what=what)
        reasons.append(StaleReason(key=key, sentence=sentence))
    return tuple(reasons)


def _label_told(label: str) -> Told:
    """What an input is, as it was written with its take: "MARA: eyes", "checkpoint"."""
    who, colon, what = label.rpartition(": ")
    return Told("{who}: {what}", who=who, what=Told(what)) if colon else Told(what)


def _value_told(value: str) -> Told:
    """What an input was, as it was written with its take: "brown", "take 2"."""
    word, _, number = value.partition(" ")
    return Told("take {number}", number=number) if word == "take" else Told(value)
