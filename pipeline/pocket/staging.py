"""Where people stand, what their bodies do at a moment, and what the camera does to each layer."""

import math
import random
from dataclasses import dataclass

import skia

from pipeline.pocket import world
from pipeline.pocket.figure import Figure, Place, Pose

OVER_THE_SHOULDER = "over the shoulder"
_MIDDLE = world.WIDTH_PX / 2
# What is far moves this share of what the people's plane moves.
_FAR = 0.6
# How much the setting is enlarged behind people, and which of its heights lies at which of the frame's:
# a close-up has no floor.
_FRAMING = {
    "close-up": (1.75, 112.0, 128.0),
    "medium shot": (1.32, 112.0, 118.0),
    "wide shot": (1.0, 112.0, 112.0),
    "insert": (2.1, 150.0, 96.0),
}
_WANDER_PX = {"close-up": 120.0, "medium shot": 60.0, "wide shot": 24.0, "insert": 120.0}
# How far a walk goes in a second, in head heights.
_PACE = {"close-up": 0.13, "medium shot": 0.32, "wide shot": 0.75}
_WALK_GROWTH = 0.05


@dataclass(frozen=True, slots=True, kw_only=True)
class Bearing:
    """How a person holds the body in a shot, chosen by the seed before anything is asked.

    Attributes:
        facing: of somebody alone who is asked nothing: one of ``world.FACINGS``.
        meeting: whether this one looks at the other where there are two.
        side: how far the body turns when it faces a side, 0.45 to 1.
        gaze: the irises, -1 to 1.
        turn: a small turn of the head.
        lean: as in ``Pose``.
        phase: where in its round an action starts, 0..1.
        across, up, grow: where in the free space the person stands and how near, -1 to 1.
        hand: on which side somebody holds a thing, -1 or 1.
    """

    facing: str
    meeting: bool
    side: float
    gaze: float
    turn: float
    lean: float
    phase: float
    across: float
    up: float
    grow: float
    hand: int


def bearing(rng: random.Random) -> Bearing:
    """Choose how one person stands; always takes the same number of draws."""
    profile = rng.random() < 0.2
    slight = rng.uniform(0.45, 0.6)
    return Bearing(
        facing=rng.choices(world.FACINGS, (48, 22, 22, 8))[0],
        meeting=rng.random() < 0.7,
        side=1.0 if profile else slight,
        gaze=rng.uniform(-1, 1),
        turn=rng.uniform(-0.2, 0.2),
        lean=rng.uniform(-0.08, 0.08),
        phase=rng.random(),
        across=rng.uniform(-1, 1),
        up=rng.uniform(-1, 1),
        grow=rng.uniform(-1, 1),
        hand=rng.choice((-1, 1)),
    )


def faced(asked: str, chosen: Bearing, index: int, count: int, action: str) -> str:
    """Which of ``world.FACINGS`` a person shows: what is asked, else the other person, else the seed's choice."""
    if asked:
        return asked
    if count > 1 and (chosen.meeting or action == "handing over"):
        return "right" if index == 0 else "left"
    if action == "walking" and chosen.facing == "front" and chosen.phase < 0.7:
        # Most people who walk cross the frame.
        return "right" if chosen.hand > 0 else "left"
    return chosen.facing


def turned(facing: str, chosen: Bearing) -> float:
    """``Pose.facing`` for one of ``world.FACINGS``."""
    return {"left": -chosen.side, "right": chosen.side}.get(facing, 0.0)


def stand(shot_size: str, index: int, count: int, chosen: Bearing, facing: float) -> Place:
    """Where a person stands at the start of a shot, with room in front of the face."""
    side = 0 if count == 1 else -1 if index == 0 else 1
    room = -facing if count == 1 else 0.0
    if shot_size == "close-up":
        head = (188 if count == 1 else 138) + 8 * chosen.grow
        x = _MIDDLE + side * 118 + room * 44 + chosen.across * (24 if count == 1 else 9)
        return Place(x=x, y=144 + 5 * chosen.up, head=head)
    if shot_size == "medium shot":
        head = (110 if count == 1 else 101) + 5 * chosen.grow
        x = _MIDDLE + side * 104 + room * 48 + chosen.across * (36 if count == 1 else 12)
        return Place(x=x, y=104 + 5 * chosen.up, head=head)
    head = 56 + 3 * chosen.grow
    x = _MIDDLE + side * 82 + room * 50 + chosen.across * (64 if count == 1 else 22)
    return Place(x=x, y=276 - 3.35 * head, head=head)


