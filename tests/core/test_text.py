"""Free text: what is kept exactly, what is tidied, what is refused and in which words."""

import unicodedata
from typing import Annotated, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel, TypeAdapter, ValidationError

from app.core.text import (
    STATED,
    Line,
    OptionalLine,
    OptionalText,
    Text,
    Writing,
    clean_text,
    refuse_nhs_numbers,
)


class Form(BaseModel):
    title: Line = "Title"
    commentary: Text = "Words"
    note: OptionalText = None
    place: OptionalLine = None
    code: Annotated[str, Writing(8, lines=False)] = "x"


def error(**given_: Any) -> dict[str, Any]:
    with pytest.raises(ValidationError) as caught:
        Form.model_validate(given_)
    (only,) = caught.value.errors()
    return dict(only)


@pytest.mark.parametrize("words", ["👩🏽‍🍼 🏴󠁧󠁢󠁷󠁬󠁳󠁿 ❤️", "ŵŷâêîôûẃẁ Ysbyty Gwynedd – tŷ", "a  b\tc", "e = {x}", "“quoted” £5"])
def test_it_keeps_emoji_accents_and_signs_exactly(words: str) -> None:
    assert clean_text(words) == words
    assert Form(commentary=words).commentary == words


@given(st.text())
def test_it_is_the_same_when_cleaned_twice_and_never_holds_what_is_refused(words: str) -> None:
    try:
        once = clean_text(words)
    except ValueError:
        assert any(unicodedata.category(c) in {"Cc", "Cs", "Cn"} for c in words)
        return
    assert clean_text(once) == once == unicodedata.normalize("NFC", once)
    assert "\r" not in once
    assert once == once.strip()
    once.encode()


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("a\r\nb\rc\nd", "a\nb\nc\nd"),
        ("a\u2028b\u0085c", "a\nb\nc"),
        ("w\u0302", "ŵ"),
        ("\n  words \u00a0\n", "words"),
        ("\ufeffwords\u200b ", "words"),
        ("\u200b \u200b", ""),
    ],
)
def test_it_tidies_line_ends_accents_and_outer_space(typed: str, kept: str) -> None:
    assert clean_text(typed) == kept


@pytest.mark.parametrize("unfit", ["\x00", "\x01", "\x07", "\x0b", "\x0c", "\x1b", "\x1f", "\ud83d", "\uffff"])
def test_it_refuses_control_characters_and_broken_ones_by_name(unfit: str) -> None:
    with pytest.raises(ValueError, match=rf"cannot be kept \(U\+{ord(unfit):04X}\)"):
        clean_text(f"before{unfit}after")


@pytest.mark.parametrize("field", ["title", "commentary", "note", "place"])
def test_it_refuses_an_nhs_number_in_every_kind_of_field(field: str) -> None:
    found = error(**{field: "Seen: 450-557-7104"})
    assert found["type"] == "nhs_number"
    assert found["msg"] == "This looks like an NHS number: 450 557 7104. Remove it. Do not enter patient details."


def test_it_lets_a_number_pass_that_the_office_has_stated_is_not_one() -> None:
    given_ = {"title": "Order 4505577104"}
    assert Form.model_validate(given_, context={STATED: {"4505577104"}}).title == given_["title"]
    with pytest.raises(ValidationError):
        Form.model_validate(given_, context={STATED: {"9990000018"}})
    with pytest.raises(ValueError, match="999 000 0018"):
        refuse_nhs_numbers("4505577104 and 9990000018", {"4505577104"})


def test_it_finds_the_number_across_a_line_break_in_a_one_line_field() -> None:
    assert error(title="450\n557\n7104")["type"] == "nhs_number"


def test_it_makes_one_line_of_a_wrapped_cell_and_keeps_the_lines_of_a_text() -> None:
    form = Form(title="Fetal monitoring\r\n\tlead", commentary="one\r\ntwo")
    assert (form.title, form.commentary) == ("Fetal monitoring lead", "one\ntwo")


@pytest.mark.parametrize("empty", ["", "  ", "\n", "\u200b"])
def test_it_reads_white_space_as_nothing_or_refuses_it(empty: str) -> None:
    assert Form(note=empty, place=empty).model_dump(include={"note", "place"}) == {
        "note": None,
        "place": None,
    }
    assert error(title=empty)["type"] == "required"
    assert error(commentary=empty)["msg"] == "This cannot be left empty."


def test_it_counts_code_points_after_cleaning() -> None:
    assert Form(code=" 12345678\n").code == "12345678"
    assert Form(title="ŵ" * 200).title == "ŵ" * 200
    assert error(code="123456789")["msg"] == "This has 9 characters. Shorten it to 8 or fewer."
    assert error(commentary="x" * 4001)["type"] == "text_too_long"


def test_it_tells_the_limit_in_the_schema_and_refuses_other_types() -> None:
    properties = Form.model_json_schema()["properties"]
    assert (properties["title"]["minLength"], properties["title"]["maxLength"]) == (1, 200)
    assert properties["note"]["anyOf"][0] == {"type": "string", "maxLength": 4000}
    with pytest.raises(ValidationError):
        TypeAdapter(Text).validate_python(5)
