"""What only a partner's source carries goes into no paper: names of the alleged and of victims."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from tests.attacks.sharing_scene import accepted
from tests.attacks.sharing_scene import make_scene as make_exchange
from tests.repression.dossiers.factories import AT, UNION, Scene, agree, make_scene, written
from tests.repression.dossiers.test_papers_as_read import paper
from tests.repression.dossiers.test_submissions import another, bytes_of, consent
from undaunted.core.accounts.actions import acting_as
from undaunted.core.consent.actions import record_consent
from undaunted.core.consent.rules import Audience, Basis, FieldGroup, IdentityLevel, Purpose
from undaunted.core.evidence.actions import cite, record_source
from undaunted.core.evidence.queries import sources_for
from undaunted.core.evidence.rules import Grade, SourceKind
from undaunted.core.standards.rules import Value
from undaunted.core.vault.actions import new_receiving_key, open_abroad
from undaunted.repression.dossiers.actions import (
    Evidence,
    record_accused,
    record_detail,
    record_finding,
    record_link,
    record_post,
)
from undaunted.repression.dossiers.queries import agreed_to
from undaunted.repression.dossiers.rules import DetailKind, SubmissionRefused, audience_for

if TYPE_CHECKING:
    from collections.abc import Callable
    from uuid import UUID

    from undaunted.core.evidence.models import Source

pytestmark = pytest.mark.usefixtures("ledger")
LAW = "eu-2020-1998"
ALONE = "every source of it came from a partner who lets it go no further"


@pytest.fixture
def scene(owner_sql: Any) -> Scene:
    made = make_scene(owner_sql)
    agree(made, UNION)
    return made


@pytest.fixture
def sent(scene: Scene, owner_sql: Any) -> Callable[[str, UUID], None]:
    """Let a record be one that a partner sent who keeps it to us."""
    accepted(make_exchange(owner_sql))

    def mark(kind: str, subject: UUID) -> None:
        owner_sql(
            "INSERT INTO sharing_kept (id, holder, sharing, item_id, subject_kind, subject, until)"
            " SELECT gen_random_uuid(), %s, sharing, item_id, %s, %s, until"
            " FROM sharing_kept WHERE subject_kind = 'party' LIMIT 1",
            [scene.desk.organisation, kind, subject],
        )

    return mark


def _source(scene: Scene, title: str) -> Source:
    with acting_as(scene.desk.documenter) as actor:
        return record_source(
            scene.desk.organisation, kind=SourceKind.OTHER, title=title, actor=actor, at=AT
        )


def _uncarried(owner_sql: Any, scene: Scene) -> None:
    """Let nothing carry the victim's record, as one that was recorded by what a partner sent."""
    owner_sql(
        "UPDATE evidence_citation SET withdrawn_at = recorded_at"
        " WHERE subject_kind = 'party' AND subject_id = %s",
        [scene.subject],
    )


def _told_names(scene: Scene) -> tuple[str, ...]:
    with acting_as(scene.desk.documenter) as actor:
        return agreed_to(
            actor, scene.subject, holder=scene.desk.organisation, audience=audience_for("EU"),
            on=AT.date(),
        ).told_names  # fmt: skip


def test_a_name_of_somebody_alleged_that_a_partner_alone_told_stops_the_paper(
    scene: Scene, sent: Callable[[str, UUID], None]
) -> None:
    theirs, ours = _source(scene, "Theirs"), _source(scene, "Ours")
    sent("source", theirs.pk)
    with acting_as(scene.desk.documenter) as actor:
        who: dict[str, Any] = {"actor": actor, "at": AT}
        rest = Evidence((theirs.pk,), Grade.parse("C3"))
        alias = record_detail(
            scene.prosecutor, DetailKind.BIRTHPLACE, "Zenda", evidence=rest, **who
        )
        record_finding(
            scene.dossier,
            "gross_systematic",
            Value.UNCLEAR,
            "By what they say.",
            evidence=rest,
            **who,
        )
    with pytest.raises(SubmissionRefused) as refused:
        written(scene, LAW)
    assert [each for each in refused.value.problems if ALONE in each] == [
        f"Antoinette Maubon, birthplace: {ALONE}; cite a source of yours, or take it out",
        f"gross_systematic: {ALONE}; cite a source of yours, or take it out",
    ]
    with acting_as(scene.desk.documenter) as actor:
        cite(ours, subject_kind="dossier_detail", subject_id=alias.pk, actor=actor, at=AT)
    with pytest.raises(SubmissionRefused) as again:
        written(scene, LAW)
    assert [each for each in again.value.problems if "birthplace" in each] == []


