"""A sealed document is redacted with a key and a word; a copy is withdrawn, and its bytes go."""

from __future__ import annotations

import io
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.db import ProgrammingError, transaction
from django.test import Client
from django.utils import timezone
from typer.testing import CliRunner

from tests.core.accounts.factories import in_person, make_user, signed_in_client
from tests.core.evidence.test_redacted_files import page_file, said
from tests.core.vault.factories import PASSPHRASE, Office, make_office
from tests.core.vault.test_commands import _signed_in
from tests.pages.desk_scene import open_desk
from undaunted.core.access.rules import Forbidden, Role
from undaunted.core.accounts.actions import acting_as, make_token
from undaunted.core.accounts.rules import SCOPES, Scope
from undaunted.core.clocks.tasks import erase_what_has_expired
from undaunted.core.evidence.actions import (
    draw_for_redacting,
    make_clean_copy,
    make_redacted_copy,
    record_custody,
    record_source,
    seal_document,
    store_document,
    withdraw_redacted_copy,
)
from undaunted.core.evidence.commands import commands
from undaunted.core.evidence.models import Document, RedactedCopy
from undaunted.core.evidence.queries import custody_of, redacted_copies_of, redacted_copy_for
from undaunted.core.evidence.rules import (
    CustodyKind,
    Ground,
    SourceKind,
    Unredactable,
    WhyUnredactable,
    marks_of,
)

if TYPE_CHECKING:
    from pathlib import Path
    from uuid import UUID

    from undaunted.core.accounts.models import User

pytestmark = pytest.mark.usefixtures("ledger")
TEXT = b"Secretia Marksdotter was seen in the cell"
NAME = marks_of(["secretia marksdotter"], ())
ROOT = "/api/v1/documents/desk/"


@pytest.fixture
def office(owner_sql: Any, settings: Any, tmp_path: Path) -> Office:
    settings.DOCUMENTS_FOLDER = tmp_path
    return make_office(owner_sql)


def stored(office: Office, content: bytes = TEXT, *, team: UUID | None = None) -> Document:
    at = timezone.now() - timedelta(seconds=5)
    key = office.caseworker.key
    with office.caseworker.acting() as actor:
        source = record_source(office.holder, actor=actor, at=at, kind=SourceKind.COURT_PAPER)
        document = store_document(
            io.BytesIO(content), source, actor=actor, at=at, media_type="text/plain", team=team
        )
        make_clean_copy(document, actor=actor, at=at, key=key if team else None)
    return document


def redacted(office: Office, document: Document, **more: Any) -> RedactedCopy:
    with office.caseworker.acting() as actor:
        return make_redacted_copy(
            document, NAME, Ground.AGREEMENT, actor=actor, at=timezone.now(), **more
        )


def on_disk(folder: Path) -> list[bytes]:
    return [path.read_bytes() for path in folder.rglob("*") if path.is_file()]


def program(user: User, *scopes: Scope) -> Client:
    with in_person(user) as actor:
        token = make_token("t", scopes or SCOPES, actor=actor, at=timezone.now(), days=1)[1]
    return Client(headers={"Authorization": f"Bearer {token}"})


def test_sealed_document_asks_for_the_key_and_for_the_word_that_the_copy_lies_open(
    office: Office, tmp_path: Path, owner_sql: Any
) -> None:
    document, key = stored(office, team=office.team), office.caseworker.key

    def why(**more: Any) -> WhyUnredactable:
        with pytest.raises(Unredactable) as refusal:
            redacted(office, document, **more)
        return refusal.value.reason

    assert why(lies_open=True) is WhyUnredactable.SEALED
    assert why(key=key) is WhyUnredactable.OPEN_UNSAID
    assert not [each for each in on_disk(tmp_path) if b"was seen" in each]
    outside = make_user(owner_sql, {office.holder: [Role.DOCUMENTER]})
    with acting_as(outside) as actor, pytest.raises(Unredactable) as refusal:
        make_redacted_copy(document, NAME, Ground.SAFETY, actor=actor, at=timezone.now(),
                           key=key, lies_open=True)  # fmt: skip
    assert refusal.value.reason is WhyUnredactable.NOT_YOURS
    with acting_as(outside) as actor, pytest.raises(Unredactable):
        draw_for_redacting(document, 1, actor=actor, at=timezone.now(), key=key)
    copy = redacted(office, document, key=key, lies_open=True)
    assert copy.of_sealed
    open_files = [each for each in on_disk(tmp_path) if b"was seen" in each]
    assert [each.decode() for each in open_files] == ["█████ was seen in the cell"]
    with office.caseworker.acting() as actor:
        assert [each.pk for each in redacted_copies_of(actor, document)] == [copy.pk]


