"""Every page and state there is, as stops of a walk: who stands where, and what they have just done."""

import re

from playwright.sync_api import Page

from tests.browser.asking import ASKED
from tests.browser.stops import Stop, send
from tests.browser.world import BASE


def form_in_row(page: Page) -> None:
    page.locator("[id='1.2']").get_by_role("link", name="Update").click()
    page.locator("form.update").wait_for()


def worse(page: Page) -> None:
    form_in_row(page)
    page.get_by_text("Off track", exact=True).last.click()
    page.get_by_label("Why is it worse?").wait_for()


def row_refused(page: Page) -> None:
    form_in_row(page)
    page.get_by_label("What changed?").fill("Call 401 023 2137")
    page.get_by_role("button", name="Save", exact=True).click()
    page.locator(".error-summary:not([hidden])").wait_for()


def card_form(page: Page) -> None:
    page.get_by_role("link", name="Update").first.click()
    page.locator("form.update").wait_for()


def paste_preview(page: Page) -> None:
    page.get_by_label("Rows of your spreadsheet").fill(
        "Action\tPriority\tDue date\nWrite\t1\t1 May 2031\nRead\t9\tsoon"
    )
    page.get_by_role("button", name="Look at what they would become").click()
    page.locator(".refused").first.wait_for()


def many_preview(page: Page) -> None:
    page.get_by_label("Lead executive").first.select_option(label="Post of edith · Edith")
    page.get_by_label(re.compile(r"All \d+ of them")).check()
    page.get_by_role("button", name="Look at what would change").click()
    page.get_by_role("heading", name="Edit many").wait_for()


def keys_open(page: Page) -> None:
    page.get_by_role("button", name="Keyboard").click()
    page.locator("dialog#keys[open]").wait_for()


def all_open(page: Page) -> None:
    page.evaluate("for (const d of document.querySelectorAll('details')) d.open = true")


