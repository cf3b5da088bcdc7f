"""The natural world: pocket's own mistakes, with nothing put in, and a blind sheet on which a person labels them."""

import json
import random
import tempfile
import textwrap
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from critic.panel import Panel
from pipeline.bench.arms import Arm, Production
from pipeline.bench.chain import make_by_chain
from pipeline.bench.films import BenchFilm, films
from pipeline.bench.injections import Injector, frames_digest
from pipeline.bench.results import Results
from pipeline.bench.sharing import Bill, SharedWork, SharingPanel, SharingRenderer
from pipeline.bench.truth import FinalFilm
from pipeline.media import encode_picture
from pipeline.renderers.base import Frames
from pipeline.request import describe_shot
from pipeline.resources import resources
from storage.domain.pass_rate import wilson_interval
from storage.domain.takes import Seam
from storage.errors import WrongUse

ARMS = (Arm.CHAIN, Arm.STATE, Arm.CRITIC, Arm.MEND)
LABELS, KEY = "labels.jsonl", "key.jsonl"
_PER_PAGE = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class NaturalRun:
    """Attributes: folder: of results and pictures; num_shots: at least so many in each arm, in whole films."""

    folder: Path
    seed: int
    num_shots: int
    checkpoint: str = ""


def bench_natural(run: NaturalRun, tell: Callable[[str], None]) -> Results:
    """Render what is still missing with a checkpoint, in every arm, and keep the pictures that each ended with."""
    from pipeline.opening import open_crew

    results = Results(
        run.folder / "natural.jsonl", {"world": "natural", "seed": run.seed, "checkpoint": run.checkpoint}
    )
    crew = None
    for film in films(run.seed, run.num_shots):
        if film.number in results.films:
            continue
        crew = crew or open_crew(run.checkpoint)
        shared = SharedWork()
        made: list[dict[str, Any]] = []
        for arm in ARMS:
            bill = Bill()
            final = _make(
                arm, film, SharingRenderer(crew.renderer, shared, bill, mends=arm.mends), crew.panel, shared, bill
            )
            made.append({"film": film.number, "arm": arm.value, "shots": _kept(run.folder, film, final)})
            tell(f"film {film.number + 1}, {arm}: {sum(bill.calls.values())} generator calls")
        results.add(film.number, made)
    return results


def _make(
    arm: Arm, film: BenchFilm, renderer: SharingRenderer, panel: Panel, shared: SharedWork, bill: Bill
) -> FinalFilm:
    nothing = Injector(film, seed=0, probability=0.0)
    if arm is Arm.CHAIN:
        return make_by_chain(film, renderer, nothing)
    with tempfile.TemporaryDirectory(prefix="matchcut-gap-") as folder:
        production = Production(Path(folder), film, nothing, renderer, bill, has_critic=arm.has_critic)
        try:
            return production.run(SharingPanel(panel, shared, bill) if arm.has_critic else Panel(()))
        finally:
            production.project.close()


def _kept(folder: Path, film: BenchFilm, final: FinalFilm) -> list[dict[str, Any]]:
    """Keep the pictures of a film once each, named by their pixels; what each shot ended with."""
    kept: list[dict[str, Any]] = []
    for shot in film.shots:
        made = final.shots[shot.id]
        kept.append(
            {
                "shot_id": shot.id,
                "handed_over": shot.id in final.handed_over,
                "calls": final.calls.get(shot.id, 0),
                "items": {
                    seam.value: {
                        "picture": _keep(folder / "pictures", frames),
                        "asked": list(describe_shot(film.view, shot.id, seam).phrases),
                    }
                    for seam, frames in ((Seam.KEYFRAME, made.keyframe[None]), (Seam.CLIP, made.clip))
                },
            }
        )
    return kept


def _keep(folder: Path, frames: Frames) -> str:
    """A picture of the frame, or of four along a clip, and its name."""
    name = f"{frames_digest(frames)[:24]}.png"
    if not (folder / name).exists():
        folder.mkdir(parents=True, exist_ok=True)
        picture = frames[0]
        if len(frames) > 1:
            first, second, third, last = frames[np.linspace(0, len(frames) - 1, 4).round().astype(int)]
            picture = np.vstack([np.hstack([first, second]), np.hstack([third, last])])
        (folder / name).write_bytes(encode_picture(picture))
    return name


