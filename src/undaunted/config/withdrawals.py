"""Nothing is opened for anybody before the database knows every withdrawal the ledger holds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from undaunted.core.consent.readers import read_ledger, read_noted
from undaunted.core.consent.rules import (
    Head,
    LedgerRefused,
    LedgerTampered,
    Standing,
    agreed,
    compare,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from undaunted.config.environment import Environment
    from undaunted.config.roles import RoleUrls

__all__ = ["WithdrawalsRefused", "settle_withdrawals"]


class WithdrawalsRefused(Exception):
    """Database and ledger of withdrawals contradict each other; the message says what to do."""


def settle_withdrawals(
    environment: Environment, urls: RoleUrls, *, say: Callable[[str], None]
) -> None:
    """Compare the database with the ledger of withdrawals outside it, and make it follow.

    Raises `WithdrawalsRefused` where the ledger is missing, cut, altered or somebody else's.
    """
    import psycopg  # noqa: PLC0415 - the command starts faster without

    with psycopg.connect(urls.desk) as connection:
        found = connection.execute("SELECT * FROM consent_ledger_state()").fetchone()
    assert found is not None  # noqa: S101 - one row, made by a migration
    instance, number, link, waiting = found
    try:
        kept, noted = read_ledger(environment.withdrawals), read_noted(environment.anchors)
        told = agreed(compare(Head(instance, number, link), kept, noted))
    except (LedgerTampered, LedgerRefused) as refusal:
        raise WithdrawalsRefused(
            f"{refusal} It is looked for in {environment.withdrawals} (UNDAUNTED_WITHDRAWALS). "
            "Until then nothing is served; `undaunted consent ledger verify` looks again."
        ) from None
    if told.standing is Standing.BEHIND or waiting:
        _follow(len(told.missing), say)


def _follow(missing: int, say: Callable[[str], None]) -> None:
    import django  # noqa: PLC0415 - only a database that lacks something waits for it

    django.setup()
    from django.utils import timezone  # noqa: PLC0415 - needs the settings

    from undaunted.core.access.rules import PUBLIC  # noqa: PLC0415 - as above
    from undaunted.core.consent.actions import follow_ledger  # noqa: PLC0415 - as above

    if missing:
        say(f"This database lacks {missing} withdrawals of consent; they are applied now…")
    follow_ledger(actor=PUBLIC, at=timezone.now())
