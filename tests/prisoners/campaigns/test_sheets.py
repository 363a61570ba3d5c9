"""What materials are written from holds no way to reach anybody, and cannot be changed."""

from __future__ import annotations

from dataclasses import FrozenInstanceError, fields
from datetime import date

import pytest

from undaunted.prisoners.campaigns.rules import (
    LADDER,
    AdopterKind,
    AdopterSheet,
    CampaignSheet,
    CaseSheet,
    Channel,
    Level,
    RaiseLine,
    Reply,
)

__all__: list[str] = []

REACHES = {"contact", "address", "email", "phone", "telephone", "family", "relatives", "health"}


@pytest.mark.parametrize("sheet", [AdopterSheet, CaseSheet, RaiseLine])
def test_no_sheet_about_somebody_can_carry_a_way_to_reach_them(sheet: type) -> None:
    assert {field.name for field in fields(sheet)} & REACHES == set()


def test_address_of_a_campaign_is_that_of_its_page() -> None:
    assert "address" in {field.name for field in fields(CampaignSheet)}


def test_ladder_goes_from_nothing_to_release() -> None:
    assert (LADDER[0], LADDER[-1]) == (Reply.NONE, Reply.RELEASE)
    assert [each.value for each in LADDER[1:-1]] == [
        "denial",
        "information",
        "visit",
        "improved_conditions",
    ]


def test_sheets_are_frozen_and_a_raise_without_an_answer_yet_is_not_one_without_answer() -> None:
    adopter = AdopterSheet("Ilka Morvan", AdopterKind.PARLIAMENTARIAN, "XS")
    with pytest.raises(FrozenInstanceError):
        adopter.name = "Somebody else"  # type: ignore[misc]
    line = RaiseLine(
        date(2026, 12, 3), Channel.PUBLIC, Level.MINISTER, "Ministry", "XR", "Ilka Morvan", "XS"
    )
    assert line.reply is None
    assert line.reply is not Reply.NONE
