"""Memos on the page, over the wire and at the terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest
from django.utils import timezone

from tests.core.accounts.factories import in_person, signed_in_client
from tests.core.accounts.terminal import run_at_terminal
from tests.prisoners.memo.factories import AT, Office, open_office
from undaunted.core.access.rules import Forbidden
from undaunted.core.accounts.actions import acting_as, make_token
from undaunted.core.accounts.rules import Scope
from undaunted.core.editions.writers import FOLDERS
from undaunted.prisoners.memo.actions import accept_text, withdraw_text
from undaunted.prisoners.memo.commands import commands
from undaunted.prisoners.memo.models import Memo, MemoText
from undaunted.prisoners.memo.rules import TextRefused

if TYPE_CHECKING:
    from pathlib import Path

    from undaunted.core.accounts.models import User

pytestmark = [
    pytest.mark.usefixtures("ledger"),
    pytest.mark.skipif(
        not all(folder.is_dir() for folder in FOLDERS[:2]),
        reason="needs fonts-noto-core and fonts-noto-cjk",
    ),
]
NAME = "Олена Корсак"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@pytest.fixture
def office(owner_sql: Any) -> Office:
    return open_office(owner_sql)


def _run(*words: object, person: User | None = None, status: int = 0) -> str:
    return run_at_terminal(commands, *words, person=person, status=status)


def test_officer_looks_builds_saves_and_builds_anew(office: Office) -> None:
    desk = office.desk
    client = signed_in_client(desk.documenter)
    assert b"There are none yet" in client.get("/desk/memos/").content
    asked = {
        "holder": str(desk.organisation), "country": "XR", "counterpart": "Minister",
        "meets_on": "2026-12-02", "as_of": "2026-06-30", "pages": "2", "language": "en",
        "variants": ["public", "restricted"],
    }  # fmt: skip
    looked = client.post("/desk/memos/new/", asked | {"look": ""}).content.decode()
    assert NAME in looked
    assert "PUBLIC · TLP:CLEAR" in looked
    assert "RESTRICTED" in looked
    assert "PACE Resolution 1900" in looked
    answer = client.post("/desk/memos/new/", asked | {"build": ""})
    assert (answer.status_code, answer["Location"]) == (302, "/desk/memos/")
    board = client.get("/desk/memos/").content.decode()
    with acting_as(desk.documenter):
        memos = list(Memo.objects.order_by("variant"))
    assert [each.variant for each in memos] == ["public", "restricted"]
    assert all(f"/desk/memos/{each.pk}/" in board for each in memos)
    assert desk.documenter.username in board
    one = f"/desk/memos/{memos[0].pk}/"
    page = client.get(one).content.decode()
    stem = "memo-XR-2026-06-30-public-en"
    assert f"{one}files/{stem}.docx" in page
    saved = client.get(f"{one}files/{stem}.docx")
    assert saved["Content-Type"] == WORD
    assert "attachment" in saved["Content-Disposition"]
    assert saved["Cache-Control"] == "no-store"
    assert client.get(f"{one}files/nothing.pdf").status_code == 404
    anew = client.post(f"{one}again/")
    assert anew.status_code == 302
    assert "It was built anew." in client.get(one).content.decode()
    assert client.get(f"{one}files/{stem}.docx").status_code == 409
    newer = anew["Location"]
    assert client.post(f"{newer}end/").status_code == 302
    assert "The desk ended it." in client.get(newer).content.decode()
    assert client.post(f"{newer}end/").status_code == 409
    stranger = signed_in_client(desk.stranger)
    assert stranger.get(one).status_code == 404
    assert stranger.post(f"{one}again/").status_code == 404


def test_bad_form_names_every_field(office: Office) -> None:
    client = signed_in_client(office.desk.documenter)
    asked = {
        "holder": str(office.desk.organisation), "country": "XR", "counterpart": "",
        "meets_on": "2026-12-02", "pages": "2", "language": "en", "variants": ["public"],
        "build": "",
    }  # fmt: skip
    page = client.post("/desk/memos/new/", asked).content.decode()
    assert 'id="id_counterpart_error"' in page or "empty; write it in a line" in page
    assert client.post("/desk/memos/new/", {"build": ""}).status_code == 200
    wrong = client.post("/desk/memos/new/", asked | {
        "counterpart": "M", "variants": ["restricted"], "reader": "government:XR"})  # fmt: skip
    assert "the state the memo is about never gets it" in wrong.content.decode()


def test_texts_are_written_by_one_accepted_by_another_confirmed_and_taken_back(
    office: Office,
) -> None:
    desk = office.desk
    client, second = signed_in_client(desk.documenter), signed_in_client(desk.publisher)
    told = {
        "holder": str(desk.organisation), "country": "XR", "kind": "red_line", "language": "en",
        "body": "No goods for people.",
    }  # fmt: skip
    assert client.post("/desk/memos/texts/", told).status_code == 302
    page = client.get("/desk/memos/texts/").content.decode()
    assert "No goods for people." in page
    assert "Accept as the second person" not in page
    with acting_as(desk.documenter):
        text = MemoText.objects.get()
    address = f"/desk/memos/texts/{text.pk}/"
    assert "Accept as the second person" in second.get("/desk/memos/texts/").content.decode()
    assert client.post(f"{address}accept/").status_code == 404
    assert second.post(f"{address}accept/").status_code == 302
    assert second.post(f"{address}accept/").status_code == 409
    assert client.post(f"{address}confirm/").status_code == 302
    with acting_as(desk.documenter):
        text.refresh_from_db()
        assert text.state == "accepted"
        assert text.confirmed_on == timezone.now().date()
    assert client.post(f"{address}withdraw/").status_code == 302
    assert "No goods" not in client.get("/desk/memos/texts/").content.decode()
    assert client.post(f"{address}confirm/").status_code == 404
    case = str(office.party.pk)
    assert f'value="{case}"' in page
    bad = client.post("/desk/memos/texts/", told | {"subject": case})
    assert "only an ask is about one case" in bad.content.decode()
    other = {"kind": "ask", "subject": case, "country": "XB"}
    refused = client.post("/desk/memos/texts/", told | other)
    assert "keeps no such case" in refused.content.decode()
    assert client.post("/desk/memos/texts/", told | other | {"country": "XR"}).status_code == 302
    with acting_as(desk.documenter) as actor:
        with pytest.raises(TextRefused, match="withdrawn"):
            withdraw_text(text, actor=actor, at=AT)
        with pytest.raises(Forbidden):
            accept_text(text, actor=actor, at=AT)


def test_program_builds_fetches_and_writes_texts(office: Office) -> None:
    desk = office.desk
    client = signed_in_client(desk.documenter)
    with in_person(desk.documenter) as actor:
        scopes = [Scope.READ, Scope.SHARE, Scope.RECORD, Scope.DECIDE]
        _row, token = make_token("program", scopes, actor=actor, at=timezone.now(), days=1)
    client.cookies.clear()
    head: dict[str, Any] = {"HTTP_AUTHORIZATION": f"Bearer {token}"}

    def post(address: str, told: dict[str, Any] | None = None) -> Any:
        return client.post(
            f"/api/v1/memo/desk/{address}", told or {}, content_type="application/json", **head
        )

    text = post("texts", {"holder": str(desk.organisation), "country": "XR", "kind": "ask",
                          "body": "Let her go.", "subject": str(office.party.pk)})  # fmt: skip
    assert text.status_code == 201, text.content
    assert post(f"texts/{text.json()['id']}/confirmation").status_code == 200
    assert post(f"texts/{text.json()['id']}/acceptance").status_code == 404
    assert post("texts", {"holder": str(desk.organisation), "country": "QQ", "kind": "ask",
                          "body": "x"}).status_code == 422  # fmt: skip
    wanted = {
        "holder": str(desk.organisation), "country": "XR", "counterpart": "Minister",
        "meets_on": "2026-12-02", "as_of": "2026-06-30", "variant": "public",
        "conditions": ["leverage"],
    }  # fmt: skip
    made = post("memos", wanted)
    assert made.status_code == 201, made.content
    told = made.json()
    assert told["title"] == "Ruritania: people held for political reasons"
    one = f"/api/v1/memo/desk/memos/{told['id']}"
    assert client.get(one, **head).json() == told
    assert [each["id"] for each in client.get("/api/v1/memo/desk/memos", **head).json()] == [
        told["id"]
    ]
    name = told["files"][0]["name"]
    assert client.get(f"{one}/files/{name}", **head).content[:2] == b"PK"
    assert post(f"memos/{told['id']}/again").status_code == 201
    assert client.get(f"{one}/files/{name}", **head).status_code == 410
    assert post(f"memos/{told['id']}/end").status_code == 422
    assert post("memos", wanted | {"known_at": "9999-01-01T00:00:00Z"}).status_code == 422
    assert post("memos", wanted | {"counterpart": "a\x00b"}).status_code == 422
    assert client.get("/api/v1/memo/desk/texts", **head).json()[0]["body"] == "Let her go."
    assert post(f"texts/{text.json()['id']}/withdrawal").json()["state"] == "withdrawn"
    assert client.get(one).status_code == 401


def test_terminal_builds_lists_and_writes_texts(office: Office, tmp_path: Path) -> None:
    desk = office.desk
    out = tmp_path / "memo"
    told = _run("build", "--world", "--out", out)
    assert "written:" in told
    assert sorted(each.suffix for each in out.iterdir()) == [".docx", ".pdf"]
    again = _run("build", "--world", "--out", out, status=2)
    assert "is there already" in again
    for words, remedy in (
        (["--out", out], "one of them"),
        (["--out", out, "--world", "--country", "XR"], "one of them"),
        (["--out", out, "--country", "XR", "--counterpart", "M"], "on which day"),
        (["--out", out, "--country", "QQ", "--counterpart", "M", "--date", "2026-12-02"], "ISO"),
        (["--out", out, "--country", "XR", "--date", "soon"], "is no day"),
        (["--out", out, "--world", "--known-at", "soon"], "is no time"),
        (["--out", out, "--world", "--lang", "tlh"], "language of the product"),
        (["--out", out, "--country", "XR", "--counterpart", "M", "--date", "2026-12-02",
          "--variant", "restricted"], "sign in"),
    ):  # fmt: skip
        assert remedy in _run("build", *words, status=2)
    made = _run(
        "build", "--country", "XR", "--counterpart", "Minister", "--date", "2026-12-02",
        "--as-of", "2026-06-30", "--condition", "leverage", "--out", out,
        person=desk.documenter,
    )  # fmt: skip
    assert "kept:" in made
    assert (out / "memo-XR-2026-06-30-public-en.docx").exists()
    assert "sign in first" in _run("list", status=2)
    listed = _run("list", person=desk.documenter)
    assert "XR  public  kept" in listed
    memo = listed.split()[0]
    assert "kept:" in _run("again", memo, "--out", tmp_path / "anew", person=desk.documenter)
    assert "no such memo" in _run("again", uuid4(), "--out", out, person=desk.documenter, status=2)
    text = _run("text", "write", "red_line", "No goods.", "--country", "XR",
                person=desk.documenter).strip()  # fmt: skip
    assert _run("text", "accept", text, person=desk.documenter, status=2)
    _run("text", "accept", text, person=desk.publisher)
    _run("text", "confirm", text, person=desk.documenter)
    assert "red_line  accepted" in _run("text", "list", person=desk.documenter)
    _run("text", "withdraw", text, person=desk.documenter)
    assert "no such text" in _run("text", "confirm", text, person=desk.documenter, status=2)
    assert "--holder" in _run(
        "text", "write", "red_line", "No.", "--country", "XR", person=desk.both, status=2
    )
