"""Nothing is opened for anybody before the database knows every withdrawal the ledger holds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from undaunted.config.loading import load_areas
from undaunted.core.consent.readers import read_former, read_ledger, read_noted
from undaunted.core.consent.rules import (
    Head,
    LedgerRefused,
    LedgerTampered,
    Standing,
    agreed,
    compare,
    ledger_key,
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
    key = ledger_key(environment.secret_key)
    try:
        if read_former(environment.withdrawals) is not None:
            _sign(say)
        head, waiting = _state(urls)
        kept, noted = read_ledger(environment.withdrawals, key), read_noted(environment.anchors)
        told = agreed(compare(head, kept, noted))
    except (LedgerTampered, LedgerRefused) as refusal:
        raise WithdrawalsRefused(
            f"{refusal} It is looked for in {environment.withdrawals} (UNDAUNTED_WITHDRAWALS). "
            "Until then nothing is served; `undaunted consent ledger verify` looks again."
        ) from None
    if told.standing is Standing.BEHIND or waiting:
        _follow(len(told.missing), say)


def _state(urls: RoleUrls) -> tuple[Head, int]:
    import psycopg  # noqa: PLC0415 - the command starts faster without

    with psycopg.connect(urls.desk) as connection:
        found = connection.execute("SELECT * FROM consent_ledger_state()").fetchone()
    assert found is not None  # noqa: S101 - one row, made by a migration
    instance, number, link, waiting = found
    return Head(instance, number, link), waiting


def _sign(say: Callable[[str], None]) -> None:
    load_areas()
    from django.utils import timezone  # noqa: PLC0415 - needs the settings

    from undaunted.core.access.rules import PUBLIC  # noqa: PLC0415 - as above
    from undaunted.core.consent.actions import sign_former_ledger  # noqa: PLC0415 - as above

    say("The ledger of withdrawals is of an earlier version; it is chained under a key now…")
    sign_former_ledger(actor=PUBLIC, at=timezone.now())


def _follow(missing: int, say: Callable[[str], None]) -> None:
    load_areas()
    from django.utils import timezone  # noqa: PLC0415 - needs the settings

    from undaunted.core.access.rules import PUBLIC  # noqa: PLC0415 - as above
    from undaunted.core.consent.actions import follow_ledger  # noqa: PLC0415 - as above

    if missing:
        say(f"This database lacks {missing} withdrawals of consent; they are applied now…")
    follow_ledger(actor=PUBLIC, at=timezone.now())
