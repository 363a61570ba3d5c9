"""A submission about some of a dossier's people tells nothing that is about the others alone."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING, Any

import pytest
from django.db import DatabaseError, connection, transaction

from tests.repression.dossiers.factories import AT, UNION, Scene, agree, make_scene, written
from tests.repression.dossiers.test_submissions import LATER, another, bytes_of, consent, the_source
from undaunted.core.accounts.actions import acting_as
from undaunted.core.consent.actions import revoke_consent
from undaunted.core.consent.queries import grant_rows_for
from undaunted.core.consent.rules import FieldGroup
from undaunted.core.evidence.actions import make_clean_copy, store_document
from undaunted.core.evidence.rules import Grade
from undaunted.core.standards.rules import Value
from undaunted.repression.dossiers.actions import (
    DossierPlan,
    Evidence,
    add_annex,
    end_submission,
    record_accused,
    record_finding,
    record_link,
    rewrite_submission,
    withdraw_part,
    write_dossier,
)
from undaunted.repression.dossiers.queries import links_in, subjects_of, submission_for
from undaunted.repression.dossiers.rules import DossierRefused, PartyKind, SubmissionRefused

if TYPE_CHECKING:
    from uuid import UUID

    from undaunted.repression.dossiers.models import DossierAct, Submission

pytestmark = pytest.mark.usefixtures("ledger")


@pytest.fixture
def scene(owner_sql: Any) -> Scene:
    return make_scene(owner_sql)


@pytest.fixture
def other(scene: Scene) -> UUID:
    """Add a second victim, who agreed too; the commander alone is linked to the act."""
    agree(scene, UNION)
    subject, act = of_the_commander(scene)
    consent(scene, subject, UNION, FieldGroup.DETENTION, FieldGroup.DOCUMENTS)
    rest = Evidence((scene.source,), Grade.parse("A1"))
    with acting_as(scene.desk.documenter) as actor:
        told: dict[str, Any] = {"actor": actor, "at": AT, "evidence": rest}
        dossier = scene.dossier
        record_finding(dossier, "detention", Value.MET, "No judge saw Person 2.", act=act, **told)
        record_finding(
            dossier, "official", Value.MET, "He commanded there.", act=scene.act,
            accused=scene.commander, **told,
        )  # fmt: skip
    return subject


def of_the_commander(scene: Scene) -> tuple[UUID, DossierAct]:
    """Add a second victim, and link the commander instead of the prosecutor to the act."""
    subject, act = another(scene)
    rest = Evidence((scene.source,), Grade.parse("A1"))
    with acting_as(scene.desk.documenter) as actor:
        (link,) = links_in(actor, scene.dossier).filter(act=act)
        withdraw_part(scene.dossier, "link", link.pk, actor=actor, at=AT)
        record_link(scene.commander, act, "ordered", "Sent the guards.", actor=actor, at=AT,
                    evidence=rest)  # fmt: skip
    return subject, act


def paper_of(scene: Scene, made: Submission) -> str:
    told = bytes_of(scene, made)["submission.docx"]
    assert told
    with zipfile.ZipFile(io.BytesIO(told)) as file:
        return file.read("word/document.xml").decode()


def test_acts_and_findings_of_others_stay_out(scene: Scene, other: UUID) -> None:
    made = written(scene, "eu-2020-1998", people=[scene.prosecutor.pk])
    told = paper_of(scene, made)
    for text in ("No judge saw Person 1.", "Signed the order"):
        assert text in told, text
    for stranger in ("Person 2", "commanded there", "Sent the guards", "Prolonged", "Hentzau"):
        assert stranger not in told, stranger
    with acting_as(scene.desk.documenter) as actor:
        assert subjects_of(actor, made) == {scene.subject}


def test_acts_of_the_chosen_and_acts_of_everybody_stay(scene: Scene, other: UUID) -> None:
    his = paper_of(scene, written(scene, "eu-2020-1998", people=[scene.commander.pk]))
    whole = paper_of(scene, written(scene, "eu-2020-1998"))
    for told in (his, whole):
        for text in ("Person 1", "No judge saw Person 2.", "commanded there", "Sent the guards"):
            assert text in told, text
    assert "Signed the order" not in his
    assert "Signed the order" in whole


def test_only_acts_of_the_chosen_are_counted_as_left_out(scene: Scene) -> None:
    agree(scene, UNION)
    of_the_commander(scene)
    for person, left_out in ((scene.prosecutor, 0), (scene.commander, 1)):
        made = written(scene, "eu-2020-1998", people=[person.pk], summary="Person 1 was kept.")
        assert made.left_out == left_out


def test_a_question_of_command_calls_whoever_is_not_chosen_by_their_office(scene: Scene) -> None:
    agree(scene, UNION)
    subject, _ = another(scene)
    consent(scene, subject, UNION, FieldGroup.DETENTION)
    told = paper_of(scene, written(scene, "eu-2020-1998", people=[scene.commander.pk]))
    assert "Person 2" in told
    assert "above Prosecutor of Strelsau by these posts" in told
    assert "Maubon" not in told
    whole = paper_of(scene, written(scene, "eu-2020-1998"))
    assert "above Antoinette Maubon by these posts" in whole


def test_an_annex_on_which_only_others_rest_stays_out(scene: Scene, other: UUID) -> None:
    with acting_as(scene.desk.documenter) as actor:
        source = the_source(scene, actor)
        hers, theirs = (
            store_document(io.BytesIO(f"Order {n}".encode()), source, actor=actor, at=AT,
                           media_type="text/plain")
            for n in range(2)
        )  # fmt: skip
        rest = Evidence((scene.source,), Grade.parse("A1"), "p. 1", hers.pk)
        record_link(scene.prosecutor, scene.act, "assisted", "Sent the car.", actor=actor, at=AT,
                    evidence=rest)  # fmt: skip
        for each, title in ((hers, "Her order"), (theirs, "The order of the day")):
            make_clean_copy(each, actor=actor, at=AT)
            add_annex(scene.dossier, each.pk, title, shows=[], actor=actor, at=AT)
    with transaction.atomic():
        his = paper_of(scene, written(scene, "eu-2020-1998", people=[scene.commander.pk]))
    assert "Her order" not in his
    assert "The order of the day" in his
    assert "Her order" in paper_of(scene, written(scene, "eu-2020-1998"))


HIS = "The commander of the guard held Person 2."


def summed_up(scene: Scene, summary: str, title: str = "Detention in Strelsau (invented)") -> None:
    """Write title and summary of the whole dossier anew."""
    plan = DossierPlan(title, "XR", summary, team=list(scene.dossier.team))
    with acting_as(scene.desk.documenter) as actor:
        write_dossier(scene.dossier, plan, actor=actor, at=AT)


@pytest.mark.parametrize(
    ("summary", "why"),
    [
        ("Antoinette Maubon signed it.", "summary: it names Antoinette Maubon"),
        ("Detention under MAUBON.", "summary: it names Antoinette Maubon"),
    ],
)
def test_a_summary_that_tells_of_whoever_is_left_out_does_not_go_along(
    scene: Scene, other: UUID, summary: str, why: str
) -> None:
    del other
    summed_up(scene, summary)
    with pytest.raises(SubmissionRefused, match=f"{why}.{{0,60}}write a summary for this"):
        written(scene, "eu-2020-1998", people=[scene.commander.pk])
    another(scene)  # somebody who agreed to nothing
    summed_up(scene, f"{summary} Of Persons 1 and 3.")
    own = paper_of(scene, written(scene, "eu-2020-1998", people=[scene.commander.pk]))
    for stranger in ("Maubon", "Person 3", "Persons 1", summary):
        assert stranger not in own, stranger
    made = written(scene, "eu-2020-1998", people=[scene.commander.pk], summary=HIS)
    told = paper_of(scene, made)
    assert HIS in told
    for stranger in ("Maubon", "Person 3"):
        assert stranger not in told, stranger


def test_a_summary_of_its_own_names_nobody_left_out_either(scene: Scene, other: UUID) -> None:
    del other
    with pytest.raises(SubmissionRefused, match=r"it names Antoinette Maubon.{1,60}without"):
        written(scene, "eu-2020-1998", people=[scene.commander.pk], summary="Maubon asked him.")
    summed_up(scene, "A detention.", "Maubon and others (invented)")
    with pytest.raises(SubmissionRefused, match="title: it names Antoinette Maubon"):
        written(scene, "eu-2020-1998", people=[scene.commander.pk])
    assert written(
        scene, "eu-2020-1998", people=[scene.commander.pk], coincidences=["Maubon"]
    ).coincidences == ["Maubon"]


def test_a_body_is_named_by_its_whole_name(scene: Scene, other: UUID) -> None:
    del other
    rest = Evidence((scene.source,), Grade.parse("A1"))
    with acting_as(scene.desk.documenter) as actor:
        record_accused(scene.dossier, "Northern Prison", actor=actor, at=AT, evidence=rest,
                       kind=PartyKind.ORGANISATION)  # fmt: skip
    summed_up(scene, "It was in the north, in a prison.")
    written(scene, "eu-2020-1998", people=[scene.commander.pk])
    summed_up(scene, "It was in the northern  prison.")
    with pytest.raises(SubmissionRefused, match="summary: it names Northern Prison"):
        written(scene, "eu-2020-1998", people=[scene.commander.pk])


def test_a_body_with_a_short_name_is_not_named_by_a_part_of_a_word(
    scene: Scene, other: UUID
) -> None:
    del other
    rest = Evidence((scene.source,), Grade.parse("A1"))
    with acting_as(scene.desk.documenter) as actor:
        for name in ("GUR", "Амон", "Polisi"):
            record_accused(scene.dossier, name, actor=actor, at=AT, evidence=rest,
                           kind=PartyKind.ORGANISATION)  # fmt: skip
    summed_up(scene, "Figures of the detention.")
    written(scene, "eu-2020-1998", people=[scene.commander.pk])
    for summary in ("Figures of the GUR.", "GUR's cells.", "Бойцы Амона.", "Polisinin evi."):
        summed_up(scene, summary)
        with pytest.raises(SubmissionRefused, match=r"summary: it names (GUR|Амон|Polisi)"):
            written(scene, "eu-2020-1998", people=[scene.commander.pk])


def test_a_whole_submission_tells_of_nobody_who_did_not_agree(scene: Scene, other: UUID) -> None:
    del other
    another(scene)
    both = "Rupert Hentzau and Antoinette Maubon held Person"
    written(scene, "eu-2020-1998", summary=f"{both} 1.")
    with pytest.raises(SubmissionRefused, match="tells of Person 3"):
        written(scene, "eu-2020-1998", summary=f"{both} 3.")
    summed_up(scene, f"{both} 1.")
    told = paper_of(scene, written(scene, "eu-2020-1998"))
    assert both not in told
    assert "Person 3" not in told
    summed_up(scene, "")
    written(scene, "eu-2020-1998")


def test_its_summary_stays_when_it_is_written_anew_and_goes_when_it_ends(
    scene: Scene, other: UUID, owner_sql: Any
) -> None:
    del other
    made = written(scene, "eu-2020-1998", people=[scene.commander.pk], summary=HIS)
    with acting_as(scene.desk.documenter) as actor:
        anew = rewrite_submission(made, actor=actor, at=AT)
        assert anew.summary == HIS
        ended = submission_for(actor, made.pk)
        assert ended is not None
        assert (ended.summary, ended.summed_up) == ("", True)
        with pytest.raises(DossierRefused, match="summary: what was written for it went"):
            rewrite_submission(ended, actor=actor, at=AT)
    with acting_as(scene.desk.documenter):
        changed = "UPDATE dossiers_submission SET summary = 'Other' WHERE id = %s"
        with (
            pytest.raises(DatabaseError, match="stays what was written"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(changed, [anew.pk])
    owner_sql("UPDATE dossiers_submission SET people = %s WHERE id = %s", [[made.pk], anew.pk])
    with acting_as(scene.desk.documenter) as actor:
        held = submission_for(actor, anew.pk)
        assert held is not None
        with pytest.raises(DossierRefused, match="people: none of those it was about"):
            rewrite_submission(held, actor=actor, at=AT)
        end_submission(held, actor=actor, at=AT)


def test_a_summary_of_its_own_goes_with_the_agreement(scene: Scene, other: UUID) -> None:
    made = written(scene, "eu-2020-1998", people=[scene.commander.pk], summary=HIS)
    with acting_as(scene.desk.documenter) as actor:
        revoke_consent(grant_rows_for(actor, [other]).get(), actor=actor, at=LATER)
    with acting_as(scene.desk.documenter) as actor:
        held = submission_for(actor, made.pk)
        assert held is not None
        assert (held.state, held.summary) == ("ended", "")


def test_a_finding_that_tells_of_whoever_did_not_agree_does_not_go_out(
    scene: Scene, other: UUID
) -> None:
    del other
    another(scene)  # somebody who agreed to nothing
    rest = Evidence((scene.source,), Grade.parse("A1"))
    with acting_as(scene.desk.documenter) as actor:
        record_finding(
            scene.dossier, "detention", Value.MET, "Held as Person No. 3 was.", act=scene.act,
            actor=actor, at=LATER, evidence=rest,
        )  # fmt: skip
    with pytest.raises(SubmissionRefused, match=r"detention: it tells of Person 3.{1,60}write it"):
        written(scene, "eu-2020-1998")
