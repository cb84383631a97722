"""What an inspector takes away: recommendations, actions, decisions and evidence of a publication or a priority."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum

from app.actions.queries import plan_view
from app.actions.reasons import label, stage_word
from app.actions.rules import Label
from app.actions.view import ActionView, PlanView
from app.assurance.queries import decisions
from app.core.db import Read
from app.core.errors import Conflict, Invalid, NotFound
from app.core.words import _, short_day
from app.coverage.packed import Held, Pack, PackRow, Proof
from app.coverage.queries.covering import coverage
from app.coverage.queries.matrix import how
from app.coverage.queries.showing import as_anybody
from app.coverage.wording import told_of
from app.evidence.models import Evidence, EvidenceVersion
from app.evidence.queries import evidence
from app.evidence.rules import EvidenceState
from app.evidence.schemas import EvidenceRead
from app.history.queries import rows
from app.plans.queries import PlanAccess

MOST_BYTES = 2 * 1024 * 1024 * 1024


class PackRelease(StrEnum):
    """outside: nothing confidential and nothing restricted; own: what the reader may see."""

    outside = "outside"
    own = "own"


@dataclass(frozen=True, slots=True)
class _Line:
    publication: str
    chip: str
    title: str
    stands: str
    said: str
    name: str
    actions: tuple[ActionView, ...]


def pack(read: Read, access: PlanAccess, *, framework: str, priority: str, release: PackRelease) -> Pack:
    """Of one publication, or (framework empty) of one priority, on the day of the access."""
    if bool(framework) is bool(priority):
        raise Invalid("framework", _("Choose a publication or a priority."))
    with _seen(read, access, release) as shown:
        view = plan_view(read, shown)
        title, lines = _of_framework(read, shown, view, framework) if framework else _of_priority(view, priority)
        items = _about(evidence(read, shown), lines)
        decided = _decided(read, shown)
        return Pack(
            file_name=f"{access.slug}-{framework or priority}-{view.day.isoformat()}.zip",
            title=title,
            plan=view.title,
            organisation=view.organisation,
            day=view.day,
            revision=view.revision,
            rows=tuple(_rows(lines, items, decided)),
            proofs=tuple(_proofs(read, shown, items, release)),
        )


@contextmanager
def _seen(read: Read, access: PlanAccess, release: PackRelease) -> Iterator[PlanAccess]:
    if release is PackRelease.own:
        yield access
    else:
        with as_anybody(read, access) as plain:
            yield plain


def _of_framework(read: Read, access: PlanAccess, view: PlanView, key: str) -> tuple[str, list[_Line]]:
    found = coverage(read, access, view, key)
    return found.publication.title, [
        _Line(found.publication.title, i.leaf.chip, i.leaf.title, how(i), told_of(i), f"{key}:{i.leaf.ref}", i.counting)
        for i in found.items
    ]


def _of_priority(view: PlanView, ref: str) -> tuple[str, list[_Line]]:
    priority = next((p for p in view.priorities if p.ref == ref), None)
    if priority is None:
        raise NotFound(_("There is no priority “{ref}” in this plan.", ref=ref))
    lines = []
    for action in (a for a in view.actions if a.priority.id == priority.id):
        for link in action.links:
            lines.append(
                _Line(link.framework_title, link.chip, link.title, stage_word(action.stage), "", link.key, (action,))
            )
        if not action.links:
            lines.append(_Line("", "", "", stage_word(action.stage), "", "", (action,)))
    return f"{priority.ref} {priority.title}", lines


def _about(found: Sequence[EvidenceRead], lines: Sequence[_Line]) -> list[EvidenceRead]:
    refs, names = {a.ref for line in lines for a in line.actions}, {line.name for line in lines}
    return [
        e
        for e in sorted(found, key=lambda e: (len(e.ref), e.ref))
        if e.state is not EvidenceState.withdrawn
        and ({a.ref for a in e.actions} & refs or {*e.recommendations} & names)
    ]


def _decided(read: Read, access: PlanAccess) -> dict[str, str]:
    """The latest decision on each action, in words."""
    found: dict[str, str] = {}
    for each in decisions(read, access):
        if each.ref is not None:
            told = _("{text} ({name}, {day})", text=each.text, name=each.decided_by, day=short_day(each.decided_on))
            found.setdefault(each.ref, told)
    return found


def _rows(lines: Sequence[_Line], items: Sequence[EvidenceRead], decided: dict[str, str]) -> Iterator[PackRow]:
    of_names: dict[str, list[str]] = {}
    of_actions: dict[str, list[str]] = {}
    for item in items:
        for linked in item.recommendations:
            of_names.setdefault(linked, []).append(item.ref)
        for shown in item.actions:
            of_actions.setdefault(shown.ref, []).append(item.ref)
    for line in lines:
        alone = of_names.get(line.name, [])
        for action in line.actions or (None,):
            about = of_actions.get(action.ref, []) if action else []
            yield PackRow(
                publication=line.publication,
                chip=line.chip,
                recommendation=line.title,
                stands=" ".join(filter(None, (line.stands, line.said))),
                action=action.ref if action else "",
                action_title=action.title if action else "",
                stage=stage_word(action.stage) if action else "",
                rating=label(Label(action.rating.label)) if action else "",
                decision=decided.get(action.ref, "") if action else "",
                evidence=tuple(dict.fromkeys([*about, *alone])),
            )


def _proofs(read: Read, access: PlanAccess, items: Sequence[EvidenceRead], release: PackRelease) -> Iterator[Proof]:
    ids = {row.id: row.ref for row in rows(read, Evidence, access.id)}
    stored = {(ids[v.evidence_id], v.number): v for v in rows(read, EvidenceVersion, access.id) if v.evidence_id in ids}
    total = 0
    for item in items:
        is_out = item.concealed or (item.confidential and release is PackRelease.outside)
        version = None if is_out else stored.get((item.ref, item.version))
        file = item.file if not is_out else None
        total += version.size if version and file else 0
        if total > MOST_BYTES:
            raise Conflict(_("This pack would hold more than 2 GiB. Take one priority at a time."), "too_large")
        yield Proof(
            ref=item.ref,
            shows=(item.public_summary or "") if is_out else item.shows,
            kind=item.kind_words,
            state=item.state_words,
            accepted_on=item.accepted_on,
            expires_on=item.expires_on,
            where=_where(item, is_out),
            withheld=_withheld(item, is_out),
            file=Held(version.stored_as, version.file_name, version.number, version.sha256)
            if version and file and file.may_open and not version.held and version.removed_on is None
            else None,
        )


def _where(item: EvidenceRead, is_out: bool) -> str:
    return "" if is_out else " ".join(filter(None, (item.link, item.kept_at)))


def _withheld(item: EvidenceRead, is_out: bool) -> str:
    if is_out:
        return _("Confidential: its public-safe summary stands in its place.")
    return _("Held: its text may hold NHS numbers.") if item.held else ""
