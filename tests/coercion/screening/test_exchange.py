"""A notice to an authority on another installation, and its comment back, in sealed packages."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, timedelta
from hashlib import sha256
from typing import TYPE_CHECKING, Any
from uuid import UUID

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.utils import timezone

from tests.coercion.screening.deals import port_deal
from tests.coercion.screening.factories import FIELDS, SECRET
from tests.coercion.screening.test_asset_doors import at_terminal, token
from tests.core.accounts.factories import signed_in_client
from tests.core.sharing.factories import Instance, befriend, make_instance, sealed, wanted
from undaunted.coercion.screening.actions import (
    CasePlan,
    PartyPlan,
    begin_case,
    comment_elsewhere,
    name_screening_team,
    record_party,
    record_scope,
    record_step,
    save_draft,
    submit_filing,
    write_dispatch,
)
from undaunted.coercion.screening.commands import commands
from undaunted.coercion.screening.models import Dispatch, Received
from undaunted.coercion.screening.queries import case_as_known, clocks_of, received_for
from undaunted.coercion.screening.readers import (
    COMMENT,
    NOTICE,
    ExchangeUnreadable,
    read_exchange,
)
from undaunted.coercion.screening.rules import ScreeningRefused, StageRefused, Step
from undaunted.coercion.screening.rules.casework import CommentKind, PartyRole
from undaunted.core.sharing.actions import accept_item, end_arrival, look_at_item, take_in
from undaunted.core.sharing.models import Arrival, ArrivalItem, Partner
from undaunted.core.sharing.rules import ItemRefused, Tlp

if TYPE_CHECKING:
    from undaunted.coercion.screening.models import Case

__all__: list[str] = []

TOLD = {
    "format": NOTICE, "notice": "n", "case": "port", "fields": {"value": "5"},
    "stakes": [{"owner": "A", "owned": "B", "min": 0.5, "filed": True, "more": "left out"}],
}  # fmt: skip


def test_a_notice_is_read_as_a_strangers_and_nothing_else_of_it() -> None:
    read = read_exchange(NOTICE, json.dumps(TOLD | {"copy": {"for": "us"}, "x": 1}).encode())
    assert read["fields"] == {"value": "5"}
    assert read["stakes"][0]["min"] == "0.5"
    assert read["stakes"][0]["filed"] == "true"
    assert "copy" not in read
    assert "more" not in read["stakes"][0]
    assert read_exchange(COMMENT, b'{"format": "screening.comment", "notice": "n"}')["text"] == ""


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"format": "other"}, "not of the format"),
        ({"notice": ""}, "notice: it is empty"),
        ({"fields": []}, "fields: they are no object"),
        ({"stakes": 5}, "stakes: it is no list"),
        ({"stakes": ["x"]}, "stakes: a row is no object"),
        ({"message": {"a": 1}}, "message: it is neither words"),
        ({"title": "\u0000"}, "title: it is too long, or holds"),
        ({"parties": [{}] * 5_001}, "parties: it is no list of 5000"),
    ],
)
def test_what_is_no_notice_says_where(changed: dict[str, Any], said: str) -> None:
    with pytest.raises(ExchangeUnreadable, match=said):
        read_exchange(NOTICE, json.dumps(TOLD | changed).encode())
    for content in (b"\xff", b"[]", b"[" * 100_000):
        with pytest.raises(ExchangeUnreadable):
            read_exchange(NOTICE, content)


@dataclass
class World:
    """Two installations that know each other, and a case that was filed at ours."""

    ours: Instance
    theirs: Instance
    to_them: Partner
    to_us: Partner
    case: Case


@pytest.fixture
def world(owner_sql: Any, ledger: Any) -> World:
    ours = make_instance(owner_sql, "Freedonia")
    theirs = make_instance(owner_sql, "Syldavia")
    with ours.office.caseworker.acting() as actor:
        at = timezone.now()
        plan = CasePlan("port-2027", "Port of Alder Bay (invented)", "XF")
        case = begin_case(ours.holder, plan, actor=actor, at=at)
        case = name_screening_team(case, ours.office.team, actor=actor, at=at)
        save_draft(case, FIELDS, actor=actor, at=at)
        submit_filing(case, received_on=date(2026, 11, 19), actor=actor, at=at)
        party = PartyPlan(PartyRole.TARGET, "Alder Bay Port Operator plc", "the notification")
        record_party(case, party, actor=actor, at=at)
        case.refresh_from_db()
    return World(ours, theirs, befriend(ours, theirs), befriend(theirs, ours), case)


def carry(sender: Instance, partner: Partner, kind: str, thing: UUID, to: Instance) -> ArrivalItem:
    """Seal a package as two people and take it in at the other installation."""
    request = wanted(
        things=((kind, thing),), partners=(partner.pk,), tlp=Tlp.AMBER_STRICT,
        expires_at=timezone.now() + timedelta(days=2),
    )  # fmt: skip
    _, (file,) = sealed(sender, request)
    steward = to.office.steward
    with steward.acting() as actor:
        take_in(file, to.holder, key=steward.key, actor=actor, at=timezone.now())
        return ArrivalItem.objects.select_related("arrival__partner").get()


def accept(item: ArrivalItem, to: Instance) -> list[tuple[str, str]]:
    steward, at = to.office.steward, timezone.now()
    with steward.acting() as actor:
        lines = look_at_item(item, key=steward.key, actor=actor, at=at)
        accept_item(item, key=steward.key, actor=actor, at=at)
        return lines


def test_a_notice_goes_out_and_a_comment_comes_back(world: World, owner_sql: Any) -> None:
    ours, theirs = world.ours.office.caseworker, world.theirs.office.caseworker
    with ours.acting() as actor:
        notice = write_dispatch(
            world.case, with_stakes=True, message="Please look", actor=actor, at=timezone.now()
        )
    assert SECRET not in json.dumps(notice.content)
    assert "Treasury Bank" not in json.dumps(notice.content)
    lines = accept(carry(world.ours, world.to_them, NOTICE, notice.pk, world.theirs), world.theirs)
    assert ("case", "port-2027") in lines
    assert ("party", "target: Alder Bay Port Operator plc") in lines
    with theirs.acting() as actor:
        received = received_for(actor).get()
        assert received.partner == "Freedonia"
        assert received.content["message"] == "Please look"
        assert received.tlp == "AMBER+STRICT"
        comment = comment_elsewhere(
            received, "The parent is a state firm here too", author="Syldavia",
            kind=CommentKind.OPINION, actor=actor, at=timezone.now(),
        )  # fmt: skip
    accept(carry(world.theirs, world.to_us, COMMENT, comment.pk, world.ours), world.ours)
    with ours.acting() as actor:
        back = received_for(actor).get()
        assert back.content["notice"] == str(world.case.pk)
        assert back.content["kind"] == "opinion"
        (shown,) = case_as_known(actor, world.case, timezone.now()).comments
        assert (shown.author, shown.kind, shown.text) == ("Syldavia", "opinion", "")
        with pytest.raises(ScreeningRefused, match="is no notice"):
            comment_elsewhere(back, "x", author="y", actor=actor, at=timezone.now())
    told = "SELECT e.verb, d.detail FROM audit_entry e JOIN audit_detail d ON d.entry_id = e.id"
    trail = dict(owner_sql(told))
    said = sha256(b"The parent is a state firm here too").hexdigest()
    assert trail["case.comment_received"]["digest"] == said
    verbs = {row[0] for row in owner_sql("SELECT verb FROM audit_entry")}
    assert {"dispatch.written", "dispatch.received"} <= verbs


def test_partners_period_starts_when_a_package_went_out(world: World) -> None:
    with world.ours.office.caseworker.acting() as actor:
        at = timezone.now()
        day = at.date()
        with pytest.raises(StageRefused, match="follows from what is done"):
            record_step(world.case, Step.NOTIFIED, on=day, actor=actor, at=at)
        write_dispatch(world.case, actor=actor, at=at)
        record_step(world.case, Step.NOTIFIED, on=day, actor=actor, at=at)
        rules = {each.rule for each in clocks_of(actor, world.case)}
        assert {"screening-partners", "fdi-comments"} <= rules


def test_a_package_starts_no_period_of_a_law_that_does_not_reach_the_deal(
    world: World, owner_sql: Any
) -> None:
    def outside(*laws: str) -> None:
        for law in laws:
            owner_sql("UPDATE screening_scope SET outcome = 'no' WHERE regime = %s", [law])

    with world.ours.office.caseworker.acting() as actor:
        at = timezone.now()
        record_scope(world.case, port_deal(at.date()), actor=actor, at=at)
        write_dispatch(world.case, actor=actor, at=at)
    outside("eu-2019-452", "model")
    with world.ours.office.caseworker.acting() as actor:
        day: dict[str, Any] = {"on": at.date(), "actor": actor, "at": timezone.now()}
        with pytest.raises(StageRefused, match=r"step: by its scope test, .*does not reach"):
            record_step(world.case, Step.NOTIFIED, **day)
    owner_sql("UPDATE screening_scope SET outcome = 'yes' WHERE regime = 'model'")
    with world.ours.office.caseworker.acting() as actor:
        record_step(world.case, Step.NOTIFIED, **day | {"actor": actor})
        rules = {each.rule for each in clocks_of(actor, world.case)}
        assert "screening-partners" in rules
        assert "fdi-comments" not in rules


def test_a_received_notice_ends_with_its_package_and_cannot_be_changed(
    world: World, owner_sql: Any
) -> None:
    with world.ours.office.caseworker.acting() as actor:
        notice = write_dispatch(world.case, actor=actor, at=timezone.now())
    accept(carry(world.ours, world.to_them, NOTICE, notice.pk, world.theirs), world.theirs)
    with world.theirs.office.caseworker.acting() as actor:
        received = received_for(actor).get()
        for statement in (
            "UPDATE screening_received SET partner = 'x'",
            "UPDATE screening_received SET given_up_at = now()",
            "DELETE FROM screening_received",
        ):
            with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(statement)
    owner_sql("UPDATE sharing_arrival SET expires_at = now() - interval '1 second'")
    with world.theirs.office.caseworker.acting() as actor:
        end_arrival(Arrival.objects.get(), actor=actor, at=timezone.now())
        received.refresh_from_db()
        assert received.content == {}
        with pytest.raises(ScreeningRefused, match="given up"):
            comment_elsewhere(received, "x", author="y", actor=actor, at=timezone.now())


def test_nobody_sends_anothers_notice(world: World) -> None:
    with world.ours.office.caseworker.acting() as actor:
        notice = write_dispatch(world.case, actor=actor, at=timezone.now())
    with pytest.raises(ItemRefused, match="no notice or comment of your organisation"):
        carry(world.theirs, world.to_us, NOTICE, notice.pk, world.ours)
    with world.theirs.office.caseworker.acting():
        assert Dispatch.objects.count() == 0
        assert Received.objects.count() == 0


def test_notices_by_page_by_program_and_at_the_terminal(world: World) -> None:
    ours, theirs = world.ours.office.caseworker.user, world.theirs.office.caseworker.user
    client, home = signed_in_client(ours), "/desk/screening/exchange/"
    assert "Write down a notice" in client.get(home).content.decode()
    sent = {"case": str(world.case.pk), "message": "By page", "with_stakes": "on"}
    assert client.post(home, sent).status_code == 302
    known, api = token(ours), "/api/v1/screening/desk/exchange"
    told = {"case": "port-2027", "message": "By program"}
    made = Client().post(f"{api}/written", told, "application/json", **known)  # type: ignore[arg-type]
    assert made.status_code == 201, made.content
    with at_terminal(ours) as runner:
        done = runner.invoke(commands, ["exchange", "write", "port-2027", "--stakes"])
        assert done.exit_code == 0, done.output
        kind, thing = done.stdout.split()
        assert len(json.loads(runner.invoke(commands, ["exchange", "list"]).stdout)["written"]) == 3
    accept(carry(world.ours, world.to_them, kind, UUID(thing), world.theirs), world.theirs)
    with world.theirs.office.caseworker.acting() as actor:
        received = received_for(actor).get()
    client, address = signed_in_client(theirs), f"{home}{received.pk}/"
    assert "Port of Alder Bay" in client.get(address).content.decode()
    said = {"author": "Syldavia", "kind": "comment", "text": "By page"}
    assert client.post(address, said).status_code == 302
    answer = Client().post(
        f"{api}/received/{received.pk}/comment", said, "application/json", **token(theirs),  # type: ignore[arg-type]
    )  # fmt: skip
    assert answer.status_code == 201, answer.content
    with at_terminal(theirs) as runner:
        words = ["exchange", "comment", str(received.pk), "By terminal", "--author", "Syldavia"]
        assert runner.invoke(commands, words).stdout.startswith("screening.comment ")
    assert client.get(address).content.decode().count("screening.comment ") == 3
    assert signed_in_client(ours).get(address).status_code == 404
