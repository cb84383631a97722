"""An Idempotency-Key: the act is done once, whoever asks again and whenever."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlalchemy import text

from app.core import clock
from app.core.idempotency import forget_answers, prune_answers
from tests.support.cast import MAKER
from tests.support.doors import Doors

NEW = {"code": "CCC", "name": "Ceredigion", "kind": "health_board", "nation": "Wales"}
KEY = {"Idempotency-Key": "one"}


def entries(doors: Doors) -> int:
    with doors.cast.database.read(MAKER) as read:
        return int(read.connection().execute(text("SELECT count(*) FROM ledger")).scalar_one())


def test_it_gives_the_same_answer_and_acts_once(doors: Doors) -> None:
    adam = doors.as_("adam")
    first = adam.post("/api/v1/organisations", json=NEW, headers=KEY)
    before = entries(doors)
    again = adam.post("/api/v1/organisations", json=NEW, headers=KEY)
    assert (first.status_code, again.status_code, again.content) == (201, 201, first.content)
    assert again.headers["content-type"] == first.headers["content-type"]
    assert (first.headers.get("idempotency-replayed"), again.headers["idempotency-replayed"]) == (None, "true")
    assert entries(doors) == before
    assert adam.post("/api/v1/organisations", json=NEW, headers={"Idempotency-Key": "two"}).status_code == 409


def test_it_refuses_the_key_with_another_body(doors: Doors) -> None:
    adam = doors.as_("adam")
    adam.post("/api/v1/organisations", json=NEW, headers=KEY)
    other = adam.post("/api/v1/organisations", json=NEW | {"code": "DDD"}, headers=KEY)
    assert (other.status_code, other.json()["code"]) == (422, "key_reused")
    assert adam.get("/api/v1/organisations/DDD").status_code == 404


def test_it_keeps_each_persons_keys_apart(doors: Doors) -> None:
    doors.as_("adam").post("/api/v1/organisations", json=NEW, headers=KEY)
    answer = doors.as_("alice").post("/api/v1/organisations", json=NEW, headers=KEY)
    assert answer.status_code == 403


def test_it_keeps_no_refusal(doors: Doors) -> None:
    adam = doors.as_("adam")
    wrong = adam.post("/api/v1/organisations", json=NEW | {"parent": "QQQ"}, headers=KEY)
    assert wrong.status_code == 422
    assert adam.post("/api/v1/organisations", json=NEW, headers=KEY).status_code == 201


@pytest.mark.parametrize("key", ["", "x" * 256, "a\tb"])
def test_it_refuses_a_key_it_cannot_keep(doors: Doors, key: str) -> None:
    answer = doors.as_("adam").post("/api/v1/organisations", json=NEW, headers={"Idempotency-Key": key})
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["pointer"] == "/Idempotency-Key"


def test_it_lets_the_second_of_two_at_once_wait_for_the_first(doors: Doors) -> None:
    adam = doors.as_("adam")
    with adam, ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda _n: adam.post("/api/v1/organisations", json=NEW, headers=KEY), range(8)))
    assert {a.status_code for a in answers} == {201}
    assert len({a.content for a in answers}) == 1
    assert sorted(a.headers.get("idempotency-replayed", "") for a in answers) == ["", *["true"] * 7]


def test_it_forgets_after_a_day_and_what_must_be_forgotten_at_once(doors: Doors) -> None:
    adam = doors.as_("adam")
    adam.post("/api/v1/organisations", json=NEW, headers=KEY)
    with doors.cast.database.write(MAKER) as tx:
        assert prune_answers(tx) == 0
        forget_answers(tx, ["Ceredigion"])
    assert adam.post("/api/v1/organisations", json=NEW, headers=KEY).status_code == 409
    adam.post("/api/v1/organisations", json=NEW | {"code": "EEE"}, headers=KEY)
    with doors.cast.database.write(MAKER) as tx:
        long_ago = clock.now() - timedelta(hours=25)
        tx.connection().execute(text("UPDATE kept_answer SET kept_at = :at"), {"at": long_ago.replace(tzinfo=None)})
        assert prune_answers(tx) == 1
