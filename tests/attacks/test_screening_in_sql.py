"""An official with SQL attacks a case of screening: secrets, past, decision, notices."""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.db import DatabaseError, connection, transaction

import undaunted.coercion.screening.migrations
from tests.attacks.searching import found_in
from tests.coercion.screening.deciding import (
    DAY,
    REASONS,
    STATE,
    decision_proposed,
    decision_taken,
    infrastructure_assessed,
    screened,
)
from tests.coercion.screening.factories import AT, HOUR, SECRET, Scene
from undaunted.coercion.screening.actions import (
    RequestPlan,
    ask_for_information,
    open_case,
    record_fact,
    record_stake,
    return_decision,
    write_notice,
)
from undaunted.coercion.screening.queries import case_as_known, decision_for
from undaunted.coercion.screening.rules import MOVES, UNWOUND, ScreeningStage
from undaunted.coercion.screening.rules.keeping import KeptUnreadable
from undaunted.coercion.screening.rules.stakes import StakePlan
from undaunted.core.accounts.actions import acting_as

pytestmark = pytest.mark.usefixtures("ledger")

MIGRATIONS = Path(undaunted.coercion.screening.migrations.__file__ or "").parent
TABLES = (
    "case", "casestep", "filing", "party", "load", "stake", "fact", "listcheck", "scope",
    "assessment", "request", "answer", "recourse", "mitigation", "check", "analysis", "decision",
    "notice", "comment", "evidencefile",
)  # fmt: skip
PROPOSE = (
    "INSERT INTO screening_decision (id, holder, recorded_at, recorded_by, case_id, regime, kind,"
    " reasons, factors, conditions, recourse, no_less, utmost_account, completed, day,"
    " returned_why)"
    " VALUES (%s, %s, %s, %s, %s, 'model', 'prohibit', 'x', %s::jsonb, '[]', '[]', '', '', false,"
    " %s, '')"
)


@pytest.fixture
def scene(owner_sql: Any) -> Scene:
    made = screened(owner_sql)
    with acting_as(made.own.documenter) as actor:
        record_stake(made.case, StakePlan("STATE:XR", "XF-PORT", "x", "51 %"), actor=actor, at=AT)
        ask = RequestPlan("Morava", "Who?", kept=SECRET)
        ask_for_information(made.case, ask, actor=actor, at=AT)
    return made


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


def _read() -> dict[str, int]:
    with connection.cursor() as cursor:
        found = {}
        for table in TABLES:
            cursor.execute(f"SELECT count(*) FROM screening_{table}")
            found[table] = cursor.fetchone()[0]
    return found


def test_other_authorities_read_and_write_nothing(scene: Scene) -> None:
    decision_proposed(scene)
    with acting_as(scene.own.documenter):
        assert _read()["stake"] == 1
    for who in (scene.partner, scene.stranger):
        with acting_as(who.documenter) as actor:
            assert not any(_read().values())
            assert _changed("UPDATE screening_stake SET withdrawn_at = now()") == 0
            given = (uuid4(), who.id, AT, actor.person, scene.case.pk)
            fact = (
                "INSERT INTO screening_fact (id, holder, recorded_at, recorded_by, case_id,"
                " withdrawn_why, kind, about, state, text, source, status)"
                " VALUES (%s, %s, %s, %s, %s, '', 'state', 'x', '', 'x', 'x', 'verified')"
            )
            _refused(fact, *given, matching="held by the authority of the case")
            _refused(fact, given[0], scene.own.id, *given[2:], matching="row-level|held by")
    with acting_as(scene.own.documenter):
        for table in TABLES:
            _refused(f"DELETE FROM screening_{table}", matching="permission denied")
        _refused("UPDATE screening_casestep SET reason = 'x'", matching="permission denied")
        _refused("UPDATE screening_analysis SET digest = 'x'", matching="permission denied")


