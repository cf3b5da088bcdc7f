import subprocess
import sys

import pytest

HEAVY = "torch", "diffusers", "transformers", "cv2", "langgraph"


@pytest.mark.parametrize(
    "module",
    [
        "pipeline.renderers.base",
        "pipeline.renderers.checkpoint",
        "pipeline.renderers.opening",
        "pipeline.renderers.artist_renderer",
        "pipeline.request",
        "pipeline.storyboard",
        "pipeline.shot",
        "pipeline.hardware",
    ],
)
def test_importing_loads_no_models(module: str):
    script = f"import sys, {module}; print([name for name in {HEAVY!r} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
