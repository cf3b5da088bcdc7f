"""Builds tiny diffusers folders with random weights, as a user would have large ones on disk."""

import json
import shutil
from pathlib import Path

import torch
from diffusers import (
    AnimateDiffPipeline,
    AnimateDiffSparseControlNetPipeline,
    AutoencoderKL,
    AutoencoderKLTemporalDecoder,
    AutoencoderTiny,
    DDIMScheduler,
    DPMSolverMultistepScheduler,
    EulerDiscreteScheduler,
    MotionAdapter,
    SparseControlNetModel,
    StableDiffusionPipeline,
    StableDiffusionXLPipeline,
    StableVideoDiffusionPipeline,
    UNet2DConditionModel,
    UNetSpatioTemporalConditionModel,
)
from safetensors.torch import save_file
from tokenizers import Tokenizer, models, pre_tokenizers, trainers
from transformers import (
    CLIPImageProcessor,
    CLIPTextConfig,
    CLIPTextModel,
    CLIPTextModelWithProjection,
    CLIPTokenizer,
    CLIPVisionConfig,
    CLIPVisionModelWithProjection,
)

SIZE = {"width": 32, "height": 16}
_BLOCKS = (16, 32)
# Its normalisation has groups of 32, whatever one asks for.
_STABLE_VIDEO_BLOCKS = (32, 64)


def write_settings(folder: Path, **settings: object) -> Path:
    (folder / "matchcut.json").write_text(json.dumps({**SIZE, "num_inference_steps": 3, **settings}))
    return folder


def _tokenizer(folder: Path) -> CLIPTokenizer:
    letters = list("abcdefghijklmnopqrstuvwxyz0123456789,.-'")
    trained = Tokenizer(models.BPE(unk_token="<|endoftext|>", end_of_word_suffix="</w>"))
    trained.pre_tokenizer = pre_tokenizers.Whitespace()
    special = ["<|startoftext|>", "<|endoftext|>"]
    trainer = trainers.BpeTrainer(
        vocab_size=200, special_tokens=special, end_of_word_suffix="</w>", initial_alphabet=letters
    )
    words = "close-up, medium shot, kitchen, night, one person, brown eyes, blue eyes, red coat, long black hair"
    trained.train_from_iterator([words] * 20, trainer)
    model = json.loads(trained.to_str())["model"]
    folder.mkdir(parents=True)
    (folder / "vocab.json").write_text(json.dumps(model["vocab"]))
    merges = [" ".join(merge) if isinstance(merge, list) else merge for merge in model["merges"]]
    (folder / "merges.txt").write_text("\n".join(["#version: 0.2", *merges]))
    return CLIPTokenizer(str(folder / "vocab.json"), str(folder / "merges.txt"), model_max_length=77)


def _text_config(tokenizer: CLIPTokenizer, **more: object) -> CLIPTextConfig:
    return CLIPTextConfig(
        vocab_size=len(tokenizer),
        hidden_size=32,
        intermediate_size=37,
        num_hidden_layers=2,
        num_attention_heads=4,
        max_position_embeddings=77,
        bos_token_id=tokenizer.bos_token_id,
        eos_token_id=tokenizer.eos_token_id,
        pad_token_id=tokenizer.pad_token_id,
        **more,
    )


def _unet(**more: object) -> UNet2DConditionModel:
    settings: dict[str, object] = {
        "sample_size": 32,
        "in_channels": 4,
        "out_channels": 4,
        "block_out_channels": _BLOCKS,
        "layers_per_block": 1,
        "norm_num_groups": 2,
        "cross_attention_dim": 32,
        "attention_head_dim": 4,
        "down_block_types": ("CrossAttnDownBlock2D", "DownBlock2D"),
        "up_block_types": ("UpBlock2D", "CrossAttnUpBlock2D"),
    }
    return UNet2DConditionModel(**{**settings, **more})


def _autoencoder() -> AutoencoderKL:
    return AutoencoderKL(
        block_out_channels=_BLOCKS,
        in_channels=3,
        out_channels=3,
        down_block_types=("DownEncoderBlock2D",) * 2,
        up_block_types=("UpDecoderBlock2D",) * 2,
        latent_channels=4,
        norm_num_groups=2,
    )


