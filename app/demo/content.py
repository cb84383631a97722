"""What the demonstration tells, read from its YAML files. Numbers of days count from the day it is loaded."""

from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from typing import Any

import yaml

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
Days = int | list[int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """How an action stands on the day. A range is narrowed by the action's own dice."""

    stage: str = "not_delivered"
    progress: str = "on_track"
    start: Days | None = None
    due: Days | str | None = None
    last: Days | None = None
    completed: Days | None = None
    evidence_by: int | None = None
    claimed: int | None = None
    submitted: int | None = None
    returned: bool | str = False
    retest: int | None = None
    reopened: int | None = None
    recovery: int | None = None
    concern: int | None = None
    exited: Days | None = None
    regulator_date: int | None = None
    owner_left: int | None = None
    external: str | None = None
    slips: int = 0
    slip_days: int = 0
    before_tool: bool = False
    silent: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """One action as written down."""

    ref: str
    title: str
    owner: str
    theme: str
    case: Case
    priority: str
    meets: tuple[str, ...] = ()
    contributes: tuple[str, ...] = ()
    outcome: str = ""
    measure: str = ""
    said: str = ""
    cause: str = ""
    mitigation: str = ""
    help: str = ""
    organisation: str = ""
    depends: tuple[str, ...] = ()
    contributors: tuple[str, ...] = ()
    replaced_by: str = ""
    milestones: bool = False


@dataclass(frozen=True, slots=True)
class PlanTold:
    slug: str
    organisation: str
    title: str
    vision: str
    participants: tuple[str, ...]
    strategic: tuple[str, ...]
    cast: dict[str, str]
    members: tuple[str, ...]
    priorities: tuple[tuple[str, str, str], ...]
    actions: tuple[Told, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A proposal beside an action's ordinary way; see `proposals.yaml`."""

    ref: str
    move: str
    by: str
    asked: int
    why: str
    due: int | None = None
    extend: int | None = None
    evidence_by: int | None = None
    regulator_date: int | None = None
    replaced_by: str = ""
    agreed: str = ""
    impact: str = ""
    mitigation: str = ""
    brought: bool = False
    recorded: str = ""
    outcome: str = ""
    meeting: int = 0
    answer: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    key: str
    name: str
    post: str
    role: str
    at: str
    email: str
    executive: str = ""
    signs_in: bool = False
    left: int | None = field(default=None)


@cache
def document(name: str) -> Any:
    text = (resources.files("app.demo") / "content" / f"{name}.yaml").read_text(encoding="utf-8")
    return yaml.load(text, _LOADER)  # noqa: S506 - the safe loader, in C where libyaml is there


_DOMAINS = {"ZZA": "saltmarsh", "ZZB": "fellside", "ZZL": "lmns", "ZZC": "community", "ZZV": "voices", "ZZI": "icb"}


@cache
def people() -> dict[str, Person]:
    found = {}
    for key, given in document("people")["people"].items():
        spelt = given["name"].lower().replace(" ", ".")
        email = given.get("email") or f"{spelt}@{_DOMAINS[given['at']]}.example"
        found[key] = Person(key=key, **(given | {"email": email}))
    return found


@cache
def plans() -> tuple[PlanTold, ...]:
    return tuple(_plan(slug, given) for slug, given in document("plans").items())


def asked() -> list[Asked]:
    return [Asked(**given) for given in document("proposals")]


def _plan(slug: str, given: dict[str, Any]) -> PlanTold:
    rows = [row for file in given["files"] for row in document(file)]
    cases = document("cases")
    actions, here = [], ""
    for row in rows:
        if "ref" in row:
            # In the second plan, whose file begins with its priorities, the reference names the priority.
            actions.append(_told(row, cases, row["ref"].partition(".")[0] or here))
        else:
            here = row["priority"]
    return PlanTold(
        slug=slug,
        organisation=given["organisation"],
        title=given["title"],
        vision=given["vision"],
        participants=tuple(given["participants"]),
        strategic=tuple(given["strategic"]),
        cast=given["cast"],
        members=tuple(given["members"]),
        priorities=tuple((r["priority"], r["title"], r.get("aim", "")) for r in rows if "ref" not in r),
        actions=tuple(actions),
    )


def _told(row: dict[str, Any], cases: dict[str, Any], priority: str) -> Told:
    """An action may differ from its case in any number: `due: -21`."""
    of_case = {k: v for k, v in row.items() if k in Case.__dataclass_fields__}
    own: dict[str, Any] = {
        k: tuple(v) if isinstance(v, list) else v for k, v in row.items() if k in Told.__dataclass_fields__
    }
    return Told(**(own | {"case": Case(**(cases[row["case"]] | of_case)), "priority": priority}))
