"""Constraints as short English: captions for image-text models, questions for visual question models. By rule only."""

from dataclasses import dataclass

from storage.domain.graph_view import GraphView
from storage.domain.scene_graph import Constraint
from storage.domain.vocabulary import (
    ABSENT,
    COLOURS,
    PRESENT,
    STANDARD_VALUES,
    Attribute,
)

_CAPTIONS = {
    Attribute.EYES: "a person with {} eyes",
    Attribute.HAIR_COLOUR: "a person with {} hair",
    Attribute.HAIR_STYLE: "a person with {} hair",
    Attribute.SKIN: "a person with {} skin",
    Attribute.AGE: "a person who is {}",
    Attribute.BUILD: "a person of {} build",
    Attribute.SETTING: "a picture of a {}",
    Attribute.TIME_OF_DAY: "a picture taken at {}",
    Attribute.WEATHER: "a picture taken in {} weather",
    Attribute.SHOT_SIZE: "a {} of a film",
    Attribute.ANGLE: "a picture from a {} angle",
    Attribute.LIGHT_KEY: "a picture in {} key light",
    Attribute.LIGHT_WARMTH: "a picture in {} light",
    Attribute.LIGHT_DIRECTION: "a picture lit from {}",
}
_QUESTIONS = {
    Attribute.EYES: "What color are the person's eyes?",
    Attribute.HAIR_COLOUR: "What color is the person's hair?",
    Attribute.HAIR_STYLE: "What hair style does the person have?",
    Attribute.SKIN: "What color is the person's skin?",
    Attribute.AGE: "How old is the person?",
    Attribute.BUILD: "What build does the person have?",
    Attribute.SETTING: "Where is this?",
    Attribute.TIME_OF_DAY: "What time of day is it?",
    Attribute.WEATHER: "How is the weather?",
}
_VERBS = {Attribute.ACCESSORY: "wearing", Attribute.HELD_PROP: "holding", Attribute.GARMENT: "wearing"}
YES, NO = "yes", "no"


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """What to choose between.

    Attributes:
        wanted: index of the value that is asked for.
        values: as a director reads them.
        captions: one for each value.
        question: empty where there is none for this attribute.
        answers: one for each value.
    """

    wanted: int
    values: tuple[str, ...]
    captions: tuple[str, ...]
    question: str
    answers: tuple[str, ...]


def choice_of(constraint: Constraint, word: str, view: GraphView) -> Choice | None:
    """Turn a constraint into a choice over the vocabulary's alternatives.

    Args:
        word: the value to look for.
        view: for the film's other settings, which are the alternatives of one.

    Returns:
        None for what cannot be chosen in a still picture, or has no alternative.
    """
    verb = _VERBS.get(constraint.attribute)
    if verb:
        return _worn(constraint, word, verb)
    caption = _CAPTIONS.get(constraint.attribute)
    if caption is None:
        return None
    known = STANDARD_VALUES.get(constraint.attribute, ())
    if constraint.attribute is Attribute.SETTING:
        known = tuple(setting.name.lower() for setting in view.graph.settings.values())
    values = (word, *(value for value in known if value != word))
    if len(values) < 2:
        return None
    return Choice(
        wanted=0,
        values=values,
        captions=tuple(caption.format(value) for value in values),
        question=_QUESTIONS.get(constraint.attribute, ""),
        answers=values,
    )


def _worn(constraint: Constraint, word: str, verb: str) -> Choice:
    part = constraint.part
    colour = next((token for token in word.split() if token in COLOURS), word)
    if word in (PRESENT, ABSENT) or colour in (PRESENT, part):
        wanted = int(word == ABSENT)
        return Choice(
            wanted=wanted,
            values=(PRESENT, ABSENT),
            captions=(f"a person {verb} a {part}", f"a person not {verb} a {part}"),
            question=f"Is the person {verb} a {part}?",
            answers=(YES, NO),
        )
    values = (colour, *(other for other in COLOURS if other != colour))
    return Choice(
        wanted=0,
        values=values,
        captions=tuple(f"a person {verb} a {value} {part}" for value in values),
        question=f"What color is the {part}?",
        answers=values,
    )
