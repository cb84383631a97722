"""Answers that are kept: the same bytes while nothing has changed, and never a moment longer."""

from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine
from sqlmodel import select
from starlette.testclient import TestClient

from app.actions.models import SavedView
from app.core import clock
from app.core.shelf import Shelf
from app.people.models import ApiToken, RoleHeld, SignInSession
from app.people.rules import Role, TokenScope
from app.web import kept
from tests.actions import made_plan as made
from tests.support.cast import MAKER, Cast
from tests.support.doors import Doors

PAGES = ("/plans/alpha/actions", "/plans/alpha", "/plans/alpha/recommendations")
PART = {"HX-Request": "true", "HX-Request-Type": "partial"}
READS = (
    "/api/v1/plans/alpha/actions",
    "/api/v1/plans/alpha/status",
    "/api/v1/plans/alpha/actions.csv",
)


def shelf(doors: Doors) -> Shelf[kept.Answer]:
    """That of the application, found where its middleware stands."""
    stands = doors.app.middleware_stack
    while not isinstance(stands, kept.KeptAnswers):
        stands = stands.app  # type: ignore[union-attr]
    return stands.shelf


def held(doors: Doors) -> int:
    return len(shelf(doors)._held)


@pytest.mark.parametrize("address", [*PAGES, *READS])
def test_it_gives_the_same_bytes_until_something_is_written(cast: Cast, doors: Doors, address: str) -> None:
    made.add(cast, title="The first of them")
    client = doors.as_("alice")
    first = client.get(address)
    assert held(doors) == 1
    again = client.get(address)
    assert (again.status_code, again.content, again.headers["ETag"]) == (200, first.content, first.headers["ETag"])
    assert again.headers["X-Request-Id"] != first.headers["X-Request-Id"]
    made.add(cast, title="A second one", progress="off_track")
    later = client.get(address)
    assert later.content != first.content or "recommendations" in address
    assert later.headers["ETag"] != first.headers["ETag"] or "recommendations" in address


@pytest.mark.parametrize("address", [PAGES[0], READS[0]])
def test_it_answers_304_to_what_is_held_and_200_after_a_write(cast: Cast, doors: Doors, address: str) -> None:
    ref = made.add(cast)
    client = doors.as_("alice")
    etag = client.get(address).headers["ETag"]
    for _ in range(2):
        answer = client.get(address, headers={"If-None-Match": etag})
        assert (answer.status_code, answer.content) == (304, b"")
        assert answer.headers["Content-Security-Policy"]
    made.update(cast, ref, progress="on_track", commentary="Begun")
    assert client.get(address, headers={"If-None-Match": etag}).status_code == 200


def test_it_keeps_a_304_too(cast: Cast, doors: Doors) -> None:
    made.add(cast)
    client = doors.token(TokenScope.read)
    etag = client.get(READS[0]).headers["ETag"]
    shelf(doors).clear()
    assert client.get(READS[0], headers={"If-None-Match": etag}).status_code == 304
    assert held(doors) == 1
    assert client.get(READS[0], headers={"If-None-Match": etag}).status_code == 304
    assert client.get(READS[0]).json()["items"]


def test_it_lends_nobody_the_page_of_another(cast: Cast, doors: Doors) -> None:
    made.add(cast, accountable_person=cast.email("owen"))
    pages = {name: doors.as_(name).get(PAGES[0]).text for name in ("alice", "violet", "owen")}
    assert len(set(pages.values())) == 3
    assert doors.as_("olive").get(PAGES[0]).status_code == 404
    assert doors.anybody().get(PAGES[0]).status_code != 200


def _revoked_session(cast: Cast) -> None:
    with cast.database.write(MAKER) as tx:
        for row in tx.exec(select(SignInSession)).all():
            row.revoked_at = clock.now()


def _revoked_token(cast: Cast) -> None:
    with cast.database.write(MAKER) as tx:
        for row in tx.exec(select(ApiToken)).all():
            row.revoked_at = clock.now()


def _lost_role(cast: Cast) -> None:
    with cast.database.write(MAKER) as tx:
        tx.act("tests.taken")
        for row in tx.exec(select(RoleHeld).where(RoleHeld.role == Role.viewer)).all():
            tx.delete(row)
        tx.flush()


