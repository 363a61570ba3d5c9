"""The table that comes with this copy: OECD ICIO 2025 edition, year 2022, 80 countries, 28 sectors.

`scripts/build_trade_table.py` made it; the paper beside it says from what, what was imputed, and
how far it lies from an independent table. The bytes are checked against the paper's digest.
"""

from __future__ import annotations

import hashlib
import io
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

import numpy as np

from undaunted.coercion.exposure.readers.elasticities import elasticity_set
from undaunted.coercion.exposure.readers.refusals import PackBroken
from undaunted.coercion.exposure.readers.worlds import world_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from undaunted.engines.trade import World

__all__ = ["TablePaper", "sector_names", "shipped_paper", "shipped_world"]

PACKS = files("undaunted.coercion.exposure") / "packs"
PAPER = "icio2022_80x28.toml"
MONEY = {"millions of US dollars at current prices": "USD million"}


@dataclass(frozen=True, slots=True)
class TablePaper:
    """What stands beside the table; `attribution` belongs on whatever shows its numbers.

    Attributes:
        unit: what its amounts are in, as its source says; `money` as an amount is told.
        balance: how far the table lies from its source, as parts of one.
        comparison: how far it lies from an independent table.
    """

    name: str
    year: int
    file: str
    sha256: str
    unit: str
    attribution: str
    licence: str
    source: str
    tariffs: str
    imputed: str
    elasticities: str
    balance: Mapping[str, float]
    comparison: Mapping[str, float | str]
    sectors: Mapping[str, str]

    @property
    def money(self) -> str:
        """Currency and scale of its amounts."""
        return MONEY[self.unit]


@cache
def shipped_paper() -> TablePaper:
    """Give what the paper says."""
    held = tomllib.loads((PACKS / PAPER).read_text(encoding="utf-8"))
    return TablePaper(**{field: held[field] for field in TablePaper.__dataclass_fields__})


@cache
def shipped_world() -> World:
    """Give the world in exact balance, with the elasticities that its paper names.

    Raises `PackBroken` where the file is not the one that the paper describes.
    """
    paper = shipped_paper()
    held = (PACKS / paper.file).read_bytes()
    if hashlib.sha256(held).hexdigest() != paper.sha256:
        raise PackBroken(f"{paper.file}: not the file that {PAPER} describes; install anew")
    with np.load(io.BytesIO(held), allow_pickle=False) as tables:
        sectors = [str(code) for code in tables["sectors"]]
        world, _ = world_of(
            regions=[str(code) for code in tables["regions"]],
            sectors=sectors,
            trade_shares=tables["trade_shares"],
            input_shares=tables["input_shares"],
            expenditure=tables["expenditure"],
            elasticities=elasticity_set(paper.elasticities).for_sectors(sectors),
            name=paper.name,
        )
    return world


def sector_names() -> Mapping[str, str]:
    """Give what each sector code stands for, as OECD names it."""
    return shipped_paper().sectors
