"""What a submission is asked for: refused by field, written in the language of the recipient."""

from __future__ import annotations

import io
import zipfile
from datetime import timedelta
from typing import Any

import pytest

from tests.repression.dossiers.factories import AT, UNION, Scene, agree, make_scene, written
from tests.repression.dossiers.test_submissions import released
from undaunted.core.accounts.actions import acting_as
from undaunted.repression.dossiers.actions import open_submission_file
from undaunted.repression.dossiers.rules import DossierRefused

pytestmark = pytest.mark.usefixtures("ledger")
LATER = AT + timedelta(hours=1)


@pytest.fixture
def scene(owner_sql: Any) -> Scene:
    return make_scene(owner_sql)


def test_the_plan_is_refused_by_field(scene: Scene) -> None:
    agree(scene, UNION)
    for law, plan, why in (
        ("no-such-law", {}, "law: "),
        ("eu-2020-1998", {"language": "xx"}, "language: "),
        ("eu-2020-1998", {"recipient": " "}, "recipient: "),
        ("eu-2020-1998", {"recipient": "The \u202elicnuoC"}, "recipient: it holds a sign"),
        ("eu-2020-1998", {"recipient": "The Council\x1b[2J"}, "recipient: it holds a sign"),
        ("eu-2020-1998", {"recipient": "The Council\nTLP:CLEAR"}, "recipient: it holds a sign"),
        ("eu-2020-1998", {"people": [scene.subject]}, "people: "),
        ("eu-2020-1998", {"partner": scene.subject}, "partner: "),
    ):
        with pytest.raises(DossierRefused, match=why):
            written(scene, law, **plan)


def test_a_paper_runs_from_right_to_left_in_arabic(scene: Scene) -> None:
    agree(scene, UNION)
    made = written(scene, "eu-2020-1998", language="ar")
    made = released(scene, made)
    with acting_as(scene.desk.documenter) as actor:
        given = open_submission_file(made, "submission.docx", actor=actor, at=LATER)
    with zipfile.ZipFile(io.BytesIO(bytes(given.content or b""))) as file:
        assert "w:bidi" in file.read("word/document.xml").decode()
