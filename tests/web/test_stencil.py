"""A stencil draws what the macro draws, of any record."""

from dataclasses import astuple
from typing import Any

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as run
from hypothesis import strategies as st

from app.actions.display import RowView
from app.actions.pages.opening import _LINE, row_words
from app.core import words
from app.web import render

calm = run(deadline=None, suppress_health_check=[HealthCheck.too_slow])
texts = st.one_of(
    st.just(""), st.sampled_from(["<b>&\"'", "100 % of {x}", "%s %d %%", "\0", "a\0b"]), st.text(max_size=8)
)
rows = st.builds(
    RowView,
    **dict.fromkeys(
        ("ref", "title", "owner", "due", "due_note", "look", "label", "why", "latest", "latest_day"), texts
    ),
    chips=st.lists(texts, max_size=4).map(tuple),
    late=st.booleans(),
)


def by_the_macro(anchor: str, base: str, may_update: bool, row: RowView) -> str:
    line: Any = render.macro("actions/cells.html", "line")
    return str(line(anchor, row, base, row_words(), may_update))


@calm
@given(rows, st.booleans())
def test_it_draws_a_row_as_its_macro_does(row: RowView, may_update: bool) -> None:
    values = [getattr(row, name) for name in RowView.__dataclass_fields__]
    drawn = _LINE.draw(("1.1", "/plans/a&b/actions", may_update, *values))
    assert drawn == by_the_macro("1.1", "/plans/a&b/actions", may_update, row)
    assert len(astuple(row)) == len(values)


@pytest.mark.parametrize("language", ["en", words.PSEUDO])
def test_it_speaks_the_readers_language(language: str) -> None:
    row = RowView("1.1", "A", (), "Owen", "31 Oct", "", False, "red", "Late", "", "", "")
    values = [getattr(row, name) for name in RowView.__dataclass_fields__]
    words.use_language(language)
    try:
        assert _LINE.draw(("1.1", "/x", True, *values)) == by_the_macro("1.1", "/x", True, row)
    finally:
        words.use_language("en")
