"""`matchcut bench critic`: what the critic says of pictures whose truth is known, and what the nearest peer says."""

import platform
import random
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from statistics import mean, quantiles
from typing import Any

from critic.benchmark.cases import Case, Picture, asked_of, case_of
from critic.benchmark.fitting import fit
from critic.benchmark.labels import labelled_pictures
from critic.benchmark.run import Measured, measure
from critic.benchmark.scores import Outcome, Score, reliability, score
from critic.calibration import Calibration
from critic.default_panel import default_panel
from critic.judge import Judge
from critic.panel import Panel
from pipeline.cli import continuityguard
from pipeline.cli.critic_pictures import BENCHMARK_SEED, CALIBRATION_SEED, drawn_clips, drawn_keyframes, drawn_lights
from pipeline.media import decode_picture
from pipeline.resources import resources
from storage.domain.findings import Verdict
from storage.domain.takes import Seam
from storage.errors import WrongUse

_SHARE = 0.25
_FEWEST_PAIRS = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Effort:
    """Attributes: keyframes, clips: how many are drawn; lights: and of keyframes whose light is another."""

    keyframes: int
    lights: int
    clips: int


THOROUGH = Effort(keyframes=600, lights=120, clips=80)
QUICK = Effort(keyframes=60, lights=12, clips=8)


def bench_critic(effort: Effort, *, labels: Path | None, folder: Path | None, with_peer: bool) -> dict[str, Any]:
    """Measure the panel that ships.

    Args:
        labels: a folder of generated frames with hand labels; None for none.
        folder: where the peer is installed, and looked for; None for the path only.
        with_peer: install the peer where it is missing.

    Raises:
        KnownError: labels or peer cannot be read.
    """
    judge = _judge()
    calibration = Calibration.load(resources() / "judge", judge.digest)
    panel = default_panel(judge, calibration=calibration)
    pictures = list(drawn_keyframes(BENCHMARK_SEED, effort.keyframes))
    cases = [_drawn(picture, judge) for picture in pictures]
    others = (*drawn_lights(BENCHMARK_SEED, effort.lights), *drawn_clips(BENCHMARK_SEED, effort.clips))
    measured = measure(panel, [*cases, *(_drawn(picture, judge) for picture in others)])
    found: dict[str, Any] = {
        "machine": f"{platform.processor() or platform.machine()}, {platform.platform()}",
        "judge": judge.digest,
        "calibrated": bool(calibration.scales),
        "keyframes": effort.keyframes,
        "lights": effort.lights,
        "clips": effort.clips,
        "drawn": _figures(measured),
        "milliseconds": _times(measured),
        "peer": _peer(panel, pictures, folder, with_peer),
    }
    if labels is not None:
        labelled = [
            case_of(picture, picture.asked or picture.seen) for picture in labelled_pictures(labels, decode_picture)
        ]
        found["labelled"] = _figures(measure(panel, labelled)) | {"frames": len(labelled)}
    return found


def calibrate(effort: Effort) -> Path:
    """Fit the panel's probabilities on drawings that the benchmark does not use, and keep them with the judge."""
    judge = _judge()
    pictures = [
        *drawn_keyframes(CALIBRATION_SEED, effort.keyframes),
        *drawn_lights(CALIBRATION_SEED, effort.lights),
        *drawn_clips(CALIBRATION_SEED, effort.clips),
    ]
    fitted = fit(default_panel(judge), (_drawn(picture, judge) for picture in pictures), judge.digest)
    words = (
        f"{effort.keyframes + effort.lights} drawn keyframes and {effort.clips} drawn clips "
        f"from seed {CALIBRATION_SEED} on"
    )
    return fitted.save(resources() / "judge", words)


def tell_critic(found: Mapping[str, Any]) -> None:
    """Print the figures as tables."""
    from rich.console import Console
    from rich.table import Table

    console = Console()
    for source in ("drawn", "labelled"):
        if source not in found:
            continue
        table = Table(title=f"The critic on {source} pictures")
        for name in ("what", "counted", "drifts", "precision", "recall", "F1", "unseen", "calibration error"):
            table.add_column(name, justify="left" if name == "what" else "right")
        for group in ("all", "kinds", "checks"):
            figures = found[source][group]
            rows = {"everything": figures} if group == "all" else figures
            for name, row in rows.items():
                table.add_row(f"check {name}" if group == "checks" else name, *_cells(row))
            table.add_section()
        console.print(table)
        curve = ", ".join(f"{mean:.2f} → {share:.2f} ({count})" for mean, share, count in found[source]["all"]["curve"])
        console.print(f"probability of drift → share that was drift (count): {curve}")
    times = Table(title="Milliseconds of the processor a picture: mean · 95 % below")
    times.add_column("check")
    for seam in found["milliseconds"]:
        times.add_column(seam, justify="right")
    names = list(dict.fromkeys(name for rows in found["milliseconds"].values() for name in rows))
    for name in names:
        cells = [found["milliseconds"][seam].get(name) for seam in found["milliseconds"]]
        times.add_row(name, *(f"{cell['mean']:.0f} · {cell['p95']:.0f}" if cell else "" for cell in cells))
    console.print(times)
    console.print(found["peer"]["words"])
    console.print(found["machine"])


