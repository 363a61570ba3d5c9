"""Files of GLEIF, the United Kingdom's register, FollowTheMoney, and tables with a mapping."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner

from tests.coercion.screening.statements import as_file, rows_of
from undaunted.cli.ownership import commands
from undaunted.coercion.screening.readers import FileRefused, elements, read_stakes
from undaunted.coercion.screening.readers.asset_fields import asset_of
from undaunted.coercion.screening.readers.formats import FORMATS
from undaunted.coercion.screening.rules import Publication
from undaunted.coercion.screening.writers import bods
from undaunted.engines.ownership import (
    ALWAYS,
    NEVER,
    WHOLE,
    PartyKind,
    Right,
    Rule,
    control,
    votes_graph,
)

if TYPE_CHECKING:
    from undaunted.coercion.screening.readers import Loaded

SAMPLES = Path(__file__).parents[4] / "shared" / "data" / "ownership" / "gleif"
PORT, SHELL, PARENT, FUND, EMPTY = (f"XF{number}00PORTOFFREEDONI" for number in range(5))
HEAD = '<d xmlns="http://www.gleif.org/data/schema/rr/2016">'
ABOVE_QUARTER = 250_000_001


def _rules(loaded: Loaded) -> list[tuple[Rule, tuple[int, ...]]]:
    return [(each.rule, each.rows) for each in loaded.findings]


def _lines(folder: Path, *records: Any) -> Path:
    return as_file(folder, "\n".join(json.dumps(each) for each in records) + "\n", "file.jsonl")


def _related(child: str, parent: str, kind: str, **more: Any) -> dict[str, Any]:
    return {
        "Relationship": {
            "StartNode": {"NodeID": child, "NodeIDType": "LEI"},
            "EndNode": {"NodeID": parent, "NodeIDType": "LEI"},
            "RelationshipType": kind, "RelationshipStatus": more.get("status", "ACTIVE"),
            "RelationshipPeriods": {"RelationshipPeriod": [
                {"StartDate": "2020-01-01T00:00:00Z", "PeriodType": "RELATIONSHIP_PERIOD"},
                {"StartDate": "2021-01-01", "PeriodType": "ACCOUNTING_PERIOD"}]},
        },
        "Registration": {"RegistrationStatus": more.get("registered", "PUBLISHED"),
                         "LastUpdateDate": "2024-05-01T00:00:00Z"},
    }  # fmt: skip


RELATED = (
    {"LEI": PORT, "Entity": {"LegalName": "Port of Freedonia", "EntityCategory": "GENERAL"}},
    _related(PORT, SHELL, "IS_DIRECTLY_CONSOLIDATED_BY"),
    _related(PORT, PARENT, "IS_ULTIMATELY_CONSOLIDATED_BY"),
    _related(SHELL, PARENT, "IS_ULTIMATELY_CONSOLIDATED_BY"),
    _related(FUND, PORT, "IS_FEEDER_TO"),
    _related(FUND, SHELL, "IS_INTERNATIONAL_BRANCH_OF", status="INACTIVE"),
    _related(PORT, FUND, "IS_FRIEND_OF"),
    _related(PORT, FUND, "IS_FEEDER_TO", registered="DUPLICATE"),
    _related("", FUND, "IS_FEEDER_TO"),
    {"LEI": EMPTY, "ExceptionCategory": "DIRECT_ACCOUNTING_CONSOLIDATION_PARENT",
     "ExceptionReason": ["NATURAL_PERSONS"]},
    {"LEI": EMPTY, "ExceptionCategory": "ULTIMATE_ACCOUNTING_CONSOLIDATION_PARENT",
     "ExceptionReason": "NON_PUBLIC"},
    {"nothing": 1},
)  # fmt: skip


def test_parents_in_gleif_files_may_control_and_no_share_is_made_up(tmp_path: Path) -> None:
    loaded = read_stakes(_lines(tmp_path, *RELATED), "gleif")
    begins, told = date(2020, 1, 1).toordinal(), date(2024, 5, 1).toordinal()
    assert [(*row[:2], *row[3:7]) for row in rows_of(loaded.stakes)] == sorted([
        (FUND, PORT, 0, WHOLE, begins, NEVER), (FUND, PORT, 0, WHOLE, begins, NEVER),
        (SHELL, PORT, 0, WHOLE, begins, NEVER), (SHELL, FUND, WHOLE, WHOLE, begins, told),
        (PARENT, PORT, 0, WHOLE, begins, NEVER), (PARENT, SHELL, 0, WHOLE, begins, NEVER),
        ("unknown owner, file.jsonl row 10", EMPTY, 0, WHOLE, ALWAYS, NEVER),
    ])  # fmt: skip
    assert [each for each in _rules(loaded) if each[0] is not Rule.MISSING] == [
        (Rule.INDIRECT, (3,)), (Rule.UNTOLD, (7,)), (Rule.REPEAT, (7,)), (Rule.WITHDRAWN, (8,)),
        (Rule.COMPANY, (9,)), (Rule.EXCEPTION, (10,)), (Rule.EXCEPTION, (11,)),
        (Rule.UNREAD, (12,)),
    ]  # fmt: skip
    parties = loaded.stakes.parties
    assert parties.label(parties.number_of(PORT)) == "Port of Freedonia"
    assert loaded.notes == ("3 parties are named by their LEI alone",)
    answer = control(votes_graph(loaded.stakes.as_of(date(2026, 1, 1))), [PARENT])
    assert (answer.must.size, set(answer.names(answer.may))) == (0, {PORT, SHELL})


def test_gleif_xml_and_wrapped_json_say_the_same(tmp_path: Path) -> None:
    def element(name: str, value: Any) -> str:
        if isinstance(value, list):
            return "".join(element(name, each) for each in value)
        inside = value
        if isinstance(value, dict):
            inside = "".join(element(key, each) for key, each in value.items())
        return f"<{name}>{inside}</{name}>"

    records = RELATED[1:7]
    body = "".join(element("RelationshipRecord", each) for each in records)
    marked = as_file(tmp_path, f"{HEAD}<Header>x</Header>{body}</d>", "file.xml")
    wrapped: Any = [{"RelationshipRecord": each} for each in records]
    wrapped[0]["RelationshipRecord"]["Relationship"]["StartNode"]["NodeID"] = {"$": PORT}
    document = as_file(tmp_path, {"relations": wrapped})
    lines = read_stakes(_lines(tmp_path, *records))
    assert rows_of(read_stakes(marked).stakes) == rows_of(lines.stakes)
    assert rows_of(read_stakes(document).stakes) == rows_of(lines.stakes)
    records[0]["Relationship"]["StartNode"]["NodeID"] = PORT


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ('<!DOCTYPE d [<!ENTITY a "aaaa">]><d>&a;</d>', "after record 0: holds what such files do"),
        (f"{HEAD}<RelationshipRecord/><x>", "after record 1: is cut or no XML"),
        (HEAD + "<x>" * 50 + "</x>" * 50 + "</d>", r"\(TooLong\)"),
        (HEAD + "<x>" + "y" * 200_000 + "</x></d>", r"\(TooLong\)"),
    ],
)
def test_xml_that_means_harm_is_refused(
    tmp_path: Path, content: str, said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(elements, "MOST_BYTES", 100_000)
    with pytest.raises(FileRefused, match=said):
        read_stakes(as_file(tmp_path, content, "file.xml"), "gleif")


def _significant(natures: list[str], **data: Any) -> dict[str, Any]:
    person = {"kind": "individual-person-with-significant-control", "name": "Anna of Freedonia",
              "notified_on": "2020-01-01", "links": {"self": "/anna"}}  # fmt: skip
    return {"company_number": "12", "data": person | {"natures_of_control": natures} | data}


def test_natures_of_control_are_rights_and_bands_are_ranges(tmp_path: Path) -> None:
    loaded = read_stakes(_lines(
        tmp_path,
        _significant(["ownership-of-shares-25-to-50-percent", "voting-rights-50-to-75-percent",
                      "right-to-appoint-and-remove-directors"]),
        _significant(["ownership-of-shares-75-to-100-percent-as-trust"], ceased_on="2021-01-01",
                     kind="corporate-entity-person-with-significant-control",
                     identification={"registration_number": "7", "country_registered": "England"}),
        _significant(["significant-influence-or-control-as-firm", "owns-a-castle"], links={},
                     kind="super-secure-person-with-significant-control", name=""),
        _significant([], links={}),
        {"company_number": "12", "data": {"kind": "persons-with-significant-control-statement",
                                          "statement": "psc-exists-but-not-identified"}},
        {"company_number": "12", "data": {"kind": "persons-with-significant-control-statement",
                                          "statement": "no-individual-or-entity"}},
        {"data": {"kind": "totals#persons-of-significant-control-snapshot"}}, {"data": 1},
        _significant([("right-to-share-surplus-assets-more-than-25-percent"
                       "-limited-liability-partnership")]),
    ))  # fmt: skip
    stakes = loaded.stakes
    assert [(int(right), int(lo), int(hi)) for right, lo, hi in
            zip(stakes.right, stakes.lo, stakes.hi, strict=True)] == [
        (Right.EQUITY, ABOVE_QUARTER, 500_000_000), (Right.VOTES, 500_000_001, 749_999_999),
        (Right.BOARD, 500_000_001, WHOLE), (Right.EQUITY, 750_000_000, WHOLE),
        (Right.CONTRACT, 0, WHOLE), (Right.EQUITY, 0, WHOLE), (Right.EQUITY, 0, WHOLE),
        (Right.EQUITY, 0, WHOLE), (Right.ASSETS, ABOVE_QUARTER, WHOLE),
    ]  # fmt: skip
    assert {stakes.parties.ids[number] for number in stakes.owned} == {"GB-COH:00000012"}
    assert {"/anna", "GB-COH:00000007", "Anna of Freedonia"} <= set(stakes.parties.ids)
    assert _rules(loaded) == [
        (Rule.ANONYMOUS, (3,)), (Rule.OWNER, (3,)), (Rule.UNTOLD, (3,)), (Rule.UNTOLD, (4,)),
        (Rule.EXCEPTION, (5,)), (Rule.EXCEPTION, (6,)), (Rule.UNREAD, (8,)),
    ]  # fmt: skip
    assert len(loaded.notes) == 1
    held = votes_graph(stakes.as_of(date(2020, 6, 1)))
    assert control(held, ["/anna"]).must.size == 1


def _entity(identifier: str, schema: str, **properties: Any) -> dict[str, Any]:
    return {"id": identifier, "schema": schema, "properties": properties}


def test_general_partners_are_read_from_every_format_that_tells_them(tmp_path: Path) -> None:
    """No share is asked of one; a row in doubt, and only that, may be none."""
    rows = as_file(tmp_path, "owner,owned,kind,share,valid_from\n"
                   "g,fund,partner,,\nh,fund,general partner,0,\ni,fund,partner,,soon\n"
                   "j,fund,partner,0.02,\n", "stakes.csv")  # fmt: skip
    table = read_stakes(rows)
    assert _rules(table) == [(Rule.DAY, (4,))]
    assert table.stakes.right.tolist() == [Right.PARTNER] * 4
    assert table.stakes.lo.tolist() == [1, 1, 0, WHOLE // 50]
    assert table.stakes.hi.tolist() == [WHOLE, 1, WHOLE, WHOLE // 50]
    told = bods(table.stakes, Publication("Register", date(2026, 11, 26)))
    again = read_stakes(as_file(tmp_path, told.decode(), "again.json")).stakes
    assert again.right.tolist() == [Right.PARTNER] * 4
    assert sorted(again.lo.tolist()) == sorted(table.stakes.lo.tolist())
    entities = read_stakes(
        _lines(
            tmp_path,
            *(_entity(each, "Company") for each in "gf"),
            _entity(
                "d",
                "Directorship",
                director=["g"],
                organization=["f"],
                role=["General Partner"],
            ),
            _entity("o", "Ownership", owner=["f"], asset=["g"], role=["general partner"]),
            _entity("e", "Directorship", director=["g"], organization=["f"], role=["Chair"]),
        )
    )
    assert [each for each, _ in _rules(entities)] == [Rule.OFFICE]
    assert entities.stakes.right.tolist() == [Right.PARTNER] * 2
    assert entities.stakes.lo.tolist() == [1, 1]


def test_percentages_of_followthemoney_are_read_as_written(tmp_path: Path) -> None:
    written = ["25-50%", "51,0 %", "51", "0.5", ["40", "60"], "most", [], "0"]
    owners = [_entity(f"o{at}", "Ownership", owner=["a"], asset=[f"c{at}"],
                      percentage=each if isinstance(each, list) else [each])
              for at, each in enumerate(written)]  # fmt: skip
    loaded = read_stakes(_lines(
        tmp_path, *owners, _entity("a", "PublicBody", name=["Ministry"]),
        *(_entity(f"c{at}", "Company") for at in range(8)), _entity("d", "Directorship"),
        _entity("p", "Passport"), {"id": 1}, _entity("x", "Ownership"),
        _entity("y", "Ownership", asset=["z"], startDate=["2020"], percentage=["1"]),
    ))  # fmt: skip
    stakes = loaded.stakes
    assert list(zip(stakes.lo.tolist(), stakes.hi.tolist(), strict=True)) == [
        (250_000_000, 500_000_000), (510_000_000, 510_000_000), (510_000_000, 510_000_000),
        (0, 500_000_000), (0, 600_000_000), (0, WHOLE), (0, WHOLE), (0, 0), (0, WHOLE),
    ]  # fmt: skip
    assert [(rule, rows[0]) for rule, rows in _rules(loaded)] == [
        (Rule.WORDED, 1), (Rule.WORDED, 2), (Rule.AMBIGUOUS, 4), (Rule.AMBIGUOUS, 5),
        (Rule.UNREADABLE, 6), (Rule.MISSING, 7),
        (Rule.OFFICE, 18), (Rule.UNREAD, 20), (Rule.COMPANY, 21), (Rule.REFERENCE, 22),
        (Rule.OWNER, 22), (Rule.PARTIAL, 22), (Rule.AMBIGUOUS, 22),
    ]  # fmt: skip
    assert loaded.notes == ("1 entities of the schema Passport tell of no stake",)
    parties = stakes.parties
    assert parties.kinds[parties.number_of("a")] == PartyKind.STATE


MAPPING = """
title = "Owners of pipelines"
unit = "percent"
unknown = ["--"]
several = ["small shareholders"]
[columns]
owner = "Holder"
owned = "Asset"
share = "Pct"
[constants]
kind = "votes"
source = "Register"
[only]
layer = ["owner"]
"""
TABLE = """Asset,layer,Holder,Pct,share
p1,owner,STATE:XR,60,x
p1,parent,STATE:XR,60,x
p1,owner,--,,x
p1,owner,small shareholders,0.5,x
"""


def test_a_table_with_columns_of_its_own_is_read_by_a_mapping(tmp_path: Path) -> None:
    mapping = as_file(tmp_path, MAPPING, "pipelines.toml")
    loaded = read_stakes(as_file(tmp_path, TABLE, "table.csv"), str(mapping))
    stakes = loaded.stakes
    assert stakes.lo.tolist() == [600_000_000, 0, 5_000_000]
    assert set(stakes.right.tolist()) == {int(Right.VOTES)}
    assert stakes.sources == ("Register",)
    assert stakes.parties.kinds[stakes.owner].tolist() == [3, 0, 4]
    assert _rules(loaded) == [(Rule.OWNER, (4,)), (Rule.MISSING, (4,))]
    assert loaded.notes == (
        "columns that are not read: their share",
        "1 rows are passed over by the mapping: layer parent",
    )
    spans = as_file(tmp_path, "Asset,layer,Holder,min,max\np,owner,a,20,30\n", "spans.csv")
    mapping.write_text(MAPPING.replace('share = "Pct"', 'min = "min"\nmax = "max"'))
    told = read_stakes(spans, str(mapping)).stakes
    assert (told.lo.tolist(), told.hi.tolist()) == ([200_000_000], [300_000_000])
    mapping.write_text(MAPPING)
    with pytest.raises(FileRefused, match="no column Holder"):
        read_stakes(as_file(tmp_path, "Asset,Pct\na,1\n", "table.csv"), str(mapping))


def test_a_row_is_not_passed_over_by_a_field_that_may_be_cut(tmp_path: Path) -> None:
    mapping = as_file(tmp_path, "[only]\nlayer = ['owner']\nkept = ['yes']\n", "layers.toml")
    head, row = "owner,owned,share,kept,layer\n", "a,b,60%,yes,owner\n"
    loaded = read_stakes(as_file(tmp_path, f"{head}{row}c,d,60%,yes,own", "cut.csv"), str(mapping))
    assert (loaded.stakes.lo.tolist(), loaded.stakes.hi.tolist()) == (
        [600_000_000, 0], [600_000_000, 1_000_000_000]
    )  # fmt: skip
    assert (_rules(loaded), loaded.notes) == ([(Rule.UNENDED, (3,))], ())
    loaded = read_stakes(as_file(tmp_path, f"{head}{row}c,d,60%,no,own", "cut.csv"), str(mapping))
    assert (len(loaded.stakes), loaded.notes) == (
        1, ("1 rows are passed over by the mapping: kept no",)
    )  # fmt: skip


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("colums = 1", "no such key, colums"), ("columns = 1", "is of another form"),
        ("[columns]\nshares = 'x'", "shares is none of owner"), ("unit = 'tons'", "is one of part"),
        ("[only]\nx = 'y'", "lists of words"), ("x", "is no mapping"),
    ],
)  # fmt: skip
def test_a_mapping_that_means_nothing_is_refused(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(FileRefused, match=said):
        read_stakes(tmp_path / "x.csv", str(as_file(tmp_path, text, "m.toml")))


def test_validate_tells_the_findings_of_every_format(tmp_path: Path) -> None:
    file = _lines(tmp_path, *RELATED)
    done = CliRunner().invoke(commands, ["validate", str(file)], env={"COLUMNS": "200"})
    assert done.exit_code == 1
    assert "file.jsonl, row 8: its register says that a record does not stand" in done.stdout
    assert "12 rows, 7 stakes" in done.stdout


THINGS = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=6),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from([
        "recordId", "recordType", "statementId", "recordDetails", "interests", "share", "exact",
        "subject", "interestedParty", "LEI", "Relationship", "StartNode", "NodeID", "data",
        "company_number", "natures_of_control", "id", "schema", "properties", "percentage",
    ]), inner | st.sampled_from(["relationship", "Ownership", "entity", "10-20%"]), max_size=6),
    max_leaves=12,
)  # fmt: skip


@given(things=st.lists(THINGS, min_size=1, max_size=4))
@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_document_makes_a_reader_stumble(tmp_path: Path, things: list[Any]) -> None:
    file = as_file(tmp_path, things)
    for each in FORMATS[2:]:
        loaded = read_stakes(file, each.name)
        assert bool((loaded.stakes.lo >= 0).all())
        assert bool((loaded.stakes.lo <= loaded.stakes.hi).all())
        assert loaded.rows == len(things)


@pytest.mark.realdata
@pytest.mark.skipif(not SAMPLES.is_dir(), reason="../shared/data/ownership is absent")
def test_gleif_samples_round_trip_and_say_the_same_in_both_forms(tmp_path: Path) -> None:
    written = tmp_path / "written.json"
    published = Publication("Screening office of Freedonia", date(2026, 11, 26))
    for file in sorted(SAMPLES.iterdir()):
        loaded = read_stakes(file)
        assert loaded.rows >= 10
        written.write_bytes(bods(loaded.stakes, published))
        again = {row[:7] for row in rows_of(read_stakes(written, "bods").stakes)}
        assert again == {row[:7] for row in rows_of(loaded.stakes)}, file.name
    one, other = (read_stakes(SAMPLES / f"lei-updates-data2.{each}") for each in ("json", "xml"))
    assert dict(one.stakes.parties.labels) == dict(other.stakes.parties.labels) != {}


@pytest.mark.parametrize(
    ("taxonomy", "sector", "said"),
    [
        ("uk-nsia@1", "ports", 'row 3, sector "ports": is none of uk-nsia@1; write one of '),
        ("uk-nsia@9", "energy", 'row 3, taxonomy "uk-nsia@9": names no version of a law\'s list'),
        ("uk-nsia", "energy", "write one of au-national-security@1, "),
        ("model@1", "", "row 3, sector: is empty"),
    ],
)
def test_a_sector_under_a_laws_list_is_in_it(taxonomy: str, sector: str, said: str) -> None:
    told = {"reference": "A", "name": "A", "country": "XF", "taxonomy": taxonomy, "sector": sector}
    row, problems = asset_of(3, told, "Visit")
    assert row is None
    assert said in "; ".join(map(str, problems))
    own = asset_of(3, told | {"taxonomy": "Global Energy Monitor", "sector": "Gas"}, "Visit")[0]
    assert own is not None
    assert (own.taxonomy, own.sector) == ("Global Energy Monitor", "Gas")
    listed = asset_of(3, told | {"taxonomy": "uk-nsia@1", "sector": "advanced_materials"}, "Visit")
    assert listed[0] is not None
