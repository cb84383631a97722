"""Cells that say what stands elsewhere: ditto marks, a number below the name of its publication, a day's number."""

import pytest

from app.exchange.imports.questions import AS_WORDS
from app.frameworks.models import Framework, Recommendation
from tests.exchange import books
from tests.exchange.test_imports import begun, done, looked, view_of
from tests.support.cast import MAKER, Cast

HEADS = ("Ref", "Action required", "Owner", "Due date", "Regulation")
ROWS = (("1.91", "Audit", "Owen", 47000, 18), ("1.92", "As above", '"', "ditto", "17, 12"))


def come_in(cast: Cast, *more: tuple[object, ...], **answers: str) -> list[str]:
    """The check's notes; the workbook is in."""
    given = {"priority:none": "1", **{f"ditto:{k}": v for k, v in answers.items()}}
    import_id = begun(cast, books.simple(*ROWS, *more, heads=HEADS), answers=given, unclear="words")
    notes = [note.text for note in looked(cast, import_id).notes]
    done(cast, import_id)
    return notes


def test_it_asks_once_for_each_way_of_writing_ditto(sqlite_cast: Cast) -> None:
    told = looked(sqlite_cast, begun(sqlite_cast, books.simple(*ROWS, heads=HEADS), answers={"priority:none": "1"}))
    assert [(q.key, q.answer, q.suggested) for q in told.questions if q.answer is None] == [
        ("ditto:as above", None, "above"), ('ditto:"', None, "above"), ("ditto:ditto", None, "above")
    ]  # fmt: skip
    assert [row.waiting for row in told.rows] == [False, True]


@pytest.mark.parametrize(("answer", "title"), [("above", "Audit"), ("words", "As above"), (AS_WORDS, "As above")])
def test_what_stands_above_counts_where_a_person_says_so(sqlite_cast: Cast, answer: str, title: str) -> None:
    come_in(sqlite_cast, **{"as above": answer})
    second = view_of(sqlite_cast).by_ref["1.92"]
    assert second.title == title
    assert second.accountable_person is not None
    assert second.facts.due_date == view_of(sqlite_cast).by_ref["1.91"].facts.due_date


def test_a_number_in_a_column_of_days_is_a_day_and_is_said_to_be(sqlite_cast: Cast) -> None:
    assert "The number 47000 is read as 04/09/2028." in come_in(sqlite_cast)


def test_a_number_below_the_name_of_its_publication_and_a_local_action_are_linked(sqlite_cast: Cast) -> None:
    with sqlite_cast.database.write(MAKER) as tx:
        tx.act("tests.begun")
        for key, owner, refs in (
            ("cqc_regulations", None, ("R12", "R17", "R18")),
            ("lafl_alpha", sqlite_cast.organisations["AAA"], ("4.54",)),
        ):
            shelf = Framework(key=key, title=key, short_title=key, prefix="", organisation_id=owner)
            tx.add(shelf)
            tx.flush()
            tx.add_all([Recommendation(framework_id=shelf.id, ref=ref, title=ref) for ref in refs])
        tx.flush()
    come_in(sqlite_cast, ("1.93", "Train", "", "", "Ockenden 4.54"))
    actions = view_of(sqlite_cast).by_ref
    assert [sorted(k.ref for k in actions[ref].links) for ref in ("1.91", "1.92", "1.93")] == [
        ["R18"], ["R12", "R17"], ["4.54"]
    ]  # fmt: skip
