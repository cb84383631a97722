"""What waits for somebody stands on their own page, kind by kind, and on nobody else's."""

import re

from tests.assurance import made
from tests.assurance.made import day
from tests.assurance.test_meetings import record
from tests.assurance.test_reports_and_questions import report
from tests.coverage.made import publish
from tests.coverage.test_declarations import begin
from tests.coverage.test_standings import ask as ask_standing
from tests.support.cast import Cast
from tests.support.doors import Doors

SENTENCES = {
    "list": "Confirm what the meeting “November” decided: 1",
    "exception": "Exception on 1.01: Agree the cost.",
    "ruling": "2 answers to recommendations wait for your ruling",
    "declaration": "Declaration “Scheme, year 6” is in preparation",
    "retest": "1.02 Mend 1.02: ",
    "office": "1 re-test is due",
}
SEES = {
    "carol": {"list", "exception", "declaration"},
    "edith": {"list", "exception", "ruling", "declaration"},
    "victor": {"declaration"},
    "owen": {"retest"},
    "alice": {"office"},
    "violet": set[str](),
}


def furnish(cast: Cast) -> None:
    made.make_action(cast)
    record(cast, made.propose(cast, "owen", due_date=day(80)))
    report(cast, ask="Agree the cost.")
    made.make_action(cast, "1.02", title="Mend 1.02", stage="assured", completion_date=day(-400), retest_date=day(-3))
    publish(cast)
    ask_standing(cast, names=["aaa_first:1", "aaa_first:2"])
    begin(cast)


def test_it_shows_each_kind_to_those_it_waits_for_and_to_nobody_else(sqlite_doors: Doors) -> None:
    furnish(sqlite_doors.cast)
    for name, kinds in SEES.items():
        html = sqlite_doors.as_(name).get("/me").text.replace("&#39;", "'")
        assert {kind for kind, sentence in SENTENCES.items() if sentence in html} == kinds, name


def test_it_leads_to_what_waits(sqlite_doors: Doors) -> None:
    furnish(sqlite_doors.cast)
    edith, carol = sqlite_doors.as_("edith"), sqlite_doors.as_("carol")
    assert "/plans/alpha/standings#waiting" in edith.get("/me").text
    assert 'id="waiting"' in edith.get("/plans/alpha/standings").text
    place = carol.get("/me").text.partition("/plans/alpha/decisions#")[2].partition('"')[0]
    assert f'id="{place}"' in carol.get("/plans/alpha/decisions").text
    assert "1.02" in sqlite_doors.as_("alice").get("/plans/alpha/actions?label=retest_due").text


ON_THE_DASHBOARD = {
    "list": "1 decision of the meeting “November” waits for you to confirm it",
    "exception": "1 exception report waits for your answer: 1.01",
    "ruling": "2 answers to recommendations wait for your ruling",
}


def test_the_dashboard_counts_what_waits_for_its_reader(sqlite_doors: Doors) -> None:
    furnish(sqlite_doors.cast)
    for name, kinds in SEES.items():
        html = sqlite_doors.as_(name).get("/plans/alpha").text
        found = {kind for kind, sentence in ON_THE_DASHBOARD.items() if f">{sentence}</a>" in html}
        assert found == kinds & set(ON_THE_DASHBOARD), name
        assert ("Nothing waits for you." in html) == (name == "victor")


def test_the_dashboard_leads_to_what_waits(sqlite_doors: Doors) -> None:
    furnish(sqlite_doors.cast)
    carol = sqlite_doors.as_("carol")
    html = carol.get("/plans/alpha").text
    place = html.partition("/plans/alpha/decisions#")[2].partition('"')[0]
    assert f'id="{place}"' in carol.get("/plans/alpha/decisions").text
    report = html.partition('"/plans/alpha/exceptions/')[2].partition('"')[0]
    assert "Agree the cost." in carol.get(f"/plans/alpha/exceptions/{report}").text


def test_red_actions_stand_first_among_the_cards(sqlite_doors: Doors) -> None:
    cast = sqlite_doors.cast
    for ref, fields in (("1.01", {}), ("1.02", {"progress": "at_risk"}), ("1.03", {"due_date": day(-1)})):
        made.make_action(cast, ref, **fields)
        made.propose(cast, "owen", ref, due_date=day(200))
    html = sqlite_doors.as_("carol").get("/plans/alpha").text
    assert re.findall(r'<h3 class="card-title"><a [^>]*>(\S+)', html) == ["1.03", "1.02", "1.01"]
    assert "If you agree:" in html
