"""The demonstration is invented, repeatable, and reads like real lists."""

from __future__ import annotations

import csv
import io
from datetime import date
from typing import TYPE_CHECKING

import pytest

from undaunted.core.places.rules import find_country
from undaunted.prisoners.registry.readers import parse_mapping, read_rows
from undaunted.prisoners.registry.rules.import_rows import Outcome
from undaunted.prisoners.registry.writers.demonstration import demonstration_lists, invent_people
from undaunted.prisoners.registry.writers.demonstration.lists import MAPPING
from undaunted.prisoners.registry.writers.demonstration.people import LAST_DAY

if TYPE_CHECKING:
    from pathlib import Path

    from undaunted.prisoners.registry.writers.demonstration import DemonstrationList

HYPOTHETICAL = {"XR", "XS", "XB", "XF", "XZ"}


def test_at_least_two_thousand_people_live_in_states_that_do_not_exist() -> None:
    people = invent_people()
    assert len(people) >= 2_000
    assert {person.country for person in people} == HYPOTHETICAL
    years = {spell.start.year for person in people for spell in person.spells}
    assert max(years) - min(years) >= 25


def test_the_same_seed_gives_the_same_bytes() -> None:
    first, second = demonstration_lists(seed=7), demonstration_lists(seed=7)
    assert [one.content for one in first] == [one.content for one in second]
    assert first[0].content != demonstration_lists(seed=8)[0].content


def test_the_lists_overlap_without_being_the_same() -> None:
    wide, east, press = (set(one.people.values()) for one in demonstration_lists())
    assert wide & east
    assert wide & press
    assert east - wide


def test_a_later_edition_says_more_of_the_same_rows() -> None:
    then, now = (_rows(demonstration_lists(on=day)[0]) for day in (date(2019, 2, 1), LAST_DAY))
    assert 100 < len(then) < len(now)
    assert then.keys() <= now.keys()
    later = {"Released", "Release", "Stage", "Confirmed", "Died"}
    for key, row in then.items():
        assert {k: v for k, v in row.items() if k not in later} == {
            k: v for k, v in now[key].items() if k not in later
        }
        assert row["Released"] <= "2019-02-01"
        assert row["Released"] in {"", now[key]["Released"]}


def _rows(sheet: DemonstrationList) -> dict[str, dict[str, str]]:
    return {row["ID"]: row for row in csv.DictReader(io.StringIO(sheet.content.decode()))}


def test_names_stand_in_several_scripts() -> None:
    text = "".join(person.name.native for person in invent_people(500))
    for first, last in (("а", "я"), ("ا", "ي"), ("一", "鿿")):  # noqa: RUF001
        assert any(first <= letter <= last for letter in text)


@pytest.mark.parametrize("number", [0, 1, 2])
def test_every_row_passes_the_ordinary_import(number: int, tmp_path: Path) -> None:
    sheet = demonstration_lists()[number]
    file = tmp_path / "list.csv"
    file.write_bytes(sheet.content)
    rows = list(
        read_rows(file, parse_mapping(MAPPING), today=date(2026, 11, 23), find_country=find_country)
    )
    bad = [(row.line, row.problems) for row in rows if row.outcome is not Outcome.OK]
    assert bad == []
    assert len(rows) == len(list(csv.DictReader(io.StringIO(sheet.content.decode()))))
