"""Deals that were seen in ownership and not filed, and what states hold of each sector."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.utils import timezone

from tests.coercion.screening.deals import deal, per_cent
from tests.coercion.screening.deciding import decision_taken, screened
from tests.coercion.screening.registers import bring_assets, bring_holdings
from tests.core.accounts.factories import signed_in_client
from tests.prisoners.registry.desk import Desk, make_desk
from undaunted.coercion.screening.actions import (
    decide_unfiled,
    import_assets,
    import_holdings,
    record_holding,
    record_stake,
    screen_again,
)
from undaunted.coercion.screening.analysis.asset_exposure import exposures, exposures_with
from undaunted.coercion.screening.analysis.holdings import surest
from undaunted.coercion.screening.analysis.watching import Look
from undaunted.coercion.screening.models import Case, Stake, Unfiled
from undaunted.coercion.screening.queries import (
    Filed,
    alerts_for,
    asset_entries_for,
    case_for,
    cleared_touched,
    clocks_of,
    holdings_for,
    unfiled_for,
)
from undaunted.coercion.screening.rules import (
    AssetsRefused,
    Filing,
    Held,
    HoldingRow,
    Reach,
    UnfiledStatus,
    last_day_of,
    reaches,
    told_reach,
)
from undaunted.coercion.screening.rules.stakes import StakePlan
from undaunted.coercion.screening.rules.unfiled import _ends
from undaunted.core.accounts.actions import acting_as
from undaunted.core.clocks.rules import add_months
from undaunted.engines.ownership import (
    HALF,
    WHOLE,
    Exposure,
    PartyKind,
    Register,
    gather_stakes,
)

if TYPE_CHECKING:
    from uuid import UUID

__all__: list[str] = []

PORT = b"""reference,name,country,sector,source,owner,share
PORT,Port of Alder Bay,XF,ports,Port office,XF-PORT,1
"""
BEHIND = b"""owner,owned,share,source
STATE:XR,XZ-SHELL,51 %,Gazette
XZ-SHELL,XF-PORT,60 %,Company register
"""


def test_each_regime_tells_until_when_it_can_act() -> None:
    found = reaches(deal(date(2026, 5, 5)), ["XF", "XF"], learnt_on=date(2026, 6, 6))
    assert [each.scope.regime.key for each in found] == ["eu-2019-452", "model"]
    ends = [end for each in found for end in each.ends]
    assert [(end.rule, end.soft) for end in ends] == [
        ("fdi-after-completion", False),
        ("screening-unfiled", True),
    ]
    assert ends[0].last_day == date(2027, 8, 5)
    assert last_day_of(found) == date(2028, 5, 5)
    assert found[0].open_on(date(2027, 8, 5))
    assert not found[0].open_on(date(2027, 8, 6))
    told = told_reach(found[0])
    assert told["ends"][0]["last_day"] == "2027-08-05"
    assert [each["status"] for each in told["rows"]] == ["secondary"]
    assert told["verified"] is False


def test_periods_that_run_from_discovery_begin_when_it_was_learnt() -> None:
    (found,) = reaches(deal(date(2022, 5, 5), where="GB"), ["GB"], learnt_on=date(2026, 6, 6))
    assert {end.rule: end.last_day for end in found.ends} == {
        "nsia-call-in-awareness": date(2026, 12, 5)
    }, "a notifiable acquisition has no other limit"
    free = replace(found.scope, filing=Filing.VOLUNTARY, filing_may=Filing.VOLUNTARY)
    for learnt, first in (
        (date(2026, 6, 6), date(2026, 12, 5)),
        (date(2027, 5, 1), date(2027, 5, 4)),
    ):
        told = Reach(free, tuple(_ends(free, date(2022, 5, 5), learnt)))
        assert len(told.ends) == 2
        assert told.last_day == last_day_of([told]) == first, "both periods bind"
        assert told.open_on(first)
        assert not told.open_on(first + timedelta(days=1))


def test_five_years_bind_only_where_nobody_had_to_notify() -> None:
    facts = deal(date(2022, 5, 5), where="GB")
    (found,) = reaches(facts, ["GB"], learnt_on=date(2030, 6, 6))
    for filing, may, ends, still in (
        (Filing.MANDATORY, Filing.MANDATORY, {"nsia-call-in-awareness"}, True),
        (Filing.VOLUNTARY, Filing.MANDATORY, {"nsia-call-in-awareness"}, True),
        (Filing.VOLUNTARY, Filing.VOLUNTARY, {"nsia-call-in-awareness", "nsia-call-in"}, False),
    ):
        told = replace(found.scope, filing=filing, filing_may=may)
        again = Reach(told, tuple(_ends(told, facts.day, date(2030, 6, 6))))
        assert {each.rule for each in again.ends} == ends
        assert again.open_on(date(2030, 7, 1)) is still
        assert again.last_day != date(2027, 5, 4) or not still, "over, if it binds at all"


def test_what_a_regime_leaves_out_is_not_told_and_a_period_not_yet_law_is_none() -> None:
    five = Held(per_cent(5), per_cent(5))
    small = deal(date(2026, 5, 5), {"participation": False}, after=five)
    found = reaches(small, ["XF"], learnt_on=date(2026, 6, 6))
    assert "eu-2019-452" not in {each.scope.regime.key for each in found}
    old = reaches(deal(date(2015, 5, 5), where="CA"), ["CA"], learnt_on=date(2026, 6, 6))
    assert [each.ends for each in old] == [()]


def test_a_regime_without_a_period_leaves_the_end_open() -> None:
    (found,) = reaches(deal(date(2026, 5, 5), where="US"), ["US"], learnt_on=date(2026, 6, 6))
    assert found.ends == ()
    assert found.open_on(date(2099, 1, 1))
    assert last_day_of([found]) is None
    assert last_day_of([]) is None
    assert reaches(deal(date(1999, 1, 1)), ["XF"], learnt_on=date(2026, 6, 6)) == ()
    assert isinstance(found, Reach)


@pytest.fixture
def desk(owner_sql: Any) -> Desk:
    return make_desk(owner_sql)


def buy(
    desk: Desk, day: date, owner: str = "HOLDING", company: str = "SHELL",
    share: int = WHOLE * 6 // 10,
) -> None:  # fmt: skip
    row = HoldingRow(
        owner, company, "equity", share, share, owner_kind="company",
        valid_from=day, source="Company register",
    )  # fmt: skip
    with acting_as(desk.documenter) as actor:
        record_holding(desk.organisation, row, actor=actor, at=timezone.now())


def begun_with_all(actor: Any, day: date) -> None:
    """Hold that a case opened about HOLDING in SHELL has its periods and the stakes above."""
    opened = case_for(actor, "shell")
    assert opened is not None
    assert opened.origin == "unfiled"
    assert {
        (each.rule, timezone.localdate(each.started_at)) for each in clocks_of(actor, opened)
    } >= {("screening-unfiled", day)}
    stakes = Stake.objects.filter(case=opened)
    assert {(each.owner, each.owned, each.lo, each.filed) for each in stakes} == {
        ("STATE:XR", "HOLDING", WHOLE * 51 // 100, False),
        ("HOLDING", "SHELL", 0, False),
        ("HOLDING", "SHELL", WHOLE * 6 // 10, True),
        ("SHELL", "OPERATOR", WHOLE * 8 // 10, False),
        ("OPERATOR", "PORT", WHOLE, False),
        ("OPERATOR", "MINE", WHOLE, False),
    }


def case_of(desk: Desk) -> UUID:
    with acting_as(desk.documenter) as actor:
        found = case_for(actor, "shell")
        assert found is not None
        return found.pk


@pytest.mark.usefixtures("ledger")
def test_a_deal_nobody_filed_is_listed_considered_and_opened_as_a_case(desk: Desk) -> None:
    bring_assets(desk)
    bring_holdings(desk, "0 %")
    day = timezone.localdate() - timedelta(days=100)
    buy(desk, day)
    with acting_as(desk.documenter) as actor:
        found = unfiled_for(actor).get()
        assert (found.owner, found.target, found.day) == ("HOLDING", "SHELL", day)
        assert (found.before, found.after) == ([0, 0], [WHOLE * 6 // 10, WHOLE * 6 // 10])
        assert found.states == [{"state": "XR", "controls": "must"}]
        assert found.assets == ["PORT", "MINE"]
        assert [each["regime"] for each in found.reaches] == ["eu-2019-452", "model"]
        assert found.last_day == add_months(day, 24)[0]
        assert found.status == UnfiledStatus.CONSIDERED
        at = timezone.now()
        for status, reason, case in (
            (UnfiledStatus.CLOSED, " ", ""),
            (UnfiledStatus.CLOSED, "passive", "port"),
            (UnfiledStatus.OPENED, "state owner", ""),
        ):
            with pytest.raises(AssetsRefused):
                decide_unfiled(found, status, reason, actor=actor, at=at, case=case)
        decide_unfiled(
            found, UnfiledStatus.OPENED, "51 % state parent", actor=actor, at=at, case="shell",
            jurisdiction="XF",
        )  # fmt: skip
        assert unfiled_for(actor).get().status == "opened"
        begun_with_all(actor, day)
        with pytest.raises(AssetsRefused, match="shell was opened about this deal"):
            decide_unfiled(
                found, UnfiledStatus.OPENED, "again", actor=actor, at=at, case="shell-b",
                jurisdiction="XF",
            )  # fmt: skip
        assert case_for(actor, "shell-b") is None
    buy(desk, day, company="OPERATOR")
    with acting_as(desk.documenter) as actor:
        assert unfiled_for(actor).count() == 2
    listed = signed_in_client(desk.documenter).get("/desk/screening/assets/unfiled/")
    for law in ("Regulation (EU) 2019/452", "Model screening regime"):
        assert law in listed.content.decode()
    page = signed_in_client(desk.documenter).get(f"/desk/screening/assets/unfiled/{found.pk}/")
    assert f'<a href="/desk/screening/cases/{case_of(desk)}/"><bdi>shell</bdi>' in (
        page.content.decode()
    ), "the case is led to"
    with acting_as(desk.stranger) as actor:
        assert Unfiled.objects.count() == 0
        assert Case.objects.count() == 0


@pytest.mark.usefixtures("ledger")
def test_what_has_a_case_or_lapsed_or_is_only_sold_is_not_listed(desk: Desk) -> None:
    bring_assets(desk)
    bring_holdings(desk, "0 %")
    buy(desk, timezone.localdate() - timedelta(days=1500))
    buy(desk, timezone.localdate() + timedelta(days=5))
    buy(desk, timezone.localdate(), "STRANGER", "ELSEWHERE")
    with acting_as(desk.documenter) as actor:
        assert unfiled_for(actor).count() == 0
    day = timezone.localdate() - timedelta(days=50)
    buy(desk, day, "FUND", "GRIDCO")
    with acting_as(desk.documenter) as actor:
        found = unfiled_for(actor).get()
        decide_unfiled(
            found, UnfiledStatus.OPENED, "look", actor=actor, at=timezone.now(), case="grid",
            jurisdiction="XF",
        )  # fmt: skip
    bring_assets(desk)
    with acting_as(desk.documenter) as actor:
        screen_again(desk.organisation, actor=actor, at=timezone.now())
        assert unfiled_for(actor).count() == 1
    buy(desk, day + timedelta(days=1), "FUND", "GRIDCO", WHOLE // 10)
    with acting_as(desk.documenter) as actor:
        assert unfiled_for(actor).count() == 2, "the case, opened on 60 %, tells of less"


@pytest.mark.usefixtures("ledger")
def test_a_case_begins_with_the_periods_that_bind_and_the_whole_share(desk: Desk) -> None:
    content = (
        b"reference,name,country,sector,taxonomy,source,owner,share\n"
        b"CABLE,Cable,GB,communications,uk-nsia@1,Register,,\n"
    )
    with acting_as(desk.documenter) as actor:
        import_assets(desk.organisation, "a.csv", content, actor=actor, at=timezone.now())
    day = timezone.localdate() - timedelta(days=50)
    buy(desk, day - timedelta(days=300), "FUND", "CABLE", WHOLE // 5)
    buy(desk, day, "FUND", "CABLE", WHOLE // 10)
    with acting_as(desk.documenter) as actor:
        deal = unfiled_for(actor).get(day=day)
        decide_unfiled(
            deal, UnfiledStatus.OPENED, "look", actor=actor, at=timezone.now(), case="cable",
            jurisdiction="GB",
        )  # fmt: skip
        case = case_for(actor, "cable")
        assert case is not None
        assert {
            each.rule: timezone.localdate(each.started_at) for each in clocks_of(actor, case)
        } == {"nsia-call-in-awareness": timezone.localdate(deal.recorded_at)}, (
            "five years bind only where nobody had to notify"
        )
        stakes = Stake.objects.filter(case=case).order_by("filed")
        assert [(each.lo, each.filed) for each in stakes] == [
            (WHOLE // 5, False),
            (WHOLE * 3 // 10, True),
        ]


@pytest.mark.usefixtures("ledger")
def test_a_later_purchase_by_the_owner_of_a_case_is_listed_again(desk: Desk) -> None:
    bring_assets(desk)
    day = timezone.localdate() - timedelta(days=50)
    buy(desk, day, "FUND", "GRIDCO", WHOLE * 2 // 10)
    with acting_as(desk.documenter) as actor:
        decide_unfiled(
            unfiled_for(actor).get(), UnfiledStatus.OPENED, "look", actor=actor,
            at=timezone.now(), case="grid", jurisdiction="XF",
        )  # fmt: skip
        case = case_for(actor, "grid")
        assert case is not None
        plan = StakePlan("FUND", "GRIDCO", "Notification", "60 %", filed=True)
        record_stake(case, plan, actor=actor, at=timezone.now())
    buy(desk, day + timedelta(days=1), "FUND", "GRIDCO", WHOLE * 4 // 10)
    with acting_as(desk.documenter) as actor:
        assert unfiled_for(actor).count() == 1, "the case tells of so much"
    buy(desk, day + timedelta(days=2), "FUND", "GRIDCO", WHOLE * 1 // 10)
    with acting_as(desk.documenter) as actor:
        assert unfiled_for(actor).count() == 2, "it tells of less"


def test_a_case_is_about_purchases_that_it_tells_of_or_until_it_ended() -> None:
    about, day = {"PORT", "QUAY"}, date(2026, 5, 5)
    case = Filed({"FUND", "QUAY"}, date(2026, 5, 6))
    assert case.tells_of("FUND", about, HALF, day)
    assert not case.tells_of("FUND", about, HALF, date(2026, 5, 6))
    assert not case.tells_of("OTHER", about, HALF, day)
    assert not case.tells_of("FUND", {"MINE"}, HALF, day)
    case.stakes["FUND", "QUAY"] = [((1, "Register"), HALF, None, None)]
    assert case.tells_of("FUND", about, HALF, date(2027, 1, 1))
    assert not case.tells_of("FUND", about, HALF + 1, day)


def test_shares_that_a_case_tells_of_add_up_on_the_days_on_which_they_hold() -> None:
    then, now = date(2025, 1, 1), date(2026, 5, 5)
    told = (1, "Register")
    rows = [(told, 300, None, then), (told, 400, then, None), ((1, "Gazette"), 350, None, None)]
    case = Filed({"FUND", "PORT"}, None, {("FUND", "PORT"): rows})
    assert case.tells_of("FUND", {"PORT"}, 400, now)
    assert not case.tells_of("FUND", {"PORT"}, 401, now), "what was held before is no part of it"
    case.stakes["FUND", "PORT"].append((told, 100, None, None))
    assert case.tells_of("FUND", {"PORT"}, 500, now)
    case.stakes["FUND", "PORT"] = [(told, 700, None, then)]
    assert not case.tells_of("FUND", {"PORT"}, 1, now), "sold since"


def look(desk: Desk, actor: Any, known_at: Any = None) -> Look:
    holder: UUID = desk.organisation
    return Look(
        list(asset_entries_for(actor, holder, known_at=known_at)),
        surest(holdings_for(actor, holder, known_at=known_at)),
        timezone.localdate(),
    )


@pytest.mark.usefixtures("ledger")
def test_exposure_of_a_sector_before_and_after(desk: Desk) -> None:
    bring_assets(desk)
    bring_holdings(desk, "45-55 %")
    then = timezone.now()
    bring_holdings(desk)
    with acting_as(desk.reviewer) as actor:
        told = exposures(look(desk, actor, then), look(desk, actor))
        here = look(desk, actor)
    assert [(each.country, each.sector, each.state, each.unit) for each in told] == [
        ("XF", "ports", "STATE:XR", "M TEU a year")
    ]
    assert told[0].before == Exposure(0.0, 12.0, 12.0)
    assert told[0].after == Exposure(12.0, 12.0, 12.0)
    register = Register()
    numbers = [register.number("STATE:XS", PartyKind.STATE), register.number("GRIDCO")]
    seller = register.number("STATE:XF", PartyKind.STATE)
    filing = gather_stakes(
        register.parties(),
        {"owner": [numbers[0], seller], "owned": [numbers[1]] * 2, "lo": [WHOLE, 0]},
    )
    after = {each.state: each for each in exposures_with(here, filing)}
    assert after["STATE:XS"].before == Exposure(0.0, 0.0, 900.0)
    assert after["STATE:XS"].after == Exposure(900.0, 900.0, 900.0)
    assert after["STATE:XS"].left_out == 0


@pytest.mark.usefixtures("ledger")
def test_an_alert_names_the_cleared_case_that_it_touches(owner_sql: Any) -> None:
    scene = screened(owner_sql)
    at, holder = timezone.now(), scene.own.id
    with acting_as(scene.own.documenter) as actor:
        import_assets(holder, "a.csv", PORT, actor=actor, at=at)
        import_holdings(holder, "s.csv", BEHIND, actor=actor, at=at)
        alert = alerts_for(actor).get()
        assert cleared_touched(actor, alert) == []
    decision_taken(scene)
    with acting_as(scene.own.documenter) as actor:
        assert [each.reference for each in cleared_touched(actor, alert)] == ["port-2027"]
        owner_sql("UPDATE screening_party SET identifier = 'state:xr'")
        assert [each.reference for each in cleared_touched(actor, alert)] == ["port-2027"]
    with acting_as(scene.partner.documenter) as actor:
        assert cleared_touched(actor, alert) == []
    address = f"/desk/screening/assets/alerts/{alert.pk}/"
    page = signed_in_client(scene.own.documenter).get(address).content.decode()
    assert "It touches a case that was cleared" in page
