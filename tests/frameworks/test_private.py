"""Words of an organisation's own publication for named people: everybody counts it, nobody else reads them."""

from typing import Any

from starlette.testclient import TestClient

from tests.frameworks.test_local import keep
from tests.support.cast import Cast
from tests.support.doors import Doors

API = "/api/v1/frameworks/aaa_cqc_2026"
SECRET = "Wolverine"


def name(client: TestClient, cast: Cast, *names: str) -> Any:
    return client.put(f"{API}/private", json={"named": [cast.email(n) for n in names], "why": "It names a case"})


def test_only_named_people_read_the_wording(doors: Doors) -> None:
    keep(doors.cast)
    office = doors.as_("alice")
    assert name(office, doors.cast, "alice", "carol").status_code == 204
    assert office.put(f"{API}/private/MD1", json={"wording": f"{SECRET} said so."}).status_code == 204
    for reader in (office, doors.as_("carol")):
        assert SECRET in reader.get(f"{API}/private").text
        assert SECRET in reader.get("/frameworks/aaa_cqc_2026").text
    addresses = ("/frameworks/aaa_cqc_2026", API, "/frameworks?q=wolverine", "/frameworks/aaa_cqc_2026/private")
    for other in (doors.as_("violet"), doors.as_("edith"), doors.as_("liam"), doors.token(), doors.as_("oscar")):
        for address in addresses:
            assert SECRET not in other.get(address).text, address
        assert other.get(f"{API}/private").status_code == 404


def test_who_is_not_named_or_not_of_the_office_changes_nothing(sqlite_doors: Doors) -> None:
    cast = sqlite_doors.cast
    keep(cast)
    assert name(sqlite_doors.as_("violet"), cast, "violet").status_code == 403
    assert name(sqlite_doors.as_("oscar"), cast, "oscar").status_code == 404
    assert name(sqlite_doors.as_("alice"), cast, "carol").status_code == 422
    assert name(sqlite_doors.as_("alice"), cast, "alice").status_code == 204
    program = sqlite_doors.token()
    assert name(program, cast, "alice").status_code in (403, 422)
    assert program.put(f"{API}/private/MD1", json={"wording": "Mine"}).status_code == 403


def test_the_page_asks_first_who_may_read_it(sqlite_doors: Doors) -> None:
    cast, office = sqlite_doors.cast, sqlite_doors.as_("alice")
    keep(cast)
    address = "/frameworks/aaa_cqc_2026/private"
    assert address in office.get("/frameworks/aaa_cqc_2026").text
    first = office.post(f"{address}/MD1", data={"wording": "Something"})
    assert "Choose first who may read it." in first.text
    assert office.post(address, data={"named": cast.email("alice"), "why": "It names a case"}).status_code == 303
    assert office.post(f"{address}/MD1", data={"wording": f"{SECRET} said so."}).status_code == 303
    assert SECRET in office.get(address).text
    assert office.post(address, data={"why": "Settled"}).status_code == 303
    assert SECRET not in office.get(address).text
