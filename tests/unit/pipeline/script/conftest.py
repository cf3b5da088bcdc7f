"""Screenplays for the script agent's tests: read from text, written as Final Draft, made at length."""

import random
from collections.abc import Callable, Sequence
from fractions import Fraction
from pathlib import Path
from xml.sax.saxutils import escape

import pytest

from pipeline.script.agent import draft_scene_graph
from pipeline.script.reading import read_screenplay
from pipeline.script.screenplay import Element, Kind, Screenplay
from storage.domain.scene_graph import SceneGraph

SCREENPLAYS = Path(__file__).parents[3] / "screenplays"
RATE = Fraction(24)
_TYPES = {
    Kind.HEADING: "Scene Heading",
    Kind.ACTION: "Action",
    Kind.CALL: "Shot",
    Kind.CARD: "Action",
    Kind.CUE: "Character",
    Kind.PARENTHETICAL: "Parenthetical",
    Kind.DIALOGUE: "Dialogue",
    Kind.TRANSITION: "Transition",
}


@pytest.fixture(scope="session")
def screenplays() -> Path:
    return SCREENPLAYS


@pytest.fixture
def read(tmp_path: Path) -> Callable[[str], Screenplay]:
    def read_text(text: str, name: str = "test.fountain") -> Screenplay:
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        return read_screenplay(path)

    return read_text


@pytest.fixture
def draft(read: Callable[[str], Screenplay]) -> Callable[..., SceneGraph]:
    def draft_text(text: str, *, seed: int = 1, lexicon: dict[str, tuple[str, ...]] | None = None) -> SceneGraph:
        return draft_scene_graph(read(text), film_seed=seed, frame_rate=RATE, max_clip_s=Fraction(2), lexicon=lexicon)

    return draft_text


@pytest.fixture(scope="session")
def as_final_draft() -> Callable[[Sequence[Element]], bytes]:
    """Writes elements as a Final Draft document."""

    def write(elements: Sequence[Element]) -> bytes:
        paragraphs = []
        for element in elements:
            text = element.text
            if element.kind is Kind.CUE:
                text = " ".join((text, *(f"({extension})" for extension in element.extensions)))
            number = f' Number="{element.scene_number}"' if element.scene_number else ""
            centred = ' Alignment="Center"' if element.kind is Kind.CARD else ""
            kind = _TYPES[element.kind]
            paragraphs.append(f'<Paragraph Type="{kind}"{number}{centred}><Text>{escape(text)}</Text></Paragraph>')
        content = "".join(paragraphs)
        return f"<?xml version='1.0'?><FinalDraft><Content>{content}</Content></FinalDraft>".encode()

    return write


@pytest.fixture(scope="session")
def long_screenplay() -> Callable[..., str]:
    """Makes a screenplay of many scenes: 190 come to about 140 pages."""

    def make(scenes: int = 190, seed: int = 7) -> str:
        rng = random.Random(seed)
        people = ["MARA", "THEO", "ÉLOÏSE", "DR. SMITH", "JONAS", "OLD WOMAN", "MAN #1", "WAITRESS", "CAPTAIN VOSS"]
        places = ["KITCHEN", "HARBOUR", "STREET", "POLICE STATION - CELL", "CAR", "LIGHTHOUSE - STAIRS", "DINER"]
        times = ["DAY", "NIGHT", "DAWN", "DUSK", "CONTINUOUS", "LATER", "MORNING"]
        actions = [
            "{A} walks to the window and looks out at the grey water for a long time.",
            "{A} hands {B} the LETTER. He reads it twice, then folds it away without a word.",
            "Rain beats on the glass. The old clock ticks. Nobody has wound it for years.",
            "{A}, in a yellow raincoat, crosses the room and sits down opposite {B}.",
            "{A} takes off his coat and hangs it on the chair. {B} turns away.",
            "{A}'s brown eyes settle on {B}. A car door slams somewhere outside.",
            "A dog barks. {A} stops. The corridor stretches away into the dark, door after door.",
        ]
        says = [
            "I told you it would come back.",
            "Nobody knows what he saw out there, and nobody is going to ask him now.",
            "No.",
            "We had an agreement. We shook hands on it, in this very room. Do you remember? I remember it every day.",
        ]
        lines = ["Title: The Long Watch", "", "FADE IN:", ""]
        for number in range(1, scenes + 1):
            heading = (
                f"{rng.choice(['INT.', 'EXT.', 'INT./EXT.'])} {rng.choice(places)} - {rng.choice(times)} #{number}#"
            )
            lines += [heading, ""]
            cast = rng.sample(people, rng.choice((2, 2, 2, 3)))
            for _ in range(rng.randint(2, 4)):
                first, second = rng.sample(cast, 2)
                lines += [rng.choice(actions).format(A=first.title(), B=second.title()), ""]
                for index in range(rng.randint(0, 7)):
                    lines += [cast[index % len(cast)], rng.choice(says), ""]
        return "\n".join(lines)

    return make
