"""Random secrets and their hashes; only a hash is ever kept."""

from hashlib import sha256
from secrets import token_urlsafe

TOKEN_PREFIX = "trk_"  # noqa: S105 - the visible beginning of every token


def new_secret() -> str:
    """256 random bits: a fast hash of it cannot be tried through."""
    return token_urlsafe(32)


def new_token() -> str:
    return TOKEN_PREFIX + new_secret()


def hashed(secret: str) -> str:
    return sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()
