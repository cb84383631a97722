"""Actions in the cast's plan, made by the commands themselves, and plans of many for measuring."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any

from app.actions import commands
from app.actions.models import Action
from app.actions.queries import plan_view
from app.actions.schemas import ChangedAction, NewAction, UpdateAction
from app.actions.view import ActionView, PlanView
from app.core.db import Read, Write
from app.frameworks.models import Framework, Recommendation
from app.frameworks.rules import Provenance
from app.plans.queries import PlanAccess, plan_for
from tests.support.cast import MAKER, Cast


@contextmanager
def writing(cast: Cast, who: str = "alice") -> Iterator[tuple[Write, PlanAccess]]:
    with cast.database.write(cast.actor(who)) as tx:
        yield tx, plan_for(tx, "alpha")


@contextmanager
def reading(cast: Cast, who: str = "alice") -> Iterator[tuple[Read, PlanAccess]]:
    with cast.database.read(cast.actor(who)) as read:
        yield read, plan_for(read, "alpha")


def add(cast: Cast, who: str = "alice", **fields: Any) -> str:
    """The reference of a new action of priority 1."""
    given = NewAction.model_validate({"title": "Train the midwives", "priority": "1"} | fields)
    with writing(cast, who) as (tx, access):
        return commands.create_action(tx, access=access, given=given).ref


def update(cast: Cast, ref: str, who: str = "alice", **fields: Any) -> Action:
    with writing(cast, who) as (tx, access):
        return commands.update_action(tx, access=access, ref=ref, given=UpdateAction.model_validate(fields))


def edit(
    cast: Cast, ref: str, who: str = "alice", /, base: Any = None, revision: int | None = None, **fields: Any
) -> commands.Edited:
    given = ChangedAction.model_validate(fields)
    with writing(cast, who) as (tx, access):
        return commands.edit_action(tx, access=access, ref=ref, given=given, base=base, revision=revision)


def view(cast: Cast, who: str = "alice", as_at: date | None = None) -> PlanView:
    with reading(cast, who) as (read, access):
        return plan_view(read, access, as_at)


def action(cast: Cast, ref: str) -> ActionView:
    return view(cast).by_ref[ref]


def framework(cast: Cast, key: str = "ockenden_2022", refs: tuple[str, ...] = ("1.1", "1.2", "2.1")) -> None:
    """A publication with these recommendations."""
    with cast.database.write(MAKER) as tx:
        tx.see_everything("the tests' own set-up")
        tx.act("tests.begun")
        made = Framework(key=key, title=key.title(), short_title=key.title(), prefix="IEA")
        tx.add(made)
        tx.flush()
        for place, ref in enumerate(refs):
            tx.add(
                Recommendation(
                    framework_id=made.id, ref=ref, title=f"Item {ref}", position=place, provenance=Provenance.recalled
                )
            )
        tx.flush()
