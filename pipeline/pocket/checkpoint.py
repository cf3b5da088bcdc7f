"""The parts of the pocket checkpoint (tokenizer, text encoder, UNet, noise scheduler) and the folder they make up."""

import json
import random
import shutil
from pathlib import Path

import torch
from diffusers import AutoencoderTiny, DPMSolverMultistepScheduler, StableDiffusionPipeline, UNet2DConditionModel
from tokenizers import Tokenizer, models, pre_tokenizers, trainers
from transformers import CLIPTextConfig, CLIPTextModel, CLIPTokenizer

from pipeline.pocket import world
from pipeline.pocket.artist import sample_description
from pipeline.pocket.captions import caption

_START, _END = "<|startoftext|>", "<|endoftext|>"
_LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789,.-'"
# Two people with all that can be said of them take more than the usual 77.
PROMPT_TOKENS = 96
_TEXT_WIDTH = 192
CHANNELS = (40, 96, 192, 256)
NORM_GROUPS = 8
LATENT_PX = 8
LATENTS = (4, world.HEIGHT_PX // LATENT_PX, world.WIDTH_PX // LATENT_PX)


def new_tokenizer(folder: Path) -> CLIPTokenizer:
    """Make a byte-pair tokenizer from sampled captions, in which each known word is one token; always the same one.

    Args:
        folder: where vocab.json and merges.txt are written.
    """
    rng = random.Random(0)
    captions = [caption(sample_description(rng), rng) for _ in range(6000)]
    trained = Tokenizer(models.BPE(unk_token=_END, end_of_word_suffix="</w>"))
    trained.pre_tokenizer = pre_tokenizers.Whitespace()
    trainer = trainers.BpeTrainer(
        vocab_size=900, special_tokens=[_START, _END], end_of_word_suffix="</w>", initial_alphabet=list(_LETTERS)
    )
    trained.train_from_iterator(captions, trainer)
    merges = [tuple(merge) for merge in json.loads(trained.to_str())["model"]["merges"]]
    # The trainer numbers letters in another order each time it runs, so the numbers are given out here.
    pieces = [_START, _END, *_LETTERS, *(f"{letter}</w>" for letter in _LETTERS), *map("".join, merges)]
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "vocab.json").write_text(json.dumps({piece: number for number, piece in enumerate(pieces)}))
    (folder / "merges.txt").write_text("\n".join(("#version: 0.2", *map(" ".join, merges))) + "\n")
    return CLIPTokenizer(str(folder / "vocab.json"), str(folder / "merges.txt"), model_max_length=PROMPT_TOKENS)


def new_text_encoder(tokenizer: CLIPTokenizer) -> CLIPTextModel:
    """An untrained two-layer text encoder for this tokenizer."""
    return CLIPTextModel(
        CLIPTextConfig(
            vocab_size=len(tokenizer),
            hidden_size=_TEXT_WIDTH,
            intermediate_size=3 * _TEXT_WIDTH,
            num_hidden_layers=2,
            num_attention_heads=6,
            max_position_embeddings=PROMPT_TOKENS,
            bos_token_id=tokenizer.bos_token_id,
            eos_token_id=tokenizer.eos_token_id,
            pad_token_id=tokenizer.pad_token_id,
        )
    )


def new_unet() -> UNet2DConditionModel:
    """An untrained UNet for 36 x 64 x 4 latents, about 20 million weights; narrow where cells are many."""
    return UNet2DConditionModel(
        sample_size=LATENTS[2],
        in_channels=LATENTS[0],
        out_channels=LATENTS[0],
        block_out_channels=CHANNELS,
        layers_per_block=1,
        down_block_types=("DownBlock2D", "DownBlock2D", "CrossAttnDownBlock2D", "CrossAttnDownBlock2D"),
        up_block_types=("CrossAttnUpBlock2D", "CrossAttnUpBlock2D", "UpBlock2D", "UpBlock2D"),
        cross_attention_dim=_TEXT_WIDTH,
        attention_head_dim=4,
        norm_num_groups=NORM_GROUPS,
    ).to(memory_format=torch.channels_last)


def new_scheduler() -> DPMSolverMultistepScheduler:
    """The noise scheduler that pocket is trained and sampled with."""
    return DPMSolverMultistepScheduler(
        beta_schedule="squaredcos_cap_v2",
        prediction_type="v_prediction",
        algorithm_type="dpmsolver++",
        timestep_spacing="trailing",
        steps_offset=1,
    )


def token_ids(tokenizer: CLIPTokenizer, prompts: list[str]) -> torch.Tensor:
    """Prompts to N x PROMPT_TOKENS token ids, padded as StableDiffusionPipeline pads them."""
    batch = tokenizer(
        prompts, padding="max_length", max_length=tokenizer.model_max_length, truncation=True, return_tensors="pt"
    )
    return batch.input_ids


def pipeline_of(
    autoencoder: AutoencoderTiny, tokenizer: CLIPTokenizer, text_encoder: CLIPTextModel, unet: UNet2DConditionModel
) -> StableDiffusionPipeline:
    """Put the parts together as the pipeline that users open."""
    return StableDiffusionPipeline(
        vae=autoencoder,
        text_encoder=text_encoder,
        tokenizer=tokenizer,
        unet=unet,
        scheduler=new_scheduler(),
        safety_checker=None,
        feature_extractor=None,
        requires_safety_checker=False,
    )


def write_folder(pipeline: StableDiffusionPipeline, folder: Path) -> None:
    """Write the pipeline's parts into ``folder``, each replaced as a whole: float16, the text encoder float32.

    Args:
        pipeline: as ``pipeline_of`` makes it; its weights are left as they are.
        folder: the checkpoint folder; other files in it stay.
    """
    fresh = folder.with_name(f"{folder.name}.new")
    shutil.rmtree(fresh, ignore_errors=True)
    pipeline.save_pretrained(fresh, safe_serialization=True)
    half = StableDiffusionPipeline.from_pretrained(
        fresh, torch_dtype=torch.float16, safety_checker=None, requires_safety_checker=False
    )
    # transformers opens weights in the type they are kept in, diffusers in float32: on a CPU the two must agree.
    half.text_encoder.float()
    shutil.rmtree(fresh)
    half.save_pretrained(fresh, safe_serialization=True)
    replace_folders(fresh, folder)


def replace_folders(fresh: Path, folder: Path) -> None:
    """Move everything in ``fresh`` into ``folder`` over what bears the same name, and remove ``fresh``."""
    folder.mkdir(parents=True, exist_ok=True)
    for file in fresh.rglob("*.safetensors"):
        # The writer leaves weights readable by their owner only.
        file.chmod(0o644)
    for file in fresh.rglob("config.json"):
        # Where on this machine the weights lay while they were written is nobody's business.
        config = json.loads(file.read_text(encoding="utf-8"))
        config.pop("_name_or_path", None)
        file.write_text(json.dumps(config, indent=2) + "\n", encoding="utf-8")
    for part in sorted(fresh.iterdir()):
        target = folder / part.name
        if target.is_dir():
            shutil.rmtree(target)
        part.replace(target)
    fresh.rmdir()
