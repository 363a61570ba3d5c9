"""The caseworkers' desk: compartments, conflicts, emergencies, exports by two, redacted copies."""

from __future__ import annotations

import io
import zipfile
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pyrage
import pytest
from django.utils import timezone

from tests.core.evidence import files_of_every_kind as files
from tests.core.intake.offices import House, box_of, make_house, only_box
from tests.core.vault.factories import make_colleague
from undaunted.core.access.rules import PUBLIC, Forbidden, Role
from undaunted.core.audit.queries import entries_about
from undaunted.core.intake.actions import (
    ConflictFound,
    ExportRefused,
    NotInTeam,
    answer_mailbox,
    approve_export,
    assign_mailbox,
    attach,
    break_mailbox,
    declare_conflict,
    end_conflict,
    hand_in,
    keep_from_mailbox,
    make_export,
    move_mailbox,
    open_mailbox,
    open_redaction,
    propose_export,
    redact_letter,
    refuse_export,
    seal_arriving,
    seal_out_barred,
    warn_staff,
    write_message,
)
from undaunted.core.intake.queries import (
    Sieve,
    attachments_for,
    covering_team,
    exports_for,
    mailbox_by_receipt,
    queue_for,
    redactions_for,
    unattended_for,
    waiting_for,
)
from undaunted.core.intake.rules import (
    SAFETY,
    Answers,
    ConflictKind,
    Danger,
    Door,
    ExportForm,
    PassageMissing,
    WhyBroken,
    WhyExported,
    WhyOpened,
)
from undaunted.core.vault.actions import (
    acknowledge_alarm,
    add_member,
    lift_bar,
    open_in_emergency,
    remove_member,
)
from undaunted.core.vault.models import Bar, RecordKey
from undaunted.core.vault.queries import alarms_for
from undaunted.core.vault.rules import BarredHere, NotForThisKey, NotThatTeam, VaultError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path
    from uuid import UUID

    from tests.core.vault.factories import Colleague
    from undaunted.core.access.rules import Actor
    from undaunted.core.intake.actions import Opened
    from undaunted.core.intake.models import Export, Mailbox

pytestmark = pytest.mark.usefixtures("ledger")

AT = datetime(2026, 11, 20, 14, 37, 12, tzinfo=UTC)
STORY = Answers(
    Door.INCIDENT,
    Danger.NOW,
    {"story": "Colonel Vask of Borduria came at night.", "who_did": "Vask", "where": "Strelsau"},
    "en",
)


@pytest.fixture
def house(owner_sql: Callable[..., object]) -> House:
    return make_house(owner_sql)


def _open(
    who: Colleague, box: Mailbox, reason: WhyOpened = WhyOpened.CASEWORK
) -> tuple[Opened, ...]:
    with who.acting() as actor:
        return open_mailbox(box, key=who.key, actor=actor, at=AT, reason=reason)


def _unread(box: Mailbox) -> tuple[int, datetime | None]:
    held = vars(box)
    return held["unread"], held["unread_since"]


def _add_file(house: House, box: UUID) -> UUID:
    with seal_arriving(house.office.team, at=AT) as (record, upload):
        upload.write(files.jpeg())
    attach(record, box, at=AT)
    return record


def test_queue_shows_what_is_late_and_unread_and_runs_again_with_each_message(house: House) -> None:
    handed = hand_in(STORY, at=AT, team=house.office.team)
    who = house.office.caseworker
    with who.acting() as actor:
        (box,) = waiting_for(actor, Sieve())
        assert _unread(box) == (1, AT.replace(minute=0, second=0))
    _open(who, box)
    with who.acting() as actor:
        (box,) = waiting_for(actor, Sieve())
        assert _unread(box) == (0, None)
        assert not waiting_for(actor, Sieve(unread=True)).exists()
    found = mailbox_by_receipt(PUBLIC, handed.receipt)
    assert found
    write_message(found, "Again.", handed.receipt, at=AT + timedelta(days=1))
    with who.acting() as actor:
        (box,) = waiting_for(actor, Sieve(unread=True, severity="red", taken="nobody"))
        assert _unread(box) == (1, AT.replace(minute=0, second=0) + timedelta(days=1))
        for other in (Sieve(severity="green"), Sieve(door="help"), Sieve(taken="me"),
                      Sieve(team=uuid4()), Sieve(state="closed")):  # fmt: skip
            assert not waiting_for(actor, other).exists()


