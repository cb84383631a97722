"""Who may sign in to the demonstration, and the one password they share."""

import secrets
from pathlib import Path

from sqlmodel import col, select

from app.core import clock
from app.core.actor import Door, system
from app.core.db import Database
from app.demo.content import Person, people
from app.people.models import Account, Credential
from app.people.rules import normalised
from app.people.secrets import hash_password, password_matches

STORYTELLER = system(Door.demo, "Demonstration")
_WORDS = ("amber", "basket", "cedar", "dune", "ember", "fern", "garnet", "harbour", "islet", "juniper", "kestrel",
          "lantern", "marram", "nutmeg", "osprey", "pebble", "quartz", "russet", "samphire", "thistle")  # fmt: skip


def sign_ins() -> list[Person]:
    return [person for person in people().values() if person.signs_in]


def password(given: str, data_dir: Path) -> str:
    """The one that the setting gives, else one made once and kept in the data folder."""
    if given:
        return normalised(given)
    path = data_dir / "demo-password"
    if not path.exists():
        path.touch(mode=0o600)
        path.write_text("-".join(secrets.choice(_WORDS) for _word in range(4)) + f"-{secrets.randbelow(90) + 10}")
    return path.read_text().strip()


def renew(database: Database, wanted: str) -> None:
    """Where another password was given than the database was made with: every account has the new one."""
    emails = [person.email for person in sign_ins()]
    chosen = (
        select(Credential)
        .join(Account, col(Account.id) == Credential.account_id)
        .where(col(Account.email).in_(emails))
        .order_by(Account.email)
    )
    with database.read(STORYTELLER) as read:
        first = read.exec(chosen).first()
        if first is not None and password_matches(wanted, first.password_hash):
            return
    hashed = hash_password(wanted)
    with database.write(STORYTELLER) as tx:
        for row in tx.exec(chosen).all():
            row.password_hash, row.password_changed_at = hashed, clock.now()
