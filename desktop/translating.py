"""The words of the desk in the user's language: everything that is read goes through `tr`, and nothing else does."""

from importlib.resources import files
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QLocale, QTranslator
from PySide6.QtWidgets import QApplication

CONTEXT = "desk"


def tr(words: str) -> str:
    """Words of the desk, translated where a translation has them; places in braces stay as they are.

    Args:
        words: as the code has them. `tests.gui.words` collects them, so they must be written out.
    """
    return QCoreApplication.translate(CONTEXT, words) if words else ""


def install_translation(app: QApplication, locale: QLocale) -> QTranslator | None:
    """Let the application speak a language, where `resources/translations` has it.

    Returns:
        What translates, to be kept as long as the application; None where there is no such translation.
    """
    translator = QTranslator(app)
    if not translator.load(locale, "desk", "_", str(Path(str(files("resources"))) / "translations")):
        return None
    app.installTranslator(translator)
    return translator
