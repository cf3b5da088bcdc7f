"""Loads a checkpoint's diffusers pipelines onto the hardware, and steps down when memory runs out."""

import gc
import inspect
import traceback
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from dataclasses import replace
from typing import Any

import diffusers
import torch
import transformers
from diffusers import (
    AnimateDiffPipeline,
    AnimateDiffSparseControlNetPipeline,
    AutoencoderTiny,
    AutoPipelineForText2Image,
    MotionAdapter,
    SparseControlNetModel,
    StableVideoDiffusionPipeline,
)
from diffusers.pipelines.auto_pipeline import (
    AUTO_IMAGE2IMAGE_PIPELINES_MAPPING,
    AUTO_INPAINT_PIPELINES_MAPPING,
    AUTO_TEXT2IMAGE_PIPELINES_MAPPING,
)

from pipeline.hardware import Hardware
from pipeline.renderers import references
from pipeline.renderers.checkpoint import ANIMATE_DIFF, STABLE_VIDEO, Checkpoint
from storage.domain.takes import Means
from storage.errors import KnownError, WrongUse

_HEAVY = ("unet", "transformer", "controlnet")
_OUT_OF_MEMORY = ("out of memory", "can't allocate memory", "alloc_failed")
_MENDING = {Means.INPAINT: AUTO_INPAINT_PIPELINES_MAPPING, Means.IMAGE_TO_IMAGE: AUTO_IMAGE2IMAGE_PIPELINES_MAPPING}
_MENDING_NEEDS = {"prompt", "image", "strength", "generator", "callback_on_step_end"}
_MOTION_PARTS = ("vae", "text_encoder", "tokenizer", "unet", "scheduler", "feature_extractor", "image_encoder")


