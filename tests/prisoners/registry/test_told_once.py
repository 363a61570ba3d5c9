"""A deprivation that several lists tell alike is shown once; two that only look alike stay two."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from django.test import Client

from tests.prisoners.registry.published_factory import Case, Stay, publish
from undaunted.core.access.rules import PUBLIC
from undaunted.prisoners.registry.queries.open_data import open_rows
from undaunted.prisoners.registry.rules.open_data import SPELLS
from undaunted.prisoners.registry.rules.told_once import Telling, told_once

if TYPE_CHECKING:
    from tests.prisoners.registry.published_factory import OwnerSql

HELD = Telling("deprivation_of_liberty", "2020-05", "2021-03", open=False, tier="B", rest="XR")
LONG = Stay(date(2020, 5, 3), date(2021, 3, 9), release_type="sentence_served")
SHORT = Stay(date(2019, 5, 1), date(2019, 5, 12), type="administrative_detention")
OPEN = Stay(date(2024, 2, 1))


def _shown(*tellings: Telling) -> list[str]:
    return [tier for _spell, tier in told_once(tellings, lambda each: each)]


def test_what_surely_overlaps_is_one_with_the_best_tier() -> None:
    assert _shown(HELD, replace(HELD, tier="A"), replace(HELD, tier="D")) == ["A"]
    going_on = replace(HELD, end_earliest=None, open=True)
    assert _shown(going_on, HELD, going_on) == ["B", "B"]


@pytest.mark.parametrize(
    "change",
    [
        {"end_earliest": "2020-05"},
        {"end_earliest": None},
        {"start_latest": None},
        {"category": "civil_death"},
    ],
)
def test_what_may_be_two_stays_two(change: dict[str, Any]) -> None:
    other = replace(HELD, **change)
    assert _shown(other, other) == ["B", "B"]


def test_what_is_told_otherwise_stays_two() -> None:
    assert _shown(HELD, replace(HELD, rest="XS"), replace(HELD, start_latest="2020-04")) == [*"BBB"]


@pytest.mark.usefixtures("ledger")
def test_page_files_and_programs_show_it_once(owner_sql: OwnerSql) -> None:
    publish(owner_sql, Case("XR-00001", stays=(SHORT, SHORT, LONG, LONG, OPEN, OPEN, OPEN)))
    owner_sql(
        "UPDATE published_spell SET tier = 'C' WHERE claim = (SELECT min(claim::text)::uuid"
        " FROM published_spell WHERE start = '2020-05')"
    )
    wanted = ["2019-05", "2019-05", "2020-05", "2024-02"]
    rows = [dict(zip([one.name for one in SPELLS.columns], row, strict=True))
            for row in open_rows(PUBLIC, SPELLS)]  # fmt: skip
    assert [row["start_earliest_month"] for row in rows] == wanted
    assert [row["tier"] for row in rows] == [*"AAAA"]
    told = json.loads(Client().get("/api/v1/registry/cases/XR-00001").content)["spells"]
    assert [(spell["start"], spell["tier"]) for spell in told] == [(day, "A") for day in wanted]
    page = Client().get("/registry/XR-00001/").content.decode()
    assert "Stretches of detention on record: 4;" in page


@pytest.mark.usefixtures("ledger")
def test_a_reference_in_small_letters_leads_to_its_case(owner_sql: OwnerSql) -> None:
    publish(owner_sql, Case("XR-00001", stays=(OPEN,)))
    answer = Client().get("/registry/xr-00001/")
    assert (answer.status_code, answer.headers["Location"]) == (301, "/registry/XR-00001/")
    assert Client().get("/registry/xr-nobody/", follow=True).status_code == 404
