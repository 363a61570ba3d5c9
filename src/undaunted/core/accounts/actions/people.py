"""People, organisations and roles; an administrator of accounts does these things."""

from __future__ import annotations

from typing import TYPE_CHECKING

from undaunted.core.access.rules import Facts, Forbidden, Role, Verb, require
from undaunted.core.accounts.models import Membership, Organisation, User
from undaunted.core.audit.actions import record_entry

if TYPE_CHECKING:
    from datetime import datetime

    from undaunted.core.access.rules import Actor

__all__ = ["enrol_person", "give_role", "record_organisation", "withdraw_role"]


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
    record_entry("person.enrolled", actor=actor, subject_kind="user", subject_id=user.pk, at=at)
    return user


def give_role(
    user: User, organisation: Organisation, role: Role, *, actor: Actor, at: datetime
) -> Membership:
    """Give `user` a role in `organisation`; nobody gives a role to themselves."""
    require(actor, Verb.MANAGE_ACCOUNTS, Facts(holder=organisation.pk))
    if user.pk == actor.id:
        raise Forbidden("nobody gives a role to themselves")
    given = Membership.objects.create(user=user, organisation=organisation, role=role, since=at)
    record_entry(
        "role.given",
        actor=actor,
        subject_kind="user",
        subject_id=user.pk,
        at=at,
        detail={"organisation": str(organisation.pk), "role": role},
    )
    return given


def withdraw_role(membership: Membership, *, actor: Actor, at: datetime) -> None:
    """Take a role away; it ends at once, in open sessions too."""
    require(actor, Verb.MANAGE_ACCOUNTS, Facts(holder=membership.organisation_id))
    record_entry(
        "role.withdrawn",
        actor=actor,
        subject_kind="user",
        subject_id=membership.user_id,
        at=at,
        detail={"organisation": str(membership.organisation_id), "role": membership.role},
    )
    membership.delete()
