"""A row that stands in a file and cannot be read: whoever it is, they are not gone."""

from __future__ import annotations

import json
import re
from importlib import import_module
from typing import TYPE_CHECKING, Any

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from tests.core.accounts.terminal import run_at_terminal
from tests.core.listings.factories import (
    FILES,
    Office,
    attested,
    loaded,
    make_office,
    plain_list,
    read,
)
from undaunted.core.access.rules import PUBLIC
from undaunted.core.listings.commands import commands
from undaunted.core.listings.queries import (
    changes_between,
    entries_in_force,
    entry_for,
    missing_from,
    unread_from,
    version_for,
    version_in_force,
)
from undaunted.core.listings.rules import (
    Came,
    ListChange,
    ListRefused,
    Nameless,
    kept_of,
    nameless_of,
    perhaps_unread,
)

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from undaunted.core.listings.models import ListVersion
    from undaunted.core.listings.rules import Loaded

pytestmark = pytest.mark.usefixtures("ledger")

XF = "xf-invented"
FEW = ["One", "Two", "Three", "Four", "Five", "Six", "Seven"]
KEPT = "Its row could not be read in this version: it is kept as it last stood."
PERHAPS = "Perhaps in a row that could not be read"
NOBODY_KNOWS = "nobody knows whose it is"


@pytest.fixture
def office(owner_sql: Any) -> Office:
    return make_office(owner_sql)


def _version(number: int) -> ListVersion:
    held = version_for(PUBLIC, XF, number)
    assert held is not None
    return held


def _standing() -> set[str]:
    return {entry.key for _, entry in entries_in_force(PUBLIC, [XF])}


def _file(path: Path, names: Iterable[str], *rows: str) -> Path:
    """Write a list of names, with rows of other kinds between them."""
    head, *lines = plain_list(path, names).read_text("utf-8").splitlines()
    told = {**json.loads(head), "entries": len(lines) + len(list(filter(None, rows)))}
    path.write_text("\n".join((json.dumps(told), *rows, *lines)) + "\n", encoding="utf-8")
    return path


def _nameless(key: str) -> str:
    return json.dumps({"key": key, "kind": "body", "names": []})


def _load(office: Office, folder: Path, names: Iterable[str], *rows: str, **more: Any) -> Loaded:
    file = _file(folder / f"{len(list(folder.iterdir()))}.jsonl", names, *rows)
    return loaded(office, XF, file, **{"came": Came.FETCHED, **more})


def _told(number: int = 2, before: int = 1) -> dict[str, str]:
    found = changes_between(PUBLIC, _version(before), _version(number))
    return {each.key: each.told for each in found}


BROKEN = '{"key": "Seven", "kind":'
MISSHAPEN = json.dumps({"key": "Seven", "kind": "cloud", "names": []})


@pytest.mark.parametrize("row", [_nameless("Seven"), MISSHAPEN])
@pytest.mark.parametrize("came", [Came.FETCHED, Came.BROUGHT])
def test_entry_whose_row_cannot_be_read_stands_as_it_last_stood(
    row: str, came: Came, office: Office, tmp_path: Path
) -> None:
    _load(office, tmp_path, FEW, came=came)
    done = _load(office, tmp_path, FEW[:-1], row, came=came)
    assert (done.number, done.entries, done.removed, done.lost) == (2, 7, 0, 1)
    assert _version(2).kept == ["Seven"]
    assert (_version(2).nameless, _version(2).settled) == ([], [])
    assert _standing() == set(FEW)
    assert _told() == {}
    assert missing_from(PUBLIC, XF) == {}
    held = entry_for(PUBLIC, XF, "Seven", _version(2))
    assert held is not None
    assert (held.first, held.last) == (1, None)
    assert "0 changes" in run_at_terminal(commands, "diff", XF, person=None)


def test_pages_terminal_and_data_say_that_its_row_could_not_be_read(
    office: Office, tmp_path: Path
) -> None:
    _load(office, tmp_path, FEW)
    _load(office, tmp_path, FEW[:-1], _nameless("Seven"))
    page = Client().get(f"/lists/{XF}/entries/Seven/").content.decode()
    assert KEPT in page
    assert "no longer holds it" not in page
    assert KEPT not in Client().get(f"/lists/{XF}/entries/Six/").content.decode()
    assert KEPT in Client().get(f"/lists/{XF}/versions/2/").content.decode()
    assert KEPT in run_at_terminal(commands, "faults", XF, person=None)
    told = Client().get(f"/api/v1/lists/{XF}/versions/2").json()
    assert (told["kept"], told["unplaced"]) == (["Seven"], 0)
    assert told["faults"][0]["key"] == "Seven"


