"""Deeds as sentences: one plain line for each transaction, from its act, what changed and who did it."""

from datetime import date
from typing import Any

from app.core.words import N_, _, short_day
from app.history.schemas import Changed, Deed
from app.history.tails import Names, few, met, part, quoted, subjects, tail

# Acts whose sentence needs no more than who and what it is about; {ref} is the action, priority, code or key.
PLAIN = {
    "action.created": N_("{actor} added action {ref}"),
    "action.updated": N_("{actor} reported progress on {ref}"),
    "action.handed_over": N_("{actor} handed over {ref}"),
    "action.imported": N_("{actor} imported {ref}"),
    "action.copied": N_("{actor} copied an action to {ref}"),
    "action.moved": N_("{actor} moved {ref} in the list"),
    "action.restricted": N_("{actor} restricted {ref} to named people"),
    "action.unrestricted": N_("{actor} opened {ref} to all who read the plan"),
    "update.restricted": N_("{actor} restricted an update on {ref} to named people"),
    "update.unrestricted": N_("{actor} opened an update on {ref} to all who read the plan"),
    "action.pasted": N_("{actor} pasted {ref}"),
    "exception.reported": N_("{actor} reported an exception on {ref}"),
    "exception.answered": N_("{actor} answered an exception report on {ref}"),
    "question.asked": N_("{actor} asked a question about {ref}"),
    "question.answered": N_("{actor} answered a question about {ref}"),
    "delegation.given": N_("{actor} delegated decisions"),
    "delegation.ended": N_("{actor} ended a delegation"),
    "edition.proposed": N_("{actor} asked for a new edition of the plan"),
    "edition.agreed": N_("{actor} agreed a new edition of the plan, with new dates for {ref}"),
    "proposal.interest_declared": N_("{actor} declared an interest in what was asked for {ref}"),
    "action.import_confirmed": N_("{actor} confirmed what came in as assured: {ref}"),
    "action.recovery_accepted": N_("{actor} accepted the recovery plan of {ref}"),
    "measure.concern_noted": N_("{actor} noted a measure of concern for {ref}"),
    "plan.created": N_("{actor} began the plan"),
    "import.carried_out": N_("{actor} brought a spreadsheet in"),
    "import.undone": N_("{actor} took a spreadsheet back"),
    "plan.brought": N_("{actor} brought the plan here from another installation"),
    "plan.adopted": N_("{actor} adopted the plan"),
    "plan.closed": N_("{actor} closed the plan"),
    "plan.settings_changed": N_("{actor} changed the plan’s settings"),
    "plan.legend_changed": N_("{actor} changed the words of the legend"),
    "plan.participant_added": N_("{actor} let an organisation take part"),
    "plan.participant_removed": N_("{actor} ended an organisation’s part"),
    "priority.added": N_("{actor} added priority {ref}"),
    "body.added": N_("{actor} added a body"),
    "body.archived": N_("{actor} archived a body"),
    "body.member_set": N_("{actor} named a member of a body"),
    "body.member_removed": N_("{actor} took a member out of a body"),
    "body.member_paused": N_("A member of a body was let in by a one-time code and decides nothing until confirmed"),
    "body.member_confirmed": N_("{actor} confirmed that a member's account is their own"),
    "meeting.added": N_("{actor} added a meeting"),
    "meeting.recorded": N_("{actor} recorded what was decided on {ref} at {meeting}"),
    "meeting.confirmed": N_("{actor} confirmed what was decided on {ref} at {meeting}"),
    "meeting.struck": N_("{actor} struck an entry on {ref} off the list of {meeting}"),
    "meeting.changed": N_("{actor} changed a meeting"),
    "body.changed": N_("{actor} changed a body"),
    "priority.archived": N_("{actor} put priority {ref} away"),
    "strategic_priority.added": N_("{actor} added a strategic priority"),
    "strategic_priority.changed": N_("{actor} reworded a strategic priority"),
    "strategic_priority.removed": N_("{actor} removed a strategic priority"),
    "settings.proposed": N_("{actor} asked for other rating rules"),
    "settings.changed": N_("{actor} changed the rating rules"),
    "proposal.brought": N_("{actor} brought what was asked for {ref} to a meeting"),
    "proposal.made": N_("{actor} asked for a move of {ref}"),
    "proposal.withdrawn": N_("{actor} withdrew what was asked for {ref}"),
    "evidence.submitted": N_("{actor} submitted evidence for {ref}"),
    "evidence.changed": N_("{actor} changed evidence for {ref}"),
    "evidence.version_added": N_("{actor} added a newer file to evidence for {ref}"),
    "evidence.accepted": N_("{actor} accepted evidence for {ref}"),
    "evidence.returned": N_("{actor} returned evidence for {ref}"),
    "evidence.restricted": N_("{actor} restricted evidence to named people"),
    "evidence.unrestricted": N_("{actor} opened evidence to all who read the plan"),
    "evidence.withdrawn": N_("{actor} withdrew evidence for {ref}"),
    "evidence.stated": N_("{actor} said why a file of evidence for {ref} holds no NHS numbers"),
    "evidence.file_removed": N_("{actor} took away a file of evidence for {ref}"),
    "coverage.framework_added": N_("{actor} added a publication that the plan sets out to answer"),
    "coverage.framework_removed": N_("{actor} took a publication out of what the plan sets out to answer"),
    "standing.proposed": N_("{actor} asked how recommendations are answered"),
    "standing.accepted": N_("{actor} decided how recommendations are answered"),
    "standing.returned": N_("{actor} returned what was asked of recommendations"),
    "standing.chased": N_("{actor} asked others where they are with recommendations"),
    "declaration.begun": N_("{actor} began a declaration"),
    "declaration.line_changed": N_("{actor} changed a line of a declaration"),
    "declaration.line_checked": N_("{actor} checked a line of a declaration"),
    "declaration.dissented": N_("{actor} disagreed with a line of a declaration"),
    "declaration.signed": N_("{actor} signed a declaration"),
    "record.redacted": N_("{actor} removed text from the record"),
    "framework.readers_named": N_("{actor} said who may read the private wording of {ref}"),
    "framework.private_wording": N_("{actor} changed the private wording of a recommendation"),
    "organisation.added": N_("{actor} added organisation {ref}"),
    "organisation.member_added": N_("{actor} added a member to a system"),
    "organisation.member_removed": N_("{actor} took a member out of a system"),
    "account.added": N_("{actor} added an account"),
    "account.deactivated": N_("{actor} deactivated an account"),
    "account.reactivated": N_("{actor} opened an account again"),
    "account.role_given": N_("{actor} gave somebody a role"),
    "account.role_taken": N_("{actor} took a role from somebody"),
}
# The same where they are about nothing that has a reference.
BARE = {
    "meeting.recorded": N_("{actor} recorded what was decided at {meeting}"),
    "meeting.confirmed": N_("{actor} confirmed what was decided at {meeting}"),
    "meeting.struck": N_("{actor} struck an entry off the list of {meeting}"),
    "proposal.made": N_("{actor} asked for a change of the plan"),
    "proposal.accepted": N_("{actor} agreed what was asked for the plan"),
    "proposal.returned": N_("{actor} returned what was asked for the plan"),
    "proposal.withdrawn": N_("{actor} withdrew what was asked for the plan"),
    "proposal.brought": N_("{actor} brought what was asked for the plan to a meeting"),
}
# Sentences that also say what changed: "Edith agreed a new due date on 1.4: 31 Oct 2026 to 31 Jan 2027".
WITH_CHANGES = {
    "action.edited": N_("{actor} changed {ref}"),
    "action.edited_many": N_("{actor} changed {ref}"),
    "action.retest_failed": N_("{actor} re-opened {ref}, because its re-test failed"),
    "action.stepped_back": N_("{actor} lowered the stage of {ref}"),
    "action.due_date_agreed": N_("{actor} agreed a new due date for {ref}"),
    "proposal.decided": N_("{actor} decided on {ref}"),
    "proposal.accepted": N_("{actor} agreed what was asked for {ref}"),
    "proposal.returned": N_("{actor} returned what was asked for {ref}"),
    "plan.changed": N_("{actor} changed the plan"),
    "priority.changed": N_("{actor} changed priority {ref}"),
    "organisation.changed": N_("{actor} changed organisation {ref}"),
}
FIELDS = {
    "title": N_("title"), "intended_outcome": N_("intended outcome"), "success_measure": N_("measure of success"),
    "priority_id": N_("priority"), "lead_executive_id": N_("lead executive"),
    "accountable_person_id": N_("accountable person"), "organisation_id": N_("organisation"),
    "start_date": N_("start date"), "original_due_date": N_("original due date"), "due_date": N_("due date"),
    "completion_date": N_("completion date"), "evidence_by_date": N_("evidence due date"),
    "retest_date": N_("re-test date"), "external_lead": N_("led from outside"),
    "external_contact": N_("outside contact"), "last_chased_on": N_("last chased"), "regulatory": N_("regulatory"),
    "regulator_date": N_("regulator’s date"), "stage": N_("stage"), "progress": N_("progress"), "slips": N_("slips"),
    "name": N_("name"), "aim": N_("aim"), "position": N_("place in the list"), "vision": N_("vision"),
    "period_start": N_("start"), "period_end": N_("end"), "cadence": N_("reporting rhythm"), "state": N_("state"),
    "commentary": N_("commentary"), "forecast": N_("forecast"), "help_needed": N_("help needed"),
    "cause": N_("cause"), "mitigation": N_("mitigation"), "done_on": N_("done on"), "chair_id": N_("chair"),
    "outcome": N_("outcome"), "kind": N_("kind"), "nation": N_("nation"), "parent_id": N_("organisation above"),
    "post": N_("post"), "active": N_("active"), "archived_on": N_("archived on"),
}  # fmt: skip
DOORS = {
    "page": N_("on a page"), "api": N_("by a program"), "cli": N_("by a command"), "system": N_("by the system"),
    "demo": N_("in the demonstration"),
}  # fmt: skip
# What an act is about: the part of its name before the dot.
SUBJECTS = {
    "action": N_("Actions"), "proposal": N_("Proposals and decisions"), "meeting": N_("Meetings"),
    "question": N_("The board’s questions"), "exception": N_("Exception reports"),
    "delegation": N_("Delegations"), "edition": N_("Editions of the plan"),
    "plan": N_("The plan and its settings"), "priority": N_("Priorities"), "body": N_("Bodies and their people"),
    "strategic_priority": N_("Strategic priorities"), "settings": N_("Rating rules"),
    "evidence": N_("Evidence"), "update": N_("Updates"), "declaration": N_("Declarations"),
    "standing": N_("How recommendations are answered"), "coverage": N_("Publications that the plan answers"),
    "import": N_("Spreadsheets"), "measure": N_("Measures"),
    "record": N_("What was removed from the record"),
}  # fmt: skip
# Bookkeeping that a sentence does not tell.
UNTOLD = frozenset({"updated_at", "last_update_on", "slip_days", "id", "plan_id", "concern_since", "claimed_on"})
# What people wrote; shown in quotation marks, a long one shortened.
TEXTS = frozenset({
    "title", "intended_outcome", "success_measure", "external_contact", "name", "aim", "vision", "commentary",
    "help_needed", "cause", "mitigation", "post",
})  # fmt: skip


