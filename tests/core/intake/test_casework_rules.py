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
    NothingTakenOut,
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
    "written",
    [
        "Vask  Oder", "Vask\nOder", "Vask\u00a0\t\r\n Oder", "VASK oder", "Va\u200bsk O\u00adder",
        "Vask \u200b Oder", "Vask\u200bOder", "Vásk Öder", "Va\u0301sk Oder\u0301",
        "\uff36\uff21\uff33\uff2b Oder",
    ],
)  # fmt: skip
def test_name_is_found_however_it_is_written(written: str) -> None:
    text = f"It was {written}, and Vask  Oder again."
    assert redact_text(text, ["Vask  Oder"]) == f"It was {BLACK}, and {BLACK} again."
    assert redact_text(text, [f" {written} "]) == f"It was {BLACK}, and {BLACK} again."


@pytest.mark.parametrize(
    ("written", "passage"),
    [
        ("علي", "علی"), ("عـلی", "علي"), ("می\u200cرود", "میرود"), ("كابل", "کابل"),
        ("I\u015f\u0131k", "isik"), ("Straße", "STRASSE"), ("D\u2019Arc", "D'Arc"),
        ("白俄罗斯", "俄"),
    ],
)  # fmt: skip
def test_name_is_found_whatever_keyboard_wrote_it(written: str, passage: str) -> None:
    assert passage not in redact_text(f"({written})", [passage])
    assert BLACK in redact_text(f"({written})", [passage])


spaces = st.text(" \n\t\u00a0\u2028", min_size=1, max_size=4)
marks = st.text("\u200b\u200c\u00ad\ufeff\u0301\u0327", max_size=3)
names = st.lists(st.text("abcdxyz", min_size=1, max_size=6), min_size=1, max_size=3)


@given(names, st.lists(st.tuples(spaces, marks, st.booleans()), min_size=1, max_size=6))
def test_every_occurrence_is_gone_whatever_stands_in_it(
    name: list[str], ways: list[tuple[str, str, bool]]
) -> None:
    texts = [space.join(f"{each[0]}{mark}{each[1:]}" for each in name) for space, mark, _ in ways]
    texts = [each.upper() if loud else each for each, (_, _, loud) in zip(texts, ways, strict=True)]
    assert redact_text(" 1 ".join(texts), [" ".join(name)]) == " 1 ".join([BLACK] * len(ways))


@given(st.text("ab ", min_size=1, max_size=30), st.lists(st.text("ab", min_size=1, max_size=4)))
def test_nothing_of_overlapping_passages_stays(text: str, passages: list[str]) -> None:
    try:
        black = redact_text(text, passages)
    except (PassageMissing, NothingTakenOut):
        return
    assert not any(passage in black for passage in passages)


def test_places_that_overlap_are_one() -> None:
    assert redact_text("ababa c", ["aba"]) == f"{BLACK} c"
    assert redact_text("Ana Maria Oder", ["Ana Maria", "maria oder"]) == BLACK


def test_passage_of_which_nothing_is_seen_is_missing() -> None:
    with pytest.raises(PassageMissing) as missing:
        redact_text("Ana", ["Ana", "\u200b"])
    assert missing.value.lines == (2,)


@pytest.mark.parametrize("passages", [[], ["", "  "]])
def test_copy_with_nothing_taken_out_is_refused(passages: list[str]) -> None:
    with pytest.raises(NothingTakenOut):
        redact_text("Ana met Bela.", passages)
    for fields in ([], ["who_did"]):
        with pytest.raises(NothingTakenOut):
            redact_answers(SAID, fields, passages)


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
