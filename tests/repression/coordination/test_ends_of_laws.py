"""The day on which a regime ends unless it is renewed stands wherever its law is named."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.test import Client

from undaunted.repression.coordination.rules import renewal_due, renewals
from undaunted.repression.sanctions.rules import authorities

pytestmark = pytest.mark.usefixtures("ledger")
LAWS = {"eu-2020-1999-framework": "eu-2020-1998", "us-eo-13818": "us-eo-13818"}
PAST = "past: whether it was renewed is not known here"


def test_laws_of_the_register_end_when_the_calendar_of_renewals_says() -> None:
    now = datetime(2026, 11, 28, tzinfo=UTC)
    reckoned = {each.code: renewal_due(each, now).last for each in renewals()}
    told = {each.code: each.runs_until for each in authorities().values() if each.runs_until}
    assert told == {law: reckoned[code] for code, law in LAWS.items()}


@pytest.mark.parametrize("page", ["/sanctions/authorities/us-eo-13818/", "/sanctions/authorities/"])
def test_a_period_that_is_over_is_told_where_the_law_is_told(page: str) -> None:
    text = Client().get(page).text
    assert "20 December 2025" in text
    assert PAST in text
    assert "/designations/renewals/" in text


def test_a_law_that_ends_says_until_when_and_others_say_nothing() -> None:
    assert "8 December 2026" in Client().get("/sanctions/").text
    assert PAST not in Client().get("/sanctions/authorities/gb-ghrsr-2020/").text
