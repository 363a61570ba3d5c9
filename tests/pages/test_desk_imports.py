"""The import wizard at the desk, from the file to the ledger and back."""

from __future__ import annotations

import html
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from tests.pages.desk_scene import LIST, MAPPING, Desk, open_desk
from tests.prisoners.registry.bad_files import BAD_FILES, BadFile
from tests.prisoners.registry.bad_files import MAPPING as PLAIN_MAPPING
from tests.prisoners.registry.casework import agree, published
from undaunted.core.accounts.actions import acting_as
from undaunted.core.actors.rules.partial_date import PartialDate
from undaunted.prisoners.registry.actions.people import correct_person
from undaunted.prisoners.registry.models import ImportBatch, ListEntry
from undaunted.prisoners.registry.tasks import run_import

if TYPE_CHECKING:
    from pathlib import Path

    from django.test import Client
    from pytest_django import Settings

pytestmark = pytest.mark.usefixtures("ledger")


@pytest.fixture
def desk(owner_sql: Any, settings: Settings, tmp_path: Path) -> Desk:
    settings.DOCUMENTS_FOLDER = tmp_path
    return open_desk(owner_sql)


@pytest.fixture
def client(desk: Desk) -> Client:
    return desk.client(desk.first)


def _make_list(client: Client, desk: Desk) -> str:
    answer = client.post(
        "/desk/lists/new/",
        {"name": "Roll of XR", "slug": "roll", "holder": str(desk.organisation)},
    )
    assert answer.status_code == 302, answer.content.decode()
    return str(answer["Location"]).rstrip("/").rpartition("/")[2]


def _propose(client: Client, desk: Desk, text: str = LIST) -> str:
    source_list = _make_list(client, desk)
    file = SimpleUploadedFile("roll.csv", text.encode())
    answer = client.post("/desk/imports/new/", {"source_list": source_list, "file": file})
    assert answer["Location"] == "/desk/imports/new/mapping/"
    client.post("/desk/imports/new/mapping/", {"toml": MAPPING})
    answer = client.post("/desk/imports/new/preview/")
    assert answer.status_code == 302, answer.content.decode()
    return str(answer["Location"])


def _write(client: Client, desk: Desk, place: str) -> None:
    assert client.post(f"{place}settle/", {"answer": "accept"}).status_code == 302
    run_import(batch_id=place.strip("/").rpartition("/")[2], user_id=str(desk.first.pk))


def test_the_mapping_page_suggests_from_the_columns(client: Client, desk: Desk) -> None:
    file = SimpleUploadedFile("roll.csv", LIST.encode())
    client.post("/desk/imports/new/", {"source_list": _make_list(client, desk), "file": file})
    page = client.get("/desk/imports/new/mapping/").content.decode()
    assert "[[columns]]" in page
    assert "person.name" in page


def test_a_broken_mapping_is_told_with_its_faults(client: Client, desk: Desk) -> None:
    file = SimpleUploadedFile("roll.csv", LIST.encode())
    client.post("/desk/imports/new/", {"source_list": _make_list(client, desk), "file": file})
    answer = client.post("/desk/imports/new/mapping/", {"toml": "id = 'x'\nnonsense = 1"})
    assert answer.status_code == 200
    assert "nonsense" in answer.content.decode()


def test_the_preview_shows_each_problem_and_writes_nothing(client: Client, desk: Desk) -> None:
    file = SimpleUploadedFile("roll.csv", LIST.encode())
    client.post("/desk/imports/new/", {"source_list": _make_list(client, desk), "file": file})
    client.post("/desk/imports/new/mapping/", {"toml": MAPPING})
    page = client.get("/desk/imports/new/preview/").content.decode()
    assert "2020-31-02" in page
    assert "Row rejected" in page
    rejects = b"".join(client.get("/desk/imports/new/rejects/")).decode()
    assert "Tomas Irgen" in rejects
    assert "Lida Moress" not in rejects
    with acting_as(desk.first):
        assert not ImportBatch.objects.exists()
        assert not ListEntry.objects.exists()


@pytest.mark.parametrize(
    "bad",
    [bad for bad in BAD_FILES if bad.status == 2 and bad.name not in {"empty.csv", "bomb.csv.gz"}],
    ids=lambda bad: bad.name,
)
def test_an_unreadable_file_is_refused_on_the_page_with_its_reason(
    client: Client, desk: Desk, bad: BadFile
) -> None:
    file = SimpleUploadedFile(bad.name, bad.content())
    client.post("/desk/imports/new/", {"source_list": _make_list(client, desk), "file": file})
    assert client.get("/desk/imports/new/mapping/").status_code == 200
    client.post("/desk/imports/new/mapping/", {"toml": PLAIN_MAPPING})
    for answer in (
        client.get("/desk/imports/new/preview/"),
        client.post("/desk/imports/new/preview/"),
    ):
        assert answer.status_code == 200
        assert bad.says in html.unescape(answer.content.decode())
    with acting_as(desk.first):
        assert not ImportBatch.objects.exists()


