"""Signed texts stand in the report that is built, with the report's own numbers in them."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

import pytest
from django.test import Client
from django.utils import timezone
from django.utils.translation import override

from tests.core.accounts.factories import in_person
from tests.prisoners.registry.published_factory import Case, publish
from tests.prisoners.report.text_desk import YEAR, make_writers, signed
from undaunted.core.access.rules import PUBLIC
from undaunted.core.accounts.actions import make_token
from undaunted.core.accounts.rules import SCOPES
from undaunted.core.editions.rules import (
    EditionRefused,
    Number,
    Paragraph,
    Question,
    Section,
    check_document,
)
from undaunted.prisoners.report.analysis.annual import gather_annual_report

if TYPE_CHECKING:
    from uuid import UUID

    from undaunted.core.editions.rules import Document

pytestmark = pytest.mark.usefixtures("ledger")
KNOWN = datetime(2026, 11, 1, tzinfo=UTC)
KEY = "by-country/XR/persons@2025-12-31"


def built(holder: UUID, language: str = "en", country: str = "") -> Document:
    with override(language):
        return gather_annual_report(
            Question(PUBLIC, date(YEAR, 12, 31), KNOWN, language, {"country": country}, holder)
        ).document


def first(document: Document) -> Paragraph:
    chapter = document.blocks[0]
    assert isinstance(chapter, Section)
    assert chapter.key == "summary"
    assert isinstance(chapter.blocks[0], Paragraph)
    return chapter.blocks[0]


def test_text_stands_at_the_head_of_its_chapter_with_the_number_of_the_report(
    owner_sql: Any,
) -> None:
    publish(owner_sql, Case("XR-00001"), Case("XR-00002"))
    writers = make_writers(owner_sql)
    signed(writers)
    document = built(writers.holder)
    check_document(document)
    assert Number(KEY, 2, "Ruritania: Held on 31 December 2025") in first(document).text
    alone = built(writers.holder, country="XR").blocks[0]
    assert isinstance(alone, Section)
    assert not isinstance(alone.blocks[0], Paragraph), "a country's report has no text of the world"
    with in_person(writers.reader) as actor:
        token = make_token("reader", SCOPES, actor=actor, at=timezone.now(), days=1)[1]
    program = Client(headers={"Authorization": f"Bearer {token}"})
    asked: dict[str, str | int] = {"key": KEY, "year": YEAR, "known_at": KNOWN.isoformat()}
    told = program.get("/api/v1/report/desk/trace", asked).json()
    assert told["value"] == 2
    assert told["query"].endswith("counting.count")
    assert told["arguments"]["as_of"] == "2025-12-31"
    answer = program.get("/api/v1/report/desk/trace", asked | {"key": "nothing"})
    assert answer.status_code == 422
    assert "TABLE/ROW/COLUMN" in answer.json()["detail"]
    assert Client().get("/api/v1/report/desk/trace", asked).status_code == 401


def test_text_with_a_number_that_the_report_has_not_stops_the_build(owner_sql: Any) -> None:
    publish(owner_sql, Case("XS-00001", country="XS"))
    writers = make_writers(owner_sql)
    signed(writers)
    with pytest.raises(EditionRefused, match=f"chapter summary.*{KEY}"):
        built(writers.holder)
