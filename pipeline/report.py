"""What was drawn, flagged, made again and approved in a film, as the command line tells it."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from storage.domain.pass_rate import PassRate
from storage.film_figures import DRAWN, SeamFigures, film_figures
from storage.film_state import FilmState
from storage.project import Project


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What happened in a film; the figures are those that the desk shows.

    Attributes:
        seams: keyframe, clip, cut.
        drifts: label of each drift that happened → how often.
        drawn_as: each substitution of a word, once.
        calls: keyframes and clips that were drawn, in `seconds`.
        calls_per_shot: of those, per approved shot; None where no shot is approved.
        spent: what they cost, with the currency ("0.48 EUR"); empty where no price is set.
    """

    title: str
    planned_shots: int
    seams: tuple[SeamFigures, ...]
    drifts: Mapping[str, int]
    drawn_as: tuple[str, ...]
    pass_rate: PassRate
    calls: int
    calls_per_shot: float | None
    seconds: float
    spent: str


def report(project: Project, state: FilmState) -> Report:
    """Count a film as it stands."""
    figures = film_figures(state)
    spent = figures.spent(Decimal(state.film.price_per_call))
    return Report(
        title=state.film.title,
        planned_shots=figures.planned_shots,
        seams=figures.seams[1:],
        drifts=figures.drifts,
        drawn_as=project.takes.drawn_as(DRAWN),
        pass_rate=figures.pass_rate,
        calls=figures.calls,
        calls_per_shot=figures.calls_per_shot,
        seconds=figures.seconds,
        spent=f"{spent:.2f} {state.film.currency}" if spent else "",
    )
