"""An organisation's own publications: kept, seen, changed while unused, and followed by newer editions."""

from pathlib import Path
from typing import Any

import pytest

from app.actions.models import RecommendationLink
from app.core.errors import Conflict, Forbidden, Invalid, NotFound
from app.coverage.queries import answered_anywhere, organisations_read
from app.frameworks import commands, queries
from app.frameworks.queries import files
from app.frameworks.schemas import FrameworkDetail, GivenItem, KeptRead, NewPublication, Ruling
from tests.assurance.made import add, make_action, plan_id
from tests.support.cast import Cast
from tests.support.doors import Doors
from tests.support.inside import tracker

MD1: dict[str, Any] = {"ref": "MD1", "title": "Assess in triage within 15 minutes", "demand": "must",
                       "regulation": "Regulation 12(2)(a)"}  # fmt: skip
GIVEN: dict[str, Any] = {
    "title": "Inspection report 2026", "key": "cqc_2026", "kind": "inspection", "service": "Maternity",
    "inspected_on": "2026-03-03", "key_questions": ["safe"], "notices": ["s29a"],
    "items": [MD1, {"ref": "SD1", "title": "Display staffing on each ward", "demand": "should"}],
}  # fmt: skip


def keep(cast: Cast, who: str = "alice", **fields: Any) -> KeptRead:
    with cast.database.write(cast.actor(who)) as tx:
        given = NewPublication.model_validate(GIVEN | fields)
        return commands.keep_publication(tx, given=given, used=answered_anywhere)


def seen(cast: Cast, who: str, key: str = "aaa_cqc_2026") -> FrameworkDetail:
    with cast.database.read(cast.actor(who)) as read:
        return queries.framework(read, key, organisations_read(read))


def answer(cast: Cast, ref: str) -> None:
    """An action of the plan meets this finding."""
    action = make_action(cast)
    item = next(i for i in seen(cast, "alice").items if i.ref == ref)
    add(cast, RecommendationLink(plan_id=plan_id(cast), action_id=action, recommendation_id=item.id, meets=True))


def test_it_keeps_an_inspection_with_what_it_says(cast: Cast) -> None:
    told = keep(cast)
    assert (told.key, told.is_new, told.added) == ("aaa_cqc_2026", True, ["MD1", "SD1"])
    found = seen(cast, "violet")
    assert found.local is not None
    assert (found.organisation, found.scope, found.local.service, found.published) == (
        "AAA", "local", "Maternity", "2026-03-03",
    )  # fmt: skip
    [must, should] = found.items
    assert (must.demand, must.regulation, must.is_leaf) == ("must", "Regulation 12(2)(a)", True)
    assert should.demand == "should"
    assert keep(cast).model_dump(include={"is_new", "added", "changed", "withdrawn"}) == {
        "is_new": False, "added": [], "changed": [], "withdrawn": [],
    }  # fmt: skip


@pytest.mark.parametrize("name", ["oscar", "olive"])
def test_another_organisation_does_not_find_it(sqlite_cast: Cast, name: str) -> None:
    keep(sqlite_cast)
    with pytest.raises(NotFound):
        seen(sqlite_cast, name)


@pytest.mark.parametrize("name", ["violet", "liam", "petra"])
def test_who_may_read_the_organisations_plans_reads_it(sqlite_cast: Cast, name: str) -> None:
    keep(sqlite_cast)
    assert seen(sqlite_cast, name).items


@pytest.mark.parametrize("name", ["violet", "owen", "edith", "carol", "adam", "liam"])
def test_only_the_office_keeps_one(sqlite_cast: Cast, name: str) -> None:
    with pytest.raises(Forbidden):
        keep(sqlite_cast, name)


def test_the_office_of_another_organisation_keeps_none_for_this_one(sqlite_cast: Cast) -> None:
    with pytest.raises(Forbidden):
        keep(sqlite_cast, "oscar", organisation="AAA")
    assert keep(sqlite_cast, "oscar").key == "bbb_cqc_2026"


