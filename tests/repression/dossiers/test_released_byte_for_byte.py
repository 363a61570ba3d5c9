"""What goes out is what was read: no other bytes beside the draft, no annexes that are gone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest
from django.db import connection, transaction

from tests.repression.dossiers.factories import UNION, Scene, agree, make_scene, written
from tests.repression.dossiers.test_annexes_redacted import inside
from tests.repression.dossiers.test_fallen_annexes import annexed, refusal
from tests.repression.dossiers.test_submissions import bytes_of, now_of, released
from undaunted.core.accounts.actions import acting_as
from undaunted.repression.dossiers.queries import files_given
from undaunted.repression.dossiers.rules import SubmissionRefused, open_address, opens

if TYPE_CHECKING:
    from undaunted.repression.dossiers.models import Submission

pytestmark = pytest.mark.usefixtures("ledger")
LAW = "eu-2020-1998"
CHANGED = "what it tells changed after this was written; write it anew"


@pytest.fixture
def scene(owner_sql: Any) -> Scene:
    made = make_scene(owner_sql)
    agree(made, UNION)
    return made


def _put(owner_sql: Any, made: Submission, name: str, content: bytes | None) -> None:
    """Put other bytes in the place of a file, as whoever writes it can in their transaction."""
    owner_sql("ALTER TABLE dossiers_submissionfile DISABLE TRIGGER USER")
    owner_sql(
        "UPDATE dossiers_submissionfile SET content = %s WHERE submission_id = %s AND name = %s",
        [content, made.pk, name],
    )
    owner_sql("ALTER TABLE dossiers_submissionfile ENABLE TRIGGER USER")


@pytest.mark.parametrize("name", ["submission.pdf", "submission.docx", "draft.pdf"])
def test_another_paper_beside_the_draft_is_not_released(
    scene: Scene, owner_sql: Any, name: str
) -> None:
    made = written(scene, LAW)
    held = bytes_of(scene, made)[name]
    assert held
    _put(owner_sql, made, name, held + b"%")
    with pytest.raises(SubmissionRefused, match=CHANGED):
        released(scene, made)
    _put(owner_sql, made, name, held)
    assert released(scene, made).state == "released"


def test_a_paper_whose_annexes_are_gone_is_not_released(scene: Scene, owner_sql: Any) -> None:
    annexed(scene)
    made = written(scene, LAW)
    assert inside(scene, made)
    held = bytes_of(scene, made)["annexes.zip"]
    _put(owner_sql, made, "annexes.zip", None)
    assert CHANGED in refusal(scene, made)
    _put(owner_sql, made, "annexes.zip", held)
    assert released(scene, made).state == "released"


def test_of_a_paper_that_never_went_out_no_paper_is_told(scene: Scene, owner_sql: Any) -> None:
    made = written(scene, LAW)
    owner_sql("ALTER TABLE dossiers_submission DISABLE TRIGGER USER")
    owner_sql("UPDATE dossiers_submission SET state = 'ended', ended_at = now(), why = 'desk'")
    owner_sql("ALTER TABLE dossiers_submission ENABLE TRIGGER USER")
    with acting_as(scene.desk.documenter) as actor:
        assert not files_given(actor, now_of(scene, made))
    assert opens("submission.pdf", "ended", released=True)
    assert not opens("submission.pdf", "written", released=False)


def test_news_that_was_dealt_with_ends_no_later_paper(scene: Scene, owner_sql: Any) -> None:
    grant = owner_sql("SELECT id FROM consent_grant WHERE purpose = 'sanctions_submission' LIMIT 1")
    news = uuid4()
    owner_sql(
        "INSERT INTO consent_news (id, kind, subject, at, detail)"
        " VALUES (%s, 'revoked', %s, now(), jsonb_build_object('grant', %s::text))",
        [news, scene.subject, str(grant[0][0])],
    )
    owner_sql(
        "INSERT INTO consent_receipt (news_id, handler, at, done)"
        " VALUES (%s, 'dossiers', now(), '{}')",
        [news],
    )
    made = written(scene, LAW)
    with acting_as(scene.desk.stranger), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT * FROM dossiers_heed(%s)", [news])
        assert cursor.fetchall() == [(0, 0)]
    assert now_of(scene, made).state == "written"


@pytest.mark.parametrize(
    ("address", "told"),
    [
        (
            "https://gazette.example.org/2026/3?page=2#top",
            "https://gazette.example.org/2026/3?page=2",
        ),
        ("https://gazette.example.org/a?access_token=abc", "https://gazette.example.org/a"),
        ("https://dora:secret@gazette.example.org/a", ""),
        ("file:///srv/witness.pdf", ""),
        ("http://archive/case", ""),
        ("http://192.168.1.4/case", ""),
        ("http://files.local/case", ""),
        ("https://[broken", ""),
    ],
)
def test_an_address_of_ones_own_rooms_or_with_a_key_is_not_told(address: str, told: str) -> None:
    assert open_address(address) == told
