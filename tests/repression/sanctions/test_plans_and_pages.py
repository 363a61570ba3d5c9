"""Plans of states, recounted; laws, tests and plans as pages, files, and for programs."""

from __future__ import annotations

import csv
import io
import json
import re
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import docx
import pikepdf
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from django.utils.translation import override
from typer.testing import CliRunner

from tests.core.accounts.factories import in_person, signed_in_client
from tests.core.commitments.factories import accepted
from tests.core.commitments.factories import make_office as board_office
from tests.core.matching.factories import XF
from tests.repression.sanctions.factories import listing, make_office
from tests.repression.sanctions.plan_scene import ENTRIES, KNOWN, ON, STAKES
from undaunted.core.access.rules import PUBLIC
from undaunted.core.accounts.actions import make_token
from undaunted.core.accounts.rules import Scope
from undaunted.core.commitments.rules import instruments
from undaunted.core.editions.actions import edition_kinds
from undaunted.core.editions.rules import (
    ParameterRefused,
    Question,
    Unknown,
    chosen_parameters,
    decoded,
    encoded,
)
from undaunted.repression.sanctions.analysis import plan_for, stakes_given
from undaunted.repression.sanctions.commands import commands
from undaunted.repression.sanctions.rules import (
    BOARD,
    ENFORCEMENT,
    Held,
    Reason,
    SanctionsRefused,
    Step,
    Task,
)
from undaunted.repression.sanctions.writers import plan_csv, plan_document

if TYPE_CHECKING:
    from pathlib import Path

    from tests.core.listings.factories import Office

pytestmark = pytest.mark.usefixtures("ledger")


@pytest.fixture
def office(ledger: None, owner_sql: Any, tmp_path: Path) -> Office:
    office = make_office(owner_sql)
    listing(office, XF, tmp_path, ENTRIES, day="2026-05-20")
    return office


@pytest.fixture
def boards(ledger: None, owner_sql: Any) -> None:
    ours = board_office(owner_sql)
    told = [
        {"code": "detention", "has": True, "clause": "section 2", "sources": ["gazette"]},
        {"code": "corruption", "has": False, "sources": ["gazette", "review"]},
    ]
    accepted(ours, instrument=BOARD, since="2023-06-01", law="Order on rights", features=told)
    fined = [
        {"code": "penalty", "has": True, "clause": "fine of 2025", "sources": ["gazette"]},
        {"code": "frozen", "has": False, "sources": ["gazette", "review"]},
    ]
    accepted(ours, instrument=ENFORCEMENT, since="2024-02-01", law="Act 6", features=fined)
    accepted(ours, instrument=ENFORCEMENT, since="2025-03-01", law="Act 7", features=fined)
    accepted(ours, instrument=ENFORCEMENT, since="2026-09-01", law="Act 8", features=fined)


def _steps(plan: Any, task: Task) -> list[Step]:
    return [each for each in plan.steps if each.task is task]


@pytest.mark.usefixtures("office", "boards")
def test_designations_are_those_that_a_count_by_hand_gives() -> None:
    (uses,) = plan_for(PUBLIC, "XF", on=ON, known_at=KNOWN).uses

    by_hand = dict.fromkeys(range(2023, 2027), 0)
    undated = 0
    for row in ENTRIES:
        if row["programmes"][0]["code"] != "XF-HR":
            continue
        days = [each["day"] for each in row["events"] if each["kind"] == "designated"]
        if not days:
            undated += 1
        elif days[0] > "2026-06-01":
            continue
        elif "/" in days[0]:
            undated += 1
        else:
            by_hand[int(days[0][:4])] += 1
    assert (
        (dict(uses.by_year), uses.undated)
        == (by_hand, undated)
        == (
            {2023: 3, 2024: 0, 2025: 0, 2026: 0},
            2,
        )
    )
    assert uses.total == 5
    assert (uses.unused, uses.idle, uses.sure) == ((2024, 2025), 2, False)


