"""What a first import brought in as assured: confirmed by a validator other than the importer, one record each."""

from app.actions.commands import note_facts
from app.actions.commands.ground import row_of_id
from app.actions.queries import action as action_view
from app.actions.rules import Move, Part, retest_by
from app.actions.view import ActionView
from app.assurance.commands.ground import begun
from app.assurance.models import Decision
from app.assurance.queries.grounds import owners
from app.assurance.rules import Outcome
from app.assurance.schemas import Confirming
from app.core.db import Write
from app.core.errors import Conflict, FieldError, Forbidden, TrackerError
from app.core.moment import now_of, today_of
from app.core.words import _
from app.people.permissions import require_person
from app.plans.queries import PlanAccess


def confirm_before_tool(tx: Write, *, access: PlanAccess, given: Confirming) -> list[Decision]:
    """All or none. It still counts apart, and is tested again within six months of today."""
    require_person(tx.actor)
    access = begun(tx, access)
    access.require("import.confirm")
    made = []
    for place, ref in enumerate(dict.fromkeys(given.refs)):
        try:
            made.append(_confirm(tx, access, action_view(tx, access, ref), given.why or ""))
        except TrackerError as error:
            error.message = _("{which}: {said}", which=ref, said=error.message)
            error.fields = [FieldError(f"refs.{place}", error.message)]
            raise
    tx.flush()
    return made


def _confirm(tx: Write, access: PlanAccess, action: ActionView, why: str) -> Decision:
    access.require("import.confirm", action, action.contributor_ids)
    row = row_of_id(tx, access, action.id)
    if not (row.assured_before_tool and row.stage.is_assured):
        raise Conflict(_("This was not brought in as assured, so there is nothing to confirm."), "not_before_tool")
    if row.before_tool_confirmed_on is not None:
        raise Conflict(_("This was confirmed already. Nothing was changed."), "confirmed")
    if tx.actor.id is not None and tx.actor.id == row.imported_by_id:
        raise Forbidden(_("You brought this in yourself. Another validator confirms it."), "own_import")
    if tx.actor.id in owners(action):
        raise Forbidden(_("Nobody confirms their own action. Another validator confirms it."), "own_action")
    today = today_of(tx)
    latest = retest_by(today, access.settings, regulatory=row.regulatory, before_tool=True)
    retest = min(row.retest_date or latest, latest)
    tx.act("action.import_confirmed", why=why or None)
    before = {"retest_date": row.retest_date.isoformat() if row.retest_date else None}
    note_facts(tx, access=access, action_id=row.id, before_tool_confirmed_on=today, retest_date=retest)
    made = Decision(
        plan_id=access.id,
        action_id=row.id,
        move=Move.before_tool,
        outcome=Outcome.accepted,
        decided_on=today,
        decided_at=now_of(tx),
        decided_by_id=tx.actor.id,
        decided_by_name=tx.actor.name[:120],
        capacity=Part.validator.value,
        before=before,
        after={"retest_date": retest.isoformat()},
        why=why,
    )
    tx.add(made)
    return made
