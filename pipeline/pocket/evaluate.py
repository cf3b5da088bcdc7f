"""Measures what the pocket checkpoint and the judge reach on held-out descriptions."""

import logging
import random
import time
from collections import defaultdict
from collections.abc import Callable
from itertools import product
from pathlib import Path

import numpy as np
import torch
from diffusers import (
    AnimateDiffSparseControlNetPipeline,
    MotionAdapter,
    SparseControlNetModel,
    StableDiffusionPipeline,
)
from PIL import Image

from critic.judge import Judge, Reading
from pipeline.description import FrameDescription, PersonDescription
from pipeline.pocket import world
from pipeline.pocket.artist import draw_clip, sample_description
from pipeline.pocket.auditor import Auditor
from pipeline.pocket.autoencoder import peak_signal_to_noise, to_frames, to_tensor
from pipeline.pocket.flow import camera_motion, has_body_motion, mean_flow_px
from pipeline.pocket.frames import drawn_sample
from pipeline.pocket.manifest import Settings
from pipeline.pocket.staging import OVER_THE_SHOULDER
from pipeline.pocket.truth import NONE, UNSEEN, Drawing, Region
from storage.domain.pass_rate import wilson_interval

_log = logging.getLogger(__name__)

_HELD_OUT = 50_000_000
_BATCH = 4
_DRAWN_AT_ONCE = 8
_READ_OF_A_CLIP = 6
_KEPT = ("eyes", "hair colour", "hair style", "skin", "garment", "garment colour")

_SHEET = 64
_SHEET_ACROSS = 8

Scores = dict[str, list[bool]]
# A number with its unit in the name, or how many were right and of how many.
Figures = dict[str, float | tuple[int, int]]


def evaluate(
    resources: Path, settings: Settings, samples: Path, stills: int = 240, clips: int = 12, drawn: int = 400
) -> Figures:
    """Measure everything and print it.

    Args:
        resources: holds ``pocket/``, ``judge/`` and ``auditor/``.
        settings: steps and guidance of stills and clips.
        samples: a folder for pictures of what was made, ``sheet.jpg`` of the first 64 stills among them.
        stills: prompts to generate, at least 200 for the card.
        clips: clips to generate.
        drawn: frames to draw for the autoencoder and the judge.

    Returns:
        Figures by name: right answers and answers counted, or dB, ratios or seconds, as the name says.
    """
    samples.mkdir(parents=True, exist_ok=True)
    judge, auditor = Judge.load(resources / "judge"), Auditor.load(resources / "auditor")
    pipeline = StableDiffusionPipeline.from_pretrained(
        resources / "pocket", safety_checker=None, requires_safety_checker=False
    )
    pipeline.set_progress_bar_config(disable=True)
    # Only the networks' own work is in bfloat16: the sparse control pipeline mixes types under a wider autocast.
    fast = torch.autocast("cpu", torch.bfloat16)
    pipeline.unet.forward = fast(pipeline.unet.forward)
    figures: Figures = {}
    for measure in (
        lambda: _measure_autoencoder_and_readers(pipeline, judge, auditor, drawn),
        lambda: _measure_stills(pipeline, judge, auditor, settings, samples, stills),
        lambda: _measure_clips(pipeline, judge, resources / "pocket", settings, samples, clips),
    ):
        with torch.inference_mode():
            measured = measure()
        for name, figure in measured.items():
            _log.info(f"{name}: {figure_words(figure)}")
        figures |= measured
    return figures


def figure_words(figure: float | tuple[int, int]) -> str:
    """A figure as a card says it; a share with its 95 % Wilson interval and its count."""
    if isinstance(figure, float):
        return f"{figure:.1f}"
    right, counted = figure
    low, high = wilson_interval(right, counted)
    return f"{right / counted:.2f} ({low:.2f} to {high:.2f}; {right} of {counted})"


def _shares(prefix: str, scores: Scores) -> Figures:
    return {f"{prefix}, {name}": (sum(right), len(right)) for name, right in sorted(scores.items()) if right}


