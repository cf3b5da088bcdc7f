from dataclasses import replace

import numpy as np
import pytest

from critic.benchmark.lighting import exposed
from critic.calibration import Bar
from critic.checks.measured import exposure, light_continuity, morphing, setting_continuity
from critic.continuity import light_apart, place_apart
from critic.exposure import exposure_of
from critic.morphing import melted
from critic.subject import Neighbour
from pipeline.pocket import world
from storage.domain.findings import Verdict
from tests.unit.critic.drawn import clip_of, described, draw_one, keyframe_subject, looks, pixels, view_of

HERE = described(looks(), shot_size="close-up")
BESIDE = draw_one(described(looks(eyes="blue"), shot_size="medium shot"), seed=8).pixels


def _findings(frame: np.ndarray, bar: Bar | None) -> list:
    subject = keyframe_subject(view_of(), draw_one(HERE))
    neighbour = Neighbour(label="1B", frame=frame, in_scene=True)
    subject = replace(subject, neighbours=(neighbour,))
    return [
        *light_continuity(bar).findings(subject),
        *setting_continuity(bar and Bar(at=0.6, spread=0.1)).findings(subject),
    ]


def test_the_same_place_in_the_same_light_is_ok() -> None:
    light, place = _findings(BESIDE, Bar(at=25.0, spread=5.0))
    assert (light.verdict, place.verdict) == (Verdict.OK, Verdict.OK)


def test_another_light_and_another_place_are_advice() -> None:
    night = draw_one(described(looks(), shot_size="medium shot", time_of_day="night"), seed=8).pixels
    light, _ = _findings(night, Bar(at=25.0, spread=5.0))
    assert (light.verdict, light.must) == (Verdict.DRIFT, False)
    assert light.message.startswith("The light is not that of 1B: ")
    forest = draw_one(described(looks(), shot_size="medium shot", setting="forest"), seed=8).pixels
    assert place_apart(draw_one(HERE).pixels, forest) > place_apart(draw_one(HERE).pixels, BESIDE)


def test_without_a_bar_nothing_is_made_of_the_number() -> None:
    assert {finding.verdict for finding in _findings(BESIDE, None)} == {Verdict.UNSEEN}
    subject = keyframe_subject(view_of(), draw_one(HERE))
    assert light_continuity(None).needs.lacking(subject) == "one circled take of the place"
    assert morphing(None).needs.lacking(subject) == "a clip"


def test_light_from_the_other_side_is_told() -> None:
    frame = np.tile(np.linspace(40, 200, 128, dtype=np.uint8)[None, :, None], (72, 1, 3))
    apart = light_apart(frame, frame[:, ::-1])
    assert apart.words == "more light from the right"
    assert apart.value > 20
    assert light_apart(frame, frame).value == 0


def test_what_melts_is_more_than_what_moves() -> None:
    clip = pixels(clip_of(described(looks(action="nodding"))))
    rng = np.random.default_rng(1)
    melting = clip.copy()
    for frame in melting[1:]:
        frame[60:220, 180:330] = np.roll(frame[60:220, 180:330], int(rng.integers(-40, 40)), axis=int(rng.integers(2)))
    assert melted(melting).value > 2 * melted(clip).value
    assert 0.3 < melted(melting).region.left < 0.7


@pytest.mark.parametrize("time", world.TIMES_OF_DAY)
def test_no_drawn_hour_is_over_or_underexposed(time: str) -> None:
    for setting in world.SETTINGS:
        drawing = draw_one(described(looks(), setting=setting, time_of_day=time, shot_size="medium shot"))
        assert exposure_of(drawing.pixels).value < 1.2, setting


@pytest.mark.parametrize(("stops", "words"), [(2.0, "burnt out"), (-3.0, "nothing brighter than")])
def test_lost_lights_and_darks_are_advice(stops: float, words: str) -> None:
    subject = keyframe_subject(view_of(), draw_one(HERE))
    misexposed = replace(subject, frames=exposed(subject.frames[0], stops)[None])
    bar = Bar(at=1.1, spread=0.1)
    (right,), (wrong,) = exposure(bar).findings(subject), exposure(bar).findings(misexposed)
    assert right.verdict is Verdict.OK
    assert (wrong.verdict, wrong.must) == (Verdict.DRIFT, False)
    assert words in wrong.message