def test_beside_a_source_of_ours_that_of_a_partner_is_not_told_of(
    scene: Scene, sent: Callable[[str, UUID], None]
) -> None:
    theirs = _source(scene, "Theirs")
    with acting_as(scene.desk.documenter) as actor:
        (ours, *_) = [e for e in sources_for(actor) if e.title == "Order of 5 March"]
        rest = Evidence((ours.pk, theirs.pk), Grade.parse("C3"))
        record_detail(
            scene.prosecutor, DetailKind.BIRTHPLACE, "Zenda", evidence=rest, actor=actor, at=AT
        )
    assert "Theirs" in paper(scene, written(scene, LAW))
    sent("source", theirs.pk)
    told = paper(scene, written(scene, LAW))
    assert "Zenda" in told
    assert "Theirs" not in told
    assert "C3 [2]" not in told


@pytest.mark.parametrize("what", ["post", "link"])
def test_a_question_of_command_that_a_partner_alone_carries_stops_a_paper_about_another(
    scene: Scene, sent: Callable[[str, UUID], None], what: str
) -> None:
    """What a guard held and did is told below whoever is asked about, without the guard's name."""
    theirs, ours = _source(scene, "Theirs"), _source(scene, "Ours")
    sent("source", theirs.pk)
    subject, act = another(scene)
    of = {each: theirs if each == what else ours for each in ("post", "link")}
    with acting_as(scene.desk.documenter) as actor:
        who: dict[str, Any] = {"actor": actor, "at": AT}
        rests = {each: Evidence((of[each].pk,), Grade.parse("B2")) for each in of}
        guard = record_accused(scene.dossier, "Fritz Tarlen", evidence=rests["post"], **who)
        post = record_post(
            guard, "Guard of the tower", above="Commander of the Guard", start="2023",
            evidence=rests["post"], **who,
        )  # fmt: skip
        link = record_link(guard, act, "committed", "Shut it.", evidence=rests["link"], **who)
    consent(scene, subject, UNION, FieldGroup.DETENTION)
    with pytest.raises(SubmissionRefused) as refused:
        written(scene, LAW, people=[scene.commander.pk])
    told = "post" if what == "post" else "committed"
    said = f"Fritz Tarlen, {told}: {ALONE}; cite a source of yours, or take it out"
    assert [each for each in refused.value.problems if ALONE in each] == [said]
    part = post if what == "post" else link
    with acting_as(scene.desk.documenter) as actor:
        cite(ours, subject_kind=f"dossier_{what}", subject_id=part.pk, actor=actor, at=AT)
    told = paper(scene, written(scene, LAW, people=[scene.commander.pk]))
    assert "Guard of the tower" in told
    assert "Fritz Tarlen" not in told


def test_names_of_a_record_that_rests_on_a_partners_source_alone_are_not_told(
    owner_sql: Any, scene: Scene, sent: Callable[[str, UUID], None]
) -> None:
    _uncarried(owner_sql, scene)
    theirs, ours = _source(scene, "Theirs"), _source(scene, "Ours")
    assert "Olena Korsak" in _told_names(scene)
    with acting_as(scene.desk.documenter) as actor:
        cite(theirs, subject_kind="party", subject_id=scene.subject, actor=actor, at=AT)
    sent("source", theirs.pk)
    assert not _told_names(scene)
    with acting_as(scene.desk.documenter) as actor:
        cite(ours, subject_kind="party", subject_id=scene.subject, actor=actor, at=AT)
    assert "Olena Korsak" in _told_names(scene)


def test_of_whom_no_name_may_be_told_paper_and_sealed_list_say_so(
    owner_sql: Any, scene: Scene, sent: Callable[[str, UUID], None]
) -> None:
    _uncarried(owner_sql, scene)
    theirs = _source(scene, "Theirs")
    with acting_as(scene.desk.documenter) as actor:
        cite(theirs, subject_kind="party", subject_id=scene.subject, actor=actor, at=AT)
    sent("source", theirs.pk)
    keys = new_receiving_key()
    recipient = next(each for each in keys if each.startswith("age1"))
    secret = next(each for each in keys if each != recipient)
    nobody = "Person 1 agreed to be named, but no name of theirs goes along"
    made = written(scene, LAW, key=recipient)
    assert "victims.age" not in bytes_of(scene, made), "it would hold no name"
    assert nobody in paper(scene, made)
    other, _ = another(scene)
    with acting_as(scene.desk.documenter) as actor:
        record_consent(
            other, actor=actor, at=AT, holder=scene.desk.organisation,
            purpose=Purpose.SANCTIONS_SUBMISSION, audience=Audience.parse(UNION),
            level=IdentityLevel.NAME, field_groups=(FieldGroup.DETENTION, FieldGroup.IDENTITY),
            basis=Basis.SELF, how="call", given_on=AT.date(), until=AT.date().replace(year=2030),
        )  # fmt: skip
    made = written(scene, LAW, key=recipient)
    assert nobody in paper(scene, made)
    assert nobody not in paper(scene, written(scene, LAW)), "without a key none goes along anyhow"
    envelope = bytes_of(scene, made)["victims.age"]
    assert envelope
    persons = json.loads(open_abroad(envelope, secret))["persons"]
    assert [(each["person"], bool(each["names"]), "note" in each) for each in persons] == [
        (1, False, True),
        (2, True, False),
    ]
    assert persons[0]["note"].startswith(nobody)
