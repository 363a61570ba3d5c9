"""Consent decides what a submission tells; a withdrawal reaches it; names stay sealed."""

from __future__ import annotations

import io
import json
import zipfile
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.db import transaction

from tests.repression.dossiers.factories import (
    AT,
    GB,
    UNION,
    VICTIM,
    Scene,
    agree,
    make_scene,
    weigh,
    written,
)
from undaunted.core.accounts.actions import acting_as
from undaunted.core.actors.rules.partial_date import PartialDate
from undaunted.core.consent.actions import record_consent, revoke_consent
from undaunted.core.consent.rules import Audience, Basis, FieldGroup, IdentityLevel, Purpose
from undaunted.core.evidence.actions import make_clean_copy, store_document
from undaunted.core.evidence.queries import sources_for
from undaunted.core.evidence.rules import Grade
from undaunted.core.sharing.actions import end_partner, record_partner, verify_partner
from undaunted.core.sharing.queries import partner_for
from undaunted.core.sharing.rules import PartnerKind, fingerprint, new_seed, public_key
from undaunted.core.standards.rules import Value
from undaunted.core.vault.actions import new_receiving_key, open_abroad
from undaunted.prisoners.registry.actions.people import record_person
from undaunted.prisoners.registry.actions.records import record_spell
from undaunted.repression.dossiers.actions import (
    DossierPlan,
    Evidence,
    add_act,
    add_annex,
    confirm_statement,
    open_submission_file,
    record_finding,
    record_link,
    record_statement,
    release_submission,
    rewrite_submission,
    withdraw_part,
    write_dossier,
)
from undaunted.repression.dossiers.analysis import gather, laws_beside
from undaunted.repression.dossiers.queries import (
    files_given,
    files_of,
    subjects_of,
    submission_for,
)
from undaunted.repression.dossiers.rules import (
    DossierRefused,
    SubmissionRefused,
    Weighed,
)
from undaunted.repression.sanctions.rules import Fit, authority_for

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from undaunted.core.accounts.models import User
    from undaunted.core.evidence.models import Source
    from undaunted.repression.dossiers.models import DossierAct, Statement, Submission

pytestmark = pytest.mark.usefixtures("ledger")
LATER = AT + timedelta(hours=1)
ITS_OWN = "Person 1 was kept without a judge."


@pytest.fixture
def scene(owner_sql: Any) -> Scene:
    return make_scene(owner_sql)


def released(scene: Scene, submission: Submission) -> Submission:
    with acting_as(scene.desk.publisher) as actor:
        held = submission_for(actor, submission.pk)
        assert held
        if held.state == "written":
            for each in files_given(actor, held):
                open_submission_file(held, each.name, actor=actor, at=LATER)
        return release_submission(held, actor=actor, at=LATER)


def now_of(scene: Scene, submission: Submission, user: User | None = None) -> Submission:
    with acting_as(user or scene.desk.documenter) as actor:
        held = submission_for(actor, submission.pk)
        assert held
        return held


def bytes_of(scene: Scene, submission: Submission) -> dict[str, bytes | None]:
    with acting_as(scene.desk.documenter) as actor, transaction.atomic():
        rows = files_of(actor, submission).defer(None)
        return {each.name: bytes(each.content) if each.content else None for each in rows}


def another(scene: Scene, *, torture: bool = False, at: datetime = AT) -> tuple[UUID, DossierAct]:
    """Add a second victim, whose act the prosecutor is linked to."""
    with acting_as(scene.desk.documenter) as actor:
        party = record_person(
            scene.desk.organisation, [("Vasil Dobrev", "full", "en")], actor=actor, at=AT,
            country="XR", gender="male",
        )  # fmt: skip
        source = the_source(scene, actor)
        spell = record_spell(
            party, "pre_trial_detention", PartialDate.parse("2024-04-01"), actor=actor, at=AT,
            sources=[(source, Grade.parse("B2"))], tier="B", country="XR",
        )  # fmt: skip
        act = add_act(scene.dossier, spell.claim, actor=actor, at=at)
        rest = Evidence((scene.source,), Grade.parse("A1"))
        told: dict[str, Any] = {"actor": actor, "at": at, "evidence": rest}
        record_link(scene.prosecutor, act, "ordered", "Signed that too.", **told)
        if torture:
            record_finding(
                scene.dossier, "torture", Value.MET, "Beaten; a doctor saw it.", act=act, **told
            )
    return party.pk, act


