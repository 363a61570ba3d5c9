"""The matrix for everybody: pages, the page to print, files, the same over the wire."""

from __future__ import annotations

import io
import json
import re
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

import docx
import pytest
from django.test import Client

from tests.repression.sanctions.factories import (
    XF,
    XZ,
    Verdict,
    judged,
    listing,
    make_office,
    person,
    two_lists,
)
from undaunted.core.access.rules import PUBLIC
from undaunted.core.editions.rules import Section
from undaunted.core.editions.writers import write_paper_pdf
from undaunted.repression.sanctions.analysis import matrix_on, rows_of
from undaunted.repression.sanctions.rules import STATES, MatrixAsked, State
from undaunted.repression.sanctions.templatetags.sanctions import state_short
from undaunted.repression.sanctions.writers import matrix_paper, question_told

if TYPE_CHECKING:
    from pathlib import Path

    from tests.core.listings.factories import Office

pytestmark = pytest.mark.usefixtures("ledger")
API = "/api/v1/sanctions/"
ON = "on=2026-06-01"


@pytest.fixture
def office(owner_sql: Any, tmp_path: Path) -> Office:
    office = make_office(owner_sql)
    two_lists(office, tmp_path)
    judged(office.writer, (XF, "F1"), (XZ, "Z1"), Verdict.SAME, second=office.reviewer)
    return office


def _page(address: str, status: int = 200) -> str:
    answer = Client().get(address)
    assert answer.status_code == status, answer.content.decode()[-2000:]
    return answer.content.decode()


def _json(address: str, status: int = 200) -> Any:
    answer = Client().get(API + address)
    assert answer.status_code == status, answer.content.decode()
    return answer.json()


def _states(told: dict[str, Any]) -> dict[str, tuple[str, ...]]:
    return {row["name"]: tuple(cell["state"] for cell in row["cells"]) for row in told["rows"]}


def test_cells_say_what_lists_say_and_no_more(office: Office) -> None:
    told = _json(f"matrix?{ON}")
    assert told["jurisdictions"] == ["XF", "XZ"]
    assert _states(told) == {
        "Viktor Strovik": ("listed", "listed"),
        "Ludmila Varga": ("listed", "possibly"),
        "Lyudmila Varga": ("possibly", "listed"),
        "Oskar Brandl": ("delisted", "not_found"),
        "Ferenc Molnari": ("not_found", "listed"),
    }


@pytest.mark.parametrize(
    "address", ["", "matrix/", "matrix/print/", "align/", "parties/xf-invented:F1/"]
)
def test_page_answers(office: Office, address: str) -> None:
    page = _page(f"/sanctions/{address}?{ON}")
    assert "Strovik" in page or not address
    _page(f"/ar/sanctions/{address}?{ON}")


@pytest.mark.parametrize("form", ["csv", "json", "docx", "pdf"])
def test_file_is_given(office: Office, form: str) -> None:
    answer = Client().get(f"/sanctions/matrix.{form}?{ON}")
    assert answer.status_code == 200
    assert len(answer.content) > 500


def test_matrix_says_which_version_speaks_and_how_far(office: Office) -> None:
    page = _page(f"/sanctions/matrix/?{ON}")
    assert "version of 20 May 2026" in page
    assert "Possibly listed" in page
    assert "names alike to" in page
    assert "That is no verdict" in page
    assert "not listed" not in page.lower().replace("not known to be listed", "")
    assert "compared on" in page
    old = _page("/sanctions/matrix/?on=2026-07-01")
    assert "version of 20 May 2026, old" in old
    assert "Old version" in old
    early = _page("/sanctions/matrix/?on=2024-03-01")
    assert "later than the day asked about" in early
    assert "Nothing is known that matches" in _page(f"/sanctions/matrix/?{ON}&q=nobody")


