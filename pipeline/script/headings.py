"""Scene headings and the passing of time: setting, time of day, story day."""

import re
from dataclasses import dataclass

from pipeline.script.cues import straighten

_PREFIX = re.compile(
    r"^(?P<prefix>(?:INT\.?\s?/\s?EXT|EXT\.?\s?/\s?INT|I\s?/\s?E|INT|EXT|EST|INTERIOR"
    r"|EXTERIOR)(?=[./\s:\-–—])[./:]?)[\s\-–—:]*",
    re.IGNORECASE,
)
_SEPARATOR = re.compile(r"\s+[-–—]+\s*|\s*[–—]+\s*|\s+--\s*|\s*-- ?|-\s+")
_TIMES: tuple[tuple[str, str, int], ...] = (
    (r"(?:PRE-?)?DAWN|SUN-?RISE|FIRST LIGHT|DAYBREAK", "dawn", 0),
    (r"MORNING|BREAKFAST", "day", 1),
    (r"AFTERNOON", "day", 3),
    (r"NOON|MID-?DAY|LUNCH(?:TIME)?", "day", 2),
    (r"DAYTIME|DAY ?LIGHT|DAYS?", "day", -1),
    (r"DUSK|SUN-?SET|SUNDOWN|EVENING|TWILIGHT|MAGIC HOUR|GOLDEN HOUR|GLOAMING", "dusk", 4),
    (r"MID-?NIGHT|NIGHT-?TIME|NIGHTS?|TONIGHT", "night", 5),
)
_QUALIFIER = (
    r"(?:EARLY|LATE|LATER|MID|THE|NEXT|FOLLOWING|SAME|THAT|ANOTHER|NEW|PRE|VERY|BRIGHT|DEEP|ONE|FIRST|SECOND|THIRD"
    r"|LAST|SUMMER|WINTER|SUNNY|RAINY)"
)
_TIME_PHRASE = re.compile(
    rf"^(?:{_QUALIFIER}[ -])*(?P<time>{'|'.join(form for form, _, _ in _TIMES)})(?:[ -](?:LATER?|FOR NIGHT|\d+"
    rf"|AFTER|BEFORE|INTO .*|TO .*))?(?:\s*[/,].*|\s*\(.*)?$",
    re.IGNORECASE,
)
_CARRIES_ON = re.compile(
    r"^(?:MOMENTS?|SECONDS|MINUTES?|HOURS?|CONTINUOUS|CONT(?:'?D|INUED)?|SAME(?: TIME| MOMENT)?|LATER|INTERCUT"
    r"|(?:A |AN |ONE |TWO |THREE |FEW |SEVERAL |\d+ |SOME )*"
    r"(?:MOMENTS?|SECONDS?|MINUTES?|HOURS?|BEAT|WHILE|TIME)(?: LATER| EARLIER)?|SIMULTANEOUS|MEANWHILE|RESUMING"
    r"|TRAVELL?ING|MOVING|ESTABLISHING|STOCK"
    r"|LATER THAT .*|PRESENT(?: DAY)?|FLASHBACK.*|BACK TO .*|DREAM.*|\(?\d{4}\)?|\d+ (?:YEARS|DAYS|WEEKS"
    r"|MONTHS).*)(?: LATER)?(?:\s*\(.*)?$",
    re.IGNORECASE,
)
_NO_PLACE = re.compile(
    r"^(?:(?:BEGIN |START |END |THE )?(?:MONTAGE|FLASHBACK|SERIES OF SHOTS|INTERCUT|DREAM SEQUENCE|TITLES?"
    r"|OPENING|CREDITS|BLACK|OMITTED"
    r"|PROLOGUE|EPILOGUE|TEASER)\b.*|LATER|CONTINUOUS|SAME|MOMENTS LATER|OVER BLACK|INTERIOR|EXTERIOR)$",
    re.IGNORECASE,
)
_NUMBERS = {
    word: value
    for value, word in enumerate(
        ["ZERO", "ONE", "TWO", "THREE", "FOUR", "FIVE", "SIX", "SEVEN", "EIGHT", "NINE", "TEN", "ELEVEN", "TWELVE"]
    )
} | {"A": 1, "AN": 1, "FEW": 3, "SEVERAL": 4, "COUPLE": 2}
_DAY_NUMBER = re.compile(r"\bDAY (?P<number>\d{1,3}|ONE|TWO|THREE|FOUR|FIVE|SIX|SEVEN|EIGHT|NINE|TEN|ELEVEN|TWELVE)\b")
_DAYS_LATER = re.compile(
    r"\b(?P<number>\d{1,4}|A COUPLE OF|A FEW|SEVERAL|AN?|ONE|TWO|THREE|FOUR|FIVE|SIX|SEVEN|EIGHT|NINE|TEN|ELEVEN"
    r"|TWELVE) "
    r"(?P<unit>NIGHT|DAY|WEEK|MONTH|YEAR|DECADE)S? LATER\b"
)
_SOME_DAYS_LATER = re.compile(r"\b(?:DAYS|WEEKS|MONTHS|YEARS) LATER\b")
_NEXT_DAY = re.compile(
    r"\b(?:THE )?(?:NEXT|FOLLOWING) (?:DAY|MORNING|AFTERNOON|EVENING|NIGHT)\b|\bDAY AFTER\b|\bMORNING AFTER\b"
    r"|\bTOMORROW\b|\bANOTHER DAY\b"
)
_OTHER_TIME = re.compile(
    r"\bFLASHBACK\b|\bFLASH-?FORWARD\b|\bDREAM\b|\b(?:YEARS?|MONTHS?|WEEKS?|DAYS) (?:EARLIER|AGO)\b|\(\d{4}\)"
    r"|\b(?:19|20)\d\d\b"
)
_UNIT_DAYS = {"NIGHT": 1, "DAY": 1, "WEEK": 7, "MONTH": 30, "YEAR": 365, "DECADE": 3650}


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """A heading taken apart.

    Attributes:
        interior: None where it does not say.
        setting: the place, nested places included ("HOUSE - KITCHEN"); empty where none is named.
        time_of_day: a standard word, or empty where it carries on from before.
        rank: how late in the day, 0 to 5; -1 for plain DAY or nothing.
        when: the words that are not the place ("THE NEXT MORNING").
    """

    text: str
    interior: bool | None
    setting: str
    time_of_day: str
    rank: int = -1
    when: str = ""