@pytest.mark.parametrize(
    ("asks", "address", "deed", "status"),
    [
        (lambda doors: doors.as_("violet"), PAGES[0], _revoked_session, 303),
        (lambda doors: doors.as_("violet"), PAGES[0], _lost_role, 404),
        (lambda doors: doors.token(TokenScope.read), READS[0], _revoked_token, 401),
    ],
)
def test_it_is_refused_the_moment_the_right_has_gone(
    cast: Cast,
    doors: Doors,
    asks: Callable[[Doors], TestClient],
    address: str,
    deed: Callable[[Cast], None],
    status: int,
) -> None:
    made.add(cast)
    client = asks(doors)
    assert client.get(address).status_code == client.get(address).status_code == 200
    deed(cast)
    assert client.get(address).status_code == status


def test_it_is_made_anew_after_a_minute_and_on_another_day(sqlite_cast: Cast, sqlite_doors: Doors) -> None:
    made.add(sqlite_cast, due_date=clock.today())
    client = sqlite_doors.as_("alice")
    first = client.get(PAGES[0])
    with time_machine.travel(clock.now() + timedelta(seconds=61)):
        promise = next(iter(shelf(sqlite_doors)._held.values())).promise
        client.get(PAGES[0])
        assert next(iter(shelf(sqlite_doors)._held.values())).promise is not promise
    with time_machine.travel(clock.now() + timedelta(minutes=30)):
        assert client.get(PAGES[0]).text == first.text


def test_a_view_saved_or_shared_shows_at_once(cast: Cast, doors: Doors) -> None:
    made.add(cast)
    alice, violet = doors.as_("alice"), doors.as_("violet")
    for client in (alice, violet):
        assert "Only the reds" not in client.get(PAGES[0]).text
    saved = alice.post("/plans/alpha/actions/views", data={"name": "Only the reds", "query": "rating=red"})
    assert saved.status_code < 400
    assert "Only the reds" in alice.get(PAGES[0]).text
    assert "Only the reds" not in violet.get(PAGES[0]).text
    assert cast.plan_id
    with cast.database.write(MAKER) as tx:
        tx.scope_to(cast.plan_id)
        tx.exec(select(SavedView)).one().shared = True
    assert "Only the reds" in violet.get(PAGES[0]).text


def test_a_part_of_a_page_is_not_the_page(cast: Cast, doors: Doors) -> None:
    made.add(cast)
    client = doors.as_("alice")
    whole = client.get(PAGES[0])
    part = client.get(PAGES[0], headers={"HX-Request": "true", "HX-Request-Type": "partial"})
    assert whole.text.startswith("<!doctype html>")
    assert not part.text.startswith("<!doctype html>")
    assert client.get(PAGES[0]).text == whole.text


def test_what_another_process_writes_is_seen_at_once(cast: Cast, doors: Doors) -> None:
    """A second application over the same database, as a second worker is."""
    ref = made.add(cast)
    other = Doors(cast, cast.database.data_dir)
    here, there = doors.as_("alice"), other.as_("alice")
    for number in range(5):
        here.get(READS[0])
        made_there = there.post(
            f"/api/v1/plans/alpha/actions/{ref}/update",
            json={"progress": "on_track", "commentary": f"Said {number}"},
            headers={"If-Match": there.get(f"/api/v1/plans/alpha/actions/{ref}").headers["ETag"]},
        )
        assert made_there.status_code in (200, 201), made_there.text
        assert f"Said {number}" in here.get(READS[0]).text
    other.app.state.database.dispose()


@pytest.mark.parametrize(
    ("deed", "status"), [(_revoked_session, 303), (_lost_role, 404)], ids=["revoked", "without its role"]
)
def test_who_was_known_a_moment_ago_is_looked_at_again(
    cast: Cast, doors: Doors, deed: Callable[[Cast], None], status: int
) -> None:
    """On pages of which nothing is kept."""
    ref = made.add(cast)
    client, address = doors.as_("violet"), f"/plans/alpha/actions/{ref}/row"
    assert client.get(address, headers=PART).status_code == client.get(address, headers=PART).status_code == 200
    deed(cast)
    assert client.get(f"/plans/alpha/actions/{ref}").status_code == status


def test_who_was_known_is_not_known_after_their_session_has_ended(sqlite_cast: Cast, sqlite_doors: Doors) -> None:
    made.add(sqlite_cast)
    client = sqlite_doors.as_("alice")
    assert client.get("/me").status_code == client.get("/me").status_code == 200
    with time_machine.travel(clock.now() + timedelta(hours=1, seconds=1)):
        assert client.get("/me").status_code == 303


def test_a_token_does_not_open_pages_because_it_opened_the_api(sqlite_cast: Cast, sqlite_doors: Doors) -> None:
    made.add(sqlite_cast)
    client = sqlite_doors.token(TokenScope.read)
    assert client.get(READS[0]).status_code == 200
    assert client.get(PAGES[0]).status_code != 200
    assert client.get(READS[1]).status_code == 200
