"""What a government keeps is sealed to its team: recorded, changed, ended, opened, refused."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest

from tests.coercion.response.factories import (
    AT,
    SECRET,
    TARIFF,
    Scene,
    decided,
    let_out,
    make_scene,
    moved,
    named_team,
    to_deciding,
)
from tests.core.accounts.factories import make_organisation, make_user, signed_in_client
from tests.core.vault.factories import PASSPHRASE, make_colleague
from undaunted.coercion.response.actions import (
    change_pledge,
    confirm_closing,
    confirm_off_ramp,
    end_pledge,
    move_stage,
    name_team,
    open_kept,
    record_delivery,
    record_pledge,
    say,
    withdraw_pledge,
)
from undaunted.coercion.response.models import OffRamp, Pledge
from undaunted.coercion.response.queries import (
    invocation_for,
    keeper_of,
    kept_by,
    own_member_of,
    pledge_for,
)
from undaunted.coercion.response.rules import (
    Choice,
    KeptUnreadable,
    OffRampPlan,
    PledgeKind,
    PledgePlan,
    Reach,
    ResponseRefused,
    ResponseStage,
    read_kept,
    written_kept,
)
from undaunted.core.access.rules import Forbidden, Role
from undaunted.core.accounts.actions import acting_as
from undaunted.core.vault.actions import found_team

if TYPE_CHECKING:
    from tests.coercion.response.factories import Government
    from undaunted.coercion.response.models import Member
    from undaunted.core.access.rules import Actor

pytestmark = pytest.mark.usefixtures("ledger")

OWN = PledgePlan(PledgeKind.PROCUREMENT, SECRET, "Act", "A vote", "The end", Reach.OWN)
KEPT = "/desk/coercion/compacts/five/kept/"


def _member(actor: Actor) -> Member:
    member = own_member_of(actor, "five")
    assert member is not None
    return member


def _opened(who: Government, actor: Actor) -> list[dict[str, str]]:
    assert who.key is not None
    return list(open_kept(_member(actor), key=who.key, actor=actor, at=AT).values())


def test_what_was_sealed_for_one_row_is_not_shown_in_another() -> None:
    row = uuid4()
    content = written_kept(row, {"text": "مكتوب"})
    assert read_kept(content, row) == {"text": "مكتوب"}
    with pytest.raises(KeptUnreadable, match="another"):
        read_kept(content, uuid4())


def test_kept_texts_are_opened_by_the_team_alone(owner_sql: Any) -> None:
    scene = to_deciding(make_scene(owner_sql))
    with acting_as(scene.third.documenter) as actor:
        kinds = sorted(each.of for each in kept_by(actor, _member(actor)))
        assert kinds == ["note", "pledge", "statement"]
        told = sorted(_opened(scene.third, actor), key=len)
        assert told[0] == told[1] == {"text": SECRET}
        assert told[2]["legal_basis"] == "Procurement Act"
        pledge = pledge_for(actor, scene.pledges["own"].pk)
        assert pledge is not None
        assert (pledge.text, pledge.trigger, pledge.kept) == ("", "", True)
    (seen,) = owner_sql("SELECT count(*) FROM audit_entry WHERE verb = 'compact.kept_opened'")[0]
    assert seen == 1
    with acting_as(scene.third.publisher) as actor:
        assert len(kept_by(actor, _member(actor))) == 3
        with pytest.raises(KeptUnreadable):
            _opened(scene.third, actor)
    with acting_as(scene.chair.documenter) as actor:
        assert kept_by(actor, _member(actor)) == ()
        third = next(each for each in scene.compact.members.all() if each.holder == scene.third.id)
        assert kept_by(actor, third) == ()
        assert scene.third.key is not None
        with pytest.raises(Forbidden):
            open_kept(third, key=scene.third.key, actor=actor, at=AT)


def test_kept_pledge_is_told_anew_ended_and_delivered_under_seal(owner_sql: Any) -> None:
    scene = make_scene(owner_sql)
    _to_pledging(scene)
    with acting_as(scene.third.documenter) as actor:
        invocation = _invocation(actor, scene)
        ramps = [OffRampPlan("Their port opens", "Our own watch", "XZ")]
        made = record_pledge(
            invocation.compact, OWN, actor=actor, at=AT, invocation=invocation, off_ramps=ramps
        )
        change_pledge(made, replace(OWN, text="Less"), actor=actor, at=AT)
        for plan in (replace(OWN, reach=Reach.MEMBERS), TARIFF):
            with pytest.raises(ResponseRefused, match="anew"):
                change_pledge(made, plan, actor=actor, at=AT)
        with pytest.raises(ResponseRefused, match="name your own government"):
            record_pledge(
                invocation.compact, OWN, actor=actor, at=AT, invocation=invocation,
                off_ramps=[replace(ramps[0], confirmer="XF")],
            )  # fmt: skip
        shared = record_pledge(
            invocation.compact, TARIFF, actor=actor, at=AT, invocation=invocation
        )
        withdraw_pledge(shared, actor=actor, at=AT)
    _monitored(scene)
    with acting_as(scene.third.documenter) as actor:
        held = pledge_for(actor, made.pk)
        assert held is not None
        (ramp,) = held.off_ramps.all()
        record_delivery(held, AT.date(), "A tender refused", actor=actor, at=AT)
        confirm_off_ramp(ramp, "It was seen", actor=actor, at=AT)
        end_pledge(held, "Over", actor=actor, at=AT)
        told = _opened(scene.third, actor)
        texts = [text for each in told for text in each.values()]
        assert {"Less", "Their port opens", "A tender refused", "It was seen", "Over"} <= {*texts}
        ended = Pledge.objects.get(pk=made.pk)
        assert (ended.ended_why, OffRamp.objects.get().shown_by) == ("", "")


def test_nothing_is_kept_without_a_team_of_ones_own(owner_sql: Any) -> None:
    scene = make_scene(owner_sql)
    elsewhere = make_organisation(owner_sql)
    stranger = make_colleague(owner_sql, {elsewhere: [Role.STEWARD]})
    with stranger.acting() as actor:
        foreign = found_team(elsewhere, "Other", actor=actor, at=AT).pk
    with acting_as(scene.chair.documenter) as actor:
        with pytest.raises(ResponseRefused, match="named no team"):
            say(scene.invocation, SECRET, actor=actor, at=AT, reach=Reach.OWN)
        for team in (foreign, uuid4(), scene.third.team):
            assert team is not None
            with pytest.raises(ResponseRefused, match="team"):
                name_team(_member(actor), team, actor=actor, at=AT)
        assert _opened_nothing(scene, actor)
    with acting_as(scene.third.publisher) as actor:
        member = _member(actor)
        assert member.team is not None
        with pytest.raises(Forbidden):
            name_team(member, member.team, actor=actor, at=AT)


def _opened_nothing(scene: Scene, actor: Actor) -> bool:
    assert scene.third.key is not None
    return open_kept(_member(actor), key=scene.third.key, actor=actor, at=AT) == {}


def test_another_team_is_given_what_is_kept(owner_sql: Any) -> None:
    scene = to_deciding(make_scene(owner_sql))
    third = scene.third
    with acting_as(third.documenter) as actor:
        other = found_team(third.id, "Deputies", actor=actor, at=AT).pk
        with pytest.raises(ResponseRefused, match="open your key first"):
            name_team(_member(actor), other, actor=actor, at=AT)
        name_team(_member(actor), other, actor=actor, at=AT, key=third.key)
        say(scene.invocation, "Kept anew", actor=actor, at=AT, reach=Reach.OWN)
        assert {"text": "Kept anew"} in _opened(third, actor)
        record = _member(actor).pk
    assert owner_sql("SELECT team_id FROM vault_record WHERE id = %s", [record]) == [(other,)]


def test_page_opens_what_is_kept_to_whose_key_is_open(owner_sql: Any) -> None:
    scene = to_deciding(make_scene(owner_sql))
    own = signed_in_client(scene.third.documenter)
    page = own.get(KEPT).content.decode()
    assert "Trade" in page
    assert SECRET not in page
    assert own.post(KEPT).headers["Location"] == "/desk/vault/"
    own.post("/desk/vault/", {"passphrase": PASSPHRASE})
    assert SECRET in own.post(KEPT).content.decode()
    second = signed_in_client(scene.third.publisher)
    assert "You are not in the team" in second.get(KEPT).content.decode()
    chair = signed_in_client(scene.chair.documenter)
    assert "No team is named yet" in chair.get(KEPT).content.decode()
    assert chair.post(f"{KEPT}team/", {"team": str(scene.third.team)}).status_code == 409
    named_team(scene.chair, "five")
    assert chair.post(f"{KEPT}team/", {"team": str(scene.chair.team)}).status_code == 302
    assert signed_in_client(scene.stranger.documenter).get(KEPT).status_code == 404


def test_who_left_still_opens_what_it_kept(owner_sql: Any) -> None:
    scene = make_scene(owner_sql)
    with acting_as(scene.third.documenter) as actor:
        record_pledge(scene.compact, TARIFF, actor=actor, at=AT)
        say(scene.invocation, "Kept and said", actor=actor, at=AT, reach=Reach.OWN)
    with acting_as(scene.target.documenter) as actor:
        move_stage(scene.invocation, ResponseStage.CLOSED, actor=actor, at=AT, reason="Over")
    with acting_as(scene.target.publisher) as actor:
        held = _invocation(actor, scene)
        confirm_closing(held, actor=actor, at=AT)
    first = make_user(owner_sql, {scene.third.id: [Role.DOCUMENTER, Role.PUBLISHER]})
    proposer, second = signed_in_client(first), signed_in_client(scene.third.publisher)
    here = f"/desk/coercion/compacts/{scene.compact.pk}/"
    assert proposer.post(f"{here}leave/").status_code == 302
    page = proposer.get(here).content.decode()
    assert f"{here}confirm/" not in page, "who proposed it confirms nothing"
    assert "waits for a second person" in page
    assert f"{here}confirm/" in second.get(here).content.decode()
    board = second.get("/desk/coercion/").content.decode()
    assert "waits for a second person" in board
    assert here in board
    assert second.post(f"{here}confirm/", {"kind": "leave"}).status_code == 302
    own = signed_in_client(scene.third.documenter)
    board = own.get("/desk/coercion/").content.decode()
    assert "waits for a second person" not in board
    assert f"{here}kept/" in board
    assert own.get(here).status_code == 404
    assert own.post("/desk/vault/", {"passphrase": PASSPHRASE}).status_code == 302
    shown = own.post(f"{here}kept/").content.decode()
    assert SECRET in shown
    assert "Kept and said" in shown
    assert f"{here}kept/team/" not in shown
    with acting_as(scene.third.documenter) as actor:
        assert keeper_of(actor, "five") is None, "by id alone"
    stranger = signed_in_client(scene.stranger.documenter)
    assert stranger.get(f"{here}kept/").status_code == 404


def _to_pledging(scene: Scene) -> None:
    moved(scene, ResponseStage.CONSULTING)
    moved(scene, ResponseStage.ASSESSING)
    with acting_as(scene.third.documenter) as actor:
        say(scene.invocation, "Harm is real.", actor=actor, at=AT)
    moved(scene, ResponseStage.PLEDGING)


def _monitored(scene: Scene) -> None:
    named_team(scene.chair, "five")
    with acting_as(scene.chair.documenter) as actor:
        invocation = _invocation(actor, scene)
        made = record_pledge(invocation.compact, TARIFF, actor=actor, at=AT, invocation=invocation)
    let_out(scene.chair, made)
    scene.invocation = moved(scene, ResponseStage.DECIDING)
    decided(scene, Choice.YES, Choice.YES)
    moved(scene, ResponseStage.MONITORING)


def _invocation(actor: Actor, scene: Scene) -> Any:
    return invocation_for(actor, scene.invocation.pk)
