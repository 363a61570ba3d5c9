"""The first people of an instance, made as the owner before anybody can sign in."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from typing import TYPE_CHECKING

from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.utils import timezone

from undaunted.core.accounts.models import Membership, Organisation, User

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from uuid import UUID

    from undaunted.core.access.rules import Role

__all__ = ["InstalledPerson", "install_office"]


@dataclass(frozen=True, slots=True)
class InstalledPerson:
    """Somebody who can sign in, with what is shown once and never stored in clear."""

    user: User
    passphrase: str
    secret: str
    roles: tuple[str, ...]


def install_office(
    name: str, people: Mapping[str, Sequence[Role]], *, demonstration: bool = True
) -> tuple[UUID, tuple[InstalledPerson, ...]]:
    """Make an organisation and its people with random passphrases and second factors.

    Works on the owner's connection only: the desk's role may not add people without an
    administrator. Leaves no audit entry, since nobody acts yet.
    """
    organisation = Organisation.objects.create(name=name, demonstration=demonstration)
    installed = []
    for username, roles in people.items():
        passphrase, secret = secrets.token_urlsafe(15), generate_totp_secret()
        user = User.objects.create_user(username, passphrase)
        User.objects.filter(pk=user.pk).update(demonstration=demonstration)
        TOTP.activate(user, secret)
        Membership.objects.bulk_create(
            Membership(user=user, organisation=organisation, role=role, since=timezone.now())
            for role in roles
        )
        installed.append(
            InstalledPerson(user, passphrase, secret, tuple(str(role) for role in roles))
        )
    return organisation.pk, tuple(installed)
