"""Questions to a register: what stood in it, and what states hold of its sectors."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from typing import TYPE_CHECKING

from undaunted.coercion.screening.analysis.asset_exposure import exposures, exposures_with
from undaunted.coercion.screening.analysis.holdings import surest
from undaunted.coercion.screening.analysis.watching import Look
from undaunted.coercion.screening.queries import asset_entries_for, holdings_for, near_since
from undaunted.coercion.screening.readers import read_filing

if TYPE_CHECKING:
    from datetime import date
    from uuid import UUID

    from undaunted.coercion.screening.analysis.asset_exposure import SectorExposure
    from undaunted.coercion.screening.models import Screening
    from undaunted.core.access.rules import Actor

__all__ = [
    "look_at",
    "looks_near",
    "register_exposure",
    "register_exposure_with",
]


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


def _end_of(day: date) -> datetime:
    return datetime.combine(day + timedelta(days=1), time(), UTC)
