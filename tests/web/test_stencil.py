"""A stencil draws what the macro draws, of any record."""

from typing import Any

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as run
from hypothesis import strategies as st

from app.actions.display import RowView
from app.actions.pages.opening import _LINE, Buttons, row_words
from app.core import words
from app.web import render

calm = run(deadline=None, suppress_health_check=[HealthCheck.too_slow])
texts = st.one_of(
    st.just(""), st.sampled_from(["<b>&\"'", "100 % of {x}", "%s %d %%", "\0", "a\0b"]), st.text(max_size=8)
)
rows = st.builds(
    RowView,
    **dict.fromkeys(
        ("ref", "title", "owner", "due", "due_note", "look", "label", "why", "latest", "latest_day", "asked"), texts
    ),
    chips=st.lists(texts, max_size=4).map(tuple),
    late=st.booleans(),
)


def by_the_macro(anchor: str, base: str, buttons: Buttons, row: RowView) -> str:
    line: Any = render.macro("actions/cells.html", "line")
    return str(line(anchor, row, base, row_words(), *buttons))


def drawn(anchor: str, base: str, buttons: Buttons, row: RowView) -> str:
    return str(_LINE.draw({"anchor": anchor, "base": base, **buttons._asdict(), **row._asdict()}))


@calm
@given(rows, st.builds(Buttons, st.booleans(), st.booleans()))
def test_it_draws_a_row_as_its_macro_does(row: RowView, buttons: Buttons) -> None:
    assert drawn("1.1", "/plans/a&b/actions", buttons, row) == by_the_macro("1.1", "/plans/a&b/actions", buttons, row)


@calm
@given(st.lists(rows, max_size=5))
def test_it_draws_rows_together_as_each_alone(some: list[RowView]) -> None:
    buttons = Buttons(may_update=True, may_ask=False)
    columns: dict[str, list[Any]] = {name: [getattr(row, name) for row in some] for name in RowView._fields}
    alike = {name: [value] * len(some) for name, value in {"anchor": "1.1", "base": "/x", **buttons._asdict()}.items()}
    assert _LINE.draw_all(columns | alike) == [by_the_macro("1.1", "/x", buttons, row) for row in some]


@pytest.mark.parametrize("language", ["en", words.PSEUDO])
def test_it_speaks_the_readers_language(language: str) -> None:
    row = RowView("1.1", "A", (), "Owen", "31 Oct", "", False, "red", "Late", "", "", "", "1 question")
    words.use_language(language)
    try:
        buttons = Buttons(may_update=True, may_ask=True)
        assert drawn("1.1", "/x", buttons, row) == by_the_macro("1.1", "/x", buttons, row)
    finally:
        words.use_language("en")
