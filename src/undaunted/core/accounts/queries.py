"""Reads about people, organisations and roles."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.db.models import F, Func, TextField

from undaunted.core.access.actions import ask_discreetly, bind_token, terminal_token
from undaunted.core.access.rules import Actor, Role, actor_from
from undaunted.core.accounts.models import (
    ApiToken,
    Membership,
    Organisation,
    RightsProposal,
    User,
)
from undaunted.core.accounts.rules import Scope, entering_mac, identity_digest

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import datetime
    from uuid import UUID

    from django.db.models import QuerySet

__all__ = [
    "LockedAccount",
    "OpenSession",
    "account_name",
    "actor_at_terminal",
    "bound_actor",
    "factors_for",
    "governments_known",
    "locks_for",
    "members_for",
    "organisations_called",
    "organisations_for",
    "rights_for",
    "rights_waiting",
    "scopes_of",
    "sessions_for",
    "tokens_for",
    "user_named",
]


@dataclass(frozen=True, slots=True)
class OpenSession:
    """One place in which somebody is signed in; no address and no browser is kept."""

    id: UUID
    kind: str
    opened_at: datetime
    seen_at: datetime
    expires_at: datetime
    second_factor: bool
    here: bool


@dataclass(frozen=True, slots=True)
class LockedAccount:
    """A colleague who locked their own account, and how many have agreed to let them in."""

    id: UUID
    name: str
    at: datetime
    agreed: int
    by_me: bool


def actor_at_terminal() -> Actor:
    """Bind and give whoever signed in at the terminal, for this transaction; else the public."""
    return bound_actor(terminal_token.get())


def bound_actor(token: str | None) -> Actor:
    """Bind the session behind `token` for this transaction and give its actor.

    The public actor where the token is absent, unknown, expired or closed. Must be called inside a
    transaction: the binding ends with it.
    """
    return actor_from(bind_token(token))


def organisations_for(actor: Actor) -> QuerySet[Organisation]:
    """Organisations in which the actor has a role."""
    return Organisation.objects.filter(pk__in=actor.organisations).order_by("name")


def governments_known(actor: Actor) -> QuerySet[Organisation]:
    """Government bodies that have an organisation here; nothing for whoever is not signed in."""
    rows = Organisation.objects.filter(government=True).order_by("name")
    return rows if actor.second_factor else rows.none()


def members_for(actor: Actor) -> QuerySet[Membership]:
    """Roles that an administrator of accounts may see; row security narrows them."""
    administered = actor.organisations_as(Role.ADMINISTRATOR)
    name = Func(F("user_id"), function="account_name", output_field=TextField())
    return (
        Membership.objects.filter(organisation__in=administered)
        .annotate(username=name)
        .select_related("organisation")
        .order_by("organisation__name", "username", "role")
    )


def account_name(actor: Actor, whose: UUID) -> str:
    """Give the name of somebody who works in one of the actor's organisations; "" for others."""
    if actor.is_public:
        return ""
    return ask_discreetly("SELECT account_name(%s)", [whose])[0][0] or ""


def organisations_called(actor: Actor, which: Collection[UUID]) -> dict[UUID, str]:
    """Give the names of organisations here, to whoever works in any."""
    if actor.is_public:
        return {}
    return dict(Organisation.objects.filter(pk__in=which).values_list("pk", "name"))


def rights_for(actor: Actor) -> QuerySet[RightsProposal]:
    """Proposals that wait in organisations which the actor administers, the oldest first.

    Each says in `refusal` why the actor may not approve it, "" where they may, and in `proposer`
    the name of whoever proposed it.
    """
    administered = actor.organisations_as(Role.ADMINISTRATOR)
    refusal = Func(F("pk"), function="account_refuses_approval", output_field=TextField())
    proposer = Func(F("proposed_by"), function="account_name", output_field=TextField())
    return (
        RightsProposal.objects.filter(organisation__in=administered, answer="")
        .annotate(refusal=refusal, proposer=proposer)
        .exclude(refusal="lapsed")
        .select_related("organisation")
        .order_by("proposed_at", "pk")
    )


def rights_waiting(actor: Actor) -> int:
    """Count the proposals that wait for an answer of the actor."""
    if not actor.second_factor or not actor.organisations_as(Role.ADMINISTRATOR):
        return 0
    return sum(each.refusal == "" for each in rights_for(actor))  # type: ignore[attr-defined]


def user_named(username: str) -> User | None:
    """Give the active person with this user name, for whoever holds the binding key.

    Somebody who has locked their own account is as unknown as anybody else.
    """
    if "\x00" in username:
        return None
    mac = entering_mac(settings.SESSION_BINDING_KEY, username)
    found = User.objects.raw("SELECT * FROM account_entering(%s, %s)", [username, mac])
    user = next(iter(found), None)
    if user is not None and ask_discreetly("SELECT account_is_locked(%s)", [user.pk])[0][0]:
        return None
    return user


def sessions_for(actor: Actor) -> tuple[OpenSession, ...]:
    """Give the sessions in which the actor is signed in, the newest first."""
    if actor.is_public:
        return ()
    rows = ask_discreetly("SELECT * FROM identity_sessions()", [])
    return tuple(OpenSession(*row) for row in rows)


def locks_for(actor: Actor) -> tuple[LockedAccount, ...]:
    """Give the locked accounts of the actor's colleagues, the newest first."""
    if actor.is_public:
        return ()
    rows = ask_discreetly("SELECT * FROM account_locks()", [])
    return tuple(LockedAccount(*row) for row in rows)


def factors_for(actor: Actor) -> QuerySet[Authenticator]:
    """Give the second factors of the actor, the oldest first."""
    own: QuerySet[Authenticator] = Authenticator.objects.filter(user_id=actor.id)
    return own.order_by("created_at", "pk")


def scopes_of(actor: Actor, token: str) -> frozenset[Scope]:
    """Give how far the actor's own token reaches; nowhere where it is none."""
    own = tokens_for(actor).filter(digest=identity_digest(token).hex())
    held = own.values_list("scopes", flat=True).first()
    return frozenset(Scope(each) for each in held or ())


def tokens_for(actor: Actor) -> QuerySet[ApiToken]:
    """Give the actor's own tokens, the newest first; withdrawn and expired ones too."""
    if actor.id is None:
        return ApiToken.objects.none()
    return ApiToken.objects.filter(user_id=actor.id).order_by("-created_at", "-pk")
