"""Real lists through the worker into the ledger, again, matched, and back out; none is kept."""

from __future__ import annotations

import csv
import gzip
from collections import Counter
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from tests.prisoners.registry.desk import AT, Desk, make_list
from tests.prisoners.registry.readers.test_real_lists import (
    CASES,
    CHINESE,
    HUB,
    KILLED,
    MAPPINGS,
    TAIWAN,
)
from undaunted.core.accounts.actions import acting_as
from undaunted.core.actors.actions import DIFFERENT
from undaunted.core.actors.models import Judgement, Party
from undaunted.prisoners.registry.actions.imports import accept_import, propose_import
from undaunted.prisoners.registry.actions.matching import judge_pair
from undaunted.prisoners.registry.actions.undo import undo_import
from undaunted.prisoners.registry.analysis.candidates import (
    candidate_pairs,
    found_among,
    gathered,
)
from undaunted.prisoners.registry.models import ImportBatch
from undaunted.prisoners.registry.queries.sentences import sentences_by_year
from undaunted.prisoners.registry.tasks import run_import

if TYPE_CHECKING:
    from pathlib import Path

    from undaunted.prisoners.registry.models import SourceList

FIRST_YEAR = 1945
"""The mapping refuses earlier ones."""

pytestmark = [
    pytest.mark.realdata,
    pytest.mark.skipif(not CASES.is_dir(), reason="the lists in ../shared/data are not here"),
]


def through_the_worker(
    desk: Desk, source_list: SourceList, path: Path, mapping: str
) -> ImportBatch:
    with acting_as(desk.steward) as actor, path.open("rb") as file:
        batch = propose_import(
            source_list,
            actor=actor,
            at=datetime(2026, 11, 23, tzinfo=UTC),
            file=file,
            file_name=path.name,
            mapping_toml=(MAPPINGS / f"{mapping}.toml").read_text(encoding="utf-8"),
        )
        accept_import(batch, actor=actor, at=AT)
    run_import(batch_id=str(batch.pk), user_id=str(desk.steward.pk))
    with acting_as(desk.steward):
        return ImportBatch.objects.get(pk=batch.pk)


def counts(batch: ImportBatch) -> tuple[str, int, int, int]:
    return batch.state, batch.added, batch.changed, batch.unchanged


def standing(desk: Desk) -> int:
    with acting_as(desk.steward):
        return Party.objects.filter(withdrawn_at__isnull=True).count()


def taiwan_rows() -> tuple[list[str], list[list[str]]]:
    with gzip.open(TAIWAN, "rt", encoding="utf-8", newline="") as file:
        head, *rows = csv.reader(file)
    return head, rows


def every_twelfth(folder: Path) -> Path:
    """Give a part of the long list: all rows that are refused or passed over, and some others."""
    head, rows = taiwan_rows()
    key, year = head.index("ID"), head.index("sentence_year")
    times = Counter(row[key] for row in rows)
    kept = [
        row
        for at, row in enumerate(rows)
        if at % 12 == 0 or times[row[key]] > 1 or (row[year] and float(row[year]) < FIRST_YEAR)
    ]
    part = folder / "part.csv"
    with part.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([head, *kept])
    return part


def sentenced_directly() -> Counter[int]:
    """Count the sheet itself, row by row: the first row of each key, in years that can be."""
    head, rows = taiwan_rows()
    key, year = head.index("ID"), head.index("sentence_year")
    first = {row[key]: row for row in reversed(rows)}
    years = (int(float(row[year])) for row in first.values() if row[year] not in {"", "NA"})
    return Counter(each for each in years if each >= FIRST_YEAR)


@pytest.mark.parametrize(
    ("path", "mapping", "good", "rejected", "skipped"),
    [
        (None, "taiwan-white-terror", 712, 60, 20),
        (KILLED, "cpj-killed", 0, 0, 1402),
        (CHINESE, "chinese-list", 923, 3, 0),
        (HUB, "hub-json", 56, 0, 8),
    ],
)
def test_a_real_list_goes_in_again_without_doubles_and_comes_out(  # noqa: PLR0913, PLR0917
    desk: Desk,
    tmp_path: Path,
    path: Path | None,
    mapping: str,
    good: int,
    rejected: int,
    skipped: int,
) -> None:
    held = make_list(desk)
    path = path or every_twelfth(tmp_path)
    first = through_the_worker(desk, held, path, mapping)
    assert counts(first) == ("written", good, 0, 0)
    assert (first.rows_rejected, first.rows_skipped) == (rejected, skipped)
    again = through_the_worker(desk, held, path, mapping)
    assert counts(again) == ("written", 0, 0, good)
    assert standing(desk) == good
    for batch in (again, first):
        with acting_as(desk.steward) as actor:
            undo_import(batch, actor=actor, at=AT + timedelta(days=60))
    assert standing(desk) == 0


def test_long_han_lists_are_counted_by_year_and_matched_and_verdicts_stay(desk: Desk) -> None:
    taiwan, chinese = make_list(desk, "taiwan"), make_list(desk, "chinese")
    whole = through_the_worker(desk, taiwan, TAIWAN, "taiwan-white-terror")
    assert counts(whole) == ("written", 7760, 0, 0)
    assert (whole.rows_rejected, whole.rows_skipped) == (60, 20)
    with acting_as(desk.steward) as actor:
        found = sentences_by_year(actor, source_list=taiwan.pk)
        assert sentences_by_year(actor, country="TW") == found
    direct = sentenced_directly()
    assert {each.year: each.persons for each in found.years} == direct
    peaks = [(each.year, each.persons) for each in found.peaks]
    assert peaks[:3] == [(1950, 1198), (1952, 982), (1951, 950)]
    assert peaks[:3] == direct.most_common(3)
    assert found.undated == 0
    batch = through_the_worker(desk, chinese, CHINESE, "chinese-list")
    with acting_as(desk.reviewer) as actor:
        held = gathered(actor)
        told = found_among(held)
        pairs = told.pairs
        judge_pair(pairs[0].left, pairs[0].right, actor=actor, at=AT, verdict=DIFFERENT)
    assert 0 < len(pairs) < 200
    assert told.compared < 8 * len(held.files), "eight partners of a file at the most"
    with acting_as(desk.steward) as actor:
        undo_import(batch, actor=actor, at=AT + timedelta(days=60))
    through_the_worker(desk, chinese, CHINESE, "chinese-list")
    with acting_as(desk.reviewer) as actor:
        again = candidate_pairs(actor)
        assert Judgement.objects.filter(undone_at__isnull=True).count() == 1
    assert len(again) == len(pairs) - 1
    assert (pairs[0].left_sketch.names, pairs[0].right_sketch.names) not in {
        (pair.left_sketch.names, pair.right_sketch.names) for pair in again
    }
