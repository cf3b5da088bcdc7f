"""Reads from project.db how long the latest takes of each seam took."""

from fractions import Fraction
from statistics import median

from storage.domain.pace import Pace
from storage.domain.takes import Seam
from storage.project import Project

_LATEST = 12
_OLDEST = 400


def read_pace(project: Project) -> Pace:
    """The pace of the latest takes that were drawn with the checkpoint in use."""
    return Pace(
        keyframe=_pace(project, Seam.KEYFRAME),
        clip_second=_pace(project, Seam.CLIP),
        cut_second=_pace(project, Seam.CUT),
    )


def _pace(project: Project, seam: Seam) -> float | None:
    """Seconds for one still, or for one second of moving picture: drawing and judging."""
    # Of a long film only its latest takes are looked at: how it went a thousand takes ago is of no use.
    rows = project.db.conn.execute(
        "SELECT takes.seconds, takes.num_frames, takes.frame_rate,"
        " (SELECT reviews.seconds FROM reviews WHERE reviews.take_id = takes.id ORDER BY reviews.id DESC LIMIT 1)"
        " FROM takes WHERE takes.id > (SELECT coalesce(max(id), 0) FROM takes) - ? AND takes.seam = ?"
        " AND NOT EXISTS (SELECT 1 FROM take_inputs WHERE take_inputs.take_id = takes.id"
        " AND take_inputs.key = 'checkpoint:' AND take_inputs.digest <> ?) ORDER BY takes.id DESC LIMIT ?",
        (_OLDEST, seam, project.film.checkpoint_digest, _LATEST),
    ).fetchall()
    took = [
        (seconds + (judging or 0.0)) / _length_s(num_frames, frame_rate)
        for seconds, num_frames, frame_rate, judging in rows
        if seconds
    ]
    return median(took) if took else None


def _length_s(num_frames: int, frame_rate: str) -> float:
    rate = Fraction(frame_rate)
    return num_frames / float(rate) if rate else 1.0
