"""What a number of "releases" is made of (rule K4).

A government's figure may hold common prisoners who were never counted, and people sent home
with their sentences intact, who can be taken back any day. Both are told apart from freedom.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Final

import numpy as np

from undaunted.engines.census.census import Census
from undaunted.engines.census.days import day_number
from undaunted.engines.census.movements import headline_runs

__all__ = ["FREEING", "Release", "ReleaseSummary", "ReleaseType", "release_summary"]


class ReleaseType(StrEnum):
    """The ways out of detention of rule K4."""

    UNCONDITIONAL = "unconditional"
    CHARGES_DROPPED = "charges_dropped"
    PARDON_AMNESTY = "pardon_amnesty"
    SENTENCE_SERVED = "sentence_served"
    CONDITIONAL_PAROLE = "conditional_parole"
    HOUSE_ARREST = "house_arrest"
    EXCHANGE = "exchange"
    FORCED_EXILE = "forced_exile"
    DENATIONALISED_EXPELLED = "denationalised_expelled"
    DIED = "died"
    UNKNOWN = "unknown"


FREEING: Final = frozenset(
    {
        ReleaseType.UNCONDITIONAL,
        ReleaseType.CHARGES_DROPPED,
        ReleaseType.PARDON_AMNESTY,
        ReleaseType.SENTENCE_SERVED,
    }
)
"""Ways out that leave a person free and at home, if no sentence is left standing."""


@dataclass(frozen=True, slots=True)
class Release:
    """One claimed release: whose, the first day out, how, and whether the sentence still stands."""

    person: int
    day: date
    kind: ReleaseType
    sentence_intact: bool = False


@dataclass(frozen=True, slots=True)
class ReleaseSummary:
    """Claimed releases sorted out; ``claimed`` = ``never_in_stock`` + ``from_stock``.

    ``from_stock`` = ``freed`` + ``sentence_intact`` + ``otherwise`` (house arrest, exile,
    exchange, death, conditions, unknown). ``by_type`` and ``intact_by_type`` split
    ``from_stock`` and ``sentence_intact``; types that do not occur are left out.
    """

    standard: str
    known_at: datetime
    rule: str
    claimed: int
    never_in_stock: int
    from_stock: int
    freed: int
    sentence_intact: int
    otherwise: int
    by_type: dict[ReleaseType, int]
    intact_by_type: dict[ReleaseType, int]


def release_summary(releases: Iterable[Release], census: Census) -> ReleaseSummary:
    """Return what the claimed releases are, against the headline stock of ``census``.

    Someone is from the stock who was in it on some day before the release. A person the
    census does not know is not; give such a one any number the census does not use.
    """
    claimed = tuple(releases)
    since = _first_days(census)
    ours = [
        release
        for release in claimed
        if release.person in since and since[release.person] < day_number(release.day)
    ]
    intact = [release for release in ours if release.sentence_intact]
    freed = [release for release in ours if release.kind in FREEING and not release.sentence_intact]
    return ReleaseSummary(
        standard=census.standard,
        known_at=census.known_at,
        rule=census.rule,
        claimed=len(claimed),
        never_in_stock=len(claimed) - len(ours),
        from_stock=len(ours),
        freed=len(freed),
        sentence_intact=len(intact),
        otherwise=len(ours) - len(freed) - len(intact),
        by_type=_by_type(ours),
        intact_by_type=_by_type(intact),
    )


def _first_days(census: Census) -> dict[int, int]:
    stays = headline_runs(census)
    people, first = np.unique(stays.group, return_index=True)
    return dict(zip(people.tolist(), stays.start[first].tolist(), strict=True))


def _by_type(releases: Iterable[Release]) -> dict[ReleaseType, int]:
    kinds = [release.kind for release in releases]
    return {kind: kinds.count(kind) for kind in ReleaseType if kind in kinds}
