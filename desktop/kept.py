"""One value among this user's settings, checked when it is read."""

import logging
from typing import Any, Generic, TypeVar

from pydantic import TypeAdapter, ValidationError
from PySide6.QtCore import QSettings

_logger = logging.getLogger(__name__)
Value = TypeVar("Value")


class Kept(Generic[Value]):
    """Reads and writes one value as JSON.

    Args:
        settings: the user's, in an ini file whose place the app gives; None keeps the value while this object lives.
        key: of the value there ("palette/recent").
        kind: its type, as pydantic reads it.
        default: what it is before it was ever written, and where the file was damaged.
    """

    def __init__(self, settings: QSettings | None, key: str, kind: Any, default: Value) -> None:
        self._settings = settings
        self._key = key
        self._adapter: TypeAdapter[Value] = TypeAdapter(kind)
        self._default = default
        self._value = default

    def read(self) -> Value:
        """The value; what cannot be read is lost, and the log says so."""
        if self._settings is None:
            return self._value
        text = self._settings.value(self._key)
        if text is None:
            return self._default
        try:
            return self._adapter.validate_json(str(text))
        except ValidationError as error:
            _logger.warning("the setting %s cannot be read: %s", self._key, error)
            return self._default

    def write(self, value: Value) -> None:
        """Keep a value, at once."""
        self._value = value
        if self._settings is not None:
            self._settings.setValue(self._key, self._adapter.dump_json(value).decode())
            self._settings.sync()

    def forget(self) -> None:
        """Go back to the default."""
        self._value = self._default
        if self._settings is not None:
            self._settings.remove(self._key)
            self._settings.sync()
