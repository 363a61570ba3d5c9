"""A draft for the Working Group: by consent only, every source a note, the same bytes, recorded."""

from __future__ import annotations

import io
import zipfile
from contextlib import contextmanager
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import docx
import pytest
from django.utils import timezone
from typer.testing import CliRunner

from tests.attacks.sharing_scene import accepted, make_scene
from tests.core.accounts.factories import signed_in_client
from tests.prisoners.registry.casework import person_with_spell
from tests.prisoners.registry.desk import AT, Desk
from undaunted.core.access.actions import terminal_token
from undaunted.core.access.rules import Forbidden
from undaunted.core.accounts.actions import acting_as, open_identity
from undaunted.core.consent.actions import record_consent, revoke_consent
from undaunted.core.consent.rules import Audience, Basis, FieldGroup, IdentityLevel, Purpose
from undaunted.core.evidence.actions import record_source
from undaunted.core.evidence.rules import Grade, SourceKind
from undaunted.core.standards.actions import record_assessment
from undaunted.core.standards.rules import Finding, Value, pack
from undaunted.prisoners.registry.actions.records import record_charge
from undaunted.prisoners.registry.actions.wgad import Submitter, WrittenDraft, draft_submission
from undaunted.prisoners.registry.commands import commands
from undaunted.prisoners.registry.queries.records import case_file
from undaunted.prisoners.registry.rules.wgad import (
    LANGUAGES,
    Answer,
    Draft,
    Line,
    Procedure,
    Section,
    SubmissionRefused,
    audience,
    facts,
    word,
)
from undaunted.prisoners.registry.writers.wgad import MEDIA_TYPE, write_draft

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from undaunted.core.accounts.models import User
    from undaunted.core.actors.models import Party
    from undaunted.core.consent.models import Grant

BODY = "body:un-wgad"
SECRET = "Told by a neighbour"
GROUPS = (FieldGroup.IDENTITY, FieldGroup.DETENTION, FieldGroup.BIOGRAPHY)


def _agree(  # noqa: PLR0913 - the dimensions of consent
    desk: Desk,
    party: Party,
    *,
    audience: str = BODY,
    groups: tuple[FieldGroup, ...] = GROUPS,
    level: IdentityLevel = IdentityLevel.NAME,
    purpose: Purpose = Purpose.UN_SUBMISSION,
) -> Grant:
    with acting_as(desk.documenter) as actor:
        return record_consent(
            party.pk,
            actor=actor,
            at=AT,
            holder=desk.organisation,
            purpose=purpose,
            audience=Audience.parse(audience),
            level=level,
            field_groups=groups,
            basis=Basis.SELF,
            how="call",
            given_on=date(2026, 10, 1),
            until=date(2030, 1, 1),
        )


def _draft(
    desk: Desk,
    party: Party,
    procedure: Procedure = Procedure.REGULAR,
    language: str = "en",
    *,
    submitter: str = "Watch of XR, Bridge Street 1",
) -> WrittenDraft:
    with acting_as(desk.documenter) as actor:
        file = case_file(actor, party.pk)
        assert file is not None
        return draft_submission(
            file,
            procedure,
            language=language,
            submitter=Submitter(submitter, confidential=True),
            actor=actor,
            at=AT,
        )


def _text(made: WrittenDraft) -> str:
    return "\n".join(each.text for each in docx.Document(io.BytesIO(made.content)).paragraphs)


def _notes(made: WrittenDraft) -> str:
    with zipfile.ZipFile(io.BytesIO(made.content)) as held:
        return held.read("word/footnotes.xml").decode()


@pytest.fixture
def party(desk: Desk) -> Party:
    """Record somebody held, charged under an article, with a source that is public and one not."""
    person, spell = person_with_spell(desk)
    with acting_as(desk.documenter) as actor:
        public = record_source(
            desk.organisation, actor=actor, at=AT, kind=SourceKind.NGO_REPORT,
            publisher="Ruritanian Helsinki Committee", title="Trial report", public=True,
        )  # fmt: skip
        closed = record_source(
            desk.organisation, actor=actor, at=AT, kind=SourceKind.NGO_REPORT, title=SECRET
        )
        grade = Grade.parse("B2")
        record_charge(
            spell,
            actor=actor,
            at=AT,
            sources=[(public, grade), (closed, grade)],
            law="Criminal Code, article 130",
        )
    return person


def test_nothing_is_drafted_without_consent_for_this_purpose_body_and_name(
    desk: Desk, party: Party
) -> None:
    for changed in (
        None,
        {"audience": "body:ohchr"},
        {"purpose": Purpose.REPORT},
        {"level": IdentityLevel.CODE},
        {"groups": (FieldGroup.IDENTITY,)},
    ):
        if changed is not None:
            _agree(desk, party, **changed)
        with pytest.raises(SubmissionRefused, match="body:un-wgad may have"):
            _draft(desk, party)
    grant = _agree(desk, party)
    assert _draft(desk, party).content
    with acting_as(desk.documenter) as actor:
        revoke_consent(grant, actor=actor, at=AT)
    with pytest.raises(SubmissionRefused, match="revoked"):
        _draft(desk, party)


