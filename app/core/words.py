"""Sentences for people: translation by gettext, and dates as people write them."""

from collections.abc import Iterable
from contextvars import ContextVar
from datetime import date
from functools import cache
from gettext import GNUTranslations, NullTranslations, translation
from pathlib import Path

LOCALES = Path(__file__).parent.parent / "locale"
PSEUDO = "en-XA"
_language: ContextVar[str] = ContextVar("language", default="en")

_ACCENTED = str.maketrans("aeiouyAEIOUYcdgklnrstzCDGKLNRSTZ", "áéíóúýÁÉÍÓÚÝčďğķľňřšťžČĎĞĶĽŇŘŠŤŽ")


class Pseudo(NullTranslations):
    """A language nobody speaks: every translated sentence is marked, so that a bare one shows."""

    def gettext(self, message: str) -> str:
        parts = message.replace("{", "\0{").replace("}", "}\0").split("\0")
        return "⟦" + "".join(p if p.startswith("{") else p.translate(_ACCENTED) for p in parts) + "⟧"

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return self.gettext(msgid1 if n == 1 else msgid2)


@cache
def _catalogue(language: str) -> NullTranslations | GNUTranslations:
    if language == PSEUDO:
        return Pseudo()
    return translation("messages", LOCALES, languages=[language], fallback=True)


def use_language(language: str) -> None:
    """Set the language of this request or command: "en", "cy" or the pseudo-language."""
    _language.set(language)


def language() -> str:
    return _language.get()


def _(message: str, **params: object) -> str:
    """The sentence in the reader's language, with `{name}` places filled from params."""
    text = _catalogue(_language.get()).gettext(message)
    return text.format(**params) if params else text


def ngettext(one: str, many: str, n: int, **params: object) -> str:
    """The sentence for n things; `{n}` is filled with n."""
    text = _catalogue(_language.get()).ngettext(one, many, n)
    return text.format(n=n, **params) if params else text.format(n=n)


def N_(message: str) -> str:  # noqa: N802 - gettext's own name for "mark, translate later"
    """Mark a sentence for the catalogue; it is translated where it is shown."""
    return message


_MONTHS = (
    N_("January"), N_("February"), N_("March"), N_("April"), N_("May"), N_("June"), N_("July"),
    N_("August"), N_("September"), N_("October"), N_("November"), N_("December"),
)  # fmt: skip
_SHORT_MONTHS = (
    N_("Jan"), N_("Feb"), N_("Mar"), N_("Apr"), N_("May"), N_("Jun"), N_("Jul"), N_("Aug"), N_("Sep"),
    N_("Oct"), N_("Nov"), N_("Dec"),
)  # fmt: skip
_WEEKDAYS = (
    N_("Monday"), N_("Tuesday"), N_("Wednesday"), N_("Thursday"), N_("Friday"), N_("Saturday"), N_("Sunday"),
)  # fmt: skip


def day(value: date | None) -> str:
    """31 October 2026; an empty string for no date."""
    return f"{value.day} {_(_MONTHS[value.month - 1])} {value.year}" if value else ""


def typed_day(value: date | str | None) -> str:
    """A day as people type it, 31/10/2026; what is no day stays as it was typed."""
    if isinstance(value, str):
        try:
            value = date.fromisoformat(value)
        except ValueError:
            return str(value)
    return f"{value:%d/%m/%Y}" if value else ""


def short_day(value: date | None, *, year: bool = False) -> str:
    """31 Oct, or 31 Oct 2026 with the year."""
    if not value:
        return ""
    text = f"{value.day} {_short_months(_language.get())[value.month - 1]}"
    return f"{text} {value.year}" if year else text


def short_days(values: Iterable[date | None]) -> list[str]:
    """Each as `short_day` with the year."""
    months = _short_months(_language.get())
    return [f"{value.day} {months[value.month - 1]} {value.year}" if value else "" for value in values]


@cache
def _short_months(_language: str) -> tuple[str, ...]:
    """Said once: hundreds of days stand on a page."""
    return tuple(map(_, _SHORT_MONTHS))


def weekday(value: date) -> str:
    return _(_WEEKDAYS[value.weekday()])
