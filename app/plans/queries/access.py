"""Finding a plan, and what the asker may do there: the first wall, and the opening of the second."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Protocol
from uuid import UUID

from sqlalchemy import bindparam
from sqlmodel import col, or_, select

from app.core.actor import Actor
from app.core.db import Read
from app.core.errors import Forbidden, NotFound
from app.core.moment import day_asked
from app.core.prepared import Prepared
from app.core.words import _
from app.history.queries import look_back, own_row
from app.people.permissions import refusal
from app.people.rights import DECIDING_ACTS, RIGHTS, Relation, allows
from app.plans.models import BodyMember, Participant, Plan, Restriction
from app.plans.rules import Cadence, PlanState, RatingSettings


class Concerned(Protocol):
    """Whom an action concerns: what relations to it come from."""

    @property
    def organisation_id(self) -> UUID: ...
    @property
    def accountable_person_id(self) -> UUID | None: ...
    @property
    def lead_executive_id(self) -> UUID | None: ...


@dataclass(frozen=True, slots=True)
class PlanAccess:
    """A plan somebody may read, with what they are to it. `held` are the pairs the rights table is asked with.

    as_at: the past day it is looked at, with its title, state and settings of that day; None: as it stands.
    hidden: what is restricted to others, with today's names on a past day too; nothing may be done to it.
    """

    id: UUID
    slug: str
    title: str
    organisation_id: UUID
    state: PlanState
    adopted_on: date | None
    settings: RatingSettings
    participants: frozenset[UUID]
    actor: Actor
    held: tuple[tuple[str, Relation], ...]
    as_at: date | None = None
    # What is restricted to named people, of whom the actor is none.
    hidden: frozenset[UUID] = frozenset()
    # A seat of the actor's waits to be confirmed: they decide nothing here.
    is_paused: bool = False

    @property
    def stream(self) -> str:
        return f"plan:{self.id}"

    @property
    def is_draft(self) -> bool:
        return self.state is PlanState.draft

    def may(self, act: str, action: Concerned | None = None, contributors: Iterable[UUID] = ()) -> bool:
        """Whether the act is allowed here and now: nothing is changed on a past day."""
        if self.as_at is not None and act in RIGHTS and RIGHTS[act].writes:
            return False
        return self.holds(act, action, contributors)

    def holds(self, act: str, action: Concerned | None = None, contributors: Iterable[UUID] = ()) -> bool:
        """Whether the actor has the right, whatever the day that is looked at."""
        if self.actor.is_system:
            return True
        if self.is_paused and act in DECIDING_ACTS:
            return False
        if self.hidden and getattr(action, "id", None) in self.hidden:
            return False
        # What one is to the whole plan settles most questions, and lists ask for hundreds of actions.
        return allows(act, self.held) or (action is not None and allows(act, self._held_of(action, contributors)))

    def require(self, act: str, action: Concerned | None = None, contributors: Iterable[UUID] = ()) -> None:
        """Refuse with a sentence; for a plan that may be read, so saying no gives nothing away."""
        if self.hidden and getattr(action, "id", None) in self.hidden:
            raise restricted()
        if self.is_paused and act in DECIDING_ACTS:
            raise _paused()
        if not self.holds(act, action, contributors):
            raise refusal(act)
        if not self.may(act, action, contributors):
            raise _only_read()

    def _held_of(self, action: Concerned, contributors: Iterable[UUID]) -> list[tuple[str, Relation]]:
        me, found = self.actor.id, []
        here = {self.organisation_id, *self.participants}
        roles = {g.role for g in self.actor.grants if g.organisation_id in here}
        if me is not None and action.accountable_person_id == me:
            found += [(role, Relation.own_action) for role in roles]
        if me is not None and action.lead_executive_id == me:
            found += [(role, Relation.portfolio) for role in roles]
        if me is not None and me in contributors:
            found += [(role, Relation.contributes) for role in roles]
        led = self.actor.roles_at(action.organisation_id) if action.organisation_id in here else ()
        return found + [(role, Relation.own_organisation) for role in led]


def restricted() -> Forbidden:
    return Forbidden(_("This is restricted to named people. Ask one of them, or the programme office."), "restricted")


def _paused() -> Forbidden:
    return Forbidden(
        _(
            "You signed in with a one-time code, so you decide nothing in this plan until somebody who sits with you "
            "confirms that the account is yours. Under Settings, People and bodies, it says who may."
        ),
        "paused",
    )


def settings_of(given: dict[str, Any], cadence: Cadence) -> RatingSettings:
    """The plan's thresholds: the defaults, and what a decision changed."""
    known = {k: v for k, v in given.items() if k in RatingSettings.__dataclass_fields__}
    return RatingSettings(**(known | {"cadence": cadence}))


def held_at(actor: Actor, organisation_id: UUID, participants: frozenset[UUID]) -> tuple[tuple[str, Relation], ...]:
    """What the actor is to a plan of this organisation, before any of its actions is looked at."""
    found: list[tuple[str, Relation]] = []
    for grant in actor.grants:
        found.append((grant.role, Relation.anywhere))
        if grant.organisation_id == organisation_id:
            found.append((grant.role, Relation.organisation))
        if grant.organisation_id in participants:
            found.append((grant.role, Relation.participant))
        if organisation_id in actor.overseen:
            found.append((grant.role, Relation.overseen))
    return tuple(found)


