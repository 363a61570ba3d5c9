"""What is taken out is gone, and a conflict is found in any of the product's languages."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from undaunted.core.intake.rules import (
    BLACK,
    Answers,
    ConflictKind,
    Danger,
    Declared,
    Door,
    LetterUnreadable,
    PassageMissing,
    Redacted,
    Severity,
    concerns,
    look_by,
    read_redacted,
    redact_answers,
    redact_text,
    write_redacted,
)

__all__: list[str] = []

RECORD = UUID(int=7)
SAID = Answers(Door.HELP, Danger.NO, {"story": "Ana met Ana-Maria.", "needs": ["legal"]}, "en")
words = st.text(st.characters(categories=["L", "N"]), min_size=1, max_size=12)


@pytest.mark.parametrize(
    ("severity", "within"),
    [
        (Severity.RED, timedelta(hours=1)),
        (Severity.AMBER, timedelta(hours=24)),
        (Severity.GREEN, timedelta(days=5)),
    ],
)
def test_look_by_is_the_clock_of_the_alert(severity: Severity, within: timedelta) -> None:
    since = datetime(2026, 11, 20, 14, tzinfo=UTC)
    assert since + within <= look_by(severity, since) <= since + within + timedelta(days=1)


@given(words, words, words)
def test_passage_is_gone_and_its_length_with_it(before: str, passage: str, after: str) -> None:
    text = f"{before} {passage} {after}"
    black = redact_text(text, [passage])
    assert BLACK in black
    assert passage.casefold() not in black.replace(BLACK, "\n").casefold().split()


def test_longer_passage_leaves_nothing_of_itself_behind() -> None:
    black = redact_answers(SAID, [], ["Ana", "ana-maria", ""])
    assert black.given["story"] == f"{BLACK} met {BLACK}."
    assert redact_answers(SAID, ["needs"], []).given["needs"] == BLACK
    assert redact_answers(SAID, [], ["LEGAL"]).given["needs"] == [BLACK]
    with pytest.raises(PassageMissing) as missing:
        redact_answers(SAID, [], ["Ana", "Bela", "legal", "Cy"])
    assert missing.value.lines == (2, 4)


@pytest.mark.parametrize(
    "copy",
    [
        Redacted(RECORD, "intake.answers", 1, "ab", answers=SAID),
        Redacted(RECORD, "intake.message", 3, "cd", text="Call █████."),
    ],
)
def test_copy_is_read_back_with_what_it_was_made_of(copy: Redacted) -> None:
    assert read_redacted(write_redacted(copy)) == copy


@pytest.mark.parametrize(
    "content",
    [
        b"", b"[]", b"{}", b"null", json.dumps({"format": 2, "of": {}, "text": ""}).encode(),
        json.dumps({"format": 1, "of": {"record": "x"}, "text": None}).encode(),
    ],
)  # fmt: skip
def test_what_is_no_copy_is_refused(content: bytes) -> None:
    with pytest.raises(LetterUnreadable):
        read_redacted(content)


@pytest.mark.parametrize(
    "text",
    ["Belarus", "BELARUS", "He fled Belarus, on foot.", "Беларусь", "它发生在白俄罗斯。", "BY"],
)
def test_state_is_found_by_any_of_its_names(text: str) -> None:
    assert concerns([Declared(ConflictKind.STATE, "BY")], ["", text]) is not None


@pytest.mark.parametrize("text", ["Belarusian food", "standby", "by and by", ""])
def test_state_is_not_found_in_other_words(text: str) -> None:
    assert concerns([Declared(ConflictKind.STATE, "BY")], [text]) is None


def test_organisation_is_found_whatever_its_case_and_points() -> None:
    ministry = Declared(ConflictKind.ORGANISATION, "Ministry of State-Security")
    other = Declared(ConflictKind.ORGANISATION, "...")
    assert concerns([other, ministry], ["the MINISTRY OF state security did"]) is ministry
    assert concerns([other, ministry], ["a ministry"]) is None