def test_an_accepted_import_is_written_by_the_worker(client: Client, desk: Desk) -> None:
    place = _propose(client, desk)
    assert "Accept and write" in client.get(place).content.decode()
    client.post(f"{place}settle/", {"answer": "accept"})
    waiting = client.get(place).content.decode()
    assert 'http-equiv="refresh"' in waiting
    assert "<progress" in waiting
    run_import(batch_id=place.strip("/").rpartition("/")[2], user_id=str(desk.first.pk))
    done = client.get(place).content.decode()
    assert 'http-equiv="refresh"' not in done
    assert "Undo the whole import" in done
    assert "Arna Velisk" in client.get("/desk/cases/").content.decode()


def test_a_second_run_of_the_worker_writes_nothing(client: Client, desk: Desk) -> None:
    place = _propose(client, desk)
    _write(client, desk, place)
    run_import(batch_id=place.strip("/").rpartition("/")[2], user_id=str(desk.first.pk))
    with acting_as(desk.first):
        assert ListEntry.objects.count() == 2


def test_undoing_takes_the_cases_out(client: Client, desk: Desk) -> None:
    place = _propose(client, desk)
    _write(client, desk, place)
    assert client.post(f"{place}undo/").status_code == 302
    assert "Arna Velisk" not in client.get("/desk/cases/").content.decode()
    assert "Undone" in client.get(place).content.decode()


def test_undoing_asks_first_where_published_cases_leave(client: Client, desk: Desk) -> None:
    place = _propose(client, desk)
    _write(client, desk, place)
    with acting_as(desk.first):
        party = ListEntry.objects.get(source_key="1").party
    people: Any = SimpleNamespace(
        organisation=desk.organisation, documenter=desk.first, publisher=desk.second
    )
    agree(people, party, at=timezone.now())
    published(people, party)
    assert f'href="{place}undo/"' in client.get(place).content.decode()
    for number in ({}, {"taking_out": "2"}, {"taking_out": "x"}):
        answer = client.post(f"{place}undo/", number)
        assert answer.status_code == 200
        assert "1 published case leaves" in answer.content.decode()
    assert "1 published case leaves" in client.get(f"{place}undo/").content.decode()
    with acting_as(desk.first):
        assert ImportBatch.objects.get().state == "written"
    assert client.post(f"{place}undo/", {"taking_out": "1"}).status_code == 302
    with acting_as(desk.first):
        assert ImportBatch.objects.get().state == "undone"
    assert client.get(f"{place}undo/").status_code == 404


def test_the_preview_and_the_result_say_where_the_desk_stands(client: Client, desk: Desk) -> None:
    _write(client, desk, _propose(client, desk))
    with acting_as(desk.first) as actor:
        entry = ListEntry.objects.get(source_key="1")
        born = PartialDate.parse("1981")
        correct_person(entry.party, actor=actor, at=timezone.now(), birth=born)
        source_list = entry.source_list_id
    file = SimpleUploadedFile("roll.csv", LIST.replace("1980-02-03", "1982").encode())
    client.post("/desk/imports/new/", {"source_list": str(source_list), "file": file})
    client.post("/desk/imports/new/mapping/", {"toml": MAPPING})
    stands = "The list now says “1982”; the desk recorded “1981”, which stands."
    assert stands in client.get("/desk/imports/new/preview/").content.decode()
    place = client.post("/desk/imports/new/preview/")["Location"]
    proposed = client.get(place).content.decode()
    assert stands in proposed
    assert "2020-31-02" in proposed
    _write(client, desk, place)
    assert stands in client.get(place).content.decode()


def test_a_refused_import_stays_unwritten(client: Client, desk: Desk) -> None:
    place = _propose(client, desk)
    assert client.post(f"{place}settle/", {}).status_code == 302, "no answer decides nothing"
    client.post(f"{place}settle/", {"answer": "refuse"})
    assert "Refused" in client.get(place).content.decode()
    answer = client.post(f"{place}settle/", {"answer": "accept"}, follow=True)
    assert "decided on this import before" in answer.content.decode()


def test_a_stranger_finds_no_list_and_no_import(client: Client, desk: Desk) -> None:
    place = _propose(client, desk)
    stranger = desk.client(desk.stranger)
    assert stranger.get(place).status_code == 404
    assert stranger.post(f"{place}settle/", {"answer": "accept"}).status_code == 404
    assert "Roll of XR" not in stranger.get("/desk/lists/").content.decode()


def test_the_full_export_is_a_zip_of_everything(client: Client, desk: Desk) -> None:
    place = _propose(client, desk)
    _write(client, desk, place)
    with acting_as(desk.first):
        source_list = ImportBatch.objects.get().source_list_id
    asked = client.get(f"/desk/lists/{source_list}/export/").content.decode()
    assert "The audit trail says that you took it." in asked
    answer = client.post(f"/desk/lists/{source_list}/export/")
    assert b"".join(answer)[:2] == b"PK"
    assert client.get(f"/desk/lists/{source_list}/").status_code == 200


def test_nobody_signed_in_is_sent_to_sign_in(client: Client) -> None:
    client.cookies.clear()
    answer = client.get("/desk/")
    assert answer.status_code == 302
    assert "sign-in" in answer["Location"]
