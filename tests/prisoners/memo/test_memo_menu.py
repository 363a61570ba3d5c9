"""The menu of a memo, where its practices are written in another language than the memo."""

from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING, Any

import docx
import pikepdf
import pytest
from django.template.loader import render_to_string
from django.utils.translation import gettext, override

from tests.core.practices.factories import written
from tests.prisoners.memo.factories import AS_OF, AT, MEETING, built, contents, open_office
from undaunted.core.access.rules import PUBLIC
from undaunted.core.accounts.actions import acting_as
from undaunted.core.editions.writers import FOLDERS
from undaunted.core.practices.actions import accept_version, propose_practice
from undaunted.core.practices.rules import read_entry
from undaunted.prisoners.memo.actions import MemoWanted, draw_open_memo
from undaunted.prisoners.memo.pages.frame import preview_of

if TYPE_CHECKING:
    from tests.prisoners.memo.factories import Office

pytestmark = [
    pytest.mark.usefixtures("ledger"),
    pytest.mark.skipif(
        not all(folder.is_dir() for folder in FOLDERS[:2]),
        reason="needs fonts-noto-core and fonts-noto-cjk",
    ),
]
TITLE = "Lists handed over at the bridge"


@pytest.fixture
def office(owner_sql: Any) -> Office:
    """Make a desk with one English practice of release that everybody may read."""
    office = open_office(owner_sql)
    with acting_as(office.desk.documenter) as actor:
        version = propose_practice(
            office.desk.organisation, read_entry(written(), where="test"), actor=actor, at=AT
        )
    with acting_as(office.desk.publisher) as actor:
        accept_version(version, actor=actor, at=AT)
    return office


def _page(language: str, country: str = "XR") -> str:
    wanted = MemoWanted(
        country=country, counterpart="X" if country else "", meets_on=MEETING if country else None,
        as_of=AS_OF, language=language,
    )  # fmt: skip
    with override(language):
        preview = preview_of(draw_open_memo(wanted, actor=PUBLIC, at=AT).memo)
        return render_to_string("memo/preview.html", {"preview": preview})


def test_menu_says_its_language_in_every_form_where_it_is_not_that_of_the_memo(
    office: Office,
) -> None:
    files = contents(built(office, language="ar"))
    made = docx.Document(io.BytesIO(files["docx"]))
    (line,) = [each._p for each in made.paragraphs if TITLE in each.text]  # noqa: SLF001
    assert set(line.xpath("./w:r/w:rPr/w:lang/@w:val")) == {"en"}
    assert not line.xpath("./w:pPr/w:bidi")
    with pikepdf.open(io.BytesIO(files["pdf"])) as opened:
        tongues = {
            str(each.Lang)
            for each in opened.objects
            if isinstance(each, pikepdf.Dictionary) and "/Lang" in each
        }
    assert tongues == {"ar", "en"}
    for country in ("XR", ""):
        (foreign,) = re.findall(f"<ul([^>]*)><li><strong><bdi[^>]*>{TITLE}", _page("ar", country))
        assert foreign == ' lang="en" dir="ltr"'
        with override("ar"):
            assert gettext("Written in English.") in _page("ar", country)
        assert "Written in English." not in _page("en", country)
        (own,) = re.findall(f"<ul([^>]*)><li><strong><bdi[^>]*>{TITLE}", _page("en", country))
        assert own == ""
