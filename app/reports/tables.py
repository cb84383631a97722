"""Flat tables for Power BI and Excel: fixed columns (new ones only at the end), a header even when empty.

Text is never altered: what a spreadsheet might take for a formula is left as it was written.
"""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from app.actions.reasons import colour_word, label, progress_word, reason_text, stage_word
from app.actions.rules import Flag
from app.actions.view import ActionView, PersonView, PlanView
from app.core.instants import instant_text
from app.reports.standing import Standing

# Every row begins with them.
FIRST = ("plan", "as_at", "revision")
ACTIONS = (
    "ref", "title", "intended_outcome", "success_measure", "priority", "priority_title", "lead_executive",
    "lead_executive_name", "accountable_person", "accountable_person_name", "organisation", "organisation_name",
    "start_date", "original_due_date", "due_date", "completion_date", "evidence_by_date", "retest_date", "stage",
    "stage_label", "progress", "progress_label", "rating", "rating_label", "label", "label_text", "reason_codes",
    "reasons", "external_lead", "external_contact", "last_chased_on", "regulatory", "regulator_date", "slips",
    "slip_days", "in_force", "open", "overdue", "stale", "unowned", "evidence_overdue", "awaiting_decision",
    "depends_on", "recommendations", "contributes_to", "contributors", "latest_update_at", "latest_update_by",
    "latest_update_for", "latest_commentary", "forecast", "help_needed", "action_revision", "updated_at", "url",
    "retest_handed_over", "concealed",
)  # fmt: skip
RECOMMENDATIONS = (
    "ref", "title", "framework", "framework_title", "recommendation", "recommendation_ref", "recommendation_title",
    "meets", "in_force", "stage", "stage_label", "rating", "rating_label", "label", "label_text",
)  # fmt: skip
UPDATES = (
    "ref", "said_on", "made_at", "by", "for", "told_how", "progress", "progress_label", "commentary", "cause",
    "mitigation", "help_needed", "forecast", "no_change",
)  # fmt: skip
DECISIONS = (
    "decision", "proposal", "ref", "move", "move_label", "outcome", "body", "meeting", "meeting_date", "decided_on",
    "decided_at", "decided_by", "capacity", "recorded_by", "passed_on", "chairs_action", "ratified_at",
    "ratified_on", "before", "after", "why", "delegated_by", "due_date_before", "due_date_after",
)  # fmt: skip
EVIDENCE = (
    "evidence", "kind", "kind_label", "form", "sort", "sort_label", "state", "state_label", "shows", "actions",
    "recommendations", "period_from", "period_to", "dated_on", "speaks_for", "method", "sample_size", "result",
    "kept_at", "link", "strength", "expires_on", "expired", "held", "counts", "unused", "confidential", "concealed",
    "version", "file_name", "size", "sha256", "submitted_on", "submitted_at", "submitted_by", "accepted_on",
    "returned_on", "reviewed_on", "reviewed_by", "review_why", "withdrawn_on", "url",
)  # fmt: skip
PRIORITIES = (
    "priority", "priority_title", "position", "headline", "headline_label", "total", "in_force", "exited", "open",
    "assured", "red", "amber", "green", "blue", "grey", "delivered_proof_due", "not_delivered", "delivered",
    "stage_assured", "embedded", "overdue", "stale", "unowned", "evidence_overdue", "awaiting_decision", "external",
    "slipped", "regulatory",
)  # fmt: skip
DAILY = (
    "date", "priority", "stage", "rating", "count", "priority_title", "stage_label", "rating_label", "state",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Table:
    """name: of the file, without its end; rows hold the values behind FIRST, in the order of `columns`."""

    name: str
    columns: tuple[str, ...]
    rows: Sequence[Sequence[Any]]

    def text(self, first: Sequence[Any]) -> str:
        """As RFC 4180 has it; first: the values of FIRST, the same in every row."""
        out = io.StringIO()
        writer = csv.writer(out)
        writer.writerow((*FIRST, *self.columns))
        start = [cell(v) for v in first]
        writer.writerows([*start, *map(cell, row)] for row in self.rows)
        return out.getvalue()


def cell(value: Any) -> Any:
    """Days and instants as ISO 8601, yes and no as true and false, nothing as nothing."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, datetime):
        return instant_text(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, list | tuple):
        return " ".join(str(v) for v in value)
    return value


def actions(plan: PlanView, base: str) -> Table:
    return Table("actions", ACTIONS, [tuple(_action(a, plan, base)) for a in plan.actions])


def _action(a: ActionView, plan: PlanView, base: str) -> Iterator[Any]:
    f, said = a.facts, a.latest_update
    yield from (a.ref, a.title, a.intended_outcome, a.success_measure, a.priority.ref, a.priority.title)
    yield from (_email(a.lead_executive), _name(a.lead_executive))
    yield from (_email(a.accountable_person), _name(a.accountable_person), a.organisation, a.organisation_name)
    yield from (f.start_date, f.original_due_date, f.due_date, f.completion_date, f.evidence_by_date, f.retest_date)
    yield from (*_stage(a), f.progress.value, progress_word(f.progress), *_rating(a))
    yield from ([r.code.value for r in a.rating.reasons], "; ".join(reason_text(r) for r in a.rating.reasons))
    yield from (f.external_lead, f.external_contact, f.last_chased_on, f.regulatory, f.regulator_date)
    yield from (f.slips, f.slip_days, a.stage.is_in_force, a.stage.is_open)
    for flag in (Flag.overdue, Flag.stale, Flag.unowned, Flag.evidence_overdue, Flag.awaiting_decision):
        yield flag in a.flags
    yield from (a.depends_on, [link.key for link in a.links if link.meets])
    yield from ([link.key for link in a.links if not link.meets], [c.email for c in a.contributors])
    yield from (said.made_at, said.by_name, said.for_name, said.commentary) if said else (None,) * 4
    yield from (said.forecast, said.help_needed) if said else (None, None)
    yield from (a.revision, a.updated_at, f"{base}/plans/{plan.slug}/actions/{a.ref}", f.retest_handed_over)
    yield a.is_hidden


def recommendations(plan: PlanView) -> Table:
    """A row for each link from an action to a recommendation."""
    rows = [
        (
            a.ref, a.title, link.framework, link.framework_title, link.key, link.ref, link.title, link.meets,
            a.stage.is_in_force, *_stage(a), *_rating(a),
        )
        for a in plan.actions
        for link in a.links
    ]  # fmt: skip
    return Table("action-recommendations", RECOMMENDATIONS, rows)


def daily(standings: Iterable[Standing]) -> Table:
    rows = [
        (
            s.day, x.priority, x.stage.value, x.colour.value, x.count, x.priority_title, stage_word(x.stage),
            colour_word(x.colour), s.state.value,
        )
        for s in standings
        for x in s.lines
    ]  # fmt: skip
    return Table("daily-status", DAILY, rows)


def _stage(a: ActionView) -> tuple[str, str]:
    return a.stage.value, stage_word(a.stage)


def _rating(a: ActionView) -> tuple[str, str, str, str]:
    rating = a.rating
    return rating.colour.value, colour_word(rating.colour), rating.label.value, label(rating.label)


def _email(person: PersonView | None) -> str:
    return person.email if person else ""


def _name(person: PersonView | None) -> str:
    return person.name if person else ""
