"""Exports of the product read again: of the demonstration, of a plan that was a spreadsheet, of an empty plan."""

import io
from datetime import date
from pathlib import Path

import pytest

from app.actions.filters import Filters
from app.core.db import Database, Read
from app.core.errors import Invalid
from app.demo import loader
from app.exchange.asking import ExportAsked, Format, writer
from app.exchange.columns import Layout
from app.exchange.imports.file import opened
from app.exchange.queries import book
from app.exchange.queries.looking import Check, look
from app.exchange.schemas import ImportAnswers
from app.plans.queries import PlanAccess, plan_for
from tests.exchange import books
from tests.exchange.test_imports import brought, drafted
from tests.exchange.test_round_trip import FILES, unlike
from tests.support.cast import Cast
from tests.support.server import demonstration

# Two columns for the due date, each revised date its own, and headings that the product has too.
HEADS = ("Ref", "Action required", "Due date", "Due", "Revised timescale", "Revised timescale", "Location of Evidence",
         "Theme", "CQC said")  # fmt: skip


def read_again(read: Read, access: PlanAccess, layout: Layout, format: Format) -> Check:
    asked, out = ExportAsked(format=format, layout=layout), io.BytesIO()
    writer(book(read, access, asked), asked)(out)
    return look(read, access, opened(f"plan.{format.value}", out.getvalue()).book, ImportAnswers())


def test_the_demonstration_comes_back_as_it_was(tmp_path: Path) -> None:
    database = Database(demonstration(tmp_path), tmp_path)
    with database.read(loader.STORYTELLER) as read:
        for slug in ("saltmarsh-mip", "fellside-mip"):
            for layout, format in FILES:
                assert unlike(read_again(read, plan_for(read, slug), layout, format)) == [], (slug, layout, format)
    database.dispose()


def test_a_spreadsheet_that_was_brought_in_comes_back_into_the_fields_it_made(sqlite_cast: Cast) -> None:
    drafted(sqlite_cast)
    rows = [
        [
            f"4.{n}",
            f"Action {n}",
            date(2027, 3, n),
            date(2027, 1, n),
            date(2027, 5, n),
            "soon",
            "SharePoint",
            "Safe",
            "x",
        ]
        for n in range(1, 9)
    ]
    brought(sqlite_cast, books.simple(*rows, heads=HEADS))
    with sqlite_cast.database.read(sqlite_cast.actor("alice")) as read:
        for layout, format in FILES:
            check = read_again(read, plan_for(read, "alpha"), layout, format)
            assert unlike(check) == [], (layout, format)
            assert not {name.casefold() for name in check.own} - {
                f.name.casefold() for f in check.around.fields.values()
            }


def test_what_an_export_tells_of_evidence_is_listed_and_what_is_typed_there_is_kept(sqlite_cast: Cast) -> None:
    database = sqlite_cast.database
    with database.read(sqlite_cast.actor("alice")) as read:
        access = plan_for(read, "alpha")
        asked, out = ExportAsked(format=Format.csv, layout=Layout.classic), io.BytesIO()
        writer(book(read, access, asked), asked)(out)
        heads = out.getvalue().decode("utf-8-sig").splitlines()[0]
        for typed, own in (("E1: J:/audit", []), ("J:/audit", ["J:/audit"])):
            text = f"{heads}\n9.9,An action,,,,,,,,,,,,{typed}\n"
            check = look(read, access, opened("plan.csv", text.encode()).book, ImportAnswers(unclear="words"))
            assert [v for each in check.looked for v in each.own.values()] == own


@pytest.mark.parametrize("layout", Layout)
def test_an_export_without_actions_brings_nothing_in(sqlite_cast: Cast, layout: Layout) -> None:
    with sqlite_cast.database.read(sqlite_cast.actor("alice")) as read:
        access = plan_for(read, "alpha")
        asked, out = ExportAsked(format=Format.xlsx, layout=layout, filters=Filters(q="no such action")), io.BytesIO()
        writer(book(read, access, asked), asked)(out)
        with pytest.raises(Invalid, match="no rows below the headings"):
            look(read, access, opened("plan.xlsx", out.getvalue()).book, ImportAnswers())
