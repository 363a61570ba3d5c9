"""The chapters that are written from packs: each recommendation and each total with its source."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from django.utils.translation import override

from undaunted.core.editions.rules import (
    Block,
    Bullets,
    Document,
    Figure,
    Link,
    Name,
    Paragraph,
    Section,
    Table,
    check_document,
    decoded,
    encoded,
    numbers_of,
)
from undaunted.core.editions.writers.page import write_page
from undaunted.prisoners.report.analysis.external import external_blocks
from undaunted.prisoners.report.analysis.support import support_blocks
from undaunted.prisoners.report.readers import shipped_external, shipped_support
from undaunted.prisoners.report.rules.support import SupportGroup

END = date(2025, 12, 31)


def _document(language: str = "en", until: date = END) -> Document:
    with override(language):
        held = shipped_support()
        return Document(
            title="Packs",
            subtitle="",
            language=language,
            publisher="Undaunted",
            as_of=until,
            known_at="2026-01-01",
            blocks=(
                Section("person", "Person", support_blocks(held, SupportGroup.PERSON)),
                Section("community", "Community", support_blocks(held, SupportGroup.COMMUNITY)),
                Section("external", "External", external_blocks(shipped_external(), until=until)),
            ),
        )


@pytest.fixture(scope="module")
def document() -> Document:
    return _document()


def _section(document: Document, key: str) -> Section:
    found = {each.key: each for each in _sections(document.blocks)}
    return found[key]


def _sections(blocks: tuple[Block, ...]) -> list[Section]:
    found = [each for each in blocks if isinstance(each, Section)]
    return found + [inner for each in found for inner in _sections(each.blocks)]


def test_document_can_be_frozen_and_written(document: Document) -> None:
    check_document(document)
    assert decoded(encoded(document)) == document


def test_each_recommendation_says_whom_it_asks_why_and_where_it_fails(document: Document) -> None:
    part = _section(document, "support-person-digital_safety")
    text, reasons = part.blocks
    assert isinstance(text, Paragraph)
    assert isinstance(reasons, Paragraph)
    assert text.language == "en"
    said = "".join(str(getattr(piece, "text", piece)) for piece in reasons.text)
    assert said.startswith("Whom it asks: organisations. Basis: an adopted standard that does not")
    assert "Where it fails: Wiping the device first" in said
    numbers = [int(each) for each in said.rpartition("Sources: ")[2].rstrip(".").split(", ")]
    (listed,) = _section(document, "support-person-sources").blocks
    assert isinstance(listed, Bullets)
    cited = [listed.items[number - 1] for number in numbers]
    assert [item[0] for item in cited] == [f"{number}. " for number in numbers]
    assert all(any(isinstance(piece, Link) for piece in item) for item in cited)
    assert any("Freedom of the Press" in str(item) for item in cited)


def test_judgement_names_no_source(document: Document) -> None:
    _text, reasons = _section(document, "support-community-legal").blocks
    assert isinstance(reasons, Paragraph)
    assert "judgement of the authors" in reasons.text
    assert "Sources" not in str(reasons.text)


def test_group_without_a_source_lists_none() -> None:
    held = [each for each in shipped_support() if not each.sources]
    blocks = support_blocks(held, SupportGroup.COMMUNITY)
    assert not any(isinstance(each, Section) and "sources" in each.key for each in blocks)


def test_totals_stand_as_published_and_as_told_later_with_their_sources(
    document: Document,
) -> None:
    part = _section(document, "external-cpj-prison-census")
    (figure,) = [each for each in part.blocks if isinstance(each, Figure)]
    assert "The highest of 11 totals is 363, for 2022-12-01." in figure.alternative
    rows = {row[0]: row for row in figure.table.rows}
    assert rows["2022-12-01"][1:3] == (363, 370)
    assert rows["2024-12-01"][3] == Name(
        "At least. The later number was read in one report only.", "en"
    )
    assert rows["2023-12-01"][3] is None
    (listed,) = [each for each in part.blocks if isinstance(each, Bullets)]
    number = int(str(rows["2023-12-01"][4]))
    assert "Committee to Protect Journalists" in str(listed.items[number - 1])
    assert "read in a copy, an excerpt or a report" in str(listed.items[number - 1])
    key = "external-cpj-prison-census-totals/2022-12-01/value"
    assert numbers_of(document)[key][1] == 363


def test_few_numbers_make_a_table_and_no_chart(document: Document) -> None:
    part = _section(document, "external-freedom-house-repression-by-year")
    assert [type(each) for each in part.blocks if isinstance(each, Table | Figure)] == [Table]


def test_nothing_is_cited_for_a_time_after_the_report() -> None:
    early = _document(until=date(2016, 12, 31))
    (figure,) = [
        each
        for each in _section(early, "external-freedom-in-the-world-not-free").blocks
        if isinstance(each, Table)
    ]
    assert [row[0] for row in figure.rows] == ["2014", "2015", "2016"]
    keys = {each.key for each in _sections(early.blocks)}
    assert "external-pen-freedom-to-write" not in keys
    (only,) = external_blocks(shipped_external(), until=date(2010, 1, 1))
    assert isinstance(only, Paragraph)


def test_english_texts_keep_their_language_and_direction_in_arabic() -> None:
    told = _document("ar")
    page = write_page(replace(told, blocks=told.blocks[:2]), {}).decode()
    assert '<html lang="ar" dir="rtl">' in page
    assert '<p lang="en" dir="ltr">Offer an examination and treatment in the first days' in page
    assert '<bdi lang="en">Wiping the device first' in page
