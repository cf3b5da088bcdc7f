"""Keeps Python's collector of cycles from walking through a whole film while a director works."""

import gc


def begin_loading() -> None:
    """Collect nothing for now: what is being loaded is there to stay, and is walked through again and again else."""
    gc.disable()


def keep_loaded() -> None:
    """What has been loaded is not looked at from now on; what is made later is collected as ever."""
    gc.freeze()
    gc.enable()


def let_go() -> None:
    """A film is closed: what was kept out of the collector's sight may be collected with the rest."""
    gc.unfreeze()
    gc.enable()