# The sheet


def write_sheet(results: Results, folder: Path, *, seed: int, per_stratum: int) -> Path:
    """Write pages of numbered pictures beside what was asked for, and a file of labels to fill in.

    A picture that several arms ended with is shown once. Strata are the seam, and which arms ended with it; of each
    so many pictures are drawn by lot and shuffled, so that nothing on the sheet says whose a picture is. The key
    (number → picture and stratum) lies in a file of its own, not to be opened before the labels are set.

    Args:
        results: of `bench_natural`.
        folder: where the sheet goes.
        per_stratum: at most so many pictures of each stratum, > 0.

    Returns:
        The file of labels. In each line set `right` to true or false, and name in `wrong` what is not as asked.

    Raises:
        WrongUse: labels lie there already.
    """
    if (folder / LABELS).exists():
        raise WrongUse(f"{folder / LABELS} exists already.", "Name another folder, so that no label is lost.")
    folder.mkdir(parents=True, exist_ok=True)
    rng = random.Random(seed)
    drawn: list[tuple[str, str]] = []
    asked: dict[str, list[str]] = {}
    for stratum, pictures in sorted(strata_of(results).items()):
        drawn += [(stratum, name) for name in rng.sample(sorted(pictures), min(per_stratum, len(pictures)))]
        asked.update(pictures)
    rng.shuffle(drawn)
    numbered = list(enumerate(drawn, start=1))
    labels = [{"item": number, "asked": asked[name], "right": None, "wrong": []} for number, (_, name) in numbered]
    key = [{"item": number, "picture": name, "stratum": stratum} for number, (stratum, name) in numbered]
    source = results.folder / "pictures"
    for page, start in enumerate(range(0, len(numbered), _PER_PAGE), start=1):
        items = [(number, source / name, asked[name]) for number, (_, name) in numbered[start : start + _PER_PAGE]]
        _page(items).save(folder / f"sheet-{page:03}.png")
    for file, lines in ((LABELS, labels), (KEY, key)):
        text = "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines)
        (folder / file).write_text(text, encoding="utf-8")
    return folder / LABELS


def strata_of(results: Results) -> dict[str, dict[str, list[str]]]:
    """Stratum ("keyframe · critic, mend") → picture → what was asked of it."""
    owners: dict[tuple[str, str], set[str]] = {}
    asked: dict[str, list[str]] = {}
    for seam, arm, item in _items(results):
        owners.setdefault((seam, item["picture"]), set()).add(arm)
        asked[item["picture"]] = item["asked"]
    strata: dict[str, dict[str, list[str]]] = {}
    for (seam, picture), arms in owners.items():
        strata.setdefault(f"{seam} · {', '.join(sorted(arms))}", {})[picture] = asked[picture]
    return strata


def read_labels(folder: Path) -> dict[str, bool]:
    """Picture → whether it is as asked, of what was labelled.

    Raises:
        WrongUse: there is no sheet, or a label is neither true, false nor null.
    """
    try:
        labels = [json.loads(line) for line in (folder / LABELS).read_text(encoding="utf-8").splitlines()]
        key = [json.loads(line) for line in (folder / KEY).read_text(encoding="utf-8").splitlines()]
    except (OSError, json.JSONDecodeError) as error:
        raise WrongUse(f"{folder} holds no sheet that can be read: {error}.", "Write one with --sheet.") from error
    if any(label["right"] not in (True, False, None) for label in labels):
        raise WrongUse("A label is neither true, false nor null.", f"Mend {folder / LABELS}.")
    pictures = {line["item"]: line["picture"] for line in key}
    return {pictures[label["item"]]: label["right"] for label in labels if label["right"] is not None}


