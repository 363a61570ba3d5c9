"""The log names no reader and no search."""

from __future__ import annotations

import logging

import pytest

from undaunted.config.discretion import DiscreetFilter


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("Not Found: /cases?name=somebody&x=1", "Not Found: /cases?…"),
        ("refused for 192.0.2.17", "refused for (address)"),
        ("refused for 2001:db8::17:1", "refused for (address)"),
        ("refused for ::1", "refused for (address)"),
        ("at 12:30:45 in undaunted::x", "at 12:30:45 in undaunted::x"),
        ("took 12:30 at 1.2.3", "took 12:30 at 1.2.3"),
    ],
)
def test_line_is_kept_without_what_identifies(said: str, kept: str) -> None:
    record = logging.LogRecord("x", logging.WARNING, "f", 1, "%s", (said,), None)
    assert DiscreetFilter().filter(record)
    assert record.getMessage() == kept
