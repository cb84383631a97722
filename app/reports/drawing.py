"""The trend as a drawing and a table: its scale, its lines, its finding in words; pure."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from app.actions.rules import Counts
from app.core.words import _, day, ngettext, short_day
from app.reports.addresses import ASSURED, DELIVERED, Addresses
from app.reports.answer import Piece, share_text
from app.reports.dashboard import Number
from app.reports.trend import Point, Trend

STEPS = (1, 2, 5, 10, 20, 25, 50, 100, 200, 250, 500)


@dataclass(frozen=True, slots=True)
class Drawing:
    """labels, series, top and step are what the macro `lines` takes; finding: sentences above; rows: below.

    is_cut: more days are drawn than have a row.
    """

    finding: tuple[tuple[Piece, ...], ...]
    description: str
    labels: tuple[str, ...]
    series: tuple[dict[str, Any], ...]
    top: int
    step: int
    columns: tuple[str, ...]
    rows: tuple["Row", ...]
    is_cut: bool


@dataclass(frozen=True, slots=True)
class Row:
    """One day of the table; href: the dashboard of that day."""

    text: str
    href: str
    numbers: tuple[Number, ...]


def drawing(found: Trend, counts: Counts, to: Addresses, today: date, most: int | None = None) -> Drawing:
    """most: how many rows the table has, the latest; by default all."""
    top, step = scale(max(max(p.agreed, p.first_agreed, p.reached.delivered) for p in found.points))
    now, columns = found.now, _columns(found)
    return Drawing(
        finding=tuple(_finding(found, counts, to)),
        description=_("Agreed {agreed}, delivered {delivered}, assured {assured} on {day}",
                      agreed=now.agreed, delivered=now.reached.delivered, assured=now.reached.assured,
                      day=day(now.day)),
        labels=tuple(_label(p, found) for p in found.points),
        series=tuple(_series(found)),
        top=top,
        step=step,
        columns=tuple(name for name, _value, _href in columns),
        rows=tuple(_row(p, found, columns, to, today) for p in found.points[::-1][:most]),
        is_cut=most is not None and len(found.points) > most,
    )  # fmt: skip


def scale(most: int) -> tuple[int, int]:
    """(top, step): at most five ticks of a round number, the top not below `most`."""
    step = next((s for s in STEPS if most <= 4 * s), 4 * STEPS[-1])
    return max(step, -(-most // step) * step), step


def _label(point: Point, found: Trend) -> str:
    return _("now") if point is found.now else short_day(point.day).partition(" ")[2]


def _series(found: Trend) -> list[dict[str, Any]]:
    now, points = found.now, found.points
    lines = [
        (_("agreed {n}", n=now.agreed), [p.agreed for p in points], "grey", "dotted"),
        (_("delivered {n}", n=now.reached.delivered), [p.reached.delivered for p in points], "green", "long"),
        (_("assured {n}", n=now.reached.assured), [p.reached.assured for p in points], "blue", "thick"),
    ]
    if found.has_moved:
        lines.append((_("first agreed {n}", n=now.first_agreed), [p.first_agreed for p in points], "grey", "dashed"))
    lines.sort(key=lambda each: -each[1][-1])
    return [{"text": text, "points": ends, "look": look, "line": line} for text, ends, look, line in lines]


def _finding(found: Trend, counts: Counts, to: Addresses) -> list[tuple[Piece, ...]]:
    now = found.now
    agreed = ngettext("Agreed dates called for {n} by now", "Agreed dates called for {n} by now", now.agreed)
    if found.behind > 0:
        gap = [Piece(ngettext("{n} behind", "{n} behind", found.behind), to.not_delivered_by(now.day), counts=False)]
    elif found.behind < 0:
        gap = [Piece(ngettext("{n} ahead", "{n} ahead", -found.behind))]
    else:
        gap = [Piece(_("delivered to the day"))]
    sentences: list[tuple[Piece, ...]] = [(Piece(agreed, to.due_by(now.day)), Piece(": "), *gap, Piece("."))]
    if now.first_agreed > now.agreed:
        text = ngettext("The dates first agreed called for {n}.", "The dates first agreed called for {n}.",
                        now.first_agreed)  # fmt: skip
        sentences.append((Piece(text),))
    if unproven := now.reached.unproven:
        text = ngettext("{n} delivered and not yet proven", "{n} delivered and not yet proven", unproven)
        pieces = [Piece(text, to.rows(stage=("delivered",)))]
        if found.oldest_unproven:
            ref, days = found.oldest_unproven
            oldest = Piece(_("the oldest ({ref})", ref=ref), to.action(ref), counts=False)
            pieces += [Piece(", "), oldest, Piece(" " + ngettext("for {n} day", "for {n} days", days))]
        sentences.append((*pieces, Piece(".")))
    said = _("Delivered or further {delivered}, assured {assured} of those in force.",
             delivered=share_text(counts.delivered_share), assured=share_text(counts.assured_share))  # fmt: skip
    return [*sentences, (Piece(said),)]


Column = tuple[str, Callable[[Point], int], Callable[[Point, Addresses], str]]


def _columns(found: Trend) -> list[Column]:
    columns: list[Column] = [
        (_("Agreed"), lambda p: p.agreed, lambda p, to: to.due_by(p.day) if p is found.now else ""),
        (_("Delivered"), lambda p: p.reached.delivered, lambda _p, to: to.rows(stage=DELIVERED)),
        (_("Assured"), lambda p: p.reached.assured, lambda _p, to: to.rows(stage=ASSURED)),
        (_("Unproven"), lambda p: p.reached.unproven, lambda _p, to: to.rows(stage=("delivered",))),
    ]
    if found.has_moved:
        columns.insert(1, (_("First agreed"), lambda p: p.first_agreed, lambda _p, _to: ""))
    return columns


def _row(point: Point, found: Trend, columns: Sequence[Column], to: Addresses, today: date) -> Row:
    on = to if point is found.now else to.on(point.day)
    numbers = tuple(Number(value(point), name, href(point, on)) for name, value, href in columns)
    return Row(short_day(point.day, year=point.day.year != today.year), on.dashboard(), numbers)
