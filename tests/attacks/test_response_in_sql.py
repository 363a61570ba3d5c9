"""An official with SQL attacks a compact: other governments' secrets, votes, decisions, pledges."""

from __future__ import annotations

from itertools import product
from typing import Any
from uuid import uuid4

import pytest
from django.db import DatabaseError, connection, transaction

from tests.attacks.searching import found_in
from tests.coercion.response.factories import (
    AT,
    CONTENT,
    SECRET,
    Scene,
    decided,
    make_scene,
    moved,
    to_deciding,
    voted,
)
from tests.core.accounts.factories import signed_in_client
from tests.core.vault.factories import PASSPHRASE
from undaunted.coercion.response.actions import cast_vote, open_kept, record_episode, try_trigger
from undaunted.coercion.response.queries import episode_for, kept_by, own_member_of
from undaunted.coercion.response.rules import (
    Choice,
    DecisionRule,
    KeptUnreadable,
    ResponseStage,
    Voting,
    tally,
)
from undaunted.core.accounts.actions import acting_as
from undaunted.core.places.rules import countries
from undaunted.core.standards.rules import Finding, Value

pytestmark = pytest.mark.usefixtures("ledger")

TABLES = (
    "compact", "member", "memberstep", "episode", "invocation", "step", "statement", "pledge",
    "note", "offramp", "delivery", "vote", "trial",
)  # fmt: skip
UNMET = {"aim": Finding(Value.NOT_MET, (SECRET,))}
COUNTED = "SELECT response_counted(%s)"


def _refused(statement: str, *values: Any, matching: str) -> None:
    with (
        pytest.raises(DatabaseError, match=matching),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement, values)


def _changed(statement: str, *values: Any) -> int:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        changed: int = cursor.rowcount
        return changed


def _read() -> dict[str, str]:
    found = {}
    with connection.cursor() as cursor:
        for table in TABLES:
            cursor.execute(f"SELECT whole::text FROM response_{table} AS whole")
            found[table] = "\n".join(text for (text,) in cursor.fetchall())
    return found


@pytest.fixture
def scene(owner_sql: Any) -> Scene:
    return to_deciding(make_scene(owner_sql))


def test_what_a_government_keeps_is_read_by_its_own_people_alone(scene: Scene) -> None:
    with acting_as(scene.third.documenter) as actor:
        episode = episode_for(actor, "xfx-2026")
        assert episode is not None
        assert not try_trigger(episode, UNMET, actor=actor, at=AT).met
    envelope = b"age-encryption.org/v1".hex()
    with acting_as(scene.third.documenter):
        told = _read()
        for table in ("note", "pledge", "statement", "trial"):
            assert envelope in told[table]
            assert SECRET not in told[table], "its own people open it with a key, not in SQL"
    for who in (scene.chair, scene.target):
        for person in (who.documenter, who.publisher):
            with acting_as(person):
                told = _read()
                assert "A duty on steel" in told["pledge"], "members read what is shared"
                assert SECRET not in "".join(told.values())
                assert envelope not in "".join(told.values())
    with acting_as(scene.stranger.documenter) as actor:
        assert not any(_read().values())
        _refused(
            "INSERT INTO response_trial (id, holder, recorded_at, recorded_by, compact_id,"
            " episode_id, assessment, pack, findings, outcome, turns_on, met)"
            " VALUES (%s, %s, %s, %s, %s, %s, %s, 'x', '{}', 'x', '[]', true)",
            uuid4(), scene.stranger.id, AT, actor.person, scene.compact.pk, episode.pk, uuid4(),
            matching="a member tries",
        )  # fmt: skip


