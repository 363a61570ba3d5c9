"""A list brought to the desk as files: whole or not at all, with every refusal on the page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.template.response import TemplateResponse
from django.test import Client

from tests.core.accounts.factories import signed_in_client
from tests.core.listings.factories import FILES, Office, make_office, plain_list
from undaunted.core.access.rules import PUBLIC
from undaunted.core.listings.queries import version_in_force

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.usefixtures("ledger")
DESK = "/desk/listings/"
XF, OFAC = "xf-invented", "us-ofac-sdn"


@pytest.fixture
def office(owner_sql: Any) -> Office:
    return make_office(owner_sql)


def sent(client: Client, source: str, *files: Path, code: int = 302, **told: str) -> str:
    held = [SimpleUploadedFile(each.name, each.read_bytes()) for each in files]
    answer = client.post(DESK, {"source": source, "file": held, **told}, follow=code == 302)
    assert answer.status_code == (200 if code == 302 else code)
    return answer.content.decode()


def number_of(source: str) -> int | None:
    version = version_in_force(PUBLIC, source)
    return version.number if version else None


def test_a_file_is_taken_in_whole_and_told(office: Office, tmp_path: Path) -> None:
    writer = signed_in_client(office.writer)
    file = plain_list(tmp_path / "a.jsonl", ["Karsk Stroy", "Borduria Lenses"])
    page = sent(writer, XF, file)
    assert "xf-invented: version 1 is in force with 2 entries: 2 added" in page
    assert "2 entries not compared yet" in page
    assert "version 1 is this file; nothing was done" in sent(writer, XF, file)
    assert number_of(XF) == 1


def test_a_list_in_parts_is_taken_in_together_and_may_be_given_a_day(office: Office) -> None:
    writer = signed_in_client(office.writer)
    parts = sorted((FILES / "ofac").glob("*.csv"))
    assert len(parts) > 1
    assert "version 1 is in force" in sent(writer, OFAC, *parts)
    assert "the file tells no day" in writer.get(DESK).content.decode()
    assert ">1 · no day, loaded 20" in Client().get(f"/lists/{OFAC}/").content.decode()
    page = sent(writer, OFAC, *parts, dated="2026-05-03")
    assert "version 2 is in force" in page
    assert "day given by who loaded" in page
    older = sent(writer, OFAC, *parts, dated="2026-05-01", code=422)
    assert "us-ofac-sdn: it is of 2026-05-01" in older
    everybody = Client().get(f"/lists/{OFAC}/").content.decode()
    assert "brought by a person who gave the day; the file tells none" in everybody


def test_a_day_in_another_form_is_refused_with_the_form_wanted(
    office: Office, tmp_path: Path
) -> None:
    whole = plain_list(tmp_path / "a.jsonl", ["Karsk Stroy"])
    page = sent(signed_in_client(office.writer), XF, whole, dated="31/12/1970", code=422)
    assert "Write the day as year-month-day, such as 2025-12-31." in page


def test_what_is_wrong_is_said_at_its_field_and_nothing_changes(
    office: Office, tmp_path: Path
) -> None:
    writer = signed_in_client(office.writer)
    whole = plain_list(tmp_path / "a.jsonl", [f"Body {n}" for n in range(100, 110)])
    sent(writer, XF, whole)
    cut = tmp_path / "cut.xml"
    cut.write_text("<html>no list</html>", encoding="utf-8")
    assert "line 1 does not name day and entries" in sent(writer, XF, cut, code=422)
    small = plain_list(tmp_path / "b.jsonl", ["Body 100"])
    page = sent(writer, XF, small, code=422)
    assert "1 entries where 10 stand: half or fewer" in page
    assert "--confirm" not in page
    assert "tick this and send it again" in page
    assert "This field is required" in sent(writer, XF, code=422)
    assert "Select a valid choice" in sent(writer, "nowhere", whole, code=422)
    assert "Two files have one name" in sent(writer, XF, whole, whole, code=422)
    assert "is no day of a list" in sent(writer, XF, whole, code=422, dated="2999-01-01")
    assert "leave the day out" in sent(writer, XF, small, code=422, dated="2026-05-03")
    assert number_of(XF) == 1
    sent(writer, XF, small, confirmed="on")
    assert number_of(XF) == 2


def test_only_whoever_may_load_is_offered_to_and_nobody_else_can(
    office: Office, tmp_path: Path
) -> None:
    file = plain_list(tmp_path / "a.jsonl", ["Karsk Stroy"])
    for user in (office.reviewer, office.reader):
        client = signed_in_client(user)
        page = client.get(DESK)
        assert page.status_code == 200
        assert "multipart/form-data" not in page.content.decode()
        sent(client, XF, file, code=404)
    assert Client().get(DESK).status_code == 302
    assert number_of(XF) is None


def test_a_file_whose_name_no_folder_holds_is_taken_in(office: Office, tmp_path: Path) -> None:
    content = plain_list(tmp_path / "a.jsonl", ["Karsk Stroy"]).read_bytes()
    held = SimpleUploadedFile("ж" * 240 + ".jsonl", content)
    answer = signed_in_client(office.writer).post(DESK, {"source": XF, "file": held})
    assert answer.status_code == 302
    assert number_of(XF) == 1


def test_the_same_file_under_a_later_day_asks_for_a_word_and_stays_marked(office: Office) -> None:
    writer = signed_in_client(office.writer)
    parts = sorted((FILES / "ofac").glob("*.csv"))
    sent(writer, OFAC, *parts, dated="2026-05-03")
    page = sent(writer, OFAC, *parts, code=422, dated="2026-11-01")
    assert "the same file stands as of 2026-05-03" in page
    assert number_of(OFAC) == 1
    sent(writer, OFAC, *parts, dated="2026-11-01", confirmed="on")
    assert number_of(OFAC) == 2
    for address in (f"/lists/{OFAC}/versions/", f"/lists/{OFAC}/"):
        assert "day given by who loaded" in Client().get(address).content.decode()
    told = Client().get("/sanctions/matrix/?on=2026-11-20").content.decode()
    assert "(the day was given by who loaded it)" in told


def test_a_list_in_one_file_is_refused_in_several(office: Office, tmp_path: Path) -> None:
    writer = signed_in_client(office.writer)
    first = plain_list(tmp_path / "a.jsonl", ["Karsk Stroy"])
    second = plain_list(tmp_path / "b.jsonl", ["Borduria Lenses"])
    page = sent(writer, XF, first, second, code=422)
    assert "xf-invented: this list comes in one file; give it alone" in page
    assert "undaunted-list-" not in page
    assert number_of(XF) is None


def test_what_is_wrong_with_the_day_stands_at_the_day(office: Office, tmp_path: Path) -> None:
    whole = plain_list(tmp_path / "a.jsonl", ["Karsk Stroy"])
    for dated, said in (("2999-01-01", "is no day of a list"), ("2026-05-03", "leave the day out")):
        file = SimpleUploadedFile(whole.name, whole.read_bytes())
        told = {"source": XF, "file": file, "dated": dated}
        answer = signed_in_client(office.writer).post(DESK, told)
        assert isinstance(answer, TemplateResponse)
        assert answer.context_data is not None
        errors = answer.context_data["form"].errors
        assert list(errors) == ["dated"]
        assert said in errors["dated"][0]


def test_what_is_wrong_stands_before_the_lists_in_force(office: Office, tmp_path: Path) -> None:
    writer = signed_in_client(office.writer)
    sent(writer, XF, plain_list(tmp_path / "a.jsonl", ["Karsk Stroy"]))
    plain = writer.get(DESK).content.decode()
    assert plain.index("Lists in force") < plain.index("Load a file")
    cut = tmp_path / "cut.xml"
    cut.write_text("<html>no list</html>", encoding="utf-8")
    wrong = sent(writer, OFAC, cut, code=422)
    assert wrong.index("Please correct what is marked below") < wrong.index("Lists in force")
    assert wrong.count("Load a file") == 1