class Pipelines:
    """The pipelines of one checkpoint: one that draws stills, one that makes clips.

    Args:
        checkpoint: what to load.
        hardware: where to.

    Attributes:
        stepped_at_loading: what was done because memory ran out while they were loaded.

    Raises:
        WrongUse: diffusers cannot open the folder, or its class cannot be used.
    """

    def __init__(self, checkpoint: Checkpoint, hardware: Hardware) -> None:
        self.checkpoint = checkpoint
        self.hardware = hardware
        self.stepped_at_loading: list[str] = []
        self._tiled = False
        self._main: Any = None
        self._motion: Any = None
        self._mending: dict[Means, Any] = {}
        self._autocast_networks: list[Any] = []
        _hush()
        self._while_memory_is_short(self._load)

    @property
    def draws_stills(self) -> bool:
        """Whether the checkpoint draws from words; else it only sets pictures in motion."""
        return self.checkpoint.pipeline_class != STABLE_VIDEO

    @property
    def main(self) -> Any:
        """What the checkpoint is first of all: text to image, or else image to video.

        Loaded anew where memory ran out when it was last loaded; raises as that did.
        """
        if self._main is None:
            self._while_memory_is_short(self._load)
        return self._main

    @property
    def still(self) -> Any:
        """Text to image; None for a checkpoint that only sets pictures in motion."""
        return self.main if self.draws_stills else None

    @property
    def motion(self) -> Any:
        """Image to video; None where the checkpoint has no part for it. Loaded when first asked for."""
        if not self.draws_stills:
            return self.main
        if self._motion is None and self.checkpoint.motion_adapter:
            self._while_memory_is_short(self._load_motion)
        return self._motion

    @property
    def takes_references(self) -> bool:
        """Whether stills go by looks."""
        return self.draws_stills and references.is_attached(self.still)

    @property
    def mends_stills_by(self) -> frozenset[Means]:
        """What diffusers has a pipeline for that takes this checkpoint's parts."""
        return frozenset(means for means in _MENDING if self._mending_class(means) is not None)

    def mending(self, means: Means) -> Any:
        """Inpainting or image to image, over the parts of `still`; one of `mends_stills_by`."""
        if means not in self._mending:
            self._mending[means] = self._placed(self._build_mending(means))
        return self._mending[means]

    def _mending_class(self, means: Means) -> Any:
        # By name: without torch's own pipelines diffusers lists stand-ins.
        name = type(self.still).__name__
        kind = next((kind for kind, each in AUTO_TEXT2IMAGE_PIPELINES_MAPPING.items() if each.__name__ == name), None)
        found: Any = _MENDING[means].get(kind) if kind else None
        if found is None or not inspect.signature(found.__call__).parameters.keys() >= _MENDING_NEEDS:
            return None
        # Inpainting denoisers read the mask beside the latents, or nothing beside them.
        channels = getattr(getattr(getattr(self.still, "unet", None), "config", None), "in_channels", 4)
        return found if channels == 4 else None

    def _build_mending(self, means: Means) -> Any:
        still, wanted = self.still, self._mending_class(means)
        # `from_pipe` drops an AutoencoderTiny, so the parts are passed one by one.
        known = {**still.config, **still.components}
        return wanted(**{name: known[name] for name in inspect.signature(wanted.__init__).parameters if name in known})

    def precision(self) -> AbstractContextManager[Any]:
        """The context in which the pipelines run: it keeps weights in the lower precision from step to step."""
        if not self.hardware.autocast:
            return nullcontext()
        return torch.autocast(self.hardware.device, enabled=False)

    def step_down(self) -> str | None:
        """Need less memory next time.

        Returns:
            What was done, in a few words; None when nothing is left to do.
        """
        if self._tiled:
            done = self._lighten()
        else:
            self._tiled, done = True, "pictures are decoded in tiles"
        if done is not None:
            self._reload()
        return done

    def _lighten(self) -> str | None:
        hardware, done = self.hardware, None
        if hardware.device == "cuda" and hardware.offload == "none":
            self.hardware, done = replace(hardware, offload="model"), "one part at a time is on the device"
        elif hardware.device == "cuda" and hardware.offload == "model":
            self.hardware, done = replace(hardware, offload="sequential"), "one layer at a time is on the device"
        elif hardware.device == "cpu" and hardware.dtype == "float32":
            self.hardware, done = replace(hardware, dtype="bfloat16", autocast=""), "weights are kept in bfloat16"
        return done

    def raise_precision(self) -> str | None:
        """Use float32 where float16 gave no picture; None where that is not the reason."""
        if self.hardware.dtype != "float16":
            return None
        self.hardware = replace(self.hardware, dtype="float32")
        self._reload()
        return "float32, because float16 gave no picture"

    def close(self) -> None:
        self._main = self._motion = None
        self._mending.clear()
        self._autocast_networks.clear()
        gc.collect()
        if self.hardware.device == "cuda":
            torch.cuda.empty_cache()

    def _reload(self) -> None:
        self.close()
        self._while_memory_is_short(self._load)

    def _while_memory_is_short(self, load: Callable[[], None]) -> None:
        """Load, with less where memory runs out.

        Raises:
            KnownError: nothing is left to do.
        """
        while True:
            try:
                return load()
            except (RuntimeError, MemoryError) as error:
                if not is_out_of_memory(error):
                    raise
                forget_frames(error)
            done = self._lighten()
            if done is None:
                sentence = f"Memory ran out while {self.checkpoint.name} was loaded."
                raise KnownError(sentence, "Close other programs, or use a smaller checkpoint.")
            self.stepped_at_loading.append(done)
            self.close()

    def _load_motion(self) -> None:
        self._motion = self._placed(self._build_motion())

    def _load(self) -> None:
        name = self.checkpoint.pipeline_class
        if name == STABLE_VIDEO:
            self._main = self._placed(self._opened(StableVideoDiffusionPipeline))
        elif name in ANIMATE_DIFF:
            self._main = self._placed(self._opened(AnimateDiffPipeline))
        else:
            pipe = self._opened(AutoPipelineForText2Image)
            self._refuse_unusable(pipe)
            self._give_looks_to(pipe)
            self._main = self._placed(pipe)

    def _opened(self, pipeline_class: Any) -> Any:
        folder = self.checkpoint.folder
        try:
            return pipeline_class.from_pretrained(
                folder,
                dtype=getattr(torch, self.hardware.dtype),
                variant=self.checkpoint.variant,
                use_safetensors=True,
                local_files_only=True,
                trust_remote_code=False,
            )
        except (OSError, ValueError, TypeError, AttributeError, ImportError, RuntimeError, KeyError) as error:
            if is_out_of_memory(error):
                raise
            raise WrongUse(
                f"diffusers cannot open {folder} as {self.checkpoint.pipeline_class}: {first_line(error)}",
                "Name a folder that holds a whole text-to-image or Stable Video Diffusion pipeline.",
            ) from error

    def _refuse_unusable(self, pipe: Any) -> None:
        parameters = inspect.signature(pipe.__call__).parameters
        if not {"prompt", "height", "width", "generator", "callback_on_step_end"} <= parameters.keys():
            raise WrongUse(
                f"{type(pipe).__name__} cannot be used: it cannot be seeded, sized and stopped between steps.",
                "Name a Stable Diffusion, Stable Diffusion XL or similar text-to-image folder.",
            )

    def _give_looks_to(self, pipe: Any) -> None:
        if self.checkpoint.ip_adapter is not None and references.can_take(pipe):
            references.attach(pipe, self.checkpoint.ip_adapter, self.checkpoint.name)

    def _build_motion(self) -> Any:
        """A clip has its looks from its keyframe: the motion module is put on the denoiser as it is without them."""
        if not references.is_attached(self.main):
            return self._motion_pipeline()
        self.main.unload_ip_adapter()
        try:
            return self._motion_pipeline()
        finally:
            self._give_looks_to(self.main)

    def _motion_pipeline(self) -> Any:
        checkpoint, components = self.checkpoint, self.main.components
        # `from_pipe` drops an AutoencoderTiny, so the parts are passed one by one.
        parts = {name: components[name] for name in _MOTION_PARTS if name in components}
        options = {"dtype": getattr(torch, self.hardware.dtype), "use_safetensors": True, "local_files_only": True}
        try:
            parts["motion_adapter"] = components.get("motion_adapter") or MotionAdapter.from_pretrained(
                checkpoint.motion_adapter, **options
            )
            if checkpoint.sparsectrl is None:
                return AnimateDiffPipeline(**parts)
            controlnet = SparseControlNetModel.from_pretrained(checkpoint.sparsectrl, **options)
            return AnimateDiffSparseControlNetPipeline(controlnet=controlnet, **parts)
        except (OSError, ValueError, TypeError, AttributeError, RuntimeError, KeyError) as error:
            if is_out_of_memory(error):
                raise
            raise KnownError(
                f"The motion parts of {checkpoint.name} do not fit its pipeline: {first_line(error)}",
                "Use the motion_adapter and sparsectrl that were trained for this checkpoint.",
            ) from error

    def _autocast(self, network: Any) -> None:
        """Let a network multiply in the lower precision, and answer in float32.

        The whole pipeline is not run so: the sums between its steps would lose their small differences.
        """
        if network is None or network in self._autocast_networks:
            return
        self._autocast_networks.append(network)
        running: list[Any] = []

        def enter(_network: Any, _inputs: Any) -> None:
            running.append(torch.autocast(self.hardware.device, getattr(torch, self.hardware.autocast)))
            running[-1].__enter__()

        def leave(_network: Any, _inputs: Any, output: Any) -> Any:
            running.pop().__exit__(None, None, None)
            return _widened(output)

        network.register_forward_pre_hook(enter)
        network.register_forward_hook(leave, always_call=True)

    def _placed(self, pipe: Any) -> Any:
        hardware = self.hardware
        pipe.set_progress_bar_config(disable=True)
        networks = [part for part in pipe.components.values() if isinstance(part, torch.nn.Module)]
        if hardware.channels_last:
            for layer in (layer for network in networks for layer in network.modules()):
                if isinstance(layer, torch.nn.Conv2d):
                    layer.to(memory_format=torch.channels_last)  # pyright: ignore[reportCallIssue]
        if hardware.autocast:
            for network in (*(getattr(pipe, name, None) for name in _HEAVY), getattr(pipe, "vae", None)):
                self._autocast(getattr(network, "decoder", network))
        if self._tiled and hasattr(pipe, "vae") and hasattr(pipe.vae, "enable_tiling"):
            _decode_in_tiles(pipe.vae)
        if hardware.offload == "model":
            pipe.enable_model_cpu_offload(device=hardware.device)
        elif hardware.offload == "sequential":
            pipe.enable_sequential_cpu_offload(device=hardware.device)
        else:
            pipe.to(hardware.device)
        return pipe


