"""The gap in whole sentences: who lists, who does not, what nobody can say, what a law asks."""

from __future__ import annotations

from datetime import date

import pytest
from django.utils.translation import override

from undaunted.core.standards.rules import Finding, Value
from undaunted.repression.sanctions.rules import (
    Cell,
    Followed,
    Footing,
    HeldVersion,
    Lag,
    Line,
    ListSpoken,
    State,
    Tie,
    authorities,
)
from undaunted.repression.sanctions.rules import tested as under_law
from undaunted.repression.sanctions.writers import (
    as_of_told,
    authority_of_state,
    authority_short,
    cell_as_data,
    cell_short,
    cell_told,
    gap_sentences,
    lag_told,
    line_told,
)

ON = date(2026, 6, 1)


def cell(place: str, state: State, base: State = State.NOT_FOUND, day: date | None = ON) -> Cell:
    held = HeldVersion("xf-invented", 1, day, ON)
    lines = (Line("xf-invented", "1", "A", state, Tie.OWN),) if state is State.LISTED else ()
    return Cell(
        place, state, base, lines, (ListSpoken("xf-invented", place, held, Footing.CURRENT),)
    )


def _then(day: date | None, footing: Footing, *more: tuple[str, Footing]) -> Cell:
    """Give a cell of somebody who stands in a version of a day, and in other lists besides."""
    held = (("xf-invented", footing), *more)
    lists = tuple(
        ListSpoken(source, "XF", HeldVersion(source, 1, day, ON), each) for source, each in held
    )
    lines = tuple(Line(source, "1", "A", State.LISTED, Tie.OWN) for source, _ in held)
    return Cell("XF", State.LISTED, State.OLD, lines, lists)


def test_who_stands_in_an_old_version_alone_is_listed_of_that_day() -> None:
    old, day = date(2022, 5, 4), "4 May 2022"
    for each in (_then(old, Footing.OLD), _then(old, Footing.OLD, ("xz-invented", Footing.OLD))):
        assert cell_short(each) == f"Listed in a version of {day}"
        assert cell_told(each).startswith(f"Listed in a version of {day}. ")
        assert cell_as_data(each)["then"] == "old"
        assert gap_sentences([each, cell("US", State.LISTED)]) == (
            "Listed by United States (version of 1 June 2026).",
            f"Listed by Freedonia (version of {day}) at that time; whether still is not known.",
        )
    undated = _then(None, Footing.UNDATED)
    assert cell_short(undated) == "Listed in a version of no known day"
    for footing in (Footing.CURRENT, Footing.LATER):
        today = _then(old, Footing.OLD, ("xz-invented", footing))
        assert (cell_short(today), cell_as_data(today)["then"]) == ("Listed", "")


def test_issue_in_one_breath() -> None:
    """Political detention: the Union's law is met, the British one lacks torture or life."""
    findings = {
        "detention": Finding(Value.MET),
        "ordered": Finding(Value.MET),
    }
    laws = authorities()
    tests = [under_law(laws[code], findings, on=ON) for code in ("eu-2020-1998", "gb-ghrsr-2020")]
    told = gap_sentences(
        [cell("US", State.LISTED), cell("CA", State.LISTED), cell("EU", State.NOT_FOUND),
         cell("GB", State.NOT_FOUND)], tests,
    )  # fmt: skip
    assert told[0] == (
        "Listed by United States (version of 1 June 2026) and Canada (version of 1 June 2026), "
        "not found on the current lists of European Union (version of 1 June 2026) and "
        "United Kingdom (version of 1 June 2026)."
    )
    assert "The conduct meets EU Global Human Rights Sanctions Regime" in told[1]
    assert "UK global human rights sanctions: missing evidence of" in told[2]
    assert "orture" in told[2]


@pytest.mark.parametrize(
    ("state", "words"),
    [
        (State.OTHERWISE, "but not by the measure or law asked about"),
        (State.POSSIBLY_OTHERWISE, "but not by the measure or law asked about: a pair"),
        (State.POSSIBLY, "a pair of entries is not settled"),
        (State.POSSIBLY_DELISTED, "Possibly no longer listed by"),
        (State.OLD, "the version is old or of no known day"),
        (State.UNDATED, "the version is old or of no known day"),
        (State.LATER, "only a later version is held"),
        (State.NOT_COMPARED, "not all entries were compared"),
        (State.SILENT, "holds no such measures"),
        (State.NOT_LOADED, "no list is loaded"),
    ],
)
def test_what_cannot_be_said_is_said_so(state: State, words: str) -> None:
    (told,) = gap_sentences([cell("XF", state, State.OLD)])
    assert words in told
    assert "Freedonia" in told


def test_delisted_is_a_gap_only_over_a_current_list() -> None:
    assert gap_sentences([cell("XF", State.DELISTED)]) == (
        "Not found on the current lists of Freedonia (version of 1 June 2026).",
    )
    (told,) = gap_sentences([cell("XF", State.DELISTED, State.OLD, None)])
    assert told == "No longer listed by Freedonia (version of no known day)."
    (gone,) = gap_sentences([cell("XF", State.GONE, State.OLD, None)])
    assert gone == (
        "No longer in the list of Freedonia (version of no known day); the list does not say why."
    )
    assert gap_sentences([cell("XF", State.ENDED, State.OLD)])[0].startswith("The listing by")
    assert gap_sentences([Cell("XF", State.LISTED, State.OLD)]) == ("Listed by Freedonia.",)
    assert gap_sentences([]) == ()


