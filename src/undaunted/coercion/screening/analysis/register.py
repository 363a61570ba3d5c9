"""Questions to a register: what states hold of its sectors, how stakes in an asset crept."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from typing import TYPE_CHECKING

from undaunted.coercion.screening.analysis.asset_exposure import exposures, exposures_with
from undaunted.coercion.screening.analysis.holdings import surest, told_by
from undaunted.coercion.screening.analysis.watching import Look
from undaunted.coercion.screening.queries import asset_entries_for, holdings_for, near_since
from undaunted.coercion.screening.readers import read_filing
from undaunted.engines.ownership import Crossing, crossings, threshold_of

if TYPE_CHECKING:
    from datetime import date
    from uuid import UUID

    from undaunted.coercion.screening.analysis.asset_exposure import SectorExposure
    from undaunted.coercion.screening.models import Asset, Screening
    from undaunted.core.access.rules import Actor

__all__ = [
    "Creeping",
    "creeping_in",
    "look_at",
    "looks_near",
    "register_exposure",
    "register_exposure_with",
]

LEVELS = tuple(threshold_of(part) for part in (0.10, 0.25, 0.50, 0.75))


@dataclass(frozen=True, slots=True)
class Creeping:
    """A day on which what a state holds of an asset's votes passed a level."""

    state: str
    crossing: Crossing


def look_at(actor: Actor, holder: UUID, day: date, known_at: datetime | None = None) -> Look:
    """Give what stands in a register, or stood at a moment, for a question about a day."""
    return Look(
        list(asset_entries_for(actor, holder, on=day, known_at=known_at)),
        surest(holdings_for(actor, holder, known_at=known_at)),
        day,
    )


def looks_near(actor: Actor, last: Screening, day: date) -> tuple[Look, Look]:
    """Give a register as it was last looked at and as it is, around what changed alone.

    What states hold of the assets in it is what the looks at the whole register would tell.
    """
    near = near_since(actor, last, day)
    then, now = (
        asset_entries_for(actor, last.holder, on=on, known_at=known_at).filter(
            asset__reference__in=near.references
        )
        for on, known_at in ((last.day, last.recorded_at), (day, None))
    )
    earlier = [each for each in near.holdings if each.recorded_at <= last.recorded_at]
    standing = [each for each in near.holdings if each.replaced_at is None]
    return Look(list(then), surest(earlier), last.day), Look(list(now), surest(standing), day)


def register_exposure(
    actor: Actor, holder: UUID, before: date, day: date, *, as_known: bool = False
) -> tuple[SectorExposure, ...]:
    """Compare two days by what is known today, or `as_known` by what was known on each."""
    looks = [
        look_at(actor, holder, each, _end_of(each) if as_known else None) for each in (before, day)
    ]
    return exposures(*looks)


def register_exposure_with(  # noqa: PLR0913 - a register on a day, and a file
    actor: Actor, holder: UUID, day: date, *, name: str, content: bytes, mapping: str = ""
) -> tuple[SectorExposure, ...]:
    """Compare the register with what it would be after a filing. Raises `FileRefused`."""
    return exposures_with(look_at(actor, holder, day), read_filing(name, content, mapping))


def creeping_in(actor: Actor, asset: Asset, day: date) -> tuple[Creeping, ...]:
    """Give when states' least votes in an asset passed 10, 25, 50 and 75 %, by what is known."""
    look = look_at(actor, asset.holder, day)
    told = told_by(look.holdings, look.assets)
    if asset.reference not in told.stakes.parties:
        return ()
    found = [
        Creeping(state, each)
        for state in told.states
        for each in crossings(told.stakes, [state], asset.reference, LEVELS)
    ]
    return tuple(sorted(found, key=lambda each: (each.crossing.day, each.state)))


def _end_of(day: date) -> datetime:
    return datetime.combine(day + timedelta(days=1), time(), UTC)
