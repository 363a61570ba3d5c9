"""Exposure by page, file, API and terminal: the same numbers, each with year and source."""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING, Any

import numpy as np
import pycountry
import pytest
from django.test import Client
from typer.testing import CliRunner

from tests.coercion.exposure.test_early_warning import EPISODE, NAMES, months
from tests.pages.conftest import untouched_desk
from tests.site.pages_of_html import elements
from undaunted.cli.trade import commands
from undaunted.coercion.exposure import analysis
from undaunted.coercion.exposure.pages.words import part_text
from undaunted.coercion.exposure.rules import Measure, UnknownRegion
from undaunted.coercion.exposure.writers import country_csv

if TYPE_CHECKING:
    from pathlib import Path

    from pytest_django import Settings

__all__: list[str] = []

pytestmark = pytest.mark.usefixtures("ledger")

API = "/api/v1/coercion/exposure"


@pytest.fixture(autouse=True)
def _charts(settings: Settings, tmp_path_factory: pytest.TempPathFactory) -> None:
    settings.CHART_CACHE = tmp_path_factory.getbasetemp() / "charts"


def asked(address: str, status: int = 200) -> Any:
    with untouched_desk():
        response = Client().get(address)
    assert response.status_code == status, address
    assert not response.cookies
    return response


def page(address: str) -> str:
    text: str = asked(address).content.decode()
    for tag, attributes in elements(text):
        assert tag not in {"script", "style"}
        assert "style" not in attributes
        assert not [name for name in attributes if name.startswith("on")]
    assert "OECD Inter-Country Input-Output tables, 2025 edition" in text
    assert "2022" in text
    return text


def run(*words: str) -> Any:
    return CliRunner().invoke(commands, list(words))


def test_country_page_and_files_and_api_and_terminal_say_the_same() -> None:
    exposures = analysis.shipped_exposures("LTU")
    text = page("/coercion/exposure/LTU/?measure=supply")
    assert all(part_text(part) in text for part in exposures[0].parts.values())
    assert 'aria-current="true">Final use made there' in text
    assert 'class="country here"' in text
    told = asked(f"{API}/ltu").json()
    assert asked("/coercion/exposure/LTU/data.json").json() == told
    shown = run("exposure", "--country", "ltu", "--json")
    assert json.loads(shown.output) == told
    table = asked("/coercion/exposure/LTU/data.csv").content.decode()
    rows = list(csv.DictReader(io.StringIO(table)))
    assert len(rows) == len(told["partners"]) == 79
    for row, each, one in zip(rows, told["partners"], exposures, strict=True):
        assert row["partner"] == each["partner"] == one.partner
        assert float(row["supply"]) == each["supply"] == one.parts[Measure.SUPPLY]
        assert row["year"] == "2022"
        assert row["source"] == told["source"]["attribution"]
    assert sum(each["exports"] for each in told["partners"]) == pytest.approx(1)
    assert sum(each["imports"] for each in told["partners"]) == pytest.approx(1)
    drawn_chart = asked("/coercion/exposure/LTU/chart.json?measure=supply").json()
    greatest = max(one.parts[Measure.SUPPLY] for one in exposures)
    assert drawn_chart["data"]["values"][0]["n"] == greatest
    assert drawn_chart["usermeta"]["year"] == 2022


def test_pair_is_told_both_ways_and_by_sector_in_arabic_too() -> None:
    text = page("/ar/coercion/exposure/LTU/CHN/")
    assert 'dir="rtl"' in text
    told = asked(f"{API}/LTU/chn").json()
    reverse = asked(f"{API}/CHN/LTU").json()
    assert told["reverse"] == reverse["exposure"] | {"partner": "LTU"}
    # what China's buyers pay for of Lithuania is what China's final use holds of it, in money
    assert told["exposure"]["demand_value"] == told["reverse"]["supply_value"]
    sectors = told["sectors"]
    assert sum(each["exports"] for each in sectors) == pytest.approx(
        told["exposure"]["exports_value"]
    )
    assert part_text(max(each["demand"] for each in sectors)) in text
    assert json.loads(run("exposure", "--country", "LTU", "--to", "CHN", "--json").output) == told
    assert asked("/coercion/exposure/LTU/CHN/data.json").json() == told
    table = asked("/coercion/exposure/LTU/CHN/data.csv").content.decode()
    assert len(table.splitlines()) == 1 + 28
    in_words = run("exposure", "--country", "LTU", "--to", "CHN").output
    assert "C10T12" in in_words
    assert "inputs-" not in in_words
    assert "OECD" in in_words
    assert "CHN" in in_words


def test_two_countries_stand_side_by_side() -> None:
    text = page("/coercion/exposure/compare/?first=LTU&second=EST&measure=imports")
    one = analysis.shipped_exposure("LTU", "POL").parts[Measure.IMPORTS]
    assert part_text(one) in text
    assert "Lithuania on Estonia" in text
    for bad in ("first=LTU&second=LTU", "first=LTU&second=QQQ"):
        assert "Choose two different countries" in page(f"/coercion/exposure/compare/?{bad}")
    assert "<figure" not in page("/coercion/exposure/compare/")


def test_countries_are_chosen_and_found_by_two_letters_too() -> None:
    assert "/coercion/exposure/" in page("/coercion/")
    text = page("/coercion/exposure/")
    assert text.count("<option") == 80
    assert 'href="/coercion/"' in asked("/").content.decode()
    assert asked("/coercion/exposure/?country=LTU", 302)["Location"] == "/coercion/exposure/LTU/"
    assert asked("/coercion/exposure/lt/", 301)["Location"] == "/coercion/exposure/LTU/"
    moved = asked("/coercion/exposure/lt/cn/", 301)["Location"]
    assert moved == "/coercion/exposure/LTU/CHN/"
    assert len(asked(API).json()["countries"]) == 80


