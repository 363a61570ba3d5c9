"""The drawing of a case: dates known in part, spells that overlap, go on, or have no beginning."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from undaunted.core.actors.rules.partial_date import PartialDate
from undaunted.prisoners.registry.pages.timeline import case_timeline
from undaunted.site.charts.timeline import draw

if TYPE_CHECKING:
    from undaunted.site.charts.timeline import Timeline

TODAY = date(2026, 11, 25)


@dataclass
class Act:
    """What the timeline reads."""

    category: str
    type: str
    start: str = ""
    end: str = ""
    release_type: str = ""
    in_stock: bool = True

    def __post_init__(self) -> None:
        start = PartialDate.parse(self.start) if self.start else None
        end = PartialDate.parse(self.end) if self.end else None
        self.start_earliest = start.earliest if start else None
        self.start_latest = start.latest if start else None
        self.end_earliest = end.earliest if end else None
        self.end_latest = end.latest if end else None


def held(start: str, end: str = "", release_type: str = "") -> Act:
    return Act("deprivation_of_liberty", "imprisonment", start, end, release_type)


def drawn(*acts: Act) -> Timeline:
    figure = case_timeline(acts, until=TODAY)
    assert figure is not None
    return figure


def test_a_release_is_a_moment_and_never_a_spell_that_goes_on() -> None:
    figure = drawn(
        held("2021", "2024-01-16", "sentence_served"),
        Act("release", "release", "2024-01-16", release_type="sentence_served", in_stock=False),
    )
    assert [lane.label for lane in figure.lanes] == ["Detention", "Ways out"]
    assert draw(figure, prefix="f").count('class="open-end"') == 0
    assert ("Sentence served", "16 January 2024", "\N{EN DASH}") in figure.table.rows


def test_overlapping_spells_stand_below_each_other() -> None:
    svg = draw(
        drawn(held("2019-05-01", "2020-05-01"), held("2019-06-01", "2020-02-01")), prefix="f"
    )
    tops = {piece.partition('y="')[2].partition('"')[0] for piece in svg.split("<rect")[1:]}
    assert len(tops) == 2


def test_a_spell_that_goes_on_ends_with_an_arrow_in_the_reading_direction() -> None:
    figure = drawn(held("2023-02"))
    assert ("Imprisonment after sentence", "February 2023", "goes on") in figure.table.rows
    right = draw(figure, prefix="f").partition('class="open-end" d="M')[2]
    left = draw(figure, prefix="f", rtl=True).partition('class="open-end" d="M')[2]
    assert "l9 " in right[:40]
    assert "l-9 " in left[:40]


def test_what_is_certain_is_solid_and_what_is_possible_is_pale() -> None:
    svg = draw(drawn(held("2019", "2021-05")), prefix="f")
    assert svg.count('class="bar possible"') == 1
    assert svg.count('class="bar"') == 1


def test_a_beginning_nobody_knows_reaches_back_to_the_edge_and_is_explained() -> None:
    figure = drawn(held("2014", "2015"), held("../2016-03", "2016-05"))
    first, second = figure.lanes[0].spells
    assert second.start_earliest == first.start_earliest == date(2014, 1, 1)
    assert any("edge of the drawing" in note for note in figure.notes)


def test_acts_without_a_date_are_in_the_table_and_counted() -> None:
    figure = drawn(held("2014"), Act("charge", "charge_brought", in_stock=False))
    assert len(figure.table.rows) == 2
    assert "1 act without a date is in the table only." in figure.notes
    assert case_timeline([Act("charge", "charge_brought")], until=TODAY) is None


def test_civil_death_lasts_and_a_charge_is_a_moment() -> None:
    figure = drawn(
        held("2019"),
        Act("charge", "charge_brought", "2019-05-03", in_stock=False),
        Act("civil_death", "exit_ban", "2021", in_stock=False),
    )
    assert [lane.label for lane in figure.lanes] == ["Detention", "Charges", "Civil death"]
    assert figure.lanes[1].moments[0].kind == "charge"
    assert 'class="open-end outside-stock"' in draw(figure, prefix="f")