def _measure_autoencoder_and_readers(
    pipeline: StableDiffusionPipeline, judge: Judge, auditor: Auditor, count: int
) -> Figures:
    figures: Figures = {}
    scores: dict[str, Scores] = defaultdict(lambda: defaultdict(list))
    overlaps: dict[str, list[float]] = defaultdict(list)
    noise: list[float] = []
    for start in range(0, count, _DRAWN_AT_ONCE):
        drawings = [drawn_sample(_HELD_OUT + start + index).drawing for index in range(_DRAWN_AT_ONCE)]
        true = np.stack([drawing.pixels for drawing in drawings])
        made = to_frames(pipeline.vae.decode(pipeline.vae.encode(to_tensor(true)).latents).sample)
        noise.append(peak_signal_to_noise(made, true))
        for (name, reader), (source, frames) in product(
            (("judge", judge), ("auditor", auditor)), (("drawn", true), ("decoded", made))
        ):
            for drawing, reading in zip(drawings, reader.read(frames), strict=True):
                _score_drawing(drawing, reading, scores[f"{name} on {source} frames"])
                if source == "drawn" and len(reading.persons) == len(drawing.people):
                    pairs = zip(drawing.people, reading.persons, strict=True)
                    overlaps[name].extend(overlap(person.head, read.head) for person, read in pairs)
    figures[f"autoencoder PSNR, dB, mean of {len(noise) * _DRAWN_AT_ONCE}"] = float(np.mean(noise))
    for source, scored in scores.items():
        figures |= _shares(source, scored)
    for name, shared in overlaps.items():
        said = f"{name} on drawn frames, overlap of heads (IoU), %, mean of {len(shared)}"
        figures[said] = 100 * float(np.mean(shared))
    return figures


def overlap(first: Region, second: Region) -> float:
    """Intersection over union of two normalised regions, 0..1."""
    wide = min(first[2], second[2]) - max(first[0], second[0])
    tall = min(first[3], second[3]) - max(first[1], second[1])
    shared = max(0.0, wide) * max(0.0, tall)
    areas = sum((box[2] - box[0]) * (box[3] - box[1]) for box in (first, second))
    return shared / max(1e-9, areas - shared)


def _score_drawing(drawing: Drawing, reading: Reading, scores: Scores) -> None:
    scores["people"].append(reading.people.value == str(len(drawing.people)))
    for name, true, guess in (
        ("setting", drawing.setting, reading.setting),
        ("time of day", drawing.time_of_day, reading.time_of_day),
        ("shot size", drawing.shot_size, reading.shot_size),
        ("weather", drawing.weather, reading.weather),
        ("inserted", drawing.inserted or NONE, reading.inserted),
    ):
        if guess is not None:
            scores[name].append(guess.value == true)
    for person, read in zip(drawing.people, reading.persons, strict=False):
        for name, value in person.attributes.items():
            guess = read.attributes.get(name)
            if guess is None:
                continue
            scores[name].append(guess.value == value)
            if value == UNSEEN:
                scores["what cannot be seen is called unseen"].append(guess.value == UNSEEN)
        if person.eyes_seen:
            scores[f"eyes in a {drawing.shot_size}"].append(read.attributes["eyes"].value == person.figure.eyes)


def _score_prompt(description: FrameDescription, reading: Reading, scores: Scores) -> None:
    """Score only what the prompt says; attributes of people where the judge sees as many as were asked for."""
    one: Scores = defaultdict(list)
    one["people"].append(reading.people.value == str(len(description.people)))
    for name, asked, guess in (
        ("setting", description.setting, reading.setting),
        ("time of day", description.time_of_day, reading.time_of_day),
        ("shot size", description.shot_size, reading.shot_size),
        ("weather", description.weather, reading.weather),
        ("inserted", description.inserted, reading.inserted),
    ):
        if asked and guess is not None:
            one[name].append(guess.value == asked)
    count = len(description.people)
    who = "one person" if count == 1 else "two people"
    if len(reading.persons) == count:
        for person, read in zip(description.people, reading.persons, strict=True):
            facing = read.attributes.get("facing")
            if description.angle == OVER_THE_SHOULDER and facing is not None and facing.value == "away":
                # Little can be told of a shoulder.
                continue
            for name, value in _asked_of(person, description).items():
                if (guess := read.attributes.get(name)) is None:
                    continue
                said = "an accessory" if name.startswith("accessory") else name
                one[f"{who}, {said}"].append(guess.value == value)
                scores[f"attributes of {who}"].append(guess.value == value)
    for name, right in one.items():
        scores[name].extend(right)
    if count:
        scores[f"everything asked of {who}"].append(all(all(right) for right in one.values()))


def _asked_of(person: PersonDescription, frame: FrameDescription) -> dict[str, str]:
    """What is asked of a person and should show, under the judge's names."""
    faced = person.facing != "away"
    asked = {"hair style": person.hair_style, "facing": person.facing}
    # A style that is left open may turn out to be none.
    if person.hair_style not in ("", "bald"):
        asked["hair colour"] = person.hair_colour
    if person.garments:
        asked |= {"garment": person.garments[0].kind, "garment colour": person.garments[0].colour}
    if faced:
        asked |= {"skin": person.skin, "age": person.age}
    if faced and frame.shot_size in ("close-up", "medium shot") and person.action != "blinking":
        asked["eyes"] = person.eyes
    if person.held and frame.shot_size != "close-up":
        asked["held"] = person.held[0].kind
    worn = {item.kind for item in person.accessories}
    asked |= {f"accessory:{kind}": "present" for kind in world.ACCESSORIES if kind in worn}
    return {name: value for name, value in asked.items() if value}


