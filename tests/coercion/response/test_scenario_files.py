"""Scenario files: the example of the reference works, and everything wrong is told at once."""

from __future__ import annotations

import contextlib
from pathlib import Path

import pytest

from undaunted.coercion.response.readers import ScenarioRefused, parse_scenario, read_scenario
from undaunted.engines.trade import Deficits, Kind, Shock

REFERENCE = Path(__file__).parents[3] / "docs" / "reference" / "scenarios.md"
SHORT = """
[[shocks]]
importer = "USA"
exporter = ["CHN", "HKG"]
sectors = "goods"
kind = "tariff_pp"
value = 25
"""


def example() -> str:
    """Give the example of the reference, without the line that names a user's table."""
    return REFERENCE.read_text(encoding="utf-8").split("```toml\n")[1].split("```")[0]


def test_example_of_the_reference_is_read_whole() -> None:
    told = parse_scenario(example(), where="example")
    assert told.data == "icio2022_cp80x28.npz"
    assert told.scenario.name == "coalition tariff on Chinese goods"
    assert told.scenario.groups == {"coalition": ("USA", "DEU", "JPN")}
    assert told.scenario.shocks == (Shock("coalition", "CHN", "goods", Kind.TARIFF_PP, 25.0),)


def test_defaults_are_those_of_the_reference(tmp_path: Path) -> None:
    (tmp_path / "levy.toml").write_text(SHORT, encoding="utf-8")
    told = read_scenario(tmp_path / "levy.toml")
    assert told.data is None
    assert told.horizon == "long"
    scenario = told.scenario
    assert (scenario.name, scenario.tolerance, scenario.elasticities) == ("levy", 1e-10, "data")
    assert scenario.deficits is Deficits.FIXED
    assert scenario.shocks[0].exporter == ("CHN", "HKG")


def test_digest_is_of_the_meaning() -> None:
    plain = parse_scenario(SHORT, where="a")
    spelled = parse_scenario(
        'tolerance = 1e-10 # as it is\ndeficits = "fixed"\n' + SHORT, where="b"
    )
    other = parse_scenario(SHORT.replace("25", "26"), where="c")
    assert plain.sha256 == spelled.sha256
    assert plain.sha256 != other.sha256


def test_money_of_an_own_table_is_told_and_changes_no_digest() -> None:
    plain = parse_scenario('data = "x"' + SHORT, where="a")
    told = parse_scenario('data = "x"\nunit = "EUR million"\nyear = 2025' + SHORT, where="b")
    assert (plain.unit, plain.year) == ("", None)
    assert (told.unit, told.year) == ("EUR million", 2025)
    assert told.sha256 == plain.sha256


