"""Two people who judge one pair, or screen the same files, at once do so one after the other."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.core.matching.factories import (
    AT,
    XF,
    XZ,
    in_file,
    judged,
    listed,
    make_office,
    person,
    screened,
    shown,
)
from undaunted.core.accounts.actions import acting_as
from undaunted.core.matching.actions import judge_entries_together
from undaunted.core.matching.rules import Verdict

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.usefixtures("ledger")
@pytest.mark.parametrize("together", [False, True])
def test_whoever_judges_waits_for_others_before_reading_what_was_said(
    owner_sql: Any, tmp_path: Path, *, together: bool
) -> None:
    office = make_office(owner_sql)
    for source, key in ((XF, "1"), (XZ, "9")):
        listed(office, source, tmp_path, [person(key, "Viktor Strovik", born="1961-03-04")])
    pair = ((XF, "1"), (XZ, "9"))
    with CaptureQueriesContext(connection) as asked:
        if together:
            with acting_as(office.writer) as actor:
                judge_entries_together(
                    [pair],
                    verdict=Verdict.SAME,
                    why="Looked.",
                    seen=shown(pair),
                    actor=actor,
                    at=AT,
                )
        else:
            judged(office.writer, *pair, Verdict.SAME)
    told = [each["sql"] for each in asked.captured_queries]
    waits = next(at for at, sql in enumerate(told) if "pg_advisory_xact_lock" in sql
                 and "matching of entries" in sql)  # fmt: skip
    reads = next(at for at, sql in enumerate(told) if "published_match_judgement" in sql)
    assert waits < reads


@pytest.mark.usefixtures("ledger")
def test_whoever_screens_waits_for_others_before_reading_what_is_asked(
    owner_sql: Any, tmp_path: Path
) -> None:
    office = make_office(owner_sql)
    listed(office, XF, tmp_path, [person("1", "Viktor Strovik", born="1961-03-04")])
    in_file(office, "Viktor Strovik", born="1961-03-04")
    with CaptureQueriesContext(connection) as asked:
        assert screened(office).new == 1
    told = [each["sql"] for each in asked.captured_queries]
    waits = next(at for at, sql in enumerate(told) if "screening of" in sql
                 and "pg_advisory_xact_lock" in sql)  # fmt: skip
    reads = next(at for at, sql in enumerate(told) if "matching_question" in sql)
    assert waits < reads
