"""Flows of goods in the layouts of BACI and Comtrade: taken, repaired and said so, or refused."""

from __future__ import annotations

from typing import TYPE_CHECKING

import duckdb
import pytest

from undaunted.coercion.exposure.readers import FileRefused, Flows, read_flows

if TYPE_CHECKING:
    from pathlib import Path

BACI = """t,i,j,k,v,q
2022,156,842,851712,1500.5,NA
2022,842,156,010121,20,3.5
2022,490,251,854231,7,1
"""
COMTRADE = (
    "typeCode,freqCode,refYear,reporterCode,reporterISO,flowCode,partnerCode,partnerISO,"
    "partner2Code,cmdCode,motCode,customsCode,primaryValue\n"
    "C,A,2022,440,LTU,M,156,CHN,0,851712,0,C00,2500000\n"
    "C,A,2022,440,LTU,M,156,CHN,0,851712,1000,C00,2000000\n"
    "C,A,2022,440,LTU,M,0,W00,0,851712,0,C00,9000000\n"
    "C,A,2022,440,LTU,M,156,CHN,0,8517,0,C00,4000000\n"
    "C,A,2022,440,LTU,M,899,_X ,0,851712,0,C00,100\n"
    "C,A,2022,440,LTU,X,156,CHN,0,440710,0,C00,300000\n"
    "C,A,2022,440,LTU,RX,156,CHN,0,440710,0,C00,300000\n"
)


def rows(flows: Flows) -> list[tuple[int, str, str, str, float]]:
    return [
        (int(t), flows.countries[i], flows.countries[j], flows.products[k], float(v))
        for t, i, j, k, v in zip(
            flows.year, flows.exporter, flows.importer, flows.product, flows.value, strict=True
        )
    ]