def _worst(figures: Figures) -> Figures:
    """The attribute of one person that stills get wrong most often."""
    shares = {
        name: figure
        for name, figure in figures.items()
        if name.startswith("stills, one person") and isinstance(figure, tuple)
    }
    if not shares:
        return {}
    name = min(shares, key=lambda name: shares[name][0] / shares[name][1])
    return {f"stills, worst attribute of one person ({name.rsplit(', ', 1)[1]})": shares[name]}


def _measure_stills(
    pipeline: StableDiffusionPipeline, judge: Judge, auditor: Auditor, settings: Settings, samples: Path, count: int
) -> Figures:
    descriptions = [sample_description(random.Random(_HELD_OUT + 5000 + index)) for index in range(count)]
    frames: list[np.ndarray] = []
    started = time.monotonic()
    for start in range(0, count, _BATCH):
        batch = descriptions[start : start + _BATCH]
        made = pipeline(
            [description.prompt for description in batch],
            width=world.WIDTH_PX,
            height=world.HEIGHT_PX,
            num_inference_steps=settings.num_inference_steps,
            guidance_scale=settings.guidance_scale,
            generator=[torch.Generator().manual_seed(start + index) for index in range(len(batch))],
            output_type="np",
        ).images
        frames.extend((made * 255).round().astype(np.uint8))
    seconds = (time.monotonic() - started) / count
    scores: Scores = defaultdict(list)
    audited: Scores = defaultdict(list)
    for reader, read in ((judge, scores), (auditor, audited)):
        for description, reading in zip(descriptions, reader.read(np.stack(frames)), strict=True):
            _score_prompt(description, reading, read)
    small = [np.asarray(Image.fromarray(frame).resize((256, 144))) for frame in frames[:_SHEET]]
    rows = [np.concatenate(small[start : start + _SHEET_ACROSS], 1) for start in range(0, len(small), _SHEET_ACROSS)]
    Image.fromarray(np.concatenate([row for row in rows if row.shape == rows[0].shape])).save(
        samples / "sheet.jpg", quality=88
    )
    prompts = [description.prompt for description in descriptions[:_SHEET]]
    (samples / "sheet.txt").write_text("\n".join(prompts) + "\n", encoding="utf-8")
    shares = _shares("stills", scores)
    second = _shares("stills as the auditor reads them", audited)
    return {**shares, **_worst(shares), **second, "seconds a keyframe, in batches of 4": seconds}


def pin_keyframe(
    keyframe: torch.Tensor, noise: torch.Tensor, held_steps: int
) -> Callable[..., dict[str, torch.Tensor]]:
    """A step callback that keeps a clip on its keyframe, at each step's level of noise.

    Frame 0 is the keyframe throughout. Every other frame starts from it too: it is put back on the keyframe
    after each of the first ``held_steps`` steps, and moves from there.

    Args:
        keyframe: 1 x 4 x 36 x 64 latents.
        noise: 1 x 4 x 24 x 36 x 64, the noise that the clip started from.
        held_steps: 0 leaves all frames but the first free from the start.
    """

    def pin(pipeline, step: int, timestep: torch.Tensor, tensors: dict[str, torch.Tensor]) -> dict[str, torch.Tensor]:
        latents, timesteps = tensors["latents"], pipeline.scheduler.timesteps
        pinned = latents.shape[2] if step < held_steps else 1
        still = keyframe[:, :, None].expand(-1, -1, pinned, -1, -1)
        if step + 1 < len(timesteps):
            still = pipeline.scheduler.add_noise(still, noise[:, :, :pinned], timesteps[step + 1 : step + 2])
        latents[:, :, :pinned] = still
        return {"latents": latents}

    return pin


def make_clip(
    pipeline: AnimateDiffSparseControlNetPipeline, prompt: str, keyframe: np.ndarray, seed: int, settings: Settings
) -> np.ndarray:
    """Generate a clip from its keyframe, as the renderer does.

    Args:
        pipeline: with pocket's motion adapter and sparse control.
        prompt: the frame description's prompt.
        keyframe: 288 x 512 x 3 uint8.
        seed: of the starting noise.
        settings: steps and guidance.

    Returns:
        24 x 288 x 512 x 3 uint8.
    """
    frames = world.CLIP_FRAMES
    pinned = pipeline.vae.encode(to_tensor(keyframe[None])).latents.float()
    noise = torch.randn((1, 4, frames, *pinned.shape[2:]), generator=torch.Generator().manual_seed(seed))
    made = pipeline(
        prompt,
        width=world.WIDTH_PX,
        height=world.HEIGHT_PX,
        num_frames=frames,
        num_inference_steps=settings.clip_num_inference_steps,
        guidance_scale=settings.clip_guidance_scale,
        latents=noise.clone(),
        conditioning_frames=[Image.fromarray(keyframe)] * frames,
        controlnet_frame_indices=list(range(frames)),
        callback_on_step_end=pin_keyframe(pinned, noise, settings.clip_held_steps),
        output_type="np",
    ).frames[0]
    return (made * 255).round().astype(np.uint8)


