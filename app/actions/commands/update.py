"""Reports of progress: kept for ever, never overwritten; what they say of the action becomes its facts."""

from datetime import date
from uuid import UUID

from sqlmodel import select

from app.actions.commands.drafts import forget_draft
from app.actions.commands.ground import begin, contributors_of, person_id, row_of
from app.actions.models import Action, Update
from app.actions.queries.plan import LastWord, update_of
from app.actions.reasons import progress_word
from app.actions.rules import Progress, Stage
from app.actions.schemas import UpdateAction
from app.core.db import Write
from app.core.errors import Conflict, Invalid, Problems, Stale
from app.core.moment import now_of, today_of
from app.core.words import _, day
from app.people.models import Account
from app.plans.queries import PlanAccess


def update_action(
    tx: Write, *, access: PlanAccess, ref: str, given: UpdateAction, was: Progress | None = None
) -> Action:
    """Report progress on an action. Commentary never conflicts: it is added, whatever else has changed.

    "No change" says that the last report is still true; a second one running no longer counts as an update.
    was: the progress the form was drawn with; a change of it is refused (412) where it has changed since.
    """
    access = begin(tx, access)
    action = row_of(tx, access, ref)
    access.require("action.update", action, contributors_of(tx, access, action.id))
    if was is not None and given.progress not in (None, was, action.progress) and action.progress is not was:
        raise Stale(
            _("Somebody else has changed the progress meanwhile. Look at it and save again."),
            {"conflicts": {"progress": {"base": was, "now": action.progress, "yours": given.progress}}},
        )
    tx.act("action.updated")
    problems = Problems()
    say(tx, access, action, given, problems)
    problems.refuse()
    tx.flush()
    return action


def say(tx: Write, access: PlanAccess, action: Action, given: UpdateAction, problems: Problems) -> None:
    """Write the update and what follows from it into the session, and note what is wrong with it.

    The caller has checked the right, and refuses what was noted.
    """
    if action.stage.is_exited:
        raise Conflict(_("This action has left the plan. It takes no more updates."), "exited")
    last = update_of(tx, action.latest_update_id)
    said_on, progress, person = today_of(tx), action.progress, None
    with problems.noted():
        said_on = _said_on(tx, access, action, given)
    with problems.noted():
        progress = _progress(action, given, last, said_on)
    if not given.commentary and not given.no_change:
        problems.note("commentary", _("Write what has happened since the last update."))
    with problems.noted():
        person = _for_whom(tx, access, action, given)
    if problems.found:
        return
    actor = tx.actor
    update = Update(
        plan_id=access.id,
        action_id=action.id,
        said_on=said_on,
        made_at=now_of(tx),
        by_id=actor.id,
        by_name=actor.name,
        for_id=person.id if person else None,
        for_name=person.name if person else "",
        told_how=given.told_how or "",
        progress=progress,
        commentary=given.commentary or "",
        cause=given.cause or "",
        mitigation=given.mitigation or "",
        help_needed=given.help_needed or "",
        forecast=given.forecast or (last.forecast if last and given.no_change else None),
        no_change=given.no_change,
    )
    tx.add(update)
    _take_over(action, update, last)
    action.updated_at = update.made_at
    forget_draft(tx, access, action.id)


def _take_over(action: Action, update: Update, last: LastWord | None) -> None:
    """What the report says of the action. Two "no change" running stop counting as an update."""
    if last is None or update.said_on >= last.said_on:
        action.latest_update_id = update.id
        action.progress = update.progress
    if not (update.no_change and last is not None and last.no_change):
        action.last_update_on = max(filter(None, (action.last_update_on, update.said_on)))


def _progress(action: Action, given: UpdateAction, last: LastWord | None, said_on: date) -> Progress:
    wanted = given.progress
    if wanted is None or wanted is action.progress:
        return action.progress
    if wanted is Progress.complete:
        raise Invalid("progress", _("Complete is not typed in. Ask for the action to be accepted as delivered."))
    if action.stage is not Stage.not_delivered:
        raise Invalid("progress", _("This action is delivered, so its progress stays complete. Write the news alone."))
    if given.no_change:
        raise Invalid("progress", _("No change keeps the progress as it was. Leave it, or write what has changed."))
    if last is not None and said_on < last.said_on:
        raise Invalid(
            "progress",
            _(
                "A later update, of {day}, says {progress}. Leave the progress as it is.",
                day=day(last.said_on),
                progress=progress_word(action.progress),
            ),
        )
    return wanted


def _said_on(tx: Write, access: PlanAccess, action: Action, given: UpdateAction) -> date:
    today = today_of(tx)
    if given.said_on is None:
        return today
    if given.said_on > today:
        raise Invalid("said_on", _("This day is in the future. Enter today or an earlier day."))
    begun = min(filter(None, (action.created_on, access.adopted_on, action.start_date)))
    if given.said_on < begun:
        raise Invalid("said_on", _("The action began on {day}. Enter that day or a later one.", day=day(begun)))
    return given.said_on


def _for_whom(tx: Write, access: PlanAccess, action: Action, given: UpdateAction) -> Account | None:
    """Whom the office writes for, and how they said it; nobody else writes for others or on another day."""
    is_office = access.may("action.edit", action)
    if not is_office and (given.for_person or given.told_how):
        raise Invalid("for_person", _("Only the programme office writes for somebody else."))
    if not is_office and given.said_on not in (None, today_of(tx)):
        raise Invalid("said_on", _("Only the programme office enters another day. Leave it out."))
    if given.for_person is None:
        if given.told_how:
            raise Invalid("for_person", _("Say for whom you write."))
        return None
    wanted: UUID = person_id(tx, access, "for_person", given.for_person)
    return tx.exec(select(Account).where(Account.id == wanted)).one()
