"""Proposals and decisions in sentences, through gettext; it decides nothing."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from app.actions.reasons import stage_word
from app.actions.rules import Move, Part
from app.assurance.parts import Player, Ruling
from app.assurance.rules import Outcome, ProposalState
from app.core.words import N_, _, day, ngettext

MOVE_WORDS: Mapping[Move, str] = {
    Move.delivered: N_("Delivered"),
    Move.assured: N_("Assured"),
    Move.embedded: N_("Embedded"),
    Move.retest_passed: N_("Re-test passed"),
    Move.retest_failed: N_("Re-test failed"),
    Move.recovery: N_("Recovery plan"),
    Move.not_delivered: N_("Back to not delivered"),
    Move.due_date: N_("New due date"),
    Move.regulator_date: N_("New regulator's date"),
    Move.evidence_by_date: N_("New evidence-by date"),
    Move.superseded: N_("Superseded by another action"),
    Move.descoped: N_("De-scoped"),
    Move.not_applicable: N_("Not applicable"),
    Move.plan_settings: N_("Rating settings"),
    Move.edition: N_("New edition of the plan"),
    Move.before_tool: N_("Assured before this tool, confirmed"),
}
STATE_WORDS: Mapping[ProposalState, str] = {
    ProposalState.open: N_("Waiting for a decision"),
    ProposalState.accepted: N_("Agreed"),
    ProposalState.returned: N_("Returned"),
    ProposalState.withdrawn: N_("Withdrawn"),
}
OUTCOME_WORDS: Mapping[Outcome, str] = {Outcome.accepted: N_("Agreed"), Outcome.returned: N_("Returned")}
PART_WORDS: Mapping[str, str] = {
    Part.accountable_person: N_("accountable person"),
    Part.contributor: N_("contributor"),
    Part.office: N_("programme office"),
    Part.lead_executive: N_("lead executive"),
    Part.validator: N_("validator"),
    Part.panel: N_("member of the assurance panel"),
    Part.chair: N_("chair"),
    Part.deputy: N_("deputy chair"),
}
DATE_WORDS: Mapping[str, str] = {
    "due_date": N_("due date"),
    "regulator_date": N_("regulator's date"),
    "evidence_by_date": N_("evidence-by date"),
}


def move_words(move: Move, *, lowering: bool = False) -> str:
    return _("Back to delivered") if lowering and move is Move.delivered else _(MOVE_WORDS[move])


def part_words(part: str) -> str:
    return _(PART_WORDS[part]) if part in PART_WORDS else ""


def shown(player: Player) -> str:
    return f"{player.name} ({player.post})" if player.post else player.name


def names(players: Sequence[Player]) -> str:
    """The first few by name; a list of twenty helps nobody."""
    listed = [shown(p) for p in players[:4]]
    if len(players) > 4:
        listed.append(ngettext("{n} other", "{n} others", len(players) - 4))
    return listed[0] if len(listed) == 1 else _("{names} or {last}", names=", ".join(listed[:-1]), last=listed[-1])


def who_decides(ruling: Ruling, body: str) -> str:
    """ "Carol (Chief executive), chair of the Improvement group"; says so where nobody may."""
    if not ruling.people or ruling.part is None:
        if ruling.first in (Part.panel, Part.validator):
            return _("Nobody may decide this now. Somebody else is needed with the role “Assurance panel”.")
        return _("Nobody may decide this now. Ask the programme office to name a deputy chair.")
    if ruling.part in (Part.chair, Part.deputy) and body:
        return _("{names}, {part} of “{body}”", names=names(ruling.people), part=part_words(ruling.part), body=body)
    return _("{names}, {part}", names=names(ruling.people), part=part_words(ruling.part))


def passed_on(ruling: Ruling) -> str:
    """Why it came to these people, where they are not the first ones."""
    if not ruling.has_passed or ruling.part is None or ruling.first is None:
        return ""
    part = part_words(ruling.part)
    if ruling.declared and not ruling.barred:
        return _("{names} declared an interest, so it passed to the {part}.", names=names(ruling.declared), part=part)
    if ruling.declared:
        return _(
            "{names} may not decide on their own proposal or action, and {others} declared an interest, so it passed "
            "to the {part}.",
            names=names(ruling.barred),
            others=names(ruling.declared),
            part=part,
        )
    if ruling.barred:
        return _(
            "{names} may not decide on their own proposal or action, so it passed to the {part}.",
            names=names(ruling.barred),
            part=part,
        )
    return _(
        "There is no {first} who could decide, so it passed to the {part}.",
        first=part_words(ruling.first),
        part=part,
    )


def by_delegation(ruling: Ruling, person_id: UUID | None) -> str:
    """For whom this person decides, and until when; empty where they decide in their own right."""
    found = next((each for each in ruling.lent if each.to_id == person_id), None)
    if found is None:
        return ""
    return _("for {name}, {part}, who delegated it until {day}", name=found.by_name, part=part_words(found.part),
             day=day(found.until))  # fmt: skip


def delegated(ruling: Ruling) -> list[str]:
    """A sentence for each who decides by delegation."""
    found = ((p, by_delegation(ruling, p.id)) for p in ruling.people)
    return [_("{name} decides {how}.", name=p.name, how=how) for p, how in found if how]


def declared(ruling: Ruling) -> list[str]:
    return [
        _("{name} declared an interest and takes no part in this decision.", name=shown(p)) for p in ruling.declared
    ]


def not_you(ruling: Ruling, person: str, body: str) -> str:
    """Why this person may not decide, and who may."""
    decides = who_decides(ruling, body)
    if not ruling.people:
        return decides
    if any(str(p.id) == person for p in ruling.declared):
        return _("You declared an interest in this. It is decided by: {who}.", who=decides)
    if person in ruling.conflicts:
        return _("Nobody decides on their own proposal or action. This is decided by: {who}.", who=decides)
    return _("You may not decide this. It is decided by: {who}.", who=decides)


def asks(move: Move, given: Mapping[str, Any], now: Mapping[str, Any], *, lowering: bool = False) -> str:
    """What is asked for. given: the proposal's values; now: the action's as they stand (or stood)."""
    if move.value in DATE_WORDS:
        return _date_asks(_(DATE_WORDS[move.value]), now.get(move.value), given[move.value])
    if move is Move.superseded:
        return _("Close it, because action {ref} takes its place.", ref=given.get("replaced_by") or "")
    if move is Move.plan_settings:
        return _("Change the settings of the rating rules.")
    sentences = {
        Move.descoped: _("Take it out of the plan's scope."),
        Move.not_applicable: _("Close it as not applicable here."),
        Move.not_delivered: _("Put it back to not delivered."),
        Move.assured: _("Count it as evidenced and assured."),
        Move.embedded: _("Count it as embedded."),
        Move.retest_passed: _("Record that the re-test was passed."),
        Move.retest_failed: _("Record that the re-test failed, and re-open it."),
        Move.recovery: _("Accept the recovery plan."),
        Move.edition: _("Agree a new edition of the plan, with new dates."),
        Move.before_tool: _("Confirm what came in as assured."),
    }
    if move is Move.delivered:
        return _("Put it back to delivered.") if lowering else _("Count it as delivered.")
    return sentences[move]


def _date_asks(word: str, old: date | None, new: date) -> str:
    if old is None or old == new:
        return _("Set the {date} to {new}.", date=word, new=day(new))
    apart = (new - old).days
    sentence = (
        ngettext("Move the {date} from {old} to {new}, {n} day later.",
                 "Move the {date} from {old} to {new}, {n} days later.", apart, date=word, old=day(old), new=day(new))
        if apart > 0
        else ngettext("Bring the {date} forward from {old} to {new}, {n} day earlier.",
                      "Bring the {date} forward from {old} to {new}, {n} days earlier.",
                      -apart, date=word, old=day(old), new=day(new))
    )  # fmt: skip
    return str(sentence)


def agreeing(move: Move, given: Mapping[str, Any], *, slips: int = 0, slip_days: int = 0, changed: int = 0) -> str:
    """What agreeing means. slips, slip_days: as they would be after it; changed: actions that change colour."""
    if move is Move.due_date:
        return _slipped(given["due_date"], slips, slip_days)
    if move.value in DATE_WORDS:
        return _("The {date} becomes {new}.", date=_(DATE_WORDS[move.value]), new=day(given[move.value]))
    if move is Move.plan_settings:
        return ngettext(
            "{n} action changes colour, from the moment you agree.",
            "{n} actions change colour, from the moment you agree.",
            changed,
        )
    if move is Move.edition:
        return ngettext(
            "{n} action takes a new date. The original one stays, and slips are counted from the new one.",
            "{n} actions take new dates. The original ones stay, and slips are counted from the new ones.",
            changed,
        )
    if move is Move.recovery:
        return _("It is no longer red as relapsed: it stays amber, “Re-opened”, until it is assured again.")
    if move in (Move.superseded, Move.descoped, Move.not_applicable):
        return _("It no longer counts as an action in force, and this cannot be undone.")
    return _("The stage becomes “{stage}”.", stage=stage_word(_stage_of(move)))


def _slipped(new: date, slips: int, slip_days: int) -> str:
    if not slips:
        return _("The due date becomes {new}. It has never been moved to a later day.", new=day(new))
    return ngettext(
        "The due date becomes {new}. It will have been moved once, {days} days after the original.",
        "The due date becomes {new}. It will have been moved {n} times, {days} days after the original.",
        slips,
        new=day(new),
        days=slip_days,
    )


def returning(move: Move, now: Mapping[str, Any], proposer: str) -> str:
    if move.value in DATE_WORDS and now.get(move.value):
        return _(
            "The {date} stays {old}, and {name} reads your reason.",
            date=_(DATE_WORDS[move.value]),
            old=day(now[move.value]),
            name=proposer,
        )
    return _("Nothing changes, and {name} reads your reason.", name=proposer)


def _stage_of(move: Move) -> str:
    return "assured" if move is Move.retest_passed else move.value


def decided_text(outcome: Outcome, move: Move, before: Mapping[str, Any], after: Mapping[str, Any]) -> str:
    """What was decided, from what the decision kept: "Agreed: due date from 1 May 2026 to 1 June 2026"."""
    said = _(OUTCOME_WORDS[outcome])
    kept = _read(after.get(move.value)), _read(before.get(move.value))
    if move.value in DATE_WORDS and kept[0]:
        word = _(DATE_WORDS[move.value])
        if kept[1]:
            return _("{said}: {date} from {old} to {new}", said=said, date=word, old=day(kept[1]), new=day(kept[0]))
        return _("{said}: {date} {new}", said=said, date=word, new=day(kept[0]))
    if move is Move.retest_failed:
        return _("Re-test failed: back to “{stage}”", stage=stage_word(str(after.get("stage", "delivered"))))
    lowering = before.get("stage") in ("assured", "embedded")
    return _("{said}: {move}", said=said, move=move_words(move, lowering=lowering))


def _read(value: Any) -> date | None:
    return date.fromisoformat(value) if isinstance(value, str) and value else None
