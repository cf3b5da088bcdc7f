"""The figures in place of the picture: one key there and back; moving on brings the picture back."""

from pathlib import Path

from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtWidgets import QLabel, QStackedWidget, QWidget

from desktop import theme
from desktop.figures_reader import FiguresRead, FiguresReader
from desktop.stage import Stage
from desktop.views.parts import label
from storage.domain.promise import Promise


class FiguresPages(QStackedWidget):
    """Shows the viewer, or the figures of the film in its place. Charts are made when they are first looked at.

    Args:
        stage: what is on screen; moving on it brings the picture back.
        folder: of the film.
        viewer: the page to come back to.
    """

    price_wanted = Signal(str, str)
    could_not_read = Signal(str, str)

    def __init__(self, stage: Stage, folder: Path, viewer: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._viewer = viewer
        self.reader = FiguresReader(folder, self)
        self.panel: QWidget | None = None
        self._drawn_in = 0
        self._promise: Promise | None = None
        self._counting: QLabel = label("Counting…", "soft")
        self._counting.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.addWidget(viewer)
        self.addWidget(self._counting)
        self.reader.figures_read.connect(self._show_figures)
        self.reader.could_not_read.connect(self.could_not_read)
        stage.film_changed.connect(self._count_again)
        stage.moved.connect(self.show_viewer)

    @property
    def shows_figures(self) -> bool:
        return self.currentWidget() is not self._viewer

    @Slot()
    def toggle(self) -> None:
        """Show the figures, or the picture again."""
        if self.shows_figures:
            self.show_viewer()
        else:
            self.setCurrentWidget(self.panel or self._counting)
            self.reader.refresh()

    @Slot()
    def show_viewer(self) -> None:
        """Show the picture."""
        self.setCurrentWidget(self._viewer)

    def show_promise(self, promise: Promise) -> None:
        """Take what the critic can promise."""
        self._promise = promise
        if self.panel is not None:
            self.panel.show_promise(promise)  # pyright: ignore[reportAttributeAccessIssue]

    def stop(self) -> None:
        """End the thread that counts."""
        self.reader.stop()

    def changeEvent(self, event: QEvent) -> None:
        # Charts keep the colours that they were made with.
        if (
            event.type() == QEvent.Type.PaletteChange
            and self.panel is not None
            and self._drawn_in != theme.painted_in()
        ):
            self.show_viewer()
            self.removeWidget(self.panel)
            self.panel.deleteLater()
            self.panel = None
        super().changeEvent(event)

    @Slot()
    def _count_again(self) -> None:
        if self.shows_figures:
            self.reader.refresh()

    @Slot(object)
    def _show_figures(self, read: FiguresRead) -> None:
        if self.panel is None:
            from desktop.views.figures_panel import FiguresPanel

            panel = FiguresPanel()
            self._drawn_in = theme.painted_in()
            panel.price_wanted.connect(self.price_wanted)
            panel.closed.connect(self.show_viewer)
            self.panel = panel
            self.addWidget(panel)
            if self._promise is not None:
                panel.show_promise(self._promise)
        if self.shows_figures:
            self.setCurrentWidget(self.panel)
        self.panel.show_figures(read)  # pyright: ignore[reportAttributeAccessIssue]
