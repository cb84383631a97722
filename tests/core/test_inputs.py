"""What is refused of an input model is said in our words, names the field and says what to do."""

import importlib
import pkgutil
from collections.abc import Iterator
from typing import Any

import pytest
from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

import app
from app.core import inputs
from app.core.sentences import field_errors
from app.core.words import PSEUDO, use_language

NUMBER = "401 023 2137"
# What may hold ten digits: secrets and digests, the tracker's own parameters (refused where they are saved), and rows,
# each of whose cells is read by an input model of its own.
MAY_HOLD_A_NUMBER = {"password", "current", "next", "digest", "query", "columns", "text"}
WRONG: tuple[Any, ...] = (
    None, "", " ", "x", "x" * 5000, "\ud800", "a\0b", 0, -1, 10**30, 1.5, float("inf"), True, [], {}, [[]], ["\0"],
    "2026-02-30", "31/10/1066", b"\xff",
)  # fmt: skip


def models() -> list[type[BaseModel]]:
    """Every input model of every room: those that refuse unknown fields."""
    found: dict[str, type[BaseModel]] = {}
    for module in pkgutil.walk_packages(app.__path__, "app."):
        if "schemas" in module.name:
            for each in vars(importlib.import_module(module.name)).values():
                if isinstance(each, type) and issubclass(each, BaseModel) and each.model_config.get("extra"):
                    found[f"{each.__module__}.{each.__name__}"] = each
    return list(found.values())


def errors_of(model: type[BaseModel], given: Any) -> list[ErrorDetails]:
    try:
        model.model_validate(given)
    except ValidationError as error:
        return error.errors()
    return []


def refused_everywhere() -> Iterator[tuple[str, ErrorDetails]]:
    for model in models():
        wholes: tuple[Any, ...] = ([], "x", None, 1, {}, {"no_such_field": 1})
        for whole in wholes:
            yield from ((model.__name__, e) for e in errors_of(model, whole))
        for name in model.model_fields:
            for wrong in WRONG:
                found = errors_of(model, {name: wrong})
                yield from ((f"{model.__name__}.{name}", e) for e in found if e["loc"][:1] == (name,))


def test_it_walks_the_models_of_all_rooms() -> None:
    assert {"NewAction", "NewProposal", "NewPlan", "NewAccount", "NewOrganisation", "SaveView"} <= {
        m.__name__ for m in models()
    }


def test_no_sentence_of_the_library_reaches_a_reader() -> None:
    use_language(PSEUDO)
    try:
        for where, error in refused_everywhere():
            [told] = field_errors([error])
            # Everything of ours is marked in this language; only a value given back stands between the marks.
            assert told.message.startswith("⟦"), f"{where}: {error['type']}: {told.message}"
            assert told.message.endswith("⟧"), f"{where}: {error['type']}: {told.message}"
    finally:
        use_language("en")


def test_each_ends_with_a_full_stop_and_shows_no_code_of_ours() -> None:
    for where, error in refused_everywhere():
        [told] = field_errors([error])
        assert told.message.endswith("."), f"{where}: {told.message}"
        assert "_" not in told.message.replace("no_such_field", "").replace(str(error["input"]), "") or (
            # What people type themselves: the keys of publications.
            "Choose one of" in told.message or ", like " in told.message
        ), f"{where}: {told.message}"


def test_every_field_that_must_be_given_has_its_own_request() -> None:
    bare = {
        f"{model.__name__}.{name}"
        for model in models()
        for name, field in model.model_fields.items()
        if field.is_required() and name not in inputs.ASKS
    }
    assert bare == set()


def test_two_empty_fields_ask_for_different_things() -> None:
    from app.actions.schemas import NewAction

    told = {f.field: f.message for f in field_errors(errors_of(NewAction, {"title": " ", "priority": None}))}
    assert told == {"title": "Enter a title.", "priority": "Choose a priority."}


def test_it_asks_for_what_a_nested_field_is() -> None:
    from app.assurance.schemas import NewDecision

    given = {"outcome": "", "meeting": {"name": "", "date": ""}}
    told = {f.field: f.message for f in field_errors(errors_of(NewDecision, given))}
    assert told == {
        "outcome": "Choose an answer: accept or return.",
        "meeting.name": "Enter the name of the meeting.",
        "meeting.date": "Enter the date of the meeting.",
    }


@pytest.mark.parametrize(
    ("field", "sentence", "told"),
    [
        ("due_date", "Enter a date like 31/10/2026.", "Due date: Enter a date like 31/10/2026."),
        ("milestones.0.due_date", "This day has passed.", "Due date: This day has passed."),
        ("title", "Enter a title.", "Enter a title."),
        ("", "Somebody else has changed this.", "Somebody else has changed this."),
        ("unheard_of", "No.", "No."),
    ],
)
def test_a_sentence_apart_from_its_field_names_it_once(field: str, sentence: str, told: str) -> None:
    assert inputs.told(field, sentence) == told


def test_every_field_that_takes_words_refuses_an_nhs_number() -> None:
    taken = []
    for model in models():
        for name in model.model_fields.keys() - MAY_HOLD_A_NUMBER:
            for value in (f"Seen {NUMBER}", [f"Seen {NUMBER}"]):
                if not any(e["loc"][0] == name for e in errors_of(model, {name: value})):
                    taken.append(f"{model.__name__}.{name}")
    assert taken == []