def test_what_is_gone_from_the_text_is_withdrawn_and_comes_back(sqlite_cast: Cast) -> None:
    keep(sqlite_cast)
    assert keep(sqlite_cast, items=[MD1]).withdrawn == ["SD1"]
    assert [i.ref for i in seen(sqlite_cast, "alice").items if i.withdrawn] == ["SD1"]
    assert keep(sqlite_cast).added == ["SD1"]
    assert not any(i.withdrawn for i in seen(sqlite_cast, "alice").items)


def test_wording_that_an_action_answers_is_not_changed(cast: Cast) -> None:
    keep(cast)
    answer(cast, "MD1")
    with pytest.raises(Conflict, match="MD1"):
        keep(cast, items=[MD1 | {"title": "Assess in triage within 30 minutes"}])
    assert seen(cast, "alice").items[0].title == MD1["title"]
    changed = [MD1, {"ref": "SD1", "title": "Display staffing at each door"}]
    assert keep(cast, items=changed).changed == ["SD1"]


def test_a_new_edition_keeps_the_links_and_shows_the_difference(cast: Cast) -> None:
    keep(cast)
    answer(cast, "MD1")
    items = [MD1, {"ref": "MD2", "title": "Record every handover", "demand": "must"}]
    keep(cast, key="cqc_2027", supersedes="aaa_cqc_2026", items=items)
    new, old = seen(cast, "violet", "aaa_cqc_2027"), seen(cast, "violet")
    assert new.differences is not None
    assert new.differences.model_dump() == {"since": old.key, "added": ["MD2"], "changed": [], "gone": ["SD1"]}
    assert (old.superseded_by, new.supersedes) == (["aaa_cqc_2027"], ["aaa_cqc_2026"])
    [link] = old.items[0].links
    assert (link.to, link.kind, link.counts) == ("aaa_cqc_2027:MD1", "same", True)


def test_only_an_own_publication_can_be_followed(sqlite_cast: Cast) -> None:
    keep(sqlite_cast, "oscar")
    with pytest.raises(Invalid, match="no publication"):
        keep(sqlite_cast, supersedes="bbb_cqc_2026")
    keep(sqlite_cast)
    with pytest.raises(Invalid, match="own place"):
        keep(sqlite_cast, supersedes="aaa_cqc_2026")


def test_a_part_makes_what_is_above_it_a_chapter(sqlite_cast: Cast) -> None:
    keep(sqlite_cast)
    with sqlite_cast.database.write(sqlite_cast.actor("alice")) as tx:
        given = GivenItem(title="Train the night team", parent="MD1")
        commands.put_item(tx, key="aaa_cqc_2026", ref="MD1.1", given=given, used=answered_anywhere)
    leaves = {i.ref: i.is_leaf for i in seen(sqlite_cast, "alice").items}
    assert leaves == {"MD1": False, "MD1.1": True, "SD1": True}
    with sqlite_cast.database.write(sqlite_cast.actor("alice")) as tx:
        with pytest.raises(Conflict, match="under this one"):
            commands.withdraw_item(tx, key="aaa_cqc_2026", ref="MD1")
        commands.withdraw_item(tx, key="aaa_cqc_2026", ref="MD1.1")
    assert {i.ref for i in seen(sqlite_cast, "alice").items if i.is_leaf and not i.withdrawn} == {"MD1", "SD1"}


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("title: [", "look at line"),
        ("- 1", "Begin with lines"),
        ("a: &x [1]\nb: *x", "Write each value out"),
        ("title: A\nkind: rumour", "kind"),
        ("title: A\nkind: survey\nurl: javascript:alert(1)", "https://"),
        ("title: A\nkind: survey\nitems: [{ref: S1, title: 'For 401 023 2137'}]", "recommendation S1, title"),
        ("title: A\nkind: survey\ncolour: red", "colour"),
    ],
)
def test_it_says_what_is_wrong_with_a_file(text: str, sentence: str) -> None:
    with pytest.raises(Invalid) as error:
        files.read_publication(text)
    assert sentence in " ".join(f.message for f in error.value.fields)


