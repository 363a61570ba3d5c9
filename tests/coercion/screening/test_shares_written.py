"""What a file says is read to its last digit and letter; what contradicts itself is told by row."""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from tests.coercion.screening.statements import as_file, entity, interest, relationship
from undaunted.coercion.screening.readers import ShareUnreadable, read_stakes, share_of
from undaunted.coercion.screening.readers.asset_fields import share_units
from undaunted.coercion.screening.readers.evidence import evidence_of
from undaunted.coercion.screening.readers.shares import finer
from undaunted.engines.ownership import WHOLE, Rule, Threshold, control, votes_graph

if TYPE_CHECKING:
    from pathlib import Path

__all__: list[str] = []

HALF, PERCENT = WHOLE // 2, WHOLE // 100
HEAD = "owner,owned,share,min,max\n"
COMPOSED, PARTED = "Soci\u00e9t\u00e9", "Socie\u0301te\u0301"


def _read(folder: Path, rows: str, head: str = HEAD) -> tuple[Any, list[tuple[Rule, Any]]]:
    loaded = read_stakes(as_file(folder, head + rows, "stakes.csv"))
    return loaded.stakes, [(each.rule, each.rows) for each in loaded.findings]


@pytest.mark.parametrize(
    "share",
    ["50.00000001%", "0.5000000001", "0.500000000000000000000000000000000001",
     "50.0000000000000000000000001 %", "5.00000000001e-1", "50,00000001 %"],
)  # fmt: skip
def test_a_share_finer_than_a_unit_is_never_a_wrong_no(tmp_path: Path, share: str) -> None:
    head = "owner;owned;share\n"
    stakes, found = _read(tmp_path, f"STATE:XR;V;{share}\nSTATE:XR;W;0.5\n", head)
    assert (stakes.lo.tolist(), stakes.hi.tolist()) == ([HALF, HALF], [HALF + 1, HALF])
    assert (Rule.FINER, (2,)) in found
    told = control(votes_graph(stakes.as_of(date(2026, 11, 27))), ["STATE:XR"])
    assert (told.names(told.must), told.names(told.may)) == ((), ("V",))


@pytest.mark.parametrize(
    ("text", "lowest", "highest"),
    [
        ("0.75", 75 * PERCENT, 75 * PERCENT), ("51.37%", 513_700_000, 513_700_000),
        ("33.3333333 %", 333_333_333, 333_333_333), ("0.750000000000", 75 * PERCENT, 75 * PERCENT),
        ("0.3333333333333333", 333_333_333, 333_333_334), ("0.999999999", WHOLE - 1, WHOLE - 1),
        ("57%", 57 * PERCENT, 57 * PERCENT), ("1e-400", 0, 1), ("0e-400", 0, 0), ("0.0", 0, 0),
        ("0.0000000001", 0, 1), ("1e-7%", 1, 1), (".12345678%", 1_234_567, 1_234_568),
        (">50%", HALF + 1, WHOLE), ("<50%", 0, HALF - 1),
        (">50.00000001%", HALF, WHOLE), (">49.99999999 %", HALF - 1, WHOLE),
        ("<50.00000001%", 0, HALF + 1), (">=50.00000001%", HALF, WHOLE),
        ("<=50.00000001%", 0, HALF + 1), ("25.00000001-50.00000001%", 25 * PERCENT, HALF + 1),
    ],
)  # fmt: skip
def test_digits_are_read_as_they_are_written(text: str, lowest: int, highest: int) -> None:
    assert [round(each * WHOLE) for each in share_of(text)] == [lowest, highest]
    assert share_units(text, "", "") == (lowest, highest)


@pytest.mark.parametrize("text", ["nan", "1e999999999999", "-0.0000000000001", "1e30"])
def test_what_is_no_share_is_none_however_it_is_written(tmp_path: Path, text: str) -> None:
    stakes, found = _read(tmp_path, f"a,b,{text},,\n")
    assert (stakes.lo.tolist(), stakes.hi.tolist(), len(found)) == ([0], [WHOLE], 1)
    assert not finer(text)


@pytest.mark.parametrize(
    "share",
    [
        {"exact": 50.00000001},
        {"exact": "50.00000001"},
        {"minimum": 50.00000001, "maximum": 50.00000001},
    ],
)
def test_statements_finer_than_a_unit_are_between_two(tmp_path: Path, share: Any) -> None:
    told = [entity("a"), entity("b"), relationship("a", "b", interest(60) | {"share": share})]
    loaded = read_stakes(as_file(tmp_path, told, "bods.json"))
    assert (loaded.stakes.lo.tolist(), loaded.stakes.hi.tolist()) == ([HALF], [HALF + 1])
    assert [each.rule for each in loaded.findings] == [Rule.FINER]
    long = json.dumps(told).replace("50.00000001", "50.00000000000000000000001")
    loaded = read_stakes(as_file(tmp_path, long, "bods.json"))
    assert (loaded.stakes.lo.tolist(), loaded.stakes.hi.tolist()) == ([HALF], [HALF + 1])


