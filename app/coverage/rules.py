"""A recommendation's standing, its stage by the weakest link, and when a declaration may be signed; pure."""

from enum import StrEnum


class Answer(StrEnum):
    """What the organisation says of a recommendation. in_part: accepted in part; external: others have to act."""

    accepted = "accepted"
    in_part = "in_part"
    not_accepted = "not_accepted"
    not_applicable = "not_applicable"
    external = "external"


class Verdict(StrEnum):
    accept = "accept"
    returned = "return"


class DeclarationState(StrEnum):
    draft = "draft"
    signed = "signed"
    superseded = "superseded"