def the_source(scene: Scene, actor: Any) -> Source:
    return sources_for(actor).get(pk=scene.source)


def consent(scene: Scene, subject: UUID, audience: str, *groups: FieldGroup) -> Any:
    with acting_as(scene.desk.documenter) as actor:
        return record_consent(
            subject, actor=actor, at=AT, holder=scene.desk.organisation,
            purpose=Purpose.SANCTIONS_SUBMISSION, audience=Audience.parse(audience),
            level=IdentityLevel.NAME, field_groups=groups, basis=Basis.SELF, how="call",
            given_on=AT.date() - timedelta(days=9), until=AT.date() + timedelta(days=900),
        )  # fmt: skip


def fits(scene: Scene, law: str) -> tuple[Fit, Fit]:
    with acting_as(scene.desk.documenter) as actor:
        sheet = gather(actor, scene.dossier)
        line = laws_beside(actor, sheet, [authority_for(law)], on=AT.date())
        (one,) = line[scene.prosecutor.pk]
        return one.told.fit, one.whole.fit


def test_without_agreement_to_that_government_nothing_is_told_to_it(scene: Scene) -> None:
    with pytest.raises(SubmissionRefused, match="anybody agreed that EU is told"):
        written(scene, "eu-2020-1998")
    agree(scene, GB)
    with pytest.raises(SubmissionRefused, match="anybody agreed that EU is told"):
        written(scene, "eu-2020-1998")
    agree(scene, UNION, FieldGroup.IDENTITY)
    with pytest.raises(SubmissionRefused, match="anybody agreed that EU is told"):
        written(scene, "eu-2020-1998")


def test_torture_counts_where_its_victim_agreed_to_share_health(scene: Scene) -> None:
    agree(scene, GB)
    subject, _ = another(scene, torture=True)
    assert fits(scene, "gb-ghrsr-2020") == (Fit.MISSING, Fit.FITS)
    consent(scene, subject, GB, FieldGroup.DETENTION)
    assert fits(scene, "gb-ghrsr-2020") == (Fit.MISSING, Fit.FITS)
    consent(scene, subject, GB, FieldGroup.DETENTION, FieldGroup.HEALTH)
    assert fits(scene, "gb-ghrsr-2020") == (Fit.FITS, Fit.FITS)
    assert fits(scene, "eu-2020-1998") == (Fit.MISSING, Fit.FITS)


def test_whoever_did_not_agree_is_left_out_of_the_paper(scene: Scene) -> None:
    agree(scene, UNION)
    subject, _ = another(scene)
    alone = bytes_of(scene, written(scene, "eu-2020-1998"))["submission.docx"]
    assert alone
    with zipfile.ZipFile(io.BytesIO(alone)) as file:
        assert "A detention without grounds." not in file.read("word/document.xml").decode()
    made = written(scene, "eu-2020-1998", summary=ITS_OWN)
    assert made.left_out == 1
    with acting_as(scene.desk.documenter) as actor:
        assert subjects_of(actor, made) == {scene.subject}
        assert subject not in subjects_of(actor, made)
    told = bytes_of(scene, made)["submission.docx"]
    assert told
    with zipfile.ZipFile(io.BytesIO(told)) as file:
        text = file.read("word/document.xml").decode()
    assert ITS_OWN in text
    assert "A detention without grounds." not in text
    assert "Signed that too." not in text
    assert "Person 2" not in text


def test_a_withdrawal_destroys_what_was_written_for_that_government_alone(scene: Scene) -> None:
    to_union = agree(scene, UNION)
    agree(scene, GB)
    union, kingdom = written(scene, "eu-2020-1998"), written(scene, "gb-ghrsr-2020")
    released(scene, union)
    with acting_as(scene.desk.documenter) as actor:
        revoke_consent(to_union, actor=actor, at=LATER)
    ended = now_of(scene, union)
    assert (ended.state, ended.why) == ("ended", "revoked")
    assert set(bytes_of(scene, union).values()) == {None}
    assert now_of(scene, kingdom).state == "written"
    assert None not in bytes_of(scene, kingdom).values()
    with acting_as(scene.desk.documenter) as actor:
        assert subjects_of(actor, ended) == frozenset()
        with pytest.raises(SubmissionRefused):
            rewrite_submission(ended, actor=actor, at=LATER)


