"""Finds what looks like a patient's identity in free text: NHS numbers (refused) and hints (a warning)."""

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from app.core.words import N_, _

# Characters that take no room on the page: pasted from Word, a number may hold them and still reads as one.
_UNSEEN = "\u00ad\u200b-\u200f\u2060-\u2064\ufeff"
_SPACES = " \u00a0\u1680\u2000-\u200a\u202f\u205f\u3000"
_HYPHENS = "\\-\u2010-\u2015\u2212\ufe58\ufe63\uff0d"
_DOTS = ".\u00b7\u2024\uff0e"

# \d is every Unicode decimal digit, so full-width, Arabic-Indic and mathematical digits are read as well.
_DIGIT = rf"[{_UNSEEN}]*\d"
_GAP = rf"[{_SPACES}{_HYPHENS}{_DOTS}{_UNSEEN}]{{1,4}}"
_TEN_DIGITS = re.compile(
    rf"(?<!\d)\d(?:{_DIGIT}){{2}}"
    rf"(?:(?:{_DIGIT}){{7}}|{_GAP}\d(?:{_DIGIT}){{2}}{_GAP}\d(?:{_DIGIT}){{3}})"
    rf"(?!{_DIGIT})"
)
_UNSEEN_CHARACTER = re.compile(rf"[{_UNSEEN}]")

# A bare address counts only under the endings met here: "J.Smith/" before a number is a person. Its start is
# not looked for, which keeps the search linear in the length of the text.
_URL = re.compile(
    r"(?:\b(?:https?|ftps?|file)://|\bwww\.|(?<=[a-z0-9])\.(?:uk|com|org|net|int|eu|wales|cymru|scot)/)"
    r"[^\s<>\"'`|;,)\]]*",
    re.IGNORECASE,
)
_LOOK_BACK = 40
_DIALLED = re.compile(r"(?:\+|\b00)[\s(]*44[\s.)\-]*(?:\(0\)[\s.\-]*)?$")
_ISBN = re.compile(r"ISBN(?:[\s\-]*\(?1[03]\)?)?[\s:.#=\-]*(?:(?:number|no\b|is)[\s:.#=\-]*)?$", re.IGNORECASE)
_FRACTION = re.compile(r"(?<!\d)0\.$")


@dataclass(frozen=True, slots=True)
class Found:
    """An NHS number in a text: `text[start:end]` as written, `shown` as people write it ("943 476 5919")."""

    start: int
    end: int
    shown: str

    @property
    def digits(self) -> str:
        """The ten digits without gaps."""
        return self.shown.replace(" ", "")


class Hint(StrEnum):
    """What a text may be giving away."""

    DATE_OF_BIRTH = "date_of_birth"
    BABY_OF = "baby_of"
    HOSPITAL_NUMBER = "hospital_number"


@dataclass(frozen=True, slots=True)
class Suspicion:
    """Words that often stand beside a patient's details; `shown` is `text[start:end]`. It never refuses."""

    start: int
    end: int
    shown: str
    hint: Hint


_HINTS: tuple[tuple[Hint, re.Pattern[str]], ...] = (
    (Hint.DATE_OF_BIRTH, re.compile(r"\bD\.?\s?O\.?\s?B\b\.?|\bdate of birth\b", re.IGNORECASE)),
    (Hint.BABY_OF, re.compile(r"\bbab(?:y|ies)\s+of\b", re.IGNORECASE)),
    (
        Hint.HOSPITAL_NUMBER,
        re.compile(
            r"\b(?:hosp(?:ital)?|patient|unit|case\s?note)s?\.?\s*(?:number|num|no|id)\b[\s.:#]*[a-z]{0,3}\s?\d{4,10}\b"
            r"|\bMRN\b[\s.:#]*[a-z]{0,3}\d{4,10}\b",
            re.IGNORECASE,
        ),
    ),
    # Unlabelled: one capital and six or seven digits is the commonest shape of a hospital number.
    (Hint.HOSPITAL_NUMBER, re.compile(r"(?<![\w/\-])[A-Z]\d{6,7}(?![\w/\-])")),
)
_HINT_SENTENCES: dict[Hint, str] = {
    Hint.DATE_OF_BIRTH: N_("This mentions a date of birth. Do not enter patient details."),
    Hint.BABY_OF: N_("This says “baby of”. Do not enter the names of mothers or babies."),
    Hint.HOSPITAL_NUMBER: N_("This may hold a hospital number. Do not enter patient details."),
}


def nhs_numbers(text: str) -> list[Found]:
    """Every NHS number in `text`, in order.

    Ten digits, unbroken or 3-3-4, with a valid modulus 11 check digit, first digit 3, 4, 6 or 7 or prefix
    999; not inside a longer run of digits or a URL, not after +44, not named as an ISBN.
    Source: rating-rules.md, "Patient identifiers"; the check digit: NHS Data Dictionary, "NHS number".
    """
    found: list[Found] = []
    urls: list[tuple[int, int]] | None = None
    for match in _TEN_DIGITS.finditer(text):
        digits = "".join(str(int(c)) for c in match.group() if c.isdecimal())
        if not is_nhs_number(digits):
            continue
        if urls is None:
            urls = [m.span() for m in _URL.finditer(text)]
        if not _is_something_else(text, match.start(), match.end(), urls):
            found.append(Found(match.start(), match.end(), f"{digits[:3]} {digits[3:6]} {digits[6:]}"))
    return found


def is_nhs_number(digits: str) -> bool:
    """Whether ten ASCII digits are in an issued range and carry the right check digit."""
    if digits[0] not in "3467" and not digits.startswith("999"):
        return False
    total = sum(int(digit) * weight for digit, weight in zip(digits[:9], range(10, 1, -1), strict=True))
    # 11 stands for 0; 10 is never issued and equals no digit.
    return (11 - total % 11) % 11 == int(digits[9])


def warnings(text: str) -> list[Suspicion]:
    """Words that suggest a patient's details ("DOB", "baby of", a hospital number), in order of place."""
    seen = [Suspicion(*m.span(), m.group(), hint) for hint, pattern in _HINTS for m in pattern.finditer(text)]
    kept: list[Suspicion] = []
    for suspicion in sorted(seen, key=lambda s: (s.start, -s.end)):
        if not kept or suspicion.start >= kept[-1].end:
            kept.append(suspicion)
    return kept


def warning_sentences(text: str) -> list[str]:
    """One sentence for each kind of hint at a patient's details in `text`; empty when there is none."""
    return [_(_HINT_SENTENCES[hint]) for hint in dict.fromkeys(suspicion.hint for suspicion in warnings(text))]


def _is_something_else(text: str, start: int, end: int, urls: Sequence[tuple[int, int]]) -> bool:
    nearest = bisect_right(urls, (start, len(text)))
    if nearest and end <= urls[nearest - 1][1]:
        return True
    before = _UNSEEN_CHARACTER.sub("", text[max(0, start - _LOOK_BACK) : start])
    if before[-1:].isdecimal():
        return True
    return any(pattern.search(before) for pattern in (_DIALLED, _ISBN, _FRACTION))