def _judge() -> Judge:
    try:
        return Judge.load(resources() / "judge")
    except FileNotFoundError as error:
        raise WrongUse("The critic's judge is missing.", "Install Matchcut again.") from error


def _drawn(picture: Picture, judge: Judge) -> Case:
    # A seed of its own, so that what is asked does not depend on how many pictures came before. A clip is asked
    # for as it begins: what is tried on it is what happens along it.
    share = 0.0 if picture.frame_rate else _SHARE
    asked = picture.asked or asked_of(picture.seen, judge.knows, random.Random(picture.name), share)
    return case_of(picture, asked)


def _figures(measured: Measured) -> dict[str, Any]:
    return {
        "all": _row(measured.outcomes),
        "kinds": {kind: _row(rows) for kind, rows in sorted(_by_kind(measured.outcomes).items())},
        "checks": {check: _row(rows) for check, rows in sorted(measured.by_check.items())},
    }


def _by_kind(outcomes: Iterable[Outcome]) -> dict[str, list[Outcome]]:
    kinds: dict[str, list[Outcome]] = {}
    for outcome in outcomes:
        kinds.setdefault(outcome.kind, []).append(outcome)
    return kinds


def _row(outcomes: list[Outcome]) -> dict[str, Any]:
    counted, told = score(outcomes), reliability(outcomes)
    return {
        **asdict(counted),
        **{name: _rounded(getattr(counted, name)) for name in ("precision", "recall", "f1")},
        "curve": [(round(p, 3), round(share, 3), count) for p, share, count in told.bins],
        "calibration_error": _rounded(told.error),
    }


def _times(measured: Measured) -> dict[str, Any]:
    times: dict[str, Any] = {}
    for seam in (Seam.KEYFRAME, Seam.CLIP):
        rows = {name: spent for (at, name), spent in measured.spent_ms.items() if at is seam}
        rows["the whole panel"] = measured.whole_ms.get(seam, [])
        times[str(seam)] = {
            name: {"mean": round(mean(spent), 1), "p95": round(quantiles(spent, n=20)[-1], 1)}
            for name, spent in rows.items()
            if len(spent) > 1
        }
    return times


def _peer(panel: Panel, pictures: list[Picture], folder: Path | None, install: bool) -> dict[str, Any]:
    """Drift or none, a whole frame at a time, which is all that the peer says."""
    python = continuityguard.find_python(folder or Path(), install=install and folder is not None)
    if python is None:
        words = f"continuityguard is not installed: pip install {continuityguard.PACKAGE}, or --peer with --folder."
        return {"words": words}
    # With people in them: it follows characters. Whether the two pictures are of one place is not its business.
    chosen = [picture for picture in pictures if picture.reference is not None and picture.seen.people]
    if len(chosen) < _FEWEST_PAIRS:
        return {"words": "Too few pictures to compare with continuityguard."}
    pairs, truth, ours = [], [], []
    for index, picture in enumerate(chosen):
        # A right picture beside another picture of the same people, or of other people.
        drifts = index % 2 == 1
        other = chosen[(index + 1) % len(chosen)]
        assert picture.reference is not None
        shown = other.frames[0] if drifts else picture.frames[0]
        pairs.append((picture.reference, shown))
        truth.append(Verdict.DRIFT if drifts else Verdict.OK)
        case = case_of(picture, picture.seen)
        subject = replace(case.subject, frames=shown[None], neighbours=())
        said = [finding for finding in panel.review(subject) if finding.key.startswith("character:")]
        ours.append(any(finding.is_open_drift for finding in said))
    said = continuityguard.ask(python, pairs)
    theirs = _flag_score(truth, [similar < said.bar for similar in said.similar])
    best = max(
        (_flag_score(truth, [similar < bar for similar in said.similar]) for bar in sorted({*said.similar, 1.01})),
        key=lambda counted: counted.f1 or 0.0,
    )
    mine = _flag_score(truth, ours)
    words = (
        f"Is this the character? {len(pairs)} frames, half of them of somebody else: Matchcut F1 {mine.f1:.2f}; "
        f"continuityguard {theirs.f1 or 0:.2f} at its own bar of {said.bar}, {best.f1:.2f} at the best bar for these "
        f"frames, {said.milliseconds:.0f} ms a pair. It names no attribute."
    )
    return {
        "words": words,
        "frames": len(pairs),
        "matchcut": _score_row(mine),
        "continuityguard": _score_row(theirs),
        "continuityguard_at_its_best": _score_row(best),
        "milliseconds": said.milliseconds,
    }


def _flag_score(truth: list[Verdict], flagged: list[bool]) -> Score:
    return score(
        Outcome(kind="frame", check="", truth=right, verdict=Verdict.DRIFT if flag else Verdict.OK, drift=None)
        for right, flag in zip(truth, flagged, strict=True)
    )


def _score_row(counted: Score) -> dict[str, Any]:
    return asdict(counted) | {name: _rounded(getattr(counted, name)) for name in ("precision", "recall", "f1")}


def _cells(row: Mapping[str, Any]) -> list[str]:
    shares = [row["precision"], row["recall"], row["f1"]]
    error = row["calibration_error"]
    return [
        str(row["counted"]),
        str(row["drifts"]),
        *("" if share is None else f"{share:.3f}" for share in shares),
        str(row["unseen"]),
        "" if error is None else f"{error:.3f}",
    ]


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 4)
