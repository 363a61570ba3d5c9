"""What each law calls holding enough: one row a test, with threshold, strictness and source.

A share is compared as the law says, "more than" or "at least". What was not read at its source is
marked unverified, and says so wherever it is printed.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from undaunted.engines.ownership.shares import HALF, WHOLE, Right
from undaunted.engines.ownership.thresholds import MAJORITY, Threshold

__all__ = ["ACI", "CFIUS_PARENT", "CFIUS_STAKE", "CFIUS_STATE", "STANDARDS", "UK", "Standard"]

CFR = "a copy of the eCFR, title 31, part 800, as of January 2025"
UK_ACT = (
    "legislation.gov.uk, section 8(2), (5) and the beginning of (6) as enacted, a stored copy of "
    "the publisher's page; which votes block or secure a resolution is company law, and not read"
)
READ = date(2026, 11, 26)


@dataclass(frozen=True, slots=True)
class Standard:
    """One test of a law.

    Attributes:
        key: what programs call it.
        law: law and article.
        asks: what is compared with the threshold.
        rights: kinds of right that count, each by itself.
        whatever: kinds of right that count whatever their share.
        source: where it was read.
        on: when it was read.
        verified: it was read at its publisher, or in a stored copy of its page; a copy elsewhere is
            none.
    """

    key: str
    law: str
    asks: str
    threshold: Threshold
    rights: tuple[Right, ...]
    source: str
    on: date
    verified: bool
    whatever: tuple[Right, ...] = ()


def _uk(level: str, asks: str, threshold: Threshold) -> Standard:
    return Standard(
        f"uk_{level}", "National Security and Investment Act 2021, section 8", asks, threshold,
        (Right.EQUITY, Right.VOTES), UK_ACT, date(2026, 11, 27), verified=True,
    )  # fmt: skip


CFIUS_PARENT = Standard(
    "cfius_parent", "31 CFR 800.235",
    "votes, profits or assets on dissolution, held directly or through entities of which one is "
    "parent; a general partner is parent whatever its share",
    Threshold(HALF, reached=True), (Right.VOTES, Right.PROFITS, Right.ASSETS), CFR, READ,
    verified=False, whatever=(Right.PARTNER,),
)  # fmt: skip
CFIUS_STAKE = Standard(
    "cfius_substantial_stake", "31 CFR 800.244(a)",
    "votes of a foreign person in a business, a parent's interest counting as 100 %",
    Threshold(WHOLE // 4, reached=True), (Right.VOTES,), CFR, READ, verified=False,
)  # fmt: skip
CFIUS_STATE = Standard(
    "cfius_substantial_state", "31 CFR 800.244(a) and (b)",
    "votes of one foreign state in that person, a parent's interest counting as 100 %; where a "
    "general partner directs it, its interest in the general partner",
    Threshold(49 * WHOLE // 100, reached=True), (Right.VOTES,), CFR, READ, verified=False,
)  # fmt: skip
UK = (
    _uk("more_than_quarter", "shares or votes; votes that block a special resolution",
        Threshold(WHOLE // 4)),
    _uk("more_than_half", "shares or votes; votes that secure an ordinary resolution", MAJORITY),
    _uk("three_quarters", "shares or votes; votes that secure every resolution",
        Threshold(3 * WHOLE // 4, reached=True)),
)  # fmt: skip
ACI = Standard(
    "eu_government_linked", "Regulation (EU) 2023/2675, article 10(1)",
    "equity owned, votes held directly or indirectly, or members of the board appointed; special "
    "rights and direction by the government count whatever the share",
    MAJORITY, (Right.EQUITY, Right.VOTES, Right.BOARD),
    "legalize-dev/legalize-eu, a copy of EUR-Lex, as summed up in the project's list of laws", READ,
    verified=False,
)  # fmt: skip

STANDARDS = (CFIUS_PARENT, CFIUS_STAKE, CFIUS_STATE, *UK, ACI)
"""Every test that the engine reads stakes by."""
