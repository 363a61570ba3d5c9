"""A backup from before a withdrawal or an erasure is restored: what ended stays ended.

Every row of the database is put back as it was, as `pg_restore` would, but nothing that is kept
apart: the key table of the vault, whose copies live for seven days, and the ledger of withdrawals,
which is a file.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest
from django.conf import settings
from django.db import connections
from django.test import Client

from tests.attacks.installation import receipts_in
from tests.core.accounts.factories import make_organisation, make_user
from tests.core.consent.test_consent_actions import agree, allowed
from tests.core.vault.factories import make_office
from tests.prisoners.registry.casework import agree as consent_of
from tests.prisoners.registry.casework import person_with_spell, published
from tests.prisoners.registry.desk import make_desk
from undaunted.config.roles import RoleUrls, url_for
from undaunted.config.withdrawals import settle_withdrawals
from undaunted.core.access.rules import Role
from undaunted.core.accounts.actions import acting_as
from undaunted.core.audit.queries import anchor, verify_chain
from undaunted.core.consent.actions import Objected, object_to_use, revoke_consent
from undaunted.core.intake.actions import open_mailbox
from undaunted.core.intake.queries import queue_for
from undaunted.core.intake.rules import WhyOpened
from undaunted.core.vault.actions import erase_record
from undaunted.core.vault.rules import VaultError
from undaunted.prisoners.registry.models import PublishedCase

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

pytestmark = pytest.mark.usefixtures("ledger")

AT = datetime(2026, 11, 1, 12, tzinfo=UTC)
APART = {"vault_recordkey"}


class Backup:
    """All rows of all tables, taken at once and put back at once by the owner."""

    def __init__(self, owner_sql: Callable[..., Any]) -> None:
        self._sql = owner_sql
        names = owner_sql("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
        self.tables = sorted(name for (name,) in names if name not in APART)
        for table in self.tables:
            owner_sql(f'CREATE TEMP TABLE "kept_{table}" AS SELECT * FROM "{table}"')

    def restore(self, tables: Iterable[str] = ()) -> None:
        """Put the rows back; triggers and references sleep meanwhile, as in a restore."""
        chosen = [table for table in self.tables if not tables or table in tables]
        for table in (*chosen, *APART):
            self._sql(f'ALTER TABLE "{table}" DISABLE TRIGGER USER')
        named = ", ".join(f'"{table}"' for table in chosen)
        kept = ", ".join(f'"{table}"' for table in APART)
        for table in APART:
            self._sql(f'CREATE TEMP TABLE "apart_{table}" AS SELECT * FROM "{table}"')
        self._sql(f"TRUNCATE {named}, {kept} CASCADE")
        todo = [(table, "kept") for table in chosen] + [(table, "apart") for table in sorted(APART)]
        while todo:
            todo = [each for each in todo if not self._filled(*each)]
        for table in (*chosen, *APART):
            self._sql(f'ALTER TABLE "{table}" ENABLE TRIGGER USER')

    def _filled(self, table: str, source: str) -> bool:
        """Fill one table; a row may have to wait for the table it refers to."""
        try:
            self._sql(
                f'INSERT INTO "{table}" OVERRIDING SYSTEM VALUE SELECT * FROM "{source}_{table}"'
            )
        except Exception as problem:
            if "foreign key" not in str(problem):
                raise
            return False
        return True


def test_the_backup_of_this_test_brings_everything_back(owner_sql: Callable[..., Any]) -> None:
    """Without this, a restore that restores nothing would pass."""
    organisation = make_organisation(owner_sql, "Kept")
    backup = Backup(owner_sql)
    owner_sql("UPDATE accounts_organisation SET name = 'Changed'")
    backup.restore()
    assert owner_sql("SELECT id, name FROM accounts_organisation") == [(organisation, "Kept")]


def test_an_erased_report_stays_erased(owner_sql: Callable[..., Any], client: Client) -> None:
    office = make_office(owner_sql)
    page = client.post("/help/incident/", {"danger": "no", "story": "To be erased."})
    (receipt,) = receipts_in(page.content.decode())
    backup = Backup(owner_sql)
    with office.steward.acting() as actor:
        (box,) = queue_for(actor)
        erase_record(box.pk, actor=actor, at=AT, why="withdrawn")
    backup.restore()
    with office.steward.acting() as actor:
        (box,) = queue_for(actor)
        with pytest.raises(VaultError):
            open_mailbox(box, key=office.steward.key, actor=actor, at=AT, reason=WhyOpened.CASEWORK)
    assert (
        "cannot be read here" in client.post("/help/return/", {"receipt": receipt}).content.decode()
    ), "the mailbox is back, and nobody can open what lies in it"


def test_a_restored_backup_shows_against_a_later_anchor(owner_sql: Callable[..., Any]) -> None:
    organisation = make_organisation(owner_sql)
    user = make_user(owner_sql, {organisation: [Role.DOCUMENTER, Role.STEWARD]})
    backup = Backup(owner_sql)
    with acting_as(user) as actor:
        agree(actor, organisation, uuid4())
    with acting_as(user):
        kept = anchor()
    backup.restore()
    with acting_as(user):
        assert verify_chain().whole
        assert not verify_chain(kept).whole


def test_a_withdrawn_consent_stays_withdrawn(owner_sql: Callable[..., Any]) -> None:
    organisation = make_organisation(owner_sql)
    user = make_user(owner_sql, {organisation: [Role.DOCUMENTER]})
    subject = uuid4()
    with acting_as(user) as actor:
        grant = agree(actor, organisation, subject)
    backup = Backup(owner_sql)
    with acting_as(user) as actor:
        revoke_consent(grant, actor=actor, at=AT + timedelta(days=1))
    backup.restore()
    start()
    with acting_as(user) as actor:
        assert not allowed(actor, subject, (AT + timedelta(days=2)).date())


def test_an_objection_survives_a_restored_backup(owner_sql: Callable[..., Any]) -> None:
    organisation = make_organisation(owner_sql)
    user = make_user(owner_sql, {organisation: [Role.DOCUMENTER]})
    subject = uuid4()
    with acting_as(user) as actor:
        agree(actor, organisation, subject)
    backup = Backup(owner_sql)
    with acting_as(user) as actor:
        object_to_use(subject, holder=organisation, actor=actor, at=AT)
    backup.restore()
    start()
    with acting_as(user) as actor:
        assert not allowed(actor, subject, (AT + timedelta(days=2)).date())
        with pytest.raises(Objected):
            agree(actor, organisation, subject)


def test_no_page_shows_the_withdrawn_after_a_restore(owner_sql: Callable[..., Any]) -> None:
    desk = make_desk(owner_sql)
    party, _spell = person_with_spell(desk)
    grant = consent_of(desk, party)
    gate = published(desk, party)
    address = f"/registry/{PublishedCase.objects.get().reference}/"
    assert gate.state == "published"
    assert Client().get(address).status_code == 200
    backup = Backup(owner_sql)
    with acting_as(desk.documenter) as actor:
        revoke_consent(grant, actor=actor, at=AT + timedelta(days=1))
    assert Client().get(address).status_code in {404, 410}
    backup.restore()
    assert owner_sql("SELECT count(*) FROM published_case") == [(1,)], "the backup shows it again"
    for page in (address, "/", "/registry/?q=Korsak", "/api/v1/registry/cases", "/help/"):
        refused = Client().get(page)
        assert refused.status_code == 503, page
        assert "Korsak" not in refused.content.decode()
        assert (refused["Cache-Control"], refused["Retry-After"]) == ("no-store", "300")
    assert Client().get("/health").status_code == 200
    start()
    assert Client().get(address).status_code in {404, 410}
    assert owner_sql("SELECT count(*) FROM published_case") == [(0,)]


def test_refusal_speaks_the_readers_language_and_tells_nothing(
    owner_sql: Callable[..., Any],
) -> None:
    desk = make_desk(owner_sql)
    party, _spell = person_with_spell(desk)
    grant = consent_of(desk, party)
    published(desk, party)
    address = f"/registry/{PublishedCase.objects.get().reference}/"
    backup = Backup(owner_sql)
    with acting_as(desk.documenter) as actor:
        revoke_consent(grant, actor=actor, at=AT + timedelta(days=1))
    backup.restore()
    there, nowhere = (Client().get(page).content for page in (address, "/registry/XR-ZZZZZZ/"))
    assert there == nowhere, "whether there is such a case is not told"
    assert b'<html lang="en" dir="ltr">' in there
    assert b'<html lang="ar" dir="rtl">' in Client().get("/ar/").content
    told = Client().get("/api/v1/registry/cases/XR-ZZZZZZ")
    assert told["Content-Type"] == "application/problem+json"
    assert (told.json()["status"], told.json()["title"]) == (503, "Service Unavailable")
    assert told.json()["detail"] == "This site is being restored. Please come back later."
    start()


def start() -> None:
    """Do what every start does with database and ledger."""
    parts = connections.settings["default"]
    url = url_for(parts["USER"], parts["PASSWORD"], host=parts["HOST"], database=parts["NAME"])
    urls = RoleUrls(desk=url, public=url, intake=url)
    settle_withdrawals(settings.ENVIRONMENT, urls, say=lambda _line: None)