def labelled_figures(results: Results, labels: Mapping[str, bool]) -> dict[str, Any]:
    """Each arm's share of right pictures at each seam, and the arms compared on the shots where both are labelled.

    The share is weighted by stratum (so many pictures stand for all of theirs); its interval is Wilson's with as many
    labels as there are, which is a little wide where strata differ.
    """
    stratum_of = {picture: stratum for stratum, pictures in strata_of(results).items() for picture in pictures}
    said: dict[str, list[bool]] = {}
    for picture, right in labels.items():
        said.setdefault(stratum_of[picture], []).append(right)
    found: dict[str, Any] = {"labels": len(labels), "arms": {}, "paired": {}}
    for arm in ARMS:
        found["arms"][arm.value] = {
            seam: _weighted(_pictures(results, seam, arm), stratum_of, said)
            for seam in (Seam.KEYFRAME.value, Seam.CLIP.value)
        }
        if arm is not Arm.STATE:
            found["paired"][f"{arm} and {Arm.STATE}"] = _paired(results, arm, labels)
    return found


def _pictures(results: Results, seam: str, arm: Arm) -> list[str]:
    return [item["picture"] for at, owner, item in _items(results) if at == seam and owner == arm]


def _weighted(
    pictures: Sequence[str], stratum_of: Mapping[str, str], said: Mapping[str, Sequence[bool]]
) -> dict[str, float] | None:
    """None where a stratum of this arm has no label yet."""
    strata = [stratum_of[picture] for picture in pictures]
    if not strata or any(stratum not in said for stratum in strata):
        return None
    share = sum(sum(said[stratum]) / len(said[stratum]) for stratum in strata) / len(strata)
    labels = sum(len(said[stratum]) for stratum in set(strata))
    low, high = wilson_interval(round(share * labels), labels)
    return {"share": round(share, 4), "low": round(low, 4), "high": round(high, 4), "labels": labels}


def _paired(results: Results, arm: Arm, labels: Mapping[str, bool]) -> dict[str, int]:
    """Shots of which keyframe and clip are labelled in both arms: how many escaped in only one of them."""
    one, other = _escapes(results, arm, labels), _escapes(results, Arm.STATE, labels)
    both = one.keys() & other.keys()
    return {
        "shots": len(both),
        f"escaped only in {arm}": sum(one[shot] and not other[shot] for shot in both),
        f"escaped only in {Arm.STATE}": sum(other[shot] and not one[shot] for shot in both),
    }


def _escapes(results: Results, arm: Arm, labels: Mapping[str, bool]) -> dict[tuple[int, str], bool]:
    found: dict[tuple[int, str], bool] = {}
    for film in results.of_arm(arm.value, results.films):
        for shot in film["shots"]:
            said = [labels.get(item["picture"]) for item in shot["items"].values()]
            if None not in said:
                found[film["film"], shot["shot_id"]] = not all(said) and not shot["handed_over"]
    return found


def _items(results: Results) -> Iterable[tuple[str, str, dict[str, Any]]]:
    for arm in ARMS:
        for film in results.of_arm(arm.value, results.films):
            for shot in film["shots"]:
                for seam, item in shot["items"].items():
                    yield seam, arm.value, item


def _page(items: Sequence[tuple[int, Path, Sequence[str]]]) -> Image.Image:
    """A page: each picture with its number, and what was asked for below it."""
    wide, tall = 640, 440
    page = Image.new("RGB", (3 * wide, tall * -(-len(items) // 3)), "white")
    pen = ImageDraw.Draw(page)
    font = ImageFont.truetype(str(resources() / "fonts" / "Inter-Regular.otf"), 15)
    for place, (number, path, asked) in enumerate(items):
        left, top = place % 3 * wide, place // 3 * tall
        with Image.open(path) as picture:
            picture.thumbnail((wide - 20, tall - 80), Image.Resampling.LANCZOS)
            page.paste(picture, (left + 10, top + 8))
        pen.text((left + 10, top + tall - 78), f"{number}", fill="black", font=font)
        for row, words in enumerate(textwrap.wrap(", ".join(asked), 78)):
            pen.text((left + 50, top + tall - 78 + 18 * row), words, fill="black", font=font)
    return page
