"""Evidence of the cast's plan, added by its commands."""

from datetime import date
from hashlib import sha256
from typing import Any
from uuid import UUID

from sqlmodel import select

from app.actions.models import Action
from app.core import clock
from app.core.storage import Stored
from app.evidence import commands, queries
from app.evidence.models import Evidence
from app.evidence.received import Received
from app.evidence.rules import Searched
from app.evidence.schemas import (
    ChangedEvidence,
    EvidenceRead,
    EvidenceWithdrawal,
    NewEvidence,
    NewReview,
    NewStatement,
    NewVersion,
)
from app.plans.queries import plan_for
from tests.assurance.made import day, make_action
from tests.support.cast import MAKER, Cast

__all__ = ["day", "make_action"]


def details(**fields: Any) -> dict[str, Any]:
    """A walk-round of Owen's action 1.01, as a body, unless said otherwise."""
    given: dict[str, Any] = {
        "kind": "effect", "form": "seen", "sort": "observation", "shows": "All boards are complete.",
        "actions": ["1.01"], "dated_on": day(-1).isoformat(),
    }  # fmt: skip
    return {k: v for k, v in (given | fields).items() if v is not None}


def a_file(name: str = "audit.pdf", *, found: dict[str, list[int]] | None = None, stored: str = "") -> Received:
    digest = sha256(name.encode()).hexdigest()
    return Received(
        file_name=name,
        media_type="application/pdf",
        stored=Stored(stored or f"{clock.now().timestamp():.6f}".replace(".", "").rjust(32, "0"), 1000, digest),
        searched=Searched.whole,
        found=found or {},
    )


def submit(cast: Cast, who: str = "owen", file: Received | None = None, **fields: Any) -> str:
    """The reference of the new item."""
    if file is not None:
        fields = {"form": "file", "sort": "audit", "sample_size": 40, "result": "38 of 40."} | fields
    with cast.database.write(cast.actor(who)) as tx:
        access = plan_for(tx, "alpha", "evidence.submit")
        given = NewEvidence.model_validate(details(**fields))
        return commands.submit(tx, access=access, given=given, file=file).ref


def review(cast: Cast, ref: str = "E1", outcome: str = "accept", who: str = "victor", **fields: Any) -> None:
    with cast.database.write(cast.actor(who)) as tx:
        access = plan_for(tx, "alpha", "evidence.review")
        given = NewReview.model_validate({"outcome": outcome} | fields)
        commands.review(tx, access=access, ref=ref, given=given)


def withdraw(cast: Cast, ref: str = "E1", who: str = "owen", why: str = "The wrong month.") -> None:
    with cast.database.write(cast.actor(who)) as tx:
        access = plan_for(tx, "alpha", "evidence.withdraw")
        commands.withdraw(tx, access=access, ref=ref, given=EvidenceWithdrawal(why=why))


def change(cast: Cast, ref: str = "E1", who: str = "owen", revision: int | None = None, **fields: Any) -> None:
    with cast.database.write(cast.actor(who)) as tx:
        access = plan_for(tx, "alpha", "evidence.submit")
        given = ChangedEvidence.model_validate(fields)
        commands.change(tx, access=access, ref=ref, given=given, revision=revision)


def add_version(cast: Cast, file: Received, ref: str = "E1", who: str = "owen") -> None:
    with cast.database.write(cast.actor(who)) as tx:
        access = plan_for(tx, "alpha", "evidence.submit")
        commands.add_version(tx, access=access, ref=ref, given=NewVersion(), file=file)


def state(cast: Cast, ref: str = "E1", number: int = 1, who: str = "owen", why: str = "Invoice numbers.") -> None:
    with cast.database.write(cast.actor(who)) as tx:
        access = plan_for(tx, "alpha", "evidence.submit")
        commands.state_not_numbers(tx, access=access, ref=ref, number=number, given=NewStatement(why=why))


def shown(cast: Cast, ref: str = "E1", who: str = "alice") -> EvidenceRead:
    with cast.database.read(cast.actor(who)) as read:
        return queries.evidence_item(read, plan_for(read, "alpha"), ref)


def rows(cast: Cast) -> list[Evidence]:
    with cast.database.read(MAKER) as read:
        read.see_everything("the tests look at the rows")
        return list(read.exec(select(Evidence)))


def action_row(cast: Cast, action_id: UUID) -> Action:
    with cast.database.read(MAKER) as read:
        read.see_everything("the tests look at the rows")
        found = read.get(Action, action_id)
        assert found is not None
        return found


def clocks(cast: Cast, action_id: UUID) -> tuple[date | None, date | None, date | None]:
    row = action_row(cast, action_id)
    return row.submitted_on, row.accepted_on, row.returned_on
