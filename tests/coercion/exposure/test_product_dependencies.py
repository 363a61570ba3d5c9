"""Products with few suppliers: the card's test on flows made by hand."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
import pytest

from undaunted.coercion.exposure.rules import (
    ChokeRule,
    DependenciesRefused,
    DependencyRule,
    Supply,
    product_dependencies,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from undaunted.coercion.exposure.rules.dependencies import FlowTable

__all__: list[str] = []

SMALL = DependencyRule(importers=2)
# year, exporter, importer, product, value; X imports ore of Y and tea of all
ROWS = [
    (year, *row)
    for year in (2020, 2021, 2022)
    for row in [
        ("YYY", "AAA", "ORE", 80), ("ZZZ", "AAA", "ORE", 20), ("YYY", "WWW", "ORE", 700),
        ("ZZZ", "WWW", "ORE", 40), ("AAA", "WWW", "ORE", 10),
        ("YYY", "AAA", "TEA", 30), ("ZZZ", "AAA", "TEA", 30), ("WWW", "AAA", "TEA", 30),
        ("YYY", "WWW", "TEA", 20),
    ]
]  # fmt: skip


@dataclass(frozen=True)
class Drawn:
    """Flows as readers give them."""

    countries: tuple[str, ...]
    products: tuple[str, ...]
    year: np.ndarray
    exporter: np.ndarray
    importer: np.ndarray
    product: np.ndarray
    value: np.ndarray


def flows(rows: Sequence[tuple[int, str, str, str, float]]) -> FlowTable:
    countries = tuple(sorted({row[1] for row in rows} | {row[2] for row in rows}))
    products = tuple(sorted({row[3] for row in rows}))
    return Drawn(
        countries,
        products,
        np.array([row[0] for row in rows], np.int16),
        np.array([countries.index(row[1]) for row in rows], np.int16),
        np.array([countries.index(row[2]) for row in rows], np.int16),
        np.array([products.index(row[3]) for row in rows], np.int32),
        np.array([row[4] for row in rows], float),
    )


def test_dependency_is_found_with_every_number_behind_it() -> None:
    report = product_dependencies(flows(ROWS), "AAA", rule=SMALL)
    assert (report.years, report.tested, report.importers) == ((2020, 2021, 2022), 2, 2)
    (ore,) = report.dependencies
    assert ore.product == "ORE"
    year = ore.years[-1]
    assert year.import_concentration == pytest.approx(0.8**2 + 0.2**2)
    whole = 850
    assert year.export_concentration == pytest.approx((780**2 + 60**2 + 10**2) / whole**2)
    assert (year.imports, year.over_exports, year.meets) == (100, 10, True)
    assert (ore.supply.supplier, ore.supply.supplier_share) == ("YYY", 0.8)
    assert ore.supply.world_supplier == "YYY"
    assert ore.supply.world_share == pytest.approx(780 / whole)
    assert ore.chokepoint
    # Z sells 40 to others, half of what Y sells to A
    (other,) = ore.supply.substitutes
    assert (other.country, other.sells_others, other.covers) == ("ZZZ", 40, 0.5)
    assert report.imports_dependent == pytest.approx(100 / 190)


def test_two_years_of_three_are_asked_for() -> None:
    once = [row for row in ROWS if row[0] == 2022 or row[3] == "TEA"]
    assert product_dependencies(flows(once), "AAA", rule=SMALL).dependencies == ()
    twice = [row for row in ROWS if row[0] != 2021 or row[3] == "TEA"]
    assert len(product_dependencies(flows(twice), "AAA", rule=SMALL).dependencies) == 1


@pytest.mark.parametrize(
    "rule",
    [
        replace(SMALL, import_concentration=0.7),
        replace(SMALL, export_concentration=0.9),
        replace(SMALL, imports_over_exports=10.0),
    ],
)
def test_each_threshold_counts(rule: DependencyRule) -> None:
    assert product_dependencies(flows(ROWS), "AAA", rule=rule).dependencies == ()


def test_chokepoint_without_dependency_is_shown_and_its_rule_can_be_changed() -> None:
    # A sells as much ore as it buys: no dependency, and still one country sells most of it
    rows = [*ROWS, *((year, "AAA", "WWW", "ORF", 1) for year in (2020, 2021, 2022))]
    rows += [(year, "YYY", "AAA", "ORF", 1) for year in (2020, 2021, 2022)]
    rows += [(year, "YYY", "WWW", "ORF", 9) for year in (2020, 2021, 2022)]
    report = product_dependencies(flows(rows), "AAA", rule=SMALL)
    found = {each.product: (each.dependency, each.chokepoint) for each in report.findings}
    assert found == {"ORE": (True, True), "ORF": (False, True)}
    strict = product_dependencies(flows(rows), "AAA", rule=SMALL, choke_rule=ChokeRule(share=0.95))
    assert [each.chokepoint for each in strict.findings] == [False]


def test_chokepoint_is_not_what_a_country_holds_itself_nor_a_way_round_itself() -> None:
    years = (2020, 2021, 2022)
    own = [(year, "AAA", "WWW", "AMB", 95) for year in years]
    own += [(year, "YYY", "AAA", "AMB", 5) for year in years]
    held = [(year, "ZZZ", "AAA", "TIN", 9) for year in years]
    held += [(year, "YYY", "AAA", "TIN", 1) for year in years]
    held += [(year, "YYY", "WWW", "TIN", 900) for year in years]
    held += [(year, "VVV", "WWW", "TIN", 3) for year in years]
    report = product_dependencies(flows([*ROWS, *own, *held]), "AAA", rule=SMALL)
    found = {each.product: each for each in report.findings}
    assert "AMB" not in found
    assert found["TIN"].chokepoint
    assert found["TIN"].supply.world_supplier == "YYY"
    assert [each.country for each in found["TIN"].supply.substitutes] == ["VVV"]


def test_product_not_bought_in_the_latest_year_has_no_supplier() -> None:
    rows = [r for r in ROWS if not (r[0] == 2022 and r[3] == "ORE")]
    (ore,) = product_dependencies(flows(rows), "AAA", rule=SMALL).dependencies
    assert ore.supply == Supply("", 0.0, "", 0.0, ())
    assert ore.years[-1].over_exports is None


def test_what_the_files_cannot_answer_is_refused_with_the_remedy() -> None:
    with pytest.raises(DependenciesRefused, match="QQQ neither buys nor sells"):
        product_dependencies(flows(ROWS), "QQQ", rule=SMALL)
    with pytest.raises(DependenciesRefused, match=r"hold 1 year.*load more years"):
        product_dependencies(flows([r for r in ROWS if r[0] == 2022]), "AAA", rule=SMALL)
    with pytest.raises(DependenciesRefused, match=r"what 2 countries import.*asks for 30"):
        product_dependencies(flows(ROWS), "AAA")
    with pytest.raises(DependenciesRefused, match="YYY imports nothing"):
        product_dependencies(flows(ROWS), "YYY", rule=SMALL)
