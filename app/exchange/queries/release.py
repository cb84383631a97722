"""For whom a file is made: an answer under freedom of information withholds what is restricted, and says what."""

from collections import Counter
from dataclasses import dataclass, replace
from uuid import UUID

from sqlmodel import col, select

from app.actions.queries import plan_view
from app.actions.view import PlanView
from app.core.actor import NOBODY
from app.core.db import Read
from app.core.words import N_, _, ngettext
from app.evidence.queries import evidence
from app.exchange.asking import Release
from app.exchange.book import Line, Sheet
from app.exchange.cells import Naming, naming
from app.exchange.columns import Column
from app.people.models import RoleHeld
from app.people.rules import Role
from app.plans.models import Restriction
from app.plans.queries import PlanAccess
from app.plans.rules import Restrictable

KINDS = {
    Restrictable.action: N_("Action"),
    Restrictable.update: N_("Update"),
    Restrictable.evidence: N_("Evidence"),
}
WITHHELD = (
    Column("kind", N_("What"), N_("An action, an update or an item of evidence."), width=14),
    Column("ref", N_("Reference"), N_("Its number in the plan."), width=11),
    Column("title", N_("Public title"), N_("What may be said of it to everybody."), width=60),
    Column("why", N_("Why it is withheld"), N_("The reason."), width=60),
)


Part = tuple[str, str, str, str]


@dataclass(frozen=True, slots=True)
class Released:
    """access: through which the file is read; lines: what its head says; withheld: the list of what is not in it."""

    access: PlanAccess
    naming: Naming
    lines: tuple[str, ...] = ()
    withheld: Sheet | None = None


def released(read: Read, access: PlanAccess, release: Release) -> Released:
    if release is Release.colleagues:
        return Released(access, naming(plan_view(read, access).people))
    restricted = _restricted(read, access)
    hidden = frozenset(r.restricted_id for r in restricted)
    # Those who are named on it too: the file is read by somebody else.
    read.hide(hidden)
    access = replace(access, hidden=hidden, actor=NOBODY, held=())
    view = plan_view(read, access)
    shown = _executives(read, access, view) if release is Release.request_without_names else None
    withheld = [*_restricted_parts(restricted, view), *_confidential(read, access)]
    sheet = Sheet("withheld", _("Withheld"), WITHHELD, [Line(part) for part in sorted(withheld)])
    return Released(access, naming(view.people, shown), _head(withheld, shown is None), sheet)


def _restricted(read: Read, access: PlanAccess) -> list[Restriction]:
    with read.unhidden():
        return list(read.exec(select(Restriction).where(Restriction.plan_id == access.id)).all())


def _executives(read: Read, access: PlanAccess, view: PlanView) -> frozenset[UUID]:
    """Those whose names are public by their office: lead executives, executives and chairs."""
    homes = {access.organisation_id, *access.participants}
    held = select(RoleHeld.account_id).where(
        col(RoleHeld.role).in_((Role.executive, Role.chair)), col(RoleHeld.organisation_id).in_(homes)
    )
    return frozenset(read.exec(held).all()) | {a.lead_executive_id for a in view.actions if a.lead_executive_id}


def _head(withheld: list[Part], with_names: bool) -> tuple[str, ...]:
    met = Counter(part[0] for part in withheld)
    counted = [
        ngettext("{n} action", "{n} actions", met[_(KINDS[Restrictable.action])]),
        ngettext("{n} update", "{n} updates", met[_(KINDS[Restrictable.update])]),
        ngettext("{n} item of evidence", "{n} items of evidence", met[_(KINDS[Restrictable.evidence])]),
    ]
    lines = [
        _("Made to answer a request for information."),
        _("Withheld: {parts}. The sheet Withheld lists them.", parts=", ".join(counted))
        if withheld
        else _("Nothing is withheld."),
    ]
    if not with_names:
        lines.append(_("Names of staff below executive level are left out of the columns of names."))
    lines.append(_("Read the commentary before you release it: people may be named there."))
    return tuple(lines)


def _restricted_parts(restricted: list[Restriction], view: PlanView) -> list[Part]:
    refs = {a.id: a.ref for a in view.actions}
    why = _("Restricted to named people: it could identify a person or harm an inquiry.")
    return [(_(KINDS[r.kind]), refs.get(r.restricted_id, ""), r.public_title, why) for r in restricted]


def _confidential(read: Read, access: PlanAccess) -> list[Part]:
    """Evidence of which the public-safe summary alone is in the file."""
    kind, why = _(KINDS[Restrictable.evidence]), _("Confidential: its summary is all that may be read.")
    return [(kind, e.ref, e.shows, why) for e in evidence(read, access) if e.concealed]
