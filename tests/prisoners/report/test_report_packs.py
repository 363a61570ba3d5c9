"""The packs of the report: what is refused and how it is told, and what comes with this copy."""

from __future__ import annotations

import csv
import os
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from undaunted.core.practices.rules import PracticeSourceStatus
from undaunted.prisoners.report.readers import (
    PackBroken,
    read_external,
    read_support,
    shipped_external,
    shipped_support,
)
from undaunted.prisoners.report.rules.external import Bound
from undaunted.prisoners.report.rules.population import inhabitants, year_of_rates
from undaunted.prisoners.report.rules.support import Basis, Need, SupportGroup

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).parents[3]
DATA = Path(os.environ.get("REAL_LISTS") or ROOT.parent / "shared" / "data" / "cases").parent
SOURCE = """
id = "gazette"
title = "Gazette of Syldavia"
publisher = "Syldavia"
date = "2024-04-01"
url = "https://gazette.example/1"
status = "verified"
read_on = "2026-05-01"
"""
SUPPORT = f"""
language = "en"
[[recommendations]]
key = "papers"
group = "person"
field = "documents"
basis = "law"
to = ["host"]
text = "Give papers."
limit = "None are given."
sources = ["gazette"]
[[sources]]{SOURCE}"""
EXTERNAL = f"""
language = "en"
[[series]]
key = "census"
title = "Census"
publisher = "Syldavia"
unit = "people"
counts = "Whoever is held."
leaves_out = "Whoever is not."
rights = "Cited."
[[series.numbers]]
on = "2024"
value = 12
sources = ["gazette"]
[[series.numbers]]
on = 2025-01-01
value = 13
bound = "at_least"
later = 15
note = "More became known."
sources = ["gazette"]
[[series.sources]]{SOURCE}"""


def _told(read: Callable[..., object], text: str) -> tuple[str, ...]:
    with pytest.raises(PackBroken) as broken:
        read(text, where="here")
    assert str(broken.value).startswith("here: ")
    return broken.value.problems


def test_recommendation_is_read_with_its_sources() -> None:
    (one,) = read_support(SUPPORT, where="here")
    assert (one.group, one.need, one.basis) == (SupportGroup.PERSON, Need.DOCUMENTS, Basis.LAW)
    assert [source.publisher for source in one.sources] == ["Syldavia"]


def test_series_is_read_with_what_was_told_later() -> None:
    (one,) = read_external(EXTERNAL, where="here")
    assert [(each.on, each.value, each.later) for each in one.numbers] == [
        ("2024", 12, None),
        ("2025-01-01", 13, 15),
    ]
    assert [each.bound for each in one.numbers] == [Bound.EXACT, Bound.AT_LEAST]
    assert len(one.sources) == 1


BAD_SUPPORT = {
    "language": ('language = "en"', 'language = "tlh"', "language: write the code"),
    "extra": ('language = "en"', 'language = "en"\ncolour = 1', "'colour' is no key here"),
    "row extra": ('field = "documents"', 'field = "documents"\nx = 1', "'x' is no key here"),
    "key": ('"papers"', '"No Papers"', "recommendations 1, key: write 40 small letters"),
    "group": ('"person"', '"crowd"', "recommendations 1, group: write one of person, community"),
    "field": ('"documents"', '"luck"', "recommendations 1, field: write one of medical"),
    "basis": ('"law"', '"hope"', "recommendations 1, basis: write one of law, standard"),
    "to nobody": ('["host"]', "[]", "recommendations 1, to: list who is asked"),
    "to": ('["host"]', '["king"]', "recommendations 1, to: write one of state, host"),
    "text": ('"Give papers."', '" "', "recommendations 1, text: write a text"),
    "no source": ('sources = ["gazette"]', "sources = []", "name at least one source"),
    "source": ('sources = ["gazette"]', 'sources = ["x"]', "papers, sources: there is no source x"),
    "url": ("https://", "ftp://", "sources 1, url: write the address"),
    "no toml": ("[[recommendations]]", "[[recommendations", "not TOML"),
}


@pytest.mark.parametrize("case", BAD_SUPPORT)
def test_what_is_wrong_with_support_is_told(case: str) -> None:
    old, new, expected = BAD_SUPPORT[case]
    problems = _told(read_support, SUPPORT.replace(old, new))
    assert any(expected in each for each in problems), problems


def test_judgement_may_stand_without_a_source_and_nothing_stands_twice() -> None:
    row = SUPPORT.split("[[sources]]", maxsplit=1)[0].split('language = "en"')[1]
    bare = row.replace('"law"', '"judgement"').replace('["gazette"]', "[]")
    second = bare.replace('"papers"', '"more"')
    both = read_support(SUPPORT.replace(row, row + second), where="here")
    assert [each.sources != () for each in both] == [True, False]
    assert "papers stands twice" in _told(read_support, SUPPORT.replace(row, row * 2))[0]
    empty = _told(read_support, 'language = "en"\nrecommendations = [1]\n')
    assert "recommendations 1: write a table" in empty
    assert "sources: write at least one [[sources]] table" in empty


