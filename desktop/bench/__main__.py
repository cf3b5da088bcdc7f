"""`python -m desktop.bench`: makes a film to measure on, measures the desk on it, or the machine without the desk."""

import argparse
import json
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from desktop import heap

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")


def main(argv: Sequence[str]) -> int:
    """Answer in JSON on standard output."""
    parser = argparse.ArgumentParser(prog="python -m desktop.bench", description=__doc__)
    parser.add_argument("what", choices=("film", "desk", "worker", "bare"))
    parser.add_argument("folder", type=Path, help="the film; for bare, a folder on the same disk")
    parser.add_argument("--shots", type=int, default=100)
    parser.add_argument("--checkpoint", default="", help="of a film that is made")
    parser.add_argument("--digest", default="", help="of that checkpoint's weights")
    parser.add_argument("--tries", type=int, default=200)
    parser.add_argument("--seconds", type=float, default=20.0)
    wanted = parser.parse_args(argv[1:])
    if wanted.what == "film":
        from desktop.bench.big_film import make_big_film

        make_big_film(wanted.folder, wanted.shots, checkpoint=wanted.checkpoint, checkpoint_digest=wanted.digest)
        found = {}
    elif wanted.what == "bare":
        from desktop.bench.bare import measure_bare

        found = measure_bare(wanted.seconds, wanted.tries, wanted.folder)
    else:
        # As the desk itself does: see `desktop.__main__`.
        heap.begin_loading()
        from desktop.app import prepare_interpreter
        from desktop.bench.session import measure

        prepare_interpreter()
        with_worker = wanted.what == "worker"
        found = measure(wanted.folder, tries=wanted.tries, seconds=wanted.seconds, with_worker=with_worker)
    sys.stdout.write(json.dumps(found) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv))
