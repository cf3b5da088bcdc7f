"""`python -m desktop [FILM.matchcut]` opens the desk."""

import sys

from desktop import heap


def start() -> int:
    """Run the desk; returns its exit status."""
    # A third of the time that its modules take to load goes otherwise to looking for cycles in them.
    heap.begin_loading()
    from desktop.app import main

    return main(sys.argv)


if __name__ == "__main__":
    sys.exit(start())
