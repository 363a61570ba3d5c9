"""Letters of a case: one set of facts, whole for the cleared and open for all others."""

from __future__ import annotations

from copy import copy
from dataclasses import replace
from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.translation import override

from tests.coercion.screening.answering import answered
from tests.coercion.screening.deals import port_deal
from tests.coercion.screening.deciding import (
    CONDITION,
    DAY,
    REASONS,
    decision_proposed,
    factor_plan,
)
from tests.coercion.screening.factories import AT, HOUR, SECRET, Scene
from undaunted.coercion.screening.actions import (
    DecisionPlan,
    RequestPlan,
    ask_for_information,
    assess_factor,
    keep_analysis,
    propose_decision,
    record_comment,
    record_scope,
    return_decision,
    send_notice,
    take_decision,
    withdraw_assessment,
    withdraw_load,
    write_case_letter,
    write_notice,
)
from undaunted.coercion.screening.analysis.letter_evidence import evidence_told
from undaunted.coercion.screening.analysis.letters import LetterAsked, letter_of
from undaunted.coercion.screening.analysis.owners import Asked
from undaunted.coercion.screening.queries import case_as_known, clocks_of, stakes_known
from undaunted.coercion.screening.rules import DecisionKind, LetterKind, ScreeningRefused, Version
from undaunted.coercion.screening.rules.casework import EvidenceKind
from undaunted.core.access.rules import Forbidden
from undaunted.core.accounts.actions import acting_as

pytestmark = pytest.mark.usefixtures("ledger")
KEPT = "The berth fee decides it (invented)"


@pytest.fixture
def scene(owner_sql: Any) -> Scene:
    """Give a case whose decision is proposed, with what the engine said of its owners."""
    made = answered(owner_sql)
    decision_proposed(made, kept=KEPT)
    return made


def test_reasoned_draft_tells_the_owner_the_factor_and_the_recourse(scene: Scene) -> None:
    asked = LetterAsked(LetterKind.DECISION, "Morava Shell NV")
    with acting_as(scene.own.documenter) as actor:
        sheet = case_as_known(actor, scene.case, AT)
        assert sheet.proposed is not None
        opened = {sheet.proposed.pk: {"reasons": KEPT}}
        letter = letter_of(actor, scene.case, asked, at=AT, opened=opened)
        assert letter.draft
        assert letter.facts.hypothetical
        owner = next(each for each in letter.facts.ownership if each.state == "XR")
        assert (owner.controls, owner.held) == ("must", "51 %")
        assert "51 %" in owner.proof[-1]
        assert [each.code for each in letter.facts.factors] == ["critical-infrastructure"]
        assert letter.facts.factors[0].evidence == (1,)
        assert letter.facts.evidence[0].source == "Gazette of Ruritania 2020, no. 4"
        assert letter.decision is not None
        assert letter.decision.recourse[0].body
        assert KEPT in letter.decision.reasons.read(Version.CONFIDENTIAL)
        assert KEPT not in letter.decision.reasons.read(Version.OPEN)


def test_evidence_names_the_stake_that_a_factor_rests_on(scene: Scene) -> None:
    at = AT + HOUR
    with acting_as(scene.own.documenter) as actor:
        proposed = case_as_known(actor, scene.case, AT).proposed
        assert proposed is not None
        return_decision(proposed, "name the stake", actor=actor, at=AT)
        stake = stakes_known(actor, scene.case, AT).filter(owned="XF-PORT", filed=True)[0]
        told = ("cumulative-exposure", (EvidenceKind.STAKE, stake.pk))
        made = assess_factor(scene.case, factor_plan(told), actor=actor, at=AT)
        plan = DecisionPlan(
            "model", DecisionKind.CONDITIONS, REASONS, (made.pk,), DAY, (CONDITION,)
        )
        again = propose_decision(scene.case, plan, actor=actor, at=AT)
        asked = LetterAsked(LetterKind.DECISION, "x", about=again.pk, ownership_secret=True)
        (line,) = letter_of(actor, scene.case, asked, at=at, opened={}).facts.evidence
    assert line.title == "XZ-SHELL \N{RIGHTWARDS ARROW} XF-PORT: 60 %"
    assert line.source == f"{stake.source}, row {stake.row}"
    assert line.secret