def test_mailbox_is_taken_handed_over_and_given_back_within_its_team(house: House) -> None:
    hand_in(STORY, at=AT, team=house.office.team)
    who, box = house.office.caseworker, only_box(house.office.caseworker)
    with who.acting() as actor:
        assign_mailbox(box, actor.person, actor=actor, at=AT)
        assign_mailbox(box, house.office.steward.user.pk, actor=actor, at=AT)
        assign_mailbox(box, None, actor=actor, at=AT)
    for stranger in (house.officer.user.pk, house.other_steward.user.pk, uuid4()):
        with who.acting() as actor, pytest.raises(NotInTeam):
            assign_mailbox(box, stranger, actor=actor, at=AT)


def test_moved_mailbox_is_opened_by_the_other_compartment_alone(
    house: House, settings: Any, tmp_path: Path
) -> None:
    settings.DOCUMENTS_FOLDER = tmp_path
    handed = hand_in(STORY, at=AT, team=house.office.team)
    steward = house.office.steward
    box = only_box(steward)
    file = _add_file(house, box.pk)
    with steward.acting() as actor:
        move_mailbox(box, house.other, key=steward.key, actor=actor, at=AT)
        assert not queue_for(actor).exists()
    moved = box_of(house.other_steward, box.pk)
    assert moved
    assert _open(house.other_steward, moved)[0].answers == STORY
    with house.other_steward.acting() as actor:
        assert attachments_for(actor, moved).get().pk == file
        key = RecordKey.objects.get(pk=box.pk)
    for outside in (steward, house.office.caseworker):
        with pytest.raises(pyrage.DecryptError):
            pyrage.decrypt(bytes(key.sealed), [outside.key.identity])
    found = mailbox_by_receipt(PUBLIC, handed.receipt)
    assert found
    write_message(found, "Still here?", handed.receipt, at=AT)
    assert _open(house.other_steward, moved)[-1].text == "Still here?"


def test_mailbox_moves_only_where_the_mover_may_put_it(house: House) -> None:
    hand_in(STORY, at=AT, team=house.office.team)
    who = house.office.caseworker
    box = only_box(who)
    for target in (house.other, house.duty, house.office.team, uuid4()):
        with who.acting() as actor, pytest.raises(NotThatTeam):
            move_mailbox(box, target, key=who.key, actor=actor, at=AT)


def test_whoever_declares_a_conflict_sees_nothing_more_and_has_no_key(
    house: House, settings: Any, tmp_path: Path
) -> None:
    settings.DOCUMENTS_FOLDER = tmp_path
    hand_in(STORY, at=AT, team=house.office.team)
    who, steward = house.office.caseworker, house.office.steward
    box = only_box(who)
    with steward.acting() as actor:
        assign_mailbox(box, who.user.pk, actor=actor, at=AT)
    with who.acting() as actor:
        keep_from_mailbox(box, actor.person, key=who.key, actor=actor, at=AT)
        assert not queue_for(actor).exists()
    with pytest.raises(NotThatTeam):
        _open(who, box)
    again = only_box(steward)
    assert again.assigned_to is None
    with steward.acting() as actor:
        sealed = bytes(RecordKey.objects.get(pk=box.pk).sealed)
        with pytest.raises(NotInTeam):
            assign_mailbox(again, who.user.pk, actor=actor, at=AT)
    with pytest.raises(pyrage.DecryptError):
        pyrage.decrypt(sealed, [who.key.identity])
    assert pyrage.decrypt(sealed, [steward.key.identity])
    file = _add_file(house, box.pk)
    with steward.acting() as actor:
        assert Bar.objects.filter(record=file, sealed_out=False).count() == 1
        assert seal_out_barred(again, key=steward.key, actor=actor, at=AT) == 1
        late = bytes(RecordKey.objects.get(pk=file).sealed)
    with pytest.raises(pyrage.DecryptError):
        pyrage.decrypt(late, [who.key.identity])


