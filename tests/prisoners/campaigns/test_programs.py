"""API and terminal of campaigns: what a page can do, programs can."""

from __future__ import annotations

import json
from contextlib import contextmanager
from datetime import timedelta
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from typer.testing import CliRunner

from tests.core.accounts.factories import in_person
from tests.prisoners.campaigns.factories import (
    PLAN,
    make_scene,
)
from undaunted.core.access.actions import terminal_token
from undaunted.core.accounts.actions import make_token, open_identity
from undaunted.core.accounts.rules import SCOPES
from undaunted.prisoners.campaigns.commands import commands
from undaunted.prisoners.campaigns.rules import Mode

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from undaunted.core.accounts.models import User

pytestmark = pytest.mark.usefixtures("ledger")

ONE = f"/campaigns/{PLAN.reference}/"
DESK = f"/desk/campaigns/{PLAN.reference}/"
SHEET = (
    "Date,Prisoner,Way,Level,Raised with,Counterpart country,Raised by,Country,Answer\n"
    "2026-11-05,,private,minister,Ministry,XR,Embassy,XS,denial\n"
)
RAISE: dict[str, Any] = {
    "day": "2026-11-08", "channel": "multilateral", "level": "senior", "counterpart": "Council",
    "counterpart_country": "XR", "by": "Delegation", "by_country": "XF",
}  # fmt: skip


@contextmanager
def _signed_in(user: User) -> Iterator[None]:
    token = f"terminal-{uuid4()}"
    until = timezone.now() + timedelta(hours=1)
    open_identity(token, user=user, second_factor=True, kind="terminal", until=until)
    held = terminal_token.set(token)
    try:
        yield
    finally:
        terminal_token.reset(held)


def _run(user: User | None, *words: str, code: int = 0) -> str:
    if user is None:
        result = CliRunner().invoke(commands, list(words))
    else:
        with _signed_in(user):
            result = CliRunner().invoke(commands, list(words))
    assert result.exit_code == code, result.output
    return result.output


def _adopt_and_write(ask: Any, case: str) -> None:
    """Change the ask, record an adopter who adopts, and write a question, by program."""
    assert ask("PUT", f"cases/{case}/ask", {"ask": " "}).status_code == 409
    assert ask("PUT", f"cases/{case}/ask", {"ask": "A doctor."}).status_code == 200
    body = {"name": "Mayor", "kind": "city", "country": "XF", "contact": "x"}
    who = ask("POST", "campaigns/by-program/adopters", body).json()["id"]
    agreed_on = {"on": "2026-11-02", "how": "letter"}
    assert ask("PUT", f"adopters/{who}/agreement", {"on": "2026-11-02"}).status_code == 409
    assert ask("PUT", f"adopters/{who}/agreement", agreed_on).status_code == 200
    since = {"adopter": who, "on": "2026-11-03"}
    assert ask("POST", f"cases/{case}/adoptions", since).status_code == 201
    assert ask("POST", f"cases/{case}/adoptions", since).status_code == 409
    wanted = {"kind": "parliamentary_question", "adopter": who}
    assert len(ask("POST", f"cases/{case}/files", wanted).json()) == 2
    assert ask("POST", f"cases/{case}/files", {**wanted, "language": "tlh"}).status_code == 422


def _files_and_endings(ask: Any, case: str, raised_id: str) -> None:
    """Change the campaign, write anew, print, take a sheet in, end what was wrong, by program."""
    begun = {"name": "Y", "day": "2026-12-03", "occasion": "3-december"}
    assert ask("PUT", "campaigns/by-program", {**begun, "occasion": "easter"}).status_code == 409
    assert ask("PUT", "campaigns/by-program", begun).status_code == 200
    files = ask("GET", "campaigns/by-program/files").json()
    assert [bool(each["stale_at"]) for each in files] == [True, True]
    one = f"files/{files[0]['id']}"
    assert ask("GET", one).status_code == 409
    assert len(ask("POST", f"{one}/rewriting").json()) == 2
    assert ask("POST", f"{one}/withdrawal").status_code == 409
    wanted = {"kind": "parliamentary_question"}
    fresh = ask("POST", f"cases/{case}/files", wanted).json()
    held = ask("GET", f"files/{fresh[0]['id']}")
    assert (held.status_code, len(held.content)) == (200, fresh[0]["size"])
    (entry,) = ask("GET", "campaigns/by-program/entries").json()
    assert entry["id"] == raised_id
    printed = ask("GET", "campaigns/by-program/sheet/docx")
    assert printed.content[:2] == b"PK"
    assert ask("GET", "campaigns/by-program/calendar").content.startswith(b"BEGIN:VCALENDAR")
    wrong = ask("POST", "campaigns/by-program/raises", RAISE).json()["id"]
    assert ask("POST", f"raises/{wrong}/withdrawal").status_code == 200
    (adoption,) = ask("GET", "campaigns/by-program/adoptions").json()
    assert ask("POST", f"adoptions/{adoption['id']}/end").status_code == 200
    assert ask("POST", f"adoptions/{adoption['id']}/end").status_code == 404
    assert len(ask("GET", "campaigns/by-program/adopters").json()) == 2
    assert ask("POST", f"adopters/{adoption['adopter']}/withdrawal").status_code == 200


