"""The verbs of `matchcut` and their options. What they need is imported when they run."""

import json
import sys
from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path

import click

from pipeline.cli.bench_verbs import bench
from pipeline.cli.graph_verbs import graph
from pipeline.cli.note_verbs import note
from pipeline.cli.shared import absolute, check_checkpoint, film_argument, json_option
from storage.domain.digest import plain
from storage.errors import KnownError, WrongUse

WAITING = 3
_DECISIONS = (
    "approve",
    "changes",
    "false-alarm",
    "missed",
    "lock",
    "unlock",
    "settle",
    "edit",
    "undo",
    "redo",
    "stars",
    "price",
    "promote",
    "import",
    "withdraw",
    "answer",
    "ask",
    "promise",
)
_VERBS = (*_DECISIONS, "pause", "go-on", "cancel", "retry", "first", "earlier", "later")

_critic_option = click.option(
    "--critic",
    "own_judges",
    multiple=True,
    type=click.Path(path_type=Path),
    help="Folder of a CLIP, SigLIP or ViLT model that judges what the panel cannot; repeatable; kept with the film.",
)


class _Film(click.Group):
    """Known errors leave as one sentence and one action, with exit status 2."""

    def invoke(self, ctx: click.Context) -> object:
        try:
            return super().invoke(ctx)
        except KnownError as error:
            click.echo(error.sentence, err=True)
            click.echo(error.action, err=True)
            ctx.exit(2)


@click.group(cls=_Film, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="matchcut")
def matchcut() -> None:
    """A review desk for AI-made film: a scene graph, a critic at every handoff, a director at every seam."""


@matchcut.command()
@film_argument
@click.argument("script", type=click.Path(path_type=Path))
@click.option("--title", help="Title of the film; the screenplay's own where it has one.")
@click.option("--seed", type=click.IntRange(min=0), help="Every other seed derives from it; random unless given.")
@click.option("--frame-rate", default="24", show_default=True, help="Frames a second of the cut: 24, 25, 24000/1001.")
@click.option(
    "--attempts",
    default=3,
    show_default=True,
    type=click.IntRange(min=0),
    help="How often the critic may send a take back.",
)
@click.option("--checkpoint", default="", help='Folder of a diffusers checkpoint; pocket unless given; or "artist".')
@_critic_option
def new(
    film: Path,
    script: Path,
    title: str | None,
    seed: int | None,
    frame_rate: str,
    attempts: int,
    checkpoint: str,
    own_judges: tuple[Path, ...],
) -> None:
    """Make FILM.matchcut from a screenplay (Fountain or Final Draft)."""
    from pipeline.script.reading import read_screenplay
    from storage.project import Project

    rate = _rate(frame_rate)
    judges = _judges(own_judges)
    check_checkpoint(checkpoint)
    screenplay = read_screenplay(script)
    project = Project.create(
        film,
        title=title or screenplay.title or script.stem.replace("_", " ").title(),
        screenplay=script.read_bytes(),
        screenplay_name=script.name,
        seed=seed,
        frame_rate=rate,
        more_attempts=attempts,
        checkpoint=absolute(checkpoint),
    )
    project.set_own_judges(judges)
    click.echo(f"{project.film.title}: made in {film}.")
    project.close()


@matchcut.command()
@film_argument
@click.option(
    "--approve",
    default="none",
    show_default=True,
    type=click.Choice(["none", "clean", "all"]),
    help="What a policy may approve in your place.",
)
@click.option("--scenes", help="Only these scenes: 1,3,12A; or all.")
@click.option("--attempts", type=click.IntRange(min=0), help="How often the critic may send a take back, from now on.")
@click.option("--max-shots", type=click.IntRange(min=1), help="Only the first so many shots.")
@click.option("--seed", type=click.IntRange(min=0), help="Seed of the film, before its scene graph is drafted.")
@click.option("--checkpoint", help='Folder of a diffusers checkpoint from now on; "pocket" for the one that ships.')
@click.option(
    "--plant",
    "plants",
    multiple=True,
    metavar="SHOT:ATTRIBUTE=VALUE",
    help="Put a drift in as a shot's first keyframe, to watch the critic find it: 2C:eyes=blue.",
)
@_critic_option
@click.option("--no-critic", is_flag=True, help="Without the folders of --critic from now on.")
@json_option
def produce(
    film: Path,
    approve: str,
    scenes: str | None,
    attempts: int | None,
    max_shots: int | None,
    seed: int | None,
    checkpoint: str | None,
    plants: tuple[str, ...],
    own_judges: tuple[Path, ...],
    no_critic: bool,
    as_json: bool,
) -> None:
    """Go on with a film until it is finished or waits for a director (exit status 3)."""
    from pipeline.cli.producing import produce_film
    from pipeline.planting import Plant
    from pipeline.policy import Approve

    planted = tuple(Plant.parse(text) for text in plants)
    if checkpoint is not None:
        checkpoint = "" if checkpoint == "pocket" else checkpoint
        check_checkpoint(checkpoint)
        checkpoint = absolute(checkpoint)
    numbers = None if scenes is None else () if scenes == "all" else tuple(part.strip() for part in scenes.split(","))
    finished = produce_film(
        film,
        approve=Approve(approve),
        scene_numbers=numbers,
        attempts=attempts,
        max_shots=max_shots,
        seed=seed,
        checkpoint=checkpoint,
        own_judges=() if no_critic else _judges(own_judges) if own_judges else None,
        plants=planted,
        as_json=as_json,
    )
    if not finished:
        sys.exit(WAITING)


