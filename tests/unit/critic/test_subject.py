import ast
import dataclasses
import inspect
from pathlib import Path

import numpy as np
import pytest

import critic
from critic.default_panel import default_panel
from critic.subject import PictureSubject
from storage.domain.takes import Seam
from storage.domain.vocabulary import Attribute
from tests.unit.critic.drawn import (
    SHOT,
    DrawnJudge,
    constraint,
    described,
    draw_one,
    keyframe_subject,
    looks,
    mara,
    view_of,
)

# What tells how a take was made, and so could lie.
_TELLTALES = {"Recipe", "Take", "TakeInput", "Job"}


def test_no_recipe_can_enter_a_subject() -> None:
    fields = {field.name for field in dataclasses.fields(PictureSubject)}
    assert fields == {
        "view",
        "shot_id",
        "seam",
        "frames",
        "frame_rate",
        "keyframe",
        "pieces",
        "known_as",
        "looks",
        "neighbours",
    }


def test_no_module_of_the_critic_knows_of_recipes_or_files() -> None:
    folder = Path(inspect.getfile(critic)).parent
    for path in folder.rglob("*.py"):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        names = {
            alias.name
            for node in ast.walk(tree)
            if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("storage")
            for alias in node.names
        }
        modules = {node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)} | {
            alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names
        }
        assert not names & _TELLTALES, path
        assert not any(module.split(".")[0] == "pipeline" for module in modules), path
        assert not any(module.startswith(("storage.project", "storage.media", "sqlite")) for module in modules), path


def test_the_same_pixels_get_the_same_answer() -> None:
    drawing = draw_one(described(looks()))
    panel = default_panel(DrawnJudge(drawing))
    view = view_of(*mara())
    assert panel.review(keyframe_subject(view, drawing)) == panel.review(keyframe_subject(view, drawing))


@pytest.mark.parametrize(
    "frames", [np.zeros((4, 4, 3), np.uint8), np.zeros((0, 4, 4, 3), np.uint8), np.zeros((1, 4, 4, 3), np.float32)]
)
def test_frames_are_checked(frames: np.ndarray) -> None:
    with pytest.raises(ValueError, match="frames must be"):
        PictureSubject(view=view_of(), shot_id=SHOT, seam=Seam.KEYFRAME, frames=frames)


def test_a_cut_is_no_picture() -> None:
    with pytest.raises(ValueError, match="no picture"):
        PictureSubject(view=view_of(), shot_id=SHOT, seam=Seam.CUT, frames=np.zeros((1, 4, 4, 3), np.uint8))


def test_the_word_to_look_for_is_the_one_that_can_be_drawn() -> None:
    teal = constraint("character:mara", Attribute.GARMENT, "teal", "coat")
    drawing = draw_one(described(looks()))
    assert keyframe_subject(view_of(teal), drawing).word_for(teal) == "teal"
    assert keyframe_subject(view_of(teal), drawing, {teal.key: "blue coat"}).word_for(teal) == "blue coat"
