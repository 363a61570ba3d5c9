"""Entries of a list without numbers, written anew: the same key where surely one, else told."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.core.listings.factories import Office, loaded, make_office
from undaunted.core.access.rules import PUBLIC
from undaunted.core.listings.actions.succeeding import Keys
from undaunted.core.listings.analysis import succession
from undaunted.core.listings.queries import changes_between, entries_of, version_for, versions_of
from undaunted.core.listings.rules import (
    LIMITS,
    Birth,
    Entry,
    Identifier,
    Kind,
    ListChange,
    Name,
    Programme,
    Quality,
    succeeding,
    successors,
)

if TYPE_CHECKING:
    from pathlib import Path

CA = "ca-sema"


def _entry(key: str, name: str, **more: Any) -> Entry:
    held = {"programmes": (Programme("Ruritania"),), **more}
    return Entry(key, held.pop("kind", Kind.PERSON), (Name(name),), **held)


def _place(number: int) -> dict[str, Any]:
    return {"ids": (("SEMA", f"Ruritania, item {number}"),)}


def _sure(before: list[Entry], after: list[Entry]) -> dict[str, str]:
    return dict(succession(before, after).sure)


def _perhaps(before: list[Entry], after: list[Entry]) -> dict[str, list[str]]:
    told = succession(before, after).perhaps
    return {key: [each.key for each in entries] for key, entries in told.items()}


BORN = {"births": (Birth("1971-03-04"),)}


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (_place(1), _place(1)),
        (BORN, BORN),
        ({"identifiers": (Identifier("passport", "X1"),)},) * 2,
        (_place(1) | BORN, _place(1) | {"births": (Birth("1971"),)}),
        (_place(1) | BORN, _place(1) | {"births": (Birth("1970/1972"),)}),
        (_place(1) | BORN, _place(1)),
    ],
)
def test_entry_that_is_spelt_anew_is_the_same_with_an_equal_number_birth_or_paper(
    before: dict[str, Any], after: dict[str, Any]
) -> None:
    gone, come = _entry("a", "Yelena Dmukhailo", **before), _entry("b", "Elena Dmuhailo", **after)
    assert _sure([gone], [come]) == {"b": "a"}
    assert _perhaps([gone], [come]) == {}


def test_name_that_became_an_alias_says_who_it_is() -> None:
    gone = _entry("a", "Karsk Stroy", kind=Kind.BODY)
    names = (Name("Northern Works"), Name("Karsk Stroy", Quality.FORMER))
    come = Entry("b", Kind.BODY, names, programmes=(Programme("Ruritania"),))
    assert _sure([gone], [come]) == {"b": "a"}


@pytest.mark.parametrize(
    ("name", "more"),
    [
        ("Ilya Dresk", _place(1)),
        ("Yelena Dmukhailo", _place(1) | {"births": (Birth("1980-03-04"),)}),
        ("Yelena Dmukhailo", _place(1) | {"programmes": (Programme("Sylvania"),)}),
        ("Yelena Dmukhailo", _place(1) | {"kind": Kind.BODY}),
        ("Yelena Dmukhailo", _place(1) | {"gender": "male"}),
    ],
)
def test_whoever_has_the_place_of_another_is_somebody_else(name: str, more: dict[str, Any]) -> None:
    gone = _entry("a", "Elena Dmuhailo", gender="female", **(_place(1) | BORN))
    assert (_sure([gone], [_entry("b", name, **more)]), _perhaps([gone], [])) == ({}, {})
    assert _perhaps([gone], [_entry("b", name, **more)]) == {}


def test_name_alone_or_two_of_a_name_only_may_be_the_same() -> None:
    gone = _entry("a", "Yelena Dmukhailo", **_place(1))
    assert _perhaps([gone], [_entry("b", "Elena Dmuhailo", **_place(2))]) == {"b": ["a"]}
    assert _perhaps([gone], [_entry("b", "Elena Dmuhailo", programmes=())]) == {"b": ["a"]}
    two = [_entry("b", "Elena Dmuhailo", **_place(1)), _entry("c", "Jelena Dmuhailo", **_place(1))]
    assert (_sure([gone], two), _perhaps([gone], two)) == ({}, {"b": ["a"], "c": ["a"]})
    twins = [gone, _entry("d", "Elena Dmukhaylo", **_place(1))]
    assert (_sure(twins, two[:1]), _perhaps(twins, two[:1])) == ({}, {"b": ["a", "d"]})


def test_name_that_is_none_and_weak_names_are_nobodys() -> None:
    gone = _entry("a", "—", **_place(1))
    assert _sure([gone], [_entry("b", "…", **_place(1))]) == {}
    weak = Entry("c", Kind.PERSON, (Name("Elena Dmuhailo", Quality.WEAK),), **_place(1))
    assert _sure([weak], [_entry("b", "Elena Dmuhailo", **_place(1))]) == {}


def test_list_that_was_replaced_is_not_compared_name_by_name(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(succeeding, "MOST_PAIRS", 1)
    gone = [_entry("a", "One", **_place(1)), _entry("b", "Two")]
    come = [_entry("c", "One", **_place(1)), _entry("d", "Twoo"), _entry("e", "Three")]
    found = successors(gone, come, lambda *_: True)
    assert (dict(found.sure), dict(found.perhaps)) == ({"c": "a"}, {})


def _record(given: str, family: str, item: int, born: str = "") -> str:
    day = f"<DateOfBirth>{born}</DateOfBirth>" if born else ""
    return (
        f"<record><Country>Ruritania</Country><LastName>{family}</LastName>"
        f"<GivenName>{given}</GivenName>{day}<Schedule>1</Schedule><Item>{item}</Item></record>"
    )


REST = [
    _record("Somebody", f"Otherwise{each}", place)
    for place, each in enumerate(("Ost", "West", "Nord", "Sud"), start=90)
]


@pytest.fixture
def office(ledger: None, owner_sql: Any) -> Office:
    return make_office(owner_sql)


def _load(office: Office, folder: Path, *records: str) -> Any:
    file = folder / "ca.xml"
    rows = "".join((*records, *REST))
    file.write_text(f"<data-set>{rows}</data-set>", encoding="utf-8")
    return loaded(office, CA, file)


def _keys() -> dict[str, tuple[str, str]]:
    version = versions_of(PUBLIC, CA).first()
    assert version is not None
    rows = entries_of(PUBLIC, version)
    return {each.name: (each.key, each.entry.file_key) for each in rows}


def test_entry_keeps_its_key_through_spellings_and_nobody_inherits_it(
    office: Office, tmp_path: Path
) -> None:
    _load(office, tmp_path, _record("Yelena", "Dmukhailo", 4))
    (key, given) = _keys()["Yelena Dmukhailo"]
    assert given == ""
    done = _load(office, tmp_path, _record("Elena", "Dmuhailo", 4))
    assert (done.added, done.amended, done.removed) == (0, 1, 0)
    (kept, given) = _keys()["Elena Dmuhailo"]
    assert kept == key != given != ""
    versions = [version_for(PUBLIC, CA, number) for number in (1, 2)]
    (changed,) = changes_between(PUBLIC, *versions)  # type: ignore[arg-type]
    assert (changed.change, changed.fields) == (ListChange.AMENDED, ("names",))
    done = _load(
        office, tmp_path, _record("Elena", "Dmuhailo", 4, "1971"), _record("Yelena", "Dmukhailo", 9)
    )
    assert (done.added, done.amended, done.removed) == (1, 1, 0)
    now = _keys()
    assert now["Elena Dmuhailo"] == (key, given)
    assert now["Yelena Dmukhailo"] == (f"{key}~2", key), "a newcomer has a key of its own"
    assert _load(
        office, tmp_path, _record("Elena", "Dmuhailo", 4, "1971"), _record("Yelena", "Dmukhailo", 9)
    ).unchanged
    _load(office, tmp_path, _record("Jelena", "Dmuhailo", 4, "1971"), _record("Y", "Smirk", 9))
    assert _keys()["Jelena Dmuhailo"][0] == key


def test_old_spelling_that_comes_back_is_the_same_entry(office: Office, tmp_path: Path) -> None:
    _load(office, tmp_path, _record("Yelena", "Dmukhailo", 4))
    (first,) = (held for name, held in _keys().items() if name == "Yelena Dmukhailo")
    _load(office, tmp_path, _record("Elena", "Dmuhailo", 4))
    _load(office, tmp_path, _record("Yelena", "Dmukhailo", 4))
    assert _keys()["Yelena Dmukhailo"] == first


def test_entry_that_only_may_be_another_is_told_and_asked_about_again(
    office: Office, tmp_path: Path
) -> None:
    _load(office, tmp_path, _record("Yelena", "Dmukhailo", 4))
    (key, _given) = _keys()["Yelena Dmukhailo"]
    done = _load(office, tmp_path, _record("Elena", "Dmuhailo", 5))
    assert (done.added, done.removed, done.faults) == (1, 1, 1)
    assert _keys()["Elena Dmuhailo"][0] != key
    version = versions_of(PUBLIC, CA).first()
    assert version is not None
    told = {"row": 1, "field": "name", "rule": "respelt", "value": f"Yelena Dmukhailo ({key})"}
    assert version.faults == [told]
    other_bytes = (_record("Elena", "Dmuhailo", 5), "<!-- the same list in other bytes -->")
    assert _load(office, tmp_path, *other_bytes).unchanged


@pytest.mark.parametrize("serials", [0, 1, 3])
def test_more_faults_than_are_kept_make_no_version_of_the_same_list(
    serials: int, office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Those that tell who may be whom are counted beside the file's own, kept or not."""
    monkeypatch.setitem(LIMITS, "faults_kept", 2)
    bad = tuple(_record("Any", f"One{at}", 60 + at, "22344") for at in range(serials))
    people = ("Yelena", "Oleksandr", "Mykhailo")
    first = (_record(name, f"Dmukhail{at}", at) for at, name in enumerate(people))
    _load(office, tmp_path, *first, *bad)
    again = ("Elena", "Aleksandr", "Mikhailo")
    then = tuple(_record(name, f"Dmuhail{at}", 20 + at) for at, name in enumerate(again))
    done = _load(office, tmp_path, *then, *bad)
    assert (done.added, done.removed, done.faults) == (3, 3, 3 + serials)
    assert _load(office, tmp_path, *then, *bad, "<!-- in other bytes -->").unchanged
    worse = _record("Any", "One9", 69, "99999")
    assert not _load(office, tmp_path, *then, *bad, worse).unchanged


def test_keys_that_moved_are_gathered_once() -> None:
    class Moved(dict[str, str]):
        asked = 0

        def values(self) -> Any:
            self.asked += 1
            return super().values()

    moved = Moved({"new": "old", "newer": "old~2"})
    keys = Keys(CA, moved)
    told = [keys.standing(_entry(key, "One")) for key in ("new", "other", "old")]
    assert [each.key for each in told] == ["old", "other", "old~3"]
    assert moved.asked == 1
