"""The annual report counts people who are not published, for whoever may ask; one count a build."""

from __future__ import annotations

import uuid
from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.utils import timezone
from django.utils.translation import override
from typer.testing import CliRunner

from tests.prisoners.registry.counted_factory import agree_to_statistics, hide, remember
from tests.prisoners.registry.desk import Desk, make_desk
from tests.prisoners.registry.published_worlds import Act, Person, World
from tests.prisoners.registry.test_counting import project_all
from undaunted.core.access.rules import PUBLIC
from undaunted.core.accounts.actions import acting_as
from undaunted.core.editions.rules import (
    Question,
    check_document,
    encoded,
    numbers_of,
    tables_in,
)
from undaunted.engines.census import Tier
from undaunted.prisoners.registry.rules.unpublished import ONE_IN, DrawKeyChanged
from undaunted.prisoners.report.analysis.annual import gather_annual_report
from undaunted.prisoners.report.analysis.tracing import Tracer
from undaunted.prisoners.report.commands import commands
from undaunted.prisoners.report.rules.keys import DrawnByLot, KeyUnreadable

if TYPE_CHECKING:
    from pathlib import Path

    from pytest_django import Settings

    from undaunted.config.postgres import Lease
    from undaunted.core.editions.rules import Document, Table

YEAR = 2024
TABLE = "held-with-unpublished"
ABSENT = "nobody agreed to, are in no number here"


@pytest.fixture
def desk(ledger: Lease, owner_sql: Any, settings: Settings) -> Desk:
    """One of forty-one is published; all agreed to be counted."""
    settings.DRAW_KEY = bytes(range(32))
    remember(owner_sql, uuid.UUID(int=5))
    day = date(2023, 5, 6)
    act = Act((day, day), (None, None), Tier.A)
    world = World((*(Person(n, (act,), state="proposed") for n in range(40)), Person(40, (act,))))
    world.write(ledger)
    agree_to_statistics(owner_sql, world.ids)
    project_all(ledger)
    return make_desk(owner_sql)


def _asked(builder: Any, country: str = "", year: int = YEAR) -> Question:
    known = timezone.now() + timedelta(seconds=1)
    return Question(
        PUBLIC, date(year, 12, 31), known, "en", {"country": country}, builder=builder
    )  # fmt: skip


def _built(question: Question) -> Document:
    with override(question.language):
        document = gather_annual_report(question).document
    check_document(document)
    return document


def _drawn(document: Document) -> Table | None:
    return next((each for each in tables_in(document) if each.key == TABLE), None)


def _numbers(document: Document) -> dict[str, float | None]:
    return {key: value for key, (_words, value) in numbers_of(document).items()}


def test_report_has_the_table_for_whoever_may_build_it_and_check_passes_over_the_drawn(
    desk: Desk, tmp_path: Path
) -> None:
    with acting_as(desk.documenter) as actor:
        question = _asked(actor)
        document = _built(question)
        alone = _drawn(_built(_asked(actor, "XR")))
        elsewhere = _drawn(_built(_asked(actor, "XS")))
    table = _drawn(document)
    assert table is not None
    assert table.keys == ("XR", "all")
    published, persons = table.rows[0][1:3]
    assert published == 1
    assert (int(str(persons)) - 1) % ONE_IN == 0
    assert int(str(persons)) > 1
    assert alone is not None
    assert (alone.keys, alone.rows) == (("XR",), table.rows[:1])
    assert elsewhere is None
    words = str(document)
    assert "one in 10" in words
    assert "nothing about one person" in words
    assert "alone, drawn by lot" in str(document.blocks[1])
    assert ABSENT not in words
    tracer = Tracer(PUBLIC, YEAR, question.known_at)
    for row in table.keys:
        origin = tracer.trace(f"{TABLE}/{row}/published@{YEAR}")
        assert (origin.value, origin.query.rpartition(".")[2]) == (1, "published_cells")
        for column in ("persons", "low", "high"):
            with pytest.raises(DrawnByLot, match="not asked again"):
                tracer.trace(f"{TABLE}/{row}/{column}@{YEAR}")
    with pytest.raises(KeyUnreadable):
        tracer.trace(f"{TABLE}/all/heads@{YEAR}")
    file = tmp_path / "report-en.json"
    file.write_bytes(encoded(document))
    checked = CliRunner().invoke(commands, ["check", str(file), "--every"])
    assert checked.exit_code == 0, checked.output
    assert f"{len(numbers_of(document)) - 6} numbers traced, 0 different" in checked.output
    assert "6 drawn by lot, not asked again" in checked.output
    assert f"{TABLE}/XR/persons@{YEAR} = {persons}  drawn by lot" in checked.output
    key = f"{TABLE}/XR/persons@{YEAR}"
    asked = CliRunner().invoke(
        commands, ["trace", key, "--year", str(YEAR), "--known-at", question.known_at.isoformat()]
    )
    assert asked.exit_code == 2
    assert "consent may have ended" in asked.output


def test_nobody_else_has_the_table_and_an_installation_without_a_key_has_none(
    desk: Desk, settings: Settings
) -> None:
    public = _built(_asked(PUBLIC))
    assert _drawn(public) is None
    assert ABSENT in str(public)
    assert "drawn by lot" not in str(public)
    with acting_as(desk.steward) as actor:
        assert _drawn(_built(_asked(actor))) is None
    with acting_as(desk.documenter) as actor:
        assert _drawn(_built(_asked(actor))) is not None
        settings.DRAW_KEY = b""
        without = _built(_asked(actor))
        settings.DRAW_KEY = bytes(32)
        with pytest.raises(DrawKeyChanged, match="put the former key back"):
            _built(_asked(actor))
    assert _drawn(without) is None
    assert _numbers(without) == _numbers(public)


def test_where_nobody_is_published_the_drawn_stand_beside_the_notice(
    desk: Desk, owner_sql: Any
) -> None:
    hide(owner_sql)
    with acting_as(desk.documenter) as actor:
        document = _built(_asked(actor))
    table = _drawn(document)
    assert table is not None
    assert table.rows[-1][1] == 0
    assert "No published case speaks of 2024" in str(document.blocks[0])


def test_numbers_are_counted_once_for_all_languages_of_an_edition(
    desk: Desk, owner_sql: Any
) -> None:
    """What changes while an edition is written is in none of its languages, and in the next."""
    with acting_as(desk.documenter) as actor:
        english = _asked(actor)
        before = _numbers(_built(english))
    hide(owner_sql)
    owner_sql("DELETE FROM consent_grant")
    with acting_as(desk.documenter) as actor:
        after = _numbers(_built(replace(english, language="ar")))
        fresh = _numbers(_built(replace(english, remembered={})))
    assert before == after
    held = f"by-country/XR/persons@{YEAR}-12-31"
    assert (before[held], fresh.get(held)) == (1, None)
