"""Small widgets that several parts of the window share."""

from math import cos, pi, sin

from PySide6.QtCore import QEvent, QPointF, QRect, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import (
    QColor,
    QFontMetrics,
    QHelpEvent,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPolygonF,
    QResizeEvent,
    QShowEvent,
)
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QToolTip,
    QVBoxLayout,
    QWidget,
)

from desktop import theme
from desktop.keymap import in_words, key_of
from desktop.translating import tr
from desktop.views.own_keys import takes_key
from storage.domain.findings import Region

STAR_STEP = 1.25
_SCROLLING = (
    Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown, Qt.Key.Key_Home, Qt.Key.Key_End,
)  # fmt: skip
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class ElidedLabel(QLabel):
    """One line of text that gives way: elided where it is too long, whole in its tooltip."""

    def __init__(self, text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._whole = text
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.setMinimumWidth(24)
        self._elide()

    def show_text(self, text: str) -> None:
        """Show another text."""
        if text != self._whole:
            self._whole = text
            self._elide()

    @property
    def whole_text(self) -> str:
        return self._whole

    def sizeHint(self) -> QSize:
        metrics = QFontMetrics(self.font())
        return QSize(metrics.horizontalAdvance(self._whole) + 4, metrics.height() + 2)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._elide()
        super().resizeEvent(event)

    def _elide(self) -> None:
        shown = QFontMetrics(self.font()).elidedText(self._whole, Qt.TextElideMode.ElideRight, max(0, self.width() - 2))
        super().setText(shown)
        self.setToolTip(self._whole if shown != self._whole else "")
        self.setAccessibleName(self._whole)


class PressableButton(QPushButton):
    """A button that Space and Enter press while it has the focus; elsewhere on the desk Space plays.

    Args:
        action: name of the action whose key its tooltip tells, as this user has it; empty for none.
        key: of the action, where no window says otherwise; for those that paint it.
    """

    def __init__(self, text: str = "", parent: QWidget | None = None, *, action: str = "", key: str = "") -> None:
        super().__init__(tr(text), parent)
        self._action = action
        self._key = key
        self._word: str | None = None
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)

    @property
    def action(self) -> str:
        return self._action

    def tell_key(self, tells: bool = True) -> None:
        """Say the key after the button's word too, or no longer."""
        word = self.text() if self._word is None else self._word
        self._word = word if tells else None
        self.setText(word)
        self.show_key()

    def show_key(self) -> None:
        """Take the key that its action has now."""
        key = key_of(self, self._action, self._key)
        if self._word is not None:
            self.setText(f"{self._word}  {key}" if key else self._word)
        if key != self._key:
            self._key = key
            self.updateGeometry()
            self.update()

    def showEvent(self, event: QShowEvent) -> None:
        self.show_key()
        super().showEvent(event)

    def event(self, event: QEvent) -> bool:
        if takes_key(event, (*_ENTER, Qt.Key.Key_Space)):
            return True
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent) and self._action:
            QToolTip.showText(event.globalPos(), self.told_tip, self)
            return True
        return super().event(event)

    @property
    def told_tip(self) -> str:
        """The tooltip with the key as this user has it."""
        key = key_of(self, self._action, "")
        head, line, rest = self.toolTip().partition("\n")
        return f"{head}  {key}{line}{rest}" if head and key else self.toolTip()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _ENTER and not event.isAutoRepeat():
            self.click()
        else:
            super().keyPressEvent(event)


class KeyButton(PressableButton):
    """A button that shows its key at its right edge.

    Args:
        key: what is shown where no window says otherwise.
        action: name of the action whose key it shows, as this user has it; empty where the key is fixed.
    """

    def __init__(self, text: str, key: str, parent: QWidget | None = None, *, action: str = "") -> None:
        super().__init__(text, parent, action=action, key=key)
        self.setAccessibleName(tr(text))
        self.show_key()

    @property
    def key(self) -> str:
        return self._key

    def show_key(self) -> None:
        super().show_key()
        self.setAccessibleDescription(tr("Key: {key}", key=self._key) if self._key else "")

    def sizeHint(self) -> QSize:
        hint = super().sizeHint()
        return QSize(
            hint.width() + QFontMetrics(theme.font(theme.SMALL_PT)).horizontalAdvance(self._key) + 6, hint.height()
        )

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.width() < self.sizeHint().width():
            return
        painter = QPainter(self)
        painter.setFont(theme.font(theme.SMALL_PT))
        words = theme.GO_TEXT if self.objectName() == "approve" else theme.TEXT
        painter.setPen(theme.faded(words, 170) if self.isEnabled() else theme.faded(theme.FAINT, 130))
        painter.drawText(
            self.rect().adjusted(10, 0, -10, 0), Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, self._key
        )
        painter.end()


class ReadingArea(QScrollArea):
    """A column to read that scrolls by keys while it has the focus; its right edge stays where it is without a bar.

    Args:
        name: what is read there.
    """

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        inside = QWidget()
        inside.setObjectName("panel")
        self.column = QVBoxLayout(inside)
        self.column.setSpacing(8)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAccessibleName(name)
        self.setObjectName("reading")
        self.setWidget(inside)
        self.viewport().setObjectName("panel")
        self.viewport().setAutoFillBackground(False)
        self.verticalScrollBar().rangeChanged.connect(self._fit_margin)
        self._fit_margin(0, 0)

    def event(self, event: QEvent) -> bool:
        return takes_key(event, _SCROLLING) or super().event(event)

    @Slot(int, int)
    def _fit_margin(self, _least: int, most: int) -> None:
        bar = self.verticalScrollBar().sizeHint().width() if most else 0
        self.column.setContentsMargins(13, 0, 13 - bar, 8)


