"""What became of each cell of an import, as a csv file."""

import csv
from collections.abc import Callable, Iterable, Sequence
from io import TextIOWrapper
from typing import IO, Any

CELLS = ("sheet", "cell", "row", "fate", "where", "reference", "why")


def cells_writer(lines: Iterable[Sequence[Any]]) -> Callable[[IO[bytes]], None]:
    """Writes a header and a line a cell, as Excel opens it."""

    def write(out: IO[bytes]) -> None:
        text = TextIOWrapper(out, encoding="utf-8-sig", newline="")
        writer = csv.writer(text)
        writer.writerow(CELLS)
        writer.writerows(lines)
        text.flush()
        text.detach()

    return write
