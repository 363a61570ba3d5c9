"""What is wrong with a file for dossiers is told all at once, and what to write in its place."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from undaunted.repression.dossiers.commands.acting import checked
from undaunted.repression.dossiers.forms import PARTS, PlanIn
from undaunted.repression.dossiers.rules import DossierRefused

if TYPE_CHECKING:
    from pydantic import BaseModel


def fault(form: type[BaseModel], told: object, where: str = "") -> str:
    with pytest.raises(DossierRefused) as refused:
        checked(form, told, where)
    return str(refused.value)


def test_every_fault_is_told_and_the_unknown_field_first() -> None:
    said = fault(PlanIn, {"title": "T", "countri": "XR", "team": 3})
    assert said.startswith("countri: it is not one of title, country, summary, tlp, team; ")
    assert "; country: it is missing; write it" in said
    assert "; team: " in said


def test_a_part_in_the_file_that_opens_a_dossier_is_sent_where_parts_are_recorded() -> None:
    said = fault(PlanIn, {"title": "T", "country": "XR", "person": [{"name": "X"}]})
    assert said == (
        "person: it is not one of title, country, summary, tlp, team; parts are recorded with "
        "`dossiers add`"
    )


def test_what_is_no_id_is_told_in_words() -> None:
    told = {"name": "X", "sources": ["abcd"]}
    said = fault(PARTS["person"], told, "person 1")
    assert said == "person 1.sources.0: it is no id; copy one that `dossiers offered` shows"