def write(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path


def test_baci_is_read_with_its_own_numbers_of_countries(tmp_path: Path) -> None:
    flows = read_flows([write(tmp_path / "BACI_HS17_Y2022_V202401.csv", BACI)])
    assert rows(flows) == [
        (2022, "CHN", "USA", "851712", 1500.5),
        (2022, "TWN", "FRA", "854231", 7.0),
        (2022, "USA", "CHN", "010121", 20.0),
    ]
    assert flows.said == ()
    assert "CEPII" in flows.attribution
    with pytest.raises(ValueError, match="read-only"):
        flows.value[0] = 1


def test_lost_leading_zeros_are_given_back_and_said(tmp_path: Path) -> None:
    flows = read_flows([write(tmp_path / "b.csv", BACI.replace("010121", "10121"))])
    assert "010121" in flows.products
    assert flows.said[0].startswith("b.csv: 1 product codes of five figures")


def test_file_of_codes_beside_the_data_names_other_countries(tmp_path: Path) -> None:
    text = "country_code,country_name,country_iso2,country_iso3\n891,Serbia and Mont.,CS,SCG\n"
    write(tmp_path / "country_codes_V202401.csv", text)
    flows = read_flows([write(tmp_path / "b.csv", BACI.replace("156", "891"))])
    assert "SCG" in flows.countries
    write(tmp_path / "country_codes_V202401.csv", text.replace("891", "x"))
    with pytest.raises(FileRefused, match="row 2, column country_code: 'x'"):
        read_flows([tmp_path / "b.csv"])


def test_comtrade_takes_the_importers_word_and_says_what_is_left_out(tmp_path: Path) -> None:
    flows = read_flows([write(tmp_path / "c.csv", COMTRADE)])
    assert rows(flows) == [(2022, "CHN", "LTU", "851712", 2500.0)]
    said = "\n".join(flows.said)
    for words in ("1 rows of re-imports", "1 rows of exports", "1 rows of trade with the world"):
        assert words in said
    assert "1 rows of products with other than six" in said
    assert "1 rows of partners that are no country" in said


def test_comtrade_tells_flows_that_are_only_parts_and_gives_back_zeros(tmp_path: Path) -> None:
    split = "C,A,2022,440,LTU,M,392,JPN,0,851712,1000,C00,7\n" * 2
    short = "C,A,2022,440,LTU,M,156,CHN,0,10121,0,C00,5000\n"
    flows = read_flows([write(tmp_path / "c.csv", COMTRADE + split + short)])
    assert (2022, "CHN", "LTU", "010121", 5.0) in rows(flows)
    said = "\n".join(flows.said)
    assert "3 rows of parts of a flow" in said
    assert "1 flows were left out whole" in said
    assert "1 product codes of five figures" in said
    with pytest.raises(FileRefused, match="'ZZZ': is no country that is known"):
        read_flows([write(tmp_path / "c.csv", COMTRADE.replace("CHN", "ZZZ"))])


@pytest.mark.parametrize("name", ["g[1].csv", "g*.csv", "g?.csv"])
def test_name_of_a_file_is_no_pattern(tmp_path: Path, name: str) -> None:
    write(tmp_path / "g1.csv", BACI.replace("851712", "999999"))
    flows = read_flows([write(tmp_path / name, BACI)])
    assert flows.products == ("010121", "851712", "854231")


def test_comtrade_of_exports_alone_is_the_exporters_word(tmp_path: Path) -> None:
    head, *lines = COMTRADE.splitlines()
    kept = [line for line in lines if ",X," in line]
    flows = read_flows([write(tmp_path / "c.csv", "\n".join([head, *kept]))])
    assert rows(flows) == [(2022, "LTU", "CHN", "440710", 300.0)]


def test_parquet_is_read_alike(tmp_path: Path) -> None:
    csv, parquet = write(tmp_path / "b.csv", BACI), tmp_path / "b.parquet"
    with duckdb.connect() as base:
        base.execute("CREATE TABLE b AS SELECT * FROM read_csv(?)", [str(csv)])
        base.execute("COPY b TO '" + str(parquet) + "' (FORMAT parquet)")
    assert rows(read_flows([parquet])) == rows(read_flows([csv]))


def test_years_are_read_together_and_none_twice(tmp_path: Path) -> None:
    one = write(tmp_path / "a.csv", BACI)
    two = write(tmp_path / "b.csv", BACI.replace("2022", "2023"))
    assert len(read_flows([one, two])) == 6
    with pytest.raises(FileRefused, match="851712 from CHN to USA in 2022 stands there twice"):
        read_flows([one, one])
    with pytest.raises(FileRefused, match="load one kind at once"):
        read_flows([one, write(tmp_path / "c.csv", COMTRADE)])


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("1500.5", "-3", "row 2, column v: '-3': a number that is not below zero"),
        ("20,3.5", "many,3.5", "row 3, column v: 'many': a number"),
        ("2022,842,156", "22,842,156", "row 3, column t: '22': a year from 1962"),
        ("2022,842,156", "2022.4,842,156", "row 3, column t: '2022.4': a year from 1962"),
        ("2022,842,156", "2022,841.6,156", "row 3, column i: '841.6': is no country"),
        ("490", "999", "row 4, column i: '999': is no country that is known"),
        ("842,851712", "x,851712", "row 2, column j: 'x': is no country"),
        ("854231", "85", "row 4, column k: '85': a code of six figures"),
        ("t,i,j,k,v,q", "t,i,j,k,value,q", "column v: is missing; files of baci and comtrade"),
        (BACI, "t,i,j,k,v,q\n", "holds no rows"),
        (BACI, "t,i,j,k,v,q\n2022,156,156,851712,1,1\n", "holds no flow between two countries"),
        (BACI, "", "b.csv"),
    ],
)
def test_bad_row_is_named_with_its_rule(tmp_path: Path, old: str, new: str, words: str) -> None:
    with pytest.raises(FileRefused) as refused:
        read_flows([write(tmp_path / "b.csv", BACI.replace(old, new))])
    assert words in str(refused.value)


def test_what_is_no_table_is_refused(tmp_path: Path) -> None:
    with pytest.raises(FileRefused, match="cannot be read as Parquet"):
        read_flows([write(tmp_path / "b.parquet", BACI)])
    with pytest.raises(FileRefused, match=r"none\.csv: No such file"):
        read_flows([tmp_path / "none.csv"])
    with pytest.raises(FileRefused, match="no file is named"):
        read_flows([])