@pytest.mark.parametrize(
    "share",
    [{"exclusiveMinimum": 49.99999999}, {"minimum": 49.99999999, "exclusiveMinimum": True}],
)
def test_more_than_almost_half_reaches_no_half(tmp_path: Path, share: Any) -> None:
    reached = Threshold(HALF, reached=True)
    told = [entity("a"), entity("b"), relationship("a", "b", interest(60) | {"share": share})]
    said = _read(tmp_path, "a,b,>49.99999999 %,,\n")[0]
    for stakes in (said, read_stakes(as_file(tmp_path, told, "bods.json")).stakes):
        found = control(votes_graph(stakes), ["a"], reached)
        assert (found.names(found.must), found.names(found.may)) == ((), ("b",))


def test_a_name_in_two_unicode_forms_is_one_and_a_state_is_one_in_any_case(tmp_path: Path) -> None:
    rows = f"state:xr,{COMPOSED},0.6,,\nSTATE:XR,Other,0.6,,\n{PARTED},Port,0.9,,\n"
    stakes, found = _read(tmp_path, rows)
    told = control(votes_graph(stakes), ["State:xr"])
    assert set(told.names(told.must)) == {COMPOSED, "Other", "Port"}
    assert found == []


def test_forms_are_one_in_every_format(tmp_path: Path) -> None:
    lines = [
        {"id": "o", "schema": "Ownership",
         "properties": {"owner": ["x"], "asset": [COMPOSED], "percentage": ["51%"]}},
        {"id": "p", "schema": "Ownership",
         "properties": {"owner": [PARTED], "asset": ["b"], "percentage": ["51%"]}},
    ]  # fmt: skip
    told = "\n".join(json.dumps(each) for each in lines)
    assert set(read_stakes(as_file(tmp_path, told, "ftm.jsonl"), "ftm").stakes.parties.ids) == {
        "x", COMPOSED, "b"
    }  # fmt: skip
    statements = [entity(COMPOSED), entity("b"), relationship(PARTED, "b", interest(60))]
    bods = read_stakes(as_file(tmp_path, statements, "bods.json"))
    assert (bods.findings, set(bods.stakes.parties.ids)) == ((), {COMPOSED, "b"})


def test_identifiers_that_look_like_one_are_told_by_row(tmp_path: Path) -> None:
    rows = "a,Port One,0.6,,\nb,c,0.6,,\nPORT  ONE,d,0.6,,\n"
    assert _read(tmp_path, rows)[1] == [(Rule.ALIKE, (2, 4))]


@pytest.mark.parametrize(
    ("fields", "lowest", "highest", "rules"),
    [
        ("0.6,0.1,0.2", 0, 60 * PERCENT, [Rule.BOTH]),
        ("0.15,0.1,0.2", 15 * PERCENT, 15 * PERCENT, []),
        ("33.33%,0.3333,0.3333", 333_300_000, 333_300_000, []),
        ("0.6,,0.2", 0, 60 * PERCENT, [Rule.BOTH]), ("0.1,0.5,", 0, WHOLE, [Rule.BOTH]),
        (",25-50%,", 25 * PERCENT, 50 * PERCENT, [Rule.WORDED]),
        (",,25-50%", 25 * PERCENT, 50 * PERCENT, [Rule.WORDED]),
        (",33.333333333333%,", 333_333_333, WHOLE, [Rule.FINER]),
    ],
)  # fmt: skip
def test_a_share_beside_min_and_max_that_contradict_may_be_any_of_them(
    tmp_path: Path, fields: str, lowest: int, highest: int, rules: list[Rule]
) -> None:
    stakes, found = _read(tmp_path, f"A,B,{fields}\n")
    assert (stakes.lo.tolist(), stakes.hi.tolist()) == ([lowest], [highest])
    assert found == [(each, (2,)) for each in rules]


def test_the_register_refuses_a_share_that_contradicts_its_row() -> None:
    with pytest.raises(ShareUnreadable, match="lies outside the min and max"):
        share_units("0.6", "0.1", "0.2")
    assert share_units("", "25-50%", "") == (25 * PERCENT, 50 * PERCENT)


def test_a_row_cut_in_its_last_field_is_not_answered_from() -> None:
    """Neither at the terminal nor in a case: 0.78 that was cut to 0.7 or 0. may be anything."""
    for share in ("0.", "0.7"):
        taken = evidence_of(f"owner,owned,share\nA,B,0.6\nB,C,{share}".encode(), "s.csv", "annex")
        assert [(each["lo"], each["hi"]) for each in taken.stakes] == [
            (60 * PERCENT, 60 * PERCENT), (0, WHOLE)
        ]  # fmt: skip
        assert [(each["rule"], each["rows"]) for each in taken.findings] == [("file_unended", [3])]
