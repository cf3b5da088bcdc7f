"""What the critic is shown: pixels, and the plan that they should agree with. Nothing of how they were made."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction

import numpy as np

from storage.domain.findings import FrameRange
from storage.domain.graph_view import GraphView
from storage.domain.scene_graph import Constraint, Scene, Shot, ShotId
from storage.domain.takes import Seam
from storage.domain.vocabulary import Attribute


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Neighbour:
    """A circled keyframe of the place that a picture shows.

    Attributes:
        label: what a director calls it ("1B").
        frame: H×W×3 uint8.
        in_scene: whether it is of the same scene, so that its light should be the same too.
    """

    label: str
    frame: np.ndarray
    in_scene: bool


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class PictureSubject:
    """One keyframe or clip to be judged.

    It has no field for a recipe, a prompt or a file name, so a recipe that lies cannot change an answer.

    Attributes:
        view: the scene graph that the picture should agree with.
        shot_id: the shot that it is meant to be.
        seam: ``KEYFRAME`` or ``CLIP``.
        frames: N×H×W×3 uint8 RGB; N is 1 for a keyframe.
        frame_rate: of a clip, frames a second; 0 for a keyframe.
        keyframe: the circled keyframe that a clip begins on, H×W×3 uint8; None at the keyframe seam.
        pieces: where the pieces of a chained clip lie, in order and without gaps; empty for one piece.
        known_as: constraint key → the word that can be drawn in place of the constraint's own
            ("teal" → "blue", a setting → "kitchen"). For a garment the word may name the kind
            too ("blue shirt", "shirt"). An empty word says that the thing cannot be drawn.
        looks: entity id → approved reference pictures of it, each H×W×3 uint8, for checks of identity.
        neighbours: circled keyframes of the same place, those of the same scene first.

    Raises:
        ValueError: frames are not N×H×W×3 uint8 with N > 0, or the seam has no picture.
    """

    view: GraphView
    shot_id: ShotId
    seam: Seam
    frames: np.ndarray
    frame_rate: Fraction = Fraction(0)
    keyframe: np.ndarray | None = None
    pieces: tuple[FrameRange, ...] = ()
    known_as: Mapping[str, str] = field(default_factory=dict[str, str])
    looks: Mapping[str, tuple[np.ndarray, ...]] = field(default_factory=dict[str, tuple[np.ndarray, ...]])
    neighbours: tuple[Neighbour, ...] = ()

    def __post_init__(self) -> None:
        if self.frames.ndim != 4 or self.frames.shape[-1] != 3 or not len(self.frames):
            raise ValueError(f"frames must be N×H×W×3 with N > 0, not {self.frames.shape}")
        if self.frames.dtype != np.uint8:
            raise ValueError(f"frames must be uint8, not {self.frames.dtype}")
        if self.seam not in (Seam.KEYFRAME, Seam.CLIP):
            raise ValueError(f"no picture is judged at the {self.seam} seam")

    @property
    def shot(self) -> Shot:
        return self.view.graph.shots[self.shot_id]

    @property
    def scene(self) -> Scene:
        return self.view.scene_of(self.shot_id)

    @property
    def constraints(self) -> tuple[Constraint, ...]:
        """What the shot plan says can be seen, one for each key."""
        return self.view.visible_in(self.shot_id)

    @property
    def first_and_middle(self) -> np.ndarray:
        """The frames by which a measure of the whole picture goes: 2×H×W×3, both the same of a keyframe."""
        return self.frames[[0, len(self.frames) // 2]]

    @property
    def movement(self) -> str:
        """What the camera is asked to do."""
        asked = (c.value for c in self.view.constraints_in(self.shot_id) if c.attribute is Attribute.MOVEMENT)
        return next(asked, self.shot.movement)

    def word_for(self, constraint: Constraint) -> str:
        """The word to look for: what can be drawn in place of the value, else the value. May be empty."""
        return word_known_as(constraint, self.known_as)


def word_known_as(constraint: Constraint, known_as: Mapping[str, str]) -> str:
    """What can be drawn in place of a constraint's value, else the value; may be empty."""
    return known_as.get(constraint.key, constraint.value)