@pytest.mark.usefixtures("office", "boards")
def test_steps_follow_from_facts() -> None:
    plan = plan_for(PUBLIC, "XF", on=ON, known_at=KNOWN)

    assert _steps(plan, Task.ADOPT) == [Step(Task.ADOPT, Reason.LACKS, "corruption")]
    assert [each.statement.law for each in plan.facts] == ["Act 6", "Act 7"]
    assert _steps(plan, Task.ENFORCE) == [Step(Task.ENFORCE, Reason.LACKS, "frozen")]
    unknown = _steps(plan, Task.FIND_OUT)
    assert Step(Task.FIND_OUT, Reason.UNDATED, "xf-rights", 2) in unknown
    asked = {each.code for name in (BOARD, ENFORCEMENT) for each in instruments()[name].features
             if each.model}  # fmt: skip
    told = {"detention", "corruption", "penalty", "frozen"}
    assert {each.subject for each in unknown if each.reason is Reason.UNKNOWN} == asked - told


@pytest.mark.usefixtures("office")
def test_what_was_loaded_later_was_not_known() -> None:
    before = plan_for(PUBLIC, "XF", on=ON, known_at=datetime(2026, 5, 1, tzinfo=UTC))

    assert before.uses[0].read is None
    assert Step(Task.FIND_OUT, Reason.NO_LIST, "xf-rights") in before.steps
    with pytest.raises(SanctionsRefused, match="state: QQQ is no code of a state"):
        plan_for(PUBLIC, "QQQ", on=ON, known_at=KNOWN)


@pytest.mark.usefixtures("office", "boards")
def test_companies_that_listed_people_control_are_shown_with_the_rows_that_show_it() -> None:
    given = stakes_given(PUBLIC, STAKES.encode(), "stakes.csv")
    plan = plan_for(PUBLIC, "XF", on=ON, known_at=KNOWN, given=given)

    assert plan.enablers is not None
    assert plan.enablers.asked == ("xf-invented:F1", "xf-invented:F2", "xf-invented:F5")
    found = {(each.company, each.entry[-2:], each.held) for each in plan.enablers.found}
    assert found == {
        ("Karsk Holding", "F1", Held.MUST),
        ("Karsk Cement", "F1", Held.MUST),
        ("Varga Trading", "F2", Held.MAY),
        ("Half Works", "F5", Held.JOINT),
    }
    (holding,) = (each for each in plan.enablers.found if each.company == "Karsk Holding")
    assert holding.name == "Viktor Strovik"
    assert "row 2" in holding.proof[0]


@pytest.mark.usefixtures("office", "boards")
def test_table_counts_in_the_document_are_those_of_the_plan() -> None:
    plan = plan_for(PUBLIC, "XF", on=ON, known_at=KNOWN)
    rows = list(csv.DictReader(io.StringIO(plan_csv(plan))))
    document = plan_document(plan, language="en", known_at="2026-06-02")
    use = next(each for each in document.blocks if each.key == "use")  # type: ignore[union-attr]
    table = next(each for each in use.blocks if getattr(each, "key", "") == "designations")  # type: ignore[union-attr]

    counted = {row["year"]: row["designated"] for row in rows}
    assert counted == {"2023": "3", "2024": "", "2025": "", "2026": "", "undated": "2"}
    assert {(row["sure"], row["programme_alone"]) for row in rows} == {("false", "true")}
    dated = replace(plan, uses=tuple(replace(each, undated=0) for each in plan.uses))
    known = list(csv.DictReader(io.StringIO(plan_csv(dated))))
    assert [row["designated"] for row in known] == ["3", "0", "0", "0", "0"]
    assert {row["sure"] for row in known} == {"true"}
    assert [row[1] for row in table.rows] == [3, *[Unknown("not known")] * 3, 2, 5]  # type: ignore[union-attr]
    sure = plan_document(dated, language="en", known_at="2026-06-02")
    use = next(each for each in sure.blocks if each.key == "use")  # type: ignore[union-attr]
    table = next(each for each in use.blocks if getattr(each, "key", "") == "designations")  # type: ignore[union-attr]
    assert [row[1] for row in table.rows] == [3, 0, 0, 0, 0, 3, 5]  # type: ignore[union-attr]
    assert document.hypothetical
    assert decoded(encoded(document)) == document
    page = _page("/sanctions/plans/XF/?on=2026-06-01")
    assert page.count('<td class="number">not known</td>') == 3, "five of whom no day is told"
    (told,) = json.loads(_page("/sanctions/plans/XF.json?on=2026-06-01"))["uses"]
    assert told["by_year"] == {"2023": 3, "2024": None, "2025": None, "2026": None}