def test_the_example_of_a_file_can_be_kept() -> None:
    found = files.read_publication(files.EXAMPLE, "AAA")
    assert (found.organisation, [i.ref for i in found.items]) == ("AAA", ["MD1", "SD1"])


@pytest.fixture
def doors(sqlite_doors: Doors) -> Doors:
    sqlite_doors.as_("alice").post("/frameworks/load")
    return sqlite_doors


def test_the_office_adds_one_by_form_and_its_findings_one_by_one(doors: Doors) -> None:
    alice = doors.as_("alice")
    assert doors.as_("violet").get("/frameworks/new").status_code == 403
    assert "Add your own publication" in alice.get("/frameworks").text
    assert alice.post("/frameworks/new", data={"title": "", "kind": "inspection"}).status_code == 422
    made = alice.post("/frameworks/new", data={"title": "Peer review", "kind": "peer_review", "key_questions": "safe"})
    assert made.headers["location"] == "/frameworks/aaa_peer_review"
    assert "has no recommendations yet" in alice.get("/frameworks/aaa_peer_review").text
    address = "/frameworks/aaa_peer_review/items"
    assert alice.post(address, data={"ref": "1", "title": "Talk to families"}).headers["location"].endswith("#r-1")
    assert alice.post(address, data={"ref": "1", "title": "Talk to families"}).status_code == 409
    assert alice.post(address, data={"ref": "a/b", "title": "Talk"}).status_code == 422
    assert alice.get(f"{address}/1").status_code == 200
    alice.post(f"{address}/1", data={"title": "Listen to families"})
    assert "Listen to families" in doors.as_("violet").get("/frameworks/aaa_peer_review").text
    alice.post(f"{address}/1/withdraw")
    assert "Withdrawn" in doors.as_("violet").get("/frameworks/aaa_peer_review").text
    page = alice.get("/frameworks/aaa_peer_review/edit").text
    revision = page.partition('name="revision" value="')[2].partition('"')[0]
    changed = {"title": "Peer review 2026", "kind": "peer_review", "revision": revision}
    assert alice.post("/frameworks/aaa_peer_review/edit", data=changed).status_code == 303
    assert alice.post("/frameworks/aaa_peer_review/edit", data=changed).status_code == 412
    for name in ("oscar", "olive"):
        assert doors.as_(name).get("/frameworks/aaa_peer_review").status_code == 404
        assert "Peer review" not in doors.as_(name).get("/frameworks").text


def test_a_file_is_pasted_and_what_is_wrong_keeps_the_text(doors: Doors) -> None:
    alice = doors.as_("alice")
    assert (
        alice.post("/frameworks/file", data={"text": files.EXAMPLE}).headers["location"] == "/frameworks/aaa_cqc_2026"
    )
    wrong = alice.post("/frameworks/file", data={"text": "title: A\nkind: rumour"})
    assert wrong.status_code == 422
    assert "kind: rumour" in wrong.text
    assert "kind: inspection" in alice.get("/frameworks/file").text


def test_programs_keep_one_too(doors: Doors) -> None:
    office, other = doors.token(), doors.token(organisation="BBB")
    made = office.post("/api/v1/frameworks", json=GIVEN)
    assert (made.status_code, made.json()["key"]) == (201, "aaa_cqc_2026")
    assert office.post("/api/v1/frameworks", json=GIVEN).status_code == 409
    assert office.post("/api/v1/frameworks/yaml", json={"text": files.EXAMPLE}).json()["changed"] == ["MD1", "SD1"]
    item = "/api/v1/frameworks/aaa_cqc_2026/items/MD2"
    assert office.put(item, json={"title": "Record every handover"}).status_code == 200
    assert office.delete(item).status_code == 204
    assert other.put(item, json={"title": "Record"}).status_code == 404
    assert other.get("/api/v1/frameworks/aaa_cqc_2026").status_code == 404
    assert "aaa_cqc_2026" not in other.get("/api/v1/frameworks?limit=500").text
    assert office.put("/api/v1/frameworks/ockenden_2022/items/1.1", json={"title": "x"}).status_code == 403


