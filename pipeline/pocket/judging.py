"""Training of the judge on drawn frames, and on what the autoencoder makes of them."""

import json
import logging
import math
import random
import time
from pathlib import Path

import numpy as np
import torch
from diffusers import AutoencoderTiny
from safetensors.torch import save_file
from torch.nn import functional

from critic import judge
from pipeline.pocket import world
from pipeline.pocket.autoencoder import to_frames, to_tensor
from pipeline.pocket.frames import Pool
from pipeline.pocket.manifest import VERSION
from pipeline.pocket.truth import NONE, Drawing, PersonTruth
from pipeline.pocket.warm_start import take_over

_log = logging.getLogger(__name__)

_BATCH = 40
# What cross_entropy leaves out.
_NOT_SAID = -100
_LEARNING_RATE = 1.5e-3
_POOL = 2500
_DECODED_SHARE = 0.4
_DECODED = 400
_SAVE_S = 120

_SHOWN = ("absent", "present")
_MAYBE_SHOWN = (*_SHOWN, judge.UNSEEN)

ATTRIBUTES: dict[str, dict[str, tuple[str, ...]]] = {
    "frame": {
        "people": ("0", "1", "2"),
        "setting": world.SETTINGS,
        "time of day": world.TIMES_OF_DAY,
        "shot size": world.SHOT_SIZES,
        "weather": world.WEATHERS,
        "inserted": (NONE, *world.PROPS),
    },
    "face": {
        "eyes": (*world.EYES, judge.UNSEEN),
        "hair colour": (*world.HAIR_COLOURS, judge.UNSEEN),
        "hair style": world.HAIR_STYLES,
        "skin": (*world.SKINS, judge.UNSEEN),
        "age": (*world.AGES, judge.UNSEEN),
        "facing": world.FACINGS,
        "accessory:glasses": _MAYBE_SHOWN,
        "accessory:hat": _SHOWN,
        "accessory:beard": _MAYBE_SHOWN,
    },
    "torso": {
        "garment": (*world.GARMENTS, judge.UNSEEN),
        "garment colour": (*world.GARMENT_COLOURS, judge.UNSEEN),
        "accessory:scarf": _SHOWN,
        "held": (*world.PROPS, NONE, judge.UNSEEN),
    },
}


def new_network() -> judge.JudgeNetwork:
    """An untrained judge for pocket's words."""
    return judge.JudgeNetwork(ATTRIBUTES["frame"], ATTRIBUTES["face"], ATTRIBUTES["torso"], refines=True)


def write_judge(network: judge.JudgeNetwork, folder: Path) -> None:
    """Write weights (float16) and config where ``Judge.load`` finds them, each file replaced as a whole."""
    folder.mkdir(parents=True, exist_ok=True)
    tensors = {
        name: tensor.half().contiguous() if tensor.is_floating_point() else tensor
        for name, tensor in network.state_dict().items()
    }
    fresh = folder / f"{judge.WEIGHTS_NAME}.new"
    save_file(tensors, fresh)
    fresh.chmod(0o644)
    fresh.replace(folder / judge.WEIGHTS_NAME)
    fresh = folder / f"{judge.CONFIG_NAME}.new"
    fresh.write_text(json.dumps({"name": "judge", "version": VERSION, "attributes": ATTRIBUTES}, indent=2) + "\n")
    fresh.replace(folder / judge.CONFIG_NAME)


@torch.no_grad()
def decoded_frames(autoencoder: AutoencoderTiny, drawings: list[Drawing], spoil: float) -> np.ndarray:
    """Frames through the autoencoder, their latents spoilt a little, as a denoiser would."""
    with torch.autocast("cpu", torch.bfloat16):
        latents = autoencoder.encode(to_tensor(np.stack([drawing.pixels for drawing in drawings]))).latents
        return to_frames(autoencoder.decode(latents + spoil * torch.randn_like(latents)).sample)


