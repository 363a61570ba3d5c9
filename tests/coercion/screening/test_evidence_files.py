"""Large files of evidence: left with a case, taken in behind the desk, whole or not, once."""

from __future__ import annotations

import re
import tracemalloc
from typing import TYPE_CHECKING, Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from tests.coercion.screening.factories import Scene, make_scene
from tests.coercion.screening.programs import ROOT, ask, program
from tests.core.accounts.factories import make_user, signed_in_client
from undaunted.coercion.screening.actions import (
    leave_evidence,
    move_case,
    note_evidence_read,
    record_stake,
    refuse_evidence,
    take_evidence,
)
from undaunted.coercion.screening.models import EvidenceFile, Load, Stake
from undaunted.coercion.screening.queries import evidence_file_for
from undaunted.coercion.screening.readers.evidence import (
    LARGEST_FILE,
    MOST_STAKES,
    SMALL,
    checked_file,
    evidence_of,
    is_small,
)
from undaunted.coercion.screening.readers.table import cut_in
from undaunted.coercion.screening.rules import ScreeningRefused, ScreeningStage
from undaunted.coercion.screening.rules.stakes import StakePlan
from undaunted.coercion.screening.tasks import take_evidence_file
from undaunted.core.access.rules import Forbidden, Role
from undaunted.core.accounts.actions import acting_as

if TYPE_CHECKING:
    from pathlib import Path

    from undaunted.core.accounts.models import User

pytestmark = pytest.mark.usefixtures("ledger")

HEAD = b"owner,owned,share,kind,source\n"
CHAIN = b"""STATE:XR,XR-HOLDING,100 %,equity,gazette
XR-HOLDING,XZ-SHELL,51 %,equity,register
XZ-SHELL,XF-PORT,60 %,equity,register
"""
ALL = 19_900
CUT = "the file ends in the middle of a row"


def rows(number: int) -> bytes:
    """Give a file of so many stakes; one in a hundred has a share that cannot be read."""
    told = [
        b"XF-%06d,XF-%06d,%s,equity,register\n"
        % (at // 3, at + 1, b"fifty" if at % 100 == 0 else b"%d %%" % (20 + at % 10))
        for at in range(number - 3)
    ]
    return HEAD + CHAIN + b"".join(told)


@pytest.fixture
def scene(owner_sql: Any) -> Scene:
    return make_scene(owner_sql)


@pytest.fixture
def deferred(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, str]]:
    """Give what the queue was told; the worker is played by the test."""
    told: list[dict[str, str]] = []
    monkeypatch.setattr(take_evidence_file, "defer", lambda **job: told.append(job))
    return told


def _sent(content: bytes, name: str = "owners.csv") -> dict[str, Any]:
    return {"source": "Registers (invented)", "file": SimpleUploadedFile(name, content)}


def _left(scene: Scene, content: bytes = HEAD + CHAIN) -> EvidenceFile:
    with acting_as(scene.own.documenter) as actor:
        return leave_evidence(
            scene.case, content, name="s.csv", source="annex", actor=actor, at=timezone.now()
        )


def _job(scene: Scene, left: EvidenceFile) -> dict[str, str]:
    return {"file_id": str(left.pk), "user_id": str(scene.own.documenter.pk)}


def _state(scene: Scene, left: EvidenceFile) -> EvidenceFile:
    with acting_as(scene.own.documenter) as actor:
        held = evidence_file_for(actor, left.pk)
        assert held is not None
        return held


def _kept(scene: Scene) -> tuple[int, int]:
    with acting_as(scene.own.documenter):
        return Load.objects.count(), Stake.objects.count()


def test_twenty_thousand_rows_are_left_by_page_and_their_rows_are_told_in_pages(
    scene: Scene, deferred: list[dict[str, str]]
) -> None:
    page = signed_in_client(scene.own.documenter)
    case = f"/desk/screening/cases/{scene.case.pk}/"
    answer = page.post(f"{case}evidence/", _sent(rows(ALL)))
    assert answer.status_code == 302
    address = answer["Location"]
    assert "/files/waiting/" in address
    shown = page.get(address).content.decode()
    assert 'http-equiv="refresh"' in shown
    assert address in page.get(case).content.decode()
    assert _kept(scene) == (0, 0)
    take_evidence_file.func(**deferred[0])
    take_evidence_file.func(**deferred[0])
    assert _kept(scene) == (1, ALL)
    shown = page.get(address).content.decode()
    assert 'http-equiv="refresh"' not in shown
    assert "19,900" in shown
    told = re.search(rf"{case}files/[0-9a-f-]+/", shown)
    assert told
    shown = page.get(f"{told[0]}?page=2").content.decode()
    assert "Page 2 of 2" in shown
    assert shown.count("share_unreadable") == 99
    shown = page.get(case).content.decode()
    assert shown.count("share_unreadable") == 20
    assert "Findings: 199" in shown
    assert "The first 200 of 19,900." in shown
    with acting_as(scene.own.documenter):
        assert bytes(EvidenceFile.objects.get().content) == b""


