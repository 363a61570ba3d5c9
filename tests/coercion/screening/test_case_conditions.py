"""Terms of conditions, a lifting that is declined, and which decision a letter tells."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from tests.coercion.screening.deciding import (
    DAY,
    REASONS,
    decision_proposed,
    decision_taken,
    screened,
)
from tests.coercion.screening.factories import AT, HOUR, Scene
from tests.coercion.screening.programs import ask, program, run
from tests.core.accounts.factories import signed_in_client
from tests.page_clocks import set_clock
from undaunted.coercion.screening.actions import (
    CheckPlan,
    DecisionPlan,
    MitigationPlan,
    decline_lifting,
    end_mitigation,
    propose_decision,
    record_check,
    record_mitigation,
    return_decision,
    take_decision,
)
from undaunted.coercion.screening.analysis.case_calendar import case_events
from undaunted.coercion.screening.analysis.letters import LetterAsked, letter_of
from undaunted.coercion.screening.models import Decision, Mitigation
from undaunted.coercion.screening.queries import authority_name, case_as_known
from undaunted.coercion.screening.rules import (
    DecisionKind,
    DecisionRefused,
    LetterKind,
    MitigationRefused,
    Outcome,
    ScreeningRefused,
    Terms,
    check_terms,
)
from undaunted.coercion.screening.rules import Mitigation as Kind
from undaunted.core.access.rules import Forbidden
from undaunted.core.accounts.actions import acting_as
from undaunted.core.accounts.rules import SCOPES, Scope

pytestmark = pytest.mark.usefixtures("ledger")
TEXTS = ("The port's data stay in Freedonia (invented).", "Two of seven directors (invented).")


@pytest.fixture
def scene(owner_sql: Any) -> Scene:
    return screened(owner_sql)


def _measures(scene: Scene, at: Any = AT) -> tuple[Mitigation, ...]:
    with acting_as(scene.own.documenter) as actor:
        return case_as_known(actor, scene.case, at).mitigations


def test_conditions_have_the_terms_that_the_officer_set(scene: Scene) -> None:
    first = Terms(date(2027, 1, 1), 3, "Port office", date(2029, 1, 1))
    proposed = decision_proposed(scene, conditions=TEXTS, terms=(first, Terms()))
    with acting_as(scene.own.documenter) as actor:
        asked = LetterAsked(LetterKind.DECISION, "Morava Shell NV")
        letter = letter_of(actor, scene.case, asked, at=AT, opened={})
        assert letter.decision is not None
        drafted = [(each.since, each.months, each.until) for each in letter.decision.conditions]
        assert drafted == [(date(2027, 1, 1), 3, date(2029, 1, 1)), (DAY, 6, None)]
    shown = signed_in_client(scene.own.publisher).get(f"/desk/screening/cases/{scene.case.pk}/")
    assert "Port office" in shown.content.decode()
    client = program(scene.own.publisher)
    ask(client, "POST", f"/decisions/{proposed.pk}/taking")
    with acting_as(scene.own.documenter):
        told = {
            row.text: (row.starts_on, row.months, row.watched_by == "Port office", row.ends_on)
            for row in Mitigation.objects.all()
        }
    assert told == {
        TEXTS[0]: (date(2027, 1, 1), 3, True, date(2029, 1, 1)),
        TEXTS[1]: (DAY, 6, False, None),
    }


@pytest.mark.parametrize(
    ("terms", "said"),
    [
        (Terms(months=0), "months: a look every"),
        (Terms(date(2026, 11, 1)), "starts_on: a condition binds from 2026-11-20"),
        (Terms(ends_on=DAY), "ends_on: the last day lies after"),
    ],
)
def test_terms_that_cannot_be_are_named(scene: Scene, terms: Terms, said: str) -> None:
    with pytest.raises(MitigationRefused, match=said):
        check_terms(terms, DAY)
    with pytest.raises(MitigationRefused, match=said):
        decision_proposed(scene, conditions=TEXTS, terms=(terms,))
    with pytest.raises(DecisionRefused, match="there are 2 for 1 conditions"):
        decision_proposed(scene, conditions=TEXTS[:1], terms=(Terms(), Terms()))


def test_the_form_shows_the_usual_terms_and_takes_others(scene: Scene) -> None:
    fact_page = signed_in_client(scene.own.documenter)
    proposed = decision_proposed(scene)
    with acting_as(scene.own.documenter) as actor:
        return_decision(proposed, "again", actor=actor, at=AT)
    address = f"/desk/screening/cases/{scene.case.pk}/propose/"
    shown = fact_page.get(address).content.decode()
    assert 'name="months" value="6"' in shown
    assert 'name="watched_by" value=' in shown
    told = {
        "regime": "model", "kind": "conditions", "reasons": REASONS, "day": "2026-12-01",
        "factors": proposed.factors, "conditions": TEXTS[0], "starts_on": "2027-02-01",
        "months": "12", "watched_by": "Customs",
    }  # fmt: skip
    early = fact_page.post(address, told | {"starts_on": "2026-11-01"})
    assert early.status_code == 422
    assert "a condition binds from 2026-12-01" in early.content.decode()
    assert fact_page.post(address, told).status_code == 302
    with acting_as(scene.own.documenter):
        made = Decision.objects.latest("recorded_at")
    assert made.terms == [
        {"starts_on": "2027-02-01", "months": 12, "watched_by": "Customs", "ends_on": None}
    ]


def test_a_second_person_declines_a_lifting_and_it_stays_on_record(scene: Scene) -> None:
    decision_taken(scene)
    (measure,) = _measures(scene)
    with acting_as(scene.own.publisher) as actor, pytest.raises(MitigationRefused, match="nobody"):
        decline_lifting(measure, why="x", actor=actor, at=AT + HOUR)
    with acting_as(scene.own.documenter) as actor:
        asked = end_mitigation(measure, why="met", actor=actor, at=AT + HOUR)
        with pytest.raises(Forbidden):
            decline_lifting(asked, why="no", actor=actor, at=AT + HOUR)
    with acting_as(scene.own.publisher) as actor:
        with pytest.raises(ScreeningRefused, match="why"):
            decline_lifting(asked, why=" ", actor=actor, at=AT + 2 * HOUR)
        decline_lifting(asked, why="the data are abroad", actor=actor, at=AT + 2 * HOUR)
    (now,) = _measures(scene, AT + 2 * HOUR)
    assert (now.lifting_at, now.lifting_why, now.withdrawn_at) == (None, "", None)
    assert [(each["asked_why"], each["declined_why"]) for each in now.declined] == [
        ("met", "the data are abroad")
    ]
    (between,) = _measures(scene, AT + HOUR)
    assert (between.lifting_why, between.declined) == ("met", [])
    (before,) = _measures(scene)
    assert (before.lifting_why, before.lifting_at) == ("", None)
    with acting_as(scene.own.documenter) as actor:
        again = end_mitigation(now, why="met by now", actor=actor, at=AT + 3 * HOUR)
        assert again.lifting_why == "met by now"
    (earlier,) = _measures(scene, AT + 2 * HOUR)
    assert (earlier.lifting_at, len(earlier.declined)) == (None, 1)


def test_the_database_holds_who_declines_and_what_was_asked(scene: Scene) -> None:
    decision_taken(scene)
    (measure,) = _measures(scene)
    at = AT + HOUR
    entry = (
        "jsonb_build_array(jsonb_build_object('asked_at', lifting_at, 'asked_by', lifting_by,"
        " 'asked_why', {why}, 'declined_at', %s::timestamptz, 'declined_by', %s::text,"
        " 'declined_why', %s::text))"
    )
    clear = "UPDATE screening_mitigation SET lifting_at = NULL, lifting_by = NULL, lifting_why = ''"

    def refused(sql: str, *given: Any, matching: str) -> None:
        with (
            pytest.raises(DatabaseError, match=matching),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(sql, list(given))

    with acting_as(scene.own.documenter) as actor:
        end_mitigation(measure, why="met", actor=actor, at=at)
        mine = f"{clear}, declined = declined || {entry.format(why='lifting_why')}"
        refused(mine, at, str(actor.person), "x", matching="second person|own name|publish")
        refused(clear, matching="asked once")
    with acting_as(scene.own.publisher) as actor:
        who = str(actor.person)
        refused(clear, matching="asked once")
        other = f"{clear}, declined = declined || {entry.format(why=chr(39) + 'y' + chr(39))}"
        refused(other, at, who, "x", matching="stays on record")
        refused(mine, at, who, "", matching="stays on record")
        refused("UPDATE screening_mitigation SET declined = '[]'::jsonb || '1'::jsonb",
                matching="stays on record")  # fmt: skip
        decline_lifting(measure, why="no", actor=actor, at=at)
        refused("UPDATE screening_mitigation SET declined = '[]'", matching="stays on record")


def test_a_token_that_proposes_asks_and_one_that_decides_lifts_or_declines(scene: Scene) -> None:
    decision_taken(scene)
    (measure,) = _measures(scene)
    one = f"/measures/{measure.pk}"
    few = [each for each in SCOPES if each != Scope.DECIDE]
    ask(program(scene.own.documenter, few), "DELETE", one, {"why": "met"})
    ask(program(scene.own.publisher, few), "DELETE", one, {"why": "agreed"}, 403)
    ask(program(scene.own.publisher, few), "POST", f"{one}/declining", {"why": "no"}, 403)
    ask(program(scene.own.publisher), "POST", f"{one}/declining", {"why": "no"})
    assert _measures(scene)[0].lifting_at is None
    ask(program(scene.own.documenter, few), "DELETE", one, {"why": "met"})
    run(scene.own.publisher, "decline", measure.pk, "not yet")
    page = signed_in_client(scene.own.documenter)
    shown = page.get(f"/desk/screening/cases/{scene.case.pk}/").content.decode()
    assert "not yet" in shown
    ask(program(scene.own.documenter, few), "DELETE", one, {"why": "met"})
    ask(program(scene.own.publisher), "DELETE", one, {"why": "agreed"})


def test_a_letter_without_a_name_tells_the_newest_decision_in_force(scene: Scene) -> None:
    sent_back = decision_proposed(scene)
    with acting_as(scene.own.documenter) as actor:
        return_decision(sent_back, "write more", actor=actor, at=AT)
        factors = tuple(row.pk for row in case_as_known(actor, scene.case, AT).assessments)
        reasons = "A second draft of it (invented), with more reasons."
        plan = DecisionPlan("model", DecisionKind.CONDITIONS, reasons, factors, DAY, TEXTS[:1])
        propose_decision(scene.case, plan, actor=actor, at=AT + HOUR)
        asked = LetterAsked(LetterKind.DECISION, "Morava Shell NV")
        letter = letter_of(actor, scene.case, asked, at=AT + HOUR, opened={})
        assert letter.decision is not None
        assert letter.decision.reasons.text == plan.reasons
        named = LetterAsked(LetterKind.DECISION, "Morava Shell NV", about=sent_back.pk)
        with pytest.raises(ScreeningRefused, match="no such decision"):
            letter_of(actor, scene.case, named, at=AT + HOUR, opened={})


def _taken(scene: Scene, *terms: Terms) -> None:
    proposed = decision_proposed(scene, conditions=TEXTS, terms=terms)
    with acting_as(scene.own.publisher) as actor:
        take_decision(proposed, actor=actor, at=AT)


@pytest.mark.parametrize(
    ("months", "who", "said"),
    [
        (60, "Port office", "months: by the decision it is looked at every 1 months"),
        (1, "Morava Shell NV", "watched_by: by the decision Port office looks at it"),
    ],
)
def test_one_person_changes_nothing_of_how_two_people_have_it_watched(
    scene: Scene, months: int, who: str, said: str
) -> None:
    _taken(scene, Terms(None, 1, "Port office"), Terms())
    with acting_as(scene.own.documenter) as actor:
        plan = MitigationPlan(Kind.DATA, TEXTS[0], DAY, months, who)
        with pytest.raises(MitigationRefused, match=said):
            record_mitigation(scene.case, plan, actor=actor, at=AT + HOUR)
        own = authority_name(actor, scene.case)
        for count, name in ((7, own), (6, "Morava Shell NV")):
            plan = MitigationPlan(Kind.GOVERNANCE, TEXTS[1], DAY, count, name)
            with pytest.raises(MitigationRefused, match="by the decision"):
                record_mitigation(scene.case, plan, actor=actor, at=AT + HOUR)
        plan = MitigationPlan(Kind.GOVERNANCE, TEXTS[1], DAY, 3, own)
        assert record_mitigation(scene.case, plan, actor=actor, at=AT + HOUR).months == 3


def test_a_condition_stands_once_in_the_register(scene: Scene) -> None:
    _taken(scene, Terms(None, 1, "Port office"))
    with acting_as(scene.own.documenter) as actor:
        for kind, at in ((Kind.DATA, AT + HOUR), (Kind.ACCESS, AT + 2 * HOUR)):
            plan = MitigationPlan(kind, TEXTS[0], DAY, 1, "Port office")
            if kind is Kind.DATA:
                record_mitigation(scene.case, plan, actor=actor, at=at)
                continue
            with pytest.raises(MitigationRefused, match="text: this condition stands"):
                record_mitigation(scene.case, plan, actor=actor, at=at)
        (other,) = (
            e for e in case_as_known(actor, scene.case, AT).mitigations if e.text != TEXTS[0]
        )
        record_check(other, CheckPlan(DAY, Outcome.KEPT, "Seen"), actor=actor, at=AT + HOUR)
        plan = MitigationPlan(Kind.DATA, TEXTS[1], DAY, 1, "Port office")
        with pytest.raises(MitigationRefused, match="text: this condition stands"):
            record_mitigation(scene.case, plan, actor=actor, at=AT + 2 * HOUR)
    assert sorted(each.text for each in _measures(scene, AT + 3 * HOUR)) == sorted(TEXTS)


def test_the_next_look_stands_on_the_page_at_the_terminal_and_in_the_calendar(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    _taken(scene, Terms(None, 1, "Port office"))
    set_clock(monkeypatch, "undaunted.coercion.screening.pages.case_view", AT + HOUR)
    who, day = scene.own.documenter, date(2026, 12, 20)
    address = f"/desk/screening/cases/{scene.case.pk}/"
    shown = signed_in_client(who).get(address).content.decode()
    assert "not looked at yet" in shown
    assert "20 December 2026" in shown.partition("Next look at a condition: ")[2][:80]
    assert f"next look: {day}" in run(who, "show", "port-2027")
    with acting_as(who) as actor:
        looks = _looks(actor, scene, AT)
        assert [(each.when, each.sequence) for each in looks] == [(day, 0)] * len(TEXTS)
        seen = case_as_known(actor, scene.case, AT).mitigations[0]
        plan = CheckPlan(date(2026, 11, 21), Outcome.KEPT, "Seen")
        record_check(seen, plan, actor=actor, at=AT + 24 * HOUR)
        again = {each.uid: each for each in _looks(actor, scene, AT + 25 * HOUR)}
        moved = [again[each.uid].sequence for each in looks]
        assert sorted(moved) == [0, 1], "a calendar takes the change over"


def _looks(actor: Any, scene: Scene, at: Any) -> list[Any]:
    events = case_events(actor, scene.case, at)
    return [each for each in events if each.summary.startswith("Next look at a condition")]
