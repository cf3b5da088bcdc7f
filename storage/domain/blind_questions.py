"""Blind questions: what a director is asked of a picture without being told what the critic saw there."""

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass

from storage.domain.decisions import Decision, Verb
from storage.domain.findings import Finding, Region, Verdict
from storage.domain.takes import Seam, Take, TakeId
from storage.domain.told import Told, marked
from storage.domain.vocabulary import ABSENT, STANDARD_VALUES, Attribute

CANNOT_TELL = "cannot tell"
CHANGES = "it changes"
YES, NO = "yes", "no"
OTHER = "other"
_ELSEWHERE = "another place"
_MORE = "more"
_COUNTS = ("0", "1", "2", "3", "4", _MORE)
_NUMBERS = {"nobody": "0", "none": "0", "one": "1", "two": "2", "three": "3", "four": "4"}
_MOST_PLACES = 6
_ROOM = 0.4
# What moves should still be there at the end.
_ROOM_IN_CLIPS = 0.8
_LEAST = 0.02
_DRAWN_AS = re.compile(r"\(drawn as ([^)]*)\)$")
_ASKED = (Seam.KEYFRAME, Seam.CLIP)

# {who}: the name, in capitals as in the script; {what}: the part.
_WORDS = {
    Attribute.EYES: marked("What colour are {who}'s eyes here?"),
    Attribute.HAIR_COLOUR: marked("What colour is {who}'s hair here?"),
    Attribute.HAIR_STYLE: marked("How is {who}'s hair here?"),
    Attribute.SKIN: marked("Which skin has {who} here?"),
    Attribute.AGE: marked("How old is {who} here?"),
    Attribute.BUILD: marked("Which build has {who} here?"),
    Attribute.GARMENT: marked("What colour is {who}'s {what} here?"),
    Attribute.ACCESSORY: marked("Is there a {what} on {who} here?"),
    Attribute.HELD_PROP: marked("Does {who} hold the {what} here?"),
    Attribute.SETTING: marked("Where is this?"),
    Attribute.TIME_OF_DAY: marked("What time of day is it here?"),
    Attribute.LIGHT_KEY: marked("Which key has the light here?"),
    Attribute.LIGHT_WARMTH: marked("How warm is the light here?"),
    Attribute.LIGHT_DIRECTION: marked("Where does the light come from here?"),
    Attribute.WEATHER: marked("What is the weather here?"),
    Attribute.SHOT_SIZE: marked("Which shot size is this?"),
    Attribute.ANGLE: marked("From which angle is this?"),
    Attribute.PEOPLE: marked("How many people are seen here?"),
}
_WORN = marked("Does {who} wear a {what} here?")
_YES_OR_NO = (Attribute.ACCESSORY, Attribute.HELD_PROP)


@dataclass(frozen=True, slots=True, kw_only=True)
class BlindQuestion:
    """One question about one take. Neither its words nor its options tell what the critic saw.

    Attributes:
        name: a short name that stays the same ("1c9a40be").
        kind: of the constraint, as `Finding.kind`.
        options: the answers to choose from; "cannot tell" is always possible besides.
        wanted: the answer that the plan asks for, one of the options; not for whoever is asked.
        frames: of the take, to be shown, from 0: one of a keyframe; first, middle and last of a clip.
        region: what of each to show; None for all of it.
    """

    name: str
    take_id: TakeId
    key: str
    kind: str
    words: Told
    options: tuple[str, ...]
    wanted: str
    frames: tuple[int, ...]
    region: Region | None


def draw(seed: int, take_id: TakeId, key: str) -> float:
    """Where a finding falls between 0 (inclusive) and 1 (exclusive): it is asked about where that is below the share.

    It depends on ids alone, so that whoever has the film draws the same sample; a larger share keeps what a
    smaller one drew.

    Args:
        seed: of the film.
    """
    return int.from_bytes(_digest(seed, take_id, key)[:8], "big") / 2**64


def question_about(seed: int, take: Take, finding: Finding, places: Sequence[str]) -> BlindQuestion | None:
    """The question that goes with a finding; None where none can be asked of a still picture, or nothing was judged.

    Args:
        seed: of the film.
        places: names of the film's settings.
    """
    attribute = next((item for item in _WORDS if item == finding.kind), None)
    if attribute is None or take.seam not in _ASKED or finding.verdict is Verdict.UNSEEN or not finding.must:
        return None
    digest = _digest(seed, take.id, finding.key)
    who = finding.label.rpartition(": ")[0]
    what = finding.key.rsplit("/", 1)[-1]
    wanted = _DRAWN_AS.search(finding.expected)
    words = (wanted[1] if wanted else finding.expected).strip().lower()
    worn = attribute is Attribute.GARMENT and words.split()[:1] == [ABSENT]
    if attribute in _YES_OR_NO or worn:
        asked = _WORN if worn else _WORDS[attribute]
        options: tuple[str, ...] = (YES, NO)
        answer = NO if words.split()[:1] == [ABSENT] else YES
    elif attribute is Attribute.SETTING:
        asked, answer = _WORDS[attribute], who
        others = sorted({place for place in places if place != who}, key=lambda place: _digest(digest.hex(), place))
        options = (*sorted([who, *others[: _MOST_PLACES - 1]]), _ELSEWHERE)
    elif attribute is Attribute.PEOPLE:
        count = words.split()[0] if words else ""
        count = _NUMBERS.get(count, count)
        asked, options = _WORDS[attribute], _COUNTS
        answer = _MORE if count.isdecimal() and count not in _COUNTS else count
    else:
        asked, options = _WORDS[attribute], STANDARD_VALUES[attribute]
        answer = next((option for option in options if option == words or option in words.split()), "")
        options = (
            (*options, Told("no {what}", what=Told(what))) if attribute is Attribute.GARMENT else (*options, OTHER)
        )
    if not answer or answer not in options:
        return None
    last = take.num_frames - 1
    return BlindQuestion(
        name=digest.hex()[-8:],
        take_id=take.id,
        key=finding.key,
        kind=finding.kind,
        words=Told(asked, who=who, what=Told(what)),
        options=(*options, CHANGES) if last else options,
        wanted=answer,
        frames=tuple(dict.fromkeys((0, last // 2, last))),
        region=_with_room(finding.region, _ROOM_IN_CLIPS if last else _ROOM),
    )


def answers_in(decisions: Sequence[Decision]) -> dict[tuple[TakeId, str], Decision]:
    """The last answer to each question, by take and key, from decisions that still count."""
    return {
        (decision.take_id, decision.key): decision
        for decision in decisions
        if decision.verb is Verb.ANSWER and decision.take_id is not None
    }


def _with_room(region: Region | None, room: float) -> Region | None:
    """A region inside the frame with room around it, the same whatever the critic saw there; None for all of it."""
    if region is None:
        return None
    across, down = (region.right - region.left) * room, (region.bottom - region.top) * room
    shown = Region(
        left=max(0.0, region.left - across),
        top=max(0.0, region.top - down),
        right=min(1.0, region.right + across),
        bottom=min(1.0, region.bottom + down),
    )
    return shown if min(shown.right - shown.left, shown.bottom - shown.top) > _LEAST else None


def _digest(*parts: object) -> bytes:
    return hashlib.sha256("/".join(map(str, parts)).encode()).digest()
