"""What the owner of the database does: the first people of an organisation, and administrators.

Two administrators give every other right. The first two cannot come from two others, so whoever
holds the owner's connection makes them at the terminal, and the chain says so.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from typing import TYPE_CHECKING

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.contrib.auth.validators import UnicodeUsernameValidator
from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.utils import timezone

from undaunted.core.access.rules import PUBLIC, Role
from undaunted.core.accounts.actions.identities import acting_as
from undaunted.core.accounts.actions.rights import approve_rights, propose_role
from undaunted.core.accounts.models import Membership, Organisation, User
from undaunted.core.accounts.queries import organisations_for, rights_for, user_named
from undaunted.core.accounts.rules import NAME_LENGTH, AppointmentRefused
from undaunted.core.audit.actions import record_entry

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from uuid import UUID

__all__ = ["InstalledPerson", "appoint_administrator", "enrol_office", "install_office"]


@dataclass(frozen=True, slots=True)
class InstalledPerson:
    """Somebody who can sign in, with what is shown once and never stored in clear."""

    user: User
    passphrase: str
    secret: str
    roles: tuple[str, ...]


def install_office(
    name: str,
    people: Mapping[str, Sequence[Role]],
    *,
    country: str = "",
    government: bool = False,
    demonstration: bool = True,
) -> tuple[UUID, tuple[InstalledPerson, ...]]:
    """Make an organisation and its people with random passphrases and second factors.

    Works on the owner's connection only: the desk's role adds nobody without two administrators.
    Raises `AppointmentRefused` for a name that is taken.
    """
    with transaction.atomic():
        if Organisation.objects.filter(name=name).exists():
            raise AppointmentRefused(f"there is an organisation {name!r} already")
        place = Organisation.objects.create(
            name=name, country=country, government=government, demonstration=demonstration
        )
        _record("organisation.installed", "organisation", place.pk, {"government": government})
        installed = tuple(_install(username, place, roles) for username, roles in people.items())
    return place.pk, installed


def appoint_administrator(name: str, username: str, *, renew: bool = False) -> InstalledPerson:
    """Make somebody an administrator of an organisation, as the owner of the database.

    A new person gets a passphrase and a second factor, and so does a known one with `renew`: for an
    organisation that has lost one of its two. Raises `AppointmentRefused`.
    """
    with transaction.atomic():
        place = Organisation.objects.filter(name=name).first()
        if place is None:
            raise AppointmentRefused(f"there is no organisation {name!r}")
        user = User.objects.filter(username=username).first()
        if user is None:
            return _install(username, place, [Role.ADMINISTRATOR])
        passphrase, secret = _renew(user) if renew else ("", "")
        held = Membership.objects.filter(user=user, organisation=place, role=Role.ADMINISTRATOR)
        held.delete()
        _give(user, place, [Role.ADMINISTRATOR])
    return InstalledPerson(user, passphrase, secret, (str(Role.ADMINISTRATOR),))


def enrol_office(
    place: UUID, people: Mapping[str, Sequence[Role]], *, proposer: User, approver: User
) -> tuple[InstalledPerson, ...]:
    """Enrol people through the ordinary gate, for a demonstration: one proposes, another approves.

    Each then sets up the second factor in their own name.
    """
    return tuple(
        _enrol(place, username, roles, proposer, approver) for username, roles in people.items()
    )


def _enrol(
    place: UUID, username: str, roles: Sequence[Role], proposer: User, approver: User
) -> InstalledPerson:
    at, passphrase, secret = timezone.now(), "", generate_totp_secret()
    for role in roles:
        with acting_as(proposer, kind="terminal") as actor:
            held = organisations_for(actor).get(pk=place)
            proposal, first = propose_role(username, held, role, actor=actor, at=at)
        with acting_as(approver, kind="terminal") as actor:
            waiting = rights_for(actor).get(pk=proposal)
            second = approve_rights(waiting, actor=actor, at=at)
        passphrase = passphrase or first + second
    user = user_named(username)
    if user is None:
        raise AppointmentRefused(f"user name {username!r}: give one role at least")
    with acting_as(user, kind="terminal"):
        TOTP.activate(user, secret)
    return InstalledPerson(user, passphrase, secret, tuple(str(role) for role in roles))


def _install(username: str, place: Organisation, roles: Sequence[Role]) -> InstalledPerson:
    try:
        UnicodeUsernameValidator()(username)
        valid = len(username) <= NAME_LENGTH
    except ValidationError:
        valid = False
    if not valid:
        why = f"letters, digits and @ . + - _ only, {NAME_LENGTH} at most"
        raise AppointmentRefused(f"user name {username!r}: {why}")
    if User.objects.filter(username=username).exists():
        raise AppointmentRefused(f"user name {username!r}: it is taken")
    passphrase, secret = secrets.token_urlsafe(18), generate_totp_secret()
    user = User.objects.create_user(username, passphrase)
    User.objects.filter(pk=user.pk).update(demonstration=place.demonstration)
    TOTP.activate(user, secret)
    _give(user, place, roles)
    return InstalledPerson(user, passphrase, secret, tuple(str(role) for role in roles))


def _renew(user: User) -> tuple[str, str]:
    """Give another passphrase and second factor; sessions, tokens and the old factors end."""
    passphrase, secret = secrets.token_urlsafe(18), generate_totp_secret()
    user.set_password(passphrase)
    user.save(update_fields=["password"])
    with connection.cursor() as cursor:
        cursor.execute("SELECT account_shut_out(%s)", [user.pk])
    Authenticator.objects.filter(user_id=user.pk).delete()
    TOTP.activate(user, secret)
    _record("access.renewed", "user", user.pk, {})
    return passphrase, secret


def _give(user: User, place: Organisation, roles: Sequence[Role]) -> None:
    Membership.objects.bulk_create(
        Membership(user=user, organisation=place, role=role, since=timezone.now()) for role in roles
    )
    told = {"organisation": str(place.pk), "roles": [str(role) for role in roles]}
    _record("role.installed", "user", user.pk, told)


def _record(verb: str, kind: str, what: UUID, told: Mapping[str, object]) -> None:
    at = timezone.now()
    record_entry(
        verb, actor=PUBLIC, subject_kind=kind, subject_id=what, at=at, right="owner", detail=told
    )