def test_entry_that_was_kept_goes_when_a_later_file_drops_it_and_speaks_when_it_can_be_read(
    office: Office, tmp_path: Path
) -> None:
    _load(office, tmp_path, FEW)
    _load(office, tmp_path, FEW[:-1], _nameless("Seven"))
    assert _load(office, tmp_path, FEW[1:], _nameless("One")).number == 3
    assert _version(3).kept == ["One"]
    assert _standing() == set(FEW)
    assert _load(office, tmp_path, FEW[1:], "").removed == 1
    assert _standing() == set(FEW[1:])
    assert missing_from(PUBLIC, XF) == {}
    assert unread_from(PUBLIC, XF, 4) == frozenset()
    assert _told(4, 3) == {"One": ListChange.REMOVED}


def test_row_that_nobody_can_place_leaves_unsure_what_is_missing(
    office: Office, tmp_path: Path
) -> None:
    _load(office, tmp_path, FEW)
    assert _load(office, tmp_path, FEW[:-1], BROKEN).removed == 1
    assert _standing() == set(FEW[:-1])
    assert len(_version(2).nameless) == 1
    assert unread_from(PUBLIC, XF, 2) == {"Seven"}
    assert _told() == {"Seven": "unread"}
    assert PERHAPS in run_at_terminal(commands, "diff", XF, person=None)
    page = Client().get(f"/lists/{XF}/entries/Seven/").content.decode()
    assert PERHAPS in page
    assert NOBODY_KNOWS in page
    assert "No longer on the list" not in page
    assert "no longer holds it" not in page
    assert "Dropped by" not in page
    assert NOBODY_KNOWS in Client().get(f"/lists/{XF}/versions/2/").content.decode()
    changes = f"/lists/{XF}/changes/?before=1&after=2"
    assert PERHAPS in Client().get(changes).content.decode()
    asked = f"/api/v1/lists/{XF}/changes?before=1&after=2"
    (change,) = Client().get(asked).json()["changes"]
    assert change["unread"]
    assert Client().get(f"/api/v1/lists/{XF}/versions/2").json()["unplaced"] == 1


def test_it_is_gone_once_a_file_says_so_that_can_all_be_read(
    office: Office, tmp_path: Path
) -> None:
    _load(office, tmp_path, FEW)
    _load(office, tmp_path, FEW[:-1], BROKEN)
    _load(office, tmp_path, [*FEW[:-1], "Eight"], BROKEN)
    assert unread_from(PUBLIC, XF, 3) == {"Seven"}, "the same row may be it still"
    _load(office, tmp_path, [*FEW[:-1], "Eight"])
    assert unread_from(PUBLIC, XF, 4) == frozenset()
    assert _told(4) == {"Eight": ListChange.ADDED, "Seven": ListChange.REMOVED}
    assert _told(3) == {"Eight": ListChange.ADDED, "Seven": ListChange.REMOVED}
    assert "No longer on the list" in Client().get(f"/lists/{XF}/entries/Seven/").text


def test_a_second_word_for_such_a_file_does_not_say_that_anybody_is_gone(
    office: Office, tmp_path: Path
) -> None:
    _load(office, tmp_path, FEW, came=Came.BROUGHT)
    _load(office, tmp_path, FEW[:-1], BROKEN, came=Came.BROUGHT)
    assert missing_from(PUBLIC, XF) == {"Seven": 2}
    attested(office.reviewer, XF)
    assert missing_from(PUBLIC, XF) == {}
    assert unread_from(PUBLIC, XF, 2) == {"Seven"}
    assert PERHAPS in Client().get(f"/lists/{XF}/entries/Seven/").text


def test_row_that_stood_beside_an_entry_is_not_that_entry(office: Office, tmp_path: Path) -> None:
    footer = "written by the office"
    _load(office, tmp_path, FEW, footer)
    assert _load(office, tmp_path, FEW[:-1], footer).lost == 1
    assert unread_from(PUBLIC, XF, 2) == frozenset()
    assert _told() == {"Seven": ListChange.REMOVED}
    _load(office, tmp_path, FEW[:-2], footer, BROKEN)
    assert unread_from(PUBLIC, XF, 3) == {"Six"}


def test_row_with_a_key_that_nobody_has_may_be_anybody(office: Office, tmp_path: Path) -> None:
    _load(office, tmp_path, FEW)
    _load(office, tmp_path, FEW[:-1], _nameless("Sev"))
    assert _version(2).kept == []
    assert unread_from(PUBLIC, XF, 2) == {"Seven"}
    _load(office, tmp_path, FEW[:-2], _nameless("Sev"), _nameless("Six"))
    assert _version(3).kept == ["Six"]
    assert unread_from(PUBLIC, XF, 3) == {"Seven"}


