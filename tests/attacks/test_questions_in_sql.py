"""Somebody of another organisation, with SQL, asks whether a name is in our files."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.utils import timezone

from tests.core.accounts.factories import make_user, signed_in_client
from tests.core.listings.factories import make_office
from tests.core.matching.factories import (
    AT,
    XF,
    Office,
    answered_as_shown,
    in_file,
    listed,
    person,
    screened,
)
from undaunted.core.access.rules import PUBLIC, Role
from undaunted.core.accounts.actions import acting_as
from undaunted.core.consent.actions import announce, deliver
from undaunted.core.matching.actions import MatchingRefused, answer_question, screen_subjects
from undaunted.core.matching.actions.vouching import settle, vouched_for
from undaunted.core.matching.models import Answer, Question, Screening
from undaunted.core.matching.queries import answers_for, questions_for, standing_of
from undaunted.core.matching.rules import Named, Verdict

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.usefixtures("ledger")

NAME = "Viktor Strovik"


@pytest.fixture
def ours(owner_sql: Any, tmp_path: Path) -> Office:
    held = make_office(owner_sql)
    listed(held, XF, tmp_path, [person("1", NAME, born="1961-03-04")])
    in_file(held, "Виктор Стровик", born="1961")
    screened(held)
    return held


@pytest.fixture
def theirs(owner_sql: Any) -> Office:
    return make_office(owner_sql)


def _rows(statement: str) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        found: list[tuple[Any, ...]] = cursor.fetchall()
        return found


def _question(office: Office) -> UUID:
    with acting_as(office.writer) as actor:
        return questions_for(actor)[0].pk


def _answer(office: Office) -> None:
    with acting_as(office.writer) as actor:
        held = questions_for(actor)[0]
        answered_as_shown(actor, held, Verdict.SAME, "x")


@pytest.mark.parametrize("table", ["matching_question", "matching_answer"])
def test_rows_are_neither_read_nor_counted_nor_changed_by_others(
    ours: Office, theirs: Office, table: str
) -> None:
    _answer(ours)
    for one in (theirs.writer, theirs.reviewer, theirs.reader):
        with acting_as(one):
            assert _rows(f"SELECT count(*) FROM {table}") == [(0,)]
            assert _rows(f"SELECT * FROM {table} FOR UPDATE") == []
            with connection.cursor() as cursor:
                cursor.execute(f"UPDATE {table} SET likeness = 0")
                assert cursor.rowcount == 0
            with pytest.raises(DatabaseError), transaction.atomic():
                _rows(f"DELETE FROM {table}")


def test_row_in_our_name_is_refused_and_one_of_theirs_tells_nothing_of_ours(
    ours: Office, theirs: Office, owner_sql: Any
) -> None:
    """A constraint across organisations would say by its error that we ask the same."""
    ((subject, entry),) = owner_sql("SELECT subject, entry FROM matching_question")
    told = {"subject": subject, "entry": entry, "likeness": 1.0, "asked_at": AT}
    with acting_as(theirs.writer):
        with pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
            Question.objects.create(holder=ours.holder, **told)
        Question.objects.create(holder=theirs.holder, **told)
    assert owner_sql("SELECT count(*) FROM matching_question") == [(2,)]


def test_question_of_others_is_refused_as_one_that_is_not_there(
    ours: Office, theirs: Office
) -> None:
    held = _question(ours)
    said = []
    for which in (held, ours.holder):
        with acting_as(theirs.writer) as actor, pytest.raises(MatchingRefused) as refusal:
            answer_question(which, verdict=Verdict.SAME, why="x", seen="x", actor=actor, at=AT)
        said.append(str(refusal.value))
    assert said[0] == said[1]
    client = signed_in_client(theirs.writer)
    pages = [client.get(f"/desk/matching/files/{which}/") for which in (held, ours.holder)]
    assert [page.status_code for page in pages] == [404, 404]
    assert NAME not in client.get("/desk/matching/files/").content.decode()


def test_screening_our_files_as_somebody_else_finds_nobody(ours: Office, theirs: Office) -> None:
    with acting_as(ours.writer) as actor:
        key = questions_for(actor)[0].subject.partition(":")[2]
    with acting_as(theirs.writer) as actor:
        done = screen_subjects(theirs.holder, Named.PERSON, actor=actor, at=AT, keys=[key])
        assert (done.asked, done.new, done.remembered) == (0, 0, 0)
        assert not questions_for(actor).exists()


def test_what_everybody_reads_is_the_same_whether_or_not_somebody_is_in_a_file(
    ours: Office, owner_sql: Any
) -> None:
    before = standing_of(PUBLIC)
    _answer(ours)
    assert standing_of(PUBLIC) == before
    for table in ("judgement", "candidate", "seen"):
        rows = owner_sql(f"SELECT to_jsonb(t)::text FROM published_match_{table} t")
        assert all("person:" not in text for (text,) in rows)


def test_record_of_acts_says_alike_of_a_hit_and_of_none(
    ours: Office, theirs: Office, owner_sql: Any
) -> None:
    """Stewards of their organisations read that record: a verb of its own would tell of a hit."""
    screened(theirs)
    _answer(ours)
    told = owner_sql(
        "SELECT DISTINCT e.verb, e.subject_kind, d.detail::text FROM audit_entry e"
        " JOIN audit_detail d ON d.entry_id = e.id WHERE e.subject_kind = 'screening'"
    )
    assert told == [("screening.step", "screening", "{}")]
    ids = {str(row[0]) for row in owner_sql("SELECT id FROM matching_question")}
    named = owner_sql("SELECT subject_id FROM audit_entry WHERE verb = 'screening.step'")
    assert ids.isdisjoint(one for (one,) in named)


def test_a_publisher_neither_asks_nor_closes_nor_says_when_files_were_held(
    ours: Office, owner_sql: Any
) -> None:
    _answer(ours)
    publisher = make_user(owner_sql, {ours.holder: [Role.PUBLISHER]})
    told = {"subject": "person:x", "entry": "xf:1", "likeness": 1.0, "asked_at": AT}
    with acting_as(publisher):
        for write in (
            lambda: Question.objects.create(holder=ours.holder, **told),
            lambda: Screening.objects.create(holder=ours.holder, kind="notice", at=AT),
        ):
            with pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
                write()
        assert Question.objects.update(closed_at=AT) == 0
        assert Screening.objects.update(lists={}) == 0
        assert Answer.objects.update(undone_at=AT, undone_by=publisher.pk) == 0


def test_question_stays_what_was_asked_and_files_are_of_a_kind(ours: Office) -> None:
    with acting_as(ours.writer):
        for change in ({"entry": "xf:2"}, {"asked_at": timezone.now()}, {"sharing": "shared"}):
            with pytest.raises(DatabaseError, match="stays what was asked"), transaction.atomic():
                Question.objects.update(**change)
        with pytest.raises(DatabaseError, match="settled by the application"), transaction.atomic():
            Question.objects.update(closed_at=AT)
        one = Question.objects.get().pk
        assert settle([one], AT) == 1
        assert settle([one], AT) == 0
        with pytest.raises(DatabaseError, match="settled by the application"), transaction.atomic():
            Question.objects.update(closed_at=None)
        with pytest.raises(DatabaseError, match="of those files alone"), transaction.atomic():
            Screening.objects.update(kind="notice")
        for kind in ("nothing", "entry", ""):
            row = Screening(holder=ours.holder, kind=kind, at=AT)
            row.vouched = vouched_for(row)
            with pytest.raises(IntegrityError, match="of_a_kind"), transaction.atomic():
                row.save(force_insert=True)
    page = signed_in_client(ours.writer).get("/desk/matching/files/")
    assert page.status_code == 200


def test_no_open_question_is_moved_away_from_its_person_by_sql(ours: Office) -> None:
    """The hit would be gone from the queue of whoever looks for that person."""
    before = _question(ours)
    with acting_as(ours.writer) as actor:
        for change in (
            {"subject": "person:somebody"},
            {"likeness": 0.0},
            {"subject_digest": "0" * 64, "entry_digest": "0" * 64, "engine": "x"},
            {"subject": "person:somebody", "vouched": b"0" * 32},
        ):
            with pytest.raises(DatabaseError, match="the application alone"), transaction.atomic():
                Question.objects.update(**change)
        assert questions_for(actor)[0].likeness > 0.9
        assert questions_for(actor)[0].vouched is None
    assert _question(ours) == before


def test_no_hit_is_cleared_or_taken_back_by_sql_on_a_day_of_choice(
    ours: Office, owner_sql: Any
) -> None:
    """What two people confirmed would be a cleared hit, and no screening would ask again."""
    second = make_user(owner_sql, {ours.holder: [Role.DOCUMENTER]})
    _answer(ours)
    forged = (
        "INSERT INTO matching_answer (id, holder, sharing, subject, entry, verdict, likeness,"
        " reasons, engine, subject_digest, entry_digest, entry_form, by, at, why, confirmed_why)"
        " SELECT gen_random_uuid(), holder, sharing, subject, entry || 'x', 'different', likeness,"
        " reasons, engine, subject_digest, entry_digest, entry_form, identity_actor(),"
        " '2019-01-01', 'Looked at then.', '' FROM matching_answer"
    )
    taken_back = "UPDATE matching_answer SET undone_by = identity_actor(), undone_at = '2019-01-01'"
    confirmed = (
        "UPDATE matching_answer SET confirmed_by = identity_actor(), confirmed_at = '2019-01-01'"
    )
    with acting_as(second) as actor:
        for statement in (forged, taken_back, confirmed):
            with pytest.raises(DatabaseError, match="the application alone"), transaction.atomic():
                _rows(statement)
        answered_as_shown(actor, questions_for(actor)[0], Verdict.SAME, "y")
        with pytest.raises(DatabaseError, match="the application alone"), transaction.atomic():
            _rows(taken_back)
        (held,) = answers_for(actor)
        assert (held.confirmed_by, held.undone_at, held.vouched) == (second.pk, None, None)
    assert screened(ours).remembered == 1


def test_nobody_says_in_sql_when_files_were_held_or_against_which_lists(
    ours: Office, owner_sql: Any
) -> None:
    """Colleagues would look at nothing that came since."""
    told = owner_sql("SELECT at, lists::text FROM matching_screening")
    with acting_as(ours.writer):
        held = Screening.objects.get()
        assert held.vouched is None, "the code serves for no second row"
        for change in (
            {"at": timezone.now()},
            {"lists": {XF: 9_999}},
            {"lists": {}, "vouched": vouched_for(held)},
            {"refused": {"person:somebody": "x"}},
        ):
            with pytest.raises(DatabaseError, match="the application alone"), transaction.atomic():
                Screening.objects.update(**change)
        with pytest.raises(DatabaseError, match="the application alone"), transaction.atomic():
            Screening.objects.create(holder=ours.holder, kind="notice", at=AT, lists=held.lists)
    assert owner_sql("SELECT at, lists::text FROM matching_screening") == told


def test_whoever_is_erased_leaves_no_question_and_no_answer_and_sql_erases_nobody(
    ours: Office, theirs: Office, owner_sql: Any
) -> None:
    _answer(ours)
    ((subject,),) = owner_sql("SELECT subject FROM matching_question")
    whom = UUID(subject.partition(":")[2])
    with acting_as(theirs.writer), transaction.atomic():
        news = announce("erased", whom, AT)
        with pytest.raises(DatabaseError, match="the application alone"), transaction.atomic():
            _rows(f"SELECT matching_forget('{news.pk}', '')")
        transaction.set_rollback(True)
    with acting_as(ours.writer) as actor:
        deliver(announce("erased", uuid4(), AT), actor=actor, at=AT)
        assert answers_for(actor).count() == 1
        deliver(announce("erased", whom, AT), actor=actor, at=AT)
    for table in ("question", "answer"):
        assert owner_sql(f"SELECT count(*) FROM matching_{table}") == [(0,)]
    told = owner_sql("SELECT DISTINCT done - 'by' - 'at' FROM consent_receipt"
                     " WHERE handler = 'matching'")  # fmt: skip
    assert told == [({},)], "a receipt, which everybody at work reads, tells of no hit"


def test_nobody_signed_in_reads_nothing(ours: Office) -> None:
    assert not questions_for(PUBLIC).exists()
    assert not answers_for(PUBLIC).exists()
    assert _rows("SELECT count(*) FROM matching_question") == [(0,)]
