"""What waits for a decision, what was decided, and the lists of meetings."""

from collections.abc import Sequence
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response

from app.assurance import commands, queries
from app.assurance.pages.frame import many, nested, seats, ways
from app.assurance.queries import LogFilters
from app.assurance.rules import Move, Outcome, ProposalState
from app.assurance.schemas import Confirmation, Confirming, ManyDecisions, NewRecord, NewWithdrawal
from app.assurance.wording import MOVE_WORDS, OUTCOME_WORDS
from app.core.dates import OptionalDay
from app.core.db import Read
from app.core.words import _, day, ngettext
from app.plans.queries import PlanAccess, bodies, meetings, plan_for, plan_nav
from app.plans.schemas import BodyRead, MeetingRead
from app.web import forms, render
from app.web.access import act
from app.web.doors import Reader, Writer
from app.web.forms import Form, Typed

router = APIRouter(prefix="/plans/{plan}")
DayQuery = Annotated[OptionalDay, Query()]
SHOWN = 50


@router.get("/decisions")
@act("plan.read")
def listing(
    request: Request,
    read: Reader,
    plan: str,
    ref: str = "",
    move: str = "",
    outcome: str = "",
    body: str = "",
    since: DayQuery = None,
    until: DayQuery = None,
    meeting: str = "",
    who: str = "",
    page: int = 1,
    done: UUID | None = None,
) -> Response:
    asked = {"ref": ref, "move": move, "outcome": outcome, "body": body, "since": since or "", "until": until or "",
             "meeting": meeting, "who": who}  # fmt: skip
    return _list(request, read, plan_for(read, plan), Form(), asked=asked, page=max(1, page), done=done)


@router.post("/decisions/several")
@act("proposal.decide")
def several(request: Request, tx: Writer, plan: str, values: Typed) -> Response:
    access = plan_for(tx, plan, "proposal.decide")
    typed = values | {name: many(values, name) for name in ("proposals", "meeting.present")}
    form = forms.settled(
        tx,
        ManyDecisions,
        typed,
        lambda given: commands.decide_many(tx, access=access, given=given),
        sent=nested(typed, "meeting"),
    )
    if form is None:
        return render.see_other(request, f"/plans/{plan}/decisions")
    return _list(request, tx, access, form)


@router.get("/decisions/record")
@act("meeting.record")
def recording(request: Request, read: Reader, plan: str) -> Response:
    return _record(request, read, plan_for(read, plan, "meeting.record"), Form())


@router.post("/decisions/record")
@act("meeting.record")
def record(request: Request, tx: Writer, plan: str, values: Typed) -> Response:
    access = plan_for(tx, plan, "meeting.record")
    items = [
        {
            "proposal": which,
            "outcome": said,
            "why": values.get(f"why-{which}"),
            "regulator_agreed": values.get(f"agreed-{which}"),
        }
        for name, said in values.items()
        for which in [name.removeprefix("outcome-")]
        if name.startswith("outcome-") and said
    ]
    typed = values | {"items": items, "meeting.present": many(values, "meeting.present")}
    form = forms.settled(
        tx,
        NewRecord,
        typed,
        lambda given: commands.record(tx, access=access, given=given),
        sent=nested(typed, "meeting"),
    )
    if form is None:
        return render.see_other(request, f"/plans/{plan}/decisions#lists")
    return _record(request, tx, access, form)


@router.post("/meeting-lists/{meeting_id}/confirm")
@act("meeting.confirm")
def confirm(request: Request, tx: Writer, plan: str, meeting_id: UUID, values: Typed) -> Response:
    access = plan_for(tx, plan, "meeting.confirm")
    form = forms.settled(
        tx,
        Confirmation,
        values | {"ratify": many(values, "ratify"), "present": many(values, "present")},
        lambda given: commands.confirm_meeting(tx, access=access, meeting_id=meeting_id, given=given),
    )
    if form is None:
        return render.see_other(request, f"/plans/{plan}/decisions")
    return _list(request, tx, access, form)


@router.post("/before-tool/confirmation")
@act("import.confirm")
def confirm_import(request: Request, tx: Writer, plan: str, values: Typed) -> Response:
    access = plan_for(tx, plan, "import.confirm")
    form = forms.settled(
        tx,
        Confirming,
        values | {"refs": many(values, "refs")},
        lambda given: commands.confirm_before_tool(tx, access=access, given=given),
    )
    return _list(request, tx, access, form) if form else render.see_other(request, f"/plans/{plan}/decisions")


