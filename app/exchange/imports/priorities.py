"""Which priority of a plan each row of a workbook belongs to."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import count

from app.core.words import _
from app.exchange.imports.questions import Asked, Question, Step
from app.exchange.imports.refs import shaped
from app.exchange.imports.row import Row

_NUMBERED = re.compile(
    r"(?:(?P<word>priority|theme|workstream|section|domain|pillar|driver|wave|phase|objective|strand|goal|aim|part|"
    r"local actions? for learning theme)\s*)?"
    r"(?P<ref>[A-Z]?\d{1,3}[a-z]?|[A-Z](?=[:.)\-– ]))\s*[:.)\-–]?\s*(?P<title>.*)",
    re.IGNORECASE | re.DOTALL,
)
# The answer that each sheet is a priority.
SHEET = "~sheet"


@dataclass(frozen=True, slots=True)
class Shape:
    """The plan that rows come into.

    actions: the priority of each by its reference in small letters; used: priorities that hold an action; first: no
    import came before, and the plan is a draft, so that what was delivered before this tool may come in.
    """

    title: str
    priorities: Mapping[str, str]
    used: frozenset[str]
    actions: Mapping[str, str]
    first: bool
    may_add_priorities: bool


class Priorities:
    """Which priority each row belongs to: an existing one by reference or title, or a new one, once for its name."""

    def __init__(self, shape: Shape, asked: Asked, *, several: bool) -> None:
        """several: rows come from more than one sheet."""
        self.shape, self.asked, self.several = shape, asked, several and shape.may_add_priorities
        self.added: dict[str, str] = {}
        self.renamed: dict[str, str] = {}
        self.by_name: dict[str, str] = {}
        # What rows without a priority belong to keeps its name.
        self.kept: set[str] = set()
        for ref, title in shape.priorities.items():
            for name in (
                title,
                f"{ref} {title}",
                f"Priority {ref}: {title}",
                f"{ref}: {title}",
                f"Priority {ref}",
                ref,
            ):
                self.by_name.setdefault(_key(name), ref)

    def of_all(self, rows: Sequence[Row]) -> list[tuple[Row, str]]:
        """Each row with its priority. Those that name none come first: what they belong to takes no group's name."""
        names = [str(row.values.get("priority") or row.group or "").strip() for row in rows]
        found = {place: self._default(row) for place, row in enumerate(rows) if not names[place]}
        found |= {place: self._named(names[place], row) for place, row in enumerate(rows) if names[place]}
        return [(row, found[place]) for place, row in enumerate(rows)]

    def _named(self, name: str, row: Row) -> str:
        known = self.by_name.get(_key(name))
        if known is None:
            known = self.by_name[_key(name)] = self._new(name, row)
        return known

    def _default(self, row: Row) -> str:
        """That of the action it changes, the one its reference begins with, or the only one; else a person says."""
        ref = str(row.values.get("ref", "")).strip()
        held = self.shape.actions.get(shaped(ref, "1").casefold())
        if held is not None:
            return held
        if "." in ref and ref.partition(".")[0] in self.shape.priorities:
            return ref.partition(".")[0]
        if len(self.shape.priorities) == 1 and not self.several:
            return self._kept(next(iter(self.shape.priorities)))
        if not self.shape.priorities and not self.several:
            return self.by_name.setdefault("", self._new(self.shape.title, row))
        question = Question(
            "priority:none",
            Step.rows,
            _("Which priority do rows belong to that name none?"),
            options=(*((ref, f"{ref} {title}") for ref, title in self.shape.priorities.items()), *self._by_sheet()),
            suggested=next(iter(self.shape.priorities), SHEET),
        )
        answer = str(self.asked.ask(question, row.place) or question.suggested)
        return self._named(row.sheet, row) if answer == SHEET else self._kept(answer)

    def _kept(self, ref: str) -> str:
        self.kept.add(ref)
        return ref

    def _by_sheet(self) -> list[tuple[str, str]]:
        return [(SHEET, _("The one that is called like their sheet"))] if self.several else []

    def _new(self, name: str, row: Row) -> str:
        if not self.shape.may_add_priorities:
            question = Question(
                f"priority:{name[:120]}",
                Step.rows,
                _("Which priority of the plan is “{name}”?", name=name[:120]),
                options=tuple((ref, f"{ref} {title}") for ref, title in self.shape.priorities.items()),
            )
            return str(self.asked.ask(question, row.place) or next(iter(self.shape.priorities), "1"))
        match = _NUMBERED.fullmatch(" ".join(name.split()))
        wanted = match["ref"] if match and match["title"] else ""
        title = (
            match["title"] if match and match["title"] and (match["word"] or "").lower() in ("", "priority") else name
        )
        return self._placed(wanted, " ".join(title.split())[:300])

    def _placed(self, wanted: str, title: str) -> str:
        taken = {r.casefold() for r in (*self.shape.priorities, *self.added)}
        used = {*self.shape.used, *self.kept}
        empty = wanted in self.shape.priorities and wanted not in used and self.shape.first
        if empty and wanted not in self.renamed:
            self.renamed[wanted] = title
            return wanted
        ref = wanted if wanted and wanted.casefold() not in taken else ""
        if not ref:
            bare = [r for r in self.shape.priorities if r not in used and r not in self.renamed]
            if not wanted and self.shape.first and bare and self.shape.priorities[bare[0]] == self.shape.title:
                self.renamed[bare[0]] = title
                return bare[0]
            ref = next(str(n) for n in count(1) if str(n) not in taken)
        self.added[ref] = title
        return ref


def _key(name: str) -> str:
    return " ".join(re.sub(r"[^\w ]+", " ", name.casefold()).split())
