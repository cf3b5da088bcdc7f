"""Parts of a take's frames, for those who are to look at nothing else."""

import numpy as np

from pipeline.media import decode_frame, decode_picture
from pipeline.renderers.base import Frame
from storage.domain.blind_questions import BlindQuestion
from storage.domain.findings import Region
from storage.domain.takes import Seam, Take
from storage.project import Project


def crop_of_take(project: Project, take: Take, region: Region | None, frame_index: int = 0) -> Frame:
    """A region of one frame, at least a pixel large; all of it where there is none.

    Args:
        frame_index: of the take, from 0.

    Returns:
        height x width x 3, uint8, RGB.

    Raises:
        KnownError: its file is missing or damaged.
    """
    path = project.media.find(take.media)
    frame = decode_picture(path) if take.seam is Seam.KEYFRAME else decode_frame(path, frame_index)
    if region is None:
        return frame
    height, width = frame.shape[:2]
    top, left = round(max(0.0, region.top) * height), round(max(0.0, region.left) * width)
    top, left = min(top, height - 1), min(left, width - 1)
    bottom, right = max(top + 1, round(region.bottom * height)), max(left + 1, round(region.right * width))
    return frame[top:bottom, left:right]


def picture_of_question(project: Project, take: Take, question: BlindQuestion) -> Frame:
    """What a blind question is about: the crop, or those of several frames of a clip side by side.

    Returns:
        height x width x 3, uint8, RGB.
    """
    crops = [crop_of_take(project, take, question.region, index) for index in question.frames]
    return np.concatenate(crops, axis=1)
