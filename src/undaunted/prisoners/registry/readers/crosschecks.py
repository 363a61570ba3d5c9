"""What two values of one row say about each other: nobody is released before being arrested."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from undaunted.core.actors.rules.partial_date import PartialDate, UnreadableDate
from undaunted.prisoners.registry.rules.claims import tier_of_row
from undaunted.prisoners.registry.rules.import_rows import Finding, RecordKind, Severity, Value

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Set as AbstractSet
    from datetime import date

__all__ = ["cross_check"]

_ORDERS: Final = (
    ("person.birth", "person.death", "death_before_birth", Severity.ERROR),
    ("person.birth", "spell.start", "start_before_birth", Severity.ERROR),
    ("spell.start", "spell.end", "end_before_start", Severity.ERROR),
    ("spell.start", "person.death", "start_after_death", Severity.ERROR),
    ("spell.start", "spell.expected_release", "release_expected_before_start", Severity.WARNING),
)


def cross_check(
    kind: RecordKind,
    values: dict[str, Value],
    today: date,
    *,
    has_start: bool,
    refused: AbstractSet[str] = frozenset(),
) -> Iterator[Finding]:
    """Give what does not fit together; bound the end of a detention known only to be over.

    A tier that the grade of the row does not carry is lowered to the one that it does (rule K8).
    That a field is missing whose cell was `refused` is not told again: it has the same cause.
    """
    tier = values.get("tier")
    if isinstance(tier, str):
        grade = values.get("source.grade")
        carried = tier_of_row(tier, grade if isinstance(grade, str) else "")
        if carried != tier:
            values["tier"] = carried
            yield Finding(Severity.WARNING, "tier_too_high", (("tier", tier), ("kept", carried)))
    crossed = tuple(_orders(values))
    yield from crossed
    if kind is not RecordKind.DETENTION:
        return
    if has_start and "spell.start" not in values and "spell.start" not in refused:
        yield Finding(Severity.WARNING, "no_start_date")
    if values.get("spell.ended") is True and "spell.end" not in values:
        end = _bounded_end(values, today)
        values["spell.end"] = end
        if "spell.end" not in refused:
            yield Finding(Severity.WARNING, "ended_without_date", (("end", end.text),))
    expected = values.get("spell.expected_release")
    if any(one.code == "release_expected_before_start" for one in crossed):
        return
    if isinstance(expected, PartialDate) and _has_passed(expected, values, today):
        yield Finding(Severity.WARNING, "expected_release_passed")


def _orders(values: dict[str, Value]) -> Iterator[Finding]:
    """Give each date that lies after what should follow it, once, whatever else it lies after."""
    told: set[str] = set()
    for earlier, later, code, severity in _ORDERS:
        first, second = values.get(earlier), values.get(later)
        if earlier in told or not isinstance(first, PartialDate):
            continue
        if isinstance(second, PartialDate) and second.certainly_before(first):
            told.add(earlier)
            yield Finding(severity, code)


def _has_passed(expected: PartialDate, values: dict[str, Value], today: date) -> bool:
    if "spell.end" in values or "person.death" in values:
        return False
    return expected.latest is not None and expected.latest < today


def _bounded_end(values: dict[str, Value], today: date) -> PartialDate:
    """Give the days between which the end lies: from the start to the day the source spoke."""
    source, start = values.get("source.date"), values.get("spell.start")
    last = source.latest if isinstance(source, PartialDate) and source.latest else today
    first = start.earliest if isinstance(start, PartialDate) else None
    try:
        return PartialDate.parse(f"{first or '..'}/{last}")
    except UnreadableDate:
        return PartialDate.parse(f"../{last}")
