"""Pages, papers, sentences and programs say by which act a law is met, or that none carries all."""

from __future__ import annotations

import io
import json
import re
import zipfile
from typing import TYPE_CHECKING, Any

import pytest

from tests.core.accounts.factories import signed_in_client
from tests.core.accounts.terminal import run_at_terminal
from tests.repression.dossiers.factories import AT, UNION, Scene, agree, make_scene, written
from tests.repression.dossiers.test_submissions import another, bytes_of, consent
from undaunted.core.accounts.actions import acting_as
from undaunted.core.consent.rules import FieldGroup
from undaunted.core.evidence.rules import Grade
from undaunted.core.standards.rules import Value
from undaunted.repression.dossiers.actions import (
    Evidence,
    record_finding,
    record_link,
    withdraw_part,
)
from undaunted.repression.dossiers.analysis import gather, laws_beside
from undaunted.repression.dossiers.analysis import tests_told as as_data
from undaunted.repression.dossiers.commands import commands
from undaunted.repression.dossiers.queries import links_in
from undaunted.repression.sanctions.rules import authority_for

if TYPE_CHECKING:
    from undaunted.repression.dossiers.models import DossierAct

pytestmark = pytest.mark.usefixtures("ledger")
LAW = "eu-2020-1998"
SEVERAL = "Every element is met over several acts, and no act carries all of them."


@pytest.fixture
def scene(owner_sql: Any) -> Scene:
    return make_scene(owner_sql)


@pytest.fixture
def second(scene: Scene) -> DossierAct:
    """Let the prosecutor profit from a detention and order another act, of which nothing is found.

    Both victims agreed to the Union.
    """
    agree(scene, UNION)
    subject, act = another(scene)
    consent(scene, subject, UNION, FieldGroup.DETENTION)
    rest = Evidence((scene.source,), Grade.parse("A1"))
    with acting_as(scene.desk.documenter) as actor:
        (link,) = links_in(actor, scene.dossier).filter(act=scene.act, accused=scene.prosecutor)
        withdraw_part(scene.dossier, "link", link.pk, actor=actor, at=AT)
        record_link(scene.prosecutor, scene.act, "benefited", "Was promoted for it.", actor=actor,
                    at=AT, evidence=rest)  # fmt: skip
    return act


def found(scene: Scene, act: DossierAct) -> None:
    rest = Evidence((scene.source,), Grade.parse("A1"))
    with acting_as(scene.desk.documenter) as actor:
        record_finding(scene.dossier, "detention", Value.MET, "No judge here either.", act=act,
                       actor=actor, at=AT, evidence=rest)  # fmt: skip


def told_of(scene: Scene) -> dict[str, Any]:
    with acting_as(scene.desk.documenter) as actor:
        sheet = gather(actor, scene.dossier)
        lines = laws_beside(actor, sheet, [authority_for(LAW)], on=AT.date())
        each = as_data(sheet, lines)
    (told,) = next(one["tests"] for one in each if one["person"] == str(scene.prosecutor.pk))
    return dict(told)


def page_of(scene: Scene, address: str) -> str:
    answer = signed_in_client(scene.desk.documenter).get(f"/desk/dossiers/{address}")
    assert answer.status_code == 200
    return re.sub(r"\s+", " ", re.sub(r"<[^>]{1,300}>", " ", answer.content.decode()))


def paper_of(scene: Scene) -> str:
    content = bytes_of(scene, written(scene, LAW))["submission.docx"]
    assert content
    with zipfile.ZipFile(io.BytesIO(content)) as file:
        return re.sub(r"<[^>]{1,300}>", "", file.read("word/document.xml").decode())


def test_programs_are_told_the_act_and_that_none_carries_all(
    scene: Scene, second: DossierAct
) -> None:
    told = told_of(scene)
    assert (told["fit"], told["act"], told["over_several_acts"]) == ("partial", 1, True)
    found(scene, second)
    told = told_of(scene)
    assert (told["fit"], told["act"], told["over_several_acts"]) == ("fits", 2, False)
    assert told["act_if_everybody_agreed"] == 2
    made = written(scene, LAW)
    assert [each["act"] for each in made.outcome] == [1, 2]


def test_pages_and_sentences_name_the_act(scene: Scene, second: DossierAct) -> None:
    laws, listed = f"{scene.dossier.pk}/laws/?law={LAW}", f"listed/?law={LAW}"
    assert SEVERAL in page_of(scene, laws)
    assert re.search(rf"Act 1 · EU Global [\w ]{{1,60}}: missing evidence of .*?{SEVERAL}",
                     page_of(scene, listed))  # fmt: skip
    found(scene, second)
    assert "Every element is met · Act 2" in page_of(scene, laws)
    assert "Act 2 · The conduct meets EU Global" in page_of(scene, listed)
    whole = page_of(scene, f"{scene.dossier.pk}/")
    assert "Profit from the act · Act 1 · Person 1" in whole
    assert "Order or direction to do the act · Act 2 · Person 2" in whole


def test_the_paper_names_the_act_by_its_own_number(scene: Scene, second: DossierAct) -> None:
    told = paper_of(scene)
    assert SEVERAL in told
    assert "Antoinette Maubon · Some elements are met in part · Act 1" in told
    found(scene, second)
    told = paper_of(scene)
    assert SEVERAL not in told
    assert "Antoinette Maubon · Every element is met · Act 2" in told


def test_the_terminal_names_the_act(scene: Scene, second: DossierAct) -> None:
    asked = ("test", str(scene.dossier.pk), "--law", LAW)
    told = run_at_terminal(commands, *asked, person=scene.desk.documenter)
    assert "partial (act 1); met over several acts, none carries all" in told
    found(scene, second)
    told = run_at_terminal(commands, *asked, "--json", person=scene.desk.documenter)
    assert {each["tests"][0]["act"] for each in json.loads(told)} == {1, 2}
