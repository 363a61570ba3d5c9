"""Statements as files: out and in again the same, and every fault told with its row."""

from __future__ import annotations

import csv
import io
from datetime import date
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.core.commitments.factories import said, written
from undaunted.core.commitments.readers import LARGEST, read_csv, read_file
from undaunted.core.commitments.rules import (
    COLUMNS,
    Known,
    StatementBroken,
    instruments,
    shipped_statements,
    standings,
)
from undaunted.core.commitments.writers import (
    board_csv,
    board_told,
    known_told,
    state_name,
    statements_csv,
    statements_json,
    told,
)

__all__: list[str] = []

SCREENING = instruments()["investment-screening"]


def changed_csv(**cells: str) -> str:
    """Give one statement as CSV with cells of its first row changed."""
    rows = list(csv.DictReader(io.StringIO(statements_csv([said()]), newline="")))
    rows[0] |= cells
    out = io.StringIO()
    sheet = csv.DictWriter(out, COLUMNS)
    sheet.writeheader()
    sheet.writerows(rows)
    return out.getvalue()


def test_all_that_is_shipped_goes_out_and_comes_in_the_same() -> None:
    shipped = shipped_statements()
    assert read_csv(statements_csv(shipped), where="x.csv") == shipped
    assert read_file(statements_json(shipped).encode(), name="x.json") == shipped


@given(
    st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=30),
    st.sampled_from(["=1+1", "-x", "@x", "'x", "a; =b", 'quo"ted, and comma']),
)
def test_what_looks_like_a_formula_is_harmless_in_the_sheet(law: str, start: str) -> None:
    text = statements_csv([said(law=f"{start}{law}")])
    (row, *_more) = list(csv.DictReader(io.StringIO(text, newline="")))
    assert row["law"][0] not in "=+-@"
    assert read_csv(text, where="x.csv")[0].state == "XF"


def test_formula_comes_back_as_it_was_written() -> None:
    told = said(law="=SUM(A1)", text="-1 and more")
    assert read_csv(statements_csv([told]), where="x.csv") == (told,)


@pytest.mark.parametrize(
    ("cells", "match"),
    [
        ({"since": "soon"}, "row 2: since: write a day"),
        ({"state": "Freedonia"}, "row 2: state: 'Freedonia' is no code"),
        ({"evidence": "perhaps"}, "row 2: evidence: 'perhaps' is neither yes nor no"),
        ({"evidence": "no"}, "row 2: evidence, sources: name at least one"),
        ({"has": "call-in", "lacks": "call-in"}, "row 2: has, lacks: call-in stands in both"),
        ({"has": "flying"}, "row 2: features: flying is none of"),
        ({"url": "gopher"}, "row 2: sources 1, url: write the address"),
        ({"instrument": "magic"}, "row 2: instrument: write one of"),
    ],
)
def test_fault_in_a_sheet_names_row_field_and_remedy(cells: dict[str, str], match: str) -> None:
    with pytest.raises(StatementBroken) as broken:
        read_csv(changed_csv(**cells), where="x.csv")
    assert any(each.startswith(match) for each in broken.value.problems), broken.value.problems


@pytest.mark.parametrize(
    ("cells", "told"),
    [
        (
            {"text": "Other."},
            "row 3: text: 'Screens buyers of harbours.', where row 2 says 'Other.'",
        ),
        ({"language": "fr"}, "row 3: language: 'en', where row 2 says 'fr'"),
        (
            {"source_id": "review", "evidence": "yes"},
            "row 3: source_title of review: 'Review of Zubrowka', where row 2 says 'Gazette of",
        ),
        (
            {"source_id": "review", "evidence": "yes"},
            "row 3: publisher of review: 'University of Zubrowka', where row 2 says 'Freedonia'",
        ),
        ({"source_id": "review"}, "row 3: url of review: 'https://review.example/2', where row 2"),
        (
            {"source_id": "review"},
            "row 3: source_date of review: '2025', where row 2 says '2024-02",
        ),
        ({"lacks": "penalties@9"}, "row 3: clause of penalties: '3', where row 2 says '9'"),
        ({"has": "call-in@4; call-in@5"}, "row 2: clause of call-in: '5', where row 2 says '4'"),
        ({"lacks": "", "has": "penalties"}, "row 3: has, lacks: penalties stands in both"),
    ],
)
def test_cell_that_says_otherwise_than_a_row_before_is_told_with_both_rows(
    cells: dict[str, str], told: str
) -> None:
    text = changed_csv(**cells).replace(",penalties,,", ",penalties@3,,")
    with pytest.raises(StatementBroken) as broken:
        read_csv(text, where="x.csv")
    assert any(each.startswith(told) for each in broken.value.problems), broken.value.problems


def test_source_that_is_evidence_in_one_row_and_is_not_in_another_is_told() -> None:
    head, first, *_more = changed_csv().splitlines()
    denied, silent = (
        f"{head}\r\n{first}\r\n{first.replace(',yes,gazette', f'{cell}gazette')}"
        for cell in (",no,", ",,")
    )
    with pytest.raises(StatementBroken, match="row 3: evidence of gazette: 'no', where row 2"):
        read_csv(denied, where="x.csv")
    assert read_csv(silent, where="x.csv")[0].evidence == ("gazette",)


def test_empty_cell_repeats_what_another_row_says() -> None:
    text = changed_csv(text="", language="")
    assert read_csv(text, where="x.csv") == (said(),)


def test_statement_whose_rows_stand_apart_is_told() -> None:
    first, other = statements_csv([said()]), statements_csv([said(state="XR")])
    text = first + other.split("\r\n", 1)[1] + first.split("\r\n", 1)[1]
    with pytest.raises(StatementBroken, match="row 6: the statement of row 2 stands here again"):
        read_csv(text, where="x.csv")


