"""What the page of a pair shows of an entry, and what the mark of a verdict covers, are one."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.utils.translation import override

from undaunted.core.listings.rules import Entry, read_entry
from undaunted.core.matching.rules import shown_of_entry
from undaunted.core.matching.templatetags import matching
from undaunted.core.matching.templatetags.matching import called, form_lines, lines_beside
from undaunted.core.matching.writers import FIELDS

ON = date(2026, 5, 1)
BIRTH = {"day": "1961-03-04", "place": "Norna", "country": "XR", "text": "4 March 1961"}
ADDRESS = {"text": "3 Quay Street", "country": "XR"}
PROGRAMME = {"code": "GHR", "title": "Human rights regime"}
EVENT = {"kind": "designated", "day": "2021-03-22", "basis": "Act 7"}
PASSPORT = {"kind": "passport", "number": "123", "country": "XR"}
WHOLE: dict[str, Any] = {
    "key": "1",
    "kind": "person",
    "names": [{"text": "Viktor Strovik", "quality": "primary"}],
    "births": [BIRTH],
    "gender": "male",
    "nationalities": ["XR"],
    "identifiers": [PASSPORT],
    "ids": [["XF", "GHR-0017"]],
    "countries": ["XS"],
    "positions": ["Mayor of Hest"],
    "addresses": [ADDRESS],
    "programmes": [PROGRAMME],
    "measures": [{"kind": "entry_ban", "stated": True}],
    "events": [EVENT],
    "reasons": "Ordered beatings.",
    "remarks": "Brother of another.",
}
CHANGES: tuple[tuple[str, Any], ...] = (
    ("kind", "body"),
    ("names", [{"text": "Viktor Strovek", "quality": "primary"}]),
    ("births", [{**BIRTH, "day": "1961-03-05"}]),
    ("births", [{**BIRTH, "place": "Upper Norna"}]),
    ("births", [{**BIRTH, "country": "XS"}]),
    ("births", [{**BIRTH, "day": ""}]),
    ("gender", "female"),
    ("nationalities", ["XS"]),
    ("identifiers", [{**PASSPORT, "number": "124"}]),
    ("identifiers", [{**PASSPORT, "kind": "tax"}]),
    ("ids", [["XF", "GHR-0018"]]),
    ("ids", [["XZ", "GHR-0017"]]),
    ("countries", ["XR"]),
    ("positions", ["Mayor of Norna"]),
    ("addresses", [{**ADDRESS, "text": "4 Quay Street"}]),
    ("addresses", [{**ADDRESS, "country": "XS"}]),
    ("programmes", [{**PROGRAMME, "code": "GHS"}]),
    ("programmes", [{**PROGRAMME, "title": "Another regime"}]),
    ("measures", [{"kind": "asset_freeze", "stated": True}]),
    ("events", [{**EVENT, "kind": "delisted"}]),
    ("events", [{**EVENT, "day": "2021-03-23"}]),
    ("events", [{**EVENT, "basis": "Act 8"}]),
    ("reasons", "Ordered nothing."),
    ("remarks", "Brother of nobody."),
)


def _entry(**more: Any) -> Entry:
    return read_entry({**WHOLE, **more})


def _page(entry: Entry) -> list[Any]:
    lists = ("xf-invented", "xz-invented")
    return [*form_lines(entry, None), *lines_beside(entry, None, lists, ON)]


def test_what_is_shown_of_a_field_is_covered_by_the_mark_and_no_field_by_one_alone() -> None:
    beside = vars(matching)["_WRITTEN"]
    assert sorted({*FIELDS, *beside}) == sorted(shown_of_entry(_entry()))
    assert len(_page(_entry())) == len(FIELDS) + len(beside)
    says_nothing = {"key", "rows", "file_key"}
    assert shown_of_entry(_entry()).keys() == set(Entry.__slots__) - says_nothing


@pytest.mark.parametrize(("field", "value"), CHANGES)
def test_what_changes_the_page_changes_the_mark(field: str, value: Any) -> None:
    other = _entry(**{field: value})
    assert _page(other) != _page(_entry())
    assert shown_of_entry(other) != shown_of_entry(_entry())


@pytest.mark.parametrize(("language", "comma"), [("en", ", "), ("ar", "، "), ("zh-hans", "\uff0c")])
def test_an_entry_is_named_with_the_comma_of_the_language(language: str, comma: str) -> None:
    with override(language):
        assert called(("xf-invented", "XF-0005")).endswith(f"{comma}XF-0005")
    assert called("xq-unknown:1") == "xq-unknown:1"
