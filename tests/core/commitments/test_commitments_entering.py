"""What does not come in: days that have not come, hidden signs, a "none" that no source says."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from tests.core.commitments.factories import said, written
from undaunted.core.commitments.rules import StatementBroken, check_read, shipped_statements

__all__: list[str] = []

TODAY = date(2026, 6, 1)


def _problems(**changed: Any) -> str:
    with pytest.raises(StatementBroken) as broken:
        check_read((said(**changed),), TODAY, where="x")
    return "\n".join(broken.value.problems)


def _sources(**changed: Any) -> list[dict[str, Any]]:
    first, *more = written()["sources"]
    return [{**first, **changed}, *more]


@pytest.mark.parametrize("sign", ["\u202e", "\u202a", "\u2066", "\u2069", "\x07", "\x1b"])
def test_sign_that_turns_or_hides_text_is_refused_wherever_it_stands(sign: str) -> None:
    number = f"U+{ord(sign):04X}"
    features = [{"code": "call-in", "has": True, "clause": f"4{sign}", "sources": ["gazette"]}]
    told = _problems(
        law=f"Harbour{sign} Act",
        text=f"Screens{sign}.",
        features=[*features, written()["features"][1]],
        sources=_sources(
            title=f"Gazette{sign}", note=f"x{sign}y", url=f"https://a.example/{sign}b"
        ),
    )
    for place in (
        "law",
        "text",
        "features, call-in, clause",
        "sources, gazette, title",
        "sources, gazette, note",
        "sources, gazette, url",
    ):
        assert f"statement 1, XF 2024-03-01: {place}: {number} is not seen" in told, told


def test_marks_and_joiners_that_writing_needs_come_in() -> None:
    told = said(
        law="נמל \u200f(4) \u0645\u06cc\u200c\u0634\u0648\u062f", text="One line.\nAnother\tone."
    )
    assert check_read((told,), TODAY, where="x") == (told,)


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        (
            {"sources": _sources(date="2030-01-01")},
            "sources, gazette, date: 2030-01-01 has not come; write the day that it bears",
        ),
        (
            {"sources": _sources(date="2026-05-20")},
            "sources, gazette, date: 2026-05-20 is after 2026-05-01, when it was read",
        ),
        (
            {"sources": _sources(read_on="2026-06-02")},
            "sources, gazette, read_on: 2026-06-02 has not come",
        ),
        ({"status": "proposed", "since": "2026-07"}, "since: 2026-07 has not come, and only a law"),
        ({"status": "adopted", "since": "2027"}, "since: 2027 has not come"),
        (
            {"status": "lapsed", "since": "2027", "features": [], "sources": _sources()[:1]},
            "since: 2027 has not come",
        ),
    ],
)
def test_day_that_has_not_come_is_refused(changed: dict[str, Any], told: str) -> None:
    assert told in _problems(**changed)


@pytest.mark.parametrize(
    "changed",
    [
        {"since": "2028-01-17"},
        {"status": "amended", "since": "2027"},
        {"status": "proposed", "since": "../2027"},
        {"status": "proposed", "since": "2026"},
        {"sources": _sources(date="../2027")},
        {"sources": _sources(date="2026")},
    ],
    ids=str,
)
def test_law_may_begin_later_and_a_year_that_has_begun_is_no_later_day(
    changed: dict[str, Any],
) -> None:
    assert check_read((said(**changed),), TODAY, where="x")


def test_none_needs_a_source_that_somebody_read_and_its_words() -> None:
    bare: dict[str, Any] = {"status": "absent", "since": "2024", "features": []}
    unread = [written()["sources"][1]]
    told = _problems(**bare, text="", sources=unread, evidence=["review"])
    assert "evidence: name a source that somebody read, and that says that none is" in told
    assert "text: say what the source says of there being none" in told
    assert told.count("where nothing was found, write not_known") == 2
    read = said(**bare, text="The review says that there is none.", sources=_sources()[:1])
    assert check_read((read,), TODAY, where="x") == (read,)


def test_what_is_shipped_may_come_in() -> None:
    assert check_read(shipped_statements(), date(2026, 11, 28), where="x")
