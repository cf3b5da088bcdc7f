"""Which words pocket knows, and the nearest known words for a description that uses others."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType

from pipeline.description import FrameDescription, PersonDescription, Worn
from pipeline.pocket import thesaurus, world
from pipeline.pocket.colours import named_colour, nearest_colour
from storage.domain import vocabulary
from storage.domain.vocabulary import Attribute

# Any checkpoint draws at eye level, so that the word need not be said.
_EVERY_ANGLE = "eye level"
_OVER_THE_SHOULDER = "over the shoulder"
_INSERT = "insert"
_CLEAR = "clear"
ACTION = "action"
GARMENT_COLOUR = "garment colour"
FACING = "facing"
INSERTED = "inserted"
# From the outside in: what is worn over what.
_OVER = ("coat", "jacket", "suit", "sweater", "dress", "shirt")

Lexicon = Mapping[str, Sequence[str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Substitution:
    """One thing that pocket draws otherwise than described, or not at all.

    Attributes:
        attribute: what it is about, in the vocabulary's words.
        asked: the word in the description.
        drawn: the word that takes its place; empty where it is left out.
        person: index of the person from the left; None for the frame.
    """

    attribute: str
    asked: str
    drawn: str = ""
    person: int | None = None

    @property
    def words(self) -> str:
        """The substitution as a sentence for the director."""
        whose = "" if self.person is None else f" (person {self.person + 1} from the left)"
        if self.drawn:
            return f"{self.attribute}: {self.asked} drawn as {self.drawn}{whose}"
        return f"{self.attribute}: {self.asked} cannot be drawn{whose}"


LEXICON: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        Attribute.EYES.value: tuple(world.EYES),
        Attribute.HAIR_COLOUR.value: tuple(world.HAIR_COLOURS),
        Attribute.HAIR_STYLE.value: world.HAIR_STYLES,
        Attribute.SKIN.value: tuple(world.SKINS),
        Attribute.GARMENT.value: world.GARMENTS,
        GARMENT_COLOUR: tuple(world.GARMENT_COLOURS),
        Attribute.ACCESSORY.value: world.ACCESSORIES,
        Attribute.SETTING.value: world.SETTINGS,
        Attribute.TIME_OF_DAY.value: world.TIMES_OF_DAY,
        Attribute.SHOT_SIZE.value: world.SHOT_SIZES,
        Attribute.MOVEMENT.value: world.MOVEMENTS,
        ACTION: world.ACTIONS,
        Attribute.AGE.value: world.AGES,
        Attribute.WEATHER.value: world.WEATHERS,
        Attribute.ANGLE.value: world.ANGLES,
        Attribute.HELD_PROP.value: world.PROPS,
        FACING: world.FACINGS,
        INSERTED: world.PROPS,
    }
)


def nearest(
    description: FrameDescription, lexicon: Lexicon = LEXICON, max_people: int = world.MAX_PEOPLE
) -> tuple[FrameDescription, tuple[Substitution, ...]]:
    """Say a description in the words that a checkpoint knows.

    Args:
        description: any words.
        lexicon: attribute → words of the checkpoint, from its manifest; what the artist knows unless given.
        max_people: more are left out.

    Returns:
        The description with known words only, and one substitution for every word that was changed or
        left out. A description in known words comes back equal, with no substitution.
    """
    changes: list[Substitution] = []

    def settle(attribute: str, asked: str, known: str, person: int | None = None) -> str:
        if asked != known:
            changes.append(Substitution(attribute=attribute, asked=asked, drawn=known, person=person))
        return known

    words = {name: tuple(lexicon.get(name, ())) for name in LEXICON}
    inserted = _by_table(description.inserted, words[INSERTED], thesaurus.PROPS)
    size = _size(description, inserted, words[Attribute.SHOT_SIZE])
    drawn = () if size == _INSERT else description.people[:max_people]
    if (size or _INSERT) != _INSERT or (not size and description.people):
        inserted = ""
    setting = nearest_setting(description.setting, words[Attribute.SETTING])
    weather = _by_table(description.weather, words[Attribute.WEATHER], thesaurus.WEATHERS)
    if setting in world.INDOORS and weather != _CLEAR:
        weather = ""
    angle = _by_table(description.angle, words[Attribute.ANGLE], thesaurus.ANGLES)
    if angle == _OVER_THE_SHOULDER and (len(drawn) != 2 or size == "wide shot"):
        angle = ""
    if description.angle != _EVERY_ANGLE:
        settle(Attribute.ANGLE, description.angle, angle)
    settle(Attribute.LIGHT_KEY, description.light_key, "")
    settle(Attribute.LIGHT_WARMTH, description.light_warmth, "")
    settle(Attribute.LIGHT_DIRECTION, description.light_direction, "")
    for index, person in enumerate(description.people):
        if index >= len(drawn):
            asked = ", ".join(person.phrases) or "somebody"
            changes.append(Substitution(attribute=Attribute.PEOPLE, asked=asked, person=index))
    known = FrameDescription(
        shot_size=settle(Attribute.SHOT_SIZE, description.shot_size, size),
        angle=angle,
        movement=settle(
            Attribute.MOVEMENT,
            description.movement,
            _by_table(description.movement, words[Attribute.MOVEMENT], thesaurus.MOVEMENTS),
        ),
        setting=settle(Attribute.SETTING, description.setting, setting),
        time_of_day=settle(
            Attribute.TIME_OF_DAY,
            description.time_of_day,
            _by_table(description.time_of_day, words[Attribute.TIME_OF_DAY], thesaurus.TIMES, default="day"),
        ),
        weather=settle(Attribute.WEATHER, description.weather, weather),
        inserted=settle(INSERTED, description.inserted, inserted),
        people=tuple(_nearest_person(person, index, words, settle) for index, person in enumerate(drawn)),
    )
    return known, tuple(changes)


def _size(description: FrameDescription, inserted: str, known: Sequence[str]) -> str:
    """The size that is drawn. An insert of nothing that is known comes down to a close-up of whoever is in it."""
    without = tuple(word for word in known if word != _INSERT) if description.people and not inserted else known
    return _by_table(description.shot_size, without, thesaurus.SIZES, default="medium shot")


def nearest_setting(asked: str, known: Sequence[str] = world.SETTINGS) -> str:
    """The known setting that is nearest to a place name such as "Mia's diner" or "EXT. back alley"."""
    if not asked or asked in known:
        return asked
    name = f" {' '.join(''.join(c if c.isalnum() else ' ' for c in asked.lower()).split())} "
    found = [
        (name.rfind(f" {word}{plural} ") + len(f" {word}{plural} "), len(word), setting)
        for setting, words in thesaurus.SETTING_WORDS.items()
        for word in words
        for plural in ("", "s")
        if f" {word}{plural} " in name
    ]
    outside = any(f" {word} " in name for word in thesaurus.OUTSIDE)
    # English puts the thing last: a "beach house" is a house.
    setting = max(found)[2] if found else "street" if outside else "office"
    return setting if setting in known else _by_table(setting, known, thesaurus.SETTINGS)


def _by_table(asked: str, known: Sequence[str], table: Mapping[str, str], default: str = "") -> str:
    """The known word that is asked for, named within it, or led to by the table; else the default."""
    if not asked or asked in known:
        return asked
    word = asked.lower().strip()
    for _ in range(len(table) + 1):
        if word in known:
            return word
        within = f" {word} "
        named = [(within.rfind(f" {each} "), each) for each in known if f" {each} " in within]
        if named and word not in table:
            return max(named)[1]
        parts = sorted((part for part in table if f" {part} " in within), key=len)
        if not parts:
            break
        word = table[parts[-1]]
    return default if default in known else ""


def _nearest_person(
    person: PersonDescription,
    index: int,
    words: Lexicon,
    settle: Callable[[str, str, str, int | None], str],
) -> PersonDescription:
    settle(Attribute.BUILD, person.build, "", index)

    def one(attribute: str, asked: str, table: Mapping[str, str], default: str = "") -> str:
        return settle(attribute, asked, _by_table(asked, words[attribute], table, default), index)

    def coloured(attribute: str, asked: str, palette: Mapping[str, world.Rgb], table: Mapping[str, str]) -> str:
        return settle(attribute, asked, _coloured(asked, _known_part(palette, words[attribute]), table), index)

    return replace(
        person,
        build="",
        age=one(Attribute.AGE, person.age, thesaurus.AGES),
        skin=one(Attribute.SKIN, person.skin, thesaurus.SKINS, "tan"),
        hair_style=one(Attribute.HAIR_STYLE, person.hair_style, thesaurus.HAIR_STYLES, "short"),
        hair_colour=coloured(Attribute.HAIR_COLOUR, person.hair_colour, world.HAIR_COLOURS, thesaurus.HAIR_COLOURS),
        eyes=coloured(Attribute.EYES, person.eyes, world.EYES, thesaurus.EYES),
        garments=_nearest_garments(person.garments, index, words, settle),
        accessories=_nearest_accessories(person.accessories, index, words, settle),
        held=_nearest_held(person.held, index, words, settle),
        facing=one(FACING, person.facing, thesaurus.FACINGS),
        action=one(ACTION, person.action, thesaurus.ACTIONS),
    )


def _known_part(palette: Mapping[str, world.Rgb], known: Sequence[str]) -> Mapping[str, world.Rgb]:
    return {word: colour for word, colour in palette.items() if word in known}


def _coloured(asked: str, palette: Mapping[str, world.Rgb], table: Mapping[str, str]) -> str:
    word = asked.lower().strip()
    if not asked or asked in palette or not palette:
        return asked if asked in palette else ""
    for _ in range(len(table) + 1):
        if word in palette:
            return word
        if word not in table:
            break
        word = table[word]
    colour = named_colour(asked)
    return nearest_colour(colour, palette) if colour else ""


def _nearest_garments(
    garments: tuple[Worn, ...], index: int, words: Lexicon, settle: Callable[[str, str, str, int | None], str]
) -> tuple[Worn, ...]:
    """Keep the outermost upper garment; report the others."""
    upper = [worn for worn in garments if worn.kind.lower() not in thesaurus.LOWER_GARMENTS]
    known_kinds = words[Attribute.GARMENT]
    kinds = {id(worn): _by_table(worn.kind, known_kinds, thesaurus.GARMENTS, default="shirt") for worn in upper}
    chosen = min(upper, key=lambda worn: _OVER.index(kinds[id(worn)]), default=None)
    palette = _known_part(world.GARMENT_COLOURS, words[GARMENT_COLOUR])
    known: tuple[Worn, ...] = ()
    for worn in garments:
        if worn is not chosen:
            settle(Attribute.GARMENT, worn.words, "", index)
            continue
        near = Worn(kind=kinds[id(worn)], colour=_coloured(worn.colour, palette, thesaurus.CLOTHS))
        settle(Attribute.GARMENT, worn.words, near.words, index)
        known = (near,)
    return known


def _nearest_accessories(
    accessories: tuple[Worn, ...], index: int, words: Lexicon, settle: Callable[[str, str, str, int | None], str]
) -> tuple[Worn, ...]:
    known: list[Worn] = []
    kinds = words[Attribute.ACCESSORY]
    for worn in accessories:
        near = Worn(kind=_by_table(worn.kind, kinds, thesaurus.ACCESSORIES))
        settle(Attribute.ACCESSORY, worn.words, near.words, index)
        if near.kind and near not in known:
            known.append(near)
    # The artist's and the captions' order, so that prompts look like captions.
    return tuple(sorted(known, key=lambda worn: kinds.index(worn.kind)))


def _nearest_held(
    held: tuple[Worn, ...], index: int, words: Lexicon, settle: Callable[[str, str, str, int | None], str]
) -> tuple[Worn, ...]:
    """Keep the first prop that is known; report the others, and the colour of any."""
    known: tuple[Worn, ...] = ()
    for worn in held:
        near = Worn(kind=_by_table(worn.kind, words[Attribute.HELD_PROP], thesaurus.PROPS))
        kept = near if near.kind and not known else None
        settle(Attribute.HELD_PROP, worn.words, kept.words if kept else "", index)
        if kept:
            known = (kept,)
    return known


def standard_words_unknown() -> Mapping[str, tuple[str, ...]]:
    """The vocabulary's standard values that pocket can only substitute, by attribute; for the card."""
    return {
        attribute.value: missing
        for attribute, values in vocabulary.STANDARD_VALUES.items()
        if attribute.value in LEXICON
        and attribute not in vocabulary.PARTED_ATTRIBUTES
        and (missing := tuple(value for value in values if value not in LEXICON[attribute.value]))
    }
