"""Carrying an import out: everything it says in one transaction, or nothing of it."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from sqlmodel import select

from app.actions import own as own_values
from app.actions.commands.bring import Brought, Known, bring_actions, done_before
from app.actions.commands.edit import put
from app.actions.commands.ground import begin, row_of
from app.actions.commands.update import say
from app.actions.models import Action
from app.actions.rules import Stage
from app.actions.schemas import ChangedAction, UpdateAction
from app.assurance.commands import propose
from app.assurance.rules import Asked
from app.assurance.schemas import NewProposal
from app.core.db import Write
from app.core.errors import Conflict, Invalid, Problems, TrackerError
from app.core.ledger import revision_of
from app.core.moment import now_of
from app.core.words import _, ngettext
from app.exchange.commands.answering import row_for
from app.exchange.commands.structure import add_fields, add_priorities, remember
from app.exchange.imports.file import Workbook
from app.exchange.imports.sheets import book_unpacked, packed
from app.exchange.models import Import
from app.exchange.queries.imports import cells_told, counts_of, open_row
from app.exchange.queries.looking import Check, Looked, look, refer
from app.exchange.rules import ImportState
from app.exchange.schemas import ImportAnswers
from app.plans.models import Priority
from app.plans.queries import PlanAccess, plan_fields

ACT = "import.carried_out"
# A commentary holds no more; longer words become several updates, the first of them the latest.
MOST_SAID = 4000


def carry_out(tx: Write, *, access: PlanAccess, import_id: UUID) -> Import:
    """Bring the workbook in, by the answers that are kept. Refuses (409) while a question is open or a row is wrong."""
    access = begin(tx, access)
    access.require("plan.import")
    row = open_row(tx, access, import_id)
    given = ImportAnswers.model_validate(row.answers)
    return _carried(tx, access, row, look(tx, access, book_unpacked(row.book), given), given)


def bring_in(tx: Write, *, access: PlanAccess, workbook: Workbook, given: ImportAnswers) -> Import:
    """Take a workbook in and carry it out at once, as a command does."""
    access = begin(tx, access)
    access.require("plan.import")
    check = look(tx, access, workbook.book, given)
    return _carried(tx, access, row_for(tx, access, workbook, given), check, given)


def _carried(tx: Write, access: PlanAccess, row: Import, check: Check, given: ImportAnswers) -> Import:
    _refuse_unready(check)
    tx.act(ACT, why=_("From {file}, {digest}", file=row.file_name, digest=row.sha256[:16]))
    done: dict[str, Any] = {"proposals": [], "not_taken": []}
    done |= add_priorities(tx, access, check)
    done["fields"] = add_fields(tx, access, check)
    names = {f.name.casefold(): f.key for f in plan_fields(tx, access.id)}
    created = _create(tx, access, check, names)
    done["created"] = [str(action.id) for action in created]
    done["changed"] = _change(tx, access, check, names, done, given, row)
    remember(tx, access, check)
    refer(check.looked, check.fates)
    counts = counts_of(check).model_copy(update={"proposals": len(done["proposals"])})
    row.state, row.done_at, row.book = ImportState.done, now_of(tx), ""
    row.fates = packed(list(cells_told(check)))
    tx.flush()
    row.revision = revision_of(tx, access.stream)
    row.result = done | {"counts": counts.model_dump(), "refs": [a.ref for a in created]}
    tx.flush()
    return row


def _refuse_unready(check: Check) -> None:
    open_ones = [q for q in check.questions if q.is_open]
    if open_ones:
        raise Conflict(
            ngettext(
                "{n} question about the workbook is not answered: {first}",
                "{n} questions about the workbook are not answered. The first is: {first}",
                len(open_ones),
                first=open_ones[0].text,
            ),
            "questions_open",
            details={"questions": [q.key for q in open_ones]},
        )
    wrong = [each for each in check.looked if each.problems]
    if wrong:
        first = wrong[0]
        raise Invalid("file", _("Row {place}: {problem}", place=first.settled.row.place, problem=first.problems[0]))


def _create(tx: Write, access: PlanAccess, check: Check, names: dict[str, str]) -> list[Action]:
    new = [each for each in check.looked if each.action is None]
    wanted = select(Priority.ref, Priority.id).where(Priority.plan_id == access.id)
    around = check.around
    known = Known(dict(tx.exec(wanted).all()), around.people, around.organisations, around.recommendations)
    brought = [
        Brought(
            ref=each.settled.ref,
            priority=each.settled.priority,
            values=each.values,
            stage=each.settled.stage,
            progress=each.settled.progress,
            accepted_on=each.values.get("accepted_on"),
            said=tuple(_pieces(each.said)),
            help_needed=each.values.get("help_needed") or "",
            forecast=each.values.get("forecast"),
            own=own_values.spelled({names[n.casefold()]: v for n, v in each.own.items()}),
        )
        for each in new
    ]
    made = bring_actions(tx, access=access, rows=brought, known=known)
    for each, action in zip(new, made, strict=True):
        each.settled.ref = action.ref
    return made


def _pieces(text: str) -> Iterable[str]:
    """A long commentary in parts; the last given is the latest, so that its beginning is read first."""
    parts = []
    while len(text) > MOST_SAID:
        cut = max(text.rfind("\n", 0, MOST_SAID), text.rfind(" ", 0, MOST_SAID), MOST_SAID // 2)
        parts.append(text[:cut].rstrip())
        text = text[cut:].lstrip()
    return [p for p in reversed([*parts, text]) if p]


def _change(
    tx: Write, access: PlanAccess, check: Check, names: dict[str, str], done: dict[str, Any],
    given: ImportAnswers, row: Import,
) -> list[dict[str, Any]]:  # fmt: skip
    """Each row that changes an action; what it was before is kept for an undo."""
    act, why = tx.info["stamp"].act, tx.info["stamp"].why
    before = []
    for each in check.looked:
        if each.action is None or not each.is_changed:
            continue
        action = row_of(tx, access, each.action.ref)
        kept = _as_it_was(action, each)
        _put(tx, access, action, each, names)
        before.append(kept)
        for asked in each.proposals:
            reason = given.why or _("The spreadsheet {file} says so.", file=row.file_name)
            _propose(tx, access, action.ref, Asked(asked.move), asked.given, reason, done)
            tx.act(act, why=why)
        done["not_taken"] += [f"{action.ref}: {text}" for text in each.not_taken]
    return before


def _as_it_was(action: Action, each: Looked) -> dict[str, Any]:
    kept = {name: getattr(action, name) for name in RESTORED}
    parts = {n: c.old for n, c in each.changes.items() if n in ("recommendations", "contributes_to", "depends_on",
                                                                "contributors")}  # fmt: skip
    if "milestones" in each.changes:
        parts["milestones"] = [[title, due and due.isoformat(), done and done.isoformat()]
                               for title, due, done in each.changes["milestones"].old]  # fmt: skip
    return {"id": str(action.id), "columns": _plain(kept), "parts": parts}


RESTORED = (
    "title", "intended_outcome", "success_measure", "external_contact", "priority_id", "organisation_id",
    "lead_executive_id", "accountable_person_id", "start_date", "due_date", "original_due_date", "completion_date",
    "evidence_by_date", "retest_date", "regulator_date", "last_chased_on", "external_lead", "regulatory", "stage",
    "progress", "accepted_on", "assured_before_tool", "imported_by_id", "latest_update_id", "last_update_on", "own",
    "slips", "slip_days",
)  # fmt: skip


def _plain(values: dict[str, Any]) -> dict[str, Any]:
    return {k: v if v is None or isinstance(v, bool | int) else getattr(v, "value", None) or str(v)
            for k, v in values.items()}  # fmt: skip


def _put(tx: Write, access: PlanAccess, action: Action, each: Looked, names: dict[str, str]) -> None:
    try:
        if each.changes:
            put(tx, access, action, each.changes, ChangedAction.model_construct(why=_("From a spreadsheet")))
        if each.own:
            held = own_values.read(action.own) | {names[n.casefold()]: v for n, v in each.own.items()}
            action.own = own_values.spelled(held)
            action.updated_at = now_of(tx)
        stage: Stage | None = each.facts.get("stage")
        for text in _pieces(each.said):
            problems = Problems()
            report = UpdateAction.model_construct(commentary=text, progress=each.facts.get("progress"))
            access.require("action.update", action)
            say(tx, access, action, report, problems)
            problems.refuse()
            tx.flush()
        if stage is not None:
            _stage(tx, access, action, stage, each)
        tx.flush()
    except TrackerError as error:
        told = "; ".join(f.message for f in error.fields) or error.message
        raise Invalid("file", _("Row {place}: {problem}", place=each.settled.row.place, problem=told)) from error


def _stage(tx: Write, access: PlanAccess, action: Action, stage: Stage, each: Looked) -> None:
    if stage is Stage.not_delivered:
        action.stage = stage
        return
    done_before(tx, access, action, stage, each.values.get("accepted_on"))


def _propose(
    tx: Write, access: PlanAccess, ref: str, move: Asked, given: dict[str, Any], why: str, done: dict[str, Any]
) -> None:
    """Ask for the decision; where the gate refuses, that is told with the import and the rest goes on."""
    try:
        with tx.begin_nested():
            made = propose(tx, access=access, ref=ref, given=NewProposal(move=move, why=why, **given))
            done["proposals"].append(str(made.id))
    except TrackerError as error:
        told = "; ".join(f.message for f in error.fields) or error.message
        done["not_taken"].append(f"{ref}: {told}")
