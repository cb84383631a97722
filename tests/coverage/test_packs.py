"""The inspector's pack: what it holds, what it withholds, and that its hashes are true."""

import hashlib
import io
import zipfile
from datetime import timedelta
from typing import Any

import openpyxl
import pytest
from sqlmodel import select

from app.core import clock
from app.evidence.models import Evidence, EvidenceRecommendation, EvidenceVersion
from app.evidence.rules import EvidenceForm, Searched
from app.people.rules import TokenScope
from app.plans.models import Restriction
from app.plans.rules import Restrictable
from tests.assurance.made import add, change_action, plan_id
from tests.coverage.made import answer, on_day, publish, recommendation
from tests.coverage.test_declarations import begin, prove
from tests.support.cast import MAKER, Cast
from tests.support.doors import Doors

PDF = b"%PDF-1.4 the audit of the year"


def file_on(doors: Doors, ref: str, name: str, content: bytes) -> None:
    """A file for this evidence, in the store of these doors."""
    cast = doors.cast
    stored = doors.app.state.storage.save(io.BytesIO(content), 1000)
    with cast.database.write(MAKER) as tx:
        tx.see_everything("the tests' own set-up")
        tx.act("tests.changed")
        row = tx.exec(select(Evidence).where(Evidence.ref == ref)).one()
        row.form, row.version = EvidenceForm.file, 1
        tx.add(
            EvidenceVersion(
                plan_id=plan_id(cast), evidence_id=row.id, number=1, file_name=name, media_type="application/pdf",
                size=stored.size, sha256=stored.sha256, stored_as=stored.name, added_on=clock.today(),
                added_at=clock.now(), added_by_name="Owen", searched=Searched.whole,
            )
        )  # fmt: skip


def opened(content: bytes) -> zipfile.ZipFile:
    return zipfile.ZipFile(io.BytesIO(content))


def texts(archive: zipfile.ZipFile) -> list[list[Any]]:
    book = openpyxl.load_workbook(io.BytesIO(archive.read("pack.xlsx")), read_only=True)
    return [[c for c in row if c] for sheet in book for row in sheet.iter_rows(values_only=True)]


@pytest.fixture
def filled(sqlite_doors: Doors) -> Doors:
    cast: Cast = sqlite_doors.cast
    publish(cast, refs=2)
    action = answer(cast, "1.1", {"aaa_first:1": True}, title="=HYPERLINK(1) <b>Audit</b>")
    prove(cast, action, "E1")
    prove(cast, action, "E2", confidential=True, public_summary="Of a review of one case", shows="The case itself")
    file_on(sqlite_doors, "E1", "../audit <1>.pdf", PDF)
    file_on(sqlite_doors, "E2", "secret.pdf", PDF + b"2")
    return sqlite_doors


def test_it_holds_an_index_a_sheet_and_files_with_true_hashes(filled: Doors) -> None:
    answered = filled.as_("violet").get("/plans/alpha/pack.zip?framework=aaa_first")
    assert answered.headers["content-type"] == "application/zip"
    assert "attachment" in answered.headers["content-disposition"]
    archive = opened(answered.content)
    names = archive.namelist()
    assert names == ["evidence/E1-v1-..-audit-1-.pdf", "pack.xlsx", "index.htm", "SHA256SUMS.txt"]
    assert archive.read(names[0]) == PDF
    lines = [line.split("  ") for line in archive.read("SHA256SUMS.txt").decode().splitlines()]
    sums = {name: digest for digest, name in lines}
    assert sums == {name: hashlib.sha256(archive.read(name)).hexdigest() for name in names[:-1]}
    page = archive.read("index.htm").decode()
    assert "&lt;b&gt;Audit&lt;/b&gt;" in page
    assert "<script" not in page
    assert sums[names[0]] in page
    rows = texts(archive)
    assert any("=HYPERLINK(1) <b>Audit</b>" in row and "E1, E2" in row for row in rows)
    assert any("aaa_first asks for 2" in row and "No action" in row for row in rows)


def test_what_is_confidential_stays_and_its_summary_is_told(filled: Doors) -> None:
    for who, query in (("violet", ""), ("violet", "&release=own"), ("alice", "")):
        archive = opened(filled.as_(who).get(f"/plans/alpha/pack.zip?framework=aaa_first{query}").content)
        told = archive.read("index.htm").decode()
        assert not [n for n in archive.namelist() if "secret" in n], who
        assert "Of a review of one case" in told
        assert "The case itself" not in told
        assert "Confidential: its public-safe summary" in told
    own = opened(filled.as_("alice").get("/plans/alpha/pack.zip?framework=aaa_first&release=own").content)
    assert "evidence/E2-v1-secret.pdf" in own.namelist()


def test_a_file_that_is_missing_is_told_and_the_rest_is_there(filled: Doors) -> None:
    storage = filled.app.state.storage
    [first] = [n for n, _age in storage.names() if storage.path(n).read_bytes() == PDF]
    storage.delete(first)
    archive = opened(filled.as_("violet").get("/plans/alpha/pack.zip?framework=aaa_first").content)
    assert "Missing from the store." in archive.read("index.htm").decode()
    assert "pack.xlsx" in archive.namelist()


def test_a_priority_is_packed_too(filled: Doors) -> None:
    archive = opened(filled.as_("violet").get("/plans/alpha/pack.zip?priority=1").content)
    assert "<h1>1 Safe care</h1>" in archive.read("index.htm").decode()
    assert any("Publication aaa_first" in row for row in texts(archive))


