"""How the desk says what was decided."""

from collections.abc import Sequence

from desktop.wording import counted, stars_words
from storage.domain.blind_questions import CANNOT_TELL
from storage.domain.decisions import Decision, Verb, is_act
from storage.domain.graph_view import GraphView
from storage.domain.notes import NOTE_VERBS
from storage.domain.takes import Seam
from storage.learning import Asked
from storage.waiting_takes import CleanApproval

_SAID_BY_NOTE = (Verb.EDIT, Verb.DRAFT, Verb.SETTLE, Verb.PROMOTE, Verb.ANSWER)
_DONE = {
    Verb.APPROVE: "Approved",
    Verb.REQUEST_CHANGES: "Requested changes to",
    Verb.FALSE_ALARM: "Called a false alarm on",
    Verb.MISSED_DRIFT: "Noted missed drift in",
    Verb.LOCK: "Locked",
    Verb.UNLOCK: "Unlocked",
    Verb.CLEAR: "Cleared the drawing on",
    Verb.REPLY: "Replied to a note on",
    Verb.RESOLVE: "Resolved a note on",
    Verb.REOPEN: "Opened again a note on",
}
_NOTE_WORDS = {
    Verb.CLEAR: "clear the drawing on",
    Verb.REPLY: "reply to a note on",
    Verb.RESOLVE: "resolve a note on",
    Verb.REOPEN: "open again a note on",
}


def decision_words(decision: Decision, view: GraphView | None) -> str:
    """A decision as a director says it: "approve 13C keyframe", "Mara: eyes: brown → green"."""
    if decision.verb in _SAID_BY_NOTE or decision.verb is Verb.UNDO:
        return decision.note
    what = place_words(decision, view)
    if decision.verb is Verb.STARS:
        return f"rate {what} {stars_words(decision.details['stars'])}"
    if decision.verb in NOTE_VERBS:
        return f"{_NOTE_WORDS.get(decision.verb) or f'{_note_noun(decision)} on'} {what}"
    return f"{decision.verb} {what}"


def _note_noun(decision: Decision) -> str:
    """What was put on a take: "note", or the one tool that it was drawn with."""
    tools = {str(stroke["tool"]) for stroke in decision.details.get("strokes", ())}
    if not tools:
        return "note"
    if len(tools) > 1:
        return "drawing"
    (tool,) = tools
    return {"pen": "stroke", "text": "words"}.get(tool, tool)


def place_words(decision: Decision, view: GraphView | None) -> str:
    """Where it was decided: "13C keyframe", "the cut"."""
    if decision.seam is Seam.SCRIPT:
        return "the scene graph"
    if decision.seam is Seam.CUT:
        return "the cut"
    shot = view.graph.shots.get(decision.shot_id) if view and decision.shot_id else None
    return f"{shot.label if shot else 'a shot that is gone,'} {decision.seam}"


def act_words(act: Sequence[Decision], view: GraphView | None) -> str:
    """What one act of the director did, in one or many entries; empty for none."""
    if not act:
        return ""
    first = min(act, key=lambda decision: decision.seq)
    if len(act) > 1 and first.verb is Verb.APPROVE:
        return f"approve {counted(len(act), 'clean take')}"
    return decision_words(first, view)


def done_words(decision: Decision, view: GraphView | None) -> str:
    """A decision that was made, as a sentence: "Approved 13C keyframe.", "Mara: eyes: brown → green."."""
    if decision.verb is Verb.STARS:
        return f"Rated {place_words(decision, view)}: {stars_words(decision.details['stars'])}."
    if decision.verb is Verb.ANSWER:
        return f"Noted: {decision.note}."
    if decision.verb in _DONE:
        return f"{_DONE[decision.verb]} {place_words(decision, view)}."
    if decision.verb in (Verb.NOTE, Verb.DRAW):
        return f"{_note_noun(decision).capitalize()} on {place_words(decision, view)}."
    if decision.verb is Verb.PROMOTE:
        word, _, look = decision.note.partition(" ")
        return f"{'Withdrew' if word == 'withdraw' else 'Kept as'} {look}."
    return f"{decision_words(decision, view)}."


def disagreement_words(asked: Asked, answer: str, view: GraphView | None) -> str:
    """What follows from an answer that is not what the plan asks for, once it is given; else empty."""
    if answer in (CANNOT_TELL, asked.question.wanted):
        return ""
    shot = view.graph.shots.get(asked.take.shot_id) if view and asked.take.shot_id else None
    place = f"{shot.label if shot else 'a shot that is gone,'} {asked.take.seam}, take {asked.take.number}"
    return f" The plan says {asked.question.wanted}: say so at {place}, if it is to count there."


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
    return f"{'Done again' if again else 'Undone'}: {act_words(act, view)}."


def clean_approval_words(done: CleanApproval) -> str:
    """What approving everything clean did and left: "Approved 7 clean takes; 3 with drift still need you."."""
    waited = done.waited
    left = [
        words
        for number, words in (
            (waited.drifting, f"{waited.drifting} with drift"),
            (waited.unclear, f"{waited.unclear} not seen well enough"),
            (waited.set_aside, f"{waited.set_aside} set aside"),
        )
        if number
    ]
    number = waited.drifting + waited.unclear + waited.set_aside
    rest = f"; {' and '.join(left)} still need{'s' if number == 1 else ''} you" if left else ""
    if not done.approved:
        return f"No clean take waits here{rest}."
    return f"Approved {counted(len(done.approved), 'clean take')}{rest}."