def test_what_was_told_is_not_overwritten_or_dated_back(scene: Scene) -> None:
    decision_taken(scene, AT + HOUR)
    with acting_as(scene.own.documenter) as actor:
        who = actor.person
        for change in ("hi = 1, lo = 0", "source = 'y'", "recorded_at = now()", "filed = true",
                       f"recorded_by = '{uuid4()}'", f"case_id = '{uuid4()}'"):  # fmt: skip
            _refused(f"UPDATE screening_stake SET {change}", matching="overwritten|on record|held")
        ends = "UPDATE screening_stake SET withdrawn_at = %s, withdrawn_by = %s, withdrawn_why = %s"
        _refused(ends, AT + 2 * HOUR, who, "", matching="with a reason")
        _refused(ends, AT + 2 * HOUR, uuid4(), "x", matching="with a reason")
        _refused(ends, AT, who, "x", matching="dated before a decision")
        _refused("UPDATE screening_assessment SET reasons = 'other'", matching="not overwritten")
        _refused("UPDATE screening_filing SET fields = '{}'", matching="not overwritten")
        _refused(
            "UPDATE screening_decision SET reasons = 'x'",
            matching="taken or sent back once|taken then",
        )
        late = (
            "INSERT INTO screening_fact (id, holder, recorded_at, recorded_by, case_id,"
            " withdrawn_why, kind, about, state, text, source, status)"
            " VALUES (%s, %s, %s, %s, %s, '', 'state', 'x', '', 'x', 'x', 'verified')"
        )
        given = (scene.own.id, AT, who, scene.case.pk)
        _refused(late, uuid4(), *given, matching="dated before a decision")
        ahead = (scene.own.id, AT.replace(year=2126), who, scene.case.pk)
        _refused(late, uuid4(), *ahead, matching="not dated ahead")
        _refused(late, uuid4(), scene.own.id, AT + 2 * HOUR, uuid4(), scene.case.pk,
                 matching="own name")  # fmt: skip
        assert _changed(ends, AT + 2 * HOUR, who, "x") == 1
        _refused(ends, AT + 3 * HOUR, who, "x", matching="not overwritten")


def test_nobody_decides_in_sql_without_a_factor_or_alone(scene: Scene, owner_sql: Any) -> None:
    with acting_as(scene.own.documenter) as actor:
        given = (uuid4(), scene.own.id, AT, actor.person, scene.case.pk)
        _refused(PROPOSE, *given, "[]", DAY, matching="rests on")
        _refused(PROPOSE, *given, f'["{uuid4()}"]', DAY, matching="factors of the case")
        _refused("UPDATE screening_case SET stage = 'decided', moved_by = %s", actor.person,
                 matching="second person who takes")  # fmt: skip
    proposed = decision_proposed(scene, AT + HOUR)
    take = "UPDATE screening_decision SET taken_at = %s, taken_by = %s WHERE id = %s"
    with acting_as(scene.own.documenter) as actor:
        _refused(take, AT + HOUR, actor.person, proposed.pk, matching="second person")
        _refused(take, AT + HOUR, scene.own.publisher.pk, proposed.pk, matching="second person")
        _refused("UPDATE screening_case SET stage = 'closed', reason = 'x', moved_by = %s",
                 actor.person, matching="taken or sent back before")  # fmt: skip
    with acting_as(scene.own.publisher) as actor:
        _refused("UPDATE screening_decision SET taken_at = %s, taken_by = %s, kind = 'clear'",
                 AT + HOUR, actor.person, matching="as it was proposed")  # fmt: skip
        owner_sql("UPDATE screening_assessment SET withdrawn_at = %s, withdrawn_by = %s,"
                  " withdrawn_why = 'x'", [AT + HOUR, actor.person])  # fmt: skip
        _refused(take, AT + HOUR, actor.person, proposed.pk, matching="factors of the case")
    bare = "UPDATE screening_assessment SET evidence = '[]' WHERE finding = 'present'"
    with pytest.raises(Exception, match="a_factor_has_reasons_and_evidence"):
        owner_sql(bare)


