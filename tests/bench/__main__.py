"""`make bench`, or `python -m tests.bench [--quick] [--only WORK] [--out FILE]`.

Exit 0 when every line of the speed table holds, 1 when one does not or the yardstick is not there.
"""

import argparse
import json
import math
import os
import shutil
import sys
from collections import defaultdict
from dataclasses import asdict
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.bench import asked, data, export, lines
from tests.bench.lines import Check, Verdict
from tests.bench.load import Asked, Measured, after_writes, check, load
from tests.bench.servers import Server, started

AFTER = " after"
UPDATE = " update"


class Run:
    """Rounds of everything that the checks compare; plain's turn and ours follow each other within a round."""

    def __init__(self, servers: dict[str, Server], asks: dict[str, Asked], checks: list[Check], seconds: int) -> None:
        self.servers, self.asks, self.seconds = servers, asks, seconds
        self.found: dict[tuple[str, int], list[Measured]] = defaultdict(list)
        wanted = [(name, n) for c in checks for n in c.connections for name in (c.theirs, c.ours)]
        both = list(dict.fromkeys(wanted))
        # Reading first: what the writes leave behind must not be read in some rounds only.
        self.reads = [each for each in both if not each[0].endswith((AFTER, UPDATE))]
        self.writes = [each for each in both if each[0].endswith(UPDATE)]
        self.afters = [each for each in both if each[0].endswith(AFTER)]
        self.turn = 0
        self.took: dict[str, float] = {}

    def check(self) -> None:
        """Each of them answers as it should; the first requests of a process are not measured either."""
        for name in dict.fromkeys(name for name, _connections in self.reads):
            check(self._server(name), self.asks[name])
            self.took[name] = check(self._server(name), self.asks[name])

    def read(self) -> None:
        for name, connections in self.reads:
            self._load(name, connections)

    def write(self, turns: int) -> None:
        for name, connections in self.writes:
            if not self.found[name, connections]:
                check(self._server(name), self.asks[name])
            self._load(name, connections)
        for name, connections in self.afters:
            server = self._server(name)
            write, page = self.asks[f"{server.name}{UPDATE}"], self.asks[f"{server.name} page"]
            self.found[name, connections].append(after_writes(server, write, page, turns, self.turn))
        self.turn += turns

    def _load(self, name: str, connections: int) -> None:
        # Long enough for each connection to be answered twice.
        enough = math.ceil(2 * connections * self.took.get(name, 0) / 1000)
        measured = load(self._server(name), self.asks[name], connections, max(self.seconds, min(20, enough)))
        self.found[name, connections].append(measured)
        say(f"  {name}, {connections}: {measured.rps:.1f}/s, {measured.cpu:.2f} ms")

    def _server(self, name: str) -> Server:
        return self.servers[name.partition(" ")[0]]


def main() -> int:
    given = arguments()
    yardstick = Path(os.environ.get("TRACKER_YARDSTICK") or data.ROOT.parent / "shared" / "bench").resolve()
    if not (yardstick / "plain_app" / "app.py").exists():
        return refuse(f"The yardstick is not at {yardstick}: set TRACKER_YARDSTICK to the folder that holds plain_app.")
    if not shutil.which("wrk"):
        return refuse("This machine lacks wrk: install the package wrk.")
    checks = [c for c in lines.CHECKS if given.only in c.work]
    names = {name.partition(" ")[0] for c in checks for name in (c.ours, c.theirs)}
    with_memory = given.only in lines.MEMORY
    with_export = given.only in lines.EXPORT
    if not names and not with_memory and not with_export:
        return refuse(f"No line of the speed table is called {given.only}.")
    with (
        TemporaryDirectory(prefix="tracker-bench-") as folder,
        started(yardstick, Path(folder), names | ({"product"} if with_memory else set())) as servers,
    ):
        memory = at_rest(servers["product"]) if with_memory else None
        found = lines.verdicts(measured(servers, checks, given), checks)
    exported = export.ratio() if with_export else None
    sys.stdout.write(lines.table(found, memory, exported) + "\n")
    if given.out:
        given.out.write_text(json.dumps(report(found, memory) | {"export": exported}, indent=1) + "\n")
    holds = (memory or 0) <= lines.MOST_MIB and (exported or 0) <= lines.MOST_EXPORT
    return 0 if all(v.passed for v in found) and holds else 1


def measured(servers: dict[str, Server], checks: list[Check], given: argparse.Namespace) -> lines.Rounds:
    asks = asked.of_plain() | asked.of_bare()
    for name in servers.keys() - {"plain", "bare"}:
        asks |= asked.of_product(servers[name])
    run = Run(servers, asks, checks, given.seconds)
    run.check()
    for name in servers.keys() & {"emptied", "longer"}:
        asked.refuse_what_is_kept(servers[name])
    for number in range(given.rounds):
        say(f"Round {number + 1} of {given.rounds}, reading")
        run.read()
    for number in range(given.rounds):
        say(f"Round {number + 1} of {given.rounds}, writing")
        run.write(given.turns)
    return run.found


def at_rest(server: Server) -> float:
    """Before any load: what it holds because it was loaded, not because it was pressed."""
    mib, absent = asked.memory(server)
    if absent:
        say(f"Not 200: {', '.join(absent)}")
    return mib


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description="The product beside the yardstick.")
    parser.add_argument("--quick", action="store_true", help="one short round: directions, not digits")
    parser.add_argument("--only", default="", help="the lines of the speed table whose name holds this")
    parser.add_argument("--out", type=Path, help="write the table as JSON to this file")
    given = parser.parse_args()
    given.rounds, given.seconds, given.turns = (1, 2, 15) if given.quick else (5, 2, 30)
    return given


def report(found: list[Verdict], memory: float | None) -> dict[str, object]:
    return {"lines": [asdict(v) for v in found], "memory_mib": memory}


def refuse(sentence: str) -> int:
    say(sentence)
    return 1


def say(sentence: str) -> None:
    sys.stderr.write(sentence + "\n")


if __name__ == "__main__":
    sys.exit(main())