@pytest.mark.parametrize("asked", ["on", "known"])
def test_a_day_in_another_form_is_refused_with_the_form_wanted(office: Office, asked: str) -> None:
    page = _page(f"/sanctions/matrix/?{asked}=1/5/2026", 422)
    assert "Write the day as year-month-day, such as 2025-12-31." in page


@pytest.mark.parametrize("address", ["matrix/", "matrix/print/", "align/", "matrix.csv"])
def test_question_in_a_field_that_there_is_none_of_is_refused(office: Office, address: str) -> None:
    """Whoever asks for a name by a wrong word is not shown everybody."""
    page = _page(f"/sanctions/{address}?name=strovik", 422)
    assert "name: there is no such field; there are q, country" in page
    assert "Brandl" not in page
    assert "Strovik" in _page(f"/sanctions/{address}?{ON}&page=1&q=strovik")
    for told in (_json("matrix?name=strovik", 422), _json("align?name=strovik", 422)):
        assert told["errors"][0]["pointer"] == "#/query/name"
        assert "there is no such field; there are on, known, q" in json.dumps(told)


@pytest.mark.parametrize(
    "address",
    ["matrix/", "matrix/print/", "align/", "matrix.csv", "align.csv", "parties/xf-invented:F1/"],
)
def test_link_that_was_passed_on_is_answered(office: Office, address: str) -> None:
    """Social networks and newsletters put words of their own to every link."""
    page = _page(f"/sanctions/{address}?{ON}&fbclid=abc9&utm_source=letter&utm_x=1&mc_cid=2")
    assert "Please correct" not in page
    for rest in page.split(".json?")[1:]:
        assert not {"fbclid", "utm"} & set(re.split(r"\W|_", rest.partition('"')[0]))


def test_name_is_asked_for_beside_the_filters_which_stay_shut(office: Office) -> None:
    blanks = "&country=&kind=&programme=&authority=&measure=&known="
    page = _page(f"/sanctions/matrix/?{ON}&q=strovik{blanks}")
    before, _, filters = page.partition('<details class="filters-of"')
    assert 'name="q"' in before
    assert filters.startswith("><summary>")
    page = _page(f"/sanctions/matrix/?{ON}&q=strovik{blanks}&kind=person")
    assert '<details class="filters-of" open>' in page
    assert page.index("matrix.csv?") < page.index("<tbody>"), "files stand above a long table"


@pytest.mark.parametrize("address", ["/sanctions/matrix/", "/lists/", "/designations/renewals/"])
def test_pages_of_lists_stand_under_sanctions(office: Office, address: str) -> None:
    head = _page(address).partition("</header>")[0]
    assert '<a href="/sanctions/" aria-current="page">' in head
    assert head.count("aria-current") == 1
    assert "aria-current" not in _page("/practices/").partition('href="/sanctions/"')[2][:30]


def test_paper_explains_the_states_that_stand_on_it(office: Office) -> None:
    everywhere, paper = (
        _page(f"/sanctions/matrix/{each}?{ON}").partition("How to read it")[2].partition("</dl>")[0]
        for each in ("", "print/")
    )
    assert everywhere.count("<dt>") == len(STATES) + 2, "and an old version, and one person's file"
    assert "Listed in an old version" in everywhere
    assert "Listed in an old version" not in paper
    old = _page("/sanctions/matrix/print/?on=2026-07-01").partition("How to read it")[2]
    assert "Listed in an old version" in old
    for state, told in ((State.LISTED, True), (State.NOT_FOUND, True), (State.NOT_LOADED, False)):
        assert (f">{state_short(state)}<" in paper) is told


