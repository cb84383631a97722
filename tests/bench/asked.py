"""What is asked of each server, by the names that the lines compare."""

import json
import time
from collections.abc import Mapping
from urllib.parse import urlencode

from tests.bench.data import ACTIONS, PLAN
from tests.bench.load import FORM, HERE, Asked, Client, sign_in
from tests.bench.servers import LEFT_BEHIND, Server

OFFICE = "office@saltmarsh.example"
TRACKER = f"/plans/{PLAN}/actions"
DASHBOARD = f"/plans/{PLAN}"
LIST = f"/api/v1/plans/{PLAN}/actions?limit=500"
NOTE = f"The audit of {time.time_ns()} is done and shared with the team, case {{n}}"
PAGES = (
    "/", "/me", DASHBOARD, TRACKER, f"{TRACKER}/new", f"{TRACKER}/{{ref}}", f"{TRACKER}/{{ref}}/edit",
    f"{TRACKER}/{{ref}}/update", f"/plans/{PLAN}/decisions", f"/plans/{PLAN}/recommendations", f"/plans/{PLAN}/history",
    f"/plans/{PLAN}/coverage", f"/plans/{PLAN}/settings", "/frameworks", "/help", "/about", "/accessibility",
    "/api/docs", LIST, f"/api/v1/plans/{PLAN}/status",
)  # fmt: skip


def of_plain() -> dict[str, Asked]:
    writes = tuple(
        (f"/actions/{n}", urlencode({"status": "in_progress", "due_date": "2026-12-01", "commentary": NOTE}, safe="{}"))
        for n in range(1, 65)
    )
    return {
        "plain page": Asked("plain", (("/plans/1", ""),), holds=b"220 actions"),
        "plain dashboard": Asked("plain", (("/plans/1/dashboard", ""),), holds=b"Trend"),
        "plain json": Asked("plain", (("/api/plans/1/actions", ""),), holds=b'"A220"'),
        "plain update": Asked("plain", writes, "POST", FORM, holds=b"<tr id="),
    }


def of_bare() -> dict[str, Asked]:
    return {"bare 304": Asked("bare", (("/page", ""),), headers={"If-None-Match": '"r1"'}, status=304)}


def of_product(server: Server) -> dict[str, Asked]:
    """Signed in as the programme office, whose rows carry every button."""
    cookie, client = sign_in(server, OFFICE), Client(server)
    name = server.name
    shown = client.ask("GET", TRACKER, headers=cookie)
    listed = client.ask("GET", LIST, headers=cookie)
    actions = json.loads(listed.body)["items"]
    if len(actions) != ACTIONS:
        raise RuntimeError(f"the list holds {len(actions)} of {ACTIONS} actions")
    # The last row of the page: an answer without it is not the whole page.
    asked = {
        "page": Asked(name, ((TRACKER, ""),), headers=cookie, holds=b'id="%s"' % actions[-1]["ref"].encode()),
        "dashboard": Asked(name, ((DASHBOARD, ""),), headers=cookie, holds=b"</html>"),
        "coverage": Asked(name, ((f"{DASHBOARD}/coverage", ""),), headers=cookie, holds=b'id="matrix"'),
        "json": Asked(name, ((LIST, ""),), headers=cookie, holds=b'"%s"' % actions[-1]["ref"].encode()),
        "update": _updates(name, actions, cookie),
    }
    path, etag = (TRACKER, shown.headers.get("etag")) if "etag" in shown.headers else (LIST, listed.headers["etag"])
    client.close()
    asked["304"] = Asked(name, ((path, ""),), headers=cookie | {"If-None-Match": etag or ""}, status=304)
    return {f"{name} {what}": each for what, each in asked.items()}


def _updates(name: str, actions: list[dict[str, str]], cookie: Mapping[str, str]) -> Asked:
    """The form of the row, as the page's own script sends it: the words are new, the progress is as it was."""
    headers = dict(cookie) | HERE | FORM | {"HX-Request": "true", "HX-Request-Type": "partial"}
    writes = []
    for action in actions:
        if action["stage"] == "not_delivered":
            was = action["progress"]
            fields = {"was": was, "progress": was, "began": "", "place": "row", "back": "", "commentary": NOTE}
            writes.append((f"{TRACKER}/{action['ref']}/update", urlencode(fields, safe="{}")))
    return Asked(name, tuple(writes[:64]), "POST", headers, holds=b"<hx-partial")


def memory(server: Server) -> tuple[float, list[str]]:
    """The resident set (MiB) after one request to each main page; and the addresses that did not answer 200."""
    cookie, client = sign_in(server, OFFICE), Client(server)
    ref = json.loads(client.ask("GET", LIST, headers=cookie).body)["items"][0]["ref"]
    absent = []
    for page in PAGES:
        path = page.format(ref=ref)
        if client.ask("GET", path, headers=cookie).status != 200:
            absent.append(path)
    client.close()
    time.sleep(1)
    return server.memory_mib(), absent


def refuse_what_is_kept(server: Server) -> None:
    """Asked after each page was drawn: a measurement of "nothing kept" in which something is would be a false one."""
    client = Client(server)
    found = json.loads(client.ask("GET", LEFT_BEHIND).body)
    client.close()
    if found:
        raise RuntimeError(f"Kept, and tests/bench/emptied.py does not know it: {found}")
