"""Codes of an authenticator app for tests: each works once, and none works after a later one."""

from __future__ import annotations

from allauth.mfa.totp.internal.auth import (
    format_hotp_value,
    hotp_value,
    yield_hotp_counters_from_time,
)

__all__ = ["code_of"]


def code_of(secret: str, step: int = 0) -> str:
    """Give the code of this moment, or of the step before (-1) or after (1): all are accepted."""
    before, now, after = yield_hotp_counters_from_time()
    return str(format_hotp_value(hotp_value(secret, {-1: before, 0: now, 1: after}[step])))
