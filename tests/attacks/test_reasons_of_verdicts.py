"""A reason may tell of a file: people of another organisation read it nowhere, unless shown it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.utils import timezone

from tests.core.accounts.factories import in_person, signed_in_client
from tests.core.accounts.terminal import run_at_terminal
from tests.core.matching.factories import (
    AT,
    XF,
    XZ,
    Office,
    confirmed,
    judged,
    listed,
    make_office,
    person,
    resolved,
    shown,
    shown_together,
    undone,
)
from undaunted.core.access.rules import Sharing
from undaunted.core.accounts.actions import acting_as, make_token
from undaunted.core.accounts.rules import Scope
from undaunted.core.matching.actions import judge_entries, judge_entries_together
from undaunted.core.matching.commands import commands
from undaunted.core.matching.models import Hand, Reason
from undaunted.core.matching.rules import Verdict, mark_of

if TYPE_CHECKING:
    from pathlib import Path
    from uuid import UUID

    from undaunted.core.accounts.models import User

pytestmark = pytest.mark.usefixtures("ledger")

SECRET = "Told by the witness of case Norna-17."
KEPT = "A reason is kept; its organisation reads it."
ONE, OTHER = ((XF, "1"), (XZ, "Z/9")), ((XF, "2"), (XZ, "Z/2"))
DESK, API = "/desk/matching/", "/api/v1/matching/desk/"
PAIR = f"{DESK}pair/?left={XF}:1&right={XZ}:Z/9"


@pytest.fixture
def ours(owner_sql: Any, tmp_path: Path) -> Office:
    held = make_office(owner_sql)
    olga = person("2", "Olga Vernik", born="1970-07-07")
    listed(held, XF, tmp_path, [person("1", "Viktor Strovik", born="1961-03-04"), olga])
    listed(held, XZ, tmp_path, [person("Z/9", "Wiktor Strowik", born="1961-03-04"),
                                {**olga, "key": "Z/2"}])  # fmt: skip
    resolved(held.writer)
    return held


@pytest.fixture
def theirs(owner_sql: Any) -> Office:
    return make_office(owner_sql)


def _together(who: User) -> UUID:
    with acting_as(who) as actor:
        return judge_entries_together(
            [OTHER], verdict=Verdict.SAME, why=SECRET, seen=shown(OTHER), actor=actor, at=AT
        )


def _told_to(who: User, batch: UUID) -> dict[str, str]:
    """Give what everything that tells of verdicts says to somebody, by where."""
    client = signed_in_client(who)
    with in_person(who) as actor:
        _row, key = make_token("script", [Scope.READ], actor=actor, at=timezone.now(), days=1)
    head = {"authorization": f"Bearer {key}"}
    pages = ("", "log/", f"log/together/{batch}/confirm/", f"log/together/{batch}/undo/", "files/")
    told = {page: client.get(DESK + page).content.decode() for page in pages}
    told["pair"] = client.get(PAIR).content.decode()
    sides = f"pair?left={XF}:1&right={XZ}:Z/9"
    for path in ("pairs", "log", f"together/{batch}", sides, "questions"):
        told[f"api {path}"] = Client().get(API + path, headers=head).content.decode()
    told["judgements"] = run_at_terminal(commands, "judgements", person=who)
    told["review"] = run_at_terminal(commands, "review", "--json", person=who)
    with acting_as(who), connection.cursor() as cursor:
        cursor.execute("SELECT to_jsonb(h)::text FROM matching_hand h")
        told["hands"] = str(cursor.fetchall())
        cursor.execute("SELECT to_jsonb(r)::text FROM matching_reason r")
        told["reasons"] = str(cursor.fetchall())
        cursor.execute("SELECT to_jsonb(a)::text FROM audit_entry a")
        told["record"] = str(cursor.fetchall())
    return told


@pytest.mark.parametrize("who", ["writer", "reviewer", "reader"])
def test_nobody_of_another_organisation_reads_a_reason(
    ours: Office, theirs: Office, owner_sql: Any, who: str
) -> None:
    made = judged(ours.writer, *ONE, Verdict.SAME, SECRET)
    batch = _together(ours.writer)
    told = _told_to(getattr(theirs, who), batch)
    assert {place for place, said in told.items() if SECRET in said} == set()
    assert "Norna-17" not in str(told)
    ((name,),) = owner_sql("SELECT name FROM accounts_organisation WHERE id = %s", [ours.holder])
    for place in ("log/", "pair"):
        assert KEPT in told[place], "that one is kept is told"
        assert name in told[place], "and by which organisation"
    assert "a reason is kept; its organisation reads it" in told["judgements"]
    undone(ours.writer, made, SECRET)
    assert "Norna-17" not in str(_told_to(getattr(theirs, who), batch))


def test_whoever_works_with_the_judge_reads_it_in_each_of_these_places(ours: Office) -> None:
    """The twin: it would be found."""
    judged(ours.writer, *ONE, Verdict.SAME, SECRET)
    batch = _together(ours.writer)
    told = _told_to(ours.reviewer, batch)
    places = {
        "log/", "pair", f"log/together/{batch}/confirm/", f"log/together/{batch}/undo/",
        "api log", f"api together/{batch}", "judgements", "reasons",
    }  # fmt: skip
    assert {place for place, said in told.items() if SECRET in said} == places
    assert SECRET in _told_to(ours.reader, batch)["log/"]


def test_another_organisation_confirms_by_the_entries_and_its_reason_is_its_own(
    ours: Office, theirs: Office
) -> None:
    made = judged(ours.writer, *ONE, Verdict.SAME, SECRET)
    done = judged(theirs.writer, *ONE, Verdict.SAME, "Our witness of Hest says so too.")
    assert (done.pk, done.confirmed_at) == (made.pk, AT)
    batch = _together(ours.writer)
    assert "of Hest" not in str(_told_to(ours.reviewer, batch))
    assert "of Hest" in _told_to(theirs.reader, batch)["log/"]


def test_reason_that_its_writer_shows_is_read_by_others(ours: Office, theirs: Office) -> None:
    with acting_as(ours.writer) as actor:
        made = judge_entries(
            *ONE, verdict=Verdict.SAME, why="Both name the prison of Karsk.", share=True,
            seen=shown(ONE), actor=actor, at=AT,
        )  # fmt: skip
    batch = _together(ours.writer)
    told = _told_to(theirs.reader, batch)
    assert "prison of Karsk" in told["log/"]
    assert "prison of Karsk" in told["api log"]
    assert "Norna-17" not in str(told)
    assert confirmed(theirs.reviewer, made).confirmed_at == AT


def test_page_program_and_terminal_show_a_reason_only_where_it_is_chosen(
    ours: Office, theirs: Office
) -> None:
    client = signed_in_client(ours.writer)
    page = client.get(PAIR).content.decode()
    assert "Show the reason to every organisation here" in page
    assert "checked" not in page
    told = {"verdict": "different", "why": "Another mother.", "seen": shown(ONE), "share": "on"}
    assert client.post(PAIR, told).status_code == 302
    words = ("judge", ":".join(OTHER[0]), ":".join(OTHER[1]), "different", "--why", "Two women.")
    seen = ("--seen", mark_of(shown(OTHER)))
    run_at_terminal(commands, *words, *seen, person=ours.writer)
    log = signed_in_client(theirs.reader).get(f"{DESK}log/").content.decode()
    assert "Another mother." in log
    assert "Two women." not in log
    run_at_terminal(commands, *words, *seen, "--show-why", person=ours.writer)
    assert "Two women." in signed_in_client(theirs.reader).get(f"{DESK}log/").content.decode()


def test_no_reason_is_given_for_another_nor_changed_in_sql(ours: Office, theirs: Office) -> None:
    judged(ours.writer, *ONE, Verdict.SAME, SECRET)
    judged(theirs.writer, *OTHER, Verdict.SAME, SECRET)
    with acting_as(theirs.writer):
        hands = {each.holder: each.pk for each in Hand.objects.all()}
    refusals = [
        (theirs.writer, theirs.holder, hands[ours.holder], "a step of one's own"),
        (theirs.writer, ours.holder, hands[ours.holder], "row-level security|one's own"),
        (theirs.reviewer, theirs.holder, hands[theirs.holder], "a step of one's own"),
        (theirs.writer, theirs.holder, hands[theirs.holder], "duplicate key"),
        (theirs.writer, theirs.holder, uuid4(), "a step of one's own"),
    ]
    for who, holder, hand, said in refusals:
        with acting_as(who), pytest.raises(DatabaseError, match=said), transaction.atomic():
            Reason.objects.create(holder=holder, sharing=Sharing.SHARED, hand=hand, text="Not so.")
    for statement in (
        "UPDATE matching_reason SET sharing = 'shared'",
        "UPDATE matching_reason SET text = ''",
        "DELETE FROM matching_reason",
    ):
        with (
            acting_as(theirs.writer),
            pytest.raises(DatabaseError, match="permission denied"),
            connection.cursor() as cursor,
        ):
            cursor.execute(statement)


def test_act_of_nobody_is_answered_as_one_that_is_not_there(ours: Office, theirs: Office) -> None:
    batch = _together(ours.writer)
    reader = signed_in_client(theirs.reader)
    for step in ("confirm", "undo"):
        pages = [reader.get(f"{DESK}log/together/{one}/{step}/") for one in (batch, uuid4())]
        assert [page.status_code for page in pages] == [404, 404]
    assert shown_together(theirs.reviewer, batch), "whoever judges looks before they confirm"


def test_officials_of_a_government_judge_by_the_entries_and_read_no_reason_of_others(
    ours: Office, theirs: Office, owner_sql: Any
) -> None:
    """They read what their body holds alone: not even that, or by whom, a reason is kept."""
    government = "UPDATE accounts_organisation SET government = true, country = 'XS' WHERE id = %s"
    owner_sql(government, [theirs.holder])
    with acting_as(ours.writer) as actor:
        made = judge_entries(
            *ONE, verdict=Verdict.SAME, why=SECRET, share=True, seen=shown(ONE), actor=actor, at=AT
        )
    batch = _together(ours.writer)
    told = _told_to(theirs.reviewer, batch)
    assert "Norna-17" not in str(told)
    assert "Olga Vernik" in told[f"log/together/{batch}/confirm/"]
    assert KEPT not in told["pair"]
    with acting_as(theirs.reviewer), pytest.raises(DatabaseError), transaction.atomic():
        Reason.objects.create(
            holder=ours.holder, sharing=Sharing.SHARED, hand=made.pk, text="Not so."
        )