def sentence(deed: Deed, names: Names) -> str:
    """One line without its full stop. names: what to call a row by its id (people, priorities, organisations)."""
    known = {"actor": deed.actor or _("Somebody"), "ref": about(deed, names), "meeting": met(deed, names)}
    told = tail(deed, names)
    if deed.act not in PLAIN:
        told = told or differences(deed, names)
    said = (None if known["ref"] else BARE.get(deed.act)) or PLAIN.get(deed.act) or WITH_CHANGES.get(deed.act)
    first = _(said, **known) if said else _default(known)
    return _("{sentence}: {changes}", sentence=first, changes=told) if told else first


def act_words(act: str) -> str:
    """An act without who did it and to what: "Reported progress on …"; empty where it has no words of its own."""
    said = PLAIN.get(act) or WITH_CHANGES.get(act)
    text = _(said, actor="", ref="…", meeting=_("a meeting")).strip() if said else ""
    return text[:1].upper() + text[1:]


def about(deed: Deed, names: Names) -> str:
    """The references, of many the first."""
    return few(subjects(deed, names))


def _default(known: dict[str, str]) -> str:
    return _("{actor} changed {ref}", **known) if known["ref"] else _("{actor} made a change", **known)


def differences(deed: Deed, names: Names) -> str:
    """What changed, in words; of several subjects nothing, for a list of them helps nobody."""
    if len({c.subject_id for c in deed.changed}) != 1:
        return ""
    parts = [text for c in deed.changed if (text := part(c, names))]
    changed = [c for c in deed.changed if not part(c, names) and told_fields(c)]
    told = []
    if len({c.id for c in changed}) == 1:
        [row, *_more] = changed
        told = [difference(name, *row.fields[name], names) for name in told_fields(row)]
    return "; ".join(told + parts)


def told_fields(row: Changed) -> list[str]:
    return [name for name in row.fields if name in FIELDS and name not in UNTOLD]


def difference(field: str, old: Any, new: Any, names: Names) -> str:
    label = _(FIELDS.get(field, field.replace("_", " ")))
    before, after = value(field, old, names), value(field, new, names)
    if not before:
        return _("{field} {new}", field=label, new=after)
    if not after:
        return _("{field} {old} taken away", field=label, old=before)
    if field in TEXTS:
        return _("{field}: {old} to {new}", field=label, old=before, new=after)
    return _("{field} {old} to {new}", field=label, old=before, new=after)


def value(field: str, given: Any, names: Names) -> str:
    """A JSON value as people write it: texts quoted, days, yes and no, names for ids, words for codes."""
    if given in (None, ""):
        return ""
    if isinstance(given, bool):
        return _("yes") if given else _("no")
    if field in TEXTS:
        return quoted(str(given))
    text = str(given)
    if named := names.get(text) or names.get(f"{field}:{text}"):
        return named
    try:
        return short_day(date.fromisoformat(text), year=True)
    except ValueError:
        return text.replace("_", " ") if text.islower() and " " not in text else text
