"""What several of these pages show: the tabs of administration, and moments as people write them."""

from datetime import datetime
from typing import Any

from app.core import clock, words
from app.core.words import _


def tabs(here: str) -> list[dict[str, Any]]:
    places = [
        ("/admin", _("Accounts")),
        ("/admin/tokens", _("Tokens")),
        ("/admin/sessions", _("Sessions")),
        ("/admin/rights", _("Rights")),
        ("/admin/log", _("Sign-in log")),
    ]
    return [{"href": href, "text": text, "current": href == here} for href, text in places]


def moment(instant: datetime | None) -> str:
    """22 Nov 2026, 09:14, on London's clock; an empty string for none."""
    if instant is None:
        return ""
    local = clock.london(instant)
    return f"{words.short_day(local.date(), year=True)}, {local:%H:%M}"
