"""What a case page says of today follows the counting rule, whatever has no end on record."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
from django.test import Client
from django.utils import timezone

from tests.prisoners.registry.published_worlds import Act, Person, World
from tests.prisoners.registry.test_counting import project_all
from undaunted.engines.census import Tier
from undaunted.prisoners.registry.rules.held_today import Covered, Held, held_today

if TYPE_CHECKING:
    from undaunted.config.postgres import Lease

__all__: list[str] = []

TODAY = date(2026, 11, 26)
LONG_AGO = date(2019, 3, 4)


@dataclass
class Shown:
    """A published spell, as the rule reads it."""

    start_latest: date | None = date(2019, 3, 31)
    end: str = ""
    in_stock: bool = True
    category: str = "deprivation_of_liberty"

    def __post_init__(self) -> None:
        self.start_earliest = self.start_latest and self.start_latest.replace(day=1)


NOT = Covered(surely=False, possibly=False, unconfirmed=False, died_on=None)


@pytest.mark.parametrize(
    ("covered", "spells", "right"),
    [
        (replace(NOT, surely=True), [Shown()], Held.SURELY),
        (replace(NOT, surely=True, unconfirmed=True), [Shown()], Held.UNCONFIRMED),
        (replace(NOT, possibly=True), [Shown(date(2026, 12, 31))], Held.PERHAPS_BEGUN),
        (replace(NOT, possibly=True), [Shown(None)], Held.PERHAPS_BEGUN),
        (replace(NOT, possibly=True), [Shown()], Held.PERHAPS_ENDED),
        (replace(NOT, possibly=True), [Shown(end="2026")], Held.PERHAPS_ENDED),
        (replace(NOT, died_on=date(2020, 1, 1)), [Shown()], Held.UNTIL_DEATH),
        (replace(NOT, died_on=date(2020, 1, 1)), [Shown(end="2020-01")], Held.NOT_KNOWN),
        (NOT, [Shown(date(2026, 12, 31))], Held.LATER),
        (NOT, [Shown(None)], Held.UNDATED),
        (NOT, [Shown(in_stock=False)], Held.NOT_COUNTED),
        (NOT, [Shown(category="civil_death")], Held.NOT_KNOWN),
        (NOT, [], Held.NOT_KNOWN),
    ],
)
def test_why_a_spell_that_goes_on_makes_nobody_held(
    covered: Covered, spells: list[Shown], right: Held
) -> None:
    assert held_today(covered, spells, on=TODAY) is right


def _held(start: tuple[date, date], **more: object) -> Act:
    return Act(start, (None, None), Tier.A, **more)  # type: ignore[arg-type]


def _pages(lease: Lease, *people: Person) -> list[str]:
    World(people).write(lease)
    project_all(lease)
    return [Client().get(f"/registry/XR-{person.number:05}/").content.decode() for person in people]


def test_the_page_never_contradicts_its_own_table(ledger: Lease) -> None:
    today = timezone.localdate()
    fresh = today - timedelta(days=40)
    this_year = (today.replace(month=1, day=1), today + timedelta(days=400))
    sure = Person(1, (_held((LONG_AGO, LONG_AGO), confirmed=(fresh,)),))
    pages = _pages(
        ledger,
        sure,
        replace(sure, number=2, acts=(_held((LONG_AGO, LONG_AGO)),)),
        replace(sure, number=3, acts=(_held(this_year),)),
        replace(sure, number=4, acts=(_held((LONG_AGO, LONG_AGO)),),
                death=(date(2021, 5, 6), date(2021, 5, 6))),
        replace(sure, number=5, level="code", groups=("identity", "detention"),
                acts=(_held((this_year[1], this_year[1])),)),
        replace(sure, number=6, acts=(
            Act((LONG_AGO, LONG_AGO), (fresh, today + timedelta(days=400)), Tier.A),)),
    )  # fmt: skip
    says = (
        ("Held now; first detained in March 2019.", "goes on"),
        ("Held now by the last word, which nobody confirmed within twelve months", "goes on"),
        ("Possibly held now: detention counts from the latest day", "no end is on record"),
        ("Held until death.", "until death"),
        ("Not counted as held yet: detention counts from the latest", "no end is on record"),
        ("Possibly held now: the day on which detention ended", ""),
    )
    for page, (standing, end) in zip(pages, says, strict=True):
        assert standing in page
        for words in ("goes on", "until death", "no end is on record"):
            assert (f"<td>{words}</td>" in page) is (words == end), (standing, words)
