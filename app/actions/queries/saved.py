"""The views of a plan's tracker that somebody may open: their own, and those that are shared."""

from typing import Any

from sqlalchemy import bindparam
from sqlmodel import col, or_, select

from app.actions.models import DefaultView, SavedView
from app.actions.schemas import ViewRead
from app.core.db import Read
from app.core.walls import Watch, ready
from app.people.models import Account
from app.plans.queries import PlanAccess


def saved_views(read: Read, access: PlanAccess) -> list[ViewRead]:
    """One's own first, then the shared ones of others, each by name."""
    found = _views(read, access)
    return sorted(found, key=lambda v: (not v.mine, v.name.casefold(), v.slug))


def saved_view(read: Read, access: PlanAccess, slug: str) -> ViewRead | None:
    """None where there is none, and where it is somebody else's own."""
    return next(iter(_views(read, access, slug)), None)


def default_view(read: Read, access: PlanAccess) -> str:
    """The slug that the session's person opens this tracker with; empty where they chose none."""
    wanted = select(SavedView.slug, SavedView.account_id, SavedView.shared).where(
        SavedView.plan_id == access.id,
        SavedView.id == DefaultView.view_id,
        DefaultView.plan_id == access.id,
        DefaultView.account_id == read.actor.id,
    )
    found = read.exec(wanted).first() if read.actor.id else None
    return found[0] if found and (found[2] or found[1] == read.actor.id) else ""


_OF_VIEWS: tuple[Any, ...] = (SavedView.slug, SavedView.name, SavedView.query, SavedView.shared, SavedView.account_id)
_VIEWS = ready(select(*_OF_VIEWS).order_by(col(SavedView.slug)))
_OPENS_WITH = ready(select(DefaultView.view_id).where(DefaultView.account_id == bindparam("me")))


def views_watched(access: PlanAccess) -> tuple[Watch, ...]:
    """What changes with any view of the plan, and with the one that the person opens the tracker with."""
    return Watch(_VIEWS), Watch(_OPENS_WITH, {"me": access.actor.id})


def _views(read: Read, access: PlanAccess, slug: str | None = None) -> list[ViewRead]:
    me = read.actor.id
    wanted: Any = (
        select(SavedView, Account.name)
        .join(Account, col(Account.id) == SavedView.account_id)
        .where(SavedView.plan_id == access.id, or_(col(SavedView.shared), SavedView.account_id == me))
    )
    if slug is not None:
        wanted = wanted.where(SavedView.slug == slug)
    default = default_view(read, access)
    may_share = access.may("view.share")
    return [
        ViewRead(
            slug=row.slug,
            name=row.name,
            query=row.query,
            shared=row.shared,
            is_default=row.slug == default,
            mine=row.account_id == me,
            by=by,
            may_change=access.as_at is None and (row.account_id == me or (row.shared and may_share)),
            url=f"/plans/{access.slug}/actions?view={row.slug}",
        )
        for row, by in read.exec(wanted).all()
    ]