@pytest.mark.parametrize(
    "address",
    [
        "/coercion/exposure/XR/", "/coercion/exposure/qq/", "/coercion/exposure/?country=nowhere",
        "/coercion/exposure/LTU/LTU/", "/coercion/exposure/LTU/LTU/data.csv", f"{API}/QQQ",
        f"{API}/LTU/LTU", "/coercion/exposure/LTU/data.xml",
    ],
)  # fmt: skip
def test_what_is_not_in_the_table_is_not_found(address: str) -> None:
    asked(address, 404)


def test_page_is_kept_until_the_table_changes() -> None:
    first = asked("/coercion/exposure/compare/")
    again = Client().get("/coercion/exposure/compare/", headers={"If-None-Match": first["ETag"]})
    assert again.status_code == 304
    assert "max-age=60" in first["Cache-Control"]


def test_group_has_more_power_together() -> None:
    told = asked(f"{API}/LTU/power?of=chn,RUS,LTU").json()
    assert told["loss_in_logarithms"] > sum(told["one_by_one"].values())
    alone = analysis.shipped_exposure("LTU", "CHN").parts[Measure.POWER]
    assert told["one_by_one"]["CHN"] == pytest.approx(alone, rel=1e-12)
    for bad in ("QQQ", "LTU", ""):
        problem = asked(f"{API}/LTU/power?of={bad}", 422).json()
        assert problem["errors"][0]["pointer"] == "#/query/of"


def test_every_sector_has_a_word_and_a_code_from_elsewhere_stays() -> None:
    told = asked(f"{API}/LTU/CHN").json()["sectors"]
    words = {analysis.sector_word(each["sector"]) for each in told}
    assert len(words) == 28
    assert not words & {each["sector"] for each in told}
    assert analysis.sector_word("D35") == "D35"
    text = page("/coercion/exposure/LTU/CHN/")
    assert all(word in text for word in words)
    assert "Below 0.001%" in text


def test_infinite_power_is_null_and_empty() -> None:
    one = analysis.shipped_exposure("LTU", "CHN")
    parts = {**one.parts, Measure.POWER: np.inf}
    endless = type(one)(one.country, one.partner, parts, 1, 1, 1, 1)
    (row,) = csv.DictReader(io.StringIO(country_csv([endless], analysis.shipped_source())))
    assert row["power"] == ""
    with pytest.raises(UnknownRegion):
        analysis.power_of("QQQ", ["CHN"])


def test_terminal_names_what_it_does_not_know() -> None:
    refused = run("exposure", "--country", "QQQ")
    assert refused.exit_code == 2
    assert "QQQ is not in the table" in refused.output
    assert "64 more with --json" in run("exposure", "--country", "LTU").output


def test_products_are_tested_at_the_terminal(tmp_path: Path) -> None:
    buyers = {440, 616, *(int(each.numeric) for each in list(pycountry.countries)[:40])} - {156}
    rows = ["t,i,j,k,v"]
    for year in (2021, 2022):
        rows += [f"{year},156,{each},854231,9" for each in sorted(buyers)]
        rows += [f"{year},276,440,040310,5", f"{year},616,440,040310,5"]
        rows += [f"{year},428,440,040310,5"]
        rows += [f"{year},276,616,854231,1"]
    path = tmp_path / "b.csv"
    path.write_text("\n".join(rows) + "\n", encoding="utf-8")
    told = json.loads(run("dependencies", str(path), "--country", "LTU", "--json").output)
    (found,) = told["findings"]
    assert (found["product"], found["supply"]["supplier"], found["dependency"]) == (
        "854231",
        "CHN",
        True,
    )
    assert found["supply"]["substitutes"][0] == {
        "country": "DEU", "sells_others": 1.0, "covers": pytest.approx(1 / 9),
    }  # fmt: skip
    assert told["rule"]["import_concentration"] == 0.4
    assert "CEPII" in told["attribution"]
    shown = run("dependencies", str(path), "--country", "LTU")
    assert "1 of 2 products imported are dependencies" in shown.output
    bad = run("dependencies", str(path), "--country", "AAA")
    assert bad.exit_code == 2
    path.write_text("t,i,j,k,v\n2021,156,440,x,1\n", encoding="utf-8")
    assert "row 2, column k" in run("dependencies", str(path), "--country", "LTU").output


def test_episode_is_told_at_the_terminal(tmp_path: Path) -> None:
    path = tmp_path / "m.csv"
    path.write_text(months(), encoding="utf-8")
    words = ("warning", str(path), "--target", "TGT", "--coercer", "CRC", "--since", EPISODE.since)
    told = json.loads(run(*words, "--json").output)
    assert told["loss"]["found"] is True
    assert told["loss"]["low"] < told["loss"]["effect"] < told["loss"]["high"] < 0
    assert len(told["loss"]["series"]) == len(NAMES)
    assert told["loss"]["placebo_in_time"]["found"] is False
    assert told["component_pressure"] is None
    shown = run(*words).output
    assert "No third country through which trade went round was found." in shown
    assert ": found." in shown
    late = run(*words[:-1], NAMES[-1])
    assert late.exit_code == 2
    assert "1 months lie after the measure" in late.output
