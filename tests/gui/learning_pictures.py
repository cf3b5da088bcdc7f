"""Pictures of learning: a blind question folded, open on a keyframe and on a clip, the promise; see `screenshots`."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from storage.learning import answer_question, read_learning
from storage.learning_settings import set_question_share
from storage.project import Project
from tests.gui.deciding_pictures import make_decided_film
from tests.gui.figures_pictures import open_figures
from tests.gui.photographer import Photographer


def photograph(camera: Photographer, work: Path) -> None:
    """Every state."""
    maker = make_decided_film(work / "learning.matchcut")
    set_question_share(maker.project, "100")
    clips = _answer_all_but(maker.project, clips=2, keyframes=3)
    maker.project.close()
    camera.open(work / "learning.matchcut")
    card = camera.desk.inspector.question
    camera.wait(lambda: card.asked is not None)
    camera.take("folded", close=False)
    camera.press(Qt.Key.Key_E)
    camera.wait(lambda: len(card.crops.images) > 0)
    camera.take("question", close=False)
    for _ in range(clips + 5):
        if card.asked is None or card.asked.take.num_frames > 1:
            break
        before = card.asked
        QTest.keyClick(card, Qt.Key.Key_0)
        camera.wait(lambda before=before: card.asked != before)
    camera.wait(lambda: card.asked is None or len(card.crops.images) == len(card.asked.question.frames))
    camera.take("about_a_clip", close=False)
    camera.resize(1100, 680)
    camera.take("small")

    open_figures(camera, work / "learning.matchcut")
    camera.take("promised")


def _answer_all_but(project: Project, *, clips: int, keyframes: int) -> int:
    """Answer as somebody who sees what was drawn, and leave some; let a film this short promise something."""
    project.db.conn.execute("UPDATE film SET most_missed = 0.5, confidence = 0.75")
    left = {True: clips, False: keyframes}
    for asked in read_learning(project).waiting:
        is_clip = asked.take.num_frames > 1
        if left[is_clip] > 0 and asked.question.region is not None:
            left[is_clip] -= 1
            continue
        drifts = asked.finding.verdict == "drift"
        answer_question(project, "director:Anna Weber", asked.question, "blue" if drifts else asked.question.wanted)
    return clips
