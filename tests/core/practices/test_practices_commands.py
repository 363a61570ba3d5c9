"""The library at the terminal: read by everybody, checked without a database, accepted by two."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from tests.core.accounts.terminal import run_at_terminal
from tests.core.practices.factories import Library, accepted, entry, make_library
from undaunted.core.practices.commands import commands

if TYPE_CHECKING:
    from pathlib import Path

    from undaunted.core.accounts.models import User


def _run(*words: object, person: User | None = None, status: int = 0) -> str:
    return run_at_terminal(commands, *words, person=person, status=status)


@pytest.fixture
def library(owner_sql: Any) -> Library:
    return make_library(owner_sql)


def test_file_is_checked_without_a_database(tmp_path: Path) -> None:
    assert "nothing wrong" in _run("check")
    bad = tmp_path / "bad.toml"
    bad.write_text("[[practices]]\naim = 'revenge'\n", encoding="utf-8")
    told = _run("check", bad, status=2)
    assert "bad.toml: practice 1: aim: write one of release, shelter, accountability" in told
    bad.write_bytes(b"\xff\xfe\x00")
    assert "not UTF-8" in _run("check", bad, status=2)


@pytest.mark.usefixtures("ledger")
def test_shipped_pack_is_loaded_by_one_and_accepted_by_another(library: Library) -> None:
    told = _run("load", library.holder, person=library.writer)
    assert "proposed   prisoner-lists" in told
    assert "unchanged  prisoner-lists" in _run("load", library.holder, person=library.writer)
    assert "prisoner-lists" in _run("waiting", person=library.reviewer)
    told = _run("accept", "prisoner-lists", person=library.writer, status=2)
    assert "no role that allows this" in told
    names = ("prisoner-lists", "shelter-cities", "referral-to-the-icc")
    accepted_now = _run("accept", *names, person=library.reviewer)
    assert "accepted   shelter-cities" in accepted_now
    assert "prisoner-lists" in _run("list")
    listed = json.loads(_run("list", "--aim", "accountability", "--json"))
    assert [each["reference"] for each in listed] == ["referral-to-the-icc"]
    told = _run("accept", "prisoner-lists", person=library.reviewer, status=2)
    assert "nothing of that name waits" in told
    shown = _run("show", "prisoner-lists")
    assert "an association and no cause" in shown
    assert "read in a copy, an excerpt or a report" in shown


@pytest.mark.usefixtures("ledger")
def test_library_is_listed_and_shown_to_everybody_as_far_as_it_is_public(library: Library) -> None:
    accepted(library)
    accepted(library, reference="amber", tlp="AMBER")
    assert [each["reference"] for each in json.loads(_run("list", "--json"))] == [
        "lists-at-the-bridge"
    ]
    assert json.loads(_run("show", "lists-at-the-bridge", "--json")) == entry().as_data()
    assert "no such practice" in _run("show", "amber", status=2)
    assert "Lists handed over" in _run("show", "amber", person=library.writer)
    assert "sign in first" in _run("waiting", status=2)
