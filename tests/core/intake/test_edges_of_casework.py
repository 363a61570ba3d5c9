"""What is asked twice, of the wrong team, or under a number that does not exist."""

from __future__ import annotations

from typing import Any

import pytest

from tests.core.intake.offices import AT, STORY, House, make_house, only_box
from tests.core.vault.factories import make_colleague, take_in
from undaunted.core.access.rules import PUBLIC, Role
from undaunted.core.intake.actions import hand_in, keep_from_mailbox
from undaunted.core.vault.actions import cover_team, move_records, open_all, put_on_duty
from undaunted.core.vault.models import Bar
from undaunted.core.vault.queries import alarms_for
from undaunted.core.vault.rules import BarredHere, NotThatTeam, OlderSequence, WrongVersion

pytestmark = pytest.mark.usefixtures("ledger")


@pytest.fixture
def house(owner_sql: Any) -> House:
    made = make_house(owner_sql)
    hand_in(STORY, at=AT, team=made.office.team)
    return made


def test_asking_twice_changes_nothing(house: House, owner_sql: Any) -> None:
    steward, box = house.office.steward, only_box(house.office.steward)
    with house.duty_steward.acting() as actor:
        assert put_on_duty(house.duty, actor=actor, at=AT).team_id == house.duty
    with steward.acting() as actor:
        for _ in range(2):
            keep_from_mailbox(
                box, house.office.caseworker.user.pk, key=steward.key, actor=actor, at=AT
            )
        assert Bar.objects.count() == 1
    newcomer = make_colleague(owner_sql, {house.holder: [Role.DOCUMENTER]})
    assert take_in(owner_sql, house.office.team, newcomer.user.pk, by=steward) == 1
    assert not alarms_for(PUBLIC).exists()


def test_wrong_team_number_and_version_are_refused(house: House) -> None:
    steward, box = house.office.steward, only_box(house.office.steward)
    with steward.acting() as actor, pytest.raises(NotThatTeam):
        move_records([box.pk], house.office.team, key=steward.key, actor=actor, at=AT)
    for number, version, refusal in ((9, 1, OlderSequence), (1, 7, WrongVersion)):
        asked = [("intake.answers", number, b"")]
        with steward.acting() as actor, pytest.raises(refusal):
            open_all(asked, box.pk, version=version, key=steward.key, actor=actor, at=AT)


def test_whoever_is_barred_chooses_no_team_on_duty(house: House) -> None:
    steward, box = house.office.steward, only_box(house.office.steward)
    with steward.acting() as actor:
        keep_from_mailbox(box, actor.person, key=steward.key, actor=actor, at=AT)
    with steward.acting() as actor, pytest.raises(BarredHere):
        cover_team(house.office.team, None, key=steward.key, actor=actor, at=AT)
