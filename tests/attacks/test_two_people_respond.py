"""One official, an invited government, a coercer that is a member, and a stranger with SQL."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest
from django.db import DatabaseError, connection, transaction

from tests.coercion.response.factories import (
    AT,
    CONTENT,
    MET,
    TARIFF,
    Scene,
    accepted,
    let_out,
    make_scene,
    to_deciding,
    voted,
)
from tests.core.accounts.factories import make_user
from undaunted.coercion.response.actions import (
    CompactPlan,
    begin_compact,
    cast_vote,
    confirm_closing,
    confirm_invitations,
    confirm_membership,
    invite_member,
    invoke,
    leave_compact,
    move_stage,
    open_invocation,
    publish_compact,
    record_episode,
    record_pledge,
    say,
    show_episode,
    withdraw_compact,
)
from undaunted.coercion.response.queries import (
    chaired_by,
    compact_for,
    compacts_for,
    episode_for,
    invocation_for,
    invocation_sheet,
    invocations_for,
    leader_of,
    members_of,
    own_member_of,
    pledges_seen,
    sides_of,
    tally_of,
    votes_of,
)
from undaunted.coercion.response.rules import (
    Choice,
    DecisionRule,
    NameShared,
    Reach,
    ResponseRefused,
    ResponseStage,
    Side,
    StageRefused,
    StepKind,
    Voting,
)
from undaunted.core.access.rules import Forbidden, Role
from undaunted.core.accounts.actions import acting_as
from undaunted.core.audit.queries import verify_chain

pytestmark = pytest.mark.usefixtures("ledger")

DETAILS = """
    SELECT e.id, d.detail::text FROM audit_entry e JOIN audit_detail d ON d.entry_id = e.id
    WHERE e.subject_kind IN ('compact', 'episode', 'search')