def _measure_clips(
    pipeline: StableDiffusionPipeline, judge: Judge, folder: Path, settings: Settings, samples: Path, count: int
) -> Figures:
    mover = AnimateDiffSparseControlNetPipeline(
        vae=pipeline.vae,
        text_encoder=pipeline.text_encoder,
        tokenizer=pipeline.tokenizer,
        unet=pipeline.unet,
        motion_adapter=MotionAdapter.from_pretrained(folder / "motion_adapter"),
        controlnet=SparseControlNetModel.from_pretrained(folder / "sparsectrl"),
        scheduler=pipeline.scheduler,
    )
    mover.set_progress_bar_config(disable=True)
    fast = torch.autocast("cpu", torch.bfloat16)
    mover.unet.forward = fast(mover.unet.forward)
    mover.controlnet.forward = fast(mover.controlnet.forward)
    first, all_frames, change, flow, seconds = [], [], [], [], []
    scores: Scores = defaultdict(list)
    for index in range(count):
        seed = _HELD_OUT + 9000 + index
        description = sample_description(random.Random(seed), in_motion=True)
        drawings = draw_clip(description, seed)
        true = np.stack([drawing.pixels for drawing in drawings])
        started = time.monotonic()
        made = make_clip(mover, description.prompt, true[0], seed, settings)
        seconds.append(time.monotonic() - started)
        first.append(peak_signal_to_noise(made[:1], true[:1]))
        all_frames.append(peak_signal_to_noise(made, true))
        change.append((_change(made), _change(true)))
        flow.append((mean_flow_px(made), mean_flow_px(true)))
        _score_clip(description, drawings, made, judge, scores)
        strips = [np.concatenate(list(frames[::4]), 1) for frames in (true, made)]
        Image.fromarray(np.concatenate(strips, 0)).save(samples / f"clip_{index:02}.png")
        (samples / f"clip_{index:02}.txt").write_text(description.prompt + "\n", encoding="utf-8")
    unrest = {
        f"clips, {name} as a percentage of the drawn clips', mean of {count}": 100 * float(made / true)
        for name, (made, true) in (
            ("change from frame to frame", np.array(change).mean(0)),
            ("optical flow", np.array(flow).mean(0)),
        )
        # In a few clips alone it may be that nothing moves.
        if true > 0
    }
    return {
        f"clips, PSNR of the first frame, dB, mean of {count}": float(np.mean(first)),
        f"clips, PSNR of all frames against the drawn clip, dB, mean of {count}": float(np.mean(all_frames)),
        **unrest,
        **_shares("clips", scores),
        f"seconds a clip, mean of {count}": float(np.mean(seconds)),
    }


def _score_clip(
    description: FrameDescription, drawings: list[Drawing], made: np.ndarray, judge: Judge, scores: Scores
) -> None:
    """Score a clip's camera, bodies and looks; a movement that the drawn clip does not show is not asked for."""
    true = np.stack([drawing.pixels for drawing in drawings])
    movement = description.movement or "static"
    if camera_motion(true).follows(movement):
        kind = "a camera that keeps still" if movement == "static" else "the camera's movement"
        scores[kind].append(camera_motion(made).follows(movement))
    for person in drawings[0].people:
        moves = has_body_motion(true, person.person)
        if person.figure.action and moves:
            scores["the body's movement"].append(has_body_motion(made, person.person))
        elif not moves:
            # Without this an unquiet picture would pass for a body that moves.
            scores["a body that keeps still"].append(not has_body_motion(made, person.person))
    chosen = np.linspace(0, len(made) - 1, _READ_OF_A_CLIP).round().astype(int)
    start, *later = judge.read(made[chosen])
    for reading in later:
        if len(reading.persons) != len(start.persons):
            continue
        for before, after in zip(start.persons, reading.persons, strict=True):
            for name in _KEPT:
                values = before.attributes[name].value, after.attributes[name].value
                if UNSEEN not in values:
                    scores["looks kept"].append(values[0] == values[1])


def _change(frames: np.ndarray) -> float:
    return float(np.abs(np.diff(frames.astype(np.int16), axis=0)).mean())
