"""Reads rows pasted from a spreadsheet: which cells there are, and which field each column is; pure."""

import csv
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from io import StringIO

from app.actions.rules import Progress
from app.core.errors import Invalid
from app.core.words import _

MOST_ROWS = 500
FIELDS = (
    "ref", "title", "intended_outcome", "success_measure", "priority", "lead_executive", "accountable_person",
    "organisation", "start_date", "due_date", "regulator_date", "regulatory", "external_contact", "recommendations",
    "contributes_to", "depends_on", "progress", "commentary",
)  # fmt: skip
# Words of headings as plans in use have them, in simple form; the longest that a heading begins with counts.
HEADINGS: Mapping[str, str] = {
    "ref": "ref", "reference": "ref", "no": "ref", "number": "ref", "id": "ref", "action ref": "ref",
    "action reference": "ref", "action no": "ref", "action number": "ref", "action id": "ref",
    "title": "title", "action": "title", "action required": "title", "actions": "title", "what": "title",
    "outcome": "intended_outcome", "intended outcome": "intended_outcome", "aim": "intended_outcome",
    "expected outcome": "intended_outcome",
    "measure": "success_measure", "success measure": "success_measure", "measure of success": "success_measure",
    "how will we know": "success_measure", "kpi": "success_measure",
    "priority": "priority", "theme": "priority", "workstream": "priority",
    "executive": "lead_executive", "lead executive": "lead_executive", "executive lead": "lead_executive",
    "exec lead": "lead_executive", "sro": "lead_executive",
    "owner": "accountable_person", "action owner": "accountable_person", "lead": "accountable_person",
    "accountable": "accountable_person", "accountable person": "accountable_person", "who": "accountable_person",
    "responsible": "accountable_person",
    "organisation": "organisation", "lead organisation": "organisation", "trust": "organisation",
    "start": "start_date", "start date": "start_date", "due": "due_date", "due date": "due_date",
    "deadline": "due_date", "target date": "due_date", "by when": "due_date", "completion due": "due_date",
    "regulatory": "regulatory", "regulators date": "regulator_date", "regulator date": "regulator_date",
    "external contact": "external_contact",
    "recommendation": "recommendations", "recommendations": "recommendations", "linked plans": "recommendations",
    "contributes to": "contributes_to", "depends on": "depends_on", "dependency": "depends_on",
    "dependencies": "depends_on",
    "progress": "progress", "progress status": "progress", "rag": "progress", "status": "progress",
    "commentary": "commentary", "comment": "commentary", "comments": "commentary", "progress update": "commentary",
    "commentary this period": "commentary", "update": "commentary", "notes": "commentary",
}  # fmt: skip
# Lists in one cell.
SEVERAL = ("recommendations", "contributes_to", "depends_on")
PROGRESS: Mapping[str, Progress] = {
    "not started": Progress.not_started,
    "on track": Progress.on_track,
    "in progress": Progress.on_track,
    "at risk": Progress.at_risk,
    "off track": Progress.off_track,
}
TRUE, FALSE = frozenset({"yes", "y", "true", "x", "1", "✓"}), frozenset({"no", "n", "false", "0", ""})


@dataclass(frozen=True, slots=True)
class Pasted:
    """columns: the field of each column, "" for one left out; rows: (number from 1, values by field)."""

    headings: tuple[str, ...]
    columns: tuple[str, ...]
    rows: tuple[tuple[int, dict[str, str]], ...]


def read(text: str, columns: Sequence[str] | None = None) -> Pasted:
    """The rows of a pasted text; without `columns`, its first row names them. Raises Invalid naming what is wrong."""
    cells = [(n, row) for n, row in enumerate(cells_of(text), start=1) if any(c.strip() for c in row)]
    if not cells:
        raise Invalid("text", _("Paste at least one row."))
    if columns is None:
        headings = tuple(cell.strip() for cell in cells[0][1])
        named, cells = tuple(field_of(h) for h in headings), cells[1:]
    else:
        headings, named = (), tuple(columns)
    _check(named, len(cells))
    return Pasted(headings, named, tuple((n, _values(row, named)) for n, row in cells))


def cells_of(text: str) -> list[list[str]]:
    """Excel gives tabs; a file saved as CSV commas, or semicolons on some machines."""
    first = text.lstrip("\r\n").partition("\n")[0]
    between = max("\t;,", key=first.count) if "\t" not in first else "\t"
    try:
        return list(csv.reader(StringIO(text, newline=""), delimiter=between))
    except csv.Error as error:
        raise Invalid("text", _("These rows cannot be read. Copy them from the spreadsheet again.")) from error


def field_of(heading: str) -> str:
    """The field that a heading means: "Action required" is the title; "" where it means none of ours."""
    simple = " ".join(re.sub(r"[^\w ]", "", heading.casefold().replace("_", " ")).split())
    if simple.replace(" ", "_") in FIELDS:
        return simple.replace(" ", "_")
    found = [words for words in HEADINGS if simple == words or simple.startswith(f"{words} ")]
    return HEADINGS[max(found, key=len)] if found else ""


def _check(columns: Sequence[str], rows: int) -> None:
    for place, name in enumerate(columns):
        if name and name not in FIELDS:
            raise Invalid(f"columns.{place}", _("“{field}” is no field of an action.", field=name[:40]))
        if name and name in columns[:place]:
            raise Invalid(f"columns.{place}", _("Two columns are read as the same field. Leave one out."))
    if "title" not in columns:
        raise Invalid("text", _("No column holds the action's title. Give the first row the heading “Action”."))
    if not rows:
        raise Invalid("text", _("Paste at least one row below the headings."))
    if rows > MOST_ROWS:
        raise Invalid("text", _("These are {rows} rows. Paste at most {most} at a time.", rows=rows, most=MOST_ROWS))


def _values(row: Sequence[str], columns: Sequence[str]) -> dict[str, str]:
    return {name: cell.strip() for name, cell in zip(columns, row, strict=False) if name and cell.strip()}


def progress_of(cell: str) -> str:
    """The owner's word as the contract spells it; what is not one is left for the model to refuse."""
    simple = " ".join(cell.casefold().replace("_", " ").replace("-", " ").split())
    found = PROGRESS.get(simple)
    return found.value if found else cell


def several(cell: str) -> list[str]:
    return [part.strip() for part in re.split(r"[;,\n]", cell) if part.strip()]


def yes_or_no(cell: str) -> bool | str:
    simple = cell.casefold()
    return simple in TRUE if simple in TRUE | FALSE else cell
