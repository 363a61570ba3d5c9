"""A row that lost the number of its entry, or gained it, is the entry that has its other number."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.core.listings.factories import Office, loaded, make_office, read
from undaunted.core.access.rules import PUBLIC
from undaunted.core.listings.queries import changes_between, entries_of, version_for, versions_of
from undaunted.core.listings.rules import ListChange

if TYPE_CHECKING:
    from pathlib import Path

UN = "un-sc"


def _row(name: str, number: str, row: str, more: str = "") -> str:
    told = f"<REFERENCE_NUMBER>{number}</REFERENCE_NUMBER>" if number else ""
    return (
        f"<INDIVIDUAL><DATAID>{row}</DATAID><FIRST_NAME>{name}</FIRST_NAME>{told}"
        f"<UN_LIST_TYPE>Ruritania</UN_LIST_TYPE>{more}</INDIVIDUAL>"
    )


REST = [_row(f"Otherwise {each}", f"XRi.09{each}", f"9{each}") for each in range(5)]
BORN = "<INDIVIDUAL_DATE_OF_BIRTH><DATE>{}</DATE></INDIVIDUAL_DATE_OF_BIRTH>"


@pytest.fixture
def office(ledger: None, owner_sql: Any) -> Office:
    return make_office(owner_sql)


def _load(office: Office, folder: Path, *rows: str) -> Any:
    file = folder / "un.xml"
    told = "".join((*rows, *REST))
    file.write_text(
        f"<CONSOLIDATED_LIST><INDIVIDUALS>{told}</INDIVIDUALS></CONSOLIDATED_LIST>", "utf-8"
    )
    return loaded(office, UN, file)


def _keys() -> dict[str, str]:
    version = versions_of(PUBLIC, UN).first()
    assert version is not None
    held = {each.name: each.key for each in entries_of(PUBLIC, version)}
    return {name: key for name, key in held.items() if "Otherwise" not in name}


def _counts(done: Any) -> tuple[int, int, int]:
    return done.added, done.amended, done.removed


def test_a_row_that_loses_its_number_and_has_it_again_is_one_entry(
    office: Office, tmp_path: Path
) -> None:
    _load(office, tmp_path, _row("Viktor Strovik", "XRi.001", "1"))
    assert _counts(_load(office, tmp_path, _row("Viktor Strovik", "", "1"))) == (0, 1, 0)
    assert _keys() == {"Viktor Strovik": "XRi.001"}
    first, second = (version_for(PUBLIC, UN, number) for number in (1, 2))
    assert first
    assert second
    (changed,) = changes_between(PUBLIC, first, second)
    assert (changed.change, changed.fields) == (ListChange.AMENDED, ("ids",))
    same = (_row("Viktor Strovik", "", "1"), "<!-- other bytes -->")
    assert _load(office, tmp_path, *same).unchanged
    _load(office, tmp_path, _row("V. Strovik", "", "1"))
    assert _keys() == {"V. Strovik": "XRi.001"}
    assert _counts(_load(office, tmp_path, _row("V. Strovik", "XRi.001", "1"))) == (0, 1, 0)
    assert _keys() == {"V. Strovik": "XRi.001"}


def test_a_row_that_gains_its_number_keeps_its_key(office: Office, tmp_path: Path) -> None:
    _load(office, tmp_path, _row("Viktor Strovik", "", "1"))
    for _time in range(2):
        more = f"<!-- {_time} -->"
        _load(office, tmp_path, _row("Viktor Strovik", "XRi.001", "1"), more)
        assert _keys() == {"Viktor Strovik": "1"}


@pytest.mark.parametrize(
    "row",
    [
        _row("Viktor Strovik", "XRi.001", "1", BORN.format("1980-01-01")),
        _row("Viktor Strovik", "XRi.001", "1").replace("Ruritania", "Borduria"),
        _row("Viktor Strovik", "XRi.001", "").replace("<DATAID></DATAID>", ""),
        _row("Otto Krantz", "XRi.001", "8"),
    ],
)
def test_whoever_stands_under_another_key_is_found_by_the_one_that_came_last(
    office: Office, tmp_path: Path, row: str
) -> None:
    _load(office, tmp_path, _row("Viktor Strovik", "", "1", BORN.format("1961-03-04")))
    _load(office, tmp_path, _row("Viktor Strovik", "XRi.001", "1", BORN.format("1961-03-04")))
    assert _counts(_load(office, tmp_path, row)) == (0, 1, 0)
    assert set(_keys().values()) == {"1"}


def test_two_people_under_one_number_of_the_row_stay_two(office: Office, tmp_path: Path) -> None:
    _load(office, tmp_path, _row("Viktor Strovik", "", "1"))
    _load(office, tmp_path, _row("Viktor Strovik", "XRi.001", "1"))
    both = (_row("Otto Krantz", "", "1"), _row("Viktor Strovik", "XRi.001", "1"))
    for _time in range(2):
        _load(office, tmp_path, *both, f"<!-- {_time} -->")
        assert _keys() == {"Viktor Strovik": "1", "Otto Krantz": "1~2"}
    _load(office, tmp_path, both[0])
    assert _keys() == {"Otto Krantz": "1~2"}


def test_a_row_under_another_key_that_cannot_be_read_is_kept(
    office: Office, tmp_path: Path
) -> None:
    _load(office, tmp_path, _row("Viktor Strovik", "", "1"))
    _load(office, tmp_path, _row("Viktor Strovik", "XRi.001", "1"))
    assert _counts(_load(office, tmp_path, _row("", "XRi.001", "1"))) == (0, 0, 0)
    assert _keys() == {"Viktor Strovik": "1"}
    version = versions_of(PUBLIC, UN).first()
    assert version is not None
    assert version.kept == ["1"]


def test_a_number_of_a_row_that_somebody_else_has_now_joins_nobody(
    office: Office, tmp_path: Path
) -> None:
    _load(office, tmp_path, _row("Viktor Strovik", "XRi.001", "1"))
    assert _counts(_load(office, tmp_path, _row("Otto Krantz", "", "1"))) == (1, 0, 1)
    assert _keys() == {"Otto Krantz": "1"}


@pytest.mark.parametrize(
    "rows",
    [
        (_row("Viktor Strovik", "", "1", BORN.format("1980-01-01")),),
        (_row("Viktor Strovik", "", "2", BORN.format("1961-03-04")),),
        (_row("Viktor Strovik", "", "1"), _row("Viktor Strovik II", "XRi.002", "1")),
        (_row("Viktor Strovik", "XRi.001", "3"), _row("Viktor Strovik II", "", "1")),
    ],
)
def test_whoever_is_born_otherwise_or_shares_the_other_number_is_another_entry(
    office: Office, tmp_path: Path, rows: tuple[str, ...]
) -> None:
    _load(office, tmp_path, _row("Viktor Strovik", "XRi.001", "1", BORN.format("1961-03-04")))
    _load(office, tmp_path, *rows)
    for name, key in _keys().items():
        assert (key == "XRi.001") is (name == "Viktor Strovik" and "XRi.001" in rows[0])


def test_the_number_of_a_row_is_no_number_of_the_council(tmp_path: Path) -> None:
    file = tmp_path / "un.xml"
    file.write_text(f"<CONSOLIDATED_LIST>{_row('One', '', '7')}</CONSOLIDATED_LIST>", "utf-8")
    (entry,) = read(UN, file)[0]
    assert (entry.key, entry.ids) == ("7", (("DATAID", "7"),))
