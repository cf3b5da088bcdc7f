"""A worker that plays a part: speaks the protocol, draws nothing. Run as a program by the tests.

Usage: fake_worker.py PART LOG [JOB …], where PART is one of ready, drawing, batch, short, crashing, exiting,
refusing, stubborn, slow to leave. Every command it gets is written to LOG.
"""

import base64
import io
import os
import signal
import sys
import time
from pathlib import Path

from PIL import Image

from pipeline.protocol import (
    JobProgressed,
    JobStarted,
    MemoryShort,
    WaitingForDirector,
    WorkerFailed,
    WorkerReady,
    to_line,
)


def say(event) -> None:
    sys.stdout.write(to_line(event))
    sys.stdout.flush()


def preview() -> str:
    noise = Image.effect_noise((96, 54), 90).convert("RGB")
    buffer = io.BytesIO()
    noise.save(buffer, format="PNG")
    return base64.b64encode(buffer.getvalue()).decode()


def half_drawn(share: float) -> str:
    """A picture that comes out of noise, as base64."""
    sky, sea = Image.new("RGB", (256, 96), (214, 132, 82)), Image.new("RGB", (256, 48), (52, 84, 110))
    picture = Image.new("RGB", (256, 144))
    picture.paste(sky, (0, 0))
    picture.paste(sea, (0, 96))
    picture.paste(Image.new("RGB", (44, 60), (228, 184, 40)), (106, 84))
    picture.paste(Image.new("RGB", (30, 34), (238, 198, 170)), (113, 52))
    noise = Image.merge("RGB", [Image.effect_noise((256, 144), 120) for _ in range(3)])
    buffer = io.BytesIO()
    Image.blend(noise, picture, share).save(buffer, format="JPEG", quality=80)
    return base64.b64encode(buffer.getvalue()).decode()


def draw_batch(job_ids: tuple[int, ...], *, steps: int) -> None:
    """A batch of jobs, all at the same step of 16."""
    say(JobStarted(job_ids=job_ids, total=0))
    for step in range(1, steps + 1):
        time.sleep(0.05)
        for job_id in job_ids:
            say(JobProgressed(job_ids=(job_id,), step=step, total=16, preview=half_drawn(step / 16)))


def main() -> int:
    part, log = sys.argv[1], Path(sys.argv[2])
    with log.open("a") as lines:
        print("started", part, file=lines, flush=True)
        if "--lost" in sys.argv:
            print(*sys.argv[-2:], file=lines, flush=True)
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
        if part in ("batch", "short"):
            jobs = tuple(int(job_id) for job_id in sys.argv[3:] if job_id.isdecimal())
            draw_batch(jobs, steps=9)
            if part == "short":
                say(MemoryShort(job_ids=jobs, what="384×224 in place of 512×288"))
        if part == "ready":
            say(WaitingForDirector(count=3))
        for line in sys.stdin:
            print(line.strip(), file=lines, flush=True)
            if '"leave"' in line and part != "stubborn":
                while part == "slow to leave" and not log.with_suffix(".go").exists():
                    time.sleep(0.05)
                return 0
        while part == "stubborn":
            time.sleep(0.1)
    return 0


if __name__ == "__main__":
    sys.exit(main())
