"""A declaration: prepared by the office, checked by the panel, signed by the chief executive, and then frozen."""

from sqlmodel import col, func, select

from app.actions.commands.ground import begin
from app.actions.queries import plan_view
from app.core.db import Write
from app.core.errors import Conflict, FieldError, Invalid, NotFound, Stale
from app.core.moment import now_of, today_of
from app.core.spelling import canon
from app.core.words import _
from app.coverage.covering import Standing
from app.coverage.models import Declaration, DeclarationLine, Dissent
from app.coverage.queries import coverage, declaration_row, recommendation_ids
from app.coverage.queries.declarations import began, digest, draft_content
from app.coverage.rules import DeclarationState
from app.coverage.schemas import Checking, DeclaredLine, Dissenting, LineGiven, NewDeclaration, Signing
from app.frameworks.models import Recommendation
from app.frameworks.queries import framework_named
from app.people.models import Account
from app.people.permissions import require_person
from app.plans.queries import PlanAccess

APART = frozenset({Standing.other_kind, Standing.not_applicable})


def begin_declaration(tx: Write, *, access: PlanAccess, given: NewDeclaration) -> Declaration:
    """With a line for each recommendation that speaks to the organisation; one at a time for each publication."""
    access = begin(tx, access)
    access.require("declaration.prepare")
    framework = framework_named(tx, "framework", given.framework)
    if framework.is_empty or framework.organisation_id not in (None, access.organisation_id):
        raise Invalid("framework", _("There is no publication with the key {key}.", key=given.framework))
    before = tx.exec(
        select(Declaration)
        .where(Declaration.plan_id == access.id, Declaration.framework_id == framework.id)
        .order_by(col(Declaration.number).desc())
    ).first()
    if before is not None and before.state is DeclarationState.draft:
        raise Conflict(
            _("Declaration {number} on this publication is still in preparation.", number=before.number), "open"
        )
    last = tx.exec(select(func.max(Declaration.number)).where(Declaration.plan_id == access.id)).one()
    tx.act("declaration.begun")
    row = Declaration(
        plan_id=access.id,
        framework_id=framework.id,
        number=(last or 0) + 1,
        title=given.title,
        statement=given.statement or "",
        begun_on=today_of(tx),
        begun_by_id=tx.actor.person_id,
        begun_by_name=tx.actor.name[:120],
        supersedes_id=before.id if before else None,
    )
    tx.add(row)
    tx.flush()
    _add_lines(tx, access, row, framework.key, before)
    return row


def _add_lines(tx: Write, access: PlanAccess, row: Declaration, key: str, before: Declaration | None) -> None:
    """What was required the last time is required again."""
    found = coverage(tx, access, plan_view(tx, access), key)
    names = [f"{key}:{item.leaf.ref}" for item in found.items if item.standing not in APART]
    required = {line.recommendation_id: line.required for line in _lines(tx, before)} if before else {}
    for id in recommendation_ids(tx, access, names).values():
        told = required.get(id, "")
        tx.add(DeclarationLine(plan_id=access.id, declaration_id=row.id, recommendation_id=id, required=told))
    tx.flush()


def change_line(tx: Write, *, access: PlanAccess, number: int, ref: str, given: LineGiven) -> None:
    """What is required, and the reason for a hole."""
    access = begin(tx, access)
    access.require("declaration.prepare")
    line = _open_line(tx, access, number, ref)
    tx.act("declaration.line_changed")
    if "required" in given.model_fields_set:
        line.required = given.required or ""
    if "hole_why" in given.model_fields_set:
        line.hole_why, line.hole_by_name = given.hole_why or "", tx.actor.name[:120] if given.hole_why else ""
    tx.add(line)
    tx.flush()


def check_line(tx: Write, *, access: PlanAccess, number: int, ref: str, given: Checking) -> None:
    """By a member of the panel or a lead executive, never who began it; a later check takes the place of the last."""
    access = begin(tx, access)
    access.require("declaration.check")
    require_person(tx.actor, "declaration.check")
    line = _open_line(tx, access, number, ref)
    if began(declaration_row(tx, access, number), tx.actor):
        raise Conflict(
            _("You began this declaration, so somebody else has to check its lines: a member of the assurance panel or "
              "a lead executive."), "own_declaration")  # fmt: skip
    tx.act("declaration.line_checked", why=given.why)
    line.is_met, line.checked_why, line.checked_on = given.is_met, given.why, today_of(tx)
    line.checked_by_id, line.checked_by_name = tx.actor.id, tx.actor.name[:120]
    tx.add(line)
    tx.flush()