BAD_EXTERNAL = {
    "language": ('language = "en"', "", "language: write the code"),
    "extra": ('unit = "people"', 'unit = "people"\nx = 1', "series 1: 'x' is no key here"),
    "unit": ('unit = "people"', 'unit = ""', "series 1, unit: write a text"),
    "on": ('on = "2024"', 'on = "once"', "series 1, numbers 1, on: write a day"),
    "text": ("value = 12", 'value = ">12"', "numbers 1, value: write a whole number"),
    "negative": ("later = 15", "later = -1", "numbers 2, later: write a whole number"),
    "truth": ("value = 12", "value = true", "numbers 1, value: write a whole number"),
    "bound": ('"at_least"', '"about"', "numbers 2, bound: write one of exact, at_least"),
    "note": ('"More became known."', '""', "numbers 2, note: write a text"),
    "unsourced": (
        'value = 12\nsources = ["gazette"]',
        "value = 12\nsources = []",
        "numbers 1, sources: name at least one",
    ),
    "source": (
        'value = 12\nsources = ["gazette"]',
        'value = 12\nsources = ["x"]',
        "census, 2024, sources: there is no source x",
    ),
    "order": ('on = "2024"', 'on = "2025-02"', "census, 2025-01-01: order numbers by time"),
    "status": ('"verified"', '"sure"', "series 1, sources 1, status: write one of verified"),
}


@pytest.mark.parametrize("case", BAD_EXTERNAL)
def test_what_is_wrong_with_a_series_is_told(case: str) -> None:
    old, new, expected = BAD_EXTERNAL[case]
    problems = _told(read_external, EXTERNAL.replace(old, new, 1))
    assert any(expected in each for each in problems), problems


def test_shipped_support_serves_both_and_says_on_what_it_rests() -> None:
    held = shipped_support()
    for group in SupportGroup:
        assert {each.need for each in held if each.group is group} == set(Need)
    assert {each.basis for each in held} == set(Basis)
    assert all(each.sources for each in held if each.basis is not Basis.JUDGEMENT)
    statuses = {source.status for each in held for source in each.sources}
    assert PracticeSourceStatus.VERIFIED not in statuses, "copies were read"


def test_shipped_series_each_say_what_they_count_and_where_it_was_read() -> None:
    held = {each.key: each for each in shipped_external()}
    assert {each.publisher for each in held.values()} == {
        "Committee to Protect Journalists", "PEN America", "Freedom House"
    }  # fmt: skip
    for each in held.values():
        assert all(number.sources for number in each.numbers)
        assert all(s.status is not PracticeSourceStatus.VERIFIED for s in each.sources)
    census = {each.on: each for each in held["cpj-prison-census"].numbers}
    assert (census["2022-12-01"].value, census["2022-12-01"].later) == (363, 370)


@pytest.mark.realdata
@pytest.mark.skipif(not DATA.is_dir(), reason="the totals in ../shared/data are not here")
def test_shipped_totals_are_those_that_were_transcribed_or_say_why_not() -> None:
    held = {each.key: {n.on: n for n in each.numbers} for each in shipped_external()}
    figures = DATA / "cases" / "published_figures"
    census = held["cpj-prison-census"]
    for row in _rows(figures / "cpj_prison_census.csv"):
        number = census[row["census_date"]]
        if row["total"].isdigit():
            assert int(row["total"]) in {number.value, number.later}
        elif row["total"].startswith(">"):
            assert number.value > int(row["total"].removeprefix(">"))
        else:
            assert not row["total"] or row["total"].startswith(str(number.value))
    for row in _rows(figures / "pen_freedom_to_write_index.csv"):
        number = held["pen-freedom-to-write"][row["year"]]
        derived = row["source"].startswith("derived")
        assert (int(row["total_jailed"]) == number.value) is not derived
        assert not derived or row["total_jailed"] in number.note
    abroad = held["freedom-house-repression-abroad"]
    yearly = held["freedom-house-repression-by-year"]
    for row in _rows(DATA / "repression" / "published_figures" / "freedom_house_tnr_totals.csv"):
        if row["incidents_cumulative"]:
            assert abroad[row["period"].replace("-", "/")].value == int(row["incidents_cumulative"])
        if row["incidents_in_period"]:
            told, _in, year = row["incidents_in_period"].split()[:3]
            assert yearly[year].value == int(told)


@pytest.mark.realdata
@pytest.mark.skipif(not DATA.is_dir(), reason="the workbook in ../shared/data is not here")
def test_countries_rated_not_free_are_counted_in_the_publishers_workbook() -> None:
    import openpyxl  # noqa: PLC0415 - slow to import, for one test

    name = "Country_and_Territory_Ratings_and_Statuses_FIW_1973-2024.xlsx"
    book = openpyxl.load_workbook(DATA / "indices" / "freedom_house" / name, read_only=True)
    _editions, years, heads, *countries = book["Country Ratings, Statuses "].values
    found = {}
    for at, head in enumerate(heads):
        if head and str(head).strip() == "Status":
            found[str(years[at - 2])] = Counter(row[at] for row in countries)
    book.close()
    (series,) = [x for x in shipped_external() if x.key == "freedom-in-the-world-not-free"]
    for number in series.numbers:
        assert found[number.on]["NF"] == number.value
        assert sum(found[number.on][status] for status in ("F", "PF", "NF")) == 195


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_rate_has_the_population_of_its_own_year_or_none() -> None:
    found = inhabitants("AT", 2015)
    assert found is not None
    assert (found.persons, found.year) == (8_642_699, 2015)
    assert "World Bank" in found.source
    assert inhabitants("AT", 2014) is inhabitants("AT", 2090) is inhabitants("XR", 2015) is None
    assert year_of_rates(2015) == 2015
    assert year_of_rates(2014) is None
