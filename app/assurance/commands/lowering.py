"""Lowering a stage: needs no second person, takes effect at once, and is kept as a decision with its reason."""

from datetime import date

from app.actions.queries import action as action_view
from app.actions.reasons import stage_word
from app.actions.rules import Given, Move, MoveRule, missing
from app.actions.view import ActionView
from app.assurance import queries, wording
from app.assurance.commands.ground import begun
from app.assurance.commands.settling import Settling, settle
from app.assurance.models import Proposal
from app.assurance.rules import Asked, Verdict, table_rule
from app.assurance.schemas import StepBack
from app.core.db import Write
from app.core.errors import Invalid, Problems
from app.core.moment import now_of, today_of
from app.core.words import _
from app.people.permissions import require_person
from app.plans.queries import PlanAccess

_LOWER = (Asked.delivered, Asked.not_delivered, Asked.retest_failed)


def step_back(tx: Write, *, access: PlanAccess, ref: str, given: StepBack) -> Proposal:
    """To delivered with evidence owed in 28 days, or to not delivered (from assured: with a new due date).

    A failed re-test does either, and is told as what it is.
    """
    access = begun(tx, access)
    action = action_view(tx, access, ref)
    access.require("action.step_back", action, action.contributor_ids)
    move = Move(given.to.value)
    rule = table_rule(move, action.stage) if given.to in _LOWER else None
    if rule is None or not rule.is_lowering:
        words = _("This action is “{stage}”: it cannot be put back like that.", stage=stage_word(action.stage))
        raise Invalid("to", words, "wrong_stage")
    return lower(tx, access=access, action=action, rule=rule, why=given.why, due_date=given.due_date,
                 asked="to")  # fmt: skip


def lower(
    tx: Write,
    *,
    access: PlanAccess,
    action: ActionView,
    rule: MoveRule,
    why: str | None,
    due_date: date | None,
    asked: str = "move",
) -> Proposal:
    """Called behind the claim. asked: the field that named the move."""
    access.require("action.step_back", action, action.contributor_ids)
    require_person(tx.actor)
    part = queries.lowering_part(tx, access, action, rule)
    today = today_of(tx)
    problems = Problems()
    if rule.move is Move.delivered and due_date is not None:
        words = wording.move_words(rule.move, lowering=True)
        problems.note("due_date", _("“{move}” takes no such value. Leave it out.", move=words))
    with problems.noted():
        given = Given(why=why or "", due_date=due_date)
        queries.refuse_missing(missing(rule, action.facts, given, access.settings, today), ("why", "due_date"), asked)
    if due_date is not None and due_date < today:
        problems.note("due_date", _("This day has passed. Enter today or a later day."))
    problems.refuse()
    row = Proposal(
        plan_id=access.id,
        action_id=action.id,
        move=rule.move,
        due_date=due_date,
        why=why or "",
        proposed_on=today,
        proposed_at=now_of(tx),
        proposed_by_id=tx.actor.person_id,
        proposed_by_name=tx.actor.name[:120],
        proposed_as=part.value,
    )
    told = "action.retest_failed" if rule.move is Move.retest_failed else "action.stepped_back"
    tx.act(told, why=why)
    tx.add(row)
    settle(tx, access, Settling(row, action, Verdict.accept, why=why or "", capacity=part, act=told))
    return row
