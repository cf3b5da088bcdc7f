"""`python -m pipeline.cli` is `matchcut`."""

from pipeline.cli import main

main()
