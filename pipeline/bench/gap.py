"""Runs `matchcut bench gap`: the same films in every arm, film by film, going on where it was stopped."""

import multiprocessing
import platform
from collections.abc import Callable, Collection, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipeline.bench.arms import Arm, Conditions, Tools, make_film
from pipeline.bench.figures import arm_figures, cost_of_finding_late, paired
from pipeline.bench.films import BenchFilm, films
from pipeline.bench.injections import Kind
from pipeline.bench.results import Results, command_line, git_revision
from pipeline.bench.sharing import SharedWork

NUM_SHOTS, NUM_SHOTS_QUICK = 1000, 24
PROBABILITY = 0.03
PRICE_PER_CALL = 0.04


@dataclass(frozen=True, slots=True, kw_only=True)
class GapRun:
    """What is asked of one run.

    Attributes:
        folder: where results are kept.
        num_shots: in each cell.
        probability: of a corruption at each handoff, 0 to 1.
        kinds: only these are put in; all where empty.
        arms: in which each film is made.
        price_per_call: of one keyframe or clip, in whatever currency.
        num_processes: films that are made at once.
    """

    folder: Path
    seed: int = 1
    num_shots: int = NUM_SHOTS
    probability: float = PROBABILITY
    kinds: frozenset[Kind] = frozenset()
    arms: tuple[Arm, ...] = tuple(Arm)
    price_per_call: float = PRICE_PER_CALL
    num_processes: int = 1


def bench_gap(run: GapRun, tell: Callable[[str], None]) -> dict[str, Any]:
    """Make what is still missing of the injected world, and give its figures.

    Args:
        tell: told a sentence after each film.

    Raises:
        WrongUse: the folder holds results of other conditions.
    """
    conditions = Conditions(seed=run.seed, probability=run.probability, kinds=run.kinds)
    asked = {
        "world": "injected",
        "seed": run.seed,
        "probability": run.probability,
        "kinds": sorted(run.kinds),
        "arms": [arm.value for arm in run.arms],
    }
    results = Results(run.folder / "injected.jsonl", asked)
    wanted = list(films(run.seed, run.num_shots))
    missing = [film for film in wanted if film.number not in results.films]
    left = sum(film.num_shots for film in missing)
    for film, made in _made(missing, conditions, run):
        results.add(film.number, made)
        left -= film.num_shots
        tell(f"film {film.number + 1} made in every arm; {left} shots to go")
    return figures_of(results, [film.number for film in wanted], asked, run)


def figures_of(results: Results, numbers: Collection[int], asked: dict[str, Any], run: GapRun) -> dict[str, Any]:
    """All figures of these films, as JSON types."""
    by_arm = {arm: results.of_arm(arm.value, numbers) for arm in run.arms}
    loops = [arm for arm in (Arm.CRITIC, Arm.MEND) if arm in by_arm]
    return {
        **asked,
        "command": command_line(),
        "revisions": results.revisions or [git_revision()],
        "machine": f"{platform.processor() or platform.machine()}, {platform.system()}",
        "price_per_call": run.price_per_call,
        "seconds": "processor seconds of drawing, checking and cutting",
        "arms": {arm.value: arm_figures(made, run.price_per_call) for arm, made in by_arm.items()},
        "late": {arm.value: cost_of_finding_late(by_arm[arm], run.price_per_call) for arm in loops},
        "paired": {
            f"{arm} over {Arm.STATE}": paired(by_arm[arm], by_arm[Arm.STATE]) for arm in loops if Arm.STATE in by_arm
        },
        "director": (
            "Approves unseen what the critic calls clean; corrects the script lines that it names; sends a wrong cut "
            "back. A keyframe or clip whose attempts are spent is handed over and counts as not passed."
        ),
    }


def _made(
    missing: list[BenchFilm], conditions: Conditions, run: GapRun
) -> Iterator[tuple[BenchFilm, list[dict[str, Any]]]]:
    if run.num_processes < 2 or len(missing) < 2:
        for film in missing:
            yield film, make_in_every_arm(film, conditions, run.arms)
        return
    # A fork of a process with native threads can hang.
    with ProcessPoolExecutor(run.num_processes, multiprocessing.get_context("spawn")) as pool:
        waiting = {pool.submit(make_in_every_arm, film, conditions, run.arms): film for film in missing}
        for done in as_completed(waiting):
            yield waiting[done], done.result()


def make_in_every_arm(film: BenchFilm, conditions: Conditions, arms: Sequence[Arm]) -> list[dict[str, Any]]:
    """One film in each of these arms, with one critic."""
    from pipeline.opening import open_crew
    from pipeline.renderers.artist_renderer import ArtistRenderer
    from pipeline.resources import ARTIST

    _one_thread()
    tools = Tools(renderer=ArtistRenderer(steps=1), panel=open_crew(ARTIST).panel, shared=SharedWork())
    return [make_film(arm, film, tools, conditions) for arm in arms]


def _one_thread() -> None:
    """Small networks gain nothing from two threads, and two processes that each want both lose much."""
    import cv2
    import torch

    torch.set_num_threads(1)
    cv2.setNumThreads(1)