def _stable_diffusion(folder: Path, *, tiny_autoencoder: bool = False) -> StableDiffusionPipeline:
    torch.manual_seed(0)
    tokenizer = _tokenizer(folder.parent / f"{folder.name}-words")
    if tiny_autoencoder:
        vae = AutoencoderTiny(
            encoder_block_out_channels=(16, 16),
            decoder_block_out_channels=(16, 16),
            num_encoder_blocks=(1, 1),
            num_decoder_blocks=(1, 1),
            latent_channels=4,
        )
        scheduler = DPMSolverMultistepScheduler(prediction_type="v_prediction", steps_offset=1)
    else:
        vae, scheduler = _autoencoder(), DDIMScheduler(steps_offset=1, clip_sample=False)
    return StableDiffusionPipeline(
        vae=vae,
        text_encoder=CLIPTextModel(_text_config(tokenizer)).eval(),
        tokenizer=tokenizer,
        unet=_unet(),
        scheduler=scheduler,
        safety_checker=None,
        feature_extractor=None,
        requires_safety_checker=False,
    )


def build_stable_diffusion(folder: Path, **settings: object) -> Path:
    _stable_diffusion(folder).save_pretrained(folder, safe_serialization=True)
    return write_settings(folder, name="tiny Stable Diffusion", batch_size=3, **settings)


def build_ip_adapter(folder: Path) -> Path:
    """A Stable Diffusion folder with a motion adapter and an IP-Adapter in it."""
    build_animate_diff(folder)
    torch.manual_seed(1)
    unet = UNet2DConditionModel.from_pretrained(folder / "unet")
    weights = {
        "image_proj.proj.weight": torch.randn(4 * 32, 32),
        "image_proj.proj.bias": torch.zeros(4 * 32),
        "image_proj.norm.weight": torch.ones(32),
        "image_proj.norm.bias": torch.zeros(32),
    }
    number = 1
    for name, layer in unet.named_modules():
        if name.endswith("attn2"):
            weights[f"ip_adapter.{number}.to_k_ip.weight"] = torch.randn(layer.inner_dim, 32)
            weights[f"ip_adapter.{number}.to_v_ip.weight"] = torch.randn(layer.inner_dim, 32)
            number += 2
    home = folder / "ip_adapter"
    _image_encoder().save_pretrained(home / "image_encoder")
    save_file(weights, home / "ip-adapter_tiny.safetensors")
    return write_settings(folder, name="tiny IP-Adapter", batch_size=3, clip_frames=5, clip_rate=8)


def build_stable_diffusion_xl(folder: Path) -> Path:
    torch.manual_seed(0)
    tokenizer = _tokenizer(folder.parent / f"{folder.name}-words")
    config = _text_config(tokenizer, projection_dim=32)
    StableDiffusionXLPipeline(
        vae=_autoencoder(),
        text_encoder=CLIPTextModel(config),
        text_encoder_2=CLIPTextModelWithProjection(config),
        tokenizer=tokenizer,
        tokenizer_2=tokenizer,
        unet=_unet(
            down_block_types=("DownBlock2D", "CrossAttnDownBlock2D"),
            up_block_types=("CrossAttnUpBlock2D", "UpBlock2D"),
            cross_attention_dim=64,
            addition_embed_type="text_time",
            addition_time_embed_dim=8,
            transformer_layers_per_block=(1, 2),
            projection_class_embeddings_input_dim=80,
            use_linear_projection=True,
        ),
        scheduler=EulerDiscreteScheduler(steps_offset=1),
        add_watermarker=False,
    ).save_pretrained(folder, safe_serialization=True)
    return write_settings(folder, name="tiny SDXL", batch_size=3)


def _motion_adapter(blocks: tuple[int, ...] = _BLOCKS) -> MotionAdapter:
    return MotionAdapter(
        block_out_channels=blocks,
        motion_layers_per_block=1,
        motion_num_attention_heads=4,
        motion_norm_num_groups=2,
        motion_max_seq_length=8,
    )


def build_animate_diff(folder: Path) -> Path:
    """A Stable Diffusion folder with a motion adapter in it."""
    _stable_diffusion(folder, tiny_autoencoder=True).save_pretrained(folder, safe_serialization=True)
    _motion_adapter().save_pretrained(folder / "motion_adapter")
    return write_settings(folder, name="tiny AnimateDiff", batch_size=3, clip_frames=5, clip_rate=8)


def build_unfit_motion(folder: Path) -> Path:
    """A Stable Diffusion folder with the motion adapter of another."""
    build_animate_diff(folder)
    _motion_adapter((32, 64)).save_pretrained(folder / "motion_adapter")
    return folder


def build_saved_animate_diff(folder: Path) -> Path:
    """What AnimateDiffPipeline.save_pretrained writes."""
    still = _stable_diffusion(folder)
    parts = {name: still.components[name] for name in ("vae", "text_encoder", "tokenizer", "unet", "scheduler")}
    AnimateDiffPipeline(**parts, motion_adapter=_motion_adapter()).save_pretrained(folder, safe_serialization=True)
    return write_settings(folder, name="tiny saved AnimateDiff", batch_size=3, clip_frames=5, clip_rate=8)


