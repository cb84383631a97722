"""What the organisation says of recommendations: the office asks, the lead executive decides."""

from uuid import UUID

from sqlmodel import col, select

from app.actions.commands.ground import begin
from app.core.db import Write
from app.core.errors import Conflict, FieldError, Forbidden, Invalid
from app.core.moment import today_of
from app.core.words import _
from app.coverage.models import PlanFramework, RecommendationStanding
from app.coverage.queries import recommendation_ids
from app.coverage.rules import Answer, Verdict
from app.coverage.schemas import AddedFramework, Chased, NewStandings, StandingDecision
from app.frameworks.models import Framework
from app.frameworks.queries import framework_named
from app.people.permissions import require_person
from app.plans.queries import PlanAccess

Row = RecommendationStanding


def add_framework(tx: Write, *, access: PlanAccess, given: AddedFramework) -> Framework:
    """The plan sets out to answer this publication: its gaps show from now on. Adding it again changes nothing."""
    access = begin(tx, access)
    access.require("coverage.plan")
    row = framework_named(tx, "framework", given.framework)
    if row.organisation_id not in (None, access.organisation_id):
        raise Invalid("framework", _("There is no publication with the key {key}.", key=given.framework))
    if row.is_empty:
        raise Invalid("framework", _("The recommendations of this publication are not itemised: none can be answered."))
    known = select(PlanFramework.id).where(PlanFramework.plan_id == access.id, PlanFramework.framework_id == row.id)
    if tx.exec(known).first() is None:
        tx.act("coverage.framework_added")
        name = tx.actor.name[:120]
        tx.add(PlanFramework(plan_id=access.id, framework_id=row.id, added_on=today_of(tx), added_by_name=name))
        tx.flush()
    return row


def remove_framework(tx: Write, *, access: PlanAccess, key: str) -> None:
    """The plan no longer sets out to answer it; what its actions answer shows still."""
    access = begin(tx, access)
    access.require("coverage.plan")
    row = framework_named(tx, "framework", key)
    known = select(PlanFramework).where(PlanFramework.plan_id == access.id, PlanFramework.framework_id == row.id)
    found = tx.exec(known).first()
    if found is not None:
        tx.act("coverage.framework_removed")
        tx.delete(found)
        tx.flush()


def propose_standings(tx: Write, *, access: PlanAccess, given: NewStandings) -> None:
    """All or none; a later request takes the place of one that waits."""
    access = begin(tx, access)
    access.require("standing.propose")
    if given.answer is Answer.external and not given.contact:
        raise Invalid("contact", _("Enter who has to act: the organisation and a person there."))
    if given.answer is not Answer.external and given.contact:
        raise Invalid("contact", _("Only an external recommendation has a contact. Leave it empty."))
    tx.act("standing.proposed", why=given.why)
    for row in _rows(tx, access, given.recommendations, make=True).values():
        row.asked, row.asked_why, row.asked_contact = given.answer.value, given.why, given.contact or ""
        row.asked_on, row.asked_by_id, row.asked_by_name = today_of(tx), tx.actor.person_id, tx.actor.name[:120]
        tx.add(row)
    tx.flush()


def decide_standings(tx: Write, *, access: PlanAccess, given: StandingDecision) -> None:
    """By a lead executive, never on what they asked for themselves; one record each, all or none."""
    access = begin(tx, access)
    access.require("standing.decide")
    require_person(tx.actor, "standing.decide")
    is_accepted = given.outcome is Verdict.accept
    if not is_accepted and not given.why:
        raise Invalid("why", _("Say why you return it."))
    rows = _rows(tx, access, given.recommendations)
    if nothing := [name for name in given.recommendations if name not in rows or not rows[name].asked]:
        raise Conflict(_("Nothing waits for a decision on {names}.", names=", ".join(nothing)), "decided")
    if any(row.asked_by_id == tx.actor.id for row in rows.values()):
        raise Forbidden(_("You asked for this yourself. Another lead executive decides."), "own_proposal")
    tx.act("standing.accepted" if is_accepted else "standing.returned", why=given.why)
    for row in rows.values():
        _settle(tx, row, given, is_accepted=is_accepted)
    tx.flush()


def _settle(tx: Write, row: Row, given: StandingDecision, *, is_accepted: bool) -> None:
    if is_accepted:
        row.answer, row.why, row.contact = Answer(row.asked), row.asked_why, row.asked_contact
        row.decided_on, row.decided_by_name = today_of(tx), tx.actor.name[:120]
        row.returned_on, row.returned_why = None, ""
        if row.answer is not Answer.external:
            row.last_chased_on = None
    else:
        row.returned_on, row.returned_why = today_of(tx), given.why or ""
    row.asked, row.asked_why, row.asked_contact, row.asked_on = "", "", "", None
    row.asked_by_id, row.asked_by_name = None, ""
    tx.add(row)


def note_chased(tx: Write, *, access: PlanAccess, given: Chased) -> None:
    """External recommendations alone are chased; the day is not in the future."""
    access = begin(tx, access)
    access.require("standing.propose")
    day = given.on or today_of(tx)
    if day > today_of(tx):
        raise Invalid("on", _("This day is in the future. Enter today or an earlier day."))
    rows = _rows(tx, access, given.recommendations)
    for name in given.recommendations:
        if name not in rows or rows[name].answer is not Answer.external:
            raise Conflict(_("{name} is not external, so there is nobody to chase.", name=name), "not_external")
    tx.act("standing.chased")
    for row in rows.values():
        row.last_chased_on = day
        tx.add(row)
    tx.flush()


def _rows(tx: Write, access: PlanAccess, names: list[str], *, make: bool = False) -> dict[str, Row]:
    """By name; each must be a recommendation in force, national or of the plan's organisation."""
    ids = recommendation_ids(tx, access, names)
    unknown = [
        FieldError(f"recommendations.{place}", _("There is no recommendation “{name}”.", name=name))
        for place, name in enumerate(names)
        if name not in ids
    ]
    if unknown:
        raise Invalid.several(unknown)
    rows = tx.exec(select(Row).where(Row.plan_id == access.id, col(Row.recommendation_id).in_(set(ids.values())))).all()
    known: dict[UUID, Row] = {row.recommendation_id: row for row in rows}
    if make:
        known = {id: known.get(id) or Row(plan_id=access.id, recommendation_id=id) for id in ids.values()}
    return {name: known[id] for name, id in ids.items() if id in known}
