"""What a film's director set for learning: how much is asked about blind, and what is to be promised."""

from dataclasses import dataclass

from storage.database import write
from storage.domain.promise import Terms
from storage.domain.told import Told, marked
from storage.errors import WrongUse
from storage.project import Project

_FEWEST_MISSED, _MOST_MISSED = 0.1, 50.0
_LEAST_SURE, _SUREST = 50.0, 99.9


@dataclass(frozen=True, slots=True, kw_only=True)
class LearningSettings:
    """Attributes: question_share of the findings is asked about, 0 to 1; terms of the promise."""

    question_share: float
    terms: Terms


def learning_settings(project: Project) -> LearningSettings:
    """What is set, read anew."""
    share, most, confidence = project.db.conn.execute(
        "SELECT question_share, most_missed, confidence FROM film"
    ).fetchone()
    return LearningSettings(question_share=share, terms=Terms(most=most, confidence=confidence))


def set_question_share(project: Project, percent: str) -> LearningSettings:
    """Ask about so many findings in a hundred. A larger share keeps what a smaller one drew.

    Raises:
        WrongUse: it is no number from 0 to 100.
    """
    share = _number(percent, 0, 100, marked('"{text}" is no share of the findings.')) / 100
    with write(project.db):
        project.db.conn.execute("UPDATE film SET question_share = ?", (share,))
    return learning_settings(project)


def set_terms(project: Project, most_percent: str, confidence_percent: str) -> LearningSettings:
    """Promise that at most so much of the drift is missed, with this confidence.

    Raises:
        WrongUse: one of them is no such number.
    """
    most = _number(most_percent, _FEWEST_MISSED, _MOST_MISSED, marked('"{text}" is no share of the drift.')) / 100
    confidence = _number(confidence_percent, _LEAST_SURE, _SUREST, marked('"{text}" is no confidence.')) / 100
    with write(project.db):
        project.db.conn.execute("UPDATE film SET most_missed = ?, confidence = ?", (most, confidence))
    return learning_settings(project)


def _number(text: str, least: float, most: float, wrong: str) -> float:
    try:
        number = float(text.strip().removesuffix("%").replace(",", "."))
    except ValueError:
        number = least - 1
    if not least <= number <= most:
        raise WrongUse(
            Told(wrong, text=text),
            Told("Write a number from {least} to {most}, in per cent.", least=f"{least:g}", most=f"{most:g}"),
        )
    return number
