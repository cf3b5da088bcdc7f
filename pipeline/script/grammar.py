"""Answers what a parsed sentence means by its words: who a pronoun is, who acts, what is denied, what colour."""

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from pipeline.script import words
from pipeline.script.names import word_set
from pipeline.script.sentences import Named, Sentence, meant_by
from storage.domain.scene_graph import CharacterId

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_UNREAL_AUXILIARIES = frozenset(["would", "could", "should", "might", "may", "'d", "must"])
_UNREAL_VERBS = word_set(
    """
    imagine dream want wish remember pretend think hope plan expect need ask picture recall
    """
)
_UNREAL_MARKS = frozenset({"if", "though", "unless", "as"})


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
            return self.person(token.head) if token.head.lower_ not in words.PERSON_NOUNS else None
        for child in token.children:
            if child.dep_ in ("appos", "nsubj") and self.name_at(child):
                return self.person(child)
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
                found = self.person(child)
                if found is None and child.lower_ in ("who", "that") and verb.dep_ == "relcl":
                    return self.person(verb.head)
                return found
        if verb.dep_ in ("acl", "relcl"):
            return self.person(verb.head) or (
                self.subject(verb.head.head, depth + 1)
                if verb.head.dep_ in ("dobj", "obj") and verb.head.lower_ in words.PERSON_NOUNS
                else None
            )
        if (
            verb.dep_ in ("conj", "advcl", "xcomp", "ccomp", "dep", "parataxis", "prep", "pcomp", "appos", "acomp")
            and verb.head is not verb
        ):
            if self.name_at(verb.head):
                return self.person(verb.head)
            found = self.subject(verb.head, depth + 1)
            if found is not None:
                return found
        for child in verb.lefts:
            if child.dep_ in ("compound", "npadvmod", "dep", "advmod", "nmod", "poss") and self.name_at(child):
                return self.person(child)
        if verb.dep_ == "ROOT":
            first = next(iter(self.sentence.named), None)
            if first is not None and first.is_physical and first.start == 0 and first.start < verb.idx:
                return first.character_id
            if not any(named.start < verb.idx for named in self.sentence.named):
                return self.sole_focus()
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
                    if (
                        child.dep_ == "mark"
                        and child.lower_ in _UNREAL_MARKS
                        and not (child.lower_ == "as" and step.i and self._is_plain_as(child))
                    ):
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
            may_deny = step is token or step.pos_ in ("VERB", "AUX", "ADP")
            for child in step.children:
                if may_deny and (child.dep_ == "neg" or child.lower_ in ("not", "n't", "never", "no", "neither")):
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
        if word.i and self.doc[word.i - 1].lower_ == "but":
            return False
        return any(child.dep_ == "neg" for child in word.children) or (
            word.dep_ in ("acomp", "attr") and any(child.dep_ == "neg" for child in word.head.children)
        )

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
                if inner is not child and inner.dep_ in ("conj", "amod", "npadvmod", "compound", "advmod")
            )
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
        if (
            following is not None
            and following.pos_ == "ADJ"
            and (following.i + 1 == len(self.doc) or self.doc[following.i + 1].pos_ not in ("NOUN", "PROPN", "ADJ"))
        ):
            yield following

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
