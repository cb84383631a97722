"""An action as the contract shapes it."""

from operator import attrgetter
from typing import Any

from pydantic import TypeAdapter

from app.actions import own
from app.actions.queries.kept import Alongside
from app.actions.reasons import reason_text
from app.actions.schemas import ActionRead
from app.actions.view import ActionView, PersonView, PlanView
from app.core import words

ADAPTER = TypeAdapter(dict[str, Any])
_rows: Alongside[bytes] = Alongside(32)
# Facts that the answer names as they are.
FACTS = (
    "start_date", "original_due_date", "due_date", "completion_date", "evidence_by_date", "retest_date",
    "retest_handed_over", "stage", "progress", "external_lead", "external_contact", "last_chased_on", "regulatory",
    "regulator_date", "slips", "slip_days",
)  # fmt: skip
_OF_FACTS = attrgetter(*FACTS)


def action_read(view: ActionView, plan: PlanView, base: str = "") -> ActionRead:
    """base: what stands before the path in `url` ("https://tracker.trust.nhs.uk")."""
    return ActionRead.model_validate(_fields(view, plan, base))


def as_json(view: PlanView, base: str = "") -> dict[str, bytes]:
    """Each action of the plan as JSON, by reference, in the words of the reader's language; kept beside the view."""
    return _rows.get(view, (base, words.language()), view.actions, lambda a: ADAPTER.dump_json(_fields(a, view, base)))


def _email(person: PersonView | None) -> str | None:
    return person.email if person else None


def _name(person: PersonView | None) -> str | None:
    return person.name if person else None


def _fields(view: ActionView, plan: PlanView, base: str) -> dict[str, Any]:
    return {
        "id": view.id,
        "ref": view.ref,
        "title": view.title,
        "intended_outcome": view.intended_outcome or None,
        "success_measure": view.success_measure or None,
        "priority": view.priority.ref,
        "priority_title": view.priority.title,
        "lead_executive": _email(view.lead_executive),
        "lead_executive_name": _name(view.lead_executive),
        "accountable_person": _email(view.accountable_person),
        "accountable_person_name": _name(view.accountable_person),
        "organisation": view.organisation,
        **dict(zip(FACTS, _OF_FACTS(view.facts), strict=True)),
        "rating": view.rating.colour.value,
        "label": view.rating.label.value,
        "rating_reasons": [{"code": r.code.value, "text": reason_text(r)} for r in view.rating.reasons],
        "milestones": [{"title": m.title, "due_date": m.due_date, "done_on": m.done_on} for m in view.milestones],
        "depends_on": list(view.depends_on),
        "recommendations": [link.key for link in view.links if link.meets],
        "contributes_to": [link.key for link in view.links if not link.meets],
        "contributors": [c.email for c in view.contributors],
        "latest_update": _latest(view),
        "own_fields": own.read(view.own),
        "concealed": view.is_hidden,
        "revision": view.revision,
        "updated_at": view.updated_at,
        "url": f"{base}/plans/{plan.slug}/actions/{view.ref}",
    }


def _latest(view: ActionView) -> dict[str, Any] | None:
    said = view.latest_update
    if said is None:
        return None
    return {
        "at": said.made_at,
        "by": said.by_name,
        "for": said.for_name or None,
        "commentary": said.commentary,
        "forecast": said.forecast,
        "help_needed": said.help_needed or None,
    }
