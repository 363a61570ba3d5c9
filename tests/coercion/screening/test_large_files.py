"""Large files: refused by the length that is stated, or taken in behind the desk, whole or not."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.utils import timezone

from tests.coercion.screening.programs import program
from tests.coercion.screening.registers import ASSETS, HOLDINGS
from tests.core.accounts.factories import signed_in_client
from tests.prisoners.registry.desk import Desk, make_desk
from undaunted.coercion.screening.actions import (
    AT_ONCE,
    LARGEST,
    leave_file,
    refuse_file,
    take_file,
)
from undaunted.coercion.screening.models import RegisterFile
from undaunted.coercion.screening.queries import asset_entries_for, register_file_for
from undaunted.coercion.screening.readers import FileRefused
from undaunted.coercion.screening.readers.evidence import LARGEST_FILE
from undaunted.coercion.screening.tasks import take_register_file
from undaunted.core.access.rules import Forbidden
from undaunted.core.accounts.actions import acting_as

pytestmark = pytest.mark.usefixtures("ledger")

HOME = "/desk/screening/assets/"
API = "/api/v1/screening/desk/register"


@pytest.fixture
def desk(owner_sql: Any) -> Desk:
    return make_desk(owner_sql)


@pytest.fixture
def deferred(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, str]]:
    """Give what the queue was told; the worker is played by the test."""
    told: list[dict[str, str]] = []
    monkeypatch.setattr(take_register_file, "defer", lambda **job: told.append(job))
    return told


def _large(content: bytes) -> bytes:
    """Give a file of the same rows that is not taken in at once."""
    row = b"XF-%06d,Shed %06d (invented),XF,sheds,1,t,Visit,C,,\n"
    return content + b"".join(row % (at, at) for at in range(1 + AT_ONCE // 50))


def _sent(desk: Desk, kind: str, content: bytes) -> dict[str, Any]:
    return {"holder": str(desk.organisation), "kind": kind, "confidence": "B",
            "file": SimpleUploadedFile(f"{kind}.csv", content)}  # fmt: skip


def _left(desk: Desk, content: bytes = ASSETS, kind: str = "assets") -> RegisterFile:
    more = {"mapping": ""} if kind == "assets" else {
        "mapping": "", "format_name": "", "confidence": "B", "whole": False
    }  # fmt: skip
    with acting_as(desk.documenter) as actor:
        return leave_file(
            desk.organisation, kind, f"{kind}.csv", content, actor=actor, at=timezone.now(), **more
        )


def _state(desk: Desk, left: RegisterFile) -> RegisterFile:
    with acting_as(desk.documenter) as actor:
        held = register_file_for(actor, left.pk)
        assert held is not None
        return held


def _number(desk: Desk) -> int:
    with acting_as(desk.documenter) as actor:
        return asset_entries_for(actor).count()


def test_a_large_file_is_left_and_its_page_tells_when_it_is_done(
    desk: Desk, deferred: list[dict[str, str]]
) -> None:
    page = signed_in_client(desk.documenter)
    answer = page.post(f"{HOME}files/new/", _sent(desk, "assets", _large(ASSETS)))
    assert answer.status_code == 302
    address = answer["Location"]
    assert "/waiting/" in address
    shown = page.get(address).content.decode()
    assert 'http-equiv="refresh"' in shown
    assert "This page renews itself" in shown
    assert address.split("/")[-2] in page.get(HOME).content.decode()
    assert _number(desk) == 0
    take_register_file.func(**deferred[0])
    take_register_file.func(**deferred[0])
    shown = page.get(address).content.decode()
    assert "The file was taken in" in shown
    assert 'http-equiv="refresh"' not in shown
    assert "/files/" in shown
    assert _number(desk) == 3 + 1 + AT_ONCE // 50
    with acting_as(desk.documenter):
        assert bytes(RegisterFile.objects.get().content) == b""


def test_a_file_that_cannot_be_read_is_told_and_nothing_is_kept(
    desk: Desk, deferred: list[dict[str, str]]
) -> None:
    client = program(desk.documenter)
    wrong = {"holder": str(desk.organisation),
             "file": SimpleUploadedFile("a.csv", b"nothing\n" + b"1\n" * AT_ONCE)}  # fmt: skip
    answer = client.post(f"{API}/imports/assets", wrong)
    assert answer.status_code == 202, answer.content
    told = answer.json()
    assert (told["state"], told["import"]) == ("waiting", None)
    take_register_file.func(**deferred[0])
    told = client.get(f"{API}/files/{told['id']}").json()
    assert told["state"] == "refused"
    assert "a.csv" in told["problem"]
    assert _number(desk) == 0
    page = signed_in_client(desk.documenter)
    shown = page.get(f"{HOME}files/waiting/{told['id']}/").content.decode()
    assert "nothing of it was kept" in shown
    stakes = _left(desk, HOLDINGS.format(share="60 %").encode(), "holdings")
    take_register_file.func(file_id=str(stakes.pk), user_id=str(desk.documenter.pk))
    told = client.get(f"{API}/files/{stakes.pk}").json()
    assert (told["state"], told["import"]["rows"]) == ("taken", 4)


def test_what_breaks_leaves_nothing_and_is_named(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    left = _left(desk)

    def broken(*_told: object, **_more: object) -> None:
        raise DatabaseError("the disk of 10.0.0.7 is full")

    monkeypatch.setattr("undaunted.coercion.screening.actions.importing.screen_again", broken)
    with pytest.raises(DatabaseError):
        take_register_file.func(file_id=str(left.pk), user_id=str(desk.documenter.pk))
    held = _state(desk, left)
    assert held.state == "refused"
    assert held.problem.startswith("DatabaseError: nothing of it was taken in")
    assert "10.0.0.7" not in held.problem
    assert _number(desk) == 0


def test_only_whoever_may_import_leaves_takes_or_sees_a_file(desk: Desk, owner_sql: Any) -> None:
    other = make_desk(owner_sql)
    left = _left(desk)
    with acting_as(desk.documenter) as actor:
        for content in (b" ", b"x" * (LARGEST + 1)):
            with pytest.raises(FileRefused):
                leave_file(
                    desk.organisation, "assets", "a.csv", content, actor=actor, at=timezone.now()
                )
    with acting_as(other.documenter) as actor:
        assert register_file_for(actor, left.pk) is None
        with pytest.raises(Forbidden):
            take_file(left, actor=actor, at=timezone.now())
        with pytest.raises(Forbidden):
            refuse_file(left, "x", actor=actor, at=timezone.now())


def test_the_database_lets_a_file_be_done_once(desk: Desk) -> None:
    left = _left(desk)
    with acting_as(desk.documenter) as actor:
        for change in (
            "content = 'other'", "name = 'b.csv'", "state = 'refused', done_at = now()",
        ):  # fmt: skip
            with (
                pytest.raises(DatabaseError, match="taken in or refused once"),
                transaction.atomic(),
                connection.cursor() as cursor,
            ):
                cursor.execute(f"UPDATE screening_registerfile SET {change}")
        assert refuse_file(left, "x", actor=actor, at=timezone.now()).state == "refused"
        assert refuse_file(left, "y", actor=actor, at=timezone.now()).problem == "x"
        assert take_file(left, actor=actor, at=timezone.now()).state == "refused"


class Unread:
    """A body of which no byte may be asked for."""

    def read(self, *_size: int) -> bytes:
        raise AssertionError("it was read")

    readline = read


@pytest.mark.parametrize(
    ("address", "length", "status"),
    [
        (f"{HOME}files/new/", LARGEST + 5_000_000, 413),
        (f"{HOME}files/new/", None, 411),
        ("/ar/desk/screening/assets/files/new/", LARGEST + 5_000_000, 413),
        (f"{API}/imports/holdings", LARGEST + 5_000_000, 413),
        (f"{API}/imports/holdings", None, 411),
        ("/api/v1/screening/desk/cases/port/evidence", LARGEST_FILE + 5_000_000, 413),
        ("/desk/screening/ownership/", 25_000_000, 413),
    ],
)
def test_a_body_above_the_limit_is_refused_unread(
    desk: Desk, address: str, length: int | None, status: int
) -> None:
    """By the length that is stated; without one, nobody knows how much would come."""
    client = Client() if address.startswith("/api") else signed_in_client(desk.documenter)
    told: dict[str, Any] = {
        "CONTENT_TYPE": "multipart/form-data; boundary=x", "wsgi.input": Unread()
    }  # fmt: skip
    if length is not None:
        told["CONTENT_LENGTH"] = str(length)
    answer = client.generic("POST", address, **told)
    assert answer.status_code == status
    if address.startswith("/api"):
        assert answer["Content-Type"].startswith("application/problem+json")
        assert answer.json()["detail"]
    else:
        assert answer["Content-Type"].startswith("text/html")
        page = answer.content.decode()
        assert f'href="{address}"' in page
        assert 'role="alert"' in page
        assert ('dir="rtl"' in page) is address.startswith("/ar/")
