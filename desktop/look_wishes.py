"""Changes of looks as values: what each turns stale can be asked first, then it is made."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from desktop.translating import tr
from storage.domain.decisions import Decision
from storage.domain.findings import Region
from storage.domain.looks import Look
from storage.domain.takes import Take
from storage.edit_cost import EditCost
from storage.look_commands import LookCommands
from storage.pictures import read_picture


@dataclass(frozen=True, slots=True, kw_only=True)
class LookWish:
    """One change of looks that a director has in mind.

    Attributes:
        words: what is asked where it turns something stale: "Withdraw Mara, look 2?"
        verb: on the button that makes it.
        cost: what it would turn stale; raises `WrongUse` where it cannot be made.
        make: makes it.
    """

    words: str
    verb: str
    cost: Callable[[LookCommands], EditCost]
    make: Callable[[LookCommands], Decision]


def wish_to_keep(take: Take, entity_id: str, name: str, crop: bytes, region: Region, frame_index: int) -> LookWish:
    """A crop of a take becomes a look.

    Args:
        name: of the character or setting.
        crop: as PNG.
    """
    return LookWish(
        words=tr("Keep this as a look of {name}?", name=name),
        verb=tr("Keep it"),
        cost=lambda looks: looks.cost_of_keeping(entity_id, take.id),
        make=lambda looks: looks.promote(take.id, entity_id, crop, region=region, frame_index=frame_index),
    )


def wish_to_import(path: Path, entity_id: str, name: str) -> LookWish:
    """A picture file becomes a look."""

    def cost(looks: LookCommands) -> EditCost:
        read_picture(path)
        return looks.cost_of_keeping(entity_id)

    return LookWish(
        words=tr("Take {file} as a look of {name}?", file=path.name, name=name),
        verb=tr("Take it"),
        cost=cost,
        make=lambda looks: looks.import_picture(entity_id, read_picture(path)),
    )


def wish_to_withdraw(look: Look, name: str) -> LookWish:
    """A look counts no longer; its picture is kept."""
    return LookWish(
        words=tr("Withdraw {name}, look {number}?", name=name, number=look.number),
        verb=tr("Withdraw it"),
        cost=lambda looks: looks.cost_of_withdrawing(look.id),
        make=lambda looks: looks.withdraw(look.id),
    )
