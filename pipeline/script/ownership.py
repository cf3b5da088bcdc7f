"""Whose a described thing is, and whether it is worn, put on, taken off or missing, by a sentence's grammar."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipeline.script import words
from pipeline.script.facts import Change
from pipeline.script.grammar import Grammar
from pipeline.script.names import word_set
from storage.domain.scene_graph import CharacterId

if TYPE_CHECKING:
    from spacy.tokens import Token

_WEAR = frozenset({"wear", "sport", "have", "own"})
_DON = frozenset({"don"})
_PUT = word_set(
    """
    put pull slip throw tug draw try strap tie shrug slide get place
    """
)
_DOFF = frozenset({"remove", "shed", "doff", "discard", "unwind"})
_TAKE_OFF = word_set(
    """
    take pull strip peel slip kick shrug tear rip get slide whip yank
    """
)
_ADJUST = word_set(
    """
    button unbutton tighten adjust straighten smooth tug zip unzip fasten loosen brush clutch gather pull push
    wipe polish clean tip
    """
)
_GIVE = word_set(
    """
    hand give pass lend throw toss offer return bring
    """
)
_WRAP = word_set(
    """
    wrap drape put place tie fasten throw loop wind
    """
)
_CHANGE = word_set(
    """
    change slip get step shrug struggle squeeze wriggle climb dress
    """
)
_NOT_WORN_BY_SUBJECT = word_set(
    """
    hang lie rest sit wait fold drape dangle pool drop fall crumple
    """
)
_GONE = frozenset({"go", "gone", "off", "missing", "lost"})
_WORN_PREPOSITIONS = frozenset({"under", "beneath", "of", "at", "inside", "underneath"})
_OBJECTS = frozenset({"dobj", "obj"})
_HOLD = word_set(
    """
    hold carry clutch grip cradle grab lift raise read examine brandish draw produce pocket unfold swing aim
    retrieve study
    """
)
_HOLD_UP = frozenset({"pick", "pull", "take"})
_PUT_DOWN = frozenset({"put", "set", "lay", "drop", "throw", "toss", "place"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Relation:
    """How someone stands to a thing; `owner` is None where nobody in particular does. `giver` hands it over."""

    owner: CharacterId | None = None
    change: Change = Change.IS
    replaces_outfit: bool = False
    giver: CharacterId | None = None


_NOBODY = Relation()


def _is_coordinated(noun: "Token") -> bool:
    """ "a blue shirt and black trousers" is at times read as trousers of the kind "shirt and black"."""
    return noun.dep_ in ("nmod", "compound") and any(child.dep_ == "cc" for child in noun.children)


class Ownership:
    """Answers questions of ownership about one parsed sentence.

    Args:
        grammar: of the sentence.
    """

    def __init__(self, grammar: Grammar) -> None:
        self._grammar = grammar

    def relation(self, noun: "Token", *, is_body: bool) -> Relation:
        """Who has a noun, and whether it is there, comes or goes.

        Args:
            noun: eyes, hair, a garment, an accessory.
            is_body: part of the body: whoever possesses it has it, whatever the verb.
        """
        if noun.dep_ == "compound" and not _is_coordinated(noun):
            return _NOBODY
        possessor = self._grammar.possessor(noun)
        owner = self._grammar.person(possessor) if possessor is not None else None
        step, seen = noun, 0
        while (
            (step.dep_ in ("conj", "appos") or _is_coordinated(step))
            and step.head.pos_ in ("NOUN", "PROPN")
            and not self._grammar.name_at(step.head)
            and seen < 6
        ):
            if step.dep_ == "appos" and step.head.lower_ in words.PERSON_NOUNS:
                break
            step, seen = step.head, seen + 1
            if owner is None and possessor is None:
                inherited = self._grammar.possessor(step)
                owner = self._grammar.person(inherited) if inherited is not None else None
        verb_relation = self._by_verb(step, noun, owner, has_possessor=possessor is not None, is_body=is_body)
        if verb_relation is not None:
            return verb_relation
        if possessor is not None and owner is None:
            return _NOBODY
        if owner is not None:
            return self._possessed(step, owner, is_body=is_body)
        if step.dep_ in ("appos", "conj", "npadvmod", "dep") and (
            self._grammar.name_at(step.head) or step.head.lower_ in words.PERSON_NOUNS
        ):
            return Relation(
                owner=self._grammar.person(step.head),
                change=Change.NOT if self._grammar.is_negated(noun) else Change.IS,
            )
        if step.dep_ == "ROOT":
            return Relation(
                owner=self._fragment_owner(step), change=Change.NOT if self._grammar.is_negated(noun) else Change.IS
            )
        if self._grammar.sentence.owner and step.dep_ in ("appos", "conj", "nsubj", "dep", "npadvmod", "nmod", "dobj"):
            return Relation(
                owner=self._grammar.sentence.owner, change=Change.NOT if self._grammar.is_negated(noun) else Change.IS
            )
        follows = self._listed_after_a_name(step) if possessor is None else None
        if follows is not None:
            return Relation(owner=follows, change=Change.NOT if self._grammar.is_negated(noun) else Change.IS)
        return _NOBODY

    def _listed_after_a_name(self, noun: "Token") -> CharacterId | None:
        """ "driven by JOHN, fifties, grizzled, grey beard, wearing a denim jacket, rumbles": a list behind a name."""
        if noun.dep_ == "pobj" and noun.head.lower_ not in ("in", "with"):
            return None
        if noun.dep_ in ("dobj", "obj") and noun.head.lower_ not in ("wearing", "sporting"):
            return None
        doc, start = self._grammar.doc, noun.left_edge.i
        before = [person for person in self._grammar.sentence.named if person.stop <= doc[start].idx]
        if not before or not before[-1].is_physical:
            return None
        rest = [token for token in doc[: noun.i] if token.idx >= before[-1].stop]
        if not rest or rest[0].text != ",":
            return None
        acts = any(token.tag_ in ("VBZ", "VBD", "VBP", "MD") or token.tag_ in ("PRP", "PRP$") for token in rest)
        return None if acts else before[-1].character_id

    def _fragment_owner(self, root: "Token") -> CharacterId | None:
        if any(child.dep_ in ("nsubj", "aux", "auxpass") for child in root.children):
            return None
        named = [person for person in self._grammar.sentence.named if person.is_physical]
        if (
            len({person.character_id for person in named}) == 1
            and named[0].start == 0
            and self._grammar.doc.text[named[0].stop : named[0].stop + 1] in ",:(-"
        ):
            return named[0].character_id
        return self._grammar.sole_focus() if not self._grammar.sentence.named else None

    def _possessed(self, step: "Token", owner: CharacterId, *, is_body: bool) -> Relation:
        """ "her coat": worn, unless the sentence does with it what one does with a coat that is not worn."""
        head = step.head
        if self._grammar.is_negated(step):
            return Relation(owner=owner, change=Change.NOT)
        if is_body:
            return Relation(owner=owner)
        if step.dep_ in ("nsubj", "nsubjpass"):
            if any(child.lower_ in _GONE for child in (head, *head.children)):
                return Relation(owner=owner, change=Change.NOT)
            return _NOBODY if head.lemma_ in _NOT_WORN_BY_SUBJECT else Relation(owner=owner)
        if step.dep_ == "pobj":
            return Relation(owner=owner) if head.lower_ in _WORN_PREPOSITIONS | {"with", "in"} else _NOBODY
        if step.dep_ in _OBJECTS:
            return Relation(owner=owner) if head.lemma_ in _ADJUST else _NOBODY
        return Relation(owner=owner)

    def _by_verb(
        self, step: "Token", noun: "Token", owner: CharacterId | None, *, has_possessor: bool, is_body: bool
    ) -> Relation | None:
        """What the governing verb or preposition says; None where it says nothing of wearing."""
        head = step.head
        verb = self._verb_over(step)
        if verb is not None:
            return self._as_object(step, noun, verb, owner, is_body=is_body)
        if step.dep_ in ("dative", "iobj", "ccomp") and head.lemma_ in _GIVE:
            return self._as_object(step, noun, head, owner, is_body=is_body)
        if step.dep_ != "pobj":
            return None
        word, governor = head.lower_, head.head
        if word == "without":
            return Relation(owner=owner or self._governing(governor), change=Change.NOT)
        if (
            word in ("on", "off")
            and governor.lemma_ in (_PUT if word == "on" else _TAKE_OFF)
            and (owner is None or word == "off")
        ):
            return Relation(owner=self._grammar.subject(governor), change=Change.ON if word == "on" else Change.OFF)
        if word == "under" and not has_possessor and governor.lemma_ in _WEAR:
            return Relation(owner=self._grammar.subject(governor))
        if word in ("over", "under") and owner is not None and governor.lower_ in words.GARMENT_KINDS:
            return Relation(owner=owner)
        if word == "into" or (word in ("in", "out") and governor.lemma_ in _CHANGE):
            if governor.lemma_ in _CHANGE:
                change = Change.ON
                return Relation(
                    owner=self._grammar.subject(governor), change=change, replaces_outfit=governor.lemma_ == "change"
                )
            return None
        if word == "of" and governor.lower_ == "out" and governor.head.lemma_ in _CHANGE:
            return Relation(owner=self._grammar.subject(governor.head), change=Change.OFF)
        if word in ("in", "with") and not has_possessor:
            gone = governor.lower_ == "longer" and any(child.lower_ == "no" for child in governor.children)
            person = self._governing(governor.head if gone else governor)
            negated = (
                gone
                or self._grammar.is_negated(noun)
                or (governor.pos_ in ("VERB", "AUX") and self._grammar.is_negated(head))
            )
            is_there = person is not None and (word == "in" or is_body or self._grammar.person(governor) is not None)
            return Relation(owner=person, change=Change.NOT if negated else Change.IS) if is_there else None
        return None

    def _verb_over(self, thing: "Token") -> "Token | None":
        """The verb whose object a thing is; "hands THEO the letter" is often read as "THEO, the letter"."""
        head = thing.head
        if thing.dep_ in _OBJECTS:
            return head
        if thing.dep_ == "appos" and head.dep_ in (*_OBJECTS, "dative", "iobj") and self._grammar.name_at(head):
            return head.head if head.head.lemma_ in _GIVE else None
        return None

    def _governing(self, governor: "Token") -> CharacterId | None:
        person = self._grammar.person(governor)
        if person is None and governor.pos_ in ("VERB", "AUX", "NOUN", "ADJ"):
            person = self._grammar.subject(governor) if governor.pos_ != "NOUN" or governor.dep_ == "ROOT" else None
        return person

    def _as_object(
        self, step: "Token", noun: "Token", verb: "Token", owner: CharacterId | None, *, is_body: bool
    ) -> Relation | None:
        lemma, particles = (
            verb.lemma_.lower(),
            {child.lower_ for child in verb.children if child.dep_ in ("prt", "advmod", "prep")},
        )
        subject = self._grammar.subject(verb)
        negated = self._grammar.is_negated(verb) or self._grammar.is_negated(noun)
        if lemma in _WEAR and (lemma != "have" or is_body or "on" in particles or noun.lower_ in words.ACCESSORY_KINDS):
            wearer = subject or self._listed_after_a_name(noun)
            return Relation(owner=wearer, change=Change.NOT if negated else Change.IS)
        if negated:
            return Relation(owner=owner) if is_body else _NOBODY
        around = self._put_around(verb, step) if lemma in _WRAP else None
        if around is not None:
            return Relation(owner=around, change=Change.GOT, giver=subject)
        if lemma in _DON or (lemma in _PUT and "on" in particles):
            return Relation(owner=subject, change=Change.ON)
        if lemma in _DOFF or (lemma in _TAKE_OFF and "off" in particles):
            return Relation(owner=subject if owner is None else owner, change=Change.OFF)
        if lemma == "take" and not is_body:
            giver = self._from_whom(verb, step)
            return (
                Relation(owner=subject, change=Change.GOT, giver=giver)
                if giver is not None
                else _NOBODY
                if owner is None
                else None
            )
        if lemma in _GIVE and not is_body:
            recipient = self._recipient(verb, step)
            return Relation(owner=recipient, change=Change.GOT, giver=subject) if recipient is not None else _NOBODY
        return None

    def _put_around(self, verb: "Token", thing: "Token") -> CharacterId | None:
        for child in (*verb.children, *thing.children):
            if child.dep_ == "prep" and child.lower_ in ("around", "over", "on", "round", "onto"):
                for inner in child.children:
                    if inner.dep_ == "pobj" and inner.lower_ not in words.GARMENT_KINDS:
                        possessor = self._grammar.possessor(inner)
                        return self._grammar.person(inner) or (
                            self._grammar.person(possessor) if possessor is not None else None
                        )
        return None

    def _from_whom(self, verb: "Token", thing: "Token") -> CharacterId | None:
        for child in (*verb.children, *thing.children):
            if child.dep_ == "prep" and child.lower_ == "from":
                return next((self._grammar.person(inner) for inner in child.children if inner.dep_ == "pobj"), None)
        return None

    def _recipient(self, verb: "Token", thing: "Token") -> CharacterId | None:
        for child in verb.children:
            if child.dep_ in ("dative", "iobj", "dobj") and child is not thing:
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

    def handling(self, noun: "Token") -> Relation:
        """Who holds a thing, is given it, or puts it down."""
        step, seen = noun, 0
        while step.dep_ == "conj" and step.head.pos_ in ("NOUN", "PROPN") and seen < 4:
            step, seen = step.head, seen + 1
        verb = self._verb_over(step)
        if verb is None or self._grammar.is_figurative(noun) or self._grammar.is_negated(step):
            return _NOBODY
        lemma, particles = (
            verb.lemma_.lower(),
            {child.lower_ for child in verb.children if child.dep_ in ("prt", "advmod", "prep")},
        )
        if self._grammar.is_negated(verb):
            return _NOBODY
        if lemma in _GIVE:
            recipient = self._recipient(verb, step)
            return (
                Relation(owner=recipient, change=Change.GOT, giver=self._grammar.subject(verb))
                if recipient is not None
                else _NOBODY
            )
        if lemma in _PUT_DOWN and particles & {"down", "aside", "away"}:
            return Relation(owner=self._grammar.subject(verb), change=Change.OFF)
        if lemma in _HOLD or (lemma in _HOLD_UP and particles & {"up", "out"}):
            return Relation(
                owner=self._grammar.subject(verb),
                change=Change.IS if lemma in ("hold", "carry", "clutch", "grip", "cradle") else Change.ON,
            )
        return _NOBODY
