"""The words of the desk in the user's language: all that is read goes through `tr` or `plural`, and nothing else does.

Sentences are whole, with named places for what the film has; a word that is stored or compared is translated only where
it is shown.
"""

from importlib.resources import files
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QLocale, QTranslator
from PySide6.QtWidgets import QApplication

from storage.domain.told import Counted, Told, marked

__all__ = ["install_translation", "marked", "marked_plural", "name_told", "plural", "tr"]

CONTEXT = "desk"


def tr(words: str, /, **places: object) -> str:
    """Words of the desk, translated where a translation has them.

    Args:
        words: as the code has them, or a sentence that storage tells. `tests.gui.words` collects them, so they must be
            written out.
        places: what stands in the places in braces; without any, these stay as they are (names of keys).
    """
    if not words:
        return ""
    if isinstance(words, Counted):
        return plural(words.one, words.words, words.number, **_in_language(words.places))
    if isinstance(words, Told):
        return tr(str(words.words), **_in_language(words.places))
    translated = QCoreApplication.translate(CONTEXT, words)
    return translated.format(**places) if places else translated


def plural(one: str, many: str, number: int, /, **places: object) -> str:
    """Words about a number of things, in the form that the user's language has for this number.

    Args:
        one: in English, where there is one.
        many: in English for every other number; what translations are known by.
        number: stands in the place `n`, as "10,000".
        places: what stands in the other places.
    """
    translated = QCoreApplication.translate(CONTEXT, many, None, number)  # pyright: ignore[reportArgumentType, reportCallIssue]
    told = one if translated == many and number == 1 else translated
    return told.format(**{"n": f"{number:,}", **places})


def marked_plural(one: str, many: str, /) -> tuple[str, str]:
    """Both English forms of words that stand in a table, for `plural`: marks them for `tests.gui.words`."""
    return one, many


def name_told(name: str) -> str:
    """A name of the film as it is, or a name that storage makes ("sc 14") in the user's language."""
    return tr(name) if isinstance(name, Told) else name


def _in_language(places: dict[str, object]) -> dict[str, object]:
    return {name: tr(value) if isinstance(value, Told) else value for name, value in places.items()}


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
