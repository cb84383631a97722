"""Who may decide a proposal: the people, the bodies, and the parts they play."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from sqlmodel import col, select

from app.actions.rules import Move, MoveRule, Part, decides_due_date
from app.actions.view import ActionView
from app.assurance.models import Decision, DeclaredInterest, Delegation, Proposal
from app.assurance.parts import Case, Lent, Player, Ruling, rule_on
from app.assurance.rules import Outcome, body_kind, table_rule
from app.core import clock
from app.core.actor import Actor
from app.core.db import Read
from app.core.errors import Invalid
from app.core.words import _
from app.history.queries import rows
from app.people.models import Account, RoleHeld
from app.plans.queries import PlanAccess, bodies, paused_in
from app.plans.rules import BodyKind, BodyRole
from app.plans.schemas import BodyRead


@dataclass(frozen=True, slots=True)
class Bench:
    """Those who could decide anything in a plan, read once for a whole list of proposals."""

    access: PlanAccess
    players: tuple[Player, ...]
    bodies: tuple[BodyRead, ...]
    # By action: due dates that a lead executive has moved before.
    executive_moves: dict[UUID, int]
    # In force on the day; and by proposal, who declared an interest.
    delegations: tuple[Delegation, ...] = ()
    interests: dict[UUID, frozenset[UUID]] = field(default_factory=dict)
    # Whose seats wait to be confirmed: nobody stands in for them, and they are no players.
    paused: frozenset[UUID] = frozenset()

    @property
    def active(self) -> set[UUID | None]:
        return {p.id for p in self.players} | self.paused

    def body_of(self, move: Move, brought_to: UUID | None = None) -> BodyRead | None:
        """The body it was brought to, else the first of the kind that the move belongs to."""
        brought = next((b for b in self.bodies if b.id == brought_to), None)
        return brought or next((b for b in self.bodies if b.kind is body_kind(move)), None)

    def case_of(self, action: ActionView | None, body: BodyRead | None) -> Case:
        here = frozenset({self.access.organisation_id, *self.access.participants})
        panels = [b for b in self.bodies if b.kind is BodyKind.assurance_panel]
        chairs, is_panel = _seated(body, BodyRole.chair), body is not None and body.kind is BodyKind.assurance_panel
        return Case(
            organisation_id=self.access.organisation_id,
            here=here,
            lead_organisation_id=action.organisation_id if action else None,
            accountable_person_id=action.accountable_person_id if action else None,
            lead_executive_id=action.lead_executive_id if action else None,
            contributors=action.contributor_ids if action else frozenset(),
            chairs=chairs,
            deputies=_seated(body, BodyRole.deputy),
            panel=frozenset(m.account_id for b in panels for m in b.members),
            has_body=bool(chairs & self.active) or is_panel,
            judges_proof=is_panel,
            lent=tuple(self._lent(action, body)),
        )

    def _lent(self, action: ActionView | None, body: BodyRead | None) -> Iterator[Lent]:
        """A delegation holds as long as who gave it still has what they gave."""
        executive = action.lead_executive_id if action else None
        seats = {BodyRole.chair: Part.chair, BodyRole.deputy: Part.deputy}
        held = {m.account_id: seats[m.role] for m in body.members if m.role in seats} if body else {}
        for each in self.delegations:
            part = held.get(each.given_by_id) if body and each.body_id == body.id else None
            if each.body_id is None and each.given_by_id == executive:
                part = Part.lead_executive
            if part is not None and each.given_by_id in self.active:
                yield Lent(each.given_to_id, part, each.given_by_id, each.given_by_name, each.ends_on)

    def declared(self, proposal: Proposal) -> frozenset[UUID]:
        return self.interests.get(proposal.id, frozenset())

    def ruling(self, proposal: Proposal, action: ActionView | None, body: BodyRead | None = None) -> Ruling:
        """Who may decide it as things stand; nobody where the move is no longer possible."""
        rule = table_rule(proposal.move, action.stage if action else None)
        if rule is None:
            return Ruling()
        body = body or self.body_of(proposal.move, proposal.brought_to_id)
        first = self.first_for(rule, action, proposal.due_date, is_brought=proposal.brought_to_id is not None)
        case, declared = self.case_of(action, body), self.declared(proposal)
        return rule_on(rule, self.players, case, proposal.proposed_by_id, first, declared)

    def first_for(
        self, rule: MoveRule, action: ActionView | None, wanted: date | None, *, is_brought: bool = False
    ) -> Part | None:
        """Who comes before the table's decider: the lead executive for a small first slip, the chair at a meeting."""
        if is_brought and rule.decides != frozenset({Part.panel}):
            return Part.chair
        due = action.facts.due_date if action else None
        if action is None or rule.move is not Move.due_date or due is None or wanted is None:
            return None
        regulator = action.facts.regulator_date if action.facts.regulatory else None
        if regulator is not None and wanted > regulator:
            return Part.chair
        moved = self.executive_moves.get(action.id, 0)
        return decides_due_date(due, wanted, moved, self.access.settings)

    def named(self, name: str | None, proposal: Proposal) -> BodyRead | None:
        """The body that a decision names, if the proposal is before it; without a name, the one it belongs to."""
        own = self.body_of(proposal.move, proposal.brought_to_id)
        if name is None:
            return own
        found = find_body(self.bodies, name)
        if found is None:
            raise Invalid("body", _("There is no body “{name}” in this plan. Choose one of its bodies.", name=name))
        same_kind = proposal.brought_to_id is None and found.kind is body_kind(proposal.move)
        if own is not None and found.id != own.id and not same_kind:
            raise Invalid(
                "body",
                _("This is before “{own}”. Bring it to “{other}” first, or leave the body out.",
                  own=own.name, other=found.name),
            )  # fmt: skip
        return found


