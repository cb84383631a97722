"""Schemathesis against the application in this process: every check of its own, bounded by examples and time."""

from collections.abc import Iterator
from copy import deepcopy
from typing import Any

import schemathesis
from schemathesis.config import SchemathesisConfig
from schemathesis.core.failures import Failure
from schemathesis.core.parameters import ParameterLocation
from schemathesis.engine import events, from_schema
from starlette.testclient import TestClient

from app.web.security import SESSION_COOKIE
from tests.support.doors import Doors

# What the domain refuses although the shape allows it: a day in the future, a reference that is taken, a stale
# revision. JSON Schema cannot say these; status_code_conformance still holds each of them to the document.
DOMAIN = ["2xx", "304", "401", "403", "404", "409", "412", "422", "428"]
REFUSED = ["400", "401", "403", "404", "405", "406", "409", "412", "413", "415", "422", "428"]


def failures(
    doors: Doors, client: TestClient, *, examples: int, seed: int = 1, only: str | None = None
) -> Iterator[str]:
    """What schemathesis finds, one text each. only: a part of the addresses."""
    config = SchemathesisConfig.from_dict(_settings(client, examples, seed))
    schema = schemathesis.openapi.from_dict(_with_empty_days(doors.app.openapi()), config=config)
    schema.app = doors.app
    chosen = schema.include(path_regex=only) if only else schema
    seen: set[str] = set()
    config.projects.default.update(base_url="http://127.0.0.1:8000")
    engine = from_schema(chosen)
    for event in engine.execute():
        if isinstance(event, events.FatalError | events.NonFatalError):
            yield f"{type(event).__name__}: {getattr(event, 'exception', None) or event.value!r}"  # type: ignore[union-attr]
        if isinstance(event, events.ScenarioFinished):
            yield from _told(event, seen)


def _with_empty_days(document: dict[str, Any]) -> dict[str, Any]:
    """The document with `allowEmptyValue` as JSON Schema says it: schemathesis does not read the word itself."""
    told = deepcopy(document)
    for operation in (o for methods in told["paths"].values() for o in methods.values()):
        for parameter in operation.get("parameters", ()):
            if parameter.get("allowEmptyValue"):
                parameter["schema"] = {"anyOf": [parameter["schema"], {"type": "string", "maxLength": 0}]}
    return told


def _told(event: events.ScenarioFinished, seen: set[str]) -> Iterator[str]:
    for case_id, checks in event.recorder.checks.items():
        for check in checks:
            found = check.failure_info
            if found is None or _reads_as_forms_do(event, case_id, found.failure):
                continue
            failure = found.failure
            key = f"{event.recorder.label} {type(failure).__name__} {_status(event, case_id)}"
            if key not in seen:
                seen.add(key)
                yield f"{key}\n{failure.title}: {failure.message}\n{_shown(event, case_id, found.code_sample)}"


def _reads_as_forms_do(event: events.ScenarioFinished, case_id: str, failure: Failure) -> bool:
    """A body may say "3" or 3, "" or null, 0 or false, as a form does; test_bodies holds what it may not say."""
    if type(failure).__name__ != "AcceptedNegativeData":
        return False
    meta = event.recorder.cases[case_id].value.meta
    return meta is not None and meta.is_negative_at(ParameterLocation.BODY)


def _status(event: events.ScenarioFinished, case_id: str) -> object:
    interaction = event.recorder.interactions.get(case_id)
    return interaction.response.status_code if interaction and interaction.response else ""


def _shown(event: events.ScenarioFinished, case_id: str, sample: str) -> str:
    interaction = event.recorder.interactions.get(case_id)
    body = interaction.response.content[:400] if interaction and interaction.response else b""
    return f"{sample}\n{body!r}"


def _settings(client: TestClient, examples: int, seed: int) -> dict[str, Any]:
    token = client.headers.get("authorization", "").removeprefix("Bearer ")
    signed = {"token": {"bearer": token}} if token else {"session": {"api_key": client.cookies[SESSION_COOKIE]}}
    return {
        "seed": seed,
        "headers": {} if token else {"Sec-Fetch-Site": "same-origin"},
        "auth": {"openapi": signed},
        "parameters": {"path.plan": "alpha"},
        "generation": {"max-examples": examples, "database": "none"},
        "checks": {
            "positive_data_acceptance": {"expected-statuses": DOMAIN},
            "negative_data_rejection": {"expected-statuses": REFUSED},
            "missing_required_header": {"expected-statuses": ["428", *REFUSED]},
        },
    }


__all__ = ["Failure", "failures"]
