"""A file that may hold NHS numbers: who added it says why it does not, or takes it away."""

from app.core.db import Write
from app.core.errors import Conflict, Forbidden, NotFound
from app.core.moment import now_of, today_of
from app.core.storage import Storage, delete_when_committed
from app.core.words import _
from app.evidence.commands.ground import begun, item_row, links_of, refuse_over, said_of, versions_of, write_clocks
from app.evidence.models import Evidence, EvidenceVersion
from app.evidence.rules import EvidenceState
from app.evidence.schemas import NewStatement
from app.plans.queries import PlanAccess


def state_not_numbers(tx: Write, *, access: PlanAccess, ref: str, number: int, given: NewStatement) -> Evidence:
    """What was found are no NHS numbers, says who added the file, and why. It then counts from today."""
    access = begun(tx, access)
    row, version = _held(tx, access, ref, number)
    tx.act("evidence.stated", why=said_of(row, given.why))
    version.held = False
    version.stated_on, version.stated_by_name, version.stated_why = today_of(tx), tx.actor.name[:120], given.why
    if version.number == row.version:
        row.held = False
        row.submitted_on, row.submitted_at = today_of(tx), now_of(tx)
    write_clocks(tx, access, [link.action_id for link in links_of(tx, access, row.id)])
    tx.flush()
    return row


def remove_file(tx: Write, *, access: PlanAccess, ref: str, number: int, storage: Storage) -> Evidence:
    """The bytes go, the record of the file stays; the item goes back to the version before, or is withdrawn."""
    access = begun(tx, access)
    row, version = _held(tx, access, ref, number)
    tx.act("evidence.file_removed")
    version.removed_on, version.held = today_of(tx), False
    if version.number == row.version:
        left = [v for v in versions_of(tx, access, row.id) if v.removed_on is None and v.number < number]
        row.version = left[-1].number if left else row.version
        row.held = left[-1].held if left else False
        if not left:
            row.state = EvidenceState.withdrawn
            row.withdrawn_on, row.withdrawn_by_name = today_of(tx), tx.actor.name[:120]
            row.withdrawn_why = _("Its file was taken away.")
    write_clocks(tx, access, [link.action_id for link in links_of(tx, access, row.id)])
    tx.flush()
    delete_when_committed(tx, storage, version.stored_as)
    return row


def _held(tx: Write, access: PlanAccess, ref: str, number: int) -> tuple[Evidence, EvidenceVersion]:
    row = item_row(tx, access, ref)
    version = next((v for v in versions_of(tx, access, row.id) if v.number == number), None)
    if version is None:
        raise NotFound(_("There is no version {number} of this evidence.", number=number))
    me = access.actor.person_id
    if me is None or me != version.added_by_id:
        raise Forbidden(_("Only {name} may settle this, who added the file.", name=version.added_by_name))
    refuse_over(row)
    if not version.held:
        raise Conflict(_("This file is not held. Nothing was changed."), "not_held")
    return row, version
