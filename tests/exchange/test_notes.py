"""What a check says beside its questions: comments that stay behind, and words that may name a patient."""

from openpyxl.comments import Comment

from tests.exchange import books
from tests.exchange.test_imports import begun, drafted, fates, looked
from tests.support.cast import Cast

HEADS = ("Ref", "Action required", "Comments", "Cost")


def notes(cast: Cast, *rows: tuple[str, ...], **comments: str) -> list[tuple[str, str]]:
    book, sheet = books.sheet_of([HEADS, *rows])
    for where, text in comments.items():
        sheet[where].comment = Comment(text, "Alice")
    found = looked(cast, begun(cast, books.saved(book), columns={"Cost": ""}))
    return [(note.place, note.text) for note in found.notes]


def test_a_comment_on_a_heading_or_in_a_column_that_stays_out_can_be_read(sqlite_cast: Cast) -> None:
    told = notes(sqlite_cast, ("1.1", "Audit", "Begun", "£5"), C1="Facts alone", D2="An estimate", C2="Ask Owen")
    assert told == [
        ("Plan!C1", "The comment on “Comments” is not brought in: Facts alone"),
        ("Plan!D2", "The comment on “£5” is not brought in: An estimate"),
    ]


def test_words_that_may_name_a_patient_are_pointed_out_where_they_are_stored(sqlite_cast: Cast) -> None:
    told = notes(
        sqlite_cast,
        ("1.1", "Audit", "Baby of Roe, DOB 03/04/1991", "MRN K1234567"),
        ("1.2", "Train", "", ""),
        C3="hospital no. K1234567",
    )
    assert told == [
        ("Plan!C2", "This says “baby of”. Do not enter the names of mothers or babies."),
        ("Plan!C2", "This mentions a date of birth. Do not enter patient details."),
        ("Plan!C3", "This may hold a hospital number. Do not enter patient details."),
    ]


def test_a_completion_date_of_what_is_not_delivered_is_pointed_out(sqlite_cast: Cast) -> None:
    drafted(sqlite_cast)
    content = books.simple(["1.91", "Audit", "1/4/2025"], heads=("Ref", "Action required", "Closed on"))
    found = looked(sqlite_cast, begun(sqlite_cast, content))
    assert [(n.place, n.text[:60]) for n in found.notes] == [
        ("Plan!2", "It has a completion date and comes in as not delivered, beca")
    ]


def test_a_text_alone_far_below_the_table_is_no_action(sqlite_cast: Cast) -> None:
    rows = [("1.9", "Audit", "Begun"), ("1.10", "Train", "Begun"), ("1.11", "Listen", "Begun")]
    book, sheet = books.sheet_of([HEADS, *rows])
    sheet["B40"], sheet["B41"] = "A note", "and more of it"
    import_id = begun(sqlite_cast, books.saved(book))
    assert looked(sqlite_cast, import_id).counts.created == 3
    assert {fates(sqlite_cast, import_id)[where] for where in ("B40", "B41")} == {"listed"}
