"""Time passes by itself: what the calendar ends is gone at the first look, without a worker."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.db import connections
from django.test import Client
from django.utils import timezone

from tests.prisoners.registry.casework import agree, person_with_spell, published, recognised
from tests.prisoners.registry.desk import AT, Desk
from undaunted.core.access.rules import PUBLIC
from undaunted.core.accounts.actions import acting_as
from undaunted.core.audit.models import Entry
from undaunted.core.consent.actions import announce_expiries, deliver_news
from undaunted.core.consent.models import Receipt
from undaunted.prisoners.registry.actions.projecting import pass_time
from undaunted.prisoners.registry.actions.publication import propose_publication, publish
from undaunted.prisoners.registry.models import PublishedCase, PublishedTombstone
from undaunted.prisoners.registry.queries.counting import count
from undaunted.prisoners.registry.tasks import let_time_pass

if TYPE_CHECKING:
    from pathlib import Path

    from pytest_django import Settings

    from undaunted.prisoners.registry.models import Publication


def tomorrow() -> date:
    """Return the day after today, asked anew so that a run may pass midnight."""
    return timezone.now().date() + timedelta(days=1)


@pytest.fixture
def files(settings: Settings, tmp_path: Path) -> Path:
    settings.DOWNLOADS_FOLDER = settings.CHART_CACHE = tmp_path
    (tmp_path / "cases.csv").write_text("x")
    return tmp_path


def shown_until(desk: Desk, until: date) -> Publication:
    party, _ = person_with_spell(desk)
    agree(desk, party, until=until)
    recognised(desk, party)
    return published(desk, party)


def expire(owner_sql: Any) -> None:
    """Let the night go by in which the consent of a case ends."""
    assert owner_sql("SELECT due_on FROM published_case") == [(tomorrow(),)]
    owner_sql("UPDATE consent_grant SET until = current_date")
    owner_sql("UPDATE published_case SET due_on = current_date")


def test_no_page_shows_what_ran_out_in_the_night_though_no_worker_runs(
    desk: Desk, files: Path, owner_sql: Any
) -> None:
    gate = shown_until(desk, tomorrow())
    address = f"/registry/{gate.reference}/"
    assert Client().get(address).status_code == 200
    expire(owner_sql)
    (files / "cases.csv").write_text("x")
    answer = Client().get(address)
    assert answer.status_code in {404, 410}
    assert "Корсак" not in answer.content.decode()
    assert not (files / "cases.csv").exists()
    assert count(PUBLIC, as_of=date(2025, 1, 31)).persons == 0
    assert PublishedTombstone.objects.get().reference == gate.reference


def test_the_worker_lets_time_pass_and_the_record_says_so(
    desk: Desk, files: Path, owner_sql: Any
) -> None:
    shown_until(desk, tomorrow())
    expire(owner_sql)
    let_time_pass(timestamp=0)
    let_time_pass(timestamp=0)
    assert not PublishedCase.objects.exists()
    assert not (files / "cases.csv").exists()
    with acting_as(desk.steward):
        entry = Entry.objects.get(verb="publication.time_passed")
        assert entry.actor is None
        assert entry.detail.detail == {"cases": 1, "gone": 1}


def test_news_of_an_expiry_is_dealt_with_in_nobodys_name(
    desk: Desk, files: Path, owner_sql: Any
) -> None:
    shown_until(desk, tomorrow())
    expire(owner_sql)
    assert announce_expiries(actor=PUBLIC, at=timezone.now()) == 1
    assert not PublishedCase.objects.exists()
    with acting_as(desk.steward):
        assert Receipt.objects.get(news__kind="expired", handler="registry").done["cases"] == 1
    assert deliver_news(actor=PUBLIC, at=timezone.now()) == 0


def test_an_embargo_that_is_over_opens_by_itself(desk: Desk, owner_sql: Any) -> None:
    party, _ = person_with_spell(desk)
    agree(desk, party)
    with acting_as(desk.documenter) as actor:
        late = timezone.now() + timedelta(days=1)
        gate = propose_publication(party, actor=actor, at=AT, embargo_until=late)
    with acting_as(desk.publisher) as actor:
        publish(gate, actor=actor, at=AT)
    assert pass_time(actor=PUBLIC, at=timezone.now()) == 0
    owner_sql("UPDATE registry_publication SET embargo_until = now() - interval '1 minute'")
    assert pass_time(actor=PUBLIC, at=timezone.now()) == 1
    assert PublishedCase.objects.get().reference == gate.reference
    assert pass_time(actor=PUBLIC, at=timezone.now()) == 0


def test_consent_that_begins_later_opens_by_itself(desk: Desk, owner_sql: Any) -> None:
    gate = shown_until(desk, tomorrow())
    expire(owner_sql)
    pass_time(actor=PUBLIC, at=timezone.now())
    agree(desk, gate.party)
    owner_sql("UPDATE consent_grant SET given_on = current_date + 1 WHERE until > current_date")
    owner_sql("SELECT registry_project(%s)", [[gate.party_id]])
    assert not PublishedCase.objects.exists()
    owner_sql("UPDATE consent_grant SET given_on = current_date WHERE until > current_date")
    owner_sql("UPDATE registry_clock SET day = current_date - 1")
    assert pass_time(actor=PUBLIC, at=timezone.now()) == 1
    assert PublishedCase.objects.exists()


def test_custody_that_ends_ahead_ends_on_its_day(desk: Desk, owner_sql: Any) -> None:
    shown_until(desk, date(2090, 1, 1))
    owner_sql(
        "UPDATE events_act SET end_earliest = current_date + 1, end_latest = current_date + 1"
    )
    owner_sql("SELECT registry_project_all()")
    assert owner_sql("SELECT held_now, due_on FROM published_case") == [(True, tomorrow())]
    owner_sql("UPDATE events_act SET end_earliest = current_date, end_latest = current_date")
    owner_sql("UPDATE published_case SET due_on = current_date")
    pass_time(actor=PUBLIC, at=timezone.now())
    assert not PublishedCase.objects.get().held_now


def test_a_revocation_that_a_handler_missed_is_made_good_by_the_calendar(
    desk: Desk, owner_sql: Any
) -> None:
    shown_until(desk, date(2090, 1, 1))
    owner_sql("UPDATE consent_grant SET revoked_at = clock_timestamp()")
    assert PublishedCase.objects.exists()
    pass_time(actor=PUBLIC, at=timezone.now())
    assert not PublishedCase.objects.exists()


def test_the_public_may_let_time_pass_and_nothing_else(desk: Desk) -> None:
    with connections["public"].cursor() as cursor:
        cursor.execute("SELECT registry_pass_time()")
        cursor.execute(
            "SELECT proname FROM pg_proc WHERE prosecdef AND pronamespace = 'public'::regnamespace"
            " AND has_function_privilege(oid, 'EXECUTE')"
        )
        allowed = {name for (name,) in cursor.fetchall()}
    assert allowed == {"consent_ledger_state", "registry_pass_time"}
