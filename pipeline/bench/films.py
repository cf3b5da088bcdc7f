"""Writes short screenplays from a seed, for films whose truth is known, and reads each into its scene graph once."""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from pipeline.pocket import lexicon, world
from pipeline.script.agent import draft_scene_graph
from pipeline.script.fountain import read_fountain
from pipeline.script.screenplay import Screenplay
from storage.domain.graph_view import GraphView
from storage.domain.scene_graph import Shot

# The clips' own rate: a film at 24 frames a second would show each frame three times, and cost three times as much.
FILM_RATE = Fraction(world.CLIP_RATE)
_SCENES = 3
_NAMES = ("MARA", "THEO", "LENA", "OTTO", "NINA", "HUGO", "IRIS", "PAUL", "VERA", "KARL", "ROSA", "EMIL")
_SAID = ("Not yet.", "It stopped.", "We wait.", "You knew.", "Come back.", "I know.", "Look.", "Go.")
_DOES = ("waits", "stands by the wall", "turns", "nods", "walks")
_HAIR = {
    "short": "short {} hair",
    "long": "long {} hair",
    "bun": "{} hair in a bun",
    "curly": "curly {} hair",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class BenchFilm:
    """A film to be made in several ways.

    Attributes:
        number: from 0.
        seed: of the film.
        screenplay: Fountain.
        view: the true scene graph, as it was drafted with nothing in between.
        num_shots: so many of its shots are made.
    """

    number: int
    seed: int
    screenplay: str
    view: GraphView
    num_shots: int

    @property
    def shots(self) -> tuple[Shot, ...]:
        """The shots that are made, in film order."""
        return self.view.shots[: self.num_shots]


def films(seed: int, num_shots: int) -> Iterator[BenchFilm]:
    """Whole films that have at least so many shots together; the first ones are the same whatever is asked for.

    Args:
        seed: the same one gives the same films.
        num_shots: in all, > 0.
    """
    number = 0
    while num_shots > 0:
        film_seed = random.Random(f"{seed}/film/{number}").randrange(2**31)
        screenplay = write_screenplay(film_seed)
        title, lines, elements = read_fountain(screenplay)
        graph = draft_scene_graph(
            Screenplay(title=title, lines=lines, elements=elements),
            film_seed=film_seed,
            frame_rate=FILM_RATE,
            max_clip_s=Fraction(world.CLIP_FRAMES, world.CLIP_RATE),
            lexicon=lexicon.LEXICON,
        )
        view = GraphView(graph)
        yield BenchFilm(number=number, seed=film_seed, screenplay=screenplay, view=view, num_shots=len(view.shots))
        num_shots -= len(view.shots)
        number += 1


def write_screenplay(seed: int) -> str:
    """A screenplay of three scenes with two people each, who are described where they come in."""
    rng = random.Random(seed)
    names = rng.sample(_NAMES, 2 * _SCENES)
    places = rng.sample(world.SETTINGS, _SCENES)
    lines = [f"Title: Bench {seed}", ""]
    for scene, place in enumerate(places):
        first, second = names[2 * scene : 2 * scene + 2]
        where = "EXT." if place in world.OUTDOORS else "INT."
        lines += [
            f"{where} {place.upper()} - {rng.choice(world.TIMES_OF_DAY).upper()}",
            "",
            _introduction(first, rng),
            "",
            f"CLOSE ON {first}",
            "",
            _introduction(second, rng),
            "",
            second,
            rng.choice(_SAID),
            "",
            first,
            rng.choice(_SAID),
            "",
            f"{first.title()} and {second.title()} stand by the wall.",
            "",
            f"CLOSE ON {second}",
            "",
            f"{second.title()} {rng.choice(_DOES)}.",
            "",
        ]
    return "\n".join(lines)


def _introduction(name: str, rng: random.Random) -> str:
    eyes = rng.choice(tuple(world.EYES))
    hair = _HAIR[rng.choice(tuple(_HAIR))].format(rng.choice(tuple(world.HAIR_COLOURS)))
    garment, colour = rng.choice(world.GARMENTS), rng.choice(tuple(world.GARMENT_COLOURS))
    does, age = rng.choice(_DOES[:2]), rng.randrange(20, 60)
    return f"{eyes.title()}-eyed {name} ({age}), {hair}, {does} in a {colour} {garment}."
