"""What the window shows before a film is open: the ways in, recent films, and why one did not open."""

from datetime import datetime

from PySide6.QtCore import QRect, QSize, Qt, Signal, Slot
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from desktop import theme
from desktop.recent_films import PICTURE_PX, FoundFilm
from desktop.translating import plural, tr
from desktop.views.parts import KeyButton, PressableButton, elided, label, paint_covering
from desktop.views.scrolled import scrolled
from desktop.wording import date_words

_PAD_PX = 8


class FilmButton(PressableButton):
    """A recent film: its picture, its name, when it was open and what waited."""

    def __init__(self, found: FoundFilm, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self.found = found
        film = found.film
        if not found.there:
            self.words = tr("Its folder is gone.")
        elif film.waits:
            self.words = plural("{n} needed you", "{n} needed you", film.waits)
        else:
            shots = plural("{n} shot", "{n} shots", film.num_shots)
            self.words = tr("{shots}, nothing needed you", shots=shots) if film.waits == 0 else shots
        self.when = when_words(film.opened_at, datetime.now())
        self.setEnabled(found.there)
        self.setToolTip(film.folder)
        self.setAccessibleName(f"{film.title}, {self.words}, {self.when}")

    def sizeHint(self) -> QSize:
        return QSize(300, PICTURE_PX.height() + 2 * _PAD_PX)

    def minimumSizeHint(self) -> QSize:
        return QSize(200, self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.setLayoutDirection(Qt.LayoutDirection.LayoutDirectionAuto)
        picture = QRect(_PAD_PX, _PAD_PX, PICTURE_PX.width(), PICTURE_PX.height())
        painter.fillRect(picture, theme.STAGE)
        if not self.found.picture.isNull():
            paint_covering(painter, self.found.picture, picture)
        left = picture.right() + 12
        inner = QRect(left, picture.top(), self.width() - left - 10, picture.height())
        third = inner.height() // 3
        film = self.found.film
        lines = (
            (film.title, theme.font(theme.TEXT_PT + 1, strong=True), theme.TEXT if self.found.there else theme.FAINT),
            (self.words, theme.font(), theme.AMBER if self.found.there and film.waits else theme.SOFT),
            (self.when, theme.font(theme.SMALL_PT), theme.FAINT),
        )
        for place, (words, font, colour) in enumerate(lines):
            painter.setFont(font)
            painter.setPen(colour)
            line = QRect(inner.left(), inner.top() + place * third, inner.width(), third)
            painter.drawText(line, Qt.AlignmentFlag.AlignVCenter, elided(painter, words, line.width()))
        painter.end()


class Welcome(QWidget):
    """Offers the demo film, to open a film or a screenplay, and what was open lately.

    Signals:
        film_wanted, screenplay_wanted, demo_wanted: a way in was chosen.
        recent_wanted, recent_dropped: a recent film is to be opened, or taken off the list; its folder.
    """

    film_wanted = Signal()
    screenplay_wanted = Signal()
    demo_wanted = Signal()
    recent_wanted = Signal(str)
    recent_dropped = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("ground")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName(tr("Ways in"))
        self.title = label("Matchcut")
        self.title.setFont(theme.font(20, strong=True))
        about = label("A screenplay becomes an approved cut. You decide at every seam.", "soft")
        about.setWordWrap(True)
        self.problem = label("", "problem")
        self.problem.setWordWrap(True)
        self.problem.hide()
        self.action = label("", "soft")
        self.action.setWordWrap(True)
        self.action.hide()
        self.films: list[FilmButton] = []
        self.demo = KeyButton("Make the demo film", "", action="demo_film")
        self.open_film = KeyButton("Open a film", "Ctrl+O", action="open_film")
        self.open_screenplay = KeyButton("Open a screenplay", "Ctrl+Shift+O", action="open_screenplay")
        self.demo.clicked.connect(self.demo_wanted)
        self.open_film.clicked.connect(self.film_wanted)
        self.open_screenplay.clicked.connect(self.screenplay_wanted)
        column = QVBoxLayout()
        column.setSpacing(6)
        for widget in (self.title, about):
            column.addWidget(widget)
        column.addSpacing(14)
        column.addWidget(self.problem)
        column.addWidget(self.action)
        column.addSpacing(4)
        for button, words in (
            (
                self.open_screenplay,
                tr("Fountain or Final Draft, or drop one on this window. The film is made beside it."),
            ),
            (self.open_film, tr("A folder whose name ends in .matchcut; dropping it here does too.")),
            (
                self.demo,
                tr("A short screenplay that ships with Matchcut, drawn on this machine. Nothing is downloaded."),
            ),
        ):
            button.setMinimumHeight(36)
            column.addWidget(button)
            hint = label(words, "faint")
            hint.setWordWrap(True)
            column.addWidget(hint)
            column.addSpacing(8)
        card = QFrame()
        card.setMaximumWidth(420)
        card.setLayout(column)
        self._recent = QWidget()
        self._recent.setMaximumWidth(460)
        self._list = QVBoxLayout()
        self._list.setSpacing(6)
        across = QHBoxLayout()
        across.setSpacing(48)
        across.addStretch(1)
        across.addWidget(card, 4, Qt.AlignmentFlag.AlignTop)
        across.addWidget(self._recent, 4)
        across.addStretch(1)
        self._lay_out_recent()
        layout = QVBoxLayout(self)
        layout.addStretch(2)
        layout.addLayout(across, 12)
        layout.addStretch(1)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def show_problem(self, sentence: str, action: str) -> None:
        """Say why a film did not open, and what to do."""
        self.problem.setText(sentence)
        self.action.setText(action)
        self.problem.setVisible(bool(sentence))
        self.action.setVisible(bool(action))

    def show_busy(self, sentence: str) -> None:
        """Say what is being made."""
        self.show_problem("", sentence)
        self.action.setVisible(True)

    @Slot(object)
    def show_recent(self, found: tuple[FoundFilm, ...]) -> None:
        """Show the films that were open lately."""
        while (item := self._list.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.deleteLater()
        self.films = []
        for each in found:
            row = QWidget()
            across = QHBoxLayout(row)
            across.setContentsMargins(0, 0, 0, 0)
            across.setSpacing(2)
            button = FilmButton(each)
            folder = each.film.folder
            button.clicked.connect(lambda _=False, folder=folder: self.recent_wanted.emit(folder))
            self.films.append(button)
            across.addWidget(button, 1)
            drop = PressableButton("✕")
            drop.setObjectName("quiet")
            drop.setToolTip(tr("Take it off this list; nothing is deleted"))
            drop.setAccessibleName(tr("Take {title} off this list", title=each.film.title))
            drop.clicked.connect(lambda _=False, folder=folder: self.recent_dropped.emit(folder))
            across.addWidget(drop)
            self._list.addWidget(row)
        self._list.addStretch(1)
        self._recent.setVisible(bool(found))

    def _lay_out_recent(self) -> None:
        inside = QWidget()
        inside.setLayout(self._list)
        self._list.setContentsMargins(0, 0, 6, 0)
        scroll = scrolled(inside)
        column = QVBoxLayout(self._recent)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(label("RECENT FILMS", "heading"))
        column.addWidget(scroll, 1)
        self._recent.hide()


def when_words(opened_at: float, now: datetime) -> str:
    """When a film was open: "today, 14:05", "yesterday, 9:30", "3 November 2026"."""
    then = datetime.fromtimestamp(opened_at)
    days = (now.date() - then.date()).days
    if days in (0, 1):
        time = f"{then.hour}:{then.minute:02}"
        return tr("yesterday, {time}", time=time) if days else tr("today, {time}", time=time)
    return date_words(then)
