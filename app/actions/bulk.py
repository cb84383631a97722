"""Acts on many actions as pages show them: what was picked and typed, and the preview in words. Pure."""

import csv
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from io import StringIO
from typing import Any

from app.actions.display import RowView, rows
from app.actions.fields import PEOPLE, shown, word
from app.actions.pasting import FIELDS as PASTED_FIELDS
from app.actions.pasting import cells_of
from app.actions.schemas import ManyRead, PasteRead
from app.actions.view import ActionView, PersonView, PlanView
from app.core.words import _, ngettext

# A field left empty stays as it is; this word empties it.
EMPTIED = "none"
TEXTS = ("priority", "organisation", "start_date", "due_date", "regulator_date", "external_contact", "last_chased_on")
SWITCHES = ("regulatory", "external_lead")
# Of the page, not of the act.
OWN = frozenset({"confirmed", "revision", "listed", "all", "leave_out"})


@dataclass(frozen=True, slots=True)
class ChangeShown:
    name: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class RowShown:
    ref: str
    title: str
    changes: list[ChangeShown]
    refused: list[str]


@dataclass(frozen=True, slots=True)
class PastedShown:
    """columns: (heading as pasted, field it was read as); rows: number, reference, cells, and what is wrong."""

    columns: list[tuple[str, str]]
    rows: list[tuple[int, str, list[str], list[str]]]
    wrong: int
    count: str


def listed(value: Any) -> list[str]:
    if isinstance(value, str):
        return [value] if value else []
    return [str(v) for v in value] if isinstance(value, Sequence) else []


def refs(values: Mapping[str, Any]) -> list[str]:
    """The actions picked, or all that were listed; without those that the page was told to leave out."""
    picked = str(values.get("listed", "")).split(",") if values.get("all") else listed(values.get("refs"))
    out = set(str(values.get("leave_out", "")).split(","))
    return [ref for ref in dict.fromkeys(picked) if ref and ref not in out]


def changes(values: Mapping[str, Any]) -> dict[str, Any]:
    """The fields to set: an empty one stays as it is."""
    found: dict[str, Any] = {name: values[name] for name in TEXTS if values.get(name)}
    for name in PEOPLE:
        if given := values.get(name):
            found[name] = None if given == EMPTIED else given
    for name in SWITCHES:
        if given := values.get(name):
            found[name] = given == "yes"
    return found | ({"why": values["why"]} if values.get("why") else {})


def edit_given(values: Mapping[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = {"refs": refs(values), "changes": changes(values), "preview": "confirmed" not in values}
    if "confirmed" in values and str(values.get("revision", "")).isdecimal():
        found["revision"] = values["revision"]
    return found


def hand_over_given(values: Mapping[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = {name: values.get(name, "") for name in ("from_person", "to_person", "why")}
    found |= {name: bool(values.get(name)) for name in ("as_owner", "as_executive")}
    return found | {"preview": "confirmed" not in values}


def paste_given(values: Mapping[str, Any]) -> dict[str, Any]:
    found = {"text": ""} | {name: values[name] for name in ("text", "priority") if values.get(name)}
    if "columns" in values:
        found["columns"] = listed(values["columns"]) or [""]
        if values.get("headings"):
            found["text"] = _without_headings(found["text"])
    return found | {"preview": "confirmed" not in values}


def _without_headings(text: str) -> str:
    """The rows below the first; columns named one by one take its place."""
    below = StringIO()
    csv.writer(below, delimiter="\t", lineterminator="\n").writerows(cells_of(text)[1:])
    return below.getvalue()


def kept(values: Mapping[str, Any], leave_out: Iterable[str] = ()) -> list[tuple[str, str]]:
    """What the preview carries along as hidden fields; the actions one by one."""
    out = set(leave_out)
    pairs = [(name, each) for name, value in values.items() if name not in OWN | {"refs"} for each in listed(value)]
    return pairs + [("refs", ref) for ref in refs(values) if ref not in out]


def changed_rows(found: ManyRead, plan: PlanView) -> list[RowShown]:
    people = {p.email: p.shown for p in plan.people.values()}

    def words(field: str, value: Any) -> str:
        return people.get(value, value) if field in PEOPLE and value else shown(value)

    return [
        RowShown(
            ref=each.ref,
            title=each.title,
            changes=[ChangeShown(word(c.field), words(c.field, c.old), words(c.field, c.new)) for c in each.changes],
            refused=each.refused,
        )
        for each in found.rows
    ]


def refused_refs(found: ManyRead) -> list[str]:
    return [each.ref for each in found.rows if each.refused]


def count_text(found: ManyRead) -> str:
    changed = sum(bool(each.changes) for each in found.rows)
    text = ngettext("{n} action changes", "{n} actions change", changed)
    refused = len(refused_refs(found))
    if not refused:
        return text
    return _("{changed}, {refused}", changed=text, refused=ngettext("{n} cannot", "{n} cannot", refused))


def drawn(plan: PlanView, actions: Iterable[ActionView]) -> list[RowView]:
    return rows(list(actions), plan.day)


def leavers(people: Iterable[PersonView]) -> list[dict[str, str]]:
    """Those who hold actions, those who have left first."""
    ordered = sorted({p.email: p for p in people}.values(), key=lambda p: (p.active, p.shown.casefold()))
    return [{"value": p.email, "text": p.shown if p.active else _("{person} (left)", person=p.shown)} for p in ordered]


def column_options() -> list[dict[str, str]]:
    return [{"value": name, "text": _("Reference") if name == "ref" else word(name)} for name in PASTED_FIELDS]


def pasted(found: PasteRead) -> PastedShown:
    headings = list(found.headings) + [""] * (len(found.columns) - len(found.headings))
    names = [name for name in found.columns if name]
    rows = [
        (
            each.row,
            each.ref or "",
            [shown(each.values.get(name)) for name in names],
            [f"{word(field)}: {text}" if field in PASTED_FIELDS[1:] else text for field, text in each.errors.items()],
        )
        for each in found.rows
    ]
    wrong = sum(bool(row[3]) for row in rows)
    count = ngettext("{n} row", "{n} rows", len(rows))
    return PastedShown(list(zip(headings, found.columns, strict=True)), rows, wrong, count)
