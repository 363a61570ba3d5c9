"""A second person who has read it releases a submission, and everybody is asked again."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from tests.repression.dossiers.factories import AT, UNION, Scene, agree, make_scene, written
from tests.repression.dossiers.test_submissions import LATER, released
from undaunted.core.access.rules import Forbidden
from undaunted.core.accounts.actions import acting_as
from undaunted.repression.dossiers.actions import open_submission_file, release_submission
from undaunted.repression.dossiers.rules import DRAFT, DossierRefused, SubmissionRefused

pytestmark = pytest.mark.usefixtures("ledger")


@pytest.fixture
def scene(owner_sql: Any) -> Scene:
    return make_scene(owner_sql)


def test_two_people_release_and_consent_is_asked_again(scene: Scene) -> None:
    agree(scene, UNION)
    made = written(scene, "eu-2020-1998")
    with acting_as(scene.desk.documenter) as actor, pytest.raises(Forbidden):
        release_submission(made, actor=actor, at=LATER)
    with acting_as(scene.desk.reviewer) as actor, pytest.raises(Forbidden):
        release_submission(made, actor=actor, at=LATER)
    with acting_as(scene.desk.publisher) as actor:
        late = release_submission(made, actor=actor, at=AT + timedelta(days=9000))
    assert (late.state, late.why) == ("ended", "consent")
    other = released(scene, written(scene, "eu-2020-1998"))
    assert other.state == "released"
    with pytest.raises(DossierRefused, match="it was released or has ended"):
        released(scene, other)


def test_whoever_releases_has_opened_what_goes_out_themselves(scene: Scene) -> None:
    agree(scene, UNION)
    first, made = written(scene, "eu-2020-1998"), written(scene, "eu-2020-1998")
    with acting_as(scene.desk.documenter) as actor:
        open_submission_file(made, DRAFT, actor=actor, at=AT)
    with acting_as(scene.desk.publisher) as actor:
        open_submission_file(first, DRAFT, actor=actor, at=LATER)
        with pytest.raises(SubmissionRefused, match=r"draft\.pdf: open it first"):
            release_submission(made, actor=actor, at=LATER)
        open_submission_file(made, DRAFT, actor=actor, at=LATER)
        assert release_submission(made, actor=actor, at=LATER).state == "released"
