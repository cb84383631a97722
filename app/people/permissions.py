"""The rights table in words, act by act, for the documentation of the API."""

from typing import Any

from app.people.rights import RELATION_WORDS, RIGHTS, WHO_WORDS, Relation, Right, Who
from app.people.rules import ROLE_WORDS, Role


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
