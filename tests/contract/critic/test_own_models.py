"""Tiny models of random weights, built here: every kind of folder opens, chooses and is refused where it must be."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
import torch
from tokenizers import Tokenizer, models, pre_tokenizers, processors
from transformers import (
    BertTokenizerFast,
    CLIPConfig,
    CLIPImageProcessor,
    CLIPModel,
    CLIPProcessor,
    PreTrainedTokenizerFast,
    SiglipConfig,
    SiglipImageProcessor,
    SiglipModel,
    ViltConfig,
    ViltForQuestionAnswering,
    ViltImageProcessor,
    ViltProcessor,
)

from critic.checks.own_model import OwnModel
from critic.default_panel import default_panel
from critic.own_models import open_chooser
from critic.people import JudgedPeople
from critic.phrasing import choice_of
from storage.domain.findings import Verdict
from storage.domain.vocabulary import AGES, Attribute
from storage.errors import WrongUse
from tests.unit.critic.drawn import (
    MARA,
    DrawnJudge,
    constraint,
    described,
    draw_one,
    keyframe_subject,
    looks,
    view_of,
)

WORDS = "a person who is child young adult old with brown eyes how the ? wearing hat not of".split()  # noqa: SIM905
SMALL = {"hidden_size": 16, "intermediate_size": 16, "num_hidden_layers": 1, "num_attention_heads": 2}
AGE = constraint(MARA, Attribute.AGE, "old")


def _vocabulary(*special: str) -> dict[str, int]:
    return {word: index for index, word in enumerate((*special, *WORDS))}


def _words(folder: Path) -> PreTrainedTokenizerFast:
    known = _vocabulary("<pad>", "<unk>", "<s>", "</s>")
    tokenizer = Tokenizer(models.WordLevel(known, unk_token="<unk>"))
    tokenizer.pre_tokenizer = pre_tokenizers.Whitespace()
    tokenizer.post_processor = processors.TemplateProcessing(
        single="<s> $A </s>", special_tokens=[("<s>", known["<s>"]), ("</s>", known["</s>"])]
    )
    return PreTrainedTokenizerFast(
        tokenizer_object=tokenizer, pad_token="<pad>", unk_token="<unk>", bos_token="<s>", eos_token="</s>"
    )


def build_clip(folder: Path) -> Path:
    torch.manual_seed(0)
    text = {**SMALL, "vocab_size": 40, "max_position_embeddings": 16, "eos_token_id": 3, "bos_token_id": 2}
    vision = {**SMALL, "image_size": 32, "patch_size": 16}
    CLIPModel(CLIPConfig(text_config=text, vision_config=vision, projection_dim=8)).save_pretrained(folder)
    images = CLIPImageProcessor(size={"shortest_edge": 32}, crop_size={"height": 32, "width": 32})
    CLIPProcessor(images, _words(folder)).save_pretrained(folder)
    return folder


def build_siglip(folder: Path) -> Path:
    torch.manual_seed(0)
    text = {**SMALL, "vocab_size": 40, "max_position_embeddings": 16}
    vision = {**SMALL, "image_size": 32, "patch_size": 16}
    SiglipModel(SiglipConfig(text_config=text, vision_config=vision)).save_pretrained(folder)
    SiglipImageProcessor(size={"height": 32, "width": 32}).save_pretrained(folder)
    _words(folder).save_pretrained(folder)
    return folder


def build_vilt(folder: Path) -> Path:
    torch.manual_seed(0)
    answers = dict(enumerate((*AGES, "brown", "blue", "yes", "no")))
    config = ViltConfig(
        **SMALL, vocab_size=40, max_position_embeddings=16, image_size=32, patch_size=16,
        id2label=answers, label2id={word: index for index, word in answers.items()},
    )  # fmt: skip
    ViltForQuestionAnswering(config).save_pretrained(folder)
    known = folder / "vocab.txt"
    known.write_text("\n".join(_vocabulary("[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]")))
    images = ViltImageProcessor(size={"shortest_edge": 32}, size_divisor=16)
    ViltProcessor(images, BertTokenizerFast(vocab_file=str(known), model_max_length=16)).save_pretrained(folder)
    return folder


@pytest.mark.parametrize("build", [build_clip, build_siglip, build_vilt])
def test_a_folder_judges_what_the_panel_cannot(build: Callable[[Path], Path], tmp_path: Path) -> None:
    chooser = open_chooser(build(tmp_path / "own"))
    drawing = draw_one(described(looks()))
    view = view_of(AGE, constraint(MARA, Attribute.EYES, "brown"))
    subject = keyframe_subject(view, drawing)
    choice = choice_of(AGE, "old", view)
    assert choice is not None
    chances = chooser.choose(drawing.pixels, choice)
    assert len(chances) == len(AGES)
    assert abs(sum(chances) - 1) < 1e-4
    judge = DrawnJudge(drawing)
    panel = default_panel(judge, costly=[OwnModel(chooser, JudgedPeople(judge), sure_at=0.0)])
    spent: dict[str, float] = {}
    found = {finding.key: finding for finding in panel.review(subject, spent)}
    age = found[AGE.key]
    assert age.check == "own"
    # Random weights are sure of nothing: what they hold likeliest is said, and its probability decides.
    assert age.verdict in (Verdict.OK, Verdict.DRIFT)
    assert age.observed in AGES
    assert "own" in spent
    assert found[f"{MARA}/eyes/"].check == "judge"


def test_pickled_weights_code_and_other_models_are_refused(tmp_path: Path) -> None:
    folder = build_clip(tmp_path / "clip")
    weights = folder / "model.safetensors"
    config = json.loads((folder / "config.json").read_text())
    (folder / "config.json").write_text(json.dumps({**config, "auto_map": {"AutoModel": "evil.Model"}}))
    with pytest.raises(WrongUse, match="code of its own"):
        open_chooser(folder)
    (folder / "config.json").write_text(json.dumps({**config, "model_type": "bert"}))
    with pytest.raises(WrongUse, match="“bert”"):
        open_chooser(folder)
    (folder / "config.json").write_text(json.dumps(config))
    weights.rename(folder / "pytorch_model.bin")
    with pytest.raises(WrongUse, match="no weights as safetensors"):
        open_chooser(folder)
    with pytest.raises(WrongUse, match="holds no model"):
        open_chooser(tmp_path)
