"""Kinds of organisation, what each may be, and the form of a code."""

import re
from enum import StrEnum

CODE = re.compile(r"[A-Z0-9]{3,10}")


class OrganisationKind(StrEnum):
    trust = "trust"
    health_board = "health_board"
    icb = "icb"
    lmns = "lmns"
    region = "region"
    nation = "nation"
    partner = "partner"


class MembershipKind(StrEnum):
    member = "member"
    partner = "partner"


SYSTEMS = frozenset({OrganisationKind.lmns, OrganisationKind.icb, OrganisationKind.region, OrganisationKind.nation})


def is_code(text: str) -> bool:
    """ODS codes are three to ten capital letters and digits."""
    return CODE.fullmatch(text) is not None
