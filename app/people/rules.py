"""Roles, token scopes, kinds of access events, and what a password must be."""

from enum import StrEnum

from app.core.errors import Invalid
from app.core.words import N_, _

PASSWORD_LEAST = 12
PASSWORD_MOST = 128


class Role(StrEnum):
    administrator = "administrator"
    office = "office"
    executive = "executive"
    owner = "owner"
    contributor = "contributor"
    validator = "validator"
    chair = "chair"
    voices = "voices"
    viewer = "viewer"
    overseer = "overseer"


ROLE_WORDS: dict[Role, str] = {
    Role.administrator: N_("Administrator"),
    Role.office: N_("Programme office"),
    Role.executive: N_("Lead executive"),
    Role.owner: N_("Action owner"),
    Role.contributor: N_("Contributor"),
    Role.validator: N_("Assurance panel"),
    Role.chair: N_("Chair"),
    Role.voices: N_("Voices partnership"),
    Role.viewer: N_("Viewer"),
    Role.overseer: N_("Overseer"),
}


class TokenScope(StrEnum):
    read = "read"
    write = "write"


class AccessKind(StrEnum):
    signed_in = "signed_in"
    sign_in_failed = "sign_in_failed"
    locked_out = "locked_out"
    signed_out = "signed_out"
    session_revoked = "session_revoked"
    password_changed = "password_changed"  # noqa: S105 - the name of an event
    token_made = "token_made"  # noqa: S105
    token_revoked = "token_revoked"  # noqa: S105


# Too common to be a password, whatever their length; compared without case, spaces and a trailing number.
DENIED = frozenset(
    {
        "password", "passwordpassword", "letmein", "letmeinletmein", "qwertyuiop", "qwertyuiopasdf",
        "welcome", "welcomewelcome", "changeme", "changemechangeme", "administrator", "iloveyou",
        "maternity", "maternitymaternity", "midwife", "midwifery", "ockenden", "improvementplan",
        "maternityimprovement", "nhs", "nhsnhsnhsnhs", "summer", "winter", "autumn", "spring",
        "abcdefghijkl", "football", "liverpool", "manchester", "sunshine", "princess", "dragon", "monkey",
    }
)  # fmt: skip


def check_password(password: str, *, personal: tuple[str, ...] = ()) -> str:
    """The password, if it is long enough and not easily guessed; there are no composition rules.

    personal: the person's own words (e-mail address, name, organisation) that may not be the password.
    """
    if len(password) < PASSWORD_LEAST:
        raise Invalid(
            "password",
            _("Use at least {least} characters. Three random words work well.", least=PASSWORD_LEAST),
        )
    if len(password) > PASSWORD_MOST:
        raise Invalid("password", _("Use at most {most} characters.", most=PASSWORD_MOST))
    bare = "".join(password.casefold().split()).rstrip("0123456789!.?")
    own = {w.casefold() for p in personal for w in (p, p.split("@")[0], "".join(p.split())) if w}
    if bare in DENIED or bare in own or len(set(bare)) < 4 or bare in "abcdefghijklmnopqrstuvwxyz":
        raise Invalid("password", _("This password is too easy to guess. Choose another."))
    return password
