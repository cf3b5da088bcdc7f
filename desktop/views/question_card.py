"""A blind question as a line that opens into a card: a crop, the answers to choose from, nothing of what was seen."""

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QIcon, QImage, QKeyEvent, QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from desktop import theme
from desktop.learning_reader import Learned
from desktop.pictures import PictureKey, Pictures
from desktop.playback import Frames, media_of
from desktop.stage import Stage
from desktop.swatches import swatch_of
from desktop.translating import plural, tr
from desktop.views.parts import ElidedLabel, KeyButton, PressableButton, crop_of, draw_swatch, label, quiet_button
from storage.domain.blind_questions import CANNOT_TELL
from storage.learning import Asked

_COLUMNS = 3
_SWATCH_PX = 11
_CROP_PX = 92
_GAP_PX = 4
_MOST_BY_KEY = 9
_CANNOT_TELL_KEYS = (Qt.Key.Key_0, Qt.Key.Key_Backspace)


class QuestionCard(QWidget):
    """Asks about a take that is not on screen, where the critic's findings would tell. Nothing waits for an answer.

    Closed it is one line. Open and with the keys, 1 to 9 answer, 0 says that one cannot tell, Esc closes it.

    Signals:
        answered: the `Asked` and the answer.
        closed: the keys are to go elsewhere.

    Args:
        stage: what is on screen.
        pictures, frames: where crops come from.
    """

    answered = Signal(object, str)
    closed = Signal()

    def __init__(self, stage: Stage, pictures: Pictures, frames: Frames, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._stage = stage
        self._learned: Learned | None = None
        self.asked: Asked | None = None
        self.line = KeyButton("", "E", action="question")
        self.line.setObjectName("quiet")
        self.line.setCheckable(True)
        self.line.setFont(theme.font(theme.SMALL_PT))
        self.line.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.line.setToolTip(
            tr(
                "A random share of what the critic judged is put to you without telling what it saw.\n"
                "Your answers measure how much drift it misses."
            )
        )
        self.words = ElidedLabel()
        self.words.setFont(theme.font(strong=True))
        self.cannot_tell = quiet_button("0  cannot tell", "Put this question away: it cannot be told from this picture")
        self.cannot_tell.setFont(theme.font(theme.SMALL_PT))
        self.buttons: list[PressableButton] = []
        self.crops = _Crops(pictures, frames)
        self._answers = QGridLayout()
        self._answers.setSpacing(_GAP_PX)
        self._body = QWidget()
        self._lay_out()
        self.setAccessibleName(tr("Blind question"))
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.line.toggled.connect(self._show_open)
        self.cannot_tell.clicked.connect(lambda: self._answer(CANNOT_TELL))
        stage.moved.connect(self._choose)
        self.hide()

    @property
    def is_open(self) -> bool:
        return self.line.isChecked()

    @Slot(object)
    def show_learned(self, learned: Learned) -> None:
        """Take the questions that wait."""
        self._learned = learned
        self._choose()

    @Slot()
    def take_keys(self) -> None:
        """Open it and give it the keys; where it has them, close it."""
        if self.asked is None:
            return
        if self.is_open and self.hasFocus():
            self.close_card()
        else:
            self.line.setChecked(True)
            self.setFocus()

    @Slot()
    def close_card(self) -> None:
        """Fold it to its line."""
        self.line.setChecked(False)
        self.closed.emit()

    def event(self, event: QEvent) -> bool:
        # Digits go to seams and stars elsewhere on the desk.
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and self._meant(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        meant = self._meant(event)
        if not meant or event.isAutoRepeat():
            super().keyPressEvent(event)
        elif event.key() == Qt.Key.Key_Escape:
            self.close_card()
        else:
            self._answer(meant)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme.faded(theme.TEXT, 8))
        if self.hasFocus():
            painter.setPen(theme.FOCUS)
            painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
        painter.end()

    def _meant(self, event: QKeyEvent) -> str:
        """What a key answers; for Escape any word, for no answer none."""
        if not self.is_open or self.asked is None or event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            return ""
        if event.key() == Qt.Key.Key_Escape or event.key() in _CANNOT_TELL_KEYS:
            return CANNOT_TELL
        index = event.key() - Qt.Key.Key_1
        options = self.asked.question.options
        return options[index] if 0 <= index < min(_MOST_BY_KEY, len(options)) else ""

    def _lay_out(self) -> None:
        foot = QHBoxLayout()
        self.hint = label("E takes the keys · Esc closes", "faint")
        self.hint.setFont(theme.font(theme.SMALL_PT))
        foot.addWidget(self.hint, 1)
        foot.addWidget(self.cannot_tell)
        body = QVBoxLayout(self._body)
        body.setContentsMargins(10, 0, 10, 6)
        body.setSpacing(6)
        body.addWidget(self.words)
        body.addWidget(self.crops)
        body.addLayout(self._answers)
        body.addLayout(foot)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(2)
        layout.addWidget(self.line)
        layout.addWidget(self._body)
        self._body.hide()

    @Slot()
    def _choose(self) -> None:
        """Ask the next question that what is on screen does not answer."""
        learned, shown = self._learned, self._stage.take
        waiting = learned.next if learned else ()
        asked = next((item for item in waiting if shown is None or item.take.id != shown.id), None)
        if asked != self.asked:
            self.asked = asked
            self._show_question()
        number = learned.num_waiting if learned else 0
        words = tr("Blind question")
        if number > 1:
            words = plural("Blind question and {n} more", "Blind question and {n} more", number - 1)
        self.line.setText(f"{'▾' if self.is_open else '▸'} {words}")
        self.line.setAccessibleName(words)
        has_keys = self.hasFocus()
        self.setVisible(asked is not None)
        if asked is None and has_keys:
            self.closed.emit()

    def _show_question(self) -> None:
        for button in self.buttons:
            self._answers.removeWidget(button)
            button.hide()
            button.deleteLater()
        self.buttons = []
        if self.asked is None:
            return
        question = self.asked.question
        self.words.show_text(tr(question.words))
        self.crops.show_question(self.asked)
        for index, option in enumerate(question.options):
            button = _option_button(index, option, question.kind)
            button.clicked.connect(lambda _=False, option=option: self._answer(option))
            self._answers.addWidget(button, index // _COLUMNS, index % _COLUMNS)
            self.buttons.append(button)

    @Slot(bool)
    def _show_open(self, is_open: bool) -> None:
        self._body.setVisible(is_open)
        self._choose()

    def _answer(self, answer: str) -> None:
        if self.asked is not None:
            self.answered.emit(self.asked, answer)


class _Crops(QWidget):
    """Parts of one frame, or of several frames of a clip side by side."""

    def __init__(self, pictures: Pictures, frames: Frames, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._pictures = pictures
        self._frames = frames
        self._asked: Asked | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        pictures.picture_ready.connect(self.update)
        frames.frame_ready.connect(self.update)

    @property
    def images(self) -> list[QImage]:
        """Those that are here; the others are asked for."""
        asked = self._asked
        if asked is None:
            return []
        take, region = asked.take, asked.question.region
        if take.num_frames > 1:
            wholes = [self._frames.get(take, index) for index in asked.question.frames]
        else:
            wholes = [self._pictures.get(PictureKey(media=media_of(take)))]
        here = [image for image in wholes if image is not None and not image.isNull()]
        return [crop_of(image, region) if region else image for image in here]

    def show_question(self, asked: Asked) -> None:
        self._asked = asked
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(200, _CROP_PX)

    def paintEvent(self, event: QPaintEvent) -> None:
        images = self.images
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme.STAGE)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        width = (self.width() - _GAP_PX * (len(images) - 1)) / max(1, len(images))
        for index, image in enumerate(images):
            scale = min(width / image.width(), self.height() / image.height())
            place = QRectF(0, 0, image.width() * scale, image.height() * scale)
            place.moveCenter(QRectF(index * (width + _GAP_PX), 0, width, self.height()).center())
            painter.drawImage(place, image)
        painter.end()


def _option_button(index: int, option: str, kind: str) -> PressableButton:
    key = f"{index + 1} " if index < _MOST_BY_KEY else ""
    button = PressableButton(f"{key}{tr(option)}")
    button.setObjectName("answer")
    button.setFont(theme.font(theme.SMALL_PT))
    button.setAccessibleName(tr(option))
    button.setToolTip(tr(option))
    button.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
    colour = swatch_of(kind, option)
    if colour:
        picture = QPixmap(_SWATCH_PX + 2, _SWATCH_PX + 2)
        picture.fill(Qt.GlobalColor.transparent)
        painter = QPainter(picture)
        draw_swatch(painter, picture.rect().adjusted(1, 1, -2, -2), colour, round_shape=True)
        painter.end()
        button.setIcon(QIcon(picture))
    return button
