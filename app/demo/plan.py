"""A plan of the demonstration: its frame, its meetings, and the deeds of its year."""

from collections.abc import Callable
from random import Random
from typing import Any

from app.actions.models import Action, Contributor, Dependency
from app.actions.rules import Progress, Stage
from app.assurance.models import Attendance
from app.demo import evidence
from app.demo.around import EDITION_DAYS, replan
from app.demo.content import PlanTold, document
from app.demo.days import Year
from app.demo.hand import Hand
from app.demo.life import CQC, Deed, Life
from app.demo.proof import before_tool, deliver
from app.demo.reports import report
from app.demo.setting import ident
from app.demo.telling import Teller
from app.plans.models import Body, BodyMember, Meeting, Participant, Priority, StrategicPriority
from app.plans.rules import BodyKind, BodyRole, PlanState

NAMES = {BodyKind.improvement_group: "Improvement group", BodyKind.assurance_panel: "Assurance panel"}


def lives(plan: PlanTold, year: Year) -> list[Life]:
    teller = Teller(Random(f"{plan.slug} words"))  # noqa: S311 - dice of a story
    found, neighbour = [], ""
    for told in plan.actions:
        life = Life(told, plan, year, teller, Random(f"{plan.slug} {told.ref}"))  # noqa: S311
        life.settle()
        life.slip()
        deliver(life)
        if told.case.before_tool:
            before_tool(life)
        report(life)
        neighbour = life.say_otherwise(neighbour)
        found.append(life)
    evidence.beside(found)
    for life in replan(year, found) if plan.participants else ():
        life.replanned, life.first_due = True, (life.due or 0) - EDITION_DAYS
    return found


def frame(hand: Hand, plan: PlanTold) -> None:
    """Priorities, bodies with their members, and who takes part."""
    ground, tx = hand.ground, hand.tx
    row = ground.plan
    for code in plan.participants:
        tx.add(Participant(plan_id=row.id, organisation_id=ground.organisations[code]))
    strategic = [
        StrategicPriority(id=ident(plan.slug, "strategic", title), plan_id=row.id, title=title, position=place)
        for place, title in enumerate(plan.strategic, start=1)
    ]
    tx.add_all(strategic)
    tx.flush()
    for place, (ref, title, aim) in enumerate(plan.priorities, start=1):
        ground.priorities[ref] = ident(plan.slug, "priority", ref)
        aligned = strategic[min(place, len(strategic)) - 1].id
        tx.add(
            Priority(
                id=ground.priorities[ref], plan_id=row.id, ref=ref, title=title, aim=aim, position=place,
                strategic_priority_id=aligned,
            )
        )  # fmt: skip
    for kind, name in NAMES.items():
        ground.bodies[kind] = Body(id=ident(plan.slug, "body", name), plan_id=row.id, kind=kind, name=name, quorum=3)
        tx.add(ground.bodies[kind])
    tx.flush()
    _members(hand, plan)


def seated(plan: PlanTold, kind: BodyKind) -> dict[str, BodyRole]:
    """Who sits in a body, and as what."""
    cast = plan.cast
    seats = {
        BodyKind.improvement_group: {cast["chair"]: BodyRole.chair, cast["deputy"]: BodyRole.deputy},
        BodyKind.assurance_panel: {cast["validator"]: BodyRole.chair, cast["second"]: BodyRole.deputy},
    }
    apart = (cast["executive"], "dom", "md") if kind is BodyKind.assurance_panel else ()
    others = {key: BodyRole.member for key in plan.members if key not in (*seats[kind], *apart)}
    return others | seats[kind]


def _members(hand: Hand, plan: PlanTold) -> None:
    ground = hand.ground
    for kind in NAMES:
        for key, role in seated(plan, kind).items():
            body, account = ground.bodies[kind].id, ground.accounts[key].id
            hand.tx.add(BodyMember(plan_id=ground.plan.id, body_id=body, account_id=account, role=role))
    hand.tx.flush()


def creations(plan: PlanTold, year: Year, found: list[Life]) -> list[Deed]:
    """Each action as the office wrote it down, and what was added to it later."""
    deeds = []
    for life in found:
        deeds.append(Deed(life.created, plan.cast["office"], "action.created", _create(life, plan)))
        told = life.told
        if told.depends:
            at = year.workday(life.created + 4 if life.created > year.adopted else year.adopted - 7)
            deeds.append(Deed(at, plan.cast["office"], "action.edited", _depend(life)))
        later = [key for key in (*told.meets, *told.contributes) if key.startswith(CQC)]
        if later and life.created < year.inspected:
            deeds.append(Deed(year.inspected, plan.cast["office"], "action.edited", _answer(life, later)))
    return deeds


def _create(life: Life, plan: PlanTold) -> Callable[[Hand], None]:
    def create(hand: Hand) -> None:
        told, ground = life.told, hand.ground
        row = Action(
            id=ident(plan.slug, "action", told.ref),
            plan_id=ground.plan.id,
            ref=told.ref,
            title=told.title,
            intended_outcome=told.outcome,
            success_measure=told.measure,
            priority_id=ground.priorities[told.priority],
            position=len(ground.actions) + 1,
            lead_executive_id=ground.accounts[life.executive()].id,
            accountable_person_id=ground.accounts[told.owner].id,
            organisation_id=ground.organisations[told.organisation or plan.organisation],
            updated_at=hand.at,
            **_dates(life, hand),
        )
        ground.actions[told.ref] = row
        hand.tx.add(row)
        hand.then.append(lambda: _parts(life, hand))

    return create


