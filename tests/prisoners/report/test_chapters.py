"""The chapters of the annual report are a closed list."""

from __future__ import annotations

from django.utils.translation import override

from undaunted.prisoners.report.rules import (
    EDITORIAL_CHAPTERS,
    Chapter,
    chapter_title,
    takes_text,
)

__all__: list[str] = []


def test_every_chapter_has_a_title_of_its_own() -> None:
    with override("en"):
        titles = [chapter_title(each) for each in Chapter]
    assert len(set(titles)) == len(titles) == 18
    assert titles[0] == "The year in brief"


def test_no_text_of_ours_stands_beside_the_counts_of_others() -> None:
    assert not takes_text(Chapter.EXTERNAL)
    assert not takes_text(Chapter.METHODS)
    assert takes_text(Chapter.SUMMARY)
    assert set(EDITORIAL_CHAPTERS) < set(Chapter)
