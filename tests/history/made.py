"""A small plan with a past: one action whose dates move, and a colleague whose name must be forgotten."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlmodel import select

from app.actions.models import Action, Milestone, Update
from app.actions.rules import Progress
from app.core import clock
from app.core.actor import Door
from app.core.db import Write
from tests.support.cast import MAKER, Cast


@dataclass
class Past:
    """revisions: of the plan's stream, by the name of the act."""

    cast: Cast
    stream: str
    action_id: UUID
    revisions: dict[str, int]


def an_action(cast: Cast, ref: str = "1.1", **more: Any) -> Action:
    given: dict[str, Any] = {
        "plan_id": cast.plan_id,
        "ref": ref,
        "title": f"Action {ref}",
        "priority_id": cast.priorities["1"],
        "organisation_id": cast.organisations["AAA"],
        "created_on": date(2026, 1, 1),
        "due_date": date(2026, 10, 31),
        "updated_at": clock.now(),
    }
    return Action(**(given | more))


def an_update(cast: Cast, action_id: UUID, **more: Any) -> Update:
    given: dict[str, Any] = {
        "plan_id": cast.plan_id,
        "action_id": action_id,
        "said_on": date(2026, 3, 1),
        "made_at": clock.now(),
        "by_id": cast.people["olga"],
        "by_name": "Olga",
        "progress": Progress.on_track,
        "commentary": "Rota agreed with Olga",
    }
    return Update(**(given | more))


def system_write(tx: Write, act: str, day: date, why: str | None = None) -> None:
    tx.see_everything("the tests' own set-up")
    tx.act(act, why=why)
    tx.info["stamp"].at_day = day


def a_past(cast: Cast) -> Past:
    """Made on 1 January, moved on 1 February, updated by Olga on 1 March, its milestone gone on 1 April."""
    action = an_action(cast)
    stream, revisions = f"plan:{cast.plan_id}", {}
    with cast.database.write(MAKER) as tx:
        system_write(tx, "action.created", date(2027, 1, 1))
        tx.add(action)
        tx.flush()
        tx.add(Milestone(plan_id=action.plan_id, action_id=action.id, title="First step"))
        tx.flush()
        revisions["created"] = action.revision
    with cast.database.write(MAKER) as tx:
        system_write(tx, "action.due_date_agreed", date(2027, 2, 1), why="The supplier is late")
        row = tx.get_one(Action, action.id)
        row.due_date, row.slips = date(2027, 1, 31), 1
        tx.flush()
        revisions["moved"] = row.revision
    with cast.database.write(cast.actor("olga", Door.api)) as tx:
        system_write(tx, "action.updated", date(2027, 3, 1))
        tx.add(an_update(cast, action.id))
        tx.flush()
        revisions["updated"] = tx.get_one(Action, action.id).revision
    with cast.database.write(MAKER) as tx:
        system_write(tx, "action.milestone_removed", date(2027, 4, 1))
        tx.delete(tx.exec(select(Milestone)).one())
        tx.flush()
        revisions["removed"] = tx.get_one(Action, action.id).revision
    return Past(cast, stream, action.id, revisions)
