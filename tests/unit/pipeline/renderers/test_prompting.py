from pipeline.description import FrameDescription, PersonDescription, Worn
from pipeline.renderers.prompting import compile_prompt

MARA = PersonDescription(
    hair_style="long", hair_colour="black", eyes="brown", garments=(Worn(kind="coat", colour="red"),), absent=("hat",)
)
THEO = PersonDescription(eyes="blue", accessories=(Worn(kind="hat"),))
ALONE = FrameDescription(shot_size="close-up", setting="kitchen", time_of_day="night", people=(MARA,))
BOTH = FrameDescription(shot_size="medium shot", people=(MARA, THEO))
LEXICON = {"eyes": ("brown", "blue", "green", "grey"), "hair colour": ("black", "brown"), "garment colour": ("red",)}


def test_a_prompt_says_the_description_and_asks_against_what_is_not_worn():
    prompt = compile_prompt(ALONE)
    assert prompt.positive == ALONE.prompt
    assert prompt.negative == "hat"
    assert prompt.guidance_factor == 1
    assert prompt.left_out == ()


def test_what_somebody_else_wears_is_not_asked_against():
    assert compile_prompt(BOTH).negative == ""


def test_a_pressed_phrase_goes_to_the_front_and_its_rivals_are_asked_against():
    prompt = compile_prompt(ALONE, ("brown eyes",), lexicon=LEXICON)
    assert prompt.positive == f"brown eyes, {ALONE.prompt}"
    assert prompt.negative == "hat, blue eyes, green eyes, grey eyes"
    assert prompt.guidance_factor > 1


def test_of_two_people_a_pressed_phrase_stays_with_its_owner():
    prompt = compile_prompt(BOTH, ("brown eyes",), lexicon=LEXICON)
    phrases = prompt.positive.split(", ")
    assert phrases.count("brown eyes") == 2
    assert phrases.index("on the left") < phrases.index("brown eyes") < phrases.index("on the right")
    # Theo's eyes are blue.
    assert "blue eyes" not in prompt.negative


def test_a_pressed_colour_is_found_in_the_phrase_that_says_it():
    prompt = compile_prompt(ALONE, ("black hair",))
    assert prompt.positive.startswith("long black hair, close-up")
    assert "blonde hair" in prompt.negative
    assert "black hair" not in prompt.negative.split(", ")


def test_a_pressed_word_that_was_substituted_presses_the_substitute():
    prompt = compile_prompt(ALONE, ("amber eyes",), lexicon=LEXICON)
    assert prompt.positive.startswith("brown eyes, close-up")


def test_a_pressed_time_of_day_asks_against_the_others():
    negative = compile_prompt(ALONE, ("night",)).negative.split(", ")
    assert {"dawn", "day", "dusk"} <= set(negative)


def test_a_free_checkpoint_is_given_pressed_words_that_the_prompt_lacks():
    assert compile_prompt(ALONE, ("a scar",)).positive.startswith("a scar, close-up")
    assert compile_prompt(ALONE, ("a scar",), lexicon=LEXICON).positive == ALONE.prompt


def test_what_does_not_fit_is_named():
    prompt = compile_prompt(ALONE, fits=lambda text: len(text) <= 40)
    said = prompt.positive.split(", ")
    assert len(prompt.positive) <= 40
    left_out = [words.removesuffix(" left out: the prompt is too long") for words in prompt.left_out]
    assert said + left_out == list(ALONE.phrases)
