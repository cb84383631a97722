"""Acts on what a plan is made of: priorities, strategic priorities, participants."""

from uuid import UUID

from sqlmodel import func, select

from app.core.db import Write
from app.core.errors import Conflict, Invalid, Stale, Taken
from app.core.words import _
from app.organisations import queries as organisations
from app.plans.commands.life import claimed
from app.plans.models import Participant, Priority, StrategicPriority
from app.plans.queries import priority_row, strategic_priorities, strategic_priority_row
from app.plans.schemas import ChangedPriority, NewParticipant, NewPriority, NewStrategicPriority


def add_priority(tx: Write, *, slug: str, given: NewPriority) -> Priority:
    """At the end; without a reference it takes the next number."""
    access, _row = claimed(tx, slug, "plan.structure")
    known = tx.exec(select(Priority).where(Priority.plan_id == access.id)).all()
    refs = {p.ref for p in known}
    ref = given.ref or next(str(n) for n in range(1, len(refs) + 2) if str(n) not in refs)
    if ref in refs:
        raise Taken("ref", _("There is a priority {ref} in this plan already. Choose another reference.", ref=ref))
    row = Priority(
        plan_id=access.id,
        ref=ref,
        title=given.title,
        aim=given.aim or "",
        position=max((p.position for p in known), default=0) + 1,
        strategic_priority_id=_aligned(tx, access.id, given.strategic_priority),
    )
    tx.act("priority.added")
    tx.add(row)
    tx.flush()
    return row


def change_priority(tx: Write, *, slug: str, ref: str, given: ChangedPriority, revision: int) -> Priority:
    """Only what was sent changes; another position moves the priorities between."""
    access, _row = claimed(tx, slug, "plan.structure")
    row = priority_row(tx, access.id, ref)
    if row.revision != revision:
        raise Stale(_("Somebody else has changed this priority. Look at it again before you save."))
    # Named before the first change: a look at another row flushes.
    tx.act("priority.changed")
    sent = given.model_fields_set
    if "title" in sent:
        if given.title is None:
            raise Invalid("title", _("Enter a title."))
        row.title = given.title
    if "aim" in sent:
        row.aim = given.aim or ""
    if "strategic_priority" in sent:
        row.strategic_priority_id = _aligned(tx, access.id, given.strategic_priority)
    if given.position is not None:
        _move(tx, row, given.position)
    tx.flush()
    return row


def _move(tx: Write, row: Priority, position: int) -> None:
    """Put `row` at `position`, from 1, among those in use, and number them all anew."""
    others = tx.exec(
        select(Priority)
        .where(Priority.plan_id == row.plan_id, Priority.id != row.id, Priority.archived_on == None)  # noqa: E711
        .order_by(Priority.position, Priority.ref)  # type: ignore[arg-type]
    ).all()
    order = list(others)
    order.insert(position - 1, row)
    for place, priority in enumerate(order, start=1):
        priority.position = place


def _aligned(tx: Write, plan_id: UUID, title: str | None) -> UUID | None:
    if not title:
        return None
    found = next((s.id for s in strategic_priorities(tx, plan_id) if s.title == title), None)
    if found is None:
        raise Invalid("strategic_priority", _("“{title}” is not one of the plan's strategic priorities.", title=title))
    return found


def add_strategic_priority(tx: Write, *, slug: str, given: NewStrategicPriority) -> StrategicPriority:
    access, _row = claimed(tx, slug, "plan.structure")
    known = strategic_priorities(tx, access.id)
    _refuse_same_title(known, given.title)
    row = StrategicPriority(
        plan_id=access.id, title=given.title, position=max((s.position for s in known), default=0) + 1
    )
    tx.act("strategic_priority.added")
    tx.add(row)
    tx.flush()
    return row


def change_strategic_priority(
    tx: Write, *, slug: str, row_id: UUID, given: NewStrategicPriority, revision: int
) -> StrategicPriority:
    access, _row = claimed(tx, slug, "plan.structure")
    row = strategic_priority_row(tx, access.id, row_id)
    if row.revision != revision:
        raise Stale(_("Somebody else has changed this strategic priority. Look at it again before you save."))
    _refuse_same_title([s for s in strategic_priorities(tx, access.id) if s.id != row.id], given.title)
    row.title = given.title
    tx.act("strategic_priority.changed")
    tx.flush()
    return row


def remove_strategic_priority(tx: Write, *, slug: str, row_id: UUID) -> None:
    """Only one that nothing is aligned to."""
    access, _row = claimed(tx, slug, "plan.structure")
    row = strategic_priority_row(tx, access.id, row_id)
    used = tx.exec(
        select(func.count()).where(Priority.plan_id == access.id, Priority.strategic_priority_id == row.id)
    ).one()
    if used:
        raise Conflict(_("Priorities are aligned to “{title}”. Align them elsewhere first.", title=row.title), "in_use")
    tx.act("strategic_priority.removed")
    tx.delete(row)
    tx.flush()


def _refuse_same_title(known: list, title: str) -> None:  # type: ignore[type-arg]
    if any(s.title == title for s in known):
        raise Taken("title", _("“{title}” is a strategic priority of this plan already.", title=title))


def add_participant(tx: Write, *, slug: str, given: NewParticipant) -> Participant:
    """Another organisation takes part: its people read the plan and write their own actions."""
    access, _row = claimed(tx, slug, "plan.structure")
    organisation = organisations.named(tx, "organisation", given.organisation)
    if organisation.id == access.organisation_id:
        raise Invalid("organisation", _("{name} leads this plan, so it takes part already.", name=organisation.name))
    if organisation.id in access.participants:
        raise Invalid("organisation", _("{name} takes part in this plan already.", name=organisation.name))
    row = Participant(plan_id=access.id, organisation_id=organisation.id)
    tx.act("plan.participant_added")
    tx.add(row)
    tx.flush()
    return row
