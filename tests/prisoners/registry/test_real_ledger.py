"""Real lists through the worker into the ledger, again, matched, and back out; none is kept."""

from __future__ import annotations

import time
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
from undaunted.prisoners.registry.models import ImportBatch
from undaunted.prisoners.registry.queries.matching import candidate_pairs
from undaunted.prisoners.registry.tasks import run_import

if TYPE_CHECKING:
    from pathlib import Path

    from undaunted.prisoners.registry.models import SourceList

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


@pytest.mark.parametrize(
    ("path", "mapping", "good", "rejected", "skipped"),
    [
        (TAIWAN, "taiwan-white-terror", 7760, 60, 20),
        (KILLED, "cpj-killed", 0, 0, 1402),
        (CHINESE, "chinese-list", 923, 3, 0),
        (HUB, "hub-json", 56, 0, 8),
    ],
)
def test_a_real_list_goes_in_again_without_doubles_and_comes_out(  # noqa: PLR0913, PLR0917
    desk: Desk, path: Path, mapping: str, good: int, rejected: int, skipped: int
) -> None:
    held = make_list(desk)
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


def test_long_han_lists_are_matched_in_seconds_and_verdicts_stay(desk: Desk) -> None:
    taiwan, chinese = make_list(desk, "taiwan"), make_list(desk, "chinese")
    through_the_worker(desk, taiwan, TAIWAN, "taiwan-white-terror")
    batch = through_the_worker(desk, chinese, CHINESE, "chinese-list")
    with acting_as(desk.reviewer) as actor:
        begin = time.perf_counter()
        found = candidate_pairs(actor)
        spent = time.perf_counter() - begin
        judge_pair(found[0].left, found[0].right, actor=actor, at=AT, verdict=DIFFERENT)
    assert 0 < len(found) < 200
    assert spent < 20, "measured at 2 to 4 seconds on two idle cores"
    with acting_as(desk.steward) as actor:
        undo_import(batch, actor=actor, at=AT + timedelta(days=60))
    through_the_worker(desk, chinese, CHINESE, "chinese-list")
    with acting_as(desk.reviewer) as actor:
        again = candidate_pairs(actor)
        assert Judgement.objects.filter(undone_at__isnull=True).count() == 1
    assert len(again) == len(found) - 1
    assert (found[0].left_sketch.names, found[0].right_sketch.names) not in {
        (pair.left_sketch.names, pair.right_sketch.names) for pair in again
    }
