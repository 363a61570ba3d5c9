"""The editorial desk in the browser's words: board, editor, review, signature, translators."""

from __future__ import annotations

import html
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.core.accounts.factories import signed_in_client
from tests.prisoners.report.text_desk import (
    AT,
    ENGLISH,
    YEAR,
    Writers,
    make_writers,
    reviewed,
    signed,
)
from undaunted.core.access.rules import Sharing
from undaunted.core.accounts.actions import acting_as
from undaunted.core.editions.models import Edition, EditionFile
from undaunted.core.editions.rules import (
    Column,
    ColumnKind,
    Document,
    Figure,
    Section,
    Table,
    encoded,
    numbers_of,
)
from undaunted.prisoners.report.actions import write_text
from undaunted.prisoners.report.queries import report_document, report_figures
from undaunted.prisoners.report.rules.texts import place_named

if TYPE_CHECKING:
    from django.test import Client

pytestmark = pytest.mark.usefixtures("ledger")
DESK = "/desk/report/"
SUMMARY = f"{DESK}texts/{YEAR}/summary/en/"
IN_ARABIC = f"{DESK}texts/{YEAR}/summary/ar/"


@pytest.fixture
def writers(owner_sql: Any) -> Writers:
    return make_writers(owner_sql)


def _page(answer: Any, status: int = 200) -> str:
    assert answer.status_code == status, answer.content.decode()[:3000]
    return html.unescape(answer.content.decode())


def _post(client: Client, address: str, sent: dict[str, Any] | None = None) -> Any:
    return client.post(address, sent or {})


def _actions(page: str) -> list[str]:
    return [each.split('"')[0] for each in page.split('action="')[1:] if "/versions/" in each[:80]]


def _build_report(writers: Writers) -> Document:
    """Keep a report as a draft edition, as a build does, for its numbers."""
    table = Table(
        "by-country", "People held", (Column("country", "Country"), Column("persons", "Persons",
        ColumnKind.WHOLE, compared="persons@2025-12-31")),
        (("Ruritania", 1240), ("Syldavia", 40)), keys=("XR", "XS"),
    )  # fmt: skip
    chart = Figure(
        "held-chart",
        "Held over the years",
        "A line",
        Table("held-table", "T", table.columns, ()),
        {},
    )
    told = Document(
        "Annual report", "", "en", "U", date(YEAR, 12, 31), "k",
        (Section("summary", "In brief", (table, chart)),),
    )  # fmt: skip
    with acting_as(writers.publisher) as actor:
        edition = Edition.objects.create(
            holder=writers.holder, sharing=Sharing.ORGANISATION, kind="annual-report",
            series="annual-report", number=1, title="Annual report", purpose="report",
            as_of=date(YEAR, 12, 31), known_at=AT, withdrawals=0, languages=["en"], built_at=AT,
            built_by=actor.person, manifest=b"{}", signature=b"0" * 64, signing_key="k",
            figures={key: value for key, (_words, value) in numbers_of(told).items()},
        )  # fmt: skip
        content = encoded(told)
        EditionFile.objects.create(
            holder=writers.holder, edition=edition, name="annual-report-1.0-en.json",
            language="en", media_type="application/json", size=len(content), sha256="0" * 64,
            content=content,
        )  # fmt: skip
        assert report_figures(actor, YEAR) == report_figures(actor, YEAR + 1)
        assert report_document(actor, YEAR) == told
    return told


def test_text_is_written_reviewed_and_signed_by_hand(writers: Writers) -> None:
    _build_report(writers)
    writer, reviewer = signed_in_client(writers.writer), signed_in_client(writers.reviewer)
    board = _page(writer.get(f"{DESK}?year={YEAR}"))
    assert "The year in brief" in board
    assert SUMMARY in board
    assert "Write the first version" in _page(writer.get(SUMMARY))
    assert "Nothing is written yet" in _page(reviewer.get(SUMMARY))
    edit = f"{SUMMARY}write/"
    assert "{plain:1948|year}" in _page(writer.get(edit))
    broken = _page(_post(writer, edit, {"body": "Some **words", "do": "look"}), 422)
    assert "line 1: ** is not closed" in broken
    assert "Some **words" in broken
    found = _page(_post(writer, edit, {"body": ENGLISH, "find": "ruritania held", "do": "find"}))
    assert "{number:by-country/XR/persons@2025-12-31}" in found
    assert "1,240" in found
    found = _page(_post(writer, edit, {"body": ENGLISH, "find": "years", "do": "find"}))
    assert "{table:held-chart}" in found
    body = ENGLISH + "\n\nForty were moved in 1939 {number:by-country/XS/persons@2025-12-31}."
    look = _page(_post(writer, edit, {"body": body, "do": "look"}))
    assert "Line 6: Forty" in look
    assert "none could be built with this text" not in look
    gone = _page(_post(writer, edit, {"body": "{number:gone}", "do": "look"}))
    assert '<li><code dir="ltr">gone</code></li>' in gone
    assert "{number:by-country/XS/persons@2025-12-31}" in look
    made = _post(writer, edit, {"body": body, "do": "propose"})
    assert made.status_code == 302
    own = _page(writer.get(made["Location"]))
    assert "Written by you: somebody else reviews it." in own
    assert '<strong class="number" title="by-country/XR/persons@2025-12-31">1,240</strong>' in own
    page = _page(reviewer.get(made["Location"]))
    (review, _decline) = _actions(page)
    assert _post(reviewer, review).status_code == 302
    assert "version 1 is reviewed; look again" in _page(_post(reviewer, review), 409)
    publisher = signed_in_client(writers.publisher)
    page = _page(publisher.get(SUMMARY))
    assert "Line 6: why may “1939” stay as it was typed?" in page
    sign = next(each for each in _actions(page) if each.endswith("/sign/"))
    again = _page(_post(publisher, sign, {"why-1": "a quotation"}), 422)
    assert "a quotation" in again
    assert _post(publisher, sign, {"why-1": "a quotation", "why-2": "year"}).status_code == 302
    page = _page(publisher.get(SUMMARY))
    assert "a quotation" in page
    assert "signed" in _page(reviewer.get(f"{DESK}?year={YEAR}"))
    (withdraw,) = _actions(page)
    assert "why: say why" in _page(_post(publisher, withdraw), 409)
    assert _post(publisher, withdraw, {"why": "wrong court"}).status_code == 302
    assert "Reason: wrong court" in _page(publisher.get(SUMMARY))


