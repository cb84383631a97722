"""Acts on people: accounts and roles (in the ledger), and what lets them in (outside it)."""

from app.people.commands.accounts import (
    add_account,
    change_account,
    deactivate,
    give_role,
    reactivate,
    take_role,
)
from app.people.commands.codes import bad_code, begin, choose_password, first_code, new_code
from app.people.commands.sessions import (
    begin_session,
    change_password,
    end_session,
    failed,
    prune_access,
    refused,
    seen,
    sign_out_elsewhere,
)
from app.people.commands.tokens import add_token, forget_maker, revoke_token, used

__all__ = [
    "add_account",
    "add_token",
    "bad_code",
    "begin",
    "begin_session",
    "change_account",
    "change_password",
    "choose_password",
    "deactivate",
    "end_session",
    "failed",
    "first_code",
    "forget_maker",
    "give_role",
    "new_code",
    "prune_access",
    "reactivate",
    "refused",
    "revoke_token",
    "seen",
    "sign_out_elsewhere",
    "take_role",
    "used",
]
