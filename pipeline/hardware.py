"""Chooses device, precision and offloading from what the machine has, and says why."""

import os
from dataclasses import dataclass, replace

_GIB = 2**30


@dataclass(frozen=True, slots=True, kw_only=True)
class Machine:
    """What was found.

    Attributes:
        device: "cuda", "mps" or "cpu": the fastest one there is.
        name: what the device calls itself.
        bfloat16: whether it multiplies bfloat16 in hardware.
        free_bytes, total_bytes: memory of the device that the weights would lie in.
        threads: of the processor that torch uses.
    """

    device: str
    name: str
    bfloat16: bool
    free_bytes: int
    total_bytes: int
    threads: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Hardware:
    """What was chosen.

    Attributes:
        device: "cuda", "mps" or "cpu".
        dtype: of the weights: "float32", "float16" or "bfloat16".
        autocast: precision of the multiplications where it differs from `dtype`; else empty.
        channels_last: memory order of pictures, faster on processors.
        offload: "none", "model" (one part at a time on the device) or "sequential" (one layer).
        free_bytes, total_bytes: memory of the device.
        reason: why, in a sentence or two.
    """

    device: str
    dtype: str
    autocast: str
    channels_last: bool
    offload: str
    free_bytes: int
    total_bytes: int
    reason: str


def look() -> Machine:
    """Ask torch and psutil what the machine has. Loads torch."""
    import psutil
    import torch

    if torch.cuda.is_available():
        free, total = torch.cuda.mem_get_info()
        return Machine(
            device="cuda",
            name=torch.cuda.get_device_name(),
            bfloat16=torch.cuda.is_bf16_supported(including_emulation=False),
            free_bytes=free,
            total_bytes=total,
            threads=torch.get_num_threads(),
        )
    memory = psutil.virtual_memory()
    on_mps = torch.backends.mps.is_available()
    return Machine(
        device="mps" if on_mps else "cpu",
        name="Apple GPU" if on_mps else f"processor with {os.cpu_count()} cores",
        bfloat16=not on_mps and (torch.cpu._is_avx512_bf16_supported() or torch.cpu._is_amx_tile_supported()),
        free_bytes=memory.available,
        total_bytes=memory.total,
        threads=torch.get_num_threads(),
    )


def choose(machine: Machine) -> Hardware:
    """Choose device and precision; offloading depends on the checkpoint, see `for_checkpoint`."""
    where = f"{machine.name}, {machine.free_bytes / _GIB:.1f} of {machine.total_bytes / _GIB:.1f} GiB free"
    if machine.device == "cuda":
        dtype = "bfloat16" if machine.bfloat16 else "float16"
        return _chosen(machine, dtype, "", False, f"CUDA ({where}): {dtype} halves memory and is fastest there.")
    if machine.device == "mps":
        return _chosen(machine, "float16", "", False, f"MPS ({where}): float16, because bfloat16 is slow there.")
    if machine.bfloat16:
        why = "float32 weights multiplied in bfloat16, which this processor has in hardware; pictures channels last."
        return _chosen(machine, "float32", "bfloat16", True, f"CPU ({where}, {machine.threads} threads): {why}")
    why = "float32, because this processor has no bfloat16; pictures channels last."
    return _chosen(machine, "float32", "", True, f"CPU ({where}, {machine.threads} threads): {why}")


def _chosen(machine: Machine, dtype: str, autocast: str, channels_last: bool, reason: str) -> Hardware:
    return Hardware(
        device=machine.device,
        dtype=dtype,
        autocast=autocast,
        channels_last=channels_last,
        offload="none",
        free_bytes=machine.free_bytes,
        total_bytes=machine.total_bytes,
        reason=reason,
    )


def for_checkpoint(hardware: Hardware, weights_bytes: int) -> Hardware:
    """Step down beforehand where a checkpoint of this size would not fit.

    Args:
        weights_bytes: size of the safetensors on disk.
    """
    size = f"{weights_bytes / _GIB:.1f} GiB of weights"
    if hardware.device == "cuda":
        if weights_bytes * 1.4 <= hardware.free_bytes:
            return hardware
        if weights_bytes * 0.7 <= hardware.free_bytes:
            reason = f"{hardware.reason} Memory is short for {size}: one part at a time is on the device."
            return replace(hardware, offload="model", reason=reason)
        reason = f"{hardware.reason} Memory is very short for {size}: one layer at a time is on the device."
        return replace(hardware, offload="sequential", reason=reason)
    if weights_bytes * 1.5 > hardware.free_bytes and hardware.dtype == "float32":
        reason = f"{hardware.reason} Memory is short for {size}: the weights are kept in bfloat16, half the size."
        return replace(hardware, dtype="bfloat16", autocast="", reason=reason)
    return hardware


def choose_hardware() -> Hardware:
    """Look at this machine and choose."""
    return choose(look())
