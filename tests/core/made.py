"""How the tests of the spine write: through a session that sees everything, under an act of their own."""

from collections.abc import Callable
from typing import Any

from sqlalchemy import select

from app.actions import models as actions
from app.core.db import Write
from app.core.ledger import LEDGER, revision_of
from app.organisations import models as organisations
from app.organisations.rules import OrganisationKind
from app.plans import models as plans
from tests.support.cast import MAKER, Cast

# Their attributes are columns here, which the types of SQLModel do not tell.
Action: Any = actions.Action
Milestone: Any = actions.Milestone
Organisation: Any = organisations.Organisation
Plan: Any = plans.Plan
Priority: Any = plans.Priority
StrategicPriority: Any = plans.StrategicPriority


def begin(tx: Write, act: str = "test.done") -> Write:
    tx.see_everything("test")
    tx.act(act)
    return tx


def organisation(code: str) -> Any:
    return Organisation(code=code, name=f"Name of {code}", kind=OrganisationKind.trust)


def entries(cast: Cast, stream: str, since: int = 0) -> list[Any]:
    with cast.database.read(MAKER) as read:
        asked = select(LEDGER).where(LEDGER.c.stream == stream, LEDGER.c.revision > since).order_by(LEDGER.c.seq)
        return list(read.connection().execute(asked).all())


def write(cast: Cast, do: Callable[[Write], object]) -> None:
    with cast.database.write(MAKER) as tx:
        do(tx)


def now_at(cast: Cast, stream: str) -> int:
    with cast.database.read(MAKER) as read:
        return revision_of(read, stream)


def plan_stream(cast: Cast) -> str:
    return f"plan:{cast.plan_id}"
