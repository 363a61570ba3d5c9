"""A measure or a law that is asked about narrows cells and days, and not only rows."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from tests.repression.sanctions.laid_lists import answered, line, rows, spoken, standing, states
from undaunted.core.listings.rules import Measure
from undaunted.core.matching.rules import OpenPair, Why
from undaunted.repression.sanctions.analysis.alignment import alignment_of
from undaunted.repression.sanctions.rules import Followed, State
from undaunted.repression.sanctions.writers import gap_sentences

if TYPE_CHECKING:
    from undaunted.core.listings.queries import EntryLine


def test_pair_with_an_entry_of_another_measure_is_not_possibly_listed_by_it() -> None:
    freeze: dict[str, Any] = {"measures": [{"kind": "asset_freeze", "stated": True}]}
    ban: dict[str, Any] = {"measures": [{"kind": "entry_ban", "stated": True}]}
    lists = [
        spoken("xf-invented", [line("A", **freeze)]),
        spoken("xz-invented", [line("B", **ban)]),
    ]
    pair = OpenPair(("xf-invented", "A"), ("xz-invented", "B"), 0.9)
    who = standing(lists, opened=(pair,))
    by_freeze = states(answered(lists, who, measure=Measure.ASSET_FREEZE))
    assert by_freeze["xf-invented:A"] == (State.LISTED, State.POSSIBLY_OTHERWISE)
    assert by_freeze["xz-invented:B"] == (State.POSSIBLY, State.OTHERWISE)
    assert not answered(lists, who, measure=Measure.ASSET_FREEZE, not_by=("XZ",), sure=True)


def test_entry_under_another_law_of_the_same_list_is_listed_otherwise() -> None:
    rights: dict[str, Any] = {"programmes": [{"code": "XZ-RIGHTS", "title": "Rights"}]}
    gone = [{"kind": "delisted", "day": "2025-01-01"}]
    lists = [
        spoken("xf-invented", [line("A")]),
        spoken("xz-invented", [line("B", **rights, events=gone), line("C"), line("D", **rights)]),
    ]
    one = ("xf-invented:A", "xz-invented:B", "xz-invented:C")
    found = answered(lists, standing(lists, (one,)), authority="xz-rights")
    assert states(found) == {
        "xf-invented:A": (State.LISTED, State.OTHERWISE),
        "xz-invented:D": (State.NOT_FOUND, State.LISTED),
    }


def test_time_to_align_counts_only_what_was_asked_about() -> None:
    """A day on which somebody's assets were frozen is not that of an entry ban, nor of a law."""

    def entry(key: str, day: str, **parts: Any) -> EntryLine:
        return line(key, events=[{"kind": "designated", "day": day}], **parts)

    freeze = [{"kind": "asset_freeze", "stated": True}]
    ban = [{"kind": "entry_ban", "stated": True}]
    rights = [{"code": "XZ-RIGHTS", "title": "Rights"}]
    lists = [
        spoken("xf-invented", [entry("A", "2024-01-01", measures=freeze)]),
        spoken("xz-invented", [
            entry("B", "2025-01-01", measures=ban, programmes=rights),
            entry("C", "2020-01-01", measures=freeze),
        ]),
    ]  # fmt: skip
    who = standing(lists, (("xf-invented:A", "xz-invented:B", "xz-invented:C"),))

    def lags(**more: Any) -> dict[str, tuple[Followed, int | None]]:
        (told,) = alignment_of(answered(lists, who, **more), {}).parties
        return {code: (lag.followed, lag.least) for code, lag in told.told.lags.items()}

    assert lags() == {"XF": (Followed.KNOWN, 1461), "XZ": (Followed.FIRST, 0)}
    assert lags(authority="xz-rights") == {
        "XF": (Followed.FIRST, 0), "XZ": (Followed.KNOWN, 366),
    }  # fmt: skip
    assert lags(measure=Measure.ENTRY_BAN) == {
        "XF": (Followed.UNKNOWN, None), "XZ": (Followed.FIRST_KNOWN, 0),
    }  # fmt: skip


@pytest.mark.parametrize("why", [None, Why.WAITS])
@pytest.mark.parametrize("left", ["delisted", "expires", "gone"])
def test_open_pair_with_an_entry_that_stands_no_more_is_no_sure_gap(
    left: str, why: Why | None
) -> None:
    """Whoever it is may have been listed there: neither not found, nor not yet followed."""
    days = [{"kind": "designated", "day": "2020-01-01"}]
    parts: dict[str, Any] = {"gone": 2} if left == "gone" else {}
    ended = [*days, {"kind": left, "day": "2025-01-01"}] if left != "gone" else days
    lists = [
        spoken("xf-invented", [line("A", events=days)]),
        spoken("xz-invented", [line("B", events=ended, **parts)]),
    ]
    pair = OpenPair(("xf-invented", "A"), ("xz-invented", "B"), 0.899)
    if why is not None:
        pair = replace(pair, why=why)
    who = standing(lists, opened=(pair,))
    who = replace(who, party_of={**who.party_of, ("xz-invented", "B"): "xz-invented:B"})
    found = answered(lists, who)
    cell = rows(found)["xf-invented:A"].cell("XZ")
    assert cell.state is State.POSSIBLY_DELISTED
    assert not cell.sure_gap
    (told,) = gap_sentences([cell])
    assert told.startswith("Possibly no longer listed by")
    assert not answered(lists, who, listed_by=("XF",), not_by=("XZ",), sure=True)
    (aligned,) = [e for e in alignment_of(found, {}).parties if e.party == "xf-invented:A"]
    assert aligned.told.lags["XZ"].followed is Followed.UNKNOWN


def test_possibly_delisted_says_less_than_what_is_known_and_more_than_an_old_version() -> None:
    gone = [{"kind": "delisted", "day": "2025-01-01"}]
    lists = [
        spoken("xf-invented", [line("A")]),
        spoken("xz-invented", [line("B", events=gone), line("C", events=gone)]),
    ]
    one = ("xf-invented:A", "xz-invented:C")
    pair = OpenPair(("xf-invented", "A"), ("xz-invented", "B"), 0.899)
    told = states(answered(lists, standing(lists, (one,), opened=(pair,))))
    assert told["xf-invented:A"] == (State.LISTED, State.DELISTED)
    old = [lists[0], spoken("xz-invented", [line("B", events=gone)], date(2025, 6, 1))]
    told = states(answered(old, standing(old, opened=(pair,))))
    assert told["xf-invented:A"] == (State.LISTED, State.POSSIBLY_DELISTED)
