"""Finds words in the tracker's rows: every word asked for, by its beginning, whatever the case, accents or spelling.

A word is also found in its plural or singular, in British or American spelling (foetal, fetal; haemorrhage,
hemorrhage), and under the names of `SYNONYMS`. Words that only overlap are not synonyms: a consultant may be an
anaesthetist, and labour is a place on a rota as well as a birth. Words in quotes are found side by side, whole and as
spelt. A number is found whole: 1.1 is not 1.10, and 1 is 1.1 but not 10.
"""

import re
import unicodedata
from collections.abc import Callable, Iterator

SYNONYMS: tuple[frozenset[str], ...] = (
    frozenset({"midwife", "midwives", "midwifery"}),
    frozenset({"woman", "women"}),
    frozenset({"child", "children"}),
    frozenset({"fetal", "fetus"}),
    frozenset({"neonatal", "neonate", "newborn"}),
    frozenset({"ctg", "cardiotocograph"}),
    frozenset({"mdt", "multidisciplinary", "multiprofessional"}),
    frozenset({"mnvp", "mvp", "voices partnership"}),
    frozenset({"lmns", "lms", "local maternity"}),
    frozenset({"sbl", "sblcb", "saving babies"}),
    frozenset({"mis", "cnst", "incentive scheme"}),
    frozenset({"pph", "postpartum hemorrhage"}),
)
"""Names for one thing in maternity, as `prepare` spells them; each finds the others."""

_WORD = re.compile(r"[^\W_]+(?:\.[^\W_]+)*")
_COMPOUND = re.compile(r"[^\W\d_]+(?:[-\u2010\u2011][^\W\d_]+)+")
_APOSTROPHES = re.compile("['\u2018\u2019\u02bc]")
_PHRASE = re.compile('["\u201c\u201d]([^"\u201c\u201d]*)["\u201c\u201d]')
_SPELLINGS = re.compile(r"foet|aesth|haem|paed|gynaec")
_SIMPLER = {"foet": "fet", "aesth": "esth", "haem": "hem", "paed": "ped", "gynaec": "gynec"}


def prepare(*texts: str | None) -> str:
    """The haystack for `matcher`: the words of `texts`, folded, a space around each; None is no text."""
    # A line break keeps a phrase from running from one text into the next.
    folded = [_fold(text) for text in texts if text]
    words = " \n ".join(" ".join(_WORD.findall(text)) for text in folded)
    joined = " ".join(re.sub(r"[-\u2010\u2011]", "", match) for text in folded for match in _COMPOUND.findall(text))
    return f" {words} \n {joined} " if joined else f" {words} "


def matcher(query: str) -> Callable[[str], bool]:
    """A test for prepared haystacks: True where every word and every quoted phrase of `query` is found.

    A query without words finds everything.
    """
    folded = _fold(query)
    phrases = [found for match in _PHRASE.findall(folded) if (found := _WORD.findall(match))]
    words = dict.fromkeys(_WORD.findall(_PHRASE.sub(" ", folded)))
    needed = [_finder({f" {' '.join(phrase)} "}) for phrase in phrases]
    needed += [_finder({f" {name}" for name in _names(word)}) for word in words]
    return lambda haystack: all(found(haystack) for found in needed)


def _finder(needles: set[str]) -> Callable[[str], bool]:
    plain = tuple(needle for needle in needles if not needle[-1].isdecimal())
    numbers = [re.compile(rf"{re.escape(needle)}(?!\d)") for needle in needles if needle[-1].isdecimal()]
    return lambda haystack: (
        any(needle in haystack for needle in plain) or any(number.search(haystack) for number in numbers)
    )


def _names(word: str) -> Iterator[str]:
    """The word, its other number, and its synonyms."""
    numbers = {word, *_other_number(word)}
    yield from numbers
    for group in SYNONYMS:
        if not group.isdisjoint(numbers):
            yield from group


def _other_number(word: str) -> Iterator[str]:
    """Plural to singular and back; a plural in s alone is found by its beginning."""
    if len(word) < 4:
        return
    if word.endswith("ies"):
        yield word[:-3] + "y"
    elif word.endswith("s") and not word.endswith("ss"):
        yield word[:-1]
    elif word.endswith("y"):
        yield word[:-1] + "ies"


def _fold(text: str) -> str:
    bare = text
    if not text.isascii():
        bare = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    return _SPELLINGS.sub(lambda match: _SIMPLER[match.group()], _APOSTROPHES.sub("", bare.casefold()))
