"""Finds the characters: one for all spellings of a cue, groups and bit parts kept apart from leads."""

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pipeline.script import names
from pipeline.script.cues import is_caseless, is_voice_only, name_key, straighten
from pipeline.script.introductions import cue_of_full_name, introduced
from pipeline.script.screenplay import Element, Kind
from storage.domain.scene_graph import Billing, Character, CharacterId, Evidence, Origin

_WORD = re.compile(r"[^\W_]+(?:[.'\-][^\W_]+)*\.?")
_PAIR = re.compile(r"\s*(?:&|/|,|\+|\bAND\b|\bWITH\b)\s*")
_VOICE_OF = re.compile(r"^(.+)'S? VOICE$|^VOICE OF (.+)$")
_PICTURE_OF = re.compile(
    r"\b(?:photo|photograph|picture|portrait|painting|poster|statue|drawing|image|sketch|memory|name|grave"
    r"|voice)s? of (?:the |young |little |old )*$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """A character's name in a text, from `start` to `stop`.

    Attributes:
        is_physical: the person is there; not in "Mara's car" and "a photo of Mara".
    """

    start: int
    stop: int
    character_id: CharacterId
    is_possessive: bool
    is_physical: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Cast:
    """Everyone in the film.

    Attributes:
        speakers: for each index of a cue among the elements, who speaks and whether unseen.
        gender: "m", "f" or "" for each character.
    """

    characters: Mapping[CharacterId, Character]
    speakers: Mapping[int, tuple[tuple[CharacterId, ...], bool]]
    gender: Mapping[CharacterId, str]
    aliases: Mapping[str, CharacterId]
    _by_first_word: Mapping[str, tuple[tuple[str, CharacterId, bool], ...]]
    _caseless: tuple[tuple[str, CharacterId], ...]

    def mentions(self, text: str) -> list[Mention]:
        """Every name in an action text, in order, longest first, none overlapping."""
        plain = straighten(text)
        upper = _same_length_upper(plain)
        found: list[Mention] = []
        last = 0
        for word in _WORD.finditer(upper):
            if word.start() < last:
                continue
            for first in {word.group(), word.group().split("'")[0], word.group().rstrip(".")}:
                hit = self._match_at(plain, upper, word.start(), first)
                if hit:
                    found.append(hit)
                    last = hit.stop
                    break
        for name, character_id in self._caseless:
            start = plain.find(name)
            while start >= 0:
                found.append(_mention(plain, start, start + len(name), character_id))
                start = plain.find(name, start + len(name))
        return sorted(found, key=lambda mention: mention.start) if self._caseless else found

    def _match_at(self, plain: str, upper: str, start: int, first: str) -> Mention | None:
        for alias, character_id, is_role in self._by_first_word.get(first, ()):
            stop = start + len(alias)
            if upper[start:stop] != alias or (stop < len(upper) and (upper[stop].isalnum() or upper[stop] == "_")):
                continue
            spelled = plain[start:stop]
            if spelled[0].islower() and not (is_role and plain[max(0, start - 4) : start].lower() == "the "):
                continue
            if (
                is_role
                and spelled[0].isupper()
                and not spelled.isupper()
                and start
                and plain[start - 2 : start - 1] not in '.!?"'
            ):
                continue
            return _mention(plain, start, stop, character_id)
        return None


def _mention(plain: str, start: int, stop: int, character_id: CharacterId) -> Mention:
    possessive = plain[stop : stop + 2].lower() == "'s" or (
        plain[stop : stop + 1] == "'" and plain[stop - 1 : stop] in "sS"
    )
    return Mention(
        start=start,
        stop=stop,
        character_id=character_id,
        is_possessive=possessive,
        is_physical=not possessive and not _PICTURE_OF.search(plain[max(0, start - 40) : start]),
    )


def _same_length_upper(text: str) -> str:
    upper = text.upper()
    return (
        upper
        if len(upper) == len(text)
        else "".join(letter.upper() if len(letter.upper()) == 1 else letter for letter in text)
    )


def slug(name: str) -> str:
    """A name as the end of an id: "Dr. Éloïse O'Brien" is "dr-eloise-obrien"; 雪 stays."""
    plain = unicodedata.normalize("NFKD", straighten(name).replace("'", ""))
    plain = "".join(letter for letter in plain if not unicodedata.combining(letter)).casefold()
    plain = unicodedata.normalize("NFC", plain.replace("#", " number "))
    return re.sub(r"[^\w]+", "-", plain).strip("-_") or "unnamed"


@dataclass(slots=True, kw_only=True)
class _Part:
    spellings: Counter[str]
    cues: int = 0
    words: int = 0
    first: Element
    is_group: bool = False
    mentions: int = 0


def find_cast(elements: Sequence[Element]) -> Cast:
    """Find everyone who speaks, and those whom the action introduces by name in capitals.

    Args:
        elements: of the whole screenplay.

    Returns:
        The cast; a cue such as "MARA & THEO" speaks for its members where both are known.
    """
    parts: dict[str, _Part] = {}
    cues = [(index, element) for index, element in enumerate(elements) if element.kind is Kind.CUE]
    known = {name_key(element.text) for _, element in cues}
    full_names: dict[str, list[str]] = defaultdict(list)
    for key, (name, element) in introduced(elements, known):
        shorter = cue_of_full_name(key, known)
        if shorter:
            full_names[shorter].append(name)
        else:
            parts[key] = _Part(spellings=Counter({name: 1}), first=element)
    known |= parts.keys()
    members_of: dict[int, tuple[str, ...]] = {}
    for index, element in cues:
        key = name_key(element.text)
        keys = _speaking(key, known, _lately(elements, index, known) if key == "BOTH" else ())
        members_of[index] = keys
        words = _words_after(elements, index)
        for key in keys:
            part = parts.setdefault(key, _Part(spellings=Counter(), first=element))
            part.cues += 1
            part.words += words
            part.first = min(part.first, element, key=lambda first: first.first_line)
            if len(keys) == 1 and key == name_key(element.text):
                part.spellings[straighten(element.text)] += 1
            part.spellings.setdefault(key, 0)
    for key, part in parts.items():
        part.is_group = _is_group(key)
        part.spellings.update(full_names.get(key, ()))
    return _cast(elements, parts, members_of)


def _speaking(key: str, known: set[str], recent: Sequence[str]) -> tuple[str, ...]:
    """The keys of those who speak under a cue."""
    voice = _VOICE_OF.match(key)
    if voice:
        owner = (voice.group(1) or voice.group(2) or "").strip()
        if owner in known:
            return (owner,)
    members = tuple(dict.fromkeys(member for member in _PAIR.split(key) if member))
    if len(members) > 1 and all(_is_known(member, known) for member in members):
        return tuple(_is_known(member, known) for member in members)
    if key == "BOTH":
        single = [name for name in recent if not _is_group(name)][-2:]
        if len(single) == 2:
            return tuple(single)
    return (key,)


def _is_known(member: str, known: set[str]) -> str:
    if member in known:
        return member
    longer = [key for key in known if member in key.split() and not _PAIR.search(key)]
    return longer[0] if len(longer) == 1 else ""


def _is_group(key: str) -> bool:
    tokens = key.split()
    last = tokens[-1] if tokens else ""
    if last in names.GROUP_WORDS or tokens[0] in names.GROUP_WORDS or tokens[0] in names.COUNT_WORDS:
        return True
    if last.endswith("S") and (
        last[:-1] in names.ROLE_WORDS or (last.endswith("ES") and last[:-2] in names.ROLE_WORDS)
    ):
        return True
    return len([member for member in _PAIR.split(key) if member]) > 1


def _lately(elements: Sequence[Element], index: int, known: set[str]) -> list[str]:
    """Who spoke or was named in the scene before an element, the latest last."""
    lately: list[str] = []
    for element in reversed(elements[:index]):
        if element.kind is Kind.HEADING:
            break
        keys = [name_key(element.text)] if element.kind is Kind.CUE else []
        if element.kind is Kind.ACTION:
            words = {word.strip(".,;:!?()'\"").upper() for word in straighten(element.text).split()}
            keys = sorted(key for key in known if set(key.split()) <= words and len(key) > 2)
        lately[:0] = [key for key in keys if key in known and key not in lately]
    return lately


def _words_after(elements: Sequence[Element], index: int) -> int:
    words = 0
    for element in elements[index + 1 :]:
        if element.kind is Kind.DIALOGUE:
            words += len(element.text.split())
        elif element.kind is not Kind.PARENTHETICAL:
            break
    return words


def _cast(elements: Sequence[Element], parts: dict[str, _Part], members_of: Mapping[int, tuple[str, ...]]) -> Cast:
    ids = _ids(parts)
    aliases = _aliases(parts, ids)
    by_first: dict[str, list[tuple[str, CharacterId, bool]]] = defaultdict(list)
    caseless: list[tuple[str, CharacterId]] = []
    for alias, character_id in aliases.items():
        if is_caseless(alias):
            caseless.append((alias, character_id))
            continue
        tokens = name_key(alias).split()
        role = (
            tokens[-1] in names.ROLE_WORDS
            or tokens[-1] in names.GROUP_WORDS
            or tokens[-1].removesuffix("S") in names.ROLE_WORDS
        )
        first = _WORD.match(alias)
        if first:
            by_first[first.group().rstrip(".")].append((alias, character_id, role))
            by_first[first.group().split("'")[0]].append((alias, character_id, role))
    ordered = {
        word: tuple(sorted(set(found), key=lambda item: (-len(item[0]), item[0]))) for word, found in by_first.items()
    }
    bare = Cast(
        characters={},
        speakers={},
        gender={},
        aliases=aliases,
        _by_first_word=ordered,
        _caseless=tuple(sorted(caseless, key=lambda item: -len(item[0]))),
    )
    key_of = {character_id: key for key, character_id in ids.items()}
    votes: dict[CharacterId, Counter[str]] = defaultdict(Counter)
    for element in elements:
        if element.kind not in (Kind.ACTION, Kind.CALL):
            continue
        named = {mention.character_id for mention in bare.mentions(element.text)}
        for character_id in named:
            parts[key_of[character_id]].mentions += 1
        if len(named) == 1:
            pronouns = re.findall(r"\b(he|him|his|she|her|hers)\b", element.text.lower())
            votes[next(iter(named))].update("m" if word in ("he", "him", "his") else "f" for word in pronouns)
    billings = _billings(parts)
    characters = {
        ids[key]: Character(
            id=ids[key],
            names=_spellings(key, part),
            billing=billings[key],
            evidence=Evidence(
                origin=Origin.SCRIPT,
                first_line=part.first.first_line,
                last_line=part.first.last_line,
                quote=part.first.text,
            ),
        )
        for key, part in parts.items()
    }
    return Cast(
        characters=characters,
        speakers={
            index: (
                tuple(ids[key] for key in keys),
                is_voice_only(elements[index].extensions) or bool(_VOICE_OF.match(name_key(elements[index].text))),
            )
            for index, keys in members_of.items()
        },
        gender={ids[key]: _gender(key, votes[ids[key]]) for key in parts},
        aliases=aliases,
        _by_first_word=ordered,
        _caseless=bare._caseless,
    )


def _spellings(key: str, part: _Part) -> tuple[str, ...]:
    capitals = [name for name in part.spellings if name == name.upper() and part.spellings[name]]
    shown = max(capitals, key=lambda name: (part.spellings[name], name_key(name) == key), default="") or next(
        iter(part.spellings), key
    )
    return (shown, *sorted(name for name, count in part.spellings.items() if name != shown and count))


def _ids(parts: Mapping[str, _Part]) -> dict[str, CharacterId]:
    ids: dict[str, CharacterId] = {}
    taken: set[str] = set()
    for key in parts:
        wanted, number = slug(key), 2
        while wanted in taken:
            wanted, number = f"{slug(key)}-{number}", number + 1
        taken.add(wanted)
        ids[key] = CharacterId(f"character:{wanted}")
    return ids


def _aliases(parts: Mapping[str, _Part], ids: Mapping[str, CharacterId]) -> dict[str, CharacterId]:
    """Upper-case texts that mean a character: each spelling, and a first or last name that only one has."""
    aliases: dict[str, CharacterId] = {}
    owners: dict[str, set[str]] = defaultdict(set)
    for key, part in parts.items():
        if key in ("ALL", "EVERYONE", "BOTH", "TOGETHER", "EVERYBODY", "OTHERS", "VARIOUS", "V", "VOICE", "VOICES"):
            continue
        for name in {key, *part.spellings}:
            aliases[_same_length_upper(straighten(name))] = ids[key]
        tokens = key.split()
        if not part.is_group:
            for token in tokens if len(tokens) > 1 else ():
                owners[token].add(key)
    for token, keys in owners.items():
        plain = token.strip("#'\"")
        if len(keys) != 1 or len(plain) < 3 or token in parts or not plain.isalpha():
            continue
        if (
            token
            in names.TITLES
            | names.DESCRIPTIONS
            | names.ROLE_WORDS
            | names.GROUP_WORDS
            | names.NEVER_PEOPLE
            | names.COUNT_WORDS
        ):
            continue
        if any(word in names.ROLE_WORDS - names.TITLES for word in next(iter(keys)).split()):
            continue
        aliases.setdefault(token, ids[next(iter(keys))])
    return aliases


def _gender(key: str, votes: Counter[str]) -> str:
    tokens = set(key.split())
    if votes["m"] + votes["f"] >= 2 and votes["m"] != votes["f"]:
        return "m" if votes["m"] > votes["f"] else "f"
    for words, gender in (
        (names.MALE_WORDS, "m"),
        (names.FEMALE_WORDS, "f"),
        (names.MALE_NAMES, "m"),
        (names.FEMALE_NAMES, "f"),
    ):
        if tokens & words:
            return gender
    return votes.most_common(1)[0][0] if votes else ""


def _is_bit_name(key: str) -> bool:
    """ "MAN #1", "COP 2", "FIRST GUARD": numbered, so nobody in particular."""
    tokens = key.split()
    numbered = tokens[-1].lstrip("#").isdigit() or tokens[0] in ("FIRST", "SECOND", "THIRD", "FOURTH")
    return len(tokens) > 1 and numbered


def _billings(parts: Mapping[str, _Part]) -> dict[str, Billing]:
    scores = {key: part.words + 5 * part.cues + 3 * part.mentions for key, part in parts.items() if not part.is_group}
    most = max(scores.values(), default=0)
    most_cues = max((part.cues for part in parts.values() if not part.is_group), default=0)
    leads = sorted((key for key in scores if scores[key] >= 0.35 * most), key=lambda key: (-scores[key], key))[:6]
    billings: dict[str, Billing] = {}
    for key, part in parts.items():
        if part.is_group:
            billings[key] = Billing.GROUP
        elif key in leads and (part.cues > 1 or most_cues < 4) and not _is_bit_name(key):
            billings[key] = Billing.LEAD
        elif part.cues <= 1 and part.mentions < 5:
            billings[key] = Billing.BIT
        elif part.cues >= 4 or scores[key] >= 0.08 * most:
            billings[key] = Billing.SUPPORTING
        else:
            billings[key] = Billing.BIT
    return billings
