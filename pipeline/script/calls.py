"""Camera calls that a screenplay makes: CLOSE ON, WIDE, INSERT, ANGLE ON, POV and their kin."""

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """What a call asks for. An empty field is left to the plan.

    Attributes:
        words: the call as it is written ("CLOSE ON").
        subject: what stands after it ("MARA'S EYES"), or before a "POV".
        reverse: asks for the other side of what was just seen.
        ends: goes back to the scene, so that an earlier call no longer holds.
    """

    words: str
    subject: str = ""
    size: str = ""
    angle: str = ""
    movement: str = ""
    reverse: bool = False
    ends: bool = False


# The first that fits is taken, so a longer call stands before the shorter one it contains.
_FORMS: tuple[tuple[str, dict[str, str | bool]], ...] = (
    (r"(?:BACK TO|RESUME|END)(?: THE)? (?:SCENE|SHOT|INSERT|POV|MASTER)", {"ends": True}),
    (
        r"(?:EXTREME |TIGHT |MEDIUM )?CLOSE[- ]?(?:UP|SHOT|ON|UPS)(?: SHOT)?(?: ON| OF)?|ECU|E\.C\.U\.|CU|C\.U\."
        r"|TIGHT(?:ER)? ON|CLOSER(?: ON)?|CLOSE|MACRO(?: ON)?",
        {"size": "close-up"},
    ),
    (r"INSERT(?: SHOT)?(?: ON| OF)?", {"size": "insert"}),
    (
        r"(?:EXTREME |VERY )?(?:WIDE|LONG|FULL|MASTER)(?:R)?[- ](?:ANGLE|SHOT|ON|VIEW)(?: ON| OF)?|WIDER?|EWS|ELS"
        r"|WS|LS|ESTABLISHING(?: SHOT)?(?: OF)?|AERIAL(?: SHOT| VIEW)?(?: OF| ON)?",
        {"size": "wide shot"},
    ),
    (r"OVER THE SHOULDER(?: SHOT)?(?: OF| ON)?|OTS|O\.T\.S\.", {"size": "medium shot", "angle": "over the shoulder"}),
    (
        r"(?:MED(?:IUM|\.)? |COWBOY )(?:SHOT|ON)(?: ON| OF)?|MS|TWO[- ]SHOT(?: ON| OF)?|2[- ]SHOT(?: OF)?"
        r"|THREE[- ]SHOT(?: OF)?|SINGLE(?: ON)?",
        {"size": "medium shot"},
    ),
    (r"LOW ANGLE(?: SHOT)?(?: ON| OF)?", {"angle": "low"}),
    (r"(?:HIGH ANGLE|OVERHEAD|BIRD'?S[- ]EYE(?: VIEW)?)(?: SHOT)?(?: ON| OF)?", {"angle": "high"}),
    (r"REVERSE(?: ANGLE| SHOT)?(?: ON| OF)?", {"size": "medium shot", "reverse": True}),
    (
        r"(?:NEW |ANOTHER )?ANGLE(?: ON)?|FAVOU?RING|FOCUS ON|FEATURING|BACK ON|BACK TO(?= [A-Z])",
        {"size": "medium shot"},
    ),
    (r"P\.?O\.?V\.?(?: SHOT)?(?: OF)?|POINT OF VIEW(?: OF)?", {"angle": "point of view"}),
    (
        r"(?:WE |CAMERA )?(?:PAN|PANS|PANNING|SWISH PAN)(?= LEFT\b)(?: LEFT)(?: TO| ON| ACROSS)?",
        {"movement": "pan left"},
    ),
    (
        r"(?:WE |CAMERA )?(?:PAN|PANS|PANNING|SWISH PAN|WHIP PAN)(?: RIGHT)?(?: TO| ON| ACROSS)?"
        r"|TRACKING(?: SHOT)?(?: ON| WITH)?|TRACK(?: WITH)?",
        {"movement": "pan right"},
    ),
    (r"(?:WE |CAMERA )?(?:TILT|TILTS|TILTING|CRANE|CRANES) DOWN(?: TO| ON)?", {"movement": "tilt down"}),
    (r"(?:WE |CAMERA )?(?:TILT|TILTS|TILTING|CRANE|CRANES)(?: UP)?(?: TO| ON)?", {"movement": "tilt up"}),
    (r"(?:WE |CAMERA )?(?:PULL(?:S|ING)?|DOLLY|TRACK|ZOOM) (?:BACK|OUT)(?: FROM| TO| ON)?", {"movement": "pull out"}),
    (
        r"(?:WE |CAMERA )?(?:PUSH(?:ES|ING)?|MOV(?:E|ES|ING)|DOLLY|TRACK|ZOOM|CREEP)(?: SLOWLY)? IN(?:TO)?(?: ON"
        r"| TO)?|DOLLY(?: SHOT)?(?: WITH| ON)?|STEADICAM|ZOOM(?: TO| ON)?",
        {"movement": "push in"},
    ),
)
_CALLS = tuple(
    (re.compile(rf"^(?:(?:A|AN|THE|SLOW|SLOWLY|IN) )?(?P<call>{form})(?=$|[\s:.,\-–—'])", re.IGNORECASE), wish)
    for form, wish in _FORMS
)
_OWNED_VIEW = re.compile(
    r"^(?:FROM )?(?P<owner>[^.:!?]{1,40}?)(?:'S|’S|S'|S’) (?:P\.?O\.?V\.?|POINT OF VIEW)\b[\s:.\-–—]*", re.IGNORECASE
)
_OVER_SHOULDER = re.compile(r"^OVER (?P<owner>[^.:!?]{1,40}?)(?:'S|’S|S'|S’) SHOULDERS?\b", re.IGNORECASE)
_ON_SOMEONE = re.compile(r"^ON (?=[A-Z][A-Z'’]+)")
# "CLOSE ON her hands" is on whoever was just seen.
OWN_BODY = re.compile(
    r"^(?:him|she|he|(?:his|her)(?: \w+)? (?:eyes?|face|hands?|fingers?|mouth|lips|feet|back|head|reaction|profile))\b",
    re.IGNORECASE,
)
_PROSE = frozenset({"back to", "back on", "focus on", "track with", "closer on"})
_NEEDS_MORE = frozenset(
    {
        "CLOSE",
        "WIDE",
        "WIDER",
        "CLOSER",
        "MS",
        "LS",
        "WS",
        "CU",
        "ZOOM",
        "TRACK",
        "FEATURING",
        "PAN",
        "PANS",
        "TILT",
        "CRANE",
    }
)


