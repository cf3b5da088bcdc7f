"""The contract suite on the artist, on tiny folders with random weights, and on pocket."""

from collections.abc import Iterator

import pytest

from pipeline.hardware import choose, look
from pipeline.renderers.artist_renderer import ArtistRenderer
from pipeline.renderers.opening import POCKET_FOLDER, open_renderer
from tests.contract import folders
from tests.contract.suite import Case, RendererContract

BUILDERS = {
    "stable_diffusion": folders.build_stable_diffusion,
    "stable_diffusion_xl": folders.build_stable_diffusion_xl,
    "animate_diff": folders.build_animate_diff,
    "saved_animate_diff": folders.build_saved_animate_diff,
    "sparse_control": folders.build_sparse_control,
    "stable_video": folders.build_stable_video,
    "pair": folders.build_pair,
}


@pytest.fixture(scope="session", params=["artist", *BUILDERS, "pocket"])
def case(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Case]:
    if request.param == "artist":
        yield Case(ArtistRenderer(batch_size=3), psnr_db=60.0)
        return
    folder = tmp_path_factory.mktemp("checkpoints") / request.param
    if request.param == "pocket":
        folders.copy_in_fewer_steps(POCKET_FOLDER, folder)
    else:
        BUILDERS[request.param](folder)
    renderer = open_renderer(folder, choose(look()))
    # Stable Video's decoder looks at neighbouring frames, so its first frame is not the keyframe's alone.
    yield Case(
        renderer,
        pins_exactly=request.param not in ("stable_video", "pair"),
        psnr_db=28.0 if request.param == "pocket" else None,
    )
    renderer.close()


class TestRenderers(RendererContract):
    """Every renderer keeps the contract."""
