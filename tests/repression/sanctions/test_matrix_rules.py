"""A cell never says more than its lists: versions, footings, states, spans of days."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from undaunted.core.listings.rules import Event, EventKind, Measure
from undaunted.repression.sanctions.rules import (
    GAPS,
    OLD_AFTER,
    Cell,
    Followed,
    Footing,
    HeldVersion,
    Lag,
    Line,
    ListSpoken,
    MatrixAsked,
    QuestionRefused,
    Span,
    State,
    Tie,
    aligned,
    base_state,
    begun_by,
    designated,
    entry_state,
    footing_of,
    is_sure_gap,
    plainly,
    refuse_ahead,
    strongest,
    timing_of,
    version_on,
)

ON = date(2026, 6, 1)
_DAYS = st.dates(date(2024, 1, 1), date(2027, 1, 1))


@dataclass(frozen=True)
class Dated:
    """Whatever has events."""

    events: tuple[Event, ...] = ()


def happened(*events: tuple[str, str]) -> Dated:
    return Dated(tuple(Event(EventKind(kind), day) for kind, day in events))


FREEZE, BAN = Measure.ASSET_FREEZE, Measure.ENTRY_BAN


def version(number: int, day: date | None, loaded: date = ON) -> HeldVersion:
    return HeldVersion("xf-invented", number, day, loaded)


def spoken(footing: Footing, *only: Measure, waits: bool = False, holds: bool = True) -> ListSpoken:
    held = None if footing is Footing.ABSENT else version(1, ON)
    return ListSpoken("xf-invented", "XF", held, footing, waits, holds, frozenset(only))


_VERSIONS = st.lists(
    st.builds(
        lambda day, loaded, known: HeldVersion("xf-invented", 1, day if known else None, loaded),
        _DAYS, _DAYS, st.booleans(),
    ), max_size=6,
).map(lambda held: [replace(each, number=n) for n, each in enumerate(held, 1)])  # fmt: skip


def test_version_of_a_day_is_the_last_not_later_than_it() -> None:
    held = [
        version(1, date(2026, 1, 1)),
        version(2, date(2026, 5, 1)),
        version(3, date(2026, 7, 1)),
    ]
    assert version_on(held, ON) == held[1]
    assert version_on(held, date(2025, 1, 1)) == held[0]
    assert version_on([], ON) is None
    late = [replace(each, loaded=date(2026, 8, each.number)) for each in held]
    assert version_on(late, date(2026, 9, 1), date(2026, 8, 1)) == late[0]
    assert version_on(late, ON, date(2026, 7, 1)) is None


@given(_VERSIONS, _DAYS, st.integers(1, 400))
def test_later_version_never_changes_what_was_said_of_the_past(
    held: list[HeldVersion], on: date, more: int
) -> None:
    before = version_on(held, on)
    day = on + timedelta(days=more)
    added = [*held, HeldVersion("xf-invented", len(held) + 1, day, day)]
    assert version_on(added, on) == (before or added[-1])
    if before is None:
        assert footing_of(added[-1], on) is Footing.LATER


@given(_VERSIONS, _DAYS, _DAYS)
def test_what_is_loaded_after_a_day_is_not_known_on_it(
    held: list[HeldVersion], on: date, known: date
) -> None:
    added = [*held, HeldVersion("xf-invented", 9, on, known + timedelta(days=1))]
    assert version_on(added, on, known) == version_on(held, on, known)


@pytest.mark.parametrize(
    ("day", "loaded", "ended", "found"),
    [
        (ON, ON, None, Footing.CURRENT),
        (ON - OLD_AFTER, ON, None, Footing.CURRENT),
        (ON - OLD_AFTER - timedelta(days=1), ON, None, Footing.OLD),
        (None, ON, None, Footing.UNDATED),
        (ON, ON, ON, Footing.OLD),
        (None, ON, ON, Footing.OLD),
        (None, ON, ON + timedelta(days=1), Footing.UNDATED),
        (ON, ON, ON + timedelta(days=1), Footing.CURRENT),
        (ON + timedelta(days=1), ON, None, Footing.LATER),
        (None, ON + timedelta(days=1), None, Footing.LATER),
    ],
)
def test_footing(day: date | None, loaded: date, ended: date | None, found: Footing) -> None:
    assert footing_of(version(1, day, loaded), ON, ended) is found


def test_absent_version_has_no_footing() -> None:
    assert footing_of(None, ON) is Footing.ABSENT


@pytest.mark.parametrize(
    ("events", "footing", "found"),
    [
        ((), Footing.CURRENT, State.LISTED),
        ((), Footing.LATER, State.LATER),
        ((("designated", "2026-05-31"),), Footing.LATER, State.LISTED),
        ((("designated", "2026"),), Footing.LATER, State.LATER),
        ((("amended", "2026-05-31"),), Footing.LATER, State.LATER),
        ((("designated", "2026-06-02"),), Footing.CURRENT, None),
        ((("designated", "2024"), ("delisted", "2026-01-01")), Footing.CURRENT, State.DELISTED),
        ((("designated", "2024-01-01"), ("expires", "2026-05-31")), Footing.CURRENT, State.ENDED),
        ((("expires", "2026-06-01"),), Footing.CURRENT, State.LISTED),
        ((("re_enacted", "2025-01-01"),), Footing.LATER, State.LISTED),
    ],
)  # fmt: skip
def test_entry_says(
    events: tuple[tuple[str, str], ...], footing: Footing, found: State | None
) -> None:
    assert entry_state(happened(*events), ON, footing) is found


def test_day_of_listing_shows_that_it_stood() -> None:
    assert begun_by(happened(("designated", "2026-06-01")), ON)
    assert not begun_by(happened(("designated", "")), ON)
    assert not begun_by(happened(("designated", "2026-06-01/..")), ON)


@pytest.mark.parametrize(
    ("lists", "found"),
    [
        ((), State.NOT_LOADED),
        ((spoken(Footing.ABSENT),), State.NOT_LOADED),
        ((spoken(Footing.CURRENT, holds=False),), State.SILENT),
        ((spoken(Footing.LATER),), State.LATER),
        ((spoken(Footing.OLD), spoken(Footing.LATER)), State.OLD),
        ((spoken(Footing.OLD), spoken(Footing.CURRENT)), State.NOT_FOUND),
        ((spoken(Footing.ABSENT), spoken(Footing.CURRENT)), State.NOT_FOUND),
        ((spoken(Footing.CURRENT, waits=True),), State.NOT_COMPARED),
        ((spoken(Footing.CURRENT), spoken(Footing.OLD, waits=True)), State.NOT_COMPARED),
        ((spoken(Footing.OLD, waits=True),), State.OLD),
        ((spoken(Footing.UNDATED), spoken(Footing.ABSENT)), State.UNDATED),
        ((spoken(Footing.OLD), spoken(Footing.UNDATED)), State.UNDATED),
        ((spoken(Footing.UNDATED), spoken(Footing.CURRENT)), State.NOT_FOUND),
        ((spoken(Footing.CURRENT, FREEZE),), State.NOT_FOUND),
        ((spoken(Footing.CURRENT, FREEZE), spoken(Footing.OLD)), State.OLD),
        ((spoken(Footing.OLD), spoken(Footing.CURRENT, FREEZE)), State.OLD),
        ((spoken(Footing.CURRENT, FREEZE), spoken(Footing.UNDATED)), State.UNDATED),
        ((spoken(Footing.CURRENT, FREEZE), spoken(Footing.LATER)), State.LATER),
        ((spoken(Footing.CURRENT, FREEZE), spoken(Footing.ABSENT)), State.NOT_FOUND),
        ((spoken(Footing.CURRENT, FREEZE), spoken(Footing.CURRENT)), State.NOT_FOUND),
        ((spoken(Footing.CURRENT), spoken(Footing.OLD, FREEZE)), State.NOT_FOUND),
        ((spoken(Footing.CURRENT, FREEZE, BAN), spoken(Footing.OLD, FREEZE)), State.NOT_FOUND),
        ((spoken(Footing.CURRENT, FREEZE), spoken(Footing.OLD, FREEZE, BAN)), State.OLD),
        ((spoken(Footing.CURRENT, FREEZE), spoken(Footing.OLD, holds=False)), State.NOT_FOUND),
    ],
)
def test_silence_says(lists: tuple[ListSpoken, ...], found: State) -> None:
    assert base_state(lists) is found


_LISTS = st.lists(
    st.builds(
        lambda footing, only, waits, holds: spoken(footing, *only, waits=waits, holds=holds),
        st.sampled_from(Footing), st.sets(st.sampled_from([FREEZE, BAN])), st.booleans(),
        st.booleans(),
    ),
    max_size=4,
)  # fmt: skip


@given(_LISTS, st.booleans())
def test_not_found_needs_a_current_list_that_was_wholly_compared(
    lists: list[ListSpoken],
    waits: bool,  # noqa: FBT001 - drawn
) -> None:
    found = base_state(lists, waits=waits)
    if found is State.NOT_FOUND:
        assert not waits
        assert any(e.footing is Footing.CURRENT and e.holds for e in lists)
        assert not any(e.waits for e in lists if e.version)
        current = [e.only for e in lists if e.footing is Footing.CURRENT and e.holds]
        for each in lists:
            if each.version and each.holds:
                assert any(not e or (each.only and each.only <= e) for e in current)
    assert found not in GAPS - {State.NOT_FOUND}
    assert found is not State.LISTED


@given(st.lists(st.sampled_from(State), min_size=1))
def test_strongest_is_one_of_them_in_any_order(states: list[State]) -> None:
    assert strongest(states) is strongest(states[::-1])
    assert strongest(states) in states


@given(st.sampled_from(State), st.sampled_from(State))
def test_gap_is_sure_only_over_a_current_list(state: State, base: State) -> None:
    sure = is_sure_gap(state, base)
    left = {State.NOT_FOUND, State.GONE, State.ENDED, State.DELISTED}
    assert sure == (state in left and base is State.NOT_FOUND)
    assert Cell("XF", state, base).sure_gap is sure


def test_cell_is_of_one_persons_file_where_all_that_gives_its_state_is() -> None:
    """A list that more than one person vouches for says the same: then it is no one person's."""

    def told(*lines: tuple[State, bool]) -> bool:
        held = tuple(
            Line("xf-invented", str(at), "A", state, Tie.OWN, alone=alone)
            for at, (state, alone) in enumerate(lines)
        )
        return Cell("XF", State.LISTED, State.OLD, held).alone

    assert told((State.LISTED, True), (State.GONE, False))
    assert not told((State.LISTED, True), (State.LISTED, False))
    assert not told((State.LISTED, False), (State.GONE, True))
    assert told((State.UNTOLD, True))
    assert not told()