def test_confidential_version_takes_an_open_key_and_the_open_one_holds_no_secret(
    scene: Scene,
) -> None:
    asked = LetterAsked(LetterKind.DECISION, "Morava Shell NV")
    with acting_as(scene.own.documenter) as actor:
        told: dict[str, Any] = {"media": "docx", "actor": actor, "at": AT + HOUR}
        with pytest.raises(ScreeningRefused, match="open your key first"):
            write_case_letter(scene.case, asked, version=Version.CONFIDENTIAL, **told)
        plain = write_case_letter(scene.case, asked, version=Version.OPEN, **told)
        whole = write_case_letter(
            scene.case, asked, version=Version.CONFIDENTIAL, key=scene.own.key, **told
        )
        assert words_of(whole).count(SECRET) == 1
        assert KEPT in words_of(whole)
        assert SECRET not in words_of(plain)
        assert KEPT not in words_of(plain)
        with pytest.raises(ScreeningRefused, match="media"):
            write_case_letter(scene.case, asked, version=Version.OPEN, **(told | {"media": "odt"}))
    with acting_as(scene.partner.documenter) as actor, pytest.raises(Forbidden):
        write_case_letter(scene.case, asked, version=Version.OPEN, media="pdf", actor=actor, at=AT)


def test_request_acknowledgement_and_notice_are_written(scene: Scene) -> None:
    with acting_as(scene.own.documenter) as actor:
        with pytest.raises(ScreeningRefused, match="no such request yet"):
            letter_of(actor, scene.case, LetterAsked(LetterKind.REQUEST, ""), at=AT, opened={})
        ask = RequestPlan("Morava Shell NV", "Who appoints the board?", DAY, stops=True)
        ask_for_information(scene.case, ask, actor=actor, at=AT)
        letter = letter_of(actor, scene.case, LetterAsked(LetterKind.REQUEST, ""), at=AT, opened={})
        assert (letter.to, letter.answer_by, letter.stops) == ("Morava Shell NV", DAY, True)
        shell = port_deal(DAY, {"genuine": False, "participation": True})
        answers = record_scope(scene.case, shell, actor=actor, at=AT)
        assert [row.outcome for row in answers] == ["yes", "yes"]
        receipt = LetterAsked(LetterKind.ACKNOWLEDGEMENT, "Morava Shell NV")
        received = letter_of(actor, scene.case, receipt, at=AT, opened={})
        assert received.asks == ()
        assert received.facts.law == "Model screening regime", "the law that asks for the filing"
        notice = write_notice(scene.case, scene.partner.id, actor=actor, at=AT)
    with acting_as(scene.own.publisher) as actor:
        send_notice(notice, actor=actor, at=AT)
        told = LetterAsked(LetterKind.NOTICE, "Syldavia")
        letter = letter_of(actor, scene.case, told, at=AT, opened={})
        assert not letter.draft
        (partners,) = clocks_of(actor, scene.case).filter(rule="screening-partners")
        assert letter.answer_by == partners.reckon(AT).limits[0].last_day
        shown = {
            limit.last_day for c in clocks_of(actor, scene.case) for limit in c.reckon(AT).limits
        }
        assert {each.due for each in letter.deadlines} <= shown
        written = write_case_letter(
            scene.case, told, version=Version.OPEN, media="pdf", actor=actor, at=AT
        )
        assert written.startswith(b"%PDF")


