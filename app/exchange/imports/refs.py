"""References of actions as a workbook writes them: in a form that an address can hold, and each once."""

import re
from collections.abc import Sequence
from itertools import count

from app.actions.refs import MOST
from app.core.words import _, ngettext
from app.exchange.imports.questions import Asked, Question, Step
from app.exchange.imports.row import Row

# More than these are asked about at once.
FEW = 3
_APART = re.compile(r"[\s/\\:,;()&\[\]'’\"#*+]+")
_FORM = re.compile(r"[^\W_](?:[\w.\-]*\w)?")


def shaped(ref: str, priority: str) -> str:
    """A reference that an address can hold: "LAFL 4.54" is LAFL-4.54, "A" of priority 1 is 1.A; "" for none."""
    made = _APART.sub("-", ref.strip()).strip("-._")[:MOST].rstrip("-._")
    if made and not any(c.isdecimal() for c in made):
        made = f"{priority}.{made}"[:MOST]
    return made if _FORM.fullmatch(made) and any(c.isdecimal() for c in made) else ""


def references(found: Sequence[tuple[Row, str]], asked: Asked) -> list[str]:
    """A reference for each row, once; numbers that begin again in each group go behind their priority's."""
    refs = [shaped(str(row.values.get("ref", "")), priority) for row, priority in found]
    groups: dict[str, set[str]] = {}
    for ref, (_row, priority) in zip(refs, found, strict=True):
        groups.setdefault(ref.casefold(), set()).add(priority)
    if any(ref and len(where) > 1 for ref, where in groups.items()):
        refs = [f"{p}.{r}"[:MOST] if r else "" for r, (_row, p) in zip(refs, found, strict=True)]
    again, met = list[int](), set[str]()
    for place, ref in enumerate(refs):
        if ref and ref.casefold() in met:
            again.append(place)
        met.add(ref.casefold())
    if len(again) > FEW and not _one_by_one([(found[n][0], refs[n]) for n in again], asked):
        for place in again:
            refs[place] = _free(refs[place], met)
            met.add(refs[place].casefold())
        return refs
    for place in again:
        refs[place] = _another(found[place][0], refs[place], met, asked)
        met.add(refs[place].casefold())
    return refs


def lost(row: Row, ref: str) -> str:
    """What the reference that the workbook writes says beyond the one that the action gets."""
    written = str(row.values.get("ref", ""))
    words = [w.casefold() for w in re.findall(r"\w+", written)]
    return "" if all(w in ref.casefold() for w in words) else written


def _one_by_one(again: Sequence[tuple[Row, str]], asked: Asked) -> bool:
    """Whether each reference that stands twice is to be asked for; else the later rows get numbers of their own."""
    question = Question(
        "references",
        Step.rows,
        ngettext(
            "{n} row has a reference that stands above already, like {ref}. Which reference does it get?",
            "{n} rows have a reference that stands above already, like {ref}. Which references do they get?",
            len(again),
            ref=again[0][1],
        ),
        options=(
            ("numbered", _("The same with a number behind it, like {ref}-2", ref=again[0][1])),
            ("each", _("I enter each of them")),
        ),
        suggested="numbered",
    )
    answers = [asked.ask(question, row.place) for row, _ref in again]
    for row, _ref in again:
        row.asked = row.asked or answers[0] is None
    return bool(answers[0] == "each")


def _free(ref: str, taken: set[str]) -> str:
    return next(f"{ref}-{n}" for n in count(2) if f"{ref}-{n}".casefold() not in taken)


def _another(row: Row, ref: str, taken: set[str], asked: Asked) -> str:
    free = _free(ref, taken)
    question = Question(
        f"ref:{row.place}",
        Step.values,
        _("The reference {ref} stands above already. Enter another one.", ref=ref),
        suggested=free,
        typed="text",
    )
    answer = asked.ask(question, row.place)
    row.asked = row.asked or answer is None
    given = shaped(str(answer or ""), "1")
    return given if given and given.casefold() not in taken else free
