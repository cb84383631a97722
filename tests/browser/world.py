"""The furnished world that browser tests walk through: the cast with a plan in every state, made once a run."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from uuid import UUID

from playwright.sync_api import Page
from sqlmodel import select

from app.actions import commands as actions
from app.actions.commands import beginnings
from app.actions.rules import Progress
from app.actions.schemas import NewAction
from app.assurance import commands as assurance
from app.assurance.models import BoardQuestion, ExceptionReport, Proposal
from app.assurance.rules import ProposalState, Verdict
from app.assurance.schemas import (
    GivenMeeting,
    NewDelegation,
    NewEdition,
    NewException,
    NewQuestion,
    NewRecord,
    RecordedItem,
)
from app.core import clock
from app.exchange import commands as exchange
from app.exchange.imports.file import opened
from app.exchange.models import Import
from app.exchange.rules import ImportState
from app.exchange.schemas import ImportAnswers
from app.frameworks import commands as frameworks
from app.people import commands as people
from app.people.rules import TokenScope
from app.people.schemas import NewToken
from app.plans import commands as plans
from app.plans.queries import bodies, plan_for
from app.plans.rules import BodyKind
from app.plans.schemas import Beginning, NewPlan, NewRestriction, NewStrategicPriority
from app.web.security import SESSION_COOKIE
from tests.actions import made_plan
from tests.assurance import made
from tests.browser.answered import covered
from tests.evidence import made as proof
from tests.exchange import books
from tests.people.signing import give_password
from tests.support import cast as casting
from tests.support import databases
from tests.support.browser import OpenPage
from tests.support.cast import MAKER, Cast
from tests.support.doors import signed_in
from tests.support.inside import serve
from tests.support.server import Server

LONG = "Agree with the integrated care board how continuity of carer is staffed on both sites, night and day, all year"
BASE = "/plans/alpha/actions"


@dataclass
class World:
    """server: serves the cast's database; ids: what addresses need and tests cannot guess."""

    server: Server
    cast: Cast
    ids: dict[str, str] = field(default_factory=dict)

    def open(self, open_page: OpenPage, name: str = "", path: str = "", **options: Any) -> Page:
        """A page of that person's own browser, signed in by the cookie, at that address."""
        page = open_page(self.server.url, **options)
        if name:
            page.context.add_cookies([{"name": SESSION_COOKIE, "value": self.secret(name), "url": self.server.url}])
        if path:
            page.goto(path.format(**self.ids))
        return page

    def secret(self, name: str) -> str:
        return signed_in(self.cast, name, hours=8)


@contextmanager
def served(folder: Path, **settings: str) -> Iterator[World]:
    """The world in that folder, served."""
    with databases.copied("sqlite", folder, "world", fill) as url:
        cast = casting.opened(url, folder)
        with serve(url, folder, rate_limits="off", **settings) as server:
            try:
                yield World(server, cast, _ids(cast))
            finally:
                cast.database.dispose()


def fill(url: str) -> None:
    # The plan is a month old, so that it has a past to compare with.
    clock.pin(made.day(-30))
    casting.fill(url)
    clock.pin(None)
    with TemporaryDirectory() as folder:
        cast = casting.opened(url, Path(folder))
        _library(cast)
        _actions(cast)
        _decisions(cast)
        _asked(cast)
        _other_plans(cast)
        _evidence(cast)
        covered(cast)
        give_password(cast, "alice", "owen", "carol")
        _token(cast)
        _imports(cast)
        cast.database.dispose()


def _library(cast: Cast) -> None:
    with cast.database.write(MAKER) as tx:
        tx.see_everything("the tests' own set-up")
        frameworks.load_library(tx)
    with cast.database.write(cast.actor("alice")) as tx:
        for title in ("The best care for every family", "A place where people want to work"):
            plans.add_strategic_priority(tx, slug="alpha", given=NewStrategicPriority(title=title))