def test_a_notice_tells_what_it_told_when_it_was_written(scene: Scene) -> None:
    asked = LetterAsked(LetterKind.NOTICE, "Syldavia")
    with acting_as(scene.own.documenter) as actor:
        (row,) = case_as_known(actor, scene.case, AT).assessments
        told = factor_plan(("cumulative-exposure", (EvidenceKind.FACT, row.evidence[0]["id"])))
        assess_factor(scene.case, told, actor=actor, at=AT)
        write_notice(scene.case, scene.partner.id, factors=(row.pk,), actor=actor, at=AT)
        draft = letter_of(actor, scene.case, asked, at=AT, opened={})
        assert draft.draft
        assert [each.code for each in draft.facts.factors] == ["critical-infrastructure"]
        assert not draft.facts.ownership
        later = AT + HOUR
        withdraw_assessment(row, why="It was another berth (invented)", actor=actor, at=later)
        letter = letter_of(actor, scene.case, asked, at=later, opened={})
        assert letter.facts.factors == draft.facts.factors


def test_a_decision_sent_back_is_no_letter(scene: Scene) -> None:
    asked = LetterAsked(LetterKind.DECISION, "Morava Shell NV")
    with acting_as(scene.own.documenter) as actor:
        first = case_as_known(actor, scene.case, AT).proposed
        assert first is not None
        return_decision(first, "another day", actor=actor, at=AT)
        with pytest.raises(ScreeningRefused, match="no such decision yet"):
            letter_of(actor, scene.case, asked, at=AT, opened={})
        plan = DecisionPlan(
            "model", DecisionKind.CLEAR, REASONS, tuple(map(UUID, first.factors)), DAY
        )
        propose_decision(scene.case, plan, actor=actor, at=AT + HOUR)
        letter = letter_of(actor, scene.case, asked, at=AT + HOUR, opened={})
        assert letter.decision is not None
        assert letter.decision.kind is DecisionKind.CLEAR


def test_taken_decision_is_told_as_it_was_known_then(scene: Scene) -> None:
    with acting_as(scene.own.publisher) as actor:
        proposed = case_as_known(actor, scene.case, AT).proposed
        assert proposed is not None
        take_decision(proposed, actor=actor, at=AT + HOUR)
        letter = letter_of(
            actor, scene.case, LetterAsked(LetterKind.DECISION, "x"), at=AT + 9 * HOUR, opened={}
        )
        assert not letter.draft
        assert letter.facts.known_at == "2026-11-20 13:00 UTC"


def words_of(document: bytes) -> str:
    import io  # noqa: PLC0415
    import re  # noqa: PLC0415
    import zipfile  # noqa: PLC0415

    with zipfile.ZipFile(io.BytesIO(document)) as held:
        return re.sub(r"<[^>]+>", "", held.read("word/document.xml").decode())


def test_a_later_analysis_does_not_replace_the_one_that_a_factor_names(scene: Scene) -> None:
    with acting_as(scene.own.documenter) as actor:
        sheet = case_as_known(actor, scene.case, AT)
        assert sheet.proposed is not None
        return_decision(sheet.proposed, "name the analysis", actor=actor, at=AT)
        told = factor_plan(("cumulative-exposure", (EvidenceKind.ANALYSIS, sheet.analyses[0].pk)))
        made = assess_factor(scene.case, told, actor=actor, at=AT)
        plan = DecisionPlan(
            "model", DecisionKind.CONDITIONS, REASONS, (made.pk,), DAY, (CONDITION,)
        )
        propose_decision(scene.case, plan, actor=actor, at=AT)
        asked = LetterAsked(LetterKind.DECISION, "x")
        first = letter_of(actor, scene.case, asked, at=AT, opened={}).facts.ownership
        keep_analysis(scene.case, Asked(DAY, threshold=0.9), actor=actor, at=AT + HOUR)
        later = letter_of(actor, scene.case, asked, at=AT + HOUR, opened={}).facts.ownership
        assert first == later
        assert [each.owner for each in first if each.state == "XR"] == ["Ruritania"]
        proofs = " ".join(said for each in first for said in each.proof)
        assert "Ruritania holds" in proofs
        assert "STATE:" not in proofs, "a paper for a court tells states by their names"
        evidence = letter_of(actor, scene.case, asked, at=AT + HOUR, opened={}).facts.evidence
        assert evidence[0].title.startswith("Who controls a company (")


