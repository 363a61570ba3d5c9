"""Which laws list by themselves, which carry out what others list, and what their days are."""

from __future__ import annotations

import csv
import io
import re
from typing import TYPE_CHECKING, Any

import pytest
from django.test import Client

from undaunted.core.access.rules import PUBLIC
from undaunted.repression.coordination.forms import PetitionForm, ProposalForm
from undaunted.repression.sanctions.rules import Alone, Begun, authorities
from undaunted.repression.sanctions.writers import authorities_csv, authority_told

if TYPE_CHECKING:
    from collections.abc import Iterable

pytestmark = pytest.mark.usefixtures("ledger")
NONE = {"nz-none", "jp-none"}
FOLLOWERS = {"no-sanctions-2021", "ch-emba-2003"}


def _codes(choices: Iterable[Any]) -> set[str]:
    return {code for code, _ in choices}


def test_switzerland_and_norway_follow_others_and_two_states_have_no_law() -> None:
    held = {
        kind: {each.code for each in authorities().values() if each.alone is kind} for kind in Alone
    }
    assert held[Alone.FOLLOWS] == FOLLOWERS
    assert held[Alone.NO] == NONE
    assert {"eu-2020-1998", "cz-1-2023", "lv-sanctions-2016"} <= held[Alone.YES]
    told = authority_told(authorities()["ch-emba-2003"])
    assert (told["alone"], told["begun"]) == ("follows", "in_force")
    rows = csv.DictReader(io.StringIO(authorities_csv(authorities().values())))
    assert {row["code"] for row in rows if row["alone"] == "follows"} == FOLLOWERS


def test_day_of_adoption_and_day_of_a_source_are_no_day_of_entry_into_force() -> None:
    begun = {each.code: each.begun for each in authorities().values()}
    assert begun["ee-entry-2016"] is Begun.ADOPTED
    assert {code for code, kind in begun.items() if kind is Begun.READ} == NONE
    page = Client().get("/sanctions/authorities/").text
    for said in ("adopted on 8 December 2016", "known on 22 September 2021", "follows others"):
        assert said in page
    assert not re.search(r"(?<!adopted on )8 December 2016", page)
    assert (
        "adopted on 8 December 2016" in Client().get("/sanctions/authorities/ee-entry-2016/").text
    )


def test_measures_are_asked_for_under_laws_that_list_by_themselves() -> None:
    offered = _codes(ProposalForm(actor=PUBLIC).fields["laws"].choices)  # type: ignore[attr-defined]
    assert "eu-2020-1998" in offered
    assert not offered & (NONE | FOLLOWERS)
    answered = _codes(PetitionForm(actor=PUBLIC).fields["authority"].choices)  # type: ignore[attr-defined]
    assert answered >= FOLLOWERS
    assert not answered & NONE


def test_urgent_procedure_of_the_act_of_2018_is_told_in_full() -> None:
    told = authorities()["gb-ghrsr-2020"].told["decision"].text  # type: ignore[index]
    assert "a country that regulations name" in told
    assert "public interest" in told


def test_latvia_applies_sanctions_of_union_and_nato_members_in_certain_situations() -> None:
    facet = authorities()["lv-sanctions-2016"].told["decision"]  # type: ignore[index]
    assert "NATO" in facet.text
    assert {"lv-policy", "lv-184"} <= {each.id for each in facet.sources}


def test_australian_listings_do_not_end_by_themselves_since_2024() -> None:
    facet = authorities()["au-6a-rights"].told["decision"]  # type: ignore[index]
    assert "Until 8 November 2024" in facet.text
    assert "au-repeal" in {each.id for each in facet.sources}
