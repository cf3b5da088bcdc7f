"""Training of the denoiser: text encoder and UNet, on the latents of drawn frames."""

import logging
import time
from collections.abc import Iterable
from pathlib import Path

import numpy as np
import torch
from diffusers import AutoencoderTiny, DDIMScheduler, UNet2DConditionModel
from diffusers.models.attention_processor import AttnProcessor
from PIL import Image
from torch import nn
from torch.nn import functional
from transformers import CLIPTextModel

from critic.judge import UNSEEN
from pipeline.pocket import checkpoint
from pipeline.pocket.autoencoder import to_tensor
from pipeline.pocket.frames import drawn_sample, importance
from pipeline.pocket.judging import ATTRIBUTES
from pipeline.pocket.optimiser import Optimiser
from pipeline.pocket.truth import NONE, Drawing
from pipeline.pocket.warm_start import take_over

_log = logging.getLogger(__name__)

_BATCH = 32
_LEARNING_RATE = 1e-3
_CAPTION_DROPOUT = 0.1
_SAVE_S = 600
_FIRST_LATENTS = 2400
_MOST_LATENTS = 40_000
_NEW_A_STEP = 3
_ENCODED_AT_ONCE = 8
_NAMED_WEIGHT = 0.1
_NOT_NAMED = 255
# Rows and columns of what the UNet holds where it is asked for names.
_NAMING_GRID = (18, 32)
_OF_FRAME = {name: values for name, values in ATTRIBUTES["frame"].items() if name != "people"}
_OF_PERSON = {**ATTRIBUTES["face"], **ATTRIBUTES["torso"]}
_ASKED = {**_OF_FRAME, **_OF_PERSON}


def _cells(region: tuple[float, float, float, float]) -> tuple[slice, slice]:
    """Rows and columns of the naming grid that a normalised region touches."""
    left, top, right, bottom = region
    tall, wide = _NAMING_GRID
    return slice(int(top * tall), int(np.ceil(bottom * tall))), slice(int(left * wide), int(np.ceil(right * wide)))


def _named(drawing: Drawing) -> torch.Tensor:
    """Which value each attribute has in each cell: attributes x 18 x 32, uint8.

    What is true of the frame is so in every cell, what is true of a person in the cells of that person.
    """
    of_frame = {
        "setting": drawing.setting,
        "time of day": drawing.time_of_day,
        "shot size": drawing.shot_size,
        "weather": drawing.weather,
        "inserted": drawing.inserted or NONE,
    }
    named = torch.full((len(_ASKED), *_NAMING_GRID), _NOT_NAMED, dtype=torch.uint8)
    for index, (attribute, values) in enumerate(_OF_FRAME.items()):
        named[index] = values.index(of_frame[attribute])
    for person in drawing.people:
        for index, (attribute, values) in enumerate(_OF_PERSON.items(), len(_OF_FRAME)):
            value = person.attributes[attribute]
            if value != UNSEEN:
                region = person.head if attribute in ATTRIBUTES["face"] else person.garment
                named[index, *_cells(region)] = values.index(value)
    return named


class _Naming(nn.Module):
    """Names the attributes of the frame and its people in every cell from what the UNet holds there half-way up.

    Used in training only. The error in the pixels alone teaches the UNet to look words up very slowly; asked what
    it is about to draw where, it has to. The idea is deep supervision (Lee et al., 2015).
    """

    def __init__(self, unet: UNet2DConditionModel) -> None:
        super().__init__()
        self.read = nn.Conv2d(checkpoint.CHANNELS[2], sum(map(len, _ASKED.values())), 1)
        self._held = torch.empty(0)
        unet.up_blocks[1].register_forward_hook(self._hold)

    def _hold(self, block: nn.Module, given: object, held: torch.Tensor) -> None:
        self._held = held

    def loss(self, named: torch.Tensor) -> torch.Tensor:
        """Mean cross entropy over the cells in which something is named, in the UNet's last pass; 0 to about 2.

        The frame's attributes count for as much as those of its people.

        Args:
            named: N x attributes x 18 x 32, as ``_named`` makes it.
        """
        logits = self.read(self._held.float()).split([len(values) for values in _ASKED.values()], 1)
        losses = [
            functional.cross_entropy(found, named[:, index].long(), ignore_index=_NOT_NAMED)
            for index, found in enumerate(logits)
        ]
        of_frame, of_people = losses[: len(_OF_FRAME)], losses[len(_OF_FRAME) :]
        return torch.stack(of_frame).mean() + torch.stack(of_people).mean()


