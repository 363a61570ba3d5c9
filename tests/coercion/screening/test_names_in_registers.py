"""Owners whom a register tells by ids: named by its other rows and one's own cases, or nameless."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from django.utils import timezone

from tests.coercion.screening.factories import make_scene
from tests.core.accounts.factories import signed_in_client
from undaunted.coercion.screening.actions import import_assets
from undaunted.coercion.screening.queries import asset_entries_for, names_told
from undaunted.core.accounts.actions import acting_as

if TYPE_CHECKING:
    from tests.coercion.screening.factories import Authority

__all__: list[str] = []

pytestmark = pytest.mark.usefixtures("ledger")

ASSETS = b"""reference,name,country,sector,capacity,unit,source,confidence,owner,share
XF-QUAY-1,Quay of Alder Bay,XF,ports,12,M TEU,Port office,B,XF-PORT,100 %
XF-RAIL-1,Railway of Kolm,XF,transport,40,Mt,Rail office,B,XF-RAIL,100 %
"""
PORT, NAMELESS = "Alder Bay Port Operator plc", "No name recorded"


def _pages(authority: Authority) -> dict[str, str]:
    """Give the pages of the assets of a register by their references."""
    with acting_as(authority.documenter) as actor:
        import_assets(authority.id, "assets.csv", ASSETS, actor=actor, at=timezone.now())
        found = {each.asset.reference: each.asset_id for each in asset_entries_for(actor)}
    client = signed_in_client(authority.documenter)
    return {
        reference: client.get(f"/desk/screening/assets/{key}/").content.decode()
        for reference, key in found.items()
    }


def test_an_owner_has_the_name_that_a_case_of_ones_own_gives_and_no_other_authority(
    owner_sql: Any,
) -> None:
    scene = make_scene(owner_sql)
    own, others = _pages(scene.own), _pages(scene.stranger)
    assert PORT in own["XF-QUAY-1"]
    assert NAMELESS not in own["XF-QUAY-1"]
    assert "XF-RAIL</bdi>" in own["XF-RAIL-1"]
    assert NAMELESS in own["XF-RAIL-1"]
    assert PORT not in others["XF-QUAY-1"], "another's case names nobody here"
    assert NAMELESS in others["XF-QUAY-1"]


def test_a_name_is_found_by_an_id_that_an_earlier_row_keeps_in_another_form(
    owner_sql: Any,
) -> None:
    scene = make_scene(owner_sql)
    composed, decomposed = "XF-P\u00d3RT", "XF-PO\u0301RT"
    owner_sql(
        "UPDATE screening_party SET identifier = %s WHERE identifier = 'XF-PORT'", [decomposed]
    )
    with acting_as(scene.own.documenter) as actor:
        assert names_told(actor, [scene.own.id], [composed]) == {composed: PORT}
