"""Cuts action into sentences that a parser reads well, with who is named in each and who was named before."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from pipeline.script.casting import Cast, Mention
from pipeline.script.cues import straighten
from pipeline.script.screenplay import Element, Kind
from storage.domain.scene_graph import CharacterId

_END = re.compile(r"(?<=[.!?…])[\"')\]]*\s+(?=[\"'(\[]?[^\Wa-z])|\s+--\s+(?=[A-Z][a-z])|(?<=[.!?])\s+(?=[\"'(]?\w)")
_ABBREVIATION = re.compile(
    r"(?:\b(?:Mr|Mrs|Ms|Dr|St|Sr|Jr|Prof|Sgt|Lt|Capt|Col|Gen|vs|etc|INT|EXT|MR|MRS|MS|DR|ST)|\b[A-Z])\.\s*$"
)
_QUOTED = re.compile(r"\"[^\"]{0,400}\"")
_CAPITALS = re.compile(r"(?<![\w'])[A-Z][A-Z'\-]+(?![\w])")
_PRONOUN = re.compile(r"\b(he|him|his|himself|she|her|hers|herself)\b", re.IGNORECASE)
# "Under her coat MARA wears a dress": the pronoun means whoever is named next.
_LEADS_IN = re.compile(r"\s*(?:under|beneath|in|with|without|over|on|behind)\s*$", re.IGNORECASE)
# Names that the parser knows: it reads "雪", "DR. SMITH" and "MAN #1" badly, and these well.
_STAND_INS = {
    "m": ("Peter", "Robert", "David", "Martin"),
    "f": ("Anna", "Maria", "Susan", "Laura"),
    "": ("Robert", "Maria", "David", "Susan"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """A person named in a sentence's text, from `start` to `stop`."""

    start: int
    stop: int
    character_id: CharacterId
    is_physical: bool
    is_possessive: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """One sentence of action.

    Attributes:
        text: for the parser: names replaced by stand-ins, speech taken out, capitals made small.
        quote: as written.
        element_index: which element it stands in.
        named: who is named in `text`, in order.
        before: who was named in the sentences and cues before, nearest first, subject first.
        owner: of whom the whole speaks, where it was in parentheses after a name.
    """

    text: str
    quote: str
    element_index: int
    first_line: int
    last_line: int
    named: tuple[Named, ...]
    before: tuple[tuple[CharacterId, ...], ...]
    owner: CharacterId | None = None


def sentence_spans(text: str) -> list[tuple[int, int]]:
    """Start and stop of each sentence in a paragraph."""
    spans: list[tuple[int, int]] = []
    start = 0
    for found in _END.finditer(text):
        if _ABBREVIATION.search(text[start : found.start() + 1]):
            continue
        spans.append((start, found.start()))
        start = found.end()
    if start < len(text):
        spans.append((start, len(text)))
    return spans


def cut_into_sentences(elements: Sequence[Element], cast: Cast) -> Iterator[Sentence]:
    """Every sentence of every action paragraph, with what its pronouns may mean."""
    before: list[tuple[CharacterId, ...]] = []
    for index, element in enumerate(elements):
        if element.kind is Kind.HEADING:
            before = []
        elif element.kind is Kind.CUE:
            ids, is_unseen = cast.speakers.get(index, ((), False))
            if ids and not is_unseen:
                before.insert(0, ids)
        elif element.kind in (Kind.ACTION, Kind.CALL):
            yield from _of_element(index, element, cast, before)
        del before[4:]


def _of_element(index: int, element: Element, cast: Cast, before: list[tuple[CharacterId, ...]]) -> Iterator[Sentence]:
    mentions = cast.mentions(element.text)
    plain = straighten(element.text)
    for start, stop in sentence_spans(element.text):
        inside = [mention for mention in mentions if start <= mention.start < stop]
        first_line, last_line = element.lines_between(start, stop)
        quote = element.text[start:stop].strip()
        asides, main = _asides(plain, start, stop, inside)
        text, named = _for_the_parser(plain, main, inside, cast.gender)
        yield Sentence(
            text=text,
            quote=quote,
            element_index=index,
            first_line=first_line,
            last_line=last_line,
            named=named,
            before=tuple(before),
        )
        for aside_start, aside_stop, owner in asides:
            text, named = _for_the_parser(plain, [(aside_start, aside_stop)], inside, cast.gender)
            yield Sentence(
                text=text,
                quote=quote,
                element_index=index,
                first_line=first_line,
                last_line=last_line,
                named=named,
                before=((owner,), *before),
                owner=owner,
            )
        group = _in_focus(plain[start:stop], inside, before, cast.gender)
        if group:
            before.insert(0, group)


