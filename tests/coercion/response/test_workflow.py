"""From a compact to the end of a response, through the roles of three governments."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection

from tests.coercion.response.factories import (
    AT,
    CONTENT,
    MET,
    TARIFF,
    Scene,
    decided,
    make_scene,
    moved,
    named_team,
    to_deciding,
    voted,
)
from undaunted.coercion.response.actions import (
    CompactPlan,
    accept_membership,
    begin_compact,
    cast_vote,
    change_pledge,
    confirm_decision,
    confirm_invitations,
    confirm_membership,
    confirm_off_ramp,
    confirm_vote,
    declare_decision,
    end_pledge,
    invite_member,
    invoke,
    leave_compact,
    move_stage,
    publish_compact,
    publish_pledge,
    record_delivery,
    record_episode,
    record_pledge,
    say,
    show_episode,
    withdraw_compact,
    withdraw_pledge,
)
from undaunted.coercion.response.actions.demonstration import load_response
from undaunted.coercion.response.queries import (
    compact_for,
    compacts_for,
    episode_for,
    episode_told,
    invocation_for,
    invocation_sheet,
    invocations_for,
    off_ramp_for,
    pledge_for,
    pledge_lines,
    published_compact,
    published_compacts,
    published_measures,
    published_members,
    step_of,
    trials_of,
)
from undaunted.coercion.response.rules import (
    Choice,
    CompactTaken,
    DecisionRule,
    PledgeFrozen,
    Reach,
    ResponseRefused,
    ResponseStage,
    Side,
    StageRefused,
    StepKind,
    TriggerNotMet,
    Voting,
)
from undaunted.config.schema import acting_as_owner
from undaunted.core.access.rules import PUBLIC, Forbidden
from undaunted.core.accounts.actions import acting_as
from undaunted.core.clocks.queries import clocks_about
from undaunted.core.standards.rules import Finding, Value

pytestmark = pytest.mark.usefixtures("ledger")


def _held(actor: Any, scene: Scene) -> Any:
    held = invocation_for(actor, scene.invocation.pk)
    assert held is not None
    return held


def test_a_response_from_invocation_to_its_end(owner_sql: Any) -> None:
    scene = to_deciding(make_scene(owner_sql))
    assert decided(scene, Choice.YES, Choice.YES, Choice.NO).adopted is True
    scene.invocation = moved(scene, ResponseStage.MONITORING)
    with acting_as(scene.third.documenter) as actor:
        credit = pledge_for(actor, scene.pledges["credit"].pk)
        assert credit is not None
        record_delivery(credit, AT.date(), "Transfer", actor=actor, at=AT,
                        amount=Decimal(200))  # fmt: skip
        with pytest.raises(ResponseRefused, match="lies ahead"):
            record_delivery(credit, date(2026, 12, 18), "Transfer", actor=actor, at=AT)
        with pytest.raises(ResponseRefused, match="what shows"):
            record_delivery(credit, AT.date(), " ", actor=actor, at=AT)
        with pytest.raises(ResponseRefused, match="above nought"):
            record_delivery(credit, AT.date(), "x", actor=actor, at=AT, amount=Decimal(0))
    with acting_as(scene.target.documenter) as actor:
        shared = pledge_for(actor, scene.pledges["shared"].pk)
        assert shared is not None
        (ramp,) = shared.off_ramps.all()
        held = off_ramp_for(actor, ramp.pk)
        assert held is not None
        with pytest.raises(ResponseRefused, match="shown_by"):
            confirm_off_ramp(held, "", actor=actor, at=AT)
        confirm_off_ramp(held, "Trucks pass again", actor=actor, at=AT)
        with pytest.raises(ResponseRefused, match="before"):
            confirm_off_ramp(held, "Again", actor=actor, at=AT)
    with acting_as(scene.third.documenter) as actor:
        sheet = invocation_sheet(actor, _held(actor, scene), AT)
        (line,) = [one for one in sheet.pledges if one.row.pk == scene.pledges["shared"].pk]
        assert line.ending_proposed
        assert line.notes == 1
        with pytest.raises(ResponseRefused, match="why"):
            end_pledge(line.row, "", actor=actor, at=AT)
        end_pledge(line.row, "The border is open", actor=actor, at=AT)
        with pytest.raises(ResponseRefused, match="ended"):
            end_pledge(line.row, "Twice", actor=actor, at=AT)
        (burden,) = [row for row in sheet.burden if row.delivered]
        assert (burden.pledged, burden.outstanding) == (Decimal(500), Decimal(300))
        assert sheet.deadline is not None
        assert sheet.deadline.soft_due_at is not None
    _closed(scene)
    assert owner_sql("SELECT count(*) FROM audit_entry WHERE verb LIKE 'response.%%'")[0][0] >= 9


def _closed(scene: Scene) -> None:
    with pytest.raises(StageRefused, match="say why"):
        moved(scene, ResponseStage.CLOSED)
    moved(scene, ResponseStage.CLOSED, "The measures ended")
    with acting_as(scene.chair.documenter) as actor:
        sheet = invocation_sheet(actor, _held(actor, scene), AT)
        assert [step.stage for step in sheet.steps] == [str(each) for each in ResponseStage]
        assert sheet.deadline is None
        clocks = list(clocks_about(actor, "invocation", scene.invocation.pk))
        assert len(clocks) == 5
        assert all(each.met_at for each in clocks)
        with pytest.raises(StageRefused, match="closed"):
            say(scene.invocation, "Too late", actor=actor, at=AT)


def test_each_government_sees_its_own_and_what_is_shared(owner_sql: Any) -> None:
    scene = to_deciding(make_scene(owner_sql))
    for who, pledges, texts in (
        (scene.third, 3, 2), (scene.chair, 2, 1), (scene.target, 2, 1),
    ):  # fmt: skip
        with acting_as(who.documenter) as actor:
            sheet = invocation_sheet(actor, _held(actor, scene), AT)
            assert (len(sheet.pledges), len(sheet.statements)) == (pledges, texts)
            assert any(line.notes for line in sheet.pledges) is (who is scene.third)
    with acting_as(scene.stranger.documenter) as actor:
        assert invocation_for(actor, scene.invocation.pk) is None
        assert not compacts_for(actor)
        assert episode_for(actor, "xfx-2026") is None
        assert pledge_for(actor, scene.pledges["shared"].pk) is None
    with acting_as(scene.target.documenter) as actor:
        assert Side.INVOKER in invocation_sheet(actor, _held(actor, scene), AT).sides


def test_pledges_stand_once_the_vote_is_open(owner_sql: Any) -> None:
    scene = to_deciding(make_scene(owner_sql))
    with acting_as(scene.third.documenter) as actor:
        held = pledge_for(actor, scene.pledges["shared"].pk)
        assert held is not None
        with pytest.raises(PledgeFrozen):
            change_pledge(held, replace(TARIFF, text="Less"), actor=actor, at=AT)
        with pytest.raises(PledgeFrozen):
            withdraw_pledge(held, actor=actor, at=AT)
        with pytest.raises(PledgeFrozen):
            record_pledge(held.compact, TARIFF, actor=actor, at=AT, invocation=held.invocation)
        with pytest.raises(StageRefused, match="monitoring"):
            record_delivery(held, date(2026, 11, 18), "x", actor=actor, at=AT)


def test_lost_vote_closes_and_votes_are_two_peoples(owner_sql: Any) -> None:
    scene = to_deciding(make_scene(owner_sql, DecisionRule(Voting.UNANIMITY, 100)))
    with acting_as(scene.chair.publisher) as actor, pytest.raises(Forbidden):
        confirm_decision(scene.invocation, actor=actor, at=AT)
    with acting_as(scene.chair.documenter) as actor:
        vote = cast_vote(scene.invocation, Choice.YES, actor=actor, at=AT)
        vote = cast_vote(scene.invocation, Choice.ABSTAIN, actor=actor, at=AT)
        with pytest.raises(Forbidden):
            confirm_vote(vote, actor=actor, at=AT)
    with acting_as(scene.chair.publisher) as actor:
        confirm_vote(vote, actor=actor, at=AT)
        with pytest.raises(ResponseRefused, match="meanwhile"):
            confirm_vote(vote, actor=actor, at=AT)
    with acting_as(scene.chair.documenter) as actor, pytest.raises(ResponseRefused, match="stands"):
        cast_vote(scene.invocation, Choice.NO, actor=actor, at=AT)
    voted(scene, scene.target, Choice.YES)
    voted(scene, scene.third, Choice.NO)
    with acting_as(scene.chair.documenter) as actor:
        scene.invocation = declare_decision(scene.invocation, actor=actor, at=AT)
        assert scene.invocation.adopted is False
        with pytest.raises(StageRefused, match="closed"):
            declare_decision(scene.invocation, actor=actor, at=AT)
        with pytest.raises(StageRefused, match="two people"):
            move_stage(scene.invocation, ResponseStage.CLOSED, actor=actor, at=AT, reason="Lost")
        with pytest.raises(Forbidden):
            confirm_decision(scene.invocation, actor=actor, at=AT)
    with acting_as(scene.chair.publisher) as actor:
        confirm_decision(scene.invocation, actor=actor, at=AT)
        with pytest.raises(ResponseRefused, match="none that waits"):
            confirm_decision(scene.invocation, actor=actor, at=AT)
    assert moved(scene, ResponseStage.CLOSED, "No unanimity").stage == ResponseStage.CLOSED


def test_trigger_decides_whether_there_is_an_invocation(owner_sql: Any) -> None:
    scene = make_scene(owner_sql)
    assert scene.invocation.trigger["outcome"] == "triggered"
    named_team(scene.target, "five")
    with acting_as(scene.target.documenter) as actor:
        held = episode_for(actor, "xfx-2026")
        assert held is not None
        assert episode_told(actor, held).target == "XFR"
        with pytest.raises(TriggerNotMet, match="evidence"):
            invoke(held, {**MET, "evidence": Finding(Value.UNCLEAR)}, actor=actor, at=AT)
        with pytest.raises(TriggerNotMet, match="aim"):
            invoke(held, {**MET, "aim": Finding(Value.NOT_MET)}, actor=actor, at=AT)
        kept = {each.met: each for each in trials_of(actor, held)}
        assert (kept[True].kept, kept[False].kept) == (False, True)
        assert {each.recorded_by for each in kept.values()} == {actor.person}
        assert trials_of(actor, held).count() == 3
        with pytest.raises(ResponseRefused, match="invoked"):
            show_episode(held, scene.compact, actor=actor, at=AT)
        with pytest.raises(CompactTaken):
            record_episode(scene.target.id, CONTENT, actor=actor, at=AT)
        for wrong, why in (
            ({"target": "ZZZ"}, "ZZZ is no state"), ({"coercer": "XFR"}, "itself"),
            ({"measures": []}, "what was done"),
        ):  # fmt: skip
            told = {**CONTENT, "key": "another", **wrong}
            with pytest.raises(ResponseRefused, match=why):
                record_episode(scene.target.id, told, actor=actor, at=AT)
        other = record_episode(scene.target.id, {**CONTENT, "key": "other"}, actor=actor, at=AT)
        with pytest.raises(ResponseRefused, match="show it"):
            invoke(other, MET, actor=actor, at=AT)
        with pytest.raises(StageRefused, match="by the chair"):
            move_stage(
                move_stage(scene.invocation, ResponseStage.CONSULTING, actor=actor, at=AT),
                ResponseStage.ASSESSING, actor=actor, at=AT,
            )  # fmt: skip
        with pytest.raises(ResponseRefused, match="not public"):
            say(scene.invocation, "x", actor=actor, at=AT, reach=Reach.PUBLIC)
        with pytest.raises(ResponseRefused, match="1201 letters; write 1200"):
            say(scene.invocation, "x" * 1201, actor=actor, at=AT)
        with pytest.raises(ResponseRefused, match="say something"):
            say(scene.invocation, " ", actor=actor, at=AT)
        assert invocations_for(actor).count() == 1


def test_members_agree_for_themselves_and_stay_while_it_is_open(owner_sql: Any) -> None:
    scene = make_scene(owner_sql)
    with acting_as(scene.chair.documenter) as actor:
        with pytest.raises(ResponseRefused, match="while an invocation"):
            invite_member(scene.compact, scene.stranger.id, actor=actor, at=AT)
        plan = CompactPlan("second", "Another", DecisionRule(Voting.WEIGHTED, 50, 60))
        second = begin_compact(scene.chair.id, plan, actor=actor, at=AT)
        with pytest.raises(CompactTaken):
            begin_compact(scene.chair.id, plan, actor=actor, at=AT)
        wrongs: tuple[tuple[dict[str, Any], str], ...] = (
            ({"reference": "a b/c"}, "small letters"), ({"reference": ""}, "small letters"),
            ({"name": "x" * 161}, "161 letters"), ({"summary": "\x00"}, "signs"),
            ({"name": " "}, "name"), ({"currency": "euro"}, "currency"),
            ({"pack": "nothing"}, "no rule pack"), ({"pack": "wgad"}, "about episodes"),
        )  # fmt: skip
        for wrong, why in wrongs:
            with pytest.raises(ResponseRefused, match=why):
                begin_compact(scene.chair.id, replace(plan, **wrong), actor=actor, at=AT)
        with pytest.raises(ResponseRefused, match="weight"):
            invite_member(second, scene.third.id, actor=actor, at=AT, weight=0)
        with pytest.raises(ResponseRefused, match="before"):
            invite_member(second, scene.chair.id, actor=actor, at=AT)
        with pytest.raises(ResponseRefused, match="no government"):
            invite_member(second, second.pk, actor=actor, at=AT)
        theirs = invite_member(second, scene.third.id, actor=actor, at=AT)
        with pytest.raises(Forbidden):
            accept_membership(theirs, actor=actor, at=AT)
    _accepts_and_leaves(scene, second, theirs)


def _accepts_and_leaves(scene: Scene, second: Any, theirs: Any) -> None:
    with acting_as(scene.third.documenter) as actor:
        assert compact_for(actor, "second") is None, "one person of the chair invites nobody"
        with pytest.raises(Forbidden):
            record_pledge(second, TARIFF, actor=actor, at=AT)
    with acting_as(scene.chair.publisher) as actor:
        confirm_invitations(second, actor=actor, at=AT)
        with pytest.raises(ResponseRefused, match="none waits"):
            confirm_invitations(second, actor=actor, at=AT)
    third = acting_as(scene.third.publisher)
    with third as actor, pytest.raises(ResponseRefused, match="no colleague"):
        confirm_membership(theirs, StepKind.ACCEPT, actor=actor, at=AT)
    with acting_as(scene.third.documenter) as actor:
        with pytest.raises(ResponseRefused, match="gdp"):
            accept_membership(theirs, actor=actor, at=AT, gdp=Decimal(-1))
        accept_membership(theirs, actor=actor, at=AT, gdp=Decimal(7))
        accept_membership(theirs, actor=actor, at=AT, gdp=Decimal(8))
        step = step_of(actor, theirs)
        assert step is not None
        assert step.gdp == 8
        with pytest.raises(Forbidden):
            confirm_membership(theirs, StepKind.ACCEPT, actor=actor, at=AT)
    with acting_as(scene.third.publisher) as actor:
        theirs = confirm_membership(theirs, StepKind.ACCEPT, actor=actor, at=AT)
        assert (theirs.gdp, theirs.public) == (8, False)
    chair = acting_as(scene.chair.documenter)
    with chair as actor, pytest.raises(ResponseRefused, match="agreed to who belongs"):
        invite_member(second, scene.target.id, actor=actor, at=AT)
    with acting_as(scene.third.documenter) as actor:
        with pytest.raises(ResponseRefused, match="accepted before"):
            accept_membership(theirs, actor=actor, at=AT)
        leave_compact(theirs, actor=actor, at=AT)
        assert compact_for(actor, "second") is not None
    with acting_as(scene.third.publisher) as actor:
        confirm_membership(theirs, StepKind.LEAVE, actor=actor, at=AT)
        assert compact_for(actor, "second") is None


def test_public_reads_what_two_people_of_each_government_let_out(owner_sql: Any) -> None:
    scene = make_scene(owner_sql)
    public = replace(TARIFF, reach=Reach.PUBLIC)
    with acting_as(scene.third.documenter) as actor:
        told = record_pledge(scene.compact, public, actor=actor, at=AT)
        record_pledge(scene.compact, TARIFF, actor=actor, at=AT)
        with pytest.raises(ResponseRefused, match="for the members"):
            record_pledge(scene.compact, public, actor=actor, at=AT, invocation=scene.invocation)
        with pytest.raises(Forbidden):
            publish_pledge(told, actor=actor, at=AT)
    assert not published_compacts(PUBLIC)
    with acting_as(scene.third.publisher) as actor:
        publish_pledge(told, actor=actor, at=AT)
    with acting_as(scene.chair.publisher) as actor:
        publish_compact(scene.compact, actor=actor, at=AT)
    held = published_compact(PUBLIC, "five")
    assert held is not None
    assert [one.country for one in published_members(PUBLIC, held.pk)]
    assert [one.text for one in published_measures(PUBLIC, held.pk)] == ["A duty on steel"]
    with acting_as(scene.third.documenter) as actor:
        change_pledge(told, replace(public, text="Another duty"), actor=actor, at=AT)
        assert len(pledge_lines(actor, scene.compact, None)) == 2
        own = replace(TARIFF, reach=Reach.OWN)
        kept = record_pledge(scene.compact, own, actor=actor, at=AT)
        with pytest.raises(ResponseRefused, match="not meant"):
            _published(scene, kept)
    assert not published_measures(PUBLIC, held.pk)
    with acting_as(scene.chair.publisher) as actor:
        withdraw_compact(scene.compact, actor=actor, at=AT)
    assert published_compact(PUBLIC, "five") is None
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM published_compact_member")
        assert cursor.fetchone() == (0,)


def _published(scene: Scene, pledge: Any) -> None:
    with acting_as(scene.third.publisher) as actor:
        publish_pledge(pledge, actor=actor, at=AT)


def test_demonstration_brings_a_response_into_force(owner_sql: Any, ledger: Any) -> None:
    said: list[str] = []
    load_response(lambda: acting_as_owner(ledger.owner_url), say=said.append)
    assert len(said) == 9
    assert owner_sql("SELECT stage, adopted FROM response_invocation") == [("monitoring", True)]
    countries = [country for (country,) in owner_sql("SELECT country FROM response_member")]
    assert sorted(countries) == ["XB", "XF", "XS", "XZ"]
    held = published_compact(PUBLIC, "compact-of-the-five")
    assert held is not None
    assert len(published_measures(PUBLIC, held.pk)) == 2