def test_cell_is_since_the_earliest_entry_that_stands() -> None:
    lines = (
        Line("a", "1", "A", State.LISTED, Tie.OWN, since="2024-05-05"),
        Line("a", "2", "A", State.LISTED, Tie.CONFIRMED, since="2024-02"),
        Line("a", "3", "A", State.LISTED, Tie.CONFIRMED),
        Line("a", "4", "A", State.DELISTED, Tie.CONFIRMED, since="2020-01-01"),
    )
    assert Cell("XF", State.LISTED, State.OLD, lines).since == "2024-02"
    assert not Cell("XF", State.OLD, State.OLD).since


def test_question_that_contradicts_itself_is_refused() -> None:
    assert MatrixAsked(ON, listed_by=("XF",), not_by=("XZ",)).not_by == ("XZ",)
    with pytest.raises(QuestionRefused, match="XF: stands both"):
        MatrixAsked(ON, listed_by=("XF",), not_by=("XZ", "XF"))


def test_designation_is_never_an_amendment() -> None:
    told = happened(("designated", "2024-02-15"), ("amended", "2023-01-01"))
    assert designated(told) == Span(date(2024, 2, 15), date(2024, 2, 15))
    assert designated(told).day == date(2024, 2, 15)
    only = happened(("amended", "2024-06-01"), ("re_enacted", "2024-03-01"))
    assert designated(only) == Span(None, date(2024, 3, 1))
    assert designated(only).day is None
    assert designated(Dated()) == Span()
    twice = happened(("designated", "2025-01-01"), ("designated", "../2024-05-01"))
    assert designated(twice) == Span(None, date(2024, 5, 1))


