"""What the artist decides of one person before it paints: looks, pose and place; and the boxes of what it painted."""

from dataclasses import dataclass

Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A person with every open field decided, in the words of ``world``.

    Attributes:
        held: one of ``world.PROPS``; empty for nothing.
        action: one of ``world.ACTIONS``; empty for none.
    """

    age: str
    skin: str
    hair_style: str
    hair_colour: str
    eyes: str
    garment: str
    garment_colour: str
    accessories: frozenset[str]
    held: str
    action: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Pose:
    """What a body does in one frame.

    Attributes:
        facing: the body and head as a whole, -1 profile to frame left, 0 towards the camera,
            1 profile to frame right; three-quarter views lie at -0.5 and 0.5.
        away: whether the back is turned: neither face nor eyes can be seen.
        mouth: 0 closed to 1 wide open.
        blink: whether the eyes are closed.
        turn: the head beyond ``facing``, -1 far to frame left to 1 far to frame right.
        gaze: the irises, -1 to 1.
        nod: the head, in head heights, positive down.
        stride: the legs and arms, -1 to 1.
        bob: the whole body, in head heights, positive down.
        lean: the shoulders against the feet, in head heights, positive to frame right.
        reach: the arm that holds or hands over, 0 at the side, 0.5 holding before the chest, 1 stretched
            out to frame right (to frame left where ``reach`` is negative).
    """

    facing: float = 0.0
    away: bool = False
    mouth: float = 0.0
    blink: bool = False
    turn: float = 0.0
    gaze: float = 0.0
    nod: float = 0.0
    stride: float = 0.0
    bob: float = 0.0
    lean: float = 0.0
    reach: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a person stands: centre of the head and its height, in px of the frame."""

    x: float
    y: float
    head: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Boxes:
    """What was painted where, in px before the camera, as (left, top, right, bottom).

    Attributes:
        person: the whole body with all that is worn and held.
        head: hair and hat included.
        eyes: both eyes and what lies between; None where the face is turned away.
        garment: from the neck to the hem.
        held: the prop in hand, if any.
        iris: radius of an iris that can be seen; 0 where none can.
    """

    person: Box
    head: Box
    eyes: Box | None
    garment: Box
    held: Box | None
    iris: float