def test_row_that_came_when_nothing_was_missing_is_a_newcomer(
    office: Office, tmp_path: Path
) -> None:
    _load(office, tmp_path, FEW)
    _load(office, tmp_path, FEW, BROKEN)
    assert _version(2).nameless == []
    _load(office, tmp_path, FEW[:-1], BROKEN)
    assert unread_from(PUBLIC, XF, 3) == frozenset()
    assert _told(3) == {"Seven": ListChange.REMOVED}


@pytest.mark.parametrize("came", [Came.FETCHED, Came.BROUGHT])
def test_entry_that_had_gone_and_whose_row_comes_again_unreadable_stands_as_it_last_stood(
    came: Came, office: Office, tmp_path: Path
) -> None:
    _load(office, tmp_path, FEW)
    _load(office, tmp_path, FEW[:-1], came=came)
    done = _load(office, tmp_path, FEW[:-1], _nameless("Seven"), _nameless("Nobody"))
    assert (done.entries, done.added, done.removed, done.lost) == (7, 1, 0, 2)
    assert _version(3).kept == ["Seven"]
    assert missing_from(PUBLIC, XF) == {}
    assert _standing() == set(FEW)
    assert _told(3, 2) == {"Seven": ListChange.ADDED}
    assert _told(3, 1) == {}
    assert KEPT in Client().get(f"/lists/{XF}/entries/Seven/").text
    again = _load(office, tmp_path, FEW[:-1], "", _nameless("Nobody"), _nameless("Seven"))
    assert (again.unchanged, again.number) == (True, 3)
    assert _load(office, tmp_path, FEW[:-1]).removed == 1
    assert _standing() == set(FEW[:-1])


def test_row_nobody_can_place_may_be_whom_one_persons_file_had_dropped_before(
    office: Office, tmp_path: Path
) -> None:
    _load(office, tmp_path, FEW)
    _load(office, tmp_path, FEW[:-1], came=Came.BROUGHT)
    assert missing_from(PUBLIC, XF) == {"Seven": 2}
    _load(office, tmp_path, FEW[:-1], BROKEN)
    assert len(_version(3).nameless) == 1
    assert unread_from(PUBLIC, XF, 3) == {"Seven"}
    assert _told(3) == {"Seven": "unread"}
    _load(office, tmp_path, FEW[:-1])
    assert unread_from(PUBLIC, XF, 4) == frozenset()


def test_lists_of_entries_tell_which_was_kept(office: Office, tmp_path: Path) -> None:
    _load(office, tmp_path, FEW)
    _load(office, tmp_path, FEW[:-1], _nameless("Seven"))
    assert KEPT in Client().get(f"/lists/{XF}/?q=seven").text
    assert KEPT not in Client().get(f"/lists/{XF}/?q=six").text
    assert KEPT not in Client().get(f"/lists/{XF}/?q=seven&version=1").text
    api = f"/api/v1/lists/{XF}"
    told = Client().get(f"{api}/entries").json()["entries"]
    assert {each["key"] for each in told if each["kept"]} == {"Seven"}
    assert [each["kept"] for each in Client().get(f"{api}/entry?key=Seven").json()] == [True]
    (before,) = Client().get(f"{api}/entry?key=Seven&version=1").json()
    assert before["kept"] is False
    assert KEPT in run_at_terminal(commands, "entries", XF, "seven", person=None)
    assert KEPT not in run_at_terminal(commands, "entries", XF, "six", person=None)
    told = json.loads(run_at_terminal(commands, "entry", XF, "Seven", person=None))
    assert [each["kept"] for each in told] == [True]


def test_the_same_list_with_another_row_that_cannot_be_read_is_a_version(
    office: Office, tmp_path: Path
) -> None:
    _load(office, tmp_path, FEW)
    _load(office, tmp_path, FEW[:-1], _nameless("Seven"))
    assert _load(office, tmp_path, FEW[:-1], "", _nameless("Seven"), "").unchanged
    assert not _load(office, tmp_path, FEW[:-1], BROKEN).unchanged


def test_versions_loaded_before_tell_of_nobody_that_they_are_gone_until_one_is_read(
    office: Office, owner_sql: Any, tmp_path: Path
) -> None:
    footer = "written by the office"
    _load(office, tmp_path, FEW, footer)
    _load(office, tmp_path, FEW[:-1], footer)
    earlier = import_module("undaunted.core.listings.migrations.0006_unread").EARLIER
    owner_sql("UPDATE published_list_version SET settled = NULL")
    owner_sql(earlier)
    assert unread_from(PUBLIC, XF, 2) == {"Seven"}
    _load(office, tmp_path, [*FEW[:-1], "Eight"], footer)
    assert (_version(3).nameless, len(_version(3).settled or [])) == ([], 1)
    assert unread_from(PUBLIC, XF, 3) == frozenset()


