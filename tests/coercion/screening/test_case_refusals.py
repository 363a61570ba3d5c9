"""What a page refuses stands at its field and in words, and a decided case asks for no decision."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.forms import CharField, Form

from tests.coercion.screening.deciding import REASONS, decision_proposed, screened
from tests.coercion.screening.factories import AT, Scene, make_scene
from tests.core.accounts.factories import signed_in_client
from undaunted.coercion.screening.actions import take_decision
from undaunted.coercion.screening.models import Decision
from undaunted.coercion.screening.pages.answers import against, tell
from undaunted.coercion.screening.queries import decision_for
from undaunted.coercion.screening.rules import ScreeningRefused
from undaunted.core.accounts.actions import acting_as

if TYPE_CHECKING:
    from django.test import Client

BOARD = "/desk/screening/"

pytestmark = pytest.mark.usefixtures("ledger")


@pytest.fixture
def scene(owner_sql: Any) -> Scene:
    return make_scene(owner_sql)


class _Asked(Form):
    to = CharField(required=False)
    file = CharField(required=False)
    on = CharField(required=False)


def told(refusal: str) -> dict[str, list[str]]:
    """Give what a form says after a refusal, by its fields."""
    form = _Asked({})
    form.is_valid()
    tell(form, ScreeningRefused(refusal))
    return {name: list(map(str, said)) for name, said in form.errors.items()}


@pytest.mark.parametrize(
    ("refusal", "field", "said"),
    [
        ("file: x.png: of no format that is known", "file", "x.png: of no format that is known"),
        ("file: row 3, source: it is empty; say it", "file", "row 3, source: it is empty; say it"),
        ("file: a.csv, row 3: the file ends in the middle of a row; fetch the file again", "file",
         "a.csv, row 3: the file ends in the middle of a row; fetch the file again"),
        ("stage: no decision is proposed yet; propose one first", "to",
         "no decision is proposed yet; propose one first"),
        ("case: it is closed; take it up again in a new one", "__all__",
         "Case: it is closed; take it up again in a new one"),
        ("critical-infrastructure: it is assessed twice; keep one", "__all__",
         "Critical infrastructure"),
        ("on: fdi-comments: 2026-11-20 lies before 2026-12-25; give a day from then on", "on",
         "Member States comment and Commission gives its opinion: 2026-11-20 lies before"),
        ("it is too late", "__all__", "it is too late"),
    ],
)  # fmt: skip
def test_a_refusal_stands_at_its_field_without_a_code(refusal: str, field: str, said: str) -> None:
    found = told(refusal)
    assert list(found) == [field]
    assert found[field][0].startswith(said)
    assert against(ScreeningRefused("stage: nothing is decided of a case that stands at x")) == (
        "Stage: nothing is decided of a case that stands at x"
    )


def said_at(page: Client, address: str, given: dict[str, Any], field: str) -> str:
    """Post to a page that refuses; give what stands at a field."""
    answer = page.post(address, given)
    shown = answer.content.decode()
    assert answer.status_code == 422, shown
    errors = re.findall(rf'id="id_{field}_error"[^>]*>(.*?)</(?:ul|p|div)>', shown, re.DOTALL)
    return " ".join(errors)


def test_pages_of_a_case_refuse_at_the_field_and_in_words(scene: Scene) -> None:
    page = signed_in_client(scene.own.documenter)
    case = f"{BOARD}cases/{scene.case.pk}/"
    png = SimpleUploadedFile("x.png", b"\x89PNG\r\n\x1a\n" + bytes(40), "image/png")
    at_file = said_at(page, f"{case}evidence/", {"file": png, "source": "annex"}, "file")
    assert "x.png" in at_file
    assert "file: " not in at_file
    begun = {"holder": str(scene.own.id), "reference": "ferry one", "title": "Ferries",
             "jurisdiction": "XF", "origin": "filed"}  # fmt: skip
    named = said_at(page, f"{BOARD}new/", begun, "reference")
    assert "60 small letters, figures and hyphens at most" in named
    factor = {"factor": "model critical-infrastructure", "finding": "present", "reasons": "no"}
    shown = said_at(page, f"{case}factor/", factor, "reasons")
    assert "give reasons" in shown
    assert "critical-infrastructure" not in shown
    assert "name the evidence" in said_at(page, f"{case}factor/", factor, "evidence")


def test_no_decision_is_asked_for_of_a_case_that_is_decided_or_waits_for_it(
    owner_sql: Any,
) -> None:
    scene = screened(owner_sql)
    page = signed_in_client(scene.own.documenter)
    address = f"{BOARD}cases/{scene.case.pk}/propose/"
    assert page.get(address).status_code == 200
    proposed = decision_proposed(scene)
    waits = page.get(address)
    assert waits.status_code == 409
    assert "Decision: one is proposed and waits for a second person" in waits.content.decode()
    with acting_as(scene.own.publisher) as actor:
        held = decision_for(actor, proposed.pk)
        assert held is not None
        take_decision(held, actor=actor, at=AT)
    shown = page.get(address)
    assert shown.status_code == 409
    said = "nothing is decided of a case that stands at decided"
    assert f"Stage: {said}" in shown.content.decode()
    assert 'name="reasons"' not in shown.content.decode()
    told = {"regime": "model", "kind": "clear", "reasons": REASONS, "day": "2026-11-20"}
    sent = page.post(address, told)
    assert sent.status_code == 422
    assert said in sent.content.decode()
    with acting_as(scene.own.documenter):
        assert Decision.objects.filter(case=scene.case).count() == 1
