"""Real lists of four issuers side by side, where they are: nothing is said that they do not say."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.core.listings.factories import REAL, loaded, make_office
from undaunted.core.access.rules import PUBLIC
from undaunted.core.listings.rules import Measure
from undaunted.repression.sanctions.analysis import alignment_on, matrix_on, rows_of
from undaunted.repression.sanctions.analysis.laying import CODE
from undaunted.repression.sanctions.rules import MatrixAsked, State

if TYPE_CHECKING:
    import psycopg

    from undaunted.repression.sanctions.analysis import Matrix

pytestmark = [
    pytest.mark.realdata,
    pytest.mark.skipif(not REAL.is_dir(), reason="../shared/data/sanctions is absent"),
]
FILES = {
    "us-ofac-sdn": "us_ofac_2021-07",
    "uk-ofsi": "uk_ofsi_2022-05.xlsx",
    "un-sc": "un_2026-02-27.xml.gz",
    "ca-sema": "ca_sema_2022-05.xml",
}
FEW = 12
"""Questions to the database, for what the second reader of a page waits."""


@pytest.fixture(scope="module")
def held(module_ledger: object, request: pytest.FixtureRequest) -> None:
    """Load the lists once for all that only read them."""
    owner: psycopg.Connection[Any] = request.getfixturevalue("_owner")

    def run(statement: str, parameters: Any = None) -> list[tuple[Any, ...]]:
        cursor = owner.execute(statement, parameters)
        return cursor.fetchall() if cursor.description else []

    office = make_office(run)
    for source, file in FILES.items():
        loaded(office, source, REAL / file)


def _states(matrix: Matrix, code: str) -> set[State]:
    return set(matrix.counted().get(code, {}))


@pytest.mark.usefixtures("held")
def test_real_lists_side_by_side() -> None:
    first = matrix_on(PUBLIC, MatrixAsked(date(2026, 6, 1)))
    with CaptureQueriesContext(connection) as asked:
        now = matrix_on(PUBLIC, MatrixAsked(date(2026, 6, 1)))
        page = list(rows_of(now, 0, 50))
    assert len(page) == 50
    sheets = [{each.told.source: id(each.sheet) for each in m.laid.spoken} for m in (first, now)]
    assert sheets[0] == sheets[1], "a version is read once"
    assert len(asked) <= FEW
    assert len(now) > 15_000
    for code in ("US", "GB", "CA"):
        assert State.NOT_FOUND not in _states(now, code), "old, ended or of no known day"
        assert State.LISTED in _states(now, code)
    assert not (now.states == CODE[State.NOT_FOUND]).any(), "nobody compared them yet"


@pytest.mark.usefixtures("held")
def test_day_of_the_british_file_makes_it_current_and_no_other() -> None:
    then = matrix_on(PUBLIC, MatrixAsked(date(2022, 5, 10)))
    assert _states(then, "GB") == {State.LISTED, State.NOT_COMPARED}
    assert State.LISTED not in _states(then, "US"), "no day of listing shows that it stood then"
    assert State.NOT_FOUND not in _states(then, "UN")
    listed = {row.name for row in rows_of(matrix_on(
        PUBLIC, MatrixAsked(date(2022, 5, 10), listed_by=("GB",), words="kadyrov")))}  # fmt: skip
    assert listed


@pytest.mark.usefixtures("held")
def test_list_without_days_is_not_known_and_never_zero_days() -> None:
    found = alignment_on(PUBLIC, MatrixAsked(date(2026, 6, 1), jurisdictions=("US", "UN")))
    spans = [each.told.spans["US"] for each in found.parties if "US" in each.told.spans]
    assert spans
    assert all(each.first is None and each.last is not None for each in spans)
    assert np.all([timing.median is None for timing in found.timings])


@pytest.mark.usefixtures("held")
def test_freeze_of_the_council_is_told_though_its_list_leaves_it_to_resolutions() -> None:
    asked = MatrixAsked(date(2026, 3, 1), measure=Measure.ASSET_FREEZE, jurisdictions=("UN",))
    counted = matrix_on(PUBLIC, asked).counted()["UN"]
    assert counted[State.LISTED] == 985
    assert counted[State.UNTOLD] == 2, "two Libyan bodies, of which neither list nor pack says it"
    found = matrix_on(PUBLIC, replace(asked, words="zawahiri"))
    row = next(each for each in rows_of(found) if "ZAWAHIRI" in each.name)
    assert row.cell("UN").state is State.LISTED
    (line,) = row.cell("UN").lines
    assert (line.measures, line.implied) == ((), ("asset_freeze", "entry_ban", "arms"))
