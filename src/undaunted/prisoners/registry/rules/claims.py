"""What may be claimed of an act: days that can be true, and no better tier than its sources carry.

A refusal names its field. Its sentence stands in the catalogue and is translated where it is told.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, ClassVar

from undaunted.core.actors.rules.partial_date import PartialDate
from undaunted.core.evidence.rules import Grade, SourceFacts, SourceKind, source_marks
from undaunted.engines.census import Tier, tier_from_sources

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from undaunted.core.evidence.models import Source

__all__ = [
    "ClaimRefused",
    "DayNotCome",
    "EndsBeforeStart",
    "TeamOfAnother",
    "TierTooHigh",
    "check_come",
    "check_correction",
    "check_days",
    "check_order",
    "check_tier",
    "day_held",
    "source_facts",
    "tier_at_most",
    "tier_of_row",
]


def _(sentence: str) -> str:
    """Mark a sentence for the catalogue; it is translated where it is told."""
    return sentence


class ClaimRefused(ValueError):
    """Something that is said cannot stand; `field` names what."""

    sentence: ClassVar[str] = ""

    def __init__(self, field: str) -> None:
        super().__init__(self.sentence)
        self.field = field


class TeamOfAnother(ClaimRefused):
    """The file would be sealed to a team of an organisation that does not keep its source."""

    sentence: ClassVar[str] = _("Choose a team of the organisation that keeps this source.")


class TierTooHigh(ClaimRefused):
    """The sources do not carry this tier (rule K8)."""

    tier_a: ClassVar[str] = _(
        "Tier A needs two independent sources, one of them a court paper, lawyer, family or the "
        "person. Add a source or choose a lower tier."
    )
    tier_b: ClassVar[str] = _(
        "Tier B needs one reliable source, graded A or B and not doubted. Add a source or choose "
        "a lower tier."
    )

    def __init__(self, tier: Tier) -> None:
        super().__init__("tier")
        self.sentence = self.tier_a if tier is Tier.A else self.tier_b  # type: ignore[misc]
        self.args = (self.sentence,)


class EndsBeforeStart(ClaimRefused):
    """Every day on which it can have ended comes before every day on which it can have begun."""

    sentence = _("It ends before it begins.")


class DayNotCome(ClaimRefused):
    """What has happened cannot lie on a day that has not come."""

    sentence = _("This day has not come yet.")


def check_tier(tier: str, sources: Iterable[SourceFacts]) -> None:
    """Raise `TierTooHigh` where the sources carry less; disputed is always allowed (rule K8)."""
    wanted = Tier[tier]
    if wanted < tier_from_sources(source_marks(sources)).tier:
        raise TierTooHigh(wanted)


def tier_at_most(tier: str, sources: Iterable[SourceFacts]) -> str:
    """Give the tier, or the best one that the sources carry where that is lower."""
    return max(Tier[tier], tier_from_sources(source_marks(sources)).tier).name


@cache
def tier_of_row(tier: str, grade: str) -> str:
    """Give the tier, or the best that one list of this grade carries where that is lower."""
    given = Grade.parse(grade) if grade else Grade()
    return tier_at_most(tier, [SourceFacts("list", SourceKind.NGO_LIST, given)])


def check_come(field: str, day: PartialDate | date | None, today: date) -> None:
    """Raise `DayNotCome` for a day that is certainly in the future."""
    earliest = day.earliest if isinstance(day, PartialDate) else day
    if earliest is not None and earliest > today:
        raise DayNotCome(field)


def check_order(field: str, start: PartialDate | None, end: PartialDate | None) -> None:
    """Raise `EndsBeforeStart` for an end that certainly comes before the start."""
    if start is not None and end is not None and end.certainly_before(start):
        raise EndsBeforeStart(field)


def check_days(
    start: PartialDate | None, end: PartialDate | None, confirmed: Iterable[date], today: date
) -> None:
    """Raise `ClaimRefused` for days of a new act that certainly cannot be true."""
    check_come("start", start, today)
    check_order("end", start, end)
    for day in confirmed:
        check_come("confirmed", day, today)


def check_correction(
    held_start: str, held_end: str, start: PartialDate | None, end: PartialDate | None
) -> None:
    """Raise `EndsBeforeStart` for what new days make of the ones that an act has (EDTF)."""
    if start is not None or end is not None:
        last = end or day_held(held_end)
        check_order("end" if end else "start", start or day_held(held_start), last)


def day_held(text: str) -> PartialDate | None:
    """Read a day as an act holds it."""
    return PartialDate.parse(text) if text else None


def source_facts(sources: Iterable[tuple[Source, Grade]]) -> list[SourceFacts]:
    """Give what must be known of sources to tell which tier they carry."""
    return [
        SourceFacts(str(source.pk), SourceKind(source.kind), grade, source.publisher)
        for source, grade in sources
    ]
