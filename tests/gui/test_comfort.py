"""Welcome, recent films, settings, looks, and a film that is found as it was left."""

import shutil
import sys
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, QSettings, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from desktop import theme
from desktop.looks import LOOKS, Look
from desktop.new_film import NewFilm
from desktop.preferences import Preferences
from desktop.snapshot import Spot
from desktop.timeline.shot_filter import Facet, ShotFilter
from desktop.views.settings_page import SettingsPage
from desktop.views.welcome import when_words
from desktop.window import MainWindow
from desktop.worker_link import Patience, WorkerLink
from storage.domain.takes import Seam
from storage.ledger import Ledger
from storage.project import Project
from tests.gui.conftest import FAKE_WORKER
from tests.gui.film_maker import shot_id

Film = Callable[[str], Path]
MAKES_FILM = (
    "import sys; from pathlib import Path; from storage.project import Project;"
    "Project.create(Path(sys.argv[1]), title='Made', screenplay=Path(sys.argv[2]).read_bytes(),"
    " screenplay_name='t.fountain').close()"
)


@pytest.fixture
def settings(tmp_path: Path) -> QSettings:
    return QSettings(str(tmp_path / "desk.ini"), QSettings.Format.IniFormat)


@pytest.fixture
def open_window(qtbot, tmp_path: Path, settings: QSettings) -> Iterator[Callable[[], MainWindow]]:
    """Windows of one user, one after the other."""
    made: list[MainWindow] = []

    def open_it() -> MainWindow:
        for window in made:
            window.close()
        command = (sys.executable, str(FAKE_WORKER), "ready", str(tmp_path / "worker.log"))
        patience = Patience(ask=3, terminate=1, restart=(0.05,) * 3, refused=30)
        window = MainWindow(
            lambda _: WorkerLink(command, patience=patience),
            NewFilm((sys.executable, "-c", MAKES_FILM)),
            settings,
            films=tmp_path / "Documents",
        )
        made.append(window)
        window.show()
        assert QTest.qWaitForWindowActive(window)
        return window

    yield open_it
    for window in made:
        window.close()
        window.deleteLater()


def read(window: MainWindow, folder: Path, qtbot) -> None:
    window.open_film(folder)
    qtbot.waitUntil(lambda: window.desk is not None and window.desk.stage.film is not None, timeout=20_000)


def settings_page(window: MainWindow) -> SettingsPage:
    QTest.keyClick(window, Qt.Key.Key_Comma, Qt.KeyboardModifier.ControlModifier)
    page = window.pages.currentWidget()
    assert isinstance(page, SettingsPage)
    return page


def test_a_film_that_was_open_is_found_again_with_its_picture(open_window, film: Film, qtbot) -> None:
    folder = film("busy")
    window = open_window()
    assert not window.welcome.films
    read(window, folder, qtbot)
    waiting = len(window.desk.stage.film.waiting)
    QTest.keyClick(window, Qt.Key.Key_W, Qt.KeyboardModifier.ControlModifier)
    assert window.desk is None and window.welcome.isVisible()
    qtbot.waitUntil(lambda: len(window.welcome.films) == 1)
    button = window.welcome.films[0]
    assert button.words == f"{waiting} needed you" and button.when.startswith(("today", "yesterday"))
    assert not button.found.picture.isNull() and button.accessibleName().startswith("The Tide Clock, ")
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert window.desk is not None and window.desk.folder == folder


def test_a_folder_that_is_gone_is_told_and_can_be_taken_off_the_list(open_window, film: Film, qtbot) -> None:
    folder = film("drafted")
    window = open_window()
    read(window, folder, qtbot)
    window = open_window()
    shutil.rmtree(folder)
    window.recent.look()
    qtbot.waitUntil(lambda: bool(window.welcome.films) and not window.welcome.films[0].found.there)
    assert window.welcome.films[0].words == "Its folder is gone." and not window.welcome.films[0].isEnabled()
    window.welcome.recent_dropped.emit(str(folder))
    qtbot.waitUntil(lambda: not window.welcome.films)
    assert not window.recent.films


def test_the_demo_film_is_made_once(open_window, tmp_path: Path, qtbot) -> None:
    window = open_window()
    QTest.mouseClick(window.welcome.demo, Qt.MouseButton.LeftButton)
    assert "tide_clock.fountain" in window.welcome.action.text()
    qtbot.waitUntil(lambda: window.desk is not None, timeout=20_000)
    made = tmp_path / "Documents" / "tide_clock.matchcut"
    assert window.desk.folder == made and (made / "project.db").is_file()
    window.close_film()
    window.actions_by_name["demo_film"].trigger()
    assert window.desk is not None and window.desk.folder == made
    qtbot.waitUntil(lambda: window.desk.stage.film is not None, timeout=20_000)


def test_a_screenplay_dropped_on_the_window_becomes_a_film(open_window, tmp_path: Path, qtbot) -> None:
    window = open_window()
    script = tmp_path / "نور الصباح.fountain"
    script.write_text("INT. ROOM - DAY\n\nA lamp.\n")
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(script))])
    event = QDropEvent(
        QPointF(40, 40), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    )
    entered = QDragEnterEvent(
        QPoint(40, 40), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    )
    for each in (entered, event):
        QApplication.sendEvent(window, each)
    qtbot.waitUntil(lambda: window.desk is not None, timeout=20_000)
    assert window.desk.folder == tmp_path / "نور الصباح.matchcut"
    qtbot.waitUntil(lambda: window.desk.stage.film is not None, timeout=20_000)


