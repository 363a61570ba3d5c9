"""Nobody is stuck, and nothing slips in or out around a vote."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from threading import Thread
from typing import TYPE_CHECKING, Any

import pytest
from django.db import DatabaseError, connection, transaction

from tests.coercion.response.factories import (
    AT,
    CREDIT,
    MET,
    TARIFF,
    Scene,
    let_out,
    make_scene,
    moved,
    to_deciding,
    voted,
)
from undaunted.coercion.response.actions import (
    cast_vote,
    change_pledge,
    confirm_decision,
    confirm_membership,
    declare_decision,
    end_pledge,
    invoke,
    leave_compact,
    move_stage,
    open_invocation,
    record_delivery,
    record_pledge,
    reopen_vote,
    take_back_delivery,
    withdraw_pledge,
)
from undaunted.coercion.response.queries import (
    delivery_for,
    episode_for,
    invocation_for,
    invocation_sheet,
    own_member_of,
    pledge_for,
    pledges_seen,
)
from undaunted.coercion.response.rules import (
    CLOCKS,
    Choice,
    PledgeFrozen,
    ResponseRefused,
    ResponseStage,
    StageRefused,
    StepKind,
)
from undaunted.core.access.rules import Forbidden
from undaunted.core.accounts.actions import acting_as
from undaunted.core.clocks.rules import rule_for

if TYPE_CHECKING:
    from undaunted.coercion.response.models import Invocation, Pledge
    from undaunted.core.accounts.models import User

pytestmark = pytest.mark.usefixtures("ledger")

LATER = AT + timedelta(days=3)
DELIVERED = (
    "INSERT INTO response_delivery (id, holder, recorded_at, recorded_by, pledge_id, day, amount,"
    " evidence) VALUES (gen_random_uuid(), %s, now(), %s, %s, %s, %s, 'x')"
)
WAITING = "SELECT count(*) FROM pg_locks WHERE NOT granted"


def _held(actor: Any, scene: Scene) -> Invocation:
    held = invocation_for(actor, scene.invocation.pk)
    assert held is not None
    return held


def _own(actor: Any, pledge: Pledge) -> Pledge:
    held = pledge_for(actor, pledge.pk)
    assert held is not None
    return held


def _grown_old(owner_sql: Any) -> None:
    owner_sql("UPDATE response_invocation SET moved_at = moved_at - interval '200 days'")


def _run(statement: str, *values: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


def _beforehand(scene: Scene, plan: Any) -> Pledge:
    with acting_as(scene.third.documenter) as actor:
        made = record_pledge(scene.compact, plan, actor=actor, at=AT)
    return let_out(scene.third, made)


def test_vote_closes_when_all_have_voted_and_opens_again(owner_sql: Any) -> None:
    scene = make_scene(owner_sql)
    early = _beforehand(scene, CREDIT)
    to_deciding(scene)
    _brought_in_as_it_stood(scene, early)
    with acting_as(scene.chair.documenter) as actor:
        with pytest.raises(StageRefused, match="3 of the members have not voted"):
            declare_decision(scene.invocation, actor=actor, at=AT)
        with pytest.raises(ResponseRefused, match="none that waits"):
            reopen_vote(scene.invocation, actor=actor, at=AT)
    for who in scene.members:
        voted(scene, who, Choice.YES)
    with acting_as(scene.chair.documenter) as actor:
        scene.invocation = declare_decision(scene.invocation, actor=actor, at=AT)
    with acting_as(scene.third.documenter) as actor, pytest.raises(Forbidden):
        reopen_vote(_held(actor, scene), actor=actor, at=AT)
    with acting_as(scene.chair.publisher) as actor:
        reopened = reopen_vote(scene.invocation, actor=actor, at=AT)
        assert (reopened.adopted, reopened.decided_for) == (None, None)
        with pytest.raises(ResponseRefused, match="none that waits"):
            confirm_decision(scene.invocation, actor=actor, at=AT)
    _gone_on_by_a_member(scene, owner_sql)
    _delivered_and_ended(scene, early)


def _brought_in_as_it_stood(scene: Scene, early: Pledge) -> None:
    with acting_as(scene.third.documenter) as actor:
        change_pledge(_own(actor, early), replace(CREDIT, amount=Decimal(1)), actor=actor, at=AT)
        withdraw_pledge(_own(actor, early), actor=actor, at=AT)
        sheet = invocation_sheet(actor, _held(actor, scene), AT)
        (brought,) = [each.row for each in sheet.pledges if each.row.beforehand_id == early.pk]
        assert brought.amount == 500
        with pytest.raises(PledgeFrozen):
            change_pledge(brought, CREDIT, actor=actor, at=AT)
        with pytest.raises(PledgeFrozen, match="until it is decided"):
            end_pledge(brought, "Second thoughts", actor=actor, at=AT)
        ending = "UPDATE response_pledge SET ended_at = now(), ended_why = 'x' WHERE id = %s"
        with pytest.raises(DatabaseError, match="voted on stays"), transaction.atomic():
            _run(ending, brought.pk)
    scene.pledges["brought"] = brought


def _gone_on_by_a_member(scene: Scene, owner_sql: Any) -> None:
    with acting_as(scene.third.documenter) as actor, pytest.raises(StageRefused, match="every mem"):
        move_stage(scene.invocation, ResponseStage.MONITORING, actor=actor, at=AT)
    _grown_old(owner_sql)
    with acting_as(scene.third.documenter) as actor:
        scene.invocation = declare_decision(_held(actor, scene), actor=actor, at=AT)
        assert scene.invocation.decided_for == scene.third.id
    with acting_as(scene.chair.publisher) as actor, pytest.raises(Forbidden):
        confirm_decision(_held(actor, scene), actor=actor, at=AT)
    with acting_as(scene.third.publisher) as actor:
        confirm_decision(scene.invocation, actor=actor, at=AT)
    with acting_as(scene.third.documenter) as actor:
        scene.invocation = move_stage(
            scene.invocation, ResponseStage.MONITORING, actor=actor, at=AT
        )
    with acting_as(scene.third.documenter) as actor, pytest.raises(StageRefused, match="taken by"):
        move_stage(scene.invocation, ResponseStage.CLOSED, actor=actor, at=AT, reason="Too soon")


def _delivered_and_ended(scene: Scene, early: Pledge) -> None:
    with acting_as(scene.third.documenter) as actor:
        assert pledge_for(actor, early.pk) is None, "it was taken back, and was brought in before"
        brought = _own(actor, scene.pledges["brought"])
        record_delivery(brought, AT.date(), "Transfer", actor=actor, at=AT, amount=Decimal(100))
        _misrecorded(actor, brought)
        end_pledge(brought, "The border is open", actor=actor, at=AT)
        with pytest.raises(ResponseRefused, match="had ended; give a day until 2026-11-21"):
            record_delivery(brought, date(2026, 11, 22), "x", actor=actor, at=LATER)
        sheet = invocation_sheet(actor, _held(actor, scene), AT)
        (burden,) = [each for each in sheet.burden if each.delivered]
        assert (burden.pledged, burden.delivered) == (Decimal(600), Decimal(100))


def _misrecorded(actor: Any, pledge: Pledge) -> None:
    told: dict[str, Any] = {"actor": actor, "at": AT, "amount": Decimal(100)}
    with pytest.raises(ResponseRefused, match="recorded before"):
        record_delivery(pledge, AT.date(), "Transfer", **told)
    with pytest.raises(ResponseRefused, match="2026-11-20 or later"):
        record_delivery(pledge, date(1, 1, 1), "Transfer", **told)
    with pytest.raises(ResponseRefused, match="2026-11-22 lies ahead"):
        record_delivery(pledge, date(2026, 11, 22), "Transfer", **told)
    with pytest.raises(ResponseRefused, match="00 of what was pledged is left"):
        record_delivery(pledge, AT.date(), "All", **told | {"amount": Decimal("400.01")})
    east = record_delivery(pledge, date(2026, 11, 21), "Already tomorrow", **told)
    held = delivery_for(actor, east.pk)
    assert held is not None
    for amount, day, why in ((1000, "2026-11-20", "no more"), (1, "0001-01-01", "in force")):
        with pytest.raises(DatabaseError, match=why), transaction.atomic():
            _run(DELIVERED, pledge.holder, actor.person, pledge.pk, day, amount)
    for change, why in (("amount = 1", "permission denied"), ("taken_back_at = now()", "own name")):
        with pytest.raises(DatabaseError, match=why), transaction.atomic():
            _run(f"UPDATE response_delivery SET {change}")
    take_back_delivery(held, actor=actor, at=AT)
    with pytest.raises(ResponseRefused, match="taken back before"):
        take_back_delivery(held, actor=actor, at=AT)


def test_one_invocation_an_episode_and_who_leaves_takes_its_pledges(owner_sql: Any) -> None:
    scene = make_scene(owner_sql)
    early = _beforehand(scene, TARIFF)
    with acting_as(scene.third.documenter) as actor:
        with pytest.raises(StageRefused, match="not in force"):
            end_pledge(_own(actor, early), "x", actor=actor, at=AT)
        episode = episode_for(actor, "xfx-2026")
        assert episode is not None
        again = invoke(episode, MET, actor=actor, at=AT)
    second = acting_as(scene.third.publisher)
    with second as actor, pytest.raises(ResponseRefused, match="another is open"):
        open_invocation(again, actor=actor, at=AT)
    moved(scene, ResponseStage.CLOSED, "Settled")
    with acting_as(scene.third.documenter) as actor:
        member = own_member_of(actor, "five")
        assert member is not None
        leave_compact(member, actor=actor, at=AT)
    second = acting_as(scene.third.publisher)
    with second as actor, pytest.raises(DatabaseError, match="takes back first"):
        _leave_by_sql(actor)
    with acting_as(scene.third.publisher) as actor:
        confirm_membership(member, StepKind.LEAVE, actor=actor, at=AT)
    with acting_as(scene.chair.documenter) as actor:
        assert not pledges_seen(actor).exists()


def test_nobody_invokes_or_goes_on_by_sql_without_what_it_needs(owner_sql: Any) -> None:
    scene = make_scene(owner_sql)
    moving = "UPDATE response_invocation SET stage = %s, moved_by = %s, moved_at = %s"
    with acting_as(scene.target.documenter) as actor:
        again = (
            "INSERT INTO response_invocation (id, holder, recorded_at, recorded_by, compact_id,"
            " episode_id, trigger, stage, reason, moved_at, moved_by, closing_why)"
            " SELECT gen_random_uuid(), holder, now(), %s, compact_id, episode_id, {}, 'invoked',"
            " '', {}, %s, '' FROM response_invocation"
        )
        bare = "jsonb_set(trigger, '{findings,aim,reasons}', '[]')"
        for trigger, moment in (("'{}'", "now()"), (bare, "now()"), ("trigger", "'1999-01-01'")):
            with pytest.raises(DatabaseError, match="that was met"), transaction.atomic():
                _run(again.format(trigger, moment), actor.person, actor.person)
    with acting_as(scene.chair.documenter) as actor:
        with pytest.raises(DatabaseError, match="once what it needs"), transaction.atomic():
            _run(moving, "consulting", actor.person, AT - timedelta(days=9999))
        for stage in ("consulting", "assessing"):
            _run(moving, stage, actor.person, AT)
        with pytest.raises(DatabaseError, match="once what it needs"), transaction.atomic():
            _run(moving, "pledging", actor.person, AT)


def test_steps_at_once_are_taken_one_after_the_other(owner_sql: Any) -> None:
    scene = make_scene(owner_sql)
    moved(scene, ResponseStage.CLOSED, "Settled")
    with acting_as(scene.target.documenter) as actor:
        episode = episode_for(actor, "xfx-2026")
        assert episode is not None
        scene.invocation = invoke(episode, MET, actor=actor, at=AT)
    with acting_as(scene.third.documenter) as actor:
        member = own_member_of(actor, "five")
        assert member is not None
        leave_compact(member, actor=actor, at=AT)

    def opens(actor: Any) -> None:
        open_invocation(scene.invocation, actor=actor, at=AT)

    def leaves() -> None:
        with acting_as(scene.third.publisher) as actor:
            confirm_membership(member, StepKind.LEAVE, actor=actor, at=AT)

    def votes(actor: Any) -> None:
        cast_vote(_held(actor, scene), Choice.YES, actor=actor, at=AT)

    def votes_too() -> None:
        with acting_as(scene.third.documenter) as actor:
            votes(actor)

    assert "look again" in _overtaken(owner_sql, scene.target.publisher, opens, leaves)
    to_deciding(scene)
    assert "look again" in _overtaken(owner_sql, scene.third.documenter, votes, votes_too)


def _overtaken(owner_sql: Any, who: User, step: Any, later: Any) -> str:
    """Take a step while another waits for it; say why the other is refused then."""
    told = []

    def run() -> None:
        try:
            later()
        except ResponseRefused as refusal:
            told.append(str(refusal))
        finally:
            connection.close()

    other = Thread(target=run)
    with acting_as(who) as actor:
        step(actor)
        other.start()
        while other.is_alive() and owner_sql(WAITING) == [(0,)]:
            other.join(0.02)
    other.join()
    return told[0]


def _leave_by_sql(actor: Any) -> None:
    with transaction.atomic():
        _run("UPDATE response_memberstep SET confirmed_at = now(), confirmed_by = %s", actor.person)
        _run("UPDATE response_member SET left_at = now()")


def test_database_holds_the_times_of_the_clocks(owner_sql: Any) -> None:
    for stage, name in CLOCKS.items():
        (limit,) = rule_for(name, AT.date()).limits
        told = f"{limit.period.amount} {limit.period.unit}"
        over = "SELECT response_stage_over(%s, %s, %s::timestamptz + %s::interval - %s)"
        for less, expected in ((timedelta(0), True), (timedelta(seconds=1), False)):
            past = AT - timedelta(days=300)
            assert owner_sql(over, [stage, past, past, told, less]) == [(expected,)], stage
