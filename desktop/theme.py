"""How the desk looks: greys that leave the picture alone, one colour for each state, fonts; in three sets."""

from collections.abc import Mapping
from functools import lru_cache
from importlib import resources

from PySide6.QtGui import QColor, QFont, QFontDatabase, QPalette
from PySide6.QtWidgets import QApplication, QWidget

from desktop.looks import LOOKS, Look
from desktop.standing_light import Light

# What paints holds these very objects: `install` gives them other values, and the next paint follows.
GROUND, PANEL, RAISED, STAGE, LINE = QColor(), QColor(), QColor(), QColor(), QColor()
TEXT, SOFT, FAINT, SELECTED, FOCUS = QColor(), QColor(), QColor(), QColor(), QColor()
# Around the picture, and what is written there.
SURROUND, SURROUND_TEXT = QColor(), QColor()
AMBER, RED, GREEN, BLUE, VIOLET = QColor(), QColor(), QColor(), QColor(), QColor()
UNDECIDED, QUEUED, NOTE = QColor(), QColor(), QColor()
# On the green of what approves.
GO_TEXT = QColor()

_PAINTED: dict[str, QColor] = {
    "ground": GROUND, "panel": PANEL, "raised": RAISED, "stage": STAGE, "line": LINE, "text": TEXT, "soft": SOFT,
    "faint": FAINT, "selected": SELECTED, "focus": FOCUS, "surround": SURROUND, "surround_text": SURROUND_TEXT,
    "amber": AMBER, "red": RED, "green": GREEN, "blue": BLUE, "violet": VIOLET, "undecided": UNDECIDED,
    "queued": QUEUED, "note": NOTE, "go_text": GO_TEXT,
}  # fmt: skip

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


def install(app: QApplication, look: Look = Look.DARK) -> None:
    """Give the application its fonts and colours; called once."""
    app.setStyle("Fusion")
    for file in sorted(resources.files("resources").joinpath("fonts").iterdir(), key=lambda item: item.name):
        if file.name.endswith((".ttf", ".otf")):
            QFontDatabase.addApplicationFontFromData(file.read_bytes())
    app.setFont(font())
    show(app, look)


def show(app: QApplication, look: Look) -> None:
    """Give everything the colours of a look, now."""
    colours = LOOKS[look]
    for name, colour in _PAINTED.items():
        colour.setRgb(QColor(colours[name]).rgb())
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
    app.setStyleSheet(_style(colours))


def painted_in() -> int:
    """What tells the looks apart, for whoever keeps what was painted."""
    return GROUND.rgb()


def tint(label: QWidget, tone: str) -> None:
    """Write a label in a colour of the look: "soft", "red", "violet"."""
    if label.property("tone") != tone:
        label.setProperty("tone", tone)
        label.style().unpolish(label)
        label.style().polish(label)


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


