"""One thread of its own that does pieces of work in order, so that the GUI thread never waits."""

import logging
from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, QThread, Signal, Slot

_logger = logging.getLogger(__name__)


class _Hand(QObject):
    @Slot(object)
    def do(self, work: Callable[[], None]) -> None:
        try:
            work()
        except Exception:
            # Whatever a piece of work did not expect is a bug in it; the thread goes on for the others.
            _logger.exception("background work failed")


class Background(QObject):
    """Runs functions one after another, away from the GUI thread.

    Results are sent back by signals that the functions emit.

    Args:
        name: of the thread, for debuggers.
    """

    _wanted = Signal(object)

    def __init__(self, name: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._thread = QThread()
        self._thread.setObjectName(name)
        self._hand = _Hand()
        self._hand.moveToThread(self._thread)
        # Queued also for work that submits more work: what others asked for meanwhile gets its turn first.
        self._wanted.connect(self._hand.do, Qt.ConnectionType.QueuedConnection)
        self._thread.start()

    def submit(self, work: Callable[[], None]) -> None:
        """Queue a function; returns at once."""
        self._wanted.emit(work)

    def stop(self) -> None:
        """Let the work that is queued finish, then end the thread. Waits for it."""
        self._wanted.emit(self._thread.quit)
        self._thread.wait()
