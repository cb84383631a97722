"""What is served: the demonstration filled up to the yardstick's rows, the same with a longer history, and plain's.

Made once a day and for one state of the code that makes it, under `out/bench/`; each run serves copies.
"""

import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from hashlib import sha256
from itertools import pairwise
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from unittest.mock import patch

from app.actions.rules import Progress
from app.core import clock, migrate
from app.core.db import Database
from app.demo import evidence, loader
from app.demo import plan as planning
from app.demo.content import PlanTold, plans
from app.demo.days import Year
from app.demo.hand import Hand
from app.demo.life import PROGRESS, Deed, Life
from app.people.secrets import hash_password

ROOT = Path(__file__).parents[2]
KEPT = ROOT / "out" / "bench"
PASSWORD = "benchmark words only"
PLAN = "saltmarsh-mip"
ACTIONS = 220
# What coverage is measured with; the demonstration has fewer.
EVIDENCE = 400
Lives = Callable[[PlanTold, Year], list[Life]]


def product(longer: bool = False) -> Path:
    """The product's database; longer: with about ten times as many entries in the plan's ledger, ending the same."""
    return _kept("longer" if longer else "product", lambda path: _tell(path, longer))


def plain(yardstick: Path) -> Path:
    """The plain tracker's database, from the yardstick's own maker."""
    maker = yardstick / "make_data.py"
    return _kept("plain", lambda path: subprocess.run([sys.executable, maker, "--out", path], check=True), maker)


def _kept(name: str, make: Callable[[Path], object], *more: Path) -> Path:
    rooms = [p for p in sorted((ROOT / "app").rglob("*")) if p.is_file() and p.suffix in (".py", ".yaml")]
    # The writer, its stories and the tables; what only reads them may change without a new database.
    sources = [Path(__file__), *more, *(p for p in rooms if {"demo", "library"} & set(p.parts) or p.stem == "models")]
    digest = sha256(f"{clock.today()} {migrate.head()}".encode())
    for path in sources:
        digest.update(path.read_bytes())
    made = KEPT / f"{name}-{digest.hexdigest()[:16]}.db"
    if not made.exists():
        KEPT.mkdir(parents=True, exist_ok=True)
        for old in KEPT.glob(f"{name}-*.db"):
            old.unlink()
        with TemporaryDirectory(dir=KEPT) as folder:
            fresh = Path(folder, "tracker.db")
            make(fresh)
            fresh.rename(made)
    return made


def _tell(path: Path, longer: bool) -> None:
    """By the demonstration's own writer: ordinary rows and their ledger, each on its day."""
    url = f"sqlite:///{path}"
    migrate.upgrade(url)
    database = Database(url, path.parent)
    told = planning.lives

    def lives(plan: PlanTold, year: Year) -> list[Life]:
        found = told(_answering_more(plan), year) if plan.slug == PLAN else told(plan, year)
        for life in found if plan.slug == PLAN else ():
            _say_something(life)
            if longer:
                _say_it_daily(life)
        if plan.slug == PLAN:
            _show_more(found)
        return found

    if sum(len(p.actions) for p in plans() if p.slug == PLAN) != ACTIONS:
        raise RuntimeError(f"the demonstration's plan does not have {ACTIONS} actions")
    with patch.object(planning, "lives", lives):
        loader.load(database, lambda: hash_password(PASSWORD))
    with database.writers.connect() as connection:
        connection.exec_driver_sql("ANALYZE")
        connection.commit()
    database.dispose()


def _answering_more(plan: PlanTold) -> PlanTold:
    """Each action answers one to three recommendations, as the yardstick's do."""
    every = sorted({key for told in plan.actions for key in (*told.meets, *told.contributes)})
    actions = []
    for told in plan.actions:
        dice = Random(f"bench {told.ref}")  # noqa: S311
        has = (*told.meets, *told.contributes)
        others = [key for key in every if key not in has]
        wanted = max(0, dice.randint(1, 3) - len(has))
        actions.append(replace(told, contributes=(*told.contributes, *dice.sample(others, wanted))))
    return replace(plan, actions=tuple(actions))


def _show_more(found: list[Life]) -> None:
    """One more item of evidence for an action after another, until there are as many as coverage is measured with."""
    missing = EVIDENCE - sum(deed.act == "evidence.submitted" for life in found for deed in life.deeds)
    older = [life for life in found if life.created < -60]
    if len(older) < missing:
        raise RuntimeError(f"{missing} items of evidence are missing, and {len(older)} actions are old enough")
    for life in older[: max(0, missing)]:
        evidence.implemented(life, -30)


def _updates(life: Life) -> list[Deed]:
    return sorted((d for d in life.deeds if d.act == "action.updated"), key=lambda d: d.at)


def _say_something(life: Life) -> None:
    """Each action has an update, as the yardstick's have a commentary."""
    if _updates(life):
        return
    progress = PROGRESS.get(life.case.progress, Progress.on_track)

    def write(hand: Hand) -> None:
        words = {"commentary": "The rota is agreed, and the first audit is planned with the ward's lead midwife."}
        hand.say(life.ref, progress, words, owner=None, told="")

    life.add(max(life.created + 1, -21), life.plan.cast["office"], "action.updated", write)


def _say_it_daily(life: Life) -> None:
    """Between two updates the earlier one is said again, four days in five: more history, and the same end."""
    office = life.plan.cast["office"]
    for earlier, later in pairwise(_updates(life)):
        days = [at for at in range(earlier.at + 1, later.at) if at % 5]
        life.deeds += [Deed(at, office, earlier.act, earlier.do) for at in days]
