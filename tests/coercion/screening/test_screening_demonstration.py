"""The case of the port, as a new installation shows it: the state behind the shell, and a draft."""

from __future__ import annotations

from typing import Any

import pytest

from undaunted.coercion.screening.actions.demonstration import load_screening
from undaunted.config.schema import acting_as_owner

__all__: list[str] = []

pytestmark = pytest.mark.usefixtures("ledger")


def test_the_demonstration_stands(ledger: Any, owner_sql: Any) -> None:
    said: list[str] = []
    load_screening(lambda: acting_as_owner(ledger.owner_url), say=said.append)
    assert [line.split()[0] for line in said[1:]] == ["selma", "sven"]
    assert owner_sql("SELECT reference, stage, jurisdiction FROM screening_case") == [
        ("port-of-alder-bay", "screening", "XF")
    ]
    ((result,),) = owner_sql("SELECT result FROM screening_analysis")
    before, after = (
        next(each for each in result[when] if each["owner"] == "STATE:XR")
        for when in ("before", "after")
    )
    assert (before["answer"], after["answer"]) == ("no", "must")
    assert "STATE:XR holds 51 %" in after["proof"]["sentences"][0]
    regimes = {row[0] for row in owner_sql("SELECT regime FROM screening_scope")}
    assert regimes == {"eu-2019-452", "model"}
    clocks = {row[0] for row in owner_sql("SELECT rule FROM clocks_clock")}
    assert any(each.startswith(("fdi-", "screening-")) for each in clocks)
    ((kind, reasons, taken),) = owner_sql("SELECT kind, reasons, taken_at FROM screening_decision")
    assert (kind, taken) == ("conditions", None)
    assert "51 %" in reasons
    alerts = owner_sql("SELECT state, after FROM screening_alert")
    assert alerts == [("STATE:XB", "may")]
    ((deals,),) = owner_sql("SELECT count(*) FROM screening_unfiled")
    assert deals == 1
    sealed = owner_sql("SELECT t::text FROM screening_filing t")
    assert "Treasury Bank" not in str(sealed)
