"""What of a notice is kept, and what is refused by its field."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from undaunted.repression.coordination.rules import (
    CoordinationRefused,
    NoticeKind,
    ToldNotice,
    checked_notice,
    notice_kind,
)

TOLD = ToldNotice("A-1/2026", NoticeKind.RED, ("Olena Korsak",), "a court paper (invented)")


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("red", NoticeKind.RED),
        (" Diffusion ", NoticeKind.DIFFUSION),
        ("United Nations", NoticeKind.UNITED_NATIONS),
        ("united_nations", NoticeKind.UNITED_NATIONS),
    ],
)
def test_a_kind_is_read_whatever_its_capitals_and_spaces(text: str, kind: NoticeKind) -> None:
    assert notice_kind(text) is kind


@pytest.mark.parametrize("text", ["", "purple", "red notice"])
def test_a_kind_that_is_none_is_refused_with_those_that_are(text: str) -> None:
    with pytest.raises(CoordinationRefused, match=rf"kind: '{text}' is none; .*red, blue, green"):
        notice_kind(text)
    with pytest.raises(CoordinationRefused, match=r"kind: 'x{40}' is none"):
        notice_kind("x" * 41)


def test_a_notice_is_kept_without_spaces_and_nothing_twice() -> None:
    told = ToldNotice(
        number=" A-1/2026 ",
        kind=NoticeKind.DIFFUSION,
        names=("Olena Korsak ", "Корсак", "Olena Korsak"),
        source=" told by the person (invented) ",
        state=" xr ",
        births=("1961", "1961-04-30"),
        nationalities=("xr", "XS"),
        gender=" Female ",
        identifiers=("P 1", "passport:2"),
        file=" CCF-7 ",
    )
    assert checked_notice(told) == ToldNotice(
        "A-1/2026", NoticeKind.DIFFUSION, ("Olena Korsak", "Корсак"),
        "told by the person (invented)", "XR", ("1961", "1961-04-30"), ("XR", "XS"), "female",
        ("other:P 1", "passport:2"), "CCF-7",
    )  # fmt: skip


def test_number_name_and_source_are_all_that_a_notice_needs() -> None:
    assert checked_notice(TOLD) == TOLD
    assert checked_notice(replace(TOLD, state="  ")).state == ""


@pytest.mark.parametrize(
    ("changed", "why"),
    [
        ({"number": " "}, "number: it is empty"),
        ({"number": "1" * 81}, "number: it has 81 letters; write 80 at most"),
        ({"names": ()}, "name: write one or more"),
        ({"names": ("Olena Korsak", "  ")}, "name: it is empty"),
        ({"names": ("Olena Korsak", "---")}, "name: '---' has no letter; write a name"),
        ({"names": tuple(f"Name {n}" for n in range(21))}, "name: write 20 at most"),
        ({"source": ""}, "source: it is empty"),
        ({"state": "Q9"}, "state: 'Q9' is no state; write two letters"),
        ({"births": ("30/04/1961",)}, "birth: '30/04/1961' is no day; write 1961, 1961-04 or"),
        ({"nationalities": ("XR", "Q9")}, "nationality: 'Q9' is no state"),
        ({"identifiers": ("",)}, "identifier: it is empty"),
        ({"identifiers": tuple(f"P {n}" for n in range(21))}, "identifier: write 20 at most"),
        ({"gender": "tall"}, "gender: 'tall' is none; write female, male or other"),
        ({"file": "7" * 81}, "file: it has 81 letters"),
    ],
)
def test_what_cannot_be_kept_of_a_notice_names_its_field(changed: dict[str, Any], why: str) -> None:
    with pytest.raises(CoordinationRefused, match=f"^{why}"):
        checked_notice(replace(TOLD, **changed))


def test_twenty_of_a_kind_are_kept_and_one_told_twice_counts_once() -> None:
    names = tuple(f"Name {n}" for n in range(20))
    assert checked_notice(replace(TOLD, names=(*names, names[0]))).names == names


def test_a_number_of_a_paper_needs_no_letter() -> None:
    assert checked_notice(replace(TOLD, identifiers=("0042117",))).identifiers == ("other:0042117",)
