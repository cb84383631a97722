"""What the form of a restriction offers: people, with those who may see it first and ticked. Pure."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from app.actions.view import PlanView
from app.plans.schemas import RestrictionRead


@dataclass(frozen=True, slots=True)
class Offered:
    people: list[dict[str, str]]
    named: list[str]


def offered(
    view: PlanView, held: RestrictionRead | None, typed: Mapping[str, Any], otherwise: Collection[str]
) -> Offered:
    """As typed, as it stands, or `otherwise`: addresses of whoever has to do with it and of who asks."""
    if typed:
        sent = typed.get("named", [])
        named = {sent} if isinstance(sent, str) else set(sent)
    else:
        named = {each.email for each in held.named} if held else set(otherwise)
    people = sorted(view.people.values(), key=lambda p: (p.email not in named, p.shown.casefold()))
    return Offered(
        people=[{"value": p.email, "text": p.shown} for p in people if p.active or p.email in named],
        named=sorted(named),
    )
