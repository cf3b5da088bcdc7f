"""Turns latents into small pictures while they are denoised, within what that may cost, and pictures into latents."""

import io
import math
from collections.abc import Callable
from typing import Any

import numpy as np
import torch
from diffusers.models.autoencoders.autoencoder_kl import AutoencoderKL
from diffusers.models.autoencoders.autoencoder_kl_temporal_decoder import AutoencoderKLTemporalDecoder
from diffusers.models.autoencoders.autoencoder_tiny import AutoencoderTiny
from PIL import Image

from pipeline.renderers.loading import Pipelines, forget_frames, is_out_of_memory

# Autoencoders of single pictures, whose latents are small pictures themselves.
PREVIEWED = (AutoencoderKL, AutoencoderKLTemporalDecoder, AutoencoderTiny)

_PREVIEW_WIDTH_PX = 256
_GRID = 16
_EVERY_S = 1.0
_SHARE = 0.05
_FRESH_S = 4.0
_GUESSED_COST_S = 0.05


def encode_frames(vae: Any, frames: np.ndarray, device: torch.device) -> torch.Tensor:
    """Encode frames to latents as the denoiser knows them, always the same for the same frames.

    Args:
        vae: any diffusers image autoencoder.
        frames: number x height x width x 3, 0 to 255.
        device: where the pipeline runs; an offloaded autoencoder lies elsewhere.

    Returns:
        number x channels x height x width, on that device.
    """
    pixels = torch.from_numpy(frames.copy()).permute(0, 3, 1, 2).to(device, vae.dtype)
    with torch.no_grad():
        encoded = vae.encode(pixels / 127.5 - 1)
    latents = encoded.latents if hasattr(encoded, "latents") else encoded.latent_dist.mode()
    return (latents - (getattr(vae.config, "shift_factor", None) or 0)) * vae.config.scaling_factor