@pytest.mark.usefixtures("office", "boards")
def test_plan_is_an_edition() -> None:
    (kind,) = (each for each in edition_kinds() if each.name == "sanctions-plan")
    chosen = chosen_parameters(kind, {"state": "XF"})
    gathered = kind.gather(Question(PUBLIC, ON, KNOWN, "en", chosen))

    assert "Freedonia" in gathered.document.title
    assert gathered.subjects == frozenset()
    with pytest.raises(ParameterRefused, match="state: 'QQQ'"):
        chosen_parameters(kind, {"state": "QQQ"})
    assert str(kind.title())


def _page(address: str, status: int = 200, client: Client | None = None) -> str:
    answer = (client or Client()).get(address)
    assert answer.status_code == status, answer.content.decode()[-2000:]
    return answer.content.decode()


@pytest.mark.usefixtures("office", "boards")
@pytest.mark.parametrize("tongue", ["", "/ar", "/zh-hans"])
def test_pages_answer_in_each_direction(tongue: str) -> None:
    assert "Global Human Rights" in _page(f"{tongue}/sanctions/authorities/")
    for code in ("eu-2020-1998", "nz-none", "au-6a-rights", "xf-rights"):
        _page(f"{tongue}/sanctions/authorities/{code}/")
    _page(f"{tongue}/sanctions/model-law/")
    assert "plans/JP/" in _page(f"{tongue}/sanctions/plans/")
    assert "2023" in _page(f"{tongue}/sanctions/plans/XF/?on=2026-06-01")
    _page(f"{tongue}/sanctions/plans/JP/")
    _page(f"{tongue}/sanctions/plans/QQ/", 404)
    led = Client().get(f"{tongue}/sanctions/plans/xf/?on=2026-06-01")
    assert (led.status_code, led.headers["Location"]) == (
        301, f"{tongue}/sanctions/plans/XF/?on=2026-06-01",
    )  # fmt: skip
    _page(f"{tongue}/sanctions/authorities/zz/", 404)
    assert _page(f"{tongue}/sanctions/plans/XF/?on=x", 422)
    assert _page(f"{tongue}/sanctions/tests/?on=x", 422)


def test_no_answer_is_left_empty_and_steps_are_whole_questions(office: Office, boards: Any) -> None:
    page = _page("/sanctions/authorities/eu-2020-1998/")
    assert "in the text" in page
    assert '<td></td><td class="told"' not in page
    plan = _page("/sanctions/plans/XF/?on=2026-06-01")
    asked = re.findall(r"(?:is no to|nobody told): ([^<]{1,200})<", plan)
    assert asked
    assert all(each.endswith("?") for each in asked)


def test_what_is_asked_stands_in_the_readers_tongue_and_lists_have_titles(
    office: Office, boards: Any
) -> None:
    page = _page("/ar/sanctions/plans/XF/?on=2026-06-01")
    steps = page.partition("<h3>")[2].partition("</section>")[0]
    assert "؟" in steps
    assert not re.search(r"[a-z]{3,20} [a-z]{2,20}[^<>]{0,200}[?]", steps)
    english = _page("/sanctions/plans/XF/?on=2026-06-01").partition("<h3>")[2]
    assert "?" in english.partition("</section>")[0]
    assert '<span lang="en" dir="ltr">' not in english.partition("</section>")[0]
    plan = plan_for(PUBLIC, "XF", on=ON, known_at=KNOWN)
    with override("ar"):
        document = plan_document(plan, language="ar", known_at="2026-06-02")
    told = repr(document.blocks)
    assert "؟" in told
    assert not re.search(r"Name[(]text='[^']{5,200}[?]', language='en'[)]", told)
    assert "Invented list of Freedonia" in told
    assert "xf-invented," not in told


