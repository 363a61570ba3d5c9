"""The report of 1954 on a part of the real Taiwan roll: imported, recognised, published."""

from __future__ import annotations

import csv
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from django.utils import timezone
from django.utils.translation import override

from tests.prisoners.memo.agreement import both_of
from tests.prisoners.registry.casework import agree, published, recognised
from tests.prisoners.registry.desk import Desk, make_desk, make_list
from tests.prisoners.registry.readers.test_real_lists import CASES
from tests.prisoners.registry.test_real_ledger import taiwan_rows, through_the_worker
from undaunted.core.access.rules import PUBLIC
from undaunted.core.accounts.actions import acting_as
from undaunted.core.actors.models import Party
from undaunted.core.editions.rules import Question, check_document, numbers_of
from undaunted.prisoners.memo.actions import MemoWanted, draw_open_memo
from undaunted.prisoners.report.analysis.annual import gather_annual_report
from undaunted.prisoners.report.analysis.tracing import Tracer

if TYPE_CHECKING:
    from pathlib import Path

    from undaunted.config.postgres import Lease


pytestmark = [
    pytest.mark.realdata,
    pytest.mark.skipif(not CASES.is_dir(), reason="the lists in ../shared/data are not here"),
]
YEAR, YEARS, EACH = 1954, range(1951, 1957), 1


@pytest.fixture
def desk(ledger: Lease, owner_sql: Any) -> Desk:
    return make_desk(owner_sql)


def some_of_each_year(folder: Path) -> tuple[Path, list[int]]:
    """Give a sheet with some rows of each year, and their years."""
    head, rows = taiwan_rows()
    at = head.index("sentence_year")
    kept = [
        row
        for year in YEARS
        for row in [each for each in rows if each[at] and float(each[at]) == year][:EACH]
    ]
    part = folder / "part.csv"
    with part.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([head, *kept])
    return part, [int(float(row[at])) for row in kept]


def test_report_of_1954_counts_whom_the_sheet_has_sentenced_until_then(
    desk: Desk, tmp_path: Path
) -> None:
    part, sentenced = some_of_each_year(tmp_path)
    through_the_worker(desk, make_list(desk, "taiwan"), part, "taiwan-white-terror")
    with acting_as(desk.steward):
        people = list(Party.objects.filter(withdrawn_at__isnull=True))
    for party in people:
        agree(desk, party)
        recognised(desk, party)
        published(desk, party)
    known = timezone.now()  # the worker records when it runs
    with override("zh-hans"):
        document = gather_annual_report(
            Question(PUBLIC, date(YEAR, 12, 31), known, "zh-hans", {"country": ""})
        ).document
    check_document(document)
    numbers = {key: value for key, (_words, value) in numbers_of(document).items()}
    # The sheet tells nobody's release: nobody is surely held, everybody sentenced may be.
    assert numbers["by-country/TW/persons@1954-12-31"] == 0
    by_year = {year: numbers[f"by-year/{year}/high"] for year in range(1951, YEAR + 1)}
    assert by_year == {year: sum(each <= year for each in sentenced) for year in by_year}
    assert by_year[YEAR] == EACH * len(range(1951, YEAR + 1))
    tracer = Tracer(PUBLIC, YEAR, known)
    stocks = {key: value for key, value in numbers.items() if key.startswith("by-country/TW")}
    assert {key: tracer.trace(key).value for key in stocks} == stocks
    assert not any(key.startswith("rates/") for key in numbers)
    memo, report = both_of(YEAR, known)["TW"]
    assert memo == report
    wanted = MemoWanted(
        country="TW", counterpart="Minister", meets_on=known.date(), as_of=date(YEAR, 12, 31)
    )
    told = str(draw_open_memo(wanted, actor=PUBLIC, at=known).memo.document.blocks)
    assert f"Possible, at most: {by_year[YEAR]}." in told
    assert "Nothing is published" not in told
