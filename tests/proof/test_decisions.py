"""Many decisions at once, two on each proposal: one of the two stands, none is lost or doubled."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path

import httpx2
import pytest

from tests.assurance import made
from tests.proof.clients import Process, assert_record_holds, free_port, signed_in
from tests.support.cast import Cast
from tests.support.proof import rounds

pytestmark = pytest.mark.proof
BEFORE, AFTER = made.day(30), made.day(120)


def test_one_of_two_decisions_on_a_proposal_stands(cast: Cast, tmp_path: Path) -> None:
    many = rounds(10, 100)
    refs = [f"1.{n:03}" for n in range(many)]
    asked = {}
    for ref in refs:
        made.make_action(cast, ref, due_date=BEFORE, original_due_date=BEFORE)
        asked[ref] = made.propose(cast, "owen", ref, due_date=AFTER)
    server = Process(cast.database.url, tmp_path, free_port())
    cookie = signed_in(cast, "carol")

    def decide(one: tuple[str, str]) -> int:
        ref, outcome = one
        answer = httpx2.post(
            f"{server.url}/api/v1/plans/alpha/proposals/{asked[ref]}/decision",
            json={"outcome": outcome, "why": "Heard at once"},
            cookies=cookie,
            headers={"Sec-Fetch-Site": "same-origin"},
            timeout=120,
        )
        return answer.status_code

    both = [(ref, outcome) for ref in refs for outcome in ("accept", "return")]
    try:
        with ThreadPoolExecutor(16) as pool:
            codes = dict(zip(both, pool.map(decide, both), strict=True))
    finally:
        server.end()
    for ref in refs:
        assert sorted((codes[ref, "accept"], codes[ref, "return"])) == [200, 409], ref
        wanted: date = AFTER if codes[ref, "accept"] == 200 else BEFORE
        assert made.action_row(cast, ref).due_date == wanted, ref
    assert len(made.decision_rows(cast)) == many
    assert_record_holds(cast)
