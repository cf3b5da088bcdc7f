"""What a sentence of the script says about someone."""

from dataclasses import dataclass
from enum import StrEnum

from storage.domain.scene_graph import CharacterId
from storage.domain.vocabulary import Attribute


class Change(StrEnum):
    """What becomes of the thing.

    `is`: so it is. `on`: put on or taken up. `got` and `gave`: handed over. `off`: taken off or
    put down. `not`: said to be missing.
    """

    IS = "is"
    ON = "on"
    GOT = "got"
    GAVE = "gave"
    OFF = "off"
    NOT = "not"


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """One thing that the action says.

    Attributes:
        value: a standard word or the script's own; empty where it names a garment, accessory
            or prop without a colour.
        replaces_outfit: "changes into" takes the place of everything worn.
        is_new: the sentence says that it was otherwise before ("now", "dyed").
        element_index: of the paragraph among the screenplay's elements.
    """

    character_id: CharacterId
    attribute: Attribute
    part: str = ""
    value: str = ""
    change: Change = Change.IS
    replaces_outfit: bool = False
    is_new: bool = False
    element_index: int
    first_line: int
    last_line: int
    quote: str
