"""What this user prefers in every film: look, scale, name, how playing begins."""

import os
from collections.abc import Mapping

from PySide6.QtCore import QSettings

from desktop.kept import Kept
from desktop.looks import Look
from storage.author import SETTING, this_director

SCALES = (100, 125, 150, 175, 200)
SCALE_VARIABLE = "QT_SCALE_FACTOR"


class Preferences:
    """One value for each preference, each with a sane default.

    Args:
        settings: of this user; None keeps them while the window is open.
    """

    def __init__(self, settings: QSettings | None = None) -> None:
        self.look = Kept(settings, "desk/look", Look, Look.DARK)
        self.scale = Kept(settings, "desk/scale", int, 100)
        self.director = Kept(settings, "desk/director", str, "")
        self.opens_last = Kept(settings, "desk/opens_last", bool, False)
        self.speed = Kept(settings, "playback/speed", float, 1.0)
        self.loops = Kept(settings, "playback/loops", bool, False)
        self.safe_areas = Kept(settings, "playback/safe_areas", bool, False)

    def author(self, environment: Mapping[str, str] = os.environ) -> str:
        """Who decides here, as the ledger writes it. A name in the environment goes before the one that was set."""
        name = environment.get(SETTING, "").strip() or self.director.read()
        return this_director({SETTING: name})

    def scale_factor(self, environment: Mapping[str, str] = os.environ) -> str:
        """What Qt is to be told of the scale before it starts; empty where it has been told, or need not be."""
        percent = self.scale.read()
        if SCALE_VARIABLE in environment or percent not in SCALES or percent == 100:
            return ""
        return f"{percent / 100:g}"
