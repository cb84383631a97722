"""Empty states: the ways to begin a plan's actions, and what a new plan still needs. Pure."""

from collections.abc import Callable
from dataclasses import dataclass

from app.actions.view import PlanView
from app.core.words import _

May = Callable[[str], bool]


@dataclass(frozen=True, slots=True)
class Way:
    href: str
    text: str
    hint: str


@dataclass(frozen=True, slots=True)
class Step:
    """note: how far it is; href: where it is done, empty for those who may not."""

    text: str
    note: str
    done: bool
    href: str


@dataclass(frozen=True, slots=True)
class SetUp:
    done: str
    steps: list[Step]


def begin_ways(base: str, may: May) -> list[Way]:
    if not may("action.create"):
        return []
    return [
        Way(
            f"{base}/paste",
            _("Bring your spreadsheet"),
            _("paste its rows, and see what is wrong before they are kept"),
        ),
        Way("/frameworks", _("Start from a publication"), _("its recommendations become actions that answer them")),
        Way(f"{base}/new", _("Add one action"), _("and the others later")),
    ]


def setup_list(plan: PlanView, may: May, *, has_chair: bool) -> SetUp:
    """What a draft needs before the chair adopts it, each with how far it is."""
    base, total = f"/plans/{plan.slug}", len(plan.actions)
    owned = sum(a.facts.has_owner or a.facts.external_lead for a in plan.actions)
    dated = sum(a.facts.due_date is not None for a in plan.actions)
    led = sum(a.lead_executive is not None for a in plan.actions)
    settings = f"{base}/settings" if may("plan.structure") else ""
    many = f"{base}/actions/many" if may("action.edit") else ""
    steps = [
        Step(_("Name the priorities"), str(len(plan.priorities)), bool(plan.priorities), settings),
        Step(_("Add the actions"), str(total), total > 0, f"{base}/actions/new" if may("action.create") else ""),
        _share(_("Give each action an owner"), owned, total, many and f"{many}?owner=none"),
        _share(_("Give each action a due date"), dated, total, many),
        _share(_("Give each action a lead executive"), led, total, many and f"{many}?executive=none"),
        *([] if has_chair else [_chairless(may)]),
        Step(_("Let the chair adopt the plan"), _("then the clocks start"), False, f"{base}/settings"),
    ]
    done = sum(step.done for step in steps)
    return SetUp(_("{n} of {total} done", n=done, total=len(steps)), steps)


def _chairless(may: May) -> Step:
    """Without a chair nobody could adopt the plan; accounts are the administrator's."""
    if may("admin.change"):
        return Step(_("Add a chair"), _("an account with the role chair"), False, "/admin/accounts/new")
    return Step(_("Add a chair"), _("ask the administrator for an account with the role chair"), False, "")


def _share(text: str, part: int, whole: int, href: str) -> Step:
    return Step(text, _("{part} of {whole}", part=part, whole=whole), 0 < whole == part, href)
