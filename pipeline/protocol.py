"""What the desk and the worker say to each other, one JSON object a line, and what `doctor` answers the desk.

Messages are hints to read the project again; the truth is in project.db. Commands are
imperative, events are in the past tense.
"""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError


class _Message(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore")


class Wake(_Message):
    """Something was decided, wished or edited: read the project again."""

    kind: Literal["wake"] = "wake"


class Leave(_Message):
    """Finish the step at hand, save and leave."""

    kind: Literal["leave"] = "leave"


Command = Annotated[Wake | Leave, Field(discriminator="kind")]


class WorkerReady(_Message):
    """The worker holds the project. `device` is in words a person reads ("pocket on CPU, bfloat16")."""

    kind: Literal["worker_ready"] = "worker_ready"
    checkpoint: str
    device: str


class GraphDrafted(_Message):
    kind: Literal["graph_drafted"] = "graph_drafted"
    revision: int


class JobStarted(_Message):
    kind: Literal["job_started"] = "job_started"
    job_ids: tuple[int, ...]
    total: int


class JobProgressed(_Message):
    """`step` of `total`; `preview` is a small picture of the denoising, base64 PNG or JPEG, or empty."""

    kind: Literal["job_progressed"] = "job_progressed"
    job_ids: tuple[int, ...]
    step: int
    total: int
    preview: str = ""


class JobEnded(_Message):
    """`state` is "done", "failed" or "cancelled"; the row was written before."""

    kind: Literal["job_ended"] = "job_ended"
    job_id: int
    state: str
    message: str = ""


class MemoryShort(_Message):
    """Memory ran out under these jobs, so `what` is done from now on: "batches of 4", "384×224 in place of 512×288"."""

    kind: Literal["memory_short"] = "memory_short"
    job_ids: tuple[int, ...]
    what: str


class WorkPaused(_Message):
    """A director paused the work: the worker holds between two steps, or begins nothing new."""

    kind: Literal["work_paused"] = "work_paused"


class WorkWentOn(_Message):
    kind: Literal["work_went_on"] = "work_went_on"


class TakeMade(_Message):
    """`how` says what was done about the drift of an earlier take ("eyes inpainted"); empty for the first."""

    kind: Literal["take_made"] = "take_made"
    take_id: int
    seam: str
    shot_id: str | None
    attempt: int
    drawn_as: tuple[str, ...] = ()
    how: str = ""


class TakeReviewed(_Message):
    """`drift` are the labels of what was not right, with expected and observed."""

    kind: Literal["take_reviewed"] = "take_reviewed"
    take_id: int
    seam: str
    shot_id: str | None
    attempt: int
    clean: bool
    drift: tuple[str, ...] = ()


class Decided(_Message):
    """A policy decided."""

    kind: Literal["decided"] = "decided"
    seq: int
    verb: str
    seam: str
    shot_id: str | None


class WaitingForDirector(_Message):
    """Nothing is left to do until a director decides these."""

    kind: Literal["waiting_for_director"] = "waiting_for_director"
    count: int


class FilmFinished(_Message):
    """The cut is approved and exported."""

    kind: Literal["film_finished"] = "film_finished"
    exports: tuple[str, ...]


class WorkerFailed(_Message):
    """A known error: one sentence and one action."""

    kind: Literal["worker_failed"] = "worker_failed"
    sentence: str
    action: str


Event = Annotated[
    WorkerReady
    | GraphDrafted
    | JobStarted
    | JobProgressed
    | JobEnded
    | MemoryShort
    | WorkPaused
    | WorkWentOn
    | TakeMade
    | TakeReviewed
    | Decided
    | WaitingForDirector
    | FilmFinished
    | WorkerFailed,
    Field(discriminator="kind"),
]

_commands: TypeAdapter[Command] = TypeAdapter(Command)
_events: TypeAdapter[Event] = TypeAdapter(Event)


def to_line(message: Command | Event) -> str:
    """One message as a line with its newline."""
    return message.model_dump_json() + "\n"


def read_command(line: str) -> Command | None:
    """A command from the desk; None where the line is none, so that a newer desk does no harm."""
    try:
        return _commands.validate_json(line)
    except ValidationError:
        return None


def read_event(line: str) -> Event | None:
    """An event from the worker; None where the line is none (a library that prints)."""
    try:
        return _events.validate_json(line)
    except ValidationError:
        return None


class FoundCheckpoint(_Message):
    """A checkpoint on disk, as far as its small files tell.

    Attributes:
        checkpoint: as a film names it: a folder, "artist", or empty for pocket.
        makes: "keyframes and clips", "keyframes" or "clips"; empty where it is refused.
        width_px, height_px: of its pictures; 0 where its files do not say.
        references: whether keyframes go by looks.
        image_to_video: whether a clip begins on its keyframe.
        weights_bytes: of its safetensors.
        memory_bytes: about what it needs while it draws.
        refused, action: why it cannot be opened, and what to do; empty where it can.
        ships: it came with Matchcut.
    """

    checkpoint: str
    name: str
    makes: str = ""
    width_px: int = 0
    height_px: int = 0
    references: bool = False
    image_to_video: bool = False
    weights_bytes: int = 0
    memory_bytes: int = 0
    refused: str = ""
    action: str = ""
    ships: bool = False


class Found(_Message):
    """Everything that `matchcut doctor --list` found, and how much memory there is."""

    free_bytes: int
    total_bytes: int
    checkpoints: tuple[FoundCheckpoint, ...]


class Tried(_Message):
    """One frame that `matchcut doctor --try-frame` drew to see what a checkpoint does."""

    name: str
    picture: str
    width_px: int
    height_px: int
    asked: str
    loading_s: float
    drawing_s: float
    device: str
