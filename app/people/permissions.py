"""The rights table in words: act by act for the documentation of the API, and who may do what for those who may not."""

from typing import Any
from uuid import UUID

from app.core.actor import Actor
from app.core.errors import Forbidden
from app.core.words import N_, _
from app.people.rights import RELATION_WORDS, RIGHTS, WHO_WORDS, Relation, Right, Who
from app.people.rules import ROLE_WORDS, Role

# Inside a sentence: "Only the programme office and the chair may do this."
ROLE_MAY: dict[Role, str] = {
    Role.office: N_("the programme office"),
    Role.chair: N_("the chair"),
    Role.validator: N_("the assurance panel"),
    Role.executive: N_("lead executives"),
    Role.owner: N_("action owners"),
    Role.contributor: N_("contributors"),
    Role.voices: N_("the voices partnership"),
    Role.viewer: N_("viewers"),
    Role.overseer: N_("overseers"),
    Role.administrator: N_("administrators"),
}
OF_ACTION: dict[Relation, str] = {
    Relation.own_action: N_("the action’s accountable person"),
    Relation.portfolio: N_("the action’s lead executive"),
    Relation.contributes: N_("the action’s contributors"),
}


def told() -> dict[str, dict[str, Any]]:
    """act -> {act, words, who, who_words, people_only, writes, roles: [{role, words, where: [words]}]}."""
    return {act: _line(right) for act, right in RIGHTS.items()}


def _line(right: Right) -> dict[str, Any]:
    held: dict[Role, set[Relation]] = {}
    for role, relation in right.allows:
        held.setdefault(role, set()).add(relation)
    return {
        "act": right.act,
        "words": right.words,
        "who": right.who.value,
        "who_words": WHO_WORDS[right.who],
        "people_only": right.people_only,
        "writes": right.writes,
        "public": right.who is Who.public,
        "roles": [
            {
                "role": role.value,
                "words": ROLE_WORDS[role],
                "where": [RELATION_WORDS[r][0] for r in Relation if r in held[role]],
            }
            for role in Role
            if role in held
        ],
    }


def refusal(*acts: str, code: str = "forbidden") -> Forbidden:
    """What somebody is told who may do none of these acts: who may."""
    return Forbidden(who_may(*acts), code)


def people_only(act: str) -> Forbidden:
    """What a token is told where the act is a person's."""
    needed = _("This needs a signed-in person. A token cannot do it.")
    right = RIGHTS.get(act)
    told = f"{needed} {who_may(act)}" if right and right.who is Who.table else needed
    return Forbidden(told, "people_only")


def require_person(actor: Actor, act: str = "") -> UUID:
    """The id of the signed-in person who acts; whoever else does is refused, and told who may do the act."""
    if actor.id is None or not actor.is_person:
        raise people_only(act)
    return actor.id


def who_may(*acts: str) -> str:
    """ "Only the programme office and the chair may do this." """
    pairs = {pair for act in acts if act in RIGHTS for pair in RIGHTS[act].allows}
    roles = {role for role, relation in pairs if relation not in OF_ACTION}
    relations = {relation for _role, relation in pairs}
    names = [_(words) for role, words in ROLE_MAY.items() if role in roles]
    names += [_(words) for relation, words in OF_ACTION.items() if relation in relations]
    if not names:
        return _("You may not do this.")
    if relations == {Relation.organisation}:
        return _("Only {who} of the plan’s own organisation may do this.", who=_and(names))
    return _("Only {who} may do this.", who=_and(names))


def _and(names: list[str]) -> str:
    *first, last = names
    return _("{names} and {last}", names=", ".join(first), last=last) if first else last
