"""The same contract suite on a CUDA device."""

from collections.abc import Iterator

import pytest
import torch

from pipeline.hardware import choose, look
from pipeline.renderers.opening import POCKET_FOLDER, open_renderer
from tests.contract.suite import Case, RendererContract
from tests.contract.test_renderers import BUILDERS

pytestmark = [
    pytest.mark.gpu,
    pytest.mark.skipif(not torch.cuda.is_available(), reason="there is no CUDA device here"),
]


@pytest.fixture(scope="session", params=[*BUILDERS, "pocket"])
def case(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Case]:
    folder = POCKET_FOLDER
    if request.param in BUILDERS:
        folder = BUILDERS[request.param](tmp_path_factory.mktemp("checkpoints") / request.param)
    hardware = choose(look())
    assert hardware.device == "cuda"
    renderer = open_renderer(folder, hardware)
    yield Case(
        renderer,
        pins_exactly=False,
        psnr_db=26.0 if request.param == "pocket" else None,
        # Kernels are chosen by batch size, and half precision rounds each differently.
        batch_tolerance=4.0,
    )
    renderer.close()


class TestRenderersOnCuda(RendererContract):
    """Every renderer keeps the contract on CUDA."""
