"""What holds of every deal under every regime: more facts never overturn a clear answer."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from tests.coercion.screening.deals import per_cent
from undaunted.coercion.screening.rules import (
    FLAGS,
    Facts,
    Filing,
    Held,
    InScope,
    Investor,
    Owner,
    Span,
    Target,
    TransactionKind,
    regimes,
    scope_of,
    sector_lists,
)
from undaunted.engines.ownership import WHOLE, Answer

__all__: list[str] = []

STATES = ("XR", "XF", "XZ", "GB", "US", "CA", "AU")
CODES = sorted({each.code for held in sector_lists() for each in held.items})
WITHIN = {each.code: each.within for held in sector_lists() for each in held.items if each.within}
STRICT = (Filing.NONE, Filing.NATIONAL, Filing.VOLUNTARY, Filing.MANDATORY)
FOLLOW = ("controls", "participation", "influence")
SHARES = st.sampled_from([0, 5, 10, 20, 25, 26, 49, 50, 51, 60, 75, 100]).map(per_cent)


@st.composite
def known(draw: st.DrawFn) -> Facts:
    """Give a deal of which everything is known."""
    owners = st.builds(
        Owner,
        name=st.just("Owner"),
        state=st.sampled_from(STATES),
        controls=st.sampled_from([Answer.MUST, Answer.NO]),
        is_state=st.booleans(),
        interest=SHARES,
    )
    flags = draw(st.fixed_dictionaries({each: st.booleans() for each in FLAGS}))
    before, after = (Held(draw(SHARES), draw(SHARES)) for _ in range(2))
    half = WHOLE // 2
    if before.votes and after.votes and before.votes.lowest <= half < after.votes.lowest:
        flags |= dict.fromkeys(FOLLOW, True)
    sectors = draw(st.frozensets(st.sampled_from(CODES), max_size=3))
    return Facts(
        day=draw(st.sampled_from([date(2025, 1, 1), date(2026, 11, 26), date(2028, 1, 17)])),
        kind=draw(st.sampled_from(list(TransactionKind))),
        investor=Investor(
            "Investor", draw(st.sampled_from(STATES)), tuple(draw(st.lists(owners, max_size=2))),
            complete=True,
        ),
        target=Target(
            "Target", draw(st.frozensets(st.sampled_from(STATES), min_size=1, max_size=2)),
            sectors | {WITHIN[each] for each in sectors if each in WITHIN},
            frozenset(CODES) - sectors,
        ),
        before=before,
        after=after,
        flags=flags,
    )  # fmt: skip


@st.composite
def forgotten(draw: st.DrawFn) -> tuple[Facts, Facts]:
    """Give a deal, and the same with some of it not known."""
    whole = draw(known())
    owners = [_vague(each, draw(st.integers(0, 4))) for each in whole.investor.owners]
    target = whole.target
    lost = draw(st.integers(0, 3))
    if lost == 1:
        target = replace(target, sectors=None)
    elif lost == 2:
        narrow = (target.sectors or frozenset()) & set(WITHIN)
        target = replace(target, sectors=(target.sectors or frozenset()) - narrow,
                         ruled_out=target.ruled_out - set(WITHIN))  # fmt: skip
    elif lost == 3:
        target = replace(target, states=frozenset())
    named = draw(st.integers(0, len(owners)))
    kept = draw(st.frozensets(st.sampled_from(sorted(FLAGS))))
    part = replace(
        whole,
        investor=replace(
            whole.investor,
            state=draw(st.sampled_from(["", whole.investor.state])),
            owners=tuple(owners[:named]),
            complete=draw(st.sampled_from([None, True])) if named == len(owners) else None,
        ),
        target=target,
        before=_wide(whole.before, draw(st.integers(0, 2))),
        after=_wide(whole.after, draw(st.integers(0, 2))),
        flags={each: answer for each, answer in whole.flags.items() if each in kept},
    )
    return whole, part


def _vague(owner: Owner, lost: int) -> Owner:
    changed: dict[int, dict[str, Any]] = {
        1: {"state": ""},
        2: {"controls": Answer.MAY},
        3: {"is_state": None},
        4: {"interest": None},
    }
    return replace(owner, **changed.get(lost, {}))


def _wide(held: Held, lost: int) -> Held:
    if lost == 1:
        return Held()
    if lost == 2:
        return Held(*(_spread(each) for each in (held.equity, held.votes)))
    return held


def _spread(span: Span | None) -> Span | None:
    if span is None:
        return None
    ten = WHOLE // 10
    return Span(max(0, span.lowest - ten), min(WHOLE, span.highest + ten))


@given(forgotten())
def test_what_is_learnt_later_never_overturns_a_clear_answer(deals: tuple[Facts, Facts]) -> None:
    whole, part = deals
    for regime in regimes():
        told, early = scope_of(regime, whole), scope_of(regime, part)
        if early.in_scope is not InScope.UNCLEAR:
            assert told.in_scope is early.in_scope, regime.key
        low, final, most = (
            STRICT.index(each) for each in (early.filing, told.filing, early.filing_may)
        )
        pending = STRICT.index(told.filing_may)
        assert low <= final <= max(most, pending), regime.key
        assert (early.in_scope is InScope.UNCLEAR) <= bool(early.missing), regime.key


@given(known())
def test_of_a_deal_that_is_known_nothing_is_asked_but_what_was_announced(whole: Facts) -> None:
    for regime in regimes():
        found = scope_of(regime, whole)
        assert set(found.missing) <= {"sectors.uk-nsia"}, regime.key
        if not found.missing:
            assert found.in_scope is not InScope.UNCLEAR
            assert found.filing is found.filing_may