def over_shoulder(shot_size: str, near_left: bool, near: Bearing, far: Bearing) -> tuple[Place, Place]:
    """Where the near shoulder and the one who faces us stand."""
    edge, inward = (0.0, 1) if near_left else (float(world.WIDTH_PX), -1)
    close = shot_size == "close-up"
    return (
        Place(x=edge + inward * (44 + 10 * near.across), y=136 + 8 * near.up, head=236 + 12 * near.grow),
        Place(
            x=_MIDDLE + inward * ((76 if close else 62) + 8 * far.across),
            y=(140 if close else 110) + 4 * far.up,
            head=(160 if close else 112) + 5 * far.grow,
        ),
    )


def walked(place: Place, pose: Pose, shot_size: str, seconds: float) -> Place:
    """Where somebody who walks is after ``seconds``: across the frame, or towards or from the camera."""
    middle = world.CLIP_FRAMES / world.CLIP_RATE / 2
    gone = min(2 * middle, seconds) - middle
    if pose.away or not pose.facing:
        factor = 1 + (-1 if pose.away else 1) * _WALK_GROWTH * gone
        return Place(x=place.x, y=place.y, head=place.head * factor)
    way = 1 if pose.facing > 0 else -1
    return Place(x=place.x + way * _PACE[shot_size] * place.head * gone, y=place.y, head=place.head)


def pose_of(figure: Figure, chosen: Bearing, facing: str, index: int, count: int, seconds: float) -> Pose:
    """The pose at a moment."""
    body, away = turned(facing, chosen), facing == "away"
    towards = 0 if count == 1 else 1 if index == 0 else -1
    hand = towards or (1 if body > 0 else -1 if body < 0 else chosen.hand)
    action, phase = figure.action, chosen.phase
    gaze = 0.8 * (1 if body > 0 else -1) if body else chosen.gaze
    mouth = nod = stride = bob = 0.0
    blink, turn, reach = False, chosen.turn, 0.5 * hand if figure.held else 0.0
    match action:
        case "talking":
            mouth = 0.5 - 0.5 * math.cos(math.tau * (2 * seconds + phase))
        case "blinking":
            blink = (seconds + 0.7 * phase) % 1.0 >= 0.7
        case "turning":
            turn = 0.9 * math.sin(math.tau * (seconds / 2 + phase))
        case "nodding":
            nod = 0.08 * math.sin(math.tau * (seconds + phase))
        case "walking":
            stride = math.sin(math.tau * (seconds + phase))
            bob = 0.05 * abs(stride)
        case "handing over":
            reach = hand * (0.75 - 0.25 * math.cos(math.tau * (seconds / 2 + phase)))
        case _:
            pass
    return Pose(
        facing=body,
        away=away,
        mouth=mouth,
        blink=blink,
        turn=turn,
        gaze=gaze,
        nod=nod,
        stride=stride,
        bob=bob,
        lean=chosen.lean,
        reach=reach,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Camera:
    """How a shot is framed at one moment of its movement.

    Attributes:
        shift: -1 to 1: which part of the setting lies behind the people.
        progress: how much of the movement is made, 0..1.
    """

    shot_size: str
    movement: str
    shift: float
    progress: float

    def move(self, canvas: skia.Canvas, depth: float) -> None:
        """Turn a layer the way the picture moves; ``depth`` is 1 in the people's plane, 0 far, above 1 nearer."""
        part = self.progress * (_FAR + (1 - _FAR) * depth)
        across = {"pan left": 64, "pan right": -64}.get(self.movement, 0)
        down = {"tilt up": 40, "tilt down": -40}.get(self.movement, 0)
        factor = {"push in": 1.28, "pull out": 0.80}.get(self.movement, 1.0) ** part
        canvas.translate(across * part + _MIDDLE * (1 - factor), down * part + 130 * (1 - factor))
        canvas.scale(factor, factor)

    def aim(self, canvas: skia.Canvas, depth: float) -> None:
        """Turn a layer of the setting, enlarged as the size of the shot asks."""
        self.move(canvas, depth)
        zoom, level, wanted = _FRAMING[self.shot_size]
        zoom = 1 + (zoom - 1) * (0.75 + 0.25 * depth)
        wander = self.shift * _WANDER_PX[self.shot_size] * (_FAR + (1 - _FAR) * depth)
        canvas.translate(_MIDDLE * (1 - zoom) + wander, wanted - level * zoom)
        canvas.scale(zoom, zoom)
