"""Charts are the same every time, keep to the page's policy, and never hide their numbers."""

import json
import re
import stat
import sys
from datetime import date
from pathlib import Path

import pytest
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import Settings

from tests.site.pages_of_html import elements
from tests.site.samples import life, sample_bars, sample_tiers, sample_trend
from undaunted.site.charts import drawing
from undaunted.site.charts.drawing import ChartError, empty_cache, svg_for
from undaunted.site.charts.figure import Chart, TableBehind, prepare
from undaunted.site.charts.render import draw as draw_chart
from undaunted.site.charts.series import TierPoint, TrendPoint, tier_bands, trend
from undaunted.site.charts.theme import COLOURS, embed
from undaunted.site.charts.timeline import Lane, Moment, Spell, Timeline, draw

DAYS = st.dates(min_value=date(1900, 1, 1), max_value=date(2099, 12, 31))


def test_drawing_is_the_same_in_this_process_and_in_the_child(tmp_path: Path) -> None:
    specification = sample_bars().specification
    assert svg_for(specification) == draw_chart([dict(specification)])[0]


def test_second_look_at_a_chart_starts_no_process(monkeypatch: pytest.MonkeyPatch) -> None:
    first = sample_bars().html("a")
    monkeypatch.setattr(sys, "executable", "/nonexistent")
    assert sample_bars().html("a") == first


