"""Which words pocket knows, and the nearest known words for a description that uses others."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

from pipeline.description import FrameDescription, PersonDescription, Worn
from pipeline.pocket import thesaurus, world
from pipeline.pocket.colours import named_colour, nearest_colour
from storage.domain import vocabulary
from storage.domain.vocabulary import Attribute

# Pocket draws everything at eye level, so that the word need not be said.
_EVERY_ANGLE = "eye level"
ACTION = "action"
GARMENT_COLOUR = "garment colour"


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
    }
)


def nearest(description: FrameDescription) -> tuple[FrameDescription, tuple[Substitution, ...]]:
    """Say a description in the words that pocket knows.

    Args:
        description: any words.

    Returns:
        The description with known words only, and one substitution for every word that was changed or
        left out. A description in known words comes back equal, with no substitution.
    """
    changes: list[Substitution] = []

    def settle(attribute: str, asked: str, known: str, person: int | None = None) -> str:
        if asked != known:
            changes.append(Substitution(attribute=attribute, asked=asked, drawn=known, person=person))
        return known

    for attribute, word in (
        (Attribute.ANGLE, description.angle),
        (Attribute.WEATHER, description.weather),
        (Attribute.LIGHT_KEY, description.light_key),
        (Attribute.LIGHT_WARMTH, description.light_warmth),
        (Attribute.LIGHT_DIRECTION, description.light_direction),
        ("inserted", description.inserted),
    ):
        settle(attribute, "" if word == _EVERY_ANGLE else word, "")
    people = []
    for index, person in enumerate(description.people):
        if index < world.MAX_PEOPLE:
            people.append(_nearest_person(person, index, settle))
        else:
            words = ", ".join(person.phrases) or "somebody"
            changes.append(Substitution(attribute=Attribute.PEOPLE, asked=words, person=index))
    known = FrameDescription(
        shot_size=settle(
            Attribute.SHOT_SIZE,
            description.shot_size,
            _by_table(description.shot_size, world.SHOT_SIZES, thesaurus.SIZES, default="medium shot"),
        ),
        movement=settle(
            Attribute.MOVEMENT,
            description.movement,
            _by_table(description.movement, world.MOVEMENTS, thesaurus.MOVEMENTS, default=""),
        ),
        setting=settle(Attribute.SETTING, description.setting, nearest_setting(description.setting)),
        time_of_day=settle(
            Attribute.TIME_OF_DAY,
            description.time_of_day,
            _by_table(description.time_of_day, world.TIMES_OF_DAY, thesaurus.TIMES, default="day"),
        ),
        people=tuple(people),
    )
    return known, tuple(changes)


def nearest_setting(asked: str) -> str:
    """The known setting that is nearest to a place name such as "Mia's diner" or "EXT. back alley"."""
    if not asked or asked in world.SETTINGS:
        return asked
    name = f" {' '.join(''.join(c if c.isalnum() else ' ' for c in asked.lower()).split())} "
    found = [
        (name.rfind(f" {word}{plural} ") + len(f" {word}{plural} "), len(word), setting)
        for setting, words in thesaurus.SETTING_WORDS.items()
        for word in words
        for plural in ("", "s")
        if f" {word}{plural} " in name
    ]
    if found:
        # English puts the thing last: a "beach house" is a house.
        return max(found)[2]
    return "street" if any(f" {word} " in name for word in thesaurus.OUTSIDE) else "office"


def _by_table(asked: str, known: tuple[str, ...], table: Mapping[str, str], default: str) -> str:
    if not asked or asked in known:
        return asked
    word = asked.lower().strip()
    if word in known:
        return word
    return table.get(word) or next((near for part, near in table.items() if part in word), default)


def _nearest_person(
    person: PersonDescription, index: int, settle: Callable[[str, str, str, int | None], str]
) -> PersonDescription:
    settle(Attribute.AGE, person.age, "", index)
    settle(Attribute.BUILD, person.build, "", index)
    for prop in person.held:
        settle(Attribute.HELD_PROP, prop.words, "", index)
    style = settle(
        Attribute.HAIR_STYLE,
        person.hair_style,
        _by_table(person.hair_style, world.HAIR_STYLES, thesaurus.HAIR_STYLES, default="short"),
        index,
    )
    return replace(
        person,
        age="",
        build="",
        held=(),
        skin=settle(
            Attribute.SKIN,
            person.skin,
            _by_table(person.skin, tuple(world.SKINS), thesaurus.SKINS, default="tan"),
            index,
        ),
        hair_style=style,
        hair_colour=settle(
            Attribute.HAIR_COLOUR,
            person.hair_colour,
            _coloured(person.hair_colour, world.HAIR_COLOURS, thesaurus.HAIR_COLOURS),
            index,
        ),
        eyes=settle(Attribute.EYES, person.eyes, _coloured(person.eyes, world.EYES, thesaurus.EYES), index),
        garments=_nearest_garments(person.garments, index, settle),
        accessories=_nearest_accessories(person.accessories, index, settle),
        action=settle(
            ACTION, person.action, _by_table(person.action, world.ACTIONS, thesaurus.ACTIONS, default=""), index
        ),
    )


def _coloured(asked: str, palette: Mapping[str, world.Rgb], table: Mapping[str, str]) -> str:
    if not asked or asked in palette:
        return asked
    if asked.lower().strip() in palette:
        return asked.lower().strip()
    listed = table.get(asked.lower().strip())
    if listed:
        return listed
    colour = named_colour(asked)
    return nearest_colour(colour, palette) if colour else ""


def _nearest_garments(
    garments: tuple[Worn, ...], index: int, settle: Callable[[str, str, str, int | None], str]
) -> tuple[Worn, ...]:
    """Keep the outermost upper garment; report the others."""
    upper = [worn for worn in garments if worn.kind.lower() not in thesaurus.LOWER_GARMENTS]
    rank = {kind: order for order, kind in enumerate(("coat", "jacket", "dress", "shirt"))}
    kinds = {id(worn): _by_table(worn.kind, world.GARMENTS, thesaurus.GARMENTS, default="shirt") for worn in upper}
    chosen = min(upper, key=lambda worn: rank[kinds[id(worn)]], default=None)
    known: tuple[Worn, ...] = ()
    for worn in garments:
        if worn is not chosen:
            settle(Attribute.GARMENT, worn.words, "", index)
            continue
        colour = _coloured(worn.colour, world.GARMENT_COLOURS, thesaurus.CLOTHS)
        near = Worn(kind=kinds[id(worn)], colour=colour)
        settle(Attribute.GARMENT, worn.words, near.words, index)
        known = (near,)
    return known


def _nearest_accessories(
    accessories: tuple[Worn, ...], index: int, settle: Callable[[str, str, str, int | None], str]
) -> tuple[Worn, ...]:
    known: list[Worn] = []
    for worn in accessories:
        near = Worn(kind=_by_table(worn.kind, world.ACCESSORIES, thesaurus.ACCESSORIES, default=""))
        settle(Attribute.ACCESSORY, worn.words, near.words, index)
        if near.kind and near not in known:
            known.append(near)
    # The artist's and the captions' order, so that prompts look like captions.
    return tuple(sorted(known, key=lambda worn: world.ACCESSORIES.index(worn.kind)))


def standard_words_unknown() -> Mapping[str, tuple[str, ...]]:
    """The vocabulary's standard values that pocket can only substitute, by attribute; for the card."""
    return {
        attribute.value: missing
        for attribute, values in vocabulary.STANDARD_VALUES.items()
        if attribute.value in LEXICON
        and attribute not in vocabulary.PARTED_ATTRIBUTES
        and (missing := tuple(value for value in values if value not in LEXICON[attribute.value]))
    }
