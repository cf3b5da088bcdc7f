"""Blind questions in the real window: by key and by mouse, never about what is on screen, undone, and there again."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from desktop.desk import Desk
from storage.domain.blind_questions import CANNOT_TELL
from storage.domain.decisions import Verb
from storage.learning import read_learning
from storage.learning_settings import set_question_share
from storage.project import Project
from storage.verify import verify
from tests.gui.test_figures import open_figures
from tests.gui.test_seeing import press

WAIT_MS = 60_000
Film = Callable[[str], Path]
Open = Callable[..., Desk]


def ask_everything(folder: Path) -> int:
    """Let everything be asked about; returns how many questions that makes."""
    project = Project.open(folder)
    set_question_share(project, "100")
    number = len(read_learning(project).waiting)
    project.close()
    return number


def answers(folder: Path) -> list[str]:
    project = Project.open(folder)
    given = [entry.details["answer"] for entry in project.ledger.everything() if entry.verb is Verb.ANSWER]
    assert verify(project) == []
    project.close()
    return given


def opened(folder: Path, open_desk: Open, qtbot):
    """The desk and its card, once a question has come."""
    desk = open_desk(folder)
    card = desk.inspector.question
    qtbot.waitUntil(lambda: card.asked is not None, timeout=WAIT_MS)
    return desk, card


def test_a_question_is_answered_by_one_key_and_undone_by_another(film: Film, open_desk: Open, qtbot) -> None:
    folder = film("busy")
    number = ask_everything(folder)
    desk, card = opened(folder, open_desk, qtbot)
    assert card.isVisible() and not card.is_open
    assert card.line.text() == f"▸ Blind question and {number - 1} more"
    first = card.asked
    lanes = [shot.lanes for shot in desk.stage.film.shots]
    press(desk, Qt.Key.Key_E)
    assert card.is_open and card.hasFocus()
    assert card.words.whole_text == first.question.words
    assert [button.accessibleName() for button in card.buttons] == list(first.question.options)
    qtbot.waitUntil(lambda: len(card.crops.images) == len(first.question.frames), timeout=WAIT_MS)
    QTest.keyClick(card, Qt.Key.Key_2)
    qtbot.waitUntil(lambda: card.asked is not None and card.asked != first, timeout=WAIT_MS)
    qtbot.waitUntil(lambda: "Noted: " in desk.strip.text, timeout=WAIT_MS)
    assert card.is_open and card.hasFocus(), "the next one can be answered at once"
    assert [shot.lanes for shot in desk.stage.film.shots] == lanes
    assert answers(folder) == [first.question.options[1]]
    QTest.keyClick(desk.window(), Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: card.asked == first, timeout=WAIT_MS)
    QTest.keyClick(card, Qt.Key.Key_Escape)
    assert not card.is_open and desk.viewer.canvas.hasFocus()


def test_a_question_is_answered_by_one_click_or_put_away(film: Film, open_desk: Open, qtbot) -> None:
    folder = film("busy")
    ask_everything(folder)
    _, card = opened(folder, open_desk, qtbot)
    QTest.mouseClick(card.line, Qt.MouseButton.LeftButton)
    first = card.asked
    QTest.mouseClick(card.buttons[0], Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: card.asked != first, timeout=WAIT_MS)
    second = card.asked
    QTest.mouseClick(card.cannot_tell, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: card.asked != second, timeout=WAIT_MS)
    assert answers(folder) == [first.question.options[0], CANNOT_TELL]


def test_what_is_on_screen_is_not_asked_about(film: Film, open_desk: Open, qtbot) -> None:
    folder = film("busy")
    ask_everything(folder)
    desk, card = opened(folder, open_desk, qtbot)
    seen = set()
    for _ in desk.stage.film.shots:
        press(desk, Qt.Key.Key_PageUp)
    for _ in desk.stage.film.shots:
        for key in (Qt.Key.Key_2, Qt.Key.Key_3):
            press(desk, key)
            take = desk.stage.take
            seen.add(take.id if take else None)
            assert card.asked is not None and (take is None or card.asked.take.id != take.id)
        press(desk, Qt.Key.Key_PageDown)
    assert len(seen) > 4


def test_a_killed_desk_has_kept_the_answer(film: Film, open_desk: Open, qtbot, tmp_path: Path) -> None:
    folder = film("busy")
    number = ask_everything(folder)
    program = (
        "import sys, time; from pathlib import Path\n"
        "from storage.learning import answer_question, read_learning; from storage.project import Project\n"
        "from PySide6.QtCore import QCoreApplication; from desktop.operations import Operations\n"
        "app = QCoreApplication([]); folder = Path(sys.argv[1]); project = Project.open(folder)\n"
        "asked = read_learning(project).waiting[0]; operations = Operations(folder)\n"
        "operations.changed.connect(lambda _: print('noted', flush=True))\n"
        "operations.answer(asked, 'cannot tell'); app.exec()\n"
    )
    command = [sys.executable, "-c", program, str(folder)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout.readline() == "noted\n"
        os.kill(process.pid, signal.SIGKILL)
    assert answers(folder) == [CANNOT_TELL]
    _, card = opened(folder, open_desk, qtbot)
    assert card.line.text() == f"▸ Blind question and {number - 2} more"


def test_where_nothing_is_asked_there_is_no_card(film: Film, open_desk: Open, qtbot) -> None:
    folder = film("busy")
    project = Project.open(folder)
    set_question_share(project, "0")
    project.close()
    desk = open_desk(folder)
    panel = open_figures(desk, qtbot)
    qtbot.waitUntil(lambda: panel.promise.number.text() == "not yet", timeout=WAIT_MS)
    assert panel.promise.count.text() == "114 more confirmed drifts needed"
    assert not desk.inspector.question.isVisible() and not desk.top_bar.promise.isVisible()
    press(desk, Qt.Key.Key_G)
    press(desk, Qt.Key.Key_E)
    assert desk.strip.text == "No blind question waits."


def test_a_promise_is_told_beside_the_number_and_in_the_figures(film: Film, open_desk: Open, qtbot) -> None:
    folder = film("busy")
    ask_everything(folder)
    project = Project.open(folder)
    project.db.conn.execute("UPDATE film SET most_missed = 0.9, confidence = 0.5")
    project.close()
    desk, card = opened(folder, open_desk, qtbot)
    press(desk, Qt.Key.Key_1)
    press(desk, Qt.Key.Key_E)
    while card.asked is not None:
        asked = card.asked
        # Brown eyes were asked for and blue ones drawn; everything else is as it should be.
        answer = "blue" if asked.finding.verdict == "drift" else asked.question.wanted
        card.answered.emit(asked, answer)
        qtbot.waitUntil(lambda asked=asked: card.asked != asked, timeout=WAIT_MS)
    qtbot.waitUntil(lambda: desk.top_bar.promise.isVisible(), timeout=WAIT_MS)
    assert desk.top_bar.promise.text() == "misses ≤ 90 %"
    assert "Misses at most 90 % of drift, with 50 % confidence (" in desk.top_bar.rate.toolTip()
    panel = open_figures(desk, qtbot)
    assert panel.promise.number.text() == "≤ 90 %"
    assert panel.promise.count.text() == "of drift missed, with 50 % confidence"
    assert "confirmed drifts, 0 missed" in panel.promise.sentence.text()
    assert "eyes: 0 of" in panel.promise.toolTip()
