"""What main hands to the web: who a request is from, what it may enter, and the frame around its page."""

import base64
import binascii
from collections.abc import Callable

from fastapi import Request

from app.core import words
from app.core.actor import NOBODY, Actor
from app.core.db import Database
from app.core.errors import Forbidden, Unauthorised
from app.core.words import _
from app.people import queries
from app.people.rights import RIGHTS, Relation, Who, allows
from app.people.rules import ROLE_WORDS, Role
from app.web.access import Gatekeeper, is_api
from app.web.render import Banner, Frame, Person, product_name
from app.web.security import SESSION_COOKIE


def keeper(database: Database) -> Gatekeeper:
    def who(request: Request) -> Actor:
        with database.read(NOBODY) as read:
            secret = _token(request)
            if secret is not None:
                actor = queries.actor_of_token(read, secret) if is_api(request) else None
                if actor is None:
                    raise Unauthorised(_("This token is not known, has ended or was revoked."), "bad_token")
                return actor
            cookie = request.cookies.get(SESSION_COOKIE)
            return (queries.actor_of_session(read, cookie) if cookie else None) or NOBODY

    return Gatekeeper(who=who, may_enter=may_enter, is_public=is_public)


def is_public(act: str) -> bool:
    right = RIGHTS.get(act)
    return right is not None and right.who is Who.public


def may_enter(actor: Actor, act: str) -> None:
    """Refuse what no relation could allow: a token where a person is needed, an installation's act without the role.

    Acts on a plan are judged where the plan is looked up, so that an absent one answers the same.
    """
    right = RIGHTS.get(act)
    if right is None:
        raise Forbidden(_("This address is not open to anybody."))
    if right.people_only and actor.token_id is not None:
        raise Forbidden(_("This needs a signed-in person. A token cannot do it."), "people_only")
    if right.who is Who.table and act in INSTALLATION and not holds_anywhere(actor, act):
        raise Forbidden(_("You may not do this."))


# Acts that concern the installation, not a plan: the role alone decides.
INSTALLATION = frozenset(
    {"admin.read", "admin.change", "organisations.manage", "library.manage", "ledger.redact", "plan.create"}
)


def holds_anywhere(actor: Actor, act: str) -> bool:
    return allows(act, [(g.role, r) for g in actor.grants for r in (Relation.anywhere, Relation.organisation)])


def _token(request: Request) -> str | None:
    """A bearer token, or the password of Basic credentials (Power Query sends those)."""
    scheme, _space, given = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() == "bearer":
        return given.strip()
    if scheme.lower() == "basic":
        try:
            return base64.b64decode(given, validate=True).decode().partition(":")[2]
        except (binascii.Error, UnicodeDecodeError):
            return ""
    return None


def framer(organisation_name: str, banners: list[str]) -> Callable[[Request, Actor | None], Frame]:
    def make(_request: Request, actor: Actor | None) -> Frame:
        person = None
        if actor is not None and actor.is_person:
            held = dict.fromkeys(_(ROLE_WORDS[Role(g.role)]) for g in sorted(actor.grants, key=lambda g: g.role))
            person = Person(name=actor.name, roles_text=", ".join(held))
        return Frame(
            title="",
            organisation_name=organisation_name,
            product_name=product_name(),
            lang=words.language(),
            person=person,
            banners=[Banner("day", text) for text in banners],
        )

    return make