UNWIND = (
    "INSERT INTO screening_decision (id, holder, recorded_at, recorded_by, case_id, regime, kind,"
    " reasons, factors, conditions, terms, recourse, no_less, utmost_account, urgent,"
    " urgent_told_to, completed, day, unwind_by, returned_why)"
    " VALUES (%s, %s, %s, %s, %s, 'model', %s, 'x', %s::jsonb, %s::jsonb, '[]', '[]', '', '', '',"
    " '', true, %s, %s, '')"
)


def test_an_unwinding_in_sql_has_its_condition_and_a_last_day(scene: Scene) -> None:
    own, later = f'["{UNWOUND}"]', DAY + timedelta(days=90)
    with acting_as(scene.own.documenter) as actor:
        _, factor = infrastructure_assessed(scene, actor)
        who = (uuid4(), scene.own.id, AT + HOUR, actor.person, scene.case.pk)
        rests = f'["{factor.pk}"]'
        for conditions, by in (
            (own, None), (own, DAY), (own, DAY - timedelta(days=1)), ("[]", later),
            (f'"{UNWOUND}"', later), ('["Something else is done"]', later),
        ):  # fmt: skip
            _refused(UNWIND, *who, "unwind", rests, conditions, DAY, by, matching="names a last")
        for kind in ("prohibit", "conditions", "clear"):
            _refused(UNWIND, *who, kind, rests, own, DAY, later, matching="nothing but an unwin")
        assert _changed(UNWIND, *who, "unwind", rests, own, DAY, later) == 1


def test_an_unwinding_proposed_before_it_named_a_day_can_be_sent_back(
    scene: Scene, owner_sql: Any
) -> None:
    proposed = decision_proposed(scene, AT + HOUR)
    owner_sql("UPDATE screening_decision SET kind = 'unwind', conditions = '[]'")
    with acting_as(scene.own.publisher) as actor:
        held = decision_for(actor, proposed.pk)
        assert held is not None
        again = return_decision(held, "Name the last day", actor=actor, at=AT + 2 * HOUR)
        assert again.returned_at == AT + 2 * HOUR


def test_no_decision_is_dated_before_what_was_recorded(scene: Scene) -> None:
    proposed = decision_proposed(scene, AT + HOUR)
    with acting_as(scene.own.documenter) as actor:
        record_fact(scene.case, STATE, actor=actor, at=AT + 2 * HOUR)
    take = "UPDATE screening_decision SET taken_at = %s, taken_by = %s WHERE id = %s"
    with acting_as(scene.own.publisher) as actor:
        given = (actor.person, proposed.pk)
        _refused(take, AT + HOUR, *given, matching="dated before what was recorded")
        assert _changed(take, AT + 2 * HOUR, *given) == 1


def test_nothing_is_dated_back(scene: Scene, owner_sql: Any) -> None:
    """With the product's own measure of how far back, which tests else widen."""
    held = (MIGRATIONS / "gates.sql").read_text(encoding="utf-8")
    begins = held.index("CREATE OR REPLACE FUNCTION screening_slack()")
    widened = owner_sql("SELECT pg_get_functiondef('screening_slack'::regproc)")[0][0]
    owner_sql(held[begins : held.index("$$;", begins) + 3])
    try:
        with acting_as(scene.own.documenter) as actor:
            fact = (
                "INSERT INTO screening_fact (id, holder, recorded_at, recorded_by, case_id,"
                " withdrawn_why, kind, about, state, text, source, status)"
                " VALUES (%s, %s, now() - %s::interval, %s, %s, '', 'state', 'x', '', 'x', 'x',"
                " 'verified')"
            )
            who = (actor.person, scene.case.pk)
            _refused(fact, uuid4(), scene.own.id, "6 years", *who, matching="not dated back")
            _refused(fact, uuid4(), scene.own.id, "6 minutes", *who, matching="not dated back")
            assert _changed(fact, uuid4(), scene.own.id, "1 minute", *who) == 1
            _refused(
                "UPDATE screening_case SET stage = 'indepth', reason = 'x', moved_by = %s,"
                " moved_at = %s", actor.person, AT + HOUR, matching="not dated back",
            )  # fmt: skip
    finally:
        owner_sql(widened)


