"""One list searched as the matrix is: in any script and spelling, and said where it is not."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from django.test import Client

from tests.core.accounts.terminal import run_at_terminal
from tests.core.listings.factories import Office, loaded, make_office
from undaunted.core.access.rules import PUBLIC
from undaunted.core.listings.analysis import entries_sought
from undaunted.core.listings.commands import commands
from undaunted.core.listings.queries import version_in_force
from undaunted.core.listings.rules import Alikes, Likeness, alike_entries, following

if TYPE_CHECKING:
    from pathlib import Path

XF, API, PAGE = "xf-invented", "/api/v1/lists/xf-invented/entries", "/lists/xf-invented/"
CYRILLIC, ARABIC = "Кадыров", "قديروف"
NAMES = {
    "F-1": ("Herman Kadyrow", "Герман Кадыров"),
    "F-2": ("Ramzan Kadyrov",),
    "F-3": ("Ludmila Varga",),
}
LETTERS_ALONE = "searched by their letters alone"


def _list(tmp_path: Path, names: dict[str, tuple[str, ...]], day: str) -> Path:
    rows = [
        {"key": key, "kind": "person", "names": [{"text": one, "quality": "alias"} for one in told]}
        for key, told in names.items()
    ]
    path = tmp_path / f"{day}.jsonl"
    lines = [{"published": day, "entries": len(rows)}, *rows]
    path.write_text("\n".join(map(json.dumps, lines)) + "\n", encoding="utf-8")
    return path


@pytest.fixture(autouse=True)
def _office(ledger: object, owner_sql: Any, tmp_path: Path) -> Office:
    held = make_office(owner_sql)
    before = {**NAMES, "F-4": ("Ramsan Kadirow",)}
    loaded(held, XF, _list(tmp_path, before, "2026-05-01"))
    loaded(held, XF, _list(tmp_path, NAMES, "2026-05-02"))
    return held


def _page(asked: str) -> str:
    answer = Client().get(f"{PAGE}?{asked}")
    assert answer.status_code == 200
    return answer.content.decode()


def _json(asked: str) -> Any:
    answer = Client().get(f"{API}?{asked}")
    assert answer.status_code == 200, answer.content.decode()
    return answer.json()


def _run(*words: str) -> str:
    return run_at_terminal(commands, *words, person=None)


@pytest.mark.parametrize("asked", [ARABIC, "Kadirov", "Qadirov"])
def test_another_script_or_spelling_finds_whom_a_list_names(asked: str) -> None:
    page = _page(f"q={asked}")
    assert "Ramzan Kadyrov" in page
    assert "alike" in page
    assert "Varga" not in page
    assert LETTERS_ALONE not in page
    told = _json(f"q={asked}")
    assert (told["lettered"], told["letters_alone"], told["more"]) == (0, False, 0)
    assert {each["key"] for each in told["entries"]} == {"F-1", "F-2"}
    assert all(each["alike"]["likeness"] > 0.6 for each in told["entries"])
    assert "Ramzan Kadyrov    a" in _run("entries", XF, asked)


def test_entries_with_these_letters_come_first_and_are_told_apart() -> None:
    told = _json(f"q={CYRILLIC}")
    assert (told["count"], told["lettered"]) == (2, 1)
    assert [(each["key"], each["alike"] is None) for each in told["entries"]] == [
        ("F-1", True),
        ("F-2", False),
    ]
    assert told["entries"][1]["alike"]["name"] == "Ramzan Kadyrov"
    rest = _json(f"q={CYRILLIC}&start=1")
    assert [each["key"] for each in rest["entries"]] == ["F-2"]
    table = _page(f"q={CYRILLIC}").partition("<tbody>")[2].partition("</tbody>")[0]
    rows = table.split("<tr>")[1:]
    assert ["alike" in row for row in rows] == [False, True]
    assert ["Ramzan" in row for row in rows] == [False, True]
    lines = _run("entries", XF, CYRILLIC).splitlines()
    assert [line[:3] for line in lines[:2]] == ["F-1", "F-2"]
    assert ["alike" in line for line in lines[:2]] == [False, True]
    assert lines[2] == "2 of 2 entries of version 2."
    held = json.loads(_run("entries", XF, CYRILLIC, "--json"))
    assert [each["alike"] is None for each in held] == [True, False]


def test_what_else_narrows_a_list_narrows_the_alike_too() -> None:
    assert _json("q=Kadirov&kind=ship")["count"] == 0
    assert _json("q=Kadirov&programme=none")["count"] == 0
    assert _json("q=")["count"] == _json("")["count"] == 3
    assert all(each["alike"] is None for each in _json("")["entries"])


def test_of_an_older_version_it_is_said_that_letters_alone_were_searched() -> None:
    """Anybody may ask for any version, and an index of each takes the place of those in use."""
    page = _page("q=Kadirov&version=1")
    assert LETTERS_ALONE in page
    assert "may be listed all the same" in page
    assert _json("q=Kadirov&version=1")["letters_alone"] is True
    assert _json("version=1")["letters_alone"] is False
    assert "Searched by letters alone" in _run("entries", XF, "Kadirov", "--version", "1")
    assert LETTERS_ALONE not in _page("version=1")


@pytest.mark.parametrize("asked", ["ကဒီရော့", "x", "."])
def test_words_that_nobody_can_compare_are_said_to_be_searched_by_letters(asked: str) -> None:
    assert _json(f"q={asked}")["letters_alone"] is (asked != ".")
    assert (LETTERS_ALONE in _page(f"q={asked}")) is (asked != ".")


def test_who_is_not_found_may_be_listed_all_the_same() -> None:
    page = _page("q=Nemotakovsky")
    assert "Nothing is known that matches" in page
    assert "may be listed all the same" in page


def test_as_many_as_are_not_shown_are_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    class Full:
        """Tells one, and two more that are as like, of which one has these very letters."""

        def alike(self, *_asked: object) -> Alikes:
            found = {"F-2": Likeness(0.9, "Ramzan Kadyrov")}
            return Alikes(found, frozenset({"F-3", "F-1"}))

        def compared(self, *_asked: object) -> dict[str, Any]:
            return {}

    monkeypatch.setattr(following, "_FOLLOWERS", {"full": Full()})
    assert _json("q=Kadyrow")["more"] == 1
    assert "1 more party is as like" in _page("q=Kadyrow")
    assert "As like and not shown: 1." in _run("entries", XF, "Kadyrow")


def test_where_nobody_compares_names_letters_alone_are_searched(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(following, "_FOLLOWERS", {})
    assert alike_entries(PUBLIC, XF, "Kadirov") is None
    version = version_in_force(PUBLIC, XF)
    assert version is not None
    found = entries_sought(PUBLIC, version, words="Kadirov")
    assert (len(found), found.letters_alone) == (0, True)
    assert entries_sought(PUBLIC, version, words="Varga")[0][0].key == "F-3"
