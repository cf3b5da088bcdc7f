"""Tells what merging a new draft makes: the scenes of both drafts side by side, what turns stale, what contradicts."""

import json
from difflib import unified_diff

import click

from pipeline.cli.confirming import cost_in_words
from storage.domain.digest import plain
from storage.domain.draft_merge import DraftMerge, Fate
from storage.domain.graph_difference import difference
from storage.edit_cost import EditCost


def tell_draft(merge: DraftMerge, cost: EditCost, *, is_made: bool, as_json: bool) -> None:
    """Print a merge that was made, or only worked out."""
    words = cost_in_words(cost)
    told = difference(merge.edit.before, merge.edit.after)
    if as_json:
        answer = {
            "done": merge.edit.label if is_made else None,
            "scenes": plain(merge.scenes),
            "contradictions": merge.contradictions,
            "cost": plain(cost) | {"words": words},
            "difference": plain(told),
        }
        click.echo(json.dumps(answer, ensure_ascii=False))
        return
    for row in merge.scenes:
        was = f" (was {row.heading_before})" if row.fate is Fate.CHANGED and row.heading_before != row.heading else ""
        click.echo(f"{row.fate:<8} {row.number:<5} {row.heading or row.heading_before}{was}")
        if row.fate is Fate.CHANGED:
            for line in list(unified_diff(row.lines_before, row.lines, lineterm="", n=0))[2:]:
                if not line.startswith("@@"):
                    click.echo(f"           {line[0]} {line[1:]}")
    for sentence in merge.contradictions:
        click.echo(f"contradiction: {sentence}")
    click.echo(f"turns stale: {words or 'nothing'}")
    click.echo(merge.edit.label if is_made else "nothing was changed")