def test_evidence_that_was_withdrawn_is_told_by_what_it_was(scene: Scene) -> None:
    with acting_as(scene.own.documenter) as actor:
        sheet = case_as_known(actor, scene.case, AT)
        stake = stakes_known(actor, scene.case, AT).filter(filed=True)[0]
        load = stake.load
        assert load is not None
        pieces = ((EvidenceKind.FILE, load.pk), (EvidenceKind.STAKE, stake.pk))
        told = replace(factor_plan(("cumulative-exposure", pieces[0])), evidence=pieces)
        made = assess_factor(scene.case, told, actor=actor, at=AT)
        before = evidence_told(actor, sheet, (made,), secret=False).values()
        withdraw_load(load, why="A corrected extract came", actor=actor, at=AT + HOUR)
        later = case_as_known(actor, scene.case, AT + HOUR)
        after = evidence_told(actor, later, (made,), secret=False).values()
    assert [each.title for each in after] == [f"{each.title} (withdrawn)" for each in before]
    assert [each.source for each in after] == [each.source for each in before]
    with acting_as(scene.own.documenter) as actor, override("fr"):
        french = evidence_told(actor, later, (made,), secret=False).values()
    assert [each.source for each in french][1].endswith(", ligne 2")


def test_a_case_is_read_once_a_moment_for_all_that_was_withdrawn(scene: Scene) -> None:
    with acting_as(scene.own.documenter) as actor:
        loads = {each.load for each in stakes_known(actor, scene.case, AT) if each.load}
        stakes = [each.pk for each in stakes_known(actor, scene.case, AT)]
        files = [(EvidenceKind.FILE, each.pk) for each in loads]
        pieces = (*files, *((EvidenceKind.STAKE, each) for each in stakes))
        told = factor_plan(("cumulative-exposure", pieces[0]))
        made = assess_factor(scene.case, replace(told, evidence=pieces), actor=actor, at=AT)
        one = copy(made)
        one.evidence = made.evidence[:1]
        for load in loads:
            withdraw_load(load, why="A corrected extract came", actor=actor, at=AT + HOUR)
        later, asked = case_as_known(actor, scene.case, AT + HOUR), []
        for each in (one, made):
            with CaptureQueriesContext(connection) as queries:
                evidence_told(actor, later, (each,), secret=False)
            asked.append(len(queries))
    assert len(pieces) > 3
    assert asked[1] <= asked[0] + 2, "the stakes that stand, and those that stood"


def test_what_partners_said_stands_in_no_open_letter(scene: Scene) -> None:
    with acting_as(scene.own.documenter) as actor:
        sheet = case_as_known(actor, scene.case, AT)
        assert sheet.proposed is not None
        return_decision(sheet.proposed, "hear the partner", actor=actor, at=AT)
        said = record_comment(
            scene.case, "In confidence", author="Syldavian Office", received_on=DAY, actor=actor,
            at=AT,
        )  # fmt: skip
        told = factor_plan(("cumulative-exposure", (EvidenceKind.COMMENT, said.pk)))
        made = assess_factor(scene.case, told, actor=actor, at=AT)
        account = "The Syldavian Office wrote in confidence; its doubt was weighed (invented)."
        plan = DecisionPlan(
            "model", DecisionKind.CONDITIONS, REASONS, (made.pk,), DAY, (CONDITION,),
            utmost_account=account,
        )  # fmt: skip
        propose_decision(scene.case, plan, actor=actor, at=AT)
        asked = LetterAsked(LetterKind.DECISION, "Morava Shell NV")
        more: dict[str, Any] = {"media": "docx", "actor": actor, "at": AT + HOUR}
        plain = write_case_letter(scene.case, asked, version=Version.OPEN, **more)
        whole = write_case_letter(
            scene.case, asked, version=Version.CONFIDENTIAL, key=scene.own.key, **more
        )
        assert "Syldavian" not in words_of(plain)
        assert account in words_of(whole)
