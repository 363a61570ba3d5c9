"""Editions on the page, over the wire and at the terminal: public, two people, gone."""

from __future__ import annotations

import base64
import hashlib
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone
from typer.testing import CliRunner

from tests.core.accounts.factories import signed_in_client
from tests.core.editions.factories import AS_OF, Office, built, open_office, out
from undaunted.core.access.actions import terminal_token
from undaunted.core.accounts.actions import acting_as, open_identity
from undaunted.core.consent.actions import revoke_consent
from undaunted.core.editions.actions import edition_kinds, register_edition_kind
from undaunted.core.editions.commands import commands
from undaunted.core.editions.models import Edition
from undaunted.core.editions.queries import editions_due
from undaunted.core.editions.rules import Brought
from undaunted.core.editions.tasks import build_what_waits
from undaunted.core.editions.writers import FOLDERS, style_digest

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from undaunted.core.accounts.models import User
    from undaunted.core.editions.rules import Gathered, Question

pytestmark = [
    pytest.mark.usefixtures("ledger"),
    pytest.mark.skipif(
        not all(folder.is_dir() for folder in FOLDERS[:2]),
        reason="needs fonts-noto-core and fonts-noto-cjk",
    ),
]
NAME = "Олена Корсак"


@pytest.fixture
def office(owner_sql: Any) -> Office:
    return open_office(owner_sql)


@contextmanager
def _signed_in(person: User) -> Iterator[None]:
    token, until = f"terminal {uuid4()}", timezone.now() + timedelta(hours=1)
    open_identity(token, user=person, second_factor=True, kind="terminal", until=until)
    held = terminal_token.set(token)
    try:
        yield
    finally:
        terminal_token.reset(held)


def _run(*words: object, status: int = 0) -> str:
    done = CliRunner().invoke(commands, [str(word) for word in words])
    assert done.exit_code == status, (done.output, done.exception)
    return done.output


def test_public_reads_list_page_and_files_with_their_checksums(office: Office) -> None:
    edition, reader = out(office, languages=("en", "ar")), Client()
    listed = reader.get("/editions/").content.decode()
    assert f"/editions/{edition.pk}/" in reader.get("/editions/?country=xr").content.decode()
    assert f"/editions/{edition.pk}/" in listed
    page = reader.get(f"/editions/{edition.pk}/").content.decode()
    for name, media in (
        ("count-sheet-1.0-en.html", "text/html; charset=utf-8"),
        ("count-sheet-1.0-ar.pdf", "application/pdf"),
        ("count-sheet-1.0-data.zip", "application/zip"),
    ):
        answer = reader.get(f"/editions/{edition.pk}/{name}")
        assert answer.status_code == 200
        assert answer["Content-Type"] == media
        digest = hashlib.sha256(answer.content).hexdigest()
        assert digest in page
        assert answer["ETag"] == f'"{digest}"'
        again = reader.get(
            f"/editions/{edition.pk}/{name}", headers={"If-None-Match": f'"{digest}"'}
        )
        assert again.status_code == 304
    assert reader.get(f"/editions/{edition.pk}/manifest.json").content == bytes(
        edition.manifest or b""
    )
    signature = reader.get(f"/editions/{edition.pk}/manifest.json.sig").content
    assert signature == bytes(edition.signature or b"")
    assert reader.get(f"/editions/{edition.pk}/nothing.pdf").status_code == 404
    assert 'dir="rtl"' in reader.get(f"/ar/editions/{edition.pk}/").content.decode()


