"""Previews while denoising: at most one a second, for a twentieth of the time, and never at the batch's risk."""

import io
from contextlib import nullcontext
from types import SimpleNamespace
from typing import Any

import pytest
import torch
from diffusers.models.autoencoders.autoencoder_tiny import AutoencoderTiny
from PIL import Image

from pipeline.renderers.clock import DrawingClock
from pipeline.renderers.preview import Previews


class Hands:
    """A clock that a test moves."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def hands() -> Hands:
    return Hands()


@pytest.fixture
def vae(hands: Hands, monkeypatch: pytest.MonkeyPatch) -> Any:
    """A tiny autoencoder that counts how often it decodes; each time takes 0.2 s."""
    tiny = AutoencoderTiny(
        encoder_block_out_channels=(8, 8),
        decoder_block_out_channels=(8, 8),
        num_encoder_blocks=(1, 1),
        num_decoder_blocks=(1, 1),
    )
    genuine = tiny.decode
    tiny.decoded = 0

    def decode(latents: torch.Tensor) -> Any:
        tiny.decoded += 1
        hands.now += 0.2
        return genuine(latents)

    monkeypatch.setattr(tiny, "decode", decode)
    return tiny


@pytest.fixture
def pipelines(vae: Any) -> Any:
    pipe = SimpleNamespace(vae=vae, scheduler=SimpleNamespace(config={}), _execution_device=torch.device("cpu"))
    return SimpleNamespace(
        main=pipe, motion=pipe, draws_stills=True, hardware=SimpleNamespace(offload="none"), precision=nullcontext
    )


def run(previews: Previews, hands: Hands, rows: int, seconds: float) -> list[list[bytes | None]]:
    """Denoise for a while, four steps a second."""
    latents = torch.randn(rows, 4, 9, 16, generator=torch.Generator().manual_seed(0))
    previews.begin()
    made = []
    until = hands.now + seconds
    while hands.now < until:
        hands.now += 0.25
        made.append(previews.jpegs(latents))
    return made


def test_the_first_step_has_a_picture_and_then_one_a_second_at_most(pipelines, hands):
    made = run(Previews(pipelines, hands), hands, 2, 10.0)
    assert all(made[0])
    assert 5 <= sum(any(rows) for rows in made) <= 11
    with Image.open(io.BytesIO(made[0][0])) as picture:
        assert picture.size == (256, 144)


def test_the_autoencoder_is_asked_in_turn_and_for_a_twentieth_of_the_time(pipelines, vae, hands):
    run(Previews(pipelines, hands), hands, 4, 100.0)
    assert 10 <= vae.decoded <= 100 * 0.05 / 0.2 + 1


def test_a_pause_buys_the_autoencoder_no_time(pipelines, vae, hands):
    clock = DrawingClock(hands)
    previews = Previews(pipelines, clock)
    run(previews, hands, 4, 10.0)
    decoded = vae.decoded

    def hold(_job_id: int) -> bool:
        hands.now += 600.0
        return False

    assert not clock.standing_for(hold)(1)
    for _ in range(8):
        hands.now += 0.25
        previews.jpegs(torch.zeros(4, 4, 9, 16))
    assert vae.decoded <= decoded + 1


def test_what_the_noise_scheduler_takes_the_picture_to_be_is_shown(pipelines, hands):
    flat = torch.zeros(1, 4, 9, 16)
    pipelines.main.scheduler = SimpleNamespace(config={"algorithm_type": "dpmsolver++"}, model_outputs=[None, flat])
    (rows,) = run(Previews(pipelines, hands), hands, 1, 0.1)
    with Image.open(io.BytesIO(rows[0])) as picture:
        assert all(high - low < 8 for low, high in picture.getextrema())


def test_memory_that_runs_out_for_a_preview_is_not_the_pictures_loss(pipelines, vae, hands, monkeypatch):
    def short(_latents: torch.Tensor) -> Any:
        raise torch.OutOfMemoryError("CUDA out of memory.")

    monkeypatch.setattr(vae, "decode", short)
    made = run(Previews(pipelines, hands), hands, 1, 10.0)
    assert sum(any(rows) for rows in made) >= 9


def test_a_part_on_another_device_is_not_called_for_a_preview(pipelines, vae, hands):
    pipelines.hardware.offload = "model"
    made = run(Previews(pipelines, hands), hands, 1, 20.0)
    assert vae.decoded == 0 and any(any(rows) for rows in made)


def test_of_a_clip_the_middle_frame_is_shown(pipelines, hands):
    previews = Previews(pipelines, hands)
    previews.begin()
    clip = torch.zeros(1, 4, 5, 9, 16)
    clip[:, :, 2] = 1.0
    (middle,) = previews.jpegs(clip)
    previews.begin()
    (still,) = previews.jpegs(clip[:, :, 2])
    assert middle == still
