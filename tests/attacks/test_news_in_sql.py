"""A colleague with SQL silences news of consent, or tells again what was dealt with."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

import pytest
from django.db import DatabaseError, connection, transaction

from tests.core.accounts.factories import make_organisation, make_user
from tests.core.editions.factories import open_office as open_press
from tests.core.editions.factories import out
from tests.prisoners.memo.factories import AS_OF, GROUPS, built, open_office
from undaunted.core.access.rules import PUBLIC, Role
from undaunted.core.accounts.actions import acting_as
from undaunted.core.consent.actions import (
    announce_expiries,
    deliver_news,
    record_consent,
    register_handler,
    revoke_consent,
)
from undaunted.core.consent.actions import news as outbox
from undaunted.core.consent.queries import undelivered
from undaunted.core.consent.rules import (
    PUBLIC_AUDIENCE,
    Basis,
    FieldGroup,
    IdentityLevel,
    Purpose,
)
from undaunted.core.editions.actions import Wanted, build_edition
from undaunted.core.editions.writers import FOLDERS
from undaunted.prisoners.memo.actions import MemoWanted, build_memo
from undaunted.prisoners.memo.rules import Variant

if TYPE_CHECKING:
    from tests.prisoners.registry.desk import Desk
    from undaunted.core.accounts.models import User
    from undaunted.core.actors.models import Party

pytestmark = pytest.mark.usefixtures("ledger")
printed = pytest.mark.skipif(
    not all(folder.is_dir() for folder in FOLDERS[:2]),
    reason="needs fonts-noto-core and fonts-noto-cjk",
)
AT = datetime(2026, 11, 1, 12, tzinfo=UTC)
LATER = AT + timedelta(3)
NEW_RECEIPT = "(news_id, handler, at, done) VALUES (%s, 'late', now(), '{}')"
NEW_ATTEMPT = (
    "(news_id, handler, tries, tried_at, next_at, problem)"
    " VALUES (%s, 'other', 1, now(), 'infinity', '')"
)
ASKED_AGAIN = {
    "registry_heed": "projects what the ledger says today",
    "report_heed": "takes out who may not be named today",
    "sharing_heed": "takes back what rests on an agreement that ended, or on nothing that stands",
}


def _asked(person: User, statement: str, *values: Any) -> list[Any]:
    with acting_as(person), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, values)
        return list(cursor.fetchall()) if cursor.description else [cursor.rowcount]


def _refused(person: User, statement: str, *values: Any) -> str:
    with pytest.raises(DatabaseError) as refusal:
        _asked(person, statement, *values)
    return str(refusal.value)


@pytest.fixture
def waits(owner_sql: Any, monkeypatch: pytest.MonkeyPatch) -> tuple[User, User, UUID]:
    """Make an agreement of which one part failed to hear; its documenter, a stranger, its news."""

    def fail(_news: object, **_told: object) -> dict[str, Any]:
        raise RuntimeError("not now")

    monkeypatch.setattr(outbox, "_HANDLERS", {})
    register_handler("late", fail)
    ours, theirs = make_organisation(owner_sql), make_organisation(owner_sql)
    person = make_user(owner_sql, {ours: [Role.DOCUMENTER]})
    with acting_as(person) as actor:
        record_consent(
            uuid4(), actor=actor, at=AT, holder=ours, purpose=Purpose.REGISTRY,
            audience=PUBLIC_AUDIENCE, level=IdentityLevel.NAME, field_groups=[FieldGroup.IDENTITY],
            basis=Basis.SELF, how="call", given_on=AT.date(), until=AT.date() + timedelta(400),
        )  # fmt: skip
    ((news,),) = owner_sql("SELECT id FROM consent_news")
    return person, make_user(owner_sql, {theirs: [Role.STEWARD, Role.DOCUMENTER]}), news


def test_nobody_says_in_sql_that_news_was_dealt_with_or_is_tried_later(
    waits: tuple[User, User, UUID],
) -> None:
    documenter, stranger, news = waits
    code = b"x" * 32
    for person in (documenter, stranger):
        for statement in (
            f"INSERT INTO consent_receipt {NEW_RECEIPT}",
            f"INSERT INTO consent_attempt {NEW_ATTEMPT}",
            "UPDATE consent_attempt SET next_at = 'infinity' WHERE news_id = %s",
            "UPDATE consent_receipt SET done = '{}' WHERE news_id = %s",
            "DELETE FROM consent_attempt WHERE news_id = %s",
        ):
            assert "permission denied" in _refused(person, statement, news), statement
        received = "SELECT consent_receive(%s, 'late', now(), '{}', %s)"
        assert "the application alone" in _refused(person, received, news, code)
        put_off = "SELECT consent_failed(%s, 'late', 9, now(), '2099-01-01', '', %s)"
        assert "the application alone" in _refused(person, put_off, news, code)
    assert [(one.waiting, one.tries) for one in undelivered(PUBLIC, ["late"])] == [(1, 1)]
    register_handler("late", lambda _news, **_told: {})
    assert deliver_news(actor=PUBLIC, at=AT + timedelta(hours=1)) == 1
    assert undelivered(PUBLIC, ["late"]) == []


def test_nobody_lets_an_agreement_run_out_before_its_day(waits: tuple[User, User, UUID]) -> None:
    for person in waits[:2]:
        early = "SELECT count(*) FROM consent_announce_expiries('2099-01-01', %s)"
        assert "the application alone" in _refused(person, early, b"x" * 32)
    assert announce_expiries(actor=PUBLIC, at=AT + timedelta(300)) == 0
    assert announce_expiries(actor=PUBLIC, at=AT + timedelta(401)) == 1


def _agreed_anew(desk: Desk, party: Party, purpose: Purpose) -> None:
    with acting_as(desk.documenter) as actor:
        record_consent(
            party.pk, actor=actor, at=LATER, holder=desk.organisation, purpose=purpose,
            audience=PUBLIC_AUDIENCE, level=IdentityLevel.NAME, field_groups=GROUPS,
            basis=Basis.FAMILY_PROXY, relation="sibling", how="call", given_on=LATER.date(),
            until=AT.date() + timedelta(400),
        )  # fmt: skip


@printed
def test_news_told_again_ends_no_memo_of_a_later_agreement(owner_sql: Any) -> None:
    office = open_office(owner_sql)
    desk = office.desk
    first = built(office)
    with acting_as(desk.documenter) as actor:
        news = revoke_consent(office.grant, actor=actor, at=AT)
    _agreed_anew(desk, office.party, Purpose.MEMO)
    wanted = MemoWanted(
        country="XR", counterpart="Minister", meets_on=LATER.date(), as_of=AS_OF,
        variant=Variant.PUBLIC,
    )  # fmt: skip
    with acting_as(desk.documenter) as actor:
        second = build_memo(wanted, desk.organisation, actor=actor, at=LATER)
    assert owner_sql("SELECT memo_id FROM memo_memosubject") == [(second.pk,)]
    for person in (desk.stranger, desk.documenter):
        assert _asked(person, "SELECT * FROM memo_heed(%s)", news.pk) == [(0, 0)]
    told = dict(owner_sql("SELECT id, state FROM memo_memo"))
    assert told == {first.pk: "ended", second.pk: "kept"}


@printed
def test_news_told_again_ends_no_edition_of_a_later_agreement(owner_sql: Any) -> None:
    office = open_press(owner_sql)
    desk = office.desk
    out(office)
    with acting_as(desk.documenter) as actor:
        news = revoke_consent(office.grant, actor=actor, at=AT)
    _agreed_anew(desk, office.party, Purpose.REGISTRY)
    wanted = Wanted(kind="count-sheet", as_of=AS_OF)
    with acting_as(desk.documenter) as actor:
        second = build_edition(wanted, desk.organisation, actor=actor, at=LATER)
    held = "SELECT edition_id FROM editions_editionsubject"
    assert owner_sql(held) == [(second.pk,)]
    for person in (desk.stranger, desk.documenter):
        assert _asked(person, "SELECT editions_heed(%s)", news.pk) == [(0,)]
    assert owner_sql(held) == [(second.pk,)]


def test_every_door_of_news_asks_whether_it_was_dealt_with(owner_sql: Any) -> None:
    """Whoever has SQL calls them with the id of any news; a new one must ask too."""
    doors = owner_sql(
        "SELECT p.proname, p.prosrc FROM pg_proc p WHERE p.proname LIKE '%%\\_heed'"
        " AND has_function_privilege('undaunted_desk', p.oid, 'EXECUTE')"
    )
    assert {name for name, _ in doors} >= {"memo_heed", "dossiers_heed", "editions_heed"}
    deaf = {name for name, body in doors if "consent_receipt" not in body}
    assert deaf == set(ASKED_AGAIN)