def test_facts_are_tested_on_a_page() -> None:
    page = _page("/sanctions/tests/?conduct=detention&link=ordered&circumstance=abroad")

    assert "Article 2(1)(c)(v)" in page
    assert "Missing evidence of extrajudicial, summary or arbitrary killing; or torture" in page
    assert "conduct: " not in page
    assert "Result" not in _page("/sanctions/tests/")
    before = _page("/sanctions/tests/?conduct=detention&on=2015-01-01")
    assert "Not in force on that day" in before


@pytest.mark.usefixtures("office", "boards")
def test_files_open() -> None:
    for address in ("model-law", "plans/XF"):
        pdf = Client().get(f"/sanctions/{address}.pdf")
        with pikepdf.open(io.BytesIO(pdf.content)) as opened:
            assert len(opened.pages) >= 2
        word = docx.Document(io.BytesIO(Client().get(f"/sanctions/{address}.docx").content))
        assert word.paragraphs
    rows = list(csv.DictReader(io.StringIO(_page("/sanctions/authorities.csv"))))
    assert {"verified", "secondary", "unverified", "not known"} >= {row["mark"] for row in rows}
    assert json.loads(_page("/sanctions/authorities.json"))[0]["code"] == "eu-2020-1998"
    assert json.loads(_page("/sanctions/plans/XF.json"))["uses"][0]["undated"] == 2
    for gone in (
        "model-law.csv",
        "authorities.pdf",
        "other.csv",
        "plans/XF.exe",
        "plans/XF.csv?on=x",
    ):
        _page(f"/sanctions/{gone}", 404)


@pytest.mark.usefixtures("boards")
def test_stakes_are_read_at_the_desk_and_not_kept(office: Office) -> None:
    client = signed_in_client(office.writer)
    address = "/desk/sanctions/plans/XF/stakes/"
    assert Client().get(address).status_code in {302, 403, 404}
    _page(address, client=client)
    _page("/desk/sanctions/plans/QQ/stakes/", 404, client)

    def sent(content: str, media: str) -> Any:
        file = SimpleUploadedFile("stakes.csv", content.encode())
        return client.post(address, {"stakes": file, "written": media, "on": "2026-06-01"})

    page = sent(STAKES, "html").content.decode()
    assert "Karsk Cement" in page
    assert "Viktor Strovik" in page
    assert sent(STAKES, "pdf").content.startswith(b"%PDF")
    word = docx.Document(io.BytesIO(sent(STAKES, "docx").content))
    cells = {cell.text for table in word.tables for row in table.rows for cell in row.cells}
    assert "Karsk Cement" in cells
    wrong = sent(STAKES.replace("51 %", "510 %"), "html")
    assert wrong.status_code == 422
    assert "row 3" in wrong.content.decode()
    assert "Karsk" not in _page("/sanctions/plans/XF/")


@pytest.mark.usefixtures("boards")
def test_programs_bring_stakes_for_a_plan_and_nothing_is_kept(office: Office) -> None:
    address = "/api/v1/sanctions/desk/plans/XF/stakes"

    def sent(content: str, code: int, *, where: str = address, scope: Scope | None = None) -> Any:
        headers = {}
        if scope:
            with in_person(office.writer) as actor:
                token = make_token("bot", [scope], actor=actor, at=timezone.now(), days=1)[1]
            headers = {"Authorization": f"Bearer {token}"}
        file = SimpleUploadedFile("stakes.csv", content.encode())
        told = Client(headers=headers).post(where, {"file": file, "on": "2026-06-01"})
        assert told.status_code == code, told.content
        return told.json()

    sent(STAKES, 401)
    sent(STAKES, 403, scope=Scope.PROPOSE)
    sent(STAKES, 404, where=address.replace("XF", "QQ"), scope=Scope.READ)
    wrong = sent(STAKES.replace("51 %", "510 %"), 422, scope=Scope.READ)
    assert "row 3" in str(wrong)
    told = sent(STAKES, 200, scope=Scope.READ)
    assert told["on"] == "2026-06-01"
    assert "Karsk Cement" in str(told["enablers"])
    assert json.loads(_page("/api/v1/sanctions/plans/XF?on=2026-06-01"))["enablers"] is None


