"""What the organisation has decided of recommendations, and what waits; the recommendations behind names."""

from collections.abc import Sequence
from uuid import UUID

from sqlmodel import col, or_, select

from app.core.db import Read
from app.coverage.models import RecommendationStanding
from app.coverage.queries.beside import names_of
from app.coverage.rules import Answer
from app.coverage.schemas import StandingRead
from app.frameworks.models import Framework, Recommendation
from app.frameworks.rules import chip
from app.history.queries import rows
from app.plans.queries import PlanAccess


def recommendation_ids(read: Read, access: PlanAccess, names: Sequence[str]) -> dict[str, UUID]:
    """The leaves in force behind names like ockenden_2022:1.2, national or the plan's organisation's own."""
    keys = {name.partition(":")[0] for name in names}
    found = read.exec(
        select(Framework.key, Recommendation.ref, Recommendation.id)
        .join(Recommendation, col(Recommendation.framework_id) == Framework.id)
        .where(
            col(Framework.key).in_(keys),
            col(Recommendation.is_leaf),
            col(Recommendation.withdrawn_on).is_(None),
            or_(col(Framework.organisation_id).is_(None), Framework.organisation_id == access.organisation_id),
        )
    ).all()
    known = {f"{key}:{ref}": id for key, ref, id in found}
    return {name: known[name] for name in names if name in known}


def standings(read: Read, access: PlanAccess, *, waiting: bool = False) -> list[StandingRead]:
    """By name; waiting: only those that the lead executive has to decide."""
    found = [row for row in rows(read, RecommendationStanding, access.id) if row.asked or not waiting]
    ids = {row.recommendation_id for row in found}
    names, titles = names_of(read, ids), _titles(read, ids)
    may = access.actor.is_person and access.may("standing.decide")
    made = [
        StandingRead(
            recommendation=names[row.recommendation_id],
            title=titles[row.recommendation_id][0],
            chip=titles[row.recommendation_id][1],
            answer=row.answer,
            why=row.why,
            contact=row.contact,
            last_chased_on=row.last_chased_on,
            decided_on=row.decided_on,
            decided_by=row.decided_by_name,
            asked=Answer(row.asked) if row.asked else None,
            asked_why=row.asked_why,
            asked_contact=row.asked_contact,
            asked_on=row.asked_on,
            asked_by=row.asked_by_name,
            returned_on=row.returned_on,
            returned_why=row.returned_why,
            may_decide=bool(row.asked) and may and row.asked_by_id != access.actor.id,
        )
        for row in found
    ]
    return sorted(made, key=lambda s: s.recommendation)


def _titles(read: Read, ids: set[UUID]) -> dict[UUID, tuple[str, str]]:
    """By id: the title, and the short form of the reference ("IEA 1.2")."""
    wanted = (
        select(Recommendation.id, Recommendation.title, Framework.prefix, Recommendation.ref)
        .join(Framework, col(Framework.id) == Recommendation.framework_id)
        .where(col(Recommendation.id).in_(ids))
    )
    return {id: (title, chip(prefix, ref)) for id, title, prefix, ref in read.exec(wanted).all()} if ids else {}
