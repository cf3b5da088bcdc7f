"""The desk's composition root: makes the application and its window, and runs them."""

import logging
import os
import signal
import sys
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QLocale, QSettings, QStandardPaths, QTimer
from PySide6.QtWidgets import QApplication

from desktop import heap, theme
from desktop.new_film import NewFilm, new_film_command
from desktop.preferences import SCALE_VARIABLE, Preferences
from desktop.translating import install_translation
from desktop.window import MainWindow
from desktop.worker_link import WorkerLink, worker_command

_WRONG_USE = 2
_SWITCH_INTERVAL_S = 0.0005


def make_window() -> MainWindow:
    """A window whose films get real workers. Needs an application."""
    settings = user_settings()
    films = Path(QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)) / "Matchcut"
    return MainWindow(
        lambda folder: WorkerLink(worker_command(folder)), NewFilm(new_film_command()), settings, films=films
    )


def user_settings() -> QSettings:
    """What this user keeps from film to film, in an ini file of the desk's own."""
    folder = Path(QStandardPaths.writableLocation(QStandardPaths.StandardLocation.AppConfigLocation))
    return QSettings(str(folder / "desk.ini"), QSettings.Format.IniFormat)


def prepare_interpreter() -> None:
    """Let the GUI thread go on soon when another thread of the desk computes, and when Python tidies its memory."""
    heap.collect_seldom()
    # Films are read on a thread beside the GUI's. At Python's usual 5 ms each of the many Qt calls of a paint
    # may wait that long to go on; at this interval the GUI thread's lateness is about half.
    sys.setswitchinterval(_SWITCH_INTERVAL_S)


def main(argv: Sequence[str]) -> int:
    """Run the desk: `python -m desktop [FILM.matchcut]`.

    Returns:
        0; 2 where the film that was named could not be opened (the window says why).
    """
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(name)s: %(message)s", stream=sys.stderr)
    prepare_interpreter()
    QApplication.setApplicationName("Matchcut")
    preferences = Preferences(user_settings())
    app = QApplication.instance()
    if not isinstance(app, QApplication):
        # Qt reads it once, while the application is made.
        if factor := preferences.scale_factor():
            os.environ[SCALE_VARIABLE] = factor
        app = QApplication(list(argv))
    theme.install(app, preferences.look.read())
    install_translation(app, QLocale.system())
    window = make_window()
    named = [argument for argument in argv[1:] if not argument.startswith("-")]
    if named:
        window.open_film(Path(named[0]).resolve())
    else:
        window.greet()
    window.show()
    if window.desk is None:
        # Where a film is being opened, its reader says when that is done.
        heap.keep_loaded()
    _leave_on_interrupt(app)
    app.exec()
    return _WRONG_USE if named and window.failed_to_open else 0


def _leave_on_interrupt(app: QApplication) -> None:
    """Let Ctrl+C in the terminal close the windows: Python only sees the signal when it gets a turn."""
    signal.signal(signal.SIGINT, lambda *_: app.closeAllWindows())
    turn = QTimer(app)
    turn.timeout.connect(lambda: None)
    turn.start(400)
