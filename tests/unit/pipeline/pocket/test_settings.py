"""Every place is painted whole, the same each time, and is known by its colours in any light."""

import itertools
from collections.abc import Callable

import numpy as np
import pytest
import skia
from numpy.typing import NDArray

from pipeline.pocket.brush import light_of
from pipeline.pocket.settings import paint_setting
from pipeline.pocket.weather import paint_weather
from pipeline.pocket.world import HEIGHT_PX, INDOORS, LAYOUTS, SETTINGS, TIMES_OF_DAY, WEATHERS, WIDTH_PX

Picture = NDArray[np.uint8]
EDGE_PX = 160
UNPAINTED = 0
ALL_LIGHT = tuple(itertools.product(TIMES_OF_DAY, WEATHERS))


def still(canvas: skia.Canvas, depth: float) -> None:
    """A camera that does not move."""


def painted(
    setting: str,
    layout: int,
    time_of_day: str,
    weather: str = "clear",
    *,
    edge: int = 0,
    aim: Callable[[skia.Canvas, float], None] = still,
) -> Picture:
    """The setting with its weather as 8-bit RGBA, ``edge`` px larger than the frame on each side."""
    surface = skia.Surface(WIDTH_PX + 2 * edge, HEIGHT_PX + 2 * edge)
    canvas = surface.getCanvas()
    canvas.clear(UNPAINTED)
    canvas.translate(edge, edge)
    light = light_of(time_of_day, weather)
    paint_setting(canvas, setting, layout, light, aim)
    paint_weather(canvas, weather, light, 0.5, 7)
    return surface.toarray().copy()


