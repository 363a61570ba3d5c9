"""A register of invented assets in the hypothetical states, for tests."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone

from undaunted.coercion.screening.actions import import_assets, import_holdings
from undaunted.core.accounts.actions import acting_as

if TYPE_CHECKING:
    from tests.prisoners.registry.desk import Desk
    from undaunted.coercion.screening.models import RegisterImport

__all__ = ["ASSETS", "HOLDINGS", "bring_assets", "bring_holdings"]

ASSETS = b"""reference,name,country,sector,capacity,unit,source,confidence,owner,share
PORT,Port of Fredville,XF,ports,12,M TEU a year,Port authority,B,OPERATOR,100 %
GRID,Northern grid,XF,energy,900,MW,Energy agency,B,GRIDCO,100 %
MINE,Strelsau mine,XR,minerals,5,kt a year,Mining board,C,OPERATOR,100 %
"""
HOLDINGS = """owner,owned,share,source,owner_kind
STATE:XR,HOLDING,51 %,Gazette,state
HOLDING,SHELL,{share},Company register,company
SHELL,OPERATOR,80 %,Company register,company
STATE:XF,GRIDCO,100 %,Gazette,state
"""


def bring_assets(desk: Desk, content: bytes = ASSETS, mapping: str = "") -> RegisterImport:
    with acting_as(desk.documenter) as actor:
        return import_assets(
            desk.organisation, "assets.csv", content, actor=actor, at=timezone.now(),
            mapping=mapping,
        )  # fmt: skip


def bring_holdings(desk: Desk, share: str = "60 %", *, whole: bool = False) -> RegisterImport:
    content = HOLDINGS.format(share=share).encode()
    with acting_as(desk.documenter) as actor:
        return import_holdings(
            desk.organisation, "stakes.csv", content, actor=actor, at=timezone.now(), whole=whole
        )