def _dates(life: Life, hand: Hand) -> dict[str, Any]:
    year, case = life.year, life.case
    is_later = life.created > year.adopted
    due = year.day(life.first_due) if life.first_due is not None else None
    found: dict[str, Any] = {
        "created_on": hand.day,
        "start_date": year.day(life.start) if life.start is not None else None,
        "due_date": due,
        "original_due_date": due if is_later else None,
        "external_lead": case.external is not None,
        "external_contact": case.external or "",
    }
    if is_later and life.is_regulatory:
        found |= _regulatory(life)
    if case.before_tool:
        found |= {
            "stage": Stage.assured,
            "progress": Progress.complete,
            "assured_before_tool": True,
            "imported_by_id": hand.who.id,
            "completion_date": year.day(life.completed or 0),
            "retest_date": year.day(life.created + 183),
        }
    return found


def _regulatory(life: Life) -> dict[str, Any]:
    by = life.case.regulator_date
    if by is None:
        by = max(life.due or 0, 0) + 35 if life.completed is None else max(life.completed, life.year.inspected) + 60
    return {"regulatory": True, "regulator_date": life.year.day(by)}


def _parts(life: Life, hand: Hand) -> None:
    told = life.told
    is_before = life.created < life.year.inspected
    for keys, meets in ((told.meets, True), (told.contributes, False)):
        for write in life.links([k for k in keys if not (is_before and k.startswith(CQC))], meets):
            write(hand)
    for key in told.contributors:
        hand.part(told.ref, Contributor, account_id=hand.ground.accounts[key].id)
    if told.milestones:
        life.milestones([(title, share) for title, share in document("reasons")["milestones"]])(hand)


def _depend(life: Life) -> Callable[[Hand], None]:
    def depend(hand: Hand) -> None:
        for other in life.told.depends:
            hand.part(life.ref, Dependency, depends_on_id=hand.ground.actions[other].id)

    return depend


def _answer(life: Life, keys: list[str]) -> Callable[[Hand], None]:
    def answer(hand: Hand) -> None:
        for write in life.links([k for k in keys if k in life.told.meets], True):
            write(hand)
        for write in life.links([k for k in keys if k in life.told.contributes], False):
            write(hand)
        if life.is_regulatory:
            hand.change(life.ref, **_regulatory(life))

    return answer


def adoption(hand: Hand) -> None:
    """The chair makes it live: the dates stand, the clocks start."""
    ground = hand.ground
    hand.tx.add(ground.plan)
    ground.plan.state, ground.plan.adopted_on = PlanState.live, hand.day
    for ref in ground.actions:
        row = hand.action(ref)
        row.original_due_date = row.due_date


def gatherings(plan: PlanTold, year: Year) -> list[Deed]:
    """Meetings are set by the office a week before; the chair confirms each list but the group's last."""
    deeds = []
    office = plan.cast["office"]
    seats = {BodyKind.improvement_group: "chair", BodyKind.assurance_panel: "validator"}
    days = [(BodyKind.improvement_group, g) for g in (year.groups[0] + 28, *year.groups)]
    days += [(BodyKind.assurance_panel, p) for p in (year.panels[1] + 28, *year.panels)]
    for kind, at in days:
        chair = plan.cast[seats[kind]]
        set_on = year.workday(min(at - 7, -2))
        deeds.append(Deed(set_on, office, "meeting.added", _set_meeting(kind, at, chair)))
        if at < 0 and not (kind is BodyKind.improvement_group and at == year.groups[0]):
            deeds.append(Deed(at, chair, "meeting.confirmed", _confirm(plan, kind, at)))
    return deeds


def _set_meeting(kind: BodyKind, at: int, chair: str) -> Callable[[Hand], None]:
    def write(hand: Hand) -> None:
        ground = hand.ground
        row = Meeting(
            id=ident(ground.plan.slug, "meeting", kind.value, str(at)),
            plan_id=ground.plan.id,
            body_id=ground.bodies[kind].id,
            name=NAMES[kind],
            held_on=ground.year.day(at),
            chair_id=ground.accounts[chair].id,
        )
        ground.meetings[kind, at] = row
        hand.tx.add(row)

    return write


def attend(hand: Hand, plan: PlanTold, kind: BodyKind, at: int) -> None:
    """All who sit in the body were there."""
    meeting = hand.ground.meetings[kind, at]
    for key in seated(plan, kind):
        account = hand.ground.accounts[key]
        hand.tx.add(
            Attendance(
                id=ident(hand.ground.plan.slug, "attendance", str(meeting.id), key),
                plan_id=meeting.plan_id,
                meeting_id=meeting.id,
                account_id=account.id,
                name=account.name,
            )
        )


def _confirm(plan: PlanTold, kind: BodyKind, at: int) -> Callable[[Hand], None]:
    def confirm(hand: Hand) -> None:
        attend(hand, plan, kind, at)
        row = hand.ground.meetings[kind, at]
        hand.tx.add(row)
        row.confirmed_on, row.confirmed_by_id = hand.day, hand.who.id

    return confirm
