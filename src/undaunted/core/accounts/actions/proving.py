"""Judging a passphrase or a code, with guesses slowed for each name, whether it exists or not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from allauth.core.internal.cryptokit import compare_user_code
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import (
    format_hotp_value,
    hotp_value,
    yield_hotp_counters_from_time,
)
from allauth.mfa.utils import decrypt
from django.contrib.auth.hashers import check_password, make_password

from undaunted.core.access.actions import ask_discreetly, forgive_try, take_try
from undaunted.core.access.rules import Door
from undaunted.core.accounts.queries import user_named
from undaunted.core.accounts.rules import TooManyAtOnce

if TYPE_CHECKING:
    from undaunted.core.accounts.models import User

__all__ = ["prove_code", "prove_passphrase"]


def prove_passphrase(username: str, passphrase: str, *, device: str = "") -> User | None:
    """Give the person whose name and passphrase these are; None where one of them is wrong.

    A name that does not exist costs the same work and is slowed alike. Raises `TooManyTries`,
    `TooManyAtOnce`; the last was not judged, so it does not count.
    """
    take_try(Door.PASSPHRASE, username, device=device)
    try:
        found = matching_person(username, passphrase)
    except TooManyAtOnce:
        forgive_try(Door.PASSPHRASE, username, device=device, everything=False)
        raise
    if found is not None:
        forgive_try(Door.PASSPHRASE, username, device=device, everything=bool(device))
    return found


def prove_code(user: User, code: str, *, device: str = "") -> Authenticator | None:
    """Give the factor of `user` that the code proves, spent with it; None where it proves none.

    The person must be on the way in or signed in: nobody else reaches the factors. Raises
    `TooManyTries`.
    """
    take_try(Door.SECOND_FACTOR, user.username, device=device)
    found = matching_factor(user, code)
    if found is not None:
        forgive_try(Door.SECOND_FACTOR, user.username, device=device, everything=bool(device))
    return found


def matching_person(username: str, passphrase: str) -> User | None:
    """Give the person whose name and passphrase these are, without counting the try."""
    user = user_named(username)
    if user is None or not user.has_usable_password():
        make_password(passphrase)
        return None
    return user if check_password(passphrase, user.password) else None


def matching_factor(user: User, code: str) -> Authenticator | None:
    """Give the factor that the code proves, spent with it, without counting the try."""
    for each in Authenticator.objects.filter(user_id=user.pk).order_by("pk"):
        if each.type == Authenticator.Type.TOTP and _spends(each, code):
            return each
        if each.type == Authenticator.Type.RECOVERY_CODES and RecoveryCodes(each).validate_code(
            code
        ):
            return each
    return None


def _spends(factor: Authenticator, code: str) -> bool:
    """Whether the code is that of a time step which is newer than every one used before."""
    secret = decrypt(factor.data["secret"])
    for step in yield_hotp_counters_from_time():
        if compare_user_code(actual=code, expected=format_hotp_value(hotp_value(secret, step))):
            return bool(ask_discreetly("SELECT factor_spend(%s, %s)", [factor.pk, step])[0][0])
    return False
