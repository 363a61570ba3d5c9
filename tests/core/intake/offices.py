"""An office with two compartments, people in each, and somebody on duty outside them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from tests.core.evidence import files_of_every_kind as files
from tests.core.vault.factories import Colleague, Office, make_colleague, make_office, take_in
from undaunted.core.access.rules import Role
from undaunted.core.intake.actions import attach, open_mailbox, seal_arriving
from undaunted.core.intake.queries import mailbox_for, queue_for
from undaunted.core.intake.rules import Answers, Danger, Door, WhyOpened
from undaunted.core.vault.actions import cover_team, found_team, put_on_duty

if TYPE_CHECKING:
    from uuid import UUID

    from undaunted.core.intake.actions import Opened
    from undaunted.core.intake.models import Mailbox

__all__ = [
    "AT",
    "STORY",
    "House",
    "add_file",
    "box_of",
    "make_house",
    "make_team",
    "only_box",
    "opened",
]

AT = datetime(2026, 11, 20, 14, 37, 12, tzinfo=UTC)
STORY = Answers(
    Door.INCIDENT,
    Danger.NOW,
    {"story": "Colonel Vask of Borduria came at night.", "who_did": "Vask", "where": "Strelsau"},
    "en",
)


@dataclass
class House:
    """An office, a second compartment with its own steward, and a team on duty."""

    office: Office
    other: UUID
    other_steward: Colleague
    duty: UUID
    officer: Colleague
    duty_steward: Colleague

    @property
    def holder(self) -> UUID:
        """Give the organisation."""
        return self.office.holder


def make_house(owner_sql: Any, *, covered: bool = True) -> House:
    """Make the house; with `covered` the first compartment has put the duty team on duty."""
    office = make_office(owner_sql)
    other_steward, other = make_team(owner_sql, office.holder, "Interpol", receives=True)
    duty_steward, duty = make_team(owner_sql, office.holder, "Night duty")
    officer = make_colleague(owner_sql, {office.holder: [Role.DOCUMENTER]})
    now = timezone.now()
    take_in(owner_sql, duty, officer.user.pk, by=duty_steward)
    with duty_steward.acting() as actor:
        put_on_duty(duty, actor=actor, at=now)
    if covered:
        with office.steward.acting() as actor:
            cover_team(office.team, duty, key=office.steward.key, actor=actor, at=now)
    return House(office, other, other_steward, duty, officer, duty_steward)


def make_team(
    owner_sql: Any, holder: UUID, name: str, *, receives: bool = False
) -> tuple[Colleague, UUID]:
    """Make a steward and a team of one."""
    steward = make_colleague(owner_sql, {holder: [Role.STEWARD]})
    with steward.acting() as actor:
        team = found_team(holder, name, receives=receives, actor=actor, at=timezone.now()).pk
    return steward, team


def only_box(who: Colleague) -> Mailbox:
    """Give the only mailbox that somebody sees."""
    with who.acting() as actor:
        return queue_for(actor).get()


def box_of(who: Colleague, mailbox: UUID) -> Mailbox | None:
    """Give a mailbox as somebody sees it."""
    with who.acting() as actor:
        return mailbox_for(actor, mailbox)


def opened(
    who: Colleague, box: Mailbox, reason: WhyOpened = WhyOpened.CASEWORK
) -> tuple[Opened, ...]:
    """Open a mailbox as somebody."""
    with who.acting() as actor:
        return open_mailbox(box, key=who.key, actor=actor, at=AT, reason=reason)


def add_file(house: House, box: UUID, content: bytes = b"") -> UUID:
    """Add a file, else a picture, to a mailbox of the first compartment, as its reporter does."""
    with seal_arriving(house.office.team, at=AT) as (record, upload):
        upload.write(content or files.jpeg())
    attach(record, box, at=AT)
    return record
