"""Transactions in the hypothetical states, as officers would write them down."""

from __future__ import annotations

from datetime import date

from undaunted.coercion.screening.rules import (
    Facts,
    Held,
    Investor,
    Owner,
    Span,
    Target,
    TransactionKind,
)
from undaunted.engines.ownership import WHOLE, Answer

__all__ = ["BEFORE", "FROM", "deal", "per_cent", "port_deal", "ruritania"]

BEFORE, FROM = date(2028, 1, 16), date(2028, 1, 17)
"""The last day of Regulation (EU) 2019/452 and the first of Regulation (EU) 2026/1386."""


def per_cent(lowest: int, highest: int | None = None) -> Span:
    """Give a share in per cent."""
    one = WHOLE // 100
    return Span(lowest * one, (lowest if highest is None else highest) * one)


def ruritania(controls: Answer = Answer.MUST, interest: int = 51) -> Owner:
    """Give the state of Ruritania as an ultimate owner."""
    return Owner("Ruritania", "XR", controls, is_state=True, interest=per_cent(interest))


def deal(  # noqa: PLR0913 - what a deal is
    day: date,
    flags: dict[str, bool] | None = None,
    *,
    where: str = "XF",
    sectors: frozenset[str] | None = frozenset({"transport"}),
    investor: Investor | None = None,
    kind: TransactionKind = TransactionKind.ACQUISITION,
    before: Held | None = None,
    after: Held | None = None,
    ruled_out: frozenset[str] = frozenset(),
) -> Facts:
    """Give a deal; without more, Ruritania's shell in Zubrowka buys 60 % of a port."""
    shell = Investor("Harbour Holdings", "XZ", (ruritania(),), complete=True)
    nothing, most = per_cent(0), per_cent(60)
    return Facts(
        day=day,
        kind=kind,
        investor=investor or shell,
        target=Target("Port of Strelsau", frozenset({where}), sectors, ruled_out),
        before=before or Held(nothing, nothing),
        after=after or Held(most, most),
        flags=flags or {},
    )


def port_deal(day: date, flags: dict[str, bool] | None = None) -> Facts:
    """Give the deal of the port, whose operator is a critical entity."""
    return deal(day, flags, sectors=frozenset({"transport", "critical_transport"}))