def test_versions_are_compared_and_a_draft_is_proposed_or_taken_back(writers: Writers) -> None:
    signed(writers, "The court sat.\n\n- One\n- More")
    writer = signed_in_client(writers.writer)
    edit = f"{SUMMARY}write/"
    body = "The high court sat.\n\n- More\n\nNew."
    assert _post(writer, edit, {"body": body, "do": "keep"}).status_code == 302
    page = _page(writer.get(SUMMARY))
    assert "What changed since version 1" in page
    assert "<ins>high</ins>" in page
    assert "<ins>New.</ins>" in page
    propose, decline = _actions(page)
    assert _post(writer, propose).status_code == 302
    told = _page(_post(writer, edit, {"body": body, "do": "keep"}), 422)
    assert "version 2 waits" in told
    assert _post(writer, decline, {"why": "a mistake"}).status_code == 302
    assert "Reason: a mistake" in _page(writer.get(SUMMARY))
    first = _page(writer.get(f"{SUMMARY}?version=1&against=2"))
    assert "What changed since version 2" in first
    assert "signed" in first


def test_translation_is_written_beside_its_original_from_right_to_left(writers: Writers) -> None:
    signed(writers)
    writer = signed_in_client(writers.writer)
    edit = f"{IN_ARABIC}write/"
    page = _page(writer.get(edit))
    assert 'lang="ar" dir="rtl"' in page
    assert "As it is written" in page
    told = _page(_post(writer, edit, {"body": "نص", "do": "look"}), 422)
    assert "{table:by-country} stands in the English text and not here" in told
    arabic = "{number:by-country/XR/persons@2025-12-31} {table:by-country}"
    assert _post(writer, edit, {"body": arabic, "do": "propose"}).status_code == 302
    assert "translates English version 1" in _page(writer.get(IN_ARABIC))
    signed(writers, ENGLISH + "\n\nMore.")
    assert "Overtaken" in _page(writer.get(IN_ARABIC))


def test_translators_get_a_file_and_its_texts_come_back_as_drafts(writers: Writers) -> None:
    writer = signed_in_client(writers.writer)
    french = f"{DESK}translators/{YEAR}/fr/"
    assert writer.get(french).status_code == 404
    signed(writers, "One text.")
    assert _page(writer.get(f"{DESK}?year={YEAR}")).count(french) == 1
    answer = writer.get(french)
    assert answer["Content-Disposition"] == f'attachment; filename="report-{YEAR}-fr.xlf"'
    for bad in ("en", "xx"):
        assert writer.get(f"{DESK}translators/{YEAR}/{bad}/").status_code == 404
    back = f"{DESK}translators/{YEAR}/"
    content = answer.content
    told = _page(_post(writer, back, {"file": SimpleUploadedFile("a.xlf", content)}), 422)
    assert "pieces 1 are not translated" in told
    told = _page(_post(writer, back, {"file": SimpleUploadedFile("a.xlf", b"no")}), 422)
    assert "no XLIFF" in told
    assert _post(writer, back).status_code == 422
    empty, whole = b'<target state="needs-translation"/>', b"<target>Un texte.</target>"
    file = SimpleUploadedFile("a.xlf", content.replace(empty, whole))
    assert _post(writer, back, {"file": file}).status_code == 302
    assert "Un texte." in _page(writer.get(f"{DESK}texts/{YEAR}/summary/fr/"))
    reader = signed_in_client(writers.reader)
    file = SimpleUploadedFile("a.xlf", content.replace(empty, whole))
    assert _post(reader, back, {"file": file}).status_code == 404


def test_pages_show_nothing_to_others_and_no_place_that_is_none(writers: Writers) -> None:
    version = reviewed(writers, "Words of ours.")
    stranger = signed_in_client(writers.stranger)
    assert "Words of ours." not in _page(stranger.get(SUMMARY))
    assert stranger.get(f"{SUMMARY}?holder={writers.holder}").status_code == 404
    assert _post(stranger, f"{DESK}versions/{version.pk}/sign/").status_code == 404
    reader = signed_in_client(writers.reader)
    assert "Words of ours." in _page(reader.get(SUMMARY))
    assert reader.get(f"{SUMMARY}write/").status_code == 404
    for address in ("texts/1800/summary/en/", "texts/2025/sources/en/", "texts/2025/summary/xx/",
                    "?year=12", "?year=x", "?holder=x", "translators/12/fr/"):  # fmt: skip
        assert reader.get(DESK + address).status_code == 404, address
    assert _post(reader, f"{DESK}translators/12/").status_code == 404
    with acting_as(writers.writer) as actor:
        place = place_named(YEAR, "flows", "en")
        write_text(writers.holder, place, "About 12.", actor=actor, at=AT)
    assert "typed numbers" in _page(reader.get(DESK))
