"""The clock of drawing stands still while a renderer waits for an answer."""

import pytest

from pipeline.renderers.clock import DrawingClock


class World:
    """Time that a test moves."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


def test_what_an_answer_takes_is_no_drawing():
    world = World()
    clock = DrawingClock(world)
    began = clock()

    def held(job_id: int) -> bool:
        world.now += 30.0
        return job_id == 2

    world.now += 1.5
    assert [clock.standing_for(held)(job_id) for job_id in (1, 2)] == [False, True]
    world.now += 0.5
    assert clock() - began == pytest.approx(2.0)


def test_an_answer_that_fails_is_no_drawing_either():
    world = World()
    clock = DrawingClock(world)

    def dies(_job_id: int) -> bool:
        world.now += 30.0
        raise OSError

    with pytest.raises(OSError):
        clock.standing_for(dies)(1)
    assert clock() == pytest.approx(100.0)
