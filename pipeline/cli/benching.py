"""`matchcut bench desk`: runs the desk's benchmark as processes of its own, and tells the figures."""

import json
import platform
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipeline.cli.raven import time_raven
from pipeline.resources import ARTIST, resources
from storage.errors import KnownError

SIZES = (100, 1000, 10_000)


@dataclass(frozen=True, slots=True, kw_only=True)
class Effort:
    """How thoroughly to measure.

    Attributes:
        tries: how often each thing is done.
        seconds: how long the heartbeat is listened to.
    """

    sizes: tuple[int, ...]
    tries: int
    seconds: float


THOROUGH = Effort(sizes=SIZES, tries=200, seconds=60.0)
QUICK = Effort(sizes=(100, 1000), tries=20, seconds=8.0)

_TIMES = (("timeline_usable_s", "timeline usable"), ("all_states_s", "every state shown"))
# Key of the figure, what it is, and the baseline that it is held against.
_SPREADS = (
    ("scroll", "scroll, painted", "paint"),
    ("zoom", "zoom, painted", "paint"),
    ("scrub", "scrub, painted", "paint"),
    ("next", "next that needs you", "paint"),
    ("decision", "decision, durable and shown", "commit"),
    ("heartbeat_while_opening", "heartbeat late, opening", "heartbeat"),
    ("heartbeat_idle", "heartbeat late, idle", "heartbeat"),
    ("heartbeat_beside_worker", "heartbeat late, worker at work", "beside"),
)


def bench_desk(effort: Effort, *, checkpoint: str, folder: Path | None, with_raven: bool = True) -> dict[str, Any]:
    """Measure the desk on films of several sizes.

    Args:
        checkpoint: what the worker draws with while the heartbeat is listened to; empty for pocket.
        folder: where the films are kept for the next time; None for a folder that goes away.

    Raises:
        KnownError: a part of the benchmark failed; its last words are told.
    """
    with tempfile.TemporaryDirectory(prefix="matchcut-bench-") as temporary:
        place = folder or Path(temporary)
        place.mkdir(parents=True, exist_ok=True)
        bare = _run("bare", place, "--tries", effort.tries, "--seconds", min(effort.seconds, 5.0))
        films = [_measure(place, size, effort, checkpoint) for size in effort.sizes]
        raven = time_raven(effort.sizes[-1]) if with_raven else None
    found: dict[str, Any] = {
        "machine": f"{platform.processor() or platform.machine()}, {platform.platform()}",
        "bare": bare,
        "films": films,
    }
    if raven is not None:
        usable = films[-1]["window_up_s"] + films[-1]["timeline_usable_s"]
        ratio = round(usable / raven.loaded_s, 2) if raven.loaded_s else None
        found["raven"] = {"loaded_s": raven.loaded_s, "words": raven.words, "desk_of_raven": ratio}
    return found


def tell_bench(found: dict[str, Any]) -> None:
    """Print the figures as a table, each with how many times its baseline it is."""
    from rich.console import Console
    from rich.table import Table

    bare, films = found["bare"], found["films"]
    table = Table(title="The desk, in milliseconds: p50 · p99 · worst (× its baseline's p50)")
    table.add_column("what")
    table.add_column("baseline: a bare Qt program")
    for film in films:
        table.add_column(f"{film['shots']} shots", justify="right")
    table.add_row(
        "window up",
        f"a plain widget: {bare['window_up_s'] * 1000:.0f}",
        *(f"{film['window_up_s'] * 1000:.0f} ({film['window_up_s'] / bare['window_up_s']:.1f} ×)" for film in films),
    )
    for key, words in _TIMES:
        table.add_row(words, "after the window", *(f"{film[key] * 1000:.0f}" for film in films))
    for key, words, baseline in _SPREADS:
        held = [film["bare_beside_worker"] if baseline == "beside" else bare[baseline] for film in films]
        cells = [_cell(film[key], against) for film, against in zip(films, held, strict=True)]
        table.add_row(words, f"{_BASELINES[baseline]}: {_three(held[0])}", *cells)
    table.add_row("memory, MiB", "", *(f"{film['memory_mib']:.0f}" for film in films))
    console = Console()
    console.print(table)
    idle = [film["shots"] for film in films if not film["heartbeat_beside_worker"]["worker_rendered"]]
    if idle:
        console.print(f"The worker did not come to render beside {', '.join(map(str, idle))} shots.")
    if "raven" in found:
        ratio = found["raven"]["desk_of_raven"]
        more = f" The desk's window and timeline take {ratio} × that." if ratio else ""
        console.print(f"{found['raven']['words']}{more}")
    console.print(found["machine"])


_BASELINES = {
    "paint": "40 rectangles",
    "commit": "one durable row",
    "heartbeat": "a bare timer",
    "beside": "a bare timer beside the same worker",
}


def _measure(place: Path, size: int, effort: Effort, checkpoint: str) -> dict[str, Any]:
    film = place / f"Bench {size}.matchcut"
    if not film.exists():
        digest = _weights_digest(checkpoint)
        _run("film", film, "--shots", size, "--checkpoint", checkpoint, "--digest", digest)
    arguments = ("--tries", effort.tries, "--seconds", effort.seconds)
    # The first opening warms the files; the second is measured.
    _run("desk", film, "--tries", 1, "--seconds", 0.1)
    figures = _run("desk", film, *arguments)
    with ThreadPoolExecutor(max_workers=1) as beside_it:
        bare = beside_it.submit(_run, "bare", place, *arguments)
        beside = _run("worker", film, *arguments)
        figures["bare_beside_worker"] = bare.result()["heartbeat"]
    return {"shots": size, "takes": size * 6, **figures, **beside}


def _weights_digest(checkpoint: str) -> str:
    if checkpoint == ARTIST:
        from pipeline.renderers.artist_renderer import ArtistRenderer

        return ArtistRenderer().capabilities.weights_digest
    from pipeline.renderers.checkpoint import inspect

    return inspect(Path(checkpoint) if checkpoint else resources() / "pocket").weights_digest


def _command(what: str, folder: Path, *options: object) -> tuple[str, ...]:
    return (sys.executable, "-m", "desktop.bench", what, str(folder), *map(str, options))


def _run(what: str, folder: Path, *options: object) -> dict[str, Any]:
    done = subprocess.run(_command(what, folder, *options), capture_output=True, text=True, check=False)
    if done.returncode:
        raise KnownError(f"The benchmark's part “{what}” failed: {_last_line(done.stderr)}", "Run it again, or say so.")
    try:
        return json.loads(_last_line(done.stdout))
    except json.JSONDecodeError as error:
        sentence = f"The benchmark's part “{what}” answered what is no figure: {_last_line(done.stdout)}"
        raise KnownError(sentence, "Run it again, or say so.") from error


def _last_line(text: str) -> str:
    lines = text.strip().splitlines()
    return lines[-1] if lines else "it said nothing"


def _three(spread: dict[str, Any]) -> str:
    return f"{spread['p50_ms']:.1f} · {spread['p99_ms']:.1f} · {spread['worst_ms']:.1f}"


def _cell(spread: dict[str, Any], against: dict[str, Any] | None) -> str:
    ratio = f" ({spread['p50_ms'] / against['p50_ms']:.0f} ×)" if against and against["p50_ms"] else ""
    return f"{_three(spread)}{ratio}"


def effort_of(*, quick: bool, sizes: Sequence[int]) -> Effort:
    """How thoroughly to measure; other sizes where some are named."""
    effort = QUICK if quick else THOROUGH
    return Effort(sizes=tuple(sizes) or effort.sizes, tries=effort.tries, seconds=effort.seconds)
