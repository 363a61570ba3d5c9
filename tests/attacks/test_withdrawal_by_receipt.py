"""A receipt withdraws without an account: at once, all of it, and tells a stranger nothing."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

import psycopg
import pytest
from django.conf import settings
from django.db import IntegrityError, connections
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.attacks.installation import receipts_in
from tests.attacks.test_restored_backup import Backup, start
from tests.core.accounts.factories import signed_in_client
from tests.core.consent.test_consent_actions import agree, allowed
from tests.core.vault.factories import PASSPHRASE, make_office
from tests.prisoners.registry.casework import agree as consent_of
from tests.prisoners.registry.casework import person_with_spell, published
from tests.prisoners.registry.desk import make_desk
from undaunted.core.access.rules import PUBLIC
from undaunted.core.accounts.actions import acting_as
from undaunted.core.consent.actions import bind_receipt, give_receipt
from undaunted.core.consent.actions import news as outbox
from undaunted.core.consent.actions import receipts as acting
from undaunted.core.consent.models import Grant
from undaunted.core.consent.queries import ledger_state
from undaunted.core.consent.rules import (
    PUBLIC_AUDIENCE,
    Asked,
    FieldGroup,
    IdentityLevel,
    Purpose,
    shown_text,
)
from undaunted.core.intake.rules import draw_receipt, read_receipt
from undaunted.core.sharing.actions import heed_news
from undaunted.prisoners.registry.actions import projecting
from undaunted.prisoners.registry.models import PublishedCase

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.core.vault.factories import Office
    from undaunted.config.postgres import Lease

pytestmark = pytest.mark.usefixtures("ledger")

AT = datetime(2026, 11, 1, 12, 34, 56, tzinfo=UTC)
NOTHING = "opens nothing here"


@pytest.fixture
def office(owner_sql: Callable[..., object]) -> Office:
    return make_office(owner_sql)


@pytest.fixture
def stranger() -> Client:
    return Client(enforce_csrf_checks=True)


def held(office: Office, subject: UUID) -> tuple[Grant, str]:
    """Agree to something and get a receipt for it."""
    with office.caseworker.acting() as actor:
        grant = agree(actor, office.holder, subject)
        return grant, str(give_receipt([grant], actor=actor, at=AT))


def test_a_receipt_shows_what_was_agreed_and_takes_it_back(
    office: Office, stranger: Client
) -> None:
    subject = uuid4()
    grant, receipt = held(office, subject)
    answer = stranger.post("/help/consent/", {"receipt": receipt})
    page = answer.content.decode()
    assert not answer.cookies
    assert "no-store" in answer.headers["Cache-Control"]
    assert "also by the state you fear" in page
    assert str(grant.pk) in page
    done = stranger.post(
        "/help/consent/withdraw/", {"receipt": receipt, "agreement": str(grant.pk)}
    ).content.decode()
    assert "It holds from now on" in done
    assert "no older copy of it can bring your agreement back" in done
    assert "Public registry and its downloads: followed" in done
    assert "Packages that go out: followed" in done
    with office.caseworker.acting() as actor:
        assert not allowed(actor, subject, timezone.now().date())
        row = Grant.objects.get(pk=grant.pk)
        assert row.revoked_at is not None
        assert (row.revoked_at.minute, row.revoked_at.second, row.revoked_by) == (0, 0, None)
    assert ledger_state(PUBLIC)[0].number == 1
    again = stranger.post(
        "/help/consent/withdraw/", {"receipt": receipt, "agreement": str(grant.pk)}
    )
    assert again.status_code == 200


def test_the_minute_of_a_withdrawal_is_kept_nowhere(
    office: Office, owner_sql: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_news: object, **_given: object) -> dict[str, int]:
        raise RuntimeError("unplugged")

    subject = uuid4()
    grant, receipt = held(office, subject)
    since = owner_sql("SELECT coalesce(max(seq), 0) FROM audit_entry")[0][0]
    parts = {"registry": projecting.heed_news, "sharing": heed_news, "late": broken}
    monkeypatch.setattr(outbox, "_HANDLERS", parts)
    lookup = read_receipt(receipt).lookup
    assert acting.withdraw_by_receipt(lookup, actor=PUBLIC, at=AT).grants == (grant.pk,)
    parts["late"] = lambda *_news, **_given: {"cases": 0}
    outbox.deliver_news(actor=PUBLIC, at=AT + timedelta(minutes=5))
    news = "(SELECT id FROM consent_news WHERE kind = 'revoked' AND subject = %s)"
    kept = owner_sql(
        f"SELECT at, handler FROM consent_receipt WHERE news_id IN {news} UNION ALL "
        f"SELECT tried_at, 'tried' FROM consent_attempt WHERE news_id IN {news} UNION ALL "
        f"SELECT settled_at, 'settled' FROM consent_attempt WHERE news_id IN {news} UNION ALL "
        "SELECT at, verb FROM audit_entry WHERE seq > %s UNION ALL "
        "SELECT revoked_at, 'grant' FROM consent_grant WHERE subject = %s UNION ALL "
        "SELECT at, 'ledger' FROM consent_withdrawal",
        [subject, subject, subject, since, subject],
    )
    assert {"registry", "sharing", "late", "tried", "settled"} <= {what for _at, what in kept}
    assert {(at.minute, at.second) for at, _what in kept} == {(0, 0)}


def test_a_published_page_is_gone_when_the_answer_comes(
    owner_sql: Callable[..., Any], stranger: Client
) -> None:
    desk = make_desk(owner_sql)
    party, _spell = person_with_spell(desk)
    grant = consent_of(desk, party)
    published(desk, party)
    address = f"/registry/{PublishedCase.objects.get().reference}/"
    with acting_as(desk.documenter) as actor:
        receipt = give_receipt([grant], actor=actor, at=AT)
    backup = Backup(owner_sql)
    assert Client().get(address).status_code == 200
    page = stranger.post("/help/consent/withdraw/", {"receipt": str(receipt), "agreement": "all"})
    assert "followed" in page.content.decode()
    assert Client().get(address).status_code in {404, 410}
    backup.restore()
    start()
    assert Client().get(address).status_code in {404, 410}, "the restored backup follows"


def test_an_unknown_receipt_costs_and_tells_the_same_as_one_of_a_stranger(
    office: Office, stranger: Client
) -> None:
    grant, receipt = held(office, uuid4())
    unknown = str(draw_receipt())
    stranger.post("/help/consent/", {"receipt": unknown})
    told, asked = [], []
    for given in (unknown, str(draw_receipt())):
        with CaptureQueriesContext(connections["intake"]) as queries:
            page = stranger.post("/help/consent/", {"receipt": given})
        told.append((page.status_code, page.content))
        asked.append(len(queries))
    with CaptureQueriesContext(connections["intake"]) as queries:
        assert (
            str(grant.pk) in stranger.post("/help/consent/", {"receipt": receipt}).content.decode()
        )
    assert told[0] == told[1]
    assert NOTHING in told[0][1].decode()
    assert {*asked, len(queries)} == {asked[0]}, "known and unknown receipts ask the same"


def test_a_receipt_takes_back_nothing_of_anybody_else(office: Office, stranger: Client) -> None:
    mine, theirs = uuid4(), uuid4()
    _grant, receipt = held(office, mine)
    other, _receipt = held(office, theirs)
    answers = [
        stranger.post("/help/consent/withdraw/", {"receipt": given, "agreement": which})
        for given, which in (
            (receipt, str(other.pk)),
            (receipt, str(uuid4())),
            (str(draw_receipt()), "all"),
        )
    ]
    assert NOTHING in answers[0].content.decode()
    assert len({(each.status_code, each.content) for each in answers}) == 1
    with office.caseworker.acting() as actor:
        assert allowed(actor, mine, AT.date())
        assert allowed(actor, theirs, AT.date())


@pytest.mark.parametrize("which", ["", "everything", "'; DROP TABLE consent_grant; --", "%s"])
def test_what_names_no_agreement_changes_nothing(
    office: Office, stranger: Client, which: str
) -> None:
    subject = uuid4()
    _grant, receipt = held(office, subject)
    answer = stranger.post("/help/consent/withdraw/", {"receipt": receipt, "agreement": which})
    assert answer.status_code == 422
    with office.caseworker.acting() as actor:
        assert allowed(actor, subject, AT.date())


@pytest.mark.parametrize("typed", ["", "12", "x" * 300, "0" * 48])
def test_a_mistyped_receipt_is_refused_before_anything_is_asked(
    office: Office, stranger: Client, typed: str
) -> None:
    for page in ("/help/consent/", "/help/consent/withdraw/"):
        with CaptureQueriesContext(connections["intake"]) as asked:
            answer = stranger.post(page, {"receipt": typed, "agreement": "all"})
        assert answer.status_code == 422
        assert len(asked) == 0


def ticked(office: Office, stranger: Client, *boxes: str, **said: str) -> tuple[str, str]:
    """Hand something in with boxes ticked; gives the receipt and the mailbox's address."""
    page = stranger.post(
        "/help/help/", {"danger": "no", "story": "Help", "consents": list(boxes), **said}
    ).content.decode()
    (receipt,) = receipts_in(page)
    desk = signed_in_client(office.caseworker.user)
    found = re.findall(r"/desk/intake/[0-9a-f-]{36}/", desk.get("/desk/intake/").content.decode())
    return receipt, found[0]