def test_list_of_no_known_day_is_not_called_old_and_is_named_in_its_heading(
    office: Office, tmp_path: Path
) -> None:
    """A file of today that tells no day is not old, and no heading leaves open which list it is."""
    rows = [person("Z3", "Ferenc Molnari", born="1950")]
    listing(office, XZ, tmp_path, rows, day="", at=datetime(2026, 5, 30, 12, tzinfo=UTC))
    page = _page(f"/sanctions/matrix/?{ON}")
    table = page.partition('<div class="matrix">')[2].partition("</table>")[0]
    assert "Day not known" in table
    assert "Old version" not in table
    assert "Invented list of Zubrowka</bdi>: version of no known day" in table
    assert "Invented list of Freedonia</bdi>: version of 20 May 2026" in table
    assert "--dated" in page
    brandl = {each["name"]: each for each in _json(f"matrix?{ON}")["rows"]}["Oskar Brandl"]
    assert [cell["state"] for cell in brandl["cells"]] == ["delisted", "undated"]


@pytest.mark.parametrize(
    ("asked", "name"),
    [("Warga", "Ludmila Varga"), ("Strowik", "Viktor Strovik"), ("F3", "Oskar Brandl"),
     ("xz-invented:z3", "Ferenc Molnari"), ("Luydmila Varga", "Ludmila Varga"),
     ("strovik viktor", "Viktor Strovik")],
)  # fmt: skip
def test_other_spellings_and_the_number_of_an_entry_are_found_with_their_likeness(
    office: Office, asked: str, name: str
) -> None:
    page = _page(f"/sanctions/matrix/?{ON}&q={asked}")
    assert name in page
    assert "alike" in page
    rows = _json(f"matrix?{ON}&q={asked}")["rows"]
    assert any(each["name"] == name and each["alike"]["likeness"] > 0.6 for each in rows)
    assert _json(f"matrix?{ON}")["rows"][0]["alike"] is None


def test_the_likest_come_first_and_silence_is_no_verdict(office: Office) -> None:
    rows = _json(f"matrix?{ON}&q=Lyudmila Varga")["rows"]
    assert [each["name"] for each in rows] == ["Lyudmila Varga", "Ludmila Varga"]
    assert "may be listed all the same" in _page(f"/sanctions/matrix/?{ON}&q=Unheard")


def test_what_was_typed_turns_no_sentence_of_the_page(office: Office) -> None:
    for address in ("matrix/", "align/"):
        page = _page(f"/sanctions/{address}?{ON}&listed_by=XF&q=%E2%80%AEFel%07%3Cb%3E")
        assert re.search(r'listed by [^<;]+; name <bdi dir="auto">Fel&lt;b&gt;</bdi>\.', page)
    asked = MatrixAsked(date(2026, 11, 1), words="\u202eFel\u2067", programme="P\u202d1")
    assert question_told(asked) == "programme P1; name Fel"


@pytest.mark.parametrize("typed", ["x", "%E2%80%AE", "---", "5"])
def test_what_no_name_can_be_searched_by_is_refused_and_finds_not_all(
    office: Office, typed: str
) -> None:
    page = _page(f"/sanctions/matrix/?{ON}&q={typed}", 422)
    assert "A name to search for has two letters or more." in page
    assert Client().get(f"/api/v1/sanctions/matrix?{ON}&q={typed}").status_code == 422
    _page(f"/sanctions/matrix/?{ON}&q=%E6%9D%8E")


def test_programmes_are_offered_as_cells_call_them_and_found_by_that(office: Office) -> None:
    page = _page(f"/sanctions/matrix/?{ON}")
    assert 'list="programmes"' in page
    assert '<option value="Freedonia: human rights"></option>' in page
    found = _json(f"matrix?{ON}&programme=Freedonia%3A%20human%20rights")
    assert found["count"] == _json(f"matrix?{ON}&programme=XF-HR")["count"] > 0


def test_party_is_found_by_each_of_its_entries_after_two_became_one(office: Office) -> None:
    for entry in (f"{XF}:F1", f"{XZ}:Z1"):
        assert "Victor Strovik" in _page(f"/sanctions/parties/{entry}/?{ON}")
        told = _json(f"party?key={entry}&{ON}")
        assert told["party"] == f"{XF}:F1"
        assert _states({"rows": [told]}) == {"Viktor Strovik": ("listed", "listed")}
    for absent in (f"{XF}:Z1", "nowhere:Z1", "Z1"):
        _page(f"/sanctions/parties/{absent}/?{ON}", 404)


