"""Times how long raven, the OpenTimelineIO project's own viewer, takes to open a timeline of so many clips."""

import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

_PATIENCE_S = 300.0
_LOADED = re.compile(r'Loaded ".*" in ([0-9.]+) seconds')
_PACKAGE = "opentimelineio-raven"


@dataclass(frozen=True, slots=True, kw_only=True)
class RavenOpened:
    """Attributes: loaded_s: as raven says itself; None where it could not be timed, and why in `words`."""

    loaded_s: float | None
    words: str


def time_raven(num_clips: int) -> RavenOpened:
    """Open a timeline of so many clips in raven under Xvfb."""
    program = _raven()
    if program is None:
        return RavenOpened(loaded_s=None, words=f"raven is not installed: pip install {_PACKAGE}.")
    if shutil.which("Xvfb") is None:
        return RavenOpened(loaded_s=None, words="Xvfb is not installed, so raven has no display.")
    with tempfile.TemporaryDirectory() as folder:
        timeline = Path(folder) / "clips.otio"
        _write_timeline(timeline, num_clips)
        with _display() as display:
            if not display:
                return RavenOpened(loaded_s=None, words="Xvfb did not start, so raven has no display.")
            seconds = _open(program, timeline, Path(folder) / "raven.log", display)
    if seconds is None:
        return RavenOpened(loaded_s=None, words="raven did not say that it had loaded the timeline.")
    return RavenOpened(loaded_s=seconds, words=f"raven opened {num_clips} clips in {seconds:.2f} s.")


def _raven() -> str | None:
    beside = Path(sys.executable).with_name("raven")
    return str(beside) if beside.is_file() else shutil.which("raven")


def _write_timeline(path: Path, num_clips: int) -> None:
    import opentimelineio as otio

    timeline = otio.schema.Timeline(name="clips")
    track = otio.schema.Track(name="V1", kind=otio.schema.TrackKind.Video)
    timeline.tracks.append(track)
    for index in range(num_clips):
        length = otio.opentime.RationalTime(30 + index * 37 % 110, 24)
        whole = otio.opentime.TimeRange(otio.opentime.RationalTime(0, 24), length)
        media = otio.schema.ExternalReference(target_url=f"media/{index:05}.mkv", available_range=whole)
        track.append(
            otio.schema.Clip(name=f"{index // 20 + 1}{chr(65 + index % 20)}", media_reference=media, source_range=whole)
        )
    otio.adapters.write_to_file(timeline, str(path))


@contextmanager
def _display() -> Generator[str]:
    reading, writing = os.pipe()
    command = ("Xvfb", "-displayfd", str(writing), "-screen", "0", "1480x900x24", "-nolisten", "tcp")
    server = subprocess.Popen(command, pass_fds=(writing,), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    os.close(writing)
    try:
        with os.fdopen(reading) as answer:
            number = answer.readline().strip()
        yield f":{number}" if number else ""
    finally:
        server.terminate()
        server.wait()


def _open(program: str, timeline: Path, log: Path, display: str) -> float | None:
    environment = {**os.environ, "DISPLAY": display, "LIBGL_ALWAYS_SOFTWARE": "1"}
    environment.pop("WAYLAND_DISPLAY", None)
    with log.open("wb") as output:
        # Its own session: the program is a wrapper, and what it started must end with it.
        viewer = subprocess.Popen(
            (program, str(timeline)), stdout=output, stderr=output, env=environment, cwd=log.parent,
            start_new_session=True,
        )  # fmt: skip
        try:
            until = time.monotonic() + _PATIENCE_S
            while time.monotonic() < until:
                said = _LOADED.search(log.read_text(errors="replace"))
                if said:
                    return float(said[1])
                if viewer.poll() is not None:
                    return None
                time.sleep(0.1)
            return None
        finally:
            _end(viewer)


def _end(viewer: subprocess.Popen[bytes]) -> None:
    import signal

    try:
        os.killpg(viewer.pid, signal.SIGTERM)
        viewer.wait(timeout=5)
    except subprocess.TimeoutExpired:
        os.killpg(viewer.pid, signal.SIGKILL)
        viewer.wait()
    except ProcessLookupError:
        viewer.wait()
