"""Stakes, assets and capacities from workbooks, read as from the CSV they would be saved as."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.core.workbooks.books import saved
from undaunted.coercion.screening.readers import FileRefused, read_assets, read_given, read_stakes
from undaunted.coercion.screening.readers.evidence import evidence_of, is_small
from undaunted.coercion.screening.readers.holdings import read_holdings
from undaunted.coercion.screening.rules.refusals import ScreeningRefused
from undaunted.engines.ownership import Rule, control, votes_graph

if TYPE_CHECKING:
    from pathlib import Path

__all__: list[str] = []

HEAD: list[object] = ["owner", "owned", "share", "valid_from"]
STAKES: list[list[object]] = [
    HEAD,
    ["STATE:XR", "Morava Shell", 0.51, None],
    ["Morava Shell", "Port of Freedonia", "25-50%", None],
    ["Unknown", "Port of Freedonia", None, None],
    [],
    ["STATE:XR", "Port of Freedonia", 0.3, "2026-02-30"],
]


def test_a_sheet_of_stakes_is_read_with_a_finding_for_each_row_and_its_number(
    tmp_path: Path,
) -> None:
    path = saved(tmp_path / "deal.xlsx", stakes=STAKES, notes=[["who wrote this"]])
    loaded = read_stakes(path)
    answer = control(votes_graph(loaded.stakes), ["STATE:XR"])
    ids = loaded.stakes.parties.ids
    assert {ids[each] for each in answer.must} == {"Morava Shell"}
    assert {ids[each] for each in answer.may} == {"Port of Freedonia"}
    told = {(each.rule, each.rows) for each in loaded.findings}
    assert {(Rule.WORDED, (3,)), (Rule.OWNER, (4,)), (Rule.DAY, (6,))} <= told
    assert "the sheet stakes is read, and not notes" in loaded.notes


def test_a_mapping_names_the_sheet_and_its_columns(tmp_path: Path) -> None:
    path = saved(
        tmp_path / "deal.xlsx",
        about=[["made by hand"]],
        owners=[["Holder", "Held", "Pct"], ["STATE:XR", "Morava Shell", 51]],
    )
    mapping = (
        'sheet = "owners"\nunit = "percent"\n'
        '[columns]\nowner = "Holder"\nowned = "Held"\nshare = "Pct"\n'
    )
    saved_mapping = tmp_path / "map.toml"
    saved_mapping.write_text(mapping, encoding="utf-8")
    loaded = read_stakes(path, str(saved_mapping))
    assert loaded.stakes.lo.tolist() == [510_000_000]
    assert not loaded.notes
    rows, _, number = read_holdings("deal.xlsx", path.read_bytes(), mapping)
    assert (number, rows[0].lowest) == (1, 510_000_000)
    saved_mapping.write_text(mapping.replace('"owners"', '"other"'), encoding="utf-8")
    with pytest.raises(FileRefused, match="has no sheet other; it has about, owners"):
        read_stakes(path, str(saved_mapping))


def test_a_row_with_cells_beyond_the_header_is_told_and_counts_for_nothing(tmp_path: Path) -> None:
    path = saved(tmp_path / "deal.xlsx", one=[HEAD, ["A", "B", 0.6, None, "what is this"]])
    loaded = read_stakes(path)
    assert [(each.rule, each.rows) for each in loaded.findings] == [(Rule.FIELDS, (2,))]
    assert not len(loaded.stakes)


def test_a_workbook_is_evidence_and_a_cut_one_is_refused(tmp_path: Path) -> None:
    content = saved(tmp_path / "deal.xlsx", stakes=STAKES).read_bytes()
    assert is_small(content)
    assert not is_small(content + bytes(40_000))
    evidence = evidence_of(content, "deal.xlsx", "gazette")
    assert evidence.format == "xlsx"
    assert [each["owned"] for each in evidence.stakes].count("Port of Freedonia") == 3
    assert len(evidence_of(content, "deal.xlsx", "gazette", "sheet").stakes) == 4
    with pytest.raises(ScreeningRefused, match="damaged or was cut off"):
        evidence_of(content[:-50], "deal.xlsx", "gazette")
    with pytest.raises(FileRefused, match="is packed; unpack it first"):
        read_given(content, "deal.zip")


def test_assets_come_from_a_sheet_that_a_mapping_names(tmp_path: Path) -> None:
    head: list[object] = [
        "reference",
        "name",
        "country",
        "sector",
        "capacity",
        "unit",
        "owner",
        "share",
    ]
    rows: list[list[object]] = [
        head,
        ["P-1", "Port of Freedonia", "XF", "ports", 12, "Mt", "Morava Shell", 0.6],
    ]
    content = saved(tmp_path / "a.xlsx", notes=[["x"]], assets=rows).read_bytes()
    found = read_assets("a.xlsx", content, 'sheet = "assets"\n')
    assert list(found.assets) == ["P-1"]
    assert [(each.owner, each.lowest) for each in found.holdings] == [("Morava Shell", 600_000_000)]
    assert not found.problems
    with pytest.raises(FileRefused, match="row 1: no column reference"):
        read_assets("a.xlsx", content)
    turned = saved(tmp_path / "b.xlsx", assets=rows, notes=[["x"]]).read_bytes()
    assert "the sheet assets is read, and not notes" in read_assets("b.xlsx", turned).notes
    with pytest.raises(FileRefused, match="sheet: "):
        read_assets("a.xlsx", content, "sheet = 1\n")
