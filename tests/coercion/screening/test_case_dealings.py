"""What passes between an authority and others: requests, notices, comments, lists."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.coercion.screening.deciding import (
    DAY,
    REASONS,
    infrastructure_assessed,
    screened,
)
from tests.coercion.screening.factories import AT, HOUR, Scene
from tests.core.accounts.factories import signed_in_client
from undaunted.coercion.screening.actions import (
    AnswerPlan,
    DecisionPlan,
    ListLook,
    RequestPlan,
    ask_for_information,
    comment_on_notice,
    hold_against_list,
    judge_list_check,
    propose_decision,
    record_answer,
    record_comment,
    record_list_check,
    record_step,
    send_notice,
    withdraw_notice,
    write_notice,
)
from undaunted.coercion.screening.analysis.matching import Hit
from undaunted.coercion.screening.analysis.spoken import spoken_of
from undaunted.coercion.screening.queries import (
    case_as_known,
    clocks_of,
    notice_for,
    notices_received,
)
from undaunted.coercion.screening.rules import (
    DecisionKind,
    DecisionRefused,
    ScreeningRefused,
    StageRefused,
    Step,
)
from undaunted.coercion.screening.rules.casework import (
    CommentKind,
    Judgement,
    ListStanding,
)
from undaunted.core.access.rules import Forbidden
from undaunted.core.accounts.actions import acting_as

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from undaunted.coercion.screening.models import Party

pytestmark = pytest.mark.usefixtures("ledger")


@pytest.fixture
def scene(owner_sql: Any) -> Scene:
    return screened(owner_sql)


def test_request_stops_the_periods_and_a_complete_answer_lets_them_go_on(scene: Scene) -> None:
    def stopped(actor: Any) -> dict[str, bool]:
        return {row.rule: row.stopped_since is not None for row in clocks_of(actor, scene.case)}

    with acting_as(scene.own.documenter) as actor:
        assert stopped(actor) == {"screening-first-phase": False}
        ask = RequestPlan("Morava Shell NV", "Who appoints the board?", DAY, stops=True)
        request = ask_for_information(scene.case, ask, actor=actor, at=AT + HOUR)
        assert stopped(actor) == {"screening-first-phase": True}
        part = AnswerPlan(DAY, "A part (invented)", complete=False, kept="Names (invented)")
        record_answer(request, part, actor=actor, at=AT + 2 * HOUR)
        assert stopped(actor) == {"screening-first-phase": True}
        assert case_as_known(actor, scene.case, AT + 2 * HOUR).stands_for(request)
        record_answer(request, AnswerPlan(DAY, "The rest"), actor=actor, at=AT + 3 * HOUR)
        assert stopped(actor) == {"screening-first-phase": False}
        sheet = case_as_known(actor, scene.case, AT + 3 * HOUR)
        assert [row.kept for row in sheet.answers_to(request)] == [True, False]
        assert not sheet.stands_for(request)
        with pytest.raises(ScreeningRefused, match="text: it is empty"):
            record_answer(request, AnswerPlan(DAY), actor=actor, at=AT)


def test_a_period_that_waits_for_what_a_partner_said_is_told(scene: Scene) -> None:
    with acting_as(scene.own.documenter) as actor:
        notice = write_notice(scene.case, scene.partner.id, actor=actor, at=AT)
    with acting_as(scene.own.publisher) as actor:
        send_notice(notice, actor=actor, at=AT + HOUR)
    with acting_as(scene.partner.documenter) as actor:
        comment_on_notice(notice, "We share the concern", author="XS", actor=actor, at=AT + HOUR)
    with acting_as(scene.own.documenter) as actor:
        sheet = case_as_known(actor, scene.case, AT + HOUR)
        waits = spoken_of(sheet, clocks_of(actor, scene.case))
        assert {each.clock.rule for each in waits} == {"fdi-comments", "screening-partners"}
    page = signed_in_client(scene.own.documenter)
    shown = page.get(f"/desk/screening/cases/{scene.case.pk}/").content.decode()
    assert "A partner has spoken, and a period waits for it" in shown


def test_partner_reads_what_was_sent_to_it_and_speaks_on_that(scene: Scene) -> None:
    with acting_as(scene.own.documenter) as actor:
        _, assessment = infrastructure_assessed(scene, actor)
        notice = write_notice(
            scene.case, scene.partner.id, factors=[assessment.pk], with_stakes=True,
            message="For your comments", actor=actor, at=AT,
        )  # fmt: skip
        with pytest.raises(ScreeningRefused, match="no other government body"):
            write_notice(scene.case, scene.own.id, actor=actor, at=AT)
        with pytest.raises(Forbidden):
            send_notice(notice, actor=actor, at=AT)
    with acting_as(scene.partner.documenter) as actor:
        assert notice_for(actor, notice.pk) is None
    with acting_as(scene.own.publisher) as actor:
        send_notice(notice, actor=actor, at=AT + HOUR)
        assert {"fdi-intent", "fdi-comments", "screening-partners"} < {
            row.rule for row in clocks_of(actor, scene.case)
        }
    with acting_as(scene.partner.documenter) as actor:
        got = notice_for(actor, notice.pk)
        assert got is not None
        assert got.content["withheld"] == ["completion", "funding", "value"]
        assert "value" not in got.content["fields"]
        assert got.content["factors"][0]["factor"] == "critical-infrastructure"
        comment_on_notice(got, "We share the concern", author="Syldavia", actor=actor, at=AT + HOUR)
    with acting_as(scene.stranger.documenter) as actor:
        assert not notices_received(actor).exists()
        with pytest.raises(Forbidden):
            comment_on_notice(notice, "x", author="Ruritania", actor=actor, at=AT + HOUR)
    with acting_as(scene.own.documenter) as actor:
        record_comment(
            scene.case, "No remarks", author="Zubrowka", received_on=DAY, kind=CommentKind.OPINION,
            actor=actor, at=AT + 2 * HOUR,
        )  # fmt: skip
        sheet = case_as_known(actor, scene.case, AT + 2 * HOUR)
        spoke, wrote = (row.author for row in sheet.comments)
        assert spoke.endswith(" (Syldavia)")
        assert wrote == "Zubrowka"
        record_step(scene.case, Step.INTENT, on=DAY, actor=actor, at=AT + 2 * HOUR)
        assert clocks_of(actor, scene.case).get(rule="fdi-intent").met_at is not None
        with pytest.raises(StageRefused, match="follows from what is done"):
            record_step(scene.case, Step.DECIDED, on=DAY, actor=actor, at=AT + 2 * HOUR)
        plan = DecisionPlan("model", DecisionKind.CLEAR, REASONS, (assessment.pk,), DAY)
        with pytest.raises(DecisionRefused, match="utmost_account"):
            propose_decision(scene.case, plan, actor=actor, at=AT + 2 * HOUR)
        withdraw_notice(notice, actor=actor, at=AT + 2 * HOUR)
    with acting_as(scene.partner.documenter) as actor:
        assert notice_for(actor, notice.pk) is None


def test_information_for_partners_begins_another_period(scene: Scene) -> None:
    with acting_as(scene.own.documenter) as actor:
        notice = write_notice(scene.case, scene.partner.id, actor=actor, at=AT)
    with acting_as(scene.own.publisher) as actor:
        send_notice(notice, actor=actor, at=AT)
    with acting_as(scene.own.documenter) as actor:
        own = RequestPlan("Morava Shell NV", "Who lends the money?", stops=True)
        first = ask_for_information(scene.case, own, actor=actor, at=AT + HOUR)

        def stand_still() -> set[str]:
            return {row.rule for row in clocks_of(actor, scene.case) if row.stopped_since}

        assert stand_still() == {"screening-first-phase"}, "no partner has asked"
        ask = RequestPlan("Morava Shell NV", "Who appoints the board?", for_partners=True)
        with pytest.raises(ScreeningRefused, match="for_partners: no question of a partner"):
            ask_for_information(scene.case, ask, actor=actor, at=AT + HOUR)
        record_comment(
            scene.case, "Who appoints the board?", author="Syldavia", received_on=DAY,
            kind=CommentKind.QUESTION, actor=actor, at=AT + HOUR,
        )  # fmt: skip
        request = ask_for_information(scene.case, ask, actor=actor, at=AT + HOUR)
        assert stand_still() >= {"fdi-comments", "screening-partners"}
        record_answer(first, AnswerPlan(DAY, "A bank"), actor=actor, at=AT + HOUR)
        assert stand_still() == {"fdi-comments", "screening-partners"}
        record_answer(request, AnswerPlan(DAY, "The board"), actor=actor, at=AT + 2 * HOUR)
        clocks = {row.rule: row for row in clocks_of(actor, scene.case)}
        assert clocks["fdi-comments"].cancelled_at is not None
        assert not clocks["fdi-comments-information"].closed
        assert clocks["screening-partners"].stopped_since is None


def test_party_without_a_look_at_a_list_was_not_screened(scene: Scene) -> None:
    with acting_as(scene.own.documenter) as actor:
        party = case_as_known(actor, scene.case, AT).parties[0]
        for judged, entry, reason, says in (
            (Judgement.SAME, "", "", "name the entry"),
            (Judgement.NOTHING_FOUND, "No. 5", "", "an entry came up"),
        ):
            look = ListLook("List of Syldavia", DAY, judged, entry, reason)
            with pytest.raises(ScreeningRefused, match=says):
                record_list_check(party, look, actor=actor, at=AT)
        standing = []
        for number, look in enumerate(
            (
                ListLook("List of Syldavia", DAY, Judgement.NOTHING_FOUND),
                ListLook("List of Zubrowka", DAY, Judgement.UNCLEAR, "No. 5", "No date of birth"),
                ListLook("List of Zubrowka", DAY, Judgement.SAME, "No. 5", "Same number"),
            ),
            1,
        ):
            record_list_check(party, look, actor=actor, at=AT + number * HOUR)
            lines = case_as_known(actor, scene.case, AT + number * HOUR).lists
            standing.append({line.party.pk: line.standing for line in lines}[party.pk])
        assert standing == [ListStanding.LOOKED_AT, ListStanding.OPEN, ListStanding.MATCHED]
        assert lines[1].standing is ListStanding.NOT_SCREENED


class _SameName:
    """A matcher that finds equal names."""

    method, list_name, list_day = "same name", "List of Syldavia", DAY

    def hits(self, parties: Iterable[Party]) -> Iterator[Hit]:
        for party in parties:
            if party.name == "Morava Shell NV":
                yield Hit(party, "No. 7, Morava Shell NV", "the name, letter for letter")


def test_what_a_matcher_finds_waits_for_a_person(scene: Scene) -> None:
    def standing(actor: Any, at: Any) -> list[str]:
        lines = case_as_known(actor, scene.case, at).lists
        return [str(line.standing) for line in sorted(lines, key=lambda each: each.party.name)]

    with acting_as(scene.own.documenter) as actor:
        checks = hold_against_list(scene.case, _SameName(), actor=actor, at=AT)
        assert standing(actor, AT) == ["looked_at", "open"]
        open_ = next(check for check in checks if check.entry)
        with pytest.raises(ScreeningRefused, match="reason: it is empty"):
            judge_list_check(open_, Judgement.SAME, "", actor=actor, at=AT + HOUR)
        judge_list_check(open_, Judgement.SAME, "Same number", actor=actor, at=AT + HOUR)
        assert standing(actor, AT) == ["looked_at", "open"]
        assert standing(actor, AT + HOUR) == ["looked_at", "matched"]