def test_nobody_lifts_a_condition_or_closes_over_it_alone(scene: Scene) -> None:
    decision = decision_taken(scene, AT + HOUR)
    at = AT + 2 * HOUR
    ends = (
        "UPDATE screening_mitigation SET withdrawn_at = %s, withdrawn_by = %s, withdrawn_why = %s"
    )
    asks = "UPDATE screening_mitigation SET lifting_at = %s, lifting_by = %s, lifting_why = %s"
    adds = (
        "INSERT INTO screening_mitigation (id, holder, recorded_at, recorded_by, case_id,"
        " withdrawn_why, decision_id, kind, text, starts_on, ends_on, months, watched_by,"
        " lifting_why) VALUES (%s, %s, %s, %s, %s, '', %s, 'data', %s, %s, %s, 6, 'x', '')"
    )
    close = "UPDATE screening_case SET stage = 'closed', reason = 'x', moved_by = %s, moved_at = %s"
    again = (
        "UPDATE screening_case SET stage = 'screening', reason = 'x', moved_by = %s, moved_at = %s"
    )
    with acting_as(scene.own.documenter) as actor:
        who = actor.person
        _refused(again, who, at, matching="opened again where a condition was broken")
        given = (uuid4(), scene.own.id, at, who, scene.case.pk, decision.pk)
        _refused(adds, *given, "Something else", DAY, None, matching="condition that a decision")
        _refused(
            adds, *given, decision.conditions[0], DAY, DAY, matching="days that the decision says"
        )
        with transaction.atomic():
            _changed(ends, at, who, "x")
            _refused("SET CONSTRAINTS ALL IMMEDIATE", matching="lifted by a second")
            transaction.set_rollback(True)
        _refused(asks, at, scene.own.publisher.pk, "x", matching="own name")
        assert _changed(asks, at, who, "x") == 1
        _refused(asks, at, who, "y", matching="asked once")
        _refused(ends, at, who, "x", matching="second person")
        _refused(close, who, at, matching="condition of it binds")
    with acting_as(scene.own.publisher) as actor:
        assert _changed(ends, at, actor.person, "x") == 1
    with acting_as(scene.own.documenter) as actor:
        assert _changed(close, actor.person, at) == 1


def test_stages_follow_in_the_order_of_the_rules(scene: Scene) -> None:
    held = (MIGRATIONS / "gates.sql").read_text(encoding="utf-8")
    array = held.partition("The order of rules.workflow.MOVES")[2].partition("])")[0]
    assert set(re.findall("'([a-z]+ [a-z]+)'", array)) == {f"{a} {b}" for a, b in MOVES}
    move = (
        "UPDATE screening_case SET stage = %s, moved_by = %s, reason = %s, moved_at = %s"
        " WHERE stage = 'screening'"
    )
    with acting_as(scene.own.documenter) as actor:
        for to in (ScreeningStage.DRAFT, ScreeningStage.FILED, ScreeningStage.MONITORING):
            _refused(move, to, actor.person, "x", AT, matching="stage by stage")
        _refused(move, ScreeningStage.INDEPTH, actor.person, "", AT, matching="with reasons")
        _refused(move, ScreeningStage.INDEPTH, uuid4(), "x", AT, matching="own name")
        _refused("UPDATE screening_case SET title = 'x'", matching="as it was begun")
        assert _changed(move, ScreeningStage.INDEPTH, actor.person, "x", AT) == 1


