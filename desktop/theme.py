"""How the desk looks: neutral greys that leave the picture the brightest thing, one colour for each state, fonts."""

from functools import lru_cache
from importlib import resources

from PySide6.QtGui import QColor, QFont, QFontDatabase, QPalette
from PySide6.QtWidgets import QApplication

from desktop.standing_light import Light

GROUND = QColor("#1b1b1d")
PANEL = QColor("#222224")
RAISED = QColor("#2b2b2e")
STAGE = QColor("#131314")
LINE = QColor("#343438")
TEXT = QColor("#e4e4e6")
SOFT = QColor("#a0a0a6")
FAINT = QColor("#83838b")
SELECTED = QColor("#34343a")
FOCUS = QColor("#8a8a93")

AMBER = QColor("#e0ac3f")
RED = QColor("#ea6350")
GREEN = QColor("#62a072")
BLUE = QColor("#5b8fd6")
VIOLET = QColor("#a487cf")
UNDECIDED = QColor("#3b3b40")
QUEUED = QColor("#55555c")

LIGHTS: dict[Light, QColor] = {
    Light.NOTHING: UNDECIDED,
    Light.QUEUED: QUEUED,
    Light.IN_WORK: BLUE,
    Light.NEEDS_YOU: AMBER,
    Light.DRIFT: RED,
    Light.SET_ASIDE: AMBER,
    Light.APPROVED: GREEN,
    Light.STALE: VIOLET,
}

SMALL_PT = 8.0
TEXT_PT = 9.0
LARGE_PT = 12.5


def install(app: QApplication) -> None:
    """Give the application its fonts, palette and style sheet."""
    app.setStyle("Fusion")
    for file in sorted(resources.files("resources").joinpath("fonts").iterdir(), key=lambda item: item.name):
        if file.name.endswith((".ttf", ".otf")):
            QFontDatabase.addApplicationFontFromData(file.read_bytes())
    app.setFont(font())
    palette = QPalette()
    for role, colour in (
        (QPalette.ColorRole.Window, GROUND),
        (QPalette.ColorRole.WindowText, TEXT),
        (QPalette.ColorRole.Base, PANEL),
        (QPalette.ColorRole.AlternateBase, RAISED),
        (QPalette.ColorRole.Text, TEXT),
        (QPalette.ColorRole.Button, RAISED),
        (QPalette.ColorRole.ButtonText, TEXT),
        (QPalette.ColorRole.ToolTipBase, RAISED),
        (QPalette.ColorRole.ToolTipText, TEXT),
        (QPalette.ColorRole.PlaceholderText, FAINT),
        (QPalette.ColorRole.Highlight, SELECTED),
        (QPalette.ColorRole.HighlightedText, TEXT),
    ):
        palette.setColor(role, colour)
    app.setPalette(palette)
    app.setStyleSheet(_STYLE)


def font(points: float = TEXT_PT, *, strong: bool = False, italic: bool = False) -> QFont:
    """The desk's text font, with fallbacks for scripts that Inter lacks."""
    return QFont(_font(points, strong, italic, False))


def figures(points: float = TEXT_PT) -> QFont:
    """Text in which all digits are equally wide: time codes and counts that change in place."""
    return QFont(_font(points, False, False, True))


# Paint events ask for fonts by the hundred. A copy shares what Qt has looked up for the first one.
@lru_cache(maxsize=64)
def _font(points: float, strong: bool, italic: bool, even_digits: bool) -> QFont:
    made = QFont()
    made.setFamilies(["Inter", "DejaVu Sans"])
    made.setPointSizeF(points)
    made.setItalic(italic)
    made.setWeight(QFont.Weight.DemiBold if strong else QFont.Weight.Normal)
    if even_digits:
        made.setFeature(QFont.Tag("tnum"), 1)
    return made


def faded(colour: QColor, alpha: int) -> QColor:
    """A colour with an alpha, 0 to 255."""
    made = QColor(colour)
    made.setAlpha(alpha)
    return made


