"""What the critic learns from, on the command line: blind questions, their answers, and the terms of the promise."""

import json

import click

from pipeline.export.crops import picture_of_question
from pipeline.media import encode_picture
from storage.domain.blind_questions import CANNOT_TELL
from storage.domain.promise import percent
from storage.errors import WrongUse
from storage.learning import Asked, answer_question, read_learning
from storage.learning_settings import set_question_share, set_terms
from storage.media import write_durably
from storage.naming import name_of_take
from storage.project import Project

LABEL_VERBS = ("answer", "ask", "promise")
_MOST_SHOWN = 10
_FOLDER = "questions"


def change_labels(project: Project, author: str, verb: str, subject: str, value: str | None) -> str:
    """Carry out one verb of `LABEL_VERBS`; returns what was done, in words.

    Raises:
        WrongUse: the question, the answer or the number is none.
    """
    if verb == "ask":
        share = percent(set_question_share(project, subject).question_share)
        return f"{share} of the findings are put to you as blind questions now"
    if value is None:
        example = "answer 1c9a40be brown" if verb == "answer" else "promise 2 90"
        raise WrongUse(f"{verb.capitalize()} what?", f"Write it as: matchcut decide FILM {example}.")
    if verb == "promise":
        terms = set_terms(project, subject, value).terms
        return f"at most {percent(terms.most)} of drift is to be missed, with {percent(terms.confidence)} confidence"
    drawn = read_learning(project).drawn
    asked = next((asked for asked in drawn if asked.question.name == subject.lower()), None)
    if asked is None:
        raise WrongUse(f"There is no question {subject}.", "Name one that `matchcut status FILM --questions` lists.")
    answer = next((option for option in _answers(asked) if option.casefold() == value.casefold()), value)
    return answer_question(project, author, asked.question, answer).note


def tell_questions(project: Project, *, as_json: bool) -> None:
    """Print the next blind questions, with a picture of what each is about and nothing of what the critic saw."""
    learning = read_learning(project)
    waiting = learning.waiting
    shown = waiting if as_json else waiting[:_MOST_SHOWN]
    if as_json:
        told = [_in_json(project, asked) for asked in shown]
        click.echo(json.dumps({"questions": told}, ensure_ascii=False))
        return
    if not shown:
        click.echo("No blind question waits.")
        return
    for asked in shown:
        click.echo(f"{asked.question.name}: {asked.question.words} ({', '.join(_answers(asked))})")
        click.echo(f"    {_picture(project, asked)}")
    if len(waiting) > len(shown):
        click.echo(f"and {len(waiting) - len(shown)} more")
    click.echo(f"Answer with: matchcut decide FILM answer {shown[0].question.name} {shown[0].question.options[0]}")


def _in_json(project: Project, asked: Asked) -> dict[str, object]:
    return {
        "question": asked.question.name,
        "words": asked.question.words,
        "answers": _answers(asked),
        "take": name_of_take(project.graphs.view(), asked.take),
        "picture": _picture(project, asked),
    }


def _answers(asked: Asked) -> list[str]:
    return [*asked.question.options, CANNOT_TELL]


def _picture(project: Project, asked: Asked) -> str:
    path = project.folder / _FOLDER / f"{asked.question.name}.png"
    if not path.exists():
        write_durably(path, encode_picture(picture_of_question(project, asked.take, asked.question)))
    return str(path)