def test_draft_says_what_is_recorded_with_its_sources_and_what_is_missing(
    desk: Desk, party: Party
) -> None:
    _agree(desk, party)
    made = _draft(desk, party)
    text, notes = _text(made), _notes(made)
    for told in (
        "regular procedure (draft)",
        "What is written here reaches the government concerned.",
        "Name: Олена Корсак",
        "Other names: Olena Korsak",
        "Day: 2024-03-05",
        "Legislation applied: Criminal Code, article 130",
        "Was a warrant shown? By which authority was it issued?: [Not recorded",
        "Usual address: [No consent to this part: left out.]",
        "Contact with the family: [No consent",
        "Name and address: Watch of XR, Bridge Street 1",
        "Keep the identity of the submitter confidential: yes",
        "given by the person on 2026-10-01",
    ):
        assert told in text, told
    assert "From, until: 2024-03-05" in text
    assert "2024-03-05 /" not in text
    assert "Ruritanian Helsinki Committee, Trial report" in notes
    assert "A source that the submitter keeps and that is not public." in notes
    assert SECRET not in notes + text
    assert "not yet read at its source" in notes
    assert "IV. Reasons given by the authorities, and legislation applied: Name" not in made.missing
    assert any("warrant" in each for each in made.missing)
    assert not any("Usual address" in each for each in made.missing)


def test_categories_come_from_the_assessment_with_its_reasons(desk: Desk, party: Party) -> None:
    _agree(desk, party)
    assert "V. Why the deprivation of liberty is arbitrary" in _text(_draft(desk, party))
    with acting_as(desk.reviewer) as actor:
        findings = {name: Finding(Value.NOT_MET) for name in pack("wgad", AT.date()).criteria}
        findings["exercise_of_rights"] = Finding(
            Value.MET, ("Held for a speech.",), (str(uuid4()),)
        )
        record_assessment(
            "person", party.pk, actor=actor, at=AT, holder=desk.organisation, pack="wgad",
            findings=findings,
        )  # fmt: skip
    text = _text(_draft(desk, party))
    assert "Category II of the Working Group: The deprivation of liberty results from" in text
    assert "Held for a speech." in text
    assert "Category I of" not in text


def test_urgent_appeal_is_another_draft(desk: Desk, party: Party) -> None:
    _agree(desk, party)
    text = _text(_draft(desk, party, Procedure.URGENT))
    assert "urgent appeal (draft)" in text
    assert "VII. Why it is urgent" in text
    assert "Health: [No consent to this part" in text
    assert "V. Why the deprivation" not in text
    _agree(desk, party, groups=(*GROUPS, FieldGroup.HEALTH, FieldGroup.FAMILY))
    text = _text(_draft(desk, party, Procedure.URGENT))
    assert "Health: [Not recorded" in text


@pytest.mark.parametrize(("language", "told"), [("fr", "Procédure"), ("es", "Fecha de nacimiento")])
def test_draft_is_in_a_language_of_the_procedure(
    desk: Desk, party: Party, language: str, told: str
) -> None:
    _agree(desk, party)
    made = _draft(desk, party, language=language)
    assert told.lower() in _text(made).lower()
    with pytest.raises(SubmissionRefused, match="en, fr or es"):
        _draft(desk, party, language="ar")
    with pytest.raises(SubmissionRefused, match="say who submits"):
        _draft(desk, party, submitter=" ")


def test_same_case_on_the_same_day_gives_the_same_bytes_and_the_trail_keeps_their_sum(
    desk: Desk, party: Party, owner_sql: Any
) -> None:
    grant = _agree(desk, party)
    first, second = _draft(desk, party), _draft(desk, party)
    assert first.content == second.content
    with zipfile.ZipFile(io.BytesIO(first.content)) as held:
        entries = held.infolist()
        assert {each.date_time for each in entries} == {(1980, 1, 1, 0, 0, 0)}
        names = [each.filename for each in entries]
        assert names[0] == "[Content_Types].xml"
        assert names[1:] == sorted(names[1:])
        assert held.testzip() is None
    rows = owner_sql(
        "SELECT d.detail FROM audit_detail d JOIN audit_entry e ON e.id = d.entry_id"
        " WHERE e.verb = 'case.wgad_drafted'",
        [],
    )
    assert len(rows) == 2
    assert rows[0][0]["sha256"] == first.sha256
    assert rows[0][0]["consents"] == [str(grant.pk)]
    assert "Korsak" not in str(rows)


