"""The days between, the trend and the tables, from the record; on both databases."""

import csv
import io
from collections import Counter
from datetime import timedelta

from app.actions.queries import plan_view
from app.reports import queries
from app.reports.queries.days import daily, plan_trend
from tests.actions.made_plan import add, edit, framework, reading
from tests.reports import made_past
from tests.reports.made_past import TODAY, ago
from tests.support.cast import Cast


def test_each_day_is_what_its_own_view_says(cast: Cast) -> None:
    made_past.a_year(cast)
    with made_past.on(TODAY), reading(cast) as (read, access):
        first = ago(40)
        days = daily(read, access, first, TODAY)
        assert [d.day for d in days] == [first + timedelta(days=n) for n in range(41)]
        for each in days[::4]:
            view = plan_view(read, access, each.day)
            expected = Counter((a.priority.ref, a.stage, a.rating.colour) for a in view.actions)
            assert Counter({(x.priority, x.stage, x.colour): x.count for x in each.lines}) == expected
            assert each.revision == view.revision
        assert daily(read, access, first, TODAY) == days
        for point in plan_trend(read, access, plan_view(read, access)).points:
            then = plan_view(read, access, point.day).counts
            assert (point.reached.delivered, point.reached.assured) == (then.delivered_share.part, then.assured)


def test_a_comparison_asks_the_record_who_and_why(cast: Cast) -> None:
    made_past.a_year(cast)
    with made_past.on(TODAY), reading(cast) as (read, access):
        told = queries.comparison_read(read, access, ago(30))
    by_list = {name: [c.ref for c in getattr(told, name)] for name in ("added", "closed", "slipped", "reopened")}
    assert by_list == {"added": ["2.5"], "closed": ["2.2"], "slipped": ["1.5"], "reopened": ["1.4"]}
    [slip] = told.slipped
    assert (slip.by, slip.day, slip.why) == ("Edith", ago(15), "The supplier is late")
    assert slip.detail.endswith("9 August 2027")
    worse = {c.ref: c for c in told.worse}
    assert worse["1.1"].by is None
    assert worse["2.1"].why == "The post was not filled"
    assert worse["1.4"].by == "Victor"


def test_tables_keep_text_as_it_was_written(sqlite_cast: Cast) -> None:
    framework(sqlite_cast)
    title = '=SUM(A1) "quoted", with a comma'
    ref = add(sqlite_cast, title=title, recommendations=["ockenden_2022:1.2"])
    edit(sqlite_cast, ref, commentary="Line one\nline two; +44", progress="at_risk")
    with reading(sqlite_cast) as (read, access):
        rows = {name: read_table(queries.table(read, access, name)) for name in queries.TABLES}
        empty = queries.daily_table(read, access, ago(9000), ago(8999))
    assert rows["actions"][0]["title"] == title
    assert rows["actions"][0]["latest_commentary"] == rows["updates"][0]["commentary"] == "Line one\nline two; +44"
    assert rows["action-recommendations"][0]["recommendation"] == "ockenden_2022:1.2"
    assert rows["actions"][0]["regulatory"] == "false"
    assert [r["total"] for r in rows["priorities"]] == ["1", "0"]
    assert rows["decisions"] == []
    for name, found in rows.items():
        assert all(r["plan"] == "alpha" and r["as_at"] and r["revision"] for r in found), name
    assert empty.strip().startswith("plan,as_at,revision,date,priority,stage,rating,count")
    assert len(empty.splitlines()) == 1


def read_table(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text, newline="")))
