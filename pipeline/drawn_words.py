"""Which word a checkpoint draws for each constraint of a shot, so that the critic looks for what could be drawn.

Worked out from the scene graph and the checkpoint's lexicon; no recipe is read.
"""

from collections.abc import Mapping, Sequence

from pipeline.description import FrameDescription, PersonDescription, Worn
from pipeline.request import FRAME_FIELDS, PARTED_FIELDS, PERSON_FIELDS
from storage.domain.graph_view import GraphView
from storage.domain.scene_graph import Constraint, ShotId
from storage.domain.vocabulary import ABSENT, Attribute


def drawn_words(
    view: GraphView, shot_id: ShotId, asked: FrameDescription, drawn: FrameDescription
) -> Mapping[str, str]:
    """Map each constraint that is drawn in another word to that word.

    Args:
        asked: the shot in the film's own words.
        drawn: the same in the checkpoint's.

    Returns:
        Constraint key → word; empty where the thing cannot be drawn. A garment's word has its
        kind ("blue coat"). Constraints that are drawn as asked are left out.
    """
    people = [person.character_id for person in view.graph.shots[shot_id].people]
    words: dict[str, str] = {}
    for constraint in view.visible_in(shot_id):
        before = _word(constraint, asked, people)
        after = _word(constraint, drawn, people, like=asked)
        if before and before != after:
            words[constraint.key] = after
    return words


def _word(
    constraint: Constraint, description: FrameDescription, people: Sequence[str], like: FrameDescription | None = None
) -> str:
    if field := FRAME_FIELDS.get(constraint.attribute):
        return getattr(description, field)
    if constraint.entity_id not in people:
        return ""
    index = people.index(constraint.entity_id)
    if index >= len(description.people):
        return ""
    person = description.people[index]
    if field := PERSON_FIELDS.get(constraint.attribute):
        return getattr(person, field)
    if constraint.value == ABSENT or constraint.attribute not in PARTED_FIELDS:
        return ""
    return _worn_word(constraint, person, (like or description).people[index])


def _worn_word(constraint: Constraint, person: PersonDescription, asked: PersonDescription) -> str:
    field = PARTED_FIELDS[constraint.attribute]
    things: tuple[Worn, ...] = getattr(person, field)
    for thing in things:
        if thing.kind == constraint.part:
            return thing.words
    kinds_asked = {thing.kind for thing in getattr(asked, field)}
    others = [thing.words for thing in things if thing.kind not in kinds_asked]
    return others[0] if others and constraint.attribute is not Attribute.ACCESSORY else ""
