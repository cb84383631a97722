"""The addresses behind numbers: the rows that a count was made of, on the day it was made for."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from urllib.parse import urlencode

from app.actions.filters import APART
from app.actions.rules import Colour, Label, Stage

# The filter's word for each look.
RATING_OF = {"proof": APART[1], "green": APART[0]} | {c.value: c.value for c in Colour if c is not Colour.green}
ASSURED = (Stage.assured.value, Stage.embedded.value)
IN_FORCE = tuple(stage.value for stage in Stage if stage.is_in_force)
OPEN = tuple(stage.value for stage in Stage if stage.is_open)
DELIVERED = (Stage.delivered.value, *ASSURED)
EXITED = tuple(stage.value for stage in Stage if stage.is_exited)


@dataclass(frozen=True, slots=True)
class Addresses:
    """Of one plan, on today or (as_at) on a past day."""

    slug: str
    as_at: date | None = None

    @property
    def base(self) -> str:
        return f"/plans/{self.slug}"

    def on(self, day: date | None) -> "Addresses":
        return Addresses(self.slug, day)

    def rows(self, **filters: tuple[str, ...] | date) -> str:
        """The tracker with these filters."""
        # Commas keep a page of many numbers small; the tracker reads both spellings.
        state = {name: ",".join(v) if isinstance(v, tuple) else v.isoformat() for name, v in filters.items() if v}
        return self._with(f"{self.base}/actions", _spelt(state) or "view=all")

    def label(self, label: Label) -> str:
        return self.rows(label=(label.value,))

    def look(self, look: str, *, priority: str = "") -> str:
        return self.rows(rating=(RATING_OF[look],), priority=(priority,) if priority else ())

    def due_by(self, day: date) -> str:
        """In force and agreed to be done by that day."""
        return self.rows(stage=IN_FORCE, due_before=day + timedelta(days=1))

    def not_delivered_by(self, day: date) -> str:
        """Agreed to be done by that day, and not delivered."""
        return self.rows(stage=(Stage.not_delivered.value,), due_before=day + timedelta(days=1))

    def before_tool(self) -> str:
        """What was brought in as assured and waits for a validator."""
        return self._with(f"{self.base}/decisions", "") + "#before-tool"

    def dashboard(self, since: date | None = None) -> str:
        return self._with(self.base, _spelt({"since": since.isoformat()} if since else {}))

    def since(self, since: date, part: str = "") -> str:
        address = self._with(f"{self.base}/since", _spelt({"since": since.isoformat()}))
        return f"{address}#{part}" if part else address

    def trend(self) -> str:
        return self._with(f"{self.base}/trend", "")

    def recommendations(self, framework: str = "", **asked: str) -> str:
        named = {"framework": framework} | asked
        return self._with(f"{self.base}/recommendations", _spelt({k: v for k, v in named.items() if v}))

    def coverage(self) -> str:
        return self._with(f"{self.base}/coverage", "")

    def action(self, ref: str) -> str:
        return self._with(f"{self.base}/actions/{ref}", "")

    def _with(self, path: str, query: str) -> str:
        parts = [query] if query else []
        if self.as_at:
            parts.append(f"as_at={self.as_at.isoformat()}")
        return f"{path}?{'&'.join(parts)}" if parts else path


# What stands in an address as it is.
_PLAIN = re.compile(r"[\w.,~-]*", re.ASCII)


def _spelt(state: Mapping[str, str]) -> str:
    """A page has hundreds of addresses, nearly all of codes and dates alone."""
    if all(map(_PLAIN.fullmatch, state.values())):
        return "&".join(f"{name}={value}" for name, value in state.items())
    return urlencode(state, safe=",")