"""


def _rows(statement: str, *values: Any) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.fetchall() if cursor.description else [(cursor.rowcount,)]


def _refused(statement: str, *values: Any, matching: str) -> None:
    with pytest.raises(DatabaseError, match=matching), transaction.atomic():
        _rows(statement, *values)


def test_a_steward_elsewhere_learns_nothing_from_the_audit_or_from_ids(owner_sql: Any) -> None:
    scene = to_deciding(make_scene(owner_sql))
    with acting_as(scene.third.documenter) as actor:
        vote = cast_vote(scene.invocation, Choice.NO, actor=actor, at=AT)
        assert [each.pk for each in votes_of(actor, scene.invocation)] == [vote.pk]
        own = {entry for entry, _ in _rows(DETAILS)}
        assert len(own) > 4
    spies = [
        make_user(owner_sql, {each.id: [Role.STEWARD]}) for each in (scene.stranger, scene.chair)
    ]
    for spy in spies:
        with acting_as(spy) as actor:
            assert not {entry for entry, _ in _rows(DETAILS)} & own
            assert not {entry for (entry,) in _rows("SELECT id FROM audit_entry")} & own
            assert verify_chain().whole, "and still verifies what it does not read"
            assert not votes_of(actor, scene.invocation)
            assert not _rows("SELECT 1 FROM response_vote")
    told = " ".join(text for _, text in owner_sql(DETAILS))
    for word in ("kind", "reach", "choice", "adopted", "xfx-2026", "weight", "deciding"):
        assert f'"{word}"' not in told, word
    voted(scene, scene.chair, Choice.YES)
    asked = (
        ("response_adopts(%s)", [scene.invocation.pk], None),
        ("response_bound(%s, %s)", [scene.third.id, scene.compact.pk], False),
        ("response_is_open(%s)", [scene.compact.pk], False),
        ("response_agreed(%s)", [scene.compact.pk], False),
    )
    with acting_as(spies[0]):
        for call, ids, answer in asked:
            assert _rows(f"SELECT {call}", *ids) == [(answer,)], call
    with acting_as(scene.third.documenter):
        assert _rows("SELECT response_bound(%s, %s)", scene.third.id, scene.compact.pk) == [(True,)]
        _refused("SELECT response_counted(%s)", scene.invocation.pk, matching="permission denied")


def test_nobody_publishes_alone_with_sql(owner_sql: Any) -> None:
    scene = make_scene(owner_sql)
    with acting_as(scene.third.documenter) as actor:
        members = record_pledge(scene.compact, TARIFF, actor=actor, at=AT)
    change = "UPDATE response_pledge SET {} WHERE id = %s"
    approve = change.format("approved_at = now(), approved_by = %s")
    with acting_as(scene.third.publisher) as actor:
        who, key = actor.person, members.pk
        _refused(change.format("recorded_by = %s"), who, key, matching="on record")
        told = "text = 'mine', reach = 'public', changed_by = %s"
        assert _rows(change.format(told), who, key) == [(1,)]
        for forged in ("changed_by = NULL", "changed_by = recorded_by"):
            _refused(change.format(forged), key, matching="made in one")
        _refused(approve, who, key, matching="second person")
        _refused(approve, scene.third.documenter.pk, key, matching="second person")
    with acting_as(scene.third.documenter) as actor:
        whole = record_pledge(scene.compact, replace(TARIFF, note=""), actor=actor, at=AT)
    let_out(scene.third, whole)
    with acting_as(scene.third.documenter) as actor:
        _refused(
            "INSERT INTO response_offramp (id, holder, recorded_at, recorded_by, pledge_id,"
            " condition, evidence, confirmer_id, shown_by)"
            " SELECT %s, m.holder, now(), %s, %s, 'slipped in', 'x', m.id, ''"
            " FROM response_member m WHERE m.holder = %s",
            uuid4(), actor.person, whole.pk, scene.third.id, matching="two people let out",
        )  # fmt: skip
    with acting_as(scene.chair.publisher) as actor:
        assert _rows(approve, actor.person, members.pk) == [(0,)]
        publish_compact(scene.compact, actor=actor, at=AT)
        withdraw_compact(scene.compact, actor=actor, at=AT)
    with acting_as(scene.chair.documenter):
        _refused("UPDATE response_compact SET withdrawn_at = NULL", matching="not shown again")
    with acting_as(scene.third.documenter) as actor:
        values = "UPDATE response_member SET gdp = 1 WHERE holder = %s"
        with pytest.raises(DatabaseError, match="while an invocation"):
            _rows(values, scene.third.id)


def test_the_invited_know_the_roll_and_who_left_knows_nothing(owner_sql: Any) -> None:
    scene = make_scene(owner_sql)
    with acting_as(scene.chair.documenter) as actor:
        plan = CompactPlan("second", "Second", DecisionRule(Voting.WEIGHTED, 50, 60))
        second = begin_compact(scene.chair.id, plan, actor=actor, at=AT)
        invite_member(second, scene.third.id, actor=actor, at=AT, weight=1000)
        invite_member(second, scene.stranger.id, actor=actor, at=AT)
        confirm = "UPDATE response_member SET invited_at = now(), invited_by = %s WHERE holder = %s"
        _refused(confirm, actor.person, scene.stranger.id, matching="second person")
    with acting_as(scene.stranger.documenter) as actor:
        assert not compacts_for(actor)
        assert len(_rows("SELECT 1 FROM response_roll")) == 0
    with acting_as(scene.chair.publisher) as actor:
        confirm_invitations(second, actor=actor, at=AT)
    for who in (scene.chair, scene.third):
        accepted(who, second, gdp=Decimal(7))
    with acting_as(scene.third.documenter) as actor:
        pledge = record_pledge(second, replace(TARIFF, note=""), actor=actor, at=AT)
        leave = "UPDATE response_member SET left_at = now() WHERE holder = %s"
    with acting_as(scene.chair.documenter) as actor:
        assert not pledges_seen(actor), "one person pledges nothing"
        assert not _rows("SELECT 1 FROM response_pledge")
        _refused(
            "INSERT INTO response_member (id, holder, recorded_at, recorded_by, compact_id, name,"
            " country, weight, public) VALUES (%s, %s, now(), %s, %s, 'x', 'XF', 1000, false)",
            uuid4(), scene.target.id, actor.person, second.pk, matching="agreed to who belongs",
        )  # fmt: skip
    let_out(scene.third, pledge)
    with acting_as(scene.chair.documenter) as actor:
        assert [each.text for each in pledges_seen(actor)] == [TARIFF.text]
    _invited_alone(scene, second)
    with acting_as(scene.third.documenter):
        own = f"{leave} AND compact_id = %s"
        _refused(own, scene.third.id, second.pk, matching="two people")
    _chair_leaves(scene, second)


def _invited_alone(scene: Scene, second: Any) -> None:
    for person in (scene.stranger.documenter, scene.stranger.publisher):
        with acting_as(person) as actor:
            assert compact_for(actor, "second") == second
            roll = {each.country: each for each in members_of(actor, second)}
            assert (set(roll), roll["XZ"].weight) == ({"XS", "XZ", "XR"}, 1000)
            assert {each.gdp for each in roll.values()} == {None}
            assert not pledges_seen(actor)
            for table in ("pledge", "statement", "episode", "invocation", "step"):
                assert not _rows(f"SELECT 1 FROM response_{table}"), table
            assert len(_rows("SELECT 1 FROM response_member")) == 1
    with acting_as(scene.stranger.publisher) as actor:
        _refused(
            "UPDATE response_member SET accepted_at = now(), accepted_by = %s WHERE holder = %s",
            actor.person, scene.stranger.id, matching="two people",
        )  # fmt: skip
        _rows(
            "INSERT INTO response_memberstep (id, holder, recorded_at, recorded_by, member_id,"
            " kind, public) SELECT %s, m.holder, now(), %s, m.id, 'accept', false"
            " FROM response_member m WHERE m.holder = %s",
            uuid4(), actor.person, scene.stranger.id,
        )  # fmt: skip
        _refused(
            "UPDATE response_memberstep SET confirmed_at = now(), confirmed_by = %s",
            actor.person, matching="second person",
        )  # fmt: skip


def _chair_leaves(scene: Scene, second: Any) -> None:
    with acting_as(scene.chair.documenter) as actor:
        member = own_member_of(actor, "second")
        assert member is not None
        leave_compact(member, actor=actor, at=AT)
    with acting_as(scene.chair.publisher) as actor:
        confirm_membership(member, StepKind.LEAVE, actor=actor, at=AT)
    with acting_as(scene.chair.documenter) as actor:
        assert compact_for(actor, "second") is None
        assert not pledges_seen(actor).filter(compact=second)
        assert not _rows("SELECT 1 FROM response_pledge WHERE compact_id = %s", second.pk)
    with acting_as(scene.third.documenter) as actor:
        content = {**CONTENT, "key": "later"}
        episode = record_episode(scene.third.id, content, actor=actor, at=AT)
        episode = show_episode(episode, second, actor=actor, at=AT)
        with pytest.raises(ResponseRefused, match="chair is no member"):
            invoke(episode, MET, actor=actor, at=AT)


def _against(scene: Scene, coercer: str) -> Any:
    content = {
        **CONTENT, "key": f"by-{coercer.lower()}", "coercer": coercer,
        "measures": [{**CONTENT["measures"][0], "by": coercer}],
    }  # fmt: skip
    with acting_as(scene.target.documenter) as actor:
        episode = record_episode(scene.target.id, content, actor=actor, at=AT)
        episode = show_episode(episode, scene.compact, actor=actor, at=AT)
        return invoke(episode, MET, actor=actor, at=AT)


def test_a_coercer_that_is_a_member_has_no_part_in_the_answer(owner_sql: Any) -> None:
    scene = make_scene(owner_sql)
    called = _against(scene, "XZU")
    with acting_as(scene.chair.documenter) as actor:
        assert invocation_for(actor, called.pk) is None, "one person invokes nobody"
    opening = (
        "UPDATE response_invocation SET opened_at = now(), opened_by = %s, moved_by = %s"
        " WHERE id = %s"
    )
    with acting_as(scene.target.documenter) as actor:
        with pytest.raises(StageRefused, match="opens it first"):
            say(called, "x", actor=actor, at=AT)
        _refused(opening, actor.person, actor.person, called.pk, matching="second person")
        with pytest.raises(Forbidden):
            open_invocation(called, actor=actor, at=AT)
    with acting_as(scene.target.publisher) as actor:
        called = open_invocation(called, actor=actor, at=AT)
        with pytest.raises(ResponseRefused, match="before"):
            open_invocation(called, actor=actor, at=AT)
    with acting_as(scene.third.documenter) as actor:
        assert called not in invocations_for(actor)
        assert episode_for(actor, "by-xzu") is None
        assert episode_for(actor, "xfx-2026") is not None, "it reads the others"
        for table in ("step", "statement"):
            seen = f"SELECT 1 FROM response_{table} WHERE invocation_id = %s"
            assert not _rows(seen, called.pk), table
        assert not _rows("SELECT 1 FROM response_invocation WHERE id = %s", called.pk)
        _refused(
            "INSERT INTO response_statement (id, holder, recorded_at, recorded_by, invocation_id,"
            " stage, text, reach) VALUES (%s, %s, now(), %s, %s, 'invoked', 'x', 'members')",
            uuid4(), scene.third.id, actor.person, called.pk, matching="a member speaks",
        )  # fmt: skip
    with acting_as(scene.chair.documenter) as actor:
        held = invocation_for(actor, called.pk)
        assert held is not None
        assert sides_of(actor, held) == {Side.CHAIR, Side.MEMBER}
        assert tally_of(actor, held).absent == 2
        assert len(invocation_sheet(actor, held, AT).burden) == 2
        held = move_stage(held, ResponseStage.CLOSED, actor=actor, at=AT, reason="Over")
        assert held.stage == ResponseStage.INVOKED, "one person closes nothing"
        close = (
            "UPDATE response_invocation SET stage = 'closed', reason = 'Over', moved_by = %s"
            " WHERE id = %s"
        )
        _refused(close, actor.person, called.pk, matching="second person")


def _leaves_what_it_published(scene: Scene) -> None:
    with acting_as(scene.chair.publisher) as actor:
        publish_compact(scene.compact, actor=actor, at=AT)
    with acting_as(scene.chair.documenter) as actor:
        member = own_member_of(actor, "five")
        assert member is not None
        leave_compact(member, actor=actor, at=AT)
    with acting_as(scene.chair.publisher) as actor:
        confirm_membership(member, StepKind.LEAVE, actor=actor, at=AT)
        assert compact_for(actor, "five") is None
        with pytest.raises(Forbidden):
            publish_compact(scene.compact, actor=actor, at=AT)
        _refused(
            "UPDATE response_compact SET approved_at = now(), approved_by = %s",
            actor.person, matching="a chair that belongs to it",
        )  # fmt: skip
        assert _rows("SELECT reference FROM published_compact") == [("five",)]
        held = chaired_by(actor, "five")
        assert held == scene.compact
        withdraw_compact(held, actor=actor, at=AT)
        assert not _rows("SELECT reference FROM published_compact")
    with acting_as(scene.third.publisher) as actor:
        assert chaired_by(actor, "five") is None


def _begun_elsewhere(scene: Scene, who: Any, guest: Any, day: int) -> Any:
    with acting_as(who.documenter) as actor:
        plan = CompactPlan("five", "Ours", DecisionRule(Voting.MAJORITY, 60))
        made = begin_compact(who.id, plan, actor=actor, at=AT.replace(day=day))
        invite_member(made, guest.id, actor=actor, at=AT)
    with acting_as(who.publisher) as actor:
        confirm_invitations(made, actor=actor, at=AT)
    return made


def test_an_older_compact_of_the_same_name_takes_nobody_s_steps(owner_sql: Any) -> None:
    scene = make_scene(owner_sql)
    older = _begun_elsewhere(scene, scene.stranger, scene.third, 1)
    with acting_as(scene.third.documenter) as actor:
        assert set(compacts_for(actor)) == {scene.compact, older}
        assert compact_for(actor, "five") == scene.compact, "it has accepted this one"
        assert compact_for(actor, str(older.pk)) == older
    accepted(scene.third, older)
    with (
        acting_as(scene.third.documenter) as actor,
        pytest.raises(NameShared, match=f"{older.pk}, {scene.compact.pk}"),
    ):
        compact_for(actor, "five")


def test_a_chair_that_coerces_does_not_lead(owner_sql: Any) -> None:
    scene = make_scene(owner_sql)
    with acting_as(scene.chair.documenter) as actor:
        closing = move_stage(
            scene.invocation, ResponseStage.CLOSED, actor=actor, at=AT, reason="Over"
        )
    with acting_as(scene.chair.publisher) as actor:
        confirm_closing(closing, actor=actor, at=AT)
    called = _against(scene, "XSY")
    with acting_as(scene.target.publisher) as actor:
        open_invocation(called, actor=actor, at=AT)
    with acting_as(scene.chair.documenter) as actor:
        assert invocation_for(actor, called.pk) is None
        blind = "UPDATE response_invocation SET closing_at = NULL, closing_why = ''"
        assert _rows(blind) == [(1,)], "it changes what it reads, and nothing else"
    _leaves_what_it_published(scene)
    with acting_as(scene.target.documenter) as actor:
        held = invocation_for(actor, called.pk)
        assert held is not None
        assert leader_of(actor, held) == scene.target.id
        for stage in (ResponseStage.CONSULTING, ResponseStage.ASSESSING):
            held = move_stage(held, stage, actor=actor, at=AT)
    with acting_as(scene.third.documenter) as actor:
        episode = record_episode(scene.third.id, {**CONTENT, "key": "xfx-2026"}, actor=actor, at=AT)
        assert episode_for(actor, "xfx-2026") == episode, "a name is each government's own"
        assert episode_for(actor, str(scene.episode.pk)) == scene.episode
    with acting_as(scene.stranger.documenter) as actor:
        plan = CompactPlan("five", "Ours", DecisionRule(Voting.MAJORITY, 60))
        ours = begin_compact(scene.stranger.id, plan, actor=actor, at=AT)
        assert compact_for(actor, "five") == ours
        assert compact_for(actor, str(scene.compact.pk)) is None
        record_episode(scene.stranger.id, CONTENT, actor=actor, at=AT)
        kept = replace(TARIFF, reach=Reach.MEMBERS)
        with pytest.raises(Forbidden):
            record_pledge(scene.compact, kept, actor=actor, at=AT)