def _asides(
    plain: str, start: int, stop: int, inside: Sequence[Mention]
) -> tuple[list[tuple[int, int, CharacterId]], list[tuple[int, int]]]:
    """What stands in parentheses right after a name, and the spans that are left of the sentence."""
    asides: list[tuple[int, int, CharacterId]] = []
    spans: list[tuple[int, int]] = []
    at = start
    for mention in inside:
        found = re.compile(r"\s*\(([^()]{1,300})\)").match(plain, mention.stop, stop)
        if found and found.start() >= at:
            asides.append((found.start(1), found.end(1), mention.character_id))
            spans.append((at, found.start()))
            at = found.end()
    spans.append((at, stop))
    return asides, spans


def _for_the_parser(
    plain: str, spans: Sequence[tuple[int, int]], mentions: Sequence[Mention], gender: Mapping[CharacterId, str]
) -> tuple[str, tuple[Named, ...]]:
    stand_ins: dict[CharacterId, str] = {}
    named: list[Named] = []
    text = ""
    for start, stop in spans:
        at = start
        for mention in mentions:
            if not start <= mention.start < stop:
                continue
            text += _quieted(plain[at : mention.start])
            if text.lower().endswith("the "):
                text = text[:-4]
            name = _stand_in(mention.character_id, stand_ins, gender)
            named.append(
                Named(
                    start=len(text),
                    stop=len(text) + len(name),
                    character_id=mention.character_id,
                    is_physical=mention.is_physical,
                    is_possessive=mention.is_possessive,
                )
            )
            text += name
            at = mention.stop
            if mention.is_possessive and plain[at : at + 2] == "'S":
                text += "'s"
                at += 2
        text += _quieted(plain[at:stop])
    return text, tuple(named)


def _quieted(text: str) -> str:
    text = _QUOTED.sub(lambda found: " " * len(found.group()), text)
    return _CAPITALS.sub(lambda found: found.group().lower(), text)


def _stand_in(character_id: CharacterId, taken: dict[CharacterId, str], gender: Mapping[CharacterId, str]) -> str:
    if character_id not in taken:
        choices = [*_STAND_INS[gender.get(character_id, "")], *_STAND_INS["m"], *_STAND_INS["f"]]
        free = (name for name in choices if name not in taken.values())
        taken[character_id] = next(free, "Alex")
    return taken[character_id]


def _in_focus(
    text: str, inside: Sequence[Mention], before: Sequence[tuple[CharacterId, ...]], gender: Mapping[CharacterId, str]
) -> tuple[CharacterId, ...]:
    """Whom the next sentence's pronouns may mean: those named here, or whoever a leading pronoun goes on about."""
    ids = tuple(
        dict.fromkeys(mention.character_id for mention in sorted(inside, key=lambda mention: not mention.is_physical))
    )
    pronoun = _PRONOUN.match(text.lstrip())
    if pronoun and before:
        wanted = "m" if pronoun.group().lower() in ("he", "him", "his", "himself") else "f"
        fitting = [
            character_id for group in before for character_id in group if gender.get(character_id, "") in ("", wanted)
        ]
        if fitting:
            return tuple(dict.fromkeys((fitting[0], *ids)))
    return ids


def meant_by(pronoun: str, at: int, sentence: Sentence, gender: Mapping[CharacterId, str]) -> CharacterId | None:
    """Whom a pronoun at a place in the sentence means; None where more than one would do.

    Args:
        pronoun: "he", "him", "his", "she", "her" or "hers".
        at: its offset in the sentence's text.
    """
    wanted = "m" if pronoun.lower() in ("he", "him", "his", "himself") else "f"
    groups: list[tuple[CharacterId, ...]] = []
    earlier = tuple(dict.fromkeys(named.character_id for named in sentence.named if named.start < at))
    later = tuple(dict.fromkeys(named.character_id for named in sentence.named if named.start > at))
    if earlier:
        groups.append(earlier)
    elif (
        later
        and pronoun.lower() in ("his", "her")
        and ("," in sentence.text[at : sentence.named[0].start] or _LEADS_IN.match(sentence.text[:at]))
    ):
        groups.append(later)
    groups.extend(sentence.before)
    for position, group in enumerate(groups):
        fitting = [person for person in group if gender.get(person, "") in ("", wanted)]
        sure = [person for person in fitting if gender.get(person) == wanted]
        if len(sure) == 1:
            return sure[0]
        if len(fitting) == 1:
            return fitting[0]
        if fitting:
            leads = pronoun.lower() in ("he", "she") or position > 0
            return fitting[0] if leads and not (position == 0 and earlier) else None
    return None
