"""Lending one's own power to decide, for a time; and stepping aside from a decision because of an interest."""

from datetime import date
from uuid import UUID

from sqlmodel import select

from app.assurance import queries
from app.assurance.commands.ground import begun, to_decide
from app.assurance.models import DeclaredInterest, Delegation, Proposal
from app.assurance.parts import may_decide_here
from app.assurance.schemas import Declaration, NewDelegation, NewWithdrawal
from app.core.db import Write
from app.core.errors import Conflict, Forbidden, Invalid, NotFound, Problems
from app.core.moment import today_of
from app.core.words import N_, _, day
from app.people.permissions import require_person
from app.people.queries import person_named
from app.people.rules import Role
from app.plans.queries import PlanAccess
from app.plans.rules import BodyKind, BodyRole
from app.plans.schemas import BodyRead

LONGEST_DAYS = 366


def delegate(tx: Write, *, access: PlanAccess, given: NewDelegation) -> Delegation:
    """The chair's or a deputy's power in a body, or a lead executive's on the own portfolio, from a day to a day.

    Only what one holds; not an assurance panel's word; only to somebody who may decide here at all.
    """
    me = require_person(tx.actor)
    access = begun(tx, access)
    access.require("delegation.give")
    bench, problems, today = queries.bench(tx, access), Problems(), today_of(tx)
    body = None
    with problems.noted():
        body = _power(tx, access, bench, given)
    with problems.noted():
        to_id, to_name = _delegate(tx, access, bench, given.person)
    _dates(given.starts_on, given.ends_on, today, problems)
    problems.refuse()
    row = Delegation(
        plan_id=access.id,
        body_id=body.id if body else None,
        given_by_id=me,
        given_by_name=tx.actor.name[:120],
        given_to_id=to_id,
        given_to_name=to_name[:120],
        starts_on=given.starts_on,
        ends_on=given.ends_on,
        why=given.why or "",
        given_on=today,
    )
    tx.act("delegation.given", why=given.why)
    tx.add(row)
    tx.flush()
    return row


def end_delegation(tx: Write, *, access: PlanAccess, delegation_id: UUID, given: NewWithdrawal) -> Delegation:
    """By who gave it, or by who received it; from today on it lends nothing."""
    require_person(tx.actor)
    access = begun(tx, access)
    access.require("proposal.decide")
    wanted = select(Delegation).where(Delegation.plan_id == access.id, Delegation.id == delegation_id)
    row = tx.exec(wanted).first()
    if row is None:
        raise NotFound(_("There is no such delegation in this plan."))
    if tx.actor.id not in (row.given_by_id, row.given_to_id):
        raise Forbidden(_("Only {name}, who gave it, may end this delegation.", name=row.given_by_name))
    if row.ended_on is not None or row.ends_on < today_of(tx):
        raise Conflict(_("This delegation has ended already. Nothing was changed."), "ended")
    tx.act("delegation.ended", why=given.why)
    row.ended_on = today_of(tx)
    tx.flush()
    return row


def declare_interest(tx: Write, *, access: PlanAccess, proposal_id: UUID, given: Declaration) -> Proposal:
    """Who could decide says that they have an interest: it passes to the next, for good."""
    me = require_person(tx.actor)
    access = begun(tx, access)
    row, _bench = to_decide(tx, access, proposal_id)
    tx.act("proposal.interest_declared", why=given.why)
    tx.add(
        DeclaredInterest(
            plan_id=access.id,
            proposal_id=row.id,
            action_id=row.action_id,
            account_id=me,
            name=tx.actor.name[:120],
            why=given.why or "",
            declared_on=today_of(tx),
        )
    )
    tx.flush()
    return row


def _power(tx: Write, access: PlanAccess, bench: queries.Bench, given: NewDelegation) -> BodyRead | None:
    """The body whose seat is lent; None for a lead executive's own power."""
    if given.body is None:
        if Role.executive not in {g.role for g in tx.actor.grants if g.organisation_id == access.organisation_id}:
            raise Invalid("body", _("Name the body that you chair. Only a lead executive delegates without one."))
        return None
    body = queries.find_body(bench.bodies, given.body)
    if body is None:
        raise Invalid("body", _("There is no body “{name}” in this plan. Choose one of its bodies.", name=given.body))
    if body.kind is BodyKind.assurance_panel:
        raise Invalid("body", _("What an assurance panel decides cannot be delegated. Name a deputy chair instead."))
    if not body.holds(require_person(tx.actor), BodyRole.chair, BodyRole.deputy):
        raise Forbidden(_("Only the chair or a deputy of “{body}” may delegate its decisions.", body=body.name))
    return body


def _delegate(tx: Write, access: PlanAccess, bench: queries.Bench, email: str) -> tuple[UUID, str]:
    person = person_named(tx, "person", email, {access.organisation_id, *access.participants})
    player = next((p for p in bench.players if p.id == person.id), None)
    if person.id == tx.actor.id:
        raise Invalid("person", _("Name somebody else: this is your own decision already."))
    if player is None or not may_decide_here(player, bench.case_of(None, None)):
        sentence = N_("{name} holds no role that decides in this plan. Name an executive, a validator or a chair.")
        raise Invalid("person", _(sentence, name=person.name))
    return person.id, person.name


def _dates(starts_on: date, ends_on: date, today: date, problems: Problems) -> None:
    if starts_on < today:
        problems.note("starts_on", _("This day has passed. Enter today or a later day."))
    if ends_on < starts_on:
        problems.note("ends_on", _("The last day must not be before the first, {day}.", day=day(starts_on)))
    elif (ends_on - starts_on).days > LONGEST_DAYS:
        problems.note("ends_on", _("A delegation lasts a year at most. Enter an earlier day."))
