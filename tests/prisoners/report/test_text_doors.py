"""Texts at the terminal and over the wire: the same steps, the same refusals, translations."""

from __future__ import annotations

from contextlib import contextmanager
from datetime import timedelta
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone
from typer.testing import CliRunner

from tests.core.accounts.factories import in_person
from tests.prisoners.report.text_desk import (
    ENGLISH,
    FRENCH,
    YEAR,
    Writers,
    make_writers,
    signed,
)
from undaunted.core.access.actions import terminal_token
from undaunted.core.access.rules import PUBLIC
from undaunted.core.accounts.actions import make_token, open_identity
from undaunted.core.accounts.rules import SCOPES
from undaunted.prisoners.report.commands import commands
from undaunted.prisoners.report.queries import signed_texts
from undaunted.prisoners.report.rules.exchange import LARGEST

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from undaunted.core.accounts.models import User

pytestmark = pytest.mark.usefixtures("ledger")
API = "/api/v1/report/desk/"


@pytest.fixture
def writers(owner_sql: Any) -> Writers:
    return make_writers(owner_sql)


@contextmanager
def _signed_in(person: User) -> Iterator[None]:
    token, until = f"terminal {uuid4()}", timezone.now() + timedelta(hours=1)
    open_identity(token, user=person, second_factor=True, kind="terminal", until=until)
    held = terminal_token.set(token)
    try:
        yield
    finally:
        terminal_token.reset(held)


def _run(*words: object, person: User | None = None, status: int = 0) -> str:
    told = ["text", *(str(word) for word in words)]
    if person is None:
        done = CliRunner().invoke(commands, told)
    else:
        with _signed_in(person):
            done = CliRunner().invoke(commands, told)
    assert done.exit_code == status, done.output
    return done.output


def test_text_is_written_reviewed_and_signed_at_the_terminal(
    writers: Writers, tmp_path: Path
) -> None:
    file = tmp_path / "summary.txt"
    file.write_text("Some 40 people, **so", encoding="utf-8")
    place = ("--year", YEAR, "--chapter", "summary")
    assert "sign in first" in _run("list", writers.holder, "--year", YEAR, status=2)
    told = _run("check", file, "--year", YEAR, person=writers.writer, status=2)
    assert "line 1: ** is not closed" in told
    file.write_text("Some 40 people", encoding="utf-8")
    told = _run("check", file, "--year", YEAR, person=writers.writer)
    assert "1. line 1: 40  (Some 40 people)" in told
    told = _run("write", writers.holder, file, *place, "--propose", person=writers.writer)
    version = told.split()[5]
    assert told.startswith("waiting ")
    assert "no role" in _run("review", version, person=writers.writer, status=2)
    assert "reviewed" in _run("review", version, person=writers.reviewer)
    who = writers.publisher
    assert "was typed by hand; give a reason" in _run("sign", version, person=who, status=2)
    assert "signed" in _run("sign", version, "--accept", "1=a quotation", person=who)
    shown = _run("show", version, person=writers.reader)
    assert "accepted: a quotation" in shown
    assert str(version) in _run("list", writers.holder, "--year", YEAR, person=writers.reader)
    told = _run("decline", version, "--why", "late", person=who, status=2)
    assert "version 1 is signed; look again" in told
    assert "withdrawn" in _run("withdraw", version, "--why", "wrong court", person=who)
    told = _run("write", writers.holder, file, "--year", YEAR, "--chapter", "sources",
                person=writers.writer, status=2)  # fmt: skip
    assert "'sources' takes no text" in told
    assert "no such text" in _run("propose", uuid4(), person=who, status=2)
    file.write_bytes(b"\xff")
    told = _run("check", file, "--year", YEAR, person=writers.writer, status=2)
    assert "not UTF-8" in told
    file.write_text("x" * 80_001, encoding="utf-8")
    told = _run("check", file, "--year", YEAR, person=writers.writer, status=2)
    assert "more than 20000 letters" in told


