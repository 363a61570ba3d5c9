"""A player that winds gets the part it asks for, and nobody a page."""

from __future__ import annotations

import pytest
from django.test import RequestFactory

from undaunted.site.ranges import answer_part

CONTENT = bytes(range(100))


def _asked(header: str, **more: str) -> tuple[int, bytes, str]:
    headers = {"range": header, **more} if header else more
    request = RequestFactory().get("/film/", headers=headers)
    answer = answer_part(request, CONTENT, kind="video/mp4", name="film.mp4")
    assert answer.headers["Accept-Ranges"] == "bytes"
    assert answer.headers["Content-Disposition"] == 'attachment; filename="film.mp4"'
    assert answer.headers["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert answer.headers["Cache-Control"] == "no-store"
    return answer.status_code, answer.content, answer.headers.get("Content-Range", "")


@pytest.mark.parametrize(
    ("header", "part", "told"),
    [
        ("bytes=0-", CONTENT, "bytes 0-99/100"),
        ("bytes=10-19", CONTENT[10:20], "bytes 10-19/100"),
        ("bytes=90-500", CONTENT[90:], "bytes 90-99/100"),
        ("bytes=-5", CONTENT[95:], "bytes 95-99/100"),
        ("bytes=-500", CONTENT, "bytes 0-99/100"),
        ("bytes=99-99", CONTENT[99:], "bytes 99-99/100"),
    ],
)
def test_a_part_is_given_with_its_place(header: str, part: bytes, told: str) -> None:
    assert _asked(header) == (206, part, told)


@pytest.mark.parametrize("header", ["bytes=100-", "bytes=200-300", "bytes=-0"])
def test_what_lies_behind_the_end_is_refused(header: str) -> None:
    assert _asked(header) == (416, b"", "bytes */100")


@pytest.mark.parametrize(
    "header",
    ["", "bytes=-", "bytes=9-3", "bytes=0-1,5-6", "pages=1-2", "bytes=a-b", "bytes=٣-٤",
     "bytes=" + "9" * 5000],
)  # fmt: skip
def test_what_cannot_be_read_gets_the_whole(header: str) -> None:
    assert _asked(header) == (200, CONTENT, "")


def test_a_condition_on_an_earlier_answer_gets_the_whole() -> None:
    assert _asked("bytes=0-4", **{"if-range": '"x"'}) == (200, CONTENT, "")
