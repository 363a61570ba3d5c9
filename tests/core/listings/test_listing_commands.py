"""Lists at the terminal: checked, loaded, compared, read, fetched and taken back."""

from __future__ import annotations

import gzip
import json
from typing import TYPE_CHECKING, Any

import pytest

from tests.core.accounts.terminal import run_at_terminal
from tests.core.listings.factories import FILES, Office, make_office, plain_list
from undaunted.core.listings.commands import commands

if TYPE_CHECKING:
    from pathlib import Path

    from undaunted.core.accounts.models import User

XF = "xf-invented"


def _run(*words: object, person: User | None = None, status: int = 0) -> str:
    return run_at_terminal(commands, *words, person=person, status=status)


@pytest.fixture
def office(owner_sql: Any) -> Office:
    return make_office(owner_sql)


def test_file_is_checked_without_a_database(tmp_path: Path) -> None:
    assert "un-sc" in _run("sources")
    assert json.loads(_run("sources", "--json"))[0]["code"] == "us-ofac-sdn"
    told = _run("check", "ca-sema", FILES / "canada.xml")
    assert "row 1, birth: A number of a spreadsheet is read as a day." in told
    assert "4 entries, 4 faults, 1 row without an entry." in told
    one = plain_list(tmp_path / "one.jsonl", ["A"])
    assert "1 entry, 1 fault, 0 rows without an entry." in _run("check", XF, one)
    many = tmp_path / "ca.xml"
    text = (FILES / "canada.xml").read_text("utf-8")
    many.write_text(text.replace("</data-set>", "<record/>" * 30 + "</data-set>"), encoding="utf-8")
    assert "… and 14 more." in _run("check", "ca-sema", many)
    many.write_text(text[:-30], encoding="utf-8")
    assert "is cut or no XML" in _run("check", "ca-sema", many, status=2)
    assert "no list has this code" in _run("check", "nowhere", many, status=2)


def test_list_is_loaded_compared_and_taken_back(
    ledger: object, office: Office, tmp_path: Path
) -> None:
    first = plain_list(tmp_path / "a.jsonl", map(str, range(100, 109)))
    assert "sign in first" in _run("load", XF, first, status=2)
    told = _run("load", XF, first, person=office.writer)
    assert "version 1 is in force with 9 entries: 9 added, 0 amended, 0 removed" in told
    assert "nothing to do" in _run("load", XF, first, person=office.writer)
    packed = tmp_path / "a.jsonl.gz"
    packed.write_bytes(gzip.compress(first.read_bytes()))
    assert "nothing to do" in _run("load", XF, packed, person=office.writer)
    assert "there is no version before it" in _run("diff", XF, status=2)
    small = plain_list(tmp_path / "b.jsonl", ["100", "200"])
    assert "--confirm" in _run("load", XF, small, person=office.writer, status=2)
    assert "7 changes" not in _run("versions", XF)
    _run("load", XF, small, "--confirm", person=office.writer)
    told = _run("diff", XF)
    assert "added    200" in told
    assert "9 changes from version 1 to 2." in told
    assert json.loads(_run("diff", XF, 1, 2, "--json"))[0]["change"] == "added"
    assert "name the earlier version first" in _run("diff", XF, 2, 1, status=2)
    assert "neither version 7 nor version 9 is there" in _run("diff", XF, 7, 9, status=2)
    assert "version 9 is not there" in _run("diff", XF, 1, 9, status=2)
    assert "version 7 is not there" in _run("diff", XF, 7, 2, status=2)
    assert [each["number"] for each in json.loads(_run("versions", XF, "--json"))] == [2, 1]
    assert "lists are loaded by" in _run("withdraw", XF, 2, person=office.writer, status=2)
    assert "withdrawn  xf-invented 2" in _run("withdraw", XF, 2, person=office.reviewer)
    assert "withdrawn" in _run("versions", XF)
    assert "9 of 9 entries of version 1." in _run("entries", XF)


def test_whoever_loads_a_file_that_tells_no_day_may_give_one(
    ledger: object, office: Office, tmp_path: Path
) -> None:
    sdn, ofac = FILES / "ofac" / "sdn.csv", "us-ofac-sdn"
    assert "in the background" in _run("load", ofac, sdn, person=office.writer)
    told = _run("load", ofac, sdn, "--dated", "2026-05-03", person=office.writer)
    assert "version 2 is in force" in told
    held = json.loads(_run("versions", ofac, "--json"))[0]
    assert (held["published"], held["came"]) == ("2026-05-03", "dated")
    again = _run("load", ofac, sdn, "--dated", "2026-05-03", person=office.writer)
    assert "nothing to do" in again
    for day, why in (("2999-01-01", "is no day of a list"), ("1980-01-01", "is no day of a list"),
                     ("2026-02-30", "is no day; write it as")):  # fmt: skip
        assert why in _run("load", ofac, sdn, "--dated", day, person=office.writer, status=2)
    own = plain_list(tmp_path / "own.jsonl", ["100"])
    told = _run("load", XF, own, "--dated", "2026-05-03", person=office.writer, status=2)
    assert "says itself that it is of 2026-05-01; leave the day out" in told
    older = FILES / "ofac" / "sdn.csv"
    told = _run("load", ofac, older, "--dated", "2026-04-01", person=office.writer, status=2)
    assert "it is of 2026-04-01, the version in force of 2026-05-03" in told


def test_entries_are_read_by_everybody(ledger: object, office: Office) -> None:
    _run("load", "ca-sema", FILES / "canada.xml", person=office.writer)
    told = _run("entries", "ca-sema", "стровик", "--kind", "person")
    assert "Viktor Strovik" in told
    assert "alike 0.69: Viktor Strovik\n2 of 2 entries of version 1." in told, "a namesake"
    held, namesake = json.loads(_run("entries", "ca-sema", "стровик", "--json"))
    assert (held["alike"], namesake["key"]) == (None, f"{held['key']}#2")
    assert json.loads(_run("entry", "ca-sema", held["key"]))[0]["names"] == held["names"]
    assert "ca-sema has no such entry" in _run("entry", "ca-sema", "nobody", status=2)
    assert "any version is not there" in _run("entries", "un-sc", status=2)
    assert "4 faults, 1 row without an entry." in _run("faults", "ca-sema")
    assert json.loads(_run("faults", "ca-sema", "--version", 1, "--json"))[0]["row"] == 1
    assert "not loaded" in _run("list")
    held = {each["code"]: each["version"] for each in json.loads(_run("list", "--json"))}
    assert held["ca-sema"]["entries"] == 4


def test_lists_are_fetched_only_where_the_operator_named_them(
    ledger: object, office: Office, tmp_path: Path, settings: Any
) -> None:
    told = _run("refresh", person=office.writer, status=2)
    assert "UNDAUNTED_LISTS names no file of addresses" in told
    settings.LISTS_FILE = tmp_path / "lists.toml"
    settings.LISTS_FILE.write_text(
        'as = "stella"\n[[lists]]\nsource = "un-sc"\naddress = "http://127.0.0.1:9/un.xml"\n',
        encoding="utf-8",
    )
    told = _run("refresh", "ca-sema", person=office.writer, status=2)
    assert "ca-sema: UNDAUNTED_LISTS names no address of it" in told
    told = _run("refresh", person=office.writer, status=2)
    assert "un-sc stays as it was: http://127.0.0.1:9/un.xml: does not answer" in told
