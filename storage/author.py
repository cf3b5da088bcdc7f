"""Who sits at this machine, as the ledger writes it."""

import getpass
import os
from collections.abc import Mapping

from storage.domain.decisions import DIRECTOR

SETTING = "MATCHCUT_DIRECTOR"


def this_director(environment: Mapping[str, str] = os.environ) -> str:
    """The author of what is decided here: "director:" and a name.

    Args:
        environment: `MATCHCUT_DIRECTOR` in it is the name; else the account's full name, else its login.
    """
    name = environment.get(SETTING, "").strip() or _account_name()
    return f"{DIRECTOR}:{name}" if name else DIRECTOR


def name_of(author: str) -> str:
    """An author as a reader wants it: "director:Anna" → "Anna", "policy:clean" → "policy “clean”"."""
    role, _, name = author.partition(":")
    if not name:
        return role
    return name if role == DIRECTOR else f"{role} “{name}”"


def _account_name() -> str:
    try:
        import pwd

        full = pwd.getpwuid(os.getuid()).pw_gecos.split(",")[0].strip()
    except (ImportError, KeyError):
        full = ""
    try:
        return full or getpass.getuser()
    except (OSError, KeyError):
        return ""
