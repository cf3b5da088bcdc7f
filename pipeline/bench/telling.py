"""The benchmark's figures as tables for a terminal."""

from typing import Any

from rich.console import Console
from rich.table import Table

from pipeline.bench.injections import Handoff
from pipeline.bench.truth import CAUGHT, ESCAPED, HANDED_OVER, HARMLESS

ARM_WORDS = {
    "chain": "agents read each other's output",
    "state": "typed shared state, no critic",
    "critic": "state, critic and loop",
    "mend": "all of it, mending too",
    "clean": "all of it, nothing injected",
}


def tell_gap(found: dict[str, Any], console: Console) -> None:
    """Print what `gap.bench_gap` found."""
    console.print(_arms(found))
    console.print(_kinds(found))
    for arm, late in found["late"].items():
        console.print(_late(arm, late))
    for pair, told in found["paired"].items():
        console.print(
            f"{pair}: {told['only_first']} shots passed only there, {told['only_second']} only the other way "
            f"(p {told['p']:.2g}, {told['shots']} shots)"
        )
    console.print(f"The director here: {found['director']}", style="dim", highlight=False)
    where = f"{', '.join(found['revisions'])} · {found['machine']}"
    console.print(f"{found['command']} · revision {where}", style="dim", highlight=False)


def share_words(share: dict[str, float] | None) -> str:
    """A share in percent with its interval: "83.3 % (80.9–85.5)"."""
    if share is None:
        return "–"
    return f"{share['share']:.1%} ({100 * share['low']:.1f}–{100 * share['high']:.1f})".replace("%", " %")


def _arms(found: dict[str, Any]) -> Table:
    shots = next(iter(found["arms"].values()))["shots"]
    title = f"The gap: {shots} shots an arm, each of six handoffs corrupts {found['probability']:.0%} of what passes"
    table = Table(title=title)
    table.add_column("")
    for arm in found["arms"]:
        table.add_column(f"{arm}\n[dim]{ARM_WORDS[arm]}[/dim]", justify="right")
    arms = list(found["arms"].values())
    rows = {
        "passed end to end, 95 % interval": [share_words(arm["pass_rate"]) for arm in arms],
        "right, of what was approved unseen": [share_words(arm["right_of_what_was_approved_unseen"]) for arm in arms],
        "drift escaped, shots": [str(arm["escaped"]) for arm in arms],
        "handed to the director unsolved": [str(arm["handed_over"]) for arm in arms],
        "put right by the director, on the critic's word": [str(arm["put_right_by_the_director"]) for arm in arms],
        **{
            f"yield of the seam: {seam}": [share_words(arm["yields"][seam]) for arm in arms]
            for seam in ("script", "keyframe", "clip", "cut")
        },
        "generator calls a passed shot": [_number(arm["calls_per_passed_shot"], 2) for arm in arms],
        "processor seconds a passed shot": [_number(arm["seconds_per_passed_shot"], 2) for arm in arms],
        f"cost a passed shot at {found['price_per_call']} a call": [
            _number(arm["cost_per_passed_shot"], 3) for arm in arms
        ],
        "right takes not called clean, of takes checked": [
            f"{arm['false_alarms']} of {arm['takes_checked']}" for arm in arms
        ],
    }
    for words, cells in rows.items():
        table.add_row(words, *cells)
    return table


def _kinds(found: dict[str, Any]) -> Table:
    table = Table(title="What was put in: escaped of those that did harm or were caught")
    table.add_column("handoff")
    table.add_column("kind")
    arms = [arm for arm in found["arms"] if arm != "clean"]
    for arm in arms:
        table.add_column(arm, justify="right")
    kinds = {
        (handoff, kind): None
        for arm in arms
        for handoff, of_handoff in found["arms"][arm]["injected"].items()
        for kind in of_handoff
    }
    last = ""
    for handoff, kind in sorted(kinds, key=lambda each: list(Handoff).index(Handoff(each[0]))):
        cells = [_fate_words(found["arms"][arm]["injected"].get(handoff, {}).get(kind, {})) for arm in arms]
        table.add_row(handoff if handoff != last else "", kind, *cells)
        last = handoff
    return table


def _fate_words(fates: dict[str, int]) -> str:
    counted = {fate: fates.get(fate, 0) for fate in (CAUGHT, HANDED_OVER, HARMLESS, ESCAPED)}
    number = sum(counted.values()) - counted[HARMLESS]
    words = f"{counted[ESCAPED]} of {number}"
    if counted[HANDED_OVER]:
        words += f", {counted[HANDED_OVER]} handed over"
    if counted[HARMLESS]:
        words += f" [dim]({counted[HARMLESS]} harmless)[/dim]"
    return f"[red]{words}[/red]" if counted[ESCAPED] else words


def _late(arm: str, late: dict[str, Any]) -> Table:
    table = Table(title=f"To put one drift right, in arm {arm}: at its own seam, and at final review")
    for name in ("handoff", "calls", "calls, late", "seconds", "seconds, late"):
        table.add_column(name, justify="left" if name == "handoff" else "right")
    for handoff, row in late.items():
        if isinstance(row, dict):
            table.add_row(
                handoff,
                _number(row["calls_at_its_seam"], 2),
                _number(row["calls_at_review"], 2),
                _number(row["seconds_at_its_seam"], 2),
                _number(row["seconds_at_review"], 2),
            )
    table.caption = (
        f"Over all of them: {late['calls_factor']} times the calls, {late['seconds_factor']} times the seconds"
    )
    return table


def _number(value: float | None, digits: int) -> str:
    return "–" if value is None else f"{value:.{digits}f}"