def test_steward_records_a_conflict_and_lifts_it(house: House) -> None:
    hand_in(STORY, at=AT, team=house.office.team)
    who, steward = house.office.caseworker, house.office.steward
    box = only_box(steward)
    with who.acting() as actor, pytest.raises(Forbidden):
        keep_from_mailbox(box, steward.user.pk, key=who.key, actor=actor, at=AT)
    with steward.acting() as actor:
        keep_from_mailbox(box, who.user.pk, key=None, actor=actor, at=AT)
        assert seal_out_barred(box, key=steward.key, actor=actor, at=AT) == 1
        assert seal_out_barred(box, key=steward.key, actor=actor, at=AT) == 0
    assert box_of(who, box.pk) is None
    with steward.acting() as actor:
        bar = Bar.objects.get()
        lift_bar(bar, key=steward.key, actor=actor, at=AT)
    assert _open(who, box)[0].answers == STORY
    verbs = []
    with steward.acting():
        verbs = [entry.verb for entry in entries_about("sealed_record", str(box.pk))]
    assert {"record.barred", "record.barred_key_renewed", "record.bar_lifted"} <= set(verbs)


def test_nobody_lifts_a_bar_against_themselves_or_re_seals_what_they_do_not_see(
    house: House, owner_sql: Any
) -> None:
    hand_in(STORY, at=AT, team=house.office.team)
    steward = house.office.steward
    box = only_box(steward)
    newcomer = make_colleague(owner_sql, {house.holder: [Role.DOCUMENTER]})
    with steward.acting() as actor:
        keep_from_mailbox(box, actor.person, key=steward.key, actor=actor, at=AT)
        with pytest.raises(Forbidden):
            lift_bar(Bar.objects.get(), key=steward.key, actor=actor, at=AT)
    for change in (add_member, remove_member):
        person = newcomer if change is add_member else house.office.caseworker
        with steward.acting() as actor, pytest.raises(BarredHere):
            change(house.office.team, person.user.pk, key=steward.key, actor=actor, at=AT)


@pytest.mark.parametrize(
    ("kind", "about"),
    [(ConflictKind.STATE, "XB"), (ConflictKind.ORGANISATION, "colonel  vask")],
)
def test_what_concerns_a_declared_conflict_is_not_shown(
    house: House, kind: ConflictKind, about: str
) -> None:
    hand_in(STORY, at=AT, team=house.office.team)
    who = house.office.caseworker
    box = only_box(who)
    with who.acting() as actor:
        declare_conflict(actor.person, house.holder, kind, about, actor=actor, at=AT)
    with pytest.raises(ConflictFound):
        _open(who, box)
    assert _open(house.office.steward, box)


def test_a_conflict_is_ended_by_a_steward_and_not_by_its_owner(house: House) -> None:
    who = house.office.caseworker
    with who.acting() as actor:
        made = declare_conflict(
            actor.person, house.holder, ConflictKind.STATE, "XB", actor=actor, at=AT
        )
        with pytest.raises(Forbidden):
            end_conflict(made.pk, actor=actor, at=AT)
    with house.office.steward.acting() as actor:
        end_conflict(made.pk, actor=actor, at=AT)
        with pytest.raises(Forbidden):
            end_conflict(made.pk, actor=actor, at=AT)


