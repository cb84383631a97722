"""Tables of reports: what the daily work writes down of each finished day, so that no report has to read it again."""

from datetime import date
from typing import ClassVar

from sqlalchemy import Text, UniqueConstraint
from sqlmodel import Field

from app.core.columns import PlanOwned, Row, choice
from app.plans.rules import PlanState


class PlanDay(PlanOwned, Row, table=True):
    """How a plan stood at the end of a day. Derived: whatever is missing or no longer right is computed anew.

    Outside the ledger, from which all of it comes. It stands for the day as long as both streams end that day at
    these revisions and the rules are these. No names and no texts of actions: nothing here has to be forgotten.
    lines, actions: JSON as `app.reports.past` spells it.
    """

    __tablename__ = "plan_day"
    __table_args__: ClassVar = (UniqueConstraint("plan_id", "day"),)
    day: date
    revision: int
    shared_revision: int
    rules: str = Field(max_length=64)
    state: PlanState = Field(sa_type=choice(PlanState))
    lines: str = Field(sa_type=Text)
    actions: str = Field(sa_type=Text)
