"""What becomes of the seats of live plans when somebody is let in by a one-time code, and before somebody is let go.

Who administers accounts could otherwise judge proof: as a member of the panel, by a code of their own making, or by
emptying the panel and filling it anew.
"""

from uuid import UUID

from sqlmodel import col, select

from app.core.columns import SHARED
from app.core.db import Write
from app.core.errors import Conflict, Forbidden, NotFound
from app.core.ledger import claim
from app.core.moment import today_of
from app.core.words import _
from app.people import commands as people
from app.people.models import Account, RoleHeld
from app.people.queries import account_row, code_facts, with_password
from app.people.rules import Role
from app.plans.commands.life import claimed
from app.plans.models import BodyMember, Plan
from app.plans.queries import bodies, confirmers_of, judges, live_plans_of, paused_in


def choose_password(tx: Write, *, code: str, password_hash: str) -> UUID:
    """Keep the password of the code's account, whose id is returned; its seats in live plans wait to be confirmed."""
    found = code_facts(tx, code)
    seated = live_plans_of(tx, found.account_id) if found.account_id else []
    claim(tx, SHARED, *(plan.stream() for plan in seated))
    account_id = people.choose_password(tx, code=code, password_hash=password_hash)
    for plan in seated:
        _pause(tx, plan, account_id, is_first=found.password_hash is None)
    return account_id


def _pause(tx: Write, plan: Plan, account_id: UUID, *, is_first: bool) -> None:
    """A first password is believed while nobody who could confirm it has one: somebody has to begin."""
    tx.scope_to(plan.id)
    if is_first and not with_password(tx, confirmers_of(tx, plan.id, plan.organisation_id, account_id)):
        return
    name = account_row(tx, account_id).name
    tx.act("body.member_paused", why=_("{name} chose a password with a one-time code.", name=name))
    for row in _seats(tx, plan.id, account_id):
        row.paused_on = today_of(tx)
    tx.flush()


def confirm_member(tx: Write, *, slug: str, account_id: UUID) -> None:
    """The account is in its own person's hands: all of their seats in the plan decide again."""
    access, _row = claimed(tx, slug, "seat.confirm")
    waiting = [row for row in _seats(tx, access.id, account_id) if row.paused_on is not None]
    if not waiting:
        raise NotFound(_("No seat of this person waits to be confirmed."))
    may = confirmers_of(tx, access.id, access.organisation_id, account_id)
    if not access.actor.is_system and access.actor.id not in may:
        raise Forbidden(_not_you(may))
    tx.act("body.member_confirmed")
    for row in waiting:
        row.paused_on = None
    tx.flush()


def confirm_everywhere(tx: Write, *, account_id: UUID) -> list[str]:
    """By whoever runs the server, where nobody is left in the bodies to say it; addresses of the plans."""
    done = []
    for plan in live_plans_of(tx, account_id):
        tx.scope_to(plan.id)
        if account_id in paused_in(bodies(tx, plan.id)):
            confirm_member(tx, slug=plan.slug, account_id=account_id)
            done.append(plan.slug)
    return done


def _not_you(may: dict[UUID, str]) -> str:
    if may:
        return _("Somebody else who sits there confirms this. Ask {names}.", names=", ".join(may.values()))
    return _("Nobody is left who could confirm this. Ask whoever runs the server: “tracker user confirm” does it.")


def deactivate(tx: Write, *, account_id: UUID, why: str | None = None) -> Account:
    """The person has left; 409 while they alone preside over the judging of proof in a live plan."""
    _refuse_last_judge(tx, account_id)
    return people.deactivate(tx, account_id=account_id, why=why)


def take_role(tx: Write, *, account_id: UUID, role_id: UUID) -> None:
    """409 where the panel of a live plan would lose the last who presides there and holds its role."""
    held = tx.exec(select(RoleHeld).where(RoleHeld.id == role_id, RoleHeld.account_id == account_id)).first()
    if held is not None and held.role is Role.validator:
        _refuse_last_judge(tx, account_id, held.organisation_id)
    people.take_role(tx, account_id=account_id, role_id=role_id)


def _refuse_last_judge(tx: Write, account_id: UUID, at: UUID | None = None) -> None:
    """at: the organisation whose plans are asked about; None for all."""
    plans = [p for p in live_plans_of(tx, account_id) if at in (None, p.organisation_id)]
    claim(tx, SHARED, *(plan.stream() for plan in plans))
    for plan in plans:
        tx.scope_to(plan.id)
        preside = judges(tx, plan.id, plan.organisation_id)
        if account_id not in preside:
            continue
        if not preside.keys() - paused_in(bodies(tx, plan.id)) - {account_id}:
            raise Conflict(
                _(
                    "{name} alone presides on the assurance panel of “{plan}”, and who sits there is theirs to say. "
                    "Ask them to name somebody else as chair or deputy first (Settings, People and bodies). Where that "
                    "cannot be, whoever runs the server deactivates the account with “tracker user deactivate”.",
                    name=preside[account_id],
                    plan=plan.title,
                ),
                "last_judge",
            )


def _seats(tx: Write, plan_id: UUID, account_id: UUID) -> list[BodyMember]:
    wanted = select(BodyMember).where(BodyMember.plan_id == plan_id, BodyMember.account_id == account_id)
    return list(tx.exec(wanted.order_by(col(BodyMember.id))).all())
