"""What a workbook leaves unclear is asked, answered in place, and nothing of it is lost."""

import pytest

from app.actions import own
from app.core.errors import Conflict
from tests.exchange import books
from tests.exchange.test_imports import begun, brought, done, fates, looked, view_of
from tests.support.cast import Cast


def test_it_asks_about_hidden_rows_and_columns(sqlite_cast: Cast) -> None:
    book, sheet = books.sheet_of([["Ref", "Action required", "Notes"], ["1.1", "Review", "a"], ["1.2", "Train", "b"]])
    sheet.row_dimensions[3].hidden = True
    sheet.column_dimensions["C"].hidden = True
    content = books.saved(book)
    import_id = begun(sqlite_cast, content)
    assert {q.key for q in looked(sqlite_cast, import_id).questions} == {"hidden:Plan", "hidden column:Notes"}
    assert fates(sqlite_cast, import_id)["B3"] == "asked"
    done(sqlite_cast, begun(sqlite_cast, content, answers={"hidden:Plan": "in", "hidden column:Notes": "out"}))
    assert {a.ref: a.latest_update for a in view_of(sqlite_cast).actions} == {"1.1": None, "1.2": None}


def test_it_asks_whether_a_merged_value_counts_for_each_row(sqlite_cast: Cast) -> None:
    book, sheet = books.sheet_of([["Ref", "Action required", "Owner"], ["1.1", "Review", "Owen"], ["1.2", "Train"]])
    sheet.merge_cells("C2:C3")
    import_id = begun(sqlite_cast, books.saved(book))
    [question] = looked(sqlite_cast, import_id).questions
    assert (question.key, question.suggested) == ("merged:Plan", "each")
    done(sqlite_cast, begun(sqlite_cast, books.saved(book), answers={"merged:Plan": "each"}))
    assert {a.accountable_person.name for a in view_of(sqlite_cast).actions if a.accountable_person} == {"Owen"}
    assert all(a.accountable_person for a in view_of(sqlite_cast).actions)


def test_it_asks_which_of_several_sheets_come_in(sqlite_cast: Cast) -> None:
    book, _sheet = books.sheet_of([["Read this first"]], "Read me")
    for name in ("Open", "Closed"):
        sheet = book.create_sheet(name)
        sheet.append(["Ref", "Action required", "Owner"])
        sheet.append([f"1.{len(name)}", f"{name} action", "Owen"])
    content = books.saved(book)
    [question] = looked(sqlite_cast, begun(sqlite_cast, content)).questions
    assert (question.key, [o.value for o in question.options]) == ("sheets", ["Open", "Closed"])
    done(sqlite_cast, begun(sqlite_cast, content, sheets=["Open"]))
    assert [a.title for a in view_of(sqlite_cast).actions] == ["Open action"]


def test_rows_that_name_no_action_go_on_with_the_one_above(sqlite_cast: Cast) -> None:
    heads = ("Ref", "Action required", "Owner", "Comments")
    content = books.simple(["1.1", "Review", "Owen", "First"], [None, None, "Olga", "Second"], heads=heads)
    done(sqlite_cast, begun(sqlite_cast, content, answers={"more:Plan": "join"}))
    said = view_of(sqlite_cast).by_ref["1.1"].latest_update
    assert said is not None
    assert said.commentary == "First\n\nOwner: Olga\n\nComments: Second"


def test_it_keeps_words_that_are_too_long_for_a_field_whole(sqlite_cast: Cast) -> None:
    words = "Review the guideline with each unit. " * 20
    brought(sqlite_cast, books.simple(["1.1", words, "x" * 9000], heads=("Ref", "Action required", "Comments")))
    action = view_of(sqlite_cast).by_ref["1.1"]
    assert action.title.endswith("…")
    kept = own.read(action.own)
    assert kept["action_required_in_full"] == words.strip()
    assert kept["comments_in_full"] == "x" * 9000


def test_it_says_what_is_wrong_with_a_row_and_brings_none_in(sqlite_cast: Cast) -> None:
    heads = ("Ref", "Action required", "Start date", "Due date")
    content = books.simple(["1.1", "Fine", "", ""], ["1.2", "Late", "01/06/2027", "01/05/2027"], heads=heads)
    import_id = begun(sqlite_cast, content)
    [question] = looked(sqlite_cast, import_id).questions
    assert (question.key, question.places) == ("order:Plan!D3", ["Plan!D3"])
    with pytest.raises(Conflict, match="before the start date"):
        done(sqlite_cast, import_id)
    assert not view_of(sqlite_cast).actions
    done(sqlite_cast, begun(sqlite_cast, content, answers={"order:Plan!D3": "30/06/2027"}))
    assert str(view_of(sqlite_cast).by_ref["1.2"].facts.due_date) == "2027-06-30"