def test_copy_that_was_made_while_it_lay_open_does_not_stand_once_it_is_sealed(
    office: Office, tmp_path: Path
) -> None:
    document = stored(office)
    copy = redacted(office, document)
    assert not copy.of_sealed
    with office.caseworker.acting() as actor:
        seal_document(document, office.team, actor=actor, at=timezone.now())
        assert redacted_copy_for(actor, copy.pk) is None
    assert not [each for each in on_disk(tmp_path) if b"was seen" in each]


def test_copy_of_a_sealed_document_goes_when_its_clock_erases_it(
    office: Office, tmp_path: Path, owner_sql: Any
) -> None:
    document = stored(office, team=office.team)
    copy = redacted(office, document, key=office.caseworker.key, lies_open=True)
    with office.caseworker.acting() as actor:
        at = timezone.now() - timedelta(seconds=1)
        record_custody(document, CustodyKind.WITHDRAWN, actor=actor, at=at)
    owner_sql("UPDATE clocks_clock SET due_at = now() - interval '1 day'")
    assert erase_what_has_expired(0) == 1
    assert on_disk(tmp_path) == []
    with office.caseworker.acting() as actor:
        assert redacted_copy_for(actor, copy.pk) is None


def test_withdrawn_copy_loses_its_bytes_and_keeps_its_digest_in_the_log(
    office: Office, tmp_path: Path, owner_sql: Any
) -> None:
    document = stored(office)
    copy, twin = redacted(office, document), redacted(office, document)
    assert copy.sha256 == twin.sha256
    stranger = make_office(owner_sql).caseworker
    with stranger.acting() as actor, pytest.raises(Forbidden):
        withdraw_redacted_copy(copy, actor=actor, at=timezone.now())
    reader = make_user(owner_sql, {office.holder: [Role.READER]})
    with acting_as(reader) as actor, pytest.raises(Forbidden):
        withdraw_redacted_copy(copy, actor=actor, at=timezone.now())
    for each, left in ((copy, 1), (copy, 1), (twin, 0)):
        with office.caseworker.acting() as actor:
            withdraw_redacted_copy(each, actor=actor, at=timezone.now())
        assert len([file for file in on_disk(tmp_path) if "█".encode() in file]) == left
    with office.caseworker.acting() as actor:
        assert redacted_copy_for(actor, copy.pk) is None
        steps = [(step.kind, step.note) for step in custody_of(actor, document)]
        assert steps.count(("copy_withdrawn", copy.sha256)) == 2
    asked = "SELECT count(*) FROM audit_entry WHERE verb = 'document.redaction_withdrawn'"
    assert owner_sql(asked) == [(2,)]


def test_withdrawn_copy_never_stands_again_whoever_holds_the_database(office: Office) -> None:
    copy = redacted(office, stored(office))
    someone = office.steward.user.pk
    for told in ({"withdrawn_by": someone, "withdrawn_at": timezone.now()},):
        with office.caseworker.acting(), transaction.atomic(), pytest.raises(ProgrammingError):
            RedactedCopy.objects.filter(pk=copy.pk).update(**told)
    with office.caseworker.acting() as actor:
        withdraw_redacted_copy(copy, actor=actor, at=timezone.now())
    again = {"withdrawn_by": None, "withdrawn_at": None}
    with office.caseworker.acting(), transaction.atomic(), pytest.raises(ProgrammingError):
        RedactedCopy.objects.filter(pk=copy.pk).update(**again)


def test_page_of_a_sealed_document_asks_for_key_and_word_and_says_what_to_do(
    office: Office,
) -> None:
    document = stored(office, page_file(said("Dobrev was here")), team=office.team)
    desk, page = signed_in_client(office.caseworker.user), f"/desk/documents/{document.pk}/"
    assert f"{page}redact/" in desk.get(page).content.decode()
    told = desk.get(f"{page}redact/").content.decode()
    assert "Your key is closed" in told
    assert "at your own machine" in told
    assert desk.get(f"{page}redact/1/").status_code == 404
    asked = {"passages": "dobrev", "boxes": "", "ground": "safety"}
    told = desk.post(f"{page}redact/", asked | {"lies_open": "on"}).content.decode()
    assert "open your key at the desk" in told
    desk.post("/desk/vault/", {"passphrase": PASSPHRASE})
    assert desk.get(f"{page}redact/1/").headers["Content-Type"] == "image/png"
    assert "say that it may" in desk.post(f"{page}redact/", asked).content.decode()
    shown = desk.post(f"{page}redact/", asked | {"lies_open": "on"}, follow=True)
    assert "this copy lies open" in shown.content.decode()
    held = shown.redirect_chain[-1][0]
    gone = desk.post(f"{held}withdraw/", follow=True)
    assert "Redacted copy withdrawn" in gone.content.decode()
    assert desk.get(held).status_code == 404
    assert desk.post(f"{held}withdraw/").status_code == 404