def find_body(known: Sequence[BodyRead], name: str) -> BodyRead | None:
    """By name, by kind or by id, as a program or a form may say it."""
    wanted = name.strip().casefold()
    return next((b for b in known if wanted in (b.name.casefold(), str(b.id))), None) or next(
        (b for b in known if wanted == b.kind.value), None
    )


def bench(read: Read, access: PlanAccess) -> Bench:
    wanted: Any = (
        select(  # type: ignore[call-overload]
            Account.id, Account.name, Account.post, RoleHeld.role, RoleHeld.organisation_id
        )
        .join(RoleHeld, col(RoleHeld.account_id) == Account.id)
        .where(col(RoleHeld.organisation_id).in_({access.organisation_id, *access.participants}), col(Account.active))
        .order_by(Account.name, Account.email)
    )
    held: dict[UUID, set[tuple[str, UUID]]] = {}
    people: dict[UUID, tuple[str, str]] = {}
    for found, name, post, role, organisation in read.exec(wanted).all():
        people[found] = name, post
        held.setdefault(found, set()).add((role.value, organisation))
    every = tuple(bodies(read, access.id))
    paused = paused_in(every) & people.keys()
    players = tuple(
        Player(found, name, post, frozenset(held[found]))
        for found, (name, post) in people.items()
        if found not in paused
    )
    return Bench(
        access,
        players,
        every,
        _executive_moves(read, access),
        tuple(delegations_in_force(read, access, access.as_at or clock.today())),
        _interests(read, access),
        paused,
    )


def player_of(actor: Actor) -> Player:
    return Player(actor.id, actor.name, "", frozenset((g.role, g.organisation_id) for g in actor.grants))


def _seated(body: BodyRead | None, role: BodyRole) -> frozenset[UUID]:
    return frozenset(m.account_id for m in body.members if m.role is role) if body else frozenset()


def delegations_in_force(read: Read, access: PlanAccess, day: date) -> list[Delegation]:
    found = rows(read, Delegation, access.id)
    ended = {d.id for d in found if d.ended_on is not None and d.ended_on <= day}
    return [d for d in found if d.starts_on <= day <= d.ends_on and d.id not in ended]


def _interests(read: Read, access: PlanAccess) -> dict[UUID, frozenset[UUID]]:
    found: dict[UUID, set[UUID]] = {}
    for row in rows(read, DeclaredInterest, access.id):
        found.setdefault(row.proposal_id, set()).add(row.account_id)
    return {proposal: frozenset(people) for proposal, people in found.items()}


def _executive_moves(read: Read, access: PlanAccess) -> dict[UUID, int]:
    taken = rows(
        read,
        Decision,
        access.id,
        move=Move.due_date,
        outcome=Outcome.accepted,
        capacity=Part.lead_executive.value,
    )
    return dict(Counter(d.action_id for d in taken if d.action_id is not None))
