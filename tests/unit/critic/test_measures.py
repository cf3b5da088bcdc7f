import cv2
import numpy as np
import pytest

from critic.measures import camera_between, confidence_of, light_of, psnr_db, refined, unexplained
from tests.unit.critic.drawn import described, draw_one, looks

FRAME = draw_one(described(looks(), shot_size="medium shot")).pixels
TALKING = draw_one(described(looks(action="talking"), shot_size="medium shot")).pixels


def _moved(frame: np.ndarray, right: float, down: float, zoom: float = 1.0) -> np.ndarray:
    matrix = cv2.getRotationMatrix2D((256, 144), 0, zoom) + np.array([[0, 0, right], [0, 0, down]])
    return cv2.warpAffine(frame, matrix, (512, 288), flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE)


def test_equal_pictures_have_the_highest_likeness() -> None:
    assert psnr_db(FRAME, FRAME) == 100.0
    assert psnr_db(np.zeros((8, 8, 3), np.uint8), np.full((8, 8, 3), 255, np.uint8)) == 0.0
    assert abs(psnr_db(np.zeros((8, 8, 3), np.uint8), np.full((8, 8, 3), 10, np.uint8)) - 28.13) < 0.01


def test_pictures_of_two_sizes_cannot_be_compared() -> None:
    with pytest.raises(ValueError, match="cannot be compared"):
        psnr_db(FRAME, FRAME[::2])


@pytest.mark.parametrize(("right", "down", "zoom"), [(12.0, 0.0, 1.0), (-7.5, 4.0, 1.0), (0.0, 0.0, 1.1)])
def test_the_camera_is_found(right: float, down: float, zoom: float) -> None:
    camera = camera_between(FRAME, _moved(FRAME, right, down, zoom))
    assert camera is not None
    assert abs(camera.right_px - right) < 0.5
    assert abs(camera.down_px - down) < 0.5
    assert abs(camera.zoom - zoom) < 0.01


def test_a_blank_picture_has_no_camera() -> None:
    blank = np.full((288, 512, 3), 128, np.uint8)
    assert camera_between(blank, blank) is None


def test_a_moved_and_dimmed_picture_is_explained() -> None:
    second = (_moved(FRAME, 9.3, -2.6) * 0.9).astype(np.uint8)
    camera = camera_between(FRAME, second)
    assert camera is not None
    better = refined(FRAME, second, camera)
    assert unexplained(FRAME, second, better, 24).sum() <= 30


def test_a_mouth_that_opens_is_not_explained() -> None:
    mask = unexplained(FRAME, TALKING, None, 24)
    assert mask.sum() > 30
    rows, columns = np.nonzero(mask)
    assert rows.max() - rows.min() < 60
    assert columns.max() - columns.min() < 60


def test_light_is_measured() -> None:
    night = light_of(draw_one(described(looks(), time_of_day="night")).pixels)
    day = light_of(draw_one(described(looks(), time_of_day="day")).pixels)
    assert night.lightness < day.lightness
    assert night.yellow < day.yellow


def test_confidence_grows_with_the_distance_from_the_threshold() -> None:
    assert confidence_of(5.0, 5.0, 1.0) == 0.5
    assert confidence_of(7.0, 5.0, 1.0) == confidence_of(3.0, 5.0, 1.0)
    assert 0.87 < confidence_of(7.0, 5.0, 1.0) < 0.89
    assert confidence_of(500.0, 5.0, 1.0) == 0.99
