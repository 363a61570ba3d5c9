"""What leaves a mailbox or is opened in an emergency takes two people, or an alarm."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING, Any

import pyrage
import pytest
from django.utils import timezone

from tests.core.evidence import files_of_every_kind as files
from tests.core.intake.offices import (
    AT,
    STORY,
    House,
    add_file,
    box_of,
    make_house,
    only_box,
    opened,
)
from undaunted.core.access.rules import PUBLIC, Forbidden
from undaunted.core.evidence.actions import clean_or_refuse
from undaunted.core.intake.actions import (
    ConflictFound,
    ExportRefused,
    answer_mailbox,
    approve_export,
    break_mailbox,
    declare_conflict,
    gather_letters,
    hand_in,
    make_export,
    open_mailbox,
    open_redaction,
    propose_export,
    read_attachment,
    redact_letter,
    refuse_export,
    warn_staff,
    write_message,
)
from undaunted.core.intake.queries import (
    attachments_for,
    covering_team,
    exports_for,
    mailbox_by_receipt,
    queue_for,
    redactions_for,
    unattended_for,
)
from undaunted.core.intake.rules import (
    SAFETY,
    ConflictKind,
    ExportForm,
    PassageMissing,
    WhyBroken,
    WhyExported,
    WhyOpened,
)
from undaunted.core.intake.writers import Kept
from undaunted.core.vault.actions import (
    acknowledge_alarm,
    open_in_emergency,
)
from undaunted.core.vault.models import RecordKey
from undaunted.core.vault.queries import alarms_for
from undaunted.core.vault.rules import NotForThisKey, NotThatTeam, VaultClosed, VaultError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.core.vault.factories import Colleague
    from undaunted.core.access.rules import Actor
    from undaunted.core.intake.models import Export, Mailbox, Redaction

pytestmark = pytest.mark.usefixtures("ledger")


@pytest.fixture
def house(owner_sql: Callable[..., object]) -> House:
    return make_house(owner_sql)


def test_emergency_opens_for_an_hour_raises_an_alarm_and_is_told_to_the_reporter(
    house: House, settings: Any, tmp_path: Path
) -> None:
    settings.DOCUMENTS_FOLDER = tmp_path
    handed = hand_in(STORY, at=AT, team=house.office.team)
    box = only_box(house.office.steward)
    file = add_file(house, box.pk)
    officer, now = house.officer, timezone.now()
    assert covering_team(PUBLIC, house.office.team) == "Night duty"
    assert box_of(officer, box.pk) is None
    with officer.acting() as actor:
        (waiting,) = unattended_for(actor)
        assert (waiting.mailbox, waiting.team) == (box.pk, "Casework")
        with pytest.raises(NotThatTeam):
            open_in_emergency(box.pk, key=officer.key, actor=actor, at=now)
        key = break_mailbox(
            box.pk, why=WhyBroken.NOBODY_ANSWERS, key=officer.key, actor=actor, at=now
        )
        seen = queue_for(actor).get()
        reason = WhyOpened.EMERGENCY
        (letter,) = open_mailbox(seen, key=key, actor=actor, at=now, reason=reason)
        assert letter.answers == STORY
        assert attachments_for(actor, seen).get().pk == file
        assert open_in_emergency(box.pk, key=officer.key, actor=actor, at=now)
        alarm = alarms_for(actor).get(record=box.pk)
        with pytest.raises(Forbidden):
            acknowledge_alarm(alarm.pk, actor=actor, at=now)
    found = mailbox_by_receipt(PUBLIC, handed.receipt)
    assert found
    assert [each.reason for each in found.looked] == ["emergency"]
    with house.other_steward.acting() as actor:
        assert alarms_for(actor).count() == 2
        acknowledge_alarm(alarm.pk, actor=actor, at=now)
        assert not alarms_for(actor).exists()


def test_without_being_put_on_duty_nobody_outside_opens_anything(owner_sql: Any) -> None:
    house = make_house(owner_sql, covered=False)
    hand_in(STORY, at=AT, team=house.office.team)
    box = only_box(house.office.steward)
    assert covering_team(PUBLIC, house.office.team) == ""
    for outside in (house.officer, house.other_steward):
        with outside.acting() as actor:
            assert unattended_for(actor) == ()
        with outside.acting() as actor, pytest.raises(NotThatTeam):
            break_mailbox(box.pk, why=WhyBroken.LIFE_AT_RISK, key=outside.key, actor=actor, at=AT)


def test_the_key_of_the_team_on_duty_is_not_in_the_hands_of_one_without_an_alarm(
    house: House,
) -> None:
    hand_in(STORY, at=AT, team=house.office.team)
    box = only_box(house.office.steward)
    with house.office.steward.acting():
        sealed = bytes(RecordKey.objects.get(pk=box.pk).sealed)
    with pytest.raises(pyrage.DecryptError):
        pyrage.decrypt(sealed, [house.officer.key.identity])
    with pytest.raises((NotThatTeam, NotForThisKey)):
        opened(house.officer, box)


def _proposed(house: House, box: Mailbox, form: ExportForm, recipient: str = "") -> Export:
    who = house.office.caseworker
    with who.acting() as actor:
        return propose_export(
            box, form, WhyExported.LAWYER, recipient=recipient, actor=actor, at=AT
        )


def _made(who: Colleague, export: Export) -> tuple[str, bytes]:
    """Make an export as the page does: what is cleaned is cleaned while no transaction waits."""
    with who.acting() as actor:
        held = _of(actor, export)
        kept = gather_letters(held, key=who.key, actor=actor, at=AT)
        whole = held.form == ExportForm.WHOLE
        for number, file in enumerate(attachments_for(actor, held.mailbox) if whole else (), 1):
            original = read_attachment(
                file, held.mailbox, key=who.key, actor=actor, at=AT, reason=WhyOpened.EXPORT
            )
            kept.append(Kept.of_file(number, clean_or_refuse(original)))
        return make_export(held, kept, actor=actor, at=AT)


def _of(actor: Actor, export: Export) -> Export:
    return exports_for(actor).select_related("mailbox").get(pk=export.pk)


def test_export_takes_two_people_is_made_once_and_is_told_to_the_reporter(
    house: House, settings: Any, tmp_path: Path
) -> None:
    settings.DOCUMENTS_FOLDER = tmp_path
    handed = hand_in(STORY, at=AT, team=house.office.team)
    who, second = house.office.caseworker, house.office.steward
    box = only_box(who)
    add_file(house, box.pk)
    export = _proposed(house, box, ExportForm.WHOLE)
    for early in (who, second):
        with pytest.raises(ExportRefused):
            _made(early, export)
    with who.acting() as actor, pytest.raises(ExportRefused):
        approve_export(export, actor=actor, at=AT)
    with second.acting() as actor:
        approve_export(_of(actor, export), actor=actor, at=AT)
    with pytest.raises(ExportRefused):
        _made(second, export)
    name, content = _made(who, export)
    assert name.endswith(".zip")
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        names = package.namelist()
        assert names == ["letters/01-intake.answers.txt", "files/01.jpg"]
        assert "Colonel Vask" in package.read(names[0]).decode()
        assert files.CANARY.encode() not in package.read(names[1])
    with pytest.raises(ExportRefused):
        _made(who, export)
    found = mailbox_by_receipt(PUBLIC, handed.receipt)
    assert found
    assert [each.reason for each in found.looked] == ["export"]


def test_export_is_sealed_to_a_key_outside(house: House) -> None:
    hand_in(STORY, at=AT, team=house.office.team)
    box = only_box(house.office.caseworker)
    lawyer = pyrage.x25519.Identity.generate()
    export = _proposed(house, box, ExportForm.WHOLE, str(lawyer.to_public()))
    with house.office.steward.acting() as actor:
        approve_export(_of(actor, export), actor=actor, at=AT)
    who = house.office.caseworker
    name, envelope = _made(who, export)
    assert name.endswith(".zip.age")
    inside = pyrage.decrypt(envelope, [lawyer])[128:]
    with zipfile.ZipFile(io.BytesIO(inside.rstrip(b"\0"))) as package:
        assert len(package.namelist()) == 1
    with pytest.raises(VaultError):
        _proposed(house, box, ExportForm.WHOLE, "age1nonsense")


def test_refused_export_stays_refused(house: House) -> None:
    hand_in(STORY, at=AT, team=house.office.team)
    export = _proposed(house, only_box(house.office.caseworker), ExportForm.WHOLE)
    with house.office.steward.acting() as actor:
        refuse_export(_of(actor, export), actor=actor, at=AT)
    for step in (approve_export, refuse_export):
        with house.office.steward.acting() as actor, pytest.raises(ExportRefused):
            step(_of(actor, export), actor=actor, at=AT)


def test_redacted_copy_is_a_record_of_its_own_and_the_original_stays(house: House) -> None:
    hand_in(STORY, at=AT, team=house.office.team)
    who, second = house.office.caseworker, house.office.steward
    box = only_box(who)
    (letter,) = opened(who, box)
    with who.acting() as actor:
        with pytest.raises(PassageMissing) as missing:
            redact_letter(box, letter, [], ["Strelsau", "nowhere"], actor=actor, at=AT)
        assert missing.value.lines == (2,)
        made = redact_letter(box, letter, ["who_did"], ["colonel vask"], actor=actor, at=AT)
        assert made.pk != box.pk
    with second.acting() as actor:
        held = redactions_for(actor, box).select_related("mailbox").get()
        copy = open_redaction(held, key=second.key, actor=actor, at=AT, reason=WhyOpened.CASEWORK)
    assert copy.answers
    assert copy.answers.given["story"] == "█████ of Borduria came at night."
    assert copy.answers.given["who_did"] == "█████"
    assert (copy.record, copy.kind, copy.sequence, copy.head) == (
        box.pk, letter.kind, letter.sequence, letter.head,
    )  # fmt: skip
    assert opened(who, box)[0].answers == STORY
    export = _proposed(house, box, ExportForm.REDACTED)
    with second.acting() as actor:
        approve_export(_of(actor, export), actor=actor, at=AT)
    _, content = _made(who, export)
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        (name,) = package.namelist()
        assert "Vask" not in package.read(name).decode()


def test_copy_is_kept_from_whoever_has_a_conflict_and_told_to_the_reporter(house: House) -> None:
    handed = hand_in(STORY, at=AT, team=house.office.team)
    who, second = house.office.caseworker, house.office.steward
    box = only_box(who)
    (letter,) = opened(who, box)
    with who.acting() as actor:
        redact_letter(box, letter, ["story"], [], actor=actor, at=AT)
    held = _copy_for(second, box)
    with second.acting() as actor:
        open_redaction(held, key=second.key, actor=actor, at=AT, reason=WhyOpened.SECOND_OPINION)
    found = mailbox_by_receipt(PUBLIC, handed.receipt)
    assert found
    assert {each.reason for each in found.looked} == {"casework", "second_opinion"}
    _declare(house, second)
    held = _copy_for(second, box)
    with second.acting() as actor, pytest.raises(ConflictFound):
        open_redaction(held, key=second.key, actor=actor, at=AT, reason=WhyOpened.HANDOVER)
    found = mailbox_by_receipt(PUBLIC, handed.receipt)
    assert found
    assert "handover" not in {each.reason for each in found.looked}


@pytest.mark.parametrize("form", list(ExportForm))
def test_conflict_declared_after_a_look_stops_answers_files_and_exports(
    house: House, settings: Any, tmp_path: Path, form: ExportForm
) -> None:
    settings.DOCUMENTS_FOLDER = tmp_path
    hand_in(STORY, at=AT, team=house.office.team)
    who = house.office.caseworker
    box = only_box(who)
    add_file(house, box.pk)
    (letter,) = opened(who, box)
    with who.acting() as actor:
        redact_letter(box, letter, ["story"], [], actor=actor, at=AT)
        answer_mailbox(box, "We are here.", actor=actor, at=AT)
    export = _proposed(house, box, form)
    with house.office.steward.acting() as actor:
        approve_export(_of(actor, export), actor=actor, at=AT)
    _declare(house, who)
    with who.acting() as actor, pytest.raises(ConflictFound):
        answer_mailbox(box, "And again.", key=who.key, actor=actor, at=AT)
    with who.acting() as actor, pytest.raises(VaultClosed):
        answer_mailbox(box, "And again.", actor=actor, at=AT)
    with who.acting() as actor:
        file = attachments_for(actor, box).get()
    with who.acting() as actor, pytest.raises(ConflictFound):
        read_attachment(file, box, key=who.key, actor=actor, at=AT, reason=WhyOpened.CASEWORK)
    with pytest.raises(ConflictFound):
        _made(who, export)


def test_conflict_with_another_state_stops_nothing(house: House) -> None:
    hand_in(STORY, at=AT, team=house.office.team)
    who = house.office.caseworker
    box = only_box(who)
    _declare(house, who, about="XS")
    with who.acting() as actor:
        answer_mailbox(box, "We are here.", key=who.key, actor=actor, at=AT)
    assert len(opened(who, box)) == 2


def _declare(house: House, who: Colleague, about: str = "XB") -> None:
    with who.acting() as actor:
        declare_conflict(
            actor.person, house.office.holder, ConflictKind.STATE, about, actor=actor, at=AT
        )


def _copy_for(who: Colleague, box: Mailbox) -> Redaction:
    with who.acting() as actor:
        return redactions_for(actor, box).select_related("mailbox").get()


def test_message_is_redacted_too(house: House) -> None:
    handed = hand_in(STORY, at=AT, team=house.office.team)
    found = mailbox_by_receipt(PUBLIC, handed.receipt)
    assert found
    write_message(found, "Call me at 555 01.", handed.receipt, at=AT)
    who = house.office.caseworker
    box = only_box(who)
    letter = opened(who, box)[-1]
    with who.acting() as actor:
        redact_letter(box, letter, [], ["555 01"], actor=actor, at=AT)
        held = redactions_for(actor, box).select_related("mailbox").get()
        copy = open_redaction(held, key=who.key, actor=actor, at=AT, reason=WhyOpened.CASEWORK)
    assert copy.text == "Call me at █████."


def test_warning_to_staff_stands_first_and_never_reaches_the_reporter(house: House) -> None:
    handed = hand_in(STORY, at=AT, team=house.office.team)
    who = house.office.caseworker
    box = only_box(who)
    with who.acting() as actor:
        answer_mailbox(box, "We are here.", actor=actor, at=AT)
        warn_staff(box, "Do not call: the line is watched.", actor=actor, at=AT)
    letters = opened(house.office.steward, box)
    assert letters[0].kind == SAFETY
    assert letters[0].text == "Do not call: the line is watched."
    found = mailbox_by_receipt(PUBLIC, handed.receipt)
    assert found
    assert len(found.replies) == 1