SETTINGS = "/plans/{plan}/settings"
ACTION = "/plans/{plan}/actions/{ref}"
OPEN_TO_ALL = [
    Stop("signed out", "", "/", "/"),
    Stop("sign in", "", "/sign-in?next=/me", "/sign-in", often=True),
    Stop("sign in refused", "", "/sign-in", "/sign-in", send("Sign in", email="x@y.example", password="no")),
    Stop(
        "one-time code",
        "",
        "/sign-in/code?code=abc",
        "/sign-in/code",
        send("Keep the password and sign in", password="short"),
    ),
    Stop("help", "", "/help", "/help"),
    Stop("keys", "alice", "/help", "/help", keys_open),
    Stop("about", "", "/about", "/about"),
    Stop("for programs", "", "/api/docs", "/api/docs"),
    Stop("accessibility", "", "/accessibility", "/accessibility"),
    Stop("not there", "alice", "/nowhere", "", status=404),
    Stop("another's plan", "oscar", "/plans/alpha/actions", "", status=404),
    Stop("not allowed", "violet", "/admin", "", status=403),
    Stop("not a date", "alice", BASE + "?as_at=yesterday", "", status=422),
]
LIBRARY = [
    Stop("organisations", "violet", "/organisations", "/organisations"),
    Stop("organisations of the administrator", "adam", "/organisations", "/organisations"),
    Stop("new organisation refused", "adam", "/organisations/new", "/organisations/new",
         send("Add the organisation", code="!", name="")),
    Stop("organisation", "violet", "/organisations/AAA", "/organisations/{code}"),
    Stop("system", "adam", "/organisations/LLL", "/organisations/{code}"),
    Stop("publications", "violet", "/frameworks", "/frameworks"),
    Stop("publications searched", "alice", "/frameworks?q=midwife", "/frameworks"),
    Stop("publications none", "alice", "/frameworks?q=zzzz", "/frameworks"),
    Stop("publication", "alice", "/frameworks/ockenden_2022", "/frameworks/{key}"),
    Stop("publication by name only", "violet", "/frameworks/nhse_ten_point_plan_2026", "/frameworks/{key}"),
]  # fmt: skip
ADMIN = [
    Stop("own account", "owen", "/account", "/account", send("Change the password", current="a", password="b")),
    Stop("accounts", "adam", "/admin", "/admin"),
    Stop("new account refused", "adam", "/admin/accounts/new", "/admin/accounts/new",
         send("Add the account", email="alice@aaa.example", name="")),
    Stop("account", "adam", "/admin/accounts/{account}", "/admin/accounts/{account_id}"),
    Stop("tokens refused", "adam", "/admin/tokens", "/admin/tokens", send("Make the token", name="")),
    Stop("sessions", "adam", "/admin/sessions", "/admin/sessions"),
    Stop("rights", "adam", "/admin/rights", "/admin/rights"),
    Stop("sign-in log", "adam", "/admin/log", "/admin/log"),
]  # fmt: skip
PLANS = [
    Stop("home", "alice", "/", "/", often=True),
    Stop("home of nobody", "nora", "/", "/"),
    Stop("new plan", "alice", "/plans/new", "/plans/new"),
    Stop("new plan refused", "alice", "/plans/new", "/plans/new", send("Begin the plan", title="", plan="A B")),
    Stop("settings", "alice", "/plans/alpha/settings", SETTINGS),
    Stop("settings read", "violet", "/plans/alpha/settings", SETTINGS),
    Stop("priorities", "alice", "/plans/alpha/settings/priorities", f"{SETTINGS}/priorities", all_open),
    Stop("priorities refused", "alice", "/plans/alpha/settings/priorities", f"{SETTINGS}/priorities",
         send("Add the priority", **{"title-add": ""})),
    Stop("participants", "alice", "/plans/alpha/settings/participants", f"{SETTINGS}/participants"),
    Stop("bodies", "alice", "/plans/alpha/settings/bodies", f"{SETTINGS}/bodies", all_open),
    Stop("meetings", "alice", "/plans/alpha/settings/meetings", f"{SETTINGS}/meetings", all_open),
    Stop("rules", "alice", "/plans/draft/settings/rules", f"{SETTINGS}/rules"),
    Stop("rules of a live plan", "violet", "/plans/alpha/settings/rules", f"{SETTINGS}/rules"),
    Stop("legend", "alice", "/plans/draft/settings/legend", f"{SETTINGS}/legend"),
    Stop("legend read", "violet", "/plans/alpha/settings/legend", f"{SETTINGS}/legend"),
    Stop("rating settings", "alice", "/plans/alpha/settings/rating", f"{SETTINGS}/rating"),
    Stop("adopt", "carol", "/plans/draft/adopt", "/plans/{plan}/adopt"),
    Stop("adopt of the office", "alice", "/plans/empty-draft/adopt", "/plans/{plan}/adopt"),
]  # fmt: skip
TRACKER = [
    Stop("tracker", "alice", BASE, "/plans/{plan}/actions", often=True),
    Stop("tracker read", "violet", BASE, "/plans/{plan}/actions"),
    Stop("tracker not grouped", "alice", f"{BASE}?group=none&view=comfortable", "/plans/{plan}/actions"),
    Stop("tracker by source", "alice", f"{BASE}?group=framework", "/plans/{plan}/actions"),
    Stop("tracker without a match", "alice", f"{BASE}?q=nowhere&rating=purple", "/plans/{plan}/actions"),
    Stop("tracker of a draft", "alice", "/plans/draft/actions", "/plans/{plan}/actions"),
    Stop("tracker without actions", "alice", "/plans/empty-draft/actions", "/plans/{plan}/actions", often=True),
    Stop("tracker of 92", "alice", "/plans/big/actions", "/plans/{plan}/actions"),
    Stop("tracker of today as a past day", "alice", f"{BASE}?as_at={{today}}", "/plans/{plan}/actions"),
    Stop("form in the row", "alice", BASE, "/plans/{plan}/actions", form_in_row, often=True),
    Stop("form in the row, worse", "alice", BASE, "/plans/{plan}/actions", worse, often=True),
    Stop("form in the row refused", "alice", BASE, "/plans/{plan}/actions", row_refused, often=True),
    Stop("update", "owen", f"{BASE}/1.1/update", f"{ACTION}/update", often=True),
    Stop("own work", "owen", "/me", "/me", often=True),
    Stop("own work with a form", "owen", "/me", "/me", card_form, often=True),
    Stop("own work of nobody", "nora", "/me", "/me"),
    Stop("action", "alice", f"{BASE}/1.3", ACTION, often=True),
    Stop("action with decisions", "violet", f"{BASE}/1.1", ACTION),
    Stop("new action", "alice", f"{BASE}/new", "/plans/{plan}/actions/new", often=True),
    Stop("new action refused", "alice", f"{BASE}/new", "/plans/{plan}/actions/new",
         send("Add the action", title="", due_date="2019-01-01")),
    Stop("edit", "alice", f"{BASE}/1.3/edit", f"{ACTION}/edit"),
    Stop("edit own", "owen", f"{BASE}/1.3/edit", f"{ACTION}/edit"),
    Stop("copy refused", "alice", f"{BASE}/1.3/copy", f"{ACTION}/copy", send("Make the copy", ref="1.3")),
    Stop("order", "alice", f"{BASE}/order", "/plans/{plan}/actions/order"),
    Stop("edit many", "alice", f"{BASE}/many", "/plans/{plan}/actions/many"),
    Stop("edit many previewed", "alice", f"{BASE}/many", "/plans/{plan}/actions/many", many_preview),
    Stop("edit many refused", "alice", f"{BASE}/many", "/plans/{plan}/actions/many",
         send("Look at what would change", due_date="2031-01-01")),
    Stop("hand over refused", "alice", f"{BASE}/hand-over", "/plans/{plan}/actions/hand-over",
         send("Look at what would change")),
    Stop("paste refused", "alice", f"{BASE}/paste", "/plans/{plan}/actions/paste",
         send("Look at what they would become", text="")),
    Stop("paste previewed", "alice", f"{BASE}/paste", "/plans/{plan}/actions/paste", paste_preview),
]  # fmt: skip
DECISIONS = [
    Stop("decisions", "edith", "/plans/alpha/decisions", "/plans/{plan}/decisions", all_open, often=True),
    Stop("decisions of the chair", "carol", "/plans/alpha/decisions", "/plans/{plan}/decisions", often=True),
    Stop("decisions of an empty plan", "alice", "/plans/draft/decisions", "/plans/{plan}/decisions"),
    Stop("record", "alice", "/plans/alpha/decisions/record", "/plans/{plan}/decisions/record"),
    Stop("choose a move", "owen", f"{BASE}/1.3/proposals/new", f"{ACTION}/proposals/new"),
    Stop("ask for a date refused", "owen", f"{BASE}/1.3/proposals/new?move=due_date", f"{ACTION}/proposals/new",
         send("Ask for it", due_date="2019-01-01"), often=True),
    Stop("ask for delivered, shut", "owen", f"{BASE}/1.3/proposals/new?move=delivered", f"{ACTION}/proposals/new"),
    Stop("proposal to decide", "carol", "/plans/alpha/proposals/{open}", "/plans/{plan}/proposals/{proposal_id}",
         send("Decide", **{"outcome-2": ""}), often=True),
    Stop("proposal of one's own", "owen", "/plans/alpha/proposals/{open}", "/plans/{plan}/proposals/{proposal_id}"),
    Stop("proposal decided", "violet", "/plans/alpha/proposals/{closed}", "/plans/{plan}/proposals/{proposal_id}"),
]  # fmt: skip
REPORTS = [
    Stop("dashboard", "carol", "/plans/alpha", "/plans/{plan}", often=True),
    Stop("dashboard of a draft", "alice", "/plans/empty-draft", "/plans/{plan}"),
    Stop("what changed", "carol", "/plans/alpha/since?since={yesterday}", "/plans/{plan}/since"),
    Stop("trend", "carol", "/plans/alpha/trend", "/plans/{plan}/trend"),
    Stop("history", "alice", "/plans/alpha/history", "/plans/{plan}/history", often=True),
    Stop("views that differ", "alice", f"{BASE}/views", "/plans/{plan}/actions/views"),
    Stop("recommendations", "alice", "/plans/alpha/recommendations", "/plans/{plan}/recommendations"),
    Stop("export", "alice", "/plans/alpha/export?query=rating%3Dred", "/plans/{plan}/export", often=True),
    Stop("export of an empty plan", "alice", "/plans/empty-draft/export", "/plans/{plan}/export"),
]
COVERAGE = [
    Stop("coverage", "alice", "/plans/alpha/coverage?since={yesterday}", "/plans/{plan}/coverage", often=True),
    Stop("coverage of an empty plan", "alice", "/plans/empty-draft/coverage", "/plans/{plan}/coverage"),
    Stop("standings", "alice", "/plans/alpha/standings?framework=aaa_first", "/plans/{plan}/standings", often=True),
    Stop("standings to decide", "edith", "/plans/alpha/standings", "/plans/{plan}/standings"),
    Stop(
        "standings refused",
        "alice",
        "/plans/alpha/standings?framework=aaa_first",
        "/plans/{plan}/standings",
        send("Ask the lead executive", why="Theirs"),
    ),
    Stop("declarations", "alice", "/plans/alpha/declarations", "/plans/{plan}/declarations"),
    Stop("signed declaration", "violet", "/plans/alpha/declarations/1", "/plans/{plan}/declarations/{number}"),
    Stop(
        "declaration in preparation",
        "alice",
        "/plans/alpha/declarations/2",
        "/plans/{plan}/declarations/{number}",
        often=True,
    ),
    Stop(
        "declaration refused",
        "carol",
        "/plans/alpha/declarations/2",
        "/plans/{plan}/declarations/{number}",
        send("Sign the declaration"),
    ),
    Stop("new publication", "alice", "/frameworks/new", "/frameworks/new", send("Add the publication")),
    Stop(
        "publication from a file",
        "alice",
        "/frameworks/file",
        "/frameworks/file",
        send("Keep the publication", text="title: ["),
    ),
    Stop("own publication", "alice", "/frameworks/aaa_second", "/frameworks/{key}", often=True),
    Stop("changed publication", "alice", "/frameworks/aaa_second/edit", "/frameworks/{key}/edit"),
    Stop("recommendation of one's own", "alice", "/frameworks/aaa_second/items/1", "/frameworks/{key}/items/{ref}"),
]
IMPORT = "/plans/{plan}/import/{import_id:uuid}"
IMPORTS = [
    Stop("import", "alice", "/plans/alpha/import", "/plans/{plan}/import", often=True),
    Stop("import without a file", "alice", "/plans/empty-draft/import", "/plans/{plan}/import",
         send("Look at the spreadsheet")),
    Stop("columns of an import", "alice", "/plans/alpha/import/{imported}", IMPORT, often=True),
    Stop("legend of an import", "alice", "/plans/alpha/import/{imported}?step=legend", IMPORT, often=True),
    Stop("check of an import", "alice", "/plans/alpha/import/{imported}?step=check", IMPORT, often=True),
    Stop("import that is done", "alice", "/plans/alpha/import/{brought}", IMPORT),
]  # fmt: skip
ITEM = "/plans/{plan}/evidence/{ref}"
EVIDENCE = [
    Stop("evidence", "alice", "/plans/alpha/evidence", "/plans/{plan}/evidence", often=True),
    Stop("evidence of an empty plan", "alice", "/plans/empty-draft/evidence", "/plans/{plan}/evidence"),
    Stop("add evidence refused", "owen", "/plans/alpha/evidence/new?action=1.3", "/plans/{plan}/evidence/new",
         send("Add evidence", shows=""), often=True),
    Stop("evidence to review", "victor", "/plans/alpha/evidence/E4", ITEM, send("Save your review"), often=True),
    Stop("evidence held", "owen", "/plans/alpha/evidence/E3", ITEM, all_open, often=True),
    Stop("evidence returned", "owen", "/plans/alpha/evidence/E2", ITEM),
    Stop("evidence concealed", "violet", "/plans/alpha/evidence/E4", ITEM),
    Stop("change evidence", "owen", "/plans/alpha/evidence/E1/edit", f"{ITEM}/edit", all_open),
]  # fmt: skip
STOPS = [*EVIDENCE, *ASKED, *OPEN_TO_ALL, *LIBRARY, *ADMIN, *PLANS, *TRACKER, *DECISIONS, *REPORTS, *COVERAGE, *IMPORTS]
# Pages of the application that are no stop, with the reason.
EXEMPT = {
    "/first": "on a new installation, which has its own test",
    "/plans": "leads on to the first page",
    "/help/kit": "in the demonstration only, and the kit's parts are on the pages",
    "/healthz": "for machines",
    "/readyz": "for machines",
    "/plans/{plan}/evidence/{ref}/file": "a file to take away",
    "/plans/{plan}/pack.zip": "a file to take away",
    "/plans/{plan}/export/file": "a file to take away",
    "/plans/{plan}/export/whole": "a file to take away",
    f"{IMPORT}/cells.csv": "a file to take away",
    f"{ACTION}/row": "a part of the tracker, sent to htmx",
}
