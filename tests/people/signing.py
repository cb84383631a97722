"""People of the cast with passwords, and clients that sign in by the page."""

from functools import cache
from typing import Any

from sqlmodel import col, select
from starlette.testclient import TestClient

from app.people import commands, secrets
from app.people.models import AccessEvent, Credential
from tests.support.cast import MAKER, Cast
from tests.support.doors import Doors

PASSWORD = "seven lovely horses"
OTHER = "eleven quiet rivers"


@cache
def hashed(password: str = PASSWORD) -> str:
    return secrets.hash_password(password)


def give_password(cast: Cast, *names: str) -> None:
    with cast.database.write(MAKER) as tx:
        for name in names:
            tx.add(Credential(account_id=cast.people[name], password_hash=hashed()))


def give_code(cast: Cast, name: str) -> str:
    with cast.database.write(MAKER) as tx:
        return commands.new_code(tx, account_id=cast.people[name])


def sign_in(client: TestClient, email: str, password: str = PASSWORD, **more: str) -> Any:
    return client.post("/sign-in", data={"email": email, "password": password, **more})


def events(doors: Doors) -> list[tuple[str, str]]:
    """(kind, detail) of the access log, the earliest first."""
    with doors.cast.database.read(MAKER) as read:
        return [(e.kind.value, e.detail) for e in read.exec(select(AccessEvent).order_by(col(AccessEvent.at))).all()]
