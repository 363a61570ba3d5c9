"""Who asks, for what, and the one function that says yes or no.

Pure: nothing here reads a database or a clock. A missing fact denies.
"""

from __future__ import annotations

import hashlib
import hmac
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, TypeVar, cast
from uuid import UUID

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

__all__ = [
    "NO_PERSONAL_DATA",
    "PUBLIC",
    "RECORD_ROLES",
    "AccessError",
    "Actor",
    "Decision",
    "Door",
    "Facts",
    "Forbidden",
    "PersonalData",
    "Role",
    "Sharing",
    "TooManyTries",
    "Verb",
    "actor_from",
    "actor_of",
    "decide",
    "face",
    "require",
    "tries_bucket",
]


class AccessError(Exception):
    """Something about access stopped the request."""


class Forbidden(AccessError):
    """The actor may not do this; pages answer as if the thing did not exist."""


class TooManyTries(AccessError):
    """Guesses at this door in this name are slowed; `wait` says for how many seconds."""

    def __init__(self, wait: int) -> None:
        super().__init__(f"too many wrong tries; try again in {wait} seconds")
        self.wait = wait


class Door(StrEnum):
    """Where something secret is asked for; each counts its wrong tries apart."""

    PASSPHRASE = "passphrase"  # noqa: S105 - no secret: the name of a door
    SECOND_FACTOR = "second factor"
    TERMINAL = "terminal"
    VAULT = "vault"


class Role(StrEnum):
    """What a person does in one organisation."""

    READER = "reader"
    DOCUMENTER = "documenter"
    REVIEWER = "reviewer"
    PUBLISHER = "publisher"
    STEWARD = "steward"
    ADMINISTRATOR = "administrator"


RECORD_ROLES = frozenset(Role) - {Role.ADMINISTRATOR}
"""Roles that see records. The administrator of accounts sees none."""


class Sharing(StrEnum):
    """How far inside the instance a record may be seen."""

    ORGANISATION = "organisation"
    SHARED = "shared"


class Verb(StrEnum):
    """Every thing that can be asked of `decide`."""

    READ = "read"
    RECORD = "record"
    IMPORT = "import"
    ACCEPT_IMPORT = "accept_import"
    JUDGE_MATCH = "judge_match"
    ASSESS = "assess"
    PROPOSE_RECOGNITION = "propose_recognition"
    RECOGNISE = "recognise"
    PROPOSE_PUBLICATION = "propose_publication"
    PUBLISH = "publish"
    TAKE_DOWN = "take_down"
    HAND_OVER_LIST = "hand_over_list"
    EXPORT_LIST = "export_list"
    MANAGE_ACCOUNTS = "manage_accounts"
    READ_AUDIT = "read_audit"
    MANAGE_TEAM = "manage_team"
    ERASE_RECORD = "erase_record"
    HOLD_CEREMONY = "hold_ceremony"
    RECORD_PARTNER = "record_partner"
    VERIFY_PARTNER = "verify_partner"
    SHARE = "share"
    SEAL_SHARE = "seal_share"
    TAKE_SHARE = "take_share"
    REVIEW_PRACTICE = "review_practice"
    REVIEW_TEXT = "review_text"
    SIGN_TEXT = "sign_text"