class LatentPreview:
    """A linear map from latents to colours, fitted to one autoencoder by least squares.

    Args:
        vae: one of `PREVIEWED`; a grid of random colours is encoded once.
        device: where the pipeline runs.
    """

    def __init__(self, vae: Any, device: torch.device) -> None:
        colours = np.random.default_rng(0).integers(0, 256, (_GRID // 2, _GRID // 2, 3), dtype=np.uint8)
        factor = 2 ** (len(vae.config.block_out_channels) - 1)
        grid = colours.repeat(2, axis=0).repeat(2, axis=1)
        picture = grid.repeat(factor, axis=0).repeat(factor, axis=1)
        latents = encode_frames(vae, picture[None], device)[0].float().cpu().numpy()
        self.channels = latents.shape[0]
        known = self._columns(latents)
        self._map, *_ = np.linalg.lstsq(known, grid.reshape(-1, 3).astype(np.float64), rcond=1e-3)

    def _columns(self, latents: np.ndarray) -> np.ndarray:
        flat = latents.reshape(self.channels, -1).T.astype(np.float64)
        return np.concatenate([flat, np.ones((len(flat), 1))], axis=1)

    def jpeg(self, latents: torch.Tensor) -> bytes | None:
        """Draw one picture's latents (channels x height x width); None where the map does not fit them."""
        if latents.ndim != 3 or latents.shape[0] != self.channels:
            return None
        values = latents.float().cpu().numpy()
        # Some schedulers scale the noise up, far out of the range that pictures have.
        values = values / max(1.0, float(values.std()))
        colours = np.nan_to_num(self._columns(values) @ self._map)
        height, width = latents.shape[1:]
        return small_jpeg(np.clip(colours.reshape(height, width, 3), 0, 255).astype(np.uint8))


class Previews:
    """Small pictures of what is being denoised, at most about one a second and for a twentieth of the time.

    The autoencoder draws as many rows of a batch as there is time for, one after another. Where a row's turn is long
    ago or still to come, and where memory or a part on another device stands against it, a linear map stands in.

    Args:
        pipelines: whose autoencoder and noise scheduler are asked.
        clock: tells seconds of drawing.
    """

    def __init__(self, pipelines: Pipelines, clock: Callable[[], float]) -> None:
        self._pipelines = pipelines
        self._clock = clock
        self._map: LatentPreview | None = None
        self._map_of: Any = None
        self._decodes = True
        self._is_warm = False
        self._cost_s = _GUESSED_COST_S
        self.begin()

    def begin(self) -> None:
        """A batch starts from its first step."""
        self._began = self._clock()
        self._drew_at = -math.inf
        self._spent_s = 0.0
        self._turn = 0
        self._decoded_at: dict[int, float] = {}

    def jpegs(self, latents: torch.Tensor) -> list[bytes | None]:
        """Draw what there is time for.

        Args:
            latents: of a batch of pictures, number x channels x height x width, or of a clip, which has frames too.

        Returns:
            a small JPEG, or None, for each row; of a clip the middle frame.
        """
        count, now = latents.shape[0], self._clock()
        pipe = self._pipelines.main
        if now - self._drew_at < _EVERY_S or not isinstance(getattr(pipe, "vae", None), PREVIEWED):
            return [None] * count
        if latents.ndim not in (4, 5):
            return [None] * count
        self._drew_at = now
        rows = _clean(self._running(latents).scheduler, latents)
        if rows.ndim == 5:
            frame_dim = 2 if self._pipelines.draws_stills else 1
            rows = rows.select(frame_dim, rows.shape[frame_dim] // 2)
        made: list[bytes | None] = [None] * count
        for _ in range(count):
            row = self._turn % count
            if made[row] is not None or not self._has_time_for_one():
                break
            made[row] = self._decode(pipe.vae, rows[row])
            self._turn += 1
            if made[row] is None:
                break
            self._decoded_at[row] = now
        for row in range(count):
            if now - self._decoded_at.get(row, -math.inf) > _FRESH_S:
                made[row] = self._mapped(pipe, rows[row])
        self._spent_s += self._clock() - now
        return made

    def _running(self, latents: torch.Tensor) -> Any:
        return self._pipelines.motion if latents.ndim == 5 else self._pipelines.main

    def _has_time_for_one(self) -> bool:
        if not self._decodes or self._pipelines.hardware.offload != "none":
            return False
        return self._spent_s + self._cost_s <= _SHARE * (self._clock() - self._began)

    def _decode(self, vae: Any, latents: torch.Tensor) -> bytes | None:
        began = self._clock()
        try:
            with torch.no_grad(), self._pipelines.precision():
                picture = decode(vae, latents)
        except (RuntimeError, MemoryError) as error:
            if not is_out_of_memory(error):
                raise
            forget_frames(error)
            self._decodes = False
            return None
        # The first call warms an autoencoder up and says nothing of the next.
        if self._is_warm:
            self._cost_s = self._clock() - began
        self._is_warm = True
        return small_jpeg(picture)

    def _mapped(self, pipe: Any, latents: torch.Tensor) -> bytes | None:
        if self._map is None or self._map_of is not pipe.vae:
            self._map, self._map_of = LatentPreview(pipe.vae, pipe._execution_device), pipe.vae
        return self._map.jpeg(latents)


def decode(vae: Any, latents: torch.Tensor) -> np.ndarray:
    """Decode one picture's latents (channels x height x width) to height x width x 3, 0 to 255."""
    scaled = latents[None].to(vae.dtype) / vae.config.scaling_factor + (getattr(vae.config, "shift_factor", None) or 0)
    more: dict[str, Any] = {"num_frames": 1} if isinstance(vae, AutoencoderKLTemporalDecoder) else {}
    decoded: Any = vae.decode(scaled, **more)
    picture = decoded.sample[0]
    pixels = (picture.float().permute(1, 2, 0).cpu().numpy() / 2 + 0.5).clip(0, 1) * 255
    return np.nan_to_num(pixels).round().astype(np.uint8)


def _clean(scheduler: Any, latents: torch.Tensor) -> torch.Tensor:
    """What the noise scheduler takes the picture to be already; the latents with their noise where it does not say."""
    guesses = getattr(scheduler, "model_outputs", None)
    config = getattr(scheduler, "config", {})
    tells = "++" in str(config.get("algorithm_type")) or config.get("predict_x0") is True
    guess = guesses[-1] if guesses and tells else None
    return guess if isinstance(guess, torch.Tensor) and guess.shape == latents.shape else latents


def small_jpeg(pixels: np.ndarray) -> bytes:
    """A picture (height x width x 3) as a small JPEG."""
    height, width = pixels.shape[:2]
    picture = Image.fromarray(pixels)
    size = (_PREVIEW_WIDTH_PX, max(1, round(_PREVIEW_WIDTH_PX * height / width)))
    buffer = io.BytesIO()
    picture.resize(size, Image.Resampling.BICUBIC).save(buffer, "JPEG", quality=80)
    return buffer.getvalue()
