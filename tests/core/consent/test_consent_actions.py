"""Consent is recorded, revoked once, and its news reaches every handler or waits for it."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from threading import Event, Thread
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

import pytest
from django.db import connection
from typer.testing import CliRunner

from tests.core.accounts.factories import make_organisation, make_user
from undaunted.core.access.rules import PUBLIC, Forbidden, Role
from undaunted.core.accounts.actions import acting_as
from undaunted.core.audit.models import Entry
from undaunted.core.consent.actions import (
    ConsentAlreadyEnded,
    announce_expiries,
    deliver_news,
    record_consent,
    record_consents,
    register_handler,
    revoke_consent,
)
from undaunted.core.consent.actions import news as outbox
from undaunted.core.consent.commands import commands
from undaunted.core.consent.models import News, Receipt
from undaunted.core.consent.queries import (
    failed_news,
    grants_for,
    news_about,
    pending_of,
    undelivered,
)
from undaunted.core.consent.rules import (
    PUBLIC_AUDIENCE,
    Basis,
    FieldGroup,
    IdentityLevel,
    NeverPublic,
    Purpose,
    next_try,
    permits,
)
from undaunted.core.consent.tasks import tell_what_ran_out

if TYPE_CHECKING:
    from collections.abc import Callable

    from undaunted.config.postgres import Lease
    from undaunted.core.access.rules import Actor
    from undaunted.core.accounts.models import User
    from undaunted.core.consent.models import Grant

AT = datetime(2026, 11, 1, 12, tzinfo=UTC)
HELD_UP = "SELECT pid FROM pg_locks WHERE locktype = 'advisory' AND NOT granted"


@pytest.fixture
def office(ledger: Lease, owner_sql: Callable[..., object]) -> tuple[UUID, User]:
    organisation = make_organisation(owner_sql)
    return organisation, make_user(owner_sql, {organisation: [Role.DOCUMENTER]})


@pytest.fixture
def only_handler(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Take every handler away but one, which keeps the kinds of news it heard."""
    heard: list[str] = []

    def hear(news: News, **_told: object) -> dict[str, Any]:
        heard.append(news.kind)
        return {"heard": True}

    monkeypatch.setattr(outbox, "_HANDLERS", {})
    register_handler("ear", hear)
    return heard


@pytest.mark.parametrize("record", [record_consent, record_consents])
def test_nobody_agrees_that_the_public_may_reach_somebody(
    office: tuple[UUID, User], record: Callable[..., object]
) -> None:
    holder, user = office
    subject: Any = uuid4() if record is record_consent else [uuid4()]
    with acting_as(user) as actor, pytest.raises(NeverPublic):
        record(
            subject, actor=actor, at=AT, holder=holder, purpose=Purpose.REGISTRY,
            audience=PUBLIC_AUDIENCE, level=IdentityLevel.NAME, field_groups=["contact"],
            basis=Basis.SELF, how="letter", given_on=date(2026, 1, 1), until=date(2030, 1, 1),
        )  # fmt: skip


def agree(actor: Actor, holder: UUID, subject: UUID, until: date = date(2030, 1, 1)) -> Grant:
    return record_consent(
        subject,
        actor=actor,
        at=AT,
        holder=holder,
        purpose=Purpose.REGISTRY,
        audience=PUBLIC_AUDIENCE,
        level=IdentityLevel.NAME,
        field_groups=[FieldGroup.DETENTION],
        basis=Basis.SELF,
        how="letter",
        given_on=date(2026, 1, 1),
        until=until,
    )


def allowed(actor: Actor, subject: UUID, on: date) -> bool:
    return bool(
        permits(
            grants_for(actor, [subject])[subject],
            purpose=Purpose.REGISTRY,
            audience=PUBLIC_AUDIENCE,
            field_group=FieldGroup.DETENTION,
            level=IdentityLevel.NAME,
            on=on,
        )
    )


def test_a_recorded_grant_permits_until_it_is_revoked(
    office: tuple[UUID, User], only_handler: list[str]
) -> None:
    subject = uuid4()
    with acting_as(office[1]) as actor:
        assert not allowed(actor, subject, AT.date())
        grant = agree(actor, office[0], subject)
        assert allowed(actor, subject, AT.date())
        revoke_consent(grant, actor=actor, at=AT + timedelta(days=1))
        assert not allowed(actor, subject, date(2026, 11, 2))
        with pytest.raises(ConsentAlreadyEnded):
            revoke_consent(grant, actor=actor, at=AT)
        assert [news.kind for news in news_about(actor, subject)] == ["revoked", "granted"]
        verbs = Entry.objects.filter(subject_id=str(grant.pk)).values_list("verb", flat=True)
        assert set(verbs) == {"consent.recorded", "consent.revoked"}
    assert only_handler == ["granted", "revoked"]


def test_only_a_documenter_of_the_organisation_records(
    office: tuple[UUID, User], owner_sql: Callable[..., object], only_handler: list[str]
) -> None:
    other = make_organisation(owner_sql)
    stranger = make_user(owner_sql, {other: [Role.DOCUMENTER]})
    subject = uuid4()
    with acting_as(office[1]) as actor:
        grant = agree(actor, office[0], subject)
    with acting_as(stranger) as actor:
        with pytest.raises(Forbidden):
            agree(actor, office[0], subject)
        with pytest.raises(Forbidden):
            revoke_consent(grant, actor=actor, at=AT)
        assert grants_for(actor, [subject])[subject] == ()
    assert not news_about(PUBLIC, subject)


