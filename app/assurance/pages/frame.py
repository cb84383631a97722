"""What the pages of proposals and decisions share: a form's fields as the API takes them, and the way round."""

from collections.abc import Sequence
from typing import Any
from urllib.parse import parse_qsl, quote, urlencode, urlsplit
from uuid import UUID

from app.core.words import _
from app.people.rules import safe_next
from app.plans.queries import PlanAccess
from app.plans.schemas import BodyRead


def nested(values: dict[str, Any], *groups: str) -> dict[str, Any]:
    """A form's "meeting.name" as {"meeting": {"name": ...}}, as the API takes it; a group left empty is left out."""
    out = {k: v for k, v in values.items() if "." not in k}
    for group in groups:
        inner = {k.partition(".")[2]: v for k, v in values.items() if k.startswith(f"{group}.")}
        if any(str(v).strip() for v in inner.values() if v != []):
            out[group] = inner
    return out


def ways(access: PlanAccess, current: str) -> list[dict[str, Any]]:
    """The pages of decisions and of what stands round them."""
    pages = (
        ("decisions", _("Decisions")),
        ("questions", _("Questions")),
        ("exceptions", _("Exception reports")),
        ("editions", _("Editions")),
        ("delegations", _("Delegations")),
    )
    return [{"href": f"/plans/{access.slug}/{name}", "text": text, "current": name == current} for name, text in pages]


def seats(bodies: Sequence[BodyRead]) -> list[dict[str, str]]:
    """Everybody who sits in one of these bodies, once, as a tick says it."""
    found = {m.email: m.name for b in bodies for m in b.members}
    return [{"email": email, "name": name} for email, name in sorted(found.items(), key=lambda each: each[1])]


def action_address(access: PlanAccess, ref: str) -> str:
    return f"/plans/{access.slug}/actions/{quote(ref, safe='')}"


def many(values: dict[str, Any], name: str) -> list[str]:
    """All values ticked under one name."""
    found = values.get(name, [])
    return [found] if isinstance(found, str) else list(found)


def within(plan: str, address: object) -> str:
    """An address that a form sends, where it is one of this plan's pages; else ""."""
    base, found = f"/plans/{plan}", safe_next(str(address))
    path = urlsplit(found).path
    is_ours = path == base or path.startswith(f"{base}/")
    return found if is_ours and ".." not in path else ""


def done_at(values: dict[str, Any], plan: str, proposal_id: UUID) -> str:
    """Where to go when a proposal is answered: to the page it was answered on, which then says what became of it."""
    parts = urlsplit(within(plan, values.get("back", "")) or f"/plans/{plan}/decisions")
    kept = [(name, value) for name, value in parse_qsl(parts.query) if name != "done"]
    return f"{parts.path}?{urlencode([*kept, ('done', str(proposal_id))])}"
