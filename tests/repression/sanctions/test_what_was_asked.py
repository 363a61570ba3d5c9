"""A measure or a law that is asked about narrows cells and days, and not only rows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.repression.sanctions.laid_lists import answered, line, spoken, standing, states
from undaunted.core.listings.rules import Measure
from undaunted.core.matching.rules import OpenPair
from undaunted.repression.sanctions.analysis.alignment import alignment_of
from undaunted.repression.sanctions.rules import Followed, State

if TYPE_CHECKING:
    from undaunted.core.listings.queries import EntryLine


def test_pair_with_an_entry_of_another_measure_is_not_possibly_listed_by_it() -> None:
    freeze: dict[str, Any] = {"measures": [{"kind": "asset_freeze", "stated": True}]}
    lists = [spoken("xf-invented", [line("A", **freeze)]), spoken("xz-invented", [line("B")])]
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
