"""Texts for translators: out as XLIFF, back as they were translated, and nothing else taken in."""

from __future__ import annotations

import pytest
from defusedxml.ElementTree import fromstring

from tests.prisoners.report.text_desk import ENGLISH, FRENCH
from undaunted.prisoners.report.rules.exchange import (
    LARGEST,
    ExchangeBroken,
    Exported,
    Returned,
    assembled,
    read_exchange,
    write_exchange,
)
from undaunted.prisoners.report.rules.marks import read_text
from undaunted.prisoners.report.rules.texts import place_named

IN_FRENCH = place_named(2025, "summary", "fr")
HEAD = '<xliff version="1.2" xmlns="urn:oasis:names:tc:xliff:document:1.2">'


def test_what_goes_out_comes_back_as_it_was_translated() -> None:
    content = write_exchange([Exported(IN_FRENCH, 3, ENGLISH, FRENCH, current=True)], "fr")
    (back,) = read_exchange(content)
    assert (back.place, back.number) == (IN_FRENCH, 3)
    assert assembled(ENGLISH, back.pieces) == FRENCH.replace("\n\n-", "\n\n-")
    assert read_text(assembled(ENGLISH, back.pieces), "fr").keys == read_text(ENGLISH, "en").keys
    units = fromstring(content).iter("{urn:oasis:names:tc:xliff:document:1.2}trans-unit")
    first = next(units)
    marks = [each.text for each in first[0]]
    assert marks == ["{number:by-country/XR/persons@2025-12-31}", "{table:by-country}"]
    assert first[1].get("state") == "translated"


@pytest.mark.parametrize(
    ("translation", "state"),
    [("", "needs-translation"), ("Un.", "needs-translation"), (FRENCH, "needs-review-translation")],
)
def test_file_says_what_is_still_to_be_done(translation: str, state: str) -> None:
    exported = Exported(IN_FRENCH, 1, ENGLISH + " <&>", translation)
    content = write_exchange([exported], "fr")
    assert content.count(f'state="{state}"'.encode()) == 3
    (back,) = read_exchange(content)
    assert [bool(each) for each in back.pieces.values()] == [bool(translation == FRENCH)] * 3


def test_paragraphs_and_points_stand_where_they_stood() -> None:
    body = "a\n\n- b\n- c\n\nd"
    assert assembled(body, dict(enumerate("ABCD", start=1))) == "A\n\n- B\n- C\n\nD"


def _unit(inside: str, original: str = "2025/summary/1", language: str = "fr") -> bytes:
    return (
        f'{HEAD}<file original="{original}" target-language="{language}"><body>{inside}</body>'
        "</file></xliff>"
    ).encode()


def test_group_and_segments_of_a_program_are_read_through() -> None:
    inside = (
        '<group><trans-unit id="1"><source>a</source><target>\n <mrk mtype="seg">b '
        "<ph>{number:x}</ph></mrk>  c</target></trans-unit></group>"
        '<trans-unit id="2"><source>a</source></trans-unit>'
    )
    assert read_exchange(_unit(inside)) == (Returned(IN_FRENCH, 1, {1: "b {number:x} c", 2: ""}),)


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"no xml", "no XLIFF: ParseError"),
        (b"\xff\xfe", "no XLIFF"),
        (b'<?xml version="1.0" encoding="nothing"?><a/>', "no XLIFF"),
        (b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>', "no XLIFF: DTDForbidden"),
        (b'<xliff version="2.0" xmlns="urn:oasis:names:tc:xliff:document:2.0"/>',
         "save it as XLIFF 1.2"),
        (f"{HEAD}</xliff>".encode(), "holds no text"),
        (b" " * (LARGEST + 1), "bytes"),
        (f"{HEAD}{'<file/>' * 101}</xliff>".encode(), "more than 100 texts"),
        (_unit("", original="../x"), "not exported here"),
        (_unit("", language="xx"), "target-language 'xx' is none of ar"),
        (_unit("", language="en"), "target-language 'en'"),
        (_unit("", original="2025/sources/1"), "takes no text"),
        (_unit('<trans-unit id="a"/>'), "ids are numbers"),
        (_unit('<trans-unit id="1"/><trans-unit id="1"/>'), "piece 1: given twice"),
        (_unit(f'<trans-unit id="1"><target>{"x" * 20001}</target></trans-unit>'),
         "piece 1: more than 20000"),
    ],
)  # fmt: skip
def test_file_that_cannot_be_taken_says_why(content: bytes, told: str) -> None:
    with pytest.raises(ExchangeBroken) as broken:
        read_exchange(content)
    assert told in str(broken.value)
