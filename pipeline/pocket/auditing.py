"""Training of the auditor on drawn frames that neither the judge nor the denoiser saw."""

import logging
import math
import random
import time
from pathlib import Path

import numpy as np
import torch
from diffusers import AutoencoderTiny
from torch.nn import functional

from pipeline.pocket import world
from pipeline.pocket.auditor import CELL_PX, AuditorNetwork, write_auditor
from pipeline.pocket.autoencoder import to_tensor
from pipeline.pocket.frames import Pool
from pipeline.pocket.judging import ATTRIBUTES, decoded_frames
from pipeline.pocket.truth import NONE, Drawing

_log = logging.getLogger(__name__)

_BATCH = 16
_LEARNING_RATE = 1.5e-3
_POOL = 2000
_FIRST_SEED = 70_000_000
_DECODED_SHARE = 0.4
_DECODED = 400
_SAVE_S = 180
_FRAME = ATTRIBUTES["frame"]
_PERSON = {**ATTRIBUTES["face"], **ATTRIBUTES["torso"]}
_ROWS, _COLUMNS = world.HEIGHT_PX // CELL_PX, world.WIDTH_PX // CELL_PX


def _frame_truth(drawing: Drawing) -> list[int]:
    truth = {
        "people": str(len(drawing.people)),
        "setting": drawing.setting,
        "time of day": drawing.time_of_day,
        "shot size": drawing.shot_size,
        "weather": drawing.weather,
        "inserted": drawing.inserted or NONE,
    }
    return [values.index(truth[name]) for name, values in _FRAME.items()]


def _cell(head: tuple[float, float, float, float]) -> tuple[int, int]:
    """Row and column of the cell in which the middle of a head lies."""
    row, column = int((head[1] + head[3]) / 2 * _ROWS), int((head[0] + head[2]) / 2 * _COLUMNS)
    return min(_ROWS - 1, row), min(_COLUMNS - 1, column)


def _marked(drawings: list[Drawing]) -> torch.Tensor:
    """Marks N x 36 x 64: 1 in the middle of each head, falling off about it as the head is large."""
    rows, columns = np.mgrid[:_ROWS, :_COLUMNS]
    marks = np.zeros((len(drawings), _ROWS, _COLUMNS), np.float32)
    for index, drawing in enumerate(drawings):
        for person in drawing.people:
            row, column = _cell(person.head)
            spread = max(0.8, (person.head[2] - person.head[0]) * _COLUMNS / 8)
            mark = np.exp(-((rows - row) ** 2 + (columns - column) ** 2) / (2 * spread**2))
            marks[index] = np.maximum(marks[index], mark)
    return torch.from_numpy(marks)


def _mark_loss(logits: torch.Tensor, marks: torch.Tensor) -> torch.Tensor:
    """The focal loss of Zhou et al. (2019): what is near a middle counts little as an error."""
    chance = logits.sigmoid().clamp(1e-4, 1 - 1e-4)
    at = marks > 0.999
    right = -((1 - chance) ** 2 * chance.log())[at].sum()
    wrong = -((1 - marks) ** 4 * chance**2 * (1 - chance).log())[~at].sum()
    return (right + wrong) / max(1, int(at.sum()))


def _loss(network: AuditorNetwork, pictures: torch.Tensor, drawings: list[Drawing], rng: random.Random) -> torch.Tensor:
    with torch.autocast("cpu", torch.bfloat16):
        marks, boxes, persons, frame = (part.float() for part in network(pictures))
    loss = _mark_loss(marks, _marked(drawings))
    true = torch.tensor([_frame_truth(drawing) for drawing in drawings])
    for index, part in enumerate(frame.split([len(values) for values in _FRAME.values()], 1)):
        loss = loss + functional.cross_entropy(part, true[:, index])
    where, heads, said = [], [], []
    for index, drawing in enumerate(drawings):
        for person in drawing.people:
            row, column = _cell(person.head)
            # Neighbouring cells learn it too, as the highest mark may be one off.
            for across, down in ((0, 0), (rng.choice((-1, 1)), 0), (0, rng.choice((-1, 1)))):
                y, x = min(_ROWS - 1, max(0, row + down)), min(_COLUMNS - 1, max(0, column + across))
                where.append((index, y, x))
                middle_x, middle_y = (x + 0.5) / _COLUMNS, (y + 0.5) / _ROWS
                left, top, right, bottom = person.head
                heads.append((middle_x - left, middle_y - top, right - middle_x, bottom - middle_y))
                said.append([values.index(person.attributes[name]) for name, values in _PERSON.items()])
    frames, rows, columns = (list(column) for column in zip(*where, strict=True))
    loss = loss + 8 * (boxes[frames, :, rows, columns] - torch.tensor(heads)).abs().mean()
    true = torch.tensor(said)
    at = persons[frames, :, rows, columns]
    for index, part in enumerate(at.split([len(values) for values in _PERSON.values()], 1)):
        loss = loss + functional.cross_entropy(part, true[:, index])
    return loss


