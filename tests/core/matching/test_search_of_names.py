"""Entries found by a name in any script and spelling: an index of each version, made once."""

from __future__ import annotations

from collections import OrderedDict
from typing import TYPE_CHECKING, Any

import pytest

from tests.core.matching.factories import XF, XZ, Office, listed, make_office, person
from undaunted.core.access.rules import PUBLIC
from undaunted.core.matching.analysis import likely_entries, make_ready, searching
from undaunted.engines.names import Entry as Sought
from undaunted.engines.names import Kind, Looked

if TYPE_CHECKING:
    from pathlib import Path

CYRILLIC = "Людмила Варга"  # noqa: RUF001 - the name is written so

pytestmark = pytest.mark.usefixtures("ledger")


@pytest.fixture
def office(owner_sql: Any, tmp_path: Path) -> Office:
    held = make_office(owner_sql)
    rows = [person("F-2", "Ludmila Varga", CYRILLIC), person("F-3", "Samir al-Zubri"),
            {**person("F-9", "Karsk Stroy LLC"), "kind": "body"}]  # fmt: skip
    listed(held, XF, tmp_path, rows)
    listed(held, XZ, tmp_path, [person("F-2", "Viktor Strovik")])
    return held


@pytest.mark.parametrize(
    ("asked", "key"),
    [("Warga", "F-2"), ("Lyudmila Varga", "F-2"), (CYRILLIC.lower(), "F-2"), ("Zubry", "F-3"),
     ("Karsk Stroi", "F-9"), ("F-9", "F-9"), ("xf-invented:f-3", "F-3")],
)  # fmt: skip
def test_other_spellings_scripts_and_the_key_itself_find_an_entry(
    office: Office, asked: str, key: str
) -> None:
    found = likely_entries(PUBLIC, asked)
    assert (XF, key) in found
    assert found[XF, key].score > 0.5


def test_a_key_is_of_every_list_that_has_it_and_a_list_may_be_left_out(office: Office) -> None:
    assert set(likely_entries(PUBLIC, "F-2")) == {(XF, "F-2"), (XZ, "F-2")}
    assert set(likely_entries(PUBLIC, "F-2", sources=[XZ])) == {(XZ, "F-2")}
    assert set(likely_entries(PUBLIC, f"{XF}:F-2")) == {(XF, "F-2")}
    assert likely_entries(PUBLIC, " ") == {}
    assert likely_entries(PUBLIC, "w " * 5_000) == {}


def _counted(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Have the sizes of indices written down as they are made."""
    made: list[int] = []
    build = vars(searching)["build_index"]

    def counting(names: Any) -> Any:
        index = build(names)
        made.append(len(index))
        return index

    monkeypatch.setattr(searching, "build_index", counting)
    return made


def test_the_index_of_a_version_is_made_once_and_old_ones_go(
    office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = _counted(monkeypatch)
    assert make_ready(PUBLIC) == 5
    assert made == [3, 1, 7, 3, 1, 2]
    likely_entries(PUBLIC, "Varga")
    assert len(made) == 6
    listed(office, XZ, tmp_path, [person("Z-1", "Lyudmila Varha")])
    assert (XZ, "Z-1") in likely_entries(PUBLIC, CYRILLIC.split(maxsplit=1)[0])
    assert len(made) == 8, "the list that changed is made ready, the other is kept"
    monkeypatch.setattr(searching, "ROOM", 1)
    likely_entries(PUBLIC, "Varga")
    likely_entries(PUBLIC, "Varga")
    assert len(made) > 10, "without room nothing is kept but the last"


def test_whole_names_of_people_are_searched_in_their_own_index_alone(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Somebody of a dossier waits for no word of a company's name, nor for words at all."""
    monkeypatch.setattr(searching, "_KEPT", OrderedDict())
    made = _counted(monkeypatch)
    for asked in ("Warga", "Lyudmila Warga", "Lyudmila Warga"):
        found = likely_entries(PUBLIC, asked, kinds=(Kind.PERSON,), parts=False)
        assert not any(each.part for each in found.values())
    assert (XF, "F-2") in found
    assert len(made) == 2, "the people of two lists, once"
    assert likely_entries(PUBLIC, "Warga", kinds=(Kind.PERSON,))[XF, "F-2"].part
    assert len(made) == 4, "their words are made when parts are searched"


def test_a_part_is_told_as_a_part_and_a_whole_name_comes_before_it(office: Office) -> None:
    part = likely_entries(PUBLIC, "Warga")[XF, "F-2"]
    assert (part.part, part.name) == (True, "Ludmila Varga")
    whole = likely_entries(PUBLIC, "Lyudmila Warga")[XF, "F-2"]
    assert whole.part is False
    assert (XF, "F-2") not in likely_entries(PUBLIC, "Warga Somebody")


class _Growing:
    """Names that make others ready while they are counted, as another thread does."""

    def __init__(self, held: dict[Any, Any]) -> None:
        self._held = held
        self.index = self

    def __len__(self) -> int:
        self._held[len(self._held)] = self
        return 1


def test_lists_are_counted_while_others_are_made_ready() -> None:
    """A request that made room while another thread made an index ready ended in an error."""
    for held in ("_words", "_indices"):
        ready = vars(searching)["_Ready"]()
        kept = getattr(ready, held)
        kept["first"] = kept["second"] = _Growing(kept)
        assert len(ready) == 2, held
        assert len(kept) == 4


def test_whole_names_of_common_words_are_told_where_no_parts_are_searched(
    office: Office, tmp_path: Path
) -> None:
    """Nobody of a dossier is told as not alike to anybody, where many bear the same words."""
    signs = "bdfgklmnprst"
    many = [f"Muhammad Ali Vel{one}{two}ant" for one in signs for two in signs]
    many.append("Mohamud Alia")  # less like than what is told
    listed(office, XZ, tmp_path, [person(f"Z-{at}", name) for at, name in enumerate(many)])
    found = likely_entries(PUBLIC, "Muhammad Ali", kinds=(Kind.PERSON,), parts=False)
    assert len(found) == 100, "the likest of the list"
    assert {source for source, _ in found} == {XZ}
    assert not any(each.part for each in found.values())
    assert found.beyond == {(XZ, f"Z-{at}") for at in range(144)} - found.keys()


def test_names_passed_over_for_common_words_are_not_more_than_is_shown(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Who bears such words is found by them; beyond the most are those that reach the rest."""
    passed = (Sought("Ludmila Varga", row=1), Sought("Karsk Stroy LLC", row=0))
    looked = Looked((), common=1, more=1, passed=passed)
    monkeypatch.setattr(searching, "look", lambda *_asked, **_more: looked)
    assert likely_entries(PUBLIC, "Ludmila", sources=[XF]).beyond == {(XF, "F-9")}