@pytest.mark.usefixtures("office", "boards")
def test_programs_are_answered() -> None:
    api = "/api/v1/sanctions/"
    codes = {each["code"] for each in json.loads(_page(f"{api}authorities"))}
    assert {"us-eo-13818", "ch-emba-2003"} <= codes
    assert "xf-rights" not in codes
    one = json.loads(_page(f"{api}authorities/gb-ghrsr-2020?on=2021-01-01"))
    assert one["law"]["reference"] == "gb-ghrsr-2020@1"
    assert json.loads(_page(f"{api}authorities/gb-ghrsr-2020?on=2001-01-01"))["law"] is None
    assert json.loads(_page(f"{api}authorities/jp-none"))["law"] is None
    _page(f"{api}authorities/zz", 404)
    asked = f"{api}tests?met=detention&met=ordered&authority=eu-2020-1998&authority=gb-ghrsr-2020"
    eu, gb = json.loads(_page(asked))
    assert (eu["fit"], gb["fit"]) == ("fits", "missing")
    assert gb["elements"][0]["wants"] == [["killing"], ["torture"], ["slavery"]]
    assert len(json.loads(_page(f"{api}tests?not_met=torture"))) > 10
    _page(f"{api}tests?met=mood", 422)
    _page(f"{api}tests?authority=zz", 422)
    assert json.loads(_page(f"{api}plans/XF?on=2026-06-01"))["uses"][0]["by_year"]["2023"] == 3
    _page(f"{api}plans/QQ", 404)


def _run(*words: str, code: int = 0) -> str:
    result = CliRunner().invoke(commands, list(words))
    assert result.exit_code == code, result.output
    return result.output


@pytest.mark.usefixtures("office", "boards")
def test_terminal_is_answered(tmp_path: Path) -> None:
    assert "us-eo-13818" in json.dumps(json.loads(_run("authorities", "--json")))
    assert "where" in _run("authorities")
    assert "Regulation 4(2)" in _run("authority", "gb-ghrsr-2020")
    assert "no law to test" in _run("authority", "jp-none")
    assert "No version is in force" in _run("authority", "gb-ghrsr-2020", "--on", "2001-01-01")
    assert json.loads(_run("authority", "eu-2020-1998", "--json"))["law"]["facts"]
    assert "stands nowhere in the register" in _run("authority", "zz", code=2)
    file = tmp_path / "findings.toml"
    file.write_text('[detention]\nvalue = "met"\n[ordered]\nvalue = "met"\n', "utf-8")
    told = _run("test", str(file))
    assert "Each element is shown" in told
    assert "Missing evidence of" in told
    assert json.loads(_run("test", str(file), "--authority", "nz-none", "--json"))[0]["why"]
    assert "is no day" in _run("test", str(file), "--on", "soon", code=2)
    file.write_text('[beating]\nvalue = "met"\n', "utf-8")
    assert "beating: is no fact" in _run("test", str(file), code=2)
    stakes = tmp_path / "stakes.csv"
    stakes.write_text(STAKES, "utf-8")
    assert "xf-rights,2023,3" in _run("plan", "XF", "--on", "2026-06-01")
    assert json.loads(_run("plan", "XF", "--stakes", str(stakes), "--json"))["enablers"]["found"]
    for ending in ("pdf", "docx", "csv", "json"):
        _run("plan", "XF", "--stakes", str(stakes), "--out", str(tmp_path / f"plan.{ending}"))
        assert (tmp_path / f"plan.{ending}").stat().st_size > 200
    assert "is none that is written here" in _run("plan", "XF", "--out", "plan", code=2)
    _run("model-law", "--out", str(tmp_path / "law.docx"))
