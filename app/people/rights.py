"""The rights table: who may do what. Deny by default; the doors, the tests and `/admin` read this one table.

A line names an act, and the pairs of role and relation that may do it. The relation comes from what is asked for:

- `organisation`: the role is held at the plan's own organisation (or at the organisation asked for);
- `participant`: at an organisation that takes part in the plan;
- `own_organisation`: at the lead organisation of the action, which takes part in the plan;
- `overseen`: at a system of which the plan's organisation is a member;
- `own_action`: the person is accountable for the action; `contributes`: named on it as a contributor;
  `portfolio`: its lead executive;
- `anywhere`: the role is held at any organisation.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from app.core.words import N_
from app.people.rules import Role


class Relation(StrEnum):
    organisation = "organisation"
    participant = "participant"
    own_organisation = "own_organisation"
    overseen = "overseen"
    own_action = "own_action"
    contributes = "contributes"
    portfolio = "portfolio"
    anywhere = "anywhere"


# Short, for a cell of the table; and what it means.
RELATION_WORDS: dict[Relation, tuple[str, str]] = {
    Relation.anywhere: (N_("any"), N_("the role is held at any organisation")),
    Relation.organisation: (N_("own plan"), N_("the role is held at the plan's own organisation")),
    Relation.participant: (N_("takes part"), N_("at an organisation that takes part in the plan")),
    Relation.own_organisation: (N_("leads"), N_("at the organisation that leads the action")),
    Relation.overseen: (N_("oversees"), N_("at a system of which the plan's organisation is a member")),
    Relation.own_action: (N_("own action"), N_("the person is accountable for the action")),
    Relation.contributes: (N_("contributes"), N_("the person is named on the action as a contributor")),
    Relation.portfolio: (N_("portfolio"), N_("the person is the action's lead executive")),
}


class Who(StrEnum):
    """public: anybody; signed_in: any account or token; table: the pairs of the line."""

    public = "public"
    signed_in = "signed_in"
    table = "table"


WHO_WORDS: dict[Who, str] = {
    Who.public: N_("anybody"),
    Who.signed_in: N_("everybody who is signed in"),
    Who.table: N_("by role"),
}


@dataclass(frozen=True, slots=True)
class Right:
    act: str
    words: str
    who: Who
    allows: frozenset[tuple[Role, Relation]] = frozenset()
    # A decision, or anything of an account's own, needs a signed-in person; no token may do it.
    people_only: bool = False
    writes: bool = False


R = Role
HERE, PART, LED, OVER = Relation.organisation, Relation.participant, Relation.own_organisation, Relation.overseen
OWN, CON, PORT, ANY = Relation.own_action, Relation.contributes, Relation.portfolio, Relation.anywhere
AT_HOME = tuple(r for r in Role if r is not Role.overseer)


def _pairs(*groups: tuple[Iterable[Role], Iterable[Relation]]) -> frozenset[tuple[Role, Relation]]:
    return frozenset((role, relation) for roles, relations in groups for role in roles for relation in relations)


def _line(
    act: str,
    words: str,
    *groups: tuple[Iterable[Role], Iterable[Relation]],
    who: Who = Who.table,
    people_only: bool = False,
    writes: bool = False,
) -> tuple[str, Right]:
    return act, Right(act, words, who, _pairs(*groups), people_only, writes)


_READERS = ((AT_HOME, (HERE, PART)), ((R.overseer,), (OVER, HERE)))
_OFFICE = ((R.office,), (HERE,))
_DOERS = ((R.office,), (HERE, LED)), ((R.owner, R.executive, R.office, R.validator, R.chair), (OWN,)), (
    (R.contributor, R.owner, R.executive, R.office), (CON,)
)  # fmt: skip

RIGHTS: dict[str, Right] = dict(
    [
        _line("public.read", N_("Read pages that are open to all"), who=Who.public),
        _line("sign_in", N_("Sign in"), who=Who.public, writes=True),
        _line("sign_out", N_("Sign out"), who=Who.signed_in, people_only=True, writes=True),
        _line("me", N_("See own work and account"), who=Who.signed_in, people_only=True),
        _line("me.change", N_("Change own password, end own sessions"),
              who=Who.signed_in, people_only=True, writes=True),
        _line("home", N_("See the list of plans one may read"), who=Who.signed_in),
        _line("library.read", N_("Read organisations, publications and their recommendations"), who=Who.signed_in),
        _line("library.manage", N_("Load and edit the library"), ((R.administrator, R.office), (ANY,)), writes=True),
        _line("library.rule", N_("Make, accept, refuse and remove one's organisation's links between recommendations"),
              ((R.office, R.executive, R.chair), (HERE,)), people_only=True, writes=True),
        _line("library.local", N_("Keep one's organisation's own publications: inspections, reviews, surveys"),
              ((R.office,), (HERE, ANY)), writes=True),
        _line("organisations.manage", N_("Add and change organisations and systems"),
              ((R.administrator,), (ANY,)), people_only=True, writes=True),
        _line("admin.read", N_("See accounts, tokens, sessions, rights and the sign-in log"),
              ((R.administrator,), (HERE, ANY)), people_only=True),
        _line("admin.change", N_("Add and change accounts, roles, tokens and sessions"),
              ((R.administrator,), (HERE, ANY)), people_only=True, writes=True),
        _line("directory.read", N_("Find people of one's own and of participating organisations"), who=Who.signed_in),
        _line("plan.create", N_("Begin a plan"), _OFFICE, writes=True),
        _line("plan.read", N_("Read a plan, its actions and its history"), *_READERS),
        _line("plan.read_draft", N_("Read a plan that is still a draft"),
              ((R.office, R.owner, R.contributor, R.executive, R.chair, R.administrator), (HERE,)),
              ((R.office, R.owner, R.contributor, R.executive), (PART,))),
        _line("plan.take", N_("Take a whole plan away in one file, with its people and its evidence"),
              ((R.office, R.chair), (HERE,)), people_only=True),
        _line("plan.structure", N_("Change priorities, participants, bodies, meetings and words of a plan"),
              _OFFICE, writes=True),
        _line("plan.import", N_("Bring a spreadsheet into a plan, and take it back"), _OFFICE, writes=True),
        _line("plan.legend", N_("Change the words beside the colours: the office of a draft, the chair of a live plan"),
              ((R.office, R.chair), (HERE,)), writes=True),
        _line("plan.members", N_("Say who sits in the bodies of a plan; on a live plan's panel who presides there"),
              ((R.office, R.chair, R.validator), (HERE,)), writes=True),
        _line("plan.seats", N_("Say who chairs and deputises in the bodies of a live plan"),
              ((R.chair,), (HERE,)), people_only=True, writes=True),
        _line("seat.confirm", N_("Confirm that somebody's account is their own again, so that their seat decides"),
              ((R.validator, R.chair, R.executive), (HERE,)), people_only=True, writes=True),
        _line("plan.adopt", N_("Adopt a plan, or close it"), ((R.chair,), (HERE,)), people_only=True, writes=True),
        _line("action.create", N_("Add actions"), ((R.office,), (HERE, LED)), writes=True),
        _line("action.edit", N_("Edit an action's fields"), ((R.office,), (HERE, LED)), writes=True),
        _line("action.edit_own", N_("Edit milestones, measures of success and dependencies of an own action"),
              ((R.office,), (HERE, LED)), ((R.owner, R.executive), (OWN,)), writes=True),
        _line("action.update", N_("Report progress on an action"), *_DOERS, writes=True),
        _line("action.draft", N_("Keep a draft of an update"), *_DOERS, people_only=True, writes=True),
        _line("action.owner", N_("Change who is accountable"),
              ((R.office,), (HERE, LED)), ((R.executive,), (PORT,)), writes=True),
        _line("action.restrict", N_("Restrict an action or an update to named people, and open it again"),
              ((R.office, R.chair), (HERE,)), people_only=True, writes=True),
        _line("action.propose", N_("Ask for a move: delivered, a date, an exit"),
              ((R.office,), (HERE, LED)), ((R.owner, R.executive, R.office, R.validator, R.chair), (OWN,)),
              ((R.executive,), (PORT,)), writes=True),
        _line("action.step_back", N_("Lower a stage"),
              ((R.validator, R.chair), (HERE,)), ((R.executive,), (PORT,)), people_only=True, writes=True),
        _line("proposal.decide", N_("Accept or return what somebody else asked for"),
              ((R.validator, R.chair), (HERE,)), ((R.executive,), (HERE, PORT)), people_only=True, writes=True),
        _line("proposal.withdraw", N_("Withdraw what oneself asked for"),
              ((R.office, R.owner, R.executive, R.validator, R.chair), (HERE, PART)), writes=True),
        _line("import.confirm", N_("Confirm what a first import brought in as assured"),
              ((R.validator,), (HERE,)), people_only=True, writes=True),
        _line("question.ask", N_("Ask a question of the board's about an action"),
              ((R.viewer, R.chair), (HERE,)), people_only=True, writes=True),
        _line("question.answer", N_("Answer a question of the board's"),
              ((R.office,), (HERE, LED)), ((R.owner, R.executive, R.office, R.validator, R.chair), (OWN,)),
              ((R.executive,), (PORT,)), writes=True),
        _line("delegation.give", N_("Lend one's own power to decide to somebody else, for a time"),
              ((R.chair, R.executive), (HERE,)), people_only=True, writes=True),
        _line("coverage.plan", N_("Say which publications a plan sets out to answer"), _OFFICE, writes=True),
        _line("standing.propose", N_("Ask how the organisation answers recommendations, and note who was chased"),
              _OFFICE, writes=True),
        _line("standing.decide", N_("Decide how the organisation answers recommendations"),
              ((R.executive,), (HERE,)), people_only=True, writes=True),
        _line("declaration.prepare", N_("Prepare a declaration: what proof is required, and why there is a hole"),
              ((R.office,), (HERE,)), writes=True),
        _line("declaration.check", N_("Check a line of a declaration"),
              ((R.validator, R.executive), (HERE,)), people_only=True, writes=True),
        _line("declaration.dissent", N_("Disagree with a line of a declaration"),
              ((R.office, R.owner, R.executive, R.validator, R.chair, R.voices, R.viewer), (HERE,)),
              people_only=True, writes=True),
        _line("declaration.sign", N_("Sign a declaration"), ((R.chair,), (HERE,)), people_only=True, writes=True),
        _line("meeting.record", N_("Record what a body decided"), _OFFICE, writes=True),
        _line("meeting.confirm", N_("Confirm a body's list of decisions"),
              ((R.chair, R.validator, R.executive), (HERE,)), people_only=True, writes=True),
        _line("evidence.submit", N_("Add evidence, and newer versions of it"),
              *_DOERS, ((R.executive,), (PORT,)), writes=True),
        _line("evidence.review", N_("Accept or return evidence that somebody else submitted"),
              ((R.validator, R.chair), (HERE,)), people_only=True, writes=True),
        _line("evidence.withdraw", N_("Withdraw evidence, with a reason"),
              *_DOERS, ((R.executive,), (PORT,)), writes=True),
        _line("evidence.confidential", N_("See confidential evidence itself, not its public-safe summary alone"),
              ((R.office, R.validator, R.chair, R.executive), (HERE,)), *_DOERS, ((R.executive,), (PORT,))),
        _line("view.save", N_("Save views of the tracker for oneself"), *_READERS, people_only=True, writes=True),
        _line("view.share", N_("Share a view with all who read the plan, and change shared ones"),
              ((R.office, R.chair, R.executive), (HERE,)), people_only=True, writes=True),
        _line("views_differ.read", N_("See where the owner reports better than the dates support"),
              ((R.office, R.chair), (HERE,)), ((R.owner, R.executive, R.office), (OWN,)), ((R.executive,), (PORT,)),
              people_only=True),
        _line("ledger.redact", N_("Remove a name or a text from the record"), ((R.administrator,), (ANY,)),
              people_only=True, writes=True),
    ]
)  # fmt: skip

# To decide, and to say who decides: not for somebody whose seat waits to be confirmed.
DECIDING_ACTS = frozenset(
    {
        "action.step_back", "declaration.check", "declaration.sign", "delegation.give", "evidence.review",
        "import.confirm", "meeting.confirm", "plan.adopt", "plan.members", "plan.seats", "proposal.decide",
        "seat.confirm", "standing.decide",
    }
)  # fmt: skip


def allows(act: str, held: Iterable[tuple[str, Relation]]) -> bool:
    """Whether any (role, relation) pair held by the actor may do the act; an unknown act is nobody's."""
    right = RIGHTS.get(act)
    if right is None:
        return False
    if right.who is not Who.table:
        return True
    return any((role, relation) in right.allows for role, relation in held)