def test_somebody_who_may_not_share_drafts_nothing(desk: Desk, party: Party) -> None:
    _agree(desk, party)
    with acting_as(desk.publisher) as actor:
        file = case_file(actor, party.pk)
        assert file is not None
        with pytest.raises(Forbidden):
            draft_submission(
                file,
                Procedure.REGULAR,
                language="en",
                submitter=Submitter("x"),
                actor=actor,
                at=AT,
            )


def test_desk_asks_what_is_needed_and_gives_a_word_file(desk: Desk, party: Party) -> None:
    client = signed_in_client(desk.documenter)
    address = f"/desk/cases/{party.pk}/wgad/"
    assert address in client.get(f"/desk/cases/{party.pk}/").content.decode()
    sent = {"procedure": "regular", "language": "en", "submitter": "Watch of XR"}
    page = client.post(address, sent).content.decode()
    assert "record consent first" in page
    _agree(desk, party)
    assert "Nothing is sent." in client.get(address).content.decode()
    answer = client.post(address, sent)
    assert answer["Content-Type"] == MEDIA_TYPE
    assert answer["Cache-Control"] == "no-store"
    assert docx.Document(io.BytesIO(answer.content)).core_properties.author == ""
    assert signed_in_client(desk.publisher).get(address).status_code == 404
    assert timezone.now().date().isoformat() in "".join(
        each.text for each in docx.Document(io.BytesIO(answer.content)).paragraphs
    )


def test_what_a_partner_sent_goes_no_further(owner_sql: Any, ledger: object) -> None:
    scene = make_scene(owner_sql)
    received = accepted(scene)
    with scene.theirs.office.caseworker.acting() as actor:
        file = case_file(actor, received)
        assert file is not None
        with pytest.raises(SubmissionRefused, match="what a partner sent goes no further"):
            draft_submission(
                file,
                Procedure.REGULAR,
                language="en",
                submitter=Submitter("Lantern"),
                actor=actor,
                at=timezone.now(),
            )


def test_draft_is_written_at_the_terminal_once(desk: Desk, party: Party, tmp_path: Path) -> None:
    out = tmp_path / "draft.docx"
    words = ["wgad", str(party.pk), "--out", str(out), "--submitter", "Watch of XR"]
    assert "no such case for you" in CliRunner().invoke(commands, words).output
    with _signed_in(desk.documenter):
        refused = CliRunner().invoke(commands, words)
        assert refused.exit_code == 2
        assert "record consent first" in refused.output
        assert not out.exists()
        _agree(desk, party)
    with _signed_in(desk.documenter):
        done = CliRunner().invoke(commands, [*words, "--procedure", "urgent", "--lang", "es"])
        assert done.exit_code == 0, done.output
        assert "missing: II. Arresto: ¿Se mostró una orden?" in done.output
        assert out.read_bytes().startswith(b"PK")
        again = CliRunner().invoke(commands, words)
        assert "is there already" in again.output
        gone = CliRunner().invoke(commands, ["wgad", "XR-NONE", *words[2:]])
        assert "no such case for you" in gone.output


@contextmanager
def _signed_in(person: User) -> Iterator[None]:
    token, until = f"terminal {uuid4()}", timezone.now() + timedelta(hours=1)
    open_identity(token, user=person, second_factor=True, kind="terminal", until=until)
    held = terminal_token.set(token)
    try:
        yield
    finally:
        terminal_token.reset(held)


def test_document_holds_what_no_keyboard_types_and_turns_right_to_left(tmp_path: Any) -> None:
    draft = Draft(
        title="T",
        language="en",
        made_on="2026-11-01",
        notices=(),
        sections=(
            Section("S", (Line("Name", (Answer("ئاينۇر\x0b", ("a & <b>\x01",)),)), Line("Gone"))),
        ),
        facts=facts("en"),
    )
    place = tmp_path / "draft.docx"
    place.write_bytes(write_draft(draft))
    (run,) = [
        run
        for paragraph in docx.Document(str(place)).paragraphs
        for run in paragraph.runs
        if "ئاينۇر" in run.text
    ]
    assert run.font.rtl
    assert draft.missing == ("S: Gone",)


def test_every_word_stands_in_all_three_languages() -> None:
    from undaunted.prisoners.registry.rules import wgad  # noqa: PLC0415 - its pack

    pack_read = wgad._pack()  # noqa: SLF001 - all of it
    for held in pack_read["words"].values():
        assert set(held) == set(LANGUAGES)
    assert word("months", "fr", months=3) == "3 mois"
    for language in LANGUAGES:
        assert all(each.text and each.source for each in facts(language))


def test_consent_to_a_submission_names_the_body_it_goes_to() -> None:
    assert audience() == Audience.parse(BODY)
