"""Two authorities on installations of their own exchange a notice and a comment, by signed files.

Everything is done by the command, between two databases; only files go from one to the other.
"""

from __future__ import annotations

import json
from contextlib import ExitStack
from typing import TYPE_CHECKING, Any

import pytest

from tests.attacks.exchanging import House, opened_house

if TYPE_CHECKING:
    from pathlib import Path

    from undaunted.config.postgres import Lease

__all__: list[str] = []

pytestmark = pytest.mark.slow

DRAFT = """
ownership = { text = "Morava Shell NV buys 60 % of the shares (invented)" }
value = { text = "310 million crowns (invented)", secret = true, summary = "Hundreds of millions" }
business = { text = "Berths and cranes (invented)" }
states = { text = "Freedonia" }
funding = { text = "A loan of the Treasury Bank (invented)", secret = true }
completion = { text = "In spring" }
"""
STAKES = "owner,owned,share\nSTATE:XR,XZ-SHELL,100%\n"


def _friends(ours: House, theirs: House) -> tuple[str, str]:
    """Let each record the other; a second person compares the keys."""
    ids = []
    for house, other, audience in ((ours, theirs, "organisation:there"),
                                   (theirs, ours, "organisation:here")):  # fmt: skip
        told = {"name": other.name, "audience": audience} | other.told["own"]
        ids.append(house.inside("meet", partners=json.dumps([told]))[other.name])
    return ids[0], ids[1]


def _case(house: House) -> None:
    """Begin a case and submit its notification."""
    (house.files / "draft.toml").write_text(DRAFT)
    (house.files / "stakes.csv").write_text(STAKES)
    ((team,),) = house.sql("SELECT id FROM vault_team")
    title = "Port of Alder Bay (invented)"
    for words in (
        ("begin", "port-2027", title, "--holder", house.holder, "--jurisdiction", "XF"),
        ("team", "port-2027", team), ("draft", "port-2027", "draft.toml"), ("file", "port-2027"),
        ("evidence", "port-2027", "stakes.csv", "--source", "register"),
    ):  # fmt: skip
        house.run("caseworker", "screening", *words)


def _told(said: str) -> dict[str, Any]:
    """Give what a command told as JSON, whatever it said on the other output."""
    told: dict[str, Any] = json.JSONDecoder().raw_decode(said, said.index("{"))[0]
    return told


def _sealed(house: House, item: str, partner: str) -> Path:
    """Propose a package of one item, and let the steward seal and sign it."""
    before = set(house.files.glob("*.age"))
    words = ("--item", item, "--to", partner, "--tlp", "AMBER+STRICT", "--pap", "GREEN")
    told = house.run(
        "caseworker", "share", "propose", house.holder, *words, "--purpose", "assistance"
    )
    house.run("steward", "share", "export", told.split()[0], key=True)
    (file,) = set(house.files.glob("*.age")) - before
    return file


def _taken_in(house: House, file: Path) -> str:
    """Take a package in and accept its item; gives what the steward saw of it."""
    (house.files / "arrived.age").write_bytes(file.read_bytes())
    words = ("share", "import", "arrived.age", "--holder", house.holder)
    house.run("steward", *words, key=True)
    rows = house.sql("SELECT id FROM sharing_arrivalitem")
    looked = house.run("steward", "share", "look", rows[0][0], key=True)
    house.run("steward", "share", "accept", rows[0][0], key=True)
    return looked


def test_a_notice_goes_and_a_comment_comes_back_between_two_databases(
    database_server: Lease,
) -> None:
    assert database_server, "its migrated files are copied"
    with ExitStack() as stack:
        ours, theirs = (
            stack.enter_context(opened_house(name)) for name in ("Freedonia", "Zubrowka")
        )
        to_them, to_us = _friends(ours, theirs)
        _case(ours)
        wrote = ours.run("caseworker", "screening", "exchange", "write", "port-2027", "--stakes")
        file = _sealed(ours, ":".join(wrote.split()[:2]), to_them)
        assert b"crowns" not in file.read_bytes()
        looked = _taken_in(theirs, file)
        assert "target" in looked or "port-2027" in looked
        listed = theirs.run("caseworker", "screening", "exchange", "list")
        (received,) = _told(listed)["received"]
        assert "310 million" not in listed
        assert "XZ-SHELL" in listed
        words = ("screening", "exchange", "comment", received["id"], "A state firm here too")
        said = theirs.run("caseworker", *words, "--author", "Zubrowka", "--kind", "opinion")
        _taken_in(ours, _sealed(theirs, ":".join(said.split()[:2]), to_us))
        shown = ours.run("caseworker", "screening", "show", "port-2027", "--json")
        (comment,) = _told(shown)["comments"]
        assert (comment["author"], comment["kind"]) == ("Zubrowka", "opinion")
        stolen = theirs.files / "again.age"
        stolen.write_bytes(file.read_bytes())
        again = ("share", "import", "again.age", "--holder", theirs.holder)
        theirs.run("steward", *again, key=True, status=2)
