"""What only a person can answer about a workbook, and the answers; each question is asked once for all its cells."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

# The answer that leaves a value out of its field and keeps it as the words that were written.
AS_WORDS = ""
EVERY_REST = "*"


class Step(StrEnum):
    """Where in the import a question stands."""

    sheets = "sheets"
    columns = "columns"
    legend = "legend"
    rows = "rows"
    values = "values"


@dataclass(slots=True)
class Question:
    """key: its name in the answers; places: cells or rows it is about, "Plan!D7"; suggested: "" where nothing is.

    options: (value, words); none where a text or a day is typed. several: more than one option may be chosen.
    """

    key: str
    step: Step
    text: str
    places: list[str] = field(default_factory=list)
    options: tuple[tuple[str, str], ...] = ()
    suggested: str | None = None
    several: bool = False
    hint: str = ""
    typed: str = ""
    answer: Any = None

    @property
    def is_open(self) -> bool:
        return self.answer is None


@dataclass(slots=True)
class Asked:
    """Questions by key; `ask` gives the answer that there is, None while it is open."""

    answers: Mapping[str, Any]
    # What is unclear is kept as words, and what has a suggestion takes it: nothing stops the import.
    lenient: bool = False
    found: dict[str, Question] = field(default_factory=dict)

    def ask(self, question: Question, place: str = "") -> Any:
        known = self.found.get(question.key)
        if known is None:
            known = self.found[question.key] = question
            known.answer = self._answer(question)
        if place and (not known.places or known.places[-1] != place):
            known.places.append(place)
        return known.answer

    def _answer(self, question: Question) -> Any:
        given = self.answers.get(question.key)
        if given is None and question.step in (Step.values, Step.rows) and not question.key.startswith("cell:"):
            given = self.answers.get(question.key.rpartition(":")[0] + ":" + EVERY_REST)
        if given is not None:
            return given if _allowed(question, given) else None
        if self.lenient:
            return question.suggested if question.suggested is not None else AS_WORDS
        return None

    @property
    def open(self) -> list[Question]:
        return [q for q in self.found.values() if q.is_open]


def _allowed(question: Question, given: Any) -> bool:
    if question.several:
        return isinstance(given, list)
    if not isinstance(given, str):
        return False
    return not question.options or given in {value for value, _text in question.options} or given == AS_WORDS


@dataclass(slots=True)
class Fate:
    """kind: stored, asked or listed; where: the field it went to; why: for what is listed."""

    kind: str
    where: str = ""
    why: str = ""
    ref: str = ""


STORED, ASKED, LISTED = "stored", "asked", "listed"
_UNFIT = re.compile(r"[^\w.\- ]+")


def slug(text: str) -> str:
    """A text as a part of a question's key: as it is written, on one line."""
    return " ".join(text.split())[:160]
