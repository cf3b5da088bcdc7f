"""The user's own models as judges: CLIP and SigLIP folders by caption, visual question folders by question."""

# pyright: standard
# (transformers' own types are partly unknown)

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import torch
from PIL import Image

from critic.checks.own_model import PictureChooser
from critic.phrasing import Choice
from storage.errors import WrongUse

_BY_CAPTION = frozenset({"clip", "siglip", "siglip2"})
_BY_QUESTION = frozenset({"vilt"})
_ANOTHER = "Name a folder that transformers saved as safetensors: a CLIP, SigLIP or ViLT model with its processor."


def open_chooser(folder: Path) -> PictureChooser:
    """Open a model folder: safetensors only, no code of its own, nothing downloaded.

    Raises:
        WrongUse: it is no such folder, has its weights as pickle only, brings code, or lacks a part.
    """
    try:
        config = json.loads((folder / "config.json").read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, json.JSONDecodeError) as error:
        raise WrongUse(f"{folder} holds no model: its config.json cannot be read.", _ANOTHER) from error
    kind = config.get("model_type") if isinstance(config, dict) else None
    if not isinstance(config, dict) or "auto_map" in config:
        raise WrongUse(f"{folder} brings code of its own, and such code is never run.", _ANOTHER)
    if kind not in _BY_CAPTION | _BY_QUESTION:
        raise WrongUse(f"{folder} is a model of the kind “{kind}”, which cannot judge pictures here.", _ANOTHER)
    if not any(folder.glob("*.safetensors")):
        raise WrongUse(
            f"{folder} has no weights as safetensors; pickled ones can run code and are not opened.", _ANOTHER
        )
    try:
        return _Captions(folder) if kind in _BY_CAPTION else _Questions(folder)
    except (OSError, ValueError, KeyError, RuntimeError) as error:
        last = str(error).strip().splitlines() or [type(error).__name__]
        raise WrongUse(f"{folder} could not be opened: {last[0][:160]}", _ANOTHER) from error


class _Captions:
    """An image-text model: the caption that fits best."""

    def __init__(self, folder: Path) -> None:
        from transformers import AutoModel

        self.name = folder.name
        self._processor = _processor(folder)
        self._model = AutoModel.from_pretrained(folder, **_SAFELY).eval()
        self._longest = self._model.config.text_config.max_position_embeddings

    def can_choose(self, choice: Choice) -> bool:
        return True

    @torch.inference_mode()
    def choose(self, picture: np.ndarray, choice: Choice) -> Sequence[float]:
        inputs = self._processor(
            text=list(choice.captions), images=Image.fromarray(picture), return_tensors="pt", padding="max_length",
            truncation=True, max_length=self._longest,
        )  # fmt: skip
        logits = self._model(**inputs).logits_per_image[0]
        return [float(chance) for chance in logits.float().softmax(-1)]


class _Questions:
    """A model that answers questions with one of a fixed list of words."""

    def __init__(self, folder: Path) -> None:
        from transformers import AutoModelForVisualQuestionAnswering

        self.name = folder.name
        self._processor = _processor(folder)
        self._model = AutoModelForVisualQuestionAnswering.from_pretrained(folder, **_SAFELY).eval()
        self._answers = {str(word).lower(): int(index) for index, word in self._model.config.id2label.items()}

    def can_choose(self, choice: Choice) -> bool:
        """Whether it knows the wanted answer and another."""
        known = [answer in self._answers for answer in choice.answers]
        return bool(choice.question) and known[choice.wanted] and sum(known) > 1

    @torch.inference_mode()
    def choose(self, picture: np.ndarray, choice: Choice) -> Sequence[float]:
        inputs = self._processor(images=Image.fromarray(picture), text=choice.question, return_tensors="pt")
        logits = self._model(**inputs).logits[0].float()
        known = [self._answers.get(answer) for answer in choice.answers]
        told = torch.stack([logits[index] if index is not None else torch.tensor(-torch.inf) for index in known])
        return [float(chance) for chance in told.softmax(-1)]


def _processor(folder: Path) -> Any:
    from transformers import AutoProcessor

    return AutoProcessor.from_pretrained(folder, local_files_only=True, trust_remote_code=False)


_SAFELY: dict[str, Any] = {"local_files_only": True, "trust_remote_code": False, "use_safetensors": True}