_ROLES_FOR: Mapping[Verb, frozenset[Role]] = MappingProxyType(
    {
        Verb.READ: RECORD_ROLES,
        Verb.RECORD: frozenset({Role.DOCUMENTER, Role.STEWARD}),
        Verb.IMPORT: frozenset({Role.DOCUMENTER, Role.STEWARD}),
        Verb.ACCEPT_IMPORT: frozenset({Role.STEWARD}),
        Verb.JUDGE_MATCH: frozenset({Role.DOCUMENTER, Role.REVIEWER, Role.STEWARD}),
        Verb.ASSESS: frozenset({Role.DOCUMENTER, Role.REVIEWER}),
        Verb.PROPOSE_RECOGNITION: frozenset({Role.DOCUMENTER, Role.REVIEWER}),
        Verb.RECOGNISE: frozenset({Role.REVIEWER}),
        Verb.PROPOSE_PUBLICATION: frozenset({Role.DOCUMENTER, Role.REVIEWER, Role.PUBLISHER}),
        Verb.PUBLISH: frozenset({Role.PUBLISHER}),
        Verb.TAKE_DOWN: frozenset({Role.PUBLISHER, Role.REVIEWER}),
        Verb.HAND_OVER_LIST: frozenset({Role.STEWARD}),
        Verb.EXPORT_LIST: frozenset({Role.STEWARD}),
        Verb.MANAGE_ACCOUNTS: frozenset({Role.ADMINISTRATOR}),
        Verb.READ_AUDIT: frozenset({Role.ADMINISTRATOR, Role.STEWARD}),
        Verb.MANAGE_TEAM: frozenset({Role.STEWARD}),
        Verb.ERASE_RECORD: frozenset({Role.STEWARD}),
        Verb.HOLD_CEREMONY: frozenset({Role.ADMINISTRATOR}),
        Verb.RECORD_PARTNER: frozenset({Role.DOCUMENTER, Role.STEWARD}),
        Verb.VERIFY_PARTNER: frozenset({Role.REVIEWER, Role.PUBLISHER, Role.STEWARD}),
        Verb.SHARE: frozenset({Role.DOCUMENTER, Role.REVIEWER, Role.STEWARD}),
        Verb.SEAL_SHARE: frozenset({Role.PUBLISHER, Role.STEWARD}),
        Verb.TAKE_SHARE: frozenset({Role.STEWARD}),
        Verb.REVIEW_PRACTICE: frozenset({Role.REVIEWER, Role.PUBLISHER, Role.STEWARD}),
        Verb.REVIEW_TEXT: frozenset({Role.REVIEWER, Role.PUBLISHER, Role.STEWARD}),
        Verb.SIGN_TEXT: frozenset({Role.PUBLISHER}),
    }
)

_SECOND_PAIR_OF_HANDS = frozenset(
    {
        Verb.RECOGNISE,
        Verb.PUBLISH,
        Verb.VERIFY_PARTNER,
        Verb.SEAL_SHARE,
        Verb.REVIEW_PRACTICE,
        Verb.REVIEW_TEXT,
        Verb.SIGN_TEXT,
    }
)
"""Verbs that need a person other than the one who took the first step."""


@dataclass(frozen=True, slots=True)
class PersonalData:
    """What a table holds about whom, why, and for how long (HOUSE rule 7)."""

    holds: str
    about: str
    why: str
    kept: str


NO_PERSONAL_DATA = PersonalData(holds="nothing personal", about="nobody", why="", kept="")


@dataclass(frozen=True, slots=True)
class Actor:
    """Whoever asks: a signed-in person with roles per organisation, or the public."""

    id: UUID | None = None
    roles: Mapping[UUID, frozenset[Role]] = field(default_factory=lambda: MappingProxyType({}))
    second_factor: bool = False
    governments: frozenset[UUID] = frozenset()
    """Government bodies the actor works for: whoever has one reads only what these hold (S7)."""

    @property
    def is_public(self) -> bool:
        """Nobody is signed in."""
        return self.id is None

    @property
    def person(self) -> UUID:
        """The id of whoever is signed in. Raises `Forbidden` for the public."""
        if self.id is None:
            raise Forbidden("nobody is signed in")
        return self.id

    @property
    def organisations(self) -> frozenset[UUID]:
        """Organisations in which the actor holds any role."""
        return frozenset(self.roles)

    def organisations_as(self, *roles: Role) -> frozenset[UUID]:
        """Organisations in which the actor holds one of `roles`."""
        wanted = frozenset(roles)
        return frozenset(held for held, given in self.roles.items() if given & wanted)

    def can(self, verb: Verb) -> bool:
        """Whether any organisation gives the actor a role for `verb` (for menus, never a gate)."""
        return self.second_factor and bool(self.organisations_as(*_ROLES_FOR[verb]))