def _disturbed(picture: torch.Tensor, rng: random.Random) -> torch.Tensor:
    """One small 3 x H x W picture in -1..1, a little blurred, noisy or miscoloured."""
    if rng.random() < 0.35:
        size = [round(side * rng.uniform(0.45, 0.9)) for side in picture.shape[1:]]
        small = functional.interpolate(picture[None], size, mode="bilinear", antialias=True)
        picture = functional.interpolate(small, picture.shape[1:], mode="bilinear")[0]
    if rng.random() < 0.5:
        gain = torch.tensor([rng.uniform(0.94, 1.06) for _ in range(3)]).view(3, 1, 1)
        picture = picture * gain + rng.uniform(-0.06, 0.06)
    if rng.random() < 0.3:
        picture = picture + rng.uniform(0.01, 0.06) * torch.randn_like(picture)
    return picture.clamp(-1, 1)


def _jittered(head: judge.Region, rng: random.Random, share: float, grow: float) -> judge.Region:
    """A box moved by up to ``share`` of its sides and grown or shrunk by up to ``grow``."""
    left, top, right, bottom = head
    wide, tall = right - left, bottom - top
    x, y = (
        (left + right) / 2 + rng.uniform(-share, share) * wide,
        (top + bottom) / 2 + rng.uniform(-share, share) * tall,
    )
    wide, tall = wide * rng.uniform(1 - grow, 1 + grow), tall * rng.uniform(1 - grow, 1 + grow)
    return x - wide / 2, y - tall / 2, x + wide / 2, y + tall / 2


def _searched(head: judge.Region, rng: random.Random) -> judge.Region:
    """Where a head is looked for: about a first box, which is often far off, or about a second, which is not."""
    far, near = judge.REFINED_FROM
    if rng.random() < 0.5:
        return judge.refining_region(_jittered(head, rng, 0.5, 0.35), far)
    return judge.refining_region(_jittered(head, rng, 0.15, 0.15), near)


def _targets(part: str, truths: list[dict[str, str]]) -> dict[str, torch.Tensor]:
    return {
        name: torch.tensor([values.index(truth[name]) if name in truth else _NOT_SAID for truth in truths])
        for name, values in ATTRIBUTES[part].items()
    }


def _box(head: judge.Region) -> tuple[float, float, float, float]:
    return head[0], head[1], head[2], head[3]


def _within(person: PersonTruth, region: judge.Region) -> tuple[float, float, float, float]:
    """A person's head in shares of a region."""
    left, top, right, bottom = person.head
    wide, tall = region[2] - region[0], region[3] - region[1]
    return (
        (left - region[0]) / wide,
        (top - region[1]) / tall,
        (right - region[0]) / wide,
        (bottom - region[1]) / tall,
    )


def _loss(network: judge.JudgeNetwork, batch: list[tuple[torch.Tensor, Drawing]], rng: random.Random) -> torch.Tensor:
    pictures = torch.stack([_disturbed(judge.frame_input(picture[None])[0], rng) for picture, _ in batch])
    drawings = [drawing for _, drawing in batch]
    # Names bear the lower precision; where a head is found again does not.
    with torch.autocast("cpu", torch.bfloat16):
        logits, boxes = network.read_frames(pictures)
    truths = [
        {
            "people": str(len(drawing.people)),
            "setting": drawing.setting,
            "time of day": drawing.time_of_day,
            "shot size": drawing.shot_size,
            "weather": drawing.weather,
            "inserted": drawing.inserted or NONE,
        }
        for drawing in drawings
    ]
    targets = _targets("frame", truths)
    loss = sum((functional.cross_entropy(logits[name].float(), targets[name]) for name in targets), torch.zeros(()))
    slots = [(row, slot) for row, drawing in enumerate(drawings) for slot in range(len(drawing.people))]
    rows, columns = (list(column) for column in zip(*slots, strict=True))
    heads = torch.tensor([_box(drawings[row].people[slot].head) for row, slot in slots])
    loss = loss + 8 * (boxes[rows, columns].float() - heads).abs().mean()
    regions = [_searched(drawings[row].people[slot].head, rng) for row, slot in slots]
    wider = [
        _disturbed(judge.crop(batch[row][0], region, judge.REFINE_PX), rng)
        for (row, _), region in zip(slots, regions, strict=True)
    ]
    found_again = network.refine_boxes(torch.stack(wider))
    wanted = [_within(drawings[row].people[slot], region) for (row, slot), region in zip(slots, regions, strict=True)]
    loss = loss + 8 * (found_again - torch.tensor(wanted)).abs().mean()
    faces, torsos, people = [], [], []
    for (row, slot), box, region in zip(slots, found_again.detach(), regions, strict=True):
        person, picture = drawings[row].people[slot], batch[row][0]
        # Half of the heads as they will be found, half about where they are.
        head = judge.placed(box, region) if rng.random() < 0.5 else _jittered(person.head, rng, 0.07, 0.1)
        faces.append(_disturbed(judge.crop(picture, judge.face_region(head), judge.FACE_PX), rng))
        torsos.append(_disturbed(judge.crop(picture, judge.torso_region(head), judge.TORSO_PX), rng))
        people.append(dict(person.attributes))
        if drawings[row].shot_size == "wide shot":
            # From how far a head was seen does not show in its crop: the reader knows it from the frame.
            del people[-1]["eyes"]
    with torch.autocast("cpu", torch.bfloat16):
        on_faces, on_torsos = network.read_faces(torch.stack(faces)), network.read_torsos(torch.stack(torsos))
    for part, found in (("face", on_faces), ("torso", on_torsos)):
        targets = _targets(part, people)
        loss = loss + sum(
            (functional.cross_entropy(found[name].float(), targets[name]) for name in targets), torch.zeros(())
        )
    return loss


