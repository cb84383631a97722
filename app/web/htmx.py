"""The one place that knows htmx's header names (version 4)."""

from fastapi import Request


def is_htmx(request: Request) -> bool:
    return request.headers.get("HX-Request") == "true"


def wants_fragment(request: Request) -> bool:
    """Whether only a part of the page is to be swapped (a boosted or restored page is asked for whole)."""
    return is_htmx(request) and request.headers.get("HX-Request-Type", "partial") == "partial"


VARY = "HX-Request-Type"
REDIRECT = "HX-Redirect"
