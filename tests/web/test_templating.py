"""Our templates escape what they write out."""

from enum import StrEnum
from typing import Any

import pytest
from jinja2 import UndefinedError
from markupsafe import Markup, escape

from app.web.templating import environment


class Word(StrEnum):
    odd = "<&\"'>"


class Drawn:
    def __html__(self) -> str:
        return "<b>drawn</b>"


@pytest.mark.parametrize("value", ["", "<&\"'>", Word.odd, Markup("<b>&amp;</b>"), Drawn(), 3, 1.5, None, ["<"], True])
def test_it_writes_out_what_escape_makes_of_a_value(value: Any) -> None:
    written = environment().from_string("{% set kept %}{{ value }}{% endset %}<p>{{ value }}{{ kept }}</p>")
    assert written.render(value=value) == f"<p>{escape(value)}{escape(value)}</p>"


def test_it_does_not_write_out_what_is_missing() -> None:
    with pytest.raises(UndefinedError):
        environment().from_string("{{ missing }}").render()