def test_versions_bound_what_the_list_does_not_say() -> None:
    seen = Span(date(2024, 1, 1), date(2024, 7, 1))
    assert designated(Dated(), seen) == seen
    assert designated(happened(("amended", "2024-03-01")), seen).last == date(2024, 3, 1)
    day = Span(date(2024, 2, 15), date(2024, 2, 15))
    assert designated(happened(("designated", "2024-02-15")), seen) == day
    early = happened(("designated", "2020-02-15"))
    assert designated(early, seen).day == date(2020, 2, 15), "a day told stands against versions"


def _on(text: str) -> Span:
    return Span(date.fromisoformat(text), date.fromisoformat(text))


def test_days_from_the_first_designation_to_each_other() -> None:
    told = aligned(
        {"XF": [_on("2024-01-01")], "XZ": [_on("2024-03-01"), _on("2025-01-01")]},
        {"XB": Followed.NOT_YET, "XS": Followed.UNKNOWN},
        date(2024, 12, 31),
    )
    assert told.leaders == (), "of one nothing is known: it may have been before all others"
    assert told.first == _on("2024-01-01")
    assert told.lags["XZ"] == Lag(Followed.KNOWN, 60, 60)
    assert told.lags["XB"] == Lag(Followed.NOT_YET, 365)
    assert told.lags["XS"] == Lag(Followed.UNKNOWN)