def test_translations_go_out_and_come_back(writers: Writers, tmp_path: Path) -> None:
    file = tmp_path / "fr.xlf"
    to_french = (writers.holder, "--year", YEAR, "--lang", "fr", "--out", file)
    assert "no English text" in _run("export", *to_french, person=writers.reader, status=2)
    signed(writers)
    signed(writers, "One.\n\nMore.", chapter="totals")
    assert "2 texts in fr.xlf" in _run("export", *to_french, person=writers.reader)
    assert "exists; name another" in _run("export", *to_french, person=writers.reader, status=2)
    told = _run("import", writers.holder, file, person=writers.writer, status=1)
    assert "chapter summary, fr: pieces 1, 2, 3 are not translated" in told
    content = file.read_text(encoding="utf-8")
    head, _, tail = content.partition("</file>")
    for number, line in enumerate(FRENCH.replace("\n- ", "\n\n").split("\n\n"), start=1):
        empty = f'<trans-unit id="{number}" xml:space="preserve">'
        before, _, after = head.partition(empty)
        words = line.removeprefix("- ").strip()
        after = after.replace('<target state="needs-translation"/>', f"<target>{words}</target>", 1)
        head = before + empty + after
    file.write_text(head + "</file>" + tail, encoding="utf-8")
    told = _run("import", writers.holder, file, person=writers.writer, status=1)
    assert "draft      2025 summary fr 1" in told
    assert "chapter totals, fr: pieces 1, 2 are not translated" in told
    version = told.split()[5]
    told = _run("import", writers.holder, file, person=writers.writer, status=1)
    assert "unchanged  2025 summary fr" in told
    _run("propose", version, person=writers.writer)
    file.write_text(head.replace("voir", "voyez") + "</file></xliff>", encoding="utf-8")
    told = _run("import", writers.holder, file, person=writers.writer, status=1)
    assert "version 1 waits" in told
    _run("decline", version, "--why", "a word is wrong", person=writers.writer)
    broken = head.replace("{table:by-country}<", "**<").replace('id="3"', 'id="7"')
    file.write_text(broken + "</file></xliff>", encoding="utf-8")
    told = _run("import", writers.holder, file, person=writers.writer, status=1)
    assert "pieces 3 are not translated" in told
    broken = head.replace("voir {table:by-country}", "voir **").replace(
        "2025/summary", "2025/flows"
    )
    file.write_text(broken + "</file></xliff>", encoding="utf-8")
    told = _run("import", writers.holder, file, person=writers.writer, status=1)
    assert "no signed English version 1" in told
    file.write_text(head.replace("voir {table:by-country}", "voir **") + "</file></xliff>",
                    encoding="utf-8")  # fmt: skip
    told = _run("import", writers.holder, file, person=writers.writer, status=1)
    assert "chapter summary, fr, piece 1: ** is not closed" in told
    file.write_text(head.replace("voir {table:by-country}", "vu") + "</file></xliff>",
                    encoding="utf-8")  # fmt: skip
    told = _run("import", writers.holder, file, person=writers.writer, status=1)
    assert "{table:by-country} stands in the English text and not here" in told
    file.write_bytes(b" " * (LARGEST + 1))
    assert "larger than" in _run("import", writers.holder, file, person=writers.writer, status=2)


def _program(person: User) -> Client:
    with in_person(person) as actor:
        token = make_token("program", SCOPES, actor=actor, at=timezone.now(), days=1)[1]
    return Client(headers={"Authorization": f"Bearer {token}"})


def _post(client: Client, address: str, sent: dict[str, Any], status: int = 200) -> Any:
    answer = client.post(API + address, sent, content_type="application/json")
    assert answer.status_code == status, answer.content.decode()
    return answer.json()


def test_text_goes_through_its_steps_over_the_wire(writers: Writers) -> None:
    writer, reviewer = _program(writers.writer), _program(writers.reviewer)
    publisher = _program(writers.publisher)
    sent = {"holder": str(writers.holder), "year": YEAR, "chapter": "summary", "body": "Some 40."}
    told = _post(writer, "texts", {**sent, "body": "**a"}, 422)
    assert "line 1: ** is not closed" in told["title"] + told.get("detail", "")
    _post(writer, "texts", {**sent, "chapter": "sources"}, 409)
    made = _post(writer, "texts", sent, 201)
    assert made["typed"] == [
        {"place": 1, "line": 1, "number": "40", "around": "Some 40.", "accepted": "",
         "suggested": []}
    ]  # fmt: skip
    at = f"texts/{made['id']}/"
    assert _post(writer, f"{at}proposal", {})["state"] == "waiting"
    _post(writer, f"{at}decision", {"accept": True}, 404)
    assert _post(reviewer, f"{at}decision", {"accept": True})["state"] == "reviewed"
    _post(publisher, f"{at}signature", {}, 409)
    assert _post(publisher, f"{at}signature", {"accepted": {"1": "quoted"}})["state"] == "signed"
    assert signed_texts(PUBLIC, YEAR, "en").texts
    asked: dict[str, str] = {"holder": str(writers.holder), "year": str(YEAR)}
    listed = reviewer.get(f"{API}texts", asked).json()
    assert [(each["state"], each["number"]) for each in listed] == [("signed", 1)]
    shown = reviewer.get(f"{API}texts/{made['id']}").json()
    assert (shown["body"], shown["typed"][0]["accepted"]) == ("Some 40.", "quoted")
    assert _program(writers.stranger).get(f"{API}texts/{made['id']}").status_code == 404
    given = reviewer.get(f"{API}exchange", {**asked, "language": "fr"}).json()
    assert given["texts"] == 1
    assert reviewer.get(f"{API}exchange", {**asked, "language": "xx"}).status_code == 409
    holder = {"holder": str(writers.holder)}
    _post(writer, "exchange", {**holder, "xliff": "<a>"}, 422)
    back = given["xliff"].replace(
        '<target state="needs-translation"/>', "<target>Une quarantaine.</target>"
    )
    told = _post(writer, "exchange", {**holder, "xliff": back})
    assert [each["translates"] for each in told["drafts"]] == [1]
    assert told["problems"] == []
    second = _post(writer, "texts", {**sent, "body": ENGLISH}, 201)
    _post(writer, f"texts/{second['id']}/proposal", {})
    told = _post(reviewer, f"texts/{second['id']}/decision", {"accept": False, "why": "No source."})
    assert (told["state"], told["why"]) == ("declined", "No source.")
    assert _post(publisher, f"{at}withdrawal", {"why": "wrong"})["state"] == "withdrawn"