def read_heading(text: str) -> Heading:
    """Take "INT. MARA'S KITCHEN - NIGHT - LATER" apart."""
    plain = " ".join(straighten(text).split()).strip(" .")
    found = _PREFIX.match(plain)
    interior: bool | None = None
    rest = plain
    if found:
        prefix = found.group("prefix").upper().replace(" ", "")
        interior = prefix.startswith(("INT", "I/")) or "/INT" in prefix
        rest = plain[found.end() :]
    parts = [part.strip(" .,") for part in _SEPARATOR.split(rest)]
    parts = [part for part in parts if part]
    time, rank = "", -1
    kept: list[str] = []
    when: list[str] = []
    for index, whole in enumerate(parts):
        part, inner_time = _without_trailing_time(whole, is_last=index == len(parts) - 1, has_place=bool(kept))
        found_time = inner_time or (part if kept or not found else "")
        word = _time_word(found_time)
        if word and (inner_time or kept or not found or len(parts) == 1):
            time, rank = word if not time else (time, rank)
            part = part if inner_time else ""
        elif kept and (_CARRIES_ON.match(part) or _day_marker(part)):
            part = ""
        when.append(inner_time)
        if part:
            kept.append(part)
        else:
            when.append(whole)
    if found and len(kept) == 1 and not time and _time_word(kept[0]):
        time, rank = _time_word(kept[0]) or ("", -1)
        kept = []
    setting = " - ".join(kept)
    if _NO_PLACE.match(setting) or (not found and _PREFIX.match(f"{setting} ")):
        setting = ""
    return Heading(text=text, interior=interior, setting=setting, time_of_day=time, rank=rank, when=" ".join(when))