def _actions(cast: Cast) -> None:
    """Overdue, at risk, without an owner, led by a participant, with steps and what it answers."""
    made.make_action(
        cast, "1.1", title="Recruit two consultants for the labour ward", due_date=made.day(-9),
        original_due_date=made.day(-40), slips=1, slip_days=31, last_update_on=made.day(-80),
    )  # fmt: skip
    made.make_action(cast, "1.2", title=LONG, progress=Progress.at_risk, accountable_person_id=cast.people["olga"])
    made_plan.add(
        cast, ref="1.3", title="Handover by SBAR on every ward", accountable_person=cast.email("owen"),
        lead_executive=cast.email("edith"), due_date=made.day(90), start_date=made.day(-30),
        recommendations=["ockenden_2022:1.1", "ockenden_2022:1.2"], contributes_to=["ockenden_2020:1.1"],
        milestones=[{"title": "Audit tool agreed", "due_date": made.day(20)}], depends_on=["1.2"],
        contributors=[cast.email("connie")], intended_outcome="Nothing is lost between shifts.", regulatory=True,
    )  # fmt: skip
    made_plan.add(cast, ref="1.4", title="Sgrinio am iselder ôl-enedigol: tŷ’r bydwragedd 🤱")
    made_plan.add(
        cast, ref="2.1", priority="2", title="Train midwives of the community teams", organisation="PPP",
        accountable_person=cast.email("petra"), due_date=made.day(10),
    )  # fmt: skip
    made_plan.add(cast, ref="2.2", priority="2", title="Rota without gaps", accountable_person=cast.email("owen"))
    made_plan.update(
        cast, "1.3", "owen", progress="at_risk", commentary="Two wards of five use it.", cause="No trainer at night.",
        mitigation="The practice educator covers nights.", help_needed="A second trainer.",
    )  # fmt: skip
    made_plan.update(
        cast, "1.4", commentary="Screening began.", progress="on_track", for_person=cast.email("olga"),
        told_how="by phone", said_on=made.day(0),
    )  # fmt: skip


def _decisions(cast: Cast) -> None:
    done = made.propose(cast, "owen", "1.1")
    made.decide(cast, "carol", done, "return", why="Say who covers the nights first.")
    made.propose(cast, "owen", "1.1", due_date=made.day(60))
    made.propose(cast, "alice", "1.3", due_date=made.day(120))
    listed = made.propose(cast, "alice", "2.1", move="descoped")
    with cast.database.write(cast.actor("alice")) as tx:
        given = NewRecord(
            meeting=GivenMeeting(name="November group", date=made.day(-1)),
            items=[RecordedItem(proposal=listed, outcome=Verdict.return_, why="Not yet.")],
        )
        assurance.record(tx, access=plan_for(tx, "alpha"), given=given)


def _asked(cast: Cast) -> None:
    """A board's question, an exception report, a delegation and an edition; an action shown to named people alone."""
    with cast.database.write(cast.actor("violet")) as tx:
        question = NewQuestion(question="Who covers the nights until then?", answer_by=made.day(5))
        assurance.ask_question(tx, access=plan_for(tx, "alpha"), ref="1.1", given=question)
    with cast.database.write(cast.actor("owen")) as tx:
        report = NewException(
            cause="Two posts are not filled.",
            interim_control="Locums are booked.",
            recovery_plan="A second advert.",
            ask="Agree to pay for locums.",
        )
        assurance.report_exception(tx, access=plan_for(tx, "alpha"), ref="1.1", given=report)
    with cast.database.write(cast.actor("carol")) as tx:
        lent = NewDelegation(person=cast.email("edith"), body=_group(cast), starts_on=made.day(0), ends_on=made.day(9))
        assurance.delegate(tx, access=plan_for(tx, "alpha"), given=lent)
    with cast.database.write(cast.actor("alice")) as tx:
        dates = NewEdition.model_validate({"dates": [{"ref": "2.2", "due_date": made.day(200)}], "why": "A new ward"})
        assurance.propose_edition(tx, access=plan_for(tx, "alpha"), given=dates)
    made_plan.add(cast, ref="1.5", title="Look into one complaint", accountable_person=cast.email("owen"))
    with cast.database.write(cast.actor("carol")) as tx:
        named = NewRestriction(
            public_title="A matter of staffing", named=[cast.email("carol")], why="It names a person"
        )
        actions.restrict_action(tx, access=plan_for(tx, "alpha"), ref="1.5", given=named)


