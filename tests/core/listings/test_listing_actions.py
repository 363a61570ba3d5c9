"""Versions loaded whole or not at all, compared, doubted, fetched and withdrawn."""

from __future__ import annotations

import json
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.db import connection
from django.db.utils import DatabaseError

from tests.core.listings.factories import AT, FILES, Office, loaded, make_office, plain_list
from undaunted.core.access.rules import PUBLIC, Forbidden
from undaunted.core.accounts.actions import acting_as
from undaunted.core.listings.actions import (
    ListDoubted,
    VersionRefused,
    load_invented_lists,
    load_list,
    loading,
    withdraw_version,
)
from undaunted.core.listings.actions.vouching import begin
from undaunted.core.listings.queries import (
    changes_between,
    entries_in_force,
    entries_of,
    entry_for,
    history_of,
    lists_standing,
    version_for,
    version_in_force,
    versions_of,
)
from undaunted.core.listings.readers import read_list
from undaunted.core.listings.rules import Doubt, Kind, ListChange, ListRefused, Loaded, UnknownList

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from undaunted.core.listings.models import ListVersion
    from undaunted.core.listings.rules import Entry

pytestmark = pytest.mark.usefixtures("ledger")

XF = "xf-invented"


@pytest.fixture
def office(owner_sql: Any) -> Office:
    return make_office(owner_sql)


def _version(source: str = XF, number: int | None = None) -> ListVersion:
    held = version_for(PUBLIC, source, number) if number else version_in_force(PUBLIC, source)
    assert held is not None
    return held


def _names(source: str = XF, number: int | None = None) -> list[str]:
    rows = entries_of(PUBLIC, _version(source, number))
    return [each.name for each in rows]


def test_first_version_is_in_force_with_day_digest_and_count(
    office: Office, tmp_path: Path, owner_sql: Any
) -> None:
    done = loaded(office, XF, plain_list(tmp_path / "a.jsonl", ["One", "Two"]))
    assert done == Loaded(XF, 1, 2, 2, 0, 0, 0, 0)
    held = _version()
    assert (held.published, held.entries, held.came) == ("2026-05-01", 2, "brought")
    assert len(held.digest) == 64
    assert held.loaded_at == AT
    assert _names() == ["One", "Two"]
    audit = owner_sql("SELECT verb FROM audit_entry WHERE subject_kind = 'list_version'")
    assert audit == [("list.loaded",)]


def test_later_version_costs_what_changed_and_earlier_ones_stay_readable(
    office: Office, tmp_path: Path, owner_sql: Any
) -> None:
    names = [f"Name {number}" for number in range(10)]
    loaded(office, XF, plain_list(tmp_path / "a.jsonl", names))
    done = loaded(office, XF, plain_list(tmp_path / "b.jsonl", [*names[1:], "New"]))
    assert (done.number, done.added, done.amended, done.removed) == (2, 1, 0, 1)
    assert owner_sql("SELECT count(*) FROM published_list_entry") == [(11,)]
    assert "Name 0" in _names(number=1)
    assert "New" not in _names(number=1)
    assert "Name 0" not in _names()
    found = changes_between(PUBLIC, _version(number=1), _version())
    assert [(each.change, each.name) for each in found] == [
        (ListChange.ADDED, "New"),
        (ListChange.REMOVED, "Name 0"),
    ]


def test_amended_entry_keeps_every_form(office: Office, tmp_path: Path) -> None:
    loaded(office, XF, plain_list(tmp_path / "a.jsonl", ["One", "Two"]))
    loaded(office, XF, plain_list(tmp_path / "b.jsonl", ["One", "Two"], reasons="Other."))
    first, second = history_of(PUBLIC, XF, "One")
    assert (first.first, first.last, second.first, second.last) == (1, 2, 2, None)
    found = [(e.change, e.fields) for e in changes_between(PUBLIC, _version(number=1), _version())]
    assert found == [(ListChange.AMENDED, ("reasons",))] * 2
    assert entry_for(PUBLIC, XF, "One", _version(number=1)) == first
    assert entry_for(PUBLIC, XF, "Nobody", _version()) is None


