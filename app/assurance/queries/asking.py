"""What may be asked for an action: by whom, from which stage, behind which gate, and who will decide."""

from dataclasses import dataclass, replace
from datetime import date
from urllib.parse import quote

from app.actions.queries import action as action_view
from app.actions.queries import plan_view
from app.actions.reasons import stage_word, step_text
from app.actions.rules import MOVES, Move, MoveRule, Part, Stage, Step, missing, moves_from, needs_decision
from app.actions.view import ActionView
from app.assurance import wording
from app.assurance.parts import parts_of, rule_on
from app.assurance.queries.deciding import Bench, bench, player_of
from app.assurance.queries.grounds import grounds
from app.assurance.queries.proposals import facts_now
from app.assurance.rules import FIELD_OF, Asked, table_rule, takes
from app.assurance.schemas import NewProposal
from app.core import clock
from app.core.db import Read
from app.core.errors import Forbidden, Invalid
from app.core.words import _, ngettext
from app.plans.queries import PlanAccess
from app.plans.rules import BodyRole, PlanState


@dataclass(frozen=True, slots=True)
class Asking:
    """The form of one move. shut: the gate's steps that no field of the form can take, by their name.

    deciders: who will decide, in a sentence each; takes: the fields beside the reason.
    """

    action: ActionView
    move: Move
    words: str
    is_lowering: bool
    takes: tuple[str, ...]
    shut: dict[str, str]
    deciders: list[str]


@dataclass(frozen=True, slots=True)
class Choice:
    move: Move
    words: str
    href: str


def asking(read: Read, access: PlanAccess, ref: str, asked: Asked) -> Asking:
    """Refuses as the command does who may not ask (403) and what the stage does not allow (422)."""
    action, move = action_view(read, access, ref), Move(asked.value)
    rule = possible(access, action, move)
    if rule.is_lowering:
        access.require("action.step_back", action, action.contributor_ids)
        lowering_part(read, access, action, rule)
    else:
        access.require("action.propose", action, action.contributor_ids)
        proposing_part(read, access, action, rule)
        refuse_needless(access, action, move)
    steps = () if rule.is_lowering else missing_steps(read, access, action, rule, None, clock.today())
    return Asking(
        action=action,
        move=move,
        words=wording.move_words(move, lowering=rule.is_lowering),
        is_lowering=rule.is_lowering,
        takes=takes(rule),
        shut={step.value: step_text(step) for step in steps if step not in FIELD_OF},
        deciders=[] if rule.is_lowering else _will_decide(read, access, action, rule),
    )


def choices(read: Read, access: PlanAccess, ref: str) -> list[Choice]:
    """The moves that the session's person may ask for now, in the table's order."""
    action = action_view(read, access, ref)
    seats = bench(read, access)
    found = []
    for move in moves_from(action.stage, access.state, access.settings):
        rule = table_rule(move, action.stage)
        if rule is None or move.value not in list(Asked) or not _may_ask(access, seats, action, rule):
            continue
        if rule.is_lowering or needless(access, action, move) is None:
            words = wording.move_words(move, lowering=rule.is_lowering)
            address = f"/plans/{access.slug}/actions/{quote(ref, safe='')}/proposals/new?move={move.value}"
            found.append(Choice(move, words, address))
    return found


def _may_ask(access: PlanAccess, seats: Bench, action: ActionView, rule: MoveRule) -> bool:
    if rule.is_lowering:
        may = access.actor.is_person and access.may("action.step_back", action, action.contributor_ids)
        return may and _lowering(access, seats, action, rule) is not None
    return access.may("action.propose", action, action.contributor_ids) and bool(_asks(access, seats, action, rule))


def possible(access: PlanAccess, action: ActionView, move: Move) -> MoveRule:
    """The row of the table for this move from the action's stage; 422 says from where it is possible."""
    rule = table_rule(move, action.stage)
    if rule is not None and move in moves_from(action.stage, access.state, access.settings):
        return rule
    raise Invalid("move", _why_not(access, action, move), "wrong_stage")


def _why_not(access: PlanAccess, action: ActionView, move: Move) -> str:
    if access.state is PlanState.closed:
        return _("This plan is closed: nothing can be asked for in it.")
    if move is Move.embedded and not access.settings.embedded_stage:
        return _("This plan does not use the stage “{stage}”.", stage=stage_word(Stage.embedded))
    rules = [r for r in MOVES if r.move is move]
    # A step back is named alone where no other way leads there.
    stages = {s for r in rules for s in r.stages if not r.is_lowering} or {s for r in rules for s in r.stages}
    return _(
        "This action is “{stage}”, so “{move}” cannot be asked for now. It can be asked for from: {stages}.",
        stage=stage_word(action.stage),
        move=wording.move_words(move),
        stages=", ".join(stage_word(s) for s in Stage if s in stages),
    )


