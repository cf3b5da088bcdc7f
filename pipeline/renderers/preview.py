"""Turns latents into a small picture cheaply, and pictures into latents."""

import io
from typing import Any

import numpy as np
import torch
from diffusers.models.autoencoders.autoencoder_kl import AutoencoderKL
from diffusers.models.autoencoders.autoencoder_kl_temporal_decoder import AutoencoderKLTemporalDecoder
from diffusers.models.autoencoders.autoencoder_tiny import AutoencoderTiny
from PIL import Image

# Autoencoders of single pictures, whose latents are small pictures themselves.
PREVIEWED = (AutoencoderKL, AutoencoderKLTemporalDecoder, AutoencoderTiny)

_PREVIEW_WIDTH_PX = 160
_GRID = 16


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
        pixels = np.clip(colours.reshape(height, width, 3), 0, 255).astype(np.uint8)
        size = (_PREVIEW_WIDTH_PX, max(1, round(_PREVIEW_WIDTH_PX * height / width)))
        buffer = io.BytesIO()
        Image.fromarray(pixels).resize(size, Image.Resampling.BICUBIC).save(buffer, "JPEG", quality=75)
        return buffer.getvalue()