def _decode_in_tiles(vae: Any) -> None:
    if isinstance(vae, AutoencoderTiny):
        # diffusers takes it to shrink pictures to an eighth, however many blocks it has.
        vae.spatial_scale_factor = 2 ** (len(vae.config["decoder_block_out_channels"]) - 1)
        vae.tile_latent_min_size = vae.tile_sample_min_size // vae.spatial_scale_factor
    vae.enable_tiling()


def _hush() -> None:
    """Keep both libraries from drawing progress bars and from warning of what is meant to be so."""
    diffusers.utils.logging.set_verbosity_error()
    diffusers.utils.logging.disable_progress_bar()
    transformers.utils.logging.set_verbosity_error()
    transformers.utils.logging.disable_progress_bar()


def _widened(output: Any) -> Any:
    if isinstance(output, torch.Tensor):
        return output.float()
    if isinstance(output, list | tuple):
        return type(output)(_widened(part) for part in output)
    if hasattr(output, "sample"):
        output.sample = output.sample.float()
    return output


def is_out_of_memory(error: BaseException) -> bool:
    """Whether an exception says that memory ran out, on any device."""
    if isinstance(error, torch.OutOfMemoryError | MemoryError):
        return True
    message = str(error).lower()
    return isinstance(error, RuntimeError) and any(words in message for words in _OUT_OF_MEMORY)


def forget_frames(error: BaseException) -> None:
    """Let go of what the functions held in which memory ran out: their tensors would keep it short."""
    traceback.clear_frames(error.__traceback__)
    gc.collect()
    if torch.cuda.is_available():
        torch.cuda.empty_cache()


def first_line(error: BaseException) -> str:
    """The first sentence of somebody else's message, short enough for a person."""
    lines = str(error).strip().splitlines() or [type(error).__name__]
    return f"{lines[0][:200].rstrip('.')}."
