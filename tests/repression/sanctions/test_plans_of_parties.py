"""Action plans count parties: whoever stands in several entries is one designation."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.test import Client

from tests.core.matching.factories import AT as LOADED_AT
from tests.core.matching.factories import XF, shown
from tests.repression.sanctions.factories import listing, make_office
from tests.repression.sanctions.plan_scene import ENTRIES, ON
from undaunted.core.access.rules import PUBLIC
from undaunted.core.accounts.actions import acting_as
from undaunted.core.editions.rules import Section, Table
from undaunted.core.matching.actions import confirm_judgement, judge_entries
from undaunted.core.matching.rules import Verdict
from undaunted.repression.sanctions.analysis import plan_for
from undaunted.repression.sanctions.writers import plan_document

if TYPE_CHECKING:
    from pathlib import Path

    from tests.core.listings.factories import Office

pytestmark = pytest.mark.usefixtures("ledger")


@pytest.fixture
def office(owner_sql: Any, tmp_path: Path) -> Office:
    office = make_office(owner_sql)
    listing(office, XF, tmp_path, ENTRIES, day="2026-05-20")
    return office


def test_whoever_was_judged_to_be_one_counts_once_from_that_moment(office: Office) -> None:
    pair, later = (("xf-invented", "F1"), ("xf-invented", "F2")), LOADED_AT + timedelta(hours=1)
    seen = shown(pair)
    with acting_as(office.writer) as actor:
        told = judge_entries(
            *pair, verdict=Verdict.SAME, why="So.", seen=seen, actor=actor, at=later
        )
    with acting_as(office.reviewer) as actor:
        confirm_judgement(told.pk, seen=seen, actor=actor, at=later)
    held = [
        plan_for(PUBLIC, "XF", on=ON, known_at=known).uses[0]
        for known in (later - timedelta(seconds=1), later)
    ]
    assert [(each.by_year[2023], each.total, each.entries) for each in held] == [
        (3, 5, 5), (2, 4, 5),
    ]  # fmt: skip
    page = Client().get("/sanctions/plans/XF/?on=2026-06-01").content.decode()
    assert "in 5 entries" in page
    plan = plan_for(PUBLIC, "XF", on=ON, known_at=later)
    laid = plan_document(plan, language="en", known_at="")
    blocks = [one for each in laid.blocks if isinstance(each, Section) for one in each.blocks]
    (table,) = [each for each in blocks if isinstance(each, Table) and each.key == "designations"]
    assert table.keys[-1] == "entries"
