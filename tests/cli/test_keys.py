"""Copies of the key table live for seven days, and never bring an erased record back."""

from __future__ import annotations

import json
import os
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import psycopg
import pytest
from django.conf import settings
from django.utils import timezone
from typer.testing import CliRunner

from tests.core.vault.factories import Office, make_office
from undaunted.cli import keys
from undaunted.core.access.rules import PUBLIC
from undaunted.core.vault.actions import erase_record, open_sealed, seal_for
from undaunted.core.vault.rules import INTAKE, ErasedRecord, UnvouchedRow

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from undaunted.config.postgres import Lease


@pytest.fixture
def office(ledger: Lease, owner_sql: Any, monkeypatch: pytest.MonkeyPatch) -> Office:
    """Give an office, on the tests' own server, which these commands then open as its owner."""

    @contextmanager
    def owner(_url: str | None) -> Iterator[psycopg.Connection[Any]]:
        assert ledger.owner_url is not None
        with psycopg.connect(ledger.owner_url) as connection:
            yield connection

    monkeypatch.setattr(keys, "_owner", owner)
    monkeypatch.setenv("UNDAUNTED_SECRET_KEY", settings.SECRET_KEY)
    return make_office(owner_sql)


def _seal(office: Office) -> Any:
    return seal_for(
        office.team, uuid4(), b"text", kind="note", version=1,
        actor=PUBLIC, at=timezone.now(), door=INTAKE,
    )  # fmt: skip


def _open(office: Office, made: Any) -> bytes:
    with office.steward.acting() as actor:
        return open_sealed(
            made.envelope, made.binding.record, kind="note", version=1,
            key=office.steward.key, actor=actor, at=timezone.now(),
        )  # fmt: skip


def _run(*words: object, status: int = 0) -> str:
    done = CliRunner().invoke(keys.commands, [str(word) for word in words])
    assert done.exit_code == status, done.output
    return done.output


def test_lost_keys_come_back_and_erased_ones_do_not(
    office: Office, owner_sql: Any, tmp_path: Path
) -> None:
    kept, erased, later = _seal(office), _seal(office), None
    assert "2 record keys are in" in _run("save", tmp_path / "copies")
    (path,) = (tmp_path / "copies").iterdir()
    assert path.stat().st_mode & 0o777 == 0o600
    assert "SECRET" not in path.read_text()
    later = _seal(office)
    with office.steward.acting() as actor:
        erase_record(erased.binding.record, actor=actor, at=timezone.now(), why="retention")
    owner_sql("DELETE FROM vault_recordkey")
    assert "1 of 2 record keys were put back." in _run("load", path)
    assert "0 of 2 record keys were put back." in _run("load", path)
    assert _open(office, kept) == b"text"
    for gone in (erased, later):
        with pytest.raises(ErasedRecord):
            _open(office, gone)


def _aged(folder: Path, days: float) -> Path:
    at = datetime.now(UTC) - timedelta(days=days)
    path = folder / f"keys-{at:%Y%m%dT%H%M%S}.jsonl"
    path.write_text(json.dumps({"what": keys.WHAT, "at": at.isoformat(), "keys": 0}) + "\n")
    return path


def test_copies_older_than_seven_days_are_removed_and_not_taken_back(
    office: Office, tmp_path: Path
) -> None:
    old, young = _aged(tmp_path, 7.01), _aged(tmp_path, 6.9)
    assert "older than 7 days" in _run("load", old, status=2)
    assert "0 of 0" in _run("load", young)
    assert f"Removed {old.name}" in _run("save", tmp_path)
    assert not old.exists()
    assert young.exists()
    assert len(os.listdir(tmp_path)) == 2  # noqa: PTH208  (names are enough)


@pytest.mark.parametrize("text", ["", "{}", "[]", '{"what": "other"}', "\x00", '{"what": 1'])
def test_another_file_is_refused_by_name(office: Office, tmp_path: Path, text: str) -> None:
    path = tmp_path / "other.jsonl"
    path.write_text(text)
    assert f"{path} is not a copy" in _run("load", path, status=2).replace("\n", "")


def test_after_a_loss_of_the_secret_the_operator_vouches_anew(
    office: Office, owner_sql: Any
) -> None:
    made = _seal(office)
    for table in ("member", "publickey", "record", "sealing"):
        owner_sql(f"UPDATE vault_{table} SET vouched = %s", [bytes(32)])
    with pytest.raises(UnvouchedRow):
        _open(office, made)
    with pytest.raises(UnvouchedRow):
        _seal(office)
    assert "6 rows are vouched for" in _run("revouch")
    assert _open(office, made) == b"text"
    assert _open(office, _seal(office)) == b"text"
