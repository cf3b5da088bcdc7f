"""Recognises the shapes of phrases about worn things, and those that the parser is known to read badly."""

from typing import TYPE_CHECKING

from pipeline.script import verbs
from storage.domain import synonyms

if TYPE_CHECKING:
    from spacy.tokens import Token

COLOUR_WORDS = frozenset({*synonyms.COLOURS, *synonyms.HAIR_COLOURS})
_WORN_KINDS = frozenset({*synonyms.GARMENT_KINDS, *synonyms.ACCESSORY_KINDS})


def measured(noun: "Token") -> "Token":
    """The pair of "a pair of boots", the dress of "a dress with an apron": whoever has the one has the other."""
    preposition, governor = noun.head, noun.head.head
    is_part = (preposition.lower_ == "of" and governor.lower_ in verbs.MEASURES) or (
        preposition.lower_ == "with" and governor.lower_ in synonyms.GARMENT_KINDS and noun.lower_ in _WORN_KINDS
    )
    return governor if noun.dep_ == "pobj" and is_part else noun


def particles(verb: "Token") -> set[str]:
    """ "on" in "puts the hat on", but not in "puts the hat on the table"."""
    return {
        child.lower_
        for child in verb.children
        if child.dep_ in ("prt", "advmod", "prep")
        and not (child.lower_ == "on" and any(inner.dep_ == "pobj" for inner in child.children))
    }


def looks_like_a_verb(head: "Token") -> bool:
    """ "Mara irons Theo's shirt" is at times read as irons of the kind "Mara"."""
    return head.tag_ == "NNS" and any(
        child.dep_ in ("compound", "nmod") and child.tag_ == "NNP" for child in head.lefts
    )


def is_coordinated(noun: "Token") -> bool:
    """ "a blue shirt and black trousers" is at times read as trousers of the kind "shirt and black"."""
    return noun.dep_ in ("nmod", "compound") and any(child.dep_ == "cc" for child in noun.children)


def hides_hair(verb: "Token") -> bool:
    """ "tucks her hair under a cap"."""
    return any(child.dep_ in (*verbs.OBJECTS, "nsubjpass") and child.lower_ == "hair" for child in verb.children)


def is_of_a_garment(verb: "Token") -> bool:
    """Whether a garment is the object of a verb."""
    return any(child.dep_ in verbs.OBJECTS and child.lower_ in synonyms.GARMENT_KINDS for child in verb.children)


def is_over_a_garment(verb: "Token") -> bool:
    """ "pulls a coat over his suit"."""
    return any(
        inner.dep_ == "pobj" and inner.lower_ in synonyms.GARMENT_KINDS
        for child in verb.children
        if child.lower_ == "over"
        for inner in child.children
    )
