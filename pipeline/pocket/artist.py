"""The procedural artist: draws a described frame or clip and tells the truth about what it drew."""

import math
import random
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import skia

from pipeline.description import FrameDescription, PersonDescription, Worn
from pipeline.pocket import world
from pipeline.pocket.brush import LIGHTS
from pipeline.pocket.people import Boxes, Figure, Place, Pose, paint_person
from pipeline.pocket.settings import paint_setting

Region = tuple[float, float, float, float]

UNSEEN = "unseen"
# Below this radius nobody can name the colour of an iris.
_READABLE_IRIS_PX = 6.0
# Less of a garment than this share of the frame's height shows neither kind nor colour.
_LEAST_GARMENT = 0.035


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonTruth:
    """One drawn person.

    Attributes:
        figure: every attribute as it was drawn.
        eyes_seen: whether the irises are open, in frame and large enough to name their colour.
        head: hair and hat included; normalised left, top, right, bottom.
        eyes: both eyes and what lies between; normalised.
        garment: from the neck to the hem or the edge of the frame; normalised.
    """

    figure: Figure
    eyes_seen: bool
    head: Region
    eyes: Region
    garment: Region

    @property
    def attributes(self) -> Mapping[str, str]:
        """Values under the names that the judge's readings use; what cannot be seen is "unseen"."""
        figure, clothed = self.figure, self.garment[3] - self.garment[1] >= _LEAST_GARMENT
        return {
            "eyes": figure.eyes if self.eyes_seen else UNSEEN,
            "hair colour": UNSEEN if figure.hair_style == "bald" else figure.hair_colour,
            "hair style": figure.hair_style,
            "skin": figure.skin,
            "garment": figure.garment if clothed else UNSEEN,
            "garment colour": figure.garment_colour if clothed else UNSEEN,
            **{
                f"accessory:{kind}": "present" if kind in figure.accessories else "absent" for kind in world.ACCESSORIES
            },
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawing:
    """A drawn frame and the truth about it.

    Attributes:
        pixels: 288 x 512 x 3, uint8, RGB.
        people: from left to right.
    """

    pixels: np.ndarray
    setting: str
    time_of_day: str
    shot_size: str
    people: tuple[PersonTruth, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Scene:
    """A description with every open field decided."""

    shot_size: str
    movement: str
    setting: str
    time_of_day: str
    figures: tuple[Figure, ...]
    places: tuple[Place, ...]
    gazes: tuple[float, ...]
    phases: tuple[float, ...]
    progress: float
    shift: float


def draw(description: FrameDescription, seed: int) -> Drawing:
    """Draw one frame, at a moment of its actions and its camera movement that the seed chooses.

    Args:
        description: words from ``world`` only; empty fields are chosen from the seed. The seed's
            choices do not depend on the description: an edited field changes nothing else.
        seed: any integer; the same seed and description give the same bytes.

    Raises:
        ValueError: a word is not one that the artist knows (see ``lexicon.nearest``).
    """
    scene = _decide(description, seed)
    return _paint(scene, 0.0, scene.progress)


def draw_clip(description: FrameDescription, seed: int, num_frames: int = world.CLIP_FRAMES) -> list[Drawing]:
    """Draw ``num_frames`` frames at 8 a second: the actions go round, the camera makes its whole move.

    Args:
        description: as for ``draw``.
        seed: as for ``draw``.
        num_frames: at least 1.

    Raises:
        ValueError: a word is not one that the artist knows.
    """
    scene = _decide(description, seed)
    last = max(1, num_frames - 1)
    return [_paint(scene, frame / world.CLIP_RATE, frame / last) for frame in range(num_frames)]


def sample_description(rng: random.Random, *, in_motion: bool = False) -> FrameDescription:
    """Describe a frame at random, leaving about one field in eight open, close-ups most often.

    Args:
        rng: where every choice comes from.
        in_motion: whether people mostly act and the camera mostly moves, as in a clip.
    """

    def some(words, weights=None, left_open: float = 0.12) -> str:
        word = rng.choices(tuple(words), weights)[0]
        return "" if rng.random() < left_open else word

    def person() -> PersonDescription:
        style = some(world.HAIR_STYLES)
        kinds = [kind for kind in world.ACCESSORIES if rng.random() < 0.16]
        return PersonDescription(
            skin=some(world.SKINS),
            hair_style=style,
            hair_colour="" if style == "bald" else some(world.HAIR_COLOURS),
            eyes=some(world.EYES, left_open=0.08),
            garments=(Worn(kind=rng.choice(world.GARMENTS), colour=rng.choice(tuple(world.GARMENT_COLOURS))),)
            if rng.random() < 0.92
            else (),
            accessories=tuple(Worn(kind=kind) for kind in kinds),
            action=some(world.ACTIONS, left_open=0.15 if in_motion else 0.4),
        )

    return FrameDescription(
        shot_size=some(world.SHOT_SIZES, (46, 34, 20), left_open=0.05),
        movement=some(world.MOVEMENTS, left_open=0.3 if in_motion else 0.5),
        setting=some(world.SETTINGS, left_open=0.06),
        time_of_day=some(world.TIMES_OF_DAY, left_open=0.06),
        people=tuple(person() for _ in range(rng.choices((0, 1, 2), (7, 68, 25))[0])),
    )


def _known(word: str, words, fallback: str) -> str:
    if not word:
        return fallback
    if word not in words:
        raise ValueError(f"the artist cannot draw {word!r}; it knows {', '.join(words)}")
    return word


def _decide_figure(person: PersonDescription, rng: random.Random) -> Figure:
    picks = {
        name: rng.choice(tuple(words))
        for name, words in (
            ("skin", world.SKINS),
            ("style", world.HAIR_STYLES),
            ("hair", world.HAIR_COLOURS),
            ("eyes", world.EYES),
            ("garment", world.GARMENTS),
            ("cloth", world.GARMENT_COLOURS),
        )
    }
    worn = person.garments[0] if person.garments else Worn(kind="")
    return Figure(
        skin=_known(person.skin, world.SKINS, picks["skin"]),
        hair_style=_known(person.hair_style, world.HAIR_STYLES, picks["style"]),
        hair_colour=_known(person.hair_colour, world.HAIR_COLOURS, picks["hair"]),
        eyes=_known(person.eyes, world.EYES, picks["eyes"]),
        garment=_known(worn.kind, world.GARMENTS, picks["garment"]),
        garment_colour=_known(worn.colour, world.GARMENT_COLOURS, picks["cloth"]),
        accessories=frozenset(_known(item.kind, world.ACCESSORIES, "") for item in person.accessories),
        action=_known(person.action, world.ACTIONS, ""),
    )


def _place(shot_size: str, index: int, count: int, rng: random.Random) -> Place:
    across, up, grow = rng.uniform(-1, 1), rng.uniform(-1, 1), rng.uniform(-1, 1)
    side = 0 if count == 1 else -1 if index == 0 else 1
    if shot_size == "close-up":
        head = (192 if count == 1 else 140) + 7 * grow
        return Place(x=256 + side * 116 + across * (26 if count == 1 else 10), y=146 + 5 * up, head=head)
    if shot_size == "medium shot":
        head = (112 if count == 1 else 102) + 4 * grow
        return Place(x=256 + side * 106 + across * (34 if count == 1 else 12), y=104 + 5 * up, head=head)
    head = 56 + 2 * grow
    return Place(x=256 + side * 84 + across * (60 if count == 1 else 22), y=274 - 3.3 * head + 4 * up, head=head)


def _decide(description: FrameDescription, seed: int) -> _Scene:
    if len(description.people) > world.MAX_PEOPLE:
        raise ValueError(f"the artist draws at most {world.MAX_PEOPLE} people")
    rng = random.Random(seed)
    shot_size = _known(description.shot_size, world.SHOT_SIZES, rng.choice(world.SHOT_SIZES))
    setting = _known(description.setting, world.SETTINGS, rng.choice(world.SETTINGS))
    time_of_day = _known(description.time_of_day, world.TIMES_OF_DAY, rng.choice(world.TIMES_OF_DAY))
    shift, progress = rng.uniform(-22, 22), rng.uniform(0, 0.6)
    figures, places, gazes, phases = [], [], [], []
    for index in range(world.MAX_PEOPLE):
        person_rng = random.Random(rng.randrange(2**32))
        gazes.append(person_rng.uniform(-1, 1))
        phases.append(person_rng.random())
        places.append(_place(shot_size, index, len(description.people), person_rng))
        if index < len(description.people):
            figures.append(_decide_figure(description.people[index], person_rng))
    count = len(figures)
    return _Scene(
        shot_size=shot_size,
        movement=_known(description.movement, world.MOVEMENTS, "static"),
        setting=setting,
        time_of_day=time_of_day,
        figures=tuple(figures),
        places=tuple(places[:count]),
        gazes=tuple(gazes[:count]),
        phases=tuple(phases[:count]),
        progress=progress,
        shift=shift,
    )


def _pose(action: str, phase: float, gaze: float, seconds: float) -> Pose:
    """The pose at a moment; ``phase`` (0..1) is where in its round the action starts."""
    if action == "talking":
        return Pose(gaze=gaze, mouth=0.5 - 0.5 * math.cos(math.tau * (2 * seconds + phase)))
    if action == "blinking":
        return Pose(gaze=gaze, blink=(seconds + 0.7 * phase) % 1.0 >= 0.7)
    if action == "turning":
        return Pose(gaze=gaze, turn=math.sin(math.tau * (seconds / 2 + phase)))
    if action == "nodding":
        return Pose(gaze=gaze, nod=0.07 * math.sin(math.tau * (seconds + phase)))
    if action == "walking":
        swing = math.sin(math.tau * (seconds + phase))
        return Pose(gaze=gaze, stride=swing, bob=0.05 * abs(swing))
    return Pose(gaze=gaze)


def _aim(canvas: skia.Canvas, movement: str, progress: float) -> None:
    """Turn the canvas the way the picture moves when the camera has made ``progress`` (0..1) of its move."""
    across = {"pan left": 64, "pan right": -64}.get(movement, 0)
    down = {"tilt up": 40, "tilt down": -40}.get(movement, 0)
    zoom = {"push in": 1.28, "pull out": 0.80}.get(movement, 1.0)
    factor = zoom**progress
    canvas.translate(across * progress + 256 * (1 - factor), down * progress + 130 * (1 - factor))
    canvas.scale(factor, factor)


def _normalised(matrix: skia.Matrix, box: Region) -> Region:
    mapped = matrix.mapRect(skia.Rect.MakeLTRB(*box))
    values = (
        mapped.left() / world.WIDTH_PX,
        mapped.top() / world.HEIGHT_PX,
        mapped.right() / world.WIDTH_PX,
        mapped.bottom() / world.HEIGHT_PX,
    )
    return tuple(min(1.0, max(0.0, value)) for value in values)  # type: ignore[return-value]


def _paint(scene: _Scene, seconds: float, progress: float) -> Drawing:
    buffer = np.zeros((world.HEIGHT_PX, world.WIDTH_PX, 4), np.uint8)
    surface = skia.Surface(buffer, colorType=skia.kRGBA_8888_ColorType)
    canvas, light = surface.getCanvas(), LIGHTS[scene.time_of_day]
    _aim(canvas, scene.movement, progress)
    canvas.save()
    zoom = {"close-up": 1.4, "medium shot": 1.18, "wide shot": 1.0}[scene.shot_size]
    canvas.translate(256 * (1 - zoom) + scene.shift, 150 * (1 - zoom))
    canvas.scale(zoom, zoom)
    paint_setting(canvas, scene.setting, light)
    canvas.restore()
    matrix = canvas.getTotalMatrix()
    people = []
    for figure, place, gaze, phase in zip(scene.figures, scene.places, scene.gazes, scene.phases, strict=True):
        pose = _pose(figure.action, phase, gaze, seconds)
        people.append(_truth(figure, pose, paint_person(canvas, figure, pose, place, light), matrix))
    surface.flushAndSubmit()
    return Drawing(
        pixels=np.ascontiguousarray(buffer[..., :3]),
        setting=scene.setting,
        time_of_day=scene.time_of_day,
        shot_size=scene.shot_size,
        people=tuple(people),
    )


def _truth(figure: Figure, pose: Pose, boxes: Boxes, matrix: skia.Matrix) -> PersonTruth:
    left, _, right, _ = eyes = _normalised(matrix, boxes.eyes)
    in_frame = right - left > 0.6 * (boxes.eyes[2] - boxes.eyes[0]) * matrix.getScaleX() / world.WIDTH_PX
    return PersonTruth(
        figure=figure,
        eyes_seen=in_frame and not pose.blink and boxes.iris * matrix.getScaleX() >= _READABLE_IRIS_PX,
        head=_normalised(matrix, boxes.head),
        eyes=eyes,
        garment=_normalised(matrix, boxes.garment),
    )