def test_what_is_written_anew_leaves_out_whoever_withdrew_as_a_number_below(scene: Scene) -> None:
    agree(scene, UNION)
    subject, _ = another(scene)
    grant = consent(scene, subject, UNION, FieldGroup.DETENTION)
    first = written(scene, "eu-2020-1998")
    with acting_as(scene.desk.documenter) as actor:
        revoke_consent(grant, actor=actor, at=LATER)
    with acting_as(scene.desk.documenter) as actor:
        ended = submission_for(actor, first.pk)
        assert ended
        made = rewrite_submission(ended, actor=actor, at=LATER, summary=ITS_OWN)
        assert (made.number, made.left_out) == ("1.1", 1)
        assert subjects_of(actor, made) == {scene.subject}
        again = rewrite_submission(made, actor=actor, at=LATER)
    assert again.number == "1.2"
    assert now_of(scene, made).why == "rebuilt"


def test_exculpatory_material_is_mandatory_and_takes_two(owner_sql: Any) -> None:
    scene = make_scene(owner_sql, weighed=False)
    agree(scene, UNION)
    with pytest.raises(SubmissionRefused) as refusal:
        written(scene, "eu-2020-1998")
    told = " ".join(refusal.value.problems)
    assert "say what was searched for that speaks for the person" in told
    assert "own account was sought" in told
    weigh(scene, confirmed=False)
    with pytest.raises(SubmissionRefused, match="waits for a second person"):
        written(scene, "eu-2020-1998")


def _said_for(scene: Scene, *, confirmed: bool) -> Statement:
    """Let somebody record, after the paper was written, what speaks for the commander."""
    with acting_as(scene.desk.documenter) as actor:
        made = record_statement(
            scene.commander, Weighed.FOUND, "He freed a prisoner.", actor=actor, at=LATER
        )
    if confirmed:
        with acting_as(scene.desk.reviewer) as actor:
            confirm_statement(made, actor=actor, at=LATER)
    return made


def test_what_speaks_for_somebody_and_waits_stops_writing_rewriting_and_release(
    scene: Scene,
) -> None:
    agree(scene, UNION)
    made = written(scene, "eu-2020-1998")
    waiting = _said_for(scene, confirmed=False)
    about = "Rupert Hentzau: exculpatory material: a statement waits for a second person"
    with pytest.raises(SubmissionRefused, match=about):
        written(scene, "eu-2020-1998")
    with (
        acting_as(scene.desk.documenter) as actor,
        pytest.raises(SubmissionRefused, match=about),
    ):
        rewrite_submission(made, actor=actor, at=LATER)
    with pytest.raises(SubmissionRefused, match=about):
        released(scene, made)
    assert now_of(scene, made).state == "written"
    only = written(scene, "eu-2020-1998", people=[scene.prosecutor.pk])
    assert released(scene, only).state == "released"
    with acting_as(scene.desk.documenter) as actor:
        withdraw_part(scene.dossier, "statement", waiting.pk, actor=actor, at=LATER)
    assert released(scene, made).state == "released"


def test_a_paper_that_says_nothing_was_found_goes_no_more_once_something_was(scene: Scene) -> None:
    agree(scene, UNION)
    made = written(scene, "eu-2020-1998")
    _said_for(scene, confirmed=True)
    with pytest.raises(SubmissionRefused, match="withdraw the one that is wrong"):
        written(scene, "eu-2020-1998")
    silent = scene.statements[1]
    for user, why in ((scene.desk.documenter, "It was wrong."), (scene.desk.reviewer, "")):
        with acting_as(user) as actor:
            withdraw_part(scene.dossier, "statement", silent.pk, actor=actor, at=LATER, why=why)
    with pytest.raises(SubmissionRefused, match="it changed after this was written"):
        released(scene, made)
    with acting_as(scene.desk.documenter) as actor:
        anew = rewrite_submission(made, actor=actor, at=LATER)
    assert released(scene, anew).state == "released"