class StarRow(QWidget):
    """Five stars to click; a click on the last one that is lit puts all of them out."""

    stars_wanted = Signal(int)

    _SIZE = 13
    _MOST = 5

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._stars = -1
        self.setFixedSize(round(self._SIZE * STAR_STEP * self._MOST) + 2, self._SIZE + 6)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.show_stars(0)

    @property
    def stars(self) -> int:
        return self._stars

    def show_stars(self, stars: int) -> None:
        """Light so many, 0 to 5."""
        if stars == self._stars:
            return
        self._stars = stars
        self.setAccessibleName(tr("{n} of 5 stars", n=stars))
        self.setToolTip(tr("Stars: Ctrl+1 to Ctrl+5, Ctrl+0 for none"))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        draw_stars(painter, 1, self.height() / 2, self._SIZE, self._stars, self._MOST)
        painter.end()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        wanted = min(self._MOST, int(event.position().x() // (self._SIZE * STAR_STEP)) + 1)
        self.stars_wanted.emit(0 if wanted == self._stars else wanted)


def label(text: str = "", kind: str = "", parent: QWidget | None = None) -> QLabel:
    """A plain label; `kind` names its look in the style sheet ("soft", "faint", "heading")."""
    made = QLabel(tr(text), parent)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setObjectName(kind)
    return made


def quiet_button(text: str, words: str, *, checkable: bool = False, action: str = "") -> PressableButton:
    """A button without a frame; its words are its tooltip, with the key of its action."""
    button = PressableButton(text, action=action)
    button.setObjectName("quiet")
    button.setToolTip(tr(words))
    button.setAccessibleName(tr(words))
    button.setCheckable(checkable)
    return button


def paint_covering(painter: QPainter, image: QImage, place: QRect) -> None:
    """Draw the middle of a picture so that it covers a place."""
    scale = max(place.width() / image.width(), place.height() / image.height())
    width, height = place.width() / scale, place.height() / scale
    source = QRectF((image.width() - width) / 2, (image.height() - height) / 2, width, height)
    painter.drawImage(QRectF(place), image, source)


def crop_of(image: QImage, region: Region) -> QImage:
    """A part of a picture, at least a pixel large."""
    left, top = round(region.left * image.width()), round(region.top * image.height())
    right, bottom = round(region.right * image.width()), round(region.bottom * image.height())
    return image.copy(left, top, max(1, right - left), max(1, bottom - top))


def draw_swatch(painter: QPainter, rect: QRect, colour: str, *, round_shape: bool = False) -> None:
    """A patch of colour with a hairline, so that black and white patches keep their edge."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(theme.faded(theme.TEXT, 60), 1))
    painter.setBrush(QColor(colour))
    if round_shape:
        painter.drawEllipse(rect)
    else:
        painter.drawRoundedRect(rect, 3, 3)
    painter.restore()


def draw_stars(painter: QPainter, left: float, middle: float, size: float, stars: int, most: int = 5) -> None:
    """A rating as a row of stars: as many filled, the rest in outline.

    Args:
        left, middle: where the row begins, and the height of its middle, in pixels.
        size: of a star, in pixels; the next one begins 1.25 sizes further right.
        stars: how many are filled, 0 to most.
    """
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    for index in range(most):
        centre = QPointF(left + size / 2 + index * STAR_STEP * size, middle)
        filled = index < stars
        painter.setPen(QPen(theme.AMBER if filled else theme.FAINT, 1))
        painter.setBrush(theme.AMBER if filled else QColor(0, 0, 0, 0))
        painter.drawPolygon(_star(centre, size / 2))
    painter.restore()


def _star(centre: QPointF, radius: float) -> QPolygonF:
    points = (
        QPointF(sin(index * pi / 5), -cos(index * pi / 5)) * (radius if index % 2 == 0 else radius * 0.45)
        for index in range(10)
    )
    return QPolygonF([centre + point for point in points])


def elided(painter: QPainter, text: str, width: int) -> str:
    """A text cut to a width in pixels, with an ellipsis."""
    return painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, max(0, width))


class StatusStrip(QWidget):
    """One line at the foot of the window: what was done or went wrong, and what to do about it."""

    action_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._sentence = ElidedLabel()
        self._sentence.setFont(theme.font(theme.SMALL_PT))
        self._button = PressableButton()
        self._button.setObjectName("quiet")
        self._button.clicked.connect(self.action_wanted)
        self._button.hide()
        self._facts = label("", "faint")
        self._facts.setFont(theme.figures(theme.SMALL_PT))
        layout = QHBoxLayout(self)
        layout.setContentsMargins(14, 3, 14, 3)
        layout.addWidget(self._sentence, 1)
        layout.addWidget(self._button)
        layout.addWidget(self._facts)
        self.setFixedHeight(26)

    def show_done(self, sentence: str) -> None:
        """Say what was done."""
        self._show(tr(sentence), "", "soft")

    def show_problem(self, sentence: str, action: str, button: str = "") -> None:
        """Say what went wrong and what to do; `button` names what the desk can do about it itself."""
        self._show(f"{tr(sentence)} {tr(action)}".strip(), tr(button), "red")

    def show_facts(self, facts: str) -> None:
        """Say what is always true, at the right."""
        self._facts.setText(facts)

    @property
    def text(self) -> str:
        return self._sentence.whole_text

    def _show(self, text: str, button: str, tone: str) -> None:
        text = in_words(self, text)
        theme.tint(self._sentence, tone)
        self._sentence.show_text(text)
        self._button.setText(button)
        self._button.setVisible(bool(button))
