"""The window's words go through the translation: shown by a language in which every text is in brackets."""

import re
import subprocess
from collections.abc import Callable, Iterator
from itertools import chain
from pathlib import Path

import PySide6
import pytest
from PySide6.QtCore import (
    QAbstractItemModel,
    QAbstractListModel,
    QAbstractTableModel,
    QLocale,
    QModelIndex,
    Qt,
    QTranslator,
)
from PySide6.QtGui import QAction, QPainter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QTextBrowser,
    QTreeView,
    QWidget,
)

from desktop.comparing import Mode
from desktop.desk import Desk
from desktop.graph.draft import DraftAnswer
from desktop.shaping.add_forms import KINDS
from desktop.translating import plural, tr
from desktop.window import MainWindow
from storage.author import name_of, this_director
from storage.domain.draft_merge import Fate, SceneRow
from storage.domain.scene_graph import SceneId, ShotId
from storage.domain.takes import Seam
from storage.domain.vocabulary import ACCESSORIES, GARMENTS, STANDARD_VALUES
from storage.edit_cost import EditCost
from storage.graph_commands import GraphCommands
from storage.project import Project
from tests.gui.film_maker import SCREENPLAY, FilmMaker, shot_id
from tests.gui.graph_pictures import contradicting_graph
from tests.gui.notes_pictures import make_noted_film
from tests.gui.words import Words, catalogue, words_of_the_desk

LRELEASE = Path(PySide6.__file__).parent / "lrelease"
ROLES = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole)
_PLACE = re.compile(r"(\{\{[^{}]*\}\}|\{[^{}]*\})")
_INSIDE = re.compile(r"⟦[^⟦⟧]*⟧")
_CUT_SHORT = re.compile(r"⟦[^⟦⟧]*…|^…?[^⟦⟧]*⟧")
_TAG = re.compile(r"<style.*?</style>|<[^>]*>|&nbsp;|&\w+;", re.DOTALL)
_KEY = re.compile(
    r"(?:(?:Ctrl|Shift|Alt)\+|⇧)*(?:[A-Z^]\w?|[0-9]|F\d+|Esc|Enter|Del|Ins|Home|End|Space|PgUp|PgDown|Backspace|\W)"
)
# Between two pieces of what the film tells, beside what the desk says.
_SIGNS = " ?…·%×▾▸✓✕★☆≠~−‹›0123456789"
_BETWEEN = re.compile(r"–|[\n\t]| · |, |: |; |  |[()“”|]| → |\. |\.$| or ")


def bracketed(words: str) -> str:
    """Words as the test's language has them: in brackets, but for the places of what the film tells."""
    return "".join(
        part if _PLACE.fullmatch(part) or not any(each.isalpha() for each in part) else f"⟦{part}⟧"
        for part in _PLACE.split(words)
    )


def forms_of(words: Words) -> tuple[str, ...]:
    return (bracketed(words.one), bracketed(words.text)) if words.one else (bracketed(words.text),)


def install(app: QApplication, source: bytes, folder: Path) -> QTranslator:
    """A translation as a translator would make one, by Qt's own tools."""
    (folder / "desk.ts").write_bytes(source)
    subprocess.run([LRELEASE, "-silent", folder / "desk.ts", "-qm", folder / "desk.qm"], check=True)
    translator = QTranslator()
    assert translator.load(str(folder / "desk.qm"))
    app.installTranslator(translator)
    return translator


@pytest.fixture
def brackets(themed: QApplication, tmp_path: Path) -> Iterator[None]:
    translated = {words.text: forms_of(words) for words in words_of_the_desk()}
    translator = install(themed, catalogue(translated, "en_GB"), tmp_path)
    yield
    themed.removeTranslator(translator)