PUBLIC = Actor()


def actor_from(facts: Mapping[str, Any] | None) -> Actor:
    """Give the actor of what the database knows of a session; the public where it knows nothing."""
    if facts is None:
        return PUBLIC
    roles: dict[UUID, set[Role]] = {}
    for organisation, role in facts["roles"]:
        if facts.get("kind") == "token" and role == Role.ADMINISTRATOR:
            continue  # a program never administers people
        roles.setdefault(UUID(organisation), set()).add(Role(role))
    return Actor(
        id=UUID(facts["user"]),
        roles=MappingProxyType({held: frozenset(given) for held, given in roles.items()}),
        second_factor=bool(facts["second_factor"]),
        governments=frozenset(UUID(each) for each in facts.get("governments", ())),
    )


@dataclass(frozen=True, slots=True)
class Facts:
    """What `decide` needs to know about the thing asked for.

    `holder`: organisation that holds it. `sharing`: how far it is shared. `earlier_hands`: people
    who took the earlier step where two people are needed (None = not known, which denies).
    """

    holder: UUID | None = None
    sharing: Sharing | None = None
    earlier_hands: frozenset[UUID] | None = None


@dataclass(frozen=True, slots=True)
class Decision:
    """Yes or no, with the reason to show or to log."""

    allowed: bool
    reason: str


def decide(actor: Actor, verb: Verb, facts: Facts) -> Decision:  # noqa: PLR0911  (each refusal)
    """Say whether `actor` may do `verb` to the thing described by `facts`; default no."""
    if actor.id is None:
        return Decision(allowed=False, reason="nobody is signed in")
    if not actor.second_factor:
        return Decision(allowed=False, reason="the second factor is missing")
    if facts.holder is None:
        return Decision(allowed=False, reason="it is not known which organisation holds this")
    if actor.governments and facts.holder not in actor.governments:
        return Decision(allowed=False, reason="officials read only what their own body holds")
    if verb is Verb.READ and facts.sharing is Sharing.SHARED and not actor.governments:
        held = bool(actor.organisations_as(*RECORD_ROLES))
    else:
        held = bool(actor.roles.get(facts.holder, frozenset()) & _ROLES_FOR[verb])
    if not held:
        return Decision(allowed=False, reason="no role that allows this in that organisation")
    if verb in _SECOND_PAIR_OF_HANDS:
        if facts.earlier_hands is None:
            return Decision(allowed=False, reason="it is not known who took the first step")
        if actor.id in facts.earlier_hands:
            return Decision(allowed=False, reason="a second person must do this")
    return Decision(allowed=True, reason="role")


def require(actor: Actor, verb: Verb, facts: Facts) -> None:
    """Raise `Forbidden` unless `decide` says yes."""
    decision = decide(actor, verb, facts)
    if not decision.allowed:
        raise Forbidden(decision.reason)


def tries_bucket(key: bytes, door: Door, name: str, device: str = "") -> str:
    """Give the code under which the database counts wrong tries at `door` in `name`.

    A name that exists and one that does not look alike in it. `device` sets the tries of a browser
    that has signed in before apart from everybody else's.
    """
    return hmac.digest(key, f"tries|{door}|{device}|{name}".encode(), hashlib.sha256).hex()


View = TypeVar("View")


def actor_of(request: Any) -> Actor:  # noqa: ANN401 - a request of any face
    """Give who asks, as the middleware found out."""
    return cast("Actor", request.actor)


def face(name: str) -> Callable[[View], View]:
    """Mark a view with its face: public, desk (signed in) or account (on the way in)."""

    def mark(view: View) -> View:
        setattr(view, "access_rule", name)  # noqa: B010  (functions carry marks)
        return view

    return mark
