"""Roles, token scopes, kinds of access events, and what a password must be."""

import unicodedata
from datetime import date, timedelta
from enum import StrEnum
from hashlib import sha256
from ipaddress import IPv6Address, ip_address, ip_network
from urllib.parse import urlsplit

from app.core.errors import Invalid
from app.core.words import N_, _

PASSWORD_LEAST = 12
PASSWORD_MOST = 128
# Ward PCs are shared: a session that nobody uses ends well before the shift does.
IDLE = timedelta(hours=4)
ABSOLUTE = timedelta(hours=12)
# The installation's note of a database that the demonstration made (app/cli/opening.py writes the same name).
MADE_BY_DEMO = "made_by_demo"
# How often a session's or a token's last use is written down.
SEEN_EVERY = timedelta(minutes=1)
CODE_LASTS = timedelta(days=7)
TOKEN_MOST_DAYS = 366
TOKEN_WARNED = timedelta(days=14)
# Of a token made for no longer than that: a warning from its first day would say nothing.
SHORT_TOKEN_WARNED = timedelta(days=2)
LOG_KEPT = timedelta(days=365)
# A whole hospital may come from one address, so its limit is higher.
FAILURES_COUNTED = timedelta(minutes=15)
LOCKED = timedelta(minutes=15)
FAILURES_OF_EMAIL = 10
FAILURES_OF_ADDRESS = 100
# Tries during one lock that the log lists one by one: trying on must not fill the disk.
LISTED_WHILE_LOCKED = 100


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


EVENT_WORDS: dict[AccessKind, str] = {
    AccessKind.signed_in: N_("Signed in"),
    AccessKind.sign_in_failed: N_("Sign-in refused"),
    AccessKind.locked_out: N_("Locked out"),
    AccessKind.signed_out: N_("Signed out"),
    AccessKind.session_revoked: N_("Session ended"),
    AccessKind.password_changed: N_("Password changed"),
    AccessKind.token_made: N_("Token made"),
    AccessKind.token_revoked: N_("Token revoked"),
}


# Too common to be a password, whatever their length; only letters are compared, and a word said twice counts too.
DENIED = frozenset(
    {
        "password", "passphrase", "pass", "letmein", "qwertyuiop", "qwerty", "qwertyuiopasdf", "azerty", "asdfgh",
        "zxcvbnm", "welcome", "changeme", "changethis", "default", "secret", "admin", "administrator", "root", "test",
        "testing", "guest", "user", "login", "access", "iloveyou", "loveyou", "trustno", "correcthorsebatterystaple",
        "maternity", "neonatal", "maternityunit", "maternityservices", "midwife", "midwives", "midwifery", "obstetrics",
        "labourward", "deliverysuite", "birthcentre", "antenatal", "postnatal", "baby", "babies", "mother", "ward",
        "hospital", "nurse", "doctor", "matron", "ockenden", "kirkup", "morecambebay", "eastkent", "shrewsbury",
        "improvement", "improvementplan", "maternityimprovement", "maternityimprovementplan", "actionplan", "tracker",
        "maternitytracker", "maternityimprovementplantracker", "nhs", "nhsengland", "nhswales", "nationalhealthservice",
        "trust", "safety", "patientsafety", "safercare", "england", "wales", "cymru", "britain", "unitedkingdom",
        "london", "liverpool", "manchester", "arsenal", "chelsea", "tottenham", "everton", "newcastle", "leeds",
        "football", "rugby", "cricket", "summer", "winter", "autumn", "spring", "january", "february", "march",
        "april", "june", "july", "august", "september", "october", "november", "december", "monday", "tuesday",
        "wednesday", "thursday", "friday", "saturday", "sunday", "sunshine", "princess", "dragon", "monkey", "shadow",
        "master", "superman", "batman", "pokemon", "starwars", "charlie", "whatever", "nothing", "computer",
        "internet", "samsung", "google", "facebook", "microsoft", "windows", "abc", "abcdef", "abcd", "one", "hello",
        "helloworld", "goodmorning", "happybirthday", "thisismypassword", "mypassword", "newpassword", "temppassword",
        "temporary", "temporarypassword", "threerandomwords",
    }
)  # fmt: skip


