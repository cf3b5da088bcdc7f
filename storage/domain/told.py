"""Sentences that remember their words and what stands in their places, so that a desk can say them in its language."""

from collections.abc import Sequence
from typing import Self


class Told(str):
    """A sentence in English that is an ordinary string, and that can be told again in other words.

    Attributes:
        words: the sentence with places in braces: "There is no shot {label}.".
        places: what stands in them; a `Told` among these is told in its own words.
    """

    __slots__ = ("places", "words")

    words: str
    places: dict[str, object]

    def __new__(cls, words: str, /, **places: object) -> Self:
        made = super().__new__(cls, words.format(**places) if places else words)
        made.words, made.places = words, places
        return made

    def __getnewargs_ex__(self) -> tuple[tuple[object, ...], dict[str, object]]:
        return (self.words,), self.places


class Counted(Told):
    """A number with its noun, or a sentence about so many things.

    Attributes:
        one: the words where there is one; `words` are those for any other number.
        number: stands in the place `n`.
    """

    __slots__ = ("number", "one")

    one: str
    number: int

    def __new__(cls, one: str, many: str, number: int, /, **places: object) -> Self:
        made = super().__new__(cls, one if number == 1 else many, n=f"{number:,}", **places)
        made.words, made.one, made.number = many, one, number
        return made

    def __getnewargs_ex__(self) -> tuple[tuple[object, ...], dict[str, object]]:
        return (self.one, self.words, self.number), {name: told for name, told in self.places.items() if name != "n"}


def marked(words: str, /) -> str:
    """Words that stand in a table and are told where they are shown: marks them for `tests.gui.words`."""
    return words


def together(words: Sequence[str], between: str = ", ") -> Told:
    """Some words one after the other."""
    places = {f"word_{number}": each for number, each in enumerate(words)}
    return Told(between.join(f"{{{name}}}" for name in places), **places)


def joined(words: Sequence[str]) -> Told:
    """Some words as a list with its last "and"."""
    if len(words) < 2:
        return together(words)
    return Told("{some} and {last}", some=together(words[:-1]), last=words[-1])
