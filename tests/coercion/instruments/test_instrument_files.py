"""`undaunted instruments request`, `check`, `compare`, `kit`: files in, files out, no database."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from typer.testing import CliRunner, Result

from tests.coercion.instruments.test_design_files import DESIGN, RESULT
from tests.coercion.instruments.test_request_files import as_json
from tests.house.tree import ROOT
from undaunted.coercion.instruments.commands import commands
from undaunted.coercion.instruments.rules import points

if TYPE_CHECKING:
    from pathlib import Path


EXAMPLES = ROOT / "docs" / "examples" / "instruments"
STAKES = "owner,owned,share\nSTATE:XR,holding,0.51\nholding,ports,{share}\n"


def called(*words: object) -> Result:
    return CliRunner().invoke(commands, [str(each) for each in words])


def test_a_request_is_kept_apart_from_its_summary_and_says_its_limit(tmp_path: Path) -> None:
    (tmp_path / "facts.json").write_text(as_json(), encoding="utf-8")
    done = called("request", tmp_path / "facts.json", "--out", tmp_path / "out",
                  "--started", "2026-11-26")  # fmt: skip
    assert done.exit_code == 0, done.output
    assert "normally ends by 2027-03-30 (soft; Article 4(2), secondary)" in done.output, "Easter"
    secret, everybody = tmp_path / "out" / "confidential", tmp_path / "out" / "open"
    assert {each.name for each in secret.iterdir()} == {"request.docx", "request.pdf"}
    assert {each.name for each in everybody.iterdir()} == {"summary.docx", "summary.pdf"}
    assert secret.stat().st_mode & 0o077 == 0
    assert all(each.stat().st_mode & 0o077 == 0 for each in secret.iterdir())


def test_a_day_before_the_regulation_is_refused_and_nothing_written(tmp_path: Path) -> None:
    (tmp_path / "facts.json").write_text(as_json(), encoding="utf-8")
    done = called("request", tmp_path / "facts.json", "--out", tmp_path / "out",
                  "--started", "2020-01-01")  # fmt: skip
    assert done.exit_code == 2
    assert "--started: 2020-01-01 lies before 2023-12-27; correct the day" in done.output
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    ("facts", "says"),
    [
        (as_json(harm=""), "harm: say what whoever asks has to fear"),
        (as_json(also=["customs notice"]), "summary, notice: tells"),
        ("{", "facts.json: line 1, column 2: ends in the middle; fetch the file again"),
        ("{} {}", "facts.json: is not JSON"),
    ],
)
def test_a_request_that_lacks_or_tells_something_writes_nothing(
    tmp_path: Path, facts: str, says: str
) -> None:
    (tmp_path / "facts.json").write_text(facts, encoding="utf-8")
    done = called("request", tmp_path / "facts.json", "--out", tmp_path / "out")
    assert (done.exit_code, says in done.output) == (2, True), done.output
    assert not (tmp_path / "out").exists()


def designed(folder: Path, share: float = 0.6, **injury: Any) -> tuple[object, ...]:
    answers = "".join(
        f'[[answers]]\nkey = "{each.key}"\nvalue = "yes"\nreasons = "As shown."\n'
        for each in points() if each.key != "relief"
    )  # fmt: skip
    held = {"low": 80, "best": 100, "high": 130, "unit": "EUR million", "year": 2025,
            "source": "Replay", "digest": "ab" * 32} | injury  # fmt: skip
    for name, text in {"result.json": json.dumps(RESULT), "measures.toml": DESIGN + answers,
                       "injury.json": json.dumps(held),
                       "stakes.csv": STAKES.format(share=share)}.items():  # fmt: skip
        (folder / name).write_text(text, encoding="utf-8")
    return (folder / "measures.toml", "--injury", folder / "injury.json",
            "--stakes", folder / "stakes.csv", "--state", "STATE:XR")  # fmt: skip


def test_measures_are_checked_with_the_stakes_of_whom_they_name(tmp_path: Path) -> None:
    done = called("check", *designed(tmp_path))
    assert done.exit_code == 0, done.output
    for part in ("Proportionality: within", "Necessity (Article 8): yes",
                 "International law (Article 11(2)(h)): yes", "Persons are named",
                 "Criteria (Article 11): answered"):  # fmt: skip
        assert part in done.output
    told = json.loads(called("check", *designed(tmp_path), "--json").output)
    assert (told["necessary"], told["linked"], told["open"]) == (True, True, [])


def test_a_person_whom_the_stakes_do_not_show_is_refused(tmp_path: Path) -> None:
    done = called("check", *designed(tmp_path, share=0.5))
    assert done.exit_code == 2
    assert "capital, person 1, answer: the government does not hold more than 50 %" in done.output
    words = [*designed(tmp_path)[:-1], "STATE:XZ"]
    assert "stakes.csv: " in called("check", *words).output
    (tmp_path / "stakes.csv").write_text("x", encoding="utf-8")
    assert "stakes.csv: " in called("check", *words).output
    done = called("check", *designed(tmp_path)[:3])
    assert "answer: read the stakes first" in done.output
    done = called("check", *designed(tmp_path)[:5])
    assert "--stakes and --state go together" in done.output


@pytest.mark.parametrize("name", ["measures.toml", "injury.toml", "facts.toml"])
def test_tables_without_end_are_refused_in_words(tmp_path: Path, name: str) -> None:
    words = designed(tmp_path)
    (tmp_path / name).write_text("x = " + "[" * 30_000, encoding="utf-8")
    if name == "injury.toml":
        words = (words[0], "--injury", tmp_path / name)
    done = (
        called("request", tmp_path / name, "--out", tmp_path / "out")
        if name == "facts.toml"
        else called("check", *words)
    )
    assert (done.exit_code, f"{name}: is n" in done.output) == (2, True), done.output


def test_measures_beyond_the_injury_end_with_one(tmp_path: Path) -> None:
    done = called("check", *designed(tmp_path, low=1, best=2, high=3))
    assert (done.exit_code, "Proportionality: refused" in done.output) == (1, True)


def test_instruments_are_compared_and_the_model_law_is_written(tmp_path: Path) -> None:
    done = called("compare", "AU", "--out", tmp_path)
    assert "au-practice (practice)" in done.output
    assert {each.suffix for each in tmp_path.iterdir()} == {".docx", ".pdf", ".csv"}
    assert {each["key"] for each in json.loads(called("compare", "EU", "--json").output)} == {
        "eu-anti-coercion"
    }
    assert called("compare", "XR").exit_code == 2
    assert called("kit", "--out", tmp_path / "kit").exit_code == 0
    assert {each.suffix for each in (tmp_path / "kit").iterdir()} == {".docx", ".pdf"}


def test_the_examples_of_the_documentation_work(tmp_path: Path) -> None:
    done = called("request", EXAMPLES / "facts.toml", "--out", tmp_path)
    assert done.exit_code == 0, done.output
    done = called("check", EXAMPLES / "measures.toml", "--injury", EXAMPLES / "injury.toml",
                  "--stakes", EXAMPLES / "stakes.csv", "--state", "STATE:XR")  # fmt: skip
    assert (done.exit_code, "Proportionality: within" in done.output) == (0, True), done.output
