"""Character cues: their names, their extensions, and the lines that only look like one."""

import re
import unicodedata
from dataclasses import dataclass

from pipeline.script.calls import is_call
from pipeline.script.names import word_set

_CONTINUED = re.compile(r"[\s,\-–—]*\(?\s*\bcont(?:'d|inued|inuing|d|\.)\s*\)?(?=\s*(?:\(|\^|$))", re.IGNORECASE)
_BARE_EXTENSION = re.compile(r"[\s,\-–—]+((?:v\.\s?o|o\.\s?s|o\.\s?c)\.?|vo|os|oc)$", re.IGNORECASE)
_PARENTHESES = re.compile(r"\(([^()]*)\)?")
_VOICE_ONLY = re.compile(
    r"^(v\.?\s?o|o\.?\s?s|o\.?\s?c|voice|off|filter|on (the |a )?(phone|radio|tv|television|speaker|intercom"
    r"|video|tape)"
    r"|over (the )?(phone|radio|speaker|intercom|p\.?a)|from |through |behind |recorded)",
    re.IGNORECASE,
)
_MIXED_PREFIX = re.compile(r"\b(?:Mc|Mac|De|Di|Da|Du|La|Le|Van|Von|Fitz|O')(?=[A-Z]{2})")
_INITIAL_AT_END = re.compile(r"(?:^|[\s.])(?:[A-Z]|JR|SR|ESQ|M\.D|PH\.D|DR|MR|MRS|MS|ST)\.$")
_NOISES = word_set(
    """
    RINGS RING EXPLODES OPENS CLOSES SLAMS STOPS STARTS FALLS RUNS BLOWS BURSTS CRASHES SCREAMS RISES DIES GOES
    BUZZES BEEPS HITS SHATTERS ROARS PASSES ERUPTS SOUNDS DISAPPEARS APPEARS LANDS SHAKES BREAKS
    """
)
_NEVER_A_NAME = re.compile(
    r"^(?:THE END|END(?: OF .*| CREDITS.*| TITLES.*)?|FIN|LATER|(?:MOMENTS?|SECONDS|MINUTES|HOURS?|DAYS?|WEEKS?"
    r"|MONTHS?|YEARS?"
    r"|(?:AN?|ONE|TWO|THREE|FOUR|FIVE|SIX|SEVEN|EIGHT|NINE|TEN|TWENTY|SEVERAL|\d+) \w+)(?: EARLIER| LATER| AGO)"
    r"|CONTINUED|\(?MORE\)?|CONTINUOUS|SAME(?: TIME)?|DAY|NIGHT|MORNING|EVENING|DAWN|DUSK|TITLES?|(?:MAIN|OPENING"
    r"|END) (?:TITLES?|CREDITS?)"
    r"|TITLE CARD.*|TITLES? OVER.*|SUPER(?:IMPOSED?)?(?:\s*:.*)?|CHYRON(?:\s*:.*)?|CAPTION|CREDITS?|OMITTED"
    r"|BLACK(?:OUT)?|OVER BLACK"
    r"|WHITE|SILENCE|BEAT|PAUSE"
    r"|(?:BEGIN |START |END |BACK TO |RESUME )?(?:A )?(?:MONTAGE|FLASHBACKS?|FLASH|INTERCUT|SERIES OF SHOTS"
    r"|DREAM SEQUENCE)\b.*"
    r"|BACK TO .*|RESUME .*|ACT (?:ONE|TWO|THREE|FOUR|FIVE|\d+|[IVX]+)|(?:END OF )?ACT .*|TEASER|COLD OPEN|TAG"
    r"|PROLOGUE|EPILOGUE"
    r"|SCENE \w+|CHAPTER .*|PART (?:ONE|TWO|THREE|\d+|[IVX]+)|QUICK CUTS?|THE SCREEN .*|DISSOLVE.*|CUT .*|FADE .*)$"
)
TRANSITION = re.compile(
    r"^(?:FADE (?:IN|OUT|UP|TO|FROM)\b[^a-z]*|[^a-z()]{0,40}\b(?:CUT|DISSOLVE|WIPE|FADE|IRIS|FLASH|TRANSITION"
    r"|BACK|CROSSFADE) TO"
    r"(?:[ ][A-Z ]{1,12})?[:.]?|(?:SMASH |JUMP |HARD |MATCH |QUICK |FLASH )?CUT(?: TO .{0,20})?[:.]|(?:CROSS"
    r"|LAP) ?(?:FADE|DISSOLVE)[:.]?"
    r"|DISSOLVE[:.]?|CUT TO BLACK\.?|BLACK ?OUT\.|IRIS (?:IN|OUT)\.?|[A-Z ]{1,30} TO:)$"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Cue:
    """A cue taken apart: the name as it is spelled, its extensions, whether it is dual dialogue."""

    name: str
    extensions: tuple[str, ...] = ()
    dual: bool = False


def straighten(text: str) -> str:
    """Typographic quotes and spaces become plain ones; the length stays the same."""
    return text.translate(_STRAIGHT)


_STRAIGHT = str.maketrans({"’": "'", "‘": "'", "ʼ": "'", "“": '"', "”": '"', "\u00a0": " ", "\u202f": " ", "\t": " "})


def split_cue(text: str) -> Cue:
    """Take "MARA  (cont’d) (V.O.) ^" apart into "MARA", ("V.O.",) and dual."""
    plain = straighten(unicodedata.normalize("NFC", text)).strip()
    dual = plain.endswith("^")
    plain = _CONTINUED.sub(" ", plain.rstrip("^ ").strip())
    extensions = [found.strip() for found in _PARENTHESES.findall(plain)]
    name = " ".join(_PARENTHESES.sub(" ", plain).split()).strip(" :*_")
    bare = _BARE_EXTENSION.search(name)
    if bare and bare.start() > 0:
        extensions.append(bare.group(1))
        name = name[: bare.start()].strip()
    return Cue(name=name, extensions=tuple(extension for extension in extensions if extension), dual=dual)


def is_voice_only(extensions: tuple[str, ...]) -> bool:
    """Whether the speaker is heard and not seen: V.O., O.S., on the phone; not "into phone"."""
    return any(_VOICE_ONLY.match(extension) for extension in extensions)


def name_key(name: str) -> str:
    """What two spellings of one name share: "Dr. O’Neil" and "DR O'NEIL" are "DR O'NEIL"."""
    plain = straighten(unicodedata.normalize("NFC", name)).upper()
    return " ".join(plain.replace(".", " ").split())


def is_caseless(text: str) -> bool:
    """Whether the text has letters, none of which is a capital or a small one (雪)."""
    letters = [letter for letter in text if letter.isalpha()]
    return bool(letters) and not any(letter.isupper() or letter.islower() for letter in letters)


def is_capitals(text: str) -> bool:
    """Whether every cased letter is a capital, "McCLANE" and "O’BRIEN" included."""
    plain = _MIXED_PREFIX.sub("", straighten(text))
    return any(letter.isupper() for letter in plain) and not any(letter.islower() for letter in plain)


def is_marker(text: str) -> bool:
    """Whether a text in capitals only marks a place in the script: "MONTAGE", "END FLASHBACK", "LATER"."""
    plain = text.strip(" .:-–—")
    return is_capitals(plain) and bool(_NEVER_A_NAME.match(plain.upper()))


def looks_like_cue(line: str) -> bool:
    """Whether a line that stands where a cue may stand reads as one."""
    cue = split_cue(line)
    name = cue.name
    if not name or len(name) > 45 or len(name.split()) > 6 or line.lstrip()[:1] in "([\"'“-–—.":
        return False
    if not any(letter.isalpha() for letter in name):
        return False
    if not is_capitals(name) and not (is_voice_only(cue.extensions) and len(name.split()) <= 3 and name[0].isupper()):
        return False
    upper = name.upper()
    if name[-1] in '.!?,;-–—…"' and not _INITIAL_AT_END.search(upper):
        return False
    if " - " in name or "--" in name or "…" in name or "..." in name or re.search(r"[!?;=<>{}\[\]]", name):
        return False
    if line.rstrip().endswith(":") and len(name.split()) > 2:
        return False
    words = upper.split()
    if len(words) > 2 and words[0] in ("THE", "A", "AN") and words[-1] in _NOISES:
        return False
    return not (_NEVER_A_NAME.match(upper) or TRANSITION.match(upper) or is_call(name))