class Painted:
    """Everything that is written with a painter."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.texts: set[str] = set()
        draw = QPainter.drawText

        def note(painter: QPainter, *given):
            self.texts.update(each for each in given if isinstance(each, str))
            return draw(painter, *given)

        monkeypatch.setattr(QPainter, "drawText", note)


@pytest.fixture
def painted(monkeypatch: pytest.MonkeyPatch) -> Painted:
    return Painted(monkeypatch)


def texts_of(root: QWidget) -> Iterator[tuple[str, str]]:
    """Every text of a window, seen, told as a tooltip or read aloud, and where it is."""
    for widget in (root, *root.findChildren(QWidget)):
        told = [widget.toolTip(), widget.accessibleName(), widget.accessibleDescription(), widget.windowTitle()]
        if isinstance(widget, QLabel | QAbstractButton):
            told.append(widget.text())
        if isinstance(widget, QLineEdit):
            told.append(widget.placeholderText())
        if isinstance(widget, QComboBox):
            told += [widget.itemText(number) for number in range(widget.count())]
        if isinstance(widget, QTextBrowser) and not widget.searchPaths():
            told.append(widget.toPlainText())
        if isinstance(widget, QAbstractItemView) and widget.model() is not None:
            told += _texts_of_model(widget.model(), QModelIndex())
            if isinstance(widget, QTreeView) and not widget.isHeaderHidden():
                told += [str(widget.model().headerData(n, Qt.Orientation.Horizontal) or "") for n in range(3)]
        where = f"{type(widget).__name__} in {type(widget.parent()).__name__}"
        yield from ((where, text) for text in told if text)
    yield from (("QAction", action.text()) for action in root.findChildren(QAction) if action.text())


def _texts_of_model(model: QAbstractItemModel, parent: QModelIndex) -> Iterator[str]:
    for row in range(min(model.rowCount(parent), 60)):
        columns = 1 if isinstance(model, QAbstractListModel) else model.columnCount(parent)
        for column in range(columns):
            index = model.index(row, column, parent)
            yield from (str(told) for told in (model.data(index, role) for role in ROLES) if told)
        if isinstance(model, QAbstractListModel | QAbstractTableModel):
            continue
        first = model.index(row, 0, parent)
        if model.canFetchMore(first):
            model.fetchMore(first)
        if model.hasChildren(first):
            yield from _texts_of_model(model, first)


def told_by(project: Project) -> str:
    """What a film tells by itself, in its own language: the only words that may stand there untranslated."""
    graph = project.graphs.view().graph
    said = [project.film.title, project.film.currency, SCREENPLAY, "pocket on CPU", "bfloat16", "script agent"]
    said.append(name_of(this_director()))
    for item in chain(graph.characters.values(), graph.settings.values(), graph.props.values()):
        said += [item.name, item.evidence.quote]
    for scene in graph.scenes.values():
        said += [scene.number, scene.heading]
    for shot in graph.shots.values():
        said += [shot.label, shot.action, shot.evidence.quote, *(line.text for line in shot.lines)]
    said += [constraint.evidence.quote for constraint in graph.constraints.values()]
    for take in project.takes.everything():
        for finding in project.takes.findings(take.id) or ():
            said += [finding.expected, finding.observed, finding.message, finding.check, finding.label]
        said += project.takes.recipe(take.id).drawn_as
    for decision in project.ledger.everything():
        said += [decision.note, decision.author, *(str(stroke) for stroke in decision.details.get("strokes", ()))]
    said += [label for _, _, label, *_ in GraphCommands(project, "director").revisions()]
    said += [text for row in project.db.execute("SELECT message FROM jobs") for text in row if text]
    said += [QLocale().standaloneMonthName(month, QLocale.FormatType.ShortFormat) for month in range(1, 13)]
    return "\n".join(said).casefold()


def untranslated(text: str, film: str) -> str:
    """What stands in a text outside of brackets, and is neither told by the film nor the name of a key."""
    rest = _TAG.sub(" · ", text)
    while (shorter := _INSIDE.sub(" · ", rest)) != rest:
        rest = shorter
    rest = _CUT_SHORT.sub(" · ", rest)
    vocabulary = {*chain(*STANDARD_VALUES.values()), *GARMENTS, *ACCESSORIES}
    whole = [piece.strip() for piece in _BETWEEN.split(rest.replace(" · ", "\n"))]
    pieces = (
        piece.strip(_SIGNS)
        for piece in whole
        if not _KEY.fullmatch(piece) and (piece.casefold() not in film or piece in vocabulary)
    )
    left = [piece for piece in pieces if any(each.isalpha() for each in piece)]
    return ", ".join(
        piece
        for piece in left
        if not _KEY.fullmatch(piece) and (piece.casefold() not in film or piece in vocabulary) and piece[0] != "/"
    )


def plain_texts(window: MainWindow, painted: Painted, film: str) -> set[str]:
    """Texts on screen that have words in English, with their places."""
    window.grab()
    known = {words.text for words in words_of_the_desk()}
    found = {
        f"{where}: {text!r} has {rest!r}"
        for where, text in (*texts_of(window), *(("painted", text) for text in painted.texts))
        if (rest := text if text in known and " " in text else untranslated(text, film))
    }
    painted.texts.clear()
    return found


def test_words_are_collected_from_code_tables_and_what_storage_tells():
    words = words_of_the_desk()
    assert {
        "Approve the take on screen, or the scene graph",
        "Make the demo film",
        "Find shots",
        "Settings",
        "needs you",
        "There is no shot {label}.",
        "Scene {number} has no setting.",
    } <= {each.text for each in words}
    assert Words(text="{n} replies", one="{n} reply") in words
    assert len(words) > 1000 and all(path.startswith(("desktop/", "storage/")) for path in words.values())


def test_places_of_a_translation_are_those_of_the_words():
    for words in words_of_the_desk():
        assert not words.one or set(_PLACE.findall(words.one)) <= {*_PLACE.findall(words.text), "{n}"}, words


def test_a_language_has_as_many_forms_for_a_number_as_it_needs(themed: QApplication, tmp_path: Path) -> None:
    forms = ("{n} кадр сцены {scene}", "{n} кадра сцены {scene}", "{n} кадров сцены {scene}")
    source = catalogue({"{n} shots": tuple(each.partition(" сцены")[0] for each in forms)}, "ru_RU")
    translator = install(themed, source, tmp_path)
    told = [plural("{n} shot", "{n} shots", number) for number in (1, 3, 5, 21, 10_000)]
    assert told == ["1 кадр", "3 кадра", "5 кадров", "21 кадр", "10,000 кадров"]
    assert plural("{n} frame", "{n} frames", 1) == "1 frame", "what nobody has translated stays English"
    themed.removeTranslator(translator)


class Look:
    """Triggers actions of a desk, and keeps in `plain` what of all that is shown then is in no brackets."""

    def __init__(self, desk: Desk, window: MainWindow, painted: Painted, film: str) -> None:
        self._desk = desk
        self._window = window
        self._painted = painted
        self._film = film
        self.plain: set[str] = set()

    def __call__(self, *actions: str) -> None:
        for name in actions:
            self._desk.actions_by_name[name].trigger()
        QApplication.processEvents()
        self.plain.update(plain_texts(self._window, self._painted, self._film))


@pytest.fixture
def shown_desk(brackets: None, open_desk: Callable[..., Desk]) -> Callable[[Path], Desk]:
    def open_it(folder: Path) -> Desk:
        desk = open_desk(folder)
        desk.window().resize(1480, 900)
        return desk

    return open_it


def test_nothing_of_reviewing_is_shown_untranslated(tmp_path: Path, shown_desk, painted: Painted, qtbot) -> None:
    maker = make_noted_film(tmp_path / "noted.matchcut")
    film = told_by(maker.project)
    maker.project.close()
    desk: Desk = shown_desk(tmp_path / "noted.matchcut")
    window = desk.window()
    assert isinstance(window, MainWindow)
    look = Look(desk, window, painted, film)
    for label in ("1A", "1B", "1C", "2A", "2B", "2C", "3A", "3B"):
        desk.stage.show_shot(shot_id(label))
        for seam in (Seam.KEYFRAME, Seam.CLIP):
            desk.stage.show_seam(seam)
            QTest.qWait(20)
            look()
    desk.stage.show_seam(Seam.CUT)
    look("next_for_me", "unseen", "queue")
    look("lock", "approve", "approve_clean", "false_alarm", "missed_drift", "request_changes")
    desk.stage.show_shot(shot_id("1C"))
    desk.stage.show_seam(Seam.CLIP)
    look("notes", "note_after", "note_write", "note_pen")
    look("note_pen", "contact_sheet")
    look("contact_sheet", "compare")
    for mode in Mode:
        desk.viewer.comparison.show_mode(mode)
        look()
    look("compare", "figures")
    QTest.qWait(50)
    look("figures", "safe_areas", "question", "trim_longer")
    window.palette_of_actions.toggle()
    look()
    rows = window.palette_of_actions.list.rows.rows
    assert all(row.words.startswith("⟦") for row in rows)
    desk.strip.show_problem("There is no take on screen.", "Press {next_for_me} for the next that needs you.")
    assert desk.strip.text == "⟦There is no take on screen.⟧ ⟦Press ⟧N⟦ for the next that needs you.⟧"
    assert not look.plain, "\n".join(sorted(look.plain))


def test_nothing_of_shaping_is_shown_untranslated(tmp_path: Path, shown_desk, painted: Painted, qtbot) -> None:
    maker = FilmMaker(tmp_path / "drawn.matchcut")
    maker.draft(contradicting_graph())
    maker.commands.settle([next(iter(each.id for each in maker.project.graphs.view().graph.constraints.values()))])
    film = told_by(maker.project) + "\ndrawn.fountain"
    maker.project.close()
    desk: Desk = shown_desk(tmp_path / "drawn.matchcut")
    window = desk.window()
    assert isinstance(window, MainWindow)
    look = Look(desk, window, painted, film)
    look("script_seam", "line_after")
    look("open_ends")
    look("graph_page")
    board = desk.graph_views.page.board
    graph = desk.stage.film.view.graph  # pyright: ignore[reportOptionalMemberAccess]
    items = [next(iter(part)) for part in (graph.characters, graph.settings, graph.props, graph.scenes, graph.shots)]
    contradicting = [each.id for each in graph.constraints.values()][-2:]
    for item_id in (*items, *contradicting):
        desk.stage.choose_item(str(item_id))
        QTest.qWait(20)
        look()
        for verb in ("edit_item", "merge_items", "split_item", "delete_item"):
            look(verb)
        desk.tree.panel.close_panel()
    assert board.net is not None
    look("add_item")
    for kind in KINDS:
        desk.tree.panel.variant.setCurrentIndex(desk.tree.panel.variant.findData(kind))
        look()
    desk.tree.panel.close_panel()
    revisions = desk.graph_views.revisions
    look("revisions_page")
    qtbot.waitUntil(lambda: revisions.comparison.rowCount() > 0, timeout=20_000)
    revisions.table.setCurrentIndex(revisions.comparison.index(0, 0))
    revisions.list.setCurrentIndex(revisions.revisions.index(1))
    look()
    look("draft_page")
    draft = desk.graph_views.draft
    draft.ask(tmp_path / "drawn.fountain")
    look()
    draft.show_reading("drawn.fountain")
    look()
    draft.show_answer(_answer())
    look()
    assert not look.plain, "\n".join(sorted(look.plain))


def _answer() -> DraftAnswer:
    rows = tuple(
        SceneRow(
            fate=fate, scene_id=SceneId(f"scene:{number}"), number=str(number),
            heading_before="" if fate is Fate.NEW else "INT. KITCHEN - NIGHT",
            heading="" if fate is Fate.CUT else "EXT. HARBOUR BEACH - DUSK",
        )
        for number, fate in enumerate(Fate, start=1)
    )  # fmt: skip
    cost = EditCost(keyframes=(ShotId("shot:1A"),), clips=(), seconds=90, new=(ShotId("shot:9A"),))
    return DraftAnswer(done=None, scenes=rows, contradictions=(), cost=cost)


def test_nothing_of_the_pages_is_shown_untranslated(film, shown_desk, painted: Painted, qtbot) -> None:
    folder = film("busy")
    project = Project.open(folder)
    told = told_by(project) + "\nbusy.matchcut"
    project.close()
    desk: Desk = shown_desk(folder)
    window = desk.window()
    assert isinstance(window, MainWindow)
    plain: set[str] = set()
    for page in ("settings", "shortcuts", "checkpoints", "guide"):
        window.pages.open(page)
        QTest.qWait(50)
        plain |= plain_texts(window, painted, told)
    window.pages.go_home()
    window.close_film()
    qtbot.waitUntil(lambda: bool(window.welcome.films), timeout=20_000)
    plain |= plain_texts(window, painted, told)
    assert tr("Open a film") == "⟦Open a film⟧"
    assert not plain, "\n".join(sorted(plain))


def test_the_main_page_opens_from_right_to_left_with_no_word_cut(film, open_desk, themed: QApplication, qtbot) -> None:
    themed.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    try:
        desk: Desk = open_desk(film("busy"))
        desk.window().resize(1480, 900)
        QTest.qWait(50)
        mirrored = (
            desk.notes.side.mapTo(desk, desk.rect().topLeft()).x() < desk.tree.mapTo(desk, desk.rect().topLeft()).x()
        )
        assert mirrored, "the outline stands at the right"
        cut = [
            f"{type(button.parent()).__name__}: {button.text()}"
            for button in desk.findChildren(QAbstractButton)
            if button.isVisible() and button.text() and button.width() < button.minimumSizeHint().width()
        ]
        assert not cut
    finally:
        themed.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
