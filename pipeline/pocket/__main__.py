"""The command line of pocket's training: ``python -m pipeline.pocket train|evaluate|card``."""

import argparse
import json
import logging
import sys
from pathlib import Path

import torch

from pipeline.pocket.auditing import train_auditor
from pipeline.pocket.autoencoder import train_autoencoder
from pipeline.pocket.card import STAGES, write_cards
from pipeline.pocket.denoiser import train_denoiser
from pipeline.pocket.evaluate import evaluate
from pipeline.pocket.judging import train_judge
from pipeline.pocket.manifest import Settings, write_manifest
from pipeline.pocket.motion import cache_clips, train_motion
from pipeline.pocket.text_encoder import train_text_encoder


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m pipeline.pocket", description=__doc__)
    parser.add_argument("--run-folder", type=Path, default=Path("build/pocket"), help="training state and samples")
    parser.add_argument("--resources", type=Path, default=Path("resources"), help="where pocket/ and judge/ are")
    parser.add_argument("--threads", type=int, default=2)
    verbs = parser.add_subparsers(dest="verb", required=True)
    train = verbs.add_parser("train", help="train one stage, or finish an interrupted one")
    train.add_argument("stage", choices=STAGES)
    train.add_argument("--minutes", type=float, required=True, help="of training, over all runs together")
    train.add_argument(
        "--from",
        dest="start",
        type=Path,
        help="a checkpoint folder (for the judge: its folder) whose weights a new run begins with",
    )
    train.add_argument("--compile", action="store_true", help="compile the denoiser first; needs a C++ compiler")
    measure = verbs.add_parser("evaluate", help="measure the checkpoint and the judge, print and keep the figures")
    measure.add_argument("--stills", type=int, default=240)
    measure.add_argument("--clips", type=int, default=12)
    measure.add_argument("--drawn", type=int, default=400, help="frames for the autoencoder and the judge")
    verbs.add_parser("card", help="write matchcut.json and the cards from the kept figures")
    return parser.parse_args()


def _train(
    stage: str, minutes: float, run_folder: Path, resources: Path, start: Path | None, *, compiled: bool
) -> None:
    match stage:
        case "autoencoder":
            train_autoencoder(run_folder, minutes, start)
        case "judge":
            train_judge(run_folder, minutes, resources / "judge", start)
        case "auditor":
            train_auditor(run_folder, minutes, resources / "auditor")
        case "text-encoder":
            train_text_encoder(run_folder, minutes, start)
        case "denoiser":
            train_denoiser(run_folder, minutes, resources / "pocket", start, compiled=compiled)
        case "clips":
            cache_clips(run_folder, minutes)
        case _:
            train_motion(run_folder, minutes, resources / "pocket", start)


def main() -> None:
    """Run one verb."""
    arguments = _arguments()
    logging.basicConfig(level=logging.WARNING, format="%(message)s", stream=sys.stdout)
    logging.getLogger("pipeline.pocket").setLevel(logging.INFO)
    torch.set_num_threads(arguments.threads)
    run_folder, resources, settings = arguments.run_folder, arguments.resources, Settings()
    kept = run_folder / "figures.json"
    if arguments.verb == "train":
        _train(arguments.stage, arguments.minutes, run_folder, resources, arguments.start, compiled=arguments.compile)
    elif arguments.verb == "evaluate":
        samples = run_folder / "samples"
        figures = evaluate(resources, settings, samples, arguments.stills, arguments.clips, arguments.drawn)
        kept.write_text(json.dumps(figures, indent=2) + "\n", encoding="utf-8")
    else:
        write_manifest(resources / "pocket", settings)
        write_cards(
            resources, json.loads(kept.read_text(encoding="utf-8")), settings, run_folder / "samples" / "sheet.jpg"
        )


if __name__ == "__main__":
    main()
