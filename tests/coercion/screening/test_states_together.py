"""Stakes of a state's firms are added up, in alerts below control and in unfiled deals."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from tests.core.accounts.factories import signed_in_client
from tests.prisoners.registry.desk import Desk, make_desk
from undaunted.coercion.screening.actions import import_assets, import_holdings, record_holding
from undaunted.coercion.screening.models import Asset
from undaunted.coercion.screening.queries import alerts_for, grips_for, unfiled_for
from undaunted.coercion.screening.rules import HoldingRow
from undaunted.core.accounts.actions import acting_as
from undaunted.engines.ownership import WHOLE

__all__: list[str] = []

pytestmark = pytest.mark.usefixtures("ledger")

ASSETS = b"""reference,name,country,sector,source,owner,share
PIER,Pier,XF,ports,Port office,,
QUAY,Quay,XF,ports,Port office,EIGHT,100 %
"""
FIRMS = b"""owner,owned,share,source
STATE:XR,R-SUB-A,100 %,Gazette
STATE:XR,R-SUB-B,100 %,Gazette
"""
FIFTH = WHOLE // 5


@pytest.fixture
def desk(owner_sql: Any) -> Desk:
    made = make_desk(owner_sql)
    with acting_as(made.documenter) as actor:
        at, holder = timezone.now(), made.organisation
        import_assets(holder, "a.csv", ASSETS, actor=actor, at=at)
        import_holdings(holder, "f.csv", FIRMS, actor=actor, at=timezone.now())
    return made


def bought(desk: Desk, owner: str, company: str, share: int, days: int | None) -> None:
    """Record a stake, begun so many days ago, or on a day that nobody tells."""
    began = None if days is None else timezone.localdate() - timedelta(days=days)
    row = HoldingRow(
        owner, company, "equity", share, share, owner_kind="company",
        valid_from=began, source="Company register",
    )  # fmt: skip
    with acting_as(desk.documenter) as actor:
        record_holding(desk.organisation, row, actor=actor, at=timezone.now())


def alerted(desk: Desk) -> list[tuple[str, str, str, int]]:
    with acting_as(desk.documenter) as actor:
        return [
            (each.asset.reference, each.before, each.after, each.lowest * 100 // WHOLE)
            for each in alerts_for(actor)
        ]


def test_a_deal_counts_what_other_firms_of_the_state_hold(desk: Desk) -> None:
    bought(desk, "R-SUB-A", "PIER", FIFTH, 90)
    bought(desk, "R-SUB-B", "PIER", FIFTH, 60)
    with acting_as(desk.documenter) as actor:
        deals = {each.owner: (each.before, each.after) for each in unfiled_for(actor)}
    assert deals == {
        "R-SUB-A": ([0, 0], [FIFTH, FIFTH]),
        "R-SUB-B": ([FIFTH, FIFTH], [2 * FIFTH, 2 * FIFTH]),
    }


def test_a_stake_that_one_firm_of_a_state_sells_another_is_told_as_its_owners(desk: Desk) -> None:
    bought(desk, "R-SUB-A", "PIER", FIFTH, 90)
    content = (
        b"owner,owned,share,source,valid_from,valid_to\n"
        + (
            f"R-SUB-A,PIER,20 %,Company register,{timezone.localdate() - timedelta(days=90)},"
            f"{timezone.localdate() - timedelta(days=30)}\n"
            f"R-SUB-B,PIER,20 %,Company register,{timezone.localdate() - timedelta(days=30)},\n"
        ).encode()
    )
    with acting_as(desk.documenter) as actor:
        import_holdings(desk.organisation, "s.csv", content, actor=actor, at=timezone.now())
        deals = {each.owner: (each.before, each.after) for each in unfiled_for(actor)}
    assert deals["R-SUB-B"] == ([0, 0], [FIFTH, FIFTH])


def test_a_stake_without_a_day_raises_an_alert_where_a_state_passes_a_level(desk: Desk) -> None:
    bought(desk, "R-SUB-A", "PIER", FIFTH, None)
    assert alerted(desk) == [("PIER", "none", "none", 20)]
    bought(desk, "R-SUB-B", "PIER", FIFTH // 10, None)
    assert len(alerted(desk)) == 1, "22 % passes no level"
    bought(desk, "R-SUB-B", "PIER", FIFTH - FIFTH // 10, None)
    assert alerted(desk)[0] == ("PIER", "none", "none", 40)
    with acting_as(desk.documenter) as actor:
        alert = alerts_for(actor)[0]
        assert grips_for(actor) == []
    assert {(each["owner"], each["owned"]) for each in alert.stakes} == {
        ("R-SUB-A", "PIER"), ("R-SUB-B", "PIER"),
        ("STATE:XR", "R-SUB-A"), ("STATE:XR", "R-SUB-B"),
    }  # fmt: skip
    page = signed_in_client(desk.documenter).get("/desk/screening/assets/alerts/")
    assert "does not control, 40" in page.content.decode()


def test_votes_in_the_company_that_decides_for_an_asset_count(desk: Desk) -> None:
    bought(desk, "R-SUB-A", "EIGHT", FIFTH * 3 // 2, None)
    assert alerted(desk) == [("QUAY", "none", "none", 30)]
    bought(desk, "R-SUB-B", "EIGHT", FIFTH * 3 // 2, None)
    assert alerted(desk)[0] == ("QUAY", "none", "must", 100)
    with acting_as(desk.documenter):
        address = f"/desk/screening/assets/{Asset.objects.get(reference='PIER').pk}/"
    bought(desk, "R-SUB-B", "PIER", FIFTH, None)
    page = signed_in_client(desk.documenter).get(address).content.decode()
    assert "does not control" in page
    assert "20 %" in page.replace("\N{NO-BREAK SPACE}", " ") or "20%" in page
