"""The cards say what the code knows and what was measured, after the figures have been kept as JSON."""

import json
from pathlib import Path

import pytest
from PIL import Image

from pipeline.pocket import world
from pipeline.pocket.card import RUNS, write_cards
from pipeline.pocket.evaluate import Figures
from pipeline.pocket.judging import ATTRIBUTES
from pipeline.pocket.lexicon import LEXICON
from pipeline.pocket.manifest import Settings

FIGURES: Figures = {
    "autoencoder PSNR, dB, mean of 400": 25.04,
    "judge on drawn frames, eyes": (9, 10),
    "auditor on drawn frames, eyes": (8, 10),
    "stills, one person, held": (3, 12),
    "stills, worst attribute of one person (held)": (3, 12),
    "seconds a clip, mean of 12": 20.0,
}


@pytest.fixture
def cards(tmp_path: Path) -> tuple[str, str, str]:
    for name in ("pocket", "judge", "auditor"):
        (tmp_path / name).mkdir()
    Image.new("RGB", (8, 8)).save(tmp_path / "made.jpg")
    write_cards(tmp_path, json.loads(json.dumps(FIGURES)), Settings(), tmp_path / "made.jpg")
    assert (tmp_path / "pocket" / "sheet.jpg").read_bytes() == (tmp_path / "made.jpg").read_bytes()
    pocket, judge, auditor = (tmp_path / name / "README.md" for name in ("pocket", "judge", "auditor"))
    return pocket.read_text(encoding="utf-8"), judge.read_text(encoding="utf-8"), auditor.read_text(encoding="utf-8")


def test_the_card_of_pocket_says_its_words_runs_and_figures(cards: tuple[str, str, str]):
    pocket, _, _ = cards
    assert "# Pocket, version 2" in pocket
    assert f"clips of {world.CLIP_FRAMES} frames at {world.CLIP_RATE} a second" in pocket
    assert all(f"- {name}: {', '.join(words)}\n" in pocket for name, words in LEXICON.items())
    assert all(run.words in pocket for run in RUNS if run.stage not in ("judge", "auditor"))
    minutes = sum(run.minutes for run in RUNS if run.stage == "autoencoder" and run.kept)
    assert f"python -m pipeline.pocket train autoencoder --minutes {minutes}\n" in pocket
    assert "| autoencoder PSNR, dB, mean of 400 | 25.0 |" in pocket
    assert "most often: held, 0.25 (0.09 to 0.53; 3 of 12)." in pocket
    assert "judge on drawn" not in pocket


def test_the_card_of_the_judge_says_what_it_reads_and_how_well(cards: tuple[str, str, str]):
    _, judge, _ = cards
    assert all(name.removeprefix("accessory:") in judge for part in ATTRIBUTES.values() for name in part)
    assert "| judge on drawn frames, eyes | 0.90 (0.60 to 0.98; 9 of 10) |" in judge
    assert "autoencoder PSNR" not in judge


def test_the_auditor_has_a_card_of_its_own(cards: tuple[str, str, str]):
    pocket, judge, auditor = cards
    assert "| auditor on drawn frames, eyes | 0.80 (0.49 to 0.94; 8 of 10) |" in auditor
    assert "auditor on drawn" not in pocket + judge
