"""Stops at what is asked and told beside decisions, and at what is restricted to named people."""

from tests.browser.stops import Stop, send
from tests.browser.world import BASE

ACTION = "/plans/{plan}/actions/{ref}"
ITEM = "/plans/{plan}/evidence/{ref}"
ASKED = [
    Stop("questions", "violet", "/plans/alpha/questions", "/plans/{plan}/questions"),
    Stop("questions of an empty plan", "alice", "/plans/empty-draft/questions", "/plans/{plan}/questions"),
    Stop("ask a question refused", "violet", f"{BASE}/1.3/questions/new", f"{ACTION}/questions/new",
         send("Ask", question=""), often=True),
    Stop("question to answer", "alice", "/plans/alpha/questions/{question}", "/plans/{plan}/questions/{question_id}",
         send("Answer", answer=""), often=True),
    Stop("exception reports", "alice", "/plans/alpha/exceptions", "/plans/{plan}/exceptions"),
    Stop("report an exception refused", "owen", f"{BASE}/1.1/exceptions/new", f"{ACTION}/exceptions/new",
         send("Report it", cause=""), often=True),
    Stop("exception report", "carol", "/plans/alpha/exceptions/{report}", "/plans/{plan}/exceptions/{report_id}",
         send("Answer", answer=""), often=True),
    Stop("editions", "violet", "/plans/alpha/editions", "/plans/{plan}/editions"),
    Stop("prepare an edition refused", "alice", "/plans/alpha/editions/new", "/plans/{plan}/editions/new",
         send("Ask for it", why=""), often=True),
    Stop("delegations refused", "carol", "/plans/alpha/delegations", "/plans/{plan}/delegations",
         send("Delegate", starts_on=""), often=True),
    Stop("a seat to confirm", "victor", "/plans/alpha/settings/bodies", "/plans/{plan}/settings/bodies"),
    Stop("restricted to others", "alice", f"{BASE}/1.5", ACTION, often=True),
    Stop("restricted to oneself", "carol", f"{BASE}/1.5", ACTION),
    Stop("who may see an action refused", "carol", f"{BASE}/1.5/restriction", f"{ACTION}/restriction",
         send("Save who may see it", public_title=""), often=True),
    Stop("who may see evidence refused", "carol", "/plans/alpha/evidence/E1/restriction", f"{ITEM}/restriction",
         send("Restrict it", public_title="")),
    Stop("private wording refused", "alice", "/frameworks/aaa_second/private", "/frameworks/{key}/private",
         send("Save who may read it", why=""), often=True),
]  # fmt: skip
