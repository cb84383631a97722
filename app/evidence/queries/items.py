"""Evidence as read models: one item, a plan's list by filters, and the file that somebody may open."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from app.actions.queries import plan_view
from app.actions.view import ActionView, PlanView
from app.core import clock
from app.core.db import Read
from app.core.errors import Forbidden, NotFound
from app.core.words import _
from app.evidence import wording
from app.evidence.models import Evidence, EvidenceAction, EvidenceRecommendation, EvidenceVersion
from app.evidence.queries.sight import Sight
from app.evidence.rules import EvidenceForm, EvidenceState, expires_soon, has_expired
from app.evidence.schemas import ActionShown, EvidenceRead, RecommendationShown, VersionRead
from app.frameworks.queries import recommendation_labels
from app.history.queries import rows
from app.plans.queries import PlanAccess, restriction_of
from app.plans.schemas import RestrictionRead


@dataclass(frozen=True, slots=True)
class Ground:
    """What all items of a plan are shown against, read once."""

    access: PlanAccess
    today: date
    sight: Sight
    actions: Mapping[UUID, ActionView]
    links: Mapping[UUID, Sequence[EvidenceAction]]
    recommended: Mapping[UUID, Sequence[EvidenceRecommendation]]
    versions: Mapping[UUID, Sequence[EvidenceVersion]]
    labels: Mapping[UUID, Any]


def evidence(read: Read, access: PlanAccess) -> list[EvidenceRead]:
    """Every item of the plan that is not restricted to others, the newest submission first."""
    return _reads(read, access, _newest_first(_seen(read, access, rows(read, Evidence, access.id))))


def evidence_waiting(read: Read, access: PlanAccess) -> list[EvidenceRead]:
    """What somebody has to do something about: submitted, returned, held, or linked since it was accepted."""
    waits = {EvidenceState.submitted, EvidenceState.returned}
    found = {row.id: row for row in rows(read, Evidence, access.id, state=waits)}
    linked = {link.evidence_id for link in rows(read, EvidenceAction, access.id, covered=False)} - found.keys()
    found |= {row.id: row for row in rows(read, Evidence, access.id, id=linked)} if linked else {}
    return _reads(read, access, _newest_first(_seen(read, access, list(found.values()))))


def evidence_item(read: Read, access: PlanAccess, ref: str) -> EvidenceRead:
    return _reads(read, access, [_row(read, access, ref)])[0]


def evidence_of(read: Read, access: PlanAccess, action_id: UUID) -> list[EvidenceRead]:
    """Of one action, the newest submission first."""
    ids = {link.evidence_id for link in rows(read, EvidenceAction, access.id, action_id=action_id)}
    found = rows(read, Evidence, access.id, id=ids) if ids else []
    return _reads(read, access, _newest_first(_seen(read, access, found)))


def restriction_of_item(read: Read, access: PlanAccess, ref: str) -> RestrictionRead | None:
    """Who may see the item, for those who do; None where everybody may."""
    return restriction_of(read, access, _row(read, access, ref).id)


def version_to_open(read: Read, access: PlanAccess, ref: str, number: int | None = None) -> EvidenceVersion:
    """The file of this number, or the one that counts. 403 for who may not see it, 404 where there is none."""
    row = _row(read, access, ref)
    ground = _ground(read, access, [row])
    if ground.sight.is_concealed(row, _actions(row, ground)):
        raise Forbidden(_("This evidence is confidential. Its summary is all that may be read."), "confidential")
    asked = row.version if number is None else number
    version = next((v for v in ground.versions.get(row.id, ()) if v.number == asked), None)
    if version is None:
        raise NotFound(_("There is no such file."))
    if version.removed_on is not None:
        raise NotFound(_("This file was taken away by who added it."), "file_removed")
    if not may_open(access, version):
        raise Forbidden(_("This file may hold NHS numbers. Only who added it can open it."), "held")
    return version


def may_open(access: PlanAccess, version: EvidenceVersion) -> bool:
    me = access.actor.person_id
    return version.removed_on is None and (not version.held or (me is not None and me == version.added_by_id))


def may_submit(read: Read, access: PlanAccess) -> bool:
    """Whether there is an action that the reader may add evidence to."""
    if access.may("evidence.submit"):
        return True
    return any(access.may("evidence.submit", a, a.contributor_ids) for a in plan_view(read, access).actions)


def _row(read: Read, access: PlanAccess, ref: str) -> Evidence:
    found = rows(read, Evidence, access.id, ref=ref) if len(ref) < 17 and "\0" not in ref else []
    if not _seen(read, access, found):
        raise NotFound(_("There is no evidence “{ref}” in this plan.", ref=ref))
    return found[0]


def _newest_first(found: Iterable[Evidence]) -> list[Evidence]:
    return sorted(found, key=lambda e: (e.submitted_at, len(e.ref), e.ref), reverse=True)


def _seen(read: Read, access: PlanAccess, found: Sequence[Evidence]) -> list[Evidence]:
    """Without what is restricted to others, and without what shows something about a restricted action."""
    if not access.hidden or not found:
        return list(found)
    with read.unhidden():
        of_hidden = {link.evidence_id for link in rows(read, EvidenceAction, access.id, action_id=set(access.hidden))}
    return [row for row in found if row.id not in access.hidden | of_hidden]


def _reads(read: Read, access: PlanAccess, asked: Sequence[Evidence]) -> list[EvidenceRead]:
    if not asked:
        return []
    ground = _ground(read, access, asked)
    return [_read(row, ground) for row in asked]


def _ground(read: Read, access: PlanAccess, asked: Sequence[Evidence]) -> Ground:
    narrow = {"evidence_id": {row.id for row in asked}} if len(asked) < 50 else {}
    view: PlanView = plan_view(read, access)
    recommended = rows(read, EvidenceRecommendation, access.id, **narrow)
    labels = recommendation_labels(read, {link.recommendation_id for link in recommended})
    return Ground(
        access=access,
        today=access.as_at or clock.today(),
        sight=Sight(access),
        actions={a.id: a for a in view.actions},
        links=_by_item(rows(read, EvidenceAction, access.id, **narrow)),
        recommended=_by_item(recommended),
        versions=_by_item(sorted(rows(read, EvidenceVersion, access.id, **narrow), key=lambda v: v.number)),
        labels=labels,
    )


def _by_item(found: Iterable[Any]) -> dict[UUID, list[Any]]:
    out: dict[UUID, list[Any]] = {}
    for row in found:
        out.setdefault(row.evidence_id, []).append(row)
    return out


def _actions(row: Evidence, ground: Ground) -> list[ActionView]:
    return [ground.actions[link.action_id] for link in ground.links.get(row.id, ()) if link.action_id in ground.actions]


def _read(row: Evidence, ground: Ground) -> EvidenceRead:
    actions = _actions(row, ground)
    concealed = ground.sight.is_concealed(row, actions)
    versions = [] if concealed else [_version(v, ground.access) for v in ground.versions.get(row.id, ())]
    file = next((v for v in versions if v.number == row.version and v.removed_on is None), None)
    covered = {link.action_id: link.covered for link in ground.links.get(row.id, ())}
    ends = has_expired(row.expires_on, ground.today)
    answers = [
        RecommendationShown(key=label.name, chip=label.chip, title=label.title)
        for link in ground.recommended.get(row.id, ())
        if (label := ground.labels.get(link.recommendation_id))
    ]
    is_in = row.state in (EvidenceState.submitted, EvidenceState.accepted)
    return EvidenceRead(
        **_words(row, concealed),
        **_told(row, concealed),
        **ground.sight.may(row, actions, all_covered=all(covered.values())),
        concealed=concealed,
        speaks_for=row.period_to or row.dated_on,
        expired=ends,
        expires_soon=expires_soon(row.expires_on, ground.today),
        counts=is_in and not ends and not row.held,
        unused=not any(a.facts.stage.is_in_force for a in actions) and not ground.recommended.get(row.id),
        file=file,
        versions=versions[::-1],
        actions=[
            ActionShown(ref=a.ref, title=a.title, covered=covered[a.id])
            for a in sorted(actions, key=lambda a: (a.priority.position, a.position, a.ref))
        ],
        recommendations=[r.key for r in answers],
        answers=answers,
        url=f"/plans/{ground.access.slug}/evidence/{row.ref}",
    )


_PLAIN = ("ref", "kind", "form", "sort", "state", "confidential", "expires_on", "held", "version", "submitted_on",
          "submitted_at", "accepted_on", "returned_on", "reviewed_on", "withdrawn_on", "revision", "strength",
          "period_from", "period_to", "dated_on", "sample_size")  # fmt: skip


def _told(row: Evidence, concealed: bool) -> dict[str, Any]:
    hidden = {"period_from", "period_to", "dated_on", "sample_size", "strength"} if concealed else set()
    return {name: None if name in hidden else getattr(row, name) for name in _PLAIN}


def _words(row: Evidence, concealed: bool) -> dict[str, Any]:
    """Texts and names; of a concealed item the summary alone."""
    texts = {"method": row.method, "result": row.result, "kept_at": row.kept_at, "link": row.url,
             "review_why": row.review_why, "withdrawn_why": row.withdrawn_why,
             "reviewed_by": row.reviewed_by_name, "withdrawn_by": row.withdrawn_by_name}  # fmt: skip
    strength = wording.STRENGTH_WORDS[row.strength] if row.strength else ""
    return {name: None if concealed else text or None for name, text in texts.items()} | {
        "shows": row.public_summary if concealed else row.shows,
        "public_summary": row.public_summary or None,
        "submitted_by": "" if concealed else row.submitted_by_name,
        "kind_words": _(wording.KIND_WORDS[row.kind]),
        "sort_words": _(wording.SORT_WORDS[row.sort]) if row.form is not EvidenceForm.seen else _("Seen on a visit"),
        "state_words": _("Held") if row.held and row.state is not EvidenceState.withdrawn else _state(row),
        "strength_words": _(strength) if strength and not concealed else None,
    }


def _state(row: Evidence) -> str:
    return _(wording.STATE_WORDS[row.state])


def _version(row: EvidenceVersion, access: PlanAccess) -> VersionRead:
    return VersionRead(
        number=row.number,
        file_name=row.file_name,
        media_type=row.media_type,
        size=row.size,
        size_words=wording.size_words(row.size),
        sha256=row.sha256,
        added_on=row.added_on,
        added_by=row.added_by_name,
        searched=row.searched,
        found=wording.places(row.found) or None,
        held=row.held,
        stated_by=row.stated_by_name or None,
        stated_why=row.stated_why or None,
        removed_on=row.removed_on,
        may_open=may_open(access, row),
    )