@matchcut.command()
@film_argument
@click.option("--graph", is_flag=True, help="List the scene graph with its constraints.")
@click.option("--looks", is_flag=True, help="List the looks of its characters and settings.")
@click.option("--questions", is_flag=True, help="List the blind questions, each with a picture of what it is about.")
@json_option
def status(film: Path, graph: bool, looks: bool, questions: bool, as_json: bool) -> None:
    """Say where a film stands, what waits for a director, the end-to-end pass rate and what the critic can promise."""
    from pipeline.cli.labelling import tell_questions
    from pipeline.cli.looking import tell_looks
    from pipeline.cli.telling import tell_graph, tell_status
    from storage.project import Project

    project = Project.open(film)
    tell = tell_graph if graph else tell_looks if looks else tell_questions if questions else tell_status
    tell(project, as_json=as_json)
    project.close()


@matchcut.command(context_settings={"ignore_unknown_options": False})
@film_argument
@click.argument(
    "verb",
    type=click.Choice(_VERBS),
)
@click.argument("subject", required=False)
@click.argument("value", required=False)
@click.option("--note", default="", help="Why; kept with the decision.")
@click.option("--constraint", default="", help="The constraint that a take misses: MARA/eyes.")
@click.option("--frame", default=0, type=click.IntRange(min=0), help="Of a clip, from 0: the one to promote.")
@click.option("--yes", is_flag=True, help="Edit without asking, whatever turns stale.")
@json_option
def decide(
    film: Path,
    verb: str,
    subject: str | None,
    value: str | None,
    note: str,
    constraint: str,
    frame: int,
    yes: bool,
    as_json: bool,
) -> None:
    """Decide as the director.

    \b
    approve script | clean | TAKE   circle a take (2C/keyframe, 2C/clip/1, cut), or every clean one
    changes TAKE                    send it back, with --note and --constraint
    false-alarm TAKE CONSTRAINT     the critic is wrong about MARA/eyes
    missed TAKE CONSTRAINT          the critic missed it
    lock TAKE, unlock TAKE          keep a take whatever changes
    settle all | CONSTRAINT | NAME  make what is proposed (of MARA, of 14C) your own
    edit CONSTRAINT VALUE           change it; first says what turns stale
    pause, go-on                    nothing new is begun; what is half drawn is kept
    cancel JOB | all                what waits, or is being drawn; all: what waits
    retry JOB | all                 what was set aside or cancelled; all: what was set aside
    first JOB, earlier JOB, later JOB   in the queue; a job's number, as `status` lists it, or 2C/keyframe
    promote TAKE NAME               keep what a circled take shows of MARA as her look, of --frame
    import PICTURE NAME             keep a picture file as a look of MARA, or of KITCHEN
    withdraw LOOK                   a look, as `status --looks` lists it: MARA/1
    stars TAKE NUMBER               rate a take, 1 to 5; 0 for none
    undo, redo                      take the last decision back; bring it again
    price NUMBER CURRENCY           what a generator call costs; `status` counts with it
    answer QUESTION ANSWER          a blind question, as `status --questions` lists it; "cannot tell" puts it away
    ask PERCENT                     of the critic's findings are put to you as blind questions, 0 to 100
    promise PERCENT CONFIDENCE      at most so much drift is missed: 2 90 for 2 %, with 90 % confidence
    """
    from pipeline.cli.deciding import decide_film

    words = decide_film(film, verb, subject, value, note=note, constraint=constraint, frame=frame, yes=yes)
    click.echo(json.dumps({"done": words}, ensure_ascii=False) if as_json else words)


