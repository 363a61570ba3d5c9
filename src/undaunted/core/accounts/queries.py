"""Reads about people, organisations and roles."""

from __future__ import annotations

from typing import TYPE_CHECKING

from undaunted.core.access.actions import bind_token, terminal_token
from undaunted.core.access.rules import Actor, Role, actor_from
from undaunted.core.accounts.models import Membership, Organisation, User

if TYPE_CHECKING:
    from django.db.models import QuerySet

__all__ = [
    "actor_at_terminal",
    "bound_actor",
    "members_for",
    "organisations_for",
    "user_named",
]


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


def members_for(actor: Actor) -> QuerySet[Membership]:
    """Roles that an administrator of accounts may see; row security narrows them."""
    administered = actor.organisations_as(Role.ADMINISTRATOR)
    return (
        Membership.objects.filter(organisation__in=administered)
        .select_related("user", "organisation")
        .order_by("organisation__name", "user__username", "role")
    )


def user_named(username: str) -> User | None:
    """Give the active person with this user name."""
    return User.objects.filter(username=username, is_active=True).first()
