"""Who somebody is, the directory, and what administrators look at."""

from app.people.queries.actors import (
    Behind,
    actor_of_account,
    overseen_by,
    session_behind,
    token_behind,
)
from app.people.queries.admin import account, account_by_email, accounts, events, sessions, tokens, tokens_ending
from app.people.queries.directory import (
    account_row,
    anybody_is,
    demonstration,
    directory,
    holders,
    organisations_of,
    person_named,
)
from app.people.queries.signing import (
    SignInFacts,
    code_facts,
    is_listed,
    locked_for,
    may_begin,
    sign_in_facts,
    with_password,
)

__all__ = [
    "Behind",
    "SignInFacts",
    "account",
    "account_by_email",
    "account_row",
    "accounts",
    "actor_of_account",
    "anybody_is",
    "code_facts",
    "demonstration",
    "directory",
    "events",
    "holders",
    "is_listed",
    "locked_for",
    "may_begin",
    "organisations_of",
    "overseen_by",
    "person_named",
    "session_behind",
    "sessions",
    "sign_in_facts",
    "token_behind",
    "tokens",
    "tokens_ending",
    "with_password",
]
