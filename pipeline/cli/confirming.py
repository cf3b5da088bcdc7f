"""Saying on the command line what an edit costs, and asking for it."""

import sys

import click

from storage.domain.graph_words import counted
from storage.edit_cost import EditCost
from storage.errors import WrongUse


def confirmed(cost: str, *, yes: bool) -> bool:
    """Say what an edit turns stale, and ask whether it shall be made.

    Args:
        cost: in words; nothing is asked where it costs nothing.
        yes: nothing is asked.

    Raises:
        WrongUse: nobody is there to ask.
    """
    if not cost:
        return True
    click.echo(f"This turns stale: {cost}.", err=True)
    if yes:
        return True
    if not sys.stdin.isatty():
        raise WrongUse("The edit was not made.", "Confirm it with --yes.")
    return click.confirm("Edit all the same?", err=True)


def cost_in_words(cost: EditCost) -> str:
    """What an edit costs ("4 keyframes and 3 clips, about 2 minutes"); empty where it costs nothing."""
    parts = [
        counted(len(shots), name)
        for shots, name in ((cost.keyframes, "keyframe"), (cost.clips, "clip"), (cost.new, "new shot"))
        if shots
    ]
    if not parts:
        return ""
    words = " and ".join(filter(None, (", ".join(parts[:-1]), parts[-1])))
    if cost.seconds is None:
        return words
    minutes = round(cost.seconds / 60)
    return f"{words}, about {f'{minutes} minutes' if minutes > 1 else f'{max(1, round(cost.seconds))} seconds'}"
