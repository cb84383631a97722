"""The people's and the programs' doors to imports."""

import json
import re
from datetime import date

import pytest

from tests.exchange import books
from tests.exchange.test_imports import LEGEND, brought, drafted, view_of
from tests.support.doors import Doors

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
API = "/api/v1/plans/alpha/imports"


def sent(content: bytes, name: str = "plan.xlsx") -> dict[str, tuple[str, bytes, str]]:
    return {"file": (name, content, XLSX)}


def test_it_leads_from_the_file_to_the_plan_without_scripts(doors: Doors) -> None:
    drafted(doors.cast)
    alice = doors.as_("alice")
    answer = alice.post("/plans/alpha/import", files=sent(books.brag()))
    assert answer.status_code == 303, answer.text
    here = answer.headers["location"]
    page = alice.get(here).text
    assert "Operational lead" in page
    names = re.findall(r'name="column" value="([^"]+)"', page)
    columns = {"column": names, "field": ["ref", "own", "title", "lead_executive", "accountable_person", "due_date",
                                          "status", "commentary"]}  # fmt: skip
    answer = alice.post(f"{here}?step=columns", data=columns)
    assert answer.headers["location"].endswith("step=legend")
    assert "the colour amber" in alice.get(answer.headers["location"]).text
    legend = {"question": list(LEGEND)} | {f"answer:{k}": v for k, v in LEGEND.items()}
    answer = alice.post(f"{here}?step=legend", data=legend)
    assert answer.headers["location"].endswith("step=check")
    page = alice.get(answer.headers["location"]).text
    assert "“end Nov” names no year" in page
    answer = alice.post(f"{here}?step=check", data={"bring": "1"})
    assert "step=check" in answer.headers["location"], "questions are open"
    answer = alice.post(f"{here}?step=check", data={"bring": "1", "unclear": "1"})
    assert answer.headers["location"] == here
    assert "4 actions are added" in alice.get(here).text
    assert len(view_of(doors.cast).actions) == 4
    alice.post(f"{here}/undo")
    assert "Taken back" in alice.get(here).text
    assert not view_of(doors.cast).actions


def test_it_draws_the_form_again_with_what_is_wrong_with_the_file(sqlite_doors: Doors) -> None:
    answer = sqlite_doors.as_("alice").post("/plans/alpha/import", files=sent(b"%PDF-1.4", "plan.xlsx"))
    assert answer.status_code == 422
    assert "This is a PDF file, not a spreadsheet." in answer.text


def test_it_asks_for_a_file(sqlite_doors: Doors) -> None:
    answer = sqlite_doors.as_("alice").post("/plans/alpha/import", data={})
    assert (answer.status_code, "Choose a file." in answer.text) == (422, True)


@pytest.mark.parametrize(("who", "status"), [("violet", 403), ("pat", 403), ("oscar", 404)])
def test_it_opens_to_the_office_alone(sqlite_doors: Doors, who: str, status: int) -> None:
    client = sqlite_doors.as_(who)
    assert client.get("/plans/alpha/import").status_code == status
    assert client.post("/plans/alpha/import", files=sent(books.brag())).status_code == status
    assert client.post(API, files=sent(books.brag())).status_code == status


def test_a_program_sends_answers_and_carries_out(sqlite_doors: Doors) -> None:
    program = sqlite_doors.token()
    mapping = {"answers": {**LEGEND, "priority:none": "1"}}
    made = program.post(API, files=sent(books.brag()), data={"mapping": json.dumps(mapping)})
    assert made.status_code == 201, made.text
    told = made.json()
    assert told["ready"] is False
    assert {q["key"] for q in told["questions"] if q["answer"] is None} == {
        "person:Operational lead:J Smith / A. Jones (tbc)",
        "day:Target date:end Nov",
        "day:Target date:ongoing",
    }
    here = made.headers["location"]
    assert program.post(f"{here}/carry-out").status_code == 409
    template = program.get(f"{here}/mapping").json()
    assert template["columns"]["Target date"] == "due_date"
    assert program.put(f"{here}/mapping", json=template | {"unclear": "words"}).json()["ready"] is True
    done = program.post(f"{here}/carry-out").json()
    assert (done["state"], done["counts"]["created"]) == ("done", 4)
    cells = program.get(f"{here}/cells.csv").text.splitlines()
    assert len(cells) == done["counts"]["cells"] + 1
    assert [i["id"] for i in program.get(API).json()["items"]] == [done["id"]]
    assert program.post(f"{here}/undo").json() == {"state": "undone", "removed": 4, "restored": 0}


def test_a_program_cannot_state_that_a_number_is_none_of_the_nhs(sqlite_doors: Doors) -> None:
    mapping = {"not_nhs_numbers": {"4505577104": "An order"}}
    answer = sqlite_doors.token().post(API, files=sent(books.brag()), data={"mapping": json.dumps(mapping)})
    assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (422, "/not_nhs_numbers")


def test_it_forgets_a_workbook_that_was_not_brought_in(sqlite_doors: Doors) -> None:
    program = sqlite_doors.token()
    here = program.post(API, files=sent(books.brag())).headers["location"]
    assert program.delete(here).status_code == 204
    assert program.get(here).status_code == 404


def test_it_says_of_two_columns_that_hold_the_action_what_to_do(sqlite_doors: Doors) -> None:
    answer = sqlite_doors.token().post(
        API, files=sent(books.brag()), data={"mapping": json.dumps({"columns": {"Action": "own"}})}
    )
    assert answer.status_code == 422
    assert "which column holds the action" in answer.json()["detail"]


def test_an_action_shows_what_it_holds_in_the_plans_own_fields(sqlite_doors: Doors) -> None:
    cast = sqlite_doors.cast
    heads = ("Ref", "Action required", "Cost (£)", "Visited")
    brought(cast, books.simple(["1.1", "Review the rota", "12,500 & more", date(2026, 3, 1)], heads=heads))
    page = sqlite_doors.as_("violet").get("/plans/alpha/actions/1.1").text
    assert "Cost (£)" in page
    assert "12,500 &amp; more" in page
    assert "1 March 2026" in page
    told = sqlite_doors.as_("violet").get("/api/v1/plans/alpha/actions/1.1").json()
    assert told["own_fields"] == {"cost": "12,500 & more", "visited": "2026-03-01"}