def test_news_waits_for_a_handler_that_failed(
    office: tuple[UUID, User], only_handler: list[str], caplog: pytest.LogCaptureFixture
) -> None:
    broken = True

    def fail(_news: News, **_told: object) -> dict[str, Any]:
        if broken:
            raise RuntimeError("not now")
        return {}

    register_handler("late", fail)
    with acting_as(office[1]) as actor:
        grant = agree(actor, office[0], uuid4())
        assert set(Receipt.objects.values_list("handler", flat=True)) == {"ear"}
        news = revoke_consent(grant, actor=actor, at=AT)
        assert pending_of(actor, news) == ("late",)
        assert failed_news(actor) == 2
        waits = Entry.objects.filter(verb="consent.news_waits", subject_id=str(news.pk))
        assert waits.get().detail.detail == {"kind": "revoked", "handlers": ["late"]}
    assert deliver_news(actor=PUBLIC, at=AT) == 0
    assert deliver_news(actor=PUBLIC, at=AT + timedelta(minutes=1)) == 0
    (waiting,) = undelivered(PUBLIC, ["ear", "late"])
    assert (waiting.handler, waiting.waiting, waiting.failed) == ("late", 2, 2)
    assert (waiting.tries, waiting.problems) == (2, ("RuntimeError",))
    broken = False
    assert deliver_news(actor=PUBLIC, at=AT + timedelta(minutes=2)) == 0
    assert deliver_news(actor=PUBLIC, at=AT + timedelta(minutes=3)) == 2
    assert deliver_news(actor=PUBLIC, at=AT + timedelta(minutes=9)) == 0
    with acting_as(office[1]) as actor:
        assert (pending_of(actor, news), failed_news(actor)) == ((), 0)
    assert undelivered(PUBLIC, ["ear", "late"]) == []
    assert only_handler == ["granted", "revoked"]
    assert "late" in caplog.text


def test_of_two_who_deliver_the_same_news_one_hands_it_over(
    office: tuple[UUID, User],
    only_handler: list[str],
    owner_sql: Callable[..., Any],
    caplog: pytest.LogCaptureFixture,
) -> None:
    begun, second = Event(), Event()
    told: list[str] = []

    def slow(news: News, **_told: object) -> dict[str, Any]:
        told.append(news.kind)
        begun.set()
        assert second.wait(60), "nobody came second"
        return {}

    with acting_as(office[1]) as actor:
        agree(actor, office[0], uuid4())
    register_handler("slow", slow)
    given: list[int] = []
    both = [Thread(target=_deliver_apart, args=(given,)) for _ in range(2)]
    both[0].start()
    assert begun.wait(60)
    both[1].start()
    while both[1].is_alive() and not owner_sql(HELD_UP):
        pass
    second.set()
    for each in both:
        each.join()
    assert (told, sorted(given)) == (["granted"], [0, 1])
    with acting_as(office[1]) as actor:
        assert Receipt.objects.filter(handler="slow").count() == 1
        assert failed_news(actor) == 0
    assert not caplog.text


def _deliver_apart(given: list[int]) -> None:
    try:
        given.append(deliver_news(actor=PUBLIC, at=AT))
    finally:
        connection.close()


def test_an_expired_grant_is_announced_once(
    office: tuple[UUID, User], only_handler: list[str]
) -> None:
    with acting_as(office[1]) as actor:
        agree(actor, office[0], uuid4(), until=date(2026, 6, 1))
        agree(actor, office[0], uuid4())
    assert announce_expiries(actor=PUBLIC, at=AT) == 1
    assert announce_expiries(actor=PUBLIC, at=AT) == 0
    assert only_handler == ["granted", "granted", "expired"]


def test_consent_that_never_began_is_refused(
    office: tuple[UUID, User], only_handler: list[str]
) -> None:
    with acting_as(office[1]) as actor, pytest.raises(ValueError, match="ends after"):
        agree(actor, office[0], uuid4(), until=date(2026, 1, 1))


def test_the_task_tells_what_ran_out_in_nobodys_name(
    office: tuple[UUID, User], only_handler: list[str]
) -> None:
    with acting_as(office[1]) as actor:
        agree(actor, office[0], uuid4(), until=date(2026, 6, 1))
    tell_what_ran_out(timestamp=0)
    tell_what_ran_out(timestamp=0)
    assert only_handler == ["granted", "expired"]


def test_the_operator_sees_what_waits_and_hands_it_over(
    office: tuple[UUID, User], only_handler: list[str]
) -> None:
    runner = CliRunner()
    assert "Nothing waits" in runner.invoke(commands, ["waiting"]).output
    with acting_as(office[1]) as actor:
        agree(actor, office[0], uuid4(), until=date(2026, 6, 1))
    told = runner.invoke(commands, ["deliver"]).output
    assert "1 agreements ran out" in told

    def fail(_news: News, **_told: object) -> dict[str, Any]:
        raise RuntimeError("never")

    register_handler("broken", fail)
    runner.invoke(commands, ["deliver"])
    found = runner.invoke(commands, ["waiting"])
    assert found.exit_code == 1
    assert "broken" in found.output
    assert "RuntimeError" in found.output


def test_each_try_waits_twice_as_long_and_six_hours_at_most() -> None:
    waits = [(next_try(tries, AT) - AT).total_seconds() / 60 for tries in (0, 1, 2, 3, 9, 10, 99)]
    assert waits == [1, 1, 2, 4, 256, 360, 360]