def test_nobody_joins_or_speaks_for_another_government(scene: Scene) -> None:
    with acting_as(scene.stranger.documenter) as actor:
        who, own, now = actor.person, scene.stranger.id, AT
        _refused(
            "INSERT INTO response_member (id, holder, recorded_at, recorded_by, compact_id, name,"
            " country, weight) VALUES (%s, %s, %s, %s, %s, 'x', 'XR', 1)",
            uuid4(), own, now, who, scene.compact.pk, matching="row-level|invocation is open",
        )  # fmt: skip
        _refused(
            "INSERT INTO response_statement (id, holder, recorded_at, recorded_by, invocation_id,"
            " stage, text, reach) VALUES (%s, %s, %s, %s, %s, 'deciding', 'x', 'members')",
            uuid4(), own, now, who, scene.invocation.pk, matching="a member speaks",
        )  # fmt: skip
    with acting_as(scene.target.documenter) as actor:
        _refused(
            "INSERT INTO response_statement (id, holder, recorded_at, recorded_by, invocation_id,"
            " stage, text, reach) VALUES (%s, %s, %s, %s, %s, 'deciding', 'x', 'members')",
            uuid4(), scene.third.id, AT, actor.person, scene.invocation.pk, matching="row-level",
        )  # fmt: skip
        _refused("DELETE FROM response_vote", matching="permission denied")
        _refused("UPDATE response_step SET reason = 'x'", matching="permission denied")
        theirs = "UPDATE response_pledge SET text = 'x' WHERE holder = %s"
        assert _changed(theirs, scene.third.id) == 0
        _refused("UPDATE response_invocation SET reason = 'x'", matching="as it was said")
        _refused("UPDATE response_invocation SET trigger = '{}'", matching="not changed")
        _refused(
            "UPDATE response_invocation SET stage = 'closed', reason = 'x', moved_by = %s",
            actor.person, matching="stage by stage",
        )  # fmt: skip


def test_pledge_is_not_changed_after_it_was_put_to_the_vote(scene: Scene) -> None:
    pledge = scene.pledges["shared"].pk
    with acting_as(scene.third.documenter) as actor:
        for change in ("text = 'less'", "amount = 1", "reach = 'own'", "withdrawn_at = now()"):
            _refused(
                f"UPDATE response_pledge SET {change}, changed_by = %s WHERE id = %s",
                actor.person, pledge, matching="as it is",
            )  # fmt: skip
        _refused(
            "UPDATE response_pledge SET invocation_id = NULL WHERE id = %s",
            pledge, matching="of elsewhere",
        )  # fmt: skip
        _refused(
            "INSERT INTO response_delivery (id, holder, recorded_at, recorded_by, pledge_id, day,"
            " evidence) VALUES (%s, %s, now(), %s, %s, now(), 'x')",
            uuid4(), scene.third.id, actor.person, pledge, matching="monitored",
        )  # fmt: skip
    with acting_as(scene.chair.documenter):
        _refused("UPDATE response_compact SET quorum = 1", matching="agreed to a compact as it is")
        _refused("UPDATE response_member SET weight = 99 WHERE holder = %s", scene.chair.id,
                 matching="do not change")  # fmt: skip


def test_one_person_bars_nobody_by_a_second_name_of_the_coercer(scene: Scene) -> None:
    with acting_as(scene.target.documenter) as actor:
        record_episode(scene.target.id, {**CONTENT, "key": "again"}, actor=actor, at=AT)
        for change in (
            "coercer_state = 'XZ'",
            "coercer_state = ''",
            "coercer = 'XZU', coercer_state = 'XZ'",
            "coercer = 'QQQ', coercer_state = ''",
            "content = jsonb_set(content, '{coercer}', '\"XZU\"')",
            "target = 'XZU'",
        ):
            _refused(
                f"UPDATE response_episode SET {change} WHERE reference = 'again'",
                matching="one coercer, everywhere the same",
            )
    told = [(each.code, each.alpha_3) for each in countries()]
    with acting_as(scene.target.documenter):
        states = "SELECT response_state_of(code) FROM unnest(%s::text[]) AS code"
        with connection.cursor() as cursor:
            cursor.execute(states, [[three for _, three in told]])
            assert cursor.fetchall() == [(two,) for two, _ in told]


def test_vote_is_not_cast_by_one_person_or_for_another(scene: Scene) -> None:
    with acting_as(scene.third.documenter) as actor:
        vote = cast_vote(scene.invocation, Choice.NO, actor=actor, at=AT)
        confirm = "UPDATE response_vote SET confirmed_at = now(), confirmed_by = %s WHERE id = %s"
        _refused(confirm, actor.person, vote.pk, matching="second person")
        _refused(confirm, scene.third.publisher.pk, vote.pk, matching="second person")
    with acting_as(scene.chair.publisher) as actor:
        assert _changed(confirm, actor.person, vote.pk) == 0
    with acting_as(scene.third.publisher) as actor:
        turned = (
            "UPDATE response_vote SET choice = 'yes', confirmed_at = now(), confirmed_by = %s"
            " WHERE id = %s"
        )
        _refused(turned, actor.person, vote.pk, matching="own name")
        assert _changed(confirm, actor.person, vote.pk) == 1
        _refused(turned, actor.person, vote.pk, matching="stands")