def test_page_of_an_edition_may_run_nothing_and_keeps_its_own_style(office: Office) -> None:
    edition = out(office)
    answer = Client().get(f"/editions/{edition.pk}/count-sheet-1.0-en.html")
    policy = answer["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "sandbox" in policy
    assert f"'sha256-{style_digest()}'" in policy
    page = answer.content.decode()
    style = page.partition("<style>")[2].partition("</style>")[0]
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    assert digest == style_digest()
    assert NAME in page


def test_what_is_not_public_answers_like_nothing(office: Office) -> None:
    hidden = out(office, embargo_until=timezone.now() + timedelta(hours=1))
    draft, reader = built(office), Client()
    for edition in (hidden.pk, draft.pk, uuid4()):
        for address in (
            f"/editions/{edition}/",
            f"/editions/{edition}/count-sheet-1.0-en.html",
            f"/editions/{edition}/manifest.json",
            f"/api/v1/editions/{edition}",
        ):
            assert reader.get(address).status_code == 404
    assert reader.get("/api/v1/editions/").json() == []
    assert str(hidden.pk) not in reader.get("/editions/").content.decode()


def test_withdrawn_edition_is_gone_with_its_checksums(office: Office) -> None:
    edition, reader = out(office), Client()
    address = f"/editions/{edition.pk}/count-sheet-1.0-en.pdf"
    tag = reader.get(address)["ETag"]
    with acting_as(office.desk.documenter) as actor:
        revoke_consent(office.grant, actor=actor, at=timezone.now())
    gone = reader.get(address, headers={"If-None-Match": tag})
    assert gone.status_code == 410
    assert tag.strip('"') in gone.content.decode()
    page = reader.get(f"/editions/{edition.pk}/")
    assert page.status_code == 410
    assert "built without those who withdrew" in page.content.decode()
    told = reader.get(f"/api/v1/editions/{edition.pk}").json()
    assert told["withdrawn_at"]
    assert {file["address"] for file in told["files"]} == {""}


def test_programs_read_editions_with_checksums_and_versions(office: Office) -> None:
    edition, reader = out(office), Client()
    (line,) = reader.get("/api/v1/editions/").json()
    assert (line["number"], line["as_of"]) == ("1.0", AS_OF.isoformat())
    told = reader.get(f"/api/v1/editions/{edition.pk}").json()
    assert "typst" in told["renderers"]
    assert "font NotoSans-Regular.ttf" in told["renderers"]
    for file in told["files"]:
        content = reader.get(file["address"]).content
        assert hashlib.sha256(content).hexdigest() == file["sha256"]
        assert len(content) == file["size"]


def test_desk_builds_proposes_publishes_and_withdraws(office: Office) -> None:
    desk = office.desk
    one, two = signed_in_client(desk.documenter), signed_in_client(desk.publisher)
    wish = {
        "kind": "count-sheet",
        "holder": str(desk.organisation),
        "as_of": AS_OF.isoformat(),
        "languages": ["en"],
        "parameters": "country=XR",
    }
    assert one.get("/desk/editions/new/").status_code == 200
    asked = one.get("/desk/editions/new/").content.decode()
    plan, sheet = "\u2066state=…\u2069", "\u2066country=…\u2069 (optional), \u2066since=…\u2069"
    assert f"action plan of a state: {plan}" in asked, "each kind says what it wants"
    assert f"Count sheet: {sheet} (optional)" in asked
    assert "country=XR" not in asked
    assert (
        "name=value"
        in one.post("/desk/editions/new/", wish | {"parameters": "XR"}).content.decode()
    )
    assert (
        "no ISO 3166 code"
        in one.post("/desk/editions/new/", wish | {"parameters": "country=QQ"}).content.decode()
    )
    made = one.post("/desk/editions/new/", wish)
    assert made.status_code == 302
    address = made["Location"]
    page = one.get(address).content.decode()
    assert "Propose for publication" in page
    draft = one.get(f"{address}files/count-sheet-country-xr-1.0-en.html")
    assert "DRAFT, not for publication" in draft.content.decode()
    assert one.get(f"{address}files/count-sheet-country-xr-1.0-data.zip").status_code == 404
    assert one.post(f"{address}propose/").status_code == 302
    assert one.post(f"{address}propose/").status_code == 409
    assert "Somebody else" in one.get(address).content.decode()
    assert one.post(f"{address}publish/").status_code == 404
    assert two.post(f"{address}publish/").status_code == 302
    mine = two.get(f"{address}files/count-sheet-country-xr-1.0-en.html")
    assert "DRAFT" not in mine.content.decode()
    assert two.get("/desk/editions/").status_code == 200
    assert signed_in_client(desk.stranger).get(address).status_code == 404
    assert two.post(f"{address}withdraw/").status_code == 302
    assert "editors withdrew" in two.get(address).content.decode()
    tombstone = Client().get(address.replace("/desk", "")).content.decode()
    assert "Nothing replaces it yet." in tombstone
    assert "without those who withdrew" not in tombstone


def test_desk_shows_what_waits_and_deletes_drafts(office: Office) -> None:
    out(office)
    with acting_as(office.desk.documenter) as actor:
        revoke_consent(office.grant, actor=actor, at=timezone.now())
        ((waiting, _person),) = editions_due(actor)
    one = signed_in_client(office.desk.documenter)
    assert "waits to be built" in one.get(f"/desk/editions/{waiting}/").content.decode()
    assert one.post(f"/desk/editions/{waiting}/discard/").status_code == 409
    draft = built(office)
    assert one.post(f"/desk/editions/{draft.pk}/discard/").status_code == 302
    assert one.get(f"/desk/editions/{draft.pk}/").status_code == 404


def test_terminal_builds_lists_checks_and_saves(office: Office, tmp_path: Path) -> None:
    assert "count-sheet" in _run("kinds")
    with _signed_in(office.desk.documenter):
        told = _run(
            "build", "count-sheet", "--as-of", AS_OF, "--holder", office.desk.organisation,
            "--with", "country=XR", "--embargo-until", "2026-01-01T09:00",
            "--out", tmp_path / "draft",
        )  # fmt: skip
        assert "count-sheet country=XR 1.0" in told
        assert "draft" in _run("list")
        edition = told.split()[0]
        assert "written again alike" in _run("check", edition)
    page = (tmp_path / "draft" / "count-sheet-country-xr-1.0-en.html").read_text("utf-8")
    assert "EMBARGOED until 2026-01-01 09:00 UTC" in page.replace("\u200e", "")
    assert "a draft that was never published" in _run("verify", tmp_path / "draft", status=2)
    assert "no such edition" in _run("check", edition, status=2)
    shown = out(office)
    assert str(shown.pk) in _run("list")
    _run("save", shown.pk, "--out", tmp_path / "saved")
    assert "5 files, checksums good, written again alike" in _run("verify", tmp_path / "saved")
    file = tmp_path / "saved" / "count-sheet-1.0-en.html"
    file.write_text(file.read_text("utf-8").replace(NAME, "Jemand Anders"), "utf-8")
    assert "not the bytes" in _run("verify", tmp_path / "saved", "--quick", status=1)
    (tmp_path / "saved" / "manifest.json").write_bytes(b"{}")
    assert "signature" in _run("verify", tmp_path / "saved", status=1)


def test_terminal_rebuilds_what_was_withdrawn(office: Office) -> None:
    edition = out(office)
    with acting_as(office.desk.documenter) as actor:
        revoke_consent(office.grant, actor=actor, at=timezone.now())
        ((waiting, _person),) = editions_due(actor)
    with _signed_in(office.desk.documenter):
        assert "1.1" in _run("build", "--again", waiting)
        assert "withdrawn" in _run("check", edition.pk, status=2)
    with acting_as(office.desk.documenter):
        assert Edition.objects.get(pk=waiting).built_at is not None


def test_what_came_of_a_file_is_built_again_with_a_file_or_knowingly_without(
    office: Office, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (kind,) = [each for each in edition_kinds() if each.name == "count-sheet"]
    asked: list[object] = []

    def gather(question: Question) -> Gathered:
        asked.append(question.brought)
        return kind.gather(question)

    first, other = tmp_path / "first.txt", tmp_path / "other.txt"
    first.write_text("first", "utf-8")
    other.write_text("other", "utf-8")
    file = Brought(lambda: "A file.", lambda content, _name: content.decode())
    register_edition_kind(replace(kind, gather=gather, file=file))
    try:
        out(office, file=("first.txt", b"first"))
        with acting_as(office.desk.documenter) as actor:
            revoke_consent(office.grant, actor=actor, at=timezone.now())
            ((waiting, _person),) = editions_due(actor)
        assert build_what_waits(0) == 0, "nobody kept the file, so it waits for a person"
        assert build_what_waits(0) == 0
        assert caplog.text.count("waits for somebody") == 1, "told once, and not in each run"
        with _signed_in(office.desk.documenter):
            assert "--without-file" in _run("build", "--again", waiting, status=2)
            words = ("build", "--again", waiting, "--without-file")
            assert "not both" in _run(*words, "--file", first, status=2)
            assert "1.1" in _run("build", "--again", waiting, "--file", other)
    finally:
        register_edition_kind(kind)
    assert asked == ["first", "other"]


def test_edition_is_built_again_without_its_file_where_that_is_said(office: Office) -> None:
    (kind,) = [each for each in edition_kinds() if each.name == "count-sheet"]
    file = Brought(lambda: "A file.", lambda content, _name: content)
    register_edition_kind(replace(kind, file=file))
    try:
        out(office, file=("first.txt", b"first"))
        with acting_as(office.desk.documenter) as actor:
            revoke_consent(office.grant, actor=actor, at=timezone.now())
            ((waiting, _person),) = editions_due(actor)
        with _signed_in(office.desk.documenter):
            assert "1.1" in _run("build", "--again", waiting, "--without-file")
    finally:
        register_edition_kind(kind)


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("count-sheet", "--as-of", "2026-06-30", "--without-file"), "stands with --again"),
        (("count-sheet", "--as-of", "2026-06-30"), "--out FOLDER"),
        (("count-sheet", "--as-of", "x"), "as-of: 'x' is no day"),
        (("count-sheet", "--as-of", "2026-06-30", "--known-at", "x"), "known-at: 'x' is no time"),
        (("count-sheet", "--as-of", "2026-06-30", "--with", "x"), "write NAME=VALUE"),
        (("nothing", "--as-of", "2026-06-30", "--out", "."), "not empty"),
    ],
)
def test_bad_wish_at_the_terminal_says_what_to_write(words: tuple[str, ...], told: str) -> None:
    assert told in _run("build", *words, status=2)
