"""Who plays which part towards an action: roles and relations in, the parts of the table of moves out."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
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
class Lent:
    """A part that somebody plays for somebody else, who lent it to them until a day."""

    to_id: UUID
    part: Part
    by_id: UUID
    by_name: str
    until: date


@dataclass(frozen=True, slots=True)
class Case:
    """What parts come from. here: the plan's organisation and its participants; the rest is the action's, and empty
    for a move of the plan. chairs and deputies are those of the body that decides; lent: delegations in force today.
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
    # Without a body of the kind, the organisation's chairs stand for it; for a panel nobody does.
    has_body: bool = True
    judges_proof: bool = False
    lent: tuple[Lent, ...] = ()


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


def lent_to(player: Player, case: Case, conflicts: Collection[str]) -> tuple[Lent, ...]:
    """What was lent to this person for this case. Nobody lends a power that they could not use themselves."""
    if not may_decide_here(player, case):
        return ()
    return tuple(each for each in case.lent if each.to_id == player.id and str(each.by_id) not in conflicts)


def _seats(player: Player, case: Case) -> set[Part]:
    """The parts that come from a seat in a body; a seat alone, without a role that may decide, is not enough.

    On proof a seat counts with the panel's own role alone: office and chair, who fill the seats, cannot become it.
    """
    if not may_decide_here(player, case) or (case.judges_proof and not judges_proof(player, case)):
        return set()
    found = set()
    if player.id in case.chairs or (not case.has_body and Role.chair in player.at(case.organisation_id)):
        found.add(Part.chair)
    if player.id in case.deputies:
        found.add(Part.deputy)
    if player.id in case.panel and judges_proof(player, case):
        found.add(Part.panel)
    return found


def judges_proof(player: Player, case: Case) -> bool:
    return Role.validator in player.at(case.organisation_id)


def may_decide_here(player: Player, case: Case) -> bool:
    held = [(role, Relation.organisation) for role in player.at(case.organisation_id)]
    if player.id is not None and player.id == case.lead_executive_id:
        held += [(role, Relation.portfolio) for role in player.at(*case.here)]
    return player.id is not None and allows("proposal.decide", held)


@dataclass(frozen=True, slots=True)
class Ruling:
    """Who may decide: people with the part they do it in, and why it came to them. Nobody: `people` is empty.

    barred: those of the first deciders who may not, because it is their own; declared: those who could and have said
    that they have an interest. lent: the delegations by which some of `people` decide.
    """

    people: tuple[Player, ...] = ()
    part: Part | None = None
    first: Part | None = None
    has_passed: bool = False
    barred: tuple[Player, ...] = ()
    conflicts: frozenset[str] = field(default=frozenset())
    declared: tuple[Player, ...] = ()
    lent: tuple[Lent, ...] = ()

    def names(self, person_id: UUID | None) -> bool:
        return any(p.id == person_id for p in self.people)


def rule_on(
    rule: MoveRule,
    players: Sequence[Player],
    case: Case,
    proposed_by: UUID | None,
    first: Part | None,
    declared: Collection[UUID] = (),
) -> Ruling:
    """The deciders of one proposal; first: the part that comes before the table's (the lead executive, a chair).

    declared: who said that they have an interest in it.
    """
    able = [p for p in players if may_decide_here(p, case)]
    own = conflicts_of(case, proposed_by)
    conflicts = own | {str(each) for each in declared}
    lent = {p.key: lent_to(p, case, conflicts) for p in able}
    candidates = [Candidate(p.key, parts_of(p, case) | {each.part for each in lent[p.key]}) for p in able]
    found = deciders(rule, candidates, conflicts, first)
    wanted = frozenset({first}) if first else rule.decides
    of_first = [p for p, c in zip(able, candidates, strict=True) if not wanted.isdisjoint(c.parts)]
    start = first or next((p for p in Part if p in rule.decides), None)
    people = _named(able, found) if found else ()
    part = found.part if found else None
    return Ruling(
        people,
        part,
        start,
        found.has_passed if found else False,
        barred=tuple(p for p in of_first if p.key in own),
        conflicts=conflicts,
        declared=tuple(p for p in able if p.id in declared),
        lent=tuple(e for p in people if part not in parts_of(p, case) for e in lent[p.key] if e.part is part),
    )


def conflicts_of(case: Case, proposed_by: UUID | None) -> frozenset[str]:
    owner = str(case.accountable_person_id) if case.accountable_person_id else None
    writers: Iterable[str] = (str(c) for c in case.contributors)
    return conflicted(str(proposed_by or ""), owner, writers) - {""}


def _named(players: Collection[Player], found: Deciders) -> tuple[Player, ...]:
    return tuple(p for p in players if p.key in found.people)
