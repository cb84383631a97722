"""How far a new installation has come, as the steps that lead it to a live plan."""

from dataclasses import dataclass

from sqlmodel import col, func, select
from sqlmodel.sql.expression import SelectOfScalar

from app.core.actor import Door, system
from app.core.db import Database, Read
from app.core.idempotency import note
from app.core.words import _
from app.frameworks.queries import library_is_current
from app.organisations.models import Organisation
from app.people.models import Account, RoleHeld
from app.people.rights import Relation, allows
from app.people.rules import MADE_BY_DEMO, Role
from app.plans.rules import PlanState
from app.plans.schemas import PlanRead


@dataclass(frozen=True, slots=True)
class Step:
    """href: where to do it, empty where the reader may not."""

    text: str
    note: str
    href: str
    done: bool


def setup(read: Read, plans: list[PlanRead]) -> list[Step]:
    """Organisation, library, people, plan, invite, go live; empty when all is done, or the reader has no part in it."""
    admin, office = _may(read, "admin.change"), _may(read, "plan.create")
    if not (admin or office):
        return []
    steps = [
        Step(
            _("Add your organisation"),
            _("By its ODS code, with the systems and partners around it."),
            "/organisations/new" if admin else "",
            _some(read, select(func.count()).select_from(Organisation)),
        ),
        Step(_("Load the library"), _("National publications to start from and to answer."), "/frameworks",
             library_is_current(read)),
        Step(
            _("Add the people who run it"),
            _("The programme office, the chair, the assurance panel."),
            "/admin/accounts/new" if admin else "",
            all(_held(read, role) for role in (Role.office, Role.chair, Role.validator)),
        ),
        Step(_("Begin a plan"), _("From a publication, four priorities, or your spreadsheet."),
             "/plans/new" if office else "", bool(plans)),
        Step(
            _("Invite the owners"),
            _("Each owner gets a one-time code and sees their own actions."),
            "/admin/accounts/new" if admin else "",
            _held(read, Role.owner),
        ),
        _go_live(plans),
    ]  # fmt: skip
    return [] if all(step.done for step in steps) else steps


def _go_live(plans: list[PlanRead]) -> Step:
    draft = next((p for p in plans if p.state is PlanState.draft), None)
    return Step(
        _("Go live"),
        _("The chair adopts the plan; until then no clock runs."),
        f"/plans/{draft.plan}/adopt" if draft else "",
        any(p.state is not PlanState.draft for p in plans),
    )


def _may(read: Read, act: str) -> bool:
    relations = (Relation.anywhere, Relation.organisation)
    return allows(act, [(g.role, r) for g in read.actor.grants for r in relations])


def _held(read: Read, role: Role) -> bool:
    return _some(
        read,
        select(func.count())
        .select_from(RoleHeld)
        .join(Account, col(RoleHeld.account_id) == Account.id)
        .where(RoleHeld.role == role, col(Account.active)),
    )


def _some(read: Read, counted: SelectOfScalar[int]) -> bool:
    return read.exec(counted).one() > 0


def is_demo(database: Database) -> bool:
    """Whether this database was made by the demonstration: its pages then say so."""
    with database.read(system(Door.system, "The banner")) as read:
        return note(read, MADE_BY_DEMO) is not None
