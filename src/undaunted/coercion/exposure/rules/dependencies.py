"""Products on whose few suppliers a country depends, by the test of the specification card.

A product of six figures is a dependency where, in at least two of three years, imports are
concentrated (Hirschman-Herfindahl above 0.4), world exports are (above 0.4), and the country
imports more than it exports of it. Concentration is the sum of squared shares of supplying
countries. That a product is a chokepoint is our convention, stated in `ChokeRule`: half of world
exports come from one country, and at most two others hold as much as a twentieth.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    Table = NDArray[np.float64]

__all__ = [
    "ChokeRule",
    "DependenciesRefused",
    "DependencyReport",
    "DependencyRule",
    "FlowTable",
    "ProductFinding",
    "ProductYear",
    "Substitute",
    "Supply",
    "product_dependencies",
]


SUBSTITUTES = 5


class FlowTable(Protocol):
    """Who sold how much of what to whom, one row a flow, as the readers give it."""

    @property
    def countries(self) -> tuple[str, ...]: ...  # noqa: D102 - as `readers.Flows`
    @property
    def products(self) -> tuple[str, ...]: ...  # noqa: D102
    @property
    def year(self) -> NDArray[np.int16]: ...  # noqa: D102
    @property
    def exporter(self) -> NDArray[np.int16]: ...  # noqa: D102
    @property
    def importer(self) -> NDArray[np.int16]: ...  # noqa: D102
    @property
    def product(self) -> NDArray[np.int32]: ...  # noqa: D102
    @property
    def value(self) -> Table: ...  # noqa: D102


@dataclass(frozen=True, slots=True)
class DependencyRule:
    """The thresholds of the test; `importers` is how many buyers make a world."""

    import_concentration: float = 0.4
    export_concentration: float = 0.4
    imports_over_exports: float = 1.0
    years: int = 3
    years_met: int = 2
    importers: int = 30


@dataclass(frozen=True, slots=True)
class ChokeRule:
    """From which share one supplier, and up to how many others of which size, choke a product."""

    share: float = 0.5
    others: int = 2
    size: float = 0.05


@dataclass(frozen=True, slots=True)
class ProductYear:
    """The three numbers of the test in one year; `over_exports` is None where nothing is sold."""

    year: int
    imports: float
    import_concentration: float
    export_concentration: float
    over_exports: float | None
    meets: bool


@dataclass(frozen=True, slots=True)
class Substitute:
    """Another supplier: what it sells to others in the latest year, in all and against the need.

    Attributes:
        covers: times that its sales to others are what is bought of the main supplier.
    """

    country: str
    sells_others: float
    covers: float


@dataclass(frozen=True, slots=True)
class Supply:
    """Who sells most to the country and to the world in the latest year, and who else could."""

    supplier: str
    supplier_share: float
    world_supplier: str
    world_share: float
    substitutes: tuple[Substitute, ...]


@dataclass(frozen=True, slots=True)
class ProductFinding:
    """One product with everything that the verdict rests on; money in thousands of dollars."""

    product: str
    years: tuple[ProductYear, ...]
    dependency: bool
    chokepoint: bool
    supply: Supply


@dataclass(frozen=True, slots=True)
class DependencyReport:
    """What the flows say of one country.

    Attributes:
        findings: dependencies and chokepoints, the most imported first.
        tested: number of products that were imported in the years.
        imports_dependent: part of the latest year's imports that are dependencies.
    """

    country: str
    years: tuple[int, ...]
    importers: int
    tested: int
    imports: float
    imports_dependent: float
    rule: DependencyRule
    choke_rule: ChokeRule
    findings: tuple[ProductFinding, ...]

    @property
    def dependencies(self) -> tuple[ProductFinding, ...]:
        """Those that meet the test."""
        return tuple(each for each in self.findings if each.dependency)


class DependenciesRefused(ValueError):
    """The flows cannot answer; the message says which rule stands against it and the remedy."""


@dataclass(frozen=True, slots=True)
class _Year:
    """One year as tables, [countries, products]."""

    year: int
    sold: Table
    bought_of: Table

    def concentration(self) -> tuple[Table, Table]:
        return _concentration(self.bought_of), _concentration(self.sold)


def product_dependencies(
    flows: FlowTable,
    country: str,
    *,
    rule: DependencyRule | None = None,
    choke_rule: ChokeRule | None = None,
) -> DependencyReport:
    """Test every product that a country imports. Raises `DependenciesRefused`."""
    rule, choke_rule = rule or DependencyRule(), choke_rule or ChokeRule()
    years, importers = _checked(flows, country, rule)
    at = flows.countries.index(country)
    tables = [_year(flows, year, at) for year in years]
    latest = tables[-1]
    concentrated = [each.concentration() for each in tables]
    met = np.zeros(len(flows.products), dtype=int)
    for each, (buying, selling) in zip(tables, concentrated, strict=True):
        met += _meets(each, buying, selling, at, rule)
    imports = latest.bought_of.sum(0)
    dependent = met >= rule.years_met
    choked = _choked(latest.sold, choke_rule, at) & (imports > 0)
    shown = np.nonzero(dependent | choked)[0]
    return DependencyReport(
        country=country,
        years=tuple(years),
        importers=importers,
        tested=int((np.sum([each.bought_of.sum(0) for each in tables], 0) > 0).sum()),
        imports=float(imports.sum()),
        imports_dependent=float(imports[dependent].sum() / max(imports.sum(), 1e-300)),
        rule=rule,
        choke_rule=choke_rule,
        findings=tuple(
            ProductFinding(
                product=flows.products[k],
                years=tuple(_in_years(tables, concentrated, at, int(k), rule)),
                dependency=bool(dependent[k]),
                chokepoint=bool(choked[k]),
                supply=_supply(flows.countries, latest, at, int(k), choked=bool(choked[k])),
            )
            for k in sorted(shown, key=lambda k: (-imports[k], k))
        ),
    )


def _checked(flows: FlowTable, country: str, rule: DependencyRule) -> tuple[list[int], int]:
    if country not in flows.countries:
        raise DependenciesRefused(f"{country} neither buys nor sells in these files")
    years = sorted(int(year) for year in np.unique(flows.year))[-rule.years :]
    if len(years) < rule.years_met:
        raise DependenciesRefused(
            f"the files hold {len(years)} year; the test asks for {rule.years_met} of "
            f"{rule.years}, so load more years together"
        )
    importers = min(len(np.unique(flows.importer[flows.year == year])) for year in years)
    if importers < rule.importers:
        raise DependenciesRefused(
            f"the files hold what {importers} countries import in a year; whether the world's "
            f"exports are concentrated asks for {rule.importers}, so load BACI, or all reporters"
        )
    if not (flows.importer == flows.countries.index(country)).any():
        raise DependenciesRefused(f"{country} imports nothing in these files")
    return years, importers


def _year(flows: FlowTable, year: int, at: int) -> _Year:
    size = len(flows.countries), len(flows.products)
    rows = flows.year == year
    cell = flows.exporter[rows].astype(np.int64) * size[1] + flows.product[rows]
    value, here = flows.value[rows], flows.importer[rows] == at
    whole = size[0] * size[1]
    return _Year(
        year,
        np.bincount(cell, value, whole).astype(np.float64).reshape(size),
        np.bincount(cell[here], value[here], whole).astype(np.float64).reshape(size),
    )


def _concentration(amounts: Table) -> Table:
    whole = amounts.sum(0)
    shares = amounts / np.where(whole > 0, whole, 1)
    concentration: Table = (shares**2).sum(0)
    return concentration


def _meets(
    each: _Year, buying: Table, selling: Table, at: int, rule: DependencyRule
) -> NDArray[np.bool_]:
    imports, exports = each.bought_of.sum(0), each.sold[at]
    meets: NDArray[np.bool_] = (
        (imports > 0)
        & (buying > rule.import_concentration)
        & (selling > rule.export_concentration)
        & (imports > rule.imports_over_exports * exports)
    )
    return meets


def _choked(sold: Table, rule: ChokeRule, at: int) -> NDArray[np.bool_]:
    """Tell which products one other country holds; what a country holds itself is its own power."""
    whole = sold.sum(0)
    shares = sold / np.where(whole > 0, whole, 1)
    most = shares.max(0)
    others = (shares >= rule.size).sum(0) - 1
    another = shares.argmax(0) != at
    choked: NDArray[np.bool_] = another & (most >= rule.share) & (others <= rule.others)
    return choked


def _in_years(
    tables: list[_Year],
    concentrated: list[tuple[Table, Table]],
    at: int,
    k: int,
    rule: DependencyRule,
) -> Iterator[ProductYear]:
    for each, (buying, selling) in zip(tables, concentrated, strict=True):
        imports, exports = float(each.bought_of[:, k].sum()), float(each.sold[at, k])
        yield ProductYear(
            year=each.year,
            imports=imports,
            import_concentration=float(buying[k]),
            export_concentration=float(selling[k]),
            over_exports=imports / exports if exports > 0 else None,
            meets=bool(_meets(each, buying, selling, at, rule)[k]),
        )


def _supply(countries: tuple[str, ...], latest: _Year, at: int, k: int, *, choked: bool) -> Supply:
    """Give who sells and who else could: the holder of a chokepoint is no way round it."""
    bought, sold = latest.bought_of[:, k], latest.sold[:, k]
    main, world = int(bought.argmax()), int(sold.argmax())
    need, whole = float(bought[main]), float(sold.sum())
    to_others = sold - bought
    no_way_round = {main, at, world} if choked else {main, at}
    order = [int(i) for i in np.argsort(-to_others, kind="stable") if i not in no_way_round]
    return Supply(
        supplier=countries[main] if need > 0 else "",
        supplier_share=need / float(bought.sum()) if need > 0 else 0.0,
        world_supplier=countries[world] if whole > 0 else "",
        world_share=float(sold[world]) / whole if whole > 0 else 0.0,
        substitutes=tuple(
            Substitute(countries[i], float(to_others[i]), float(to_others[i]) / need)
            for i in order[:SUBSTITUTES]
            if to_others[i] > 0 and need > 0
        ),
    )