def test_a_reporter_takes_back_what_they_ticked(office: Office, stranger: Client) -> None:
    receipt, address = ticked(office, stranger, "share_with_funds", "count_only")
    nothing = stranger.post("/help/consent/", {"receipt": receipt}).content.decode()
    assert "Nothing is recorded that you agreed to" in nothing
    desk = signed_in_client(office.caseworker.user)
    desk.post("/desk/vault/", {"passphrase": PASSPHRASE})
    told = desk.post(f"{address}agreements/", follow=True).content.decode()
    assert "2 agreements recorded." in told
    assert "It may be shown to another fund that can help." in told
    assert (
        "0 agreements recorded." in desk.post(f"{address}agreements/", follow=True).content.decode()
    )
    page = stranger.post("/help/consent/", {"receipt": receipt}).content.decode()
    assert page.count('name="agreement"') == 3
    stranger.post("/help/consent/withdraw/", {"receipt": receipt, "agreement": "all"})
    assert desk.get(address).content.decode().count("Taken back") == 2
    with office.caseworker.acting():
        assert not Grant.objects.filter(revoked_at__isnull=True).exists()


def test_no_agreement_names_the_state_that_is_feared(office: Office, stranger: Client) -> None:
    receipt, address = ticked(
        office, stranger, "speak_in_private", "share_with_funds",
        country="Ruritania", governments="Ruritania\nBorduria\nSyldavia\nmy uncle",
    )  # fmt: skip
    desk = signed_in_client(office.caseworker.user)
    desk.post("/desk/vault/", {"passphrase": PASSPHRASE})
    told = desk.post(f"{address}agreements/", follow=True).content.decode()
    assert "3 agreements recorded." in told
    assert "That state was left out: it is never asked." in told
    assert "1 line names no government that can be read." in told
    shown = told.partition("What was agreed to")[2].partition("</ul>")[0]
    assert sorted(re.findall(r"<strong>(\w+)</strong>", shown)) == ["Borduria", "Syldavia"]
    with office.caseworker.acting():
        audiences = set(Grant.objects.values_list("audience", flat=True))
    assert audiences == {"government:XB", "government:XS", "body:funds"}
    page = stranger.post("/help/consent/", {"receipt": receipt}).content.decode()
    assert "officials of Borduria, and of no other state." in page
    assert "other funds that can help, and nobody else." in page
    assert "XB" not in page


