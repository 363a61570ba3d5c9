"""Who stands in a version that tells nothing of the day is counted apart, and explained."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.test import Client
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.repression.sanctions.factories import make_office, two_lists
from tests.repression.sanctions.laid_lists import (
    COLUMNS,
    ON,
    PLACES,
    answered,
    line,
    rows,
    spoken,
    standing,
)
from undaunted.core.matching.rules import OpenPair
from undaunted.repression.sanctions.rules import MatrixAsked
from undaunted.repression.sanctions.writers import matrix_paper

if TYPE_CHECKING:
    from pathlib import Path

DAYS = (ON, ON - timedelta(days=200), None)
SAID = "Listed in an old version, or in one of no known day"
SOURCES = tuple(PLACES)


@settings(max_examples=60, deadline=None)
@given(
    days=st.tuples(st.sampled_from(DAYS), st.sampled_from(DAYS)),
    keys=st.tuples(*[st.sets(st.sampled_from("ABC"), min_size=1) for _ in SOURCES]),
    opened=st.sampled_from([None, ("A", "A"), ("A", "B")]),
    same=st.booleans(),
)
def test_rows_of_versions_that_do_not_tell_of_the_day_are_counted_as_their_cells_say(
    days: tuple[date | None, ...], keys: tuple[set[str], ...], opened: Any, *, same: bool
) -> None:
    lists = [
        spoken(source, [line(each) for each in sorted(held)], day)
        for source, held, day in zip(SOURCES, keys, days, strict=True)
    ]
    one = all("C" in each for each in keys) and same
    together = (tuple(f"{source}:C" for source in SOURCES),) if one else ()
    pairs: tuple[OpenPair, ...] = ()
    if opened and opened[0] in keys[0] and opened[1] in keys[1]:
        left, right = zip(SOURCES, opened, strict=True)
        pairs = (OpenPair(left, right, 0.9),)
    matrix = answered(lists, standing(lists, together, pairs))
    cells = [row.cell(code) for row in rows(matrix).values() for code in COLUMNS]
    assert matrix.listed_then() == {
        code: sum(each.then is not None for each in cells if each.jurisdiction == code)
        for code in COLUMNS
    }


@pytest.mark.usefixtures("ledger")
def test_such_rows_stand_apart_with_what_they_mean(owner_sql: Any, tmp_path: Path) -> None:
    two_lists(make_office(owner_sql), tmp_path)
    page = Client().get("/sanctions/matrix/?on=2026-07-01").content.decode()
    counted = page.partition("Rows by state")[2]
    heads = re.findall(r'<th scope="row">([^<]{1,120})</th>', counted)
    assert SAID in heads
    assert "Listed" not in heads, "both lists are old on that day"
    assert SAID in page.partition("How to read it")[2]
    today = Client().get("/sanctions/matrix/?on=2026-06-01").content.decode()
    heads = re.findall(r'<th scope="row">([^<]{1,120})</th>', today.partition("Rows by state")[2])
    assert "Listed" in heads
    assert SAID not in heads


def test_the_paper_explains_the_mark() -> None:
    matrix = answered([], standing([]))
    paper = matrix_paper([], 0, matrix.lists, MatrixAsked(ON))
    assert SAID in str(paper.document.blocks)
