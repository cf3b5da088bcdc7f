"""`matchcut decide`: finds what is meant by its name and calls the director's commands."""

from pathlib import Path

from pipeline.cli.confirming import confirmed, cost_in_words
from pipeline.cli.labelling import LABEL_VERBS, change_labels
from pipeline.cli.looking import LOOK_VERBS, change_looks
from pipeline.cli.queueing import QUEUE_VERBS, change_queue
from storage.author import this_director
from storage.commands import Commands
from storage.domain.graph_view import GraphView
from storage.errors import WrongUse
from storage.film_state import FilmState
from storage.naming import find_constraint, find_item, find_take, name_of_take
from storage.project import Project


def decide_film(
    folder: Path,
    verb: str,
    subject: str | None,
    value: str | None,
    *,
    note: str = "",
    constraint: str = "",
    frame: int = 0,
    yes: bool = False,
) -> str:
    """Carry out one verb; returns what was done, in words.

    Raises:
        WrongUse: the subject is missing or names nothing, or an edit was not confirmed.
    """
    project = Project.open(folder)
    try:
        return _decide(project, verb, subject, value, note=note, constraint=constraint, frame=frame, yes=yes)
    finally:
        project.close()


def _decide(
    project: Project,
    verb: str,
    subject: str | None,
    value: str | None,
    *,
    note: str,
    constraint: str,
    frame: int,
    yes: bool,
) -> str:
    commands = Commands(project, this_director())
    if verb in ("undo", "redo"):
        return (commands.undo if verb == "undo" else commands.redo)().note
    if verb in QUEUE_VERBS:
        return change_queue(project, verb, subject)
    if subject is None:
        raise WrongUse(f"What is there to {verb}?", "Name it; see `matchcut decide --help`.")
    if verb in LABEL_VERBS:
        return change_labels(project, this_director(), verb, subject, value)
    if verb in LOOK_VERBS:
        return change_looks(project, this_director(), verb, subject, value, frame=frame, yes=yes)
    if verb == "settle":
        return _settle(project, commands, subject)
    if verb == "edit":
        return _edit(project, commands, subject, value, yes=yes)
    if verb == "price":
        project.set_price(subject, value or project.film.currency)
        return f"a generator call costs {project.film.price_per_call} {project.film.currency} now"
    if verb == "approve" and subject.lower() == "clean":
        return _approve_clean(commands)
    if verb == "approve" and subject.lower() == "script":
        commands.approve_script(note)
        return f"approved revision {project.graphs.latest_revision} of the scene graph"
    state = FilmState(project)
    take = find_take(state, subject)
    name = name_of_take(project.graphs.view(), take)
    if verb == "stars":
        commands.set_stars(take.id, int(value) if value and value.isdecimal() else -1)
        return f"{value} of 5 stars for {name}"
    key = value or constraint
    if key:
        key = find_constraint(project.graphs.view(), key).key if not key.startswith("check:") else key
    if verb == "approve":
        commands.approve(take.id, note)
    elif verb == "changes":
        commands.request_changes(take.id, note, key)
    elif verb == "lock":
        commands.lock(take.id)
    elif verb == "unlock":
        commands.unlock(take.id)
    elif not key:
        raise WrongUse("Which constraint?", f"Name it: matchcut decide FILM {verb} {subject} MARA/eyes.")
    elif verb == "false-alarm":
        commands.false_alarm(take.id, key)
    else:
        commands.missed_drift(take.id, key, note)
    return f"{verb} {name}"


def _approve_clean(commands: Commands) -> str:
    done = commands.approve_clean()
    left = done.waited.drifting + done.waited.unclear + done.waited.set_aside
    number = len(done.approved)
    rest = f"; {left} still wait{'s' if left == 1 else ''} for you" if left else ""
    return f"approved {number} clean take{'' if number == 1 else 's'}{rest}"


def _settle(project: Project, commands: Commands, subject: str) -> str:
    view = project.graphs.view()
    if subject.lower() == "all":
        ids = [constraint.id for constraint in view.graph.constraints.values() if constraint.is_proposed]
    elif (entity := _entity(view, subject)) is not None:
        ids = [constraint.id for constraint in view.constraints_of(entity) if constraint.is_proposed]
    else:
        ids = [find_constraint(view, subject).id]
    return commands.settle(ids).note


def _entity(view: GraphView, name: str) -> str | None:
    """The character, setting, prop, scene or shot that is called so; None where it is a constraint's name."""
    return None if "/" in name else find_item(view, name)


def _edit(project: Project, commands: Commands, subject: str, value: str | None, *, yes: bool) -> str:
    if not value:
        raise WrongUse("What should it be?", "Name the value: matchcut decide FILM edit MARA/eyes green.")
    constraint = find_constraint(project.graphs.view(), subject)
    if not confirmed(cost_in_words(commands.cost_of_edit(constraint.id, value)), yes=yes):
        return "nothing was changed"
    return commands.edit_constraint(constraint.id, value).note
