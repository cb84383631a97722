"""Workbooks as trusts keep them, made from the published descriptions of their columns, colours and mess."""

from collections.abc import Sequence
from datetime import date, timedelta
from io import BytesIO
from typing import Any

from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.styles import PatternFill
from openpyxl.worksheet.worksheet import Worksheet

RED, AMBER, GREEN, BLUE = "FF0000", "FFC000", "00B050", "0070C0"
CLASSIC = (
    "LAFL Ref", "Action required", "Linked to associated plans (e.g. MIP / MTP)", "Start Date",
    "Due Date (action in place)", "Delivery Status", "Progress Status", "Status Commentary (This Period)",
    "Actual Completion Date", "Date to be evidenced by", "Date evidenced by", "Lead Executive", "Accountable Person",
    "Location of Evidence",
)  # fmt: skip
THEMES = (
    "Local Actions for Learning Theme 1: Maternity Care",
    "Local Actions for Learning Theme 2: Maternal Deaths",
    "Local Actions for Learning Theme 3: Obstetric Anaesthesia",
    "Local Actions for Learning Theme 4: Neonatal Service",
)


def saved(book: Workbook) -> bytes:
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def fill(rgb: str) -> PatternFill:
    return PatternFill("solid", fgColor=rgb)


def sheet_of(rows: Sequence[Sequence[Any]], name: str = "Plan") -> tuple[Workbook, Worksheet]:
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet.title = name
    for row in rows:
        sheet.append(list(row))
    return book, sheet


def simple(*rows: Sequence[Any], heads: Sequence[str] = ("Ref", "Action required")) -> bytes:
    book, _sheet = sheet_of([heads, *rows])
    return saved(book)


def classic(people: Sequence[str] = ("Edith",), owners: Sequence[str] = ("Owen", "Olga")) -> bytes:
    """92 rows under four themes, in the columns of the best published plan, with its own mess."""
    book, sheet = sheet_of([["Maternity improvement plan"], ["As at 31/03/2021"], [], CLASSIC])
    number, begin = 0, date(2021, 1, 4)
    for theme, name in enumerate(THEMES, start=1):
        sheet.append([name])
        sheet.merge_cells(start_row=sheet.max_row, start_column=1, end_row=sheet.max_row, end_column=14)
        for step in range(23):
            number += 1
            stage, progress = _classic_state(number)
            done = begin + timedelta(days=number) if stage != "Not Yet Delivered" else None
            sheet.append([
                f"4.{50 + number}", f"Action {number} of theme {theme}: the guideline is revised and audited",
                ("IEA 1.1", "Ockenden 4.54", "SA8", "")[step % 4], begin,
                date(2027, 3, 31) if number % 7 else "31/03/2027", stage, progress,
                f"The group agreed on 22/04/2021 that step {number} was in place.", done,
                date(2027, 6, 30) if stage == "Delivered, Not Yet Evidenced" else None,
                done + timedelta(days=30) if done and stage == "Evidenced and Assured" else None,
                people[step % len(people)], owners[step % len(owners)], "SharePoint",
            ])  # fmt: skip
    return saved(book)


def _classic_state(number: int) -> tuple[str, str]:
    if number % 5 == 0:
        return "Evidenced and Assured", "Complete"
    if number % 5 == 1:
        return "Delivered, Not Yet Evidenced", "Complete"
    return "Not Yet Delivered", ("On track", "At risk", "Off track", "Not started")[number % 4]


def brag() -> bytes:
    """Titles and a legend above the headings, colours without words, a total at the foot, a blank first column."""
    book, sheet = sheet_of([
        [None, "CQC action plan 2024"],
        [None, "Blue = complete and embedded"],
        [None, "Green = on track"],
        [],
        [None, "No.", "Must / Should", "Action", "Exec lead", "Operational lead", "Target date", "BRAG", "Comments"],
    ])  # fmt: skip
    rows = (
        ("MD1", "Must do", "Staff complete level 3 training", "Edith", "Owen", "Q3 2026/27", BLUE, "Done"),
        ("MD2", "Must do", "Fridges are checked daily", "Edith", "J Smith / A. Jones (tbc)", "end Nov", AMBER, ""),
        ("SD1", "Should do", "Triage is audited", "Edith", "Olga", "ongoing", GREEN, "Audit in draft"),
        ("SD2", "Should do", "Rooms are refurbished", "Edith", "Olga", date(2027, 1, 31), RED, ""),
    )
    for ref, kind, action, lead, owner, due, colour, said in rows:
        sheet.append([None, ref, kind, action, lead, owner, due, None, said])
        sheet.cell(sheet.max_row, 8).fill = fill(colour)
    sheet.append([None, "Total", None, 4])
    sheet.cell(7, 4).comment = Comment("Asked by the inspector on the day", "Office")
    return saved(book)


def amber_is_on_track() -> bytes:
    """A plan in which amber means on track, green complete and blue inspected by peers; letters and colours."""
    book, sheet = sheet_of([["Ref", "Action", "Owner", "Due date", "RAG", "Update"]])
    for number, (letter, colour) in enumerate((("A", AMBER), ("G", GREEN), ("R", RED), ("A", AMBER)), start=1):
        sheet.append([number, f"Step {number} is done", "Owen", date(2027, number, 1), letter, f"Word {number}"])
        sheet.cell(sheet.max_row, 5).fill = fill(colour)
    return saved(book)


QUARTERS = (
    "Ref;Priority;Action required;Owner;Start;Due;Q1 2026/27 status;Q2 2026/27 status;Q3 2026/27 status;Cost (£)\r\n"
    "1.1;Safe care;Review the rota;Owen;01/04/2026;31/03/2027;On track;At risk;;12,500\r\n"
    "1.2;Safe care;Train the team “together”;Olga;01/04/2026;30.6.27;Not started;On track;Off track;8,000\r\n"
    '2.1;Workforce;"Hire; then keep";Owen;02/05/2026;1 May 2027;On track;On track;;\r\n'
)


def hubs() -> bytes:
    """26 sites in two waves, with planned and actual opening."""
    book, sheet = sheet_of([
        ["Maternal mental health hubs"], [],
        ["Site", "Wave", "Partner organisation", "Planned opening", "Actual opening", "People supported", "Status"],
    ])  # fmt: skip
    for number in range(1, 27):
        wave = 1 if number <= 10 else 2
        opened = date(2026, 3, number) if number <= 6 else None
        sheet.append([
            f"Hub {number}", f"Wave {wave}", "Partner Community Trust" if number % 2 else "Alpha Hospitals",
            date(2026, 4, 1) if wave == 1 else date(2027, 4, 1), opened, number * 10 if opened else None,
            "Open" if opened else "On track",
        ])  # fmt: skip
    return saved(book)