def train_judge(run_folder: Path, minutes: float, output: Path, start: Path | None = None) -> None:
    """Train for ``minutes``; saves state in ``judge/`` in the run folder and weights in ``output``.

    Args:
        run_folder: holds ``autoencoder/weights``.
        minutes: of training, over all runs together.
        output: the folder that ``Judge.load`` opens.
        start: a folder with an earlier judge whose weights a new run begins with, if any.
    """
    folder = run_folder / "judge"
    folder.mkdir(parents=True, exist_ok=True)
    torch.manual_seed(2)
    autoencoder = AutoencoderTiny.from_pretrained(run_folder / "autoencoder" / "weights").eval()
    autoencoder.to(memory_format=torch.channels_last)
    network = new_network().train()
    optimiser = torch.optim.AdamW(network.parameters(), _LEARNING_RATE, weight_decay=0.01, fused=True)
    state_path, step, spent = folder / "state.pt", 0, 0.0
    if state_path.exists():
        state = torch.load(state_path, weights_only=True)
        network.load_state_dict(state["network"])
        optimiser.load_state_dict(state["optimiser"])
        step, spent = state["step"], state["spent"]
    elif start:
        take_over(network, start)
    rng, pool = random.Random(step), Pool(_POOL, first_seed=30_000_000 + step * 8)
    decoded: list[tuple[np.ndarray, Drawing]] = []
    started, saved, average = time.monotonic() - spent, spent, 0.0
    while (spent := time.monotonic() - started) < minutes * 60:
        rate = min(1.0, step / 100) * (0.5 + 0.5 * math.cos(math.pi * spent / (minutes * 60)) + 0.01)
        for group in optimiser.param_groups:
            group["lr"] = _LEARNING_RATE * rate
        if not decoded or (len(decoded) < _DECODED and step % 2 == 0):
            fresh = [rng.choice(pool.samples).drawing for _ in range(4)]
            frames = decoded_frames(autoencoder, fresh, rng.choice((0.0, 0.1, 0.25)))
            decoded.extend(zip(frames, fresh, strict=True))
        batch = []
        while len(batch) < _BATCH:
            pixels, drawing = (s := rng.choice(pool.samples).drawing).pixels, s
            if rng.random() < _DECODED_SHARE:
                pixels, drawing = rng.choice(decoded)
            batch.append((to_tensor(pixels[None])[0].contiguous(), drawing))
        loss = _loss(network, batch, rng)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(network.parameters(), 5.0)
        optimiser.step()
        optimiser.zero_grad(set_to_none=True)
        pool.renew(8)
        step, average = step + 1, 0.98 * average + 0.02 * loss.item()
        if step % 50 == 0:
            _log.info(f"step {step} at {spent:.0f} s: loss {average:.3f}")
        if spent - saved > _SAVE_S:
            saved = spent
            state = {"network": network.state_dict(), "optimiser": optimiser.state_dict(), "step": step, "spent": spent}
            torch.save(state, state_path.with_suffix(".new"))
            state_path.with_suffix(".new").replace(state_path)
            write_judge(network, output)
    write_judge(network, output)
