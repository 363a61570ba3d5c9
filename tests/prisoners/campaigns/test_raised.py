"""The sheet of raises: what its reader may see, and no number that tells the rest."""

from __future__ import annotations

import csv
import io
import zipfile
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from tests.prisoners.campaigns.sheets import ARABIC, CAMPAIGN, CHINESE, CYRILLIC, raises
from undaunted.core.editions.rules import check_document, decoded, encoded, tables_in
from undaunted.core.editions.writers import FOLDERS, write_files
from undaunted.core.editions.writers.package import write_package
from undaunted.prisoners.campaigns.rules import Channel, Mode, Reply
from undaunted.prisoners.campaigns.rules.raised import (
    by_case,
    by_reply,
    highest,
    shown_lines,
)
from undaunted.prisoners.campaigns.writers import raise_sheet

if TYPE_CHECKING:
    from undaunted.core.editions.rules import Document

MODES = {
    CYRILLIC.reference: Mode.PUBLIC,
    ARABIC.reference: Mode.PRIVATE_ONLY,
    CHINESE.reference: Mode.SILENT,
}
NOTO = all(folder.is_dir() for folder in FOLDERS[:2])


def _sheet(*, public: bool, language: str = "en", **more: Any) -> Document:
    return raise_sheet(
        CAMPAIGN,
        more.pop("lines", raises()),
        more.pop("modes", MODES),
        public=public,
        as_of=date(2026, 12, 4),
        known_at="2026-12-04 18:00:00",
        language=language,
    )


@pytest.mark.parametrize("channel", Channel)
@pytest.mark.parametrize("mode", [*Mode, None])
def test_mode_and_channel_decide_who_sees_a_raise(channel: Channel, mode: Mode | None) -> None:
    lines = [each for each in raises() if each.channel is channel and each.case]
    modes = {} if mode is None else {each.case: mode for each in lines}
    seen = shown_lines(lines, modes, public=True)
    assert bool(seen) is (mode is Mode.PUBLIC and channel is not Channel.PRIVATE)
    seen = shown_lines(lines, modes, public=False)
    assert bool(seen) is (mode in {Mode.PUBLIC, Mode.PRIVATE_ONLY})


def test_silent_case_is_on_no_sheet_and_private_ones_not_on_the_public() -> None:
    public, desk = encoded(_sheet(public=True)), encoded(_sheet(public=False))
    for told in (public, desk):
        assert b"XR-0042" in told
        assert b"XB-0100" not in told
        assert "林默言".encode() not in told
    assert b"XS-0007" in desk
    assert b"XS-0007" not in public
    assert "سمير".encode() not in public


def test_public_numbers_do_not_move_with_private_raises() -> None:
    public = [each for each in raises() if each.channel is not Channel.PRIVATE]
    assert _sheet(public=True) == _sheet(public=True, lines=public)
    assert _sheet(public=False) != _sheet(public=False, lines=public)


def test_case_that_nobody_gave_a_mode_is_not_shown() -> None:
    told = _sheet(public=False, modes={})
    assert [each.key for each in tables_in(told)] == ["ladder-data", "by-country", "case-1-raises"]
    assert b"XR-0042" not in encoded(told)


def test_replies_are_a_ladder() -> None:
    lines = shown_lines(raises(), MODES, public=False)
    counted = dict(by_reply(lines))
    assert list(counted) == [None, *Reply]
    assert counted[None] == 2
    assert counted[Reply.VISIT] == counted[Reply.RELEASE] == counted[Reply.DENIAL] == 1
    groups = {group.key: group for group in by_case(lines)}
    assert list(groups) == ["XR-0042", "XS-0007", ""]
    assert highest(groups["XR-0042"].lines) is Reply.RELEASE
    assert highest(groups[""].lines) is None
    days = [each.day.day for each in groups["XR-0042"].lines]
    assert days == [1, 2, 3]


def test_sheet_says_who_whom_where_and_with_what_reply() -> None:
    told = _sheet(public=False)
    check_document(told)
    tables = {each.key: each for each in tables_in(told)}
    row = tables["case-1-raises"].rows[2]
    assert [getattr(each, "text", each) for each in row] == [
        date(2026, 12, 3), "Anna Bera (Zubrowka)", "Ministry <of> Justice (Ruritania)", "Minister",
        "In public", "Streva", "Visit (4 December 2026)",
    ]  # fmt: skip
    assert tables["by-country"].rows == (
        ("Borduria", 1, 0, "Not yet known"),
        ("Zubrowka", 4, 2, "Release"),
    )
    assert "Asked again." in encoded(told).decode()
    assert "Case by case" in encoded(told).decode()


def test_data_package_holds_all_raises_in_one_file_by_case() -> None:
    told = _sheet(public=False)
    assert decoded(encoded(told)) == told
    with zipfile.ZipFile(io.BytesIO(write_package(told, "x"))) as package:
        assert {name for name in package.namelist() if name.endswith(".csv")} == {
            "ladder-data.csv", "by-country.csv", "raises.csv",
        }  # fmt: skip
        rows = list(csv.reader(io.TextIOWrapper(package.open("raises.csv"), "utf-8")))
    assert rows[0][:3] == ["case", "day", "by"]
    assert [row[0] for row in rows[1:]] == ["XR-0042"] * 3 + ["XS-0007", ""]


def test_nothing_raised_is_said_in_a_sentence() -> None:
    told = _sheet(public=True, lines=())
    check_document(told)
    assert "Nothing has been raised so far." in encoded(told).decode()


@pytest.mark.skipif(not NOTO, reason="needs fonts-noto-core and fonts-noto-cjk")
def test_sheet_is_written_in_every_format_alike() -> None:
    written = [
        {each.name: each.content for each in write_files({"ar": told}, "x", moment=0).files}
        for told in (_sheet(public=False, language="ar"), _sheet(public=False, language="ar"))
    ]
    assert written[0] == written[1]
    assert {"x-ar.html", "x-ar.pdf", "x-ar.docx", "x-data.zip"} <= set(written[0])
    page = written[0]["x-ar.html"].decode()
    assert 'dir="rtl"' in page
    assert "Ministry &lt;of&gt; Justice" in page