def test_path_of_the_table_starts_at_the_scenario(tmp_path: Path) -> None:
    (tmp_path / "tables").mkdir()
    (tmp_path / "tables" / "mine.npz").write_bytes(b"")
    file = tmp_path / "levy.toml"
    file.write_text('data = "tables/mine.npz"\n' + SHORT, encoding="utf-8")
    assert read_scenario(file).data == str(tmp_path / "tables" / "mine.npz")
    file.write_text('data = "mine.npz"\n' + SHORT, encoding="utf-8")
    with pytest.raises(ScenarioRefused, match=r"levy\.toml: data: mine\.npz is not there"):
        read_scenario(file)
    file.write_text('tariffs = "mine.csv"\n' + SHORT, encoding="utf-8")
    with pytest.raises(ScenarioRefused, match=r"levy\.toml: tariffs: mine\.csv is not there"):
        read_scenario(file)
    file.write_text(f'data = "{"x" * 300}"\n' + SHORT, encoding="utf-8")
    with pytest.raises(ScenarioRefused, match="x is not there"):
        read_scenario(file)
    (tmp_path / "mine.csv").write_bytes(b"")
    file.write_text('tariffs = "mine.csv"\n' + SHORT, encoding="utf-8-sig")
    assert read_scenario(file).tariffs == str(tmp_path / "mine.csv")


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", "shocks: at least one table [[shocks]] is asked for"),
        ("shocks = [1]", "shocks: at least one table [[shocks]] is asked for"),
        ("version = 2" + SHORT, "version: 2; this copy reads version 1"),
        ("tolerence = 1e-9" + SHORT, "tolerence: is not known; do you mean tolerance?"),
        ("zzz = 1" + SHORT, "zzz: is not known; there are version, name"),
        ('unit = "EUR million"' + SHORT, "unit, year: write both or neither"),
        ('unit = "EUR million"\nyear = 2025' + SHORT, "unit, year: the table of this copy has"),
        ('unit = " "\nyear = 2025\ndata = "x"' + SHORT, "unit: ' '; write currency and scale"),
        (
            'unit = "million USD"\nyear = 2025\ndata = "x"' + SHORT,
            "unit: 'million USD' is no money",
        ),
        ('unit = "XRD million"\nyear = 2025\ndata = "x"' + SHORT, "unit: 'XRD million' is no"),
        ('unit = "EUR bn"\nyear = 2025\ndata = "x"' + SHORT, "unit: 'EUR bn' is no money that"),
        ('unit = "EUR"\nyear = true\ndata = "x"' + SHORT, "year: True; write the year"),
        ('unit = "EUR"\nyear = 1066\ndata = "x"' + SHORT, "year: 1066; write the year"),
        ("tolerance = 0" + SHORT, "tolerance: 0; write a number from 1e-13 to 0.0001"),
        ("tolerance = true" + SHORT, "tolerance: True; write a number"),
        ('deficits = "open"' + SHORT, "deficits: 'open'; write one of fixed, balanced, share"),
        ('horizon = "week"' + SHORT, "horizon: 'week'; write one of short, medium, long"),
        ("name = 3" + SHORT, "name: 3; write a text between quotation marks"),
        ("groups = 3" + SHORT, "groups: write a table [groups] with lists of ISO3 codes"),
        ("[groups]\nus = []" + SHORT, 'groups.us: write a list of ISO3 codes, as ["USA", "DEU"]'),
        (SHORT.replace("25", "nan"), "shocks[1].value: nan; write a finite number"),
        (SHORT.replace("25", '"25"'), "shocks[1].value: '25'; write a finite number"),
        (SHORT.replace("value = 25", ""), "shocks[1].value: is missing; tariff_pp needs a number"),
        (SHORT.replace("tariff_pp", "tariff"), "shocks[1].kind: 'tariff'; write one of tariff_pp"),
        (SHORT.replace('kind = "tariff_pp"', ""), "shocks[1].kind: is missing; write one of"),
        (SHORT.replace('importer = "USA"', ""), "shocks[1].importer: is missing"),
        (SHORT.replace('"USA"', "[]"), "shocks[1].importer: []; write one name or a list of names"),
        (SHORT.replace("value", "values"), "shocks[1].values: is not known; do you mean value?"),
        (SHORT + 'rent = "importer"', "shocks[1].rent: tariff_pp has none; only quota"),
        (SHORT + 'rent = "us"', "shocks[1].rent: 'us'; write one of importer, exporter, nobody"),
        ("[[shocks]]\n" * 501, "shocks: 501; at most 500"),
        ("[[shocks]", "is no TOML: "),
        ("version = true" + SHORT, "version: True; this copy reads version 1"),
        (SHORT.replace("25", "9" * 400), "shocks[1].value: 999"),
        (SHORT.replace("25", "9" * 5000), "is no TOML: "),
        ("tolerance = " + "9" * 400 + SHORT, "tolerance: 999"),
        ("note = " + "[" * 5000 + "]" * 5000 + SHORT, "is no TOML: "),
    ],
)
def test_bad_key_is_named_with_its_remedy(text: str, problem: str) -> None:
    with pytest.raises(ScenarioRefused) as refused:
        parse_scenario(text, where="bad.toml")
    assert any(each.startswith(problem) for each in refused.value.problems), refused.value


def test_everything_wrong_is_told_at_once() -> None:
    with pytest.raises(ScenarioRefused) as refused:
        parse_scenario('deficits = "open"' + SHORT.replace("25", "inf"), where="bad.toml")
    assert len(refused.value.problems) == 2


def test_file_that_is_no_text_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "bad.toml"
    file.write_bytes(b"\xff\xfe")
    with pytest.raises(ScenarioRefused, match="is no text in UTF-8"):
        read_scenario(file)
    file.write_bytes(b"#" * 1_000_001)
    with pytest.raises(ScenarioRefused, match="larger than 1 MB"):
        read_scenario(file)
    with pytest.raises(ScenarioRefused, match="No such file"):
        read_scenario(tmp_path / "none.toml")


ODD = ("3", "true", "nan", "[1]", "[[]]", "{}", "{a = 1}", "2021-11-01", '""', '"\\u0000"')


def test_no_odd_value_breaks_the_reading() -> None:
    lines = example().splitlines()
    for number, line in enumerate(lines):
        name, equals, _ = line.partition(" = ")
        for odd in ODD if equals else ():
            changed = [*lines[:number], f"{name} = {odd}", *lines[number + 1 :]]
            with contextlib.suppress(ScenarioRefused):
                parse_scenario("\n".join(changed), where="odd.toml")
