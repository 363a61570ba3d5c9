"""The world map: every number a link, no data visible as such, borders as the source has them."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import undaunted.site
from tests.site.pages_of_html import elements
from tests.site.samples import world
from undaunted.site.geometry.build import build, equal_earth
from undaunted.site.maps import CLASSES, Place, WorldMap, quantile_bounds

GEOMETRY = Path(undaunted.site.__file__).parent / "geometry"


@pytest.fixture(scope="module")
def shapes() -> dict[str, object]:
    found: dict[str, object] = json.loads((GEOMETRY / "world.json").read_text("utf-8"))
    return found


def test_committed_paths_are_what_the_source_gives(shapes: dict[str, object]) -> None:
    topology = json.loads((GEOMETRY / "world-110m.json").read_text("utf-8"))
    dots = json.loads((GEOMETRY / "small-states.json").read_text("utf-8"))
    assert build(topology, dots) == shapes


def test_shapes_without_a_code_are_drawn_but_not_named(shapes: dict[str, object]) -> None:
    assert len(shapes["plain"]) == 2  # type: ignore[arg-type]
    assert {"XK", "PS", "TW", "EH", "UA"} <= set(shapes["shapes"])  # type: ignore[call-overload]
    assert "AQ" not in shapes["shapes"]  # type: ignore[operator]


def test_projection_keeps_the_middle_in_the_middle() -> None:
    x, y = equal_earth(0, 0)
    assert x == 1000
    assert equal_earth(180, 0)[0] == 2000
    assert equal_earth(0, 45)[1] < y < equal_earth(0, -45)[1]


def test_country_with_a_number_is_a_link_that_says_it() -> None:
    links = [attributes for tag, attributes in elements(world().html("m")) if tag == "a"]
    labels = {attributes.get("href"): attributes.get("aria-label") for attributes in links}
    assert labels["/country/EG"] == "EG: 88"
    assert labels["/country/SG"] == "SG: 6"


def test_zero_and_no_data_differ() -> None:
    page = world().html("m")
    assert "country class-0" in page
    assert "country no-data" in page
    assert 'fill="url(#m-hatch)"' in page


def test_hypothetical_states_are_labelled_tiles() -> None:
    page = world().html("m")
    assert "Hypothetical states" in page
    assert "Ruritania (hypothetical)" in page


def test_map_of_nothing_is_still_a_map() -> None:
    empty = WorldMap("t", "d", (Place("FR", "France", "/country/FR"),))
    page = empty.html("m")
    assert "France: no data" in page
    assert empty.table.rows == ()


@given(st.lists(st.integers(min_value=1, max_value=10_000), max_size=60))
def test_classes_cover_every_value_in_order(values: list[int]) -> None:
    bounds = quantile_bounds(values)
    assert len(bounds) <= CLASSES
    assert list(bounds) == sorted(set(bounds))
    assert not values or bounds[-1] == max(values)
