"""Training of motion: the motion adapter and the sparse control that holds a clip to its keyframe."""

import logging
import random
import time
from pathlib import Path

import numpy as np
import torch
from diffusers import (
    AutoencoderTiny,
    MotionAdapter,
    SparseControlNetModel,
    StableDiffusionPipeline,
    UNet2DConditionModel,
    UNetMotionModel,
)
from diffusers.models.attention_processor import AttnProcessor

from pipeline.pocket import checkpoint, world
from pipeline.pocket.artist import draw_clip, sample_description
from pipeline.pocket.autoencoder import to_tensor
from pipeline.pocket.captions import caption
from pipeline.pocket.denoiser import Averages, training_scheduler
from pipeline.pocket.warm_start import take_over

_log = logging.getLogger(__name__)

_BATCH = 1
_PAIRS = 16
_PAIRED_SHARE = 0.3
# Clips start from the keyframe at about this level of noise; above it nothing is generated.
_NOISIEST = 850
_HELD_FROM = 500
_LEARNING_RATE = 7e-4
_FIRST_CLIPS = 40
_MOST_CLIPS = 3000
_SAVE_S = 240
_HEADS = 4


def new_motion_adapter() -> MotionAdapter:
    """An untrained motion adapter for pocket's UNet."""
    return MotionAdapter(
        block_out_channels=checkpoint.CHANNELS,
        motion_layers_per_block=1,
        motion_mid_block_layers_per_block=1,
        motion_num_attention_heads=_HEADS,
        motion_norm_num_groups=checkpoint.NORM_GROUPS,
        motion_max_seq_length=32,
    )


def new_sparse_control(unet: UNet2DConditionModel) -> SparseControlNetModel:
    """A sparse control that reads a keyframe's latents as the UNet reads a picture, and says nothing yet."""
    control = SparseControlNetModel(
        in_channels=checkpoint.LATENTS[0],
        conditioning_channels=checkpoint.LATENTS[0],
        block_out_channels=checkpoint.CHANNELS,
        layers_per_block=1,
        down_block_types=("DownBlockMotion", "DownBlockMotion", "CrossAttnDownBlockMotion", "CrossAttnDownBlockMotion"),
        cross_attention_dim=unet.config.cross_attention_dim,
        attention_head_dim=unet.config.attention_head_dim,
        norm_num_groups=checkpoint.NORM_GROUPS,
        motion_max_seq_length=32,
        motion_num_attention_heads=_HEADS,
    )
    for name in ("time_embedding", "down_blocks", "mid_block"):
        getattr(control, name).load_state_dict(getattr(unet, name).state_dict(), strict=False)
    control.controlnet_cond_embedding.weight.data[:, :4] = unet.conv_in.weight.data
    control.controlnet_cond_embedding.bias.data.copy_(unet.conv_in.bias.data)
    control.conv_in.bias.data.zero_()
    _still(control)
    return control


def _still(model: torch.nn.Module) -> None:
    """Make every motion module pass its input on unchanged, so that training starts from the still UNet."""
    for name, module in model.named_modules():
        if name.endswith("motion_modules.0") or (".motion_modules." in name and name.rsplit(".", 1)[1].isdigit()):
            projection = getattr(module, "proj_out", None)
            if projection is not None:
                torch.nn.init.zeros_(projection.weight)
                torch.nn.init.zeros_(projection.bias)


class ClipPool:
    """Latents and token ids of drawn clips, encoded as they are asked for."""

    def __init__(self, autoencoder: AutoencoderTiny, tokenizer) -> None:
        self._autoencoder = autoencoder
        self._tokenizer = tokenizer
        self.latents = torch.empty(_MOST_CLIPS, world.CLIP_FRAMES, *checkpoint.LATENTS, dtype=torch.float16)
        self.ids = torch.empty(_MOST_CLIPS, checkpoint.PROMPT_TOKENS, dtype=torch.int64)
        self.size = 0

    @torch.no_grad()
    def grow(self) -> None:
        """Draw and encode one more clip, as long as there is room."""
        if self.size == _MOST_CLIPS:
            return
        seed = 40_000_000 + self.size
        rng = random.Random(seed)
        description = sample_description(rng, in_motion=True)
        pixels = np.stack([drawing.pixels for drawing in draw_clip(description, seed)])
        with torch.autocast("cpu", torch.bfloat16):
            self.latents[self.size] = self._autoencoder.encode(to_tensor(pixels)).latents.half()
        self.ids[self.size] = checkpoint.token_ids(self._tokenizer, [caption(description, rng)])[0]
        self.size += 1

    def save(self, path: Path) -> None:
        torch.save({"latents": self.latents[: self.size].clone(), "ids": self.ids[: self.size].clone()}, path)

    def load(self, path: Path) -> None:
        kept = torch.load(path, weights_only=True)
        self.size = len(kept["ids"])
        self.latents[: self.size], self.ids[: self.size] = kept["latents"], kept["ids"]

    def batch(self, count: int) -> tuple[torch.Tensor, torch.Tensor]:
        """Latents (N x 4 x 24 x 36 x 64) and token ids of clips chosen at random."""
        index = torch.randint(0, self.size, (count,))
        return self.latents[index].float().permute(0, 2, 1, 3, 4).contiguous(), self.ids[index]


