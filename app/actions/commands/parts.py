"""The parts of an action: links to recommendations, dependencies, contributors, milestones."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import TypeVar
from uuid import UUID

from sqlmodel import col, or_, select

from app.actions.commands.ground import person_id
from app.actions.models import Action, ActionPart, Contributor, Dependency, Milestone, RecommendationLink
from app.core.db import Read, Write
from app.core.errors import FieldError, Invalid, Problems
from app.core.moment import today_of
from app.core.words import _
from app.frameworks.models import Framework, Recommendation
from app.plans.queries import PlanAccess

Part = TypeVar("Part", bound=ActionPart)


def set_parts(
    tx: Write, access: PlanAccess, action: Action, wanted: Mapping[str, list[object]], problems: Problems
) -> None:
    """Bring the parts named in `wanted` (as `fields.values_of` spells them) to what it says; each problem is noted."""
    if "milestones" in wanted:
        _milestones(tx, access, action, wanted["milestones"], problems)  # type: ignore[arg-type]
    if "contributors" in wanted:
        _contributors(tx, access, action, wanted["contributors"], problems)  # type: ignore[arg-type]
    if "depends_on" in wanted:
        with problems.noted():
            _dependencies(tx, access, action, wanted["depends_on"])  # type: ignore[arg-type]
    if "recommendations" in wanted or "contributes_to" in wanted:
        _links(tx, access, action, wanted, problems)


def _rows(read: Read, kind: type[Part], access: PlanAccess, action_id: UUID) -> Sequence[Part]:
    return read.exec(select(kind).where(kind.plan_id == access.id, kind.action_id == action_id)).all()


def _milestones(
    tx: Write,
    access: PlanAccess,
    action: Action,
    wanted: Sequence[tuple[str, date | None, date | None]],
    problems: Problems,
) -> None:
    """Kept by title, so that a milestone done is the same milestone."""
    today = today_of(tx)
    left = list(_rows(tx, Milestone, access, action.id))
    for place, (title, due, done) in enumerate(wanted, start=1):
        if done and done > today:
            sentence = _("This day is in the future. Enter today or an earlier day.")
            problems.note(f"milestones.{place - 1}.done_on", sentence)
        row = next((m for m in left if m.title == title), None)
        if row is None:
            row = Milestone(plan_id=access.id, action_id=action.id, title=title)
            tx.add(row)
        else:
            left = [m for m in left if m is not row]
        row.due_date, row.done_on, row.position = due, done, place
    for row in left:
        tx.delete(row)


def _contributors(tx: Write, access: PlanAccess, action: Action, wanted: Sequence[str], problems: Problems) -> None:
    ids: set[UUID] = set()
    for place, email in enumerate(wanted):
        with problems.noted():
            ids.add(person_id(tx, access, f"contributors.{place}", email))
    rows = _rows(tx, Contributor, access, action.id)
    for row in rows:
        if row.account_id not in ids:
            tx.delete(row)
    for account_id in ids - {row.account_id for row in rows}:
        tx.add(Contributor(plan_id=access.id, action_id=action.id, account_id=account_id))


def _dependencies(tx: Write, access: PlanAccess, action: Action, wanted: Sequence[str]) -> None:
    refs = dict(tx.exec(select(Action.ref, Action.id).where(Action.plan_id == access.id)).all())
    names = {found: ref for ref, found in refs.items()}
    unknown = [
        FieldError(f"depends_on.{place}", _("There is no action “{ref}” in this plan.", ref=ref))
        for place, ref in enumerate(wanted)
        if ref not in refs
    ]
    if unknown:
        raise Invalid.several(unknown)
    ids = {refs[ref] for ref in wanted}
    waits: dict[UUID, set[UUID]] = {}
    for waiting, other in tx.exec(
        select(Dependency.action_id, Dependency.depends_on_id).where(Dependency.plan_id == access.id)
    ).all():
        waits.setdefault(waiting, set()).add(other)
    waits[action.id] = ids
    if circle := cycle_from(action.id, waits):
        path = " → ".join(names.get(each, action.ref) for each in circle)
        raise Invalid("depends_on", _("These actions would wait for each other: {path}. Leave one out.", path=path))
    rows = _rows(tx, Dependency, access, action.id)
    for row in rows:
        if row.depends_on_id not in ids:
            tx.delete(row)
    for other in ids - {row.depends_on_id for row in rows}:
        tx.add(Dependency(plan_id=access.id, action_id=action.id, depends_on_id=other))


def cycle_from(start: UUID, waits: Mapping[UUID, Collection[UUID]]) -> list[UUID]:
    """The shortest way from an action back to itself; empty where there is none."""
    paths, seen = [[start]], {start}
    while paths:
        longer = []
        for path in paths:
            for other in waits.get(path[-1], ()):
                if other == start:
                    return [*path, start]
                if other not in seen:
                    seen.add(other)
                    longer.append([*path, other])
        paths = longer
    return []


def _links(
    tx: Write, access: PlanAccess, action: Action, wanted: Mapping[str, list[object]], problems: Problems
) -> None:
    rows = _rows(tx, RecommendationLink, access, action.id)
    left = {row.recommendation_id: row for row in rows}
    given: dict[UUID, bool] = {}
    kinds = (("recommendations", True), ("contributes_to", False))
    for name, meets in kinds:
        for place, key in enumerate(wanted.get(name, ())):
            with problems.noted():
                found = recommendation_id(tx, access, f"{name}.{place}", str(key))
                if given.setdefault(found, meets) is not meets:
                    raise Invalid(name, _("{key} is met and contributed to. Choose one.", key=key))
    for name, meets in kinds:
        if name not in wanted:
            given = {k: meets for k, row in left.items() if row.meets is meets} | given
    for found, row in left.items():
        if found not in given:
            tx.delete(row)
        elif row.meets is not given[found]:
            row.meets = given[found]
    for found in given.keys() - left.keys():
        tx.add(RecommendationLink(plan_id=access.id, action_id=action.id, recommendation_id=found, meets=given[found]))


def recommendation_id(read: Read, access: PlanAccess, field: str, key: str) -> UUID:
    """The recommendation behind "ockenden_2022:1.2", national or of an organisation of this plan."""
    framework, _colon, ref = key.partition(":")
    own = {access.organisation_id, *access.participants}
    wanted = (
        select(Recommendation.id)
        .join(Framework, col(Recommendation.framework_id) == Framework.id)
        .where(
            Framework.key == framework,
            Recommendation.ref == ref,
            or_(col(Framework.organisation_id).is_(None), col(Framework.organisation_id).in_(own)),
        )
    )
    found = read.exec(wanted).first()
    if found is None:
        raise Invalid(field, _("There is no recommendation “{key}”. Write it like ockenden_2022:1.2.", key=key))
    return found
