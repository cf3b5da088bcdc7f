"""The judge: small networks that read a frame's typed attributes, and the loader for their weights."""

# torch's and safetensors' own types are partly unknown.
# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from safetensors.torch import load_file
from torch import nn
from torch.nn import functional

Region = tuple[float, float, float, float]

UNSEEN = "unseen"
FRAME_SIZE = (96, 160)
FACE_PX = 80
TORSO_PX = 80
WEIGHTS_NAME = "judge.safetensors"
CONFIG_NAME = "config.json"
REFINE_PX = 64
# What is cut out about a first box to find the head in, in widths and heights of that box.
# How much wider and higher than a head is what it is found in, once from afar and once from near.
REFINED_FROM = (3.0, 1.8)
_FRAMES_AT_ONCE = 32


@dataclass(frozen=True, slots=True, kw_only=True)
class Guess:
    """One attribute as the judge sees it.

    Attributes:
        value: the likeliest value; "unseen" when it cannot be seen.
        probability: of that value, 0..1.
        region: where it was read, normalised left, top, right, bottom; None for the whole frame.
        distribution: every value's probability; sums to 1.
    """

    value: str
    probability: float
    region: Region | None
    distribution: Mapping[str, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonReading:
    """One person in a frame.

    Attributes:
        head: hair and hat included; normalised left, top, right, bottom.
        attributes: guesses by "eyes", "hair colour", "hair style", "skin", "garment" (its kind),
            "garment colour", and "accessory:glasses" and the like ("present" or "absent"); by "age",
            "facing" and "held" (a prop or "none") where the judge knows them.
    """

    head: Region
    attributes: Mapping[str, Guess]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """One frame as the judge sees it; persons from left to right.

    Attributes:
        weather: None where the judge does not know weather.
        inserted: the prop that an insert shows, or "none"; None where the judge does not know inserts.
    """

    people: Guess
    persons: tuple[PersonReading, ...]
    setting: Guess
    time_of_day: Guess
    shot_size: Guess
    weather: Guess | None = None
    inserted: Guess | None = None


class _Layer(nn.Sequential):
    """A convolution with batch norm and ReLU."""

    def __init__(self, inputs: int, outputs: int, stride: int) -> None:
        super().__init__(
            nn.Conv2d(inputs, outputs, 3, stride, 1, bias=False), nn.BatchNorm2d(outputs), nn.ReLU(inplace=True)
        )


class _Heads(nn.Module):
    """One linear classifier for each attribute, on shared features."""

    def __init__(self, features: int, attributes: Mapping[str, tuple[str, ...]]) -> None:
        super().__init__()
        self.shared = nn.Sequential(nn.Dropout(0.1), nn.Linear(features, 192), nn.ReLU(inplace=True))
        # Module names may not hold dots, so the order of the attributes names them.
        self.heads = nn.ModuleList(nn.Linear(192, len(values)) for values in attributes.values())
        self.names = tuple(attributes)

    def forward(self, features: torch.Tensor) -> dict[str, torch.Tensor]:
        shared = self.shared(features)
        return {name: head(shared) for name, head in zip(self.names, self.heads, strict=True)}


class JudgeNetwork(nn.Module):
    """Three small networks: the whole frame (with up to two head boxes), a head, and what is worn below it.

    Args:
        frame: attributes of the frame and their values.
        face: attributes read in a head crop.
        torso: attributes read below the head.
        refines: whether each head box is found again in a crop about it, where the head is large.
    """

    def __init__(
        self,
        frame: Mapping[str, tuple[str, ...]],
        face: Mapping[str, tuple[str, ...]],
        torso: Mapping[str, tuple[str, ...]],
        *,
        refines: bool = False,
    ) -> None:
        super().__init__()
        self.refines = refines
        if refines:
            self.refine = nn.Sequential(
                _Layer(3, 24, 2), _Layer(24, 48, 2), _Layer(48, 64, 2), _Layer(64, 64, 2), nn.Flatten()
            )
            self.refined_box = nn.Sequential(nn.Linear(64 * 4 * 4, 128), nn.ReLU(inplace=True), nn.Linear(128, 4))
        self.frame = nn.Sequential(
            _Layer(3, 24, 2), _Layer(24, 48, 2), _Layer(48, 80, 2), _Layer(80, 112, 2), _Layer(112, 64, 1), nn.Flatten()
        )
        self.frame_heads = _Heads(64 * 6 * 10, frame)
        self.boxes = nn.Sequential(nn.Linear(64 * 6 * 10, 128), nn.ReLU(inplace=True), nn.Linear(128, 8))
        self.face = nn.Sequential(
            _Layer(3, 32, 2),
            _Layer(32, 48, 1),
            _Layer(48, 80, 2),
            _Layer(80, 112, 2),
            _Layer(112, 128, 2),
            nn.Flatten(),
        )
        self.face_heads = _Heads(128 * 5 * 5, face)
        self.torso = nn.Sequential(
            _Layer(3, 32, 2), _Layer(32, 64, 2), _Layer(64, 96, 2), _Layer(96, 96, 2), nn.Flatten()
        )
        self.torso_heads = _Heads(96 * 5 * 5, torso)

    def read_frames(self, frames: torch.Tensor) -> tuple[dict[str, torch.Tensor], torch.Tensor]:
        """N x 3 x 96 x 160 in -1..1 to logits, and head boxes N x 2 x 4 (left to right, normalised corners)."""
        features = self.frame(frames)
        middle_x, middle_y, width, height = self.boxes(features).view(-1, 2, 4).sigmoid().unbind(-1)
        corners = (middle_x - width / 2, middle_y - height / 2, middle_x + width / 2, middle_y + height / 2)
        return self.frame_heads(features), torch.stack(corners, -1)

    def read_faces(self, faces: torch.Tensor) -> dict[str, torch.Tensor]:
        """N x 3 x 80 x 80 in -1..1 to logits."""
        return self.face_heads(self.face(faces))

    def read_torsos(self, torsos: torch.Tensor) -> dict[str, torch.Tensor]:
        """N x 3 x 80 x 80 in -1..1 to logits."""
        return self.torso_heads(self.torso(torsos))

    def refine_boxes(self, crops: torch.Tensor) -> torch.Tensor:
        """N x 3 x 64 x 64 in -1..1, each of a `refining_region`, to head boxes N x 4 in shares of that region."""
        return self.refined_box(self.refine(crops))


def frame_input(frames: torch.Tensor) -> torch.Tensor:
    """N x 3 x H x W in -1..1, any size, to the size that the frame network reads."""
    return functional.interpolate(frames, FRAME_SIZE, mode="bilinear", antialias=True)


def face_region(head: Region) -> Region:
    """What is read for a head: its box with a margin."""
    left, top, right, bottom = head
    across, down = 0.14 * (right - left), 0.10 * (bottom - top)
    return left - across, top - down, right + across, bottom + down


def refining_region(head: Region, times: float) -> Region:
    """What is looked at to find a head again: its last box in the middle, so many times as wide and high."""
    left, top, right, bottom = head
    across, down = (times - 1) / 2 * (right - left), (times - 1) / 2 * (bottom - top)
    return left - across, top - down, right + across, bottom + down


def placed(box: torch.Tensor, region: Region) -> Region:
    """A box of 4 corners in shares of a region, as a region of the frame."""
    left, top, right, bottom = region
    wide, tall = right - left, bottom - top
    corners = [float(value) for value in box]
    return left + corners[0] * wide, top + corners[1] * tall, left + corners[2] * wide, top + corners[3] * tall


def torso_region(head: Region) -> Region:
    """What is read for what a person wears and holds: from the chin down, two and a half heads wide.

    Only what is in the frame: of a close-up the little that shows fills all that is read.
    """
    left, top, right, bottom = _below(head, 0.75)
    return max(0.0, left), min(0.94, max(0.0, top)), min(1.0, right), min(1.0, bottom)


def _below(head: Region, beside: float) -> Region:
    """From the chin down, wider than the head by so many of its widths on either side."""
    left, _, right, bottom = head
    # A head is about as wide whatever is on it, while hats and buns change its height; 512:288 frames.
    width = right - left
    tall = width * 16 / 9
    return left - beside * width, bottom - 0.12 * tall, right + beside * width, bottom + 1.3 * tall


# Where an attribute shows, in head heights: from the middle of the face to the left and right, and from there down.
# None begins at the top of the head's box, which hats and buns raise.
_SHOWS: Mapping[str, tuple[float, float | None, float]] = {
    "eyes": (0.40, -0.20, 0.22),
    "accessory:glasses": (0.42, -0.22, 0.24),
    "hair colour": (0.54, None, 0.02),
    "hair style": (0.54, None, 0.10),
    "accessory:hat": (0.64, None, -0.22),
    "skin": (0.42, -0.26, 0.50),
    "accessory:beard": (0.42, 0.06, 0.56),
    "accessory:scarf": (0.46, 0.40, 0.90),
}


def shown_region(name: str, head: Region) -> Region:
    """Where to look for an attribute: what a director is shown, tighter than what the networks read.

    Args:
        name: as in `PersonReading.attributes`.
        head: its box.

    Returns:
        Normalised; may reach beyond the frame.
    """
    if name not in _SHOWS:
        return _below(head, 0.75 if name == "held" else 0.4)
    left, top, right, bottom = head
    middle, across = (left + right) / 2, (right - left) / 1.04
    down = across * 16 / 9
    face, (half, above, below) = bottom - 0.52 * down, _SHOWS[name]
    return (
        middle - half * across,
        top if above is None else face + above * down,
        middle + half * across,
        face + below * down,
    )


def crop(frame: torch.Tensor, region: Region, size_px: int) -> torch.Tensor:
    """Cut a region out of a frame.

    Args:
        frame: 3 x H x W in -1..1.
        region: normalised; may reach beyond the frame, which is grey there.
        size_px: side of the result.

    Returns:
        3 x size x size.
    """
    _, height, width = frame.shape
    left, top = round(region[0] * width), round(region[1] * height)
    right, bottom = max(left + 2, round(region[2] * width)), max(top + 2, round(region[3] * height))
    inside = frame[:, max(0, top) : max(0, bottom), max(0, left) : max(0, right)]
    spare = (max(0, -left), max(0, right - max(width, left)), max(0, -top), max(0, bottom - max(height, top)))
    if inside.shape[1] == 0 or inside.shape[2] == 0:
        return torch.zeros(3, size_px, size_px)
    padded = functional.pad(inside, spare)
    return functional.interpolate(padded[None], (size_px, size_px), mode="bilinear", antialias=True)[0]


def _corners(box: torch.Tensor) -> Region:
    return float(box[0]), float(box[1]), float(box[2]), float(box[3])


def _visible(region: Region) -> Region:
    left, top, right, bottom = (min(1.0, max(0.0, value)) for value in region)
    return left, top, right, bottom


def _guess(logits: torch.Tensor, values: tuple[str, ...], region: Region | None) -> Guess:
    chances = [float(chance) for chance in logits.float().softmax(-1)]
    best = max(range(len(values)), key=chances.__getitem__)
    return Guess(
        value=values[best],
        probability=chances[best],
        region=region,
        distribution=dict(zip(values, chances, strict=True)),
    )


def _seen_less(guess: Guess, unseen: float) -> Guess:
    """A guess, where with some probability nothing could be seen."""
    chances = {value: chance * (1 - unseen) for value, chance in guess.distribution.items()}
    chances[UNSEEN] = chances.get(UNSEEN, 0.0) + unseen
    best = max(chances, key=chances.__getitem__)
    return Guess(value=best, probability=chances[best], region=guess.region, distribution=chances)


class Judge:
    """Reads frames with weights from a folder."""

    def __init__(self, network: JudgeNetwork, values: Mapping[str, Mapping[str, tuple[str, ...]]], digest: str) -> None:
        self.digest = digest
        self.knows: Mapping[str, tuple[str, ...]] = {
            name: known for part in ("frame", "face", "torso") for name, known in values[part].items()
        }
        self._network = network.eval()

    @classmethod
    def load(cls, folder: Path) -> "Judge":
        """Open ``config.json`` and ``judge.safetensors`` in a folder.

        Raises:
            FileNotFoundError: either is missing.
        """
        config, weights = folder / CONFIG_NAME, folder / WEIGHTS_NAME
        for path in (config, weights):
            if not path.is_file():
                raise FileNotFoundError(f"the judge's {path.name} is missing from {folder}")
        listed = json.loads(config.read_text(encoding="utf-8"))["attributes"]
        weights_by_name = load_file(weights)
        values = {part: {name: tuple(known) for name, known in names.items()} for part, names in listed.items()}
        refines = any(name.startswith("refine.") for name in weights_by_name)
        network = JudgeNetwork(values["frame"], values["face"], values["torso"], refines=refines)
        network.load_state_dict({name: tensor.float() for name, tensor in weights_by_name.items()})
        return cls(network, values, hashlib.sha256(weights.read_bytes()).hexdigest())

    @torch.inference_mode()
    def read(self, frames: np.ndarray) -> list[Reading]:
        """Read frames.

        Args:
            frames: N x H x W x 3, uint8, RGB, any size.

        Returns:
            One reading for each frame.
        """
        readings: list[Reading] = []
        for start in range(0, len(frames), _FRAMES_AT_ONCE):
            batch = torch.from_numpy(frames[start : start + _FRAMES_AT_ONCE].copy())
            readings.extend(self._read_batch(batch.permute(0, 3, 1, 2).float() / 127.5 - 1))
        return readings

    @torch.inference_mode()
    def read_heads(self, pictures: Sequence[np.ndarray]) -> list[Mapping[str, Guess]]:
        """Read what shows on heads.

        Args:
            pictures: each H x W x 3, uint8, RGB, any size: a head with a little around it.

        Returns:
            The face's attributes for each.
        """
        crops = [
            functional.interpolate(
                torch.from_numpy(picture.copy()).permute(2, 0, 1)[None].float() / 127.5 - 1,
                (FACE_PX, FACE_PX),
                mode="bilinear",
                antialias=True,
            )
            for picture in pictures
        ]
        found = self._network.read_faces(torch.cat(crops))
        return [
            {name: _guess(logits[row], self.knows[name], None) for name, logits in found.items()}
            for row in range(len(pictures))
        ]

    def _read_batch(self, pictures: torch.Tensor) -> list[Reading]:
        logits, boxes = self._network.read_frames(frame_input(pictures))
        whole = [
            {name: _guess(found[index], self.knows[name], None) for name, found in logits.items()}
            for index in range(len(pictures))
        ]
        heads = [
            [_corners(boxes[index, slot]) for slot in range(int(guesses["people"].value))]
            for index, guesses in enumerate(whole)
        ]
        owners = self._refined(pictures, [(index, head) for index, found in enumerate(heads) for head in found])
        persons: dict[int, list[PersonReading]] = {index: [] for index in range(len(pictures))}
        if owners:
            faces = torch.stack([crop(pictures[index], face_region(head), FACE_PX) for index, head in owners])
            torsos = torch.stack([crop(pictures[index], torso_region(head), TORSO_PX) for index, head in owners])
            on_face, on_torso = self._network.read_faces(faces), self._network.read_torsos(torsos)
            for row, (index, head) in enumerate(owners):
                guesses = {
                    name: _guess(found[row], self.knows[name], _visible(shown_region(name, head)))
                    for name, found in (on_face | on_torso).items()
                }
                # From how far a head was seen does not show in its crop.
                far = whole[index]["shot size"].distribution.get("wide shot", 0.0)
                guesses["eyes"] = _seen_less(guesses["eyes"], far)
                persons[index].append(PersonReading(head=_visible(head), attributes=guesses))
        return [
            Reading(
                people=guesses["people"],
                persons=tuple(sorted(persons[index], key=lambda person: person.head[0])),
                setting=guesses["setting"],
                time_of_day=guesses["time of day"],
                shot_size=guesses["shot size"],
                weather=guesses.get("weather"),
                inserted=guesses.get("inserted"),
            )
            for index, guesses in enumerate(whole)
        ]

    def _refined(self, pictures: torch.Tensor, owners: list[tuple[int, Region]]) -> list[tuple[int, Region]]:
        """Find each head again in a crop about its first box, and once more from nearer."""
        if not owners or not self._network.refines:
            return owners
        for times in REFINED_FROM:
            regions = [refining_region(head, times) for _, head in owners]
            crops = [
                crop(pictures[index], region, REFINE_PX) for (index, _), region in zip(owners, regions, strict=True)
            ]
            found = self._network.refine_boxes(torch.stack(crops))
            owners = [
                (index, placed(box, region)) for (index, _), box, region in zip(owners, found, regions, strict=True)
            ]
        return owners
