"""A document that fell lies in no paper any more, and the team of its dossiers learns so."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

import pytest

from tests.core.accounts.factories import signed_in_client
from tests.repression.dossiers.factories import AT, UNION, Scene, agree, make_scene, written
from tests.repression.dossiers.test_dossier_programs import _ask, _program
from tests.repression.dossiers.test_submissions import (
    LATER,
    bytes_of,
    now_of,
    released,
    the_source,
)
from undaunted.core.accounts.actions import acting_as
from undaunted.core.consent.actions.news import announce, deliver
from undaunted.core.consent.rules import FieldGroup
from undaunted.core.evidence.actions import (
    make_clean_copy,
    make_redacted_copy,
    record_custody,
    store_document,
    withdraw_redacted_copy,
)
from undaunted.core.evidence.rules import CustodyKind, Ground, marks_of
from undaunted.repression.dossiers.actions import add_annex, release_submission
from undaunted.repression.dossiers.queries import submission_for, submission_named
from undaunted.repression.dossiers.rules import SubmissionRefused

if TYPE_CHECKING:
    from collections.abc import Sequence
    from uuid import UUID

    from undaunted.core.evidence.models import Document, RedactedCopy
    from undaunted.repression.dossiers.models import Submission

pytestmark = pytest.mark.usefixtures("ledger")
LAW = "eu-2020-1998"
WORDS = b"The gazette of 5 March."
FELL = "A document that went along was withdrawn"


@pytest.fixture
def scene(owner_sql: Any) -> Scene:
    made = make_scene(owner_sql)
    agree(made, UNION)
    return made


def annexed(
    scene: Scene, *, redacted: bool = False, shows: Sequence[UUID] = (), words: bytes = WORDS
) -> tuple[Document, RedactedCopy | None]:
    with acting_as(scene.desk.documenter) as actor:
        who: dict[str, Any] = {"actor": actor, "at": AT}
        held = store_document(
            io.BytesIO(words), the_source(scene, actor), media_type="text/plain", **who
        )
        make_clean_copy(held, **who)
        copy = None
        if redacted:
            copy = make_redacted_copy(held, marks_of(["gazette"], ()), Ground.SAFETY, **who)
        add_annex(
            scene.dossier, held.pk, "Order", shows=shows, redacted=copy.pk if copy else None, **who
        )
        return held, copy


def withdrawn(scene: Scene, document: Document) -> None:
    with acting_as(scene.desk.documenter) as actor:
        record_custody(document, CustodyKind.WITHDRAWN, actor=actor, at=LATER)


def refusal(scene: Scene, submission: Submission) -> str:
    with acting_as(scene.desk.publisher) as actor:
        held = submission_for(actor, submission.pk)
        assert held
        with pytest.raises(SubmissionRefused) as refused:
            release_submission(held, actor=actor, at=LATER)
    return str(refused.value)


def test_paper_that_waits_loses_a_withdrawn_annex_and_release_names_it(scene: Scene) -> None:
    document, _ = annexed(scene)
    made = written(scene, LAW)
    assert bytes_of(scene, made)["annexes.zip"]
    withdrawn(scene, document)
    held = bytes_of(scene, made)
    assert held["annexes.zip"] is None
    assert held["submission.docx"], "the words of the paper are no annex"
    assert now_of(scene, made).state == "written"
    assert "annex “Order”: it has no copy that lies open" in refusal(scene, made)


def test_paper_that_went_out_ends_and_its_page_says_why(scene: Scene, owner_sql: Any) -> None:
    document, _ = annexed(scene)
    made = released(scene, written(scene, LAW))
    assert made.state == "released"
    withdrawn(scene, document)
    ended = now_of(scene, made)
    assert (ended.state, ended.why) == ("ended", "fallen")
    assert set(bytes_of(scene, made).values()) == {None}
    client = signed_in_client(scene.desk.documenter)
    page = client.get(f"/desk/dossiers/submissions/{made.pk}/").content.decode()
    assert FELL in page
    assert "The recipient may hold a copy" in page
    with acting_as(scene.desk.documenter) as actor:
        named = submission_named(actor, made.pk)
        assert named
        assert named.mark.endswith(f"· Ended · {FELL}"), "a proposal that names it says so"
    with acting_as(scene.desk.stranger) as actor:
        assert submission_named(actor, made.pk) is None
    told = owner_sql(
        "SELECT r.handler, r.done::text FROM consent_receipt r JOIN consent_news n"
        " ON n.id = r.news_id WHERE r.handler IN ('dossiers', 'sharing') AND n.kind = 'fallen'"
    )
    assert sorted(told) == [("dossiers", "{}"), ("sharing", "{}")], (
        "who reads receipts is told of no paper, and not what lies at partners"
    )


def test_page_of_the_dossier_and_the_api_say_which_annex_fell(scene: Scene) -> None:
    document, _ = annexed(scene)
    client, one = signed_in_client(scene.desk.documenter), f"/desk/dossiers/{scene.dossier.pk}/"
    assert ">withdrawn<" not in client.get(one).content.decode()
    withdrawn(scene, document)
    assert ">withdrawn<" in client.get(one).content.decode()
    told = _ask(_program(scene.desk.documenter), "GET", f"/desk/{scene.dossier.pk}")
    assert [each["fallen"] for each in told.json()["annexes"]] == [True]
    stranger = signed_in_client(scene.desk.stranger)
    assert stranger.get(one).status_code == 404


def test_copy_in_which_something_was_overlooked_lies_in_no_paper(scene: Scene) -> None:
    _, copy = annexed(scene, redacted=True)
    assert copy
    waits = written(scene, LAW)
    out = released(scene, written(scene, LAW, recipient="Another council (invented)"))
    with acting_as(scene.desk.documenter) as actor:
        withdraw_redacted_copy(copy, actor=actor, at=LATER)
    assert bytes_of(scene, waits)["annexes.zip"] is None
    assert (now_of(scene, waits).state, now_of(scene, out).why) == ("written", "fallen")


def test_news_of_what_stands_makes_nothing_fall(scene: Scene) -> None:
    """News alone proves nothing: the evidence itself is asked."""
    document, _ = annexed(scene)
    out = released(scene, written(scene, LAW))
    with acting_as(scene.desk.stranger) as actor:
        deliver(announce("fallen", document.pk, LATER), actor=actor, at=LATER)
    assert now_of(scene, out).state == "released"
    assert bytes_of(scene, out)["annexes.zip"]


def test_paper_written_before_the_annex_or_without_it_stays(scene: Scene) -> None:
    bare = released(scene, written(scene, LAW))
    document, _ = annexed(scene)
    withdrawn(scene, document)
    assert now_of(scene, bare).state == "released"


def test_paper_that_never_took_a_document_along_outlives_it(owner_sql: Any) -> None:
    scene = make_scene(owner_sql)
    agree(scene, UNION, FieldGroup.DETENTION, FieldGroup.IDENTITY)
    hers, _ = annexed(scene, shows=[scene.subject])
    gazette, _ = annexed(scene, words=b"The gazette of 6 March.")
    waits = written(scene, LAW)
    out = released(scene, written(scene, LAW, recipient="Another council (invented)"))
    withdrawn(scene, hers)
    assert now_of(scene, out).state == "released"
    for paper in (waits, out):
        assert bytes_of(scene, paper)["annexes.zip"]
    page = signed_in_client(scene.desk.documenter).get(f"/desk/dossiers/{scene.dossier.pk}/")
    assert ">withdrawn<" in page.content.decode(), "the dossier is told in any case"
    withdrawn(scene, gazette)
    assert (now_of(scene, waits).state, now_of(scene, out).why) == ("written", "fallen")
    assert bytes_of(scene, waits)["annexes.zip"] is None


def test_paper_of_which_it_is_not_known_is_taken_for_one_that_took_it(owner_sql: Any) -> None:
    """Written before it was kept which annexes went along."""
    scene = make_scene(owner_sql)
    agree(scene, UNION, FieldGroup.DETENTION, FieldGroup.IDENTITY)
    hers, _ = annexed(scene, shows=[scene.subject])
    annexed(scene, words=b"The gazette of 6 March.")
    waits = written(scene, LAW)
    owner_sql("UPDATE dossiers_submission SET annexes = NULL")
    out = released(scene, waits)
    assert out.state == "released"
    withdrawn(scene, hers)
    assert now_of(scene, out).why == "fallen"


def test_paper_goes_out_with_the_annexes_alone_that_were_kept_of_it(
    scene: Scene, owner_sql: Any
) -> None:
    annexed(scene)
    made = written(scene, LAW)
    owner_sql("UPDATE dossiers_submission SET annexes = '{}'")
    assert "what it tells changed after this was written" in refusal(scene, made)
