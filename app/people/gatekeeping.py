"""What main hands to the web: who a request is from, what it may enter, and the frame around its page."""

import base64
import binascii
import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from hashlib import sha256
from threading import Lock
from uuid import UUID

from fastapi import Request
from sqlalchemy.exc import SQLAlchemyError

from app.core import clock, words
from app.core.actor import NOBODY, Actor
from app.core.columns import SHARED
from app.core.db import Database, Read
from app.core.errors import Forbidden, TrackerError, Unauthorised
from app.core.glance import Glance, Seen, look
from app.core.ledger import STANDING
from app.core.locks import LockFile
from app.core.shelf import Shelf
from app.core.walls import Watch
from app.core.words import _, ngettext
from app.people import commands, permissions, queries
from app.people.rights import RIGHTS, Relation, Who, allows
from app.people.rules import ROLE_WORDS, SEEN_EVERY, Role
from app.web.access import Gatekeeper, is_api
from app.web.kept import LONGEST, Identity
from app.web.render import Banner, Frame, Link, Person, product_name
from app.web.security import SESSION_COOKIE

log = logging.getLogger("tracker")
FIRST = datetime(1990, 1, 1, tzinfo=UTC)
MOST_REMEMBERED = 10_000
MOST_KNOWN = 1000


@dataclass(frozen=True, slots=True)
class Known:
    """Somebody who was found behind a secret, and what was seen then: as long as it stands, they are who they were."""

    actor: Actor
    identity: Identity
    tokens_ending: list[tuple[str, date]]
    seen: tuple[Seen, ...]
    until: datetime


def keeper(database: Database, glance: Glance) -> Gatekeeper:
    sightings, shelf = Sightings(database), Shelf[Known](MOST_KNOWN)

    def known(request: Request) -> Actor | None:
        if not request.cookies.get(SESSION_COOKIE) and _token(request) is None:
            return NOBODY
        held = shelf.get(_key(request)) if glance.is_quick else None
        if held is None or held.until <= clock.now() or not glance.holds(held.seen):
            return None
        request.state.identity, request.state.tokens_ending = held.identity, held.tokens_ending
        return held.actor

    def who(request: Request) -> Actor:
        secret, cookie = _token(request), request.cookies.get(SESSION_COOKIE)
        found: queries.Behind | None
        ending: list[tuple[str, date]] = []
        with database.read(NOBODY) as read:
            if secret is None:
                found = queries.session_behind(read, cookie or "")
            else:
                found = queries.token_behind(read, secret) if is_api(request) else None
            if found is not None:
                ending = [] if is_api(request) else _tokens_ending(read, found.actor)
                seen = look(read, Watch(STANDING, {"stream": SHARED})), look(read, found.still)
        if found is None and secret is not None:
            raise Unauthorised(
                _("This token is not known, has ended or was revoked. Ask an administrator for another one."),
                "bad_token",
            )
        if found is None:
            return NOBODY
        sightings.note(found.actor, found.seen)
        identity = Identity(found.still, found.shared, found.ends_at)
        request.state.identity, request.state.tokens_ending = identity, ending
        until = min(clock.now() + LONGEST, found.ends_at)
        shelf.put(_key(request), Known(found.actor, identity, ending, seen, until))
        return found.actor

    return Gatekeeper(known=known, who=who, may_enter=may_enter, is_public=is_public)


def _key(request: Request) -> str:
    """What somebody is told by, and whether at the API's door; a digest, since secrets are not kept."""
    told = request.headers.get("authorization"), request.cookies.get(SESSION_COOKIE), is_api(request)
    return sha256(repr(told).encode()).hexdigest()


