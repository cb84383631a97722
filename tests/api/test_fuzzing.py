"""Schemathesis finds nothing: short in `make test`, in depth in `make proof`."""

import logging

import pytest

from tests.api.fuzzing import failures
from tests.support.doors import Doors
from tests.support.proof import rounds

# One address of each kind, so that the short run stays short: a list, one thing, a feed, a table, a write.
SHORT = r"^/api/v1/plans/\{plan\}/(actions|proposals/\{proposal_id\}|changes|priorities\.csv)$"


@pytest.fixture(autouse=True)
def _quiet() -> None:
    # A line a request for thousands of them hides what was found.
    logging.getLogger("tracker").setLevel(logging.ERROR)


def test_it_answers_as_its_document_says(sqlite_doors: Doors) -> None:
    found = list(failures(sqlite_doors, sqlite_doors.token(), examples=2, only=SHORT))
    assert not found, "\n\n".join(found)


@pytest.mark.proof
@pytest.mark.parametrize("who", ["token", "alice", "adam"])
def test_it_answers_so_everywhere(doors: Doors, who: str) -> None:
    client = doors.token() if who == "token" else doors.as_(who)
    only = None if rounds(0, 1) else r"^/api/v1/tokens$"
    found = list(failures(doors, client, examples=rounds(1, 40), only=only))
    assert not found, "\n\n".join(found)
