"""Bad files at the command line: a reason, a place, a way out, a status, and nothing written."""

# ruff: noqa: RUF001 - letters of many scripts are the matter here

from __future__ import annotations

import csv
import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from typer.testing import CliRunner

from tests.prisoners.registry.bad_files import BAD_FILES, GOOD, HEAD, MAPPING, BadFile
from tests.prisoners.registry.desk import make_desk, make_list
from undaunted.core.access.actions import terminal_token
from undaunted.core.accounts.actions import acting_as, close_identity, open_identity
from undaunted.core.actors.models import Party
from undaunted.prisoners.registry.commands import commands
from undaunted.prisoners.registry.models import ImportBatch, MappingVersion

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from tests.prisoners.registry.desk import Desk


@pytest.fixture
def mapping(tmp_path: Path) -> Path:
    path = tmp_path / "mapping.toml"
    path.write_text(MAPPING, encoding="utf-8")
    return path


def call(*words: object) -> tuple[int, str]:
    result = CliRunner().invoke(commands, [str(word) for word in words])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result.exit_code, result.output


def real(folder: Path, *words: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "undaunted.cli.root", "registry", *map(str, words)],
        env=os.environ | {"UNDAUNTED_VAR": str(folder / "var")},
        capture_output=True, text=True, check=False,
    )  # fmt: skip


@pytest.mark.parametrize("bad", BAD_FILES, ids=lambda bad: bad.name)
def test_bad_file_gets_its_reason_and_a_status(tmp_path: Path, mapping: Path, bad: BadFile) -> None:
    (tmp_path / bad.name).write_bytes(bad.content())
    status, said = call("import", tmp_path / bad.name, "--mapping", mapping, "--dry-run")
    assert bad.says in said
    assert status == bad.status
    assert len(said) < 5_000


def test_the_real_command_refuses_without_a_traceback_or_a_database(
    tmp_path: Path, mapping: Path
) -> None:
    file = tmp_path / "list.csv"
    file.write_text(f"{HEAD}{GOOD}2,Ben,Nowhereland,31.02.2020\n", encoding="utf-8")
    rejects = tmp_path / "rejects.csv"
    done = real(tmp_path, "import", file, "--mapping", mapping, "--dry-run", "--rejects", rejects)
    assert (done.returncode, done.stderr) == (1, "")
    assert "line 3, column since, value '31.02.2020'" in done.stdout
    assert "Ben" in rejects.read_text(encoding="utf-8-sig")
    assert not (tmp_path / "var" / "postgres").exists()


@pytest.mark.parametrize("words", [("import", "{folder}"), ("import", "absent.csv")])
def test_folder_and_absent_file_are_refused(
    tmp_path: Path, mapping: Path, words: tuple[str, ...]
) -> None:
    told = [word.format(folder=tmp_path) for word in words]
    status, said = call(*told, "--mapping", mapping, "--dry-run")
    assert status == 2
    assert "does not exist" in said or "directory" in said


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("id = [", "not TOML"),
        (MAPPING.replace('column = "name"', 'colum = "name"'), "colum"),
        (MAPPING.replace("person.name.full", "person.shoe_size"), "person.shoe_size"),
        ("\xff", "The mapping"),
    ],
)
def test_bad_mapping_is_refused_with_its_place(tmp_path: Path, text: str, says: str) -> None:
    (tmp_path / "m.toml").write_bytes(text.encode("latin-1"))
    (tmp_path / "f.csv").write_text(HEAD + GOOD, encoding="utf-8")
    status, said = call("import", tmp_path / "f.csv", "--mapping", tmp_path / "m.toml", "--dry-run")
    assert status == 2
    assert says in said


def test_reject_file_never_overwrites_the_list_and_appears_only_whole(
    tmp_path: Path, mapping: Path
) -> None:
    file = tmp_path / "f.csv"
    file.write_text(HEAD + GOOD, encoding="utf-8")
    words = ("import", file, "--mapping", mapping, "--dry-run", "--rejects")
    assert call(*words, file)[0] == 2
    assert file.read_text(encoding="utf-8") == HEAD + GOOD
    status, said = call(*words, tmp_path / "absent" / "r.csv")
    assert status == 2
    assert "No such file or directory" in said
    assert not list(tmp_path.glob(".*"))


