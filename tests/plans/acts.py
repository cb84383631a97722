"""How the tests of plans act: somebody of the cast, on the plan `alpha` or a new one."""

from collections.abc import Callable
from typing import Any

from sqlmodel import select

from app.core.db import Write
from app.plans.models import Plan
from app.plans.schemas import (
    NewPlan,
)
from tests.support.cast import MAKER, Cast


def new(**more: Any) -> NewPlan:
    return NewPlan.model_validate({"plan": "beta-mip", "title": "Beta plan", "organisation": "aaa"} | more)


def do(cast: Cast, name: str, act: Callable[[Write], Any]) -> Any:
    with cast.database.write(cast.actor(name)) as tx:
        return act(tx)


def revision(cast: Cast) -> int:
    with cast.database.read(MAKER) as read:
        return read.exec(select(Plan.revision).where(Plan.slug == "alpha")).one()
