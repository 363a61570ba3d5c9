"""Designs and injuries are read from files; what is wrong in them is told by table and key."""

from __future__ import annotations

import json
from hashlib import sha256
from typing import TYPE_CHECKING, Any

import pytest

from tests.coercion.instruments.designs import RESULT as JOURNEYS
from undaunted.coercion.instruments.readers import FileRefused, effect_of, read_design, read_injury
from undaunted.coercion.instruments.rules import Aimed, Link, Origin

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["DESIGN", "RESULT"]

DESIGN = """
[[measures]]
key = "duty"
kind = "duties"
aimed = "general"
by = "goods"
scope = "Timber, chapter 44, 25 %"
legal_basis = "Annex I, point 1"
begins = 2027-01-15
reasons = "The forests are the ministry's own."
[measures.effect]
low = 20
best = 30.5
high = 40
unit = "EUR million"
year = 2025
source = "Scenario of the duty"

[[measures]]
key = "capital"
kind = "finance"
aimed = "linked"
scope = "New issues on the Union's capital markets"
legal_basis = "Annex I, point 8"
begins = 2027-01-15
ends = 2028-01-15
reasons = "It carries the coercion out."
[[measures.persons]]
name = "Ruritanian Port Holding"
id = "ports"
link = "majority"
reasons = "The ministry owns it."
sources = ["register"]
[measures.effect]
result = "result.json"
unit = "EUR million"
year = 2025
source = "Replay"
[measures.effect.income]
XRR = 1000
XSS = 500.0

[[answers]]
key = "relief"
value = "yes"
reasons = "As the file shows."
"""

RESULT = {
    "real_income_pct": {"XRR": -2.0, "XSS": 1.0},
    "draws": {
        "real_income_pct": {"XRR": {"p5": -3.0, "p95": -1.0}, "XSS": {"p5": 0.5, "p95": 1.5}}
    },
}
INJURY: dict[str, Any] = {"low": 80, "best": 100, "high": 130, "unit": "EUR million", "year": 2025,
                          "source": "Replay", "digest": "ab" * 32}  # fmt: skip


def written(folder: Path, name: str, told: object) -> Path:
    text = told if isinstance(told, str) else json.dumps(told)
    (folder / name).write_text(text, encoding="utf-8")
    return folder / name


def test_a_design_is_read_with_the_ids_of_its_persons(tmp_path: Path) -> None:
    written(tmp_path, "result.json", RESULT)
    design, ids = read_design(written(tmp_path, "measures.toml", DESIGN))
    duty, capital = design.measures
    assert (duty.by, duty.effect.best, capital.aimed) == (Origin.GOODS, 30.5, Aimed.LINKED)
    assert (capital.persons[0].link, ids) == (Link.MAJORITY, {"Ruritanian Port Holding": "ports"})
    assert design.answers[0].key == "relief"


def test_losses_follow_from_results_and_quantiles_and_their_file_is_named(tmp_path: Path) -> None:
    result = written(tmp_path, "result.json", RESULT)
    row = {
        "result": "result.json",
        "income": {"XRR": 1000},
        "unit": "EUR",
        "year": 2025,
        "source": "R",
    }
    injury = read_injury(written(tmp_path, "injury.json", row))
    assert (injury.low, injury.best, injury.high) == (10, 20, 30)
    assert injury.digest == sha256(result.read_bytes()).hexdigest()
    both = row | {"income": {"XRR": 1000, "XSS": 500}}
    injury = read_injury(written(tmp_path, "injury.json", both))
    assert (injury.low, injury.best, injury.high) == (2.5, 15, 27.5)
    gain = row | {"income": {"XSS": 500}}
    injury = read_injury(written(tmp_path, "injury.json", gain))
    assert (injury.low, injury.best, injury.high) == (0, 0, 0)
    other = row | {"digest": "cd" * 32}
    with pytest.raises(FileRefused, match=r"digest: result.json has another"):
        read_injury(written(tmp_path, "injury.json", other))


def test_an_effect_is_read_in_the_money_of_the_result_itself(tmp_path: Path) -> None:
    (tmp_path / "result.json").write_bytes(JOURNEYS)
    row: dict[str, Any] = {"result": "result.json", "of": ["XZU"]}
    effect = effect_of(row, tmp_path, where="x")
    assert effect.best == pytest.approx(10624.865801 * 2.0511567172 / 100)
    assert (effect.unit, effect.year) == ("EUR million", 2025)
    assert effect.low < effect.best < effect.high
    assert "loss of real income of XZU in the money of its own table" in effect.source
    injury = read_injury(written(tmp_path, "injury.json", row | {"of": ["XFR"]}))
    assert injury.digest == sha256(JOURNEYS).hexdigest()
    for change, said in (
        ({"of": []}, "of: write a list of the countries"),
        ({"of": ["XZ"]}, "does not tell the loss of XZ"),
        ({"unit": "EUR"}, "unit: follows from the result"),
        ({"result": "none.json"}, "none.json cannot be opened"),
        ({"result": 3}, "result: name the file"),
        ({"of": ["XBO"]}, "effect: a measure that costs nothing"),
    ):
        with pytest.raises(FileRefused, match=said):
            effect_of(row | change, tmp_path, where="x")


