"""Who is accountable: changed by the lead executive or the office, with the reason."""

from app.actions.commands.edit import Edited, edit_action
from app.actions.schemas import ChangedAction, ChangedOwner
from app.core.db import Write
from app.plans.queries import PlanAccess


def change_owner(tx: Write, *, access: PlanAccess, ref: str, given: ChangedOwner) -> Edited:
    """Name another accountable person, or none."""
    sent = ChangedAction.model_validate({"accountable_person": given.accountable_person, "why": given.why})
    return edit_action(tx, access=access, ref=ref, given=sent)
