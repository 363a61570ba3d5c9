"""To which team a file is sealed that somebody uploads with a source."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from tests.core.accounts.factories import make_organisation, signed_in_client
from tests.core.vault.factories import Colleague, make_colleague
from undaunted.core.access.rules import Role
from undaunted.core.evidence.models import Document, Source
from undaunted.core.vault.actions import found_team

if TYPE_CHECKING:
    from pathlib import Path
    from uuid import UUID

    from django.test import Client
    from pytest_django import Settings

pytestmark = pytest.mark.usefixtures("ledger")

SOURCE = {
    "source-kind": "court_paper",
    "source-publisher": "Court of XR",
    "source-reliability": "A",
    "source-credibility": "2",
}
CHOICE = "Team to which the file is sealed"


@pytest.fixture
def organisation(owner_sql: Any, settings: Settings, tmp_path: Path) -> UUID:
    settings.DOCUMENTS_FOLDER = tmp_path
    return make_organisation(owner_sql)


@pytest.fixture
def other(owner_sql: Any) -> UUID:
    return make_organisation(owner_sql)


@pytest.fixture
def who(owner_sql: Any, organisation: UUID, other: UUID) -> Colleague:
    roles = [Role.DOCUMENTER, Role.STEWARD]
    return make_colleague(owner_sql, {organisation: roles, other: roles})


def _team(who: Colleague, holder: UUID, name: str) -> UUID:
    with who.acting() as actor:
        return found_team(holder, name, receives=False, actor=actor, at=timezone.now()).pk


def _new(client: Client, holder: UUID, **given: Any) -> Any:
    person = {"text": "Arna Velisk", "kind": "full", "language": "en", "country": "XR"}
    person |= {"holder": str(holder), "sharing": "organisation", "kind_2": "full", "kind_3": "full"}
    return client.post("/desk/cases/new/", person | SOURCE | given)


def _file() -> SimpleUploadedFile:
    return SimpleUploadedFile("verdict.pdf", b"%PDF-1.7 verdict", "application/pdf")


def test_file_is_sealed_to_the_team_that_its_uploader_chose(
    who: Colleague, organisation: UUID
) -> None:
    first, second = (_team(who, organisation, name) for name in ("Archive", "Courts"))
    desk = signed_in_client(who.user)
    case = _new(desk, organisation).headers["Location"]
    page = desk.get(f"{case}sources/new/").content.decode()
    assert CHOICE in page
    assert page.index(f'value="{first}"') < page.index(f'value="{second}"')
    for given, team in (({}, first), ({"source-team": str(second)}, second)):
        cited = {"part": "birth", "source-document": _file_with(str(team)), **SOURCE, **given}
        assert desk.post(f"{case}sources/new/", cited).status_code == 302
        with who.acting():
            assert Document.objects.order_by("-recorded_at")[0].team == team
    public = {"source-public": "on", "source-team": str(second), "source-document": _file()}
    desk.post(f"{case}sources/new/", SOURCE | {"part": "birth"} | public)
    with who.acting():
        assert Document.objects.order_by("-recorded_at")[0].team is None


def test_a_team_that_is_not_the_uploaders_is_no_choice(
    who: Colleague, organisation: UUID, owner_sql: Any
) -> None:
    for name in ("Archive", "Courts"):
        _team(who, organisation, name)
    colleague = make_colleague(owner_sql, {organisation: [Role.STEWARD]})
    theirs = _team(colleague, organisation, "Theirs")
    desk = signed_in_client(who.user)
    case = _new(desk, organisation).headers["Location"]
    given = SOURCE | {"part": "birth", "source-document": _file(), "source-team": str(theirs)}
    shown = desk.post(f"{case}sources/new/", given)
    assert shown.status_code == 200
    assert "Select a valid choice" in shown.content.decode()
    assert f'value="{theirs}"' not in shown.content.decode()
    with who.acting():
        assert not Document.objects.exists()


def test_with_one_team_there_is_nothing_to_choose(who: Colleague, organisation: UUID) -> None:
    team = _team(who, organisation, "Archive")
    desk = signed_in_client(who.user)
    assert CHOICE not in desk.get("/desk/cases/new/").content.decode()
    _new(desk, organisation, **{"source-document": _file()})
    with who.acting():
        assert Document.objects.get().team == team


def test_new_person_is_not_recorded_with_a_file_for_a_team_of_another_organisation(
    who: Colleague, organisation: UUID, other: UUID
) -> None:
    ours, theirs = _team(who, organisation, "Archive"), _team(who, other, "Courts")
    desk = signed_in_client(who.user)
    given = {"source-document": _file(), "source-team": str(theirs)}
    shown = _new(desk, organisation, **given)
    assert shown.status_code == 200
    assert "Choose a team of the organisation that keeps this source." in shown.content.decode()
    with who.acting():
        assert not Source.objects.exists()
        assert not Document.objects.exists()
    given = {"source-document": _file(), "source-team": str(ours)}
    assert _new(desk, organisation, **given).status_code == 302
    with who.acting():
        assert Document.objects.get().team == ours


def _file_with(text: str) -> SimpleUploadedFile:
    return SimpleUploadedFile("verdict.txt", text.encode(), "text/plain")
