"""Evidence, seats and steps that tests of the gates begin with; evidence is written as rows."""

from datetime import date
from typing import Any
from uuid import UUID, uuid4

from app.assurance import commands
from app.assurance.rules import Asked
from app.assurance.schemas import StepBack
from app.core import clock
from app.evidence.models import Evidence, EvidenceAction
from app.evidence.rules import EvidenceForm, EvidenceKind, EvidenceSort, EvidenceState
from app.plans.models import Body, BodyMember
from app.plans.queries import plan_for
from app.plans.rules import BodyKind, BodyRole
from tests.assurance import made
from tests.assurance.made import day
from tests.support.cast import MAKER, Cast

PANEL: dict[str, Any] = {"name": "November panel", "date": day(0).isoformat()}


def prove(
    cast: Cast,
    ref: str = "1.01",
    kind: str = "effect",
    dated: date | None = None,
    *,
    by: str = "owen",
    accepted_by: str | None = None,
    **fields: Any,
) -> UUID:
    """An item of evidence of the action, submitted by Owen and, where somebody accepted it, accepted today."""
    given: dict[str, Any] = {
        "ref": f"E{uuid4().int % 10**9}",
        "kind": EvidenceKind(kind),
        "form": EvidenceForm.seen,
        "sort": EvidenceSort.audit,
        "shows": "58 of 60 notes hold a plan agreed with the woman",
        "dated_on": dated or day(-2),
        "state": EvidenceState.accepted if accepted_by else EvidenceState.submitted,
        "submitted_on": day(-1),
        "submitted_at": clock.now(),
        "submitted_by_id": cast.people[by],
        "submitted_by_name": by.title(),
        "accepted_on": day(0) if accepted_by else None,
        "reviewed_on": day(0) if accepted_by else None,
        "reviewed_by_id": cast.people[accepted_by] if accepted_by else None,
        "reviewed_by_name": (accepted_by or "").title(),
    } | fields
    with cast.database.write(MAKER) as tx:
        tx.see_everything("the tests' own set-up")
        tx.act("tests.begun")
        row = Evidence(plan_id=made.plan_id(cast), **given)
        tx.add(row)
        tx.flush()
        action = made.action_row(cast, ref)
        tx.add(
            EvidenceAction(
                plan_id=row.plan_id,
                action_id=action.id,
                evidence_id=row.id,
                linked_on=day(-1),
                covered=True,
            )
        )
        return row.id


def change_evidence(cast: Cast, evidence_id: UUID, **fields: Any) -> None:
    with cast.database.write(MAKER) as tx:
        tx.see_everything("the tests' own set-up")
        tx.act("tests.changed")
        row = tx.get(Evidence, evidence_id)
        assert row is not None
        for name, value in fields.items():
            setattr(row, name, value)


def delivered(cast: Cast, ref: str = "1.01", **fields: Any) -> UUID:
    given: dict[str, Any] = {
        "stage": "delivered",
        "progress": "complete",
        "completion_date": day(-40),
        "evidence_by_date": day(50),
    }
    return made.make_action(cast, ref, **(given | fields))


def assured(cast: Cast, ref: str = "1.01") -> UUID:
    """Delivered, proved, and assured today by Victor at a meeting of the panel; its decision's id."""
    delivered(cast, ref)
    prove(cast, ref, accepted_by="dennis")
    return made.decide(cast, "victor", made.propose(cast, "owen", ref, move="assured"), meeting=PANEL)


def failed(cast: Cast, who: str = "victor", ref: str = "1.01", due: date | None = None) -> UUID:
    """The re-test of an assured action fails."""
    with cast.database.write(cast.actor(who)) as tx:
        given = StepBack(to=Asked.retest_failed, due_date=due, why="Only 31 of 60 notes held a plan.")
        return commands.step_back(tx, access=plan_for(tx, "alpha"), ref=ref, given=given).id


def seat(cast: Cast, name: str, kind: BodyKind, role: BodyRole = BodyRole.member) -> None:
    body = made.body_id(cast, kind)
    made.add(cast, BodyMember(plan_id=made.plan_id(cast), body_id=body, account_id=cast.people[name], role=role))


def set_quorum(cast: Cast, kind: BodyKind, quorum: int) -> None:
    with cast.database.write(MAKER) as tx:
        tx.see_everything("the tests' own set-up")
        tx.act("tests.changed")
        row = tx.get(Body, made.body_id(cast, kind))
        assert row is not None
        row.quorum = quorum
