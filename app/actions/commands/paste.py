"""Adding the rows of a spreadsheet: shown first with what is wrong in each, then added all together or not at all."""

from collections.abc import Mapping
from typing import Any

from pydantic import ValidationError

from app.actions import pasting
from app.actions.commands.create import added, also_wrong
from app.actions.commands.ground import begin
from app.actions.commands.many import rehearsed
from app.actions.queries.plan import plan_view
from app.actions.schemas import NewAction, PasteActions, PastedRow, PasteRead
from app.actions.view import PlanView
from app.core.db import Write
from app.core.errors import FieldError, Invalid, TrackerError
from app.core.sentences import field_errors
from app.frameworks.references import parse_reference
from app.plans.queries import PlanAccess


def paste_actions(tx: Write, *, access: PlanAccess, given: PasteActions) -> PasteRead:
    """One action for each row. With preview nothing stays; without it, one wrong row refuses all, each by name."""
    access = begin(tx, access)
    access.require("action.create", _Own(access))
    pasted = pasting.read(given.text, given.columns)
    view = plan_view(tx, access)
    tx.act("action.pasted")
    with rehearsed(tx, keep=not given.preview):
        rows = [_row(tx, access, view, number, values, given) for number, values in pasted.rows]
        wrong = [FieldError(f"rows.{row.row}.{f}".rstrip("."), text) for row in rows for f, text in row.errors.items()]
        if wrong and not given.preview:
            raise Invalid.several(wrong)
    return PasteRead(done=not given.preview, columns=list(pasted.columns), headings=list(pasted.headings), rows=rows)


class _Own:
    """What a row that names no organisation would be led by."""

    accountable_person_id = lead_executive_id = None

    def __init__(self, access: PlanAccess) -> None:
        own = access.actor.organisation_id
        self.organisation_id = own if own in access.participants else access.organisation_id


def _row(
    tx: Write, access: PlanAccess, view: PlanView, number: int, values: dict[str, str], given: PasteActions
) -> PastedRow:
    if given.priority:
        values = {"priority": given.priority} | values
    read = _read(values, view)
    shown = PastedRow(row=number, ref=None, title=values.get("title", ""), values=values, errors={})
    try:
        new = NewAction.model_validate(read)
        with tx.begin_nested():
            shown.ref = added(tx, access, new).ref
    except ValidationError as error:
        wrong = field_errors(list(error.errors()))
        wrong += also_wrong(tx, access, read, [f.field for f in wrong])
        shown.errors = {f.field: f.message for f in wrong}
    except TrackerError as error:
        shown.errors = {f.field: f.message for f in error.fields} or {"ref": error.message}
    return shown


def _read(values: Mapping[str, str], view: PlanView) -> dict[str, Any]:
    """Cells as the model takes them: people by name, publications by the references people write."""
    out: dict[str, Any] = dict(values)
    for name in pasting.SEVERAL:
        if name in out:
            out[name] = pasting.several(values[name])
    for name in ("recommendations", "contributes_to"):
        if name in out:
            out[name] = [_key(each, view) for each in out[name]]
    for name in ("lead_executive", "accountable_person"):
        if name in out:
            out[name] = _email(values[name], view)
    if "priority" in out:
        out["priority"] = _priority(values["priority"], view)
    if "progress" in out:
        out["progress"] = pasting.progress_of(values["progress"])
    if "regulatory" in out:
        out["regulatory"] = pasting.yes_or_no(values["regulatory"])
    return out


def _email(cell: str, view: PlanView) -> str:
    """The address of the one person so named; an unknown or shared name is left for the command to refuse."""
    named = [p.email for p in view.people.values() if p.active and p.name.casefold() == cell.casefold()]
    return named[0] if len(named) == 1 else cell


def _priority(cell: str, view: PlanView) -> str:
    """A priority by its reference or its title."""
    for priority in view.priorities:
        if cell.casefold() in (priority.ref.casefold(), priority.title.casefold()):
            return priority.ref
    return cell


def _key(written: str, view: PlanView) -> str:
    """ "IEA 1.2" as "ockenden_2022:1.2"; what cannot be read is left for the command to refuse."""
    if ":" in written and " " not in written:
        return written
    known = tuple(dict.fromkeys(link.framework for a in view.actions for link in a.links))
    found = parse_reference(written, known)
    return f"{found.frameworks[0]}:{found.ref}" if found and found.frameworks else written