def test_who_takes_everything_back_first_is_never_recorded(
    office: Office, stranger: Client
) -> None:
    receipt, address = ticked(office, stranger, "share_with_funds")
    page = stranger.post("/help/consent/withdraw/", {"receipt": receipt, "agreement": "all"})
    assert "It holds from now on" in page.content.decode()
    desk = signed_in_client(office.caseworker.user)
    desk.post("/desk/vault/", {"passphrase": PASSPHRASE})
    told = desk.post(f"{address}agreements/", follow=True).content.decode()
    assert "has taken everything back" in told
    with office.caseworker.acting():
        assert not Grant.objects.exists()


def test_the_ledger_outside_holds_nothing_that_opens_a_mailbox(
    office: Office, stranger: Client, owner_sql: Callable[..., Any]
) -> None:
    receipt, _address = ticked(office, stranger, "share_with_funds")
    stranger.post("/help/consent/withdraw/", {"receipt": receipt, "agreement": "all"})
    ((lookup, box),) = owner_sql("SELECT lookup, id FROM intake_mailbox")
    text = (settings.WITHDRAWALS_FOLDER / "ledger.jsonl").read_text("ascii")
    assert bytes(lookup).hex() not in text
    assert str(box) not in text


def test_a_barred_receipt_is_barred_in_sql_too(office: Office) -> None:
    receipt = draw_receipt()
    acting.withdraw_by_receipt(receipt.lookup, actor=PUBLIC, at=AT)
    with office.caseworker.acting() as actor:
        grant = agree(actor, office.holder, uuid4())
    with office.caseworker.acting() as actor, pytest.raises(IntegrityError):
        bind_receipt([grant], receipt.lookup, actor=actor, at=AT)


