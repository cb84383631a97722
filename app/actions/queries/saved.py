"""The views of a plan's tracker that somebody may open: their own, and those that are shared."""

from typing import Any

from sqlalchemy import and_, bindparam
from sqlmodel import col, or_, select

from app.actions.models import DefaultView, SavedView
from app.actions.schemas import ViewRead
from app.core.db import Read
from app.core.prepared import Prepared
from app.core.walls import Watch
from app.people.models import Account
from app.plans.queries import PlanAccess

_ME: Any = bindparam("me")
_COLUMNS: tuple[Any, ...] = (
    SavedView.slug, SavedView.name, SavedView.query, SavedView.shared, SavedView.account_id, Account.name,
    DefaultView.view_id,
)  # fmt: skip
_VIEWS = Prepared(
    select(*_COLUMNS)
    .join(Account, col(Account.id) == SavedView.account_id)
    .outerjoin(DefaultView, and_(col(DefaultView.view_id) == SavedView.id, col(DefaultView.account_id) == _ME))
    .where(SavedView.plan_id == bindparam("plan"), or_(col(SavedView.shared), SavedView.account_id == _ME))
    .order_by(col(SavedView.slug))
)


def saved_views(read: Read, access: PlanAccess) -> list[ViewRead]:
    """One's own first, then the shared ones of others, each by name; `is_default` on what the tracker opens with."""
    me, may_share = read.actor.id, access.may("view.share")
    found = [
        ViewRead(
            slug=slug,
            name=name,
            query=query,
            shared=shared,
            is_default=default is not None,
            mine=owner == me,
            by=by,
            may_change=access.as_at is None and (owner == me or (shared and may_share)),
            url=f"/plans/{access.slug}/actions?view={slug}",
        )
        for slug, name, query, shared, owner, by, default in _VIEWS.rows(read, me=me, plan=access.id)
    ]
    return sorted(found, key=lambda v: (not v.mine, v.name.casefold(), v.slug))


def watched(access: PlanAccess) -> Watch:
    """What changes with any of these views, and with the one that the person's tracker opens with."""
    return Watch(_VIEWS.statement, {"me": access.actor.id, "plan": access.id})


def saved_view(read: Read, access: PlanAccess, slug: str) -> ViewRead | None:
    """None where there is none, and where it is somebody else's own."""
    return next((v for v in saved_views(read, access) if v.slug == slug), None)