@pytest.mark.parametrize("where", ["summary", "link", "statement", "locator"])
def test_a_text_that_names_a_victim_stops_the_submission(scene: Scene, where: str) -> None:
    agree(scene, UNION)
    with acting_as(scene.desk.documenter) as actor:
        who: dict[str, Any] = {"actor": actor, "at": AT}
        rest = Evidence((scene.source,), Grade.parse("A1"))
        if where == "summary":
            write_dossier(scene.dossier, DossierPlan("T", "XR", "About KORSAK, Olena."), **who)
        elif where == "link":
            record_link(scene.commander, scene.act, "command", "He met Olena Korsak.",
                        evidence=rest, **who)  # fmt: skip
        elif where == "locator":
            named = Evidence((scene.source,), Grade.parse("A1"), "interview of Olena Korsak")
            record_link(scene.commander, scene.act, "command", "So said.", evidence=named, **who)
        else:
            made = record_statement(
                scene.commander, Weighed.SEARCHED, "Олена Корсак forgave.", **who
            )
    if where == "statement":
        with acting_as(scene.desk.reviewer) as actor:
            confirm_statement(made, actor=actor, at=AT)
    with pytest.raises(SubmissionRefused, match="it names somebody who suffered it"):
        written(scene, "eu-2020-1998")


def test_who_the_victims_are_is_sealed_to_the_partners_key(scene: Scene) -> None:
    agree(scene, GB)
    secret, recipient = new_receiving_key()
    if secret.startswith("age1"):
        secret, recipient = recipient, secret
    key = public_key(new_seed())
    with acting_as(scene.desk.documenter) as actor:
        partner = record_partner(
            scene.desk.organisation, name="Foreign Office (invented)", kind=PartnerKind.GOVERNMENT,
            audience=GB, signing_key=key, recipient=recipient, actor=actor, at=AT,
        )  # fmt: skip
    with pytest.raises(DossierRefused, match="nobody has compared its key"):
        written(scene, "gb-ghrsr-2020", partner=partner.pk)
    with acting_as(scene.desk.steward) as actor:
        verify_partner(partner, fingerprint(key, recipient), actor=actor, at=AT)
    made = written(scene, "gb-ghrsr-2020", partner=partner.pk)
    envelope = bytes_of(scene, made)["victims.age"]
    assert envelope
    assert all(name.encode() not in envelope for name in VICTIM)
    told = json.loads(open_abroad(envelope, secret))
    assert set(VICTIM[:2]) <= set(told["persons"][0]["names"])
    assert told["copy"] == made.watermark
    agree(scene, UNION)
    with pytest.raises(DossierRefused, match="it is government:GB"):
        written(scene, "eu-2020-1998", partner=partner.pk)
    with acting_as(scene.desk.documenter) as actor:
        held = partner_for(actor, partner.pk)
        assert held
        end_partner(held, actor=actor, at=LATER)
    with pytest.raises(DossierRefused, match="partner: it was ended, and its key seals"):
        released(scene, made)
    assert now_of(scene, made).state == "written"


def test_a_typed_key_seals_too_and_a_wrong_one_is_refused(scene: Scene) -> None:
    agree(scene, GB)
    keys = new_receiving_key()
    recipient = next(each for each in keys if each.startswith("age1"))
    assert "victims.age" in bytes_of(scene, written(scene, "gb-ghrsr-2020", key=recipient))
    with pytest.raises(DossierRefused, match="begins with age1"):
        written(scene, "gb-ghrsr-2020", key="ssh-ed25519 AAAA")


def test_annexes_go_along_as_clean_copies_of_whoever_agreed(scene: Scene) -> None:
    agree(scene, UNION)
    other, _ = another(scene)
    with acting_as(scene.desk.documenter) as actor:
        source = the_source(scene, actor)
        documents = [
            store_document(io.BytesIO(f"Order {n}".encode()), source, actor=actor, at=AT,
                           media_type="text/plain")
            for n in range(3)
        ]  # fmt: skip
        for each in documents[:2]:
            make_clean_copy(each, actor=actor, at=AT)
        dossier = scene.dossier
        add_annex(
            dossier, documents[0].pk, "First order", shows=[scene.subject], actor=actor, at=AT
        )
        add_annex(dossier, documents[1].pk, "Second order", shows=[other], actor=actor, at=AT)
    key = next(each for each in new_receiving_key() if each.startswith("age1"))
    made = written(scene, "eu-2020-1998", summary=ITS_OWN, key=key)
    annexes = bytes_of(scene, made)["annexes.zip"]
    assert annexes
    with zipfile.ZipFile(io.BytesIO(annexes)) as file:
        assert file.namelist() == ["annex-01.txt"]
        assert file.read("annex-01.txt") == b"Order 0"
    with acting_as(scene.desk.documenter) as actor:
        add_annex(dossier, documents[2].pk, "Third", shows=[], actor=actor, at=AT)
    with pytest.raises(SubmissionRefused, match="no copy that lies open"):
        written(scene, "eu-2020-1998", summary=ITS_OWN, key=key)
