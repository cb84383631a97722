"""What the plans know of publications: which recommendations are answered, and whose publications may be seen."""

from collections.abc import Collection
from uuid import UUID

from sqlmodel import col, select

from app.actions.models import RecommendationLink
from app.core.db import Read
from app.plans.queries import readable_plans


def answered_anywhere(read: Read, ids: Collection[UUID]) -> frozenset[UUID]:
    """Those of these recommendations that an action of any plan answers; which plan is not told."""
    if not ids:
        return frozenset()
    before = read.info.get("scope")
    read.see_everything("only whether an action answers a recommendation that is about to change")
    found = read.exec(
        select(RecommendationLink.recommendation_id).where(col(RecommendationLink.recommendation_id).in_(ids))
    ).all()
    read.info["scope"] = before
    return frozenset(found)


def organisations_read(read: Read) -> frozenset[UUID]:
    """The organisations whose plans one may read, and whose own publications one may therefore see."""
    before = read.info.get("scope")
    found = frozenset(plan.organisation_id for plan in readable_plans(read))
    read.info["scope"] = before
    return found
