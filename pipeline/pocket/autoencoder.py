"""Training of the autoencoder: frames to 36 x 64 x 4 latents of unit variance, and back."""

import logging
import math
import random
import time
from pathlib import Path

import numpy as np
import torch
from diffusers import AutoencoderTiny
from PIL import Image
from torch.nn import functional

from pipeline.pocket import checkpoint
from pipeline.pocket.frames import Pool, importance
from pipeline.pocket.warm_start import take_over

_log = logging.getLogger(__name__)

_CROP_PX = 128
_CROPS = 12
_LEARNING_RATE = 1.5e-3
# Latents are blurred a little in training, so that a denoiser's small errors do not change an iris.
_LATENT_NOISE = 0.05
_SAVE_S = 180


def new_autoencoder() -> AutoencoderTiny:
    """An untrained autoencoder with 8 x 8 pixels to a latent; most blocks where they cost least."""
    return AutoencoderTiny(
        encoder_block_out_channels=(48,) * 4,
        decoder_block_out_channels=(48,) * 4,
        num_encoder_blocks=(0, 0, 2, 5),
        num_decoder_blocks=(8, 4, 1, 0),
        latent_channels=checkpoint.LATENTS[0],
        scaling_factor=1.0,
    ).to(memory_format=torch.channels_last)


def to_tensor(frames: np.ndarray) -> torch.Tensor:
    """N x H x W x 3 uint8 to N x 3 x H x W float32 in -1..1."""
    tensor = torch.from_numpy(np.ascontiguousarray(frames)).permute(0, 3, 1, 2).float() / 127.5 - 1
    return tensor.contiguous(memory_format=torch.channels_last)


def to_frames(pictures: torch.Tensor) -> np.ndarray:
    """N x 3 x H x W in -1..1 to N x H x W x 3 uint8."""
    scaled = ((pictures.float().clamp(-1, 1) + 1) * 127.5).round().byte()
    return scaled.permute(0, 2, 3, 1).contiguous().numpy()


def peak_signal_to_noise(made: np.ndarray, true: np.ndarray) -> float:
    """Mean PSNR in dB of N x H x W x 3 uint8 frames against the true ones."""
    error = ((made.astype(np.float32) - true.astype(np.float32)) / 255) ** 2
    return float((-10 * np.log10(error.mean((1, 2, 3)) + 1e-12)).mean())


def _crops(pool: Pool, rng: random.Random) -> tuple[torch.Tensor, torch.Tensor]:
    """Crops on the latent grid, half of them on a head, with their pixel weights."""
    pictures, weights = [], []
    for _ in range(_CROPS):
        drawing = rng.choice(pool.samples).drawing
        height, width = drawing.pixels.shape[:2]
        x, y = rng.randrange(0, width - _CROP_PX + 1), rng.randrange(0, height - _CROP_PX + 1)
        faces = [person.eyes for person in drawing.people if person.eyes]
        if faces and rng.random() < 0.55:
            left, top, right, bottom = rng.choice(faces)
            x = round((left + right) / 2 * width - _CROP_PX / 2 + rng.uniform(-40, 40))
            y = round((top + bottom) / 2 * height - _CROP_PX / 2 + rng.uniform(-40, 40))
        x = min(width - _CROP_PX, max(0, round(x / checkpoint.LATENT_PX) * checkpoint.LATENT_PX))
        y = min(height - _CROP_PX, max(0, round(y / checkpoint.LATENT_PX) * checkpoint.LATENT_PX))
        window = np.s_[y : y + _CROP_PX, x : x + _CROP_PX]
        picture = drawing.pixels[window]
        weight = importance(drawing, garment=1.7, head=2.0, eyes=4.0, mouth=3.5)[window]
        if rng.random() < 0.5:
            picture, weight = picture[:, ::-1], weight[:, ::-1]
        pictures.append(picture)
        weights.append(weight)
    return to_tensor(np.stack(pictures)), torch.from_numpy(np.stack(weights)).unsqueeze(1)