def _send_sheets(secret: str) -> None:
    """Look at a sheet, take it in, and send it once more."""

    def send(text: str, **more: str) -> Any:
        sent = {"file": SimpleUploadedFile("s.csv", text.encode()), **more}
        return Client(headers={"Authorization": f"Bearer {secret}"}).post(
            "/api/v1/campaigns/desk/campaigns/by-program/sheet", sent
        )

    look = send(SHEET.replace("minister", "pope"), preview="true")
    assert look.status_code == 200, look.content
    assert look.json()["taken_in"] == 0
    assert look.json()["problems"][0].startswith("Line 2, level: “pope” is not known here.")
    assert send(SHEET.replace("minister", "pope")).status_code == 409
    assert send(SHEET).json()["taken_in"] == 1
    again = send(SHEET).json()
    assert (again["taken_in"], len(again["known"])) == (0, 1)
    assert "already taken in as" in again["known"][0]


def test_programs_keep_the_log_with_a_token(owner_sql: Any) -> None:
    scene = make_scene(owner_sql)
    with in_person(scene.desk.documenter) as actor:
        _made, secret = make_token("script", SCOPES, actor=actor, at=timezone.now(), days=1)
    with in_person(scene.desk.publisher) as actor:
        _made, other = make_token("script", SCOPES, actor=actor, at=timezone.now(), days=1)

    def ask(verb: str, path: str, body: Any = None, token: str = secret) -> Any:
        return Client().generic(
            verb, f"/api/v1/campaigns/desk/{path}", json.dumps(body), "application/json",
            headers={"Authorization": f"Bearer {token}"},
        )  # fmt: skip

    begun = {"holder": str(scene.desk.organisation), "reference": "by-program", "name": "X",
             "day": "2026-12-03"}  # fmt: skip
    assert ask("POST", "campaigns", begun).status_code == 201
    assert ask("POST", "campaigns", begun).status_code == 409
    assert ask("POST", "campaigns", {**begun, "name": "a\x00b"}).status_code == 422
    assert len(ask("GET", "campaigns").json()) == 2
    reference = Client().get(f"/api/v1{ONE}").json()["cases"][0]["reference"]
    made = ask("POST", "campaigns/by-program/cases", {"case": reference, "ask": "Release."})
    case = made.json()["id"]
    assert ask("PUT", f"cases/{case}/mode", {"mode": "private_only"}).status_code == 409
    assert ask("PUT", f"cases/{case}/mode", {"mode": "public"}).status_code == 200
    (held,) = ask("GET", "campaigns/by-program/cases").json()
    assert (held["mode"], held["approved"]) == (Mode.PUBLIC, False)
    _adopt_and_write(ask, case)
    logged = ask("POST", "campaigns/by-program/raises", {**RAISE, "case": reference})
    assert logged.status_code == 201
    assert ask("POST", "campaigns/by-program/raises", {**RAISE, "case": "no"}).status_code == 404
    step = {"day": "2026-11-09", "reply": "release"}
    assert ask("POST", f"raises/{logged.json()['id']}/steps", step).status_code == 201
    (line,) = ask("GET", "campaigns/by-program/raises").json()
    assert (line["reply"], line["case"]) == ("release", reference)
    assert ask("GET", "campaigns/by-program/figures").json()["by_reply"]["release"] == 1
    _files_and_endings(ask, case, logged.json()["id"])
    assert ask("POST", "campaigns/by-program/out").status_code == 404
    assert ask("POST", "campaigns/by-program/out", token=other).json()["raise"] == 1
    files = Client().get("/api/v1/campaigns/by-program/").json()["files"]
    taken = Client().get(f"/api/v1/campaigns/by-program/files/{files[0]['id']}")
    assert (taken.status_code, len(taken.content)) == (200, files[0]["size"])
    shown = Client().get("/api/v1/campaigns/by-program/calendar?language=ar")
    assert shown.content.startswith(b"BEGIN:VCALENDAR")
    _send_sheets(secret)
    assert ask("POST", f"cases/{case}/removal").status_code == 200
    assert ask("POST", f"cases/{case}/removal").status_code == 404
    assert ask("POST", "campaigns/by-program/withdrawal", token=other).status_code == 200
    assert Client().get("/api/v1/campaigns/desk/campaigns").status_code == 401


