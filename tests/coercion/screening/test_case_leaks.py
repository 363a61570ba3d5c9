"""What a case may not tell to others, and what it may not be told under another's name."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from tests.coercion.screening.deciding import DAY, decision_proposed, screened
from tests.coercion.screening.factories import AT, FIELDS, HOUR, Scene
from tests.coercion.screening.test_case_evidence import DEAL, REGISTER
from tests.coercion.screening.test_case_letters import words_of
from undaunted.coercion.screening.actions import (
    keep_analysis,
    save_draft,
    submit_filing,
    take_in,
    write_case_letter,
    write_notice,
)
from undaunted.coercion.screening.analysis.letters import LetterAsked
from undaunted.coercion.screening.analysis.owners import Asked
from undaunted.coercion.screening.rules import LetterKind, ScreeningRefused, Version
from undaunted.core.accounts.actions import acting_as

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
