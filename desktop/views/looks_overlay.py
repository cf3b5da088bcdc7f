"""Looks over the canvas: pinned at its edge, enlarged on demand, kept of the take on screen."""

from collections.abc import Callable

from PySide6.QtCore import QObject, QRect, Signal, Slot
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QWidget

from desktop.pictures import Pictures
from desktop.pinned_looks import pinned_looks, region_to_keep, whose_look
from desktop.stage import Stage
from desktop.translating import tr
from desktop.views.ask_strip import AskStrip
from desktop.views.canvas import Canvas
from desktop.views.look_panel import LookPanel
from desktop.views.looks_strip import LooksStrip
from desktop.views.parts import crop_of
from storage.domain.looks import Look
from storage.domain.takes import Take

Displayed = tuple[Take, int, QImage]


class LooksOverlay(QObject):
    """Places the looks of who is in the shot, and crops new ones.

    Signals:
        look_wanted: take, entity id, crop, region, frame index: to be kept as a look.
        look_refused: why there can be none, and what to do.
        import_wanted: a picture of a character or setting is to be taken as a look.
        withdraw_wanted: with a look.

    Args:
        stage: whose shot it is.
        pictures: where the crops come from.
        canvas: what they lie on.
        displayed: the take, frame and picture that are painted now; None for none.
    """

    look_wanted = Signal(object, str, QImage, object, int)
    look_refused = Signal(str, str)
    import_wanted = Signal(str)
    withdraw_wanted = Signal(object)

    def __init__(
        self, stage: Stage, pictures: Pictures, canvas: Canvas, displayed: Callable[[], Displayed | None]
    ) -> None:
        super().__init__(canvas)
        self._stage = stage
        self._canvas = canvas
        self._displayed = displayed
        self.strip = LooksStrip(stage, pictures, canvas)
        self.panel = LookPanel(stage, pictures, canvas)
        self.ask = AskStrip(tr("Keep it"), canvas)
        for answer in (self.ask.confirmed, self.ask.cancelled):
            answer.connect(canvas.setFocus)
        self.panel.import_wanted.connect(self.import_wanted)
        self.strip.enlarge_wanted.connect(self._enlarge)
        self.strip.promote_wanted.connect(self._promote)
        self.panel.withdraw_wanted.connect(self.withdraw_wanted)
        self.panel.closed.connect(self._show_closed)

    @Slot()
    def place(self) -> None:
        """Show the looks of the shot at the right edge; the picture is fitted beside what is shown of them."""
        shown = self.strip.show_looks() and self._canvas.image is not None
        self.strip.move(self._canvas.width() - self.strip.width() - 8, 10)
        self.strip.setVisible(shown)
        self.panel.place_in(self._canvas.rect())
        beside = self.panel if self.panel.look is not None else self.strip if shown else None
        self._place_question()
        self._canvas.keep_free(beside.geometry() if beside else QRect())

    @property
    def window(self) -> QWidget:
        """Where they are shown."""
        return self._canvas.window()

    def ask_about(self, words: str, cost: str, verb: str) -> None:
        """Ask under the picture whether looks are to be changed, and say what that turns stale.

        Args:
            verb: on the button that does it.
        """
        self.ask.ask(words, cost, verb)
        self._place_question()
        self.ask.raise_()

    def leave_question(self) -> None:
        """Ask no longer."""
        self.ask.hide()

    @Slot()
    def enlarge_next(self) -> None:
        """Enlarge a look of the shot; again: the next one."""
        cards = pinned_looks(self._stage.film, self._stage.spot.shot_id) if self._stage.film else ()
        looks = [card.newest for card in cards if card.newest is not None]
        if not looks:
            self.look_refused.emit(
                tr("There is no look of anyone in this shot."), tr("Approve a take, then press {promote_look}.")
            )
            return
        here = looks.index(self.panel.look) if self.panel.look in looks else -1
        self._enlarge(looks[(here + 1) % len(looks)])

    @Slot()
    def promote(self) -> None:
        """Keep the take on screen as a look: of whom the chosen finding speaks, else the first who has none."""
        self._promote(whose_look(self._stage) or "")

    def close_look(self) -> bool:
        """Put an enlarged look away; says whether there was one."""
        was_open = self.panel.look is not None
        self.panel.close_look()
        return was_open

    @Slot(object)
    def _enlarge(self, look: Look) -> None:
        self.panel.show_look(look)
        self.place()
        self._canvas.setFocus()

    @Slot()
    def _show_closed(self) -> None:
        self.place()
        self._canvas.setFocus()

    def _place_question(self) -> None:
        width = self._canvas.width() - 16
        height = min(self._canvas.height(), max(self.ask.heightForWidth(width), self.ask.sizeHint().height()))
        self.ask.setGeometry(8, self._canvas.height() - height - 8, width, height)

    @Slot(str)
    def _promote(self, entity_id: str) -> None:
        displayed = self._displayed()
        if displayed is None or self._stage.spot.shot_id is None:
            self.look_refused.emit(
                tr("There is no take of a shot on screen."), tr("Go to one, approve it, then press {promote_look}.")
            )
        elif not entity_id:
            self.look_refused.emit(tr("Nobody is in this shot, and it has no setting."), tr("Go to a shot that has."))
        else:
            take, frame_index, image = displayed
            region = region_to_keep(self._stage, entity_id)
            self.look_wanted.emit(take, entity_id, crop_of(image, region), region, frame_index)
