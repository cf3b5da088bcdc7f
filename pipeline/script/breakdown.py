"""Breaks a screenplay down into scenes: number, place, time, story day, and the beats in each."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pipeline.script.calls import OWN_BODY, Call, find_call
from pipeline.script.casting import Cast, slug
from pipeline.script.cues import is_marker, straighten
from pipeline.script.drafts import Beat
from pipeline.script.headings import Calendar, Heading, read_heading
from pipeline.script.screenplay import Element, Kind, Screenplay
from pipeline.script.sentences import sentence_spans
from storage.domain.scene_graph import Billing, CharacterId, SceneId, SettingId

_CARD = re.compile(
    r"^(?:SUPER(?:IMPOSE)?|TITLES?(?: CARD| OVER)?|CHYRON|CAPTION|SUBTITLE|INTERTITLE)\b\s*[:\-–—]", re.IGNORECASE
)
# "Mara's brown eyes" are Mara; "Mara's car" is not.
_PERSONAL = re.compile(
    r"^\W*(?:(?!and\b|but\b)\w+,? ){0,2}(?:eyes?|face|hands?|fingers?|mouth|lips|feet|back|head|hair|reaction"
    r"|profile|gaze"
    r"|tears?|smile|expression|skin|shoulders?|breath)\b",
    re.IGNORECASE,
)
_BEFORE_FIRST_HEADING = 8
_THING_ENDS = re.compile(
    r"\s*(?:[,:;.(]| - | -- |–|—|\b(?:on|in|at|with|as|from|under|over|beside|next|lying|sitting|that|which|and"
    r"|is|are|being|through|inside|against)\b)",
    re.IGNORECASE,
)
_LEADING = re.compile(r"^(?:(?:a|an|the|his|her|their|its|this|that|one|on|of)\s+|[\w'’-]+['’]s\s+)+", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class SceneDraft:
    """A scene before its shots are planned.

    Attributes:
        key: unique in the film, made from the number; for ids.
        number: as printed, or made up.
        elements: indexes of the first element and of one past the last.
        time_evidence: the heading that says the time of day; None where no heading does.
    """

    key: str
    number: str
    heading: Heading
    heading_element: Element | None
    elements: tuple[int, int]
    first_line: int
    last_line: int
    time_of_day: str
    time_evidence: Element | None
    story_day: int
    beats: tuple[Beat, ...]
    present: tuple[CharacterId, ...]
    heard_only: tuple[CharacterId, ...]

    @property
    def scene_id(self) -> SceneId:
        return SceneId(f"scene:{self.key}")

    @property
    def setting_id(self) -> SettingId | None:
        if not self.heading.setting:
            return None
        side = {True: "int-", False: "ext-", None: ""}[self.heading.interior]
        return SettingId(f"setting:{side}{slug(self.heading.setting)}")


def break_down(screenplay: Screenplay, cast: Cast) -> Iterator[SceneDraft]:
    """The scenes in film order, with beats that have neither props nor wardrobe changes marked yet."""
    elements = screenplay.elements
    spans = _spans(elements)
    numbers = _numbers([elements[start] if elements[start].kind is Kind.HEADING else None for start, _ in spans])
    calendar = Calendar()
    time_evidence: Element | None = None
    for (start, stop), (number, key) in zip(spans, numbers, strict=True):
        heading_element = elements[start] if elements[start].kind is Kind.HEADING else None
        heading = (
            read_heading(heading_element.text)
            if heading_element
            else Heading(text="", interior=None, setting="", time_of_day="")
        )
        body = start + (heading_element is not None)
        for index in range(body, stop):
            if not _is_card(elements[index]):
                break
            calendar.hear(elements[index].text)
            body += 1
        calendar.enter(heading)
        for index in range(body, stop):
            if _is_card(elements[index]) or elements[index].kind is Kind.TRANSITION:
                calendar.hear(elements[index].text)
        if heading.time_of_day:
            time_evidence = heading_element
        beats = tuple(_beats(elements, start, stop, cast))
        present, heard_only = _presences(beats, cast)
        last = stop - 1
        yield SceneDraft(
            key=key,
            number=number,
            heading=heading,
            heading_element=heading_element,
            elements=(start, stop),
            first_line=elements[start].first_line,
            last_line=max(elements[last].last_line, elements[start].first_line),
            time_of_day=calendar.time_of_day,
            time_evidence=time_evidence,
            story_day=calendar.day,
            beats=beats,
            present=present,
            heard_only=heard_only,
        )


def _spans(elements: Sequence[Element]) -> list[tuple[int, int]]:
    """From heading to heading; what stands before the first is a scene too, if it is more than titles."""
    starts = [index for index, element in enumerate(elements) if element.kind is Kind.HEADING]
    before = elements[: starts[0]] if starts else elements
    words = sum(len(element.text.split()) for element in before if element.kind in (Kind.ACTION, Kind.DIALOGUE))
    speaks = any(element.kind is Kind.CUE for element in before)
    if not starts or speaks or words >= _BEFORE_FIRST_HEADING:
        starts = [0, *(start for start in starts if start)]
    return list(zip(starts, [*starts[1:], len(elements)], strict=True))


def _numbers(headings: Sequence[Element | None]) -> list[tuple[str, str]]:
    """The printed or made-up number of each scene, and a key that no other scene has."""
    printed = {heading.scene_number for heading in headings if heading is not None and heading.scene_number}
    numbers: list[tuple[str, str]] = []
    taken: set[str] = set()
    ordinal, last_printed, extra = 0, "0", 0
    for heading in headings:
        if heading is not None or len(headings) == 1:
            ordinal += 1
        if heading is not None and heading.scene_number:
            number = last_printed = heading.scene_number
            extra = 0
        elif printed:
            number = ""
            while not number or number in printed or number in taken:
                extra += 1
                number = f"{last_printed}{chr(64 + extra) if extra <= 26 else f'Z{extra - 26}'}"
        else:
            number = str(ordinal)
        key, again = number, 2
        while key in taken:
            key, again = f"{number}-{again}", again + 1
        taken.add(key)
        numbers.append((number, key))
    return numbers


def _is_card(element: Element) -> bool:
    return element.kind is Kind.CARD or (element.kind is Kind.ACTION and bool(_CARD.match(element.text)))


def _beats(elements: Sequence[Element], start: int, stop: int, cast: Cast) -> Iterator[Beat]:
    index = start
    while index < stop:
        element = elements[index]
        if element.kind is Kind.CUE:
            after = index + 1
            while after < stop and elements[after].kind in (Kind.DIALOGUE, Kind.PARENTHETICAL):
                after += 1
            yield from _speech(elements, index, after, cast)
            index = after
            continue
        if element.kind is Kind.ACTION and not _is_card(element):
            yield from _action(element, index, cast)
        elif element.kind is Kind.CALL:
            call = find_call(element.text) or Call(words=element.text, subject=element.text, size="medium shot")
            yield _beat(element, index, element.text, 0, len(element.text), cast, call)
        index += 1


def _speech(elements: Sequence[Element], cue: int, stop: int, cast: Cast) -> Iterator[Beat]:
    spoken = [element for element in elements[cue + 1 : stop] if element.kind is Kind.DIALOGUE]
    speakers, is_unseen = cast.speakers.get(cue, ((), False))
    if spoken and speakers:
        yield Beat(
            text=" ".join(element.text for element in spoken),
            element_index=cue,
            first_line=elements[cue].first_line,
            last_line=spoken[-1].last_line,
            people=speakers,
            speaks=True,
            is_unseen=is_unseen,
            is_dual=elements[cue].dual,
            crowd=any(cast.characters[person].billing is Billing.GROUP for person in speakers),
        )


def _action(element: Element, index: int, cast: Cast) -> Iterator[Beat]:
    for start, stop in sentence_spans(element.text):
        text = element.text[start:stop].strip()
        if any(letter.isalnum() for letter in text) and not is_marker(text):
            yield _beat(element, index, text, start, stop, cast, find_call(text))


def _beat(element: Element, index: int, text: str, start: int, stop: int, cast: Cast, call: Call | None) -> Beat:
    first_line, last_line = element.lines_between(start, stop)
    people: list[CharacterId] = []
    names: list[tuple[int, CharacterId]] = []
    crowd = False
    for mention in cast.mentions(text):
        if cast.characters[mention.character_id].billing is Billing.GROUP:
            crowd = crowd or mention.is_physical
            continue
        rest = straighten(text[mention.stop :]).removeprefix("'").lstrip("sS ")
        seen = mention.is_physical or (mention.is_possessive and bool(_PERSONAL.match(rest)))
        if seen:
            people.append(mention.character_id)
            names.append((mention.start, mention.character_id))
    if call is not None and call.angle in ("point of view", "over the shoulder"):
        owners = [mention.character_id for mention in cast.mentions(call.subject)]
        people = list(dict.fromkeys([*owners, *people]))
    return Beat(
        text=text,
        element_index=index,
        first_line=first_line,
        last_line=last_line,
        people=tuple(dict.fromkeys(people)),
        call=call,
        crowd=crowd,
        names=tuple(names),
    )


def _presences(beats: Sequence[Beat], cast: Cast) -> tuple[tuple[CharacterId, ...], tuple[CharacterId, ...]]:
    """Who is on screen, and who is only heard, each in order of appearance."""
    seen: dict[CharacterId, None] = {}
    heard: dict[CharacterId, None] = {}
    for beat in beats:
        is_view = beat.call is not None and beat.call.angle == "point of view"
        for person in beat.people:
            (heard if beat.speaks and beat.is_unseen else seen)[person] = None
        if beat.crowd and not beat.speaks and not is_view:
            for mention in cast.mentions(beat.text):
                if mention.is_physical:
                    seen[mention.character_id] = None
    return tuple(seen), tuple(person for person in heard if person not in seen)


def thing_of(call: Call) -> str:
    """The thing that a call is on, or nothing: "INSERT - A BRASS KEY on the table" is on a "brass key"."""
    if OWN_BODY.match(straighten(call.subject).strip()):
        return ""
    subject = _LEADING.sub("", straighten(call.subject).strip())
    thing = _THING_ENDS.split(subject, maxsplit=1)[0].strip(" .\"'").lower()
    return thing if 1 <= len(thing.split()) <= 4 and any(letter.isalpha() for letter in thing) else ""