def test_entry_that_left_and_came_back_did_not_change_between(
    office: Office, tmp_path: Path
) -> None:
    for name, names in (
        ("a", ["One", "Two", "Three"]), ("b", ["One", "Three"]), ("c", ["One", "Two", "Three"]),
    ):  # fmt: skip
        loaded(office, XF, plain_list(tmp_path / f"{name}.jsonl", names))
    assert changes_between(PUBLIC, _version(number=1), _version(number=3)) == ()
    assert len(history_of(PUBLIC, XF, "Two")) == 2


def test_same_file_again_changes_nothing(office: Office, tmp_path: Path, owner_sql: Any) -> None:
    file = plain_list(tmp_path / "a.jsonl", ["One", "Two"])
    loaded(office, XF, file)
    again = loaded(office, XF, file, at=AT + timedelta(days=1))
    assert again.unchanged
    assert (again.number, again.entries) == (1, 2)
    assert owner_sql("SELECT count(*) FROM published_list_version") == [(1,)]
    assert owner_sql("SELECT count(*) FROM audit_entry WHERE verb = 'list.loaded'") == [(1,)]


def test_same_entries_in_another_order_are_no_amendments(office: Office, tmp_path: Path) -> None:
    loaded(office, XF, plain_list(tmp_path / "a.jsonl", ["One", "Two"]))
    done = loaded(office, XF, plain_list(tmp_path / "b.jsonl", ["Two", "One"]))
    assert (done.added, done.amended, done.removed) == (0, 0, 0)


def test_cut_file_leaves_the_version_before_in_force_and_nothing_half_written(
    office: Office, tmp_path: Path, owner_sql: Any
) -> None:
    loaded(office, "un-sc", FILES / "un.xml")
    cut = tmp_path / "un.xml"
    text = (FILES / "un.xml").read_text("utf-8").replace("STROVIK</SECOND", "OTHER</SECOND")
    cut.write_text(text[:-200], encoding="utf-8")
    with pytest.raises(ListRefused, match="is cut"):
        loaded(office, "un-sc", cut)
    assert owner_sql("SELECT number, whole FROM published_list_version") == [(1, True)]
    assert owner_sql("SELECT count(*) FROM published_list_entry") == [(2,)]
    assert "VIKTOR STROVIK" in _names("un-sc")