def test_a_program_is_told_where_a_large_file_stands(
    scene: Scene, deferred: list[dict[str, str]]
) -> None:
    client = program(scene.own.documenter)
    answer = client.post(f"{ROOT}/cases/port-2027/evidence", _sent(rows(SMALL + 10)))
    assert answer.status_code == 202, answer.content
    told = answer.json()
    assert (told["state"], told["load"]) == ("waiting", None)
    take_evidence_file.func(**deferred[0])
    told = client.get(told["address"]).json()
    assert (told["state"], told["rows"], told["findings"]) == ("taken", SMALL + 10, 6)
    assert told["load"]["stakes"] == SMALL + 10
    assert len(told["load"]["findings"]) == 6
    assert client.get(f"{told['address']}?start=4").json()["load"]["findings"][0]["rows"] == [405]
    small = client.post(f"{ROOT}/cases/port-2027/evidence", _sent(rows(100)))
    assert (small.status_code, small.json()["rows"]) == (201, 100)
    assert ask(client, "GET", "/cases/port-2027/control")["answer"] == "must"


def test_a_cut_file_is_refused_with_row_and_rule_and_nothing_of_it_is_kept(
    scene: Scene, deferred: list[dict[str, str]]
) -> None:
    client = program(scene.own.documenter)
    whole = rows(40_000)
    cut = whole[: len(whole) // 2 - 20]
    told = client.post(f"{ROOT}/cases/port-2027/evidence", _sent(cut)).json()
    take_evidence_file.func(**deferred[0])
    told = client.get(told["address"]).json()
    assert told["state"] == "refused"
    assert re.search(rf"row {cut.count(10) + 1:d}: {CUT} .*\[file_cut\]", told["problem"])
    assert _kept(scene) == (0, 0)
    page = signed_in_client(scene.own.documenter)
    address = f"/desk/screening/cases/{scene.case.pk}/files/waiting/{told['id']}/"
    assert CUT in page.get(address).content.decode()
    with acting_as(scene.own.documenter):
        assert bytes(EvidenceFile.objects.get().content) == b""


def test_a_cut_file_is_found_out_without_keeping_its_rows(tmp_path: Path) -> None:
    path = tmp_path / "large.csv"
    path.write_bytes(rows(100_000)[:-20])
    tracemalloc.start()
    found = cut_in(path)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert found is not None
    assert found.rows == (100_001,)
    assert most < 1_000_000
    path.write_bytes(rows(1_000))
    assert cut_in(path) is None


def test_a_worker_that_dies_leaves_nothing_and_the_next_takes_the_file(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    left = _left(scene, rows(2_500))

    class Killed(BaseException):
        """The worker is gone."""

    def dies(*_told: object, **_more: object) -> None:
        raise Killed

    with monkeypatch.context() as during:
        during.setattr("undaunted.coercion.screening.actions.evidence_files._done", dies)
        with pytest.raises(Killed):
            take_evidence_file.func(**_job(scene, left))
    held = _state(scene, left)
    assert (held.state, held.rows, held.flagged) == ("waiting", 2_500, 25)
    assert _kept(scene) == (0, 0)
    page = signed_in_client(scene.own.documenter)
    shown = page.get(f"/desk/screening/cases/{scene.case.pk}/files/waiting/{left.pk}/")
    assert "2,500" in shown.content.decode()
    take_evidence_file.func(**_job(scene, left))
    assert _kept(scene) == (1, 2_500)


def test_what_breaks_is_named_and_not_shown(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    left = _left(scene)

    def broken(*_told: object, **_more: object) -> None:
        raise DatabaseError("the disk of 10.0.0.7 is full")

    monkeypatch.setattr(Stake.objects, "bulk_create", broken)
    with pytest.raises(DatabaseError):
        take_evidence_file.func(**_job(scene, left))
    held = _state(scene, left)
    assert held.problem.startswith("DatabaseError: nothing of it was taken in")
    assert "10.0.0.7" not in held.problem
    assert _kept(scene) == (0, 0)


def test_a_case_that_was_closed_meanwhile_takes_nothing(scene: Scene) -> None:
    left = _left(scene)
    with acting_as(scene.own.documenter) as actor:
        move_case(
            scene.case, ScreeningStage.CLOSED, reason="Withdrawn.", actor=actor, at=timezone.now()
        )
    take_evidence_file.func(**_job(scene, left))
    held = _state(scene, left)
    assert (held.state, held.rows) == ("refused", 3)
    assert "it is closed" in held.problem
    assert _kept(scene) == (0, 0)
    with pytest.raises(ScreeningRefused, match="it is closed"):
        _left(scene)


def test_every_step_of_a_file_leaves_an_entry(scene: Scene, owner_sql: Any) -> None:
    take_evidence_file.func(**_job(scene, _left(scene)))
    other = _left(scene)
    with acting_as(scene.own.documenter) as actor:
        refuse_evidence(other, "x", actor=actor, at=timezone.now())
    told = owner_sql("SELECT verb FROM audit_entry WHERE verb LIKE 'case.evidence%' ORDER BY seq")
    assert [each for (each,) in told] == [
        "case.evidence_left", "case.evidence_read", "case.evidence_taken_in",
        "case.evidence_left", "case.evidence_refused",
    ]  # fmt: skip


def test_a_case_of_many_holders_is_drawn_and_told_in_part(scene: Scene) -> None:
    holders = b"".join(b"XF-H%05d,XF-PORT,0.001 %%,equity,register\n" % at for at in range(1_600))
    take_evidence_file.func(**_job(scene, _left(scene, HEAD + CHAIN + holders)))
    page = signed_in_client(scene.own.documenter)
    shown = page.get(f"/desk/screening/cases/{scene.case.pk}/?open=XF-PORT").content.decode()
    drawn, *_, table = shown.split('class="ownership"')[1].split("The numbers as a table")
    assert "1,600" in drawn
    assert "XF-H00000" not in drawn
    assert "1,000 of 1,603 shown" in table
    assert "XF-H" not in "".join(table.split("</tr>")[1:4])


def test_of_a_register_what_hangs_together_with_the_case_is_kept_and_the_rest_is_told(
    scene: Scene,
) -> None:
    with acting_as(scene.own.documenter) as actor:
        plan = StakePlan("XF-CITY", "XF-PORT", "deed", "1 %")
        record_stake(scene.case, plan, actor=actor, at=timezone.now())
    near = CHAIN + b"XF-MAYOR,XF-CITY,many,equity,register\n"
    apart = b"".join(
        b"XF-A%06d,XF-B%06d,%s,equity,register\n" % (at, at, b"1 %" if at else b"fifty")
        for at in range(MOST_STAKES)
    )
    left = _left(scene, HEAD + near + apart + b"X,,1,equity,register\n")
    take_evidence_file.func(**_job(scene, left))
    held = _state(scene, left)
    assert (held.state, held.rows, held.flagged) == ("taken", MOST_STAKES + 5, 2)
    with acting_as(scene.own.documenter):
        load = Load.objects.get()
        assert [each["rows"] for each in load.findings] == [[5], [MOST_STAKES + 6]]
        assert "20,000 of 20,004 stakes hang together with no party" in load.notes[-1]
        told = Stake.objects.filter(load=load).values_list("owner", flat=True)
        assert set(told) == {"STATE:XR", "XR-HOLDING", "XZ-SHELL", "XF-MAYOR"}


def test_a_register_of_which_nothing_or_too_much_is_near_is_refused() -> None:
    apart = b"".join(b"XF-A%06d,XF-B,0.001 %%,equity,r\n" % at for at in range(MOST_STAKES + 1))
    for about in ((), ("XF-OTHER",), ("XF-B",)):
        with pytest.raises(ScreeningRefused, match="holds 20,001 stakes; 20,000 at most"):
            evidence_of(HEAD + apart, "s.csv", "annex", None, about)


def _others(scene: Scene, owner_sql: Any) -> list[tuple[User, bool]]:
    """Give people who may not take a file in, and whether they may see it."""
    reader = make_user(owner_sql, {scene.own.id: [Role.READER]})
    return [(reader, True), (scene.partner.documenter, False), (scene.stranger.documenter, False)]


def test_only_whoever_works_in_the_authority_sees_takes_or_refuses_a_file(
    scene: Scene, owner_sql: Any, deferred: list[dict[str, str]]
) -> None:
    left = _left(scene)
    address = f"/desk/screening/cases/{scene.case.pk}/files/waiting/{left.pk}/"
    read = evidence_of(HEAD + CHAIN, "s.csv", "annex")
    for person, sees in _others(scene, owner_sql):
        with acting_as(person) as actor:
            assert (evidence_file_for(actor, left.pk) is not None) is sees
            steps: list[tuple[Any, tuple[Any, ...], dict[str, Any]]] = [
                (take_evidence, (left, read), {}),
                (note_evidence_read, (left, read), {}),
                (refuse_evidence, (left, "x"), {}),
                (leave_evidence, (scene.case, b""), {"name": "x", "source": "x"}),
            ]
            for does, told, more in steps:
                with pytest.raises(Forbidden):
                    does(*told, actor=actor, at=timezone.now(), **more)
        page, client = signed_in_client(person), program(person)
        status = 200 if sees else 404
        assert page.get(address).status_code == status
        assert client.get(f"{ROOT}/evidence/files/{left.pk}"
                          ).status_code == status  # fmt: skip
        sent = client.post(f"{ROOT}/cases/port-2027/evidence", _sent(rows(SMALL + 10)))
        assert sent.status_code in {403, 404}
    assert deferred == []
    assert _state(scene, left).state == "waiting"
    colleague = signed_in_client(scene.own.publisher)
    assert colleague.get(address).status_code == 200
    other = f"/desk/screening/cases/{left.pk}/files/waiting/{left.pk}/"
    assert colleague.get(other).status_code == 404


def test_the_database_lets_a_file_be_done_once_by_whoever_brought_it(
    scene: Scene, owner_sql: Any
) -> None:
    left = _left(scene)
    never = "never changed|own name|on record"
    with acting_as(scene.own.documenter) as actor:
        for change in (
            "content = 'other'", "name = 'b.csv'", "asked = '{}'", "problem = 'x'",
            "state = 'refused', done_at = now()", "recorded_at = now() + interval '1 second'",
        ):  # fmt: skip
            _refused(f"UPDATE screening_evidencefile SET {change}", never)
        assert refuse_evidence(left, "x", actor=actor, at=timezone.now()).state == "refused"
        assert refuse_evidence(left, "y", actor=actor, at=timezone.now()).problem == "x"
        _refused("UPDATE screening_evidencefile SET rows = 1", never)
        _refused("DELETE FROM screening_evidencefile", "permission denied")
    other = _left(scene)
    given = "state = 'refused', done_at = now(), content = ''"
    with acting_as(scene.own.publisher):
        _refused(f"UPDATE screening_evidencefile SET {given} WHERE state = 'waiting'", never)
    for person, sees in _others(scene, owner_sql):
        with acting_as(person), connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM screening_evidencefile")
            assert cursor.fetchone()[0] == 2 * sees
            cursor.execute(f"UPDATE screening_evidencefile SET {given}")
            assert cursor.rowcount == 0
    assert _state(scene, other).state == "waiting"


def _refused(statement: str, matching: str) -> None:
    with (
        pytest.raises(DatabaseError, match=matching),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)


def test_what_is_small_is_told_by_rows_or_by_the_bytes_of_a_document() -> None:
    assert is_small(rows(SMALL - 1))
    assert is_small(rows(SMALL - 1).replace(b"\n", b"\r"))
    assert not is_small(rows(SMALL + 10))
    assert not is_small(b"A,B," + b"x" * 1_100_000)
    assert is_small(b"\xef\xbb\xbf [" + b"\n" * 90_000 + b"]")
    assert not is_small(b"<x>" + b" " * 100_000)


def test_a_file_that_cannot_be_read_is_refused_before_it_waits() -> None:
    with pytest.raises(ScreeningRefused, match=r"more than 64,000,000 bytes"):
        checked_file(b"x" * (LARGEST_FILE + 1), "s.csv")
    with pytest.raises(ScreeningRefused, match="no such format; there is csv, sheet, bods"):
        checked_file(b"x", "s.csv", "xlsx")