def test_unknown_day_leaves_the_first_and_the_lag_open() -> None:
    told = aligned({"XF": [Span()], "XZ": [_on("2024-03-01")]}, {}, ON)
    assert told.leaders == ()
    assert told.lags["XF"] == Lag(Followed.UNKNOWN)
    assert told.lags["XZ"] == Lag(Followed.BOUNDED, 0, None)
    both = aligned({"XF": [Span()]}, {"XZ": Followed.NOT_YET}, ON)
    assert both.lags["XZ"] == Lag(Followed.NOT_YET, None)


def test_bounds_of_versions_bound_the_days() -> None:
    told = aligned({"XF": [_on("2024-01-01")],
                    "XZ": [Span(date(2024, 2, 1), date(2024, 4, 1))],
                    "XB": [Span(date(2024, 2, 1), None)]}, {}, ON)  # fmt: skip
    assert told.lags["XZ"] == Lag(Followed.BOUNDED, 31, 91)
    assert told.lags["XB"] == Lag(Followed.BOUNDED, 31, None)


def test_same_day_is_first_for_both() -> None:
    told = aligned({"XF": [_on("2024-01-01")], "XZ": [_on("2024-01-01")]}, {}, ON)
    assert told.leaders == ("XF", "XZ")


_SPANS = st.tuples(st.none() | _DAYS, st.none() | _DAYS).map(
    lambda ends: Span(min(ends), max(ends)) if None not in ends else Span(*ends)  # type: ignore[type-var]
)


@given(st.dictionaries(st.sampled_from("ABCD"), st.lists(_SPANS, min_size=1, max_size=3),
                       min_size=1), st.data())  # fmt: skip
def test_true_days_lie_within_every_bound(
    spans: dict[str, list[Span]], data: st.DataObject
) -> None:
    """Whatever days the spans allow, the days between lie within what is said of them."""
    told = aligned(spans, {}, date(2028, 1, 1))

    def drawn(span: Span) -> date:
        last = span.last or date(2027, 6, 1)
        first = span.first or min(date(2023, 1, 1), last)
        return data.draw(st.dates(min(first, last), last))

    true = {code: min(drawn(each) for each in held) for code, held in spans.items()}
    first = min(true.values())
    for code, lag in told.lags.items():
        days = (true[code] - first).days
        if lag.followed is Followed.FIRST:
            assert days == 0
        if lag.least is not None:
            assert lag.least <= days
        if lag.most is not None:
            assert days <= lag.most


def test_median_is_told_with_what_is_not_known() -> None:
    lags = [
        Lag(Followed.FIRST, 0, 0),
        Lag(Followed.KNOWN, 10, 10),
        Lag(Followed.KNOWN, 30, 30),
        Lag(Followed.BOUNDED, 5, 50),
        Lag(Followed.NOT_YET, 400),
        Lag(Followed.UNKNOWN),
    ]
    told = timing_of("XF", lags)
    assert (told.first, told.known, told.bounded, told.not_yet, told.unknown) == (1, 2, 1, 1, 1)
    assert (told.median, told.least, told.most) == (20, 10, 30)
    open_ended = timing_of("XF", [Lag(Followed.BOUNDED, 5, None)])
    assert (open_ended.median, open_ended.least, open_ended.most) == (None, 5, None)
    assert timing_of("XF", []).least is None


def test_today_is_asked_about_and_no_day_ahead_of_it() -> None:
    refuse_ahead(MatrixAsked(ON, ON), ON)
    refuse_ahead(MatrixAsked(ON), ON)
    for asked, field in (
        (MatrixAsked(ON + timedelta(days=1)), "on"),
        (MatrixAsked(ON, ON + timedelta(days=1)), "known"),
    ):
        with pytest.raises(QuestionRefused, match=f"{field}: 2026-06-02 is ahead of today") as told:
            refuse_ahead(asked, ON)
        assert told.value.field == field


def test_a_country_is_asked_by_its_code_and_one_that_is_none_is_refused() -> None:
    asked = plainly(
        MatrixAsked(date(2026, 6, 1), country=" Belarus ", words=" Arna ", programme=" P1 ")
    )
    assert (asked.country, asked.words, asked.programme) == ("BY", "Arna", "P1")
    assert plainly(MatrixAsked(date(2026, 6, 1))).country == ""
    with pytest.raises(QuestionRefused, match="'Atlantis Minor' is no country") as refused:
        plainly(MatrixAsked(date(2026, 6, 1), country="Atlantis Minor"))
    assert refused.value.field == "country"
