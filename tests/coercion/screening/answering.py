"""A case that is screened, with stakes, and a kept answer of who controls that read them."""

from __future__ import annotations

from typing import Any

from tests.coercion.screening.deciding import DAY, screened
from tests.coercion.screening.factories import AT, Scene
from tests.coercion.screening.test_case_evidence import DEAL, REGISTER
from undaunted.coercion.screening.actions import keep_analysis, take_in
from undaunted.coercion.screening.analysis.owners import Asked
from undaunted.core.accounts.actions import acting_as

__all__ = ["answered"]


def answered(owner_sql: Any) -> Scene:
    made = screened(owner_sql)
    with acting_as(made.own.documenter) as actor:
        for content, filed in ((REGISTER, False), (DEAL, True)):
            take_in(
                made.case, content, name="s.csv", source="annex", filed=filed, actor=actor, at=AT
            )
        keep_analysis(made.case, Asked(DAY), actor=actor, at=AT)
    return made
