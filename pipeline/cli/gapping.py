"""`matchcut bench gap`: what is asked, the run, and its figures told, kept and drawn."""

import json
from collections.abc import Sequence
from pathlib import Path

import click
from rich.console import Console

from storage.errors import WrongUse


def run_gap(
    *,
    shots: int | None,
    quick: bool,
    seed: int,
    probability: float,
    kinds: Sequence[str],
    arms: Sequence[str],
    price_per_call: float,
    num_processes: int,
    folder: Path,
    picture: Path | None,
    as_json: bool,
) -> None:
    """Run the injected world, or go on with it, and tell its figures.

    Raises:
        WrongUse: there is no such kind, or the folder holds results of other conditions.
    """
    from pipeline.bench.arms import Arm
    from pipeline.bench.gap import NUM_SHOTS, NUM_SHOTS_QUICK, GapRun, bench_gap
    from pipeline.bench.injections import Kind
    from pipeline.bench.picture import draw_gap
    from pipeline.bench.telling import tell_gap

    known = {kind.value: kind for kind in Kind}
    unknown = [kind for kind in kinds if kind not in known]
    if unknown:
        raise WrongUse(f'There is no kind "{unknown[0]}".', f"Name one of: {', '.join(known)}.")
    found = bench_gap(
        GapRun(
            folder=folder,
            seed=seed,
            num_shots=shots or (NUM_SHOTS_QUICK if quick else NUM_SHOTS),
            probability=probability,
            kinds=frozenset(known[kind] for kind in kinds),
            arms=tuple(arm for arm in Arm if not arms or arm in arms),
            price_per_call=price_per_call,
            num_processes=num_processes,
        ),
        lambda words: click.echo(words, err=True),
    )
    text = json.dumps(found, ensure_ascii=False, indent=1)
    (folder / "injected.json").write_text(text + "\n", encoding="utf-8")
    if picture is not None:
        draw_gap(found, picture)
    if as_json:
        click.echo(text)
    else:
        tell_gap(found, Console())
