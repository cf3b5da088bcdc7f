"""One look, large, over the edge of the picture: to hold it against what is on screen."""

from PySide6.QtCore import QRect, QRectF, Qt, Signal, Slot
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from desktop import theme
from desktop.pictures import PictureKey, Pictures
from desktop.pinned_looks import name_of_entity
from desktop.snapshot import FilmSnapshot, Media
from desktop.stage import Stage
from desktop.translating import tr
from desktop.views.parts import ElidedLabel, label, quiet_button
from desktop.wording import place_of_take
from storage.domain.looks import Look

_MOST_WIDTH = 420
_SHARE = 0.45


class LookPanel(QWidget):
    """Enlarges a look; steps through all looks of the same character or setting.

    Signals:
        withdraw_wanted: with the look.
        import_wanted: another picture of whom it is of, by their id.
        closed: it is put away.

    Args:
        stage: whose film the looks are of.
        pictures: where the crops come from.
    """

    withdraw_wanted = Signal(object)
    import_wanted = Signal(str)
    closed = Signal()

    def __init__(self, stage: Stage, pictures: Pictures, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._stage = stage
        self._pictures = pictures
        self.look: Look | None = None
        self.title = ElidedLabel()
        self.title.setFont(theme.font(strong=True))
        self.source = ElidedLabel()
        self.source.setObjectName("soft")
        self.place = label("", "soft")
        self.before = quiet_button("‹", "Look before")
        self.after = quiet_button("›", "Look after")
        self.withdraw = quiet_button("Withdraw", "Withdraw this look; its picture is kept")
        self.more = quiet_button("Picture…", "Take a picture file as one more look")
        self.close_button = quiet_button("Close  Esc", "Close")
        self.before.clicked.connect(lambda: self.step(-1))
        self.after.clicked.connect(lambda: self.step(1))
        self.more.clicked.connect(self._import)
        self.withdraw.clicked.connect(self._withdraw)
        self.close_button.clicked.connect(self.close_look)
        head = QHBoxLayout()
        head.addWidget(self.title, 1)
        head.addWidget(self.close_button)
        foot = QHBoxLayout()
        for widget in (self.before, self.place, self.after):
            foot.addWidget(widget)
        foot.addStretch(1)
        foot.addWidget(self.more)
        foot.addWidget(self.withdraw)
        self._picture = _Picture(pictures)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(10, 6, 8, 8)
        layout.setSpacing(4)
        layout.addLayout(head)
        layout.addWidget(self._picture, 1)
        layout.addWidget(self.source)
        layout.addLayout(foot)
        self.setAccessibleName(tr("Look"))
        self.setAttribute(Qt.WidgetAttribute.WA_NoMousePropagation)
        stage.film_changed.connect(self._show_film)
        self.hide()

    def show_look(self, look: Look) -> None:
        """Enlarge a look."""
        self.look = look
        self._show()
        self.show()
        self.raise_()

    @Slot()
    def close_look(self) -> None:
        """Put it away."""
        if self.look is not None:
            self.look = None
            self.hide()
            self.closed.emit()

    def step(self, by: int) -> None:
        """Enlarge the look before or after of the same character or setting."""
        looks = self._looks()
        if self.look in looks:
            self.show_look(looks[(looks.index(self.look) + by) % len(looks)])

    def place_in(self, room: QRect) -> None:
        """Lie at the right of a room, less than half as wide."""
        width = min(_MOST_WIDTH, round(room.width() * _SHARE))
        height = min(room.height() - 16, width + 84)
        self.setGeometry(room.right() - width - 8, room.top() + 8, width, height)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme.LINE, 1))
        painter.setBrush(theme.faded(theme.PANEL, 245))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 6, 6)
        painter.end()

    def _looks(self) -> tuple[Look, ...]:
        film, look = self._stage.film, self.look
        return tuple(one for one in film.looks if look and one.entity_id == look.entity_id) if film else ()

    @Slot()
    def _show_film(self) -> None:
        if self.look is None:
            return
        looks = self._looks()
        if self.look in looks:
            self._show()
        elif looks:
            self.show_look(looks[-1])
        else:
            self.close_look()

    def _show(self) -> None:
        film, look = self._stage.film, self.look
        if film is None or look is None:
            return
        looks = self._looks()
        name = name_of_entity(film, look.entity_id) or look.entity_id
        self.title.show_text(tr("{name}, look {number}", name=name, number=look.number))
        self.source.show_text(tr("from {take}", take=_take_words(film, look)) if look.take_id else tr("imported"))
        self.place.setText(tr("{place} of {n}", place=looks.index(look) + 1, n=len(looks)) if look in looks else "")
        for button in (self.before, self.after):
            button.setVisible(len(looks) > 1)
        self.place.setVisible(len(looks) > 1)
        self._picture.show_look(look)

    @Slot()
    def _withdraw(self) -> None:
        if self.look is not None:
            self.withdraw_wanted.emit(self.look)

    @Slot()
    def _import(self) -> None:
        if self.look is not None:
            self.import_wanted.emit(self.look.entity_id)


class _Picture(QWidget):
    def __init__(self, pictures: Pictures, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._pictures = pictures
        self._look: Look | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        pictures.picture_ready.connect(self.update)

    def show_look(self, look: Look) -> None:
        self._look = look
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._look is None:
            return
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme.STAGE)
        image = self._pictures.get(PictureKey(media=Media(digest=self._look.media, suffix=".png")))
        if image is not None and image.isNull():
            painter.setPen(theme.SOFT)
            painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, tr("Its file cannot be read."))
        elif image is not None:
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            scale = min(self.width() / image.width(), self.height() / image.height())
            width, height = image.width() * scale, image.height() * scale
            middle = QRectF(self.rect()).center()
            painter.drawImage(QRectF(middle.x() - width / 2, middle.y() - height / 2, width, height), image)
        painter.end()


def _take_words(film: FilmSnapshot, look: Look) -> str:
    for card in film.shots:
        for seam in (card.keyframe, card.clip):
            for take in seam.takes:
                if take.id == look.take_id:
                    place = place_of_take(take.seam, card.shot.label, take.number)
                    frame = tr("frame {frame}", frame=look.frame_index + 1)
                    return f"{place}, {frame}" if take.num_frames > 1 else place
    return tr("a take of another shot")
