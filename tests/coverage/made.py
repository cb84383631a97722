"""A publication of ten recommendations, actions that answer some of them, and links to another publication."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, time, timedelta
from typing import Any
from uuid import UUID

import time_machine
from sqlmodel import select

from app.actions.models import RecommendationLink
from app.actions.queries import plan_view
from app.actions.rules import Stage
from app.core import clock
from app.coverage import commands as coverage_commands
from app.coverage.covering import Coverage, Item
from app.coverage.queries import answered_anywhere, coverage
from app.coverage.schemas import NewStandings, StandingDecision
from app.frameworks import commands
from app.frameworks.models import Framework, Recommendation
from app.frameworks.schemas import NewLink, NewPublication, Ruling
from app.plans.queries import plan_for
from tests.assurance.made import add, make_action, plan_id
from tests.support.cast import MAKER, Cast

FIRST, SECOND = "aaa_first", "aaa_second"


def publish(cast: Cast, key: str = FIRST, refs: int = 4) -> None:
    """An own publication of AAA with recommendations 1 to refs."""
    items = [{"ref": str(n), "title": f"{key} asks for {n}"} for n in range(1, refs + 1)]
    given = {"title": f"Publication {key}", "key": key, "kind": "peer_review", "items": items}
    with cast.database.write(cast.actor("alice")) as tx:
        commands.keep_publication(tx, given=NewPublication.model_validate(given), used=answered_anywhere)


def answer(cast: Cast, ref: str, names: dict[str, bool], **fields: Any) -> UUID:
    """An action with this reference that meets (True) or contributes to (False) recommendations like aaa_first:1."""
    action = make_action(cast, ref, **fields)
    for name, meets in names.items():
        row = RecommendationLink(
            plan_id=plan_id(cast), action_id=action, recommendation_id=recommendation(cast, name), meets=meets
        )
        add(cast, row)
    return action


def recommendation(cast: Cast, name: str) -> UUID:
    key, _colon, ref = name.partition(":")
    with cast.database.read(MAKER) as read:
        return read.exec(
            select(Recommendation.id)
            .join(Framework, Framework.id == Recommendation.framework_id)  # type: ignore[arg-type]
            .where(Framework.key == key, Recommendation.ref == ref)
        ).one()


def link(cast: Cast, start: str, kind: str, end: str, who: str = "edith") -> None:
    """Made by Alice, accepted by who."""
    given = NewLink.model_validate({"recommendation": start, "other": end, "kind": kind, "why": "One training day"})
    with cast.database.write(cast.actor("alice")) as tx:
        made = commands.add_link(tx, given=given).id
    with cast.database.write(cast.actor(who)) as tx:
        commands.rule_on_link(tx, link_id=made, given=Ruling(accepted=True))


def covered(cast: Cast, key: str = FIRST, who: str = "alice") -> Coverage:
    with cast.database.read(cast.actor(who)) as read:
        access = plan_for(read, "alpha")
        return coverage(read, access, plan_view(read, access), key)


def item(cast: Cast, name: str) -> Item:
    key, _colon, ref = name.partition(":")
    return next(i for i in covered(cast, key).items if i.leaf.ref == ref)


DELIVERED: dict[str, Any] = {"stage": Stage.delivered, "progress": "complete"}
ASSURED: dict[str, Any] = {"stage": Stage.assured, "progress": "complete"}


@contextmanager
def on_day(offset: int) -> Iterator[None]:
    """What happens inside happens that many days from today, at noon."""
    noon = datetime.combine(clock.today() + timedelta(days=offset), time(12), clock.LONDON)
    with time_machine.travel(noon, tick=False):
        yield


def settle(cast: Cast, names: list[str], answer: str, **given: Any) -> None:
    """Asked for by the office, accepted by the lead executive."""
    with cast.database.write(cast.actor("alice")) as tx:
        asked = NewStandings.model_validate({"recommendations": names, "answer": answer, "why": "Agreed"} | given)
        coverage_commands.propose_standings(tx, access=plan_for(tx, "alpha"), given=asked)
    with cast.database.write(cast.actor("edith")) as tx:
        decided = StandingDecision.model_validate({"recommendations": names, "outcome": "accept"})
        coverage_commands.decide_standings(tx, access=plan_for(tx, "alpha"), given=decided)
