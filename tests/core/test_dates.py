"""Days as people write them: read day first, and refused with what to do."""

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel, ValidationError

from app.core.dates import FIRST, LAST, Day, OptionalDay, parse_day


class Form(BaseModel):
    due: Day
    retest: OptionalDay = None


@pytest.mark.parametrize(
    "written",
    [
        "2026-10-31",
        "2026/10/31",
        "31/10/2026",
        "31.10.26",
        "31-10-2026",
        "31 10 2026",
        "31 Oct 2026",
        "31 October 2026",
        "31 october 26",
        "31st October, 2026",
        "31-Oct-26",
        "31-Oct-2026",
        "31Oct2026",
        "Saturday 31 October 2026",
        "Sat, 31 Oct 2026",
        "31 of October 2026",
        "31 Hydref 2026",
        "  31\u00a0October\u00a02026 ",
        "31–10–2026",
        "３１/１０/２０２６",
    ],
)
def test_it_reads_the_ways_people_write_a_day(written: str) -> None:
    assert parse_day(written) == date(2026, 10, 31)


def test_it_reads_the_day_before_the_month() -> None:
    assert parse_day("03/04/2026") == date(2026, 4, 3)


@pytest.mark.parametrize(("written", "year"), [("1/2/00", 2000), ("1/2/89", 2089), ("1/2/90", 1990), ("1/2/99", 1999)])
def test_it_puts_two_digit_years_where_they_can_be(written: str, year: int) -> None:
    assert parse_day(written).year == year


@given(st.dates(FIRST, LAST))
def test_it_reads_back_every_day_in_range(day: date) -> None:
    for pattern in ("%Y-%m-%d", "%d/%m/%Y", "%d %B %Y", "%d %b %Y", "%d.%m.%Y"):
        assert parse_day(day.strftime(pattern)) == day


@pytest.mark.parametrize(
    "written", ["31 Feb 2026", "2026-02-30", "10/31/2026", "0/1/2026", "29 February 2027", "31.13.26"]
)
def test_it_refuses_a_day_that_is_not_in_the_calendar(written: str) -> None:
    with pytest.raises(ValueError, match=r"is not a day in the calendar\. Write day, month and year") as caught:
        parse_day(written)
    assert str(caught.value).startswith(written)


@pytest.mark.parametrize("written", ["31/12/1989", "1 January 2101", "0001-01-01", "9999-12-31"])
def test_it_refuses_a_day_too_far_away(written: str) -> None:
    with pytest.raises(ValueError, match="Enter a date from 1990 to 2100"):
        parse_day(written)


@pytest.mark.parametrize(
    "written",
    [
        "",
        "tbc",
        "soon",
        "October 2026",
        "31 Oct",
        "31/10",
        "31 Smarch 2026",
        "31 O 2026",
        "2026-10",
        "20261031",
        "1.5",
        "31/10/026",
        "31/10-2026",
        "2026-10-31T09:00",
        "31 Oct 2026 and later",
        "²/10/2026x",
        "3" * 5000,
    ],
)
def test_it_refuses_what_is_not_a_day_and_shows_how(written: str) -> None:
    with pytest.raises(ValueError, match="Enter a date like 31 October 2026 or 31/10/2026"):
        parse_day(written)


def test_it_takes_dates_and_text_in_a_model() -> None:
    assert Form(due=date(2026, 10, 31)).due == Form.model_validate({"due": "31.10.26"}).due == date(2026, 10, 31)
    assert type(Form.model_validate({"due": datetime(2026, 10, 31)}).due) is date  # noqa: DTZ001 - as a spreadsheet gives it
    assert Form.model_validate({"due": "31 Oct 2026", "retest": " "}).retest is None
    assert Form.model_json_schema()["properties"]["due"]["format"] == "date"


@pytest.mark.parametrize("value", [20261031, 1.5, True, None, ["2026-10-31"], datetime(2026, 10, 31, 9)])  # noqa: DTZ001
def test_it_takes_nothing_else_for_a_day(value: object) -> None:
    with pytest.raises(ValidationError) as caught:
        Form.model_validate({"due": value})
    (only,) = caught.value.errors()
    assert only["type"] == "date_unreadable"
    assert only["msg"] == "Enter a date like 31 October 2026 or 31/10/2026."
