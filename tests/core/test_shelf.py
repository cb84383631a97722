"""A shelf holds no more than it may, and drops what was asked for longest ago."""

from app.core.shelf import Shelf


def test_it_holds_no_more_than_it_may_weigh() -> None:
    shelf = Shelf[bytes](10_000, len)
    for number in range(20):
        shelf.put(number, b"x" * 1000)
    assert shelf.weight == 10_000
    assert (shelf.get(9), shelf.get(10)) == (None, b"x" * 1000)


def test_it_weighs_a_value_put_again_once() -> None:
    shelf = Shelf[str](2)
    for _ in range(5):
        shelf.put("same", "value")
    assert shelf.weight == 1


def test_it_drops_what_was_asked_for_longest_ago() -> None:
    shelf = Shelf[str](2)
    shelf.put("first", "1")
    shelf.put("second", "2")
    assert shelf.get("first") == "1"
    shelf.put("third", "3")
    assert (shelf.get("second"), shelf.get("first"), shelf.get("third")) == (None, "1", "3")


def test_it_is_empty_when_cleared() -> None:
    shelf = Shelf[str](2)
    shelf.put("first", "1")
    shelf.clear()
    assert (shelf.weight, shelf.get("first")) == (0, None)
