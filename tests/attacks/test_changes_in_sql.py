"""One person with SQL on the desk's connection tries to change alone what the public sees."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from tests.core.accounts.factories import make_organisation, make_user
from tests.prisoners.registry.casework import (
    PACE,
    agree,
    person_with_spell,
    propose,
    published,
    recognised,
)
from tests.prisoners.registry.desk import AT, Desk, make_desk
from undaunted.core.access.rules import PUBLIC, Forbidden, Role
from undaunted.core.accounts.actions import acting_as
from undaunted.core.actors.actions import SAME
from undaunted.prisoners.registry.actions.matching import judge_pair
from undaunted.prisoners.registry.actions.people import correct_person
from undaunted.prisoners.registry.actions.publication import (
    PublicationRefused,
    approve_changes,
    propose_publication,
    publish,
    take_down,
)
from undaunted.prisoners.registry.models import PublishedCase, PublishedName, PublishedSpell
from undaunted.prisoners.registry.queries.changes import offers_for
from undaunted.prisoners.registry.queries.counting import count
from undaunted.prisoners.registry.rules.statuses import RecognitionStatus

if TYPE_CHECKING:
    from undaunted.core.accounts.models import User
    from undaunted.prisoners.registry.models import Publication

pytestmark = pytest.mark.usefixtures("ledger")


@pytest.fixture
def desk(owner_sql: Any) -> Desk:
    return make_desk(owner_sql)


@pytest.fixture
def gate(desk: Desk) -> Publication:
    party, _ = person_with_spell(desk)
    agree(desk, party)
    recognised(desk, party)
    return published(desk, party)


@pytest.fixture
def insider(desk: Desk, owner_sql: Any) -> User:
    """Somebody who may record, recognise and publish, and tries to do all of it alone."""
    every = [Role.DOCUMENTER, Role.REVIEWER, Role.PUBLISHER, Role.STEWARD]
    return make_user(owner_sql, {desk.organisation: every})


def as_(user: User, statement: str, parameters: Any = None) -> int:
    with acting_as(user), connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        return int(cursor.rowcount)


def refused(user: User, statement: str, parameters: Any = None) -> None:
    told = pytest.raises(DatabaseError)
    with acting_as(user), told as error, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, parameters)
    assert getattr(error.value.__cause__, "sqlstate", "") in {"42501", "55000"}, error.value


def project(gate: Publication, user: User) -> None:
    as_(user, "SELECT registry_project(ARRAY[%s::uuid])", [gate.party_id])


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE events_act SET start_earliest = '2001-01-01'",
        "UPDATE events_act SET in_stock = false",
        "UPDATE events_act SET recorded_from = '2001-01-01'",
        "UPDATE actors_partyname SET text = 'Somebody Else'",
        "UPDATE evidence_source SET url = 'https://example.org/forged'",
        "UPDATE evidence_citation SET claim = 'forged'",
        "UPDATE consent_grant SET until = '2099-01-01'",
        "UPDATE consent_grant SET level = 'name', field_groups = '{identity,health}'",
        "UPDATE registry_publication SET approved_at = now()",
        "UPDATE registry_publication SET published_at = '2001-01-01'",
        "UPDATE registry_approval SET acts = '{}'",
        "UPDATE registry_approval SET identity = 4",
        "DELETE FROM registry_approval",
        "INSERT INTO registry_approval SELECT * FROM registry_approval",
        "DELETE FROM registry_change",
        "UPDATE registry_change SET by = gen_random_uuid()",
        "UPDATE registry_recognition SET effective_to = '2024-01-01'",
        "UPDATE registry_recognition SET recorded_to = now() WHERE decided_by IS NOT NULL",
        "SELECT registry_write_approvals(ARRAY(SELECT id FROM registry_publication), NULL, NULL)",
        "SELECT registry_approve_missing(ARRAY(SELECT party_id FROM registry_publication))",
        "SELECT registry_note(ARRAY[gen_random_uuid()], ARRAY[NULL::uuid], 'act')",
        "UPDATE registry_clock SET day = '2099-01-01'",
        "UPDATE published_case SET name = 'Somebody Else'",
    ],
)
def test_what_two_people_approved_is_not_changed_in_place(
    gate: Publication, insider: User, statement: str
) -> None:
    refused(insider, statement)


def test_a_backdated_claim_in_the_name_of_another_waits(
    desk: Desk, gate: Publication, insider: User
) -> None:
    columns = [
        "event_id", "victim_id", "category", "type", "vocabulary", "ground", "start",
        "start_earliest", "start_latest", "end", "expected_end", "country", "admin1", "city",
        "facility", "authority", "law", "law_category", "stage", "sentence_kind", "release_type",
        "whereabouts", "health_alert", "tier", "in_stock", "holder", "sharing", "confirmed",
    ]  # fmt: skip
    names = ", ".join(f'"{name}"' for name in columns)
    taken = names.replace('"start_earliest"', "DATE '2001-01-01'")
    as_(
        insider,
        f"INSERT INTO events_act (id, claim, recorded_from, recorded_by, {names})"
        f" SELECT gen_random_uuid(), gen_random_uuid(), %s, %s, {taken} FROM events_act LIMIT 1",
        [AT - timedelta(days=900), desk.documenter.pk],
    )
    as_(
        insider,
        "INSERT INTO actors_partyname (id, party_id, holder, sharing, text, kind, script, language,"
        ' search_form, "primary", recorded_at) SELECT gen_random_uuid(), party_id, holder, sharing,'
        " 'Somebody Else', kind, script, language, 'x', true, %s FROM actors_partyname LIMIT 1",
        [AT - timedelta(days=900)],
    )
    project(gate, insider)
    assert PublishedSpell.objects.count() == 1
    assert not PublishedName.objects.filter(text="Somebody Else").exists()
    with acting_as(insider):
        assert {change.by for change in gate.changes.all()} == {insider.pk}
    refused(
        insider,
        "SELECT registry_approve(ARRAY[o.gate], ARRAY[o.digest], now())"
        " FROM registry_offer(ARRAY[%s::uuid]) o",
        [gate.pk],
    )


def test_facts_about_a_person_overwritten_in_sql_wait(gate: Publication, insider: User) -> None:
    assert as_(insider, "UPDATE actors_party SET country = 'XS', death_latest = '2024-06-01'") == 1
    project(gate, insider)
    case = PublishedCase.objects.get()
    assert (case.country, case.held_now) == ("XR", True)


def test_a_gate_is_not_moved_to_another_person(
    desk: Desk, gate: Publication, insider: User
) -> None:
    other, _ = person_with_spell(desk)
    refused(insider, "UPDATE registry_publication SET party_id = %s", [other.pk])


def test_a_record_joined_in_sql_shows_nothing_of_itself(
    desk: Desk, gate: Publication, insider: User
) -> None:
    other, _ = person_with_spell(desk)
    agree(desk, other)
    as_(
        insider,
        "UPDATE actors_party SET canonical = %s WHERE id = %s",
        [gate.party.canonical, other.pk],
    )
    project(gate, insider)
    assert PublishedSpell.objects.count() == 1
    assert PublishedCase.objects.count() == 1


def test_two_published_cases_joined_in_sql_count_as_two(
    desk: Desk, gate: Publication, insider: User
) -> None:
    other, _ = person_with_spell(desk)
    agree(desk, other)
    recognised(desk, other)
    second = published(desk, other)
    day = AT.date().replace(year=2025)
    move = "UPDATE actors_party SET canonical = %s WHERE id = ANY (%s::uuid[])"
    both = [str(gate.party_id), str(other.pk)]
    for target in (gate.party_id, uuid4(), other.pk):
        as_(insider, move, [target, both])
        as_(insider, "SELECT registry_project(%s::uuid[])", [both])
        assert count(PUBLIC, as_of=day, standard=PACE).persons == 2
    for one in (gate, second):
        refused(
            insider,
            "SELECT registry_approve(ARRAY[o.gate], ARRAY[o.digest], now())"
            " FROM (SELECT DISTINCT gate, digest FROM registry_offer(ARRAY[%s::uuid])) o",
            [one.pk],
        )
    for statement in (
        "DELETE FROM registry_grouping",
        "SELECT * FROM registry_grouping",
        "UPDATE registry_grouping SET canonical = gen_random_uuid()",
        "SELECT registry_regroup(ARRAY(SELECT id FROM registry_publication))",
    ):
        refused(insider, statement)
    as_(
        desk.publisher,
        "SELECT registry_approve(ARRAY[o.gate], ARRAY[o.digest], now())"
        " FROM (SELECT DISTINCT gate, digest FROM registry_offer(ARRAY[%s::uuid])) o",
        [gate.pk],
    )
    assert count(PUBLIC, as_of=day, standard=PACE).persons == 1
    as_(insider, "UPDATE actors_party SET canonical = id WHERE id = ANY (%s::uuid[])", [both])
    as_(insider, "SELECT registry_project(%s::uuid[])", [both])
    assert count(PUBLIC, as_of=day, standard=PACE).persons == 1


def test_a_taken_down_record_joined_in_sql_takes_nothing_down(
    desk: Desk, gate: Publication, insider: User
) -> None:
    other, _ = person_with_spell(desk)
    agree(desk, other)
    with acting_as(insider) as actor:
        take_down(propose_publication(other, actor=actor, at=AT), actor=actor, at=AT)
    for target in (gate.party_id, other.pk):
        both = [str(gate.party_id), str(other.pk)]
        as_(
            insider,
            "UPDATE actors_party SET canonical = %s WHERE id = ANY (%s::uuid[])",
            [target, both],
        )
        as_(insider, "SELECT registry_project(%s::uuid[])", [both])
        assert PublishedCase.objects.get().reference == gate.reference


PROPOSED = "UPDATE registry_publication SET state = 'proposed', published_by = NULL WHERE id = %s"
OWN = (
    "UPDATE registry_publication SET state = 'proposed', proposed_by = %s, published_by = NULL"
    " WHERE id = %s"
)
DOWN = "UPDATE registry_publication SET state = 'taken_down' WHERE id = %s"
PUBLISHED = (
    "UPDATE registry_publication SET state = 'published', published_by = %s, published_at = now()"
    " WHERE id = %s"
)


def test_a_published_case_sent_back_to_the_gate_keeps_what_waits(
    desk: Desk, gate: Publication, insider: User
) -> None:
    as_(insider, "UPDATE actors_party SET country = 'XS'")
    as_(desk.documenter, OWN, [desk.documenter.pk, gate.pk])
    refused(insider, PUBLISHED, [insider.pk, gate.pk])
    with acting_as(insider) as actor, pytest.raises(Forbidden):
        publish(gate, actor=actor, at=AT)
    assert as_(desk.publisher, PUBLISHED, [desk.publisher.pk, gate.pk]) == 1
    project(gate, desk.publisher)
    assert PublishedCase.objects.get().country == "XS"


def test_nobody_puts_a_case_back_to_the_gate_in_the_name_of_its_proposer(
    gate: Publication, insider: User
) -> None:
    as_(insider, "UPDATE actors_party SET country = 'XS'")
    refused(insider, PROPOSED, [gate.pk])
    assert as_(insider, DOWN, [gate.pk]) == 1
    refused(insider, PROPOSED, [gate.pk])
    assert as_(insider, OWN, [insider.pk, gate.pk]) == 1
    refused(insider, PUBLISHED, [insider.pk, gate.pk])


def test_a_change_does_not_pass_through_the_gate_of_a_record_that_joined(
    desk: Desk, gate: Publication, insider: User
) -> None:
    other, _ = person_with_spell(desk)
    agree(desk, other)
    with acting_as(desk.documenter) as actor:
        second = propose_publication(other, actor=actor, at=AT)
    with acting_as(insider) as actor:
        correct_person(gate.party, actor=actor, at=AT, country="XS")
    with acting_as(desk.reviewer) as actor:
        judge_pair(gate.party_id, other.pk, actor=actor, at=AT, verdict=SAME)
    with acting_as(insider) as actor:
        for one in (gate, second):
            with pytest.raises((Forbidden, PublicationRefused)):
                publish(one, actor=actor, at=AT)
        with pytest.raises(Forbidden):
            approve_changes(offers_for(actor, [gate.pk]), actor=actor, at=AT)
    refused(insider, PUBLISHED, [insider.pk, second.pk])
    assert PublishedCase.objects.get().country == "XR"
    with acting_as(desk.publisher) as actor:
        publish(second, actor=actor, at=AT + timedelta(days=1))
        waiting = offers_for(actor, [gate.pk, second.pk])
        approve_changes(waiting, actor=actor, at=AT + timedelta(days=1))
    # Whose country the group shows depends on which record is the older one.
    assert PublishedCase.objects.count() == 1
    assert PublishedSpell.objects.count() == 2


def test_only_a_publisher_of_the_organisation_approves(
    desk: Desk, gate: Publication, insider: User, owner_sql: Any
) -> None:
    as_(insider, "UPDATE actors_party SET country = 'XS'")
    elsewhere = make_user(owner_sql, {make_organisation(owner_sql): [Role.PUBLISHER]})
    digest = owner_sql("SELECT md5(string_agg(digest, ' ' ORDER BY party))"
                       " FROM registry_snapshot(ARRAY[%s::uuid])", [gate.pk])[0][0]  # fmt: skip
    approve = "SELECT registry_approve(ARRAY[%s::uuid], ARRAY[%s], now())"
    for user in (insider, elsewhere, desk.reviewer, desk.documenter):
        refused(user, approve, [gate.pk, digest])
    refused(desk.publisher, approve, [gate.pk, "guessed"])
    refused(desk.publisher, approve, [uuid4(), digest])
    as_(desk.publisher, approve, [gate.pk, digest])
    project(gate, desk.publisher)
    assert PublishedCase.objects.get().country == "XS"


def test_a_proposer_does_not_end_the_embargo(desk: Desk, owner_sql: Any, insider: User) -> None:
    party, _ = person_with_spell(desk)
    agree(desk, party)
    with acting_as(insider) as actor:
        late = timezone.now() + timedelta(days=90)
        gate = propose_publication(party, actor=actor, at=AT, embargo_until=late)
    with acting_as(desk.publisher) as actor:
        publish(gate, actor=actor, at=AT)
    for user in (insider, desk.documenter):
        refused(user, "UPDATE registry_publication SET embargo_until = NULL")
    assert not PublishedCase.objects.exists()


def test_nobody_is_taken_out_of_the_past_by_one_hand(
    desk: Desk, gate: Publication, insider: User
) -> None:
    day = AT.date().replace(year=2025)
    assert count(PUBLIC, as_of=day, standard=PACE).persons == 1
    as_(
        insider,
        "INSERT INTO registry_statusproposal (id, holder, sharing, party_id, standard,"
        " standard_version, status, reason, reason_public, proposed_by, proposed_at, answer,"
        " answered_by, answered_at) SELECT gen_random_uuid(), holder, sharing, party_id, standard,"
        " standard_version, 'disputed', 'x', false, %s, %s, 'accepted', %s, %s"
        " FROM registry_recognition WHERE recorded_to IS NULL",
        [insider.pk, AT, insider.pk, AT],
    )
    refused(
        insider,
        "UPDATE registry_recognition SET recorded_to = %s WHERE decided_by IS NOT NULL",
        [AT],
    )
    propose(desk, gate.party, RecognitionStatus.DISPUTED)
    project(gate, insider)
    assert count(PUBLIC, as_of=day, standard=PACE).persons == 1
    assert PublishedCase.objects.get().status == "recognised"
