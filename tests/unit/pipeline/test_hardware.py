from dataclasses import replace

import pytest

from pipeline.hardware import Machine, choose, for_checkpoint

GIB = 2**30
CPU = Machine(
    device="cpu", name="processor with 2 cores", bfloat16=True, free_bytes=20 * GIB, total_bytes=24 * GIB, threads=2
)
CUDA = replace(CPU, device="cuda", name="RTX", free_bytes=8 * GIB, total_bytes=12 * GIB)
MPS = replace(CPU, device="mps", name="Apple GPU", bfloat16=False)


def test_a_processor_multiplies_bfloat16_only_where_it_has_it():
    with_it, without = choose(CPU), choose(replace(CPU, bfloat16=False))
    assert (with_it.dtype, with_it.autocast, with_it.channels_last) == ("float32", "bfloat16", True)
    assert (without.dtype, without.autocast, without.channels_last) == ("float32", "", True)


def test_a_graphics_card_takes_bfloat16_or_else_float16():
    assert choose(CUDA).dtype == "bfloat16"
    assert choose(replace(CUDA, bfloat16=False)).dtype == "float16"
    assert choose(MPS).dtype == "float16"
    assert not choose(CUDA).channels_last


@pytest.mark.parametrize("machine", [CPU, CUDA, MPS])
def test_the_reason_names_device_and_memory(machine: Machine):
    reason = choose(machine).reason
    assert machine.name in reason
    assert f"{machine.free_bytes / GIB:.1f} of" in reason


@pytest.mark.parametrize(("size_gib", "offload"), [(2, "none"), (7, "model"), (12, "sequential")])
def test_a_large_checkpoint_is_offloaded_from_the_card(size_gib: int, offload: str):
    hardware = for_checkpoint(choose(CUDA), size_gib * GIB)
    assert hardware.offload == offload
    assert (offload == "none") == (hardware.reason == choose(CUDA).reason)


def test_a_large_checkpoint_is_halved_on_the_processor():
    assert for_checkpoint(choose(CPU), GIB) == choose(CPU)
    large = for_checkpoint(choose(CPU), 18 * GIB)
    assert (large.dtype, large.autocast) == ("bfloat16", "")
    assert "Memory is short" in large.reason
