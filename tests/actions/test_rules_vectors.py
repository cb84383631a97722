"""The worked cases of the rating rules."""

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
import yaml

from app.actions.reasons import label
from app.actions.rules import Facts, Progress, Stage, rate_all
from app.plans.rules import Cadence, RatingSettings

WORKED = yaml.safe_load((Path(__file__).parent.parent / "fixtures" / "rating-vectors.yaml").read_text())
NAMES = {
    "start": "start_date", "due": "due_date", "evidence_by": "evidence_by_date", "retest_on": "retest_date",
    "completion": "completion_date", "last_update": "last_update_on",
}  # fmt: skip


def worked_facts(given: dict[str, Any], today: date) -> list[Facts]:
    """The action of a case with the file's defaults, and the actions it depends on."""
    given = dict(given)
    depends = given.pop("depends_on", [])
    facts = Facts(
        key="case",
        stage=Stage(given.pop("stage", "not_delivered")),
        progress=Progress(given.pop("progress", "on_track")),
        created_on=date(2025, 1, 1),
        adopted_on=date(2025, 1, 1),
        start_date=date(2026, 4, 1),
        due_date=date(2026, 9, 30),
        last_update_on=today - timedelta(days=given.pop("idle", 1)),
        has_owner=not given.pop("owner_missing", False),
        depends_on=tuple(f"d{n}" for n, _ in enumerate(depends)),
    )
    if facts.stage.is_assured or facts.stage == Stage.delivered:
        facts = facts._replace(completion_date=date(2026, 4, 30), progress=Progress.complete)
    facts = facts._replace(**{NAMES.get(name, name): value for name, value in given.items()})
    others = [
        facts._replace(
            key=f"d{n}",
            depends_on=(),
            stage=Stage(each["stage"]),
            due_date=each["due"],
            progress=Progress.off_track if each["colour"] == "red" else Progress.on_track,
        )
        for n, each in enumerate(depends)
    ]
    return [facts, *others]


def worked_settings(given: dict[str, Any]) -> RatingSettings:
    given = dict(given)
    if "cadence" in given:
        given["cadence"] = Cadence(given["cadence"])
    return RatingSettings(**given)


@pytest.mark.parametrize("case", WORKED["cases"], ids=lambda case: f"case {case['id']}")
def test_it_agrees_with_the_worked_case(case: dict[str, Any]) -> None:
    today = case.get("today", WORKED["today"])
    facts = worked_facts(case["facts"], today)
    rating = rate_all(facts, worked_settings(case.get("settings", {})), today)["case"]
    assert (rating.colour, label(rating.label), set(rating.codes)) == (
        case["colour"], case["label"], set(case["codes"])
    )  # fmt: skip


def test_it_runs_all_the_worked_cases() -> None:
    assert [case["id"] for case in WORKED["cases"]] == list(range(1, 47))
