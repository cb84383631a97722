"""Text that looks like a formula comes back from a csv file as it went in."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.exchange.guarding import guarded, unguarded
from tests.exchange.made_exports import AWKWARD

SIGNS = ("=", "+", "-", "@", "\t", "\r", "＝", "＠")


@given(st.text(alphabet=st.sampled_from("'=+-@\t\r＝a 1")) | st.text())
def test_it_gives_every_text_back(text: str) -> None:
    assert unguarded(guarded(text)) == text


@pytest.mark.parametrize("text", [*AWKWARD, *SIGNS])
def test_it_leaves_nothing_that_begins_a_formula(text: str) -> None:
    assert not guarded(text).startswith(SIGNS)


@pytest.mark.parametrize("text", ["", "'plain'", "1.01", "a = b", "'tis", "''"])
def test_it_leaves_plain_text_alone(text: str) -> None:
    assert guarded(text) == text == unguarded(text)
