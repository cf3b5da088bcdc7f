"""A shot while it is being planned: what it shows, what is said in it, how long that takes."""

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from pipeline.script.calls import Call
from storage.domain.scene_graph import CharacterId, Evidence, Line, Origin, PropId, SceneId, Shot, ShotId, ShotPerson

WORDS_A_SECOND = Fraction(5, 2)
BREATH_S = Fraction(1, 2)
SHORTEST_S = Fraction(2)
LONGEST_ACTION_S = Fraction(6)
MOST_PEOPLE = 2
# Share of a clip that a shot gives up rather than need one more: no more than the breath after a speech.
_SPARE = Fraction(1, 4)
# A frame at 7 frames a second, the slowest that checkpoints make.
_JOIN_S = Fraction(1, 7)

_SIGNS_WITHOUT_SPACES = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\u0e00-\u0e7f]")
_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ"
_WALKING = (
    "walk|cross|enter|exit|run|stride|stroll|march|hurry|pace|approach|leave|step|wander|stagger|limp|jog|rush|climb"
    "|emerge|arrive"
)
_ACTIONS = (
    ("walking", re.compile(rf"\b(?:{_WALKING})(?:s|es|ing|ped|ed)?\b", re.IGNORECASE)),
    (
        "turning",
        re.compile(r"\b(?:turn|spin|whirl|swivel|pivot)(?:s|ing|ed)?\b(?! (?:on|off|up|down)\b)", re.IGNORECASE),
    ),
    ("nodding", re.compile(r"\bnod(?:s|ding|ded)?\b", re.IGNORECASE)),
)
_CLOSE = re.compile(
    r"\b(?:eyes?|face|tears?|cheeks?|lips?|stares?|staring|gazes?|smiles?|smiling|trembl\w+|whispers?|blinks?"
    r"|frowns?|grins?|weeps?|sobs?|winces?)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Beat:
    """One sentence of action, one call, or one speech.

    Attributes:
        people: who is seen in it, in order of mention; for a speech the speakers.
        speaks: whether it is a speech.
        is_unseen: the speaker is only heard.
        is_dual: spoken together with the speech before.
        call: the camera call that it makes.
        prop_id: the prop that the call is on, or that is handled so prominently that it is shown.
        crowd: a group is in it.
        closes: what comes after is another picture (somebody's wardrobe has just changed).
        names: where each person is named in the text.
    """

    text: str
    element_index: int
    first_line: int
    last_line: int
    people: tuple[CharacterId, ...] = ()
    speaks: bool = False
    is_unseen: bool = False
    is_dual: bool = False
    call: Call | None = None
    prop_id: PropId | None = None
    crowd: bool = False
    closes: bool = False
    names: tuple[tuple[int, CharacterId], ...] = ()

    @property
    def words(self) -> int:
        return len(self.text.split())


@dataclass(slots=True, kw_only=True)
class Draft:
    """A shot in the making."""

    size: str
    purpose: str
    angle: str = "eye level"
    movement: str = "static"
    people: list[CharacterId] = field(default_factory=list)
    turned_away: CharacterId | None = None
    lines: list[Line] = field(default_factory=list)
    beats: list[Beat] = field(default_factory=list)
    prop_id: PropId | None = None
    crowd: bool = False
    closed: bool = False
    is_called: bool = False
    line: int = 0

    @property
    def action_words(self) -> int:
        return sum(beat.words for beat in self.beats if not beat.speaks and not (beat.call and beat.text.isupper()))

    @property
    def spoken_s(self) -> Fraction:
        return sum((speech_s(line.text) for line in self.lines), Fraction(0))

    @property
    def seconds(self) -> Fraction:
        """How long it should last: what is done takes its time, and what is said comes on top."""
        if self.lines:
            return max(self.spoken_s + Fraction(self.action_words, 8), SHORTEST_S)
        return min(max(1 + Fraction(self.action_words, 8), SHORTEST_S), LONGEST_ACTION_S)

    def take(self, beat: Beat) -> None:
        """Add a beat and whoever it brings in, as far as the picture has room."""
        self.beats.append(beat)
        self.crowd = self.crowd or beat.crowd
        self.closed = self.closed or beat.closes
        if not beat.speaks:
            self.people.extend(
                person for person in beat.people if person not in self.people and len(self.people) < MOST_PEOPLE
            )

    def finished(
        self,
        *,
        shot_id: ShotId,
        scene_id: SceneId,
        label: str,
        order: int,
        left_to_right: Sequence[CharacterId],
        rate: Fraction,
        max_clip_s: Fraction,
    ) -> Shot:
        """The shot, with its people where they stand throughout the scene."""
        places = {person: place for place, person in enumerate(left_to_right)}
        people = sorted(dict.fromkeys(self.people), key=lambda person: places.get(person, len(places)))
        written = [beat for beat in self.beats if beat.text]
        first = min((beat.first_line for beat in written), default=self.line)
        last = max((beat.last_line for beat in written), default=self.line)
        action = " ".join(beat.text for beat in written if not beat.speaks)
        return Shot(
            id=shot_id,
            scene_id=scene_id,
            label=label,
            order=order,
            size=self.size,
            angle=self.angle,
            movement=self.movement,
            people=tuple(
                ShotPerson(
                    character_id=person, action=self._doing(person, len(people)), turned_away=person == self.turned_away
                )
                for person in people
            ),
            prop_id=self.prop_id if self.size == "insert" else None,
            action=action,
            lines=tuple(self.lines),
            duration_frames=math.floor(_fitted(self.seconds, max_clip_s) * rate),
            purpose=self.purpose,
            evidence=Evidence(
                origin=Origin.SCRIPT, first_line=first, last_line=last, quote=written[0].text if written else ""
            ),
        )

    def _doing(self, person: CharacterId, count: int) -> str:
        if any(line.character_id == person and not line.voice_only for line in self.lines):
            return "talking"
        for beat in self.beats:
            if beat.speaks:
                continue
            doing = _done_in(beat, person, alone=count == 1)
            if doing:
                return doing
        return ""


def _fitted(seconds: Fraction, max_clip_s: Fraction) -> Fraction:
    """Give up the last moments of a shot where they alone would need another clip.

    Each clip of a chain after the first begins on the last frame of the one before, so that it
    adds a little less than it holds.
    """
    clips = max(1, seconds // max_clip_s)
    whole = clips * max_clip_s - (clips - 1) * _JOIN_S
    return whole if whole < seconds <= whole + max_clip_s * _SPARE else seconds


def _done_in(beat: Beat, person: CharacterId, *, alone: bool) -> str:
    """What a beat says that a person's body does: the first fitting verb after the name, before the next name."""
    starts = [(start, who) for start, who in beat.names]
    spans = [
        (start, starts[index + 1][0] if index + 1 < len(starts) else len(beat.text))
        for index, (start, who) in enumerate(starts)
        if who == person
    ]
    if not spans and alone and not starts:
        spans = [(0, len(beat.text))]
    for start, stop in spans:
        clause = re.split(r"(?<=[.!?])\s", beat.text[start:stop], maxsplit=1)[0]
        hits = [(found.start(), word) for word, pattern in _ACTIONS if (found := pattern.search(clause))]
        if hits:
            return min(hits)[1]
    return ""


def speech_s(text: str) -> Fraction:
    """How long it takes to say a text: 2.5 words a second and a breath."""
    return count_words(text) / WORDS_A_SECOND + BREATH_S


def count_words(text: str) -> Fraction:
    """Words of a text; in writing without spaces, two signs are about a word."""
    signs = len(_SIGNS_WITHOUT_SPACES.findall(text))
    return Fraction(len(_SIGNS_WITHOUT_SPACES.sub(" ", text).split())) + Fraction(signs, 2)


def size_of_action(beat: Beat) -> str:
    """The size that serves a beat of action."""
    if not beat.people:
        return "wide shot"
    if len(beat.people) == 1 and _CLOSE.search(beat.text):
        return "close-up"
    if _ACTIONS[0][1].search(beat.text):
        return "wide shot"
    return "medium shot"


def letter(index: int) -> str:
    """A, B, … Z, AA, AB …; I and O are skipped, as on a slate."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, len(_LETTERS))
        letters = _LETTERS[rest] + letters
    return letters
