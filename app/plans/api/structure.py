"""What a plan is made of: priorities, strategic priorities, participants."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Header, Response

from app.actions.commands import life
from app.core.db import Read
from app.core.errors import NotFound
from app.core.words import _
from app.plans import commands, queries
from app.plans.schemas import (
    ChangedPriority,
    FieldRead,
    NewParticipant,
    NewPriority,
    NewStrategicPriority,
    ParticipantRead,
    PriorityRead,
    StrategicPriorityRead,
)
from app.web import etags
from app.web.access import act
from app.web.doors import Reader, Writer
from app.web.listing import Listing, PageQuery, listed

router = APIRouter(prefix="/api/v1/plans", tags=["plans"])
IfMatch = Annotated[str | None, Header()]


@router.get("/{plan}/priorities")
@act("plan.read")
def priorities(read: Reader, plan: str, page: PageQuery) -> Listing[PriorityRead]:
    """The priorities in their order."""
    access = queries.plan_for(read, plan)
    return listed(read, queries.priorities(read, access.id), page, access.stream)


@router.post("/{plan}/priorities", status_code=201)
@act("plan.structure")
def add_priority(tx: Writer, plan: str, given: NewPriority, response: Response) -> PriorityRead:
    """Add a priority at the end; without a reference it takes the next number."""
    return etags.tagged(response, _priority(tx, plan, commands.add_priority(tx, slug=plan, given=given).ref))


@router.patch("/{plan}/priorities/{ref}")
@act("plan.structure")
def change_priority(
    tx: Writer, plan: str, ref: str, given: ChangedPriority, response: Response, if_match: IfMatch = None
) -> PriorityRead:
    """Change a priority's words, what it is aligned to, or its place."""
    commands.change_priority(tx, slug=plan, ref=ref, given=given, revision=etags.revision_read(if_match))
    return etags.tagged(response, _priority(tx, plan, ref))


@router.delete("/{plan}/priorities/{ref}")
@act("plan.structure")
def archive_priority(tx: Writer, plan: str, ref: str, response: Response, if_match: IfMatch = None) -> PriorityRead:
    """Put an empty priority away; its reference stays taken."""
    life.archive_priority(tx, slug=plan, ref=ref, revision=etags.revision_read(if_match))
    return etags.tagged(response, _priority(tx, plan, ref))


@router.get("/{plan}/strategic-priorities")
@act("plan.read")
def strategic_priorities(read: Reader, plan: str, page: PageQuery) -> Listing[StrategicPriorityRead]:
    """The organisation's strategic priorities that this plan's are aligned to."""
    access = queries.plan_for(read, plan)
    return listed(read, queries.strategic_priorities(read, access.id), page, access.stream)


@router.post("/{plan}/strategic-priorities", status_code=201)
@act("plan.structure")
def add_strategic_priority(
    tx: Writer, plan: str, given: NewStrategicPriority, response: Response
) -> StrategicPriorityRead:
    """Add a strategic priority."""
    return etags.tagged(response, _strategic(tx, plan, commands.add_strategic_priority(tx, slug=plan, given=given).id))


@router.patch("/{plan}/strategic-priorities/{row_id}")
@act("plan.structure")
def change_strategic_priority(
    tx: Writer, plan: str, row_id: UUID, given: NewStrategicPriority, response: Response, if_match: IfMatch = None
) -> StrategicPriorityRead:
    """Reword a strategic priority; what is aligned to it stays aligned."""
    revision = etags.revision_read(if_match)
    commands.change_strategic_priority(tx, slug=plan, row_id=row_id, given=given, revision=revision)
    return etags.tagged(response, _strategic(tx, plan, row_id))


@router.delete("/{plan}/strategic-priorities/{row_id}")
@act("plan.structure")
def remove_strategic_priority(tx: Writer, plan: str, row_id: UUID, page: PageQuery) -> Listing[StrategicPriorityRead]:
    """Remove a strategic priority that nothing is aligned to; the answer is what remains."""
    commands.remove_strategic_priority(tx, slug=plan, row_id=row_id)
    return strategic_priorities(tx, plan, page)


@router.get("/{plan}/fields")
@act("plan.read")
def fields(read: Reader, plan: str, page: PageQuery) -> Listing[FieldRead]:
    """The plan's own fields, which came with its spreadsheet: what `own_fields` of its actions hold."""
    access = queries.plan_for(read, plan)
    found = [FieldRead(key=f.key, name=f.name, kind=f.kind) for f in queries.plan_fields(read, access.id)]
    return listed(read, found, page, access.stream)


@router.get("/{plan}/participants")
@act("plan.read")
def participants(read: Reader, plan: str, page: PageQuery) -> Listing[ParticipantRead]:
    """The other organisations that take part, by name."""
    access = queries.plan_for(read, plan)
    return listed(read, queries.participants(read, access.id), page, access.stream)


@router.post("/{plan}/participants", status_code=201)
@act("plan.structure")
def add_participant(tx: Writer, plan: str, given: NewParticipant, page: PageQuery) -> Listing[ParticipantRead]:
    """Let another organisation take part; the answer is all that do."""
    commands.add_participant(tx, slug=plan, given=given)
    return participants(tx, plan, page)


@router.delete("/{plan}/participants/{code}")
@act("plan.structure")
def remove_participant(tx: Writer, plan: str, code: str, page: PageQuery) -> Listing[ParticipantRead]:
    """Take an organisation out that leads no action; the answer is what remains."""
    life.remove_participant(tx, slug=plan, code=code)
    return participants(tx, plan, page)


def _priority(read: Read, slug: str, ref: str) -> PriorityRead:
    access = queries.plan_for(read, slug)
    return next(p for p in queries.priorities(read, access.id, archived=True) if p.ref == ref)


def _strategic(read: Read, slug: str, row_id: UUID) -> StrategicPriorityRead:
    access = queries.plan_for(read, slug)
    for found in queries.strategic_priorities(read, access.id):
        if found.id == row_id:
            return found
    raise NotFound(_("There is no such strategic priority in this plan."))