def _style(colours: Mapping[str, str]) -> str:
    return f"""
QMainWindow, QWidget#ground {{ background: {colours["ground"]}; }}
QFrame#palette {{ background: {colours["raised"]}; border: 1px solid {colours["focus"]}; border-radius: 8px; }}
QFrame#palette QListView {{ background: {colours["raised"]}; }}
QWidget#panel {{ background: {colours["panel"]}; }}
QWidget#bar {{ background: {colours["panel"]}; border-bottom: 1px solid {colours["ground"]}; }}
QWidget#stage {{ background: {colours["stage"]}; }}
QSplitter::handle {{ background: {colours["stage"]}; }}
QLabel#soft {{ color: {colours["soft"]}; }}
QLabel#faint {{ color: {colours["faint"]}; }}
QLabel#heading {{ color: {colours["soft"]}; font-size: 8pt; font-weight: 600; }}
QLabel[tone="soft"] {{ color: {colours["soft"]}; }}
QLabel[tone="red"] {{ color: {colours["red"]}; }}
QLabel[tone="violet"] {{ color: {colours["violet"]}; }}
QLabel#problem {{ color: {colours["red"]}; }}
QToolTip {{
    background: {colours["raised"]}; color: {colours["text"]}; border: 1px solid {colours["line"]}; padding: 4px;
}}
QPushButton {{
    background: {colours["raised"]}; color: {colours["text"]}; border: 1px solid transparent; border-radius: 5px;
    padding: 6px 9px; text-align: left;
}}
QPushButton:hover {{ background: {colours["hover"]}; }}
QPushButton:pressed {{ background: {colours["pressed"]}; }}
QPushButton:focus {{ border: 1px solid {colours["focus"]}; }}
QPushButton:disabled {{ color: {colours["faint"]}; background: {colours["disabled"]}; }}
QPushButton:checked {{ background: {colours["checked"]}; }}
QPushButton#answer {{ padding: 5px 5px; }}
QPushButton#approve:enabled {{ background: {colours["go"]}; color: {colours["go_text"]}; }}
QPushButton#approve:enabled:hover {{ background: {colours["go_hover"]}; }}
QPushButton#needs {{ background: {colours["call"]}; color: {colours["call_text"]}; }}
QPushButton#needs:hover {{ background: {colours["call_hover"]}; }}
QPushButton#needs:disabled {{ background: {colours["panel"]}; color: {colours["faint"]}; }}
QPushButton#quiet {{ background: transparent; color: {colours["soft"]}; padding: 3px 8px; }}
QPushButton#quiet:hover {{ background: {colours["raised"]}; color: {colours["text"]}; }}
QPushButton#quiet:checked {{ background: {colours["checked"]}; color: {colours["text"]}; }}
QPushButton#quiet:disabled {{ color: {colours["dim"]}; }}
QLineEdit {{
    background: {colours["stage"]}; color: {colours["text"]}; border: 1px solid {colours["line"]}; border-radius: 4px;
    padding: 5px 7px; selection-background-color: {colours["selection"]};
}}
QLineEdit:focus {{ border: 1px solid {colours["focus"]}; }}
QComboBox {{
    background: {colours["stage"]}; color: {colours["text"]}; border: 1px solid {colours["line"]}; border-radius: 4px;
    padding: 4px 7px;
}}
QComboBox:focus {{ border: 1px solid {colours["focus"]}; }}
QSpinBox {{
    background: {colours["stage"]}; color: {colours["text"]}; border: 1px solid {colours["line"]}; border-radius: 4px;
    padding: 4px 7px;
}}
QSpinBox:focus {{ border: 1px solid {colours["focus"]}; }}
QComboBox::drop-down {{ border: none; width: 22px; }}
QCheckBox {{ color: {colours["text"]}; spacing: 8px; }}
QCheckBox:focus {{ color: {colours["text"]}; text-decoration: underline; }}
QAbstractItemView {{ background: {colours["panel"]}; border: none; outline: 0; }}
QListWidget#roomy::item {{ padding: 7px 10px; }}
QListWidget#suggestions {{ background: {colours["raised"]}; border-radius: 4px; }}
QListWidget#suggestions::item {{ padding: 1px 6px; }}
QListWidget#suggestions::item:selected {{ background: {colours["pressed"]}; color: {colours["text"]}; }}
QTreeWidget#ticked::item:selected {{ background: {colours["pressed"]}; color: {colours["text"]}; }}
QListView#ends {{ background: {colours["stage"]}; }}
QTreeWidget#ticked {{ background: {colours["stage"]}; border-radius: 4px; }}
QTreeWidget#ticked::item {{ height: 21px; }}
QTreeWidget#ticked::indicator {{ width: 11px; height: 11px; border: 1px solid {colours["focus"]}; border-radius: 2px; }}
QTreeWidget#ticked::indicator:checked {{ background: {colours["amber"]}; border-color: {colours["amber"]}; }}
QTreeWidget#ticked::indicator:indeterminate {{ background: {colours["call"]}; border-color: {colours["amber"]}; }}
QPlainTextEdit {{ background: {colours["stage"]}; border: none; color: {colours["soft"]}; }}
QScrollArea {{ border: none; background: transparent; }}
QScrollArea#reading {{ border: 1px solid transparent; }}
QScrollArea#reading:focus {{ border: 1px solid {colours["focus"]}; }}
QScrollBar:vertical {{ background: transparent; width: 10px; margin: 0; }}
QScrollBar:horizontal {{ background: transparent; height: 10px; margin: 0; }}
QScrollBar::handle {{
    background: {colours["handle"]}; border-radius: 4px; margin: 2px; min-width: 24px; min-height: 24px;
}}
QScrollBar::handle:hover {{ background: {colours["handle_hover"]}; }}
QScrollBar::add-line, QScrollBar::sub-line {{ width: 0; height: 0; }}
QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; }}
QPushButton#chip {{ background: {colours["ground"]}; border: 1px solid {colours["line"]}; border-radius: 11px; }}
QPushButton#chip:hover {{ background: {colours["raised"]}; }}
QPushButton#chip:checked {{ background: {colours["chip"]}; border: 1px solid {colours["soft"]}; }}
QPushButton#chip:focus {{ border: 1px solid {colours["text"]}; }}
QPushButton#chosen {{
    background: {colours["chip"]}; border: 1px solid {colours["soft"]}; border-radius: 11px; padding: 3px 9px;
}}
QPushButton#chosen:focus {{ border: 1px solid {colours["text"]}; }}
"""