def _loss(made: torch.Tensor, true: torch.Tensor, weight: torch.Tensor, latents: torch.Tensor) -> torch.Tensor:
    difference = made.float() - true
    down = (difference[..., 1:, :] - difference[..., :-1, :]).abs() * weight[..., 1:, :]
    across = (difference[..., 1:] - difference[..., :-1]).abs() * weight[..., 1:]
    flat = (difference.abs() * weight).mean() + 0.5 * (down.mean() + across.mean())
    # Squared error of small patches' mean colour, most of all of what is not grey in it: four channels hold shapes
    # first, and large areas find their hue long before L1 alone finds it.
    patches, patch_weight = functional.avg_pool2d(difference, 8), functional.avg_pool2d(weight, 8)
    chroma = patches - patches.mean(1, keepdim=True)
    hue = (((patches.square() + 5 * chroma.square()) * patch_weight).mean()) / patch_weight.mean()
    spread = latents.float()
    unit = spread.mean((0, 2, 3)).square().mean() + (spread.std((0, 2, 3)) - 1).square().mean()
    return flat / weight.mean() + 6.0 * hue + 0.02 * unit


def train_autoencoder(run_folder: Path, minutes: float, start: Path | None = None) -> None:
    """Train for ``minutes``, or finish an interrupted run; saves ``autoencoder/`` in the run folder.

    Args:
        run_folder: where state, samples and the finished weights go.
        minutes: of training, over all runs together.
        start: a checkpoint folder whose weights a new run begins with, if any.
    """
    folder = run_folder / "autoencoder"
    folder.mkdir(parents=True, exist_ok=True)
    torch.manual_seed(0)
    autoencoder = new_autoencoder()
    optimiser = torch.optim.AdamW(
        autoencoder.parameters(), _LEARNING_RATE, betas=(0.9, 0.98), weight_decay=0, fused=True
    )
    state_path, step, spent = folder / "state.pt", 0, 0.0
    if state_path.exists():
        state = torch.load(state_path, weights_only=True)
        autoencoder.load_state_dict(state["autoencoder"])
        optimiser.load_state_dict(state["optimiser"])
        step, spent = state["step"], state["spent"]
    elif start:
        take_over(autoencoder, start / "vae")
    rng, pool = random.Random(step), Pool(2500, first_seed=step * 4)
    held_out = [sample.drawing.pixels for sample in Pool(12, first_seed=10_000_000).samples]
    started, saved, average = time.monotonic() - spent, spent, 0.0
    while (spent := time.monotonic() - started) < minutes * 60:
        rate = min(1.0, step / 150) * (0.5 + 0.5 * math.cos(math.pi * spent / (minutes * 60)) + 0.01)
        for group in optimiser.param_groups:
            group["lr"] = _LEARNING_RATE * rate
        true, weight = _crops(pool, rng)
        with torch.autocast("cpu", torch.bfloat16):
            latents = autoencoder.encode(true).latents
            made = autoencoder.decode(latents + _LATENT_NOISE * torch.randn_like(latents)).sample
        loss = _loss(made, true, weight, latents)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(autoencoder.parameters(), 1.0)
        optimiser.step()
        optimiser.zero_grad(set_to_none=True)
        pool.renew(2)
        step, average = step + 1, 0.98 * average + 0.02 * loss.item()
        if step % 100 == 0:
            spread = latents.float().std().item()
            _log.info(f"step {step} at {spent:.0f} s: loss {average:.4f}, latents' spread {spread:.2f}")
        if spent - saved > _SAVE_S:
            saved = spent
            torch.save(
                {
                    "autoencoder": autoencoder.state_dict(),
                    "optimiser": optimiser.state_dict(),
                    "step": step,
                    "spent": spent,
                },
                state_path.with_suffix(".new"),
            )
            state_path.with_suffix(".new").replace(state_path)
            _show(autoencoder, held_out, folder / f"sample_{spent / 60:03.0f}.png")
    _show(autoencoder, held_out, folder / "sample_final.png")
    autoencoder.save_pretrained(folder / "weights")


@torch.no_grad()
def _show(autoencoder: AutoencoderTiny, frames: list[np.ndarray], path: Path) -> None:
    true = np.stack(frames)
    with torch.autocast("cpu", torch.bfloat16):
        made = to_frames(autoencoder.decode(autoencoder.encode(to_tensor(true)).latents).sample)
    _log.info(f"{path.stem}: PSNR {peak_signal_to_noise(made, true):.2f} dB")
    rows = [np.concatenate(list(pictures[start : start + 3]), 1) for start in (0, 3, 6) for pictures in (true, made)]
    Image.fromarray(np.concatenate(rows, 0)).save(path)
