"""What a workbook's values are read against: the people, publications, organisations and priorities of a plan."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import col, or_, select

from app.actions.view import PlanView
from app.core import clock
from app.core.db import Read
from app.exchange.imports.headings import simple
from app.exchange.imports.names import Person
from app.exchange.imports.priorities import Shape
from app.exchange.imports.row import Ground
from app.exchange.models import ColumnMapping, Import
from app.exchange.rules import ImportState
from app.frameworks.models import Framework, Recommendation
from app.organisations.models import Organisation
from app.people.queries import directory
from app.plans.models import PlanField
from app.plans.queries import PlanAccess, plan_fields, priorities


@dataclass(frozen=True, slots=True)
class Around:
    """ground: for reading; shape: of the plan; ids: what names stand for; fields: the plan's own by their key."""

    ground: Ground
    shape: Shape
    people: Mapping[str, UUID]
    organisations: Mapping[str, UUID]
    recommendations: Mapping[str, UUID]
    fields: Mapping[str, PlanField]
    remembered: Mapping[str, str]
    # Of the people, those who have left.
    left: frozenset[str] = frozenset()


def around(read: Read, access: PlanAccess, view: PlanView) -> Around:
    here = {access.organisation_id, *access.participants}
    # Those who have left are known where an action still names them; nobody else's action can be given to them.
    named = {p.id for a in view.actions for p in (a.lead_executive, a.accountable_person, *a.contributors) if p}
    people = [p for p in directory(read, here) if p.active or p.id in named]
    codes = read.exec(
        select(Organisation.id, Organisation.code, Organisation.name).where(col(Organisation.id).in_(here))
    ).all()
    recommendations, local, publications = _recommendations(read, here)
    ground = Ground(
        people=tuple(Person(p.email, p.name, p.post) for p in people),
        recommendations={(f, ref.casefold()): f"{f}:{ref}" for f, ref in recommendations},
        local=local,
        publications=publications,
        organisations={n.casefold(): code for _id, code, name in codes for n in (code, name)},
        today=clock.today(),
        known=frozenset(a.ref.casefold() for a in view.actions),
        exited=frozenset(a.ref.casefold() for a in view.actions if a.stage.is_exited),
    )
    return Around(
        ground=ground,
        shape=_shape(read, access, view),
        people={p.email: p.id for p in people},
        left=frozenset(p.email for p in people if not p.active),
        organisations={code: key for key, code, _name in codes},
        recommendations={f"{f}:{ref}": key for (f, ref), key in recommendations.items()},
        fields={f.key: f for f in plan_fields(read, access.id)},
        remembered=remembered(read, access),
    )


def remembered(read: Read, access: PlanAccess) -> dict[str, str]:
    """What headings meant when the plan's organisation last brought a workbook in."""
    wanted = select(ColumnMapping.heading, ColumnMapping.field)
    return dict(read.exec(wanted.where(ColumnMapping.organisation_id == access.organisation_id)).all())


def heading_key(name: str) -> str:
    return simple(name)[:200]


def is_first(read: Read, access: PlanAccess) -> bool:
    """Whether this would be the first import into a draft: only that may say what was done before this tool."""
    done = select(Import.id).where(Import.plan_id == access.id, Import.state == ImportState.done)
    return access.is_draft and read.exec(done).first() is None


def _recommendations(read: Read, here: set[UUID]) -> tuple[dict[tuple[str, str], UUID], frozenset[str], dict[str, str]]:
    wanted: Any = (
        sa.select(*(col(c) for c in (Framework.key, Framework.short_title, Framework.organisation_id)),
                  col(Recommendation.ref), col(Recommendation.id))
        .join(Framework, col(Recommendation.framework_id) == Framework.id)
        .where(or_(col(Framework.organisation_id).is_(None), col(Framework.organisation_id).in_(here)))
    )  # fmt: skip
    rows = read.exec(wanted).all()
    own = frozenset(key for key, _title, owner, _ref, _id in rows if owner is not None)
    titles = {key: title for key, title, _owner, _ref, _id in rows}
    return {(key, ref): item for key, _title, _owner, ref, item in rows}, own, titles


def _shape(read: Read, access: PlanAccess, view: PlanView) -> Shape:
    return Shape(
        title=view.title,
        priorities={p.ref: p.title for p in priorities(read, access.id)},
        used=frozenset(a.priority.ref for a in view.actions),
        actions={a.ref.casefold(): a.priority.ref for a in view.actions},
        first=is_first(read, access),
        may_add_priorities=access.may("plan.structure"),
    )