def test_decision_is_not_forged_by_one_person(scene: Scene) -> None:
    declare = (
        "UPDATE response_invocation SET adopted = %s, decided_at = moved_at, decided_by = %s,"
        f" decided_for = '{scene.chair.id}' WHERE id = %s"
    )
    confirm = "UPDATE response_invocation SET confirmed_at = now(), confirmed_by = %s WHERE id = %s"
    key = scene.invocation.pk
    with acting_as(scene.chair.documenter) as actor:
        _refused(declare, True, actor.person, key, matching="votes say")
        _refused(declare, False, scene.chair.publisher.pk, key, matching="votes say")
        _refused(
            "UPDATE response_invocation SET stage = 'monitoring', moved_by = %s WHERE id = %s",
            actor.person, key, matching="two people",
        )  # fmt: skip
        _refused(
            "UPDATE response_invocation SET adopted = true, decided_at = moved_at, decided_by = %s,"
            " confirmed_at = now(), confirmed_by = %s, stage = 'monitoring', moved_by = %s"
            " WHERE id = %s",
            actor.person, scene.chair.publisher.pk, actor.person, key,
            matching="two people|votes say|second",
        )  # fmt: skip
    with acting_as(scene.target.documenter) as actor:
        _refused(declare, False, actor.person, key, matching="votes say")
    voted(scene, scene.chair, Choice.YES)
    voted(scene, scene.target, Choice.YES)
    with acting_as(scene.chair.documenter) as actor:
        _refused(declare, True, actor.person, key, matching="once all have voted")
    voted(scene, scene.third, Choice.NO)
    with acting_as(scene.third.documenter) as actor:
        theirs = declare.replace(str(scene.chair.id), str(scene.third.id))
        _refused(theirs, True, actor.person, key, matching="votes say")
    with acting_as(scene.chair.documenter) as actor:
        _refused(theirs, True, actor.person, key, matching="votes say")
        _refused(declare, False, actor.person, key, matching="votes say")
        assert _changed(declare, True, actor.person, key) == 1
        _refused(confirm, actor.person, key, matching="second person")
    with acting_as(scene.third.documenter) as actor:
        _refused(
            "INSERT INTO response_vote (id, holder, recorded_at, recorded_by, invocation_id,"
            " member_id, choice) SELECT %s, m.holder, now(), %s, %s, m.id, 'no'"
            " FROM response_member m WHERE m.holder = %s",
            uuid4(), actor.person, key, scene.third.id, matching="while the decision is open",
        )  # fmt: skip


def test_condition_is_confirmed_by_the_member_that_was_named(scene: Scene) -> None:
    decided(scene, Choice.YES, Choice.YES)
    moved(scene, ResponseStage.MONITORING)
    met = "UPDATE response_offramp SET met_at = now(), met_by = %s, shown_by = 'x'"
    for who in (scene.third, scene.chair, scene.stranger):
        with acting_as(who.documenter) as actor:
            assert _changed(met, actor.person) == 0
    with acting_as(scene.target.documenter) as actor:
        _refused(met, scene.chair.documenter.pk, matching="that was named")
        _refused("UPDATE response_offramp SET condition = 'x'", matching="that was named")
        assert _changed(met, actor.person) == 1
        _refused(met, actor.person, matching="that was named")
        assert _changed("UPDATE response_pledge SET ended_at = now()") == 0


def test_database_counts_as_the_rules_do(scene: Scene, owner_sql: Any) -> None:
    weights = dict(owner_sql("SELECT holder, weight FROM response_member"))
    rules = (
        DecisionRule(Voting.UNANIMITY, 100),
        DecisionRule(Voting.MAJORITY, 60),
        DecisionRule(Voting.WEIGHTED, 34, 50),
    )
    outcomes = set()
    for choices in product((None, *Choice), repeat=3):
        told = {
            member.id: choice
            for member, choice in zip(scene.members, choices, strict=True)
            if choice is not None
        }
        owner_sql("DELETE FROM response_vote")
        owner_sql(
            "INSERT INTO response_vote (id, holder, recorded_at, recorded_by, invocation_id,"
            " member_id, choice, confirmed_at, confirmed_by)"
            " SELECT gen_random_uuid(), m.holder, now(), gen_random_uuid(), %s, m.id, t.choice,"
            " now(), gen_random_uuid() FROM response_member m"
            " JOIN unnest(%s::uuid[], %s::text[]) AS t(holder, choice) ON t.holder = m.holder",
            [scene.invocation.pk, [*told], [str(each) for each in told.values()]],
        )
        for rule in rules:
            owner_sql(
                "UPDATE response_compact SET voting = %s, quorum = %s, threshold = %s",
                [str(rule.voting), rule.quorum, rule.threshold],
            )
            adopted = tally(rule, weights, told).adopted
            assert owner_sql(COUNTED, [scene.invocation.pk]) == [(adopted,)], (rule, choices)
            outcomes.add((rule.voting, adopted))
    assert len(outcomes) == 6


