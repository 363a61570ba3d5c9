"""An entry whose list does not say its measures: no gap, and not listed otherwise."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from tests.repression.sanctions.laid_lists import answered, line, rows, spoken, standing, states
from undaunted.core.listings.rules import Kind, Measure
from undaunted.core.matching.rules import OpenPair
from undaunted.repression.sanctions.analysis import lay_side_by_side, matrix_of
from undaunted.repression.sanctions.analysis.alignment import alignment_of
from undaunted.repression.sanctions.rules import Followed, MatrixAsked, State
from undaunted.repression.sanctions.writers import gap_sentences
from undaunted.repression.sanctions.writers.tables import COLUMNS, cell_as_data, matrix_csv
from undaunted.repression.sanctions.writers.words import line_told

if TYPE_CHECKING:
    from undaunted.core.listings.queries import EntryLine
    from undaunted.repression.sanctions.analysis import Matrix

FREEZE = [{"kind": "asset_freeze", "stated": True}]
BAN = [{"kind": "entry_ban", "stated": True}]
SINCE = {"A": "2024-01-01", "B": "2020-01-01", "C": "2025-01-01"}


def entry(key: str, **parts: Any) -> EntryLine:
    return line(key, events=[{"kind": "designated", "day": SINCE[key]}], **parts)


def test_silence_on_measures_is_a_state_of_its_own_where_one_is_asked_about() -> None:
    lists = [spoken("xf-invented", [line("A", measures=FREEZE)]),
             spoken("xz-invented", [line("B"), line("C", measures=BAN)])]  # fmt: skip
    same = (("xf-invented:A", "xz-invented:B", "xz-invented:C"),)
    by_freeze = answered(lists, standing(lists, same), measure=Measure.ASSET_FREEZE)
    (row,) = rows(by_freeze).values()
    assert [each.state for each in row.cells] == [State.LISTED, State.UNTOLD]
    assert [each.state for each in row.cell("XZ").lines] == [State.UNTOLD, State.OTHERWISE]
    assert not row.cell("XZ").sure_gap
    assert states(answered(lists, standing(lists, same))) == {
        "xf-invented:A": (State.LISTED, State.LISTED)
    }


def test_entry_of_untold_measures_is_no_sure_gap_and_not_known_to_be_listed_by_it() -> None:
    lists = [
        spoken("xf-invented", [line("A", measures=FREEZE)]),
        spoken("xz-invented", [line("B")]),
    ]
    who = standing(lists, (("xf-invented:A", "xz-invented:B"),))
    of: dict[str, Any] = {"measure": Measure.ASSET_FREEZE}
    assert not answered(lists, who, not_by=("XZ",), sure=True, **of)
    assert not answered(lists, who, listed_by=("XZ",), **of)
    assert len(answered(lists, who, not_by=("XZ",), **of)) == 1


def test_pair_that_waits_with_such_an_entry_is_possibly_listed() -> None:
    lists = [
        spoken("xf-invented", [line("A", measures=FREEZE)]),
        spoken("xz-invented", [line("B")]),
    ]
    pair = OpenPair(("xf-invented", "A"), ("xz-invented", "B"), 0.9)
    found = answered(lists, standing(lists, opened=(pair,)), measure=Measure.ASSET_FREEZE)
    assert states(found)["xf-invented:A"] == (State.LISTED, State.POSSIBLY)


def test_entry_under_another_law_is_listed_otherwise_whatever_its_measures() -> None:
    other: dict[str, Any] = {"programmes": [{"code": "XZ-OTHER", "title": "Other"}]}
    rights: dict[str, Any] = {"programmes": [{"code": "XZ-RIGHTS", "title": "Rights"}]}
    lists = [spoken("xz-invented", [line("B", **other), line("C", **rights)])]
    who = standing(lists, (("xz-invented:B", "xz-invented:C"),))
    found = answered(lists, who, measure=Measure.ASSET_FREEZE, authority="xz-rights")
    (row,) = rows(found).values()
    assert [each.state for each in row.cell("XZ").lines] == [State.OTHERWISE, State.UNTOLD]


@pytest.mark.parametrize("left", [None, "2022-01-01"])
def test_its_day_is_neither_that_of_the_measure_nor_a_sign_that_nobody_followed(
    left: str | None,
) -> None:
    """Delisted or not: whether it froze anything while it stood is not told."""
    silent = entry("B")
    if left is not None:
        silent.parts["events"].append({"kind": "delisted", "day": left})
    lists = [spoken("xf-invented", [entry("A", measures=FREEZE)]), spoken("xz-invented", [silent])]
    who = standing(lists, (("xf-invented:A", "xz-invented:B"),))
    (told,) = alignment_of(answered(lists, who, measure=Measure.ASSET_FREEZE), {}).parties
    assert told.told.lags["XZ"].followed is Followed.UNKNOWN
    assert told.told.lags["XF"].followed is Followed.FIRST_KNOWN


def test_an_earlier_such_entry_leaves_open_since_when_its_list_has_the_measure() -> None:
    """Its own list names a freeze of 2025, and an entry of 2020 that may have frozen as well."""
    lists = [spoken("xf-invented", [entry("A", measures=FREEZE)]),
             spoken("xz-invented", [entry("B"), entry("C", measures=FREEZE)])]  # fmt: skip
    who = standing(lists, (("xf-invented:A", "xz-invented:B", "xz-invented:C"),))
    (told,) = alignment_of(answered(lists, who, measure=Measure.ASSET_FREEZE), {}).parties
    span = told.told.spans["XZ"]
    assert (span.first, span.last) == (date(2020, 1, 1), date(2025, 1, 1))
    assert told.told.lags["XZ"].followed is Followed.BOUNDED
    assert told.told.lags["XF"].followed is Followed.BOUNDED


def united_nations(
    kind: Kind, programme: str, measure: Measure, *, source: str = "un-sc",
    on: date = date(2026, 6, 1), **parts: Any,
) -> Matrix:  # fmt: skip
    regime = [{"code": programme, "title": ""}]
    lists = [spoken(source, [line("Q", kind=kind.value, programmes=regime, **parts)])]
    laid = lay_side_by_side(lists, standing(lists), on)
    return matrix_of(laid, MatrixAsked(on, measure=measure), ("EU",))


@pytest.mark.parametrize(("kind", "programme", "measure", "state"), [
    (Kind.PERSON, "Al-Qaida", Measure.ASSET_FREEZE, State.LISTED),
    (Kind.PERSON, "Al-Qaida", Measure.ENTRY_BAN, State.LISTED),
    (Kind.BODY, "Al-Qaida", Measure.ENTRY_BAN, State.OTHERWISE),
    (Kind.BODY, "Taliban", Measure.ARMS, State.LISTED),
    (Kind.PERSON, "GB", Measure.ASSET_FREEZE, State.OTHERWISE),
    (Kind.PERSON, "Iraq", Measure.ENTRY_BAN, State.OTHERWISE),
    (Kind.PERSON, "DPRK", Measure.ASSET_FREEZE, State.LISTED),
    (Kind.PERSON, "DPRK", Measure.ENTRY_BAN, State.UNTOLD),
    (Kind.BODY, "Libya", Measure.ASSET_FREEZE, State.UNTOLD),
    (Kind.PERSON, "No such regime", Measure.ASSET_FREEZE, State.UNTOLD),
])  # fmt: skip
def test_regime_of_the_council_says_what_its_entries_leave_to_its_resolutions(
    kind: Kind, programme: str, measure: Measure, state: State
) -> None:
    assert states(united_nations(kind, programme, measure)) == {"un-sc:Q": (state,)}


def test_own_words_of_an_entry_win_over_its_regime() -> None:
    arms = [{"kind": "arms", "stated": True}]
    found = united_nations(Kind.BODY, "Yemen", Measure.ASSET_FREEZE, measures=arms)
    assert states(found) == {"un-sc:Q": (State.OTHERWISE,)}


def test_what_a_regime_imposes_is_told_apart_from_what_an_entry_says() -> None:
    found = united_nations(Kind.PERSON, "Taliban", Measure.ASSET_FREEZE)
    (row,) = rows(found).values()
    (told,) = row.cells[0].lines
    assert (told.measures, told.implied) == ((), ("asset_freeze", "entry_ban", "arms"))
    assert "by its regime, not by the entry" in line_told(told)
    (data,) = cell_as_data(row.cells[0])["entries"]
    assert (data["measures"], data["measures_implied"]) == (
        [], ["asset_freeze", "entry_ban", "arms"],
    )  # fmt: skip
    _, written = list(matrix_csv([row], found.asked))
    cells = written.strip().split(",")
    assert cells[COLUMNS.index("measures")] == ""
    assert cells[COLUMNS.index("measures_implied")] == "asset_freeze; entry_ban; arms"


def test_sentence_says_that_the_measure_is_not_told() -> None:
    found = united_nations(Kind.BODY, "Libya", Measure.ASSET_FREEZE)
    (row,) = rows(found).values()
    (told,) = gap_sentences(row.cells)
    assert told.startswith("Listed by")
    assert told.endswith("whether by the measure asked about is not told.")


@pytest.mark.parametrize(("day", "state"), [
    (date(2001, 12, 31), State.OTHERWISE), (date(2002, 1, 16), State.LISTED),
])  # fmt: skip
def test_a_measure_counts_since_the_council_imposed_it(day: date, state: State) -> None:
    since = [{"kind": "designated", "day": "2001-01-25"}]
    found = united_nations(Kind.PERSON, "Taliban", Measure.ENTRY_BAN, on=day, events=since)
    assert states(found) == {"un-sc:Q": (state,)}


def test_time_to_align_by_a_measure_begins_no_earlier_than_the_measure() -> None:
    since = [{"kind": "designated", "day": "2001-01-25"}]
    for measure, first in ((Measure.ENTRY_BAN, "2002-01-16"), (Measure.ASSET_FREEZE, "2001-01-25")):
        found = united_nations(Kind.PERSON, "Taliban", measure, events=since)
        (told,) = alignment_of(found, {}).parties
        assert str(told.told.first.day) == first


LISTWIDE = [{"kind": "asset_freeze", "stated": False}]


@pytest.mark.parametrize(("kind", "source", "day", "state"), [
    (Kind.PERSON, "ca-sema", date(2026, 6, 1), State.LISTED),
    (Kind.PERSON, "ca-sema", date(2022, 6, 1), State.UNTOLD),
    (Kind.PERSON, "ca-sema", date(2017, 6, 1), State.OTHERWISE),
    (Kind.BODY, "ca-sema", date(2026, 6, 1), State.OTHERWISE),
    (Kind.PERSON, "uk-ofsi", date(2026, 6, 1), State.OTHERWISE),
])  # fmt: skip
def test_canada_bans_from_entering_whom_it_lists_since_its_law_says_so(
    kind: Kind, source: str, day: date, state: State
) -> None:
    found = united_nations(
        kind, "Burma / Birmanie", Measure.ENTRY_BAN, source=source, on=day, measures=LISTWIDE
    )
    assert states(found) == {f"{source}:Q": (state,)}
    freeze = united_nations(kind, "Burma / Birmanie", Measure.ASSET_FREEZE, source=source, on=day,
                            measures=LISTWIDE)  # fmt: skip
    assert states(freeze) == {f"{source}:Q": (State.LISTED,)}


def test_both_are_told_of_an_entry_what_its_list_and_what_its_regime_imposes() -> None:
    found = united_nations(Kind.PERSON, "Belarus / Bélarus", Measure.ENTRY_BAN, source="ca-sema",
                           measures=LISTWIDE)  # fmt: skip
    (row,) = rows(found).values()
    (told,) = row.cells[0].lines
    assert (told.measures, told.implied) == (("asset_freeze",), ("entry_ban",))
    assert "freeze" in line_told(told)
    assert "by its regime, not by the entry" in line_told(told)


STATED = [{"kind": "asset_freeze", "stated": True}]


@pytest.mark.parametrize(("source", "programme", "measures"), [
    ("eu-fsf", "HR", LISTWIDE), ("eu-journal", "EU-HR", STATED),
    ("us-ofac-sdn", "GLOMAG", LISTWIDE),
])  # fmt: skip
def test_law_that_bans_from_entering_is_read_though_its_list_holds_freezes_alone(
    source: str, programme: str, measures: list[dict[str, Any]]
) -> None:
    """The register of laws gives the ban with its article; the matrix said *otherwise* of each."""
    asked: dict[str, Any] = {"measure": Measure.ENTRY_BAN, "source": source, "measures": measures}
    found = united_nations(Kind.PERSON, programme, **asked)
    (row,) = rows(found).values()
    (told,) = row.cells[0].lines
    assert (told.state, told.implied) == (State.LISTED, ("entry_ban",))
    for kind, other, day in (
        (Kind.BODY, programme, date(2026, 6, 1)),
        (Kind.PERSON, "ANOTHER", date(2026, 6, 1)),
        (Kind.PERSON, programme, date(2017, 6, 1)),
    ):
        found = united_nations(kind, other, on=day, **asked)
        assert states(found) == {f"{source}:Q": (State.OTHERWISE,)}


@pytest.mark.parametrize(("kind", "state"), [
    (Kind.PERSON, State.UNTOLD), (Kind.BODY, State.OTHERWISE),
])  # fmt: skip
def test_who_is_designated_for_the_kingdoms_ban_a_list_of_freezes_does_not_tell(
    kind: Kind, state: State
) -> None:
    found = united_nations(kind, "Global Human Rights", Measure.ENTRY_BAN, source="uk-ofsi",
                           measures=LISTWIDE)  # fmt: skip
    assert states(found) == {"uk-ofsi:Q": (state,)}


def test_a_ban_that_an_entry_states_is_not_told_once_more_by_its_regime() -> None:
    both = [*STATED, {"kind": "entry_ban", "stated": True}]
    found = united_nations(Kind.PERSON, "EU-HR", Measure.ENTRY_BAN, source="eu-journal",
                           measures=both)  # fmt: skip
    (row,) = rows(found).values()
    assert [each.implied for each in row.cells[0].lines] == [()]
