"""Who stands where in a picture: the interface through which finders of people plug in, and the judge's own."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

import numpy as np

from storage.domain.findings import Region

if TYPE_CHECKING:
    from critic.checks.named_attributes import FrameJudge


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundPerson:
    """One person in a picture; regions are normalised.

    Attributes:
        body: with all that is worn.
        face: None where it is turned away.
    """

    body: Region
    face: Region | None


class PeopleFinder(Protocol):
    """Finds people; a detector of photographed faces is one as well."""

    def find(self, frame: np.ndarray) -> Sequence[FoundPerson]:
        """The people in an H×W×3 uint8 picture, from left to right."""
        ...


class JudgedPeople:
    """The people that the pocket judge finds: right for drawings, not for photographs.

    Args:
        judge: reads frames.
    """

    def __init__(self, judge: "FrameJudge") -> None:
        self._judge = judge

    def find(self, frame: np.ndarray) -> Sequence[FoundPerson]:
        (reading,) = self._judge.read(frame[None])
        found: list[FoundPerson] = []
        for person in reading.persons:
            left, top, right, bottom = person.head
            wide = 0.6 * (right - left)
            body = Region(left=max(0.0, left - wide), top=top, right=min(1.0, right + wide), bottom=1.0)
            found.append(FoundPerson(body=body, face=Region(left=left, top=top, right=right, bottom=bottom)))
        return found
