"""What people call the fields of our input models, and what to say when one is left empty.

By the names that the API uses; `meeting.name` before `name`. The commands and every door say the same.
"""

from app.core.words import N_, _

# Without those whose own sentence always names them (ticks, and the thresholds of the rating rules).
LABELS: dict[str, str] = {
    "accountable_person": N_("Accountable person"),
    "actions": N_("Actions"),
    "aim": N_("Aim"),
    "amber": N_("Word for amber"),
    "begin": N_("How the plan begins"),
    "blue": N_("Word for blue"),
    "body": N_("Body"),
    "cadence": N_("How often owners report"),
    "cause": N_("Cause"),
    "chair": N_("Chair"),
    "changes": N_("Changes"),
    "code": N_("Code"),
    "columns": N_("Columns"),
    "commentary": N_("What has happened"),
    "completion_date": N_("Completion date"),
    "confidential": N_("Confidential"),
    "contributes_to": N_("Recommendations contributed to"),
    "contributors": N_("Contributors"),
    "current": N_("Current password"),
    "date": N_("Date"),
    "dated_on": N_("Day it was seen, or its date"),
    "days": N_("Days"),
    "demand": N_("How it binds"),
    "depends_on": N_("Depends on"),
    "done_on": N_("Done on"),
    "due_date": N_("Due date"),
    "edition": N_("Edition"),
    "email": N_("E-mail address"),
    "evidence_by_date": N_("Evidence-by date"),
    "expires_on": N_("Expires on"),
    "external_contact": N_("Contact at the leading organisation"),
    "external_lead": N_("Led from outside"),
    "file": N_("File"),
    "for_person": N_("For whom"),
    "forecast": N_("Forecast"),
    "form": N_("How it is kept"),
    "framework": N_("Publication"),
    "from_person": N_("Who leaves"),
    "green": N_("Word for green"),
    "grey": N_("Word for grey"),
    "held_on": N_("Date of the meeting"),
    "help_needed": N_("Help needed"),
    "impact": N_("Impact"),
    "inspected_on": N_("Inspected on"),
    "intended_outcome": N_("Intended outcome"),
    "items": N_("Decisions"),
    "kept_at": N_("Where it is kept"),
    "key": N_("Key"),
    "key_questions": N_("Key questions"),
    "kind": N_("Kind"),
    "last_chased_on": N_("Last chased on"),
    "lead_executive": N_("Lead executive"),
    "meeting": N_("Meeting"),
    "meeting.date": N_("Date of the meeting"),
    "meeting.name": N_("Name of the meeting"),
    "member": N_("Organisation to add"),
    "method": N_("How it was done"),
    "milestones": N_("Milestones"),
    "mitigation": N_("What is being done about it"),
    "name": N_("Name"),
    "nation": N_("Nation"),
    "notices": N_("Notices"),
    "organisation": N_("Organisation"),
    "organisation_kind": N_("Kind of organisation"),
    "organisation_name": N_("Name of the organisation"),
    "original_due_date": N_("Original due date"),
    "outcome": N_("Answer"),
    "parent": N_("Organisation above"),
    "password": N_("Password"),
    "period_end": N_("End of the period"),
    "period_from": N_("First day of the period"),
    "period_start": N_("Start of the period"),
    "period_to": N_("Last day of the period"),
    "person": N_("Person"),
    "plan": N_("Address of the plan"),
    "position": N_("Place in the list"),
    "post": N_("Post"),
    "prefix": N_("Short form"),
    "priority": N_("Priority"),
    "progress": N_("Progress"),
    "proposal": N_("Proposal"),
    "proposals": N_("Proposals"),
    "public_summary": N_("Public-safe summary"),
    "published": N_("Published on"),
    "publisher": N_("Publisher"),
    "quorum": N_("Quorum"),
    "recommendations": N_("Recommendations met"),
    "red": N_("Word for red"),
    "ref": N_("Reference"),
    "refs": N_("Actions"),
    "regulation": N_("Regulation cited"),
    "regulator_agreed": N_("What the regulator agreed"),
    "regulator_date": N_("Regulator's date"),
    "regulatory": N_("Regulatory"),
    "replaced_by": N_("Action that takes its place"),
    "result": N_("What was found"),
    "retest_date": N_("Re-test date"),
    "role": N_("Role"),
    "roles": N_("Roles"),
    "rows": N_("Rows"),
    "said_on": N_("Day it was said"),
    "sample_size": N_("How many cases"),
    "scope": N_("Scope"),
    "service": N_("Service"),
    "short_title": N_("Short title"),
    "shows": N_("What it shows"),
    "sort": N_("Sort"),
    "sponsor": N_("Sponsor"),
    "start_date": N_("Start date"),
    "strategic_priority": N_("Strategic priority"),
    "strength": N_("Strength"),
    "success_measure": N_("Measure of success"),
    "summary": N_("In full"),
    "supersedes": N_("Takes the place of"),
    "text": N_("Rows"),
    "title": N_("Title"),
    "to": N_("New stage"),
    "to_person": N_("Who takes over"),
    "told_how": N_("Told how"),
    "url": N_("Address"),
    "vision": N_("Vision"),
    "why": N_("Reason"),
}
# Of every field that must be given, and of each that a form may send empty where it may not be.
ASKS: dict[str, str] = {
    "accepted": N_("Choose whether the link is accepted."),
    "accountable_person": N_("Choose an accountable person."),
    "actions": N_("Choose at least one action."),
    "body": N_("Choose a body."),
    "changes": N_("Say what to change."),
    "code": N_("Enter the code."),
    "current": N_("Enter your current password."),
    "date": N_("Enter a date."),
    "days": N_("Enter the number of days."),
    "email": N_("Enter an e-mail address, like name@trust.nhs.uk."),
    "external_lead": N_("Choose whether it is led from outside."),
    "file": N_("Choose a file."),
    "form": N_("Choose a file, a link, or something seen."),
    "from_person": N_("Choose who leaves."),
    "held_on": N_("Enter the date of the meeting."),
    "items": N_("Choose at least one decision."),
    "kind": N_("Choose a kind."),
    "meeting": N_("Enter the name and the date of the meeting."),
    "meeting.date": N_("Enter the date of the meeting."),
    "meeting.name": N_("Enter the name of the meeting."),
    "member": N_("Enter the code of the organisation to add."),
    "milestones.title": N_("Enter what the milestone is."),
    "move": N_("Choose a move."),
    "name": N_("Enter a name."),
    "nation": N_("Enter a nation."),
    "organisation": N_("Choose an organisation."),
    "other": N_("Enter a recommendation, like ockenden_2022:1.2."),
    "outcome": N_("Choose an answer: accept or return."),
    "password": N_("Enter a password."),
    "person": N_("Choose a person."),
    "plan": N_("Enter an address for the plan, like saltmarsh-mip."),
    "priority": N_("Choose a priority."),
    "proposal": N_("Name the proposal."),
    "proposals": N_("Choose at least one proposal."),
    "refs": N_("Choose at least one action."),
    "regulatory": N_("Choose whether it is regulatory."),
    "role": N_("Choose a role."),
    "scope": N_("Choose a scope: read or write."),
    "shows": N_("Enter what it shows, in one sentence."),
    "sort": N_("Choose what it is."),
    "text": N_("Paste at least one row."),
    "title": N_("Enter a title."),
    "to": N_("Choose the new stage."),
    "to_person": N_("Choose who takes over."),
    "why": N_("Enter a reason."),
}


def label(field: str) -> str:
    """What people call a field ("milestones.0.due_date" too); "" where there is no word for it."""
    found = _found(LABELS, field)
    return _(found) if found else ""


def ask(field: str) -> str:
    """What to do about a field that was left empty."""
    found = _found(ASKS, field)
    if found:
        return _(found)
    named = label(field)
    return _("Enter a value: {field}.", field=named) if named else _("Enter a value.")


def told(field: str, sentence: str) -> str:
    """The sentence as it stands apart from its field: with the field's name before it, unless it has that already."""
    named = label(field)
    if not named or named.casefold() in sentence.casefold():
        return sentence
    return _("{field}: {sentence}", field=named, sentence=sentence)


def _found(words: dict[str, str], field: str) -> str | None:
    names = [part for part in field.split(".") if not part.isdigit()]
    return words.get(".".join(names[-2:])) or (words.get(names[-1]) if names else None)
