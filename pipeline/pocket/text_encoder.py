"""Training of the text encoder alone: its hidden states must say who is what before the denoiser reads them."""

import logging
import random
import time
from pathlib import Path

import torch
from torch import nn
from torch.nn import functional

from pipeline.description import FrameDescription
from pipeline.pocket import checkpoint, world
from pipeline.pocket.artist import sample_description
from pipeline.pocket.captions import caption
from pipeline.pocket.warm_start import take_over

_log = logging.getLogger(__name__)

_BATCH = 128
_LEARNING_RATE = 1e-3
_HEADS = 4
_OPEN = ""

_FRAME: dict[str, tuple[str, ...]] = {
    "people": ("0", "1", "2"),
    "shot size": (_OPEN, *world.SHOT_SIZES),
    "movement": (_OPEN, *world.MOVEMENTS),
    "setting": (_OPEN, *world.SETTINGS),
    "time of day": (_OPEN, *world.TIMES_OF_DAY),
    "weather": (_OPEN, *world.WEATHERS),
    "angle": (_OPEN, *world.ANGLES),
    "inserted": (_OPEN, *world.PROPS),
}
_PERSON: dict[str, tuple[str, ...]] = {
    "skin": (_OPEN, *world.SKINS),
    "hair style": (_OPEN, *world.HAIR_STYLES),
    "hair colour": (_OPEN, *world.HAIR_COLOURS),
    "eyes": (_OPEN, *world.EYES),
    "garment": (_OPEN, *world.GARMENTS),
    "garment colour": (_OPEN, *world.GARMENT_COLOURS),
    "age": (_OPEN, *world.AGES),
    "held": (_OPEN, *world.PROPS),
    "facing": (_OPEN, *world.FACINGS),
    "action": (_OPEN, *world.ACTIONS),
    **{kind: (_OPEN, kind) for kind in world.ACCESSORIES},
}
_QUESTIONS = {
    **_FRAME,
    **{f"{name} {index}": values for index in range(world.MAX_PEOPLE) for name, values in _PERSON.items()},
}


def _answers(description: FrameDescription) -> list[int]:
    """What a caption says, as an index for each question; what it leaves open is 0."""
    said = {
        "people": str(len(description.people)),
        "shot size": description.shot_size,
        "movement": description.movement,
        "setting": description.setting,
        "time of day": description.time_of_day,
        "weather": description.weather,
        "angle": description.angle,
        "inserted": description.inserted,
    }
    for index, person in enumerate(description.people):
        worn = person.garments[0] if person.garments else None
        of_person = {
            "skin": person.skin,
            "hair style": person.hair_style,
            "hair colour": person.hair_colour,
            "eyes": person.eyes,
            "garment": worn.kind if worn else _OPEN,
            "garment colour": worn.colour if worn else _OPEN,
            "age": person.age,
            "held": person.held[0].kind if person.held else _OPEN,
            "facing": person.facing,
            "action": person.action,
            **{item.kind: item.kind for item in person.accessories},
        }
        said |= {f"{name} {index}": value for name, value in of_person.items()}
    return [values.index(said.get(name, _OPEN)) for name, values in _QUESTIONS.items()]


class _Questions(nn.Module):
    """Reads hidden states as the denoiser does: one query for each question attends to all tokens."""

    def __init__(self, width: int) -> None:
        super().__init__()
        self.queries = nn.Parameter(torch.randn(len(_QUESTIONS), width) * 0.5)
        self.attention = nn.MultiheadAttention(width, _HEADS, batch_first=True)
        self.answers = nn.ModuleList(nn.Linear(width, len(values)) for values in _QUESTIONS.values())

    def forward(self, hidden: torch.Tensor) -> list[torch.Tensor]:
        read, _ = self.attention(self.queries.expand(len(hidden), -1, -1), hidden, hidden, need_weights=False)
        return [answer(read[:, index]) for index, answer in enumerate(self.answers)]


def train_text_encoder(run_folder: Path, minutes: float, start: Path | None = None) -> None:
    """Train for ``minutes``; saves ``text_encoder/weights`` in the run folder.

    Captions are short and bind many words to two people. Learnt from the denoising error alone that takes far
    longer than the pictures do; asked for each word of each person, it takes minutes.

    Args:
        run_folder: where the weights go.
        minutes: of training; a run is short enough to start again.
        start: a checkpoint folder whose layers the run begins with, if any. The meaning of its tokens is
            not taken: another tokenizer numbers them otherwise.
    """
    folder = run_folder / "text_encoder"
    folder.mkdir(parents=True, exist_ok=True)
    torch.manual_seed(3)
    tokenizer = checkpoint.new_tokenizer(folder / "tokenizer")
    text_encoder = checkpoint.new_text_encoder(tokenizer).train()
    if start:
        take_over(text_encoder, start / "text_encoder", leave="token_embedding")
    questions = _Questions(text_encoder.config.hidden_size)
    weights = [*text_encoder.parameters(), *questions.parameters()]
    optimiser = torch.optim.AdamW(weights, _LEARNING_RATE, betas=(0.9, 0.98), weight_decay=0.01, fused=True)
    rng, step, started = random.Random(3), 0, time.monotonic()
    while (done := (time.monotonic() - started) / (minutes * 60)) < 1:
        for group in optimiser.param_groups:
            group["lr"] = _LEARNING_RATE * min(1.0, step / 100, max(0.03, (1 - done) / 0.5))
        described = [sample_description(rng) for _ in range(_BATCH)]
        ids = checkpoint.token_ids(tokenizer, [caption(description, rng) for description in described])
        true = torch.tensor([_answers(description) for description in described])
        with torch.autocast("cpu", torch.bfloat16):
            found = questions(text_encoder(ids).last_hidden_state)
        losses = [functional.cross_entropy(logits.float(), true[:, row]) for row, logits in enumerate(found)]
        loss = torch.stack(losses).mean()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(weights, 1.0)
        optimiser.step()
        optimiser.zero_grad(set_to_none=True)
        step += 1
        if step % 100 == 0:
            right = torch.stack([(logits.argmax(-1) == true[:, row]) for row, logits in enumerate(found)], 1)
            _log.info(
                f"step {step} at {done * minutes * 60:.0f} s: loss {loss.item():.4f}, "
                f"answers {right.float().mean():.4f}, "
                f"whole captions {right.all(1).float().mean():.3f}"
            )
    text_encoder.save_pretrained(folder / "weights")
