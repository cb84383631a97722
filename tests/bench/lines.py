"""The speed table, and whether each line of it holds."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import median

from tests.bench.load import Measured

Rounds = Mapping[tuple[str, int], Sequence[Measured]]
BOTH = (1, 8)
# Two runs of the same work differ by this much on a machine that does other things as well.
NO_SLOWER = 1.05


@dataclass(frozen=True)
class Check:
    """ours / theirs of `what` (rps, p50, p99, cpu), at least or at most `bound`."""

    work: str
    ours: str
    theirs: str
    what: str
    bound: float
    connections: tuple[int, ...] = BOTH

    @property
    def at_least(self) -> bool:
        return self.what == "rps"

    @property
    def must(self) -> str:
        return f"{'>=' if self.at_least else '<='} {self.bound:g}"

    def holds(self, ratio: float) -> bool:
        return ratio >= self.bound if self.at_least else ratio <= self.bound


PAGE = "tracker page, nothing kept"
AFTER = "first tracker page after a write"
UPDATE = "row update"
DASHBOARD = "dashboard, nothing kept"
LONGER = "dashboard, history ten times longer"
MEMORY, MOST_MIB = "memory at rest, MiB", 150
EXPORT, MOST_EXPORT = "export as a workbook, times XlsxWriter alone", 1.5
CHECKS = (
    Check(PAGE, "emptied page", "plain page", "rps", 3),
    Check(PAGE, "emptied page", "plain page", "cpu", 0.35),
    Check(AFTER, "product after", "plain after", "p50", 0.2, (1,)),
    Check("tracker page, same revision", "product page", "plain page", "rps", 15),
    Check("304", "product 304", "bare 304", "rps", 0.05, (8,)),
    Check(UPDATE, "product update", "plain update", "rps", 2),
    Check(UPDATE, "product update", "plain update", "p99", 0.25, (8,)),
    Check(DASHBOARD, "emptied dashboard", "plain dashboard", "rps", 3),
    Check("coverage, nothing kept", "emptied coverage", "emptied page", "cpu", 3),
    Check(LONGER, "longer dashboard", "emptied dashboard", "cpu", NO_SLOWER),
    Check("all actions as JSON, nothing kept", "emptied json", "plain json", "rps", 5),
    Check("all actions as JSON, kept", "product json", "plain json", "rps", 30),
)


@dataclass(frozen=True)
class Verdict:
    """One row of the report: medians over the rounds, and the median of the rounds' ratios.

    by_cpu: how many times as much of the processor theirs takes for a request, which a busy machine disturbs least.
    """

    check: Check
    connections: int
    ratio: float
    by_cpu: float
    passed: bool
    ours: Measured
    theirs: Measured


def verdicts(rounds: Rounds, checks: Sequence[Check]) -> list[Verdict]:
    made = []
    for check in checks:
        for connections in check.connections:
            ours, theirs = rounds[check.ours, connections], rounds[check.theirs, connections]
            pairs = list(zip(ours, theirs, strict=True))
            ratio = median(getattr(a, check.what) / getattr(b, check.what) for a, b in pairs)
            by_cpu = median(b.cpu / a.cpu for a, b in pairs)
            made.append(Verdict(check, connections, ratio, by_cpu, check.holds(ratio), middle(ours), middle(theirs)))
    return made


def middle(found: Sequence[Measured]) -> Measured:
    return Measured(
        rps=median(m.rps for m in found),
        p50=median(m.p50 for m in found),
        p99=median(m.p99 for m in found),
        cpu=median(m.cpu for m in found),
        refused=sum(m.refused for m in found),
    )


SIDE = ("r/s", "p50", "p99", "cpu ms")
HEAD = (
    "work",
    "clients",
    "of",
    "must",
    "ratio",
    "",
    "by cpu",
    *(f"our {n}" for n in SIDE),
    *(f"their {n}" for n in SIDE),
)


def table(found: Sequence[Verdict], memory: float | None, export: float | None = None) -> str:
    rows = [HEAD, *(_row(v) for v in found)]
    if memory is not None:
        passed = "pass" if memory <= MOST_MIB else "FAIL"
        rows.append((MEMORY, "", "", f"<= {MOST_MIB}", f"{memory:.0f}", passed, *[""] * 9))
    if export is not None:
        passed = "pass" if export <= MOST_EXPORT else "FAIL"
        rows.append((EXPORT, "", "cpu", f"<= {MOST_EXPORT:g}", f"{export:.2f}", passed, *[""] * 9))
    widths = [max(len(row[i]) for row in rows) for i in range(len(HEAD))]
    lines = [
        "  ".join(cell.ljust(width) if i < 4 or i == 5 else cell.rjust(width) for i, (cell, width) in
                  enumerate(zip(row, widths, strict=True))).rstrip()
        for row in rows
    ]  # fmt: skip
    refused = {f"{v.check.theirs}: {v.theirs.refused}" for v in found if v.theirs.refused}
    refused |= {f"{v.check.ours}: {v.ours.refused}" for v in found if v.ours.refused}
    notes = [f"Answers of 400 and up, not counted as answers: {', '.join(sorted(refused))}"] if refused else []
    return "\n".join(
        [*lines, "Times in milliseconds; by cpu: theirs / ours of the processor's time for a request.", *notes]
    )


def _row(v: Verdict) -> tuple[str, ...]:
    numbers = [f"{n:.2f}" if n < 100 else f"{n:.0f}" for m in (v.ours, v.theirs) for n in (m.rps, m.p50, m.p99, m.cpu)]
    passed = "pass" if v.passed else "FAIL"
    return (
        v.check.work,
        str(v.connections),
        v.check.what,
        v.check.must,
        f"{v.ratio:.3g}",
        passed,
        f"{v.by_cpu:.3g}",
        *numbers,
    )
