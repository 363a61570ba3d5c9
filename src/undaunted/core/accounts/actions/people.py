"""People, organisations and roles; an administrator of accounts does these things."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING

from django.contrib.auth.hashers import make_password
from django.db import transaction

from undaunted.core.access.actions import ask_discreetly
from undaunted.core.access.rules import Facts, Forbidden, Role, Verb, require
from undaunted.core.accounts.models import Membership, Organisation, User
from undaunted.core.audit.actions import record_entry

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime
    from uuid import UUID

    from undaunted.core.access.rules import Actor

__all__ = [
    "close_account",
    "enrol_person",
    "give_role",
    "record_organisation",
    "renew_access",
    "withdraw_role",
]


def record_organisation(
    name: str, *, country: str = "", government: bool = False, actor: Actor, at: datetime
) -> Organisation:
    """Add an organisation. Raises `Forbidden` unless the actor administers accounts somewhere."""
    if not actor.organisations_as(Role.ADMINISTRATOR) or not actor.second_factor:
        raise Forbidden("only an administrator of accounts adds organisations")
    made = Organisation.objects.create(name=name, country=country, government=government)
    record_entry(
        "organisation.recorded",
        actor=actor,
        subject_kind="organisation",
        subject_id=made.pk,
        at=at,
        detail={"government": government},
    )
    return made


def enrol_person(username: str, passphrase: str, *, actor: Actor, at: datetime) -> User:
    """Add a person who can sign in. Raises `Forbidden` like `record_organisation`."""
    if not actor.organisations_as(Role.ADMINISTRATOR) or not actor.second_factor:
        raise Forbidden("only an administrator of accounts enrols people")
    user = User.objects.create_user(username, passphrase)
    _record("person.enrolled", user.pk, actor, at, {})
    return user


def renew_access(whose: UUID, *, actor: Actor, at: datetime) -> str:
    """Let somebody who lost a factor begin anew; gives the passphrase, which is shown once.

    Second factors, sessions and tokens end. Raises `Forbidden` unless every role of the person lies
    in organisations that the actor administers.
    """
    passphrase = secrets.token_urlsafe(18)
    _within("SELECT account_renew(%s, %s)", [whose, make_password(passphrase)])
    _record("access.renewed", whose, actor, at, {})
    return passphrase


def close_account(whose: UUID, *, actor: Actor, at: datetime) -> None:
    """End an account: no role, no way in, and the id in place of the name.

    Raises `Forbidden` as `renew_access` does.
    """
    _within("SELECT account_close(%s)", [whose])
    _record("account.closed", whose, actor, at, {})


def give_role(
    user: User, organisation: Organisation, role: Role, *, actor: Actor, at: datetime
) -> Membership:
    """Give `user` a role in `organisation`; nobody gives a role to themselves."""
    require(actor, Verb.MANAGE_ACCOUNTS, Facts(holder=organisation.pk))
    if user.pk == actor.id:
        raise Forbidden("nobody gives a role to themselves")
    given = Membership.objects.create(user=user, organisation=organisation, role=role, since=at)
    told = {"organisation": str(organisation.pk), "role": role}
    _record("role.given", user.pk, actor, at, told)
    return given


def withdraw_role(membership: Membership, *, actor: Actor, at: datetime) -> None:
    """Take a role away; it ends at once, in open sessions too."""
    require(actor, Verb.MANAGE_ACCOUNTS, Facts(holder=membership.organisation_id))
    told = {"organisation": str(membership.organisation_id), "role": membership.role}
    _record("role.withdrawn", membership.user_id, actor, at, told)
    membership.delete()


def _within(statement: str, parameters: list[object]) -> None:
    """Run a step that the database allows an administrator over people of their own only."""
    with transaction.atomic():
        if not ask_discreetly(statement, parameters)[0][0]:
            raise Forbidden("the person has no role, or one outside the actor's organisations")


def _record(verb: str, whose: UUID, actor: Actor, at: datetime, told: Mapping[str, object]) -> None:
    record_entry(verb, actor=actor, subject_kind="user", subject_id=whose, at=at, detail=told)
