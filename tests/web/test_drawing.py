"""Where the parts of a strip stand."""

from app.actions.display import Share
from app.web.drawing import Part, strip_parts, strip_words

SHARES = [Share("blue", 97, "Assured"), Share("green", 0, "On track"), Share("red", 3, "Needs action")]


def test_each_part_is_as_wide_as_its_share_and_its_number_stands_where_it_has_room() -> None:
    assert strip_parts(SHARES) == [Part("blue", 97, "0%", "97.0%", "48.5%"), Part("red", 3, "97.0%", "3.0%", "")]


def test_it_says_what_there_is() -> None:
    assert strip_words(SHARES) == "97 Assured, 3 Needs action"
    assert (strip_words(SHARES[1:2]), strip_parts(SHARES[1:2])) == ("", [])
