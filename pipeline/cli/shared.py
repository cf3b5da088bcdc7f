"""What several commands have in common: their options, and how a checkpoint is named."""

from pathlib import Path

import click

from storage.errors import WrongUse

film_argument = click.argument("film", type=click.Path(path_type=Path))
json_option = click.option("--json", "as_json", is_flag=True, help="Answer in JSON.")


def check_checkpoint(checkpoint: str) -> None:
    from pipeline.resources import ARTIST

    if checkpoint and checkpoint != ARTIST and not Path(checkpoint).is_dir():
        raise WrongUse(f"There is no checkpoint folder at {checkpoint}.", "Name a diffusers folder on this disk.")


def absolute(checkpoint: str) -> str:
    from pipeline.resources import ARTIST

    return str(Path(checkpoint).resolve()) if checkpoint and checkpoint != ARTIST else checkpoint
