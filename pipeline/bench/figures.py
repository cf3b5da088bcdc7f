"""The benchmark's figures, from what each arm made of each film."""

import itertools
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from pipeline.bench.injections import Handoff
from pipeline.bench.truth import CAUGHT, ESCAPED, HANDED_OVER, HARMLESS
from storage.domain.pass_rate import wilson_interval
from storage.domain.takes import Seam

FATES = (CAUGHT, HANDED_OVER, HARMLESS, ESCAPED)
_SEAMS = tuple(seam.value for seam in Seam)
# Generator calls that a shot needs again when a drift is found only in the finished film: everything downstream.
_CALLS_AT_REVIEW = {
    Handoff.SCRIPT: (Seam.KEYFRAME, Seam.CLIP),
    Handoff.REQUEST: (Seam.KEYFRAME, Seam.CLIP),
    Handoff.KEYFRAME: (Seam.KEYFRAME, Seam.CLIP),
    Handoff.CLIP: (Seam.CLIP,),
    Handoff.CUT: (),
    Handoff.EXPORT: (),
}
# What is made again when a drift is found where it appeared: a line is edited, a request is handed over again.
_CALLS_AT_SEAM = {**dict.fromkeys(Handoff, ()), Handoff.KEYFRAME: (Seam.KEYFRAME,), Handoff.CLIP: (Seam.CLIP,)}


def arm_figures(films: Sequence[Mapping[str, Any]], price_per_call: float) -> dict[str, Any]:
    """The figures of one arm.

    Args:
        films: as `arms.make_film` gave them.
        price_per_call: of one keyframe or clip.
    """
    shots = [shot for film in films for shot in film["shots"]]
    passed = sum(shot["passed"] for shot in shots)
    handed = sum(shot["handed_over"] for shot in shots)
    escaped = len(shots) - passed - handed
    bill = _bill(films)
    calls = sum(bill["calls"].values())
    seconds = sum(bill["drawing_s"].values()) + sum(bill["checking_s"].values()) + bill["assembling_s"]
    checks = sum(bill["checks"].values())
    return {
        "shots": len(shots),
        "passed": passed,
        "pass_rate": _share(passed, len(shots)),
        "right_of_what_was_approved_unseen": _share(passed, passed + escaped),
        "escaped": escaped,
        "handed_over": handed,
        "put_right_by_the_director": sum(bool(shot["helped"]) for shot in shots),
        "yields": _yields(shots),
        "calls": calls,
        "calls_per_passed_shot": round(calls / passed, 3) if passed else None,
        "seconds_per_passed_shot": round(seconds / passed, 3) if passed else None,
        "cost": round(calls * price_per_call, 2),
        "cost_per_passed_shot": round(calls * price_per_call / passed, 4) if passed else None,
        "false_alarms": sum(shot["false_alarms"] for shot in shots),
        "takes_checked": checks,
        "shots_with_false_alarm": sum(bool(shot["false_alarms"]) for shot in shots),
        "script_false_alarms": sum(film.get("script_false_alarms", 0) for film in films),
        "bill": bill,
        "injected": _by_kind(films),
    }


def cost_of_finding_late(
    with_critic: Sequence[Mapping[str, Any]], price_per_call: float
) -> dict[str, dict[str, float] | float]:
    """What it takes to put one drift right where it appeared, and when only the finished film shows it.

    Calls and seconds are the measured means of one keyframe, clip, check and cut; which of them are needed follows
    from where the drift was put in. At its own seam a picture is drawn and judged until it is clean, so often as the
    arm needed on average. In the finished film everything downstream is made and judged again and the whole film is
    cut again, once for each drift.

    Args:
        with_critic: films of the arm that is asked.
    """
    bill = _bill(with_critic)
    calls, checks = bill["calls"], bill["checks"]
    each_s = {
        seam: bill["drawing_s"][seam] / max(1, calls[seam]) + bill["checking_s"][seam] / max(1, checks[seam])
        for seam in (Seam.KEYFRAME.value, Seam.CLIP.value)
    }
    cut_s = bill["assembling_s"] / max(1, bill["cuts"])
    again = _tries(with_critic)
    found: dict[str, dict[str, float] | float] = {}
    total = Counter[str]()
    fates = _by_kind(with_critic)
    for handoff in Handoff:
        own, late = _CALLS_AT_SEAM[handoff], _CALLS_AT_REVIEW[handoff]
        own_cut = cut_s if handoff is Handoff.CUT else 0.0
        row = {
            "calls_at_its_seam": sum(again[seam] for seam in own),
            "calls_at_review": float(len(late)),
            "seconds_at_its_seam": sum(again[seam] * each_s[seam] for seam in own) + own_cut,
            "seconds_at_review": sum(each_s[seam] for seam in late) + (cut_s if handoff is not Handoff.EXPORT else 0.0),
        }
        row = {name: round(value, 3) for name, value in row.items()}
        number = sum(sum(kinds.values()) for kinds in fates.get(handoff.value, {}).values())
        for name, value in row.items():
            total[name] += number * value  # pyright: ignore[reportArgumentType]
        found[handoff.value] = {"found": number, **row}
    for what in ("calls", "seconds"):
        own, late = total[f"{what}_at_its_seam"], total[f"{what}_at_review"]
        found[f"{what}_factor"] = round(late / own, 1) if own else 0.0
    found["price_per_call"] = price_per_call
    return found