def cache_clips(run_folder: Path, minutes: float) -> None:
    """Draw and encode more clips for ``minutes`` and keep them in ``motion/clips.pt`` in the run folder."""
    folder = run_folder / "motion"
    folder.mkdir(parents=True, exist_ok=True)
    autoencoder = AutoencoderTiny.from_pretrained(run_folder / "autoencoder" / "weights").eval()
    pool = ClipPool(autoencoder, checkpoint.new_tokenizer(folder / "tokenizer"))
    if (folder / "clips.pt").exists():
        pool.load(folder / "clips.pt")
    until = time.monotonic() + minutes * 60
    while time.monotonic() < until and pool.size < _MOST_CLIPS:
        pool.grow()
    pool.save(folder / "clips.pt")
    _log.info(f"{pool.size} clips")


def train_motion(run_folder: Path, minutes: float, output: Path, start: Path | None = None) -> None:
    """Train for ``minutes``, or finish an interrupted run; writes two folders in ``output``.

    The keyframe is the condition of every frame, and frame 0 keeps the keyframe's own latents at the
    noise level of the step: the renderer has to do the same (see the card).

    Args:
        run_folder: holds ``denoiser/weights``, and ``motion/clips.pt`` if there is one.
        minutes: of training, over all runs together.
        output: the checkpoint folder.
        start: a checkpoint folder whose motion a new run begins with, if any.
    """
    folder = run_folder / "motion"
    folder.mkdir(parents=True, exist_ok=True)
    torch.manual_seed(3)
    still = StableDiffusionPipeline.from_pretrained(
        run_folder / "denoiser" / "weights", safety_checker=None, requires_safety_checker=False
    )
    text_encoder = still.text_encoder.eval().requires_grad_(False)
    control = new_sparse_control(still.unet)
    unet = UNetMotionModel.from_unet2d(still.unet, new_motion_adapter())
    _still(unet)
    unet.requires_grad_(False)
    for model in (unet, control):
        # Faster than fused attention on a CPU where positions are few.
        model.set_attn_processor(AttnProcessor())
    moving = [weight for name, weight in unet.named_parameters() if "motion_modules" in name]
    weights = [weight.requires_grad_(True) for weight in (*moving, *control.parameters())]
    optimiser = torch.optim.AdamW(weights, _LEARNING_RATE, betas=(0.9, 0.98), weight_decay=0.01, fused=True)
    averages = Averages(weights)
    state_path, step, spent = folder / "state.pt", 0, 0.0
    if state_path.exists():
        state = torch.load(state_path, weights_only=True)
        for weight, kept in zip(weights, state["weights"], strict=True):
            weight.data.copy_(kept)
        optimiser.load_state_dict(state["optimiser"])
        averages.kept = state["averages"]
        step, spent = state["step"], state["spent"]
    elif start:
        take_over(unet, start / "motion_adapter")
        take_over(control, start / "sparsectrl")
        averages = Averages(weights)
    pool, noise_scheduler = ClipPool(still.vae, still.tokenizer), training_scheduler()
    if (folder / "clips.pt").exists():
        pool.load(folder / "clips.pt")
    while pool.size < _FIRST_CLIPS:
        pool.grow()
    _log.info(f"{pool.size} clips, {sum(weight.numel() for weight in weights) / 1e6:.1f} M weights")
    started, saved, average = time.monotonic() - spent, spent, 0.0
    while (spent := time.monotonic() - started) < minutes * 60:
        done = spent / (minutes * 60)
        rate = min(1.0, step / 60) * (1.0 if done < 0.5 else max(0.03, (1 - done) / 0.5))
        for group in optimiser.param_groups:
            group["lr"] = _LEARNING_RATE * rate
        if step % 4 == 0:
            pool.grow()
        learn = _pair_loss if done < _PAIRED_SHARE else _clip_loss
        loss = learn(pool, noise_scheduler, text_encoder, unet, control)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(weights, 1.0)
        optimiser.step()
        optimiser.zero_grad(set_to_none=True)
        averages.update(step)
        step, average = step + 1, 0.97 * average + 0.03 * loss.item()
        if step % 20 == 0:
            _log.info(f"step {step} at {spent:.0f} s: loss {average:.4f}, {pool.size} clips")
        if spent - saved > _SAVE_S:
            saved = spent
            state = {
                "weights": [weight.data for weight in weights],
                "optimiser": optimiser.state_dict(),
                "averages": averages.kept,
                "step": step,
                "spent": spent,
            }
            torch.save(state, state_path.with_suffix(".new"))
            state_path.with_suffix(".new").replace(state_path)
            averages.swap()
            write_motion(unet, control, output)
            averages.swap()
    averages.swap()
    write_motion(unet, control, output)


