"""Every government that has a law is told which of its measures are asked for, by clause."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.repression.dossiers.factories import AT, Scene, agree, make_scene, written
from tests.repression.dossiers.test_papers_as_read import paper
from undaunted.core.accounts.actions import acting_as
from undaunted.core.evidence.rules import Grade
from undaunted.core.practices.rules import PracticeSourceStatus
from undaunted.core.standards.rules import Value
from undaunted.repression.dossiers.actions import Evidence, record_finding
from undaunted.repression.dossiers.rules import MeasureTold
from undaunted.repression.dossiers.writers.reasons import measures_told
from undaunted.repression.sanctions.rules import Alone, authorities

if TYPE_CHECKING:
    from django.test import Client

REAL = [each for each in authorities().values() if not each.invented]
ASKED = {
    "us-eo-13818": "asset freeze (section 1); entry ban (section 2)",
    "us-glomag-2016": "asset freeze (22 U.S.C. 10102(b)(2)); entry ban (22 U.S.C. 10102(b)(1))",
    "ca-jvcfoa-2017": "asset freeze (section 4(1)(b) and (3)(a)); "
    "services (section 4(3)(c) and (d)); "
    "entry ban (Immigration and Refugee Protection Act, section 35.1(1))",
    "ca-sema-1992": "asset freeze (section 4(1)(b) and (2)(a)); services (section 4(2)(e)); "
    "entry ban (Immigration and Refugee Protection Act, section 35.1(1))",
    "au-6a-rights": "asset freeze (regulation 6A(4)(a) with regulations 14 and 15); "
    "entry ban (regulation 6A(4)(b))",
    "ee-entry-2016": "entry ban (section 29(1))",
    "lt-aliens-133": "entry ban (Article 133(4))",
}


@pytest.fixture
def scene(owner_sql: Any) -> Scene:
    made = make_scene(owner_sql)
    with acting_as(made.desk.documenter) as actor:
        rest = Evidence((made.source,), Grade.parse("A2"), "p. 3")
        for fact in ("killing", "defender", "gross_systematic", "death_or_harm", "abroad"):
            record_finding(made.dossier, fact, Value.MET, "By the order.", act=made.act,
                           evidence=rest, actor=actor, at=AT)  # fmt: skip
    return made


@pytest.mark.usefixtures("ledger")
def test_papers_to_each_government_ask_for_the_measures_of_its_law_by_clause(scene: Scene) -> None:
    for state in ("US", "CA", "AU", "EE", "LT"):
        agree(scene, f"government:{state}")
    for law, asked in ASKED.items():
        told = paper(scene, written(scene, law))
        fitting = 1 if law == "us-glomag-2016" else 2
        assert (f"Measures asked for {asked} State whose" in told) is (fitting == 2), law
        assert told.count(f"Measures asked for: {asked}") == fitting, law


def test_every_law_that_lists_or_follows_names_its_measures_by_clause_and_source() -> None:
    for law in REAL:
        assert bool(law.measures) is (law.alone is not Alone.NO), law.code
        for each in law.measures:
            assert each.clause, law.code
            assert each.sources, law.code


def test_measure_that_nobody_read_is_told_as_such_and_no_other_is() -> None:
    unread = {(law.code, each.measure) for law in REAL for each in law.measures
              if each.mark is PracticeSourceStatus.UNVERIFIED}  # fmt: skip
    assert unread == {("cz-1-2023", "entry_ban")}
    told = measures_told(
        [
            MeasureTold("asset_freeze", "section 1", status="secondary"),
            MeasureTold("entry_ban", "section 2", people=True, status="unverified"),
        ]
    )
    assert told == "asset freeze (section 1); entry ban (section 2; not yet read at its source)"


@pytest.mark.usefixtures("ledger")
def test_law_of_foreign_nationals_bans_and_freezes_people_alone(client: Client) -> None:
    assert all(each.people for each in authorities()["ca-jvcfoa-2017"].measures)
    page = client.get("/sanctions/authorities/cz-1-2023/").content.decode()
    assert "against people alone" in page
    assert "section 8(1)(d) with Decision (CFSP) 2020/1999" in page
    answer = client.get("/api/v1/sanctions/authorities/no-sanctions-2021").json()
    assert [(each["measure"], each["people"], each["mark"]) for each in answer["measures"]] == [
        ("asset_freeze", False, "verified"), ("entry_ban", True, "verified"),
    ]  # fmt: skip
