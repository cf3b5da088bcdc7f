"""The settings that belong to a film: read and written off the GUI thread."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal

from desktop.operations import Change, Operations
from desktop.translating import plural, tr
from storage.errors import KnownError
from storage.learning_settings import learning_settings, set_question_share, set_terms
from storage.project import Project


@dataclass(frozen=True, slots=True, kw_only=True)
class FilmSettings:
    """What is set for a film, as a person writes it.

    Attributes:
        attempts: how often the critic may send a take back.
        questions, most_missed, confidence: per cent.
        checkpoint: folder; empty for pocket; "artist".
    """

    price: str
    currency: str
    attempts: int
    questions: str
    most_missed: str
    confidence: str
    checkpoint: str


class FilmSettingsLink(QObject):
    """Request, compute, respond: every call answers with `known`; a value that is none is `refused`.

    Args:
        operations: on whose thread it runs, and which tell what went wrong.
    """

    known = Signal(object)
    refused = Signal(str, str)
    checkpoint_changed = Signal()

    def __init__(self, operations: Operations, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._operations = operations

    def read(self) -> None:
        """Ask what is set."""
        self._operations.run(lambda project: self.known.emit(read_settings(project)))

    def set_price(self, price: str, currency: str) -> None:
        """Say what a generator call costs."""
        self._write(
            lambda project: project.set_price(price, currency),
            lambda now: tr("A generator call costs {price} {currency} now.", price=now.price, currency=now.currency),
        )

    def set_attempts(self, attempts: int) -> None:
        """Say how often the critic may send a take back."""
        self._write(
            lambda project: project.set_attempts(attempts),
            lambda now: plural(
                "The critic may send a take back {n} time now.",
                "The critic may send a take back {n} times now.",
                now.attempts,
            ),
        )

    def set_questions(self, percent: str) -> None:
        """Say of how many findings in a hundred the director is asked blind."""
        self._write(
            lambda project: set_question_share(project, percent),
            lambda now: tr("You are asked about {questions} % of the findings now.", questions=now.questions),
        )

    def set_promise(self, most_missed: str, confidence: str) -> None:
        """Say what the critic is to promise."""
        self._write(
            lambda project: set_terms(project, most_missed, confidence),
            lambda now: tr(
                "To be promised: at most {most_missed} % missed, with {confidence} % confidence.",
                most_missed=now.most_missed,
                confidence=now.confidence,
            ),
        )

    def set_checkpoint(self, folder: str) -> None:
        """Say what draws the film from now on; its worker is to start again with it."""

        def work(project: Project) -> None:
            project.set_checkpoint(folder)
            self._tell(
                project,
                lambda now: tr("{checkpoint} draws this film from now on.", checkpoint=now.checkpoint or "pocket"),
            )
            self.checkpoint_changed.emit()

        self._operations.run(work)

    def _write(self, change: Callable[[Project], object], told: Callable[[FilmSettings], str]) -> None:
        def work(project: Project) -> None:
            try:
                change(project)
            except KnownError as error:
                self.known.emit(read_settings(project))
                self.refused.emit(tr(error.sentence), tr(error.action))
                return
            self._tell(project, told)

        self._operations.run(work)

    def _tell(self, project: Project, told: Callable[[FilmSettings], str]) -> None:
        now = read_settings(project)
        self.known.emit(now)
        self._operations.changed.emit(Change(sentence=told(now)))


def read_settings(project: Project) -> FilmSettings:
    """What is set for a film now."""
    film, learning = project.film, learning_settings(project)
    return FilmSettings(
        price=film.price_per_call,
        currency=film.currency,
        attempts=film.more_attempts,
        questions=_percent(learning.question_share),
        most_missed=_percent(learning.terms.most),
        confidence=_percent(learning.terms.confidence),
        checkpoint=film.checkpoint,
    )


def _percent(share: float) -> str:
    return f"{share * 100:.6g}"
