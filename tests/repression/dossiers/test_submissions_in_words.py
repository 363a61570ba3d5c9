"""What a submission must not pass over: unsearched names, its own language, what ran out since."""

from __future__ import annotations

import io
import zipfile
from datetime import timedelta
from typing import Any

import pytest
from django.utils.html import escape
from django.utils.translation import override

from tests.repression.dossiers.factories import (
    AT,
    GB,
    UNION,
    Scene,
    agree,
    make_scene,
    written,
)
from tests.repression.dossiers.test_submissions import another, bytes_of, consent, released
from undaunted.core.accounts.actions import acting_as
from undaunted.core.consent.actions import record_consent
from undaunted.core.consent.rules import Audience, Basis, FieldGroup, IdentityLevel, Purpose
from undaunted.core.evidence.rules import Grade
from undaunted.repression.dossiers.actions import (
    Evidence,
    record_detail,
    release_submission,
)
from undaunted.repression.dossiers.rules import (
    DetailKind,
    SubmissionRefused,
)
from undaunted.site.english import law_told

pytestmark = pytest.mark.usefixtures("ledger")


@pytest.fixture
def scene(owner_sql: Any) -> Scene:
    return make_scene(owner_sql)


def test_a_name_that_nobody_searched_the_lists_for_stops_the_submission(scene: Scene) -> None:
    agree(scene, UNION)
    told: dict[str, Any] = {"at": AT, "evidence": Evidence((scene.source,), Grade.parse("A1"))}
    with acting_as(scene.desk.documenter) as actor:
        record_detail(scene.commander, DetailKind.BIRTHPLACE, "Strelsau", actor=actor, **told)
    assert written(scene, "eu-2020-1998").state == "written"
    with acting_as(scene.desk.documenter) as actor:
        record_detail(scene.commander, DetailKind.NAME, "Руперт Хентцау", actor=actor, **told)
    with pytest.raises(SubmissionRefused, match="search the lists"):
        written(scene, "eu-2020-1998")


def test_facts_elements_and_acts_stand_in_the_language_of_the_paper(scene: Scene) -> None:
    agree(scene, UNION)
    told = bytes_of(scene, written(scene, "eu-2020-1998", language="fr"))["submission.docx"]
    assert told
    with zipfile.ZipFile(io.BytesIO(told)) as file:
        text = file.read("word/document.xml").decode()
    with override("fr"):
        words = [law_told("Arbitrary arrest or detention"), law_told("Link of the person")]
    assert "Arbitrary arrest or detention" not in {*words}
    for each in words:
        assert escape(each) in text
    assert "Arbitrary arrest" not in text
    assert "Pre-trial detention" not in text
    assert "(secondary)" not in text


def test_an_agreement_about_one_part_that_ran_out_stops_the_release(scene: Scene) -> None:
    agree(scene, GB)
    subject, _ = another(scene, torture=True)
    consent(scene, subject, GB, FieldGroup.DETENTION)
    with acting_as(scene.desk.documenter) as actor:
        record_consent(
            subject, actor=actor, at=AT, holder=scene.desk.organisation,
            purpose=Purpose.SANCTIONS_SUBMISSION, audience=Audience.parse(GB),
            level=IdentityLevel.NAME, field_groups=(FieldGroup.HEALTH,), basis=Basis.SELF,
            how="call", given_on=AT.date(), until=AT.date() + timedelta(days=2),
        )  # fmt: skip
    made = written(scene, "gb-ghrsr-2020")
    with acting_as(scene.desk.publisher) as actor:
        late = release_submission(made, actor=actor, at=AT + timedelta(days=3))
    assert (late.state, late.why) == ("ended", "consent")
    again = written(scene, "gb-ghrsr-2020")
    assert released(scene, again).state == "released"
