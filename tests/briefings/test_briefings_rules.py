"""Totals that others published stand beside ours on the day that they are about."""

from __future__ import annotations

from datetime import date

from undaunted.briefings.rules import published_totals


def test_figures_of_a_country_come_newest_first_with_their_source() -> None:
    figures = published_totals("BY")
    assert figures
    assert {each.country for each in figures} == {"BY"}
    assert all(each.publisher and each.title and each.source for each in figures)
    days = [each.compared_on for each in figures]
    assert days == sorted(days, reverse=True)
    assert published_totals("XR") == ()


def test_figure_of_a_year_is_set_beside_the_last_day_of_it() -> None:
    figures = [*published_totals("BY"), *published_totals("CN")]
    years = [each for each in figures if each.counts_a_year]
    assert {each.compared_on for each in years if each.day == "2020"} == {date(2020, 12, 31)}
    dated = [each for each in figures if not each.counts_a_year]
    assert dated
    assert all(each.compared_on.isoformat() == each.day for each in dated)
