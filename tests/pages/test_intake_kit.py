"""The desk gives the offline form out and takes in what it has saved."""

from __future__ import annotations

import io
import json
import zipfile
from typing import TYPE_CHECKING, Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.core.accounts.factories import signed_in_client
from tests.core.intake.test_kit import _file, _saved, _team
from tests.core.vault.factories import Office, make_office
from undaunted.core.intake.rules import verify_kit

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.test import Client

pytestmark = pytest.mark.usefixtures("ledger")


@pytest.fixture
def office(owner_sql: Callable[..., object]) -> Office:
    return make_office(owner_sql)


@pytest.fixture
def desk(office: Office) -> Client:
    return signed_in_client(office.caseworker.user)


def _take(desk: Client, content: bytes) -> Any:
    return desk.post("/desk/intake/kit/take/", {"file": SimpleUploadedFile("h.json", content)})


def test_form_is_given_out_signed(desk: Client, office: Office, settings: Any) -> None:
    page = desk.get("/desk/intake/kit/").content.decode()
    assert f"/desk/intake/kit/{office.team}/" in page
    answer = desk.get(f"/desk/intake/kit/{office.team}/?language=fr")
    with zipfile.ZipFile(io.BytesIO(answer.content)) as package:
        held = {name: package.read(name) for name in package.namelist()}
    assert set(held) == {"form-fr.html", "form-fr.html.sig", "form-fr.html.pub"}
    key = settings.SECRET_KEY.encode()
    assert verify_kit(held["form-fr.html"], held["form-fr.html.sig"], key)
    assert b'lang="fr"' in held["form-fr.html"]


def test_form_of_another_team_and_in_no_language_is_absent(
    desk: Client, owner_sql: Callable[..., object], office: Office
) -> None:
    other = make_office(owner_sql)
    assert desk.get(f"/desk/intake/kit/{other.team}/?language=fr").status_code == 404
    assert desk.get(f"/desk/intake/kit/{office.team}/?language=xx").status_code == 404


def test_saved_file_is_taken_in_once_and_bad_ones_are_told_apart(
    desk: Client, office: Office
) -> None:
    _, content = _saved(_team(office))
    done = _take(desk, content)
    assert done.status_code == 200
    assert "1 mailbox was taken in." in done.content.decode()
    assert "I am being harassed" in desk.get("/desk/intake/").content.decode()
    again = _take(desk, content)
    assert again.status_code == 422
    assert "was handed in before" in again.content.decode()
    assert "damaged or changed" in _take(desk, b"x").content.decode()
    foreign = json.loads(json.loads(_saved(_team(office))[1])["sent"])
    foreign["team"] = str(office.holder)
    told = _take(desk, _file(json.dumps(foreign)))
    assert "a team that does not receive here" in told.content.decode()
    assert desk.post("/desk/intake/kit/take/").status_code == 422
