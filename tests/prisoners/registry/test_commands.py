"""The commands of the registry, called as somebody at a terminal calls them."""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING

import pytest
from typer.testing import CliRunner

from tests.prisoners.registry.bad_files import MAPPING
from tests.prisoners.registry.published_worlds import Act, Person, World
from tests.prisoners.registry.test_counting import project_all
from undaunted.engines.census import Tier
from undaunted.prisoners.registry.commands import commands

if TYPE_CHECKING:
    from pathlib import Path

    from undaunted.config.postgres import Lease


@pytest.fixture
def one_held(ledger: Lease) -> None:
    act = Act((date(2019, 3, 4),) * 2, (None, None), Tier.A)
    World((Person(1, (act,), roles=("journalist",)),)).write(ledger)
    project_all(ledger)


def call(*words: str) -> tuple[int, str]:
    result = CliRunner().invoke(commands, list(words))
    return result.exit_code, result.output


@pytest.mark.usefixtures("one_held")
def test_count_gives_json_with_bands_breakdown_and_flows() -> None:
    status, output = call(
        "count", "--country", "XR", "--as-of", "2019-12-31", "--by", "role", "--since",
        "2018-12-31", "--json",
    )  # fmt: skip
    assert status == 0, output
    told = json.loads(output)
    assert told["persons"] == 1
    assert told["tiers"] == {"A": 1, "B": 0, "C": 0, "D": 0}
    assert told["by"][0]["value"] == "journalist"
    assert told["flows"]["new"] == 1
    assert told["flows"]["residual"] == 0
    assert call("count", "--as-of", "2019-12-31")[0] == 0


@pytest.mark.usefixtures("one_held")
@pytest.mark.parametrize("words", [("--by", "role,tier"), ("--by", "role", "--by", "tier,role")])
def test_count_breaks_the_number_down_several_ways_beside_each_other(
    words: tuple[str, ...],
) -> None:
    status, output = call("count", "--as-of", "2019-12-31", *words, "--json")
    assert status == 0, output
    told = json.loads(output)
    assert list(told["breakdowns"]) == ["role", "tier"]
    assert (told["breakdown"], told["by"]) == ("role", told["breakdowns"]["role"])
    alone = json.loads(call("count", "--as-of", "2019-12-31", "--by", "tier", "--json")[1])
    assert alone["by"] == told["breakdowns"]["tier"]
    assert [part["persons"] for part in alone["by"]] == [1, 0, 0, 0]
    shown = call("count", "--as-of", "2019-12-31", *words)[1]
    assert "by role:" in shown
    assert "by tier:" in shown


@pytest.mark.usefixtures("one_held")
@pytest.mark.parametrize(
    "words",
    [
        ("count", "--as-of", "31.02.2020"),
        ("count", "--as-of", "2020-01-01", "--country", "QQQQ"),
        ("count", "--as-of", "2020-01-01", "--since", "2021-01-01"),
        ("count", "--as-of", "2020-01-01", "--known-at", "soon"),
        ("count", "--as-of", "2020-01-01", "--known-at", "9999-12-31T23:59:59-23:59"),
        ("search", "--cursor", "x"),
        ("count", "--as-of", "2020-01-01", "--by", "role,colour"),
        ("search", "--role", "zzz"),
        ("search", "--law", "zzz"),
        ("search", "--status", "zzz"),
        ("search", "--tier", "Z"),
    ],
)
def test_what_cannot_be_read_is_refused_with_a_message(words: tuple[str, ...]) -> None:
    status, output = call(*words)
    assert status == 2
    assert "Traceback" not in output


@pytest.mark.usefixtures("one_held")
def test_a_moment_with_any_offset_is_counted() -> None:
    words = ("count", "--as-of", "2019-12-31", "--known-at", "2030-01-01T00:00+16:00", "--json")
    status, output = call(*words)
    assert status == 0, output
    assert json.loads(output)["known_at"] == "2029-12-31T08:00:00+00:00"


@pytest.mark.usefixtures("one_held")
def test_search_and_export_give_what_is_published(tmp_path: Path) -> None:
    assert json.loads(call("search", "invented", "--json")[1])["total"] == 1
    assert call("search")[0] == 0
    status, output = call("export", "--format", "csv", "--format", "ftm", "--out", str(tmp_path))
    assert status == 0, output
    assert "XR-00001" in (tmp_path / "cases.csv").read_text(encoding="utf-8")
    assert not (tmp_path / "cases.parquet").exists()


def test_dry_run_shows_problems_writes_rejects_and_needs_nobody(tmp_path: Path) -> None:
    (tmp_path / "m.toml").write_text(MAPPING, encoding="utf-8")
    rows = "id,name,country,since\n1,Ann One,XR,2020-01-02\n2,Ben Two,Nowhereland,31.02.2020\n"
    (tmp_path / "f.csv").write_text(rows, encoding="utf-8")
    status, output = call(
        "import", str(tmp_path / "f.csv"), "--mapping", str(tmp_path / "m.toml"), "--dry-run",
        "--rejects", str(tmp_path / "r.csv"),
    )  # fmt: skip
    assert status == 1, output
    assert "Nothing was written." in output
    assert "Ben Two" in (tmp_path / "r.csv").read_text(encoding="utf-8-sig")


def test_import_by_nobody_is_refused(ledger: Lease, tmp_path: Path) -> None:
    (tmp_path / "m.toml").write_text(MAPPING, encoding="utf-8")
    (tmp_path / "f.csv").write_text(
        "id,name,country,since\n1,Ann,XR,2020-01-02\n", encoding="utf-8"
    )
    status, output = call(
        "import", str(tmp_path / "f.csv"), "--mapping", str(tmp_path / "m.toml"), "--list", "x"
    )
    assert status == 2
    assert "Refused" in output


def test_mapping_suggest_writes_a_mapping(tmp_path: Path) -> None:
    (tmp_path / "f.csv").write_text("name,country\nAnn One,XR\n", encoding="utf-8")
    status, output = call("mapping", "suggest", str(tmp_path / "f.csv"))
    assert status == 0
    assert "person.name.full" in output
