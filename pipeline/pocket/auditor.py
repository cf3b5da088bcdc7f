"""The auditor: a second reader of frames that only measures, unlike the judge in build, draws and seed.

The judge looks at a small frame for heads and reads crops about them. The auditor reads the whole frame once, at full
size: it marks the middle of each head on a grid and reads every attribute there (after "Objects as Points", Zhou et
al., 2019). So the two seldom err in the same place, and the product, which never loads the auditor, cannot learn to
please it.
"""

import json
from collections.abc import Mapping
from pathlib import Path

import numpy as np
import torch
from safetensors.torch import load_file, save_file
from torch import nn
from torch.nn import functional

from critic.judge import Guess, PersonReading, Reading, Region
from pipeline.pocket import world
from pipeline.pocket.manifest import VERSION

WEIGHTS_NAME = "auditor.safetensors"
CONFIG_NAME = "config.json"
CELL_PX = 8
_WIDTHS = (24, 48, 96, 128, 160)
_FRAMES_AT_ONCE = 8

Attributes = Mapping[str, tuple[str, ...]]


class _Step(nn.Sequential):
    """A convolution with group norm and ReLU."""

    def __init__(self, inputs: int, outputs: int, stride: int = 1) -> None:
        super().__init__(
            nn.Conv2d(inputs, outputs, 3, stride, 1, bias=False), nn.GroupNorm(8, outputs), nn.ReLU(inplace=True)
        )


class AuditorNetwork(nn.Module):
    """Reads whole frames into a grid of head marks, boxes and attributes.

    Args:
        frame: attributes of the frame and their values.
        person: attributes of a person and their values.
    """

    def __init__(self, frame: Attributes, person: Attributes) -> None:
        super().__init__()
        second, fourth, eighth, sixteenth, last = _WIDTHS
        self.fine = nn.Sequential(
            _Step(3, second, 2), _Step(second, fourth, 2), _Step(fourth, eighth, 2), _Step(eighth, eighth)
        )
        self.middle = nn.Sequential(_Step(eighth, sixteenth, 2), _Step(sixteenth, sixteenth))
        self.coarse = nn.Sequential(_Step(sixteenth, last, 2), _Step(last, last), _Step(last, last))
        self.to_middle = nn.Conv2d(last, sixteenth, 1)
        self.to_fine = nn.Conv2d(sixteenth, eighth, 1)
        self.joined = _Step(sixteenth, sixteenth)
        self.out = nn.Sequential(_Step(eighth, 128), _Step(128, 128))
        self.marks = nn.Conv2d(128, 1, 1)
        nn.init.constant_(self.marks.bias, -4.0)  # type: ignore[arg-type]
        self.boxes = nn.Conv2d(128, 4, 1)
        self.persons = nn.Conv2d(128, sum(map(len, person.values())), 1)
        self.frames = nn.Sequential(
            nn.Linear(2 * last, 192), nn.ReLU(inplace=True), nn.Linear(192, sum(map(len, frame.values())))
        )

    def forward(self, frames: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor, torch.Tensor]:
        """Read frames.

        Args:
            frames: N x 3 x 288 x 512 in -1..1.

        Returns:
            Logits of marks N x 36 x 64; distances from a cell's middle to the left, top, right and bottom of the head
            there, in shares of the frame, N x 4 x 36 x 64; logits of persons' values, N x V x 36 x 64; logits of the
            frame's values, N x W.
        """
        fine = self.fine(frames)
        middle = self.middle(fine)
        coarse = self.coarse(middle)
        middle = self.joined(middle + _enlarged(self.to_middle(coarse), middle))
        held = self.out(fine + _enlarged(self.to_fine(middle), fine))
        pooled = torch.cat((coarse.mean((2, 3)), coarse.amax((2, 3))), 1)
        return self.marks(held)[:, 0], self.boxes(held).sigmoid(), self.persons(held), self.frames(pooled)


def _enlarged(small: torch.Tensor, like: torch.Tensor) -> torch.Tensor:
    return functional.interpolate(small, like.shape[2:], mode="nearest")


