"""What waits for somebody stands on their own page, kind by kind, and on nobody else's."""

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


def test_the_dashboard_counts_the_rulings_of_its_reader(sqlite_doors: Doors) -> None:
    furnish(sqlite_doors.cast)
    wait = "answers to recommendations wait for your ruling"
    assert wait in sqlite_doors.as_("edith").get("/plans/alpha").text
    assert wait not in sqlite_doors.as_("carol").get("/plans/alpha").text
