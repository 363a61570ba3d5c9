"""A notification is drafted, sealed in part, submitted and amended; a case is one authority's."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.db.models.sql.compiler import SQLCompiler

from tests.coercion.screening.factories import AT, FIELDS, HOUR, SECRET, Scene, make_scene
from undaunted.coercion.screening.actions import (
    PartyPlan,
    correct_party,
    open_case,
    record_party,
    save_draft,
    submit_filing,
)
from undaunted.coercion.screening.models import (
    Check,
    Decision,
    Fact,
    Load,
    Mitigation,
    Notice,
    Party,
)
from undaunted.coercion.screening.queries import case_as_known, case_for, cases_for
from undaunted.coercion.screening.rules import FilingRefused, Said, ScreeningRefused
from undaunted.coercion.screening.rules.casework import ListStanding, PartyRole
from undaunted.core.access.rules import Forbidden
from undaunted.core.accounts.actions import acting_as

pytestmark = pytest.mark.usefixtures("ledger")


@pytest.fixture
def scene(owner_sql: Any) -> Scene:
    return make_scene(owner_sql)


def test_confidential_fields_are_sealed_and_opened_by_the_team(scene: Scene) -> None:
    with acting_as(scene.own.documenter) as actor:
        sheet = case_as_known(actor, scene.case, AT)
        assert sheet.stage == "filed"
        assert sheet.filing is not None
        assert sheet.filing.fields == {
            "ownership": FIELDS["ownership"].text,
            "business": FIELDS["business"].text,
            "states": FIELDS["states"].text,
            "completion": "In the spring of 2027",
        }
        assert sheet.filing.sealed_names == ["completion", "funding", "value"]
        assert scene.own.key is not None
        opened = open_case(scene.case, key=scene.own.key, actor=actor, at=AT)
        assert opened == {
            sheet.filing.pk: {name: FIELDS[name].text for name in sheet.filing.sealed_names}
        }
        assert opened[sheet.filing.pk]["value"] == SECRET
        assert [line.standing for line in sheet.lists] == [ListStanding.NOT_SCREENED] * 2


def test_amended_notification_replaces_and_the_earlier_stays_known_as_it_was(scene: Scene) -> None:
    with acting_as(scene.own.documenter) as actor:
        changed = FIELDS | {"business": Said("Berths and storage alone (invented)")}
        save_draft(scene.case, changed, actor=actor, at=AT + HOUR)
        submit_filing(scene.case, received_on=date(2026, 11, 20), actor=actor, at=AT + 2 * HOUR)
        before, after = (
            case_as_known(actor, scene.case, AT + n * HOUR).filing for n in (1, 2)
        )  # fmt: skip
        assert before is not None
        assert after is not None
        assert before.fields["business"] == FIELDS["business"].text
        assert after.fields["business"] == "Berths and storage alone (invented)"
        with pytest.raises(ScreeningRefused, match="nothing is drafted"):
            submit_filing(scene.case, received_on=AT.date(), actor=actor, at=AT + 2 * HOUR)


def test_sealed_pieces_of_a_draft_stay_and_are_never_lost_unsaid(scene: Scene) -> None:
    told: dict[str, Any] = {"at": AT + HOUR}
    with acting_as(scene.own.documenter) as actor:
        told["actor"] = actor
        first = {"value": Said(SECRET, secret=True, summary="much"), "funding": Said("A bank")}
        save_draft(scene.case, first, **told)
        changed = {"states": Said("Freedonia")}
        with pytest.raises(FilingRefused, match=r"funding: it is sealed; .*; value: it is sealed"):
            save_draft(scene.case, changed, **told)
        row = save_draft(scene.case, changed, key=scene.own.key, **told)
        assert row.fields == {"states": "Freedonia", "value": "much"}
        assert row.sealed_names == ["funding", "value"]
        assert scene.own.key is not None
        texts = open_case(scene.case, key=scene.own.key, **told)[row.pk]
        assert texts == {"value": SECRET, "funding": "A bank"}
        emptied = {"value": Said(""), "funding": Said("Two banks")}
        row = save_draft(scene.case, emptied, **told)
        assert (row.fields, row.sealed_names) == ({}, ["funding"])


def test_incomplete_notification_is_saved_and_not_submitted(scene: Scene) -> None:
    with acting_as(scene.own.documenter) as actor:
        save_draft(scene.case, {"states": Said("Freedonia")}, actor=actor, at=AT + HOUR)
        with pytest.raises(FilingRefused, match=r"ownership: .*; value: .*; business: "):
            submit_filing(scene.case, received_on=AT.date(), actor=actor, at=AT + HOUR)
        with pytest.raises(FilingRefused, match="colour: there is no such field"):
            save_draft(scene.case, {"colour": Said("red")}, actor=actor, at=AT + HOUR)


def test_corrected_party_is_replaced_with_a_reason(scene: Scene) -> None:
    with acting_as(scene.own.documenter) as actor:
        acquirer = next(
            row for row in case_as_known(actor, scene.case, AT).parties if row.role == "acquirer"
        )
        plan = PartyPlan(PartyRole.ACQUIRER, "Morava Shell SE", "register of Zubrowka", "XZ-SHELL")
        with pytest.raises(ScreeningRefused, match="why: it is empty"):
            correct_party(acquirer, plan, why=" ", actor=actor, at=AT + HOUR)
        correct_party(acquirer, plan, why="renamed", actor=actor, at=AT + HOUR)
        names = [
            {row.name for row in case_as_known(actor, scene.case, AT + n * HOUR).parties}
            for n in (0, 1)
        ]
        assert "Morava Shell NV" in names[0]
        assert names[1] == {"Morava Shell SE", "Alder Bay Port Operator plc"}
        other = PartyPlan(PartyRole.SELLER, "Alder Bay City", "x", "XZ-SHELL")
        with pytest.raises(ScreeningRefused, match="XZ-SHELL is Morava Shell SE in this case"):
            record_party(scene.case, other, actor=actor, at=AT + HOUR)


def test_other_authorities_see_no_case(scene: Scene) -> None:
    for who in (scene.partner, scene.stranger):
        with acting_as(who.documenter) as actor:
            assert not cases_for(actor).exists()
            assert case_for(actor, "port-2027") is None
            assert case_for(actor, str(scene.case.pk)) is None
            with pytest.raises(Forbidden):
                case_as_known(actor, scene.case, AT)
            with pytest.raises(Forbidden):
                save_draft(scene.case, FIELDS, actor=actor, at=AT)


def test_what_a_case_holds_is_asked_in_words_that_were_written_once(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    written: list[object] = []
    write = SQLCompiler.as_sql

    def as_sql(self: SQLCompiler, *given: Any, **named: Any) -> Any:
        written.append(self.query.model)
        return write(self, *given, **named)

    with acting_as(scene.own.documenter) as actor:
        first = case_as_known(actor, scene.case, AT)
        monkeypatch.setattr(SQLCompiler, "as_sql", as_sql)
        assert case_as_known(actor, scene.case, AT) == first
        earlier = case_as_known(actor, scene.case, AT - timedelta(days=400))
    assert not {Party, Load, Fact, Notice, Decision, Mitigation, Check} & set(written)
    assert first.parties
    assert not earlier.parties
    assert not earlier.steps