def _disturbed(pictures: torch.Tensor) -> torch.Tensor:
    """Pictures N x 3 x H x W in -1..1, a little miscoloured and noisy."""
    gain = 1 + 0.05 * torch.randn(len(pictures), 3, 1, 1)
    return (pictures * gain + 0.02 * torch.randn_like(pictures)).clamp(-1, 1)


def train_auditor(run_folder: Path, minutes: float, output: Path) -> None:
    """Train for ``minutes``, or finish an interrupted run; saves state in ``auditor/`` and weights in ``output``.

    Args:
        run_folder: holds ``autoencoder/weights``; state goes there too.
        minutes: of training, over all runs together.
        output: the folder that ``Auditor.load`` opens.
    """
    folder = run_folder / "auditor"
    folder.mkdir(parents=True, exist_ok=True)
    torch.manual_seed(5)
    autoencoder = AutoencoderTiny.from_pretrained(run_folder / "autoencoder" / "weights").eval()
    autoencoder.to(memory_format=torch.channels_last)
    network = AuditorNetwork(_FRAME, _PERSON).train().to(memory_format=torch.channels_last)
    optimiser = torch.optim.AdamW(network.parameters(), _LEARNING_RATE, weight_decay=0.01, fused=True)
    state_path, step, spent = folder / "state.pt", 0, 0.0
    if state_path.exists():
        state = torch.load(state_path, weights_only=True)
        network.load_state_dict(state["network"])
        optimiser.load_state_dict(state["optimiser"])
        step, spent = state["step"], state["spent"]
    rng, pool = random.Random(step), Pool(_POOL, first_seed=_FIRST_SEED + step * 6)
    decoded: list[tuple[np.ndarray, Drawing]] = []
    started, saved, average = time.monotonic() - spent, spent, 0.0
    while (spent := time.monotonic() - started) < minutes * 60:
        rate = min(1.0, step / 150) * (0.5 + 0.5 * math.cos(math.pi * spent / (minutes * 60)) + 0.01)
        for group in optimiser.param_groups:
            group["lr"] = _LEARNING_RATE * rate
        if not decoded or (len(decoded) < _DECODED and step % 2 == 0):
            fresh = [rng.choice(pool.samples).drawing for _ in range(4)]
            frames = decoded_frames(autoencoder, fresh, rng.choice((0.0, 0.1, 0.25)))
            decoded.extend(zip(frames, fresh, strict=True))
        drawings = [rng.choice(pool.samples).drawing for _ in range(_BATCH)]
        chosen = [
            rng.choice(decoded) if rng.random() < _DECODED_SHARE else (drawing.pixels, drawing) for drawing in drawings
        ]
        pictures = _disturbed(to_tensor(np.stack([pixels for pixels, _ in chosen])))
        loss = _loss(network, pictures, [drawing for _, drawing in chosen], rng)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(network.parameters(), 5.0)
        optimiser.step()
        optimiser.zero_grad(set_to_none=True)
        pool.renew(6)
        step, average = step + 1, 0.98 * average + 0.02 * loss.item()
        if step % 50 == 0:
            _log.info(f"step {step} at {spent:.0f} s: loss {average:.3f}")
        if spent - saved > _SAVE_S:
            saved = spent
            state = {"network": network.state_dict(), "optimiser": optimiser.state_dict(), "step": step, "spent": spent}
            torch.save(state, state_path.with_suffix(".new"))
            state_path.with_suffix(".new").replace(state_path)
            write_auditor(network, _FRAME, _PERSON, output)
    write_auditor(network, _FRAME, _PERSON, output)