def test_text_that_begins_with_an_apostrophe_of_its_own_keeps_it() -> None:
    told = said(law="'s-Gravenhage Act")
    assert read_csv(statements_csv([told]), where="x.csv") == (told,)


def test_board_in_a_sheet_keeps_what_is_proposed_out_of_the_columns_of_features() -> None:
    source = written()["sources"][:1]
    bill = said(
        status="proposed", since="2026-01-01", law="Bill 2", evidence=["gazette"], sources=source,
        features=[{"code": "recourse", "has": True, "sources": ["gazette"]},
                  {"code": "call-in", "has": False, "sources": ["gazette"]}],
    )  # fmt: skip
    on = date(2026, 6, 2)
    empty = said(status="adopted", since="2026-01-02", law="Act 3", features=[], sources=source)
    held = [Known(UUID(int=n), each, on) for n, each in enumerate((said(), bill, empty))]
    (row,) = csv.DictReader(
        io.StringIO(board_csv(SCREENING, standings(held, SCREENING, on), on=on), newline="")
    )
    assert (row["status"], row["call-in"], row["recourse"]) == ("in_force", "has", "unknown")
    assert row["proposed"] == (
        "proposed 2026-01-01: Bill 2 (lacks call-in, has recourse); adopted 2026-01-02: Act 3"
    )
    assert row["sources"] == "Freedonia, 2024-02-01 (verified)"
    told: Any = board_told(SCREENING, standings(held, SCREENING, on), on=on, known_on=None)
    first, second = told["states"][0]["proposed"]
    assert first["features"] == {"call-in": "lacks", "recourse": "has"}
    assert second["features"] == {}


def test_all_faults_of_a_row_are_told_at_once() -> None:
    cells = {"since": "soon", "has": "flying", "evidence": "perhaps", "law": "", "url": "gopher"}
    with pytest.raises(StatementBroken) as broken:
        read_csv(changed_csv(**cells), where="x.csv")
    told = "\n".join(broken.value.problems)
    for part in ("since: write a day", "flying is none of", "'perhaps' is neither", "law: name the",
                 "url: write the address"):  # fmt: skip
        assert part in told, told


def test_rows_that_name_another_statement_begin_another() -> None:
    told = (said(), said(state="XR"), said(state="XR", since="2025"))
    text = statements_csv(told)
    assert text.count("\r\n") == 7
    broken = text.replace("XR,in_force,2025", "XR,in_force,maybe")
    with pytest.raises(StatementBroken) as found:
        read_csv(broken, where="x.csv")
    assert all(each.startswith("row 6: ") for each in found.value.problems)


@pytest.mark.parametrize(
    ("content", "name", "match"),
    [
        (b"\xff\xfe", "x.csv", "not UTF-8"),
        (b"x" * (LARGEST + 1), "x.csv", "more than"),
        (b"x", "x.xlsx", "ends in none of"),
        (b"", "x.csv", "add the columns"),
        (b"colour\nred\n", "x.csv", "'colour' is no column"),
        (",".join(COLUMNS).encode(), "x.csv", "write 1 to"),
        ((",".join(COLUMNS) + "\na,b\n").encode(), "x.csv", "row 2: 2 cells where"),
        ((",".join(COLUMNS) + ',law\n"a').encode(), "x.csv", "close its quotation"),
        ((",".join(COLUMNS) + ",law\n" + "," * 19).encode(), "x.csv", "stands twice"),
        (b"x =", "x.toml", "not TOML"),
        (b"x = " + b"[" * 30_000, "x.toml", "not TOML"),
        (b"{", "x.json", "not JSON"),
    ],
)
def test_file_that_cannot_be_read_says_why(content: bytes, name: str, match: str) -> None:
    with pytest.raises(StatementBroken, match=match):
        read_file(content, name=name)


@given(st.binary(max_size=60), st.sampled_from(["x.csv", "x.json", "x.toml"]))
def test_no_bytes_break_the_reader(content: bytes, name: str) -> None:
    with pytest.raises(StatementBroken):
        read_file(content, name=name)


def test_board_for_programs_says_day_clause_and_gap() -> None:
    row = Known(UUID(int=1), said(), date(2026, 6, 1), date(2026, 7, 1))
    on = date(2026, 6, 2)
    rows = standings([row], SCREENING, on)
    found: dict[str, Any] = board_told(SCREENING, rows, on=on, known_on=on)
    (state,) = found["states"]
    assert (found["on"], found["known_on"], state["state"]) == ("2026-06-02", "2026-06-02", "XF")
    assert state["clauses"]["call-in"] == "section 4"
    assert state["features"]["penalties"] == "lacks"
    assert state["model"]["has"] == ("call-in",)
    head, line = board_csv(SCREENING, rows, on=on).split()[0], board_csv(SCREENING, rows, on=on)
    assert head.split(",")[7:10] == ["text", "sources", "proposed"]
    assert head.split(",")[10:] == list(SCREENING.codes)
    assert "XF,in_force,2024-03-01,Harbour and Works Act" in line
    assert known_told(row)["corrected_on"] == "2026-07-01"
    assert known_told(Known(UUID(int=1), said(), on))["corrected_on"] is None


def test_words() -> None:
    assert told("Status", "amended") == "In force, amended"
    assert told("State", "waiting") == "waits for a second person"
    assert told("SourceStatus", "unverified") == "not yet read at its source"
    assert (state_name("EU"), state_name("XF")) == ("European Union", "Freedonia")
    assert state_name("G7") == "G7"
    assert written()["state"] == "XF"
