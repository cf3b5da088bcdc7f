"""The article's own example: brown eyes in the script, blue in the first picture, brown in the one a director sees.

To watch it: `matchcut produce FILM --plant 1B:eyes=blue`.
"""

from pathlib import Path

from critic.judge import Judge
from pipeline.cli.commands import matchcut
from pipeline.media import decode_picture
from pipeline.resources import resources
from storage.commands import Commands
from storage.domain.findings import Verdict
from storage.domain.standing import State
from storage.domain.takes import Seam
from storage.film_state import FilmState
from storage.project import Project

SCRIPT = """INT. KITCHEN - DAY

CLOSE ON MARA

Brown-eyed MARA, long black hair, in a red coat, looks at the clock.
"""


def test_blue_eyes_are_flagged_made_again_and_never_reach_the_director(tmp_path: Path):
    script, folder = tmp_path / "clock.fountain", tmp_path / "Clock.matchcut"
    script.write_text(SCRIPT)
    matchcut.main(["new", str(folder), str(script), "--seed", "3", "--checkpoint", "artist"], standalone_mode=False)
    project = Project.open(folder)
    produce = ["produce", str(folder), "--plant", "1A:eyes=blue"]
    assert _status(produce) == 3
    Commands(project).approve_script()
    assert _status(produce) == 3

    shot = next(shot for shot in FilmState(project).planned_shots if shot.label == "1A")
    planted, *natural = project.takes.of_shot(shot.id, Seam.KEYFRAME)
    assert planted.planted and not any(take.planted for take in natural)
    flagged = next(f for f in project.takes.findings(planted.id) or () if f.key == "character:mara/eyes/")
    assert (flagged.verdict, flagged.expected, flagged.observed) == (Verdict.DRIFT, "brown", "blue")
    assert flagged.region is not None

    standing = FilmState(project).shot(shot.id).keyframe
    assert (standing.state, standing.clean) == (State.DECIDE, True)
    assert standing.take in natural
    judge = Judge.load(resources() / "judge")
    assert standing.take is not None
    for take, colour in ((planted, "blue"), (standing.take, "brown")):
        reading = judge.read(decode_picture(project.media.find(take.media))[None])[0]
        assert reading.persons[0].attributes["eyes"].value == colour
    project.close()


def _status(arguments: list[str]) -> int:
    try:
        matchcut.main(arguments, standalone_mode=False)
    except SystemExit as ended:
        return int(ended.code or 0)
    return 0
