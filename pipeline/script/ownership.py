"""Whose a described thing is, and whether it is worn, put on, taken off or missing, by a sentence's grammar."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipeline.script import denial, phrases, verbs, words
from pipeline.script.facts import Change
from pipeline.script.grammar import Grammar
from pipeline.script.handover import HandOver
from pipeline.script.names import ROLE_WORDS
from pipeline.script.words import age_word
from storage.domain import synonyms
from storage.domain.scene_graph import CharacterId

if TYPE_CHECKING:
    from spacy.tokens import Token


@dataclass(frozen=True, slots=True, kw_only=True)
class Relation:
    """How someone stands to a thing.

    Attributes:
        owner: None where nobody in particular does.
        fellows: others of whom the same is said ("MARA and THEO wear black coats").
        giver: who hands it over or lets it go.
    """

    owner: CharacterId | None = None
    fellows: tuple[CharacterId, ...] = ()
    change: Change = Change.IS
    replaces_outfit: bool = False
    giver: CharacterId | None = None


_NOBODY = Relation()


_IN_AN_ASIDE = frozenset({"appos", "conj", "nsubj", "dep", "npadvmod", "nmod", "dobj", "oprd", "attr"})


class Ownership:
    """Answers questions of ownership about one parsed sentence.

    Args:
        grammar: of the sentence.
    """

    def __init__(self, grammar: Grammar) -> None:
        self._grammar = grammar
        self._hands = HandOver(grammar)

    def relation(self, noun: "Token", *, is_body: bool) -> Relation:
        """Who has a noun, and whether it is there, comes or goes.

        Args:
            noun: eyes, hair, a garment, an accessory.
            is_body: part of the body: whoever possesses it has it, whatever the verb.
        """
        is_described_by_head = (
            noun.dep_ == "compound"
            and noun.head.i == noun.i + 1
            and (noun.head.pos_ == "ADJ" or noun.head.lower_ in phrases.COLOUR_WORDS)
        )
        if noun.dep_ == "compound" and not (phrases.is_coordinated(noun) or is_described_by_head):
            return _NOBODY
        possessor = self._grammar.possessor(noun)
        owner = self._grammar.person(possessor) if possessor is not None else None
        step, seen = noun.head if is_described_by_head else phrases.measured(noun), 0
        left = None if is_body else self._left_on_or_off(noun, owner)
        if left is not None:
            return left
        while (
            (step.dep_ in ("conj", "appos") or phrases.is_coordinated(step))
            and step.head.pos_ in ("NOUN", "PROPN")
            and not self._grammar.name_at(step.head)
            and seen < 6
        ):
            if step.dep_ == "appos" and (
                step.head.lower_ in words.PERSON_NOUNS or phrases.looks_like_a_verb(step.head)
            ):
                break
            step, seen = step.head, seen + 1
            if owner is None and possessor is None:
                inherited = self._grammar.possessor(step)
                owner = self._grammar.person(inherited) if inherited is not None else None
        verb_relation = self._by_verb(step, noun, owner, has_possessor=possessor is not None, is_body=is_body)
        if verb_relation is not None:
            return verb_relation
        if not is_body:
            place = self._hands.place_on_a_body(noun)
            if place is not None:
                if place.lower_ in ("arm", "shoulder"):
                    return _NOBODY
                change = Change.NOT if denial.is_negated(noun) else Change.IS
                return Relation(owner=self._hands.whose(place), change=change)
        if possessor is not None and owner is None:
            return _NOBODY
        if owner is not None:
            return self._possessed(step, owner, is_body=is_body)
        if step.dep_ in ("appos", "conj", "npadvmod", "dep") and (
            self._grammar.name_at(step.head) or step.head.lower_ in words.PERSON_NOUNS
        ):
            return Relation(
                owner=self._grammar.person(step.head),
                change=Change.NOT if denial.is_negated(noun) else Change.IS,
            )
        if step.dep_ == "ROOT":
            return Relation(
                owner=self._fragment_owner(step), change=Change.NOT if denial.is_negated(noun) else Change.IS
            )
        if self._grammar.sentence.owner and step.dep_ in _IN_AN_ASIDE:
            return Relation(
                owner=self._grammar.sentence.owner, change=Change.NOT if denial.is_negated(noun) else Change.IS
            )
        follows = self._listed_after_a_name(step) if possessor is None else None
        if follows is not None:
            return Relation(owner=follows, change=Change.NOT if denial.is_negated(noun) else Change.IS)
        return _NOBODY

    def _listed_after_a_name(self, noun: "Token") -> CharacterId | None:
        if noun.dep_ == "pobj":
            governor = noun.head.head
            is_someone_else = governor.lower_ in words.PERSON_NOUNS and self._grammar.person(governor) is None
            if is_someone_else or noun.head.lower_ not in ("in", "with"):
                return None
        if noun.dep_ in verbs.OBJECTS and noun.head.lower_ not in ("wearing", "sporting"):
            return None
        return self._grammar.listed_after_a_name(noun)

    def _left_on_or_off(self, noun: "Token", owner: CharacterId | None) -> Relation | None:
        """ "sits, her coat still on", "with no hat on"."""
        doc, start = noun.doc, noun.left_edge.i
        after = noun.i + 1
        while after < len(doc) and doc[after].lower_ in ("still", "now", "already", "half"):
            after += 1
        if after >= len(doc) or doc[after].lower_ not in ("on", "off", "gone", "missing"):
            return None
        if after + 1 < len(doc) and doc[after + 1].text not in ".,;":
            return None
        if not start or (doc[start - 1].text != "," and doc[start - 1].lower_ != "with"):
            return None
        verb = next((step for step in noun.ancestors if step.pos_ in ("VERB", "AUX")), None)
        wearer = owner or (self._grammar.subject(verb) if verb is not None else None)
        is_on = doc[after].lower_ == "on" and not denial.is_negated(noun)
        return Relation(owner=wearer, change=Change.IS if is_on else Change.NOT)

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
        is_subject = step.dep_ in ("nsubj", "nsubjpass")
        is_gone = is_subject and any(child.lower_ in verbs.GONE for child in (head, *head.children))
        if is_gone or (denial.is_negated(step) and not (is_body and is_subject)):
            return Relation(owner=owner, change=Change.NOT)
        if is_body:
            return Relation(owner=owner)
        if is_subject:
            return _NOBODY if head.lemma_ in verbs.NOT_WORN_BY_SUBJECT else Relation(owner=owner)
        if step.dep_ == "pobj":
            is_own = head.lower_ in ("with", "for", "from", "over") and self._grammar.subject(head.head) == owner
            is_worn = head.lower_ in verbs.WORN_PREPOSITIONS or (
                is_own
                and (
                    head.lower_ == "with"
                    or (head.lower_ == "for" and head.head.lower_ in ("except", "but"))
                    or (head.lower_ == "from" and any(child.dep_ in verbs.OBJECTS for child in head.head.children))
                    or (head.lower_ == "over" and head.head.lemma_ in verbs.LOOK)
                )
            )
            return Relation(owner=owner) if is_worn else _NOBODY
        if step.dep_ == "appos" and phrases.looks_like_a_verb(head):
            return _NOBODY
        if step.dep_ in verbs.OBJECTS:
            return Relation(owner=owner) if head.lemma_ in verbs.ADJUST else _NOBODY
        return Relation(owner=owner)

    def _by_verb(
        self, step: "Token", noun: "Token", owner: CharacterId | None, *, has_possessor: bool, is_body: bool
    ) -> Relation | None:
        """What the governing verb or preposition says; None where it says nothing of wearing."""
        head = step.head
        verb = self._hands.verb_over(step)
        if verb is not None:
            return self._as_object(step, noun, verb, owner, is_body=is_body)
        if step.dep_ in ("dative", "iobj", "ccomp") and head.lemma_ in verbs.GIVE:
            return self._as_object(step, noun, head, owner, is_body=is_body)
        if step.dep_ != "pobj":
            return None
        word, governor = head.lower_, head.head
        if word == "without":
            return Relation(owner=owner or self._governing(governor), change=Change.NOT)
        if (
            word in ("on", "off")
            and governor.lemma_ in (verbs.PUT if word == "on" else verbs.TAKE_OFF)
            and (owner is None or word == "off")
        ):
            return Relation(owner=self._grammar.subject(governor), change=Change.ON if word == "on" else Change.OFF)
        if word == "under" and not has_possessor and (governor.lemma_ in verbs.WEAR or phrases.hides_hair(governor)):
            return self._said_of_subject(governor)
        if (
            word in ("over", "under")
            and owner is not None
            and (governor.lower_ in synonyms.GARMENT_KINDS or governor.lemma_ in verbs.PUT)
        ):
            return Relation(owner=owner)
        if word == "for" and governor.lemma_ in verbs.SWAP:
            subject = self._grammar.subject(governor)
            if owner is None or owner == subject:
                return Relation(owner=subject, change=Change.ON)
            return Relation(owner=subject, change=Change.GOT, giver=owner)
        if word == "into" or (word in ("in", "out") and governor.lemma_ in verbs.CHANGE):
            if governor.lemma_ not in verbs.CHANGE:
                return None
            is_dressed = word == "in" and governor.lemma_ == "dress" and governor.tag_ == "VBN"
            return self._changes(
                governor,
                Change.IS if is_dressed else Change.ON,
                replaces_outfit=governor.lemma_ == "change",
            )
        if word == "of" and governor.lower_ == "out" and governor.head.lemma_ in verbs.CHANGE:
            return self._changes(governor.head, Change.OFF)
        if word in ("in", "with") and has_possessor and not is_body:
            return self._in_anothers(head, owner) if word == "in" else None
        if word in ("in", "with") and not has_possessor:
            return self._in_or_with(head, noun, is_body=is_body)
        return None

    def _changes(self, verb: "Token", change: Change, *, replaces_outfit: bool = False) -> Relation:
        """Who changes: the subject, or whoever is helped."""
        helped = next((self._grammar.person(child) for child in verb.children if child.dep_ in verbs.OBJECTS), None)
        if helped is not None:
            return Relation(owner=helped, change=change, replaces_outfit=replaces_outfit)
        return self._said_of_subject(verb, change, replaces_outfit=replaces_outfit)

    def _said_of_subject(self, verb: "Token", change: Change = Change.IS, *, replaces_outfit: bool = False) -> Relation:
        return Relation(
            owner=self._grammar.subject(verb),
            fellows=self._grammar.fellows(verb),
            change=change,
            replaces_outfit=replaces_outfit,
        )

    def _in_anothers(self, preposition: "Token", owner: CharacterId | None) -> Relation | None:
        """ "MARA, in Theo's shirt, makes coffee": she wears it, whosever it is."""
        governor, nearer = preposition.head, self._nearer_person(preposition)
        if nearer is not None:
            return Relation(owner=owner) if owner is not None and self._grammar.person(nearer) == owner else _NOBODY
        if self._grammar.name_at(governor):
            wearer = self._grammar.person(governor)
        elif governor.lemma_ in verbs.STAND:
            wearer = self._grammar.subject(governor)
        elif governor.pos_ in ("VERB", "AUX") and self._grammar.subject(governor) != owner:
            return _NOBODY
        else:
            return None
        return Relation(owner=wearer) if wearer is not None else None

    def _in_or_with(self, preposition: "Token", noun: "Token", *, is_body: bool) -> Relation | None:
        word, governor = preposition.lower_, preposition.head
        gone = governor.lower_ == "longer" and any(child.lower_ == "no" for child in governor.children)
        if governor.lower_ == "both" and len(pair := self._grammar.last_two(governor)) == 2:
            return Relation(owner=pair[0], fellows=pair[1:])
        nearer = self._nearer_person(preposition)
        if nearer is not None:
            governor = nearer
        person = self._governing(governor.head if gone else governor)
        negated = (
            gone or denial.is_negated(noun) or (governor.pos_ in ("VERB", "AUX") and denial.is_negated(preposition))
        )
        is_there = person is not None and (
            word == "in" or is_body or negated or self._grammar.person(governor) is not None
        )
        if not is_there:
            return _NOBODY if nearer is not None else None
        fellows: tuple[CharacterId, ...] = ()
        if nearer is None and governor.pos_ in ("VERB", "AUX"):
            fellows = self._grammar.fellows(governor)
        elif noun.tag_ == "NNS" and not is_body:
            fellows = self._grammar.joined_to(governor)
        return Relation(owner=person, fellows=fellows, change=Change.NOT if negated else Change.IS)

    def _nearer_person(self, preposition: "Token") -> "Token | None":
        """ "watches a woman in a red coat": whoever stands between the verb and "in" is in it."""
        verb = preposition.head
        if verb.pos_ != "VERB" or preposition.i < verb.i:
            return None
        between = [token for token in verb.doc[verb.i + 1 : preposition.i] if token.text != "'s"]
        for token in reversed(between):
            named = self._grammar.name_at(token)
            if (named is not None and not named.is_possessive) or (
                token.pos_ == "NOUN" and (token.lower_ in words.PERSON_NOUNS or token.text.upper() in ROLE_WORDS)
            ):
                return token
        return None

    def _governing(self, governor: "Token") -> CharacterId | None:
        if governor.dep_ == "pobj" and age_word(governor.text):
            governor = governor.head.head  # "a woman in her twenties with red hair"
        person = self._grammar.person(governor)
        if person is None and governor.pos_ in ("VERB", "AUX", "NOUN", "ADJ"):
            person = self._grammar.subject(governor) if governor.pos_ != "NOUN" or governor.dep_ == "ROOT" else None
        return person

    def _as_object(
        self, step: "Token", noun: "Token", verb: "Token", owner: CharacterId | None, *, is_body: bool
    ) -> Relation | None:
        lemma, particles = verb.lemma_.lower(), phrases.particles(verb)
        subject = self._grammar.subject(verb)
        is_denied = not denial.is_contrast(noun) and denial.is_negated(verb)
        negated = is_denied or denial.is_negated(noun)
        if lemma in verbs.WEAR and (
            lemma != "have" or is_body or "on" in particles or noun.lower_ in synonyms.ACCESSORY_KINDS
        ):
            wearer = subject or self._listed_after_a_name(noun)
            change = Change.NOT if negated else Change.IS
            return Relation(owner=wearer, fellows=self._grammar.fellows(verb), change=change)
        if negated:
            return Relation(owner=owner) if is_body else _NOBODY
        around = self._hands.put_around(verb, step) if lemma in verbs.WRAP else None
        if around is not None:
            return Relation(owner=around, change=Change.GOT, giver=subject)
        if lemma in verbs.KEEP and "on" in particles:
            return self._said_of_subject(verb)
        if lemma in verbs.DON or (lemma in verbs.PUT and ("on" in particles or phrases.is_over_a_garment(verb))):
            return self._said_of_subject(verb, Change.ON)
        if lemma in verbs.DOFF or (lemma in verbs.TAKE_OFF and "off" in particles):
            return (
                self._said_of_subject(verb, Change.OFF) if owner is None else Relation(owner=owner, change=Change.OFF)
            )
        if is_body:
            return None
        if lemma in verbs.SWAP:
            return self._swapped(verb, subject)
        if lemma in verbs.REVEAL and phrases.is_of_a_garment(verb.head):
            return Relation(owner=subject)
        if lemma == "take":
            giver = self._hands.from_whom(verb, step)
            if giver is not None:
                return Relation(owner=subject, change=Change.GOT, giver=giver)
            return _NOBODY if owner is None else None
        if lemma in verbs.GIVE:
            recipient = None if noun.pos_ == "PRON" else self._hands.recipient(verb, step)
            if recipient is not None:
                return Relation(owner=recipient, change=Change.GOT, giver=subject)
            is_given = noun.pos_ != "PRON" and self._hands.is_given_to_someone(verb)
            if is_given and owner in (None, subject):
                return Relation(change=Change.GAVE, giver=subject)
            if lemma not in verbs.LET_GO:
                return _NOBODY
        if lemma in verbs.LOSE and verb.tag_ == "VBN" and owner is not None and owner == subject:
            return Relation(owner=owner, change=Change.NOT)
        if lemma in verbs.LET_GO and owner in (None, subject):
            return Relation(change=Change.GAVE, giver=subject)
        return None

    def _swapped(self, verb: "Token", subject: CharacterId | None) -> Relation:
        """ "swaps the coat for a jacket": it comes off; "for Theo's jacket": he gets it."""
        for child in verb.children:
            if child.lower_ == "for":
                other = next((inner for inner in child.children if inner.dep_ == "pobj"), None)
                possessor = self._grammar.possessor(other) if other is not None else None
                whose = self._grammar.person(possessor) if possessor is not None else None
                if whose is None or whose == subject:
                    return Relation(owner=subject, change=Change.OFF)
                return Relation(owner=whose, change=Change.GOT, giver=subject)
        return _NOBODY

    def handling(self, noun: "Token") -> Relation:
        """Who holds a thing, is given it, or puts it down."""
        step, seen = noun, 0
        while step.dep_ == "conj" and step.head.pos_ in ("NOUN", "PROPN") and seen < 4:
            step, seen = step.head, seen + 1
        verb = self._hands.verb_over(step)
        if verb is None or self._grammar.is_figurative(noun) or denial.is_negated(step):
            return _NOBODY
        lemma, particles = verb.lemma_.lower(), phrases.particles(verb)
        if denial.is_negated(verb):
            return _NOBODY
        if lemma in verbs.GIVE:
            recipient = self._hands.recipient(verb, step)
            return (
                Relation(owner=recipient, change=Change.GOT, giver=self._grammar.subject(verb))
                if recipient is not None
                else _NOBODY
            )
        if lemma in verbs.PUT_DOWN and particles & {"down", "aside", "away"}:
            return Relation(owner=self._grammar.subject(verb), change=Change.OFF)
        if lemma in verbs.HOLD or (lemma in verbs.HOLD_UP and particles & {"up", "out"}):
            return Relation(
                owner=self._grammar.subject(verb),
                change=Change.IS if lemma in ("hold", "carry", "clutch", "grip", "cradle") else Change.ON,
            )
        return _NOBODY