def _sparse_control() -> SparseControlNetModel:
    return SparseControlNetModel(
        in_channels=4,
        conditioning_channels=4,
        block_out_channels=_BLOCKS,
        layers_per_block=1,
        down_block_types=("CrossAttnDownBlockMotion", "DownBlockMotion"),
        cross_attention_dim=32,
        attention_head_dim=4,
        norm_num_groups=2,
        motion_max_seq_length=8,
        motion_num_attention_heads=4,
        use_simplified_condition_embedding=True,
        concat_conditioning_mask=True,
    )


def build_saved_sparse_control(folder: Path) -> Path:
    """What AnimateDiffSparseControlNetPipeline.save_pretrained writes."""
    still = _stable_diffusion(folder)
    parts = {name: still.components[name] for name in ("vae", "text_encoder", "tokenizer", "unet", "scheduler")}
    pipe = AnimateDiffSparseControlNetPipeline(**parts, motion_adapter=_motion_adapter(), controlnet=_sparse_control())
    pipe.save_pretrained(folder, safe_serialization=True)
    return write_settings(folder, name="tiny saved SparseCtrl", batch_size=3, clip_frames=5, clip_rate=8)


def build_sparse_control(folder: Path, conditioning: str = "first-frame") -> Path:
    """A Stable Diffusion folder with a motion adapter and a SparseCtrl beside each other in it."""
    build_animate_diff(folder)
    _sparse_control().save_pretrained(folder / "sparsectrl")
    settings = {"clip_frames": 5, "clip_rate": 8, "conditioning": conditioning}
    return write_settings(folder, name="tiny SparseCtrl", batch_size=3, **settings)


def _image_encoder() -> CLIPVisionModelWithProjection:
    return CLIPVisionModelWithProjection(
        CLIPVisionConfig(
            hidden_size=32,
            projection_dim=32,
            num_hidden_layers=2,
            num_attention_heads=4,
            image_size=224,
            intermediate_size=37,
            patch_size=32,
        )
    )


def build_stable_video(folder: Path) -> Path:
    torch.manual_seed(0)
    StableVideoDiffusionPipeline(
        vae=AutoencoderKLTemporalDecoder(
            block_out_channels=_STABLE_VIDEO_BLOCKS,
            in_channels=3,
            out_channels=3,
            down_block_types=("DownEncoderBlock2D",) * 2,
            latent_channels=4,
            layers_per_block=2,
        ),
        image_encoder=_image_encoder(),
        unet=UNetSpatioTemporalConditionModel(
            block_out_channels=_STABLE_VIDEO_BLOCKS,
            layers_per_block=1,
            sample_size=32,
            in_channels=8,
            out_channels=4,
            down_block_types=("CrossAttnDownBlockSpatioTemporal", "DownBlockSpatioTemporal"),
            up_block_types=("UpBlockSpatioTemporal", "CrossAttnUpBlockSpatioTemporal"),
            cross_attention_dim=32,
            num_attention_heads=8,
            projection_class_embeddings_input_dim=96,
            addition_time_embed_dim=32,
            num_frames=5,
        ),
        scheduler=EulerDiscreteScheduler(
            beta_start=0.00085,
            beta_end=0.012,
            beta_schedule="scaled_linear",
            interpolation_type="linear",
            prediction_type="v_prediction",
            timestep_spacing="leading",
            steps_offset=1,
            timestep_type="continuous",
            sigma_min=0.002,
            sigma_max=700.0,
            use_karras_sigmas=True,
        ),
        feature_extractor=CLIPImageProcessor(crop_size=224, size=224),
    ).save_pretrained(folder, safe_serialization=True)
    return write_settings(folder, name="tiny Stable Video", clip_frames=5, clip_rate=7)


def build_pair(folder: Path) -> Path:
    """A Stable Diffusion folder with a Stable Video Diffusion folder in it."""
    build_stable_diffusion(folder)
    build_stable_video(folder / "image_to_video")
    return folder


def copy_in_fewer_steps(source: Path, folder: Path) -> Path:
    """The same weights, run in a hurry: what a contract asks for does not depend on the picture being good."""
    shutil.copytree(source, folder)
    settings = json.loads((folder / "matchcut.json").read_text())
    hurry = {"num_inference_steps": 4, "clip_num_inference_steps": 3, "clip_frames": 6}
    (folder / "matchcut.json").write_text(json.dumps({**settings, **hurry}))
    return folder
