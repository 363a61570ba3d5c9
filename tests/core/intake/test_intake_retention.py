"""A closed mailbox is erased by its clock, and no older backup opens it; two people hold it."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest
from django.utils import timezone

from tests.attacks.test_restored_backup import Backup
from tests.core.accounts.factories import make_organisation, make_user, signed_in_client
from tests.core.intake.test_mailboxes import STORY
from tests.core.vault.factories import Office, make_office
from undaunted.core.access.rules import Role
from undaunted.core.accounts.actions import acting_as
from undaunted.core.clocks.actions import (
    ClockRuns,
    ask_about_keeping,
    decide_about_keeping,
    erase_expired,
)
from undaunted.core.clocks.models import Clock, Erasure
from undaunted.core.clocks.queries import clocks_about
from undaunted.core.clocks.rules import Asked, WhyAsked
from undaunted.core.clocks.tasks import erase_what_has_expired
from undaunted.core.evidence.rules import Cleaned, MediaKind
from undaunted.core.intake.actions import (
    attach,
    close_mailbox,
    hand_in,
    keep_copy,
    open_mailbox,
    redact_letter,
    reopen_mailbox,
    seal_arriving,
)
from undaunted.core.intake.models import Mailbox
from undaunted.core.intake.queries import attachments_for, queue_for
from undaunted.core.intake.rules import WhyOpened
from undaunted.core.vault.actions import erase_by_clock
from undaunted.core.vault.rules import ErasedRecord

if TYPE_CHECKING:
    from pathlib import Path

    from undaunted.core.accounts.models import User

pytestmark = pytest.mark.usefixtures("ledger")
KEEPING = "/desk/clocks/keeping/"


@pytest.fixture
def office(owner_sql: Any, settings: Any, tmp_path: Path) -> Office:
    settings.DOCUMENTS_FOLDER = tmp_path
    return make_office(owner_sql)


@pytest.fixture
def clerk(owner_sql: Any, office: Office) -> User:
    """Somebody of the organisation who records, in no team."""
    return make_user(owner_sql, {office.holder: [Role.DOCUMENTER]})


def _closed(office: Office) -> Mailbox:
    at = timezone.now()
    hand_in(STORY, at=at, team=office.team)
    with office.caseworker.acting() as actor:
        box = queue_for(actor).get()
        key, why = office.caseworker.key, WhyOpened.CASEWORK
        with seal_arriving(office.team, at=at) as (record, upload):
            upload.write(b"a picture")
        attach(record, box.pk, at=at)
        (held,) = attachments_for(actor, box)
        keep_copy(held, box, Cleaned(b"a film", MediaKind.MP4), actor=actor, at=at)
        (letter,) = open_mailbox(box, key=key, actor=actor, at=at, reason=why)
        redact_letter(box, letter, ["story"], [], actor=actor, at=at)
        return close_mailbox(queue_for(actor).get(), actor=actor, at=at)


def _run_out(owner_sql: Any) -> None:
    """Let the time pass: 24 months are over."""
    owner_sql("UPDATE clocks_clock SET due_at = now() - interval '1 day'")


def _clock(box: Mailbox) -> Clock:
    return Clock.objects.get(subject_id=box.pk, cancelled_at=None, met_at=None)


def test_a_mailbox_past_its_time_is_erased_and_no_older_backup_opens_it(
    office: Office, owner_sql: Any, tmp_path: Path
) -> None:
    box = _closed(office)
    _run_out(owner_sql)
    backup = Backup(owner_sql)
    assert [path.parent.name for path in tmp_path.rglob("*") if path.is_file()] == ["sealed"] * 2
    assert erase_what_has_expired(0) == 1
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []
    for table in ("mailbox", "letter", "attachment", "opening", "redaction"):
        assert owner_sql(f"SELECT count(*) FROM intake_{table}") == [(0,)], table
    assert owner_sql("SELECT count(*) FROM vault_recordkey") == [(0,)]
    tombs = owner_sql("SELECT erased_why, recipient FROM vault_record")
    assert tombs == [("retention", "")] * 3
    assert owner_sql("SELECT done FROM clocks_erasure") == [({"keys": 3, "records": 3},)]
    assert erase_what_has_expired(0) == 0
    backup.restore()
    key, why = office.caseworker.key, WhyOpened.CASEWORK
    with office.caseworker.acting() as actor:
        again = queue_for(actor).get(pk=box.pk)
        with pytest.raises(ErasedRecord, match="gone"):
            open_mailbox(again, key=key, actor=actor, at=timezone.now(), reason=why)


def test_what_was_opened_again_is_not_erased_and_its_clock_ends(
    office: Office, owner_sql: Any
) -> None:
    box = _closed(office)
    with office.caseworker.acting() as actor:
        reopen_mailbox(box, actor=actor, at=timezone.now())
    _run_out(owner_sql)
    assert erase_what_has_expired(0) == 0
    with office.caseworker.acting() as actor:
        assert Mailbox.objects.count() == 1
        assert [each.cancelled_at is None for each in clocks_about(actor, "mailbox", box.pk)] == [
            False
        ]
        at = timezone.now()
        close_mailbox(queue_for(actor).get(), actor=actor, at=at)
        assert clocks_about(actor, "mailbox", box.pk).count() == 2


def test_a_key_is_not_destroyed_before_its_time_nor_by_another_clock(
    office: Office, clerk: User, owner_sql: Any
) -> None:
    box = _closed(office)
    stranger = make_user(owner_sql, {make_organisation(owner_sql): [Role.STEWARD]})
    with acting_as(clerk) as actor:
        clock = _clock(box)
        assert not erase_by_clock(box.pk, clock.pk, actor=actor, at=timezone.now())
        assert not erase_by_clock(box.pk, uuid4(), actor=actor, at=timezone.now())
        with pytest.raises(ClockRuns):
            erase_expired(clock, actor=actor, at=timezone.now() + timedelta(days=4_000))
    _run_out(owner_sql)
    with acting_as(stranger) as actor:
        assert not erase_by_clock(box.pk, clock.pk, actor=actor, at=timezone.now())
    with acting_as(clerk) as actor:
        assert not erase_by_clock(uuid4(), clock.pk, actor=actor, at=timezone.now())
        assert erase_by_clock(box.pk, clock.pk, actor=actor, at=timezone.now())
        assert not erase_by_clock(box.pk, clock.pk, actor=actor, at=timezone.now())


def test_two_people_hold_what_would_be_erased(office: Office, clerk: User, owner_sql: Any) -> None:
    box, at = _closed(office), timezone.now()
    _run_out(owner_sql)
    for asked, erased in ((Asked.HOLD, 0), (Asked.RELEASE, 1)):
        why = WhyAsked.LITIGATION if asked is Asked.HOLD else WhyAsked.REASON_OVER
        with acting_as(clerk) as actor:
            request = ask_about_keeping(_clock(box), asked, why, actor=actor, at=at)
        with office.steward.acting() as actor:
            assert decide_about_keeping(request, grant=True, actor=actor, at=at) is None
        assert erase_what_has_expired(0) == erased


def test_two_people_erase_at_once_at_the_desk(office: Office, clerk: User, owner_sql: Any) -> None:
    box = _closed(office)
    asking, deciding = signed_in_client(clerk), signed_in_client(office.steward.user)
    page = asking.get(KEEPING + f"?until={timezone.now().year + 3}-01-01").content.decode()
    assert "Closed mailbox" in page
    assert "Erase it now" in page
    assert "Nothing is erased by then" in asking.get(KEEPING).content.decode()
    with acting_as(clerk):
        clock = _clock(box)
    ask = f"{KEEPING}{clock.pk}/ask/"
    for typed, sentence in (
        ({"asked": "erase", "why": "litigation"}, "a reason of the list"),
        ({"asked": "release", "why": "reason_over"}, "cannot be asked about it"),
        ({"asked": "erase", "why": "danger"}, "A second person decides"),
        ({"asked": "hold", "why": "litigation"}, "another request about it waits"),
    ):
        assert sentence in asking.post(ask, typed, follow=True).content.decode()
    page = deciding.get(KEEPING).content.decode()
    (address,) = set(re.findall(rf"{KEEPING}decide/[0-9a-f-]+/", page))
    said = asking.post(address, {"grant": "yes"}, follow=True).content.decode()
    assert "Somebody else decides" in said
    assert owner_sql("SELECT count(*) FROM intake_mailbox") == [(1,)]
    said = deciding.post(address, {"grant": "yes"}, follow=True).content.decode()
    assert "Granted and done." in said
    assert owner_sql("SELECT count(*) FROM intake_mailbox") == [(0,)]
    assert owner_sql("SELECT count(*) FROM vault_recordkey") == [(0,)]
    said = deciding.post(address, {"grant": "no"}, follow=True).content.decode()
    assert "decided before" in said
    said = asking.post(ask, {"asked": "erase", "why": "danger"}, follow=True).content.decode()
    assert "It is gone" in said
    with acting_as(clerk):
        assert Erasure.objects.count() == 1
    stranger = signed_in_client(make_user(owner_sql, {}))
    assert stranger.post(ask, {}).status_code == 404
    assert stranger.post(address, {}).status_code == 404


def test_a_request_is_taken_back_or_refused_and_nothing_happens(
    office: Office, clerk: User, owner_sql: Any
) -> None:
    box = _closed(office)
    asking, deciding = signed_in_client(clerk), signed_in_client(office.steward.user)
    with acting_as(clerk):
        ask = f"{KEEPING}{_clock(box).pk}/ask/"
    for who in (asking, deciding):
        asking.post(ask, {"asked": "erase", "why": "danger"})
        (request,) = owner_sql("SELECT id FROM clocks_request WHERE decided_at IS NULL")[0]
        said = who.post(f"{KEEPING}decide/{request}/", {"grant": "no"}, follow=True)
        assert "Refused." in said.content.decode()
    assert owner_sql("SELECT count(*) FROM intake_mailbox") == [(1,)]
    assert owner_sql("SELECT granted FROM clocks_request") == [(False,), (False,)]