def test_seized_database_holds_nothing_of_what_is_kept(scene: Scene, owner_sql: Any) -> None:
    names = owner_sql("SELECT oid::regclass::text FROM pg_class WHERE relkind = 'r'"
                      " AND relnamespace = 'public'::regnamespace")  # fmt: skip
    dump = {
        name: "\n".join(row for (row,) in owner_sql(f"SELECT t::text FROM {name} t")).encode()
        for (name,) in names
    }
    assert found_in(dump, b"A duty on steel"), "the search finds what lies open"
    assert found_in(dump, scene.pledges["credit"].off_ramp.encode())
    assert dump["response_note"].count(b"age-encryption.org/v1".hex().encode()) == 1
    assert found_in(dump, SECRET.encode()) == []
    with acting_as(scene.third.documenter) as actor:
        member = own_member_of(actor, "five")
        assert member is not None
        assert scene.third.key is not None
        opened = open_kept(member, key=scene.third.key, actor=actor, at=AT)
        assert [SECRET in each["text"] for each in opened.values()] == [True] * 3


def test_kept_texts_are_not_laid_open_or_exchanged_in_sql(scene: Scene, owner_sql: Any) -> None:
    own = scene.pledges["own"].pk
    with acting_as(scene.third.documenter) as actor:
        said = (
            "INSERT INTO response_statement (id, holder, recorded_at, recorded_by, invocation_id,"
            " stage, text, reach, envelope, sequence)"
            " VALUES (%s, %s, %s, %s, %s, 'deciding', %s, 'own', %s, 1)"
        )
        given = (uuid4(), scene.third.id, AT, actor.person, scene.invocation.pk)
        _refused(said, *given, SECRET, None, matching="what_is_kept_is_sealed")
        _refused(said, *given, "", SECRET.encode(), matching="kept_in_an_envelope")
        _refused(
            "INSERT INTO response_note (id, holder, recorded_at, recorded_by, pledge_id)"
            " VALUES (%s, %s, %s, %s, %s)",
            uuid4(), scene.third.id, AT, actor.person, own, matching="a_note_is_sealed",
        )  # fmt: skip
        _refused("UPDATE response_pledge SET reach = 'members', changed_by = %s WHERE id = %s",
                 actor.person, own, matching="as it is|is not shown")  # fmt: skip
        _refused("UPDATE response_trial SET met = true", matching="permission denied")
        named = "UPDATE response_member SET team = %s WHERE holder = %s"
        _refused(named, uuid4(), scene.third.id, matching="a team of its own")
    with acting_as(scene.chair.documenter):
        assert _changed(named, scene.third.team, scene.third.id) == 0
        _refused(named, scene.third.team, scene.chair.id, matching="a team of its own")
    owner_sql(
        "UPDATE response_note n SET envelope = s.envelope, sequence = s.sequence"
        " FROM response_statement s WHERE s.reach = 'own'"
    )
    with acting_as(scene.third.documenter) as actor:
        member = own_member_of(actor, "five")
        assert member is not None
        assert scene.third.key is not None
        told = open_kept(member, key=scene.third.key, actor=actor, at=AT)
        kept = {each.row.pk: each.of for each in kept_by(actor, member)}
        assert [kept[row] for row in kept if row not in told] == ["note"], "it stops no other"
        assert {"text": SECRET} in told.values()
    page = signed_in_client(scene.third.documenter)
    page.post("/desk/vault/", {"passphrase": PASSPHRASE})
    shown = page.post("/desk/coercion/compacts/five/kept/").content.decode()
    assert shown.count("This one cannot be opened") == 1
    assert SECRET in shown
    for table in ("note", "statement", "pledge", "trial"):
        owner_sql(f"UPDATE response_{table} SET sequence = 99 WHERE envelope IS NOT NULL")
    with (
        acting_as(scene.third.documenter) as actor,
        pytest.raises(KeptUnreadable, match="sealed under that number"),
    ):
        open_kept(member, key=scene.third.key, actor=actor, at=AT)
