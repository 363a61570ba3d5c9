"""What a case may not tell to others, and what it may not be told under another's name."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest

from tests.coercion.screening.deciding import (
    CONDITION,
    DAY,
    REASONS,
    decision_proposed,
    factor_plan,
    screened,
)
from tests.coercion.screening.factories import AT, FIELDS, HOUR, Scene
from tests.coercion.screening.programs import ROOT, program
from tests.coercion.screening.test_case_evidence import DEAL, REGISTER
from tests.coercion.screening.test_case_letters import words_of
from tests.core.accounts.factories import signed_in_client
from undaunted.coercion.screening.actions import (
    DecisionPlan,
    FactPlan,
    PartyPlan,
    assess_factor,
    comment_on_notice,
    keep_analysis,
    propose_decision,
    record_fact,
    record_party,
    save_draft,
    send_notice,
    submit_filing,
    take_in,
    write_case_letter,
    write_notice,
)
from undaunted.coercion.screening.analysis.letters import LetterAsked
from undaunted.coercion.screening.analysis.owners import Asked
from undaunted.coercion.screening.queries import case_as_known
from undaunted.coercion.screening.rules import (
    DecisionKind,
    LetterKind,
    ScreeningRefused,
    SourceStatus,
    Version,
)
from undaunted.coercion.screening.rules.casework import (
    CommentKind,
    EvidenceKind,
    FactKind,
    PartyRole,
)
from undaunted.core.accounts.actions import acting_as
from undaunted.core.accounts.queries import organisations_for

pytestmark = pytest.mark.usefixtures("ledger")
PROVED = "gazette of Ruritania"


@pytest.fixture
def scene(owner_sql: Any) -> Scene:
    return screened(owner_sql)


def test_sealed_ownership_stands_in_no_open_letter_and_no_notice(scene: Scene) -> None:
    sealed = replace(FIELDS["ownership"], secret=True, summary="A foreign buyer (invented)")
    with acting_as(scene.own.documenter) as actor:
        save_draft(scene.case, FIELDS | {"ownership": sealed}, actor=actor, at=AT)
        submit_filing(scene.case, received_on=DAY, actor=actor, at=AT)
        for content, filed in ((REGISTER, False), (DEAL, True)):
            take_in(
                scene.case, content, name="s.csv", source="annex", filed=filed, actor=actor, at=AT
            )
        keep_analysis(scene.case, Asked(DAY), actor=actor, at=AT)
    decision_proposed(scene)
    asked = LetterAsked(LetterKind.DECISION, "Morava Shell NV")
    with acting_as(scene.own.documenter) as actor:
        told: dict[str, Any] = {"media": "docx", "actor": actor, "at": AT + HOUR}
        plain = words_of(write_case_letter(scene.case, asked, version=Version.OPEN, **told))
        whole = words_of(
            write_case_letter(
                scene.case, asked, version=Version.CONFIDENTIAL, key=scene.own.key, **told
            )
        )
        assert PROVED in whole
        assert PROVED not in plain
        assert "51 %" not in plain
        assert "A foreign buyer" in plain
        with pytest.raises(ScreeningRefused, match="with_stakes: the notification keeps"):
            write_notice(scene.case, scene.partner.id, with_stakes=True, actor=actor, at=AT + HOUR)
        assert write_notice(scene.case, scene.partner.id, actor=actor, at=AT + HOUR).pk


def test_a_partner_speaks_under_its_own_name_whatever_it_writes(scene: Scene) -> None:
    with acting_as(scene.own.documenter) as actor:
        notice = write_notice(scene.case, scene.partner.id, actor=actor, at=AT)
    with acting_as(scene.own.publisher) as actor:
        send_notice(notice, actor=actor, at=AT)
    with acting_as(scene.partner.documenter) as actor:
        own = organisations_for(actor).get().name
        told: dict[str, Any] = {"kind": CommentKind.OPINION, "actor": actor, "at": AT}
        comment_on_notice(notice, "No concern", author="Ruritania", **told)
        comment_on_notice(notice, "Ours", author=own, **told)
    with acting_as(scene.own.documenter) as actor:
        sheet = case_as_known(actor, scene.case, AT)
        assert {row.author for row in sheet.comments} == {f"{own} (Ruritania)", own}


def test_moments_and_days_outside_all_calendars_are_answered(scene: Scene) -> None:
    page, ask = signed_in_client(scene.own.documenter), program(scene.own.documenter)
    for said in ("0001-01-01T00:00:00%2B23:59", "9999-12-31T23:59:59-23:59", "0001-01-01"):
        shown = page.get(f"/desk/screening/cases/{scene.case.pk}/?as_known={said}")
        assert shown.status_code == 200
        for more in ("", "/stakes"):
            answer = ask.get(f"{ROOT}/cases/port-2027{more}?as_known={said}")
            assert answer.status_code == 422
            assert "as_known" in answer.content.decode()
    for said in ("9999-12-31", "0001-01-01", "2028-01-17"):
        shown = page.get(f"/desk/screening/cases/{scene.case.pk}/?from={said}")
        assert shown.status_code == 200


def test_a_sealed_owner_is_named_in_no_notice_and_in_no_open_letter(scene: Scene) -> None:
    sealed = replace(FIELDS["ownership"], secret=True, summary="A foreign buyer (invented)")
    with acting_as(scene.own.documenter) as actor:
        save_draft(scene.case, FIELDS | {"ownership": sealed}, actor=actor, at=AT)
        submit_filing(scene.case, received_on=DAY, actor=actor, at=AT)
        parent = PartyPlan(
            PartyRole.ULTIMATE_OWNER, "Hidden Parent (invented)", "sealed annex", "XR-HIDDEN",
            country="XR",
        )  # fmt: skip
        record_party(scene.case, parent, actor=actor, at=AT)
        about = FactPlan(
            FactKind.STATE, "XR-HIDDEN", "Its board is named by the Chancellery (invented)",
            "Hidden Gazette", "XR", DAY, SourceStatus.SECONDARY,
        )  # fmt: skip
        fact = record_fact(scene.case, about, actor=actor, at=AT)
        told = factor_plan(("critical-infrastructure", (EvidenceKind.FACT, fact.pk)))
        made = assess_factor(scene.case, told, actor=actor, at=AT)
        notice = write_notice(scene.case, scene.partner.id, factors=(made.pk,), actor=actor, at=AT)
        assert "Hidden" not in json.dumps(notice.content)
        assert "XR" not in {row["country"] for row in notice.content["parties"]}
        plan = DecisionPlan(
            "model", DecisionKind.CONDITIONS, REASONS, (made.pk,), DAY, (CONDITION,)
        )
        propose_decision(scene.case, plan, actor=actor, at=AT)
        asked = LetterAsked(LetterKind.DECISION, "Morava Shell NV")
        more: dict[str, Any] = {"media": "docx", "actor": actor, "at": AT + HOUR}
        plain = words_of(write_case_letter(scene.case, asked, version=Version.OPEN, **more))
        assert "Hidden" not in plain
        asked = replace(asked, says="It answers to hidden parent (Invented).")
        with pytest.raises(ScreeningRefused, match=r"says: it names Hidden Parent"):
            write_case_letter(scene.case, asked, version=Version.OPEN, **more)
        for said in ("It answers to HIDDEN-PARENT.", "So says XR HIDDEN.", "Híddèn Párent owns."):
            again = replace(asked, says=f"{said} It is far away from here.")
            with pytest.raises(ScreeningRefused, match=r"says: it names"):
                write_case_letter(scene.case, again, version=Version.OPEN, **more)
        whole = write_case_letter(
            scene.case, asked, version=Version.CONFIDENTIAL, key=scene.own.key, **more
        )
        assert "Hidden Gazette" in words_of(whole)


def test_a_state_that_owns_is_named_in_no_open_letter_that_leaves_owners_out(scene: Scene) -> None:
    with acting_as(scene.own.documenter) as actor:
        for content, filed in ((REGISTER, False), (DEAL, True)):
            take_in(
                scene.case, content, name="s.csv", source="annex", filed=filed, actor=actor, at=AT
            )
        keep_analysis(scene.case, Asked(DAY), actor=actor, at=AT)
    decision_proposed(scene)
    told: dict[str, Any] = {"media": "docx", "version": Version.OPEN, "at": AT + HOUR}
    asked = LetterAsked(LetterKind.DECISION, "Morava Shell NV", ownership_secret=True)
    with acting_as(scene.own.documenter) as actor:
        for said in ("51 % are Ruritania's.", "A Ruritanian firm.", "تملكه روريتانيا"):
            with pytest.raises(ScreeningRefused, match=r"says: it names"):
                write_case_letter(scene.case, replace(asked, says=said), actor=actor, **told)
        for said in ("It answers to another state.", "Freedonia and Zubrowka are told."):
            assert write_case_letter(scene.case, replace(asked, says=said), actor=actor, **told)
        named = replace(asked, says="51 % are Ruritania's.", ownership_secret=False)
        assert write_case_letter(scene.case, named, actor=actor, **told)


def test_a_notice_whose_ownership_is_sealed_names_no_owner_in_its_texts(scene: Scene) -> None:
    sealed = replace(FIELDS["ownership"], secret=True, summary="A foreign buyer (invented)")
    with acting_as(scene.own.documenter) as actor:
        save_draft(scene.case, FIELDS | {"ownership": sealed}, actor=actor, at=AT)
        submit_filing(scene.case, received_on=DAY, actor=actor, at=AT)
        take_in(scene.case, REGISTER, name="s.csv", source="annex", actor=actor, at=AT)
        told: dict[str, Any] = {"actor": actor, "at": AT + HOUR}
        for said in ("It belongs to Ruritania.", "XR-HOLDING stands behind it."):
            with pytest.raises(ScreeningRefused, match="message: it names"):
                write_notice(scene.case, scene.partner.id, message=said, **told)
        assert write_notice(scene.case, scene.partner.id, message="Please comment.", **told).pk
