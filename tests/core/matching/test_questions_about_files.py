"""People of files held against lists: asked once, asked anew on change, told to nobody else."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest
from django.db import DatabaseError, connection, transaction
from django.urls import reverse
from psycopg.errors import CheckViolation

from tests.core.accounts.factories import signed_in_client
from tests.core.matching.factories import (
    AT,
    XF,
    XZ,
    Office,
    answered_as_shown,
    confirmed,
    in_file,
    judged,
    listed,
    make_office,
    person,
    resolved,
    screened,
)
from undaunted.core.access.rules import Forbidden
from undaunted.core.accounts.actions import acting_as
from undaunted.core.actors.actions import record_name
from undaunted.core.actors.models import Party
from undaunted.core.matching import migrations
from undaunted.core.matching.actions import (
    MatchingRefused,
    screen_subjects,
    undo_answer,
)
from undaunted.core.matching.actions.screening import _confirmed
from undaunted.core.matching.queries import answers_for, asked_again, questions_for, sheets_of
from undaunted.core.matching.rules import Named, Verdict
from undaunted.core.matching.templatetags.matching import changes

if TYPE_CHECKING:
    from undaunted.core.accounts.models import User
    from undaunted.core.matching.models import Answer
    from undaunted.core.matching.queries import Asked

pytestmark = pytest.mark.usefixtures("ledger")

ASKED_AGAIN = Path(migrations.__file__).with_name("asked_again.sql")
STROVIK = person("1", "Viktor Strovik", born="1961-03-04")
SAME_ELSEWHERE = person("9", "Wiktor Strowik", born="1961-03-04")
SAME, DIFFERENT, UNSURE = Verdict.SAME, Verdict.DIFFERENT, Verdict.UNSURE


@pytest.fixture
def office(owner_sql: Any, tmp_path: Path) -> Office:
    held = make_office(owner_sql)
    listed(held, XF, tmp_path, [STROVIK, person("2", "Anna Maria Fellner")])
    in_file(held, "Виктор Стровик", born="1961")
    in_file(held, "Somebody Else Entirely")
    return held


def _counts(office: Office) -> tuple[int, int, int, int]:
    done = screened(office)
    return done.new, done.again, done.remembered, done.closed


def _answered(
    office: Office, verdict: Verdict, why: str = "Another mother.", who: User | None = None
) -> Answer:
    with acting_as(who or office.writer) as actor:
        held = questions_for(actor)[0]
        return answered_as_shown(actor, held, verdict, why)


def test_hit_is_a_question_with_names_from_the_file_and_none_in_its_row(
    office: Office, owner_sql: Any
) -> None:
    done = screened(office)
    assert (done.asked, done.new, done.refused) == (2, 1, {})
    with acting_as(office.reader) as actor:
        (sheet,) = sheets_of(actor, questions_for(actor))
    assert sheet.subject is not None
    assert sheet.entry is not None
    assert sheet.subject.form.names == ("Виктор Стровик",)
    assert sheet.entry.name == "Viktor Strovik"
    (row,) = owner_sql("SELECT to_jsonb(q)::text FROM matching_question q")
    assert "Стровик" not in row[0]
    assert "Strovik" not in row[0]
    assert _counts(office) == (0, 0, 0, 0)


@pytest.mark.parametrize("verdict", [SAME, DIFFERENT])
def test_answer_is_remembered_through_versions_that_say_nothing_new(
    office: Office, tmp_path: Path, owner_sql: Any, verdict: Verdict
) -> None:
    screened(office)
    made = _answered(office, verdict)
    if verdict is SAME:
        _answered(office, verdict, who=office.reviewer)
    assert made.likeness is not None
    (told,) = owner_sql("SELECT reasons::text FROM matching_answer")
    assert "Стровик" not in told[0]
    listed(office, XF, tmp_path, [{**STROVIK, "remarks": "Amended.", "programmes": []}])
    assert _counts(office) == (0, 0, 1, 0)
    listed(office, XF, tmp_path, [{**STROVIK, "names": [{"text": "Viktor Strovik", "quality":
        "primary"}, {"text": "Vitya", "quality": "alias"}]}])  # fmt: skip
    assert _counts(office) == (0, 1, 0, 0)


def test_answer_comes_back_when_the_file_says_something_new(office: Office) -> None:
    screened(office)
    _answered(office, DIFFERENT)
    with acting_as(office.writer) as actor:
        party = Party.objects.get(birth="1961")
        record_name(party, "Viktor Strovik", actor=actor, at=AT)
    assert _counts(office) == (0, 1, 0, 0)


def test_answer_counts_for_an_entry_that_is_confirmed_to_be_the_same(
    office: Office, tmp_path: Path
) -> None:
    screened(office)
    _answered(office, DIFFERENT)
    listed(office, XZ, tmp_path, [SAME_ELSEWHERE])
    assert _counts(office) == (1, 0, 1, 0)
    resolved(office.writer)
    confirmed(office.reviewer, judged(office.writer, (XF, "1"), (XZ, "9"), SAME))
    assert _counts(office) == (0, 0, 2, 1)


def test_unsure_leaves_the_question_open_and_undoing_asks_it_again(office: Office) -> None:
    screened(office)
    _answered(office, UNSURE)
    made = _answered(office, DIFFERENT)
    with acting_as(office.writer) as actor:
        assert questions_for(actor).count() == 0
        assert answers_for(actor).filter(undone_at__isnull=True).count() == 1
        undo_answer(made.pk, actor=actor, at=AT)
        assert questions_for(actor).count() == 1
        assert answers_for(actor).count() == 2
        with pytest.raises(MatchingRefused, match="none of yours"):
            undo_answer(made.pk, actor=actor, at=AT)


def test_question_closes_when_the_entry_leaves_its_list(office: Office, tmp_path: Path) -> None:
    screened(office)
    listed(office, XF, tmp_path, [person("2", "Anna Maria Fellner")])
    with acting_as(office.writer) as actor:
        held = questions_for(actor)[0]
        with pytest.raises(MatchingRefused, match="screen again"):
            answered_as_shown(actor, held, SAME, "x")
    assert _counts(office) == (0, 0, 0, 1)


def test_answer_needs_a_reason_and_a_name_of_one_letter_is_told(office: Office) -> None:
    in_file(office, "X")
    done = screened(office)
    assert len(done.refused) == 1
    with pytest.raises(MatchingRefused, match="why: say on what"):
        _answered(office, SAME, " ")
    with pytest.raises(MatchingRefused, match="2001 characters"):
        _answered(office, SAME, "x" * 2001)
    with pytest.raises(Forbidden):
        screened(office, office.reader)


def test_some_people_alone_can_be_held_against_lists(office: Office) -> None:
    with acting_as(office.writer) as actor:
        keys = [str(uuid4()), "no id", *map(str, Party.objects.values_list("canonical", flat=True))]
        done = screen_subjects(office.holder, Named.PERSON, actor=actor, at=AT, keys=keys)
    assert (done.asked, done.new) == (2, 1)


def _sheet(office: Office) -> Asked:
    with acting_as(office.writer) as actor:
        (sheet,) = sheets_of(actor, questions_for(actor))
    return sheet


def test_that_somebody_is_meant_takes_two_people(office: Office, owner_sql: Any) -> None:
    screened(office)
    made = _answered(office, SAME, "The same mother.")
    assert made.waits
    assert _sheet(office).waits
    assert _counts(office) == (0, 0, 0, 0)
    with pytest.raises(MatchingRefused, match="a second person confirms it"):
        _answered(office, SAME)
    done = _answered(office, SAME, "The same paper.", office.reviewer)
    assert (done.pk, done.waits, done.confirmed_by) == (made.pk, False, office.reviewer.pk)
    assert (done.why, done.confirmed_why) == ("The same mother.", "The same paper.")
    with acting_as(office.writer) as actor:
        assert questions_for(actor).count() == 0
    assert _counts(office) == (0, 0, 1, 0)
    own = f"UPDATE matching_answer SET confirmed_by = by WHERE id = '{made.pk}'"
    with pytest.raises(CheckViolation, match="two_people_say_who_is_meant"):
        owner_sql(own)


def test_who_was_said_to_be_meant_is_asked_of_a_second_though_alike_no_more(
    office: Office, tmp_path: Path
) -> None:
    screened(office)
    _answered(office, SAME)
    listed(office, XF, tmp_path, [person("1", "Aurelia Quentin", born="1990-01-01")])
    assert _counts(office) == (0, 0, 0, 0)
    assert _sheet(office).before is not None
    listed(office, XF, tmp_path, [person("2", "Anna Maria Fellner")])
    assert _counts(office) == (0, 0, 0, 1)


def test_what_one_person_said_before_two_were_needed_is_asked_of_a_second(
    office: Office, owner_sql: Any
) -> None:
    screened(office)
    made = _answered(office, SAME)
    owner_sql("UPDATE matching_question SET closed_at = asked_at")
    again = ASKED_AGAIN.read_text(encoding="utf-8")
    owner_sql(again)
    owner_sql(again)
    assert _sheet(office).waits
    done = _answered(office, SAME, who=office.reviewer)
    assert (done.pk, done.waits) == (made.pk, False)
    owner_sql(again)
    with acting_as(office.writer) as actor:
        assert questions_for(actor).count() == 0


def test_what_is_undone_while_a_second_person_confirms_it_stays_a_question(
    office: Office, owner_sql: Any
) -> None:
    screened(office)
    made, asked = _answered(office, SAME), _sheet(office).question
    with acting_as(office.writer) as actor:
        undo_answer(made.pk, actor=actor, at=AT)
    with acting_as(office.reviewer) as actor:
        with pytest.raises(MatchingRefused, match="undid it meanwhile"), transaction.atomic():
            _confirmed(made, asked, "The same paper.", actor, AT)
        assert [each.pk for each in questions_for(actor)] == [asked.pk]
    assert owner_sql("SELECT confirmed_by FROM matching_answer") == [(None,)]


def test_another_answer_of_a_second_person_takes_the_place_of_the_first(office: Office) -> None:
    screened(office)
    _answered(office, SAME)
    other = _answered(office, DIFFERENT, "Another mother.", office.reviewer)
    assert not other.waits
    with acting_as(office.writer) as actor:
        assert questions_for(actor).count() == 0
        assert [each.verdict for each in answers_for(actor).filter(undone_at=None)] == [DIFFERENT]


@pytest.mark.parametrize(
    "change",
    [
        "confirmed_by = %s",
        "confirmed_at = at, confirmed_why = why || %s::text",
        '"by" = %s',
        "verdict = 'different', why = %s::text",
        "undone_by = %s, undone_at = at",
    ],
)
def test_nobody_confirms_for_another_or_changes_an_answer_in_the_database(
    office: Office, change: str
) -> None:
    screened(office)
    made = _answered(office, SAME)
    told = f"UPDATE matching_answer SET {change} WHERE id = %s"
    with (
        acting_as(office.writer),
        pytest.raises(DatabaseError, match="in one's own name"),
        connection.cursor() as cursor,
    ):
        cursor.execute(told, [office.reviewer.pk, made.pk])


def test_nobody_answers_for_another_or_confirms_what_is_undone_in_the_database(
    office: Office,
) -> None:
    screened(office)
    made = _answered(office, SAME)
    copied = """INSERT INTO matching_answer SELECT (jsonb_populate_record(a, jsonb_build_object(
        'id', gen_random_uuid(), 'entry', 'other:1'))).* FROM matching_answer a"""
    with acting_as(office.writer) as actor:
        undo_answer(made.pk, actor=actor, at=AT)
        again = _answered(office, SAME)
    for change, which in (("UPDATE matching_answer SET confirmed_by = %s WHERE id = %s", made),
                          (copied + " WHERE %s::uuid IS NOT NULL AND id = %s", again)):  # fmt: skip
        with (
            acting_as(office.reviewer),
            pytest.raises(DatabaseError, match="in one's own name"),
            connection.cursor() as cursor,
        ):
            cursor.execute(change, [office.reviewer.pk, which.pk])


def test_question_asked_anew_says_what_changed_and_marks_the_old_answer(
    office: Office, tmp_path: Path
) -> None:
    screened(office)
    made = _answered(office, DIFFERENT)
    listed(office, XF, tmp_path, [{**STROVIK, "births": [{"text": "1961-05"}]}])
    assert _counts(office) == (0, 1, 0, 0)
    sheet = _sheet(office)
    assert (sheet.again, sheet.waits, sheet.file_changed) == (True, False, False)
    assert changes(sheet) == [("Born", "1961-03-04", "1961-05")]
    with acting_as(office.writer) as actor:
        assert asked_again(actor, answers_for(actor)) == {made.pk}
        record_name(Party.objects.get(birth="1961"), "Viktor Strovik", actor=actor, at=AT)
    assert _sheet(office).file_changed
    client = signed_in_client(office.writer)
    page = client.get(reverse("matching:questions")).content.decode()
    assert page.count("changed since it was judged") == 2
    address = reverse("matching:question", args=[sheet.question.pk])
    told = re.sub(r"<bdi[^>]{0,40}>|</bdi>", "", client.get(address).content.decode())
    assert "<dt>Born</dt><dd><del>1961-03-04</del> <ins>1961-05</ins></dd>" in told
    assert "What the file says of who it is has changed since, too." in told
