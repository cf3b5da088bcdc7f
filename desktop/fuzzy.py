"""Finds what somebody means by some letters of it: "apcl" is "Approve all clean takes in the selection"."""

import unicodedata

# Letters in a row are a surer sign than as many beginnings: "wipe" is no "what is proposed".
_START, _RUN, _LETTER = 8, 9, 1


def score(wanted: str, words: str) -> int:
    """How well words answer what was typed.

    The letters must all be there, in order, each word that was typed on its own. Letters that begin a word and letters
    that follow each other count more; of equals the shorter words are better.

    Returns:
        More is better; 0 where it is no answer. Everything answers nothing.
    """
    text = _plain(words)
    total = 1
    for word in _plain(wanted).split():
        best = max((_from(word, text, place) for place in range(len(text)) if text[place] == word[0]), default=0)
        if not best:
            return 0
        total += best
    return max(1, total * 16 - len(text) // 4)


def _from(word: str, text: str, place: int) -> int:
    """The score of a word whose first letter is at a place; greedy, the beginnings of words first."""
    total = _START if _begins(text, place) else _LETTER
    for letter in word[1:]:
        following = place + 1
        if following < len(text) and text[following] == letter:
            place, total = following, total + _RUN
            continue
        places = [spot for spot in range(following, len(text)) if text[spot] == letter]
        if not places:
            return 0
        start = next((spot for spot in places if _begins(text, spot)), None)
        place = places[0] if start is None else start
        total += _LETTER if start is None else _START
    return total


def _begins(text: str, place: int) -> bool:
    return text[place].isalnum() and (place == 0 or not text[place - 1].isalnum())


def _plain(text: str) -> str:
    """Lower case without accents, as people type."""
    parts = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in parts if not unicodedata.combining(letter))
