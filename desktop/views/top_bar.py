"""The bar at the top: film, revision, what needs the director, what the worker does, and the one number."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop import theme
from desktop.keymap import in_words
from desktop.snapshot import FilmSnapshot
from desktop.translating import plural, tr
from desktop.views.parts import ElidedLabel, KeyButton, label
from desktop.wording import pass_rate_words
from storage.domain.promise import Promise, percent


class TopBar(QWidget):
    """Shows the film as a whole."""

    next_wanted = Signal()
    figures_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("bar")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFixedHeight(46)
        self.title = ElidedLabel()
        self.title.setFont(theme.font(theme.TEXT_PT + 1, strong=True))
        self.revision = label("", "soft")
        self.needs = KeyButton("Nothing needs you", "N", action="next_for_me")
        self.needs.setObjectName("needs")
        self.needs.setEnabled(False)
        self.needs.clicked.connect(self.next_wanted)
        self.worker = ElidedLabel()
        self.worker.setObjectName("soft")
        self._end_to_end = label("end to end", "soft")
        self.rate = label("—")
        self.rate.setFont(theme.figures(theme.LARGE_PT))
        self.counts = label("", "soft")
        self.counts.setFont(theme.figures())
        self.promise = label("", "soft")
        self.promise.hide()
        self._explained = tr(
            "Of the planned shots that have reached the cut: those whose circled keyframe and clip no "
            "later decision overturned and that carry no open drift. With the 95 % Wilson interval."
        )
        for widget in (self._end_to_end, self.rate, self.counts):
            widget.setToolTip(self._explained)
        self.figures = KeyButton("Figures", "G", action="figures")
        self.figures.setToolTip(tr("First-pass yield, drift by seam, calls per shot, time and money"))
        self.figures.clicked.connect(self.figures_wanted)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(14, 0, 14, 0)
        layout.setSpacing(14)
        layout.addWidget(self.title, 3)
        for widget in (self.revision, self.needs):
            layout.addWidget(widget)
        layout.addWidget(self.worker, 5)
        for widget in (self._end_to_end, self.rate, self.counts, self.promise, self.figures):
            layout.addWidget(widget)

    def show_film(self, film: FilmSnapshot) -> None:
        """Show a reading of the film."""
        self.title.show_text(film.title)
        self.title.setMaximumWidth(self.title.sizeHint().width() + 6)
        self.revision.setText(tr("revision {revision}", revision=film.revision) if film.revision else "")
        number = len(film.waiting)
        if film.num_unread:
            words = plural("{n} and more need you", "{n} and more need you", number) if number else tr("Reading…")
        else:
            words = plural("{n} needs you", "{n} need you", number) if number else tr("Nothing needs you")
        if words != self.needs.text():
            self.needs.setText(words)
            self.needs.setEnabled(bool(number))
            self.needs.updateGeometry()
        rate, counts = pass_rate_words(film.pass_rate)
        self.rate.setText(rate)
        self.counts.setText(counts)

    def show_promise(self, promise: Promise) -> None:
        """Say beside the number how much drift the critic may miss, once that can be promised."""
        self.promise.setText(tr("misses ≤ {share}", share=percent(promise.terms.most)))
        self.promise.setVisible(promise.is_kept)
        sentence = tr(promise.sentence)
        self.promise.setToolTip(sentence)
        for widget in (self._end_to_end, self.rate, self.counts):
            widget.setToolTip(f"{self._explained}\n\n{tr('The critic: {sentence}', sentence=sentence)}")

    def show_worker(self, words: str) -> None:
        """Say what the worker does."""
        self.worker.show_text(in_words(self, words))