def _tries(films: Sequence[Mapping[str, Any]]) -> dict[str, float]:
    """How many takes beyond the first the shots needed that needed any, at each seam; at least 1."""
    extra = {Seam.KEYFRAME.value: [1], Seam.CLIP.value: [1]}
    for film in films:
        shots = len(film["shots"])
        hit = {
            seam: {i["shot_id"] for i in film["injections"] if i["handoff"] == handoff and i["fate"] == CAUGHT}
            for seam, handoff in ((Seam.KEYFRAME.value, Handoff.KEYFRAME), (Seam.CLIP.value, Handoff.CLIP))
        }
        for seam, ids in hit.items():
            if ids:
                extra[seam].append(max(len(ids), film["bill"]["calls"][seam] - shots) / len(ids))  # pyright: ignore
    return {seam: sum(values[1:]) / len(values[1:]) if values[1:] else 1.0 for seam, values in extra.items()}


def paired(first: Sequence[Mapping[str, Any]], second: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """Two arms over the same shots: how many only one of them passed, and McNemar's exact p of that difference."""
    one = _passed(first)
    other = _passed(second)
    both = one.keys() & other.keys()
    only_first = sum(one[key] and not other[key] for key in both)
    only_second = sum(other[key] and not one[key] for key in both)
    return {
        "shots": len(both),
        "only_first": only_first,
        "only_second": only_second,
        "p": _binomial_p(only_first, only_second),
    }


def _passed(films: Sequence[Mapping[str, Any]]) -> dict[tuple[int, str], bool]:
    return {(film["film"], shot["shot_id"]): shot["passed"] for film in films for shot in film["shots"]}


def _binomial_p(first: int, second: int) -> float:
    """Two-sided exact binomial test of equal chances (McNemar's exact test)."""
    number, least = first + second, min(first, second)
    if not number:
        return 1.0
    chance, tail = 0.5**number, 0.0
    for k in range(least + 1):
        tail += chance
        chance *= (number - k) / (k + 1)
    return min(1.0, 2 * tail)


def _share(part: int, whole: int) -> dict[str, float] | None:
    if not whole:
        return None
    low, high = wilson_interval(part, whole)
    return {"share": round(part / whole, 4), "low": round(low, 4), "high": round(high, 4)}


def _yields(shots: Sequence[Mapping[str, Any]]) -> dict[str, dict[str, float] | None]:
    """For each seam: of the shots that were right when they came, the share that were when they left."""
    yields: dict[str, dict[str, float] | None] = {}
    reached = list(shots)
    for seam in _SEAMS:
        left = [shot for shot in reached if shot["right"][seam]]
        yields[seam] = _share(len(left), len(reached))
        reached = left
    return yields


def _bill(films: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    total: dict[str, Any] = {"calls": {}, "drawing_s": {}, "checks": {}, "checking_s": {}, "cuts": 0, "assembling_s": 0}
    for film, (name, value) in itertools.product(films, total.items()):
        more = film["bill"][name]
        if isinstance(value, dict):
            for seam in (Seam.KEYFRAME.value, Seam.CLIP.value):
                value[seam] = value.get(seam, 0) + more[seam]
        else:
            total[name] += more
    return total


def _by_kind(films: Sequence[Mapping[str, Any]]) -> dict[str, dict[str, dict[str, int]]]:
    """Handoff → kind → fate → how many."""
    counted = Counter((i["handoff"], i["kind"], i["fate"]) for film in films for i in film["injections"])
    found: dict[str, dict[str, dict[str, int]]] = {}
    for handoff in Handoff:
        kinds = sorted({kind for at, kind, _ in counted if at == handoff})
        if kinds:
            found[handoff.value] = {
                kind: {fate: counted[handoff.value, kind, fate] for fate in FATES if counted[handoff.value, kind, fate]}
                for kind in kinds
            }
    return found
