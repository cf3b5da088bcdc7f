"""The director of the benchmark: approves what is clean, and gets what is not.

What this director can do, so that nobody has to guess:

- The policy `clean` approves every graph, take and cut that the critic calls clean, under its own name. The director
  never looks at those, so what the critic misses is approved.
- At the script seam, where a person sits anyway, the director reads each line that the critic names, and corrects
  what was misread or fills in what was dropped. Reading the line is taken to tell what the script says.
- A keyframe or clip whose attempts are spent is *handed over*: its best take is approved so that the film can go on,
  and the shot counts as not passed, whether that take is right or not.
- A cut that the critic calls wrong goes back to be assembled again, three times at most.
- Nothing else is ever looked at: the director here has no eyes for pictures.
"""

from collections import Counter

from pipeline.bench.films import BenchFilm
from storage.commands import Commands
from storage.domain.findings import Finding
from storage.domain.scene_graph import Scope, ShotId
from storage.domain.standing import Standing, State
from storage.domain.takes import Seam
from storage.errors import KnownError
from storage.film_state import FilmState
from storage.graph_commands import GraphCommands
from storage.project import Project

_CUTS_AT_MOST = 3
_RETRIES_AT_MOST = 2


class BenchDirector:
    """Decides on what the policy left.

    Args:
        film: what the script says, where the critic points at a line of it.
    """

    def __init__(self, project: Project, film: BenchFilm) -> None:
        self._project = project
        self._film = film
        self._commands = Commands(project, author="bench director")
        self._retries: Counter[ShotId] = Counter()
        self._cuts = 0
        self.handed_over: set[ShotId] = set()
        self.helped: Counter[ShotId] = Counter()
        self.script_false_alarms = 0

    def decide(self) -> bool:
        """Decide on everything that waits; False where nothing does."""
        state = FilmState(self._project)
        waiting = state.waiting()
        for standing in waiting:
            if standing.seam is Seam.SCRIPT:
                self._read_script(state)
            elif standing.seam is Seam.CUT:
                self._look_at_cut(state, standing)
            else:
                self._take_over(standing)
        return bool(waiting)

    def _read_script(self, state: FilmState) -> None:
        assert state.view is not None
        for finding in state.graph_findings or ():
            if finding.check == "omissions" and finding.is_open_drift:
                self._fill_in(finding)
            constraint = state.view.graph.constraints.get(finding.constraint_id or "")  # pyright: ignore
            if not finding.is_open_drift or constraint is None:
                continue
            shot_id = constraint.scope.shot_id
            shots = [shot.id for shot in self._film.shots] if shot_id is None else [shot_id]
            said = {c.value for shot in shots for c in self._film.view.constraints_in(shot) if c.key == constraint.key}
            if len(said) == 1 and (value := said.pop()) != constraint.value:
                self._commands.edit_constraint(constraint.id, value)
                self.helped.update(shots)
            else:
                self.script_false_alarms += 1
        self._commands.approve_script()

    def _fill_in(self, finding: Finding) -> None:
        """Say in the one shot that the critic names what the script says of it."""
        true = {
            f"check:hole/{shot.id}/{constraint.entity_id}/{constraint.attribute}": (shot, constraint)
            for shot in self._film.shots
            for constraint in self._film.view.constraints_in(shot.id)
        }
        if finding.key not in true:
            self.script_false_alarms += 1
            return
        shot, said = true[finding.key]
        graph = GraphCommands(self._project, author="bench director")
        scope = Scope(shot_id=shot.id)
        graph.make(graph.add_constraint(said.entity_id, said.attribute, said.value, part=said.part, scope=scope))
        self.helped.update([shot.id])

    def _take_over(self, standing: Standing) -> None:
        assert standing.shot_id is not None
        self.handed_over.add(standing.shot_id)
        if standing.state is State.DECIDE and standing.take:
            self._commands.approve(standing.take.id)
        elif standing.job and self._retries[standing.shot_id] < _RETRIES_AT_MOST:
            self._retries[standing.shot_id] += 1
            self._project.jobs.retry([standing.job.id])
        else:
            raise KnownError(f"Shot {standing.shot_id} of film {self._film.number} cannot be drawn.", "Report this.")

    def _look_at_cut(self, state: FilmState, standing: Standing) -> None:
        assert standing.take is not None
        if self._cuts >= _CUTS_AT_MOST:
            self.handed_over.update(self._named(state, standing))
            self._commands.approve(standing.take.id)
            return
        self._cuts += 1
        self.helped.update(self._named(state, standing))
        self._commands.request_changes(standing.take.id)

    def _named(self, state: FilmState, standing: Standing) -> list[ShotId]:
        """The shots that the critic says stand wrong in a cut."""
        assert standing.take is not None
        labels = {f.label for f in state.findings.get(standing.take.id, ()) if f.is_open_drift}
        return [shot.id for shot in self._film.shots if f"Shot {shot.label}" in labels]