def test_an_injury_that_is_written_out_is_read_from_both_forms(tmp_path: Path) -> None:
    from_json = read_injury(written(tmp_path, "injury.json", INJURY))
    lines = "\n".join(f"{key} = {json.dumps(value)}" for key, value in INJURY.items())
    assert read_injury(written(tmp_path, "injury.toml", lines)) == from_json
    assert (from_json.low, from_json.digest) == (80, "ab" * 32)


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"low": "80"}, "low: write a number"),
        ({"low": 200}, "injury: low is at most best"),
        ({"digest": ""}, "injury, digest: write the SHA-256"),
        ({"digest": 1}, "digest: write a text"),
        ({"unit": 1}, "unit: write a text"),
        ({"year": "2025"}, "year: write a year"),
        ({"loss": 1}, "loss: is no key here"),
        ({"result": "result.json"}, "result, income: name the file"),
        (
            {"result": "result.json", "income": {"XRR": 1}},
            "low, best, high: follow from the result",
        ),
    ],
)
def test_an_injury_that_is_broken_says_where(
    tmp_path: Path, change: dict[str, Any], says: str
) -> None:
    with pytest.raises(FileRefused, match=says):
        read_injury(written(tmp_path, "injury.json", INJURY | change))


@pytest.mark.parametrize(
    ("told", "says"),
    [
        ("[]", "write a table"),
        ("{", "is neither TOML nor JSON"),
        ({"result": "gone.json"}, "result: gone.json cannot be opened"),
        ({"result": "result.json"}, "does not tell real income"),
    ],
)
def test_results_that_are_missing_or_other_say_what_to_do(
    tmp_path: Path, told: Any, says: str
) -> None:
    written(tmp_path, "result.json", {"real_income_pct": {"XRR": -2.0}})
    if isinstance(told, dict):
        told |= {"income": {"XRR": 1}, "unit": "EUR", "year": 2025, "source": "R"}
    with pytest.raises(FileRefused, match=says):
        read_injury(written(tmp_path, "injury.json", told))
    with pytest.raises(FileRefused, match="cannot be opened"):
        read_injury(tmp_path / "none.json")


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (("[[answers]]", "[[answer]]"), "answer: is no key here"),
        (('key = "duty"', "key = 1"), "measure 1, key: write a text"),
        (('kind = "duties"', 'kind = "tax"'), "measure 1, kind: write one of"),
        (('aimed = "general"', 'aimed = "all"'), "measure 1, aimed: write one of"),
        (('by = "goods"', 'by = "people"'), "measure 1, by: write one of"),
        (("begins = 2027-01-15", 'begins = "soon"'), "measure 1, begins: write a day"),
        (("ends = 2028-01-15", "ends = 1"), "measure 2, ends: write a day"),
        (("[measures.effect]\nlow", "[measures.effects]\nlow"), "measure 1, effects: is no key"),
        (("low = 20", "low = 35"), r"measures.toml, duty: effect: low is at most"),
        (("low = 20", 'low = "x"'), r"measures.toml, duty: low: write a number"),
        (('link = "majority"', 'link = "kin"'), "measure 2, person 1, link: write one of"),
        (('id = "ports"', "id = 1"), "measure 2, person 1, id: write the id"),
        (('id = "ports"', "natural = 1"), "measure 2, person 1, natural: write true"),
        (('["register"]', '"register"'), "measure 2, person 1, sources: write a list"),
        (('value = "yes"', 'value = "si"'), "answer 1, value: write one of"),
        (('reasons = "As the file shows."', "reasons = 1"), "answer 1, reasons: write a text"),
        (("by = ", "tender_share = 'x'\nby = "), "measure 1, tender_share: write a number"),
        (("by = ", "persons = 'x'\nby = "), "measure 1, persons: write one"),
        (("[[measures]]\nkey = ", "x = \n"), "is not TOML"),
    ],
)
def test_a_design_that_is_broken_says_where(
    tmp_path: Path, change: tuple[str, str], says: str
) -> None:
    written(tmp_path, "result.json", RESULT)
    with pytest.raises(FileRefused, match=says):
        read_design(written(tmp_path, "measures.toml", DESIGN.replace(*change, 1)))


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "measures: there are none"),
        ("measures = 1", "measures: write one"),
        (
            DESIGN.split("[measures.effect]", maxsplit=1)[0],
            "measures.toml, duty: effect: write a table",
        ),
    ],
)
def test_a_design_without_its_parts_says_so(tmp_path: Path, text: str, says: str) -> None:
    with pytest.raises(FileRefused, match=says):
        read_design(written(tmp_path, "measures.toml", text))
    with pytest.raises(FileRefused, match="cannot be opened"):
        read_design(tmp_path / "none.toml")