_OF_PLAN: tuple[Any, ...] = (
    Plan.id, Plan.slug, Plan.title, Plan.organisation_id, Plan.state, Plan.adopted_on, Plan.settings, Plan.cadence,
)  # fmt: skip
_BY_SLUG = Prepared(select(*_OF_PLAN).where(Plan.slug == bindparam("slug")))
_TAKING_PART = Prepared(select(Participant.organisation_id))


def plan_for(read: Read, slug: str, act: str = "plan.read") -> PlanAccess:
    """The plan, for the session's actor; opens the session's scope to it.

    Absent, of another organisation, and a draft not to be seen all answer alike (404); a plan that may be read, but
    not changed by this actor, answers 403. Acts that depend on an action are asked again with it (`require`).
    """
    absent = NotFound(_("There is no plan “{plan}”, or you may not see it.", plan=slug))
    if "\0" in slug or len(slug) > 64:
        raise absent
    rows = _BY_SLUG.rows(read, slug=slug)
    if not rows:
        raise absent
    [(plan_id, slug, title, organisation_id, state, adopted_on, settings, cadence)] = rows
    actor = read.actor
    read.scope_to(plan_id)
    participants = frozenset(organisation for (organisation,) in _TAKING_PART.rows(read))
    access = PlanAccess(
        id=plan_id,
        slug=slug,
        title=title,
        organisation_id=organisation_id,
        state=state,
        adopted_on=adopted_on,
        settings=settings_of(settings, cadence),
        participants=participants,
        actor=actor,
        held=held_at(actor, organisation_id, participants),
    )
    shown = access.may("plan.read") and (not access.is_draft or access.may("plan.read_draft"))
    if not shown or (actor.token_plan_id is not None and actor.token_plan_id != plan_id):
        read.info["scope"] = frozenset()
        raise absent
    access = replace(access, is_paused=actor.is_person and bool(_PAUSED.rows(read, plan=plan_id, account=actor.id)))
    if access.is_paused and act in DECIDING_ACTS:
        raise _paused()
    if act not in ("plan.read", "plan.read_draft") and not _conceivable(access, act):
        raise refusal(act)
    return _on_its_day(read, replace(access, hidden=_hide(read, actor, plan_id)), act)


_PAUSED = Prepared(
    select(BodyMember.body_id).where(
        BodyMember.plan_id == bindparam("plan"),
        BodyMember.account_id == bindparam("account"),
        col(BodyMember.paused_on).is_not(None),
    )
)
_RESTRICTED = Prepared(
    select(Restriction.restricted_id, Restriction.named).where(Restriction.plan_id == bindparam("plan"))
)


def _hide(read: Read, actor: Actor, plan_id: UUID) -> frozenset[UUID]:
    """Closes the third wall for this actor; a token is nobody's name, the installation's own work sees all."""
    if actor.is_system:
        return frozenset()
    me = str(actor.id) if actor.is_person else ""
    rows = _RESTRICTED.rows(read, plan=plan_id)
    hidden = frozenset(subject for subject, named in rows if me not in named)
    read.hide(read.hidden | hidden)
    return hidden


def _on_its_day(read: Read, access: PlanAccess, act: str) -> PlanAccess:
    """With the rights of today, the plan as it stood at the end of the day the session was asked for."""
    if look_back(read, access.stream) is None:
        return access
    if act in RIGHTS and RIGHTS[act].writes:
        raise _only_read()
    then = own_row(read, Plan, access.stream)
    if then is None:
        raise NotFound(_("There is no plan “{plan}”, or you may not see it.", plan=access.slug))
    return replace(
        access,
        title=then.title,
        state=then.state,
        adopted_on=then.adopted_on,
        settings=settings_of(then.settings, then.cadence),
        as_at=day_asked(read),
    )


def _only_read() -> Forbidden:
    return Forbidden(_("A past day can only be read. Go back to today to change something."), "past_day")


def _conceivable(access: PlanAccess, act: str) -> bool:
    """Whether the act might be allowed on some action of the plan: refuses early what no action could allow."""
    here = {access.organisation_id, *access.participants}
    roles = {g.role for g in access.actor.grants if g.organisation_id in here}
    of_actions = (Relation.own_action, Relation.portfolio, Relation.contributes, Relation.own_organisation)
    return access.may(act) or allows(act, [(role, r) for role in roles for r in of_actions])


def readable_plans(read: Read) -> list[Plan]:
    """The plans that the session's actor may open, by title."""
    actor = read.actor
    if actor.is_system:
        return list(read.exec(select(Plan).order_by(Plan.title)).all())
    homes = {g.organisation_id for g in actor.grants} | actor.overseen
    read.see_everything("only the plans' participants, to know which plans may be read")
    took_part = read.exec(
        select(Participant.plan_id, Participant.organisation_id).where(col(Participant.organisation_id).in_(homes))
    ).all()
    read.info["scope"] = frozenset()
    by_plan: dict[UUID, set[UUID]] = {}
    for plan_id, organisation_id in took_part:
        by_plan.setdefault(plan_id, set()).add(organisation_id)
    plans = read.exec(
        select(Plan)
        .where(or_(col(Plan.organisation_id).in_(homes), col(Plan.id).in_(by_plan)))
        .order_by(Plan.title, Plan.slug)
    ).all()
    return [p for p in plans if _may_open(actor, p, frozenset(by_plan.get(p.id, ())))]


def _may_open(actor: Actor, plan: Plan, participants: frozenset[UUID]) -> bool:
    held = held_at(actor, plan.organisation_id, participants)
    if actor.token_plan_id is not None and actor.token_plan_id != plan.id:
        return False
    return allows("plan.read", held) and (plan.state is not PlanState.draft or allows("plan.read_draft", held))