class Auditor:
    """Reads frames with weights from a folder; its readings have the judge's type."""

    def __init__(self, network: AuditorNetwork, frame: Attributes, person: Attributes) -> None:
        self._network = network.eval().to(memory_format=torch.channels_last)
        self._frame, self._person = frame, person

    @classmethod
    def load(cls, folder: Path) -> "Auditor":
        """Open ``config.json`` and ``auditor.safetensors`` in a folder.

        Raises:
            FileNotFoundError: either is missing.
        """
        listed = json.loads((folder / CONFIG_NAME).read_text(encoding="utf-8"))["attributes"]
        frame, person = ({name: tuple(values) for name, values in listed[part].items()} for part in ("frame", "person"))
        network = AuditorNetwork(frame, person)
        network.load_state_dict({name: weight.float() for name, weight in load_file(folder / WEIGHTS_NAME).items()})
        return cls(network, frame, person)

    @torch.inference_mode()
    def read(self, frames: np.ndarray) -> list[Reading]:
        """Read frames.

        Args:
            frames: N x 288 x 512 x 3, uint8, RGB.

        Returns:
            One reading for each frame, with as many persons as are counted in it.
        """
        readings: list[Reading] = []
        for start in range(0, len(frames), _FRAMES_AT_ONCE):
            pictures = torch.from_numpy(frames[start : start + _FRAMES_AT_ONCE].copy()).permute(0, 3, 1, 2)
            found = self._network((pictures.float() / 127.5 - 1).contiguous(memory_format=torch.channels_last))
            readings.extend(self._reading(*(part[row] for part in found)) for row in range(len(pictures)))
        return readings

    def _reading(self, marks: torch.Tensor, boxes: torch.Tensor, persons: torch.Tensor, frame: torch.Tensor) -> Reading:
        guesses = _guesses(frame, self._frame, None)
        people: list[PersonReading] = []
        for row, column in peaks(marks, int(guesses["people"].value)):
            head = _head(boxes[:, row, column], row, column)
            people.append(PersonReading(head=head, attributes=_guesses(persons[:, row, column], self._person, head)))
        return Reading(
            people=guesses["people"],
            persons=tuple(sorted(people, key=lambda person: person.head[0])),
            setting=guesses["setting"],
            time_of_day=guesses["time of day"],
            shot_size=guesses["shot size"],
            weather=guesses["weather"],
            inserted=guesses["inserted"],
        )


def peaks(marks: torch.Tensor, count: int) -> list[tuple[int, int]]:
    """Rows and columns of the ``count`` highest marks (rows x columns) that no neighbour outdoes."""
    highest = functional.max_pool2d(marks[None, None], 5, 1, 2)[0, 0]
    alone = torch.where(marks >= highest, marks, torch.full_like(marks, -torch.inf)).flatten()
    best = alone.topk(count).indices.tolist()
    return [divmod(index, marks.shape[1]) for index in best]


def _head(distances: torch.Tensor, row: int, column: int) -> Region:
    left, top, right, bottom = (float(value) for value in distances)
    x, y = (column + 0.5) * CELL_PX / world.WIDTH_PX, (row + 0.5) * CELL_PX / world.HEIGHT_PX
    return max(0.0, x - left), max(0.0, y - top), min(1.0, x + right), min(1.0, y + bottom)


def _guesses(logits: torch.Tensor, attributes: Attributes, region: Region | None) -> dict[str, Guess]:
    guesses: dict[str, Guess] = {}
    for (name, values), part in zip(
        attributes.items(), logits.split([len(values) for values in attributes.values()]), strict=True
    ):
        chances = part.float().softmax(0).tolist()
        best = max(range(len(values)), key=chances.__getitem__)
        guesses[name] = Guess(
            value=values[best],
            probability=chances[best],
            region=region,
            distribution=dict(zip(values, chances, strict=True)),
        )
    return guesses


def write_auditor(network: AuditorNetwork, frame: Attributes, person: Attributes, folder: Path) -> None:
    """Write weights (float16) and config where ``Auditor.load`` finds them, each file replaced as a whole."""
    folder.mkdir(parents=True, exist_ok=True)
    fresh = folder / f"{WEIGHTS_NAME}.new"
    save_file({name: weight.half().contiguous() for name, weight in network.state_dict().items()}, fresh)
    fresh.chmod(0o644)
    fresh.replace(folder / WEIGHTS_NAME)
    fresh = folder / f"{CONFIG_NAME}.new"
    attributes = {"frame": dict(frame), "person": dict(person)}
    fresh.write_text(
        json.dumps({"name": "auditor", "version": VERSION, "attributes": attributes}, indent=2) + "\n", encoding="utf-8"
    )
    fresh.replace(folder / CONFIG_NAME)
