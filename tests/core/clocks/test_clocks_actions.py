"""A clock is started, stopped, resumed, extended, met and cancelled; its holder alone sees it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.utils import ProgrammingError
from django.test import Client

from tests.core.accounts.factories import in_person, make_organisation, make_user
from undaunted.core.access.rules import PUBLIC, Forbidden, Role, Sharing
from undaunted.core.accounts.actions import acting_as, panic
from undaunted.core.audit.models import Entry
from undaunted.core.clocks.actions import (
    ClockClosed,
    ClockRuns,
    ClockStands,
    EraserMissing,
    cancel_clock,
    erase_expired,
    erasers,
    erasing,
    extend_clock,
    hand_over_clocks,
    meet_clock,
    open_feed,
    register_eraser,
    resume_clock,
    revoke_feed,
    start_clock,
    stop_clock,
)
from undaunted.core.clocks.models import Clock, Feed
from undaunted.core.clocks.queries import (
    clock_for,
    clocks_about,
    erasures_due,
    events_of,
    expired,
    feed_owner,
    feeds_for,
    overdue_clocks,
    passed_clocks,
    standing_clocks,
    upcoming_clocks,
)
from undaunted.core.clocks.rules import EventsRefused, Period, RuleUnknown, State, Unit
from undaunted.core.clocks.tasks import erase_what_has_expired

if TYPE_CHECKING:
    from collections.abc import Callable

    from undaunted.config.postgres import Lease
    from undaunted.core.access.rules import Actor
    from undaunted.core.accounts.models import User

AT = datetime(2026, 11, 25, 12, tzinfo=UTC)
DAY = timedelta(days=1)


class Office:
    """Two organisations, a documenter and a reader of the first, a steward of the second."""

    def __init__(self, owner_sql: Callable[..., object]) -> None:
        self.ours, self.theirs = make_organisation(owner_sql), make_organisation(owner_sql)
        self.documenter = make_user(owner_sql, {self.ours: [Role.DOCUMENTER]})
        self.reader = make_user(owner_sql, {self.ours: [Role.READER]})
        self.stranger: User = make_user(owner_sql, {self.theirs: [Role.STEWARD]})

    def start(self, actor: Actor, rule: str = "fdi-comments", **changed: Any) -> Clock:
        values: dict[str, Any] = {
            "holder": self.ours,
            "subject_kind": "matter",
            "subject_id": uuid4(),
            "started_at": AT - 10 * DAY,
        }
        return start_clock(rule, actor=actor, at=AT, **values | changed)


@pytest.fixture
def office(ledger: Lease, owner_sql: Callable[..., object]) -> Office:
    return Office(owner_sql)


def test_a_started_clock_knows_its_end_and_leaves_an_entry(office: Office) -> None:
    with acting_as(office.documenter) as actor:
        clock = office.start(actor)
        assert clock.due_at == datetime(2026, 12, 21, 23, tzinfo=UTC)  # 20 December is a Sunday
        assert (clock.rule, clock.rule_version, clock.sequence) == ("fdi-comments", 1, 0)
        assert clock_for(actor, clock.pk) == clock
        assert list(clocks_about(actor, "matter", clock.subject_id)) == [clock]
    with acting_as(office.documenter):
        assert list(Entry.objects.values_list("verb", "subject_id")) == [
            ("clock.started", str(clock.pk))
        ]


def test_a_stop_moves_the_end_and_a_standing_clock_is_not_overdue(office: Office) -> None:
    with acting_as(office.documenter) as actor:
        clock = office.start(actor)
        plain = clock.due_at
        stopped = stop_clock(clock, actor=actor, at=AT, since=AT)
        assert list(standing_clocks(actor)) == [stopped]
        assert list(overdue_clocks(actor, AT + 400 * DAY)) == []
        with pytest.raises(ClockStands):
            stop_clock(stopped, actor=actor, at=AT, since=AT)
        running = resume_clock(stopped, actor=actor, at=AT + 7 * DAY, since=AT + 7 * DAY)
        assert running.due_at == plain + 7 * DAY
        assert running.sequence == 2
        with pytest.raises(ClockRuns):
            resume_clock(running, actor=actor, at=AT, since=AT)


def test_what_the_rule_refuses_is_not_stored(office: Office) -> None:
    month = Period(1, Unit.MONTHS)
    with acting_as(office.documenter) as actor:
        wgad = office.start(actor, "wgad-reply")
        with pytest.raises(EventsRefused, match="cannot be stopped"):
            stop_clock(wgad, actor=actor, at=AT, since=AT)
        extended = extend_clock(wgad, actor=actor, at=AT, period=month)
        with pytest.raises(EventsRefused, match="1 times at most"):
            extend_clock(extended, actor=actor, at=AT, period=month)
        with pytest.raises(EventsRefused, match="has not happened yet"):
            meet_clock(extended, actor=actor, at=AT, met_at=AT + DAY)
        with pytest.raises(RuleUnknown):
            office.start(actor, "fdi-after-completion", started_at=datetime(2029, 1, 1, tzinfo=UTC))
        kept = clock_for(actor, wgad.pk)
        assert kept is not None
        assert len(kept.extensions) == 1
        assert (kept.stops, kept.met_at, kept.sequence) == ([], None, 1)


def test_a_met_or_cancelled_clock_is_closed_for_good(office: Office) -> None:
    with acting_as(office.documenter) as actor:
        met = meet_clock(office.start(actor), actor=actor, at=AT, met_at=AT)
        gone = cancel_clock(office.start(actor), actor=actor, at=AT)
        assert met.reckon(AT).state is State.MET
        for closed in (met, gone):
            with pytest.raises(ClockClosed):
                cancel_clock(closed, actor=actor, at=AT)
        assert list(upcoming_clocks(actor, AT)) == []
        with pytest.raises(IntegrityError), transaction.atomic():
            Clock.objects.filter(pk=met.pk).update(cancelled_at=AT)


def test_a_cancelled_clock_stands_still_in_no_calendar(office: Office) -> None:
    with acting_as(office.documenter) as actor:
        clock = stop_clock(office.start(actor), actor=actor, at=AT, since=AT)
        (standing,) = events_of(actor, [clock], AT)
        (gone,) = events_of(actor, [cancel_clock(clock, actor=actor, at=AT)], AT)
        assert gone.cancelled
        assert standing.summary.startswith(f"{gone.summary} · ")


def test_boards_tell_overdue_from_past_the_normal_time(office: Office) -> None:
    with acting_as(office.documenter) as actor:
        soft = office.start(actor, "aci-council", started_at=AT - 100 * DAY)
        hard = office.start(actor, "fdi-comments", started_at=AT - 100 * DAY)
        between = office.start(actor, "lifeline-decision", started_at=AT - 9 * DAY)
        coming = office.start(actor, "lifeline-decision", started_at=AT - DAY)
        office.start(actor, "ccf-deletion")
        assert list(overdue_clocks(actor, AT)) == [hard]
        assert set(passed_clocks(actor, AT)) == {soft, between}
        assert list(upcoming_clocks(actor, AT)) == [coming]


def test_others_neither_see_nor_change_a_clock(office: Office) -> None:
    with acting_as(office.documenter) as actor:
        clock = office.start(actor)
        shared = office.start(actor, sharing=Sharing.SHARED)
    with acting_as(office.stranger) as stranger:
        assert clock_for(stranger, clock.pk) is None
        assert clock_for(stranger, shared.pk) is not None
        assert list(Clock.objects.values_list("pk", flat=True)) == [shared.pk]
        with pytest.raises(Forbidden):
            meet_clock(shared, actor=stranger, at=AT, met_at=AT)
        assert Clock.objects.filter(pk=shared.pk).update(met_at=AT) == 0
    with acting_as(office.reader) as reader:
        assert clock_for(reader, clock.pk) is not None
        with pytest.raises(Forbidden):
            office.start(reader)
        assert Clock.objects.filter(pk=clock.pk).update(met_at=AT) == 0
    assert clock_for(PUBLIC, shared.pk) is None


def test_clocks_change_hands_only_by_somebody_of_both(
    office: Office, owner_sql: Callable[..., object]
) -> None:
    both = make_user(owner_sql, {office.ours: [Role.STEWARD], office.theirs: [Role.STEWARD]})
    with acting_as(office.documenter) as actor:
        clock = office.start(actor)
        with pytest.raises(Forbidden):
            hand_over_clocks("matter", [clock.subject_id], office.theirs, actor=actor, at=AT)
    with acting_as(both) as actor:
        given = hand_over_clocks("matter", [clock.subject_id], office.theirs, actor=actor, at=AT)
        assert given == 1
        assert hand_over_clocks("matter", [uuid4()], office.theirs, actor=actor, at=AT) == 0
    with acting_as(office.documenter) as actor:
        assert clock_for(actor, clock.pk) is None
    with acting_as(office.stranger) as actor:
        assert clock_for(actor, clock.pk) is not None


def test_clocks_are_never_deleted(office: Office) -> None:
    with acting_as(office.documenter) as actor:
        clock = office.start(actor)
        with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
            connection.cursor().execute("DELETE FROM clocks_clock WHERE id = %s", [clock.pk])


def test_a_calendar_address_opens_ones_own_calendar_until_it_is_revoked(office: Office) -> None:
    with acting_as(office.documenter) as actor:
        feed, token = open_feed(actor=actor, at=AT)
        assert token not in feed.digest
        assert feed_owner(token) == actor.id
        assert feed_owner(token[:-1] + "x") is None
        assert list(feeds_for(actor)) == [feed]
    with acting_as(office.stranger) as stranger:
        assert list(Feed.objects.all()) == []
        with pytest.raises(Forbidden):
            revoke_feed(feed, actor=stranger, at=AT)
    assert feed_owner(token) == office.documenter.pk
    with acting_as(office.documenter) as actor:
        revoke_feed(feed, actor=actor, at=AT)
        assert feed_owner(token) is None
    assert list(feeds_for(PUBLIC)) == []
    with pytest.raises(Forbidden):
        open_feed(actor=PUBLIC, at=AT)


def test_the_address_of_somebody_who_left_opens_nothing(
    office: Office, owner_sql: Callable[..., object]
) -> None:
    with acting_as(office.documenter) as actor:
        _feed, token = open_feed(actor=actor, at=AT)
    owner_sql("UPDATE accounts_user SET is_active = false WHERE id = %s", [office.documenter.pk])
    assert feed_owner(token) is None


def test_whoever_locks_their_account_closes_their_calendars_for_good(
    office: Office, owner_sql: Callable[..., object]
) -> None:
    tokens = []
    for user in (office.documenter, office.stranger):
        with acting_as(user) as actor:
            tokens.append(open_feed(actor=actor, at=AT)[1])
    with in_person(office.documenter) as actor:
        panic(lock=True, actor=actor, at=AT)
    pages = [Client().get(f"/desk/clocks/calendar/{each}.ics").status_code for each in tokens]
    assert pages == [404, 200]
    owner_sql("UPDATE accounts_lock SET lifted_at = now()")
    assert feed_owner(tokens[0]) is None
    with acting_as(office.documenter) as actor:
        assert list(feeds_for(actor)) == []


def test_a_calendar_address_that_came_with_the_lock_opens_for_nobody(
    office: Office, owner_sql: Callable[..., object]
) -> None:
    with in_person(office.documenter) as actor:
        panic(lock=True, actor=actor, at=AT)
    with acting_as(office.documenter) as actor:
        token = open_feed(actor=actor, at=AT)[1]
    assert feed_owner(token) is None
    owner_sql("UPDATE accounts_lock SET lifted_at = now()")
    assert feed_owner(token) == office.documenter.pk


@pytest.mark.parametrize("told", ["revoked_at = NULL", f"digest = '{'0' * 64}'"])
def test_a_closed_calendar_address_is_not_opened_in_sql(office: Office, told: str) -> None:
    with acting_as(office.documenter) as actor:
        feed, token = open_feed(actor=actor, at=AT)
        revoke_feed(feed, actor=actor, at=AT)
    change = f"UPDATE clocks_feed SET {told} WHERE id = %s"
    with (
        acting_as(office.documenter),
        pytest.raises(ProgrammingError, match="stays as it was"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(change, [feed.pk])
    assert feed_owner(token) is None


@pytest.fixture
def erased(monkeypatch: pytest.MonkeyPatch) -> list[UUID]:
    """Erase matters by noting them; everything else has no eraser."""
    gone: list[UUID] = []

    def erase(subject_id: UUID, _clock: Clock, *, actor: Actor, at: datetime) -> dict[str, int]:
        gone.append(subject_id)
        return {"records": 1}

    monkeypatch.setattr(erasing, "_ERASERS", {})
    register_eraser("matter", erase)
    return gone


def test_what_is_past_its_purpose_is_erased_once_with_a_receipt(
    office: Office, erased: list[UUID]
) -> None:
    long_ago = datetime(2026, 1, 5, tzinfo=UTC)
    with acting_as(office.documenter) as actor:
        old = office.start(actor, "retention-sealed", started_at=long_ago)
        young = office.start(actor, "retention-sealed")
        assert list(expired(actor, AT)) == [old]
        with pytest.raises(ClockRuns):
            erase_expired(young, actor=actor, at=AT)
        receipt = erase_expired(old, actor=actor, at=AT)
        assert receipt is not None
        assert receipt.done == {"records": 1}
        assert erased == [old.subject_id]
        assert list(expired(actor, AT)) == []
        with pytest.raises(ClockRuns):
            erase_expired(old, actor=actor, at=AT)


def test_the_task_erases_for_every_holder_and_leaves_what_it_cannot(
    office: Office, erased: list[UUID]
) -> None:
    long_ago = datetime(2026, 1, 5, tzinfo=UTC)
    with acting_as(office.documenter) as actor:
        ours = office.start(actor, "retention-sealed", started_at=long_ago)
        odd = office.start(
            actor, "retention-sealed", started_at=long_ago, subject_kind="unheard_of"
        )
    with acting_as(office.stranger) as actor:
        theirs = office.start(actor, "retention-sealed", started_at=long_ago, holder=office.theirs)
    assert {clock for clock, _person in erasures_due()} == {ours.pk, odd.pk, theirs.pk}
    assert erase_what_has_expired(0) == 2
    assert set(erased) == {ours.subject_id, theirs.subject_id}
    assert [clock for clock, _person in erasures_due()] == [odd.pk]
    with acting_as(office.documenter) as actor:
        assert erasers() == ("matter",)
        with pytest.raises(EraserMissing, match="unheard_of"):
            erase_expired(odd, actor=actor, at=AT)
        assert Entry.objects.filter(verb="clock.erased", subject_id=str(ours.pk)).exists()


def test_an_eraser_that_fails_leaves_the_clock_for_the_next_time(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(erasing, "_ERASERS", {})
    register_eraser("matter", _broken)
    with acting_as(office.documenter) as actor:
        old = office.start(actor, "retention-sealed", started_at=datetime(2026, 1, 5, tzinfo=UTC))
    assert erase_what_has_expired(0) == 0
    assert [clock for clock, _person in erasures_due()] == [old.pk]


def _broken(_subject: UUID, **_told: object) -> dict[str, int]:
    raise OSError("the disk is away")
