"""What lies in a sealed letter may have been made by anybody: it is read or refused."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from undaunted.core.intake.rules import (
    Answers,
    Danger,
    Door,
    Draft,
    LetterUnreadable,
    read_answers,
    read_draft,
    read_text,
    write_answers,
    write_draft,
    write_text,
)

__all__: list[str] = []

WHOLE = {"format": 1, "door": "help", "danger": "no", "spoken": "en", "decoy": False, "given": {}}


def _sealed(**changed: object) -> bytes:
    return json.dumps(WHOLE | changed).encode()


@given(st.text(), st.sampled_from(Door), st.sampled_from(Danger), st.booleans())
def test_what_is_written_is_read_back(story: str, door: Door, danger: Danger, decoy: bool) -> None:  # noqa: FBT001
    answers = Answers(door, danger, {"story": story, "needs": ["legal"]}, "fr", decoy=decoy)
    assert read_answers(write_answers(answers)) == answers


@given(st.text())
def test_message_is_read_back(text: str) -> None:
    assert read_text(write_text(text)) == text[:20_000]


@pytest.mark.parametrize(
    "content",
    [
        b"", b"\xff", b"[]", b"null", b"[" * 5000, _sealed(format=2), _sealed(given=[]),
        _sealed(door="window"), _sealed(danger=None), b'{"format": 1}',
    ],
)  # fmt: skip
def test_what_no_door_made_is_refused(content: bytes) -> None:
    with pytest.raises(LetterUnreadable):
        read_answers(content)


@pytest.mark.parametrize("content", [b"{}", b'{"format": 1, "text": 5}', b'{"format": 9}', b"1"])
def test_what_is_no_message_is_refused(content: bytes) -> None:
    with pytest.raises(LetterUnreadable):
        read_text(content)


@given(st.text(), st.sampled_from(Door), st.sampled_from(["", *Danger]))
def test_draft_is_read_back(story: str, door: Door, danger: str) -> None:
    draft = Draft(door, danger, {"story": story, "needs": ["legal"]})
    assert read_draft(write_draft(draft)) == draft


@pytest.mark.parametrize(
    "content", [b"", b"[]", _sealed(format=2), _sealed(given=[]), _sealed(door="window"), b"{}"]
)
def test_what_is_no_draft_is_refused(content: bytes) -> None:
    with pytest.raises(LetterUnreadable):
        read_draft(content)


def test_strange_values_become_text() -> None:
    read = read_answers(_sealed(given={"a": {"b": 1}, "c": [1, None]}, decoy="yes"))
    assert read.given == {"a": "{'b': 1}", "c": ["1", "None"]}
    assert not read.decoy