def test_an_own_link_counts_for_the_own_organisation_alone(doors: Doors) -> None:
    alice, oscar = doors.as_("alice"), doors.as_("oscar")
    link = {
        "recommendation": "ockenden_2022:1.1",
        "other": "maternity_incentive_scheme:SA4",
        "kind": "same",
        "why": "One rota",
    }
    assert doors.as_("violet").post("/frameworks/ockenden_2022/links", data=link).status_code == 403
    assert alice.post("/frameworks/ockenden_2022/links", data=link | {"other": "ockenden_2022:1.2"}).status_code == 422
    assert alice.post("/frameworks/ockenden_2022/links", data=link).status_code == 303
    assert alice.post("/frameworks/ockenden_2022/links", data=link).status_code == 409
    mine = doors.token().get("/api/v1/frameworks/ockenden_2022").json()
    [made] = [x for i in mine["items"] if i["ref"] == "1.1" for x in i["links"] if x["basis"] == "local"]
    assert (made["kind"], made["counts"], made["made_by"], made["made_why"]) == ("same", False, "Alice", "One rota")
    address = f"/frameworks/ockenden_2022/links/{made['id']}"
    assert "It waits for somebody else’s word" in alice.get("/frameworks/ockenden_2022").text
    own = alice.post(address, data={"accepted": "true"})
    assert (own.status_code, "somebody else has to accept or refuse it" in own.text) == (409, True)
    assert oscar.post(address, data={"accepted": "true"}).status_code == 404
    assert doors.as_("edith").post(address, data={"accepted": "true"}).status_code == 303
    mine = doors.token().get("/api/v1/frameworks/ockenden_2022").json()
    [made] = [x for i in mine["items"] if i["ref"] == "1.1" for x in i["links"] if x["basis"] == "local"]
    assert (made["counts"], made["ruled_by"]) == (True, "Edith")
    theirs = doors.token(organisation="BBB").get("/api/v1/frameworks/ockenden_2022").json()
    assert not [x for i in theirs["items"] for x in i["links"] if x["basis"] == "local"]
    assert oscar.post(f"{address}/remove").status_code == 404
    assert alice.post(f"{address}/remove").status_code == 303
    assert "One rota" not in alice.get("/frameworks/ockenden_2022").text


def test_another_word_for_a_suggested_link_needs_its_reason(sqlite_cast: Cast) -> None:
    with sqlite_cast.database.write(sqlite_cast.actor("alice")) as tx:
        commands.load_library(tx)
    with sqlite_cast.database.write(sqlite_cast.actor("alice")) as tx:
        link = next(x for i in queries.framework(tx, "ockenden_2022").items for x in i.links if x.basis == "editorial")
        with pytest.raises(Invalid, match="Say why"):
            commands.rule_on_link(tx, link_id=link.id, given=Ruling.model_validate({"accepted": True, "kind": "same"}))
        told = Ruling.model_validate({"accepted": True, "kind": "same", "why": "One training day"})
        row = commands.rule_on_link(tx, link_id=link.id, given=told)
        assert (row.kind, row.ruled_by_name) == ("same", "Alice")


def test_the_command_keeps_a_file_and_says_what_changed(sqlite_cast: Cast, tmp_path: Path) -> None:
    file = tmp_path / "cqc.yaml"
    file.write_text(files.EXAMPLE, encoding="utf-8")
    where: dict[str, Any] = {"database_url": sqlite_cast.database.url, "data_dir": tmp_path}
    done = tracker("framework", "load", str(file), "--organisation", "aaa", **where)
    assert (done.returncode, done.stdout) == (0, "aaa_cqc_2026: 2 added, 0 changed, 0 withdrawn.\n"), done.stderr
    done = tracker("framework", "load", str(file), "--organisation", "XYZ", **where)
    assert (done.returncode, "no organisation with the code XYZ" in done.stderr) == (1, True)
    file.write_bytes(b"\xff\xfe")
    done = tracker("framework", "load", str(file), "--organisation", "AAA", **where)
    assert (done.returncode, done.stderr) == (1, "The file is not text in UTF-8. Save it as UTF-8.\n")
