"""The matrix over lists drawn at random: filters commute, nothing is said that no list says."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from functools import partial
from itertools import permutations
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.repression.sanctions.laid_lists import (
    COLUMNS,
    ON,
    PLACES,
    answered,
    line,
    rows,
    spoken,
    standing,
    states,
)
from undaunted.core.listings.rules import Kind, Measure
from undaunted.core.matching.rules import OpenPair, Standing
from undaunted.repression.sanctions.analysis import lay_side_by_side, matrix_of, rows_of
from undaunted.repression.sanctions.analysis.kept import Kept
from undaunted.repression.sanctions.analysis.laying import Spoken
from undaunted.repression.sanctions.rules import (
    GAPS,
    Footing,
    MatrixAsked,
    State,
    Tie,
)


def test_open_pair_is_possibly_listed_on_both_sides_and_never_not_found() -> None:
    lists = [spoken("xf-invented", [line("A")]), spoken("xz-invented", [line("B"), line("C")])]
    pair = OpenPair(("xf-invented", "A"), ("xz-invented", "B"), 0.9)
    found = answered(lists, standing(lists, opened=(pair,)))
    assert states(found) == {
        "xf-invented:A": (State.LISTED, State.POSSIBLY),
        "xz-invented:B": (State.POSSIBLY, State.LISTED),
        "xz-invented:C": (State.NOT_FOUND, State.LISTED),
    }
    waiting = rows(found)["xf-invented:A"].cell("XZ")
    assert [(e.key, e.tie, e.score) for e in waiting.lines] == [("B", Tie.OPEN, 0.9)]
    assert not waiting.sure_gap


def test_pair_reaches_every_list_on_which_the_other_side_stands() -> None:
    lists = [spoken("xf-invented", [line("A"), line("D")]), spoken("xz-invented", [line("B")])]
    same = (("xf-invented:D", "xz-invented:B"),)
    pair = OpenPair(("xf-invented", "A"), ("xf-invented", "D"), 0.8)
    found = rows(answered(lists, standing(lists, same, (pair,))))
    assert found["xf-invented:A"].cell("XZ").state is State.POSSIBLY
    assert {e.tie for e in found["xf-invented:D"].cell("XZ").lines} == {Tie.CONFIRMED}


def test_judged_pair_that_changed_stays_one_row_and_says_so() -> None:
    lists = [spoken("xf-invented", [line("A")]), spoken("xz-invented", [line("B")])]
    pair = OpenPair(("xf-invented", "A"), ("xz-invented", "B"), 0.9)
    found = rows(answered(lists, standing(lists, (("xf-invented:A", "xz-invented:B"),), (pair,))))
    assert set(found) == {"xf-invented:A"}
    assert {e.tie for cell in found["xf-invented:A"].cells for e in cell.lines} == {Tie.CHANGED}


def test_entry_that_cannot_be_compared_is_not_a_gap() -> None:
    lists = [spoken("xf-invented", [line("A")]), spoken("xz-invented", [line("B")])]
    found = states(answered(lists, standing(lists, refused=("xf-invented:A",))))
    assert found["xf-invented:A"] == (State.LISTED, State.NOT_COMPARED)
    assert found["xz-invented:B"] == (State.NOT_FOUND, State.LISTED)


def test_list_that_waits_for_comparison_says_nothing_of_others() -> None:
    lists = [spoken("xf-invented", [line("A")]), spoken("xz-invented", [line("B")], waits=True)]
    assert states(answered(lists, standing(lists)))["xf-invented:A"][1] is State.NOT_COMPARED


def test_entry_that_has_gone_without_a_word_is_not_called_delisted() -> None:
    lists = [spoken("xf-invented", [line("A", gone=2)]), spoken("xz-invented", [line("B")])]
    found = rows(answered(lists, standing(lists)))["xf-invented:A"].cell("XF")
    assert found.state is State.GONE
    assert found.lines[0].until == "2026-03-03/2026-06-01"


def test_entry_that_one_persons_file_alone_drops_is_missing_and_no_sure_gap() -> None:
    """Whoever brings a file without somebody delists nobody."""
    brought = spoken("xf-invented", [line("A", gone=2)], sure=False)
    lists = [brought, spoken("xz-invented", [line("B")])]
    found = rows(answered(lists, standing(lists)))["xf-invented:A"].cell("XF")
    assert (found.state, found.sure_gap) == (State.MISSING, False)
    assert found.lines[0].until == "2026-03-03/2026-06-01"


def test_entry_that_left_between_two_versions_of_a_day_left_on_that_day() -> None:
    """A period that begins and ends on one day is the day."""
    held = spoken("xf-invented", [line("A", gone=2)])
    same = Spoken(held.told, held.sheet, {1: held.days[2], 2: held.days[2]})
    lists = [same, spoken("xz-invented", [line("B")])]
    (gone,) = rows(answered(lists, standing(lists)))["xf-invented:A"].cell("XF").lines
    assert gone.until == "2026-06-01"


def test_sign_before_a_name_does_not_put_it_first() -> None:
    names = ("“Zubri”", '"Brandl Works"', "Anna", "(Molnari)")
    lists = [spoken("xf-invented", [line(f"K{n}", name=name) for n, name in enumerate(names)])]
    shown = [each.name for each in rows_of(answered(lists, standing(lists)))]
    assert shown == ["Anna", '"Brandl Works"', "(Molnari)", "“Zubri”"]


def test_later_version_says_nothing_of_an_entry_without_a_day() -> None:
    late = ON + timedelta(days=5)
    dated = line("D", events=[{"kind": "designated", "day": "2025-01-01"}])
    lists = [
        spoken("xf-invented", [line("A"), dated, line("G", gone=2)], late),
        spoken("xz-invented", [line("B")]),
    ]
    who = standing(lists, (("xf-invented:A", "xz-invented:B"),))
    found = states(answered(lists, who))
    assert found == {
        "xf-invented:A": (State.LATER, State.LISTED),
        "xf-invented:D": (State.LISTED, State.NOT_FOUND),
    }


def test_measure_that_the_entry_does_not_name_is_not_said() -> None:
    freeze = [{"kind": "asset_freeze", "stated": True}]
    lists = [
        spoken("xf-invented", [line("A", measures=freeze)]),
        spoken("xz-invented", [line("B", measures=[{"kind": "entry_ban", "stated": True}])]),
    ]
    who = standing(lists, (("xf-invented:A", "xz-invented:B"),))
    found = answered(lists, who, measure=Measure.ENTRY_BAN)
    assert states(found)["xf-invented:A"] == (State.OTHERWISE, State.LISTED)
    assert rows(found)["xf-invented:A"].cell("XF").lines[0].state is State.OTHERWISE


def test_question_is_answered_by_any_entry_of_a_party() -> None:
    lists = [
        spoken("xf-invented", [line("A", name="Viktor Strovik", nationalities=["XR"]),
                               line("S", name="SEA THISTLE", kind="ship")]),
        spoken("xz-invented", [line("B", name="Wiktor", births=[{"country": "XS"}],
                                    programmes=[{"code": "XZ-RIGHTS", "title": "Rights"}])]),
    ]  # fmt: skip
    who = standing(lists, (("xf-invented:A", "xz-invented:B"),))
    for more in (
        {"words": "strovik viktor"}, {"words": "WIKTOR"}, {"country": "XR"}, {"country": "XS"},
        {"programme": "rights"}, {"authority": "xz-rights"}, {"kind": Kind.PERSON},
        {"entries": frozenset({("xz-invented", "B")})}, {"listed_by": ("XF", "XZ")},
    ):  # fmt: skip
        assert set(states(answered(lists, who, **more))) == {"xf-invented:A"}, more
    assert set(states(answered(lists, who, not_by=("XZ",), sure=True))) == {"xf-invented:S"}
    assert not states(answered(lists, who, words="nobody"))
    nobody = standing([])
    assert not states(matrix_of(lay_side_by_side([], nobody, ON), MatrixAsked(ON), COLUMNS))


_EVENTS = st.lists(
    st.fixed_dictionaries({
        "kind": st.sampled_from(["designated", "amended", "re_enacted", "delisted", "expires"]),
        "day": st.dates(date(2025, 1, 1), date(2027, 1, 1)).map(str),
    }), max_size=3,
)  # fmt: skip
_LINES = st.lists(
    st.builds(
        lambda key, gone, country, events, measures: line(
            key, gone=gone, nationalities=[country], events=events,
            measures=[{"kind": each, "stated": True} for each in measures],
        ),
        st.sampled_from("ABCDE"), st.sampled_from([None, None, 2]), st.sampled_from(["XR", "XS"]),
        _EVENTS, st.lists(st.sampled_from(["asset_freeze", "entry_ban"]), max_size=2),
    ), max_size=5, unique_by=lambda each: each.key,
)  # fmt: skip
_DAY = st.none() | st.sampled_from([ON, ON - timedelta(days=60), ON + timedelta(days=9)])


@st.composite
def worlds(draw: st.DrawFn) -> tuple[list[Spoken], Standing]:
    """Draw two lists, who is judged to be whom, and pairs that wait."""
    lists = [
        spoken(source, draw(_LINES), draw(_DAY), waits=draw(st.booleans())) for source in PLACES
    ]
    one, other = ([k for k, gone in zip(e.sheet.keys, e.sheet.gone_by, strict=True) if not gone]
                  for e in lists if e.sheet is not None)  # fmt: skip
    same, opened = [], []
    for left, right in zip(one, other, strict=False):
        if draw(st.booleans()):
            same.append((f"xf-invented:{left}", f"xz-invented:{right}"))
        elif draw(st.booleans()):
            opened.append(OpenPair(("xf-invented", left), ("xz-invented", right), 0.8))
    return lists, standing(lists, tuple(same), tuple(opened))


@settings(max_examples=60, deadline=None)
@given(worlds())
def test_cell_never_says_more_than_its_lists(world: tuple[list[Spoken], Standing]) -> None:
    matrix = answered(*world)
    footings = {each.told.jurisdiction: each.told for each in world[0]}
    for row in rows_of(matrix):
        for cell in row.cells:
            told = footings[cell.jurisdiction]
            own = [each for each in cell.lines if each.tie is not Tie.OPEN]
            if cell.state is State.LISTED:
                assert any(each.state is State.LISTED for each in own)
            if cell.state is State.POSSIBLY:
                assert any(e.tie is Tie.OPEN and e.state is State.LISTED for e in cell.lines)
            if cell.state is State.NOT_FOUND:
                assert told.footing is Footing.CURRENT
                assert not told.waits
                assert not any(each.state is State.LISTED for each in cell.lines)
            if cell.sure_gap:
                assert told.footing is Footing.CURRENT
                assert cell.state not in {State.LISTED, State.POSSIBLY}


@settings(max_examples=40, deadline=None)
@given(worlds())
def test_filters_commute_and_only_narrow(world: tuple[list[Spoken], Standing]) -> None:
    parts: list[dict[str, Any]] = [
        {"country": "XR"}, {"listed_by": ("XF",)}, {"not_by": ("XZ",)}, {"words": "a"},
    ]  # fmt: skip
    whole = set(states(answered(*world)))
    alone = [set(states(answered(*world, **each))) for each in parts]
    for order in permutations(range(3), 3):
        narrowed, asked = whole, dict[str, Any]()
        for at in order:
            narrowed, asked = narrowed & alone[at], {**asked, **parts[at]}
            assert set(states(answered(*world, **asked))) == narrowed
    assert all(each <= whole for each in alone)


@settings(max_examples=40, deadline=None)
@given(worlds())
def test_sure_gaps_are_among_the_gaps(world: tuple[list[Spoken], Standing]) -> None:
    sure = states(answered(*world, not_by=("XZ",), sure=True))
    assert set(sure) <= set(states(answered(*world, not_by=("XZ",))))
    for told in sure.values():
        assert told[1] in GAPS


@settings(max_examples=40, deadline=None)
@given(worlds())
def test_counts_are_those_of_the_rows(world: tuple[list[Spoken], Standing]) -> None:
    matrix = answered(*world)
    counted = matrix.counted()
    told = states(matrix)
    assert len(matrix) == len(told)
    for at, code in enumerate(COLUMNS):
        held = [each[at] for each in told.values()]
        assert counted[code] == {state: held.count(state) for state in set(held)}


def test_process_keeps_the_last_and_what_is_asked_for() -> None:
    kept: Kept[str] = Kept(3, len)
    made: list[str] = []

    def make(text: str) -> str:
        made.append(text)
        return text

    for text in ("aa", "b", "aa", "cc", "b", "aa", "dddd", "dddd"):
        assert kept.of(text, partial(make, text)) == text
    assert made == ["aa", "b", "cc", "b", "aa", "dddd"]
    assert kept.held == 4


def test_wait_of_a_list_is_told_of_its_column_alone() -> None:
    lists = [spoken("xf-invented", [line("A")], waits=True), spoken("xz-invented", [line("B")])]
    assert states(answered(lists, standing(lists)))["xf-invented:A"][1] is State.NOT_FOUND
    assert replace(lists[0].told, waits=False) != lists[0].told


def test_entry_whose_letters_are_not_heard_is_not_compared_and_never_not_found() -> None:
    names = {"A": "မင်းအောင်လှိုင်", "B": "李家超\nLee Ka-chiu", "C": "李家超"}
    lists = [
        spoken("xf-invented", [line(key, name=name) for key, name in names.items()]),
        spoken("xz-invented", [line("D", name="Viktor Strovik")]),
    ]
    found = answered(lists, standing(lists))
    assert [states(found)[f"xf-invented:{key}"] for key in names] == [
        (State.LISTED, State.NOT_COMPARED),
        (State.LISTED, State.NOT_FOUND),
        (State.LISTED, State.NOT_COMPARED),
    ]
    assert len(answered(lists, standing(lists), not_by=("XZ",), sure=True)) == 1
    one = answered(lists, standing(lists, same=(("xf-invented:A", "xf-invented:B"),)))
    assert states(one)["xf-invented:A"] == (State.LISTED, State.NOT_FOUND)


def test_current_list_of_freezes_does_not_speak_for_an_old_journal() -> None:
    old = ON - timedelta(days=60)
    lists = [spoken("xf-invented", [line("A")]), spoken("eu-fsf", [line("B")]),
             spoken("eu-journal", [line("C")], old)]  # fmt: skip
    laid = lay_side_by_side(lists, standing(lists), ON)

    def said(**more: Any) -> tuple[State, bool]:
        found = matrix_of(laid, MatrixAsked(ON, **more), ("XF", "EU"))
        cell = rows(found)["xf-invented:A"].cell("EU")
        return cell.state, cell.sure_gap

    assert said() == (State.OLD, False)
    assert said(measure=Measure.ENTRY_BAN) == (State.OLD, False)
    assert said(measure=Measure.ASSET_FREEZE) == (State.NOT_FOUND, True)