def test_several_charts_cost_one_process(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.CHART_CACHE = tmp_path
    prepare(sample_trend(), sample_bars(), sample_tiers())
    monkeypatch.setattr(sys, "executable", "/nonexistent")
    for chart in (sample_trend(), sample_bars(), sample_tiers()):
        assert "<path" in chart.html("x")


def test_cache_is_private_and_can_be_emptied(settings: Settings, tmp_path: Path) -> None:
    settings.CHART_CACHE = tmp_path / "charts"
    sample_bars().html("a")
    assert stat.S_IMODE(Path(settings.CHART_CACHE).stat().st_mode) == 0o700
    assert empty_cache() == 1
    assert empty_cache() == 0


def test_cache_makes_room_for_new_drawings(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.CHART_CACHE = tmp_path
    monkeypatch.setattr(drawing, "_KEPT", 5)
    for number in range(6):
        (tmp_path / f"{number}.svg").write_text("old")
    sample_bars().html("a")
    assert len(list(tmp_path.glob("*.svg"))) == 6


def test_chart_without_a_drawing_opens_its_table(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.CHART_CACHE = tmp_path
    monkeypatch.setattr(sys, "executable", "/nonexistent")
    prepare(sample_bars())
    page = sample_bars().html("a")
    assert "<details open>" in page
    assert '<td class="number">512</td>' in page
    with pytest.raises(ChartError):
        svg_for(sample_bars().specification)


def test_chart_is_drawn_without_a_cache_too(settings: Settings) -> None:
    settings.CHART_CACHE = None
    assert "<path" in sample_bars().html("a")
    assert empty_cache() == 0


@pytest.mark.parametrize("make", [sample_trend, sample_bars, sample_tiers, life])
def test_every_figure_has_name_description_and_table(make: object) -> None:
    figure = make()  # type: ignore[operator]
    page = figure.html("fig")
    assert 'role="img"' in page
    assert '<title id="fig-title">' in page
    assert '<desc id="fig-desc">' in page
    assert "<details><summary>" in page
    for row in figure.table.rows:
        assert str(row[0]) in page


def test_drawing_takes_its_colours_from_the_page() -> None:
    page = sample_trend().html("f")
    assert 'stroke="var(--series-1, #0b4f5e)"' in page
    assert 'fill="var(--band, #b9d3d8)"' in page
    rest = re.sub(r"var\([^)]*\)", "", page)
    assert not set(re.findall(r'"(#[0-9a-f]{6})"', rest)) & set(COLOURS.values())


def test_ids_of_a_drawing_become_the_figures_own() -> None:
    svg = '<svg viewBox="0 0 1 1"><g id="gradient_0"/><path fill="url(#gradient_0)"/></svg>'
    page = embed(svg, prefix="f9", title="T", description="D")
    assert 'id="f9-gradient_0"' in page
    assert "url(#f9-gradient_0)" in page
    assert embed("not a drawing", prefix="x", title="", description="") == ""


def test_title_is_escaped_in_the_drawing() -> None:
    page = embed('<svg viewBox="0 0 1 1"></svg>', prefix="a", title="<b>", description="&")
    assert "<b>" not in page


def test_line_is_cut_where_a_break_forbids_comparison() -> None:
    chart = sample_trend()
    values = json.loads(json.dumps(chart.specification))["data"]["values"]
    assert {row["part"] for row in values} == {0, 1}
    assert any("a second list joined" in note for note in chart.notes)


def test_time_runs_from_right_to_left_for_those_who_read_so() -> None:
    with override("ar"):
        text = json.dumps(sample_trend().specification)
    assert '"reverse": true' in text
    assert '"orient": "right"' in text


def test_empty_and_short_series_are_drawn() -> None:
    month = [TrendPoint(date(2025, each, 1), each) for each in (1, 2, 3)]
    assert "<path" in trend(month, title="t", description="d").html("a")
    assert trend([], title="t", description="d").html("b")
    days = [TierPoint(date(2000 + each, each % 12 + 1, 1), 1, 1) for each in range(50)]
    assert "<path" in tier_bands(days, title="t", description="d").html("c")


def test_outside_address_in_a_specification_is_not_fetched() -> None:
    chart = Chart(
        "t", "d", {"data": {"url": "https://example.org/x.csv"}, "mark": "bar", "encoding": {}},
        TableBehind(("a",), ()),
    )  # fmt: skip
    page = chart.html("a")
    assert "example.org" not in page


def test_timeline_is_the_same_every_time_and_mirrors() -> None:
    assert draw(life(), prefix="a") == draw(life(), prefix="a")
    ltr, rtl = draw(life(), prefix="a"), draw(life(), prefix="a", rtl=True)
    assert ltr != rtl
    assert ltr.count("<rect") == rtl.count("<rect")
    assert 'text-anchor="end"' in rtl


def test_open_spell_points_onward_and_house_arrest_has_its_own_look() -> None:
    svg = draw(life(), prefix="a")
    assert svg.count('class="open-end"') == 1
    assert 'class="bar outside-stock"' in svg


def test_uncertain_moment_shows_its_range() -> None:
    svg = draw(life(), prefix="a")
    assert svg.count('class="fuzzy"') == 2
    assert svg.count("moment charge") == 2


@st.composite
def spells(draw_from: st.DrawFn) -> Spell:
    days = sorted(draw_from(st.lists(DAYS, min_size=4, max_size=4)))
    label = draw_from(st.text(max_size=30))
    if draw_from(st.booleans()):
        return Spell(label, days[0], days[1])
    first, second, third, last = days
    return Spell(label, first, second, third, last, in_stock=draw_from(st.booleans()))


@given(
    lived=st.lists(spells(), max_size=5),
    moments=st.lists(st.tuples(DAYS, DAYS), max_size=4),
    rtl=st.booleans(),
)
def test_any_life_is_drawn_inside_the_picture(
    *, lived: list[Spell], moments: list[tuple[date, date]], rtl: bool
) -> None:
    marks = tuple(Moment("m", min(pair), max(pair)) for pair in moments)
    timeline = Timeline(
        "t", "d", (Lane("lane", tuple(lived), marks),), date(2026, 1, 1), TableBehind(("a",), ())
    )
    for tag, attributes in elements(draw(timeline, prefix="p", rtl=rtl)):
        if tag == "rect":
            assert 0 <= float(attributes["x"]) <= 760
            assert float(attributes["x"]) + float(attributes["width"]) <= 762
            assert float(attributes["width"]) > 0
        if tag == "text":
            assert 0 <= float(attributes["x"]) <= 760
