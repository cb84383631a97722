"""What other rating settings would do to a plan: counts by rating before and after."""

from dataclasses import replace
from typing import Any

from app.actions.queries import plan_view
from app.actions.rules import Colour, rate_all
from app.actions.view import PlanView
from app.assurance.schemas import CountsRead, NewSettingsProposal
from app.core.db import Read
from app.plans.queries import PlanAccess, plan_row
from app.plans.rules import Cadence, RatingSettings


def settings_with(settings: RatingSettings, diff: dict[str, Any]) -> RatingSettings:
    """The thresholds with some of them changed; a cadence may come as its word."""
    known = {k: v for k, v in diff.items() if k in RatingSettings.__dataclass_fields__}
    if "cadence" in known:
        known["cadence"] = Cadence(known["cadence"])
    return replace(settings, **known)


def preview(view: PlanView, diff: dict[str, Any]) -> CountsRead:
    """Before and after, counted by the one function that rates; `changed`: actions whose colour differs."""
    after = rate_all([a.facts for a in view.actions], settings_with(view.settings, diff), view.day)
    was = {a.ref: a.rating.colour for a in view.actions}
    will = {ref: rating.colour for ref, rating in after.items()}
    return CountsRead(
        before=counted(list(was.values())),
        after=counted(list(will.values())),
        changed=sum(1 for ref, colour in was.items() if will[ref] is not colour),
    )


def previewed(read: Read, access: PlanAccess, given: NewSettingsProposal) -> CountsRead:
    return preview(plan_view(read, access), given_change(read, access, given).get("settings", {}))


def given_change(read: Read, access: PlanAccess, given: NewSettingsProposal) -> dict[str, Any]:
    """{"settings": {...}, "legend": {...}}, each only where it would change something."""
    found: dict[str, Any] = {}
    sent = given.settings.model_dump(exclude_unset=True) if given.settings else {}
    if diff := difference(access.settings, sent):
        found["settings"] = diff
    words = given.legend.model_dump(exclude_unset=True) if given.legend else {}
    legend = plan_row(read, access).legend
    if changed := {colour: word or "" for colour, word in words.items() if (word or "") != legend.get(colour, "")}:
        found["legend"] = changed
    return found


def difference(settings: RatingSettings, given: dict[str, Any]) -> dict[str, Any]:
    """Only what would really change, spelled for a JSON column."""
    found = {k: v for k, v in given.items() if v is not None and v != getattr(settings, k)}
    return {k: v.value if isinstance(v, Cadence) else v for k, v in found.items()}


def counted(colours: list[Colour]) -> dict[str, int]:
    return {colour.value: colours.count(colour) for colour in Colour}