def test_entry_of_a_real_format_is_kept_where_its_row_names_it(
    office: Office, tmp_path: Path
) -> None:
    text = (FILES / "un.xml").read_text("utf-8")
    loaded(office, "un-sc", FILES / "un.xml", came=Came.FETCHED)
    bare = re.sub(r"<(FIRST_NAME|SECOND_NAME|ALIAS_NAME|NAME_ORIGINAL_SCRIPT)>[^<]{1,99}</\1>",
                  "", text.partition("</INDIVIDUAL>")[0])  # fmt: skip
    file = tmp_path / "un.xml"
    file.write_text(bare + text[text.index("</INDIVIDUAL>") :], encoding="utf-8")
    done = loaded(office, "un-sc", file, came=Came.FETCHED, confirmed=True)
    assert (done.removed, done.entries) == (0, 2)
    version = version_in_force(PUBLIC, "un-sc")
    assert version is not None
    assert version.kept == ["XRi.001"]


SHEETS = [
    ("uk-ofsi", "uk_ofsi.csv"),
    ("uk-fcdo", "uk_fcdo.csv"),
    ("au-dfat", "australia.csv"),
    ("cn-counter", "china.csv"),
]


@pytest.mark.parametrize(("source", "file"), SHEETS)
def test_row_of_another_width_is_one_that_nobody_can_place(
    source: str, file: str, tmp_path: Path
) -> None:
    more = tmp_path / file
    more.write_text((FILES / file).read_text("utf-8").rstrip("\n") + "\nTotal: 1\n", "utf-8")
    _, before = read(source, FILES / file)
    _, told = read(source, more)
    assert len(told.nameless) == len(before.nameless) + 1
    assert told.unread == before.unread
    again = tmp_path / "again.csv"
    again.write_text(more.read_text("utf-8"), "utf-8")
    assert read(source, again)[1].nameless == told.nameless


def test_american_rows_name_their_entry_by_their_number(tmp_path: Path) -> None:
    for each in (FILES / "ofac").iterdir():
        (tmp_path / each.name).write_bytes(each.read_bytes())
    sdn = (tmp_path / "sdn.csv").read_text("utf-8")
    number = sdn.partition(",")[0]
    (tmp_path / "sdn.csv").write_text(sdn.replace("\n", ",more\n", 1), "utf-8", newline="")
    _, told = read("us-ofac-sdn", tmp_path)
    assert number in told.unread
    assert told.nameless == read("us-ofac-sdn", FILES / "ofac")[1].nameless


def test_key_that_stands_twice_keeps_whichever_of_them_is_missing() -> None:
    assert kept_of(["A", "B", "A#2", "C#2"], {"A"}) == {"A", "A#2"}
    assert kept_of(["A"], set()) == frozenset()


@given(rows=st.lists(st.sampled_from("abc"), max_size=6), gone=st.booleans())
def test_a_first_version_leaves_nothing_in_doubt(rows: list[str], *, gone: bool) -> None:
    found = nameless_of(rows, Nameless(), gone=False)
    assert (found.doubtful, len(found.settled)) == ((), len(rows))
    later = nameless_of([*rows, "d"], found, gone=gone)
    assert later.doubtful == (("d",) if gone else ())
    still = nameless_of([*rows, "d"], later, gone=False)
    assert still.doubtful == later.doubtful


def test_equal_rows_are_counted_and_an_earlier_version_settles_as_many_as_it_lost() -> None:
    settled = nameless_of(["a"], Nameless(), gone=False)
    assert len(nameless_of(["a", "a"], settled, gone=True).doubtful) == 1
    assert nameless_of(["a", "b"], None, gone=True, told_before=1).doubtful == ("b",)
    assert nameless_of(["a"], None, gone=True, told_before=1).doubtful == ()


def test_what_went_is_unsure_until_a_version_without_such_rows_lacks_it() -> None:
    assert not perhaps_unread((), (), 2)
    assert perhaps_unread((2,), (1,), 2)
    assert perhaps_unread((3,), (1,), 2)
    assert not perhaps_unread((2,), (3,), 2)
    assert perhaps_unread((2,), (5,), 2, 4)
    assert not perhaps_unread((1,), (), 2)


def test_ukrainian_list_names_the_workbook_that_is_read(tmp_path: Path) -> None:
    file = tmp_path / "list.xlsx"
    file.write_bytes(b"no workbook")
    with pytest.raises(ListRefused, match="save the list as XLSX") as refused:
        read("ua-nsdc", file)
    assert "ODS" not in str(refused.value)
