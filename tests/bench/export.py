"""What a plan as a workbook costs beside XlsxWriter writing the same cells, without a format, and nothing else.

The plan's view is kept, as in a server that has shown the tracker; other lines measure what making it costs.
"""

import io
import shutil
from pathlib import Path
from tempfile import TemporaryDirectory
from time import process_time

import xlsxwriter

from app.cli.opening import operator
from app.core.db import Database
from app.exchange import queries
from app.exchange.asking import ExportAsked, writer
from app.exchange.book import Book
from app.plans.queries import plan_for
from tests.bench import data

ROUNDS = 9


def ratio() -> float:
    """CPU of the export, from the database to the file, for each second of XlsxWriter alone.

    The least of the rounds of each: what else the machine does only adds.
    """
    ours, alone = [], []
    with TemporaryDirectory(prefix="tracker-bench-") as folder:
        path = shutil.copy(data.product(), folder)
        database = Database(f"sqlite:///{path}", Path(folder))
        for _ in range(ROUNDS):
            begun = process_time()
            made = _exported(database)
            ours.append(process_time() - begun)
            begun = process_time()
            _alone(made)
            alone.append(process_time() - begun)
        database.dispose()
    return min(ours) / min(alone)


def _exported(database: Database) -> Book:
    asked = ExportAsked()
    with database.read(operator()) as read:
        made = queries.book(read, plan_for(read, data.PLAN), asked)
    writer(made, asked)(io.BytesIO())
    return made


def _alone(book: Book) -> None:
    made = xlsxwriter.Workbook(io.BytesIO(), {"default_date_format": "dd/mm/yyyy"})
    for sheet in book.sheets:
        page = made.add_worksheet(sheet.name)
        page.write_row(0, 0, [column.heading for column in sheet.columns])
        for row, line in enumerate(sheet.lines, 1):
            for at, value in enumerate(line.cells):
                page.write(row, at, value)
    made.close()
