"""Files of flows at the desk: kept for one organisation, tested, discarded; by page and program."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pycountry
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.utils import timezone

from tests.core.accounts.factories import in_person, signed_in_client
from tests.prisoners.registry.desk import Desk, make_desk
from undaunted.coercion.exposure.actions import (
    LARGEST,
    MOST_FILES,
    discard_flow_file,
    keep_flow_file,
)
from undaunted.coercion.exposure.models import FlowFile
from undaunted.coercion.exposure.queries import flow_contents, flow_files_for
from undaunted.coercion.exposure.readers import FileRefused
from undaunted.core.access.rules import Forbidden
from undaunted.core.accounts.actions import acting_as, make_token
from undaunted.core.accounts.rules import SCOPES

if TYPE_CHECKING:
    from undaunted.core.accounts.models import User

__all__: list[str] = []

pytestmark = pytest.mark.usefixtures("ledger")

BOARD = "/desk/coercion/flows/"
API = "/api/v1/coercion/desk/flows"
BUYERS = sorted({440, 616, *(int(each.numeric) for each in list(pycountry.countries)[:40])} - {156})

FORGED = (
    "INSERT INTO exposure_flowfile (id, holder, sharing, name, sha256, size, content, layout,"
    " years, rows, said, kept_at, kept_by) SELECT gen_random_uuid(), holder, sharing, 'y', sha256,"
    " size, content, layout, years, rows, said, kept_at, gen_random_uuid() FROM exposure_flowfile"
)


def year(number: int) -> bytes:
    rows = ["t,i,j,k,v", *(f"{number},156,{buyer},854231,9" for buyer in BUYERS)]
    return "\n".join([*rows, f"{number},276,616,854231,1", ""]).encode()


@pytest.fixture
def desk(owner_sql: Any) -> Desk:
    return make_desk(owner_sql)


def keep(desk: Desk, name: str = "b.csv", content: bytes = year(2022)) -> FlowFile:
    with acting_as(desk.documenter) as actor:
        return keep_flow_file(desk.organisation, name, content, actor=actor, at=timezone.now())


def bring(client: Client, desk: Desk, name: str, content: bytes) -> Any:
    file = SimpleUploadedFile(name, content)
    return client.post(BOARD, {"holder": str(desk.organisation), "file": file})


def token(user: User) -> dict[str, str]:
    with in_person(user) as actor:
        _row, secret = make_token("t", SCOPES, actor=actor, at=timezone.now(), days=1)
    return {"HTTP_AUTHORIZATION": f"Bearer {secret}"}


def test_files_are_kept_tested_and_discarded_with_forms_alone(desk: Desk, owner_sql: Any) -> None:
    client = signed_in_client(desk.documenter)
    assert "No file is kept yet" in client.get(BOARD).content.decode()
    for number in (2021, 2022):
        assert bring(client, desk, f"../../y{number}.csv", year(number)).status_code == 302
    page = client.get(BOARD).content.decode()
    assert "y2021.csv" in page
    assert ".." not in page.split("<tbody>")[1].split("</tbody>")[0]
    asked = client.get(f"{BOARD}{desk.organisation}/products/", {"country": "LTU"})
    report = client.get(asked["Location"]).content.decode()
    assert "Products that Lithuania buys of few" in report
    assert "854231" in report
    assert "China 100" in report
    told = client.get(f"{asked['Location']}?form=json").json()
    assert told["findings"][0]["supply"]["supplier"] == "CHN"
    assert told["years"] == [2021, 2022]
    for file in _ids(desk):
        assert client.post(f"{BOARD}{file}/discard/").status_code == 302
    assert "No file is kept yet" in client.get(BOARD).content.decode()
    verbs = [row[0] for row in owner_sql("SELECT verb FROM audit_entry")]
    assert (verbs.count("flows.kept"), verbs.count("flows.discarded")) == (2, 2)


def _ids(desk: Desk) -> list[Any]:
    with acting_as(desk.documenter) as actor:
        return [row.pk for row in flow_files_for(actor)]


def test_bad_rows_are_named_and_nothing_is_kept(desk: Desk) -> None:
    client = signed_in_client(desk.documenter)
    answer = bring(client, desk, "b.csv", b"t,i,j,k,v\n2021,156,440,x,1\n")
    assert "b.csv, row 2, column k" in answer.content.decode()
    for name, content, said in (
        ("b.parquet", year(2022), "only CSV"),
        ("b.csv", b"t" * (LARGEST + 1), "holds more than"),
        ("b.csv", b"\x00\xff", "cannot be read|missing"),
    ):
        with pytest.raises(FileRefused, match=said):
            keep(desk, name, content)
    assert _ids(desk) == []
    keep(desk)
    with pytest.raises(FileRefused, match="of this name is kept already"):
        keep(desk)
    assert len(_ids(desk)) == 1


def test_no_more_files_are_kept_than_fit(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("undaunted.coercion.exposure.actions.MOST_FILES", 1)
    assert MOST_FILES > 1
    keep(desk)
    with pytest.raises(FileRefused, match="1 files are kept already; discard one"):
        keep(desk, "c.csv")


def test_one_year_cannot_answer_and_says_so(desk: Desk) -> None:
    keep(desk)
    client = signed_in_client(desk.reviewer)
    answer = client.get(f"{BOARD}{desk.organisation}/products/LTU/")
    assert answer.status_code == 409
    assert "load more years together" in answer.content.decode()
    assert client.get(f"{BOARD}{desk.organisation}/products/QQQ/").status_code == 404
    assert client.get(f"{BOARD}{desk.organisation}/products/").status_code == 404


def test_strangers_see_and_change_nothing(desk: Desk) -> None:
    file = keep(desk)
    stranger = signed_in_client(desk.stranger)
    assert "b.csv" not in stranger.get(BOARD).content.decode()
    assert stranger.get(f"{BOARD}{desk.organisation}/products/LTU/").status_code == 404
    assert stranger.post(f"{BOARD}{file.pk}/discard/").status_code == 404
    assert "b.csv" not in bring(stranger, desk, "c.csv", year(2022)).content.decode()
    with acting_as(desk.stranger) as actor:
        assert flow_contents(actor, desk.organisation) == {}
        assert FlowFile.objects.count() == 0
        for step in (
            lambda: keep_flow_file(
                desk.organisation, "c.csv", year(2022), actor=actor, at=timezone.now()
            ),
            lambda: discard_flow_file(file, actor=actor, at=timezone.now()),
        ):
            with pytest.raises(Forbidden):
                step()
    with acting_as(desk.reviewer) as actor, pytest.raises(Forbidden):
        discard_flow_file(file, actor=actor, at=timezone.now())
    with acting_as(desk.documenter) as actor:
        discard_flow_file(file, actor=actor, at=timezone.now())
        with pytest.raises(Forbidden):
            discard_flow_file(file, actor=actor, at=timezone.now())


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        ("UPDATE exposure_flowfile SET name = 'x'", "permission denied"),
        (
            FORGED,
            "in one's own name",
        ),
    ],
)
def test_database_keeps_files_as_they_are(desk: Desk, statement: str, said: str) -> None:
    keep(desk)
    with (
        acting_as(desk.documenter),
        pytest.raises(DatabaseError, match=said),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)


def test_programs_can_do_what_the_page_can(desk: Desk) -> None:
    client, known = Client(), token(desk.documenter)
    for number in (2021, 2022):
        file = SimpleUploadedFile(f"y{number}.csv", year(number))
        sent = {"holder": str(desk.organisation), "file": file}
        made = client.post(API, sent, **known)  # type: ignore[arg-type]
        assert made.status_code == 201, made.content
    files = client.get(API, **known).json()  # type: ignore[arg-type]
    assert [each["years"] for each in files] == [[2021], [2022]]
    report = f"{API}/{desk.organisation}/dependencies/ltu"
    told = client.get(report, **known).json()  # type: ignore[arg-type]
    assert [each["product"] for each in told["findings"]] == ["854231"]
    bad = {"holder": str(desk.organisation), "file": SimpleUploadedFile("z.csv", b"a,b\n1,2\n")}
    refused = client.post(API, bad, **known)  # type: ignore[arg-type]
    assert refused.status_code == 409
    assert "column" in refused.json()["detail"]
    gone = client.delete(f"{API}/{files[0]['id']}", **known)  # type: ignore[arg-type]
    assert gone.status_code == 204
    assert client.delete(f"{API}/{uuid4()}", **known).status_code == 404  # type: ignore[arg-type]
    assert client.get(report, **known).status_code == 409  # type: ignore[arg-type]
    other = token(desk.stranger)
    assert client.get(report, **other).status_code == 404  # type: ignore[arg-type]
    assert client.get(API, **other).json() == []  # type: ignore[arg-type]
