"""What a check needs of a picture before it can say anything."""

from dataclasses import dataclass

from critic.subject import PictureSubject
from storage.domain.takes import Seam


@dataclass(frozen=True, slots=True, kw_only=True)
class Needs:
    """What must be there; the defaults are met by any picture.

    Attributes:
        clip: it judges clips only.
        frames: of a clip, at least.
        neighbours: circled takes of the same place, at least.
        face_px: height of a head, in pixels, below which what is on it is `unseen`; the check holds each
            person that it finds against it.
    """

    clip: bool = False
    frames: int = 1
    neighbours: int = 0
    face_px: int = 0

    def lacking(self, subject: PictureSubject) -> str:
        """What this picture does not have, in a few words; empty where nothing is lacking."""
        if self.clip and subject.seam is not Seam.CLIP:
            return "a clip"
        if len(subject.frames) < self.frames:
            return f"{self.frames} frames"
        if len(subject.neighbours) < self.neighbours:
            return f"{_NUMBERS.get(self.neighbours, self.neighbours)} circled {_takes(self.neighbours)} of the place"
        return ""


_NUMBERS = {1: "one", 2: "two"}


def _takes(count: int) -> str:
    return "take" if count == 1 else "takes"
