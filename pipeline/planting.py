"""Plants: a drift put in on purpose as a shot's first attempt, to watch the critic find it."""

from dataclasses import dataclass, replace

from pipeline.description import FrameDescription, PersonDescription, Worn
from storage.domain.vocabulary import Attribute
from storage.errors import WrongUse

_PERSON = {
    Attribute.EYES: "eyes",
    Attribute.HAIR_COLOUR: "hair_colour",
    Attribute.HAIR_STYLE: "hair_style",
    Attribute.SKIN: "skin",
}
_FRAME = {Attribute.SETTING: "setting", Attribute.TIME_OF_DAY: "time_of_day", Attribute.SHOT_SIZE: "shot_size"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Plant:
    """A wrong value for the first keyframe of a shot.

    Attributes:
        shot_label: as on the slate, "2C".
        attribute: eyes, hair colour, hair style, skin, garment (its colour), setting, time of day or shot size.
        value: what is drawn instead.
    """

    shot_label: str
    attribute: Attribute
    value: str

    @classmethod
    def parse(cls, text: str) -> "Plant":
        """Read "2C:eyes=blue".

        Raises:
            WrongUse: it does not read like that, or the attribute cannot be planted.
        """
        label, _, rest = text.partition(":")
        name, _, value = rest.partition("=")
        plantable = [*_PERSON, *_FRAME, Attribute.GARMENT]
        attribute = next((attribute for attribute in plantable if attribute == name.strip()), None)
        if not label or not value or attribute is None:
            raise WrongUse(
                f'"{text}" is no plant.', f"Write it as 2C:eyes=blue; what can be planted: {', '.join(plantable)}."
            )
        return cls(shot_label=label.strip(), attribute=attribute, value=value.strip())

    def applied_to(self, description: FrameDescription) -> FrameDescription:
        """The description with the wrong value in place of the right one, for the first person where it is one's."""
        if field := _FRAME.get(self.attribute):
            return replace(description, **{field: self.value})
        if not description.people:
            raise WrongUse(f"Nobody is seen in {self.shot_label}.", "Plant it in another shot.")
        first, *others = description.people
        return replace(description, people=(self._person(first), *others))

    def _person(self, person: PersonDescription) -> PersonDescription:
        if field := _PERSON.get(self.attribute):
            return replace(person, **{field: self.value})
        return replace(person, garments=tuple(Worn(kind=worn.kind, colour=self.value) for worn in person.garments))
