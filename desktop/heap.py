"""Keeps Python's collector of cycles from walking through a whole film while a director works, and while it loads."""

import gc

# As set before a film is opened; Python's own are 700, 10 and 10.
_THRESHOLDS = (5_000, 10, 10)


def collect_seldom() -> None:
    """Look for cycles less often than Python does by itself.

    Each reading of a film is a few containers as long as the film; to walk through them takes milliseconds, and at
    Python's own pace that would be at every decision.
    """
    gc.set_threshold(*_THRESHOLDS)


def begin_loading() -> None:
    """Collect nothing for now: what is being loaded is there to stay, and is walked through again and again else."""
    gc.disable()


def keep_loaded() -> None:
    """What has been loaded is not looked at from now on; what is made later is collected as ever."""
    gc.freeze()
    gc.enable()


def let_go() -> None:
    """A film is closed, or could not be read: what was out of the collector's sight may be collected with the rest."""
    gc.unfreeze()
    gc.enable()
