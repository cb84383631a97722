"""Declarations: the workspace as it stands, and what was signed as it was signed."""

import json
from dataclasses import dataclass, replace
from hashlib import sha256
from typing import Any
from uuid import UUID

from sqlmodel import col, select

from app.actions.queries import plan_view
from app.actions.reasons import label, stage_word
from app.core.actor import Actor
from app.core.db import Read
from app.core.errors import NotFound
from app.core.spelling import canon
from app.core.words import N_, _
from app.coverage.covering import Coverage
from app.coverage.models import Declaration, DeclarationLine, Dissent
from app.coverage.queries.covering import coverage
from app.coverage.queries.matrix import how
from app.coverage.queries.showing import Shown, as_anybody, evidence_shown
from app.coverage.rules import DeclarationState
from app.coverage.schemas import DeclarationRead, DeclaredLine
from app.frameworks.models import Framework, Recommendation
from app.history.queries import rows
from app.organisations.models import Organisation
from app.plans.queries import PlanAccess

STATES = {
    DeclarationState.draft: N_("In preparation"),
    DeclarationState.signed: N_("Signed"),
    DeclarationState.superseded: N_("Signed, and followed by a newer one"),
}


@dataclass(frozen=True, slots=True)
class Ground:
    """What a declaration is made of, as anybody may see it; proven: recommendations and actions with proof."""

    row: Declaration
    framework: Framework
    coverage: Coverage
    evidence: list[Shown]
    proven: frozenset[UUID]
    ids: dict[str, UUID]


def declaration_row(read: Read, access: PlanAccess, number: int) -> Declaration:
    row = next(iter(rows(read, Declaration, access.id, number=number)), None)
    if row is None:
        raise NotFound(_("There is no declaration {number} in this plan.", number=number))
    return row


def declarations(read: Read, access: PlanAccess) -> list[DeclarationRead]:
    """The newest first, without their lines."""
    found = sorted(rows(read, Declaration, access.id), key=lambda d: -d.number)
    titles = _frameworks(read, {d.framework_id for d in found})
    return [_read(read, access, row, titles[row.framework_id], None) for row in found]


def declaration(read: Read, access: PlanAccess, number: int) -> DeclarationRead:
    """With its lines: of a signed one those that were signed, whatever has changed since."""
    row = declaration_row(read, access, number)
    framework = _frameworks(read, {row.framework_id})[row.framework_id]
    content = json.loads(row.snapshot) if row.snapshot else draft_content(read, access, row)
    return _read(read, access, row, framework, content)


def draft_content(read: Read, access: PlanAccess, row: Declaration) -> dict[str, Any]:
    """All that a signature would freeze, but the signature; the same for every reader."""
    with as_anybody(read, access) as plain:
        ground = _ground(read, plain, row)
        lines = sorted(rows(read, DeclarationLine, access.id, declaration_id=row.id), key=_place(ground))
        said = rows(read, Dissent, access.id, declaration_id=row.id)
        organisation = read.exec(select(Organisation.name).where(Organisation.id == access.organisation_id)).one()
        return {
            "schema": "declaration/1",
            "plan": access.slug,
            "plan_title": access.title,
            "organisation": organisation,
            "framework": ground.framework.key,
            "framework_title": ground.framework.title,
            "edition": ground.framework.edition,
            "publisher": ground.framework.publisher,
            "number": row.number,
            "title": row.title,
            "statement": row.statement,
            "supersedes": _before(read, access, row),
            "lines": [_line(line, ground, [d for d in said if d.line_id == line.id]) for line in lines],
        }


def digest(content: dict[str, Any]) -> str:
    return sha256(canon(content).encode()).hexdigest()


def _ground(read: Read, access: PlanAccess, row: Declaration) -> Ground:
    framework = _frameworks(read, {row.framework_id})[row.framework_id]
    shown = evidence_shown(read, access)
    with read.unhidden():
        # What is restricted proves too; only that it does is told.
        counting = [e for e in evidence_shown(read, replace(access, hidden=frozenset())) if e.counts]
    found = read.exec(
        select(Recommendation.ref, Recommendation.id).where(Recommendation.framework_id == framework.id)
    ).all()
    return Ground(
        row=row,
        framework=framework,
        coverage=coverage(read, access, plan_view(read, access), framework.key),
        evidence=shown,
        proven=frozenset().union(*(e.actions | e.recommendations for e in counting)),
        ids=dict(found),
    )


