"""A list is the source of whatever came with it, and is called by its name."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from django.test import Client

from tests.prisoners.registry.casework import agree, published, recognised
from tests.prisoners.registry.desk import AT, Desk, bring_in, make_desk
from undaunted.core.accounts.actions import acting_as
from undaunted.core.evidence.actions import withdraw_citation
from undaunted.prisoners.registry.actions.lists import record_list
from undaunted.prisoners.registry.actions.records import correct_spell
from undaunted.prisoners.registry.models import PublishedList
from undaunted.prisoners.registry.queries.records import case_file, cases_for
from undaunted.prisoners.registry.rules.claims import TierTooHigh

if TYPE_CHECKING:
    from pathlib import Path

    from pytest_django import Settings

    from undaunted.core.actors.models import Party
    from undaunted.prisoners.registry.models import SourceList

pytestmark = pytest.mark.usefixtures("ledger")

ROW = "1,Mirela Antova,female,1980-05-06,2020-01-10,,extremism,,B,held"


@pytest.fixture
def desk(owner_sql: Any, settings: Settings, tmp_path: Path) -> Desk:
    settings.DOCUMENTS_FOLDER = settings.CHART_CACHE = settings.DOWNLOADS_FOLDER = tmp_path
    return make_desk(owner_sql)


@pytest.fixture
def listed(desk: Desk) -> SourceList:
    with acting_as(desk.steward) as actor:
        return record_list(
            desk.organisation, actor=actor, at=AT, name="Roll of the Free Bar", slug="bar-roll",
            publisher="Free Bar of Ruritania", url="https://bar.example/roll", licence="CC0",
        )  # fmt: skip


@pytest.fixture
def party(desk: Desk, listed: SourceList) -> Party:
    bring_in(desk, listed, ROW)
    with acting_as(desk.steward) as actor:
        return cases_for(actor).get()


def test_every_claim_that_came_with_a_list_cites_it(desk: Desk, party: Party) -> None:
    with acting_as(desk.documenter) as actor:
        file = case_file(actor, party.pk)
        assert file is not None
        assert {act.category for act in file.acts} == {"deprivation_of_liberty", "charge"}
        for act in file.acts:
            (cited,) = file.cited(act)
            source = cited.source
            assert (source.publisher, source.title) == (
                "Free Bar of Ruritania",
                "Roll of the Free Bar",
            )
            assert source.url == "https://bar.example/roll"


def test_a_correction_by_hand_keeps_the_source_and_asks_for_no_better_tier(
    desk: Desk, party: Party
) -> None:
    with acting_as(desk.documenter) as actor:
        file = case_file(actor, party.pk)
        assert file is not None
        spell = next(act for act in file.acts if act.in_stock)
        fixed = correct_spell(spell, actor=actor, at=AT, city="Xana", tier="C")
        fixed = correct_spell(fixed, actor=actor, at=AT, tier="B")
        with pytest.raises(TierTooHigh):
            correct_spell(fixed, actor=actor, at=AT, tier="A")
        file = case_file(actor, party.pk)
        assert file is not None
        (cited,) = file.cited(next(act for act in file.acts if act.in_stock))
        withdraw_citation(cited, actor=actor, at=AT)
        file = case_file(actor, party.pk)
        assert file is not None
        assert not any(file.cited(act) for act in file.acts)


def test_the_public_reads_the_name_of_the_list(desk: Desk, party: Party) -> None:
    agree(desk, party)
    recognised(desk, party)
    gate = published(desk, party)
    assert PublishedList.objects.get().name == "Roll of the Free Bar"
    reader = Client()
    case = reader.get(f"/registry/{gate.reference}/").content.decode()
    country = reader.get("/countries/XR/?on=2021-01-01").content.decode()
    for page in (case, country):
        assert "Roll of the Free Bar" in page
        assert "bar-roll" not in page
    assert 'href="https://bar.example/roll"' in case
    assert "Free Bar of Ruritania" in case