def test_a_program_takes_the_same_pack(filled: Doors) -> None:
    address = "plans/alpha/pack.zip?framework=aaa_first"
    for client in (filled.as_("violet"), filled.token(TokenScope.read)):
        answer = client.get(f"/api/v1/{address}&release=own")
        assert answer.headers["content-disposition"].startswith('attachment; filename="alpha-aaa_first-')
        assert "secret" not in " ".join(opened(answer.content).namelist())
    by_page, by_api = (filled.as_("alice").get(f"{at}{address}&release=own").content for at in ("/", "/api/v1/"))
    assert texts(opened(by_page)) == texts(opened(by_api))
    assert opened(by_page).namelist() == opened(by_api).namelist()
    assert "evidence/E2-v1-secret.pdf" in opened(by_api).namelist()


@pytest.mark.parametrize(("query", "status"), [("", 422), ("?framework=nothing", 404), ("?priority=99", 404)])
def test_it_tells_a_program_what_there_is_not(filled: Doors, query: str, status: int) -> None:
    answer = filled.token().get(f"/api/v1/plans/alpha/pack.zip{query}")
    assert (answer.status_code, answer.headers["content-type"]) == (status, "application/problem+json")
    oscar = filled.as_("oscar").get("/api/v1/plans/alpha/pack.zip?framework=aaa_first")
    assert oscar.status_code == 404


def test_it_refuses_what_there_is_not(filled: Doors) -> None:
    violet = filled.as_("violet")
    assert violet.get("/plans/alpha/pack.zip").status_code == 422
    assert violet.get("/plans/alpha/pack.zip?framework=nothing").status_code == 404
    assert violet.get("/plans/alpha/pack.zip?priority=99").status_code == 404
    assert filled.as_("oscar").get("/plans/alpha/pack.zip?framework=aaa_first").status_code == 404


def test_what_is_restricted_is_in_no_declaration_and_no_pack(sqlite_doors: Doors) -> None:
    """Alice is named and sees the action; what everybody can read tells its public-safe title and that it is proven."""
    cast = sqlite_doors.cast
    publish(cast, refs=1)
    action = answer(cast, "1.1", {"aaa_first:1": True}, title="The case of one family")
    prove(cast, action, "E1", shows="The letter of one family")
    row = Restriction(
        plan_id=plan_id(cast), restricted_id=action, kind=Restrictable.action, public_title="A review of care",
        named=[str(cast.people["alice"])],
    )  # fmt: skip
    add(cast, row)
    begin(cast)
    alice = sqlite_doors.as_("alice")
    assert "The case of one family" in alice.get("/plans/alpha/recommendations").text
    address = "/plans/alpha/pack.zip?framework=aaa_first"
    told = {
        "declaration": alice.get("/plans/alpha/declarations/1").text,
        "api": alice.get("/api/v1/plans/alpha/declarations/1").text,
        "pack": opened(alice.get(address).content).read("index.htm").decode(),
        "owen's": opened(sqlite_doors.as_("owen").get(f"{address}&release=own").content).read("index.htm").decode(),
    }
    for name, text in told.items():
        assert "one family" not in text, name
        assert "A review of care" in text, name
    [line] = alice.get("/api/v1/plans/alpha/declarations/1").json()["lines"]
    assert (line["has_proof"], line["evidence"]) == (True, [])
    assert "one family" in opened(alice.get(f"{address}&release=own").content).read("index.htm").decode()


def test_a_past_day_is_packed_as_it_was(sqlite_doors: Doors) -> None:
    cast = sqlite_doors.cast
    with on_day(-3):
        publish(cast, refs=2)
        prove(cast, answer(cast, "1.1", {"aaa_first:1": True}, title="The first title"), "E1")
    change_action(cast, "1.1", title="The second title")
    prove(cast, answer(cast, "1.2", {"aaa_first:2": True}), "E2")
    day = (clock.today() - timedelta(days=1)).isoformat()
    then = sqlite_doors.as_("violet").get(f"/plans/alpha/pack.zip?framework=aaa_first&as_at={day}")
    page = opened(then.content).read("index.htm").decode()
    assert "The first title" in page
    assert "E2" not in page
    assert "1.2" not in page


def test_evidence_on_a_recommendation_itself_is_in_its_pack(sqlite_doors: Doors) -> None:
    cast = sqlite_doors.cast
    publish(cast, refs=2)
    action = answer(cast, "1.1", {"aaa_first:1": True})
    prove(cast, action, "E1")
    with cast.database.read(MAKER) as read:
        read.see_everything("the tests look at the rows")
        item = read.exec(select(Evidence)).one()
    link = EvidenceRecommendation(
        plan_id=plan_id(cast), evidence_id=item.id, recommendation_id=recommendation(cast, "aaa_first:2")
    )
    add(cast, link)
    archive = opened(sqlite_doors.as_("violet").get("/plans/alpha/pack.zip?framework=aaa_first").content)
    assert [row for row in texts(archive) if "aaa_first asks for 2" in row and "E1" in row]
    begin(cast)
    lines = sqlite_doors.as_("violet").get("/api/v1/plans/alpha/declarations/1").json()["lines"]
    assert [(line["ref"], line["has_proof"]) for line in lines] == [("1", True), ("2", True)]