def test_program_makes_is_told_of_takes_and_withdraws_a_copy(
    office: Office, owner_sql: Any
) -> None:
    document = stored(office)
    address, user = f"{ROOT}{document.pk}/redacted", office.caseworker.user
    mine = program(user)
    asked: dict[str, Any] = {"passages": ["secretia marksdotter"], "ground": "agreement"}
    looks = program(user, Scope.READ)
    assert looks.post(address, asked, content_type="application/json").status_code == 403
    nobody = asked | {"passages": ["Nobody"]}
    told = mine.post(address, nobody, content_type="application/json")
    assert (told.status_code, "line 1 stands nowhere" in told.content.decode()) == (409, True)
    made = mine.post(address, asked, content_type="application/json").json()
    assert (made["places"], made["passages"], made["ground"]) == (1, 1, "agreement")
    assert mine.get(address).json() == [made]
    assert "secretia" not in str(made).casefold()
    held = f"{ROOT}redacted/{made['id']}"
    assert mine.get(held).json() == made
    taken = mine.get(f"{held}/file")
    assert taken.content.decode() == "█████ was seen in the cell"
    assert taken["Cache-Control"] == "no-store"
    with office.caseworker.acting() as actor:
        assert "viewed" in [step.kind for step in custody_of(actor, document)]
    stranger = program(open_desk(owner_sql).stranger)
    absent = "00000000-0000-4000-8000-000000000000"
    for client, one in ((stranger, made["id"]), (mine, absent)):
        answers = [client.get(f"{ROOT}redacted/{one}{each}") for each in ("", "/file")]
        answers.append(client.post(f"{ROOT}redacted/{one}/withdraw"))
        assert {each.status_code for each in answers} == {404}
    assert stranger.get(address).status_code == 404
    assert stranger.post(address, asked, content_type="application/json").status_code == 404
    assert mine.post(f"{held}/withdraw").json()["withdrawn"]
    assert mine.get(held).status_code == 404
    assert mine.get(address).json() == []


def test_reader_takes_a_copy_by_program_and_withdraws_none(office: Office, owner_sql: Any) -> None:
    copy = redacted(office, stored(office))
    reads = program(make_user(owner_sql, {office.holder: [Role.READER]}))
    held = f"{ROOT}redacted/{copy.pk}"
    assert reads.get(f"{held}/file").status_code == 200
    assert reads.post(f"{held}/withdraw").status_code == 404
    assert reads.get(held).status_code == 200


def test_program_is_sent_to_the_desk_for_what_is_sealed(office: Office) -> None:
    document = stored(office, team=office.team)
    asked = {"passages": ["secretia marksdotter"], "ground": "agreement"}
    told = program(office.caseworker.user).post(
        f"{ROOT}{document.pk}/redacted", asked, content_type="application/json"
    )
    assert told.status_code == 409
    assert "open your key at the desk" in told.content.decode()


def test_terminal_lists_takes_and_withdraws_copies(office: Office, tmp_path: Path) -> None:
    document = stored(office)
    copy = redacted(office, document)
    to = tmp_path / "copy.txt"
    for asked, words, status in (
        (["copies", str(document.pk)], "1 black, agreement", 0),
        (["take", str(copy.pk), "--to", str(to)], copy.sha256, 0),
        (["take", str(copy.pk), "--to", str(to)], "File exists", 2),
        (["withdraw-copy", str(copy.pk)], "Withdrawn", 0),
        (["withdraw-copy", str(copy.pk)], "no such redacted copy", 2),
        (["copies", str(document.pk)], "has no redacted copy", 0),
    ):
        with _signed_in(office.caseworker.user):
            done = CliRunner().invoke(commands, asked)
        assert (done.exit_code, words in done.output) == (status, True), done.output
    assert to.read_text("utf-8") == "█████ was seen in the cell"
