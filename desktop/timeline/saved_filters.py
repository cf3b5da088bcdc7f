"""Filters that a director keeps by name, in the settings of this user."""

import logging

from pydantic import TypeAdapter, ValidationError
from PySide6.QtCore import QSettings

from desktop.timeline.shot_filter import ShotFilter

_logger = logging.getLogger(__name__)
_KEY = "timeline/filters"
_filters = TypeAdapter(dict[str, ShotFilter])


class SavedFilters:
    """Reads and writes the named filters.

    Args:
        settings: the user's, in an ini file whose place the app gives; None keeps filters until the film is closed.
    """

    def __init__(self, settings: QSettings | None) -> None:
        self._settings = settings
        self._kept = "{}"

    def everything(self) -> dict[str, ShotFilter]:
        """All of them, by name; those of a damaged file are lost, and the log says so."""
        text = str(self._settings.value(_KEY, "{}")) if self._settings is not None else self._kept
        try:
            return dict(sorted(_filters.validate_json(text).items()))
        except ValidationError as error:
            _logger.warning("the saved filters cannot be read: %s", error)
            return {}

    def save(self, name: str, shot_filter: ShotFilter) -> None:
        """Keep a filter under a name; another of that name is replaced."""
        self._write({**self.everything(), name.strip(): shot_filter})

    def forget(self, name: str) -> None:
        """Let a filter go."""
        self._write({key: item for key, item in self.everything().items() if key != name})

    def _write(self, filters: dict[str, ShotFilter]) -> None:
        self._kept = _filters.dump_json(filters).decode()
        if self._settings is not None:
            self._settings.setValue(_KEY, self._kept)
            self._settings.sync()
