"""The plan as somebody sees it who is not named on its restricted actions.

Their reference, priority, dates, stage, colour and the recommendations they answer stay, so every total, filter and
day counts them alike for everybody. Their words, people, parts and history are not there: no filter finds by them.
"""

from dataclasses import replace
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import select

from app.actions.queries.kept import Beside
from app.actions.view import ActionView, PlanView
from app.core.db import Read
from app.core.walls import ready
from app.plans.models import Restriction
from app.plans.queries import PlanAccess
from app.plans.rules import Restrictable

_TITLES = ready(
    select(Restriction.restricted_id, Restriction.public_title).where(
        Restriction.plan_id == sa.bindparam("plan"), Restriction.kind == Restrictable.action
    )
)
_masked: Beside[PlanView] = Beside(16)


def as_seen(read: Read, access: PlanAccess, view: PlanView) -> PlanView:
    """The view itself where nothing is hidden from this reader."""
    if not access.hidden:
        return view
    return _masked.get(view, access.hidden, lambda: _mask(read, access, view))


def _mask(read: Read, access: PlanAccess, view: PlanView) -> PlanView:
    with read.unhidden():
        titles = dict(read.exec(_TITLES, params={"plan": access.id}).all())
    actions = tuple(_seen(a, access.hidden, titles) for a in view.actions)
    return replace(view, actions=actions, by_ref={a.ref: a for a in actions})


def _seen(action: ActionView, hidden: frozenset[UUID], titles: dict[UUID, str]) -> ActionView:
    if action.id in hidden:
        return _without_words(action, titles.get(action.id, ""))
    latest = action.latest_update
    if latest is not None and latest.id in hidden:
        return action._replace(latest_update=None)
    return action


def _without_words(action: ActionView, title: str) -> ActionView:
    facts = action.facts._replace(external_contact=None)
    return action._replace(
        title=title,
        intended_outcome="",
        success_measure="",
        lead_executive=None,
        accountable_person=None,
        lead_executive_id=None,
        accountable_person_id=None,
        contributors=(),
        milestones=(),
        depends_on=(),
        needed_by=(),
        replaced_by=None,
        exit_why="",
        latest_update=None,
        views_differ=False,
        facts=facts,
        own="",
        is_hidden=True,
    )