def test_notice_is_sent_by_two_people_as_it_was_written_down(scene: Scene) -> None:
    with acting_as(scene.own.documenter) as actor:
        _, assessment = infrastructure_assessed(scene, actor)
        notice = write_notice(
            scene.case, scene.partner.id, factors=[assessment.pk], actor=actor, at=AT
        )
        send = "UPDATE screening_notice SET sent_at = %s, sent_by = %s WHERE id = %s"
        _refused(send, AT, actor.person, notice.pk, matching="second person")
        _refused("UPDATE screening_notice SET content = '{}'", matching="not changed")
        _refused("UPDATE screening_notice SET recipient = %s", scene.stranger.id,
                 matching="not changed")  # fmt: skip
    speak = (
        "INSERT INTO screening_comment (id, holder, recorded_at, recorded_by, notice_id, author,"
        " kind, text, received_on) VALUES (%s, %s, %s, %s, %s, 'x', 'comment', 'x', %s)"
    )
    for who in (scene.partner, scene.stranger):
        with acting_as(who.documenter) as actor:
            given = (uuid4(), who.id, AT, actor.person, notice.pk, DAY)
            _refused(speak, *given, matching="sent to it")
    with acting_as(scene.own.publisher) as actor:
        _refused("UPDATE screening_notice SET sent_at = %s, sent_by = %s, content = '{}'",
                 AT, actor.person, matching="as it was written down")  # fmt: skip
        assert _changed(send, AT, actor.person, notice.pk) == 1
    with acting_as(scene.partner.documenter) as actor:
        read = _read()
        assert read.pop("notice") == 1
        assert not any(read.values()), "a partner reads the notice, and nothing of the case"
        assert _changed("UPDATE screening_notice SET withdrawn_at = now()") == 0
        assert _changed(speak, uuid4(), scene.partner.id, AT, actor.person, notice.pk, DAY) == 1
    with acting_as(scene.stranger.documenter):
        assert not any(_read().values())


def test_seized_database_holds_nothing_of_what_is_sealed(scene: Scene, owner_sql: Any) -> None:
    decision_proposed(scene, kept=SECRET)
    names = owner_sql("SELECT oid::regclass::text FROM pg_class WHERE relkind = 'r'"
                      " AND relnamespace = 'public'::regnamespace")  # fmt: skip
    dump = {
        name: "\n".join(row for (row,) in owner_sql(f"SELECT t::text FROM {name} t")).encode()
        for (name,) in names
    }
    assert found_in(dump, REASONS.encode()), "the search finds what lies open"
    assert found_in(dump, SECRET.encode()) == []
    with acting_as(scene.own.documenter) as actor:
        assert scene.own.key is not None
        opened = open_case(scene.case, key=scene.own.key, actor=actor, at=AT)
        assert sum(SECRET in texts.values() for texts in opened.values()) == 3


def test_sealed_texts_are_not_laid_open_or_exchanged(scene: Scene, owner_sql: Any) -> None:
    with acting_as(scene.own.documenter) as actor:
        ask = (
            "INSERT INTO screening_request (id, holder, recorded_at, recorded_by, case_id,"
            " withdrawn_why, addressee, text, stops, for_partners, envelope, sequence)"
            " VALUES (%s, %s, %s, %s, %s, '', 'x', 'x', false, false, %s, 1)"
        )
        given = (uuid4(), scene.own.id, AT, actor.person, scene.case.pk)
        _refused(ask, *given, SECRET.encode(), matching="kept_in_an_envelope")
        _refused("UPDATE screening_case SET team = %s", uuid4(), matching="a team of its own")
        filing = case_as_known(actor, scene.case, AT).filing
        assert filing is not None
    owner_sql(
        "UPDATE screening_request r SET envelope = f.envelope, sequence = f.sequence"
        " FROM screening_filing f"
    )
    with acting_as(scene.own.documenter) as actor:
        assert scene.own.key is not None
        told = open_case(scene.case, key=scene.own.key, actor=actor, at=AT)
        assert [*told] == [filing.pk], "the exchanged one is not given, and stops no other"
    owner_sql("UPDATE screening_filing SET sequence = 99")
    owner_sql("UPDATE screening_request SET sequence = 99")
    with acting_as(scene.own.documenter) as actor, pytest.raises(KeptUnreadable):
        open_case(scene.case, key=scene.own.key, actor=actor, at=AT)