def small(picture: Picture) -> NDArray[np.float64]:
    """Mean colours of 16 x 9 tiles, in one row."""
    tiles = picture[..., :3].reshape(9, HEIGHT_PX // 9, 16, WIDTH_PX // 16, 3)
    return tiles.mean(axis=(1, 3)).ravel()


@pytest.mark.parametrize("setting", SETTINGS)
@pytest.mark.parametrize("layout", range(LAYOUTS))
def test_a_setting_reaches_beyond_the_frame(setting: str, layout: int) -> None:
    picture = painted(setting, layout, "day", edge=EDGE_PX)
    assert (picture[..., 3] == 255).all()


@pytest.mark.parametrize("setting", SETTINGS)
def test_a_setting_covers_the_frame_when_the_camera_looks_aside(setting: str) -> None:
    for layout, shift, zoom in itertools.product(range(LAYOUTS), (-EDGE_PX, EDGE_PX), (0.9, 1.4)):

        def aside(canvas: skia.Canvas, depth: float, shift: int = shift, zoom: float = zoom) -> None:
            near = shift * (0.5 + 0.5 * depth)
            canvas.translate(WIDTH_PX / 2 + near, HEIGHT_PX / 2 + near * 0.6)
            canvas.scale(zoom, zoom)
            canvas.translate(-WIDTH_PX / 2, -HEIGHT_PX / 2)

        assert (painted(setting, layout, "dusk", aim=aside)[..., 3] == 255).all()


@pytest.mark.parametrize("setting", SETTINGS)
def test_every_light_paints_another_picture_of_a_setting(setting: str) -> None:
    for layout in range(LAYOUTS):
        pictures = [small(painted(setting, layout, time, weather)) for time, weather in ALL_LIGHT]
        for first, second in itertools.combinations(pictures, 2):
            assert np.abs(first - second).mean() > 3


@pytest.mark.parametrize("setting", SETTINGS)
def test_the_same_words_give_the_same_bytes(setting: str) -> None:
    first = painted(setting, 1, "night", "rain")
    assert first.tobytes() == painted(setting, 1, "night", "rain").tobytes()


@pytest.mark.parametrize("setting", SETTINGS)
def test_night_is_darker_than_dusk_and_day(setting: str) -> None:
    for layout, weather in itertools.product(range(LAYOUTS), WEATHERS):
        day, dusk, night = (
            painted(setting, layout, time, weather)[..., :3].mean() for time in ("day", "dusk", "night")
        )
        assert night < 0.8 * dusk
        assert night < 0.75 * day


@pytest.mark.parametrize("setting", SETTINGS)
def test_layouts_put_things_in_other_places(setting: str) -> None:
    layouts = [small(painted(setting, layout, "day")) for layout in range(LAYOUTS)]
    for first, second in itertools.combinations(layouts, 2):
        assert np.abs(first - second).mean() > 3


@pytest.mark.parametrize("setting", INDOORS)
def test_a_room_at_night_is_lit_by_its_lamps(setting: str) -> None:
    day, night = (painted(setting, 0, time)[..., :3].max(axis=2) for time in ("day", "night"))
    assert (night > 200).sum() > 100
    assert (night > 200).mean() < (day > 200).mean() + 0.02


def test_a_setting_is_known_by_its_colours_in_any_light() -> None:
    right = total = 0
    for time_of_day, weather in ALL_LIGHT:
        seen = {
            (setting, layout): small(painted(setting, layout, time_of_day, weather))
            for setting, layout in itertools.product(SETTINGS, range(LAYOUTS))
        }
        means = {setting: np.mean([seen[setting, layout] for layout in range(LAYOUTS)], axis=0) for setting in SETTINGS}
        for (setting, _), picture in seen.items():
            nearest = min(means, key=lambda name: float(np.linalg.norm(means[name] - picture)))
            right += nearest == setting
            total += 1
    assert right / total >= 0.95


def test_near_things_move_with_the_people_and_far_ones_lag() -> None:
    asked: list[float] = []
    for setting in SETTINGS:
        asked.clear()
        paint_setting(
            skia.Surface(8, 8).getCanvas(), setting, 0, light_of("day", "clear"), lambda _, depth: asked.append(depth)
        )
        assert 2 <= len(asked) <= 5
        assert asked == sorted(asked)
        assert asked[-1] >= 0.9


@pytest.mark.parametrize("weather", WEATHERS)
def test_weather_moves_with_time_and_comes_from_its_seed(weather: str) -> None:
    def over_grey(seconds: float, seed: int) -> Picture:
        surface = skia.Surface(WIDTH_PX, HEIGHT_PX)
        surface.getCanvas().clear(skia.ColorGRAY)
        paint_weather(surface.getCanvas(), weather, light_of("day", weather), seconds, seed)
        return surface.toarray().copy()

    first = over_grey(0.25, 1)
    assert first.tobytes() == over_grey(0.25, 1).tobytes()
    changes = weather != "clear"
    assert (first.tobytes() != over_grey(0.5, 1).tobytes()) == changes
    assert (first.tobytes() != over_grey(0.25, 2).tobytes()) == changes


def test_rain_falls() -> None:
    def streaks(seconds: float) -> Picture:
        surface = skia.Surface(WIDTH_PX, HEIGHT_PX)
        surface.getCanvas().clear(skia.ColorBLACK)
        paint_weather(surface.getCanvas(), "rain", light_of("day", "rain"), seconds, 3)
        return surface.toarray()[:250, :, 1].astype(np.int32)

    before, after = streaks(0.0), streaks(0.02)
    # In 0.02 s near drops fall 13 px and the slant takes them 3 px to the left.
    with_the_fall = (before[:-13, 3:] * after[13:, :-3]).sum()
    against_it = (before[13:, :-3] * after[:-13, 3:]).sum()
    assert with_the_fall > 1.5 * against_it


def test_fog_hides_the_ground_more_than_faces() -> None:
    surface = skia.Surface(WIDTH_PX, HEIGHT_PX)
    surface.getCanvas().clear(skia.ColorBLACK)
    paint_weather(surface.getCanvas(), "fog", light_of("day", "fog"), 0.0, 3)
    veil = surface.toarray()[..., 1].astype(float)
    assert veil[90:130].mean() < 40
    assert veil[250:].mean() > 2 * veil[90:130].mean()
