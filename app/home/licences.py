"""Whose work this stands on: what is installed, and what is served from a copy."""

import re
from dataclasses import dataclass
from functools import cache
from importlib import metadata

PRODUCT = "maternity-improvement-plan-tracker"


@dataclass(frozen=True, slots=True)
class Work:
    name: str
    version: str
    licence: str
    address: str


# The copies in app/static/vendor; its README says what was taken.
SERVED = (
    Work("htmx", "4.0.1", "0BSD", "https://htmx.org"),
    Work("NHS.UK frontend", "10.6.1", "MIT", "https://github.com/nhsuk/nhsuk-frontend"),
)


def version() -> str:
    return metadata.version(PRODUCT)


@cache
def installed() -> tuple[Work, ...]:
    """The packages this one names as its own needs, with the versions that are installed."""
    names = [re.split(r"[\s<>=!~;\[]", need, maxsplit=1)[0] for need in metadata.requires(PRODUCT) or []]
    return tuple(_work(name) for name in sorted(names, key=str.casefold))


def _work(name: str) -> Work:
    told = metadata.metadata(name)
    licence = _first(told, "License-Expression") or _classified(told.get_all("Classifier") or [])
    licence = licence or _first(told, "License").partition("\n")[0]
    return Work(name, metadata.version(name), licence, _address(told))


def _first(told: metadata.PackageMetadata, field: str) -> str:
    return str((told.get_all(field) or [""])[0])


def _classified(classifiers: list[str]) -> str:
    return ", ".join(c.rsplit(" :: ", 1)[1] for c in classifiers if c.startswith("License :: OSI Approved :: "))


def _address(told: metadata.PackageMetadata) -> str:
    urls = [url.partition(", ")[2] for url in told.get_all("Project-URL") or []]
    return _first(told, "Home-page") or (urls[0] if urls else "")