def _group(cast: Cast) -> str:
    with cast.database.read(cast.actor("carol")) as read:
        access = plan_for(read, "alpha")
        return next(b.name for b in bodies(read, access.id) if b.kind is BodyKind.improvement_group)


def _evidence(cast: Cast) -> None:
    """Accepted, returned, held by its uploader, and confidential."""
    proof.submit(cast, actions=["1.3"], expires_on=made.day(20).isoformat())
    proof.submit(cast, actions=["1.3"], file=proof.a_file("audit-of-handover.pdf"))
    proof.submit(cast, actions=["1.3"], file=proof.a_file("cases.pdf", found={"page": [3, 4]}))
    proof.submit(cast, "alice", actions=["1.1"], confidential=True, public_summary="A review of one case.")
    proof.review(cast, "E1", strength="strong", why="Both wards were seen.")
    proof.review(cast, "E2", "return", why="Forty cases are needed.")


def _other_plans(cast: Cast) -> None:
    for slug, title, begin in (
        ("empty-draft", "Perinatal mental health plan", Beginning.empty),
        ("draft", "Ockenden plan", Beginning.template),
        ("big", "Ockenden final report", Beginning.framework),
    ):
        with cast.database.write(cast.actor("alice")) as tx:
            key = "ockenden_2022" if begin is Beginning.framework else None
            given = NewPlan(plan=slug, title=title, organisation="AAA", begin=begin, framework=key)
            beginnings.begin_plan(tx, given=given)
    with cast.database.write(cast.actor("alice")) as tx:
        access = plan_for(tx, "draft")
        actions.create_action(tx, access=access, given=NewAction(title="Hear every family", priority="2"))


def _token(cast: Cast) -> None:
    with cast.database.write(cast.actor("adam")) as tx:
        people.add_token(tx, given=NewToken(name="Power BI", organisation="AAA", scope=TokenScope.read, days=7))


def _imports(cast: Cast) -> None:
    """One that waits for answers, and one that was brought in and changed nothing."""
    answers = ImportAnswers(unclear="words")
    for content, given, name in (
        (books.simple(["1.1", "Recruit two consultants"]), answers, "done.xlsx"),
        (books.brag(), ImportAnswers(), "plan.xlsx"),
    ):
        with cast.database.write(cast.actor("alice")) as tx:
            access = plan_for(tx, "alpha", "plan.import")
            made = exchange.begin_import(tx, access=access, workbook=opened(name, content), given=given)
            if given.unclear == "words":
                exchange.carry_out(tx, access=access, import_id=made.id)


def _ids(cast: Cast) -> dict[str, str]:
    with cast.database.read(MAKER) as read:
        read.see_everything("the tests look at the rows")
        rows = read.exec(select(Proposal).order_by(Proposal.proposed_at)).all()  # type: ignore[arg-type]
        open_ones: list[UUID] = [r.id for r in rows if r.state is ProposalState.open]
        question, report = read.exec(select(BoardQuestion.id)).one(), read.exec(select(ExceptionReport.id)).one()
        imports = {i.state: str(i.id) for i in read.exec(select(Import)).all()}
        closed: list[UUID] = [r.id for r in rows if r.state is not ProposalState.open]
    return {
        "open": str(open_ones[0]),
        "second": str(open_ones[1]),
        "closed": str(closed[0]),
        "question": str(question),
        "report": str(report),
        "imported": imports[ImportState.open],
        "brought": imports[ImportState.done],
        "account": str(cast.people["owen"]),
        "today": clock.today().isoformat(),
        "yesterday": made.day(-1).isoformat(),
    }