def _place(ground: Ground) -> Any:
    places = {ground.ids[item.leaf.ref]: place for place, item in enumerate(ground.coverage.items)}
    return lambda line: places.get(line.recommendation_id, len(places))


def _line(line: DeclarationLine, ground: Ground, said: list[Dissent]) -> dict[str, Any]:
    refs = {id: ref for ref, id in ground.ids.items()}
    item = next((i for i in ground.coverage.items if ground.ids[i.leaf.ref] == line.recommendation_id), None)
    actions = item.counting if item else ()
    about = {line.recommendation_id} | {a.id for a in actions}
    return {
        "ref": refs[line.recommendation_id],
        "title": item.leaf.title if item else "",
        "required": line.required,
        "stands": how(item) if item else _("Withdrawn from the publication"),
        "actions": [
            {"ref": a.ref, "title": a.title, "stage": stage_word(a.stage), "label": label(a.rating.label)}
            for a in actions
        ],
        "evidence": [_proof(e) for e in ground.evidence if (e.actions | e.recommendations) & about],
        "has_proof": bool(ground.proven & about),
        "is_met": line.is_met,
        "checked_by": line.checked_by_name,
        "checked_on": line.checked_on,
        "checked_why": line.checked_why,
        "dissent": [
            {"by": d.by_name, "on": d.said_on, "said": d.said}
            for d in sorted(said, key=lambda d: (d.said_on, d.by_name))
        ],
        "hole_why": line.hole_why,
        "hole_by": line.hole_by_name,
    }


def _proof(e: Shown) -> dict[str, Any]:
    return {
        "ref": e.ref, "shows": e.shows, "kind": e.kind, "state": e.state, "counts": e.counts, "sha256": e.sha256,
        "accepted_on": e.accepted_on, "accepted_by": e.accepted_by, "expires_on": e.expires_on,
    }  # fmt: skip


def _before(read: Read, access: PlanAccess, row: Declaration) -> str:
    if row.supersedes_id is None:
        return ""
    return next((d.sha256 for d in rows(read, Declaration, access.id, id=row.supersedes_id)), "")


def _frameworks(read: Read, ids: set[UUID]) -> dict[UUID, Framework]:
    found = read.exec(select(Framework).where(col(Framework.id).in_(ids))).all() if ids else []
    return {row.id: row for row in found}


def _read(
    read: Read, access: PlanAccess, row: Declaration, framework: Framework, content: dict[str, Any] | None
) -> DeclarationRead:
    lines = [DeclaredLine.model_validate(line) for line in content["lines"]] if content else []
    signed: dict[str, Any] = (content or {}).get("signed") or {}
    is_draft = row.state is DeclarationState.draft
    return DeclarationRead(
        number=row.number,
        framework=framework.key,
        framework_title=framework.short_title,
        title=row.title,
        statement=row.statement,
        state=row.state,
        state_words=_(STATES[row.state]),
        begun_on=row.begun_on,
        begun_by=row.begun_by_name,
        signed_on=row.signed_on,
        signed_by=row.signed_by_name,
        signed_post=signed.get("post", ""),
        sha256=row.sha256,
        supersedes=_number_before(read, access, row),
        digest=digest(content) if content and is_draft else "",
        met=sum(line.is_met is True and line.has_proof for line in lines),
        holes=sum(line.is_hole for line in lines),
        lines=lines,
        revision=row.revision,
        may_prepare=is_draft and access.may("declaration.prepare"),
        may_check=is_draft
        and access.actor.is_person
        and access.may("declaration.check")
        and not began(row, access.actor),
        may_dissent=is_draft and access.actor.is_person and access.may("declaration.dissent"),
        may_sign=is_draft and access.actor.is_person and access.may("declaration.sign"),
    )


def began(row: Declaration, actor: Actor) -> bool:
    """Who prepares a declaration checks none of its lines."""
    return row.begun_by_id is not None and row.begun_by_id == actor.person_id


def _number_before(read: Read, access: PlanAccess, row: Declaration) -> int | None:
    if row.supersedes_id is None:
        return None
    return next((d.number for d in rows(read, Declaration, access.id, id=row.supersedes_id)), None)


def snapshot(read: Read, access: PlanAccess, number: int) -> str:
    """The text that was hashed, byte for byte; 404 while nothing is signed."""
    row = declaration_row(read, access, number)
    if not row.snapshot:
        raise NotFound(_("Declaration {number} has not been signed.", number=number))
    return row.snapshot
