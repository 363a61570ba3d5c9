"""How states crept upward in assets, directly and through companies that decide for them."""

from __future__ import annotations

from typing import Any

import pytest
from django.utils import timezone

from tests.core.accounts.factories import signed_in_client
from tests.prisoners.registry.desk import Desk, make_desk
from undaunted.coercion.screening.actions import import_assets, import_holdings
from undaunted.coercion.screening.analysis import creeping
from undaunted.coercion.screening.analysis.creeping import creeping_in
from undaunted.coercion.screening.analysis.register import look_at
from undaunted.coercion.screening.models import Asset
from undaunted.core.accounts.actions import acting_as
from undaunted.engines.ownership import WHOLE, votes_graph

__all__: list[str] = []

pytestmark = pytest.mark.usefixtures("ledger")

ASSETS = b"""reference,name,country,sector,source,owner,share
QUAY,Fifth quay,XF,ports,Port office,FIVE,100 %
PIER,Pier,XF,ports,Port office,,
"""
STAKES = """owner,owned,share,source,valid_from,valid_to
STATE:XR,FUND,100 %,Gazette,,
"""


@pytest.fixture
def desk(owner_sql: Any) -> Desk:
    return make_desk(owner_sql)


def crept(desk: Desk, stakes: str, asset: str = "QUAY") -> list[tuple[str, str, int, int]]:
    at, holder = timezone.now(), desk.organisation
    with acting_as(desk.documenter) as actor:
        import_assets(holder, "a.csv", ASSETS, actor=actor, at=at)
        content = (STAKES + stakes).encode()
        import_holdings(holder, "s.csv", content, actor=actor, at=timezone.now())
        found = creeping_in(look_at(actor, holder, timezone.localdate()), asset)
    return [
        (
            each.crossing.day.isoformat(),
            each.company,
            each.crossing.before * 100 // WHOLE,
            each.crossing.after * 100 // WHOLE,
        )
        for each in found
    ]


STEPS = """FUND,{0},9 %,R,2020-01-01,2021-01-01
FUND,{0},24 %,R,2021-01-01,2022-01-01
FUND,{0},49 %,R,2022-01-01,2023-01-01
FUND,{0},60 %,R,2023-01-01,
"""


def test_steps_in_the_company_that_decides_are_told_of_it_and_not_as_one(desk: Desk) -> None:
    assert crept(desk, STEPS.format("FIVE")) == [
        ("2021-01-01", "FIVE", 9, 24),
        ("2022-01-01", "FIVE", 24, 49),
        ("2023-01-01", "FIVE", 49, 60),
    ]
    with acting_as(desk.documenter):
        address = f"/desk/screening/assets/{Asset.objects.get(reference='QUAY').pk}/"
    page = signed_in_client(desk.documenter).get(address).content.decode()
    assert "(<bdi>FIVE</bdi>)" in page


def test_steps_in_the_asset_itself_are_told_without_a_company(desk: Desk) -> None:
    assert [each[1:] for each in crept(desk, STEPS.format("PIER"), "PIER")] == [
        ("", 9, 24),
        ("", 24, 49),
        ("", 49, 60),
    ]


def test_a_company_counts_as_long_as_it_decides_and_others_beside_it(desk: Desk) -> None:
    had = """FUND,PIER,20 %,R,2023-06-01,
OLD,PIER,70 %,R,2019-01-01,2022-06-01
NEW,PIER,40 %,R,2022-06-01,
FUND,NEW,100 %,R,2024-01-01,
"""
    assert crept(desk, STEPS.format("OLD") + had, "PIER") == [
        ("2021-01-01", "OLD", 9, 24),
        ("2022-01-01", "OLD", 24, 49),
        ("2023-06-01", "", 0, 20),
        ("2024-01-01", "", 20, 60),
        ("2024-01-01", "", 20, 60),
    ], "what was bought in a former holder is no purchase of the asset"


def test_who_decides_on_a_day_is_worked_out_once_for_every_state(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    days: list[object] = []

    def counted(stakes: Any) -> Any:
        days.append(stakes)
        return votes_graph(stakes)

    monkeypatch.setattr(creeping, "votes_graph", counted)
    steps = STEPS.format("FIVE")
    both = steps + "STATE:XB,BANK,100 %,Gazette,,\n" + steps.replace("FUND", "BANK").replace(
        "60 %", "40 %").replace("49 %", "26 %")  # fmt: skip
    found = crept(desk, both)
    assert len(found) > 3, "both states crept"
    assert len(days) == 2 * len({day for day, *_ in found}), "a day has one graph before and after"
