"""A scenario file (TOML) as a scenario of the engine; the schema is docs/reference/scenarios.md.

Everything that is wrong is told at once, each with the key, the rule and the remedy. Countries and
sectors are looked up later, in the table that the scenario is told against.
"""

from __future__ import annotations

import hashlib
import json
import math
import tomllib
from dataclasses import asdict, dataclass, replace
from difflib import get_close_matches
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from undaunted.core.places.rules import is_money
from undaunted.engines.trade.deficits import Deficits
from undaunted.engines.trade.scenario import Kind, Rent, Scenario, Shock

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

__all__ = [
    "VERSION",
    "ScenarioFile",
    "ScenarioRefused",
    "is_there",
    "parse_scenario",
    "read_scenario",
    "read_shocks",
    "shock_problems",
]

VERSION = 1
LARGEST = 1_000_000
MOST_SHOCKS = 500
FINEST, COARSEST = 1e-13, 1e-4
FIRST_YEAR, LAST_YEAR, LONGEST_UNIT = 1950, 2200, 24
HORIZONS = ("short", "medium", "long")
KEYS = (
    "version", "name", "note", "data", "tariffs", "tolerance", "deficits", "elasticities",
    "horizon", "groups", "shocks", "unit", "year",
)  # fmt: skip
SHOCK_KEYS = ("importer", "exporter", "sectors", "kind", "value", "rent", "note")
WITHOUT_VALUE = frozenset(
    {Kind.BAN, Kind.EXPORT_CONTROL, Kind.PROCUREMENT_EXCLUSION, Kind.SERVICES}
)
LIMITS = frozenset({Kind.QUOTA, Kind.EXPORT_CONTROL})
WITHOUT_SECTORS = frozenset({Kind.TRANSFER, Kind.CREDIT, Kind.SERVICES})


class ScenarioRefused(ValueError):
    """A scenario file cannot be taken; `problems` says all that is wrong and how to mend it."""

    def __init__(self, where: str, problems: Sequence[str]) -> None:
        super().__init__(f"{where}: " + "; ".join(problems))
        self.where, self.problems = where, tuple(problems)


@dataclass(frozen=True, slots=True)
class ScenarioFile:
    """A scenario, and what its file says besides.

    Attributes:
        data: the table's file as the scenario names it; None for the table of this copy.
        tariffs: likewise, a file of the benchmark's tariffs; None without one.
        horizon: short, medium or long, by which elasticities are taken.
        sha256: over what the file means: comments, order of keys and defaults do not change it.
        unit, year: of the amounts of a table of one's own, for whoever tells results in money.
    """

    scenario: Scenario
    data: str | None
    tariffs: str | None
    horizon: str
    note: str
    sha256: str
    unit: str = ""
    year: int | None = None


def read_scenario(path: Path) -> ScenarioFile:
    """Give the scenario of a file, its table's path made absolute. Raises `ScenarioRefused`."""
    try:
        held = path.read_bytes()
    except OSError as fault:
        raise ScenarioRefused(path.name, [fault.strerror or "cannot be read"]) from fault
    if len(held) > LARGEST:
        raise ScenarioRefused(path.name, [f"larger than {LARGEST // 1_000_000} MB"])
    try:
        text = held.decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        raise ScenarioRefused(path.name, ["is no text in UTF-8; save it as UTF-8"]) from fault
    told = parse_scenario(text, where=path.name, name=path.stem)
    return replace(
        told,
        data=_beside(path, "data", told.data),
        tariffs=_beside(path, "tariffs", told.tariffs),
    )


def _beside(path: Path, key: str, named: str | None) -> str | None:
    if named is None:
        return None
    if not is_there(path.parent / named):
        problem = f"{key}: {named} is not there; a relative path starts at the scenario file"
        raise ScenarioRefused(path.name, [problem])
    return str(path.parent / named)