def normalised(password: str) -> str:
    """The password in NFKC, so that every keyboard's spelling of it is the same; no control characters."""
    text = unicodedata.normalize("NFKC", password[: PASSWORD_MOST * 2])
    if len(password) > PASSWORD_MOST or len(text) > PASSWORD_MOST:
        raise Invalid("password", _("Use at most {most} characters.", most=PASSWORD_MOST))
    if any(unicodedata.category(c) in ("Cc", "Cs") for c in text):
        raise Invalid("password", _("This password holds a character that cannot be kept. Type it again."))
    return text


def check_password(password: str, *, personal: tuple[str, ...] = ()) -> str:
    """The password, if it is long enough and not easily guessed; there are no composition rules.

    personal: the person's own words (e-mail address, name, organisation) that may not be the password.
    """
    password = normalised(password)
    if len(password) < PASSWORD_LEAST:
        raise Invalid(
            "password",
            _("Use at least {least} characters. Three random words work well.", least=PASSWORD_LEAST),
        )
    bare = "".join(c for c in password.casefold() if c.isalpha())
    own = {_letters(w) for p in personal for w in (p, p.split("@")[0], *p.split()) if w}
    if not bare or _is_made_of(bare, DENIED | own) or len(set(bare)) < 4 or _runs(password.casefold()):
        raise Invalid("password", _("This password is too easy to guess. Choose another."))
    return password


def _letters(text: str) -> str:
    return "".join(c for c in text.casefold() if c.isalpha())


def _is_made_of(bare: str, words: frozenset[str]) -> bool:
    """Whether nothing is left of the letters without one denied word, said once or again and again."""
    return any(word and not bare.replace(word, "") for word in words)


_ROWS = ("abcdefghijklmnopqrstuvwxyz", "qwertyuiopasdfghjklzxcvbnm", "01234567890123456789")


def _runs(text: str) -> bool:
    """Whether the password is one run along the alphabet, the keyboard or the digits, either way."""
    return any(text in row * 4 or text in row[::-1] * 4 for row in _ROWS)


def email_key(email: str) -> str:
    """Under which failures of an e-mail address are counted; the address itself is not kept."""
    return "email:" + sha256(email.encode("utf-8", "surrogatepass")).hexdigest()


def address_key(address: str) -> str:
    """Under which failures of a network address are counted; of IPv6, the network that one customer has."""
    try:
        found = ip_address(address)
    except ValueError:
        return "address:" + address[:60]
    if isinstance(found, IPv6Address):
        return f"address:{ip_network((found, 64), strict=False)}"
    return f"address:{found}"


def most_listed(key: str) -> int:
    """How many failures a key counts before the log stops listing tries one by one."""
    return LISTED_WHILE_LOCKED + (FAILURES_OF_ADDRESS if key.startswith("address:") else FAILURES_OF_EMAIL)


def token_ends_soon(made_on: date, expires_on: date, today: date) -> bool:
    """Whether it is time to make another one, of a token that has not ended."""
    warned = TOKEN_WARNED if expires_on - made_on > TOKEN_WARNED else SHORT_TOKEN_WARNED
    return today <= expires_on <= today + warned


def safe_next(given: str) -> str:
    """The address to go to after signing in, if it is a page of ours; "" otherwise."""
    if not given.startswith("/") or given.startswith("//") or len(given) > 2000:
        return ""
    # Browsers read a backslash as a slash, and drop tabs and new lines before they look.
    if "\\" in given or any(c.isspace() or not c.isprintable() for c in given):
        return ""
    try:
        parts = urlsplit(given)
    except ValueError:
        return ""
    if parts.scheme or parts.netloc or parts.path.startswith(("//", "/sign-")):
        return ""
    return given
