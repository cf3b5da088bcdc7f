"""The one window: the ways in while no film is open, the desk when one is."""

from collections.abc import Callable, Sequence
from importlib.resources import files
from pathlib import Path

from PySide6.QtCore import QSettings, Slot
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QFileDialog, QMainWindow

from desktop import theme
from desktop.actions import WINDOW_ACTIONS, KeyAction, actions_in, add_actions
from desktop.checkpoints import Checkpoints, doctor_command
from desktop.desk import Desk
from desktop.film_settings import FilmSettings, FilmSettingsLink
from desktop.keymap import PROPERTY, Keymap
from desktop.layouts import LayoutKeeper
from desktop.looks import Look
from desktop.new_film import SCREENPLAY_SUFFIXES, NewFilm
from desktop.pages import Pages
from desktop.preferences import Preferences
from desktop.recent_films import RecentFilms
from desktop.tables import TABLES
from desktop.translating import tr
from desktop.views.checkpoints_page import CheckpointsPage
from desktop.views.guide_page import GuidePage
from desktop.views.palette import Palette
from desktop.views.parts import PressableButton
from desktop.views.settings_page import SettingsPage
from desktop.views.shortcuts_page import ShortcutsPage
from desktop.views.welcome import Welcome
from desktop.worker_link import WorkerLink
from storage.project import SUFFIX, safe_name


