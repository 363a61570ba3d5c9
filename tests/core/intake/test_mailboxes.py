"""From the door to the team and back, with the real vault and the real roles of the database."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest
from django.db import DatabaseError, connections, transaction

from tests.core.vault.factories import Office, make_office
from undaunted.core.access.rules import PUBLIC
from undaunted.core.intake.actions import (
    NobodyReceives,
    WrongStep,
    answer_mailbox,
    close_mailbox,
    hand_in,
    open_mailbox,
    read_replies,
    write_message,
)
from undaunted.core.intake.models import Letter, Mailbox
from undaunted.core.intake.queries import (
    mailbox_by_receipt,
    mailbox_for,
    openings_for,
    queue_for,
)
from undaunted.core.intake.rules import (
    Answers,
    Danger,
    Door,
    Severity,
    State,
    WhyOpened,
    draw_receipt,
)

if TYPE_CHECKING:
    from collections.abc import Callable

pytestmark = pytest.mark.usefixtures("ledger")

AT = datetime(2026, 11, 20, 14, 37, 12, tzinfo=UTC)
STORY = Answers(Door.INCIDENT, Danger.NOW, {"story": "They came at night, CANARY55."}, "en")

GREASE = 1024
"""An age header holds a stanza of random length that means nothing."""


@pytest.fixture
def office(owner_sql: Callable[..., object]) -> Office:
    return make_office(owner_sql)


def test_report_comes_to_the_team_and_an_answer_goes_back(office: Office) -> None:
    handed = hand_in(STORY, at=AT)
    with office.caseworker.acting() as actor:
        (mailbox,) = queue_for(actor)
        assert (mailbox.severity, mailbox.state) == (Severity.RED, State.NEW)
        (letter,) = open_mailbox(
            mailbox, key=office.caseworker.key, actor=actor, at=AT, reason=WhyOpened.FIRST_LOOK
        )
        assert letter.answers == STORY
        answer_mailbox(mailbox, "We are here.", actor=actor, at=AT)
    found = mailbox_by_receipt(PUBLIC, handed.receipt)
    assert found is not None
    assert [each.reason for each in found.looked] == ["first_look"]
    (reply,) = read_replies(found, handed.receipt, at=AT)
    assert (reply.text, reply.unread) == ("We are here.", True)
    again = mailbox_by_receipt(PUBLIC, handed.receipt)
    assert again is not None
    assert not again.replies[0].unread


def test_further_message_opens_a_closed_mailbox(office: Office) -> None:
    receipt = hand_in(STORY, at=AT).receipt
    with office.caseworker.acting() as actor:
        (mailbox,) = queue_for(actor)
        with pytest.raises(WrongStep):
            close_mailbox(mailbox, actor=actor, at=AT)
        open_mailbox(
            mailbox, key=office.caseworker.key, actor=actor, at=AT, reason=WhyOpened.FIRST_LOOK
        )
        close_mailbox(mailbox, actor=actor, at=AT)
    found = mailbox_by_receipt(PUBLIC, receipt)
    assert found is not None
    write_message(found, "It has happened again.", receipt, at=AT)
    with office.steward.acting() as actor:
        (mailbox,) = queue_for(actor)
        assert mailbox.state == State.OPEN
        letters = open_mailbox(
            mailbox, key=office.steward.key, actor=actor, at=AT, reason=WhyOpened.CASEWORK
        )
        assert letters[-1].text == "It has happened again."
        assert openings_for(actor, mailbox).count() == 2


def test_nothing_readable_is_stored_and_times_are_hours(
    office: Office, owner_sql: Callable[..., Any]
) -> None:
    hand_in(STORY, at=AT)
    with office.caseworker.acting():
        letter = Letter.objects.get()
        assert b"CANARY55" not in bytes(letter.envelope)
        assert letter.at.minute == letter.at.second == 0


def test_harmless_receipt_opens_a_mailbox_that_looks_the_same(office: Office) -> None:
    handed = hand_in(STORY, at=AT, harmless_text="Thank you for asking about our newsletter.")
    assert handed.harmless is not None
    found = mailbox_by_receipt(PUBLIC, handed.harmless)
    assert found is not None
    (reply,) = read_replies(found, handed.harmless, at=AT)
    assert reply.text == "Thank you for asking about our newsletter."
    with office.caseworker.acting() as actor:
        sizes = [len(bytes(each.envelope)) for each in Letter.objects.filter(kind="intake.answers")]
        assert max(sizes) - min(sizes) < GREASE
        decoy = mailbox_for(actor, found.id)
        assert decoy is not None
        letters = open_mailbox(
            decoy, key=office.caseworker.key, actor=actor, at=AT, reason=WhyOpened.FIRST_LOOK
        )
        assert letters[0].answers is not None
        assert letters[0].answers.decoy


def test_unknown_receipt_asks_the_same_questions(
    office: Office, django_assert_num_queries: Callable[..., Any]
) -> None:
    known = hand_in(STORY, at=AT).receipt
    for receipt in (known, draw_receipt()):
        with django_assert_num_queries(3, connection=connections["intake"]):
            mailbox_by_receipt(PUBLIC, receipt)
    assert mailbox_by_receipt(PUBLIC, draw_receipt()) is None


def test_without_a_team_nothing_is_taken(ledger: object) -> None:
    with pytest.raises(NobodyReceives):
        hand_in(STORY, at=AT)


@pytest.mark.parametrize(
    "statement",
    [
        "SELECT * FROM intake_mailbox",
        "SELECT * FROM intake_letter",
        "SELECT * FROM intake_opening",
        "UPDATE intake_mailbox SET state = 'closed'",
        "DELETE FROM intake_letter",
        "SELECT * FROM vault_recordkey",
        "SELECT * FROM vault_publickey",
        "SELECT * FROM accounts_user",
        "SELECT * FROM actors_party",
    ],
)
def test_intake_role_reads_no_table(office: Office, statement: str) -> None:
    hand_in(STORY, at=AT)
    with pytest.raises(DatabaseError), transaction.atomic(using="intake"):
        connections["intake"].cursor().execute(statement)


def test_stranger_and_reader_of_another_house_see_no_mailbox(
    office: Office, owner_sql: Callable[..., object]
) -> None:
    other = make_office(owner_sql)
    hand_in(STORY, at=AT, team=office.team)
    with other.caseworker.acting() as actor:
        assert not queue_for(actor).exists()
        assert not Mailbox.objects.exists()
        assert not Letter.objects.exists()