def missing_steps(
    read: Read, access: PlanAccess, action: ActionView, rule: MoveRule, given: NewProposal | None, today: date
) -> tuple[Step, ...]:
    """The gate's steps that are missing before it may be asked for."""
    known = grounds(read, access, [action.id], today).given(action, rule.move)
    if given is not None:
        known = replace(
            known,
            why=given.why or "",
            completion_date=given.completion_date,
            evidence_by_date=given.evidence_by_date,
            retest_date=given.retest_date,
            retest_handed_over=bool(given.retest_handed_over),
            voices_asked_on=given.voices_asked_on,
            recovery_plan=given.recovery_plan or "",
            due_date=given.due_date,
            regulator_date=given.regulator_date,
            replaced_by=given.replaced_by or "",
        )
    return missing(rule, action.facts, known, access.settings, today)


def proposing_part(read: Read, access: PlanAccess, action: ActionView, rule: MoveRule) -> Part:
    """In which part the session's actor asks; 403 where the table gives this move to others."""
    found = _asks(access, bench(read, access), action, rule)
    if found is None:
        wanted = ", ".join(wording.part_words(p) for p in Part if p in rule.proposes)
        raise Forbidden(_("“{move}” is asked for by: {parts}.", move=wording.move_words(rule.move), parts=wanted))
    return found


def lowering_part(read: Read, access: PlanAccess, action: ActionView, rule: MoveRule) -> Part:
    found = _lowering(access, bench(read, access), action, rule)
    if found is None:
        wanted = ", ".join(wording.part_words(p) for p in Part if p in rule.decides)
        raise Forbidden(_("A stage is lowered by: {parts}.", parts=wanted))
    return found


def edit_instead(access: PlanAccess, action: ActionView, move: Move) -> str | None:
    """Why nobody needs to decide: in a draft, or for a first date; None where somebody does."""
    current = facts_now(action).get(move.value) if move.value in wording.DATE_WORDS else None
    if needs_decision(move, action.stage, access.state, current):
        return None
    if access.is_draft:
        return _("This plan is a draft: dates are set freely. Edit the action instead, nobody needs to decide.")
    return _("There is no such date yet. Setting it the first time is an edit of the action.")


def nothing_to_recover(action: ActionView, move: Move) -> str | None:
    facts = action.facts
    if move is not Move.recovery:
        return None
    if facts.reopened_on is None:
        return _("This action was not re-opened, so there is nothing to recover from.")
    if facts.recovery_accepted_on is not None and facts.recovery_accepted_on >= facts.reopened_on:
        return _("A recovery plan was accepted for this relapse already.")
    return None


def may_recover(action: ActionView) -> bool:
    return nothing_to_recover(action, Move.recovery) is None


def needless(access: PlanAccess, action: ActionView, move: Move) -> str | None:
    """Why there is nothing to ask for, as a sentence."""
    return edit_instead(access, action, move) or nothing_to_recover(action, move)


def refuse_needless(access: PlanAccess, action: ActionView, move: Move) -> None:
    if sentence := edit_instead(access, action, move):
        raise Invalid("move", sentence, "edit_instead")
    if sentence := nothing_to_recover(action, move):
        raise Invalid("move", sentence, "nothing_to_recover")


def _asks(access: PlanAccess, seats: Bench, action: ActionView, rule: MoveRule) -> Part | None:
    played = parts_of(player_of(access.actor), seats.case_of(action, None))
    order = (Part.accountable_person, Part.lead_executive, Part.office, *Part)
    return next((p for p in order if p in played and p in rule.proposes), None)


def _lowering(access: PlanAccess, seats: Bench, action: ActionView, rule: MoveRule) -> Part | None:
    chairs = frozenset(m.account_id for b in seats.bodies for m in b.members if m.role is BodyRole.chair)
    # Any chair may say that assurance no longer holds, of whichever body, and the chief executive always.
    case = replace(seats.case_of(action, None), chairs=chairs, has_body=False)
    me = next((p for p in seats.players if p.id == access.actor.id), None)
    played = parts_of(me, case) if me else frozenset()
    return next((p for p in Part if p in played and p in rule.decides), None)


def _will_decide(read: Read, access: PlanAccess, action: ActionView, rule: MoveRule) -> list[str]:
    seats = bench(read, access)
    body = seats.body_of(rule.move)
    case, name = seats.case_of(action, body), body.name if body else ""
    first = seats.first_for(rule, action, action.facts.due_date)
    usual = wording.who_decides(rule_on(rule, seats.players, case, access.actor.person_id, None), name)
    if first is not Part.lead_executive:
        return [usual]
    small = wording.who_decides(rule_on(rule, seats.players, case, access.actor.person_id, first), name)
    limit = access.settings.executive_date_days
    return [
        ngettext("Up to {n} day later: {who}.", "Up to {n} days later: {who}.", limit, who=small),
        _("Later than that: {who}.", who=usual),
    ]


def refs(read: Read, access: PlanAccess, ref: str) -> list[dict[str, str]]:
    """Actions in force that could take this one's place, as options of a choice."""
    found = plan_view(read, access).actions
    return [{"value": a.ref, "text": f"{a.ref} {a.title}"} for a in found if a.stage.is_in_force and a.ref != ref]
