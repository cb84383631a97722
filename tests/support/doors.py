"""The doors as a program or a browser meets them, without a network: Starlette's client on the real application."""

from datetime import timedelta
from pathlib import Path

from starlette.testclient import TestClient

from app.core import clock
from app.main import create_app
from app.people.models import ApiToken, SignInSession
from app.people.rules import TokenScope
from app.people.secrets import hashed, new_secret, new_token
from app.settings import Settings
from app.web.security import SESSION_COOKIE
from tests.support.cast import MAKER, Cast


def signed_in(cast: Cast, name: str, hours: int = 1) -> str:
    """The secret of a new session of this person, as a cookie carries it."""
    secret, now = new_secret(), clock.now()
    with cast.database.write(MAKER) as tx:
        tx.add(
            SignInSession(
                secret_hash=hashed(secret),
                account_id=cast.people[name],
                began_at=now,
                last_seen_at=now,
                ends_at=now + timedelta(hours=hours),
            )
        )
    return secret


class Doors:
    """Clients of one application over the cast's database; `as_` signs a person in, `token` makes a program's."""

    def __init__(self, cast: Cast, folder: Path) -> None:
        self.cast = cast
        self.app = create_app(Settings(database_url=cast.database.url, data_dir=folder))

    def anybody(self) -> TestClient:
        return TestClient(
            self.app,
            base_url="http://127.0.0.1:8000",
            headers={"Sec-Fetch-Site": "same-origin"},
            follow_redirects=False,
        )

    def as_(self, name: str) -> TestClient:
        secret = signed_in(self.cast, name)
        client = self.anybody()
        client.cookies.set(SESSION_COOKIE, secret)
        return client

    def token(self, scope: TokenScope = TokenScope.write, organisation: str = "AAA", days: int = 30) -> TestClient:
        secret = new_token()
        with self.cast.database.write(MAKER) as tx:
            tx.add(
                ApiToken(
                    name=f"{scope.value} token",
                    secret_hash=hashed(secret),
                    hint=secret[:8],
                    organisation_id=self.cast.organisations[organisation],
                    scope=scope,
                    made_at=clock.now(),
                    made_by="the tests",
                    expires_on=clock.today() + timedelta(days=days),
                )
            )
        return TestClient(
            self.app,
            base_url="http://127.0.0.1:8000",
            headers={"Authorization": f"Bearer {secret}"},
            follow_redirects=False,
        )
