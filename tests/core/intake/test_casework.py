"""The caseworkers' desk: queue, assignment, compartments, conflicts."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pyrage
import pytest

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
from tests.core.vault.factories import make_colleague
from undaunted.core.access.rules import PUBLIC, Forbidden, Role
from undaunted.core.audit.queries import entries_about
from undaunted.core.intake.actions import (
    ConflictFound,
    NotInTeam,
    assign_mailbox,
    declare_conflict,
    end_conflict,
    hand_in,
    keep_from_mailbox,
    move_mailbox,
    seal_out_barred,
    write_message,
)
from undaunted.core.intake.queries import (
    Sieve,
    attachments_for,
    mailbox_by_receipt,
    queue_for,
    waiting_for,
)
from undaunted.core.intake.rules import (
    ConflictKind,
)
from undaunted.core.vault.actions import (
    add_member,
    lift_bar,
    remove_member,
)
from undaunted.core.vault.models import Bar, RecordKey
from undaunted.core.vault.rules import BarredHere, NotThatTeam

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from undaunted.core.intake.models import Mailbox

pytestmark = pytest.mark.usefixtures("ledger")


@pytest.fixture
def house(owner_sql: Callable[..., object]) -> House:
    return make_house(owner_sql)


def _unread(box: Mailbox) -> tuple[int, datetime | None]:
    held = vars(box)
    return held["unread"], held["unread_since"]


def test_queue_shows_what_is_late_and_unread_and_runs_again_with_each_message(house: House) -> None:
    handed = hand_in(STORY, at=AT, team=house.office.team)
    who = house.office.caseworker
    with who.acting() as actor:
        (box,) = waiting_for(actor, Sieve())
        assert _unread(box) == (1, AT.replace(minute=0, second=0))
    opened(who, box)
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
    file = add_file(house, box.pk)
    with steward.acting() as actor:
        move_mailbox(box, house.other, key=steward.key, actor=actor, at=AT)
        assert not queue_for(actor).exists()
    moved = box_of(house.other_steward, box.pk)
    assert moved
    assert opened(house.other_steward, moved)[0].answers == STORY
    with house.other_steward.acting() as actor:
        assert attachments_for(actor, moved).get().pk == file
        key = RecordKey.objects.get(pk=box.pk)
    for outside in (steward, house.office.caseworker):
        with pytest.raises(pyrage.DecryptError):
            pyrage.decrypt(bytes(key.sealed), [outside.key.identity])
    found = mailbox_by_receipt(PUBLIC, handed.receipt)
    assert found
    write_message(found, "Still here?", handed.receipt, at=AT)
    assert opened(house.other_steward, moved)[-1].text == "Still here?"


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
        opened(who, box)
    again = only_box(steward)
    assert again.assigned_to is None
    with steward.acting() as actor:
        sealed = bytes(RecordKey.objects.get(pk=box.pk).sealed)
        with pytest.raises(NotInTeam):
            assign_mailbox(again, who.user.pk, actor=actor, at=AT)
    with pytest.raises(pyrage.DecryptError):
        pyrage.decrypt(sealed, [who.key.identity])
    assert pyrage.decrypt(sealed, [steward.key.identity])
    file = add_file(house, box.pk)
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
    assert opened(who, box)[0].answers == STORY
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
        opened(who, box)
    assert opened(house.office.steward, box)


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
