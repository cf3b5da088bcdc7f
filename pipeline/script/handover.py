"""Follows a thing from hand to hand: whose verb it hangs on, who gets it, from whom, around whom it is put."""

from typing import TYPE_CHECKING

from pipeline.script import verbs, words
from pipeline.script.grammar import Grammar
from storage.domain import synonyms
from storage.domain.scene_graph import CharacterId

if TYPE_CHECKING:
    from spacy.tokens import Token


class HandOver:
    """Answers questions of giving and taking about one parsed sentence.

    Args:
        grammar: of the sentence.
    """

    def __init__(self, grammar: Grammar) -> None:
        self._grammar = grammar

    def verb_over(self, thing: "Token") -> "Token | None":
        """The verb whose object a thing is; "hands THEO the letter" is often read as "THEO, the letter"."""
        head = thing.head
        if thing.dep_ in verbs.OBJECTS and head.lower_ == "matching":
            return head.head
        if thing.dep_ in verbs.OBJECTS:
            return head
        if thing.dep_ == "appos" and self._grammar.name_at(head):
            if head.dep_ == "appos" and head.head.lower_ in words.PERSON_NOUNS:
                head = head.head
            is_object = head.dep_ in (*verbs.OBJECTS, "dative", "iobj")
            return head.head if is_object and head.head.lemma_ in verbs.GIVE else None
        return None

    def put_around(self, verb: "Token", thing: "Token") -> CharacterId | None:
        for child in (*verb.children, *thing.children):
            if child.dep_ == "prep" and child.lower_ in ("around", "over", "on", "round", "onto"):
                for inner in child.children:
                    if inner.dep_ == "pobj" and inner.lower_ not in synonyms.GARMENT_KINDS:
                        possessor = self._grammar.possessor(inner) if inner.lower_ in verbs.BODY_PLACES else None
                        return self._grammar.person(inner) or (
                            self._grammar.person(possessor) if possessor is not None else None
                        )
        return None

    def from_whom(self, verb: "Token", thing: "Token") -> CharacterId | None:
        for child in (*verb.children, *thing.children):
            if child.dep_ == "prep" and child.lower_ == "from":
                return next((self._grammar.person(inner) for inner in child.children if inner.dep_ == "pobj"), None)
        return None

    def recipient(self, verb: "Token", thing: "Token") -> CharacterId | None:
        for child in thing.lefts:
            if child.dep_ in ("nmod", "compound", "npadvmod", "dep") and self._grammar.name_at(child):
                return self._grammar.person(child)
        for child in verb.children:
            if child.dep_ in ("dative", "iobj", "dobj") and child != thing:
                if child.pos_ == "ADP":
                    found = next(
                        (self._grammar.person(inner) for inner in child.children if inner.dep_ == "pobj"), None
                    )
                    if found is not None:
                        return found
                found = self._grammar.person(child)
                if found is not None:
                    return found
            if child.dep_ == "prep" and child.lower_ == "to":
                return next((self._grammar.person(inner) for inner in child.children if inner.dep_ == "pobj"), None)
        return None

    def is_given_to_someone(self, verb: "Token") -> bool:
        """ "hands his coat to the maid", whoever she is."""
        return any(
            child.dep_ in ("dative", "iobj") or (child.dep_ == "prep" and child.lower_ == "to")
            for child in verb.children
        )

    def place_on_a_body(self, noun: "Token") -> "Token | None":
        """The neck of "the red scarf around her neck", the head of "a hat pushed back on his head"."""
        near = noun.head.children if noun.dep_ in (*verbs.OBJECTS, "nsubj", "nsubjpass") else ()
        for child in (*noun.children, *near):
            if child.dep_ == "prep" and child.lower_ in ("at", "around", "round", "on", "over") and child.i > noun.i:
                place = next((inner for inner in child.children if inner.dep_ == "pobj"), None)
                if place is not None and place.lower_ in verbs.BODY_PLACES and self.whose(place) is not None:
                    return place
        return None

    def whose(self, noun: "Token") -> CharacterId | None:
        possessor = self._grammar.possessor(noun)
        return self._grammar.person(possessor) if possessor is not None else None
