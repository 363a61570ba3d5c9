"""Files of flows at the desk: kept for one organisation, tested, discarded; by page and program."""

from __future__ import annotations

import csv
import json
from datetime import timedelta
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pycountry
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.utils import timezone
from typer.testing import CliRunner

from tests.coercion.exposure.test_early_warning import EPISODE, NAMES, months
from tests.core.accounts.factories import in_person, signed_in_client
from tests.prisoners.registry.desk import Desk, make_desk
from tests.site.pages_of_html import elements
from undaunted.coercion.exposure.actions import (
    LARGEST,
    MOST_FILES,
    discard_flow_file,
    keep_flow_file,
)
from undaunted.coercion.exposure.analysis.kept import kept_warning
from undaunted.coercion.exposure.commands import commands
from undaunted.coercion.exposure.models import FlowFile
from undaunted.coercion.exposure.queries import flow_contents, flow_files_for
from undaunted.coercion.exposure.readers import FileRefused
from undaunted.coercion.exposure.rules import WarningRefused
from undaunted.core.access.actions import terminal_token
from undaunted.core.access.rules import Forbidden
from undaunted.core.accounts.actions import acting_as, make_token, open_identity
from undaunted.core.accounts.rules import SCOPES

if TYPE_CHECKING:
    from pathlib import Path

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


ASKED = {"target": "tgt", "coercer": "CRC", "since": EPISODE.since}


def keep_months(desk: Desk) -> str:
    return str(keep(desk, "months.csv", months().encode()).pk)


@pytest.mark.parametrize(("language", "direction"), [("", "ltr"), ("/ar", "rtl")])
def test_episode_is_asked_and_shown_with_its_placebos(
    desk: Desk, language: str, direction: str
) -> None:
    address = f"{language}{BOARD}{keep_months(desk)}/episode/"
    client = signed_in_client(desk.reviewer)
    assert f"{address}" in client.get(language + BOARD).content.decode()
    assert "<figure" not in client.get(address).content.decode()
    page = client.get(address, ASKED).content.decode()
    assert f'dir="{direction}"' in page
    assert page.count("<figure") == 2
    for tag, given in elements(page):
        assert "style" not in given
        if tag == "circle":
            assert 0 < float(given["cx"]) < 760
    told = client.get(address, {**ASKED, "form": "json"}).json()
    assert page.count("<circle") == 1 + len(told["compared_with"])
    for month in (NAMES[0], NAMES[-1]):
        assert f'<th scope="row">{month}</th>' in page
    assert told["loss"]["found"] is True
    rows = list(csv.DictReader(client.get(address, {**ASKED, "form": "csv"}).content.decode()
                               .splitlines()))  # fmt: skip
    assert [row["month"] for row in rows] == list(NAMES)
    lost = sum(float(row["actual"]) - float(row["expected"]) for row in rows[30:])
    assert lost == pytest.approx(told["loss"]["effect"])
    assert float(rows[-1]["expected_low"]) < float(rows[-1]["expected"])


def test_pressure_through_parts_is_shown_beside_the_loss(desk: Desk) -> None:
    address = f"{BOARD}{keep_months(desk)}/episode/"
    client = signed_in_client(desk.documenter)
    page = client.get(address, {**ASKED, "component": "04, 05"}).content.decode()
    assert page.count("<figure") == 3
    assert "Pressure through parts" in page


def test_months_are_no_years_and_no_strangers(desk: Desk) -> None:
    file = keep_months(desk)
    client = signed_in_client(desk.documenter)
    with acting_as(desk.documenter) as actor:
        assert flow_contents(actor, desk.organisation) == {}
    yearly = keep(desk)
    assert client.get(f"{BOARD}{yearly.pk}/episode/").status_code == 404
    address = f"{BOARD}{file}/episode/"
    assert signed_in_client(desk.stranger).get(address, ASKED).status_code == 404
    late = client.get(address, {**ASKED, "since": NAMES[-1]})
    assert late.status_code == 409
    assert "1 months lie after the measure" in late.content.decode()
    for name, bad in (("target", "xTGTx"), ("since", "2021-13"), ("product", "04/'")):
        assert f'id="id_{name}_error"' in client.get(address, {**ASKED, name: bad}).content.decode()
    with acting_as(desk.documenter) as actor, pytest.raises(WarningRefused, match="no months"):
        kept_warning(actor, yearly.pk, EPISODE)


def test_programs_and_terminal_ask_about_an_episode_too(desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "months.csv"
    path.write_text(months(), encoding="utf-8")
    file = run(desk.documenter, "keep", str(desk.organisation), str(path)).split()[0]
    assert file in run(desk.documenter, "files")
    asked = [f"--{name}={each}" for name, each in ASKED.items()]
    told = json.loads(run(desk.documenter, "episode", file, *asked))
    known = token(desk.documenter)
    address = f"{API}/{file}/episode"
    assert Client().get(address, ASKED, **known).json() == told  # type: ignore[arg-type]
    bad = Client().get(address, {**ASKED, "target": "x"}, **known)  # type: ignore[arg-type]
    assert (bad.status_code, bad.json()["errors"][0]["pointer"]) == (422, "#/query/target")
    other = token(desk.stranger)
    assert Client().get(address, ASKED, **other).status_code == 404  # type: ignore[arg-type]
    table = run(desk.documenter, "episode", file, *asked, "--csv")
    assert len(table.splitlines()) == 1 + len(NAMES)
    assert "--since: " in run(desk.documenter, "episode", file, *asked[:2], "--since=x", code=2)
    assert "no such file" in run(desk.stranger, "episode", file, *asked, code=2)
    for number in (2021, 2022):
        path.write_bytes(year(number))
        run(
            desk.documenter,
            "keep",
            str(desk.organisation),
            str(path.rename(tmp_path / f"{number}.csv")),
        )
    found = json.loads(run(desk.documenter, "dependencies", str(desk.organisation), "ltu"))
    assert [each["product"] for each in found["findings"]] == ["854231"]
    run(desk.documenter, "discard", file)
    assert file not in run(desk.documenter, "files")


def run(user: User, *words: str, code: int = 0) -> str:
    name = f"terminal-{uuid4()}"
    until = timezone.now() + timedelta(hours=1)
    open_identity(name, user=user, second_factor=True, kind="terminal", until=until)
    held = terminal_token.set(name)
    try:
        done = CliRunner().invoke(commands, list(words))
    finally:
        terminal_token.reset(held)
    assert done.exit_code == code, done.output + str(done.exception)
    return done.output
