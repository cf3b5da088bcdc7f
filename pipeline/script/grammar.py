"""Answers what a parsed sentence means by its words: who a pronoun is, who acts, what is denied, what colour."""

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from pipeline.script import denial, words
from pipeline.script.names import word_set
from pipeline.script.sentences import Named, Sentence, meant_by
from storage.domain.scene_graph import CharacterId

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_TURNED = word_set(
    """
    be look glow turn go cut dye bleach crop shave
    """
)


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
        self._pictured_from = min(
            (named.start for named in sentence.named if not named.is_physical and not named.is_possessive), default=-1
        )

    def person(self, token: "Token") -> CharacterId | None:
        """The character that a token means: a name, a pronoun, or a noun that stands for one."""
        named = self.name_at(token)
        if named is not None:
            return named.character_id if named.is_physical or named.is_possessive else None
        word = token.lower_
        if word in ("he", "him", "his", "she", "her", "hers", "himself", "herself"):
            return meant_by(word, token.idx, self.sentence, self.gender)
        if word in words.PERSON_NOUNS:
            return self._described_by_noun(token)
        return None

    def name_at(self, token: "Token") -> Named | None:
        """The name that a token stands for, if it is one."""
        return self._named.get(token.idx)

    def _described_by_noun(self, token: "Token") -> CharacterId | None:
        """ "THEO, a bald man", "a bald man, THEO", "MARA is a woman in a coat"."""
        if token.dep_ == "appos":
            is_beside = token.head.dep_ == "pobj" and token.head.head.i == 0  # "Behind THEO, a woman ..."
            return None if is_beside or token.head.lower_ in words.PERSON_NOUNS else self.person(token.head)
        for child in token.children:
            if child.dep_ in ("appos", "nsubj") and self.name_at(child):
                return self.person(child)
        for inner in token.subtree:
            if inner.dep_ == "appos" and self.name_at(inner) and self._stands_between_commas(inner):
                return self.person(inner)
        if token.dep_ in ("attr", "oprd") and token.head.lemma_ == "be":
            return self.subject(token.head)
        if token.dep_ in ("compound", "nmod"):
            return self.person(token.head) if self.name_at(token.head) else None
        if token.dep_ == "ROOT" and self.sentence.owner:
            return self.sentence.owner
        if (
            token.dep_ == "ROOT"
            and not self.sentence.named
            and not any(child.dep_ in ("nsubj", "aux") for child in token.children)
        ):
            return self.sole_focus()
        return None

    def sole_focus(self) -> CharacterId | None:
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
                found = self.person(self._meant_of(child))
                if found is None and child.lower_ in ("who", "that") and verb.dep_ == "relcl":
                    is_someone_else = verb.head.dep_ == "attr" and denial.has_denial(verb.head.head)
                    return None if is_someone_else else self.person(verb.head)
                return found
        if verb.dep_ in ("acl", "relcl"):
            return self.person(verb.head) or (
                self.subject(verb.head.head, depth + 1)
                if verb.head.dep_ in ("dobj", "obj") and verb.head.lower_ in words.PERSON_NOUNS
                else None
            )
        if (
            verb.dep_ in ("conj", "advcl", "xcomp", "ccomp", "dep", "parataxis", "prep", "pcomp", "appos", "acomp")
            and verb.head != verb
        ):
            if self.name_at(verb.head):
                return self.person(verb.head)
            found = self.subject(verb.head, depth + 1)
            if found is not None:
                return found
        for child in verb.lefts:
            if child.dep_ in ("compound", "npadvmod", "dep", "advmod", "nmod", "poss") and self.name_at(child):
                return self.person(child)
        before = self.doc[verb.i - 1] if verb.i else None
        if before is not None and verb.tag_ in ("VBZ", "VBP") and (named := self.name_at(before)):
            return named.character_id if named.is_physical else None
        if verb.dep_ == "ROOT":
            first = next(iter(self.sentence.named), None)
            if first is not None and first.is_physical and first.start == 0 and first.start < verb.idx:
                return first.character_id
            if not any(named.start < verb.idx for named in self.sentence.named):
                return self.sole_focus()
        return None

    def last_two(self, token: "Token") -> tuple[CharacterId, ...]:
        """Whom "both" means: the two who were named last before it."""
        people = [person for person in self.sentence.named if person.is_physical and person.stop <= token.idx]
        return tuple(dict.fromkeys(person.character_id for person in people[-2:]))

    def is_figurative(self, token: "Token") -> bool:
        """Whether the token is not so in the story: a simile, a wish, the past, or somebody's picture."""
        return 0 <= self._pictured_from < token.idx or denial.is_unreal(token)

    def _meant_of(self, subject: "Token") -> "Token":
        """ "Not MARA but THEO" means THEO."""
        if any(child.dep_ == "neg" for child in subject.children) and denial.is_contrasted(subject):
            return next((child for child in subject.children if child.dep_ == "conj"), subject)
        return subject

    def fellows(self, verb: "Token") -> tuple[CharacterId, ...]:
        """Who else does what a verb says: THEO in "MARA and THEO wear", "neither MARA nor THEO wears"."""
        subject = next((child for child in verb.children if child.dep_ in ("nsubj", "nsubjpass")), None)
        return () if subject is None else self.joined_to(subject)

    def joined_to(self, first: "Token") -> tuple[CharacterId, ...]:
        """THEO in "MARA and THEO", without the MARA that is asked for."""
        if denial.is_contrasted(first) or not self.name_at(first):
            return ()
        others = (self.person(token) for token in first.conjuncts if self.name_at(token) and token.head.i < token.i)
        return tuple(dict.fromkeys(person for person in others if person is not None))

    def described(self, token: "Token") -> CharacterId | None:
        """Whom an adjective describes: the noun it stands with, the subject of "is", or the name that it follows."""
        found = self._described(token)
        return found if found is not None else self._set_off(token)

    def _set_off(self, token: "Token") -> CharacterId | None:
        """ "THEO, hatless, enters", "Green-eyed and freckled, MARA waits", "(50, greying, thickset)"."""
        start, stop = token.i, token.i
        while start and self.doc[start - 1].text not in ",;:":
            start -= 1
        while stop + 1 < len(self.doc) and self.doc[stop + 1].text not in ",;:.":
            stop += 1
        plain = all(
            part == token
            or part.pos_ in ("ADJ", "ADV", "CCONJ", "PUNCT", "NUM")
            or part.tag_ in ("VBN", "VBG", "HYPH", "AFX")
            or part.text == "-"
            or part.head.dep_ == "conj"
            for part in self.doc[start : stop + 1]
        )
        if not plain:
            return None
        if self.sentence.owner:
            return self.sentence.owner
        after = self.doc[stop + 2] if stop + 2 < len(self.doc) and self.doc[stop + 1].text == "," else None
        if start == 0:
            return self.person(after) if after is not None and self.name_at(after) else None
        return self.listed_after_a_name(token) if stop + 1 < len(self.doc) else None

    def listed_after_a_name(self, token: "Token") -> CharacterId | None:
        """ "driven by JOHN, fifties, grizzled, grey beard, wearing a denim jacket, rumbles": a list behind a name."""
        start = self.doc[token.left_edge.i].idx if token.pos_ == "NOUN" else token.idx
        before = [person for person in self.sentence.named if person.stop <= start]
        if not before or not before[-1].is_physical:
            return None
        rest = [part for part in self.doc[: token.i] if part.idx >= before[-1].stop]
        if not rest or rest[0].text != ",":
            return None
        acts = any(part.tag_ in ("VBZ", "VBD", "VBP", "MD") or part.tag_ in ("PRP", "PRP$") for part in rest)
        return None if acts else before[-1].character_id

    def _described(self, token: "Token") -> CharacterId | None:
        head = token.head
        if token.dep_ == "ROOT" or head == token:
            return self._adjective_at_root(token)
        if head.lower_ in ("head", "scalp", "skull") and token.dep_ == "amod":
            return self._owner_of_head(head)
        if (
            self.sentence.owner
            and head.dep_ == "ROOT"
            and head.pos_ in ("NOUN", "NUM")
            and self.person(head) is None
            and head.text[:1].isdigit()
        ):
            return self.sentence.owner
        if token.dep_ in ("amod", "compound", "nmod", "appos", "conj", "acl", "npadvmod"):
            seen = 0
            while token.dep_ == "conj" and head.pos_ in ("ADJ", "NOUN") and self.person(head) is None and seen < 5:
                token, head, seen = head, head.head, seen + 1
            found = self.person(head)
            if found is not None:
                return found
            if head.dep_ == "compound" and self.name_at(head.head):
                return self.person(head.head)
            if head.pos_ in ("VERB", "AUX") and token.dep_ in ("acl", "npadvmod", "appos", "conj", "acomp"):
                return self.subject(head) if head.lemma_ == "be" or token.dep_ == "appos" else None
            return self._right_after(token)
        if token.dep_ in ("advcl", "acl") and self._stands_between_commas(token):
            return self.subject(token)
        if token.dep_ in ("nsubj", "appos") and (
            named := next((child for child in token.children if child.dep_ == "appos" and self.name_at(child)), None)
        ):
            return self.person(named)
        if token.dep_ in ("acomp", "attr", "oprd") and head.lemma_ in ("be", "go", "turn", "become"):
            return self.subject(head)
        if token.dep_ in ("advmod", "advcl", "nsubj", "dep", "ccomp") or head.pos_ in ("VERB", "AUX"):
            return self._right_after(token)
        return None

    def _stands_between_commas(self, token: "Token") -> bool:
        before = self.doc[token.i - 1].text if token.i else ""
        after = self.doc[token.i + 1].text if token.i + 1 < len(self.doc) else ""
        return before == "," and after in (",", ".", "")

    def _adjective_at_root(self, token: "Token") -> CharacterId | None:
        if any(child.dep_ in ("nsubj",) for child in token.children):
            return self.subject(token)
        after = self._right_after(token)
        return after if after is not None else (self.sole_focus() if not self.sentence.named else None)

    def _right_after(self, token: "Token") -> CharacterId | None:
        """The person named by the very next word."""
        following = self.doc[token.i + 1] if token.i + 1 < len(self.doc) else None
        return self.person(following) if following is not None and self.name_at(following) else None

    def colour(self, noun: "Token", standard: Mapping[str, str]) -> str:
        """The standard word among a noun's adjectives or predicate ("her eyes are brown"); empty where none is."""
        for word in self._describing(noun):
            found = standard.get(word.lower_) or self._joined(word, standard)
            if found and not denial.is_denied_word(word):
                return found
        return ""

    def _joined(self, word: "Token", standard: Mapping[str, str]) -> str:
        """ "waist-length", "crew-cut", "t-shirt": words that the parser splits at the hyphen."""
        if word.i >= 2 and self.doc[word.i - 1].text == "-":
            return standard.get(f"{self.doc[word.i - 2].lower_}-{word.lower_}", "")
        return ""

    def _describing(self, noun: "Token") -> Iterator["Token"]:
        before = self.doc[noun.i - 1] if noun.i else None
        if before is not None and before.pos_ in ("ADJ", "NOUN", "PROPN") and not self.name_at(before):
            yield before
        near = sorted(
            (
                child
                for child in noun.lefts
                if child.dep_ in ("amod", "compound", "nmod", "advmod", "npadvmod", "nummod")
            ),
            key=lambda child: -child.i,
        )
        for child in near:
            yield child
            yield from (
                inner
                for inner in child.subtree
                if inner != child and inner.dep_ in ("conj", "amod", "npadvmod", "compound", "advmod")
            )
        head = noun.head
        if noun.dep_ in ("nsubj", "nsubjpass"):
            if head.pos_ in ("ADJ", "NOUN") and head.lemma_ != "be":
                yield head
            for child in head.children:
                if child.dep_ in ("acomp", "attr", "oprd") and head.lemma_ in _TURNED:
                    yield child
                    yield from (
                        inner
                        for inner in child.children
                        if inner.dep_ == "conj" or (inner.dep_ == "amod" and child.dep_ == "acomp")
                    )
        for child in noun.rights:
            if child.dep_ in ("amod", "acl", "appos", "advcl") and child.i - noun.i <= 2:
                yield child
        following = self.doc[noun.i + 1] if noun.i + 1 < len(self.doc) else None
        if (
            following is not None
            and (following.pos_ == "ADJ" or (noun.dep_ == "compound" and following == noun.head))
            and (following.i + 1 == len(self.doc) or self.doc[following.i + 1].pos_ not in ("NOUN", "PROPN", "ADJ"))
        ):
            yield following
        if following is not None and following.text == ",":
            yield from self._between_commas(following)

    def _between_commas(self, comma: "Token") -> list["Token"]:
        """ "her eyes, not blue but brown, narrow": the adjectives, where there is nothing else between the commas."""
        inside: list[Token] = []
        for token in self.doc[comma.i + 1 : comma.i + 7]:
            if token.text == ",":
                return [word for word in inside if word.pos_ == "ADJ"]
            if token.pos_ not in ("ADJ", "ADV", "CCONJ", "PART"):
                return []
            inside.append(token)
        return []

    def _owner_of_head(self, head: "Token") -> CharacterId | None:
        """ "his bald head" is his; "a bald head" is that of whoever acts."""
        possessor = self.possessor(head)
        return self.person(possessor) if possessor is not None else self.subject(head.head)

    def possessor(self, noun: "Token") -> "Token | None":
        """The word for whoever a noun belongs to: "her", "Mara's", "of Mara"."""
        for child in noun.children:
            if child.dep_ == "poss" or child.tag_ == "PRP$":
                return child
        for child in noun.children:
            if child.dep_ == "prep" and child.lower_ == "of":
                person = next((inner for inner in child.children if inner.dep_ == "pobj"), None)
                if person is not None and self.name_at(person):
                    return person
        return None