@matchcut.command()
@film_argument
@click.option("--mp4", type=click.Path(path_type=Path, dir_okay=False), help="Where the movie goes.")
@click.option("--otio", type=click.Path(path_type=Path, dir_okay=False), help="Where the timeline goes.")
@click.option(
    "--labels",
    type=click.Path(path_type=Path),
    help="A new folder for what you said of the critic's findings: JSON Lines with pictures, to train critics with.",
)
@click.option(
    "--notes",
    "note_files",
    multiple=True,
    type=click.Path(path_type=Path, dir_okay=False),
    help="Where the notes go: a .pdf with pictures, or a .csv; repeatable.",
)
@json_option
def export(
    film: Path, mp4: Path | None, otio: Path | None, labels: Path | None, note_files: tuple[Path, ...], as_json: bool
) -> None:
    """Write the approved cut as a movie and an OpenTimelineIO timeline, into exports/ unless told; labels; notes."""
    from pipeline.export.delivery import Delivery
    from pipeline.work import cut_plan
    from storage.domain.standing import State
    from storage.film_state import FilmState
    from storage.project import Project

    project = Project.open(film)
    written: list[Path] = []
    if labels is not None:
        from pipeline.export.labels import export_labels

        written.append(export_labels(project, labels))
    if note_files:
        from pipeline.export.notes import export_notes

        written += [export_notes(project, path) for path in note_files]
    if written and not mp4 and not otio:
        project.close()
        _tell_exports(written, as_json=as_json)
        return
    state = FilmState(project)
    cut = state.cut()
    if cut.state is not State.APPROVED or cut.take is None:
        raise WrongUse(
            "There is no approved cut yet.", "Run `matchcut produce`, then `matchcut decide FILM approve cut`."
        )
    paths = Delivery(project).deliver(cut.take, cut_plan(project, state), state, movie=mp4, timeline=otio)
    project.close()
    _tell_exports([*written, *paths], as_json=as_json)


@matchcut.command()
@film_argument
@json_option
def verify(film: Path, as_json: bool) -> None:
    """Recompute every digest and name each thing that does not fit (exit status 1)."""
    from storage.project import Project
    from storage.verify import verify as check

    project = Project.open(film)
    wrong = check(project)
    project.close()
    if as_json:
        click.echo(json.dumps({"wrong": wrong}, ensure_ascii=False))
    else:
        click.echo("\n".join(wrong) or "Everything fits.")
    if wrong:
        sys.exit(1)


@matchcut.command()
@click.option("--checkpoint", default="", help='Folder of a diffusers checkpoint to look at; or "artist" to try it.')
@click.option("--list", "lists", is_flag=True, help="List the checkpoints on disk: what each can do, or why not.")
@click.option(
    "--folder",
    "folders",
    multiple=True,
    type=click.Path(path_type=Path),
    help="With --list: look into this folder too; repeatable.",
)
@click.option(
    "--try-frame",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Draw one frame with the checkpoint into this PNG file.",
)
@json_option
def doctor(checkpoint: str, lists: bool, folders: tuple[Path, ...], try_frame: Path | None, as_json: bool) -> None:
    """Say what this machine has, what Matchcut chose, and why."""
    from pipeline.cli import doctoring
    from pipeline.cli.doctoring import examine

    if lists:
        checkpoints = doctoring.list_checkpoints([folder.expanduser().absolute() for folder in folders])
        if as_json:
            click.echo(checkpoints.model_dump_json())
        else:
            doctoring.tell_checkpoints(checkpoints)
        return
    if try_frame is not None:
        tried = doctoring.try_frame(
            absolute(checkpoint), try_frame.absolute(), lambda step, total: click.echo(f"{step}/{total}", err=True)
        )
        click.echo(tried.model_dump_json() if as_json else "\n".join(f"{k:<12} {v}" for k, v in tried))
        return
    found = examine(absolute(checkpoint))
    if as_json:
        click.echo(json.dumps(plain(found), ensure_ascii=False))
    else:
        for name, words in found.items():
            click.echo(f"{name:<12} {words}")


matchcut.add_command(graph)
matchcut.add_command(note)
matchcut.add_command(bench)


@matchcut.command("open")
@click.argument("film", required=False, type=click.Path(path_type=Path))
def open_desk(film: Path | None) -> None:
    """Open the desk on a film."""
    import subprocess

    if film is not None and not film.is_dir():
        raise WrongUse(f"There is no film at {film}.", "Make one with: matchcut new FILM.matchcut SCRIPT.")
    sys.exit(subprocess.call([sys.executable, "-m", "desktop", *([str(film)] if film else [])]))


def _tell_exports(paths: Sequence[Path], *, as_json: bool) -> None:
    names = [str(path) for path in paths]
    click.echo(json.dumps({"exports": names}, ensure_ascii=False) if as_json else "\n".join(names))


def _rate(text: str) -> Fraction:
    try:
        rate = Fraction(text)
    except (ValueError, ZeroDivisionError):
        rate = Fraction(0)
    if not 1 <= rate <= 120:
        raise WrongUse(f"{text} is no frame rate.", "Give one from 1 to 120: 24, 25 or 24000/1001.")
    return rate


def _judges(folders: tuple[Path, ...]) -> tuple[str, ...]:
    for folder in folders:
        if not folder.is_dir():
            raise WrongUse(f"There is no model folder at {folder}.", "Name a folder that transformers saved to.")
    return tuple(str(folder.resolve()) for folder in folders)