def is_there(path: Path) -> bool:
    """Say whether a file is there; a name that no file can have is none."""
    try:
        return path.is_file()
    except (OSError, ValueError):
        return False


def parse_scenario(text: str, *, where: str, name: str = "scenario") -> ScenarioFile:
    """Give the scenario of a TOML text; `name` where it has none. Raises `ScenarioRefused`."""
    try:
        held = tomllib.loads(text)
    except (ValueError, RecursionError) as fault:
        raise ScenarioRefused(where, [f"is no TOML: {fault}"]) from fault
    problems = list(_problems(held))
    if problems:
        raise ScenarioRefused(where, problems)
    scenario = Scenario(
        name=held.get("name", name),
        shocks=read_shocks(held["shocks"]),
        groups=MappingProxyType({key: tuple(each) for key, each in held.get("groups", {}).items()}),
        deficits=Deficits(held.get("deficits", Deficits.FIXED)),
        elasticities=held.get("elasticities", "data"),
        tolerance=float(held.get("tolerance", 1e-10)),
    )
    files = held.get("data"), held.get("tariffs")
    horizon = held.get("horizon", "long")
    digest = _digest(scenario, files, horizon)
    money = held.get("unit", "").strip(), held.get("year")
    return ScenarioFile(scenario, *files, horizon, held.get("note", ""), digest, *money)


def read_shocks(held: Sequence[Mapping[str, Any]]) -> tuple[Shock, ...]:
    """Give the shocks in which `shock_problems` found nothing."""
    return tuple(_shock(each) for each in held)


def shock_problems(where: str, shock: Mapping[str, Any]) -> Iterator[str]:
    """Say everything that is wrong with one shock; `where` comes before each key."""
    yield from _unknown(where, shock, SHOCK_KEYS)
    kinds = [each.value for each in Kind]
    yield from _choice(f"{where}kind", shock.get("kind"), kinds)
    kind = str(shock.get("kind"))
    needed = ["importer", "exporter"] + ([] if kind in WITHOUT_SECTORS else ["sectors"])
    for key in ("importer", "exporter", "sectors"):
        if key not in shock:
            if key in needed:
                yield f"{where}{key}: is missing"
        elif not _is_text(shock[key]) and not (
            isinstance(shock[key], list) and shock[key] and all(map(_is_text, shock[key]))
        ):
            yield f"{where}{key}: {shock[key]!r}; write one name or a list of names"
    value = shock.get("value")
    if value is None and kind in kinds and kind not in WITHOUT_VALUE:
        yield f"{where}value: is missing; {kind} needs a number"
    if value is not None and not _is_number(value):
        yield f"{where}value: {value!r}; write a finite number"
    if "rent" in shock:
        yield from _choice(f"{where}rent", shock["rent"], [each.value for each in Rent])
        if kind in kinds and kind not in LIMITS:
            yield f"{where}rent: {kind} has none; only quota and export_control limit quantities"


def _shock(held: Mapping[str, Any]) -> Shock:
    value = held.get("value")
    return Shock(
        importer=_names(held["importer"]),
        exporter=_names(held["exporter"]),
        sectors=_names(held.get("sectors", "all")),
        kind=Kind(held["kind"]),
        value=None if value is None else float(value),
        rent=Rent(held["rent"]) if "rent" in held else None,
    )


def _names(held: str | list[str]) -> str | tuple[str, ...]:
    return held if isinstance(held, str) else tuple(held)


def _digest(scenario: Scenario, files: tuple[str | None, str | None], horizon: str) -> str:
    told = {
        "version": VERSION,
        "name": scenario.name,
        "data": files[0],
        "tariffs": files[1],
        "horizon": horizon,
        "deficits": scenario.deficits.value,
        "elasticities": scenario.elasticities,
        "tolerance": scenario.tolerance,
        "groups": {key: list(each) for key, each in scenario.groups.items()},
        "shocks": [asdict(shock) for shock in scenario.shocks],
    }
    canonical = json.dumps(told, sort_keys=True, separators=(",", ":"), ensure_ascii=True)
    return hashlib.sha256(canonical.encode()).hexdigest()


