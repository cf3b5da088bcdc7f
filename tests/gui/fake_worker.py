"""A worker that plays a part: speaks the protocol, draws nothing. Run as a program by the tests.

Usage: fake_worker.py PART LOG, where PART is one of ready, drawing, crashing, exiting, refusing, stubborn.
Every command it gets is written to LOG.
"""

import base64
import io
import os
import signal
import sys
import time
from pathlib import Path

from PIL import Image

from pipeline.protocol import JobProgressed, JobStarted, WaitingForDirector, WorkerFailed, WorkerReady, to_line


def say(event) -> None:
    sys.stdout.write(to_line(event))
    sys.stdout.flush()


def preview() -> str:
    noise = Image.effect_noise((96, 54), 90).convert("RGB")
    buffer = io.BytesIO()
    noise.save(buffer, format="PNG")
    return base64.b64encode(buffer.getvalue()).decode()


def main() -> int:
    part, log = sys.argv[1], Path(sys.argv[2])
    with log.open("a") as lines:
        print("started", part, file=lines, flush=True)
        if part == "refusing":
            say(WorkerFailed(sentence="The film is being worked on by another Matchcut.", action="Close it first."))
            return 2
        if part == "exiting":
            print("Traceback…\nRuntimeError: the weights are on fire", file=sys.stderr)
            return 1
        if part == "stubborn":
            signal.signal(signal.SIGTERM, signal.SIG_IGN)
        print("a library that prints")
        say(WorkerReady(checkpoint="pocket", device="pocket on CPU, bfloat16"))
        if part == "crashing":
            time.sleep(0.05)
            os.kill(os.getpid(), signal.SIGKILL)
        if part == "drawing":
            say(JobStarted(job_ids=(int(sys.argv[3]),), total=16))
            say(JobProgressed(job_ids=(int(sys.argv[3]),), step=9, total=16, preview=preview()))
        if part == "ready":
            say(WaitingForDirector(count=3))
        for line in sys.stdin:
            print(line.strip(), file=lines, flush=True)
            if '"leave"' in line and part != "stubborn":
                return 0
        while part == "stubborn":
            time.sleep(0.1)
    return 0


if __name__ == "__main__":
    sys.exit(main())