def test_law_without_test_or_not_in_force_says_so() -> None:
    laws = authorities()
    early = under_law(laws["eu-2020-1998"], {}, on=date(2010, 1, 1))
    untested = next(each for each in laws.values() if not each.pack)
    (one, other) = gap_sentences([], [early, under_law(untested, {}, on=ON)])
    assert one.endswith("not in force on that day.")
    assert other.endswith("there is no test.")
    law = under_law(laws["eu-2020-1998"], {}, on=ON).law
    assert law is not None
    none = {name: Finding(Value.NOT_MET) for name in law.criteria}
    ruled = under_law(laws["eu-2020-1998"], none, on=ON)
    assert gap_sentences([], [ruled])[0].endswith("an element was found not to be met.")


@pytest.mark.parametrize(
    ("lag", "words"),
    [
        (Lag(Followed.FIRST, 0, 0), "first"),
        (Lag(Followed.KNOWN, 1, 1), "1 day"),
        (Lag(Followed.BOUNDED, 5, None), "at least 5 days"),
        (Lag(Followed.BOUNDED, 5, 9), "between 5 days and 9 days"),
        (Lag(Followed.NOT_YET, 40), "not found after 40 days"),
        (Lag(Followed.NOT_YET, None), "not found so far"),
        (Lag(Followed.UNKNOWN), "not known"),
    ],
)
def test_lag_in_words(lag: Lag, words: str) -> None:
    assert lag_told(lag) == words


def test_line_and_cell_in_words() -> None:
    line = Line("xf-invented", "1", "A", State.LISTED, Tie.OPEN, "2024-02-15", "", ("P",),
                ("xf-rights",), (), ("asset_freeze",), 0.91)  # fmt: skip
    assert line_told(line) == (
        "since 15 February 2024; Freedonia: human rights; asset freeze; names alike to 0.91, "
        "not judged"
    )
    bare = Line("xf-invented", "1", "A", State.ENDED, Tie.CHANGED, programmes=("P",))
    assert line_told(bare) == (
        "left, day not told; P; measures not told; judged to be the same, and changed since"
    )
    assert (
        cell_told(cell("XF", State.NOT_FOUND)) == "Not found [xf-invented: version of 1 June 2026]"
    )
    assert "since when is not told" in cell_told(cell("XF", State.LISTED))


def test_nobody_left_who_is_perhaps_in_a_row_that_could_not_be_read() -> None:
    line = Line("xf-invented", "1", "A", State.UNREAD, Tie.OWN, "2024-02-15", "2026-03-01",
                ("P",))  # fmt: skip
    told = line_told(line)
    assert "left" not in told
    assert told.startswith("since 15 February 2024; P")


def test_version_in_words() -> None:
    held = HeldVersion("xf-invented", 1, ON, ON)
    for footing, words in (
        (Footing.CURRENT, "version of 1 June 2026"),
        (Footing.OLD, "version of 1 June 2026, old"),
        (Footing.LATER, "version of 1 June 2026, later than the day asked about"),
    ):
        assert as_of_told(ListSpoken("xf-invented", "XF", held, footing)) == words
    assert as_of_told(ListSpoken("xf-invented", "XF", None, Footing.ABSENT)) == "not loaded"
    undated = HeldVersion("xf-invented", 1, None, ON)
    told = as_of_told(ListSpoken("xf-invented", "XF", undated, Footing.UNDATED))
    assert told == "version of no known day, loaded on 1 June 2026"


def test_sentence_is_joined_as_the_language_joins() -> None:
    with override("fr"):
        (told,) = gap_sentences([cell("XF", State.NOT_LOADED), cell("XZ", State.NOT_LOADED)])
    assert " et " in told


def test_a_law_is_told_once_with_its_state_and_what_each_element_lacks() -> None:
    laws = authorities()
    tests = [under_law(laws[code], {}, on=ON) for code in ("au-6a-rights", "ca-jvcfoa-2017")]
    australia, canada = gap_sentences([], tests)
    started = "Australia (Serious violations or serious abuses of human rights): missing evidence"
    assert australia.startswith(f"{started} of (1) ")
    assert australia.count("missing evidence of") == 1
    assert "(2) conduct at least partly outside" in australia
    assert canada.startswith("Canada (JVCFOA): missing evidence of ")


def test_a_law_whose_name_tells_its_state_is_called_by_its_name() -> None:
    told = {each: authority_of_state(each) for each in authorities()}
    assert told["eu-2020-1998"] == "EU Global Human Rights Sanctions Regime"
    assert told["gb-ghrsr-2020"] == "UK global human rights sanctions"
    assert {each for each, name in told.items() if name != authority_short(each)} == {
        "us-eo-13818", "us-glomag-2016", "ca-jvcfoa-2017", "ca-sema-1992", "au-6a-rights",
        "au-6a-corruption",
    }  # fmt: skip
    with override("ar"):
        assert authority_of_state("ee-entry-2016") == authority_short("ee-entry-2016")