def find_call(text: str) -> Call | None:
    """The camera call that a paragraph or sentence starts with, or None.

    A call is written in capitals ("CLOSE ON", "INSERT -") or starts a sentence and is
    followed by what it is on ("Close on Mara's eyes"). Prose that merely uses the word
    ("Close the door") is no call.
    """
    text = text.strip().strip("*_").lstrip("(-–— ")
    for pattern, angle, turned in (
        (_OWNED_VIEW, "point of view", ""),
        (_OVER_SHOULDER, "over the shoulder", "medium shot"),
    ):
        owned = pattern.match(text)
        if owned and owned.group()[-5:].isupper():
            return Call(words=owned.group().strip(" :-–—."), subject=owned.group("owner"), angle=angle, size=turned)
    for pattern, wish in _CALLS:
        found = pattern.match(text)
        if not found:
            continue
        words = found.group("call")
        rest = text[found.end() :]
        if not _is_meant(words, rest):
            continue
        subject = re.split(r"(?<=[a-z\w])[.!?](?:\s|$)", rest.strip(" :.,-–—"), maxsplit=1)[0].strip()
        return Call(words=words.upper(), subject=subject, **wish)  # type: ignore[arg-type]
    found = _ON_SOMEONE.match(text)
    if found:
        return Call(
            words="ON", subject=re.split(r"[.:,\-–—]", text[found.end() :], maxsplit=1)[0].strip(), size="medium shot"
        )
    return None


def _is_meant(words: str, rest: str) -> bool:
    if words.split()[0].isupper():
        if words in _NEEDS_MORE:
            return not rest.strip() or rest.lstrip()[:1] in ":-–—." or rest.isupper()
        return True
    if words.lower() in _PROSE:
        return False
    return words[0].isupper() and (
        words.lower().endswith((" on", " of", " to", " in on")) or rest.lstrip().startswith(":")
    )


def is_call(line: str) -> bool:
    """Whether a whole line, in capitals, is a camera call."""
    plain = line.strip().strip("*_")
    letters = [letter for letter in plain if letter.isalpha()]
    if not letters or len(plain) > 80 or sum(letter.isupper() for letter in letters) < 0.8 * len(letters):
        return False
    return find_call(plain) is not None
