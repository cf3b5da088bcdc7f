"""Tells what a parsed sentence says is not so: denied, wished for, supposed, or long ago."""

from typing import TYPE_CHECKING

from pipeline.script.names import word_set

if TYPE_CHECKING:
    from spacy.tokens import Token

_UNREAL_AUXILIARIES = frozenset(["would", "could", "should", "might", "may", "'d", "must"])
_UNREAL_VERBS = word_set(
    """
    imagine dream want wish remember pretend think hope plan expect need ask picture recall
    """
)
# "refuses to wear", "stops her from taking off": what hangs on these does not happen.
_KEEPS_FROM = word_set(
    """
    refuse decline forget fail stop prevent keep hesitate threaten
    """
)
_BEFORE_NOW = frozenset({"once", "formerly", "previously"})
_DENIALS = frozenset({"not", "n't", "no", "never", "neither", "nor"})
_NOT_REAL = frozenset({"lens", "lenses", "contacts", "wig", "fake", "fakes", "glass"})
_UNREAL_MARKS = frozenset({"if", "though", "unless", "as"})


def is_unreal(token: "Token") -> bool:
    """Whether the token stands in a simile, a wish, a supposition or the past."""
    below = token
    for step in (token, *token.ancestors):
        if step.lower_ == "like" and step.pos_ in ("ADP", "SCONJ") and step != token:
            return True
        if step.pos_ in ("VERB", "AUX"):
            for child in step.children:
                if child.dep_ == "aux" and child.lower_ in _UNREAL_AUXILIARIES:
                    return True
                if (
                    child.dep_ == "mark"
                    and child.lower_ in _UNREAL_MARKS
                    and not (child.lower_ == "as" and step.i and _is_plain_as(child))
                ):
                    return True
            if step != token and token.dep_ != "nsubj" and _is_kept_unreal(step, below):
                return True
        if step.pos_ != "AUX" and any(
            child.lower_ in _BEFORE_NOW and child.dep_ == "advmod" for child in step.children
        ):
            return (step.pos_ in ("NOUN", "PROPN") and step == token) or step.tag_ == "VBD"
        below = step
    return False


def _is_kept_unreal(verb: "Token", below: "Token") -> bool:
    """Whether a verb keeps what hangs on it by `below` from being so."""
    if below.dep_ in ("conj", "parataxis"):
        return False
    is_clause = below.dep_ in ("xcomp", "ccomp") or (below.dep_ == "prep" and below.lower_ == "from")
    if verb.lemma_ in _KEEPS_FROM or (verb.lower_ == "used" and below.dep_ == "xcomp"):
        return is_clause
    return verb.lemma_ in _UNREAL_VERBS


def _is_plain_as(mark: "Token") -> bool:
    """ "as she sits" says what happens; "as if she wore" does not."""
    following = mark.doc[mark.i + 1] if mark.i + 1 < len(mark.doc) else None
    return following is None or following.lower_ not in ("if", "though")


def is_negated(token: "Token") -> bool:
    """Whether a "not", "no", "never", "neither" or "no longer" stands over a token."""
    if token.dep_ == "conj" and is_contrasted(token.head):
        return _is_denied_itself(token)
    if token.dep_ == "conj" and any(child.lower_ == "nor" for child in token.head.children):
        return True
    if token.pos_ in ("VERB", "AUX") and token.dep_ not in ("xcomp", "acomp"):
        return _is_denied_itself(token)
    return _is_denied_itself(token) or (
        has_denial(token.head) if token.head.pos_ in ("VERB", "AUX", "ADP") else _is_over(token.head)
    )


def _is_denied_itself(token: "Token") -> bool:
    if token.pos_ in ("VERB", "AUX", "ADP"):
        if has_denial(token):
            return True
    elif _is_over(token) or any(
        child.dep_ == "neg" or child.lower_ in _DENIALS for child in token.children if child.i < token.i
    ):
        return True
    before = token.doc[token.left_edge.i - 1] if token.left_edge.i else None
    return before is not None and before.lower_ in ("not", "no", "never", "minus")


def has_denial(verb: "Token") -> bool:
    """Whether a verb is denied, by itself or by its subject ("neither of them wears")."""
    return _is_over(verb) or any(
        child.dep_ == "neg"
        or child.lower_ in _DENIALS - {"nor"}
        or (child.dep_ in ("nsubj", "nsubjpass") and any(inner.lower_ == "neither" for inner in child.children))
        for child in verb.children
    )


def _is_over(token: "Token") -> bool:
    """ "no longer", "not any more"."""
    return any(
        child.lower_ == "longer" and any(inner.lower_ == "no" for inner in child.children) for child in token.children
    )


def is_contrasted(token: "Token") -> bool:
    """ "not a coat but a jacket": what is said of the one is not said of the other."""
    return any(child.dep_ == "cc" and child.lower_ == "but" for child in token.children)


def is_contrast(token: "Token") -> bool:
    """Whether a token comes after such a "but"."""
    return token.dep_ == "conj" and is_contrasted(token.head)


def is_feigned(noun: "Token") -> bool:
    """ "her blue eyes are contact lenses"."""
    return (
        noun.dep_ == "nsubj"
        and noun.head.lemma_ == "be"
        and any(child.dep_ == "attr" and child.lower_ in _NOT_REAL for child in noun.head.children)
    )


def is_denied_word(word: "Token") -> bool:
    """Whether an adjective is denied or past: "not blue", "once black"."""
    before = word.doc[word.i - 1] if word.i else None
    if before is not None and before.text == "-" and before.i:
        before = word.doc[before.i - 1]
    if before is not None and before.lower_ in ("not", "no", "never", *_BEFORE_NOW):
        return True
    if before is not None and before.lower_ == "but":
        return False
    return any(child.dep_ == "neg" for child in word.children) or (
        word.dep_ in ("acomp", "attr") and has_denial(word.head)
    )
