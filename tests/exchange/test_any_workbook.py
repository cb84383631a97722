"""Workbooks put together at random, of what trusts write: none fails, and every cell is accounted for."""

import random
from datetime import date

from app.core.errors import TrackerError
from app.exchange import commands
from app.exchange.imports.file import opened
from app.exchange.queries.looking import look
from app.exchange.schemas import ImportAnswers
from app.plans.queries import plan_for
from tests.exchange import books
from tests.support.cast import Cast
from tests.support.proof import rounds

HEADS = (
    "Ref", "Lead", "Exec lead", "Due date", "Start date", "RAG", "Delivery status", "Progress status", "Comments",
    "Theme", "Q1 24/25 status", "Q2 24/25 status", "Cost", "Evidence", "Date completed", "Regulation", "Depends on",
    "Partner organisation", "Must/Should", "Milestones", "Regulatory", "Contributors", "Forecast", "Review date",
    "Linked plans", "External lead", "Regulator's date", "Odd one", "Odd two",
)  # fmt: skip
VALUES = (
    "", "x", "1.1", "A", "tbc", "On track", "Complete", "R", "Owen", "Olga / Edith", date(2026, 1, 1),
    date(2030, 5, 5), "31/02/2024", "IEA 1.1, SA8", 3, 0.5, 45000, "Evidenced and Assured", "Total", "Theme 1: Safe",
    "Delivered, Not Yet Evidenced", "yes", "long " * 900, "a\nb\tc", "450 557 7104", "=1+1", "AAA", "Nobody", "-",
    "#REF!", "Q3 2024/25", "\u200b", "😀 émoji",
)  # fmt: skip


def made(chance: random.Random) -> bytes:
    heads = ["Action required", *chance.sample(HEADS, chance.randint(1, 14))]
    chance.shuffle(heads)
    book, sheet = books.sheet_of([["A plan"], heads] if chance.random() < 0.5 else [heads])
    for _row in range(chance.randint(1, 12)):
        sheet.append([chance.choice(VALUES) if chance.random() < 0.8 else None for _ in heads])
        if chance.random() < 0.3:
            sheet.cell(sheet.max_row, chance.randint(1, len(heads))).fill = books.fill(
                chance.choice((books.RED, "FFC000"))
            )
    if chance.random() < 0.2:
        last = sheet.max_row
        sheet.merge_cells(start_row=last - 1, end_row=last, start_column=1, end_column=chance.randint(1, 3))
    return books.saved(book)


def test_it_accounts_for_every_cell_of_any_workbook(sqlite_cast: Cast) -> None:
    chance, refused = random.Random(3), 0  # noqa: S311
    turns = rounds(25, 400)
    for _turn in range(turns):
        workbook = opened("a.xlsx", made(chance))
        try:
            with sqlite_cast.database.read(sqlite_cast.actor("alice")) as read:
                check = look(read, plan_for(read, "alpha", "plan.import"), workbook.book, ImportAnswers())
                held = {(sheet.name, cell.where) for sheet, cell in workbook.book.cells()}
                coloured = {(s.name, c.where) for s in workbook.book.sheets for c in s.cells.values() if c.fill}
                assert held <= set(check.fates) <= held | coloured
            with sqlite_cast.database.write(sqlite_cast.actor("alice")) as tx:
                access = plan_for(tx, "alpha", "plan.import")
                commands.bring_in(tx, access=access, workbook=workbook, given=ImportAnswers(unclear="words"))
        except TrackerError:
            refused += 1
    assert refused < turns / 10
