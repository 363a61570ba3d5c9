"""Files and figures that are crooked: refused by line and field, or told beside the answer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from django.utils import timezone
from typer.testing import CliRunner

from tests.coercion.screening.factories import AT, Scene, make_scene
from tests.coercion.screening.programs import ask, program
from tests.coercion.screening.registers import ASSETS, bring_assets
from tests.core.accounts.factories import signed_in_client
from tests.prisoners.registry.desk import make_desk
from undaunted.coercion.screening.actions import (
    import_assets,
    import_holdings,
    record_stake,
    take_in,
)
from undaunted.coercion.screening.analysis.tables import faults_in, stakes_around
from undaunted.coercion.screening.commands import commands
from undaunted.coercion.screening.queries import asset_entries_for
from undaunted.coercion.screening.readers import FileRefused, read_given
from undaunted.coercion.screening.rules import ScreeningRefused
from undaunted.coercion.screening.rules.stakes import StakePlan
from undaunted.core.accounts.actions import acting_as
from undaunted.engines.ownership import Rule

if TYPE_CHECKING:
    from undaunted.coercion.screening.models import Load

pytestmark = pytest.mark.usefixtures("ledger")
WORDED = "share_as_text"


@pytest.fixture
def scene(owner_sql: Any) -> Scene:
    return make_scene(owner_sql)


def _taken(scene: Scene, content: bytes, name: str = "s.csv") -> Load:
    with acting_as(scene.own.documenter) as actor:
        return take_in(scene.case, content, name=name, source="annex", actor=actor, at=AT)


def test_names_that_look_alike_in_two_files_of_a_case_are_told(scene: Scene) -> None:
    """And one that is written in two Unicode forms is one party of both."""
    for name, rows in (("a.csv", "A,Port One,60%\nA,Soci\u00e9t\u00e9,60%\n"),
                       ("b.csv", "PORT ONE,C,60%\nSocie\u0301te\u0301,D,60%\n")):  # fmt: skip
        _taken(scene, f"owner,owned,share\n{rows}".encode(), name)
    with acting_as(scene.own.documenter) as actor:
        tables = stakes_around(actor, scene.case, as_of=AT.date(), known_at=AT)
    (fault,) = faults_in(tables)
    assert (fault.rule, fault.detail) == (Rule.ALIKE, "'PORT ONE', 'Port One'")
    assert set(tables[0].parties.ids) == {
        "A",
        "C",
        "D",
        "PORT ONE",
        "Port One",
        "Soci\u00e9t\u00e9",
    }


def test_line_ends_of_an_old_mac_are_read(scene: Scene) -> None:
    assert _taken(scene, b"owner,owned,share\rA,B,5%\rC,B,6%\r").stakes == 2


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"owner,owned,share,share\nA,B,5%,60%\n", "column share stands twice"),
        (b"owner,owned,share,source\nA,B,5%,x\nA,C,5%,\x00x\n", "line 3: holds a null character"),
        ("owner,owned,share\nA,B,5%\n".encode("utf-16"), "is UTF-16; save the file as UTF-8"),
        (b'\x93\x00"\r\xff\x0c"\n\r\x07', "known|UTF-8|null"),
    ],
)
def test_a_crooked_file_is_refused_with_its_place(scene: Scene, content: bytes, said: str) -> None:
    with pytest.raises(ScreeningRefused, match=said):
        _taken(scene, content)
    with acting_as(scene.own.documenter) as actor, pytest.raises(FileRefused, match=said):
        import_holdings(scene.own.id, "s.csv", content, actor=actor, at=timezone.now())


def test_a_null_in_a_source_of_other_formats_is_refused(scene: Scene) -> None:
    statement = (
        b'{"schema":"Ownership","id":"o","properties":{"owner":["a"],"asset":["b"],'
        b'"percentage":["5"],"sourceUrl":["x"]}}\n'
        b'{"schema":"Company","id":"b","properties":{"name":["B\\u0000"]}}\n'
    )
    with pytest.raises(ScreeningRefused, match="signs that cannot be kept"):
        _taken(scene, statement, "s.json")
    with acting_as(scene.own.documenter) as actor, pytest.raises(FileRefused, match="a name holds"):
        import_holdings(scene.own.id, "s.json", statement, actor=actor, at=timezone.now())


def test_a_column_of_assets_that_stands_twice_is_refused(owner_sql: Any) -> None:
    desk = make_desk(owner_sql)
    twice = ASSETS.replace(b"capacity,unit", b"capacity,capacity")
    with acting_as(desk.documenter) as actor, pytest.raises(FileRefused, match="capacity stands"):
        import_assets(desk.organisation, "a.csv", twice, actor=actor, at=timezone.now())


def test_a_file_without_a_stake_says_so() -> None:
    lei = b"""<?xml version="1.0"?><lei:LEIData xmlns:lei="http://www.gleif.org/data/schema/leidata/2016">