class Sightings:
    """When sessions and tokens were last used, written down once a minute each.

    In a transaction of its own, after the request's look-up has ended, and never waiting for the lock: where another
    writer is at work, the next request writes it. What cannot be written does not stop a page from being read.
    """

    def __init__(self, database: Database) -> None:
        self.database = database
        self.file = LockFile(database.data_dir / "write.lock")
        self.turn = Lock()
        self.tried: dict[UUID, datetime] = {}

    def note(self, actor: Actor, last: datetime | None) -> None:
        now, key = clock.now(), actor.session_id or actor.token_id
        if key is None or now - max(last or FIRST, self.tried.get(key, FIRST)) < SEEN_EVERY:
            return
        if not self.turn.acquire(blocking=False):
            return
        try:
            self._write(actor, key, now)
        except (TrackerError, SQLAlchemyError):
            log.warning("a sighting could not be written down")
        finally:
            self.turn.release()

    def _write(self, actor: Actor, key: UUID, now: datetime) -> None:
        try:
            if self.database.is_sqlite and not self.file.try_hold():
                return
            if len(self.tried) > MOST_REMEMBERED:
                self.tried.clear()
            self.tried[key] = now
            with self.database.write(actor, holding=True) as tx:
                if actor.token_id is not None:
                    commands.used(tx, token_id=key, at=now)
                else:
                    commands.seen(tx, session_id=key, at=now)
        finally:
            self.file.release()


def _tokens_ending(read: Read, actor: Actor) -> list[tuple[str, date]]:
    """For those who can make new ones: administrators see all, the office its own organisation's."""
    if any(g.role == Role.administrator for g in actor.grants):
        return queries.tokens_ending(read, None)
    offices = {g.organisation_id for g in actor.grants if g.role == Role.office}
    return queries.tokens_ending(read, offices) if offices else []


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
        raise permissions.people_only(act)
    if right.who is Who.table and act in INSTALLATION and not holds_anywhere(actor, act):
        raise permissions.refusal(act)


# Acts that concern the installation, not a plan: the role alone decides.
INSTALLATION = frozenset(
    {
        "admin.read",
        "admin.change",
        "organisations.manage",
        "library.manage",
        "library.local",
        "ledger.redact",
        "plan.create",
    }
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


def framer(organisation_name: str, banners: list[Banner]) -> Callable[[Request, Actor | None], Frame]:
    def make(request: Request, actor: Actor | None) -> Frame:
        person, nav = None, []
        if actor is not None and actor.is_person:
            held = dict.fromkeys(_(ROLE_WORDS[Role(g.role)]) for g in sorted(actor.grants, key=lambda g: g.role))
            person = Person(name=actor.name, roles_text=", ".join(held))
            nav = _nav(request, actor)
        return Frame(
            title="",
            organisation_name=organisation_name,
            product_name=product_name(),
            lang=words.language(),
            nav=nav,
            person=person,
            banners=[*banners, *_token_banners(request, actor)],
        )

    return make


def _nav(request: Request, actor: Actor) -> list[Link]:
    """The way round where a page has none of its own; an owner's has three items."""
    places = [("/", _("Plans")), ("/me", _("My work")), ("/frameworks", _("Library"))]
    if holds_anywhere(actor, "admin.read"):
        places += [("/organisations", _("Organisations")), ("/admin", _("Administration"))]
    path = request.url.path
    return [Link(h, text, path == h if h == "/" else f"{path}/".startswith(f"{h}/")) for h, text in places]


def _token_banners(request: Request, actor: Actor | None) -> list[Banner]:
    """One, however many tokens end soon; with the way to the tokens for those who may open it."""
    ending: list[tuple[str, date]] = getattr(request.state, "tokens_ending", [])
    if not ending:
        return []
    name, ends = ending[0]
    text = ngettext(
        "The token “{name}” ends on {day}. Make another one before the programs that use it stop.",
        "{n} tokens end soon, the first, “{name}”, on {day}. Make others before the programs that use them stop.",
        len(ending),
        name=name,
        day=words.day(ends),
    )
    if actor is None or not holds_anywhere(actor, "admin.read"):
        return [Banner("token", text)]
    return [Banner("token", text, Link("/admin/tokens", _("See the tokens")))]