class LatentPool:
    """Latents, token ids, importance and names of drawn frames, encoded as they are asked for."""

    def __init__(self, autoencoder: AutoencoderTiny, tokenizer, first_seed: int) -> None:
        self._autoencoder = autoencoder
        self._tokenizer = tokenizer
        self._first_seed = first_seed
        self.latents = torch.empty(_MOST_LATENTS, *checkpoint.LATENTS, dtype=torch.float16)
        self.weights = torch.empty(_MOST_LATENTS, 1, *checkpoint.LATENTS[1:], dtype=torch.float16)
        self.ids = torch.empty(_MOST_LATENTS, checkpoint.PROMPT_TOKENS, dtype=torch.int64)
        self.named = torch.empty(_MOST_LATENTS, len(_ASKED), *_NAMING_GRID, dtype=torch.uint8)
        self.size = 0

    @torch.no_grad()
    def grow(self, count: int) -> None:
        """Draw and encode ``count`` more frames, as long as there is room."""
        count = min(count, _MOST_LATENTS - self.size)
        if count <= 0:
            return
        samples = [drawn_sample(self._first_seed + self.size + index) for index in range(count)]
        window = slice(self.size, self.size + count)
        with torch.autocast("cpu", torch.bfloat16):
            pictures = to_tensor(np.stack([sample.drawing.pixels for sample in samples]))
            self.latents[window] = self._autoencoder.encode(pictures).latents.half()
        pixels = np.stack(
            [importance(sample.drawing, garment=2.0, head=3.0, eyes=6.0, mouth=3.0) for sample in samples]
        )
        self.weights[window] = functional.avg_pool2d(torch.from_numpy(pixels).unsqueeze(1), checkpoint.LATENT_PX).half()
        self.ids[window] = checkpoint.token_ids(self._tokenizer, [sample.caption for sample in samples])
        self.named[window] = torch.stack([_named(sample.drawing) for sample in samples])
        self.size += count

    def batch(self, count: int) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor, torch.Tensor]:
        """Latents (N x 4 x 36 x 64), weights (N x 1 x 36 x 64), token ids and names of frames chosen at random."""
        index = torch.randint(0, self.size, (count,))
        latents = self.latents[index].float().contiguous(memory_format=torch.channels_last)
        return latents, self.weights[index].float(), self.ids[index].clone(), self.named[index]


def training_scheduler() -> DDIMScheduler:
    """The noise that training adds; the same betas as ``checkpoint.new_scheduler``."""
    return DDIMScheduler.from_config(checkpoint.new_scheduler().config, clip_sample=False)


def training_timesteps(count: int) -> torch.Tensor:
    """Timesteps 0..999, mostly from the middle, where a frame's words are decided."""
    middle = torch.sigmoid(torch.randn(count) + 0.8)
    return (torch.where(torch.rand(count) < 0.65, middle, torch.rand(count)) * 1000).long().clamp(0, 999)


class Averages:
    """Running averages of weights; what is kept and shown."""

    def __init__(self, weights: Iterable[torch.nn.Parameter]) -> None:
        self._live = list(weights)
        self.kept = [weight.detach().clone() for weight in self._live]

    def update(self, step: int) -> None:
        fresh = 1 - min(0.998, (step + 1) / (step + 10))
        torch._foreach_lerp_(self.kept, [weight.data for weight in self._live], fresh)

    def swap(self) -> None:
        """Exchange the live weights and the averages; a second call undoes the first."""
        for live, kept in zip(self._live, self.kept, strict=True):
            held = live.data.clone()
            live.data.copy_(kept)
            kept.copy_(held)


