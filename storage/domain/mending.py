"""Says in a director's words what was tried where a take had drifted."""

from collections.abc import Iterable, Sequence
from itertools import groupby

from storage.domain.takes import Means, Mending, Take
from storage.domain.told import Told, joined


def kind_of(key: str) -> str:
    """The kind of drift behind a key: "eyes" of "character:mara/eyes/", "freeze" of "check:freeze"."""
    if key.startswith("check:"):
        return key.removeprefix("check:").partition("/")[0]
    return key.split("/")[1]


def mending_words(mending: Mending) -> Told:
    """What was done: "eyes inpainted", "image to image for eyes and coat", "a new seed"."""
    if mending.means is Means.NEW_SEED:
        return Told("a new seed")
    things = [Told(each) for each in dict.fromkeys(_thing(key) for key in mending.missed)]
    named = joined(things) if things else Told("the picture")
    if mending.means is Means.INPAINT:
        return Told("{things} inpainted", things=named)
    if mending.means is Means.LATER_FRAMES:
        return Told("later frames made again for {things}", things=named)
    return Told("image to image for {things}", things=named)


def tried_words(takes: Iterable[Take]) -> Told:
    """What the takes of a round tried, in order: "eyes inpainted, then a new seed"; empty where only one was made."""
    said = [mending_words(take.mending) for take in takes if take.mending]
    tried = Told("")
    for words, run in groupby(said):
        count = sum(1 for _ in run)
        step = Told("{what}, {n} times", what=words, n=count) if count > 1 else words
        tried = Told("{first}, then {next}", first=tried, next=step) if tried else step
    return tried


def tried_before(takes: Sequence[Take], take: Take) -> Told:
    """What was tried in the round of a take, the same way."""
    return tried_words(sorted((each for each in takes if each.round == take.round), key=lambda each: each.attempt))


def _thing(key: str) -> str:
    """What a key is about, as a person says it: "eyes", "coat"; "freeze" for a check that judges no constraint."""
    parts = key.split("/")
    return (parts[2] or parts[1]) if len(parts) > 2 else key.removeprefix("check:")
