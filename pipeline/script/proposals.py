"""Proposes what a script leaves open and a film must keep, the same each time for the same film seed."""

import hashlib
from collections.abc import Mapping, Sequence

from pipeline.script import names
from pipeline.script.names import word_set
from storage.domain import vocabulary
from storage.domain.scene_graph import Billing, Character
from storage.domain.vocabulary import Attribute

GARMENT_COLOUR = "garment colour"
_EYES = ("brown", "blue", "green", "grey")
_HAIR = ("black", "brown", "blonde", "red")
_STYLES = {"m": ("short", "curly"), "f": ("long", "bun", "curly", "short"), "": ("short", "long", "curly")}
_GARMENTS = {
    "m": ("jacket", "shirt", "sweater", "coat"),
    "f": ("dress", "jacket", "shirt", "sweater", "coat"),
    "": ("jacket", "shirt", "sweater", "coat"),
}
_COLOURS = ("red", "blue", "green", "yellow", "purple", "white", "black")
_CHILDREN = frozenset(["BOY", "GIRL", "KID", "CHILD", "BABY", "SON", "DAUGHTER"])
_OLD = word_set(
    """
    OLD ELDERLY GRANDFATHER GRANDMOTHER GRANDPA GRANDMA GRANNY GRANDAD
    """
)
_YOUNG = frozenset(["YOUNG", "TEEN", "TEENAGE", "TEENAGER", "STUDENT", "YOUNGER", "LAD"])


class Proposer:
    """Chooses words by a digest of film seed, entity and attribute.

    Args:
        film_seed: the film's own seed.
        lexicon: the words that the checkpoint knows, by attribute; None where it takes any.
    """

    def __init__(self, *, film_seed: int, lexicon: Mapping[str, Sequence[str]] | None) -> None:
        self._seed = film_seed
        self._lexicon = lexicon or {}

    def choose(self, entity_id: str, what: str, words: Sequence[str], taken: frozenset[str] = frozenset()) -> str:
        """One of the words; one that is taken only where all are.

        Args:
            what: the attribute (with the part) that it is for.
            words: at least one.
        """
        ranked = sorted(
            words, key=lambda word: hashlib.sha256(f"{self._seed}/{entity_id}/{what}/{word}".encode()).digest()
        )
        return next((word for word in ranked if word not in taken), ranked[0])

    def known(self, attribute: str, words: Sequence[str]) -> tuple[str, ...]:
        """Those of the words that the checkpoint knows; all where it knows none of them."""
        can_draw = self._lexicon.get(attribute)
        drawable = tuple(word for word in words if can_draw is None or word in can_draw)
        return drawable or tuple(words)

    def garment_colour(self, entity_id: str, part: str, taken: frozenset[str] = frozenset()) -> str:
        """The colour of a garment whose colour the script leaves open."""
        return self.choose(entity_id, f"garment/{part}", self.known(GARMENT_COLOUR, _COLOURS), taken)

    def garment(self, entity_id: str, gender: str, avoid: frozenset[str]) -> str:
        """An upper garment, not of a kind that the script already speaks of."""
        kinds = self.known(Attribute.GARMENT, _GARMENTS.get(gender, _GARMENTS[""]))
        if all(kind in avoid for kind in kinds):
            kinds = self.known(
                Attribute.GARMENT,
                tuple(kind for kind in vocabulary.UPPER_GARMENTS if kind not in avoid) or vocabulary.UPPER_GARMENTS,
            )
        return self.choose(entity_id, "garment", kinds, avoid)

    def light(self, setting_id: str) -> dict[Attribute, str]:
        """A setting's own light."""
        return {
            Attribute.LIGHT_KEY: self.choose(
                setting_id, Attribute.LIGHT_KEY, self.known(Attribute.LIGHT_KEY, vocabulary.LIGHT_KEYS)
            ),
            Attribute.LIGHT_WARMTH: self.choose(
                setting_id, Attribute.LIGHT_WARMTH, self.known(Attribute.LIGHT_WARMTH, vocabulary.LIGHT_WARMTHS)
            ),
        }

    def looks(
        self, people: Sequence[tuple[Character, str]], given: Mapping[tuple[str, Attribute], str]
    ) -> dict[tuple[str, Attribute], str]:
        """What the script leaves open of how people look; leads get different hair.

        Args:
            people: characters with their gender, in any order.
            given: what the script says, by character and attribute.

        Returns:
            By character id and attribute; nothing that is given.
        """
        chosen: dict[tuple[str, Attribute], str] = {}
        taken: set[str] = {
            given[person.id, Attribute.HAIR_COLOUR]
            for person, _ in people
            if (person.id, Attribute.HAIR_COLOUR) in given
        }
        # By billing and id, never by order of appearance, so that an edit elsewhere changes nothing here.
        for person, gender in sorted(people, key=lambda item: (item[0].billing is not Billing.LEAD, item[0].id)):
            tokens = set(person.name.upper().split())
            age = given.get((person.id, Attribute.AGE)) or self._age(person.id, tokens)
            style = given.get((person.id, Attribute.HAIR_STYLE)) or self.choose(
                person.id, Attribute.HAIR_STYLE, self.known(Attribute.HAIR_STYLE, _STYLES.get(gender, _STYLES[""]))
            )
            colours = ("grey", "white") if age == "old" else _HAIR
            wishes = {
                Attribute.EYES: self.choose(person.id, Attribute.EYES, self.known(Attribute.EYES, _EYES)),
                Attribute.SKIN: self.choose(person.id, Attribute.SKIN, self.known(Attribute.SKIN, vocabulary.SKINS)),
                Attribute.AGE: age,
                Attribute.HAIR_STYLE: style,
                Attribute.HAIR_COLOUR: self.choose(
                    person.id,
                    Attribute.HAIR_COLOUR,
                    self.known(Attribute.HAIR_COLOUR, colours),
                    frozenset(taken) if person.billing is Billing.LEAD else frozenset(),
                ),
            }
            if style == "bald":
                del wishes[Attribute.HAIR_COLOUR]
            elif person.billing is Billing.LEAD and (person.id, Attribute.HAIR_COLOUR) not in given:
                taken.add(wishes[Attribute.HAIR_COLOUR])
            chosen.update(
                {
                    (person.id, attribute): value
                    for attribute, value in wishes.items()
                    if (person.id, attribute) not in given
                }
            )
        return chosen

    def _age(self, entity_id: str, tokens: set[str]) -> str:
        for words, age in ((_CHILDREN, "child"), (_OLD, "old"), (_YOUNG, "young")):
            if tokens & words:
                return age
        if tokens & (names.TITLES - {"MISS", "PRINCE", "PRINCESS"}):
            return "adult"
        return self.choose(entity_id, Attribute.AGE, self.known(Attribute.AGE, ("adult", "young")))
