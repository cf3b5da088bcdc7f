"""Reads pictures with hand labels: one JSON object a line, in ``labels.jsonl`` beside the pictures.

    {"picture": "0001.png",
     "asked": {"setting": "kitchen", "shot size": "close-up", "people": [{"eyes": "brown", "garment": "red coat"}]},
     "seen":  {"setting": "kitchen", "shot size": "close-up", "people": [{"eyes": "blue", "garment": "red coat"}]}}

``seen`` is what a person sees who does not know what was asked, "unseen" for what cannot be seen.
"""

from collections.abc import Callable, Generator
from pathlib import Path

import numpy as np
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from critic.benchmark.cases import Picture, Words
from storage.domain.vocabulary import COLOURS
from storage.errors import WrongUse

LABELS_NAME = "labels.jsonl"


class _Said(BaseModel):
    model_config = ConfigDict(extra="allow")
    __pydantic_extra__: dict[str, str] = Field(init=False)  # pyright: ignore[reportIncompatibleVariableOverride]

    people: list[dict[str, str]] = []


class _Line(BaseModel):
    model_config = ConfigDict(extra="forbid")

    picture: str
    asked: _Said
    seen: _Said


def labelled_pictures(folder: Path, read: Callable[[Path], np.ndarray]) -> Generator[Picture]:
    """Read every picture that ``labels.jsonl`` names.

    Args:
        folder: holds ``labels.jsonl`` and the pictures.
        read: a picture file as H×W×3 uint8.

    Raises:
        WrongUse: the file or a picture is missing, or a line is not of this form.
    """
    path = folder / LABELS_NAME
    if not path.is_file():
        raise WrongUse(f"There is no {LABELS_NAME} in {folder}.", "See critic/README.md for its form.")
    for number, text in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if not text.strip():
            continue
        try:
            line = _Line.model_validate_json(text)
        except ValidationError as error:
            first = error.errors()[0]
            where = ".".join(str(part) for part in first["loc"]) or "the line"
            raise WrongUse(
                f"Line {number} of {path.name} is not a label: {where}: {first['msg']}.",
                "See critic/README.md for its form.",
            ) from error
        picture = (folder / line.picture).resolve()
        if not picture.is_relative_to(folder.resolve()) or not picture.is_file():
            raise WrongUse(f"Line {number} of {path.name} names {line.picture}, which is not there.", "Mend the line.")
        yield Picture(name=line.picture, frames=read(picture)[None], seen=_words(line.seen), asked=_words(line.asked))


def _words(said: _Said) -> Words:
    frame = dict(said.__pydantic_extra__)
    if said.people or "people" in said.model_fields_set:
        frame["people"] = str(len(said.people))
    return Words(frame=frame, people=tuple(_person(person) for person in said.people))


def _person(said: dict[str, str]) -> dict[str, str]:
    """A person's words, with "red coat" as a kind and its colour."""
    person = dict(said)
    colour, _, kind = person.get("garment", "").partition(" ")
    if kind and colour in COLOURS:
        person |= {"garment": kind, "garment colour": colour}
    return person
