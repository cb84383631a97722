"""Settings from the environment (prefix TRACKER_); read by main, cli and the migrations only."""

import secrets
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field
from pydantic_settings import BaseSettings, SettingsConfigDict

from app.core.files import private_file, private_folder


def _switch(value: object) -> object:
    return {"off": False, "on": True}.get(value, value) if isinstance(value, str) else value


Switch = Annotated[bool, BeforeValidator(_switch)]


class Settings(BaseSettings):
    model_config = SettingsConfigDict(env_prefix="TRACKER_", extra="ignore")

    database_url: str = ""
    data_dir: Path = Path("data")
    secret_key: str = ""
    base_url: str = "http://127.0.0.1:8000"
    trusted_proxies: str = "127.0.0.1"
    organisation_name: str = ""
    today: date | None = None
    demo_password: str = ""
    rate_limits: Switch = True
    log: Literal["text", "json"] = "text"
    language: str = "en"
    threads: int = 4
    # Seconds that a write waits for another one before it is refused with "busy".
    lock_wait: float = Field(default=30, gt=0, le=300)

    @cached_property
    def url(self) -> str:
        """The database as SQLAlchemy spells it; SQLite in the data folder by default."""
        given = self.database_url or f"sqlite:///{(self.data_dir / 'tracker.db').absolute()}"
        for scheme in ("postgres://", "postgresql://"):
            if given.startswith(scheme):
                return "postgresql+psycopg://" + given.removeprefix(scheme)
        return given

    @cached_property
    def secret(self) -> str:
        """Made once and kept in the data folder when the environment gives none."""
        if self.secret_key:
            return self.secret_key
        path = self.data_dir / "secret-key"
        if not path.exists():
            private_folder(self.data_dir)
            private_file(path)
            path.write_text(secrets.token_urlsafe(48))
        return path.read_text().strip()