def test_the_last_film_is_opened_at_the_start_where_that_is_wanted(open_window, film: Film, qtbot) -> None:
    folder = film("drafted")
    window = open_window()
    read(window, folder, qtbot)
    window = open_window()
    window.greet()
    assert window.desk is None
    window.preferences.opens_last.write(True)
    window = open_window()
    window.greet()
    assert window.desk.folder == folder
    qtbot.waitUntil(lambda: window.desk.stage.film is not None, timeout=20_000)


def test_a_film_is_found_as_it_was_left(open_window, film: Film, qtbot) -> None:
    folder = film("finished")
    window = open_window()
    read(window, folder, qtbot)
    desk = window.desk
    qtbot.waitUntil(lambda: not desk.stage.film.num_unread, timeout=20_000)
    window.resize(1320, 820)
    desk.stage.show_spot(Spot(seam=Seam.CLIP, shot_id=shot_id("2B")))
    qtbot.waitUntil(lambda: desk.stage.take is not None)
    desk.stage.show_frame(7)
    desk.timeline_panel.bar.use(ShotFilter(facets=frozenset({Facet.APPROVED})))
    desk.splitters["middle"].setSizes([330, 650, 340])
    sizes = desk.splitters["middle"].sizes()
    window = open_window()
    read(window, folder, qtbot)
    desk = window.desk
    qtbot.waitUntil(lambda: desk.stage.frame_index == 7, timeout=20_000)
    assert desk.stage.spot == Spot(seam=Seam.CLIP, shot_id=shot_id("2B"))
    assert desk.timeline_panel.bar.filter.facets == {Facet.APPROVED}
    assert desk.splitters["middle"].sizes() == sizes
    assert (window.width(), window.height()) == (1320, 820)


def test_every_look_is_shown_at_once_and_kept(open_window, film: Film, settings: QSettings, qtbot) -> None:
    window = open_window()
    read(window, film("busy"), qtbot)
    app = QApplication.instance()
    try:
        shades = {}
        for look in (Look.GREY, Look.LIGHT, Look.DARK):
            QTest.keyClick(
                window, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
            )
            assert Preferences(settings).look.read() is look
            shades[look] = window.grab().toImage().pixelColor(3, 20).name()
        assert shades == {look: LOOKS[look]["panel"] for look in Look}
        assert theme.SOFT.name() in window.desk.inspector.history.text() or not window.desk.inspector.history.text()
        page = settings_page(window)
        page.look.setFocus()
        QTest.keyClick(page.look, Qt.Key.Key_End)
        QTest.keyClick(page.look, Qt.Key.Key_Return)
        page.look.activated.emit(page.look.currentIndex())
        assert Preferences(settings).look.read() is Look.LIGHT and theme.TEXT.name() == LOOKS[Look.LIGHT]["text"]
    finally:
        theme.show(app, Look.DARK)


def test_settings_of_the_user_are_kept_where_they_belong(open_window, film: Film, settings: QSettings, qtbot) -> None:
    window = open_window()
    read(window, film("busy"), qtbot)
    page = settings_page(window)
    assert page.scale_words.text().startswith("Letters")
    page.scale.setCurrentIndex(4)
    page.scale.activated.emit(4)
    assert page.scale_words.text() == "200 % holds from the next start of Matchcut."
    assert Preferences(settings).scale_factor({}) == "2" and not Preferences(settings).scale_factor(
        {"QT_SCALE_FACTOR": "1"}
    )
    page.director.setFocus()
    QTest.keyClicks(page.director, "Ana Souza")
    QTest.keyClick(page.director, Qt.Key.Key_Return)
    assert Preferences(settings).author({}) == "director:Ana Souza"
    assert Preferences(settings).author({"MATCHCUT_DIRECTOR": "Bo"}) == "director:Bo"
    QTest.keyClick(page, Qt.Key.Key_Escape)
    desk = window.desk
    assert desk.isVisible()
    desk.operations.approve_script()
    project = Project.open(desk.folder)

    def author() -> str:
        return Ledger(project.db).everything()[-1].author

    qtbot.waitUntil(lambda: author().endswith("Ana Souza"))
    project.close()


def test_settings_of_the_film_are_written_into_it(open_window, film: Film, qtbot) -> None:
    folder = film("busy")
    window = open_window()
    page = settings_page(window)
    assert page.no_film.isVisible() and not page.price.isVisible()
    read(window, folder, qtbot)
    page = settings_page(window)
    qtbot.waitUntil(lambda: page.price.text() == "0")
    page.attempts.setValue(5)
    for field, text in ((page.price, "0,04"), (page.questions, "25"), (page.confidence, "99")):
        field.setFocus()
        field.selectAll()
        QTest.keyClicks(field, text)
        QTest.keyClick(field, Qt.Key.Key_Return)
    project = Project.open(folder)
    qtbot.waitUntil(lambda: (project.film.price_per_call, project.film.more_attempts) == ("0.04", 5))
    qtbot.waitUntil(lambda: page.confidence.text() == "99" and page.price.text() == "0.04")
    project.close()
    page.questions.setFocus()
    page.questions.selectAll()
    QTest.keyClicks(page.questions, "many")
    QTest.keyClick(page.questions, Qt.Key.Key_Return)
    qtbot.waitUntil(page.problem.isVisible)
    assert "many" in page.problem.text() and page.questions.text() == "25"


def test_when_a_film_was_open_is_said_as_people_say_it() -> None:
    now = datetime(2026, 11, 23, 0, 30)
    assert when_words(datetime(2026, 11, 23, 0, 5).timestamp(), now) == "today, 0:05"
    assert when_words(datetime(2026, 11, 22, 23, 59).timestamp(), now) == "yesterday, 23:59"
    assert when_words(datetime(2026, 11, 3, 9, 0).timestamp(), now) == "3 November 2026"
