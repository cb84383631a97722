"""Who plays which part towards an action: roles and relations in, the parts of the table of moves out."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from app.actions.rules import Candidate, Deciders, MoveRule, Part, conflicted, deciders
from app.people.rights import Relation, allows
from app.people.rules import Role


@dataclass(frozen=True, slots=True)
class Player:
    """An active person (or a program: no id) with the roles held, each at an organisation."""

    id: UUID | None
    name: str
    post: str
    roles: frozenset[tuple[str, UUID]]

    def at(self, *organisations: UUID) -> set[str]:
        return {role for role, organisation in self.roles if organisation in organisations}

    @property
    def key(self) -> str:
        return str(self.id or "")


@dataclass(frozen=True, slots=True)
class Case:
    """What parts come from. here: the plan's organisation and its participants; the rest is the action's, and empty
    for a move of the plan. chairs and deputies are those of the body that decides.
    """

    organisation_id: UUID
    here: frozenset[UUID]
    lead_organisation_id: UUID | None = None
    accountable_person_id: UUID | None = None
    lead_executive_id: UUID | None = None
    contributors: frozenset[UUID] = frozenset()
    chairs: frozenset[UUID] = frozenset()
    deputies: frozenset[UUID] = frozenset()
    panel: frozenset[UUID] = frozenset()
    # Without a body of the kind, the organisation's chairs stand for it.
    has_body: bool = True


def parts_of(player: Player, case: Case) -> frozenset[Part]:
    at_home, around = player.at(case.organisation_id), player.at(*case.here)
    led = player.at(case.lead_organisation_id) if case.lead_organisation_id in case.here else set()
    found = set()
    if player.id is not None and player.id == case.accountable_person_id and around:
        found.add(Part.accountable_person)
    if player.id in case.contributors:
        found.add(Part.contributor)
    if Role.office in at_home or Role.office in led:
        found.add(Part.office)
    if player.id is not None and player.id == case.lead_executive_id and Role.executive in around:
        found.add(Part.lead_executive)
    if Role.validator in at_home:
        found.add(Part.validator)
    return frozenset(found | _seats(player, case))


def _seats(player: Player, case: Case) -> set[Part]:
    """The parts that come from a seat in a body; a seat alone, without a role that may decide, is not enough."""
    if not may_decide_here(player, case):
        return set()
    found = set()
    if player.id in case.chairs or (not case.has_body and Role.chair in player.at(case.organisation_id)):
        found.add(Part.chair)
    if player.id in case.deputies:
        found.add(Part.deputy)
    if player.id in case.panel:
        found.add(Part.panel)
    return found


def may_decide_here(player: Player, case: Case) -> bool:
    held = [(role, Relation.organisation) for role in player.at(case.organisation_id)]
    if player.id is not None and player.id == case.lead_executive_id:
        held += [(role, Relation.portfolio) for role in player.at(*case.here)]
    return player.id is not None and allows("proposal.decide", held)


@dataclass(frozen=True, slots=True)
class Ruling:
    """Who may decide: people with the part they do it in, and why it came to them. Nobody: `people` is empty.

    barred: those of the first deciders who may not, because it is their own.
    """

    people: tuple[Player, ...] = ()
    part: Part | None = None
    first: Part | None = None
    has_passed: bool = False
    barred: tuple[Player, ...] = ()
    conflicts: frozenset[str] = field(default=frozenset())

    def names(self, person_id: UUID | None) -> bool:
        return any(p.id == person_id for p in self.people)


def rule_on(
    rule: MoveRule, players: Sequence[Player], case: Case, proposed_by: UUID | None, first: Part | None
) -> Ruling:
    """The deciders of one proposal; first: the part that comes before the table's (the lead executive, a chair)."""
    able = [p for p in players if may_decide_here(p, case)]
    candidates = [Candidate(p.key, parts_of(p, case)) for p in able]
    conflicts = conflicts_of(case, proposed_by)
    found = deciders(rule, candidates, conflicts, first)
    wanted = frozenset({first}) if first else rule.decides
    barred = tuple(
        p for p, c in zip(able, candidates, strict=True) if p.key in conflicts and not wanted.isdisjoint(c.parts)
    )
    start = first or next((p for p in Part if p in rule.decides), None)
    if found is None:
        return Ruling(first=start, barred=barred, conflicts=conflicts)
    return Ruling(_named(able, found), found.part, start, found.has_passed, barred, conflicts)


def conflicts_of(case: Case, proposed_by: UUID | None) -> frozenset[str]:
    owner = str(case.accountable_person_id) if case.accountable_person_id else None
    writers: Iterable[str] = (str(c) for c in case.contributors)
    return conflicted(str(proposed_by or ""), owner, writers) - {""}


def _named(players: Collection[Player], found: Deciders) -> tuple[Player, ...]:
    return tuple(p for p in players if p.key in found.people)
