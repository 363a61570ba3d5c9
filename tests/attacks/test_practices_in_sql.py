"""A colleague with SQL attacks the library: alone, in others' names, past the markings."""

from __future__ import annotations

import json
from typing import Any
from uuid import uuid4

import pytest
from django.db import DatabaseError, connection, connections, transaction

from tests.core.practices.factories import (
    AT,
    Library,
    accepted,
    entry,
    make_library,
    proposed,
)
from undaunted.core.accounts.actions import acting_as

pytestmark = pytest.mark.usefixtures("ledger")
SHELTER: dict[str, Any] = {"aim": "shelter", "instrument": "visa", "stages": ["entry"]}


@pytest.fixture
def library(owner_sql: Any) -> Library:
    return make_library(owner_sql)


def _refused(statement: str, *values: Any, matching: str) -> None:
    with (
        pytest.raises(DatabaseError, match=matching),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement, values)


def _changed(statement: str, *values: Any) -> int:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        changed: int = cursor.rowcount
        return changed


ACCEPT = (
    "UPDATE practices_version SET state = 'accepted', decided_by = %s, decided_at = now()"
    " WHERE id = %s"
)


def test_nobody_accepts_their_own_or_in_the_name_of_another(library: Library) -> None:
    version = proposed(library)
    with acting_as(library.writer):
        _refused(ACCEPT, library.writer.pk, version.pk, matching="second person")
        _refused(ACCEPT, library.reviewer.pk, version.pk, matching="second person")
    with acting_as(library.reviewer):
        _refused(ACCEPT, library.publisher.pk, version.pk, matching="in their own name")
    with acting_as(library.stranger):
        assert _changed(ACCEPT, library.stranger.pk, version.pk) == 0


def test_practice_changes_by_accepted_versions_only(library: Library) -> None:
    version = accepted(library)
    practice = version.practice
    with acting_as(library.steward):
        for column, value in (("tlp", "GREEN"), ("current", 7), ("aim", "shelter")):
            _refused(
                f"UPDATE practices_practice SET {column} = %s WHERE id = %s",
                value,
                practice.pk,
                matching="second person accepts",
            )
        _refused(
            'UPDATE practices_version SET content = content || \'{"title": "x"}\' WHERE id = %s',
            version.pk,
            matching="decided as it was proposed",
        )
        _refused("DELETE FROM practices_version", matching="permission denied")
        _refused("UPDATE published_practice SET title = 'x'", matching="permission denied")
        _refused("SELECT practices_project(%s)", practice.pk, matching="permission denied")


def test_author_does_not_say_that_it_still_holds(library: Library) -> None:
    practice = accepted(library).practice
    confirm = "UPDATE practices_practice SET reviewed_at = now(), reviewed_by = %s WHERE id = %s"
    with acting_as(library.writer):
        _refused(confirm, library.writer.pk, practice.pk, matching="another than who wrote it")
        _refused(confirm, library.reviewer.pk, practice.pk, matching="another than who wrote it")


def test_withdrawing_is_in_ones_own_name_and_for_good(library: Library) -> None:
    practice = accepted(library).practice
    gone = (
        "UPDATE practices_practice SET withdrawn_at = now(), withdrawn_by = %s,"
        " withdrawn_why = 'harm' WHERE id = %s"
    )
    with acting_as(library.writer):
        _refused(gone, library.writer.pk, practice.pk, matching="with the role")
    with acting_as(library.publisher):
        _refused(gone, library.reviewer.pk, practice.pk, matching="own name")
        assert _changed(gone, library.publisher.pk, practice.pk) == 1
        _refused(
            "UPDATE practices_practice SET withdrawn_at = NULL, withdrawn_by = NULL WHERE id = %s",
            practice.pk,
            matching="proposed anew",
        )


@pytest.mark.parametrize(
    "broken",
    [
        {"implementations": []},
        {"failures": []},
        {"sources": []},
        {"route_in_use": True},
        {"implementations": [{"when": "", "sources": ["gazette"]}]},
        {"implementations": [{"when": "2024", "sources": []}]},
        {"effects": [{"sources": []}]},
        {"tlp": "AMBER"},
    ],
    ids=lambda each: next(iter(each)),
)
def test_text_that_the_rules_would_refuse_does_not_get_past_them(
    library: Library, broken: dict[str, Any]
) -> None:
    practice = accepted(library).practice
    content = json.dumps({**entry().as_data(), **broken})
    with acting_as(library.writer):
        _refused(_ADD, *_values(library, practice.pk, content), matching="dated implementations")


_ADD = """
    INSERT INTO practices_version (id, holder, sharing, practice_id, number, content, digest, tlp,
        readers, state, proposed_by, proposed_at, why)
    VALUES (%s, %s, %s, %s, 2, %s, repeat('0', 64), %s, %s, %s, %s, %s, '')
"""


def _values(library: Library, practice: Any, text: str, **changed: Any) -> list[Any]:
    told: dict[str, Any] = {
        "id": uuid4(),
        "holder": library.holder,
        "sharing": "shared",
        "practice": practice,
        "content": text,
        "tlp": "CLEAR",
        "readers": [],
        "state": "waiting",
        "by": library.writer.pk,
        "at": AT,
        **changed,
    }
    return list(told.values())


def test_version_is_added_waiting_in_ones_own_name_to_ones_own_practice(library: Library) -> None:
    practice = accepted(library).practice
    content = json.dumps(entry().as_data())
    red = json.dumps({**entry().as_data(), "tlp": "RED"})
    with acting_as(library.writer):
        for changed in (
            {"state": "accepted"},
            {"by": library.reviewer.pk},
            {"sharing": "organisation"},
            {"content": red, "tlp": "RED", "sharing": "organisation"},
            {
                "content": red,
                "tlp": "RED",
                "sharing": "organisation",
                "readers": [library.reviewer.pk, library.steward.pk],
            },
        ):
            values = _values(library, practice.pk, content, **changed)
            _refused(_ADD, *values, matching="one's own name|violates row-level security")
    with acting_as(library.reviewer):
        values = _values(library, practice.pk, content, by=library.reviewer.pk)
        _refused(_ADD, *values, matching="one's own name")


def test_red_is_read_by_nobody_who_is_not_named(library: Library) -> None:
    readers = (library.reviewer.pk,)
    accepted(library, readers=readers, tlp="RED", route_in_use=True, **SHELTER)
    for person, seen in (
        (library.writer, 1),
        (library.reviewer, 1),
        (library.steward, 0),
        (library.publisher, 0),
        (library.stranger, 0),
    ):
        with acting_as(person), connection.cursor() as cursor:
            for table in ("practices_practice", "practices_version"):
                cursor.execute(f"SELECT count(*) FROM {table}")
                assert cursor.fetchone()[0] == seen, (person, table)


def test_public_reads_what_is_published_and_nothing_else(library: Library) -> None:
    accepted(library)
    accepted(library, reference="green", tlp="GREEN")
    with connections["public"].cursor() as cursor:
        cursor.execute("SELECT reference FROM published_practice")
        assert cursor.fetchall() == [("lists-at-the-bridge",)]
    for table in ("practices_practice", "practices_version"):
        with (
            pytest.raises(DatabaseError, match="permission denied"),
            connections["public"].cursor() as cursor,
        ):
            cursor.execute(f"SELECT 1 FROM {table}")
