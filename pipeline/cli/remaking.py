"""`matchcut bench again`: the run, and its figures as a table."""

import tempfile
from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.table import Table

from pipeline.resources import resources
from storage.errors import WrongUse


def run_again(screenplay: Path | None, folder: Path | None) -> dict[str, Any]:
    """Measure what is made again.

    Args:
        screenplay: of the film; None for the bundled one.
        folder: where the film is kept; None for one that goes away.

    Raises:
        WrongUse: something lies there already, or the screenplay describes nobody.
    """
    from pipeline.bench.again import bench_again

    if folder is not None and folder.exists():
        raise WrongUse(f"{folder} is there already.", "Name a folder that is not.")
    with tempfile.TemporaryDirectory(prefix="matchcut-again-") as temporary:
        place = folder or Path(temporary) / "Film.matchcut"
        source = screenplay or resources() / "demo" / "tide_clock.fountain"
        return bench_again(place, source, lambda words: click.echo(words, err=True))


def tell_again(found: dict[str, Any]) -> None:
    """Print what `again.bench_again` found."""
    table = Table(title=f"Made again: {found['screenplay']}, {found['shots']} shots, {found['takes']} takes")
    table.add_column("edit")
    for words in ("in scope", "said before", "made", "outside", "made / scope", "seconds"):
        table.add_column(words, justify="right")
    for row in found["edits"]:
        numbers = (row["in_scope"], row["said"], row["made"], row["outside"])
        name = f"{row['name']}\n[dim]{row['told']}[/dim]"
        table.add_row(name, *map(str, numbers), f"{row['ratio']:.2f}", f"{row['seconds']:.1f}")
    console = Console()
    console.print(table)
    told = f"{found['command']} · revision {found['revision']} · {found['machine']} · {found['seconds']} s"
    console.print(told, style="dim", highlight=False)