@router.post("/meeting-lists/entries/{entry_id}/strike")
@act("plan.read")
def strike(request: Request, tx: Writer, plan: str, entry_id: UUID, values: Typed) -> Response:
    access = plan_for(tx, plan)
    form = forms.settled(
        tx,
        NewWithdrawal,
        values,
        lambda given: commands.strike(tx, access=access, recorded_id=entry_id, given=given),
    )
    return _list(request, tx, access, form) if form else render.see_other(request, f"/plans/{plan}/decisions#lists")


def _list(
    request: Request,
    read: Read,
    access: PlanAccess,
    form: Form,
    *,
    asked: dict[str, Any] | None = None,
    page: int = 1,
    done: UUID | None = None,
) -> Response:
    asked = asked or dict.fromkeys(("ref", "move", "outcome", "body", "since", "until", "meeting", "who"), "")
    waiting = queries.waiting_for(read, access)
    lists = queries.meeting_lists(read, access)
    mine = {p.id for p in waiting}
    listed = {i.proposal.id for m in lists for i in m.items}
    held, sitting = meetings(read, access.id), bodies(read, access.id)
    log = queries.decisions(read, access, _filters(asked, held))
    shown = log[(page - 1) * SHOWN : page * SHOWN]
    return render.page(
        request,
        "assurance/list.html",
        _("Decisions"),
        status=form.status,
        nav=plan_nav(access, "decisions"),
        base=f"/plans/{access.slug}",
        plan_title=access.title,
        form=form,
        waiting=waiting,
        others=[p for p in queries.proposals(read, access, state=ProposalState.open) if p.id not in mine | listed],
        lists=lists,
        log=shown,
        position=ngettext("{n} decision", "{n} decisions", len(log)),
        more=page * SHOWN < len(log),
        number=page,
        asked=asked,
        seats=seats(sitting),
        **_options(sitting, held),
        ways=ways(access, "decisions"),
        unratified=queries.unratified(read, access),
        unconfirmed=queries.before_tool_waiting(read, access),
        may_confirm_import=access.may("import.confirm"),
        may_record=access.may("meeting.record"),
        done=queries.proposal(read, access, done) if done else None,
    )


def _options(sitting: Sequence[BodyRead], held: Sequence[MeetingRead]) -> dict[str, Any]:
    """What the filters of the log offer."""
    return {
        "moves": [{"value": m.value, "text": _(w)} for m, w in MOVE_WORDS.items()],
        "outcomes": [{"value": o.value, "text": _(w)} for o, w in OUTCOME_WORDS.items()],
        "bodies": [{"value": b.name, "text": b.name} for b in sitting],
        "meetings": [{"value": m.id, "text": f"{m.body}, {m.name}, {day(m.held_on)}"} for m in held],
    }


def _filters(asked: dict[str, Any], held: Sequence[MeetingRead]) -> LogFilters:
    """A value that is not one of ours finds nothing wrong: it narrows nothing."""
    return LogFilters(
        ref=asked["ref"].strip() or None,
        move=Move(asked["move"]) if asked["move"] in list(Move) else None,
        outcome=Outcome(asked["outcome"]) if asked["outcome"] in list(Outcome) else None,
        body=asked["body"] or None,
        since=asked["since"] or None,
        until=asked["until"] or None,
        meeting=next((m.id for m in held if str(m.id) == asked["meeting"]), None),
        who=asked["who"].strip() or None,
    )


def _record(request: Request, read: Read, access: PlanAccess, form: Form) -> Response:
    found = queries.proposals(read, access, state=ProposalState.open)
    return render.page(
        request,
        "assurance/record.html",
        _("Record a meeting's decisions"),
        status=form.status,
        nav=plan_nav(access, "decisions"),
        base=f"/plans/{access.slug}",
        form=form,
        items=[p for p in reversed(found) if p.recorded is None],
        bodies=[{"value": b.name, "text": b.name} for b in bodies(read, access.id)],
        seats=seats(bodies(read, access.id)),
        back={"href": f"/plans/{access.slug}/decisions", "text": _("Decisions")},
    )