def test_party_is_told_entry_by_entry_and_in_sentences(office: Office) -> None:
    page = _page(f"/sanctions/parties/xf-invented:F3/?{ON}")
    assert "Not found on the current lists of" in page
    assert "left: 5 May 2025" in page
    told = _json(f"party?key=xz-invented:Z3&{ON}")
    assert told["sentences"] == [
        (
            "Listed by Zubrowka (version of 25 May 2026), not found on the current lists of "
            "Freedonia (version of 20 May 2026)."
        )
    ]
    waiting = _json(f"party?key=xf-invented:F2&{ON}")
    cell = next(each for each in waiting["cells"] if each["jurisdiction"] == "XZ")
    assert cell["entries"][0]["tie"] == "open"
    assert cell["entries"][0]["reasons"]
    _page(f"/sanctions/parties/xf-invented:nobody/?{ON}", 404)
    _page("/sanctions/parties/xf-invented:F3/?on=never", 422)
    _json(f"party?key=nobody&{ON}", 404)


def test_question_that_nobody_can_answer_is_refused(office: Office) -> None:
    page = _page("/sanctions/matrix/?listed_by=XF&not_by=XF", 422)
    assert "A jurisdiction stands in both" in page
    for asked in ("on=never", "listed_by=QQ", "measure=none", "authority=none"):
        _page(f"/sanctions/matrix/?{asked}", 422)
        _page(f"/sanctions/align/?{asked}", 422)
        assert "Please correct" in _page(f"/sanctions/matrix/print/?{asked}", 422)
        assert "Please correct" in _page(f"/sanctions/matrix.csv?{asked}", 422)
        assert "Please correct" in _page(f"/sanctions/align.csv?{asked}", 422)
        _json(f"matrix?{asked}", 422)
    _page("/sanctions/matrix.exe", 404)
    refused = _json("matrix?listed_by=XF&not_by=XF", 422)
    assert "name it once" in refused["errors"][0]["detail"]
    assert _json("align?jurisdictions=QQ", 422)["errors"][0]["pointer"] == "#/query/jurisdictions"
    assert _json("matrix?q=%00", 422)


def test_country_is_read_by_code_or_name_and_one_that_is_none_is_refused(office: Office) -> None:
    for asked in ("XR", "xr", "%20Ruritania%20"):
        assert _json(f"matrix?{ON}&country={asked}") == _json(f"matrix?{ON}&country=XR")
    assert _json(f"matrix?{ON}&country=xr")["count"]
    for address in ("matrix", "align"):
        told = _json(f"{address}?{ON}&country=QQ", 422)
        assert told["errors"][0]["pointer"] == "#/query/country"
        assert "'QQ' is no country" in told["detail"]


def test_more_names_at_once_than_are_compared_are_refused_and_not_told_as_unlisted(
    office: Office,
) -> None:
    asked = f"{ON}&q={'%3B'.join(['Arna Holt'] * 10)}"
    told = _json(f"matrix?{asked}", 422)
    assert told["errors"][0]["pointer"] == "#/query/q"
    assert "more than 9 names are asked for at once" in told["detail"]
    assert "Too many names are asked for at once" in _page(f"/sanctions/matrix/?{asked}", 422)
    assert _json(f"matrix?{ON}&q={'%3B'.join(['Arna Holt'] * 9)}")


def test_blanks_narrow_nothing(office: Office) -> None:
    whole = _json(f"matrix?{ON}")["count"]
    assert whole
    assert _json(f"matrix?{ON}&q=%20&programme=%20&country=%20")["count"] == whole


