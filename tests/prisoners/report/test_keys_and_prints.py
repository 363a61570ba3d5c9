"""What keys of numbers say as plain values, and what a text prints as words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from undaunted.core.editions.rules import (
    Bullets,
    Footnote,
    Link,
    Name,
    Notice,
    Number,
    Paragraph,
    Strong,
)
from undaunted.prisoners.report.rules.keys import DrawnByLot, Origin
from undaunted.prisoners.report.rules.printed import printed_words

if TYPE_CHECKING:
    from undaunted.core.editions.rules import Block


def test_a_number_says_the_query_that_gives_it() -> None:
    told = Origin("by-country/XR/persons@2025", "registry.count", {"country": "XR"}, 7).as_json()
    assert told == {
        "key": "by-country/XR/persons@2025",
        "query": "registry.count",
        "arguments": {"country": "XR"},
        "value": 7,
    }


def test_a_number_drawn_by_lot_says_what_may_be_asked() -> None:
    assert "its column `published` is" in str(DrawnByLot("unpublished/XR/persons@2025"))


def test_a_text_prints_words_then_addresses_then_notes() -> None:
    blocks: list[Block] = [
        Paragraph(("Arna ", Name("Velisk"), " and ", Strong("two"))),
        Notice("note", ("Not read.",)),
        Bullets((("See ", Link("here", "https://paper.example/velisk")), ("Plain.",))),
        Paragraph(("She", Footnote(("Court of XR",)), "stays", Number("key", 3))),
    ]
    assert printed_words(blocks).split("\n") == [
        "Arna Velisk and two",
        "See here",
        "https://paper.example/velisk",
        "Plain.",
        "She stays ",
        "\fShestays\f",
        "Court of XR",
    ]
