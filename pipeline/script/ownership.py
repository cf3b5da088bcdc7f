"""Whose a described thing is, and whether it is worn, put on, taken off or missing, by a sentence's grammar."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipeline.script import words
from pipeline.script.facts import Change
from pipeline.script.sentences import Named, Sentence, meant_by
from storage.domain.scene_graph import CharacterId

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_WEAR = frozenset({"wear", "sport", "have", "own"})
_DON = frozenset({"don"})
_PUT = frozenset({"put", "pull", "slip", "throw", "tug", "draw", "try", "strap", "tie", "shrug", "slide", "get", "place"})
_DOFF = frozenset({"remove", "shed", "doff", "discard", "unwind"})
_TAKE_OFF = frozenset({"take", "pull", "strip", "peel", "slip", "kick", "shrug", "tear", "rip", "get", "slide", "whip", "yank"})
_ADJUST = frozenset("button unbutton tighten adjust straighten smooth tug zip unzip fasten loosen brush clutch gather pull push wipe polish clean tip".split())
_GIVE = frozenset({"hand", "give", "pass", "lend", "throw", "toss", "offer", "return", "bring"})
_WRAP = frozenset({"wrap", "drape", "put", "place", "tie", "fasten", "throw", "loop", "wind"})
_CHANGE = frozenset({"change", "slip", "get", "step", "shrug", "struggle", "squeeze", "wriggle", "climb", "dress"})
_NOT_WORN_BY_SUBJECT = frozenset("hang lie rest sit wait fold drape dangle pool drop fall crumple".split())
_GONE = frozenset({"go", "gone", "off", "missing", "lost"})
_WORN_PREPOSITIONS = frozenset({"under", "beneath", "of", "at", "inside", "underneath"})
_UNREAL_AUXILIARIES = frozenset("would could should might may 'd must".split())
_UNREAL_VERBS = frozenset("imagine dream want wish remember pretend think hope plan expect need ask picture recall".split())
_UNREAL_MARKS = frozenset({"if", "though", "unless", "as"})
_OBJECTS = frozenset({"dobj", "obj"})
_HOLD = frozenset("hold carry clutch grip cradle grab lift raise read examine brandish draw produce pocket unfold swing aim retrieve study".split())
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


class Grammar:
    """Answers questions of ownership about one parsed sentence.

    Args:
        sentence: who is named in it and before it.
        doc: the parse of its text.
        gender: "m", "f" or "" for each character.
    """

    def __init__(self, sentence: Sentence, doc: "Doc", gender: Mapping[CharacterId, str]) -> None:
        self.sentence = sentence
        self.doc = doc
        self.gender = gender
        self._named = {named.start: named for named in sentence.named}
        self._pictured_from = min((named.start for named in sentence.named if not named.is_physical and not named.is_possessive), default=-1)

    def person(self, token: "Token") -> CharacterId | None:
        """The character that a token means: a name, a pronoun, or a noun that stands for one."""
        named = self._name_at(token)
        if named is not None:
            return named.character_id if named.is_physical or named.is_possessive else None
        word = token.lower_
        if word in ("he", "him", "his", "she", "her", "hers", "himself", "herself"):
            return meant_by(word, token.idx, self.sentence, self.gender)
        if word in words.PERSON_NOUNS:
            return self._described_by_noun(token)
        return None

    def _name_at(self, token: "Token") -> Named | None:
        return self._named.get(token.idx)

    def _described_by_noun(self, token: "Token") -> CharacterId | None:
        """ "THEO, a bald man", "a bald man, THEO", "MARA is a woman in a coat"."""
        if token.dep_ == "appos":
            return self.person(token.head) if token.head.lower_ not in words.PERSON_NOUNS else None
        for child in token.children:
            if child.dep_ in ("appos", "nsubj") and self._name_at(child):
                return self.person(child)
        if token.dep_ in ("attr", "oprd") and token.head.lemma_ == "be":
            return self.subject(token.head)
        if token.dep_ in ("compound", "nmod"):
            return self.person(token.head) if self._name_at(token.head) else None
        if token.dep_ == "ROOT" and self.sentence.owner:
            return self.sentence.owner
        if token.dep_ == "ROOT" and not self.sentence.named and not any(child.dep_ in ("nsubj", "aux") for child in token.children):
            return self._sole_focus()
        return None

    def _sole_focus(self) -> CharacterId | None:
        """Of whom a fragment goes on to speak: the one person of the sentence before."""
        if self.sentence.owner:
            return self.sentence.owner
        if self.sentence.before and len(self.sentence.before[0]) == 1:
            return self.sentence.before[0][0]
        return None

    def subject(self, verb: "Token", depth: int = 0) -> CharacterId | None:
        """Who does what a verb says; looked for along conjuncts and participles."""
        if depth > 6:
            return None
        for child in verb.children:
            if child.dep_ in ("nsubj", "nsubjpass"):
                found = self.person(child)
                if found is None and child.lower_ in ("who", "that") and verb.dep_ == "relcl":
                    return self.person(verb.head)
                return found
        if verb.dep_ in ("acl", "relcl"):
            return self.person(verb.head) or (self.subject(verb.head.head, depth + 1) if verb.head.dep_ in _OBJECTS and verb.head.lower_ in words.PERSON_NOUNS else None)
        if verb.dep_ in ("conj", "advcl", "xcomp", "ccomp", "dep", "parataxis", "prep", "pcomp", "appos") and verb.head is not verb:
            if self._name_at(verb.head):
                return self.person(verb.head)
            found = self.subject(verb.head, depth + 1)
            if found is not None:
                return found
        for child in verb.lefts:
            if child.dep_ in ("compound", "npadvmod", "dep", "advmod", "nmod", "poss") and self._name_at(child):
                return self.person(child)
        if verb.dep_ == "ROOT":
            first = next(iter(self.sentence.named), None)
            if first is not None and first.is_physical and first.start == 0 and first.start < verb.idx:
                return first.character_id
            if not any(named.start < verb.idx for named in self.sentence.named):
                return self._sole_focus()
        return None

    def is_figurative(self, token: "Token") -> bool:
        """Whether the token stands in a simile, a wish or a supposition, or speaks of a picture."""
        if 0 <= self._pictured_from < token.idx:
            return True
        for step in (token, *token.ancestors):
            if step.lower_ == "like" and step.pos_ in ("ADP", "SCONJ") and step is not token:
                return True
            if step.pos_ in ("VERB", "AUX"):
                for child in step.children:
                    if child.dep_ == "aux" and child.lower_ in _UNREAL_AUXILIARIES:
                        return True
                    if child.dep_ == "mark" and child.lower_ in _UNREAL_MARKS and not (child.lower_ == "as" and step.i and self._is_plain_as(child)):
                        return True
                if step is not token and step.lemma_ in _UNREAL_VERBS and token.dep_ != "nsubj":
                    return True
        return False

    def _is_plain_as(self, mark: "Token") -> bool:
        """ "as she sits" says what happens; "as if she wore" does not."""
        following = self.doc[mark.i + 1] if mark.i + 1 < len(self.doc) else None
        return following is None or following.lower_ not in ("if", "though")

    def is_negated(self, token: "Token") -> bool:
        """Whether a "not", "no", "never" or "no longer" stands over a token."""
        for step in (token, token.head):
            for child in step.children:
                if child.dep_ == "neg" or child.lower_ in ("not", "n't", "never", "no", "neither"):
                    if step is token or step.pos_ in ("VERB", "AUX", "ADP"):
                        return True
                if child.lower_ == "longer" and any(inner.lower_ == "no" for inner in child.children):
                    return True
        before = self.doc[token.left_edge.i - 1] if token.left_edge.i else None
        return before is not None and before.lower_ in ("not", "no", "never")

    def described(self, token: "Token") -> CharacterId | None:
        """Whom an adjective describes: the noun it stands with, or the subject of "is"."""
        head = token.head
        if token.dep_ == "ROOT" or head is token:
            return self._adjective_at_root(token)
        if head.lower_ in ("head", "scalp", "skull") and token.dep_ == "amod":
            return self.relation(head, is_body=True).owner
        if token.dep_ in ("amod", "compound", "nmod", "appos", "conj", "acl", "npadvmod"):
            seen = 0
            while token.dep_ == "conj" and head.pos_ in ("ADJ", "NOUN") and self.person(head) is None and seen < 5:
                token, head, seen = head, head.head, seen + 1
            found = self.person(head)
            if found is not None:
                return found
            if head.dep_ == "compound" and self._name_at(head.head):
                return self.person(head.head)
            if head.pos_ in ("VERB", "AUX") and token.dep_ in ("acl", "npadvmod", "appos", "conj"):
                return self.subject(head) if head.lemma_ == "be" or token.dep_ == "appos" else None
            return self._right_after(token)
        if token.dep_ in ("acomp", "attr", "oprd") and head.lemma_ in ("be", "go", "turn", "become"):
            return self.subject(head)
        if token.dep_ in ("advmod", "advcl", "nsubj", "dep", "ccomp") or head.pos_ in ("VERB", "AUX"):
            return self._right_after(token)
        return None

    def _adjective_at_root(self, token: "Token") -> CharacterId | None:
        if any(child.dep_ in ("nsubj",) for child in token.children):
            return self.subject(token)
        after = self._right_after(token)
        return after if after is not None else (self._sole_focus() if not self.sentence.named else None)

    def _right_after(self, token: "Token") -> CharacterId | None:
        """The person named by the very next word."""
        following = self.doc[token.i + 1] if token.i + 1 < len(self.doc) else None
        return self.person(following) if following is not None and self._name_at(following) else None

    def colour(self, noun: "Token", standard: Mapping[str, str]) -> str:
        """The standard word among a noun's own adjectives or predicate ("her eyes are brown"); empty where none or denied."""
        for word in self._describing(noun):
            found = standard.get(word.lower_) or self._joined(word, standard)
            if found and not self._is_denied(word):
                return found
        return ""

    def _joined(self, word: "Token", standard: Mapping[str, str]) -> str:
        """ "waist-length", "crew-cut", "t-shirt": words that the parser splits at the hyphen."""
        if word.i >= 2 and self.doc[word.i - 1].text == "-":
            return standard.get(f"{self.doc[word.i - 2].lower_}-{word.lower_}", "")
        return ""

    def _is_denied(self, word: "Token") -> bool:
        if word.i and self.doc[word.i - 1].lower_ in ("not", "no", "never"):
            return True
        return any(child.dep_ == "neg" for child in word.children) or (
            word.dep_ in ("acomp", "attr") and any(child.dep_ == "neg" for child in word.head.children)
        )

    def _describing(self, noun: "Token") -> Iterator["Token"]:
        near = sorted((child for child in noun.lefts if child.dep_ in ("amod", "compound", "nmod", "advmod", "npadvmod", "nummod")), key=lambda child: -child.i)
        for child in near:
            yield child
            yield from (inner for inner in child.subtree if inner is not child and inner.dep_ in ("conj", "amod", "npadvmod", "compound", "advmod"))
        head = noun.head
        if noun.dep_ in ("nsubj", "nsubjpass"):
            if head.pos_ in ("ADJ", "NOUN") and head.lemma_ != "be":
                yield head
            for child in head.children:
                if child.dep_ in ("acomp", "attr", "oprd") and head.lemma_ in ("be", "look", "glow", "turn", "go"):
                    yield child
                    yield from (inner for inner in child.children if inner.dep_ == "conj")
        for child in noun.rights:
            if child.dep_ in ("amod", "acl", "appos", "advcl") and child.i - noun.i <= 2:
                yield child
        following = self.doc[noun.i + 1] if noun.i + 1 < len(self.doc) else None
        if following is not None and following.pos_ == "ADJ" and (following.i + 1 == len(self.doc) or self.doc[following.i + 1].pos_ not in ("NOUN", "PROPN", "ADJ")):
            yield following

    def relation(self, noun: "Token", *, is_body: bool) -> Relation:
        """Who has a noun, and whether it is there, comes or goes.

        Args:
            noun: eyes, hair, a garment, an accessory.
            is_body: part of the body: whoever possesses it has it, whatever the verb.
        """
        if noun.dep_ == "compound":
            return _NOBODY
        possessor = self._possessor(noun)
        owner = self.person(possessor) if possessor is not None else None
        step, seen = noun, 0
        while step.dep_ in ("conj", "appos") and step.head.pos_ in ("NOUN", "PROPN") and not self._name_at(step.head) and seen < 6:
            if step.dep_ == "appos" and step.head.lower_ in words.PERSON_NOUNS:
                break
            step, seen = step.head, seen + 1
            if owner is None and possessor is None:
                inherited = self._possessor(step)
                owner = self.person(inherited) if inherited is not None else None
        verb_relation = self._by_verb(step, noun, owner, has_possessor=possessor is not None, is_body=is_body)
        if verb_relation is not None:
            return verb_relation
        if possessor is not None and owner is None:
            return _NOBODY
        if owner is not None:
            return self._possessed(step, owner, is_body=is_body)
        if step.dep_ in ("appos", "conj", "npadvmod", "dep") and (self._name_at(step.head) or step.head.lower_ in words.PERSON_NOUNS):
            return Relation(owner=self.person(step.head), change=Change.NOT if self.is_negated(noun) else Change.IS)
        if step.dep_ == "ROOT":
            return Relation(owner=self._fragment_owner(step), change=Change.NOT if self.is_negated(noun) else Change.IS)
        if self.sentence.owner and step.dep_ in ("appos", "conj", "nsubj", "dep", "npadvmod", "nmod", "dobj"):
            return Relation(owner=self.sentence.owner, change=Change.NOT if self.is_negated(noun) else Change.IS)
        return _NOBODY

    def _possessor(self, noun: "Token") -> "Token | None":
        for child in noun.children:
            if child.dep_ == "poss" or child.tag_ == "PRP$":
                return child
        for child in noun.children:
            if child.dep_ == "prep" and child.lower_ == "of":
                person = next((inner for inner in child.children if inner.dep_ == "pobj"), None)
                if person is not None and self._name_at(person):
                    return person
        return None

    def _fragment_owner(self, root: "Token") -> CharacterId | None:
        if any(child.dep_ in ("nsubj", "aux", "auxpass") for child in root.children):
            return None
        named = [person for person in self.sentence.named if person.is_physical]
        if len({person.character_id for person in named}) == 1 and named[0].start == 0 and self.doc.text[named[0].stop : named[0].stop + 1] in ",:(-":
            return named[0].character_id
        return self._sole_focus() if not self.sentence.named else None

    def _possessed(self, step: "Token", owner: CharacterId, *, is_body: bool) -> Relation:
        """ "her coat": worn, unless the sentence does with it what one does with a coat that is not worn."""
        head = step.head
        if self.is_negated(step):
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

    def _by_verb(self, step: "Token", noun: "Token", owner: CharacterId | None, *, has_possessor: bool, is_body: bool) -> Relation | None:
        """What the governing verb or preposition says; None where it says nothing of wearing."""
        head = step.head
        if step.dep_ in _OBJECTS or (step.dep_ in ("dative", "iobj", "ccomp") and head.lemma_ in _GIVE):
            return self._as_object(step, noun, head, owner, is_body=is_body)
        if step.dep_ != "pobj":
            return None
        word, governor = head.lower_, head.head
        if word == "without":
            return Relation(owner=owner or self._governing(governor), change=Change.NOT)
        if word == "into" or (word in ("in", "out") and governor.lemma_ in _CHANGE):
            if governor.lemma_ in _CHANGE:
                change = Change.ON
                return Relation(owner=self.subject(governor), change=change, replaces_outfit=governor.lemma_ == "change")
            return None
        if word == "of" and governor.lower_ == "out" and governor.head.lemma_ in _CHANGE:
            return Relation(owner=self.subject(governor.head), change=Change.OFF)
        if word in ("in", "with") and not has_possessor:
            person = self._governing(governor)
            negated = self.is_negated(noun) or (governor.pos_ in ("VERB", "AUX") and self.is_negated(head))
            is_there = person is not None and (word == "in" or is_body or self.person(governor) is not None)
            return Relation(owner=person, change=Change.NOT if negated else Change.IS) if is_there else None
        return None

    def _governing(self, governor: "Token") -> CharacterId | None:
        person = self.person(governor)
        if person is None and governor.pos_ in ("VERB", "AUX", "NOUN", "ADJ"):
            person = self.subject(governor) if governor.pos_ != "NOUN" or governor.dep_ == "ROOT" else None
        return person

    def _as_object(self, step: "Token", noun: "Token", verb: "Token", owner: CharacterId | None, *, is_body: bool) -> Relation | None:
        lemma, particles = verb.lemma_.lower(), {child.lower_ for child in verb.children if child.dep_ in ("prt", "advmod", "prep")}
        subject = self.subject(verb)
        negated = self.is_negated(verb) or self.is_negated(noun)
        if lemma in _WEAR and (lemma != "have" or is_body or "on" in particles or noun.lower_ in words.ACCESSORY_KINDS):
            return Relation(owner=subject, change=Change.NOT if negated else Change.IS)
        if negated:
            return Relation(owner=owner) if is_body else _NOBODY
        around = self._put_around(verb) if lemma in _WRAP else None
        if around is not None:
            return Relation(owner=around, change=Change.GOT, giver=subject)
        if lemma in _DON or (lemma in _PUT and "on" in particles):
            return Relation(owner=subject, change=Change.ON)
        if lemma in _DOFF or (lemma in _TAKE_OFF and "off" in particles):
            return Relation(owner=subject if owner is None else owner, change=Change.OFF)
        if lemma in _GIVE and not is_body:
            recipient = self._recipient(verb, step)
            return Relation(owner=recipient, change=Change.GOT, giver=subject) if recipient is not None else _NOBODY
        return None

    def _put_around(self, verb: "Token") -> CharacterId | None:
        for child in verb.children:
            if child.dep_ == "prep" and child.lower_ in ("around", "over", "on", "round", "onto"):
                for inner in child.children:
                    if inner.dep_ == "pobj":
                        possessor = self._possessor(inner)
                        return self.person(inner) or (self.person(possessor) if possessor is not None else None)
        return None

    def _recipient(self, verb: "Token", thing: "Token") -> CharacterId | None:
        for child in verb.children:
            if child.dep_ in ("dative", "iobj", "dobj") and child is not thing:
                if child.pos_ == "ADP":
                    found = next((self.person(inner) for inner in child.children if inner.dep_ == "pobj"), None)
                    if found is not None:
                        return found
                found = self.person(child)
                if found is not None:
                    return found
            if child.dep_ == "prep" and child.lower_ == "to":
                return next((self.person(inner) for inner in child.children if inner.dep_ == "pobj"), None)
        return None

    def handling(self, noun: "Token") -> Relation:
        """Who holds a thing, is given it, or puts it down."""
        step, seen = noun, 0
        while step.dep_ == "conj" and step.head.pos_ in ("NOUN", "PROPN") and seen < 4:
            step, seen = step.head, seen + 1
        if step.dep_ not in _OBJECTS or self.is_figurative(noun) or self.is_negated(step):
            return _NOBODY
        verb = step.head
        lemma, particles = verb.lemma_.lower(), {child.lower_ for child in verb.children if child.dep_ in ("prt", "advmod", "prep")}
        if self.is_negated(verb):
            return _NOBODY
        if lemma in _GIVE:
            recipient = self._recipient(verb, step)
            return Relation(owner=recipient, change=Change.GOT, giver=self.subject(verb)) if recipient is not None else _NOBODY
        if lemma in _PUT_DOWN and particles & {"down", "aside", "away"}:
            return Relation(owner=self.subject(verb), change=Change.OFF)
        if lemma in _HOLD or (lemma in _HOLD_UP and particles & {"up", "out"}):
            return Relation(owner=self.subject(verb), change=Change.IS if lemma in ("hold", "carry", "clutch", "grip", "cradle") else Change.ON)
        return _NOBODY