def train_denoiser(
    run_folder: Path,
    minutes: float,
    output: Path | None = None,
    start: Path | None = None,
    *,
    compiled: bool = False,
) -> None:
    """Train for ``minutes``, or finish an interrupted run; saves ``denoiser/`` in the run folder.

    Args:
        run_folder: holds ``autoencoder/weights`` and ``text_encoder/weights``; state and samples go there too.
        minutes: of training, over all runs together.
        output: a checkpoint folder to which early versions are written, if any.
        start: a checkpoint folder whose UNet a new run begins with, if any.
        compiled: the UNet is compiled first, which takes minutes and a C++ compiler; steps take two thirds of the time.
    """
    folder = run_folder / "denoiser"
    folder.mkdir(parents=True, exist_ok=True)
    torch.manual_seed(1)
    autoencoder = AutoencoderTiny.from_pretrained(run_folder / "autoencoder" / "weights").eval()
    autoencoder.to(memory_format=torch.channels_last)
    tokenizer = checkpoint.new_tokenizer(folder / "tokenizer")
    text_encoder = CLIPTextModel.from_pretrained(run_folder / "text_encoder" / "weights", dtype=torch.float32).train()
    unet = checkpoint.new_unet()
    naming = _Naming(unet)
    # Faster than fused attention on a CPU where positions are few.
    unet.set_attn_processor(AttnProcessor())
    weights = [*unet.parameters(), *text_encoder.parameters()]
    trained = [*weights, *naming.parameters()]
    optimiser = Optimiser(unet, [*text_encoder.parameters(), *naming.parameters()], _LEARNING_RATE)
    averages = Averages(weights)
    state_path, step, spent = folder / "state.pt", 0, 0.0
    if state_path.exists():
        state = torch.load(state_path, weights_only=True)
        unet.load_state_dict(state["unet"])
        text_encoder.load_state_dict(state["text_encoder"])
        naming.load_state_dict(state["naming"])
        optimiser.load_state_dict(state["optimiser"])
        averages.kept = state["averages"]
        step, spent = state["step"], state["spent"]
    elif start:
        take_over(unet, start / "unet")
        averages = Averages(weights)
    pool, noise_scheduler = LatentPool(autoencoder, tokenizer, first_seed=step * _BATCH), training_scheduler()
    while pool.size < _FIRST_LATENTS:
        pool.grow(_ENCODED_AT_ONCE)
    _log.info(f"{pool.size} latents")
    nothing = checkpoint.token_ids(tokenizer, [""])
    denoise = torch.compile(unet) if compiled else unet
    started, saved, average = time.monotonic() - spent, spent, np.zeros(2)
    while (spent := time.monotonic() - started) < minutes * 60:
        done = spent / (minutes * 60)
        rate = min(1.0, step / 150) * (1.0 if done < 0.6 else max(0.03, (1 - done) / 0.4))
        optimiser.set_rate(_LEARNING_RATE * rate)
        pool.grow(_NEW_A_STEP)
        latents, importances, ids, named = pool.batch(_BATCH)
        ids[torch.rand(_BATCH) < _CAPTION_DROPOUT] = nothing
        timesteps, noise = training_timesteps(_BATCH), torch.randn_like(latents)
        noisy = noise_scheduler.add_noise(latents, noise, timesteps)
        with torch.autocast("cpu", torch.bfloat16):
            velocity = denoise(noisy, timesteps, text_encoder(ids).last_hidden_state).sample
        error = (velocity.float() - noise_scheduler.get_velocity(latents, noise, timesteps)).square()
        drawn, told = (error * importances).mean() / importances.mean(), naming.loss(named)
        (drawn + _NAMED_WEIGHT * told).backward()
        torch.nn.utils.clip_grad_norm_(trained, 1.0)
        optimiser.step()
        averages.update(step)
        step, average = step + 1, 0.98 * average + 0.02 * np.array((drawn.item(), told.item()))
        if step % 50 == 0:
            _log.info(
                f"step {step} at {spent:.0f} s: loss {average[0]:.4f}, naming {average[1]:.4f}, {pool.size} latents"
            )
        if spent - saved > _SAVE_S:
            saved = spent
            state = {
                "unet": unet.state_dict(),
                "text_encoder": text_encoder.state_dict(),
                "naming": naming.state_dict(),
                "optimiser": optimiser.state_dict(),
                "averages": averages.kept,
                "step": step,
                "spent": spent,
            }
            torch.save(state, state_path.with_suffix(".new"))
            state_path.with_suffix(".new").replace(state_path)
            averages.swap()
            pipeline = checkpoint.pipeline_of(autoencoder, tokenizer, text_encoder, unet)
            show_stills(pipeline, folder / f"sample_{spent / 60:03.0f}.png")
            if output:
                checkpoint.write_folder(pipeline, output)
            averages.swap()
    averages.swap()
    pipeline = checkpoint.pipeline_of(autoencoder, tokenizer, text_encoder, unet)
    show_stills(pipeline, folder / "sample_final.png")
    pipeline.save_pretrained(folder / "weights")
    if output:
        checkpoint.write_folder(pipeline, output)


def show_stills(pipeline, path: Path, guidance_scale: float = 3.0) -> None:
    """Draw eight held-out prompts and save them as one picture, with the prompts beside it."""
    samples = [drawn_sample(20_000_000 + index) for index in range(8)]
    prompts = [sample.description.prompt for sample in samples]
    pipeline.set_progress_bar_config(disable=True)
    with torch.autocast("cpu", torch.bfloat16):
        made = pipeline(
            prompts,
            height=288,
            width=512,
            num_inference_steps=16,
            guidance_scale=guidance_scale,
            generator=[torch.Generator().manual_seed(index) for index in range(8)],
            output_type="np",
        ).images
    frames = (made * 255).round().astype(np.uint8)
    rows = [np.concatenate(list(frames[start : start + 4]), 1) for start in (0, 4)]
    Image.fromarray(np.concatenate(rows, 0)).save(path)
    path.with_suffix(".txt").write_text("\n".join(prompts) + "\n")