_STYLE = f"""
QMainWindow, QWidget#ground {{ background: {GROUND.name()}; }}
QFrame#palette {{ background: {RAISED.name()}; border: 1px solid {FOCUS.name()}; border-radius: 8px; }}
QFrame#palette QListView {{ background: {RAISED.name()}; }}
QWidget#panel {{ background: {PANEL.name()}; }}
QWidget#bar {{ background: {PANEL.name()}; border-bottom: 1px solid {GROUND.name()}; }}
QWidget#stage {{ background: {STAGE.name()}; }}
QSplitter::handle {{ background: {STAGE.name()}; }}
QLabel#soft {{ color: {SOFT.name()}; }}
QLabel#faint {{ color: {FAINT.name()}; }}
QLabel#heading {{ color: {SOFT.name()}; font-size: 8pt; font-weight: 600; }}
QLabel#problem {{ color: {RED.name()}; }}
QToolTip {{ background: {RAISED.name()}; color: {TEXT.name()}; border: 1px solid {LINE.name()}; padding: 4px; }}
QPushButton {{
    background: {RAISED.name()}; color: {TEXT.name()}; border: 1px solid transparent; border-radius: 5px;
    padding: 6px 9px; text-align: left;
}}
QPushButton:hover {{ background: #36363b; }}
QPushButton:pressed {{ background: #404046; }}
QPushButton:focus {{ border: 1px solid {FOCUS.name()}; }}
QPushButton:disabled {{ color: {FAINT.name()}; background: #252528; }}
QPushButton:checked {{ background: #3d3d44; }}
QPushButton#answer {{ padding: 5px 5px; }}
QPushButton#approve:enabled {{ background: #2d4a37; color: #d6f0dc; }}
QPushButton#approve:enabled:hover {{ background: #365a43; }}
QPushButton#needs {{ background: #46381a; color: #f0c463; }}
QPushButton#needs:hover {{ background: #54431f; }}
QPushButton#needs:disabled {{ background: {PANEL.name()}; color: {FAINT.name()}; }}
QPushButton#quiet {{ background: transparent; color: {SOFT.name()}; padding: 3px 8px; }}
QPushButton#quiet:hover {{ background: {RAISED.name()}; color: {TEXT.name()}; }}
QPushButton#quiet:checked {{ background: #3a3a40; color: {TEXT.name()}; }}
QPushButton#quiet:disabled {{ color: #55555b; }}
QLineEdit {{
    background: {STAGE.name()}; color: {TEXT.name()}; border: 1px solid {LINE.name()}; border-radius: 4px;
    padding: 5px 7px; selection-background-color: #4a4a52;
}}
QLineEdit:focus {{ border: 1px solid {FOCUS.name()}; }}
QComboBox {{
    background: {STAGE.name()}; color: {TEXT.name()}; border: 1px solid {LINE.name()}; border-radius: 4px;
    padding: 4px 7px;
}}
QComboBox:focus {{ border: 1px solid {FOCUS.name()}; }}
QAbstractItemView {{ background: {PANEL.name()}; border: none; outline: 0; }}
QPlainTextEdit {{ background: {STAGE.name()}; border: none; color: {SOFT.name()}; }}
QScrollArea {{ border: none; background: transparent; }}
QScrollArea#reading {{ border: 1px solid transparent; }}
QScrollArea#reading:focus {{ border: 1px solid {FOCUS.name()}; }}
QScrollBar:vertical {{ background: transparent; width: 10px; margin: 0; }}
QScrollBar:horizontal {{ background: transparent; height: 10px; margin: 0; }}
QScrollBar::handle {{ background: #47474d; border-radius: 4px; margin: 2px; min-width: 24px; min-height: 24px; }}
QScrollBar::handle:hover {{ background: #5a5a61; }}
QScrollBar::add-line, QScrollBar::sub-line {{ width: 0; height: 0; }}
QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; }}
"""
