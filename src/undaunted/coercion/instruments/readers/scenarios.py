"""A scenario's results as `undaunted trade simulate --json --draws N` writes them, read for losses.

Read are the changes of real income with their quantiles, the final spending of the very table that
they are told against, its currency and year, and who buys from whom where something is done.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING, Any, Final

from undaunted.coercion.instruments.readers.json_texts import json_of
from undaunted.coercion.instruments.readers.refusals import FileRefused
from undaunted.engines.trade.world import ALL

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["LARGEST_RESULT", "ScenarioResult", "is_result", "result_of_scenario"]

LARGEST_RESULT: Final = 8_000_000
BROKEN: Final = (ValueError, KeyError, TypeError, AttributeError, RecursionError, OverflowError)
_LOWEST, _HIGHEST, _BEST = "p95", "p5", "real_income_pct"
"""The least loss of income is its highest quantile."""


@dataclass(frozen=True, slots=True)
class ScenarioResult:
    """What a scenario changes.

    Attributes:
        sides: of each measure, who buys and who sells.
        losses: by country, lowest, best and highest loss of real income in per cent.
        spent: by country, final spending in what the changes are told against.
        draws: of how many drawn sets of elasticities the interval is.
        digest: SHA-256 of the file.
    """

    name: str
    sides: tuple[tuple[frozenset[str], frozenset[str]], ...]
    losses: Mapping[str, tuple[float, float, float]]
    spent: Mapping[str, float]
    unit: str
    year: int
    table: str
    table_sha256: str
    draws: int
    digest: str


def is_result(name: str) -> bool:
    """Tell by its name whether a file means results and not a sheet."""
    return name.lower().endswith(".json")


def result_of_scenario(name: str, content: bytes) -> ScenarioResult:
    """Give the result that a file holds. Raises `FileRefused`."""
    try:
        return _result(_opened(name, content), sha256(content).hexdigest())
    except FileRefused:
        raise
    except BROKEN as fault:
        raise FileRefused(
            name,
            "is no result with an interval and in money; write unit and year of a table of your "
            "own into the scenario, and it anew with undaunted trade simulate --json --draws",
        ) from fault


def _opened(name: str, content: bytes) -> Mapping[str, Any]:
    if len(content) > LARGEST_RESULT:
        raise ValueError(len(content))
    held = json_of(name, content)
    if not isinstance(held, dict):
        raise TypeError(held)
    return held


def _result(held: Mapping[str, Any], digest: str) -> ScenarioResult:
    best, drawn = held[_BEST], held["draws"][_BEST]
    losses = {
        code: (-_number(drawn[code][_LOWEST]), -_number(each), -_number(drawn[code][_HIGHEST]))
        for code, each in best.items()
    }
    made = ScenarioResult(
        name=_text(held["scenario"]),
        sides=tuple((_codes(each["importers"]), _codes(each["exporters"]))
                    for each in held["shocks"]),
        losses={code: _ordered(each) for code, each in losses.items()},
        spent={code: _number(held["final_spending"][code]) for code in best},
        unit=_text(held["money"]["unit"]),
        year=int(_number(held["money"]["year"])),
        table=_text(held["certificate"]["data"]),
        table_sha256=_text(held["certificate"]["data_hash"]),
        draws=int(_number(held["draws"]["draws"])),
        digest=digest,
    )  # fmt: skip
    named = {code for sides in made.sides for side in sides for code in side} - {ALL}
    if not made.sides or not named <= set(made.losses) or min(made.spent.values()) <= 0:
        raise ValueError(named)
    return made


def _ordered(loss: tuple[float, float, float]) -> tuple[float, float, float]:
    """Draw the interval out to the best where that lies beyond the quantiles."""
    return min(loss), loss[1], max(loss)


def _codes(held: object) -> frozenset[str]:
    if not isinstance(held, list) or not held:
        raise ValueError(held)
    return frozenset(map(_text, held))


def _text(held: object) -> str:
    if not isinstance(held, str) or not held.strip() or len(held) > 300 or "\x00" in held:  # noqa: PLR2004
        raise ValueError(held)
    return held


def _number(held: object) -> float:
    if not isinstance(held, int | float) or isinstance(held, bool) or not math.isfinite(held):
        raise ValueError(held)
    return float(held)
