"""An action as the contract shapes it."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from app.actions import own
from app.actions.queries.kept import Alongside
from app.actions.reasons import reason_text
from app.actions.rules import Colour, Facts, Label, Progress, Stage
from app.actions.schemas import ActionRead
from app.actions.view import ActionView, PersonView, PlanView, UpdateView
from app.core import jsonly, words

_rows: Alongside[bytes] = Alongside(32)
# Facts that the answer names as they are.
FACTS = (
    "start_date", "original_due_date", "due_date", "completion_date", "evidence_by_date", "retest_date",
    "retest_handed_over", "stage", "progress", "external_lead", "external_contact", "last_chased_on", "regulatory",
    "regulator_date", "slips", "slip_days",
)  # fmt: skip
# A member of an enumeration is slow to ask, and slower to write.
_VALUES: Mapping[str, str] = {member: member.value for kind in (Stage, Progress, Colour, Label) for member in kind}


def action_read(view: ActionView, plan: PlanView, base: str = "") -> ActionRead:
    """base: what stands before the path in `url` ("https://tracker.trust.nhs.uk")."""
    [made] = action_reads([view], plan, base)
    return made


def action_reads(actions: Sequence[ActionView], plan: PlanView, base: str = "") -> list[ActionRead]:
    columns = _columns(actions, plan, base) if actions else {}
    rows = zip(*columns.values(), strict=True)
    return [ActionRead.model_validate(dict(zip(columns, row, strict=True))) for row in rows]


def as_json(view: PlanView, base: str = "") -> dict[str, bytes]:
    """Each action of the plan as JSON, by reference, in the words of the reader's language; kept beside the view."""
    variant = (base, words.language())
    return _rows.get(view, variant, view.actions, lambda some: jsonly.records(_columns(some, view, base)))


def _columns(actions: Sequence[ActionView], plan: PlanView, base: str) -> dict[str, Sequence[Any]]:
    """Each field of all these actions: hundreds are told at once."""
    of: dict[str, Sequence[Any]] = dict(zip(ActionView._fields, zip(*actions, strict=True), strict=True))
    facts: dict[str, Sequence[Any]] = dict(zip(Facts._fields, zip(*of["facts"], strict=True), strict=True))
    facts["retest_handed_over"] = [each.retest_handed_over for each in of["facts"]]
    executives, owners = _people(of["lead_executive"]), _people(of["accountable_person"])
    at = f"{base}/plans/{plan.slug}/actions/"
    return {
        "id": of["id"],
        "ref": of["ref"],
        "title": of["title"],
        "intended_outcome": [text or None for text in of["intended_outcome"]],
        "success_measure": [text or None for text in of["success_measure"]],
        "priority": [priority.ref for priority in of["priority"]],
        "priority_title": [priority.title for priority in of["priority"]],
        "lead_executive": [email for email, _name in executives],
        "lead_executive_name": [name for _email, name in executives],
        "accountable_person": [email for email, _name in owners],
        "accountable_person_name": [name for _email, name in owners],
        "organisation": of["organisation"],
        **{name: facts[name] for name in FACTS},
        "stage": [_VALUES[stage] for stage in facts["stage"]],
        "progress": [_VALUES[progress] for progress in facts["progress"]],
        "rating": [_VALUES[rating.colour] for rating in of["rating"]],
        "label": [_VALUES[rating.label] for rating in of["rating"]],
        "rating_reasons": [
            [{"code": reason.code.value, "text": reason_text(reason)} for reason in rating.reasons]
            for rating in of["rating"]
        ],
        "milestones": [
            [{"title": m.title, "due_date": m.due_date, "done_on": m.done_on} for m in some]
            for some in of["milestones"]
        ],
        "depends_on": of["depends_on"],
        "recommendations": [[link.key for link in links if link.meets] for links in of["links"]],
        "contributes_to": [[link.key for link in links if not link.meets] for links in of["links"]],
        "contributors": [[person.email for person in some] for some in of["contributors"]],
        "latest_update": list(map(_latest, of["latest_update"])),
        "own_fields": list(map(own.read, of["own"])),
        "concealed": of["is_hidden"],
        "revision": of["revision"],
        "updated_at": of["updated_at"],
        "url": [at + ref for ref in of["ref"]],
    }


def _people(found: Iterable[PersonView | None]) -> list[tuple[str | None, str | None]]:
    """The address and the name of each."""
    return [(person.email, person.name) if person else (None, None) for person in found]


def _latest(said: UpdateView | None) -> dict[str, Any] | None:
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