def test_formula_is_kept_as_text_and_made_harmless_on_the_way_out(
    tmp_path: Path, mapping: Path
) -> None:
    file, rejects = tmp_path / "f.csv", tmp_path / "r.csv"
    file.write_text(f"{HEAD}1,=cmd|' /C calc'!A0,Atlantis,2020\n", encoding="utf-8")
    status, said = call(
        "import", file, "--mapping", mapping, "--dry-run", "--rejects", rejects
    )  # fmt: skip
    assert status == 1
    assert "kept as plain text" in said
    with rejects.open(encoding="utf-8-sig", newline="") as stream:
        [row] = csv.DictReader(stream)
    assert row["name"] == "'=cmd|' /C calc'!A0"


@pytest.mark.parametrize("encoding", ["utf-16-le", "gb18030", "cp1256", "cp1251", "utf-8-sig"])
def test_other_encodings_are_read_and_named(tmp_path: Path, mapping: Path, encoding: str) -> None:
    names = {"gb18030": "陈全国", "cp1256": "محمد بن سلمان", "cp1251": "Анна Вебер"}
    rows = "".join(f"{n},{names.get(encoding, 'Ann')},XR,2020\n" for n in range(20))
    (tmp_path / "f.csv").write_bytes((HEAD + rows).encode(encoding))
    status, said = call("import", tmp_path / "f.csv", "--mapping", mapping, "--dry-run")
    assert status == 0, said
    if encoding != "utf-8-sig":
        assert f"is read as {encoding}" in said


@pytest.fixture
def desk(ledger: object, owner_sql: Callable[..., object]) -> Desk:
    return make_desk(owner_sql)


@pytest.fixture
def signed_in(desk: Desk) -> Iterator[None]:
    """Act at the terminal as the steward, as after passphrase and code."""
    from datetime import timedelta  # noqa: PLC0415

    from django.utils import timezone  # noqa: PLC0415

    until = timezone.now() + timedelta(hours=1)
    open_identity(
        "terminal of a test", user=desk.steward, second_factor=True, kind="terminal", until=until
    )
    held = terminal_token.set("terminal of a test")
    yield
    terminal_token.reset(held)
    close_identity("terminal of a test")


@pytest.mark.usefixtures("signed_in")
def test_import_again_and_undo_at_the_terminal(tmp_path: Path, mapping: Path, desk: Desk) -> None:
    make_list(desk, "first")
    file = tmp_path / "f.csv"
    words = ("import", file, "--mapping", mapping, "--list", "first")
    file.write_text(f"{HEAD}{GOOD}2,Ben Two,XR,2021\n3,Cy,Atlantis,2020\n", encoding="utf-8")
    status, said = call(*words)
    assert status == 1
    assert "2 added, 0 changed, 0 unchanged, 1 rejected" in said
    file.write_text(f"{HEAD}{GOOD}2,Ben Two,XR,2021-05\n", encoding="utf-8")
    status, said = call(*words)
    assert status == 0
    assert "0 added, 1 changed, 1 unchanged, 0 rejected" in said
    with acting_as(desk.steward):
        newest = ImportBatch.objects.order_by("-finished_at")[0]
        assert Party.objects.filter(withdrawn_at__isnull=True).count() == 2
    assert call("undo-import", newest.pk)[0] == 0
    status, said = call("undo-import", newest.pk)
    assert status == 2
    assert "undone, not written" in said


@pytest.mark.usefixtures("signed_in")
@pytest.mark.parametrize("bad", BAD_FILES[-12:], ids=lambda bad: bad.name)
def test_nothing_is_half_written(tmp_path: Path, mapping: Path, desk: Desk, bad: BadFile) -> None:
    make_list(desk, "first")
    (tmp_path / bad.name).write_bytes(bad.content())
    status, said = call("import", tmp_path / bad.name, "--mapping", mapping, "--list", "first")
    assert status in {1, 2}
    assert bad.says in said
    good = "1 added" in said
    with acting_as(desk.steward):
        assert Party.objects.count() == ImportBatch.objects.count() == int(good)
        assert MappingVersion.objects.count() == int(good)


@pytest.mark.usefixtures("signed_in")
def test_contributor_proposes_and_nothing_is_written(
    tmp_path: Path, mapping: Path, desk: Desk
) -> None:
    make_list(desk, "first")
    (tmp_path / "f.csv").write_text(HEAD + GOOD, encoding="utf-8")
    status, said = call(
        "import", tmp_path / "f.csv", "--mapping", mapping, "--list", "first", "--propose"
    )
    assert status == 0
    assert "waits for the steward of first" in said
    with acting_as(desk.steward):
        assert ImportBatch.objects.get().state == "proposed"
        assert not Party.objects.exists()