def dissent(tx: Write, *, access: PlanAccess, number: int, ref: str, given: Dissenting) -> None:
    """It stays beside the line, and is signed with it."""
    access = begin(tx, access)
    access.require("declaration.dissent")
    require_person(tx.actor, "declaration.dissent")
    line = _open_line(tx, access, number, ref)
    tx.act("declaration.dissented", why=given.said)
    tx.add(
        Dissent(
            plan_id=access.id,
            declaration_id=line.declaration_id,
            line_id=line.id,
            said=given.said,
            said_on=today_of(tx),
            by_id=tx.actor.id,
            by_name=tx.actor.name[:120],
        )
    )
    tx.flush()


def sign_declaration(tx: Write, *, access: PlanAccess, number: int, given: Signing) -> Declaration:
    """Freezes all that it says. 422 names each line nobody has checked, and each hole without a reason."""
    access = begin(tx, access)
    access.require("declaration.sign")
    require_person(tx.actor, "declaration.sign")
    row = _open(tx, access, number)
    content = draft_content(tx, access, row)
    if given.digest != digest(content):
        raise Stale(_("This declaration has changed since you read it. Read it again, then sign."))
    _refuse_holes([DeclaredLine.model_validate(line) for line in content["lines"]])
    post = tx.exec(select(Account.post).where(Account.id == tx.actor.id)).first()
    row.signed_on, row.signed_at = today_of(tx), now_of(tx)
    row.signed_by_id, row.signed_by_name = tx.actor.id, tx.actor.name[:120]
    signed = {"by": row.signed_by_name, "post": post or "", "on": row.signed_on, "at": row.signed_at}
    content |= {"signed": signed}
    tx.act("declaration.signed")
    row.snapshot, row.sha256, row.state = canon(content), digest(content), DeclarationState.signed
    tx.add(row)
    if row.supersedes_id is not None:
        before = tx.exec(select(Declaration).where(Declaration.id == row.supersedes_id)).one()
        before.state = DeclarationState.superseded
        tx.add(before)
    tx.flush()
    return row


def _refuse_holes(lines: list[DeclaredLine]) -> None:
    if not lines:
        raise Conflict(_("This declaration has no lines, so there is nothing to sign."), "no_lines")
    problems = [FieldError("", _("Nobody has checked {ref}.", ref=line.ref)) for line in lines if line.is_met is None]
    problems += [
        FieldError("", _("{ref} has a hole without a reason: {what}.", ref=line.ref, what=_hole(line)))
        for line in lines
        if line.is_met is not None and line.is_hole and not line.hole_why
    ]
    if problems:
        raise Invalid.several(problems)


def _hole(line: DeclaredLine) -> str:
    return _("it was checked and is not met") if line.is_met is False else _("no accepted evidence")


def _open(tx: Write, access: PlanAccess, number: int) -> Declaration:
    row = declaration_row(tx, access, number)
    if row.state is not DeclarationState.draft:
        raise Conflict(_("Declaration {number} is signed. Begin a new one to change it.", number=number), "signed")
    return row


def _open_line(tx: Write, access: PlanAccess, number: int, ref: str) -> DeclarationLine:
    row = _open(tx, access, number)
    found = tx.exec(
        select(DeclarationLine)
        .join(Recommendation, col(Recommendation.id) == DeclarationLine.recommendation_id)
        .where(
            DeclarationLine.plan_id == access.id, DeclarationLine.declaration_id == row.id, Recommendation.ref == ref
        )
    ).first()
    if found is None:
        raise NotFound(_("There is no line {ref} in this declaration.", ref=ref))
    return found


def _lines(tx: Write, row: Declaration) -> list[DeclarationLine]:
    wanted = select(DeclarationLine).where(
        DeclarationLine.plan_id == row.plan_id, DeclarationLine.declaration_id == row.id
    )
    return list(tx.exec(wanted).all())