def _problems(held: Mapping[str, Any]) -> Iterator[str]:
    yield from _unknown("", held, KEYS)
    if held.get("version", VERSION) != VERSION or isinstance(held.get("version"), bool):
        yield f"version: {held['version']!r}; this copy reads version {VERSION}"
    for key in ("name", "note", "data", "tariffs", "elasticities"):
        if key in held and not _is_text(held[key], empty=key == "note"):
            yield f"{key}: {held[key]!r}; write a text between quotation marks"
    tolerance = held.get("tolerance", FINEST)
    if not _is_number(tolerance) or not FINEST <= tolerance <= COARSEST:
        yield f"tolerance: {tolerance!r}; write a number from {FINEST:g} to {COARSEST:g}"
    yield from _choice("deficits", held.get("deficits", "fixed"), [each.value for each in Deficits])
    yield from _choice("horizon", held.get("horizon", "long"), HORIZONS)
    yield from _money_problems(held)
    yield from _group_problems(held.get("groups", {}))
    yield from _shocks_problems(held.get("shocks"))


def _money_problems(held: Mapping[str, Any]) -> Iterator[str]:
    if ("unit" in held) != ("year" in held):
        yield "unit, year: write both or neither"
    unit, year = held.get("unit", "EUR million"), held.get("year", LAST_YEAR)
    if not _is_text(unit) or len(unit) > LONGEST_UNIT:
        yield f"unit: {unit!r}; write currency and scale of the table, as EUR million"
    elif not is_money(unit):
        yield (
            f"unit: {unit!r} is no money that is known; write a currency by its code of ISO 4217 "
            "and thousand, million or billion, as EUR million"
        )
    if not isinstance(year, int) or isinstance(year, bool) or not FIRST_YEAR <= year <= LAST_YEAR:
        yield f"year: {year!r}; write the year of the table, as 2025"
    if "unit" in held and "data" not in held:
        yield "unit, year: the table of this copy has its own; leave them out"


def _group_problems(groups: object) -> Iterator[str]:
    if not isinstance(groups, dict):
        yield "groups: write a table [groups] with lists of ISO3 codes"
        return
    for name, members in groups.items():
        if not isinstance(members, list) or not members or not all(map(_is_text, members)):
            yield f'groups.{name}: write a list of ISO3 codes, as ["USA", "DEU"]'


def _shocks_problems(shocks: object) -> Iterator[str]:
    if not isinstance(shocks, list) or not shocks or not all(isinstance(s, dict) for s in shocks):
        yield "shocks: at least one table [[shocks]] is asked for"
        return
    if len(shocks) > MOST_SHOCKS:
        yield f"shocks: {len(shocks)}; at most {MOST_SHOCKS}, put countries into groups"
        return
    for number, shock in enumerate(shocks, 1):
        yield from shock_problems(f"shocks[{number}].", shock)


def _unknown(where: str, held: Mapping[str, Any], keys: Sequence[str]) -> Iterator[str]:
    for key in held:
        if key not in keys:
            near = get_close_matches(key, keys, 1)
            advice = f"do you mean {near[0]}?" if near else f"there are {', '.join(keys)}"
            yield f"{where}{key}: is not known; {advice}"


def _choice(key: str, told: object, known: Sequence[str]) -> Iterator[str]:
    if not isinstance(told, str) or told not in known:
        said = "is missing" if told is None else repr(told)
        yield f"{key}: {said}; write one of {', '.join(known)}"


def _is_text(told: object, *, empty: bool = False) -> bool:
    return isinstance(told, str) and (empty or bool(told.strip()))


def _is_number(told: object) -> bool:
    if not isinstance(told, int | float) or isinstance(told, bool):
        return False
    try:
        return math.isfinite(told)
    except OverflowError:
        return False