def _loss(
    latents: torch.Tensor, keyframe: torch.Tensor, ids: torch.Tensor, noise_scheduler, text_encoder, unet, control
) -> torch.Tensor:
    """Squared error of the velocity in each cell of each frame, weighted where the picture moves.

    A clip is generated from the noisy keyframe in every frame. So most of the noisiest clips are trained from there:
    the velocity is then the one that leads from the keyframe's latents to the frame's own.

    Args:
        latents: N x 4 x F x 36 x 64, of the frames.
        keyframe: the same shape, of the keyframe that each frame is told.
        ids: N x PROMPT_TOKENS.

    Returns:
        N x 4 x F x 36 x 64.
    """
    count, frames = len(latents), latents.shape[2]
    timesteps, noise = (torch.rand(count) ** 0.8 * _NOISIEST).long(), torch.randn_like(latents)
    held = (timesteps > _HELD_FROM) & (torch.rand(count) < 0.7)
    noisy = noise_scheduler.add_noise(torch.where(held.view(-1, 1, 1, 1, 1), keyframe, latents), noise, timesteps)
    kept = noise_scheduler.alphas_cumprod[timesteps].view(-1, 1, 1, 1, 1)
    target = (kept.sqrt() * noisy - latents) / (1 - kept).sqrt().clamp(min=0.05)
    given = torch.ones(count, 1, *latents.shape[2:])
    with torch.autocast("cpu", torch.bfloat16):
        with torch.no_grad():
            words = text_encoder(ids).last_hidden_state.repeat_interleave(frames, 0)
        down, middle = control(
            noisy,
            timesteps,
            encoder_hidden_states=words,
            controlnet_cond=keyframe,
            conditioning_mask=given,
            return_dict=False,
        )
        velocity = unet(
            noisy,
            timesteps,
            encoder_hidden_states=words,
            down_block_additional_residuals=down,
            mid_block_additional_residual=middle,
        ).sample
    moved = (latents - keyframe).abs().mean(1, keepdim=True)
    weight = 1 + 3 * moved.clamp(max=1.0)
    return (velocity.float() - target).square() * weight / weight.mean()


def _pair_loss(pool: ClipPool, *parts) -> torch.Tensor:
    """Single frames, each told another frame of its clip: a keyframe's look is learnt from many clips at once."""
    latents, ids = pool.batch(_PAIRS)
    first, second = torch.randint(0, latents.shape[2], (2, len(latents)))
    rows = torch.arange(len(latents))
    frame, keyframe = latents[rows, :, second].unsqueeze(2), latents[rows, :, first].unsqueeze(2)
    return _loss(frame, keyframe, ids, *parts).mean()


def _clip_loss(pool: ClipPool, *parts) -> torch.Tensor:
    """Whole clips, each told its first frame; that frame's own error does not count."""
    latents, ids = pool.batch(_BATCH)
    return _loss(latents, latents[:, :, :1].expand_as(latents), ids, *parts)[:, :, 1:].mean()


def write_motion(unet: UNetMotionModel, control: SparseControlNetModel, output: Path) -> None:
    """Write the motion adapter and the sparse control in float16, each folder replaced as a whole."""
    fresh = output.with_name(f"{output.name}.motion")
    unet.save_motion_modules(str(fresh / "motion_adapter"))
    MotionAdapter.from_pretrained(fresh / "motion_adapter", torch_dtype=torch.float16).save_pretrained(
        fresh / "motion_adapter"
    )
    control.save_pretrained(fresh / "sparsectrl")
    SparseControlNetModel.from_pretrained(fresh / "sparsectrl", torch_dtype=torch.float16).save_pretrained(
        fresh / "sparsectrl"
    )
    checkpoint.replace_folders(fresh, output)