def _change_and_correct(me: User, reference: str, tmp_path: Path) -> None:
    """Change words, ask adopters, take a wrong entry out, write the calendar, at the terminal."""
    _run(me, "ask", "terminal", reference, "A doctor.")
    _run(me, "change", "terminal", "--name", "At a terminal", "--lang", "en")
    assert "Mayor" in _run(me, "adopters", "terminal")
    _run(me, "agreed", "terminal", "Mayor")
    _run(me, "agreed", "terminal", "mayor", "--on", "2026-11-02", "--how", "letter")
    wrong = _run(
        me, "raise", "terminal", "--channel", "public", "--level", "head", "--with", "King",
        "--with-country", "XR", "--by", "Mayor", "--by-country", "XF", "--on", "2026-11-04",
        "--adopter", "Mayor",
    ).split()[1]  # fmt: skip
    _run(me, "mistaken", wrong)
    _run(me, "calendar", "terminal", "--out", str(tmp_path))
    assert (tmp_path / "terminal.ics").read_bytes().startswith(b"BEGIN:VCALENDAR")


def _write_anew(me: User, reference: str, tmp_path: Path) -> None:
    """Write what is old anew, fetch it, and send a sheet that came before, at the terminal."""
    _run(me, "ask", "terminal", reference, "A doctor, and release.")
    listed = _run(me, "files", "terminal")
    assert listed.count("  old ") == 2
    old = listed.split()[0]
    assert "words of this file are old" in _run(me, "file", old, code=2)
    _run(me, "rewrite", old, "--out", str(tmp_path))
    fresh = next(line for line in _run(me, "files", "terminal").splitlines() if "waits" in line)
    _run(me, "file", fresh.split()[0], "--out", str(tmp_path / "copy"))
    assert list((tmp_path / "copy").iterdir())
    assert "already taken in" in _run(me, "import", "terminal", str(tmp_path / "again.csv"))


def test_what_a_page_can_do_the_terminal_can(owner_sql: Any, tmp_path: Path) -> None:
    scene = make_scene(owner_sql)
    me, holder = scene.desk.documenter, str(scene.desk.organisation)
    assert "unverified" in _run(None, "occasions")
    assert PLAN.reference in _run(None, "list")
    assert "sign in first" in _run(None, "log", PLAN.reference, code=2)
    reference = Client().get(f"/api/v1{ONE}").json()["cases"][0]["reference"]
    _run(me, "create", holder, "terminal", "At the terminal", "--occasion", "3-december",
         "--year", "2026", "--lang", "en")  # fmt: skip
    _run(me, "create", holder, "broken", "X", "--on", "soon", code=2)
    _run(me, "attach", "terminal", reference, "Release her.", "--mode", "public")
    _run(me, "adopt", "terminal", reference, "Mayor", "--kind", "city", "--country", "XF",
         "--agreed-on", "2026-11-02", "--agreed-how", "letter", "--on", "2026-11-03")  # fmt: skip
    assert "Mayor" in _run(me, "cases", "terminal")
    logged = _run(
        me, "raise", "terminal", "--channel", "private", "--level", "minister", "--with", "Envoy",
        "--with-country", "XR", "--by", "Minister", "--by-country", "XS", "--case", reference,
        "--on", "2026-11-04",
    )  # fmt: skip
    entry = logged.split()[1]
    _run(me, "reply", entry, "--reply", "information", "--on", "2026-11-06")
    assert entry in _run(me, "log", "terminal")
    _change_and_correct(me, reference, tmp_path)
    sheet = tmp_path / "sheet.csv"
    sheet.write_text(SHEET)
    assert "1 rows can be read, 0 problems" in _run(
        me, "import", "terminal", str(sheet), "--preview"
    )
    assert "taken in  1, already taken in  0" in _run(me, "import", "terminal", str(sheet))
    (tmp_path / "again.csv").write_text(SHEET)
    sheet.write_text(SHEET.replace("minister", "pope"))
    _run(me, "import", "terminal", str(sheet), code=2)
    _run(me, "write", "terminal", reference, "parliamentary_question", "--out", str(tmp_path))
    _run(me, "write", "terminal", reference, "letter", "--adopter", "Nobody", code=2)
    _write_anew(me, reference, tmp_path)
    assert "material 2" in _run(scene.desk.publisher, "out", "terminal")
    told = json.loads(_run(me, "coverage", "terminal", "--json"))
    assert (told["raises"], told["by_reply"]["information"]) == (2, 1)
    assert "raises         0" in _run(None, "coverage", "terminal")
    _run(me, "sheet", "terminal", "--out", str(tmp_path / "desk"))
    assert {path.suffix for path in (tmp_path / "desk").iterdir()} >= {".pdf", ".docx", ".html"}
    _run(me, "end-adoption", "terminal", reference, "Mayor")
    _run(me, "end-adoption", "terminal", reference, "Mayor", code=2)
    _run(me, "withdraw-adopter", "terminal", "Mayor")
    left = [line for line in _run(me, "files", "terminal").splitlines() if "destroyed" not in line]
    _run(me, "destroy", left[0].split()[0])
    _run(me, "mode", "terminal", reference, "silent")
    _run(me, "remove", "terminal", reference)
    _run(scene.desk.publisher, "withdraw", "terminal")
    _run(None, "coverage", "terminal", code=2)
