"""`matchcut status`: the film as it stands, in words or in JSON."""

import json
from typing import Any

import click

from pipeline.cli.queueing import queue_in_words, shown_jobs
from pipeline.report import Report, report
from storage.domain.digest import plain
from storage.domain.mending import tried_before
from storage.domain.pass_rate import PassRate
from storage.domain.standing import Standing, State, not_clean
from storage.domain.takes import Seam
from storage.film_figures import DRAWN
from storage.film_state import FilmState
from storage.learning import Learning, promise_in_json, read_learning
from storage.mending_record import read_mending
from storage.naming import name_of_constraint, name_of_take
from storage.project import Project


def tell_status(project: Project, *, as_json: bool) -> None:
    """Print where a film stands."""
    state = FilmState(project)
    told = report(project, state)
    waiting = [waiting_in_words(state, standing) for standing in state.waiting()]
    learning = read_learning(project)
    mended = {seam: read_mending(project, seam).words() for seam in DRAWN}
    if as_json:
        answer = {
            "film": plain(state.film),
            "revision": state.revision,
            "script_approved": state.script_approved,
            "report": plain(told),
            "pass_rate": plain(told.pass_rate) | {"share": told.pass_rate.share, "interval": told.pass_rate.interval},
            "promise": promise_in_json(learning),
            "questions": len(learning.waiting),
            "waiting": waiting,
            "findings": _findings(state),
            "mended": mended,
            "paused": project.jobs.is_paused,
            "jobs": plain(shown_jobs(project, state)),
            "shots": [
                {
                    "shot": shot.label,
                    "keyframe": state.shot(shot.id).keyframe.state,
                    "clip": state.shot(shot.id).clip.state,
                    "tried": {seam: _tried(state, state.standing_at(seam, shot.id)) for seam in DRAWN},
                }
                for shot in state.planned_shots
            ],
        }
        click.echo(json.dumps(answer, ensure_ascii=False))
        return
    click.echo(report_in_words(told))
    click.echo(f"the critic: {promise_in_words(learning)}")
    for seam, lines in mended.items():
        for words in lines:
            click.echo(f"{seam} mended, {words}")
    for words in queue_in_words(project, state):
        click.echo(words)
    for words in waiting:
        click.echo(f"waits for you: {words}")


def _findings(state: FilmState) -> list[dict[str, Any]]:
    """What the critic says of the take that each shot stands on, with which check said what."""
    said: list[dict[str, Any]] = []
    for shot in state.planned_shots:
        for standing in (state.shot(shot.id).keyframe, state.shot(shot.id).clip):
            if standing.take is None or state.view is None:
                continue
            take = name_of_take(state.view, standing.take)
            for finding in state.findings.get(standing.take.id, ()):
                said.append({"take": take, **plain(finding), "drift_probability": finding.drift_probability})
    return said


def report_in_words(told: Report) -> str:
    """A report as lines of text."""
    lines = [f"{told.title}: {told.planned_shots} shots planned"]
    for seam in told.seams:
        if not seam.takes and not seam.planted:
            continue
        line = (
            f"{seam.seam}: {seam.takes} drawn, {seam.flagged} flagged, {seam.made_again} made again,"
            f" {seam.approved} approved; first take clean in {seam.first_pass.passed} of {seam.first_pass.counted}"
        )
        if seam.seam is Seam.CUT:
            line = f"cut: {seam.takes} made, {seam.flagged} flagged, {seam.approved} approved"
        if seam.planted:
            line += f"; planted apart from these: {seam.planted}, of which {seam.planted_flagged} flagged"
        lines.append(line)
    lines += [f"drift that happened: {label} (×{count})" for label, count in told.drifts.items()]
    lines += [f"drawn as: {words}" for words in told.drawn_as]
    if told.calls:
        per_shot = f", {told.calls_per_shot:.2g} per approved shot" if told.calls_per_shot is not None else ""
        spent = f", {told.spent}" if told.spent else ""
        lines.append(f"generator calls: {told.calls} in {told.seconds:.0f} s{per_shot}{spent}")
    lines.append(f"end to end: {pass_rate_in_words(told.pass_rate)}")
    return "\n".join(lines)


def promise_in_words(learning: Learning) -> str:
    """What the critic can promise, and how many blind questions wait, where any do."""
    sentence, number = learning.promise.sentence, len(learning.waiting)
    if not number:
        return sentence
    wait = "blind question waits" if number == 1 else "blind questions wait"
    return f"{sentence} {number} {wait}: matchcut status FILM --questions."


def pass_rate_in_words(rate: PassRate) -> str:
    """ "93 % · 14 of 15 · 70–99 %"; says so where nothing has reached the cut."""
    if rate.share is None or rate.interval is None:
        return "nothing has reached the cut yet"
    low, high = rate.interval
    return f"{rate.share:.0%} · {rate.passed} of {rate.counted} · {low:.0%}–{high:.0%}".replace("%", " %")


def waiting_in_words(state: FilmState, standing: Standing) -> str:
    """What waits for a director and why: "2C/keyframe/4: not clean (MARA: eyes)"."""
    if standing.seam is Seam.SCRIPT:
        return "script: the scene graph is to be approved"
    assert state.view is not None
    if standing.state is State.SET_ASIDE or standing.take is None:
        label = state.view.graph.shots[standing.shot_id].label if standing.shot_id else "cut"
        return (
            f"{label}/{standing.seam}: set aside ({standing.job.message or standing.job.state if standing.job else ''})"
        )
    findings = state.findings.get(standing.take.id, ())
    wrong = not_clean(findings, state.decisions_on(standing.seam, standing.shot_id), standing.take.id)
    labels = {finding.key: finding.label for finding in findings}
    words = ", ".join(labels.get(key, key) for key in wrong)
    tried = _tried(state, standing)
    also = f"; tried: {tried}" if tried else ""
    return f"{name_of_take(state.view, standing.take)}: {f'not clean ({words})' if words else 'clean'}{also}"


def _tried(state: FilmState, standing: Standing | None) -> str:
    """What was tried where a shot stands, in words; empty where nothing had to be."""
    take = standing and (standing.take or standing.base)
    return tried_before(state.takes_of(take.seam, take.shot_id), take) if take else ""


def tell_graph(project: Project, *, as_json: bool) -> None:
    """Print the scene graph: every constraint by the name that `decide` takes, and the shots."""
    if not project.graphs.latest_revision:
        click.echo("{}" if as_json else "There is no scene graph yet: run `matchcut produce`.")
        return
    view = project.graphs.view()
    if as_json:
        click.echo(json.dumps(plain(view.graph), ensure_ascii=False))
        return
    for constraint in sorted(view.graph.constraints.values(), key=lambda c: (c.entity_id, c.key, c.scope.rank)):
        if constraint.entity_id in view.graph.shots:
            continue
        evidence = constraint.evidence
        source = f"line {evidence.first_line}" if evidence.first_line else str(evidence.origin)
        click.echo(f"{name_of_constraint(view, constraint)}: {constraint.value} ({source}, {constraint.strength})")
    for shot in view.shots:
        names = ", ".join(view.graph.characters[person.character_id].name for person in shot.people) or "nobody"
        click.echo(f"shot {shot.label}: {shot.size}, {names}, {shot.duration_frames} frames; {shot.purpose}")