def test_a_full_disk_is_told_and_the_withdrawal_holds(
    office: Office, stranger: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    subject = uuid4()
    _grant, receipt = held(office, subject)

    def full(**_given: object) -> int:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(acting, "write_withdrawals", full)
    page = stranger.post("/help/consent/withdraw/", {"receipt": receipt, "agreement": "all"})
    assert "could not yet be written down" in page.content.decode()
    with office.caseworker.acting() as actor:
        assert not allowed(actor, subject, timezone.now().date() + timedelta(days=1))


def test_the_intake_role_finds_nothing_without_the_lookup_value(
    office: Office, database_server: Lease
) -> None:
    held(office, uuid4())
    with psycopg.connect(database_server.urls.intake, autocommit=True) as intake:
        for statement in ("SELECT * FROM consent_grant", "SELECT * FROM consent_holderkey"):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                intake.execute(statement)
        for guess in (b"", b"\x00" * 32, None):
            assert intake.execute("SELECT * FROM consent_held(%s)", [guess]).fetchall() == []
            assert intake.execute(
                "SELECT * FROM consent_withdraw(%s, NULL, %s)", [guess, AT]
            ).fetchall() == []  # fmt: skip


def test_a_text_nobody_reviewed_says_so_and_shows_english(office: Office, stranger: Client) -> None:
    with office.caseworker.acting() as actor:
        grant = agree(actor, office.holder, uuid4())
        receipt = str(give_receipt([grant], actor=actor, at=AT))
    asked = Asked(
        (Purpose.REGISTRY,), PUBLIC_AUDIENCE, IdentityLevel.NAME, (FieldGroup.DETENTION,),
        date(2030, 1, 1),
    )  # fmt: skip
    page = stranger.post("/fr/help/consent/", {"receipt": receipt}).content.decode()
    french = shown_text(asked, "fr")
    assert french.unreviewed in page
    assert french.paragraphs[1] in page
    assert shown_text(asked, "en").paragraphs[1] in page
    arabic = stranger.post("/ar/help/consent/", {"receipt": receipt}).content.decode()
    assert 'lang="ar" dir="rtl"' in arabic
