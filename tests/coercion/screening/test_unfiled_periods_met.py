"""Periods for what nobody filed are met as an authority acts; the United Kingdom's reach back."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.utils import timezone

from tests.coercion.screening.deals import deal, port_deal
from tests.coercion.screening.factories import AT, HOUR, make_scene
from tests.core.accounts.factories import signed_in_client
from tests.prisoners.registry.desk import Desk, make_desk
from undaunted.coercion.screening.actions import (
    CasePlan,
    begin_case,
    decide_unfiled,
    import_assets,
    move_case,
    record_holding,
    record_scope,
    record_step,
)
from undaunted.coercion.screening.queries import case_for, clocks_of, unfiled_for
from undaunted.coercion.screening.rules import (
    Filing,
    HoldingRow,
    InScope,
    ScreeningStage,
    Step,
    UnfiledStatus,
    reaches,
    regime_on,
    regimes,
    scope_of,
)
from undaunted.coercion.screening.rules.casework import ScreeningOrigin
from undaunted.coercion.screening.rules.terms import Turn
from undaunted.core.accounts.actions import acting_as
from undaunted.engines.ownership import WHOLE

if TYPE_CHECKING:
    from undaunted.coercion.screening.models import Case

__all__: list[str] = []

CABLE = b"""reference,name,country,sector,taxonomy,source,owner,share
CABLE,Cable,GB,communications,uk-nsia@1,Register,,
"""
CALL_IN = {"nsia-call-in", "nsia-call-in-awareness"}


def opened_about(desk: Desk, day: date, share: int = WHOLE * 3 // 10) -> Case:
    """Open a case about a share of a cable in the United Kingdom that nobody filed."""
    row = HoldingRow(
        "FUND", "CABLE", "equity", share, share, owner_kind="company",
        valid_from=day, source="Company register",
    )  # fmt: skip
    with acting_as(desk.documenter) as actor:
        import_assets(desk.organisation, "a.csv", CABLE, actor=actor, at=timezone.now())
        record_holding(desk.organisation, row, actor=actor, at=timezone.now())
        decide_unfiled(
            unfiled_for(actor).get(), UnfiledStatus.OPENED, "look", actor=actor,
            at=timezone.now(), case="cable", jurisdiction="GB",
        )  # fmt: skip
        found = case_for(actor, "cable")
        assert found is not None
        return found


def test_each_period_for_what_was_not_filed_is_met_by_what_an_authority_does() -> None:
    for regime in regimes():
        begun = {m.clock for m in regime.moves if m.on is Step.COMPLETED_UNSCREENED}
        begun |= {m.clock for m in regime.moves if m.on is Step.NOTICED_UNSCREENED}
        met = {m.clock for m in regime.moves if m.does is Turn.MEET}
        assert begun <= met, regime.key
        assert set(regime.ex_post) <= begun, regime.key


@pytest.mark.usefixtures("ledger")
def test_a_deal_called_in_in_time_has_met_its_periods(owner_sql: Any) -> None:
    desk = make_desk(owner_sql)
    case = opened_about(desk, timezone.localdate() - timedelta(days=50))
    with acting_as(desk.documenter) as actor:
        before = {each.rule: each.met_at for each in clocks_of(actor, case)}
        assert set(before) & CALL_IN
        assert not any(before.values()), "an open case has called nothing in yet"
        record_step(case, Step.CALLED_IN, on=timezone.localdate(), actor=actor, at=timezone.now())
        after = {each.rule: each for each in clocks_of(actor, case)}
        theirs = [after[each] for each in set(after) & CALL_IN]
        assert all(each.met_at and each.met_at <= each.due_at for each in theirs)
        assert after["nsia-initial"].met_at is None, "its assessment runs"


@pytest.mark.usefixtures("ledger")
def test_screening_that_begins_meets_the_period_for_what_was_not_filed(owner_sql: Any) -> None:
    scene = make_scene(owner_sql)
    with acting_as(scene.own.documenter) as actor:
        record_scope(scene.case, port_deal(AT.date()), actor=actor, at=AT)
        record_step(scene.case, Step.COMPLETED_UNSCREENED, on=date(2026, 5, 5), actor=actor, at=AT)
        unscreened = {"fdi-after-completion", "screening-unfiled"}
        held = {each.rule: each.met_at for each in clocks_of(actor, scene.case)}
        assert {each for each, met in held.items() if met is None} >= unscreened
        move_case(scene.case, ScreeningStage.SCREENING, actor=actor, at=AT + HOUR)
        held = {each.rule: each.met_at for each in clocks_of(actor, scene.case)}
        assert all(held[each] for each in unscreened)


@pytest.mark.parametrize(
    ("learnt", "known", "last"),
    [
        (date(2021, 6, 1), date(2022, 7, 3), date(2022, 7, 3)),
        (date(2026, 6, 6), date(2026, 12, 5), date(2026, 12, 5)),
        (date(2026, 11, 1), date(2027, 4, 30), date(2027, 1, 3)),
    ],
)
def test_the_united_kingdom_calls_in_what_happened_before_its_act_was_in_force(
    learnt: date, known: date, last: date
) -> None:
    (found,) = reaches(deal(date(2021, 5, 5), where="GB"), ["GB"], learnt_on=learnt)
    assert {each.rule: each.last_day for each in found.ends} == {
        "nsia-call-in-awareness": known,
        "nsia-call-in": date(2027, 1, 3),
    }, "nobody had to notify, so five years bind too"
    assert found.last_day == last


def test_a_notice_under_the_act_before_takes_an_event_out_of_the_later_one() -> None:
    early, late = date(2021, 5, 5), date(2022, 1, 4)
    regime = regime_on("GB", early)
    for day, notice, found, filing in (
        (early, None, InScope.UNCLEAR, Filing.VOLUNTARY),
        (early, False, InScope.YES, Filing.VOLUNTARY),
        (early, True, InScope.NO, Filing.NONE),
        (late, None, InScope.YES, Filing.MANDATORY),
    ):
        flags = {} if notice is None else {"enterprise_act": notice}
        told = scope_of(regime, deal(day, flags, where="GB"))
        assert (told.in_scope, told.filing_may) == (found, filing), (day, notice)
    assert reaches(deal(date(2020, 11, 11), where="GB"), ["GB"], learnt_on=late) == ()


@pytest.mark.usefixtures("ledger")
def test_the_periods_of_such_an_event_begin_with_the_act(owner_sql: Any) -> None:
    scene = make_scene(owner_sql)
    plan = CasePlan("cable", "Cable", "GB", ScreeningOrigin.UNFILED)
    with acting_as(scene.own.documenter) as actor:
        case = begin_case(scene.own.id, plan, actor=actor, at=AT)
        for step, day in (
            (Step.COMPLETED_UNSCREENED, date(2021, 5, 5)),
            (Step.NOTICED_UNSCREENED, date(2021, 6, 1)),
        ):
            record_step(case, step, on=day, actor=actor, at=AT)
        begun = {e.rule: timezone.localdate(e.started_at) for e in clocks_of(actor, case)}
    assert begun == dict.fromkeys(CALL_IN, date(2022, 1, 4))


@pytest.mark.usefixtures("ledger")
def test_a_period_that_may_not_bind_is_told_as_such(owner_sql: Any) -> None:
    desk, told = make_desk(owner_sql), "It binds only where nobody had to file"
    opened_about(desk, timezone.localdate() - timedelta(days=50), WHOLE // 5)
    with acting_as(desk.documenter) as actor:
        deal = unfiled_for(actor).get()
    ends = {end["rule"]: end["doubt"] for each in deal.reaches for end in each["ends"]}
    assert ends == {"nsia-call-in": True, "nsia-call-in-awareness": False}
    page = signed_in_client(desk.documenter).get(f"/desk/screening/assets/unfiled/{deal.pk}/")
    assert page.content.decode().count(told) == 1