@pytest.mark.parametrize(
    "address",
    ["/sanctions/", f"/sanctions/parties/{XF}:F1/?{ON}", "/sanctions/authorities/xf-rights/"],
)
def test_lists_are_told_by_their_titles_and_days_in_words(office: Office, address: str) -> None:
    shown = re.sub(r"<[^>]+>", " ", _page(address).partition("<main")[2])
    assert "Invented list of Freedonia" in shown
    assert "xf-invented" not in shown
    assert not re.search(r"(?:in force on|Jurisdictions on)\s+20", shown)


def test_register_counts_what_lists_name(office: Office) -> None:
    told = {each["jurisdiction"]: each for each in _json("register")}
    assert (told["XF"]["listed"], told["XZ"]["listed"]) == (2, 3)
    assert told["US"]["listed"] is None
    assert "CN" not in told, "who lists in reply alone has no authority"
    laws = {each["code"]: each["listed"] for each in told["XF"]["authorities"]}
    assert laws["xf-rights"] == 2
    assert {each["listed"] for each in told["EU"]["authorities"]} == {None}
    page = _page("/sanctions/")
    assert "Who is listed where" in page
    assert "not loaded" in page
    assert "read in a copy, an excerpt or a report" in page
    assert "unverified" not in page, "marks are those of the page of the law"


def test_times_to_align_are_told(office: Office) -> None:
    page = _page(f"/sanctions/align/?{ON}")
    assert "120 days" in page
    told = _json(f"align?{ON}")
    assert (told["count"], told["parties"][0]["leaders"]) == (1, ["XF"])
    for form, content in (
        ("csv", b"xf-invented:F1,Viktor Strovik,XZ,known"),
        ("json", b'"median"'),
    ):
        answer = Client().get(f"/sanctions/align.{form}?{ON}")
        assert content in answer.content
        assert f"align-2026-06-01.{form}" in answer["Content-Disposition"]
    _page("/sanctions/align.pdf", 404)


def test_word_file_lies_on_its_side_with_legend_and_sources(office: Office) -> None:
    asked = f"{ON}&listed_by=XF&sure=on&q=varga&known=2026-06-02"
    made = docx.Document(io.BytesIO(Client().get(f"/sanctions/matrix.docx?{asked}").content))
    page = made.sections[0]
    assert (page.page_width or 0) > (page.page_height or 0)
    words = "\n".join(each.text for each in made.paragraphs)
    assert "How to read it" in words
    assert "Invented list of Freedonia" in words
    table = "\n".join(
        cell.text for table in made.tables for row in table.rows for cell in row.cells
    )
    assert "Ludmila Varga" in table
    assert "only gaps that a current list bears out" in table
    told = "Possibly listed (one person's file): Lyudmila Varga, Listed: since 1 March 2024"
    assert told in table


def test_paper_says_that_it_holds_only_the_first_rows(office: Office) -> None:
    found = matrix_on(PUBLIC, MatrixAsked(date(2026, 6, 1)))
    paper = matrix_paper(list(rows_of(found, 0, 2)), len(found), found.lists, found.asked)
    assert paper.wide
    assert isinstance(paper.document.blocks[0], Section)
    assert "Not everything is here" in paper.document.blocks[0].title
    assert write_paper_pdf(paper, moment=0).startswith(b"%PDF")
    empty = matrix_paper([], 0, found.lists, found.asked)
    assert write_paper_pdf(empty, moment=0).startswith(b"%PDF")


def test_day_ahead_of_today_is_refused_at_its_field(office: Office) -> None:
    for asked, field in (("on=9999-12-31", "on"), (f"{ON}&known=2099-01-01", "known")):
        for place in ("matrix", "align"):
            page = _page(f"/sanctions/{place}/?{asked}", 422)
            assert "The day is ahead: name today or an earlier day." in page
            refused = _json(f"{place}?{asked}", 422)["errors"][0]
            assert refused["pointer"] == f"#/query/{field}"
            assert "is ahead of today" in refused["detail"]
        assert _json(f"party?key=xf-invented:F1&{asked}", 422)
        assert "Please correct" in _page(f"/sanctions/matrix.csv?{asked}", 422)
