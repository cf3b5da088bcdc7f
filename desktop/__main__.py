"""`python -m desktop [FILM.matchcut]` opens the desk."""

import sys

from desktop.app import main

sys.exit(main(sys.argv))