def test_emergency_opens_for_an_hour_raises_an_alarm_and_is_told_to_the_reporter(
    house: House, settings: Any, tmp_path: Path
) -> None:
    settings.DOCUMENTS_FOLDER = tmp_path
    handed = hand_in(STORY, at=AT, team=house.office.team)
    box = only_box(house.office.steward)
    file = _add_file(house, box.pk)
    officer, now = house.officer, timezone.now()
    assert covering_team(PUBLIC, house.office.team) == "Night duty"
    assert box_of(officer, box.pk) is None
    with officer.acting() as actor:
        (waiting,) = unattended_for(actor)
        assert (waiting.mailbox, waiting.team) == (box.pk, "Casework")
        with pytest.raises(NotThatTeam):
            open_in_emergency(box.pk, key=officer.key, actor=actor, at=now)
        opened = break_mailbox(
            box.pk, why=WhyBroken.NOBODY_ANSWERS, key=officer.key, actor=actor, at=now
        )
        seen = queue_for(actor).get()
        reason = WhyOpened.EMERGENCY
        (letter,) = open_mailbox(seen, key=opened, actor=actor, at=now, reason=reason)
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
        _open(house.officer, box)


def _proposed(house: House, box: Mailbox, form: ExportForm, recipient: str = "") -> Export:
    who = house.office.caseworker
    with who.acting() as actor:
        return propose_export(
            box, form, WhyExported.LAWYER, recipient=recipient, actor=actor, at=AT
        )


def _of(actor: Actor, export: Export) -> Export:
    return exports_for(actor).select_related("mailbox").get(pk=export.pk)


def test_export_takes_two_people_is_made_once_and_is_told_to_the_reporter(
    house: House, settings: Any, tmp_path: Path
) -> None:
    settings.DOCUMENTS_FOLDER = tmp_path
    handed = hand_in(STORY, at=AT, team=house.office.team)
    who, second = house.office.caseworker, house.office.steward
    box = only_box(who)
    _add_file(house, box.pk)
    export = _proposed(house, box, ExportForm.WHOLE)
    for early in (who, second):
        with early.acting() as actor, pytest.raises(ExportRefused):
            make_export(_of(actor, export), key=early.key, actor=actor, at=AT)
    with who.acting() as actor, pytest.raises(ExportRefused):
        approve_export(export, actor=actor, at=AT)
    with second.acting() as actor:
        approve_export(_of(actor, export), actor=actor, at=AT)
    with second.acting() as actor, pytest.raises(ExportRefused):
        make_export(_of(actor, export), key=second.key, actor=actor, at=AT)
    with who.acting() as actor:
        name, content = make_export(_of(actor, export), key=who.key, actor=actor, at=AT)
    assert name.endswith(".zip")
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        names = package.namelist()
        assert names == ["letters/01-intake.answers.txt", "files/01.jpg"]
        assert "Colonel Vask" in package.read(names[0]).decode()
        assert files.CANARY.encode() not in package.read(names[1])
    with who.acting() as actor, pytest.raises(ExportRefused):
        make_export(_of(actor, export), key=who.key, actor=actor, at=AT)
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
    with who.acting() as actor:
        name, envelope = make_export(_of(actor, export), key=who.key, actor=actor, at=AT)
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
    (letter,) = _open(who, box)
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
    assert _open(who, box)[0].answers == STORY
    export = _proposed(house, box, ExportForm.REDACTED)
    with second.acting() as actor:
        approve_export(_of(actor, export), actor=actor, at=AT)
    with who.acting() as actor:
        _, content = make_export(_of(actor, export), key=who.key, actor=actor, at=AT)
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        (name,) = package.namelist()
        assert "Vask" not in package.read(name).decode()


def test_message_is_redacted_too(house: House) -> None:
    handed = hand_in(STORY, at=AT, team=house.office.team)
    found = mailbox_by_receipt(PUBLIC, handed.receipt)
    assert found
    write_message(found, "Call me at 555 01.", handed.receipt, at=AT)
    who = house.office.caseworker
    box = only_box(who)
    letter = _open(who, box)[-1]
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
    letters = _open(house.office.steward, box)
    assert letters[0].kind == SAFETY
    assert letters[0].text == "Do not call: the line is watched."
    found = mailbox_by_receipt(PUBLIC, handed.receipt)
    assert found
    assert len(found.replies) == 1
