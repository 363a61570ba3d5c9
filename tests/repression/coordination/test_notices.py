"""Notices of police organisations: whom they name is a question, answered once."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, connection
from django.urls import reverse
from django.utils import timezone

from tests.core.accounts.factories import signed_in_client
from tests.core.accounts.terminal import run_at_terminal
from tests.core.matching.factories import answered_as_shown
from tests.core.sharing.factories import NAME as HELD
from tests.core.workbooks.books import saved
from tests.repression.coordination.factories import make_body
from undaunted.core.accounts.actions import acting_as
from undaunted.core.listings.actions import load_invented_lists
from undaunted.core.listings.queries import entries_named
from undaunted.core.matching.queries import questions_for, sheets_of
from undaunted.core.matching.rules import FILES, Verdict
from undaunted.prisoners.registry.actions.people import record_person
from undaunted.repression.coordination.actions import (
    erase_notice,
    import_notices,
    record_notices,
    screen_notices,
)
from undaunted.repression.coordination.commands.notices import notices
from undaunted.repression.coordination.models import Notice
from undaunted.repression.coordination.pages import notices as pages
from undaunted.repression.coordination.queries import notices_for, questions_waiting
from undaunted.repression.coordination.readers import read_notices
from undaunted.repression.coordination.rules import CoordinationRefused, NoticeKind, ToldNotice

if TYPE_CHECKING:
    from pathlib import Path

    from tests.repression.coordination.factories import Body
    from undaunted.core.matching.actions import Screened

pytestmark = pytest.mark.usefixtures("ledger")
HEAD = "number,kind,name,source,birth,state,nationality\n"


def _told(name: str, number: str = "A-1/2026") -> ToldNotice:
    return ToldNotice(number, NoticeKind.RED, (name,), "told by the person (invented)", "XR")


def _screened(body: Body) -> Screened:
    with acting_as(body.documenter) as actor:
        return screen_notices(body.id, actor=actor, at=timezone.now())


def test_a_notice_asks_about_a_case_file_and_a_list_and_remembers_the_answer(
    owner_sql: Any,
) -> None:
    body = make_body(owner_sql, "XZ", government=False, seated=False)
    other = make_body(owner_sql, "XB", government=False, seated=False)
    with acting_as(body.documenter) as actor:
        load_invented_lists(actor=actor, at=timezone.now())
    with acting_as(body.documenter) as actor:
        key = ("xf-invented", "XF-0001")
        listed = entries_named(actor, [key])[key].name
    with acting_as(body.documenter) as actor:
        now = timezone.now()
        record_person(body.id, [(HELD, "full", "en")], actor=actor, at=now, country="XR")
        record_notices(body.id, [_told(HELD), _told(listed, "A-2")], actor=actor, at=now)
    done = _screened(body)
    assert done.asked == 2
    with acting_as(body.documenter) as actor:
        asked = {each.question.entry: each for each in sheets_of(actor, questions_for(actor))}
    in_file = next(each for entry, each in asked.items() if entry.startswith(f"{FILES}:"))
    assert in_file.subject is not None
    assert in_file.entry is not None
    assert (in_file.subject.form.names, in_file.entry.name) == ((HELD,), HELD)
    assert "xf-invented:XF-0001" in asked
    notices = signed_in_client(body.documenter).get(reverse("coordination-desk:notices")).text
    assert f"{len(asked)} questions about notices wait for an answer" in notices
    page = signed_in_client(body.documenter).get(f"/desk/matching/files/{in_file.question.pk}/")
    assert HELD in page.text
    with acting_as(body.documenter) as actor:
        answered_as_shown(
            actor, in_file.question, Verdict.DIFFERENT, "Another birth.", timezone.now()
        )
    again = _screened(body)
    assert again.remembered >= 1
    assert again.new == 0
    with acting_as(other.documenter) as actor:
        assert not questions_for(actor).exists()
        assert not notices_for(actor).exists()
    with acting_as(body.documenter) as actor:
        erase_notice(notices_for(actor).get(number="A-2"), actor=actor, at=timezone.now())
        assert [each.number for each in notices_for(actor)] == ["A-1/2026"]
    assert listed not in str(owner_sql("SELECT told FROM coordination_notice"))


def _held(body: Body, *told: ToldNotice) -> None:
    """Load the invented lists, enter notices, and hold them against lists."""
    with acting_as(body.documenter) as actor:
        load_invented_lists(actor=actor, at=timezone.now())
    with acting_as(body.documenter) as actor:
        record_notices(body.id, told, actor=actor, at=timezone.now())
    _screened(body)


def test_a_notice_that_is_erased_leaves_no_question_and_no_answer(owner_sql: Any) -> None:
    body = make_body(owner_sql, "XZ", government=False, seated=False)
    _held(body, _told("Samir Haddad al-Zubri"), _told("Viktor Strovik", "A-2"))
    with acting_as(body.documenter) as actor:
        kept, gone = notices_for(actor).get(number="A-2"), notices_for(actor).get(number="A-1/2026")
        asked = list(questions_for(actor).filter(subject=f"notice:{gone.pk}"))
        assert len(asked) > 1
        answered_as_shown(actor, asked[0], Verdict.DIFFERENT, "Another.", timezone.now())
        others = questions_for(actor).filter(subject=f"notice:{kept.pk}").count()
        assert others
        erase_notice(gone, actor=actor, at=timezone.now())
        assert questions_waiting(actor) == others
    rows = owner_sql(
        "SELECT subject FROM matching_question UNION SELECT subject FROM matching_answer"
    )
    assert {each for (each,) in rows} == {f"notice:{kept.pk}"}


def test_what_was_asked_of_a_file_is_forgotten_by_no_sql_alone(owner_sql: Any) -> None:
    body = make_body(owner_sql, "XZ", government=False, seated=False)
    other = make_body(owner_sql, "XB", government=False, seated=False)
    _held(body, _told("Viktor Strovik"))
    ((count, subject),) = owner_sql("SELECT count(*), min(subject) FROM matching_question")
    for who in (body, other):
        with acting_as(who.documenter), connection.cursor() as cursor, pytest.raises(DatabaseError):
            cursor.execute("SELECT matching_forget_file(%s, %s, '')", [subject, body.id])
    assert owner_sql("SELECT count(*) FROM matching_question") == [(count,)]


def test_queue_shows_the_name_that_is_alike_and_the_number_of_the_notice(owner_sql: Any) -> None:
    body = make_body(owner_sql, "XZ", government=False, seated=False)
    _held(body, replace(_told("Ludmila Quast"), names=("Ludmila Quast", "Viktor Strovik")))
    with acting_as(body.documenter) as actor:
        entries = [each.entry for each in questions_for(actor)]
    assert entries
    page = signed_in_client(body.documenter).get("/desk/matching/files/").text
    assert ">Viktor Strovik</bdi></a>" in page
    assert "Ludmila Quast" not in page
    told = run_at_terminal(notices, "questions", person=body.documenter)
    assert f"A-1/2026  Viktor Strovik  {entries[0]}  " in told


def test_whose_names_cannot_be_compared_is_told_at_every_door(owner_sql: Any) -> None:
    body = make_body(owner_sql, "XZ", government=False, seated=False)
    mute = "\u12a0\u1260\u1260 \u1308\u1265\u1228"
    _held(body, _told("V"), _told(mute, "A-2"))
    page = signed_in_client(body.documenter).get("/desk/coordination/notices/").text
    assert (
        "could not be compared, or not in full; that nothing came up says nothing of them" in page
    )
    assert "two letters or more" in page
    assert "the same letters alone" in page
    told = run_at_terminal(notices, "screen", person=body.documenter)
    assert f"{mute}  its letters are compared with" in told


def test_notices_are_held_by_the_worker_and_every_page_of_them_is_shown(
    owner_sql: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pages, "A_PAGE", 2)
    body = make_body(owner_sql, "XZ", government=False, seated=False)
    _held(body, *(_told("Viktor Strovik", f"B-{number}") for number in range(3)))
    client, page = signed_in_client(body.documenter), "/desk/coordination/notices/"
    shown = client.get(page).text + client.get(f"{page}?page=2").text
    assert [f"B-{number}" in shown for number in range(3)] == [True] * 3
    assert "Page 1 of 2" in shown
    assert client.post(f"{page}screen/", {"holder": body.id}).status_code == 302
    rows = owner_sql(
        "SELECT args FROM procrastinate_jobs WHERE task_name = 'matching.screen_files'"
    )
    told = {"person": str(body.documenter.pk), "holder": str(body.id), "kind": "notice"}
    assert [args for (args,) in rows] == [told]


@pytest.mark.parametrize(
    "table",
    [
        "number;kind;name;source;dob\n1;red;A B;us;01.02.1970\n",
        "number\tkind\tname\tsource\tDate of birth\n1\tred\tA B\tus\t1970-02-01\n",
    ],
)
def test_tables_parted_by_semicolons_or_tabulators_are_read(table: str) -> None:
    (told,) = read_notices(table.encode())
    assert (told.names, told.births) == (("A B",), ("1970-02-01",))


def _saved(folder: Path, **sheets: list[list[object]]) -> bytes:
    return saved(folder / "notices.xlsx", **sheets).read_bytes()


def test_a_sheet_of_a_workbook_is_read_as_a_table(tmp_path: Path) -> None:
    head: list[object] = ["number", "kind", "name", "source", "dob", "nationality"]
    rows: list[list[object]] = [
        ["1/2026", "red", "A, B", "us", date(1970, 2, 1), "Syldavia"],
        [2, "diffusion", "C D; C E", "us", 1971, "Россия;IR"],
    ]
    first, second = read_notices(_saved(tmp_path, One=[head, *rows]))
    assert (first.names, first.births, first.nationalities) == (("A, B",), ("1970-02-01",), ("XS",))
    assert (second.number, second.names) == ("2", ("C D", "C E"))
    assert (second.births, second.nationalities) == (("1971",), ("RU", "IR"))


def test_a_workbook_that_is_wrong_names_the_row_as_the_spreadsheet_does(tmp_path: Path) -> None:
    head: list[object] = ["number", "kind", "name", "source"]
    wrong = _saved(tmp_path, One=[head, [1, "red", "A B", "us"], [], [2, "purple", "A B", "us"]])
    with pytest.raises(CoordinationRefused, match="row 4: kind: 'purple'"):
        read_notices(wrong)
    twice = _saved(tmp_path, One=[head, [], [1, "red", "A B", "us"], [], [1, "red", "C D", "us"]])
    with pytest.raises(CoordinationRefused, match=r"row 5: number: 1 stands in row 3 already"):
        read_notices(twice)
    two = _saved(tmp_path, One=[head, [1, "red", "A B", "us"]], Two=[["x"]])
    with pytest.raises(CoordinationRefused, match=r"further sheets \(Two\)"):
        read_notices(two)
    long = _saved(tmp_path, One=[head, *([n, "red", "A B", "us"] for n in range(6_001))])
    with pytest.raises(CoordinationRefused, match="more than 6000 rows"):
        read_notices(long)


def test_nationalities_are_read_as_tables_of_names_have_them() -> None:
    rows = "1,red,A B,us,,,Russian;Belarusian\n2,red,C D,us,,,German\n"
    first, second = read_notices((HEAD + rows).encode())
    assert (first.nationalities, second.nationalities) == (("RU", "BY"), ("DE",))


def test_all_that_is_wrong_with_a_table_is_told_at_once() -> None:
    rows = "1,purple,A B,us,,Q9,\n2,red,C D,us,,,\n3,red,,us,31/12/60,,Martian\n2,red,E F,us,,,\n"
    with pytest.raises(CoordinationRefused) as refusal:
        read_notices((HEAD + rows).encode())
    said = str(refusal.value)
    assert said.index("row 2: kind: 'purple'") < said.index("state: 'Q9' is no state")
    assert said.index("row 4: name: write one") < said.index("birth: '31/12/60'")
    assert "nationality: 'Martian' is no state" in said
    assert "row 5: number: 2 stands in row 3 already" in said


def test_nationalities_typed_at_the_desk_are_read_alike(owner_sql: Any) -> None:
    body = make_body(owner_sql, "XZ", government=False, seated=False)
    told = ToldNotice("7", NoticeKind.RED, ("A B",), "us", nationalities=("Russian",))
    with acting_as(body.documenter) as actor:
        (made,) = record_notices(body.id, [told], actor=actor, at=timezone.now())
    assert made.told["nationalities"] == ["RU"]


@pytest.mark.parametrize(
    ("table", "said"),
    [
        (b"PK\x03\x04rest", "The workbook is damaged or was cut off"),
        (b"", "lacks the column number"),
        (b"number,kind,name\n1,red,A B\n", "lacks the column source"),
        (b"number,kind,name,source,score\n", "'score' is not one of"),
        (HEAD.encode(), "holds no notice"),
        (b"\xff\xfe", "not written in UTF-8"),
        ((HEAD + "1,purple,A B,us,,,\n").encode(), "row 2: kind: 'purple'"),
        ((HEAD + "1,red,,us,,,\n").encode(), "row 2: name: write one"),
        ((HEAD + "1,red,A B,us,dd/mm/1945,,\n").encode(), "row 2: birth: 'dd/mm/1945'"),
        ((HEAD + "1,red,A B,us,,Q9,\n").encode(), "row 2: state: 'Q9'"),
        ((HEAD + "1,red,A \u202eB,us,,,\n").encode(), "row 2: name: it holds signs"),
        ((HEAD + "1,red," + "x" * 300 + ",us,,,\n").encode(), "row 2: name: it has 300"),
        ((HEAD + "1,red,Sovdagar, Ivan,us,,,\n").encode(), "row 2: it has more cells than the 7"),
        ((HEAD + "1,red,---,us,,,\n").encode(), "row 2: name: '---' has no letter"),
        ((HEAD + "0,red,A B,us,,,\n1,red,A B,us\n").encode(), "row 3: it has fewer cells"),
        (b"number,kind,name,Name ,source\n5,red,A,B,x\n", "the column 'name' stands twice"),
    ],
)
def test_a_table_that_is_wrong_names_row_and_column(table: bytes, said: str) -> None:
    with pytest.raises(CoordinationRefused, match=said):
        read_notices(table)


def test_a_table_is_taken_whole_or_not_at_all(owner_sql: Any) -> None:
    body = make_body(owner_sql, "XZ", government=False, seated=False)
    good = HEAD + f'1,Red,"{HELD}; I. Sovdagar",court,1980-02,XR,XR;XB\n2,diffusion,B C,court,,,\n'
    with acting_as(body.documenter) as actor:
        with pytest.raises(CoordinationRefused, match="row 4: number: 1 stands in row 2 already"):
            import_notices(body.id, (good + "1,red,C D,x,,,\n").encode(), actor=actor,
                           at=timezone.now())  # fmt: skip
        assert Notice.objects.count() == 0
        made = import_notices(body.id, good.encode(), actor=actor, at=timezone.now())
        assert made[0].told["names"] == [HELD, "I. Sovdagar"]
        assert made[0].told["nationalities"] == ["XR", "XB"]
        with pytest.raises(CoordinationRefused, match="entered already"):
            import_notices(body.id, good.encode(), actor=actor, at=timezone.now())


def test_notices_are_entered_and_held_against_lists_at_the_desk(owner_sql: Any) -> None:
    body = make_body(owner_sql, "XZ", government=False, seated=False)
    client, page = signed_in_client(body.documenter), "/desk/coordination/notices/"
    told = {"holder": body.id, "number": "A-7", "kind": "red", "names": HELD, "births": "1980",
            "nationalities": "XR", "source": "court"}  # fmt: skip
    refused = client.post(f"{page}new/", told | {"births": "yesterday"})
    assert refused.status_code == 422
    assert "is no day" in refused.text
    assert HELD in refused.text
    assert client.post(f"{page}new/", told).status_code == 302
    table = SimpleUploadedFile("notices.csv", (HEAD + "9,blue,B C,court,,XB,\n").encode())
    given = {"holder": body.id, "table": table}
    assert client.post(f"{page}file/", given).status_code == 302
    shown = client.get(page).text
    assert "A-7" in shown
    assert "blue notice" in shown
    assert "<td>Borduria</td>" in shown
    assert client.post(f"{page}screen/", {"holder": body.id}).status_code == 302
    assert client.post(f"{page}screen/", {}).status_code == 422
    second = signed_in_client(body.publisher)
    assert second.get(f"{page}new/").status_code == 404
    assert "Enter a notice" not in second.get(page).text
