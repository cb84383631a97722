"""Evidence shown to named people alone: it proves what it proves, and nobody else finds it."""

from typing import Any

from starlette.testclient import TestClient

from tests.evidence import made
from tests.support.cast import Cast
from tests.support.doors import Doors

API = "/api/v1/plans/alpha"
SECRET = "Wolverine"


def made_item(cast: Cast) -> str:
    made.make_action(cast)
    return made.submit(cast, shows=f"{SECRET} was seen by the ward manager.")


def restrict(client: TestClient, cast: Cast, ref: str, *names: str) -> Any:
    body = {"public_title": "An observation", "named": [cast.email(n) for n in names], "why": f"It names {SECRET}"}
    return client.put(f"{API}/evidence/{ref}/restriction", json=body)


def test_only_the_named_and_who_submitted_it_find_it(doors: Doors) -> None:
    ref = made_item(doors.cast)
    made_public = restrict(doors.as_("carol"), doors.cast, ref, "carol", "victor")
    assert made_public.status_code == 200, made_public.text
    addresses = ("/evidence", f"/evidence/{ref}", "/actions/1.01", "/history", "/evidence?q=wolverine")
    for name in ("carol", "victor", "owen"):
        assert SECRET in doors.as_(name).get(f"/plans/alpha/evidence/{ref}").text, name
    for reader in (doors.as_("violet"), doors.as_("alice"), doors.as_("dennis"), doors.token()):
        for address in addresses:
            assert SECRET not in reader.get(f"/plans/alpha{address}").text, address
            assert SECRET not in reader.get(f"{API}{address}").text, address
        assert SECRET not in reader.get(f"{API}/changes?limit=500").text
        assert reader.get(f"{API}/evidence/{ref}").status_code == 404
        assert reader.get(f"{API}/evidence/{ref}/file").status_code == 404


def test_others_may_not_restrict_or_open_it(sqlite_doors: Doors) -> None:
    cast = sqlite_doors.cast
    ref = made_item(cast)
    for name in ("violet", "owen", "victor"):
        assert restrict(sqlite_doors.as_(name), cast, ref, name).status_code == 403, name
    assert restrict(sqlite_doors.as_("oscar"), cast, ref, "oscar").status_code == 404
    restrict(sqlite_doors.as_("carol"), cast, ref, "carol")
    ended = sqlite_doors.as_("alice").post(f"{API}/evidence/{ref}/restriction/end", json={"why": "Mine"})
    assert ended.status_code == 404


def test_the_page_restricts_and_opens_it(sqlite_doors: Doors) -> None:
    cast, chair = sqlite_doors.cast, sqlite_doors.as_("carol")
    ref = made_item(cast)
    address = f"/plans/alpha/evidence/{ref}/restriction"
    assert address in chair.get(f"/plans/alpha/evidence/{ref}").text
    typed = {"public_title": "An observation", "why": "Private"}
    refused = chair.post(address, data=typed)
    assert refused.status_code == 422
    assert "Choose the people who may see it." in refused.text
    assert chair.post(address, data=typed | {"named": cast.email("carol")}).status_code == 303
    assert SECRET not in sqlite_doors.as_("violet").get("/plans/alpha/evidence").text
    assert chair.post(f"{address}/end", data={"why": "It is settled"}).status_code == 303
    assert SECRET in sqlite_doors.as_("violet").get("/plans/alpha/evidence").text
