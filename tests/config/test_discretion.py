"""The log names no reader and no search."""

from __future__ import annotations

import io
import logging
import re
from typing import TYPE_CHECKING

import pytest
from django.http import HttpResponse
from django.test import RequestFactory
from django.utils.log import log_response

from undaunted.config.discretion import DiscreetFilter

if TYPE_CHECKING:
    from collections.abc import Iterator

TEAM = "/help/return/file/6a1f4b0e-6d1e-4f0b-9a52-0f8f0e3f7f11/"


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    """Give the log as the settings set it up, written to memory."""
    (handler,) = [
        each
        for each in logging.getLogger().handlers
        if isinstance(each, logging.StreamHandler)
        and any(isinstance(one, DiscreetFilter) for one in each.filters)
    ]
    held = io.StringIO()
    before, handler.stream = handler.stream, held  # the one before may be closed by now
    yield held
    handler.stream = before


def _answered(path: str, status: int, problem: Exception | None = None) -> None:
    answer = HttpResponse(status=status)
    asked = RequestFactory().get(path)
    log_response(
        "%s: %s", answer.reason_phrase, path, response=answer, request=asked, exception=problem
    )


@pytest.mark.parametrize("path", ["/help/incident/", TEAM, "/help/", "/HELP/zz/", "/help"])
@pytest.mark.parametrize("status", [400, 404, 422, 503, 507])
def test_visit_to_a_door_is_not_logged(log: io.StringIO, path: str, status: int) -> None:
    _answered(path, status)
    assert log.getvalue() == ""


def test_forged_request_at_a_door_is_not_logged(log: io.StringIO) -> None:
    _answered(TEAM, 400, ValueError("too many fields"))
    assert log.getvalue() == ""


def test_error_of_ours_at_a_door_is_logged_with_the_hour_and_no_address(log: io.StringIO) -> None:
    _answered(TEAM, 500, ValueError("it broke"))
    first, *rest = log.getvalue().splitlines()
    assert re.fullmatch(
        r"\d{4}-\d\d-\d\d \d\d:00:00,000 ERROR django.request: ValueError at a door: /help/…", first
    )
    assert rest[-1] == "ValueError: it broke"
    assert TEAM not in log.getvalue()


@pytest.mark.parametrize(("path", "status"), [("/cases/x/", 404), ("/desk/help/", 503)])
def test_line_of_any_other_page_is_kept(log: io.StringIO, path: str, status: int) -> None:
    _answered(path, status)
    assert log.getvalue().endswith(f": {path}\n")


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
