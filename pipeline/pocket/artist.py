"""The procedural artist: draws a described frame or clip and tells the truth about what it drew."""

import random
from collections.abc import Iterable
from dataclasses import dataclass, replace

import numpy as np
import skia

from pipeline.description import FrameDescription, PersonDescription, Worn
from pipeline.pocket import staging, world
from pipeline.pocket.brush import Light, light_of, shaded
from pipeline.pocket.figure import Figure, Place
from pipeline.pocket.people import paint_person
from pipeline.pocket.props import paint_prop
from pipeline.pocket.settings import paint_setting
from pipeline.pocket.staging import OVER_THE_SHOULDER, Bearing, Camera
from pipeline.pocket.truth import Drawing, PersonTruth, truth_of
from pipeline.pocket.weather import paint_weather

_TABLES = (world.rgb("#8a5a3a"), world.rgb("#b98a5c"), world.rgb("#5f6b74"), world.rgb("#7c4a44"))
_NEAR_BLUR_PX = 3.0
_NEAR_DARK = 0.62
_FAR_BLUR_PX = 5.0
_TOWARDS_NEAR = 0.4


@dataclass(frozen=True, slots=True, kw_only=True)
class _Scene:
    """A description with every open field decided.

    Attributes:
        near: index of the shoulder over which the camera looks; None at eye level.
        facings: of each person, in ``world.FACINGS``.
        table: which surface an insert lies on.
    """

    shot_size: str
    movement: str
    setting: str
    layout: int
    time_of_day: str
    weather: str
    inserted: str
    near: int | None
    figures: tuple[Figure, ...]
    bearings: tuple[Bearing, ...]
    facings: tuple[str, ...]
    progress: float
    shift: float
    spot: tuple[float, float, float]
    table: int
    seed: int


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
    """Draw ``num_frames`` frames at 12 a second: the actions go round, the camera makes its whole move.

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

    def some(words: Iterable[str], weights: tuple[float, ...] | None = None, left_open: float = 0.12) -> str:
        word = rng.choices(tuple(words), weights)[0]
        return "" if rng.random() < left_open else word

    def person() -> PersonDescription:
        style = some(world.HAIR_STYLES)
        kinds = [kind for kind in world.ACCESSORIES if rng.random() < 0.16]
        action = some(world.ACTIONS, left_open=0.15 if in_motion else 0.45)
        held = rng.random() < (0.6 if action == "handing over" else 0.18)
        return PersonDescription(
            age=some(world.AGES, left_open=0.3),
            skin=some(world.SKINS),
            hair_style=style,
            hair_colour="" if style == "bald" else some(world.HAIR_COLOURS),
            eyes=some(world.EYES, left_open=0.08),
            garments=(Worn(kind=rng.choice(world.GARMENTS), colour=rng.choice(tuple(world.GARMENT_COLOURS))),)
            if rng.random() < 0.92
            else (),
            accessories=tuple(Worn(kind=kind) for kind in kinds),
            held=(Worn(kind=rng.choice(world.PROPS)),) if held else (),
            facing=some(world.FACINGS, (46, 23, 23, 8), left_open=0.5),
            action=action,
        )

    inserted = not in_motion and rng.random() < 0.07
    people = () if inserted else tuple(person() for _ in range(rng.choices((0, 1, 2), (5, 66, 29))[0]))
    size = "insert" if inserted else some(world.SHOT_SIZES[:3], (44, 35, 21), left_open=0.05)
    setting = some(world.SETTINGS, left_open=0.06)
    weather = some(world.WEATHERS, (40, 30, 30), left_open=0.25)
    angle = some(world.ANGLES[:1], left_open=0.9)
    if len(people) == 2 and size in ("close-up", "medium shot") and rng.random() < 0.3:
        angle = OVER_THE_SHOULDER
        near = rng.randrange(2)
        facings = [some(world.FACINGS[:3], left_open=0.6), ""]
        people = tuple(
            replace(person, facing="away" if index == near and facings[0] else facings[index == near])
            for index, person in enumerate(people)
        )
    if setting in world.INDOORS and rng.random() < 0.93:
        weather = ""
    return FrameDescription(
        shot_size=size,
        angle=angle,
        movement=some(world.MOVEMENTS, left_open=0.3 if in_motion else 0.5),
        setting=setting,
        time_of_day=some(world.TIMES_OF_DAY, left_open=0.06),
        weather="clear" if weather and setting in world.INDOORS else weather,
        people=people,
        inserted=some(world.PROPS, left_open=0.08) if inserted else "",
    )


def _known(word: str, words: Iterable[str], fallback: str) -> str:
    if not word:
        return fallback
    if word not in words:
        raise ValueError(f"the artist cannot draw {word!r}; it knows {', '.join(words)}")
    return word


def _decide_figure(person: PersonDescription, rng: random.Random) -> Figure:
    picks = {
        name: rng.choice(tuple(words))
        for name, words in (
            ("age", world.AGES),
            ("skin", world.SKINS),
            ("style", world.HAIR_STYLES),
            ("hair", world.HAIR_COLOURS),
            ("eyes", world.EYES),
            ("garment", world.GARMENTS),
            ("cloth", world.GARMENT_COLOURS),
            ("prop", world.PROPS),
        )
    }
    worn = person.garments[0] if person.garments else Worn(kind="")
    action = _known(person.action, world.ACTIONS, "")
    held = person.held[0].kind if person.held else ""
    return Figure(
        age=_known(person.age, world.AGES, picks["age"]),
        skin=_known(person.skin, world.SKINS, picks["skin"]),
        hair_style=_known(person.hair_style, world.HAIR_STYLES, picks["style"]),
        hair_colour=_known(person.hair_colour, world.HAIR_COLOURS, picks["hair"]),
        eyes=_known(person.eyes, world.EYES, picks["eyes"]),
        garment=_known(worn.kind, world.GARMENTS, picks["garment"]),
        garment_colour=_known(worn.colour, world.GARMENT_COLOURS, picks["cloth"]),
        accessories=frozenset(_known(item.kind, world.ACCESSORIES, "") for item in person.accessories),
        held=_known(held, world.PROPS, picks["prop"] if action == "handing over" else ""),
        action=action,
    )


def _decide(description: FrameDescription, seed: int) -> _Scene:
    if len(description.people) > world.MAX_PEOPLE:
        raise ValueError(f"the artist draws at most {world.MAX_PEOPLE} people")
    rng = random.Random(seed)
    picked_size, anywhere = rng.choice(world.SHOT_SIZES[:3]), rng.choice(world.SETTINGS)
    outside, picked_weather = rng.choice(world.OUTDOORS), rng.choices(world.WEATHERS, (70, 15, 15))[0]
    picked_time, picked_prop = rng.choice(world.TIMES_OF_DAY), rng.choice(world.PROPS)
    layout, table, near_left = rng.randrange(world.LAYOUTS), rng.randrange(len(_TABLES)), rng.random() < 0.5
    shift, progress = rng.uniform(-1, 1), rng.uniform(0, 0.6)
    spot = (rng.uniform(-1, 1), rng.uniform(-1, 1), rng.uniform(-1, 1))
    count = len(description.people)
    size = _known(description.shot_size, world.SHOT_SIZES, "insert" if description.inserted else picked_size)
    asked_weather = _known(description.weather, world.WEATHERS, "")
    # What falls from the sky falls outside.
    setting = _known(description.setting, world.SETTINGS, outside if asked_weather not in ("", "clear") else anywhere)
    angle = _known(description.angle, world.ANGLES, "")
    if angle == OVER_THE_SHOULDER and not description.shot_size:
        size = "medium shot"
    figures, bearings, facings = [], [], []
    for index in range(world.MAX_PEOPLE):
        person_rng = random.Random(rng.randrange(2**32))
        bearings.append(staging.bearing(person_rng))
        if index < count and size != "insert":
            person = description.people[index]
            figures.append(_decide_figure(person, person_rng))
            asked = _known(person.facing, world.FACINGS, "")
            facings.append(staging.faced(asked, bearings[index], index, count, figures[index].action))
    near = None
    if angle == OVER_THE_SHOULDER and len(figures) == 2 and size in ("close-up", "medium shot"):
        backs = [index for index, person in enumerate(description.people) if person.facing == "away"]
        near = backs[0] if len(backs) == 1 else 0 if near_left else 1
        facings[near] = "away"
        # The one who faces us is never in profile.
        bearings[1 - near] = replace(bearings[1 - near], side=_TOWARDS_NEAR)
        if not description.people[1 - near].facing:
            facings[1 - near] = "left" if near == 0 else "right"
    return _Scene(
        shot_size=size,
        movement=_known(description.movement, world.MOVEMENTS, "static"),
        setting=setting,
        layout=layout,
        time_of_day=_known(description.time_of_day, world.TIMES_OF_DAY, picked_time),
        weather=(asked_weather or picked_weather) if setting in world.OUTDOORS else "clear",
        inserted=_known(description.inserted, world.PROPS, picked_prop) if size == "insert" else "",
        near=near,
        figures=tuple(figures),
        bearings=tuple(bearings[: len(figures)]),
        facings=tuple(facings),
        progress=progress,
        shift=shift,
        spot=spot,
        table=table,
        seed=seed,
    )


def _paint(scene: _Scene, seconds: float, progress: float) -> Drawing:
    buffer = np.zeros((world.HEIGHT_PX, world.WIDTH_PX, 4), np.uint8)
    surface = skia.Surface(buffer, colorType=skia.kRGBA_8888_ColorType)
    canvas, light = surface.getCanvas(), light_of(scene.time_of_day, scene.weather)
    camera = Camera(shot_size=scene.shot_size, movement=scene.movement, shift=scene.shift, progress=progress)
    if scene.shot_size == "insert":
        _paint_insert(canvas, scene, camera, light)
    else:
        canvas.save()
        paint_setting(canvas, scene.setting, scene.layout, light, camera.aim)
        canvas.restore()
    people = _paint_people(canvas, scene, camera, light, seconds)
    paint_weather(canvas, scene.weather, light, seconds, scene.seed)
    surface.flushAndSubmit()
    return Drawing(
        pixels=np.ascontiguousarray(buffer[..., :3]),
        setting=scene.setting,
        time_of_day=scene.time_of_day,
        weather=scene.weather,
        shot_size=scene.shot_size,
        angle=world.ANGLES[0] if scene.near is None else OVER_THE_SHOULDER,
        inserted=scene.inserted,
        people=people,
    )


def _paint_people(
    canvas: skia.Canvas, scene: _Scene, camera: Camera, light: Light, seconds: float
) -> tuple[PersonTruth, ...]:
    """Paint everybody, the near shoulder last, and return them from left to right."""
    count = len(scene.figures)
    truths: dict[int, PersonTruth] = {}
    for index in sorted(range(count), key=lambda index: index == scene.near):
        figure, chosen, facing = scene.figures[index], scene.bearings[index], scene.facings[index]
        pose = staging.pose_of(figure, chosen, facing, index, count, seconds)
        place, near = _place(scene, index, pose.facing), index == scene.near
        if figure.action == "walking" and not near:
            place = staging.walked(place, pose, scene.shot_size, seconds)
        canvas.save()
        camera.move(canvas, 1.3 if near else 1.0)
        seen = light
        if near:
            blur = skia.Paint(ImageFilter=skia.ImageFilters.Blur(_NEAR_BLUR_PX, _NEAR_BLUR_PX))
            canvas.saveLayer(None, blur)
            seen = replace(light, figure=tuple(channel * _NEAR_DARK for channel in light.figure), rim=None)
        boxes = paint_person(canvas, figure, pose, place, seen)
        truths[index] = truth_of(figure, pose, place, boxes, canvas.getTotalMatrix(), scene.shot_size, near=near)
        if near:
            canvas.restore()
        canvas.restore()
    return tuple(truths[index] for index in range(count))


def _place(scene: _Scene, index: int, facing: float) -> Place:
    if scene.near is None:
        return staging.stand(scene.shot_size, index, len(scene.figures), scene.bearings[index], facing)
    near, far = scene.bearings[scene.near], scene.bearings[1 - scene.near]
    places = staging.over_shoulder(scene.shot_size, scene.near == 0, near, far)
    return places[0] if index == scene.near else places[1]


def _paint_insert(canvas: skia.Canvas, scene: _Scene, camera: Camera, light: Light) -> None:
    """A prop on a table, the setting out of focus behind it."""
    canvas.saveLayer(None, skia.Paint(ImageFilter=skia.ImageFilters.Blur(_FAR_BLUR_PX, _FAR_BLUR_PX)))
    paint_setting(canvas, scene.setting, scene.layout, light, camera.aim)
    canvas.restore()
    canvas.save()
    camera.move(canvas, 1.0)
    edge, wood = 150 + 10 * scene.spot[1], _TABLES[scene.table]
    lit = tuple(channel * (0.5 + 0.5 * tone) for channel, tone in zip(wood, light.place, strict=True))
    colour = (round(lit[0]), round(lit[1]), round(lit[2]))
    _surface(canvas, edge, shaded(colour, 0.86), shaded(colour, 1.12))
    x, y, size = world.WIDTH_PX / 2 + 40 * scene.spot[0], 148 + 6 * scene.spot[1], 206 + 14 * scene.spot[2]
    _cast_shadow(canvas, x, y + (0.41 if scene.inserted == "letter" else 0.48) * size, size, light)
    paint_prop(canvas, scene.inserted, x, y, size, light)
    canvas.restore()


def _cast_shadow(canvas: skia.Canvas, x: float, y: float, size: float, light: Light) -> None:
    """What a prop that stands at ``y`` throws on the table, away from the key light."""
    away = -light.key[0]
    paint = skia.Paint(AntiAlias=True, Color=skia.Color(16, 12, 26, round(255 * min(0.6, light.shadow + 0.15))))
    paint.setMaskFilter(skia.MaskFilter.MakeBlur(skia.kNormal_BlurStyle, 5.0))
    middle, reach = x + 0.16 * size * away, 0.46 * size
    canvas.drawOval(skia.Rect.MakeLTRB(middle - reach, y - 0.07 * size, middle + reach, y + 0.07 * size), paint)


def _surface(canvas: skia.Canvas, edge: float, far: world.Rgb, near: world.Rgb) -> None:
    """A table from its far edge (px) to below the frame, wider than any camera movement."""
    beyond = world.WIDTH_PX
    paint = skia.Paint(AntiAlias=True)
    paint.setShader(
        skia.GradientShader.MakeLinear(
            points=[skia.Point(0, edge), skia.Point(0, world.HEIGHT_PX)],
            colors=[skia.Color(*far), skia.Color(*near)],
        )
    )
    canvas.drawRect(skia.Rect.MakeLTRB(-beyond, edge, 2 * beyond, 2 * world.HEIGHT_PX), paint)
    canvas.drawRect(
        skia.Rect.MakeLTRB(-beyond, edge, 2 * beyond, edge + 3), skia.Paint(Color=skia.Color(*shaded(near, 1.2)))
    )