class MainWindow(QMainWindow):
    """Opens films, one at a time.

    Args:
        make_link: gives the link to the worker of a film.
        new_film: makes films from screenplays.
        settings: this user's; None keeps what would be kept there until a film is closed.
        films: folder in which the demo film is made; None for the current one.
        doctor: the program that looks for checkpoints; None for Matchcut's own.
    """

    def __init__(
        self,
        make_link: Callable[[Path], WorkerLink],
        new_film: NewFilm,
        settings: QSettings | None = None,
        *,
        films: Path | None = None,
        doctor: Sequence[str] | None = None,
    ) -> None:
        super().__init__()
        self._make_link = make_link
        self._new_film = new_film
        self._settings = settings
        self._films = films or Path.cwd()
        self.preferences = Preferences(settings)
        self.recent = RecentFilms(settings, self)
        self.layout_keeper: LayoutKeeper | None = None
        self.checkpoints = Checkpoints(doctor or doctor_command(), settings, self)
        self._film_settings: FilmSettingsLink | None = None
        self._checkpoint: str | None = None
        self.desk: Desk | None = None
        self._leaving: list[WorkerLink] = []
        self.failed_to_open = False
        self.keymap = Keymap(TABLES, settings, self)
        self.setProperty(PROPERTY, self.keymap)
        self.welcome = Welcome()
        self.pages = Pages(
            self.welcome,
            {
                "shortcuts": lambda: ShortcutsPage(self.keymap),
                "settings": self._make_settings_page,
                "checkpoints": self._make_checkpoints_page,
                "guide": lambda: GuidePage(self.keymap),
            },
        )
        self.setCentralWidget(self.pages)
        self.palette_of_actions = Palette(
            self, lambda: actions_in(self), self.keymap, settings, before_doing=self._make_room_for
        )
        self.setWindowTitle(tr("Matchcut"))
        self.setAcceptDrops(True)
        self.resize(1480, 900)
        self.welcome.film_wanted.connect(self.choose_film)
        self.welcome.screenplay_wanted.connect(self.choose_screenplay)
        self.welcome.demo_wanted.connect(self.make_demo_film)
        self.welcome.recent_wanted.connect(self._open_path)
        self.welcome.recent_dropped.connect(self.recent.forget)
        self.recent.found.connect(self.welcome.show_recent)
        new_film.made.connect(self.open_film)
        new_film.failed.connect(self._show_problem)
        self.actions_by_name = add_actions(self, WINDOW_ACTIONS, self._slots())
        self.keymap.bind(self)
        self.keymap.changed.connect(self._show_keys)
        self.recent.look()

    @Slot(Path)
    def open_film(self, folder: Path) -> None:
        """Open a film in place of the one that is open."""
        self.welcome.show_problem("", "")
        self._close_desk()
        desk = Desk(folder, self._make_link(folder), self._settings)
        desk.opened.connect(self._show_title)
        desk.could_not_open.connect(self._show_could_not_open)
        desk.graph_views.film_wanted.connect(self._make_film)
        desk.viewer.player.speed = self.preferences.speed.read()
        if self.preferences.loops.read():
            desk.viewer.player.toggle_loop()
        desk.viewer.bar.safe.setChecked(self.preferences.safe_areas.read())
        self.desk = desk
        self._film_settings = link = FilmSettingsLink(desk.operations, desk)
        link.known.connect(self._note_settings)
        link.checkpoint_changed.connect(self._open_again)
        desk.opened.connect(lambda _: link.read())
        if self.pages.is_made("settings"):
            self._settings_page.show_film(link)
        self.layout_keeper = LayoutKeeper(desk, self, self._settings)
        self.pages.set_home(desk)
        self.keymap.bind(self)
        desk.viewer.canvas.setFocus()

    @Slot()
    def close_film(self) -> None:
        """Close the film; the ways in come up again."""
        self._close_desk()
        self.pages.go_home()

    def greet(self) -> None:
        """Begin without a film that was named: with the last one, where the user wants that and it is there."""
        films = self.recent.films
        if self.preferences.opens_last.read() and films and Path(films[0].folder).is_dir():
            self.open_film(Path(films[0].folder))

    @Slot()
    def make_demo_film(self) -> None:
        """Make the film of the screenplay that ships, or open it where it was made."""
        script = Path(str(files("resources"))) / "demo" / "tide_clock.fountain"
        made = self._films / f"{safe_name(script.stem)}{SUFFIX}"
        if made.is_dir():
            self.open_film(made)
            return
        self._films.mkdir(parents=True, exist_ok=True)
        self._make_film(script, self._films)

    @Slot(object)
    def show_look(self, look: Look) -> None:
        """Show everything in the colours of a look, from now on."""
        self.preferences.look.write(look)
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        theme.show(app, look)
        if self.pages.is_made("settings"):
            self._settings_page.show_look(look)

    @Slot()
    def choose_film(self) -> None:
        """Ask for a film's folder. The window stays alive meanwhile."""
        dialog = QFileDialog(self, tr("Open a film"))
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        dialog.fileSelected.connect(self._open_path)
        self._show_dialog(dialog)

    @Slot()
    def choose_screenplay(self) -> None:
        """Ask for a screenplay. The window stays alive meanwhile."""
        dialog = QFileDialog(self, tr("Open a screenplay"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        patterns = " ".join(f"*{suffix}" for suffix in SCREENPLAY_SUFFIXES)
        dialog.setNameFilter(tr("Screenplays ({patterns})", patterns=patterns))
        dialog.fileSelected.connect(self._open_path)
        self._show_dialog(dialog)

    def closeEvent(self, event: QCloseEvent) -> None:
        # The worker may take seconds to leave; nobody should look at a dead window meanwhile.
        self.hide()
        self.recent.stop()
        self.checkpoints.stop()
        self._new_film.stop()
        self._close_desk()
        for link in self._leaving:
            link.stop()
        self._leaving.clear()
        super().closeEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        paths = [url.toLocalFile() for url in event.mimeData().urls() if url.isLocalFile()]
        if paths:
            self._open_path(paths[0])

    def _slots(self) -> dict[str, Callable[[], object]]:
        return {
            "palette": self.palette_of_actions.toggle,
            "open_film": self.choose_film,
            "open_screenplay": self.choose_screenplay,
            "demo_film": self.make_demo_film,
            "close_film": self.close_film,
            "shortcuts": lambda: self.pages.open("shortcuts"),
            "settings": lambda: self.pages.open("settings"),
            "checkpoints": lambda: self.pages.open("checkpoints"),
            "guide": lambda: self.pages.open("guide"),
            "next_theme": self._show_next_look,
            "quit": self.close,
        }

    def _make_room_for(self, entry: KeyAction) -> None:
        """What is done to the film is done where one sees it."""
        if self.pages.shown and entry.name not in self.actions_by_name:
            self.pages.go_home()

    @Slot()
    def _show_keys(self) -> None:
        for button in self.findChildren(PressableButton):
            button.show_key()

    def _show_dialog(self, dialog: QFileDialog) -> None:
        dialog.setModal(False)
        dialog.finished.connect(dialog.deleteLater)
        dialog.show()

    @Slot(str)
    def _open_path(self, path: str) -> None:
        chosen = Path(path)
        if chosen.is_dir() or chosen.suffix == SUFFIX:
            self.open_film(chosen)
        elif self.desk is not None and self.desk.stage.film is not None and self.desk.stage.film.view is not None:
            self.pages.go_home()
            self.desk.graph_views.ask_about(chosen)
        else:
            self._make_film(chosen)

    def _make_film(self, screenplay: Path, home: Path | None = None) -> None:
        self.welcome.show_busy(tr("Making a film of {name}…", name=screenplay.name))
        self._new_film.make(screenplay, home)

    @Slot()
    def _show_next_look(self) -> None:
        looks = list(Look)
        self.show_look(looks[(looks.index(self.preferences.look.read()) + 1) % len(looks)])

    @property
    def _settings_page(self) -> SettingsPage:
        page = self.pages.page("settings")
        assert isinstance(page, SettingsPage)
        return page

    def _make_settings_page(self) -> SettingsPage:
        page = SettingsPage(self.preferences, round(100 * self.devicePixelRatioF()))
        page.look_wanted.connect(self.show_look)
        page.director_named.connect(self._name_director)
        page.checkpoints_wanted.connect(lambda: self.pages.open("checkpoints"))
        page.show_film(self._film_settings)
        return page

    def _make_checkpoints_page(self) -> CheckpointsPage:
        page = CheckpointsPage(self.checkpoints, lambda: [film.checkpoint for film in self.recent.films])
        page.show_in_use(self._checkpoint)
        page.chosen.connect(self._use_checkpoint)
        return page

    @Slot(object)
    def _note_settings(self, settings: FilmSettings) -> None:
        self._show_checkpoint(settings.checkpoint)

    def _show_checkpoint(self, checkpoint: str | None) -> None:
        self._checkpoint = checkpoint
        if self.pages.is_made("checkpoints"):
            page = self.pages.page("checkpoints")
            assert isinstance(page, CheckpointsPage)
            page.show_in_use(checkpoint)

    @Slot(str)
    def _use_checkpoint(self, checkpoint: str) -> None:
        if self._film_settings is not None:
            self._film_settings.set_checkpoint(checkpoint)

    @Slot()
    def _open_again(self) -> None:
        """Another worker is to draw: the one at work leaves as it does when a film is closed, and nobody is blamed."""
        if self.desk is not None:
            self.open_film(self.desk.folder)

    @Slot()
    def _name_director(self) -> None:
        if self.desk is not None:
            self.desk.operations.decide_as(self.preferences.author())

    @Slot(str)
    def _show_title(self, title: str) -> None:
        self.setWindowTitle(tr("{title} — Matchcut", title=title))

    @Slot(str, str)
    def _show_could_not_open(self, sentence: str, action: str) -> None:
        self.failed_to_open = True
        self._close_desk()
        self._show_problem(sentence, action)

    @Slot(str, str)
    def _show_problem(self, sentence: str, action: str) -> None:
        if self.desk is not None:
            self.desk.strip.show_problem(sentence, action)
        else:
            self.welcome.show_problem(sentence, action)

    def _close_desk(self) -> None:
        if self.desk is not None:
            if self.layout_keeper is not None:
                self.layout_keeper.keep()
            if self.desk.stage.film is not None:
                self.recent.remember(self.desk.folder, self.desk.stage.film, self._checkpoint or "")
            self.layout_keeper = None
            self.desk.stop()
            # Its worker may take a while over the step at hand; another film is not kept waiting for that.
            link = self.desk.link
            self._leaving.append(link)
            link.gone.connect(lambda: self._leaving.remove(link) if link in self._leaving else None)
            self.pages.set_home(self.welcome)
            self.pages.removeWidget(self.desk)
            self.desk.deleteLater()
            self.desk = None
            self.setWindowTitle(tr("Matchcut"))
            self._film_settings = None
            self._show_checkpoint(None)
            if self.pages.is_made("settings"):
                self._settings_page.show_film(None)
            if not self.isHidden():
                self.recent.look()
