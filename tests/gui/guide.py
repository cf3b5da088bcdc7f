"""Makes the guide's lists and pictures again: `python -m tests.gui.guide`, or only its lists with `--lists`.

Writes into `resources/guide/`: `commands.md` from the command line, `README.md` from all pages with the keys that ship,
and the pictures from the real window.
"""

import os
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import click

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from desktop import theme
from desktop.guide import PAGES, page_text
from desktop.keymap import Keymap
from desktop.looks import Look
from desktop.snapshot import Spot
from desktop.tables import TABLES
from desktop.views.checkpoints_page import CheckpointsPage
from pipeline.cli.commands import matchcut
from storage.author import SETTING
from storage.domain.takes import Seam
from tests.gui.film_maker import make_busy_film, make_finished_film, shot_id
from tests.gui.photographer import Photographer

GUIDE = Path(__file__).parents[2] / "resources" / "guide"
WIDTH_PX = 900


def commands_text() -> str:
    """Every command and every option of the command line, as it tells of them itself."""
    lines = ["# Command line", ""]
    for name, command in _commands("matchcut", matchcut):
        arguments = " ".join(each.make_metavar(click.Context(command)) for each in _arguments(command))
        lines += [f"## {name} {arguments}".rstrip(), "", (command.help or "").split("\n\n")[0].replace("\n", " "), ""]
        for option in _options(command):
            lines.append(f"- `{', '.join((*option.opts, *option.secondary_opts))}` {option.help or ''}".rstrip())
        lines.append("")
    return "\n".join(lines).replace("\n\n\n", "\n\n")


def readme_text() -> str:
    """The whole guide with the keys that ship, to be read where there is no desk."""
    keymap = Keymap(TABLES)
    note = "<!-- Made by `python -m tests.gui.guide`; the pages are a_film.md and the_desk.md. -->"
    return "\n".join([note, "", *(page_text(name, keymap).rstrip() + "\n" for name in PAGES)])


def undocumented() -> list[str]:
    """Commands and options without a word on what they do."""
    found = []
    for name, command in _commands("matchcut", matchcut):
        found += [name] if not command.help else []
        found += [f"{name} {option.opts[0]}" for option in _options(command) if not option.help]
    return found


def write_lists() -> None:
    """Write what is made from the code."""
    (GUIDE / "commands.md").write_text(commands_text(), encoding="utf-8")
    (GUIDE / "README.md").write_text(readme_text(), encoding="utf-8")


def take_pictures(work: Path) -> None:
    """Take the guide's pictures of the real window."""
    camera = Photographer(GUIDE, work, "guide")
    make_busy_film(work / "busy.matchcut").project.close()
    make_finished_film(work / "finished.matchcut").project.close()
    camera.open(work / "busy.matchcut")
    camera.pause(1.0)
    _keep(camera, "drift")
    camera.press(Qt.Key.Key_W)
    camera.pause(0.5)
    _keep(camera, "compare")
    camera.press(Qt.Key.Key_C)
    camera.press(Qt.Key.Key_K, modifier=Qt.KeyboardModifier.ControlModifier)
    QTest.keyClicks(camera.the_window.palette_of_actions.field, "take")
    _keep(camera, "palette")
    camera.the_window.palette_of_actions.close_it()
    window = camera.the_window
    window.pages.open("checkpoints")
    page = window.pages.currentWidget()
    assert isinstance(page, CheckpointsPage)
    camera.wait(lambda: page.list.count() > 1, 60.0)
    page.list.setCurrentRow(1)
    page.try_it.click()
    camera.wait(lambda: not page.picture.image.isNull(), 300.0)
    _keep(camera, "checkpoints")
    window.open_film(work / "finished.matchcut")
    camera.wait(lambda: window.desk is not None and window.desk.stage.film is not None)
    camera.desk.stage.show_spot(Spot(seam=Seam.CLIP, shot_id=shot_id("1C")))
    window.show_look(Look.GREY)
    camera.pause(1.0)
    _keep(camera, "grey")
    window.show_look(Look.DARK)
    window.close_film()
    camera.wait(lambda: len(window.welcome.films) > 1)
    _keep(camera, "welcome")
    window.close()
    window.deleteLater()


def _keep(camera: Photographer, name: str) -> None:
    QTest.qWait(700)
    picture = camera.the_window.grab().toImage()
    picture.setDevicePixelRatio(1)
    small = picture.scaledToWidth(WIDTH_PX, Qt.TransformationMode.SmoothTransformation)
    if not small.save(str(GUIDE / f"{name}.png"), quality=0):  # pyright: ignore[reportCallIssue, reportArgumentType]
        raise OSError(f"{name}.png could not be written")


def _commands(name: str, command: click.Command) -> Iterator[tuple[str, click.Command]]:
    yield name, command
    if isinstance(command, click.Group):
        for part, inner in command.commands.items():
            yield from _commands(f"{name} {part}", inner)


def _options(command: click.Command) -> list[click.Option]:
    return [each for each in command.params if isinstance(each, click.Option)]


def _arguments(command: click.Command) -> list[click.Argument]:
    return [each for each in command.params if isinstance(each, click.Argument)]


@click.command()
@click.option("--lists", is_flag=True, help="Only what is made from the code; no pictures.")
def main(lists: bool) -> None:
    """Make the guide again."""
    write_lists()
    if not lists:
        os.environ[SETTING] = "Anna Weber"
        app = QApplication(sys.argv[:1])
        theme.install(app)
        with tempfile.TemporaryDirectory() as work:
            take_pictures(Path(work))


if __name__ == "__main__":
    main()
