"""Who was present at a body's meeting, and whether they were enough to decide."""

from collections.abc import Sequence
from uuid import UUID

from sqlmodel import select

from app.assurance import queries
from app.assurance.models import Attendance
from app.core.db import Write
from app.core.errors import Invalid, Problems
from app.core.words import _, ngettext
from app.plans.models import Meeting
from app.plans.queries import PlanAccess
from app.plans.schemas import BodyRead


def attend(tx: Write, access: PlanAccess, body: BodyRead, meeting: Meeting, emails: Sequence[str], *,
           field: str, me: UUID | None = None) -> None:  # fmt: skip
    """Note members as present, beside those noted before; me: who decides at the meeting was there. Act named."""
    wanted = set(_members(body, emails, field))
    if me is not None and body.holds(me):
        wanted.add(me)
    known = {row.account_id for row in _rows(tx, access, meeting)}
    for seat in body.members:
        if seat.account_id in wanted - known:
            tx.add(Attendance(plan_id=access.id, meeting_id=meeting.id, account_id=seat.account_id, name=seat.name))
    tx.flush()


def set_present(tx: Write, access: PlanAccess, body: BodyRead, meeting: Meeting, emails: Sequence[str]) -> None:
    """Exactly these were there. The act has been named."""
    wanted = set(_members(body, emails, "present"))
    for row in _rows(tx, access, meeting):
        if row.account_id not in wanted:
            tx.delete(row)
    tx.flush()
    attend(tx, access, body, meeting, emails, field="present")


def require_quorum(tx: Write, access: PlanAccess, body: BodyRead, meeting: Meeting, field: str) -> None:
    """422 that names the quorum and how many were there."""
    there = len(queries.present_at(tx, access, body, meeting))
    if there >= body.quorum:
        return
    raise Invalid(
        field,
        ngettext(
            "“{body}” decides with at least {quorum} members, and {n} is recorded as present. Say who else was there.",
            "“{body}” decides with at least {quorum} members, and {n} are recorded as present. Say who else was there.",
            there,
            body=body.name,
            quorum=body.quorum,
        ),
        "no_quorum",
    )


def _members(body: BodyRead, emails: Sequence[str], field: str) -> list[UUID]:
    known, problems, found = {m.email.casefold(): m.account_id for m in body.members}, Problems(), []
    for place, email in enumerate(emails):
        seat = known.get(email.strip().casefold())
        if seat is None:
            sentence = _("{email} is not a member of “{body}”, so leave them out.", email=email, body=body.name)
            problems.note(f"{field}.{place}", sentence)
        else:
            found.append(seat)
    problems.refuse()
    return found


def _rows(tx: Write, access: PlanAccess, meeting: Meeting) -> Sequence[Attendance]:
    wanted = select(Attendance).where(Attendance.plan_id == access.id, Attendance.meeting_id == meeting.id)
    return tx.exec(wanted).all()
