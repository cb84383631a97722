"""The plans themselves: what each says of itself, and the menu of one."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from uuid import UUID

from sqlmodel import col, select

from app.core.db import Read
from app.core.menu import Link
from app.core.moment import day_asked
from app.core.words import N_, _
from app.history.queries import own_row, rows
from app.organisations.models import Organisation
from app.people.models import Account
from app.people.rules import Role
from app.plans.models import Participant, Plan
from app.plans.queries.access import PlanAccess, readable_plans, settings_of
from app.plans.rules import DEFAULT_LEGEND, Cadence, PlanState
from app.plans.schemas import LegendRead, PlanRead

STATE_WORDS: dict[PlanState, str] = {
    PlanState.draft: N_("Draft"),
    PlanState.live: N_("Live"),
    PlanState.closed: N_("Closed"),
}
CADENCE_WORDS: dict[Cadence, str] = {
    Cadence.weekly: N_("Every week"),
    Cadence.fortnightly: N_("Every two weeks"),
    Cadence.monthly: N_("Every month"),
    Cadence.two_monthly: N_("Every two months"),
    Cadence.quarterly: N_("Every quarter"),
}


def plan_row(read: Read, access: PlanAccess) -> Plan:
    if (then := own_row(read, Plan, access.stream)) is not None:
        return then
    return read.exec(select(Plan).where(Plan.id == access.id)).one()


def plan_read(read: Read, access: PlanAccess) -> PlanRead:
    return _read_models(read, [plan_row(read, access)])[0]


def plan_reads(read: Read) -> list[PlanRead]:
    """The plans that the session's actor may open, by title."""
    return _read_models(read, readable_plans(read))


def _read_models(read: Read, rows: Sequence[Plan]) -> list[PlanRead]:
    if not rows:
        return []
    ids = [r.id for r in rows]
    # The rows came through the first wall.
    read.scope_to(*ids)
    organisations = {
        found: (code, name)
        for found, code, name in read.exec(select(Organisation.id, Organisation.code, Organisation.name)).all()
    }
    participants = _participants(read, ids, organisations)
    sponsors = {r.sponsor_id for r in rows if r.sponsor_id}
    people = {
        found: (email, name)
        for found, email, name in read.exec(
            select(Account.id, Account.email, Account.name).where(col(Account.id).in_(sponsors))
        ).all()
    }
    return [_read_model(r, organisations, sorted(participants.get(r.id, [])), people) for r in rows]


def _participants(
    read: Read, ids: Sequence[UUID], organisations: Mapping[UUID, tuple[str, str]]
) -> dict[UUID, list[str]]:
    """The codes of those that take part, by plan."""
    if day_asked(read) is not None and len(ids) == 1:
        return {ids[0]: [organisations[p.organisation_id][0] for p in rows(read, Participant, ids[0])]}
    found: dict[UUID, list[str]] = {}
    for plan_id, organisation_id in read.exec(
        select(Participant.plan_id, Participant.organisation_id).where(col(Participant.plan_id).in_(ids))
    ).all():
        found.setdefault(plan_id, []).append(organisations[organisation_id][0])
    return found


def _read_model(
    row: Plan, organisations: dict[UUID, tuple[str, str]], participants: list[str], people: dict[UUID, tuple[str, str]]
) -> PlanRead:
    code, name = organisations[row.organisation_id]
    sponsor, sponsor_name = people.get(row.sponsor_id, (None, "")) if row.sponsor_id else (None, "")
    return PlanRead(
        id=row.id,
        plan=row.slug,
        title=row.title,
        organisation=code,
        organisation_name=name,
        state=row.state,
        state_words=_(STATE_WORDS[row.state]),
        edition=row.edition,
        vision=row.vision,
        period_start=row.period_start,
        period_end=row.period_end,
        cadence=row.cadence,
        cadence_words=_(CADENCE_WORDS[row.cadence]),
        sponsor=sponsor,
        sponsor_name=sponsor_name,
        adopted_on=row.adopted_on,
        closed_on=row.closed_on,
        participants=participants,
        settings=asdict(settings_of(row.settings, row.cadence)),
        legend=legend_of(row),
        revision=row.revision,
        url=f"/plans/{row.slug}",
    )


def legend_of(row: Plan) -> list[LegendRead]:
    """The plan's word beside each colour; where it has none, the usual one."""
    return [LegendRead(colour=w.colour, word=row.legend.get(w.colour.value) or _(w.word)) for w in DEFAULT_LEGEND]


# Whose work is actions: the numbers of the whole plan are a link away, not in their menu.
AT_WORK = frozenset({Role.owner.value, Role.contributor.value})


def plan_nav(access: PlanAccess, current: str) -> list[Link]:
    """The menu of a plan; `current` is one of dashboard, tracker, recommendations, me, decisions, evidence,
    history, settings.

    An owner's has three items.
    """
    base, actor = f"/plans/{access.slug}", access.actor
    at_work = actor.is_person and {g.role for g in actor.grants} <= AT_WORK
    items = [("tracker", f"{base}/actions", _("Tracker"))]
    if not at_work:
        items.insert(0, ("dashboard", base, _("Dashboard")))
        items.append(("recommendations", f"{base}/recommendations", _("Recommendations")))
    if actor.is_person:
        items.append(("me", "/me", _("My work")))
    items.append(("decisions", f"{base}/decisions", _("Decisions")))
    if not at_work:
        items.append(("evidence", f"{base}/evidence", _("Evidence")))
        items.append(("history", f"{base}/history", _("History")))
    if access.holds("plan.structure") or access.holds("plan.adopt"):
        items.append(("settings", f"{base}/settings", _("Settings")))
    return [Link(href, text, key == current) for key, href, text in items]
