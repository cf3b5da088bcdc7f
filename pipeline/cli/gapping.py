"""`matchcut bench gap`: what is asked, the run, and its figures told, kept and drawn."""

import json
from collections.abc import Sequence
from pathlib import Path

import click
from rich.console import Console

from storage.errors import WrongUse

NATURAL, NATURAL_QUICK = 1000, 12
PER_STRATUM = 40


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


def run_natural(
    *, shots: int | None, quick: bool, seed: int, checkpoint: str, folder: Path, sheet: Path | None, labels: Path | None
) -> None:
    """Render what is missing of the natural world; then write a sheet, or count the labels on one."""
    from pipeline.bench.natural import NaturalRun, bench_natural, labelled_figures, read_labels, write_sheet

    num_shots = shots or (NATURAL_QUICK if quick else NATURAL)
    run = NaturalRun(folder=folder, seed=seed, num_shots=num_shots, checkpoint=checkpoint)
    results = bench_natural(run, lambda words: click.echo(words, err=True))
    if sheet is not None:
        file = write_sheet(results, sheet, seed=seed, per_stratum=PER_STRATUM)
        click.echo(f"Fill in {file}, then run this again with --labels {sheet}.")
    if labels is not None:
        click.echo(json.dumps(labelled_figures(results, read_labels(labels)), ensure_ascii=False, indent=1))