def test_file_that_changes_while_it_is_read_is_refused(
    office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = plain_list(tmp_path / "a.jsonl", ["One", "Two"])

    def read_and_touch(*asked: Any) -> Iterator[Entry]:
        yield from read_list(*asked)
        file.write_bytes(file.read_bytes() + b" ")

    monkeypatch.setattr(loading, "read_list", read_and_touch)
    with pytest.raises(ListRefused, match="was changed while it was read"):
        loaded(office, XF, file)
    assert version_in_force(PUBLIC, XF) is None


def test_list_half_its_former_size_is_refused_without_a_word(
    office: Office, tmp_path: Path
) -> None:
    loaded(office, XF, plain_list(tmp_path / "a.jsonl", map(str, range(100, 109))))
    small = plain_list(tmp_path / "b.jsonl", map(str, range(100, 104)))
    with pytest.raises(ListDoubted, match="4 entries where 9 stand: half or fewer") as refused:
        loaded(office, XF, small)
    assert refused.value.doubts == (Doubt.HALVED,)
    assert len(_names()) == 9
    done = loaded(office, XF, small, confirmed=True)
    assert (done.entries, done.removed) == (4, 5)
    assert _version().confirmed


def test_half_of_the_persons_gone_is_refused_without_a_word(office: Office, tmp_path: Path) -> None:
    """A list that is whole but for its persons: its own file of them was not there, or was cut."""
    loaded(office, XF, _mixed(tmp_path / "a.jsonl", persons=range(4), bodies=range(10, 20)))
    cut = _mixed(tmp_path / "b.jsonl", persons=range(2), bodies=range(10, 20))
    with pytest.raises(ListDoubted, match="2 persons where 4 stand: half or fewer"):
        loaded(office, XF, cut)
    assert len(_names()) == 14
    assert _version().number == 1
    assert loaded(office, XF, cut, confirmed=True).removed == 2


def test_half_of_the_entries_replaced_is_refused_without_a_word(
    office: Office, tmp_path: Path
) -> None:
    """Ten stand and ten come, five of them others: another list, or another way of numbering."""
    loaded(office, XF, plain_list(tmp_path / "a.jsonl", map(str, range(100, 110))))
    other = plain_list(tmp_path / "b.jsonl", map(str, range(105, 115)))
    with pytest.raises(ListDoubted, match="5 of 10 entries are gone: half or more") as refused:
        loaded(office, XF, other)
    assert refused.value.doubts == (Doubt.REPLACED,)
    assert (len(_names()), _version().number) == (10, 1)
    done = loaded(office, XF, other, confirmed=True)
    assert (done.added, done.removed) == (5, 5)


def _mixed(path: Path, *, persons: Iterable[int], bodies: Iterable[int]) -> Path:
    """Write an invented list of persons and bodies."""
    kinds = {**dict.fromkeys(persons, "person"), **dict.fromkeys(bodies, "body")}
    rows = [
        {"key": f"{key}", "kind": kind, "names": [{"text": f"Name {key}", "quality": "primary"}]}
        for key, kind in kinds.items()
    ]
    lines = [{"published": "2026-05-01", "entries": len(rows)}, *rows]
    path.write_text("\n".join(map(json.dumps, lines)) + "\n", encoding="utf-8")
    return path


def test_older_file_is_refused_without_a_word(office: Office, tmp_path: Path) -> None:
    loaded(office, XF, plain_list(tmp_path / "a.jsonl", ["One"], day="2026-05-01"))
    older = plain_list(tmp_path / "b.jsonl", ["One", "Two"], day="2026-04-01")
    with pytest.raises(ListDoubted, match="it is of 2026-04-01, the version in force of 2026-05"):
        loaded(office, XF, older)
    assert loaded(office, XF, older, confirmed=True).number == 2


def test_word_that_was_not_needed_is_not_noted(office: Office, tmp_path: Path) -> None:
    loaded(office, XF, plain_list(tmp_path / "a.jsonl", ["One"]), confirmed=True)
    assert not _version().confirmed


def test_bad_rows_are_counted_and_too_many_refuse_the_file(office: Office, tmp_path: Path) -> None:
    text = (FILES / "canada.xml").read_text("utf-8")
    file = tmp_path / "ca.xml"
    file.write_text(text, encoding="utf-8")
    done = loaded(office, "ca-sema", file)
    assert (done.entries, done.faults, done.lost) == (4, 4, 1)
    held = _version("ca-sema")
    fault = {"row": 1, "field": "birth", "rule": "serial", "value": "22344"}
    assert fault in held.faults
    file.write_text(text.replace("</data-set>", "<record/>" * 9 + "</data-set>"), encoding="utf-8")
    with pytest.raises(ListRefused, match="10 rows give no entry, beside 4 that do; the first"):
        loaded(office, "ca-sema", file)


def test_only_people_with_the_role_load_and_withdraw(office: Office, tmp_path: Path) -> None:
    file = plain_list(tmp_path / "a.jsonl", ["One"])
    for person in (office.reader, office.reviewer):
        with acting_as(person) as actor, pytest.raises(Forbidden):
            load_list(XF, file, actor=actor, at=AT)
    with pytest.raises(Forbidden):
        load_list(XF, file, actor=PUBLIC, at=AT)
    with acting_as(office.writer) as actor, pytest.raises(UnknownList):
        load_list("nowhere", file, actor=actor, at=AT)
    loaded(office, XF, file)
    with acting_as(office.writer) as actor, pytest.raises(Forbidden):
        withdraw_version(_version(), actor=actor, at=AT)


def test_withdrawn_version_gives_way_to_the_one_before_as_it_stood(
    office: Office, tmp_path: Path
) -> None:
    loaded(office, XF, plain_list(tmp_path / "a.jsonl", ["One", "Two", "Four"]))
    before = _names()
    loaded(office, XF, plain_list(tmp_path / "b.jsonl", ["Two", "Four", "Forged"], reasons="Lies."))
    first, forged = _version(number=1), _version()
    with acting_as(office.reviewer) as actor:
        with pytest.raises(VersionRefused, match="only the version in force is withdrawn"):
            withdraw_version(first, actor=actor, at=AT)
        withdraw_version(forged, actor=actor, at=AT)
    assert _version().number == 1
    assert _names() == before
    assert history_of(PUBLIC, XF, "Forged") == ()
    assert version_for(PUBLIC, XF, 2) is None
    assert [each.number for each in versions_of(PUBLIC, XF)] == [2, 1]
    with acting_as(office.reviewer) as actor, pytest.raises(VersionRefused):
        withdraw_version(forged, actor=actor, at=AT)
    done = loaded(office, XF, plain_list(tmp_path / "c.jsonl", ["One", "Four", "Three"]))
    assert (done.number, done.added, done.removed) == (3, 1, 1)
    assert changes_between(PUBLIC, _version(number=1), _version())[0].name == "Three"


def test_lists_are_independent_of_each_other(office: Office, tmp_path: Path) -> None:
    loaded(office, XF, plain_list(tmp_path / "a.jsonl", ["One"]))
    loaded(office, "xz-invented", plain_list(tmp_path / "b.jsonl", ["One", "Two"]))
    held = {each.listing.code: each.version for each in lists_standing(PUBLIC) if each.version}
    assert {code: version.entries for code, version in held.items()} == {XF: 1, "xz-invented": 2}


def test_entries_are_found_by_words_kind_and_programme_in_any_script(office: Office) -> None:
    loaded(office, "ch-seco", FILES / "switzerland.xml")
    version = _version("ch-seco")
    for words, count in (("стровик", 1), ("STROVIK viktor", 1), ("strovik nobody", 0), ("", 2)):
        assert entries_of(PUBLIC, version, words=words).count() == count
    assert entries_of(PUBLIC, version, kind=Kind.BODY).get().name == "Bank of Karsk"
    assert entries_of(PUBLIC, version, programme="Ruritania").count() == 2
    assert entries_of(PUBLIC, version, programme="Syldavia").count() == 0
    assert entries_of(PUBLIC, version, delisted=False).get().key == "200"
    assert entries_of(PUBLIC, version, words="%").count() == 0


def test_all_names_in_force_come_in_a_stream_without_those_who_left(
    office: Office, tmp_path: Path
) -> None:
    loaded(office, "ch-seco", FILES / "switzerland.xml")
    loaded(office, XF, plain_list(tmp_path / "a.jsonl", ["One"]))
    standing = entries_in_force(PUBLIC, on=AT.date())
    assert [(s, e.key) for s, e in standing] == [("ch-seco", "200"), (XF, "One")]
    before = entries_in_force(PUBLIC, ["ch-seco"], on=date(2025, 2, 28))
    assert [e.key for _, e in before] == ["200", "100"]
    assert [e.key for _, e in entries_in_force(PUBLIC, [XF])] == ["One"]
    assert len(list(entries_in_force(PUBLIC))) == 3


def test_invented_lists_of_the_demonstration_speak_of_the_five_states_alone(
    office: Office,
) -> None:
    with acting_as(office.writer) as actor:
        done = load_invented_lists(actor=actor, at=AT)
    assert [(each.source, each.number) for each in done] == [
        (XF, 1),
        ("xz-invented", 1),
        (XF, 2),
    ]
    assert done[2] == Loaded(XF, 2, 8, 1, 2, 1, 0, 0)
    for source, entry in entries_in_force(PUBLIC):
        places = {*entry.nationalities, *entry.countries, *(b.country for b in entry.births)}
        assert places <= {"XR", "XS", "XB", "XF", "XZ", ""}, (source, entry.key)


FORGED = """
    INSERT INTO published_list_entry (id, source, key, kind, name, search, programmes, designated,
        delisted, digest, first, content)
    VALUES (gen_random_uuid(), 'un-sc', 'x', 'person', 'Forged', 'forged', '{}', '', false, '', 1,
        '{}')
"""
ATTACKS = [
    FORGED,
    "UPDATE published_list_entry SET name = 'Forged'",
    "DELETE FROM published_list_entry",
    "UPDATE published_list_version SET withdrawn_at = now()",
    "SELECT listings_demand('{reader}')",
]


@pytest.mark.parametrize("statement", ATTACKS)
def test_nobody_at_the_desk_writes_past_a_load(
    statement: str, office: Office, tmp_path: Path
) -> None:
    loaded(office, XF, plain_list(tmp_path / "a.jsonl", ["One"]))
    with acting_as(office.writer), pytest.raises(DatabaseError, match="permission denied"):
        _sql(statement)


def test_version_is_written_by_its_own_load_alone(office: Office, tmp_path: Path) -> None:
    loaded(office, XF, plain_list(tmp_path / "a.jsonl", ["One"]))
    which = str(_version().pk)
    for statement in (
        "SELECT listings_keep(%s, '[]')",
        "SELECT listings_close(%s, '[]', '{}')",
    ):
        with acting_as(office.writer), pytest.raises(DatabaseError, match="by the load that"):
            _sql(statement, which)
        with acting_as(office.reader), pytest.raises(DatabaseError, match="with the role"):
            _sql(statement, which)
    with acting_as(office.reader), pytest.raises(DatabaseError, match="with the role"):
        _sql("SELECT listings_begin('{}', NULL)")
    with acting_as(office.writer), pytest.raises(DatabaseError, match="with the role"):
        _sql("SELECT listings_withdraw(%s, now(), NULL)", which)
    with pytest.raises(DatabaseError, match="with the role"):
        _sql("SELECT listings_begin('{}', NULL)")


def test_how_and_when_a_list_came_is_said_by_the_program_alone(
    office: Office, tmp_path: Path
) -> None:
    loaded(office, XF, plain_list(tmp_path / "a.jsonl", ["One"]))
    which, said = str(_version().pk), "through the application"
    about = (
        "jsonb_build_object('source', 'xf-invented', 'name', 'x', 'digest', '', 'size', 0,"
        " 'came', 'fetched', 'address', 'https://issuer.example', 'loaded_at', now())::text"
    )
    with acting_as(office.writer), pytest.raises(DatabaseError, match=said):
        _sql(f"SELECT listings_begin({about}, NULL)")
    for act in ("attest", "withdraw"):
        with acting_as(office.reviewer), pytest.raises(DatabaseError, match=said):
            _sql(f"SELECT listings_{act}(%s, now() - interval '1 year', %s)", which, b"code")
    with acting_as(office.reviewer), pytest.raises(DatabaseError, match="does not exist"):
        _sql("SELECT listings_attest(%s, now())", which)


def test_version_that_was_begun_and_left_open_is_never_shown(office: Office) -> None:
    about = {"source": XF, "name": "x", "digest": "", "size": 0, "came": "brought", "address": ""}
    with acting_as(office.writer):
        begin({**about, "loaded_at": AT.isoformat()})
    assert version_in_force(PUBLIC, XF) is None
    assert list(versions_of(PUBLIC, XF)) == []


def _sql(statement: str, *parameters: str | bytes) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, list(parameters) or None)
