"""Reads from parsed sentences who has what: eyes, hair, skin, age, build, garments, accessories, props in hand."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from pipeline.script import denial, verbs, words
from pipeline.script.facts import Change, Fact
from pipeline.script.grammar import Grammar
from pipeline.script.names import word_set
from pipeline.script.ownership import Ownership
from pipeline.script.parser import load_parser
from pipeline.script.sentences import Sentence
from storage.domain import synonyms
from storage.domain.scene_graph import CharacterId
from storage.domain.vocabulary import PRESENT, Attribute

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_LONGEST = 600
_NEW = re.compile(r"\b(?:now|dyed|dyes|bleached|newly|no longer|these days)\b", re.IGNORECASE)
_AFTER_NAME = re.compile(r"^(?:, |\s*\()")
_COMPOUND_HEADS = {"eyed": (Attribute.EYES, synonyms.EYE_COLOURS), "skinned": (Attribute.SKIN, synonyms.SKINS)}
_HAIR_HEADS = frozenset({"haired", "headed"})
_OF_THE_HEAD = frozenset({"shaved", "shaven", "hairless"})
_NOT_PROPS = word_set(
    """
    hand hands finger fingers arm arms head heads face eye eyes foot feet leg legs shoulder shoulders lip lips
    mouth chin body back hair breath gaze look glance smile moment second minute beat silence attention time way
    step seat place voice eyebrow eyebrows brow fist fists knee knees thumb palm nose ear wrist elbow neck chest
    hip waist weight side end edge corner piece bit part rest one ones thing things something anything
    everything nothing lot kind sort man woman boy girl person people child baby kid crowd door window floor
    wall ground air sky water sun world life job call turn position conversation question answer idea thought
    word words name point sight stop pace speed line lines course word shot scene night day
    """
)
_FILLERS = word_set(
    """
    the a an his her their its this that these those some any no both two three another
    """
)


def read_facts(sentences: Iterable[Sentence], gender: Mapping[CharacterId, str]) -> list[Fact]:
    """Everything that the action says about people, in script order.

    Args:
        sentences: of the whole film; only those that can say something are parsed.
        gender: "m", "f" or "" for each character, to resolve pronouns.
    """
    facts: list[tuple[int, Fact]] = []
    to_parse: list[tuple[int, Sentence]] = []
    for number, sentence in enumerate(sentences):
        facts.extend((number, fact) for fact in _ages(sentence))
        if len(sentence.text) <= _LONGEST and _may_say_something(sentence):
            to_parse.append((number, sentence))
    if to_parse:
        parser = load_parser()
        docs = parser.pipe((sentence.text for _, sentence in to_parse), batch_size=256)
        for (number, sentence), doc in zip(to_parse, docs, strict=True):
            facts.extend((number, fact) for fact in _facts_of(sentence, doc, gender))
    return [fact for _, fact in sorted(facts, key=lambda numbered: numbered[0])]


def _may_say_something(sentence: Sentence) -> bool:
    if not (sentence.named or sentence.before):
        return False
    text = sentence.text
    return bool(
        words.APPEARANCE.search(text)
        or words.BUILT.search(sentence.quote)
        or words.HANDLED.search(text)
        or words.AGED.search(text)
        or sentence.owner
    )


def _fact(sentence: Sentence, character_id: CharacterId, attribute: Attribute, value: str, **more: object) -> Fact:
    return Fact(
        character_id=character_id,
        attribute=attribute,
        value=value,
        is_new=bool(_NEW.search(sentence.quote)),
        element_index=sentence.element_index,
        first_line=sentence.first_line,
        last_line=sentence.last_line,
        quote=sentence.quote,
        **more,  # type: ignore[arg-type]
    )


def _ages(sentence: Sentence) -> Iterator[Fact]:
    """Ages follow a name directly, in parentheses or between commas; no parser is needed."""
    if sentence.owner:
        age = words.age_word(sentence.text) or next(
            (
                word
                for part in sentence.text.split(",")[1:]
                if (word := words.age_word(part)) and re.search(r"\d0'?s|\d\s*$|teen", part)
            ),
            "",
        )
        if age:
            yield _fact(sentence, sentence.owner, Attribute.AGE, age)
        return
    for named in sentence.named:
        after = sentence.text[named.stop :]
        if named.is_physical and after.startswith(", "):
            age = words.age_word(after[2:])
            if age and re.match(r", [^,]{1,30}(?:,|\.|$)", after):
                yield _fact(sentence, named.character_id, Attribute.AGE, age)
    years = words.YEARS_OLD.search(sentence.text)
    people = {named.character_id for named in sentence.named if named.is_physical}
    if years and len(people) == 1:
        yield _fact(sentence, people.pop(), Attribute.AGE, synonyms.age_band(int(years.group("age"))))


def _facts_of(sentence: Sentence, doc: "Doc", gender: Mapping[CharacterId, str]) -> Iterator[Fact]:
    grammar = Grammar(sentence, doc, gender)
    ownership = Ownership(grammar)
    hair_owners: list[CharacterId] = []
    last_noun: tuple[Attribute, str, Token] | None = None
    for token in doc:
        word = token.lower_
        if grammar.is_figurative(token):
            continue
        if word in _COMPOUND_HEADS or word in _HAIR_HEADS:
            yield from _compound(sentence, grammar, token)
        elif word in ("hair", "eye", "eyes", "skin", "complexion") and token.pos_ in ("NOUN", "PROPN", "VERB", "ADJ"):
            for fact in _body(sentence, grammar, ownership, token):
                if word == "hair":
                    hair_owners.append(fact.character_id)
                yield fact
            if word == "hair" and not hair_owners:
                owner = ownership.relation(token, is_body=True).owner
                hair_owners.extend([owner] if owner else [])
            if word in ("eye", "eyes"):
                last_noun = (Attribute.EYES, "", token)
        elif word in synonyms.STYLE_NOUNS and token.pos_ in ("NOUN", "PROPN"):
            owner = hair_owners[0] if len(set(hair_owners)) == 1 else ownership.relation(token, is_body=True).owner
            if owner and not denial.is_negated(token) and token.head.lemma_ not in verbs.UNDO:
                yield _fact(sentence, owner, Attribute.HAIR_STYLE, synonyms.HAIR_STYLES[word])
        elif (kind := _kind_worn(token)) is not None:
            last_noun = (*kind, token)
            yield from _worn(sentence, grammar, ownership, token, *kind)
        elif word in ("one", "ones") and last_noun and grammar.colour(token, synonyms.COLOURS):
            attribute, part, _ = last_noun
            if attribute is Attribute.EYES:
                yield from _body(sentence, grammar, ownership, token, as_word="eyes")
            else:
                yield from _worn(sentence, grammar, ownership, token, attribute, part)
        elif word in ("it", "them") and last_noun and last_noun[0] is not Attribute.EYES:
            attribute, part, meant = last_noun
            yield from _worn(sentence, grammar, ownership, token, attribute, part, colour_of=meant)
        else:
            yield from _of_the_person(sentence, grammar, token)
    yield from _held(sentence, grammar, ownership)


def _kind_worn(token: "Token") -> tuple[Attribute, str] | None:
    """What a noun names of all that is worn: "scarves" are a scarf."""
    if token.pos_ not in ("NOUN", "PROPN"):
        return None
    for attribute, kinds in (
        (Attribute.GARMENT, synonyms.GARMENT_KINDS),
        (Attribute.ACCESSORY, synonyms.ACCESSORY_KINDS),
    ):
        kind = kinds.get(token.lower_) or kinds.get(token.lemma_.lower())
        if kind:
            return attribute, kind
    return None


def _body(
    sentence: Sentence, grammar: Grammar, ownership: Ownership, token: "Token", as_word: str = ""
) -> Iterator[Fact]:
    word = as_word or token.lower_
    if denial.is_feigned(token) or (word == "eye" and any(child.lower_ == "one" for child in token.children)):
        return
    found = ownership.relation(token, is_body=True)
    if found.owner is None or found.change in (Change.NOT, Change.OFF):
        return
    said: list[tuple[Attribute, str]] = []
    if word in ("eye", "eyes"):
        said.append((Attribute.EYES, grammar.colour(token, synonyms.EYE_COLOURS)))
    elif word == "hair":
        style = grammar.colour(token, synonyms.HAIR_STYLES)
        said.append((Attribute.HAIR_COLOUR, grammar.colour(token, synonyms.HAIR_COLOURS)))
        said.append((Attribute.HAIR_STYLE, "" if style == "bald" else style))
    else:
        said.append((Attribute.SKIN, grammar.colour(token, synonyms.SKINS)))
    for owner in (found.owner, *found.fellows):
        for attribute, value in said:
            if value:
                yield _fact(sentence, owner, attribute, value)


def _compound(sentence: Sentence, grammar: Grammar, token: "Token") -> Iterator[Fact]:
    """ "brown-eyed", "dark-haired", "pale-skinned": the words joined on by hyphens, of whomever they describe."""
    owner = grammar.described(token)
    if owner is None or denial.is_negated(token):
        return
    joined = [word for word in re.split(r"[\s\-]+", grammar.doc.text[: token.idx].lower())[-3:] if word]
    for word in joined:
        if token.lower_ in _COMPOUND_HEADS:
            attribute, standard = _COMPOUND_HEADS[token.lower_]
            if word in standard:
                yield _fact(sentence, owner, attribute, standard[word])
            continue
        if word in synonyms.HAIR_COLOURS:
            yield _fact(sentence, owner, Attribute.HAIR_COLOUR, synonyms.HAIR_COLOURS[word])
        elif word in synonyms.HAIR_STYLES:
            yield _fact(sentence, owner, Attribute.HAIR_STYLE, synonyms.HAIR_STYLES[word])


def _worn(
    sentence: Sentence,
    grammar: Grammar,
    ownership: Ownership,
    token: "Token",
    attribute: Attribute,
    part: str,
    colour_of: "Token | None" = None,
) -> Iterator[Fact]:
    found = ownership.relation(token, is_body=part in ("beard", "moustache"))
    standard = synonyms.HAIR_COLOURS if part in ("beard", "moustache") else synonyms.COLOURS
    colour = grammar.colour(colour_of or token, standard)
    if found.change in (Change.OFF, Change.NOT):
        value = colour
    else:
        value = colour or (PRESENT if attribute is Attribute.ACCESSORY else "")
    for owner in (found.owner, *found.fellows):
        if owner is not None:
            yield _fact(
                sentence,
                owner,
                attribute,
                value,
                part=part,
                change=found.change,
                replaces_outfit=found.replaces_outfit,
            )
    if found.giver is not None and found.giver != found.owner:
        yield _fact(sentence, found.giver, attribute, colour, part=part, change=Change.GAVE)


def _of_the_person(sentence: Sentence, grammar: Grammar, token: "Token") -> Iterator[Fact]:
    """Words that describe the person directly: bald, blonde, bearded, slim, young."""
    word = token.lower_
    said = _meaning(word)
    if said is None:
        yield from _age(sentence, grammar, token)
        return
    attribute, value, part, change = said
    if token.dep_ in ("amod", "compound") and token.head.lower_ in ("hair", "head", "beard") and value != "bald":
        return
    if word in _OF_THE_HEAD and token.head.lower_ not in ("head", "scalp", "skull"):
        return
    owner = grammar.described(token)
    if owner is not None and not denial.is_negated(token):
        yield _fact(sentence, owner, attribute, value, part=part, change=change)


def _meaning(word: str) -> tuple[Attribute, str, str, Change] | None:
    """What a word says of the person whom it describes: attribute, value, part and change."""
    if word in ("bald", "balding", *_OF_THE_HEAD):
        return Attribute.HAIR_STYLE, "bald", "", Change.IS
    if word in ("blonde", "blond", "redhead", "redheaded", "brunette", "greying", "graying"):
        return Attribute.HAIR_COLOUR, synonyms.HAIR_COLOURS[word], "", Change.IS
    if word in ("bearded", "bespectacled"):
        return Attribute.ACCESSORY, PRESENT, "beard" if word == "bearded" else "glasses", Change.IS
    if word in synonyms.BUILDS:
        return Attribute.BUILD, synonyms.BUILDS[word], "", Change.IS
    if word in synonyms.AGE_ADJECTIVES:
        return Attribute.AGE, synonyms.AGE_ADJECTIVES[word], "", Change.IS
    lacking = word.removesuffix("less")
    if lacking != word and lacking in synonyms.GARMENT_KINDS:
        return Attribute.GARMENT, "", synonyms.GARMENT_KINDS[lacking], Change.NOT
    if lacking != word and lacking in synonyms.ACCESSORY_KINDS:
        return Attribute.ACCESSORY, "", synonyms.ACCESSORY_KINDS[lacking], Change.NOT
    return None


def _age(sentence: Sentence, grammar: Grammar, token: "Token") -> Iterator[Fact]:
    """ "is in her thirties", "is forty", "a man of fifty"."""
    if token.pos_ not in ("NUM", "NOUN", "ADJ") or token.dep_ not in ("pobj", "acomp", "attr"):
        return
    age = words.age_word(token.text)
    if not age or token.lower_ == "one":
        return
    head, owner = token.head, None
    if token.dep_ != "pobj":
        owner = grammar.subject(head) if head.lemma_ in ("be", "look", "seem", "turn") else None
    elif head.lower_ == "in" and grammar.possessor(token) is not None:
        owner = grammar.person(head.head) or (grammar.subject(head.head) if head.head.lemma_ == "be" else None)
    elif head.lower_ == "of" and head.head.lower_ in words.PERSON_NOUNS:
        owner = grammar.person(head.head)
    if owner is not None and not denial.is_negated(token):
        yield _fact(sentence, owner, Attribute.AGE, age)


def _held(sentence: Sentence, grammar: Grammar, ownership: Ownership) -> Iterator[Fact]:
    """Things held, handed over, picked up or put down."""
    for token in grammar.doc:
        word = token.lower_
        if (
            token.pos_ not in ("NOUN", "PROPN")
            or word in _NOT_PROPS
            or word in _FILLERS
            or len(word) < 3
            or not word.isalpha()
        ):
            continue
        if (
            word in synonyms.GARMENT_KINDS
            or word in synonyms.ACCESSORY_KINDS
            or word in words.PERSON_NOUNS
            or word in words.BODY_NOUNS
        ):
            continue
        if grammar.person(token) is not None or token.dep_ == "compound":
            continue
        found = ownership.handling(token)
        if found.owner is None:
            continue
        compounds = [left.lower_ for left in token.lefts if left.dep_ == "compound" and grammar.person(left) is None]
        part = " ".join(
            [*compounds, token.lemma_.lower() if token.tag_ == "NNS" and not token.text.endswith("ss") else word]
        )
        colour = grammar.colour(token, synonyms.COLOURS)
        yield _fact(sentence, found.owner, Attribute.HELD_PROP, colour or PRESENT, part=part, change=found.change)
        if found.giver is not None and found.giver != found.owner:
            yield _fact(sentence, found.giver, Attribute.HELD_PROP, "", part=part, change=Change.GAVE)


def facts_by_element(facts: Sequence[Fact]) -> dict[int, list[Fact]]:
    """The facts of each paragraph, in order."""
    grouped: dict[int, list[Fact]] = {}
    for fact in facts:
        grouped.setdefault(fact.element_index, []).append(fact)
    return grouped
