"""Finds people whom the action introduces by name in capitals and who may never speak."""

import re
from collections.abc import Sequence

from pipeline.script import names
from pipeline.script.cues import name_key, straighten
from pipeline.script.screenplay import Element, Kind

_CAPITAL = r"(?:(?:DR|MR|MRS|MS|ST|SGT|LT|CAPT|PROF|[A-Z])\.|[A-ZÀ-ÖØ-ÞА-Я][A-ZÀ-ÖØ-ÞА-Я'\-]+)"
_INTRODUCED = re.compile(rf"(?<![\w'])({_CAPITAL}(?: (?:{_CAPITAL}|#?\d)){{0,3}})(?!\w)")
_AGE_AFTER = re.compile(
    r"^\s*[(,]\s*(?:a |an |the |in (?:his|her|their) |early |mid|late |about |around |age )*-?\s*(?:\d{1,2}\b"
    r"|teens|twent|thirt|fort|fift|sixt|sevent|eight|nine)",
    re.IGNORECASE,
)
_ARTICLE_BEFORE = re.compile(
    r"\b(?:a|an|the|his|her|their|its|my|our|your|this|that|some|no|any|'s)"
    r"(?: (?!(?:while|and|as|when|then|to|with|at|but|or|until|before|after|for|from|of|in|on|by"
    r"|into)\b)[\w\-]+){0,2}\s*$",
    re.IGNORECASE,
)
# "MARA looks", "MARA quickly looks", "MARA, long black hair, in a red coat, looks".
_VERB_AFTER = re.compile(r"(?:,[^.;:!?]{1,100},)?\s+(?:\w+ly )?([a-z]+)")
# "MARA and THEO face each other": capitals that are joined like people, without an article.
_JOINED_AFTER = re.compile(r"^(?:, [A-ZÀ-ÖØ-ÞА-Я'.]{2,})*,? (?:and|&) [A-ZÀ-ÖØ-ÞА-Я'.]{2,}\b")
_JOINED_BEFORE = re.compile(r"[A-ZÀ-ÖØ-ÞА-Я'.]{2,}(?:, [A-ZÀ-ÖØ-ÞА-Я'.]{2,})*,? (?:and|&) $|[A-ZÀ-ÖØ-ÞА-Я'.]{2,}, $")
_PERSON_OBJECT_BEFORE = re.compile(
    r"\b(?:hands|gives|passes|kisses|hugs|embraces|tells|shows|faces|follows|sees|watches|meets|joins|beside"
    r"|behind|toward|towards|with|and|at|to)\s+$"
)


def cue_of_full_name(key: str, known: set[str]) -> str:
    """The one cue that an introduction's full name contains: "MARA LUND" speaks as "MARA"; "YOUNG MARA" does not."""
    tokens = key.split()
    if any(token in names.DESCRIPTIONS for token in tokens):
        return ""
    contained = [cue for cue in known if f" {cue} " in f" {key} " and cue not in names.ROLE_WORDS]
    return contained[0] if len(contained) == 1 else ""


def introduced(elements: Sequence[Element], known: set[str]) -> list[tuple[str, tuple[str, Element]]]:
    """Names in capitals in the action that only a person could have: with an age, or doing what people do."""
    found: dict[str, tuple[str, Element]] = {}
    known_words = {word for key in known for word in key.split()}
    lower_words: set[str] = set()
    for element in elements:
        if element.kind is Kind.ACTION:
            lower_words.update(re.findall(r"(?<![\w'])[a-z]{2,}", element.text))
    for element in elements:
        if element.kind is not Kind.ACTION or element.text.isupper():
            continue
        plain = straighten(element.text)
        for match in _INTRODUCED.finditer(plain):
            name = re.sub(r"'S$", "", match.group(1)).rstrip(".-'")
            key = name_key(name)
            tokens = key.split()
            if not tokens or key in found or key in known or len(key) < 2:
                continue
            if all(token in known_words or token in names.TITLES for token in tokens) and len(tokens) == 1:
                continue
            before, after = plain[: match.start()], plain[match.start() + len(name) :]
            aged = bool(_AGE_AFTER.match(after))
            is_role = tokens[-1] in names.ROLE_WORDS
            if any(token in names.NEVER_PEOPLE for token in tokens) and not (aged or is_role):
                continue
            if all(token.lower() in lower_words for token in tokens) and not (aged or is_role):
                continue
            verb = _VERB_AFTER.match(after)
            acts = bool(verb and verb.group(1) in names.ANIMATE_VERBS)
            acts = acts or bool(_JOINED_AFTER.match(after)) or bool(re.search(_JOINED_BEFORE, before))
            has_article = bool(_ARTICLE_BEFORE.search(before[-40:]))
            receives = bool(_PERSON_OBJECT_BEFORE.search(before[-20:])) and len(tokens) <= 2
            is_person = aged or (not has_article and (acts or receives)) or (is_role and acts)
            if is_person and not any(set(tokens) < set(other.split()) for other in found):
                found[key] = (name, element)
    return list(found.items())
