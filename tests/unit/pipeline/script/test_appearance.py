"""Who has what, by grammar: each sentence stands in a scene of its own after one that names both people."""

from collections.abc import Callable, Mapping

import pytest

from pipeline.script.appearance import read_facts
from pipeline.script.casting import find_cast
from pipeline.script.fountain import read_fountain
from pipeline.script.sentences import cut_into_sentences
from tests.unit.pipeline.script import supervisors_notes

Says = Callable[[str], set[str]]

SENTENCES: Mapping[str, set[str]] = {
    # The examples of the brief.
    "Brown-eyed MARA hands THEO his blue scarf.": {"mara eyes brown is", "theo scarf blue got", "mara scarf blue gave"},
    "MARA, no longer wearing the coat, sits.": {"mara coat - not"},
    "MARA is no longer wearing the coat.": {"mara coat - not"},
    "THEO enters without his glasses.": {"theo glasses - not"},
    "MARA changes into a green dress.": {"mara dress green on"},
    "MARA stands in a yellow raincoat.": {"mara coat yellow is"},
    "MARA enters, her red hair in a bun.": {"mara hair colour red is", "mara hair style bun is"},
    "MARA (30s) walks in.": {"mara age adult is"},
    "THEO is a bald man.": {"theo hair style bald is"},
    "MARA (34, brown eyes, red hair) sits.": {"mara age adult is", "mara eyes brown is", "mara hair colour red is"},
    "Mara's brown eyes meet Theo's blue ones.": {"mara eyes brown is", "theo eyes blue is"},
    "MARA isn't wearing her coat.": {"mara coat - not"},
    # Binding.
    "MARA has long black hair and green eyes.": {
        "mara hair colour black is",
        "mara hair style long is",
        "mara eyes green is",
    },
    "Her hair is red, her eyes brown.": {"mara hair colour red is", "mara eyes brown is"},
    "MARA, 34, brown eyes and red hair, waits.": {"mara age adult is", "mara eyes brown is", "mara hair colour red is"},
    "Dark-haired THEO and blue-eyed MARA kiss.": {"theo hair colour black is", "mara eyes blue is"},
    "MARA wears a blue wool coat and a white hat.": {"mara coat blue is", "mara hat white is"},
    "THEO, a bald man with a grey beard, waits.": {"theo hair style bald is", "theo beard grey is"},
    "THEO (40s), bearded, turns from the window.": {"theo age adult is", "theo beard present is"},
    "THEO (60s, heavy, in a blue suit) waits.": {"theo age old is", "theo build heavy is", "theo suit blue is"},
    "THEO, a young man with pale skin, nods.": {"theo age young is", "theo skin light is"},
    "MARA, wearing a green coat, stares at THEO, who wears a black suit.": {"mara coat green is", "theo suit black is"},
    "MARA wears jeans and a red sweater under a black coat.": {
        "mara trousers - is",
        "mara sweater red is",
        "mara coat black is",
    },
    "Blonde MARA smiles.": {"mara hair colour blonde is"},
    "Wearing a red dress, MARA enters.": {"mara dress red is"},
    "MARA's long hair is tied back.": {"mara hair style long is"},
    "THEO buttons his coat.": {"theo coat - is"},
    "His blue coat flaps in the wind.": {"theo coat blue is"},
    "THEO waits. He is tall, heavy, in muddy boots.": {"theo build heavy is", "theo boots - is"},
    "A truck driven by THEO, late fifties, grey beard, wearing a blue jacket, rumbles past.": {
        "theo age adult is",
        "theo beard grey is",
        "theo jacket blue is",
    },
    "MARA wears a blue shirt and black trousers.": {"mara shirt blue is", "mara trousers black is"},
    # Pronouns.
    "MARA watches THEO. He wears glasses.": {"theo glasses present is"},
    "MARA enters. She wears a red coat.": {"mara coat red is"},
    "THEO's brown eyes. Short black hair. A blue coat.": {
        "theo eyes brown is",
        "theo hair colour black is",
        "theo hair style short is",
        "theo coat blue is",
    },
    # Change and handing over.
    "MARA takes off her grey coat and puts on a red one.": {"mara coat grey off", "mara coat red on"},
    "MARA removes her glasses.": {"mara glasses - off"},
    "THEO slips out of his jacket.": {"theo jacket - off"},
    "THEO pulls on a black jacket over his white shirt.": {"theo jacket black on", "theo shirt white is"},
    "MARA wraps her red scarf around Theo's neck.": {"theo scarf red got", "mara scarf red gave"},
    "MARA gives the blue scarf to THEO.": {"theo scarf blue got", "mara scarf blue gave"},
    "THEO takes the scarf from MARA.": {"theo scarf present got", "mara scarf - gave"},
    "MARA, no longer in the yellow raincoat, wears a blue shirt.": {"mara coat yellow not", "mara shirt blue is"},
    "MARA's coat is gone.": {"mara coat - not"},
    # Nobody's, or not so.
    "The blue door opens. MARA enters.": set(),
    "A red coat hangs on the door behind MARA.": set(),
    "THEO sits beside the red scarf.": set(),
    "MARA does not have blue eyes.": set(),
    "MARA's eyes are not blue.": set(),
    "MARA wishes she had blue eyes.": set(),
    "MARA looks like a man in a red coat.": set(),
    "MARA's eyes are like blue ice.": set(),
    "THEO looks at a photograph of MARA in a red dress.": set(),
    'A sign says "blue eyes wanted". MARA reads.': set(),
    "MARA would wear the red dress if she could.": set(),
    "MARA closes her eyes.": set(),
    "MARA's mother wears a red coat.": set(),
    # Things in hand.
    "MARA picks up the LETTER.": {"mara letter present on"},
    "THEO holds a brass KEY.": {"theo brass key present is"},
    "MARA carries a red umbrella.": {"mara umbrella red is"},
    "MARA hands THEO the letter.": {"theo letter present got", "mara letter - gave"},
    "MARA shakes her head and takes his hand.": set(),
    **supervisors_notes.SENTENCES,
}


@pytest.fixture(scope="module")
def says() -> Says:
    setting = "INT. ROOM - DAY\n\nMARA sits.\n\nTHEO\nYes.\n\nMARA\nYes.\n\n"
    blocks = []
    for sentence in SENTENCES:
        who = (
            "Theo waits."
            if sentence.startswith("His")
            else "Mara waits."
            if sentence.startswith("Her")
            else "A clock ticks."
        )
        blocks.append(f"INT. ROOM - DAY\n\n{who}\n\n{sentence}\n")
    _, _, elements = read_fountain(setting + "\n".join(blocks))
    cast = find_cast(elements)
    found: dict[str, set[str]] = {sentence: set() for sentence in SENTENCES}
    for fact in read_facts(cut_into_sentences(elements, cast), cast.gender):
        person = fact.character_id.removeprefix("character:")
        what = fact.part or fact.attribute
        found[elements[fact.element_index].text].add(f"{person} {what} {fact.value or '-'} {fact.change}")
    return found.__getitem__


@pytest.mark.parametrize("sentence", SENTENCES)
def test_a_sentence_gives_its_facts_and_no_others(says: Says, sentence: str) -> None:
    assert says(sentence) == SENTENCES[sentence]
