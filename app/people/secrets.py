"""Random secrets and their hashes; only a hash is ever kept."""

from hashlib import sha256
from secrets import choice, token_urlsafe

from pwdlib.hashers.argon2 import Argon2Hasher

TOKEN_PREFIX = "trk_"  # noqa: S105 - the visible beginning of every token
# Without letters and digits that look alike on paper; 20 of them are 100 bits.
_CODE_SIGNS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
_HASHER = Argon2Hasher(time_cost=3, memory_cost=65536, parallelism=4)
# Of a random password that nobody kept: an unknown person costs the same time as a known one.
NOBODYS = "$argon2id$v=19$m=65536,t=3,p=4$b9UAVe68O0FtvOmo5yj49w$w13S0674KpudKI4UZ5jnRsTUXbkbaZKfErubt/kaHmk"


def new_secret() -> str:
    """256 random bits: a fast hash of it cannot be tried through."""
    return token_urlsafe(32)


def new_token() -> str:
    return TOKEN_PREFIX + new_secret()


def new_code() -> str:
    """A one-time code that can be read out: five groups of four."""
    return "-".join("".join(choice(_CODE_SIGNS) for _sign in range(4)) for _group in range(5))


def hashed(secret: str) -> str:
    return sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()


def hashed_code(code: str) -> str:
    """However it was typed: in small letters, with spaces, without dashes."""
    return hashed("".join(c for c in code.upper() if c.isalnum()))


def hash_password(password: str) -> str:
    """Argon2id, 64 MiB: call it under `passwords at once` of the doors, and outside a writing transaction."""
    return _HASHER.hash(password)


def password_matches(password: str, stored: str | None) -> bool:
    """Takes the same time with and without a stored hash."""
    matches = _HASHER.verify(password, stored or NOBODYS)
    return matches and stored is not None
