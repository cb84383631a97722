"""Adding evidence: what it shows, of what, and whether all that its kind needs is there."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from sqlmodel import col, select

from app.actions.commands.parts import recommendation_id
from app.core.db import Read, Write
from app.core.errors import Conflict, FieldError, Problems
from app.core.moment import now_of, today_of
from app.core.words import _
from app.evidence.commands.ground import actions_named, begun, links_of, not_in_future, write_clocks
from app.evidence.models import Evidence, EvidenceAction, EvidenceRecommendation, EvidenceVersion
from app.evidence.received import Received
from app.evidence.rules import EvidenceForm, EvidenceKind, EvidenceSort, Searched
from app.evidence.schemas import NewEvidence
from app.plans.queries import PlanAccess

TEXTS = ("method", "result", "kept_at", "url", "public_summary")
DETAILS = (
    "kind", "sort", "shows", "period_from", "period_to", "dated_on", "method", "sample_size", "result", "kept_at",
    "url", "expires_on", "confidential", "public_summary",
)  # fmt: skip


def submit(
    tx: Write, *, access: PlanAccess, given: NewEvidence, file: Received | None = None, by_hand: bool = False
) -> Evidence:
    """A new item, submitted. file: of an item whose form is file; its bytes are kept already.

    by_hand: from a form, which people send twice; a program has its Idempotency-Key.
    """
    access = begun(tx, access)
    if given.recommendations and not given.actions:
        access.require("evidence.submit")
    problems, today = Problems(), today_of(tx)
    details = details_of(given)
    check(details, given.form, problems, today, has_file=file is not None)
    if not given.actions and not given.recommendations:
        problems.note("actions", _("Choose at least one action or recommendation that this is evidence for."))
    with problems.noted():
        actions = actions_named(tx, access, given.actions)
    recommended = _recommended(tx, access, given.recommendations, problems)
    problems.refuse()
    if by_hand and file is not None:
        _refuse_twice(tx, access, given, {a.id for a in actions}, file)
    row = Evidence(
        plan_id=access.id,
        ref=_next_ref(tx, access),
        form=given.form,
        submitted_on=today,
        submitted_at=now_of(tx),
        submitted_by_id=tx.actor.person_id,
        submitted_by_name=tx.actor.name[:120],
        **details,
    )
    tx.act("evidence.submitted")
    tx.add(row)
    tx.flush()
    if file is not None:
        put(tx, access, row, file)
    for action in actions:
        tx.add(EvidenceAction(plan_id=access.id, action_id=action.id, evidence_id=row.id, linked_on=today))
    for each in recommended:
        tx.add(EvidenceRecommendation(plan_id=access.id, evidence_id=row.id, recommendation_id=each))
    write_clocks(tx, access, [a.id for a in actions])
    tx.flush()
    return row


def _refuse_twice(tx: Write, access: PlanAccess, given: NewEvidence, actions: set[UUID], file: Received) -> None:
    """A form that is sent twice is one item (409 names it)."""
    same = select(Evidence).join(EvidenceVersion, col(EvidenceVersion.evidence_id) == Evidence.id).where(
        Evidence.plan_id == access.id,
        Evidence.submitted_by_id == tx.actor.person_id,
        Evidence.submitted_on == today_of(tx),
        Evidence.shows == given.shows,
        Evidence.kind == given.kind,
        col(Evidence.withdrawn_on).is_(None),
        EvidenceVersion.file_name == file.file_name,
        EvidenceVersion.sha256 == file.stored.sha256,
    )  # fmt: skip
    for row in tx.exec(same).all():
        if {link.action_id for link in links_of(tx, access, row.id)} == actions:
            raise Conflict(_("You have added this file today with the same words, as {ref}.", ref=row.ref), "twice")


def details_of(given: NewEvidence) -> dict[str, Any]:
    found = {name: getattr(given, name) for name in DETAILS}
    return found | {name: found[name] or "" for name in TEXTS}


def check(details: Mapping[str, Any], form: EvidenceForm, problems: Problems, today: date, *, has_file: bool) -> None:
    """What the kind, the form and the sort of an item need; each thing missing is noted beside its field."""
    for error in [*_days(details, today), *_of_form(details, form, has_file), *_of_kind(details, form)]:
        problems.note(error.field, error.message)
    if details["confidential"] and not details["public_summary"]:
        problems.note("public_summary", _("Enter what those may read who may not see the evidence itself."))


def _days(details: Mapping[str, Any], today: date) -> list[FieldError]:
    found = [e for name in ("period_from", "period_to", "dated_on") for e in not_in_future(name, details[name], today)]
    begins, ends, expires = details["period_from"], details["period_to"], details["expires_on"]
    if begins and ends and begins > ends:
        found.append(FieldError("period_to", _("The period ends before it begins. Enter a later day.")))
    if begins and not ends:
        found.append(FieldError("period_to", _("Enter the last day of the period.")))
    if expires and expires <= today:
        found.append(FieldError("expires_on", _("It would have expired already. Enter a later day, or none.")))
    return found


def _of_form(details: Mapping[str, Any], form: EvidenceForm, has_file: bool) -> list[FieldError]:
    found = []
    if form is EvidenceForm.file and not has_file:
        found.append(FieldError("file", _("Choose a file.")))
    if form is not EvidenceForm.file and has_file:
        found.append(FieldError("file", _("A link or an observation has no file. Choose “A file”, or leave it out.")))
    if form is EvidenceForm.link and not _is_web_address(details["url"]):
        found.append(FieldError("url", _("Enter the address, beginning with https://.")))
    if form is EvidenceForm.seen and details["dated_on"] is None:
        found.append(FieldError("dated_on", _("Enter the day on which it was seen.")))
    return found


def _of_kind(details: Mapping[str, Any], form: EvidenceForm) -> list[FieldError]:
    if details["kind"] is not EvidenceKind.effect:
        return []
    found = []
    if details["period_to"] is None and details["dated_on"] is None and form is not EvidenceForm.seen:
        found.append(FieldError("period_to", _("Enter the last day that it says something about.")))
    if details["sort"] is EvidenceSort.audit:
        if details["sample_size"] is None:
            found.append(FieldError("sample_size", _("Enter how many cases the audit looked at.")))
        if not details["result"]:
            found.append(FieldError("result", _("Enter what the audit found.")))
    return found


def _is_web_address(url: str) -> bool:
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.hostname) and not any(c.isspace() for c in url)


def put(tx: Write, access: PlanAccess, row: Evidence, file: Received) -> EvidenceVersion:
    """The file becomes the item's newest version. The act has been named."""
    row.version += 1
    row.held = file.held
    made = EvidenceVersion(
        plan_id=access.id,
        evidence_id=row.id,
        number=row.version,
        file_name=file.file_name,
        media_type=file.media_type,
        size=file.stored.size,
        sha256=file.stored.sha256,
        stored_as=file.stored.name,
        added_on=today_of(tx),
        added_at=now_of(tx),
        added_by_id=tx.actor.person_id,
        added_by_name=tx.actor.name[:120],
        searched=Searched(file.searched),
        found=dict(file.found),
        held=file.held,
    )
    tx.add(made)
    return made


def _recommended(read: Read, access: PlanAccess, keys: list[str], problems: Problems) -> list[UUID]:
    found = []
    for place, key in enumerate(keys):
        with problems.noted():
            found.append(recommendation_id(read, access, f"recommendations.{place}", key))
    return list(dict.fromkeys(found))


def _next_ref(read: Read, access: PlanAccess) -> str:
    with read.unhidden():
        refs = read.exec(select(Evidence.ref).where(Evidence.plan_id == access.id)).all()
    return f"E{max((int(ref[1:]) for ref in refs), default=0) + 1}"
