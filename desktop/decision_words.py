"""How the desk says what was decided."""

from collections.abc import Sequence
from functools import reduce

from desktop.translating import marked, plural, tr
from desktop.wording import place_of_take, stars_words, work_words
from storage.domain.blind_questions import CANNOT_TELL
from storage.domain.decisions import Decision, Verb, is_act
from storage.domain.graph_view import GraphView
from storage.domain.takes import Seam
from storage.learning import Asked
from storage.waiting_takes import CleanApproval

_SAID_BY_NOTE = (Verb.EDIT, Verb.DRAFT, Verb.SETTLE, Verb.PROMOTE, Verb.ANSWER)
_ACTS = {
    Verb.APPROVE: marked("approve {what}"),
    Verb.REQUEST_CHANGES: marked("request changes {what}"),
    Verb.FALSE_ALARM: marked("false alarm {what}"),
    Verb.MISSED_DRIFT: marked("missed drift {what}"),
    Verb.LOCK: marked("lock {what}"),
    Verb.UNLOCK: marked("unlock {what}"),
    Verb.CLEAR: marked("clear the drawing on {what}"),
    Verb.REPLY: marked("reply to a note on {what}"),
    Verb.RESOLVE: marked("resolve a note on {what}"),
    Verb.REOPEN: marked("open again a note on {what}"),
}
_DONE = {
    Verb.APPROVE: marked("Approved {what}."),
    Verb.REQUEST_CHANGES: marked("Requested changes to {what}."),
    Verb.FALSE_ALARM: marked("Called a false alarm on {what}."),
    Verb.MISSED_DRIFT: marked("Noted missed drift in {what}."),
    Verb.LOCK: marked("Locked {what}."),
    Verb.UNLOCK: marked("Unlocked {what}."),
    Verb.CLEAR: marked("Cleared the drawing on {what}."),
    Verb.REPLY: marked("Replied to a note on {what}."),
    Verb.RESOLVE: marked("Resolved a note on {what}."),
    Verb.REOPEN: marked("Opened again a note on {what}."),
}
# What was put on a take: words, or what the one tool that was used draws.
_PUT = {
    "note": (marked("note on {what}"), marked("Note on {what}.")),
    "drawing": (marked("drawing on {what}"), marked("Drawing on {what}.")),
    "pen": (marked("stroke on {what}"), marked("Stroke on {what}.")),
    "arrow": (marked("arrow on {what}"), marked("Arrow on {what}.")),
    "box": (marked("box on {what}"), marked("Box on {what}.")),
    "text": (marked("words on {what}"), marked("Words on {what}.")),
}


def decision_words(decision: Decision, view: GraphView | None) -> str:
    """A decision as a director says it: "approve 13C keyframe", "Mara: eyes: brown → green"."""
    if decision.verb in _SAID_BY_NOTE or decision.verb is Verb.UNDO:
        return decision.note
    what = place_words(decision, view)
    if decision.verb is Verb.STARS:
        return tr("rate {what} {stars}", what=what, stars=stars_words(decision.details["stars"]))
    return tr(_ACTS.get(decision.verb) or _put(decision)[0], what=what)


def _put(decision: Decision) -> tuple[str, str]:
    """What was put on a take, as an act and as a sentence."""
    tools = {str(stroke["tool"]) for stroke in decision.details.get("strokes", ())}
    if not tools:
        return _PUT["note"]
    return _PUT["drawing" if len(tools) > 1 else tools.pop()]


def place_words(decision: Decision, view: GraphView | None) -> str:
    """Where it was decided: "13C keyframe", "the cut"."""
    if decision.seam is Seam.SCRIPT:
        return tr("the scene graph")
    if decision.seam is Seam.CUT:
        return tr("the cut")
    shot = view.graph.shots.get(decision.shot_id) if view and decision.shot_id else None
    return work_words(decision.seam, shot.label if shot else tr("a shot that is gone,"))


def act_words(act: Sequence[Decision], view: GraphView | None) -> str:
    """What one act of the director did, in one or many entries; empty for none."""
    if not act:
        return ""
    first = min(act, key=lambda decision: decision.seq)
    if len(act) > 1 and first.verb is Verb.APPROVE:
        return plural("approve {n} clean take", "approve {n} clean takes", len(act))
    return decision_words(first, view)


def done_words(decision: Decision, view: GraphView | None) -> str:
    """A decision that was made, as a sentence: "Approved 13C keyframe.", "Mara: eyes: brown → green."."""
    if decision.verb is Verb.STARS:
        stars = stars_words(decision.details["stars"])
        return tr("Rated {what}: {stars}.", what=place_words(decision, view), stars=stars)
    if decision.verb is Verb.ANSWER:
        return tr("Noted: {answer}.", answer=decision.note)
    if decision.verb in _DONE:
        return tr(_DONE[decision.verb], what=place_words(decision, view))
    if decision.verb in (Verb.NOTE, Verb.DRAW):
        return tr(_put(decision)[1], what=place_words(decision, view))
    if decision.verb is Verb.PROMOTE:
        word, _, look = decision.note.partition(" ")
        return tr("Withdrew {look}.", look=look) if word == "withdraw" else tr("Kept as {look}.", look=look)
    return f"{decision_words(decision, view)}."


def disagreement_words(asked: Asked, answer: str, view: GraphView | None) -> str:
    """What follows from an answer that is not what the plan asks for, once it is given; else empty."""
    if answer in (CANNOT_TELL, asked.question.wanted):
        return ""
    shot = view.graph.shots.get(asked.take.shot_id) if view and asked.take.shot_id else None
    place = place_of_take(asked.take.seam, shot.label if shot else tr("a shot that is gone,"), asked.take.number)
    wanted = tr(asked.question.wanted)
    return " " + tr("The plan says {wanted}: say so at {place}, if it is to count there.", wanted=wanted, place=place)


def taken_back_words(last: Decision, ledger: Sequence[Decision], view: GraphView | None) -> str:
    """What an undo or a redo did: "Undone: approve 13C keyframe.", "Done again: approve 7 clean takes.".

    Args:
        last: its last entry.
        ledger: everything that was decided, in order.
    """
    entries = ledger[int(last.details.get("together", last.seq)) - 1 : last.seq]
    undone = [ledger[(entry.undoes or 0) - 1] for entry in entries]
    again = not is_act(undone[0])
    act = [ledger[(undo.undoes or 0) - 1] for undo in undone] if again else undone
    what = act_words(act, view)
    return tr("Done again: {what}.", what=what) if again else tr("Undone: {what}.", what=what)


def clean_approval_words(done: CleanApproval) -> str:
    """What approving everything clean did and left: "Approved 7 clean takes; 3 with drift still need you."."""
    waited = done.waited
    left = [plural("{n} with drift", "{n} with drift", waited.drifting)] if waited.drifting else []
    left += [plural("{n} not seen well enough", "{n} not seen well enough", waited.unclear)] if waited.unclear else []
    left += [plural("{n} set aside", "{n} set aside", waited.set_aside)] if waited.set_aside else []
    approved = plural("Approved {n} clean take", "Approved {n} clean takes", len(done.approved))
    did = approved if done.approved else tr("No clean take waits here")
    if not left:
        return f"{did}."
    number = waited.drifting + waited.unclear + waited.set_aside
    return plural(
        "{done}; {left} still needs you.",
        "{done}; {left} still need you.",
        number,
        done=did,
        left=reduce(lambda some, last: tr("{some} and {last}", some=some, last=last), left),
    )