<lei:LEIRecords><lei:LEIRecord><lei:LEI>5299000000000000XF01</lei:LEI><lei:Entity><lei:LegalName>A
</lei:LegalName></lei:Entity></lei:LEIRecord></lei:LEIRecords></lei:LEIData>"""
    loaded = read_given(lei, "lei.xml", "gleif")
    assert loaded.rows == 1
    assert "1 rows, of which none tells a stake" in loaded.notes


def test_a_share_is_never_more_than_the_whole_and_the_sum_is_told(scene: Scene) -> None:
    with acting_as(scene.own.documenter) as actor:
        for owner, owned, share in (
            ("XZ-SHELL", "XF-PORT", "100 %"), ("XF-PORT", "XZ-SHELL", "100 %"),
            ("XF-CITY", "XF-PORT", "60 %"), ("XF-CITY", "XF-CITY", "10 %"),
        ):  # fmt: skip
            record_stake(scene.case, StakePlan(owner, owned, "x", share), actor=actor, at=AT)
    client = program(scene.own.documenter)
    told = ask(client, "GET", "/cases/port-2027/control?owner=XF-CITY&owner=XZ-SHELL")
    assert told["held"] == {"min": 1, "max": 1}
    assert told["over_the_whole"] is True
    assert "more than 100" in told["says"]
    assert any("self" in each for each in told["findings"])
    shown = signed_in_client(scene.own.documenter).get(f"/desk/screening/cases/{scene.case.pk}/")
    assert "What is wrong with the stakes together" in shown.content.decode()
    french = signed_in_client(scene.own.documenter)
    shown = french.get(f"/fr/desk/screening/cases/{scene.case.pk}/", follow=True)
    assert "une société détient ses propres parts" in shown.content.decode()


def test_a_poorer_file_does_not_take_away_what_a_surer_one_told(owner_sql: Any) -> None:
    desk = make_desk(owner_sql)
    bring_assets(desk)
    poor = b"reference,name,country,sector,source,confidence\nPORT,Port,XF,ports,A blog,C\n"
    made = bring_assets(desk, poor)
    assert (made.replaced, made.unchanged) == (0, 0)
    assert any("PORT: Port authority tells of it more surely (B)" in e for e in made.findings)
    with acting_as(desk.documenter) as actor:
        assert asset_entries_for(actor).get(asset__reference="PORT").capacity == 12
    surer = poor.replace(b",C\n", b",A\n")
    assert bring_assets(desk, surer).replaced == 1


def test_the_calendar_ends_a_period_that_another_takes_the_place_of() -> None:
    steps = ["notified=2027-03-01", "partners_asked=2027-03-10", "partners_answered=2027-03-30"]
    words = ["calendar", "--regime", "eu-2019-452"]
    done = CliRunner().invoke(commands, [*words, *(f"--step={each}" for each in steps)])
    assert done.exit_code == 0, done.output
    assert "fdi-comments:" not in done.output
    assert "2027-04-19" in done.output
    early = CliRunner().invoke(commands, [*words, "--step=partners_answered=2027-02-01"])
    assert "2027-02" not in early.stdout
    assert "partners_answered on 2027-02-01 comes before any partners_asked" in early.output


def test_a_share_that_may_be_a_thousand_or_is_a_bound_says_how_it_was_read() -> None:
    rows = b'A,B,"1,000"\nA,C,> 50%\nA,D,"0,51"\nA,E,1.000\n'
    loaded = read_given(b"owner,owned,share\n" + rows, "s.csv", None)
    told = {each.rows[0]: each.detail for each in loaded.findings if each.rule.code == WORDED}
    assert told == {2: "1,000: 100 %", 3: "> 50%: 50 % to 100 %"}
