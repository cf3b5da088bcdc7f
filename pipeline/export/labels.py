"""Labels as a dataset: what directors said of the critic's findings, as JSON Lines with a picture for each."""

import hashlib
import json
import shutil
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path

from pipeline.export.crops import crop_of_take
from pipeline.media import encode_picture
from storage.author import name_of
from storage.domain.blind_questions import BlindQuestion, question_about
from storage.domain.decisions import effective
from storage.domain.digest import plain
from storage.domain.findings import Finding
from storage.domain.labels import Label, Source, Truth, labels_in
from storage.domain.takes import Seam, Take, TakeId
from storage.errors import KnownError, WrongUse
from storage.project import Project

ROWS = "labels.jsonl"
CARD = "README.md"
CROPS = "crops"
_DRAWN = (Seam.KEYFRAME, Seam.CLIP)
_TAKE = "whole take"


def export_labels(project: Project, folder: Path) -> Path:
    """Write every label of a film to a new folder: `labels.jsonl`, `crops/` and a card. Whole or not at all.

    The same film gives the same bytes. Rows are in the order of the decisions, those of one decision by key.

    Raises:
        WrongUse: the folder holds something already, or may not be written to.
        KnownError: a take's file is missing or damaged, or the disk is full.
    """
    folder = folder.absolute()
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise WrongUse(f"{folder} is there already and is not empty.", "Name a new folder; nothing was changed.")
    unfinished = folder.with_name(f".{folder.name}.part")
    try:
        shutil.rmtree(unfinished, ignore_errors=True)
        (unfinished / CROPS).mkdir(parents=True)
        rows = _write_rows(project, unfinished)
        (unfinished / CARD).write_text(_card(project, rows), encoding="utf-8")
        if folder.exists():
            folder.rmdir()
        unfinished.rename(folder)
    except PermissionError as error:
        raise WrongUse(f"{folder.parent} may not be written to.", "Export elsewhere.") from error
    except OSError as error:
        raise KnownError(
            f"The labels could not be written: {error.strerror}.", "Free some space; try again."
        ) from error
    finally:
        shutil.rmtree(unfinished, ignore_errors=True)
    return folder


def _write_rows(project: Project, folder: Path) -> list[dict[str, object]]:
    decisions = effective(project.ledger.everything())
    ids = {decision.take_id for decision in decisions if decision.take_id is not None}
    takes = {take_id: take for take_id in sorted(ids) if (take := project.takes.get(take_id)).seam in _DRAWN}
    findings = project.takes.findings_in(list(takes), not_right=False)
    labels = labels_in(decisions, findings, _questions(project, takes, findings))
    rows = [_row(project, folder, label, takes[label.take_id], findings) for label in labels if label.take_id in takes]
    lines = [json.dumps(row, ensure_ascii=False, sort_keys=True) for row in rows]
    (folder / ROWS).write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    return rows


def _questions(
    project: Project, takes: Mapping[TakeId, Take], findings: Mapping[TakeId, Sequence[Finding]]
) -> dict[tuple[TakeId, str], BlindQuestion]:
    seed = project.film.seed
    places = [setting.name for setting in project.graphs.view().graph.settings.values()]
    asked = [
        question_about(seed, takes[take_id], finding, places)
        for take_id, items in findings.items()
        for finding in items
    ]
    return {(question.take_id, question.key): question for question in asked if question is not None}


def _row(
    project: Project, folder: Path, label: Label, take: Take, findings: Mapping[TakeId, Sequence[Finding]]
) -> dict[str, object]:
    finding = next((item for item in findings.get(take.id, ()) if item.key == label.key), None)
    region = finding.region if finding else None
    middle = (take.num_frames - 1) // 2
    frame_index = finding.frame_range.start if finding and finding.frame_range else middle
    picture = encode_picture(crop_of_take(project, take, region, frame_index))
    crop = f"{CROPS}/{hashlib.sha256(picture).hexdigest()}.png"
    (folder / crop).write_bytes(picture)
    decision = label.decision
    return {
        "kind": finding.kind if finding else _kind_of(label.key),
        "key": label.key,
        "label": label.truth,
        "source": label.source,
        "proves": label.source is not Source.APPROVAL,
        "expected": finding.expected if finding else "",
        "seen_by_director": label.seen,
        "observed_by_critic": finding.observed if finding else "",
        "verdict_of_critic": finding.verdict if finding else "",
        "check": finding.check if finding else "",
        "drift_probability": finding.drift_probability if finding else None,
        "who": name_of(decision.author),
        "when": decision.created_at,
        "decision": decision.seq,
        "note": decision.note if label.source in (Source.MISSED, Source.REJECTION) else "",
        "seam": take.seam,
        "take": take.media,
        "planted": take.planted,
        "frame": frame_index,
        "region": plain(region),
        "crop": crop,
    }


def _kind_of(key: str) -> str:
    return key.rsplit("/", 2)[1] if key.count("/") > 1 else key or _TAKE


def _card(project: Project, rows: Sequence[Mapping[str, object]]) -> str:
    counts = Counter((str(row["kind"]), str(row["label"]), str(row["source"])) for row in rows)
    lines = [f"| {kind} | {label} | {source} | {number} |" for (kind, label, source), number in sorted(counts.items())]
    table = "\n".join(["| kind | label | source | rows |", "|---|---|---|---|", *lines])
    return _WORDS.format(title=project.film.title, number=len(rows), table=table, rejected=Truth.REJECTED)


_WORDS = """# What directors said of the critic: {title}

{number} labels, one a line in `labels.jsonl`, in the order of the decisions. Undone decisions and what a policy decided
are left out. Pictures are in `crops/`, named by their SHA-256: the region that the critic looked at, else the whole
frame; of a clip, the first frame of the drift, else the middle one.

{table}

- `label`: `ok` the constraint is met, `drift` it is not, `{rejected}` the take as a whole was sent back.
- `source`: `blind` a randomly drawn question, answered without knowing what the critic saw; `false alarm` and `missed`
  said of a finding that was seen; `rejection` changes were requested; `approval` the take was approved while the critic
  called this ok. Nobody need have looked at it: `proves` is false for approvals.
- `drift_probability`: the critic's, 0 to 1; null where it saw nothing.
- `verdict_of_critic`, `observed_by_critic`, `expected`, `seen_by_director`: in words.
- `take`: SHA-256 of the whole keyframe (PNG) or clip (FFV1). `region`: edges from 0 to 1. `frame`: from 0.
- `planted`: a drift was put in on purpose.

Only rows whose source is `blind` are a random sample. The others are what a director came by: rates worked out
from them say little.
"""