def _without_trailing_time(part: str, *, is_last: bool, has_place: bool) -> tuple[str, str]:
    """Split "KITCHEN, NIGHT", "KITCHEN. NIGHT", "KITCHEN (NIGHT)" and a bare "KITCHEN NIGHT"."""
    found = re.match(r"^(?P<place>.+?)\s*(?:[.,/]\s+|\()(?P<time>[^().]+)\)?$", part)
    if (
        found
        and (_time_word(found.group("time")) or _CARRIES_ON.match(found.group("time")))
        and not (has_place and _time_word(part))
    ):
        return found.group("place").strip(" ,."), found.group("time")
    found = re.match(r"^(?P<place>.+?) (?P<time>NIGHT|DAY|DUSK|DAWN)$", part)
    if found and is_last and not has_place and not _time_word(part):
        return found.group("place"), found.group("time")
    return part, ""


def _time_word(text: str) -> tuple[str, int] | None:
    found = _TIME_PHRASE.match(text.strip(" .()"))
    if not found:
        return None
    for form, word, rank in _TIMES:
        if re.fullmatch(form, found.group("time"), re.IGNORECASE):
            return word, rank
    return None


def _day_marker(text: str) -> bool:
    upper = text.upper()
    return bool(
        _DAY_NUMBER.search(upper)
        or _DAYS_LATER.search(upper)
        or _SOME_DAYS_LATER.search(upper)
        or _NEXT_DAY.search(upper)
    )


@dataclass(slots=True, kw_only=True)
class Calendar:
    """Counts story days while the scenes pass by.

    Attributes:
        day: of the scene last entered, from 1.
        time_of_day: of the scene last entered; empty before the first.
    """

    day: int = 1
    time_of_day: str = ""
    _rank: int = -1
    _pending_days: int = 0
    _pending_number: int = 0

    def hear(self, card: str) -> None:
        """Take note of a title card or transition ("TWO DAYS LATER", "DAY 3")."""
        days, number = _jump(card)
        self._pending_days = max(self._pending_days, days)
        self._pending_number = number or self._pending_number

    def enter(self, heading: Heading) -> None:
        """Go to the next scene: a new day begins where the script says so or the clock goes back."""
        days, number = _jump(heading.when if heading.setting else heading.text)
        days = max(days, self._pending_days)
        number = number or self._pending_number
        self._pending_days = self._pending_number = 0
        time = heading.time_of_day or self.time_of_day
        rank = heading.rank if heading.time_of_day else self._rank
        if number > self.day:
            self.day = number
        elif days:
            self.day += days
        elif heading.time_of_day and self._is_earlier(time, rank):
            self.day += 1
        if heading.time_of_day and (rank >= 0 or time != self.time_of_day or days or number):
            self._rank = rank
        self.time_of_day = time

    def _is_earlier(self, time: str, rank: int) -> bool:
        if not self.time_of_day:
            return False
        before = self._rank if self._rank >= 0 else 2
        now = rank if rank >= 0 else 2
        if self._rank < 0 and self.time_of_day == "day" and time == "day":
            return False
        if rank < 0 and self.time_of_day == "day":
            return False
        if time == "day" and self.time_of_day == "dawn":
            return False
        return now < before


def _jump(text: str) -> tuple[int, int]:
    """How many days a text skips, and the day number that it names (0 for none)."""
    upper = straighten(text).upper()
    numbered = _DAY_NUMBER.search(upper)
    number = 0
    if numbered:
        word = numbered.group("number")
        number = int(word) if word.isdigit() else _NUMBERS[word]
    later = _DAYS_LATER.search(upper)
    if later:
        word = later.group("number").removeprefix("A ").removesuffix(" OF") if later.group("number") != "A" else "A"
        count = int(word) if word.isdigit() else _NUMBERS.get(word, 1)
        return min(count * _UNIT_DAYS[later.group("unit")], 100_000), number
    if _SOME_DAYS_LATER.search(upper):
        return 2, number
    if _NEXT_DAY.search(upper) or _OTHER_TIME.search(upper):
        return 1, number
    return 0, number
