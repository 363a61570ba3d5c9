"""The report is built at the desk while its page grows, and refused with the reason."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest

from tests.core.accounts.factories import signed_in_client
from tests.prisoners.registry.published_factory import Case, publish
from tests.prisoners.report.text_desk import YEAR, Writers, make_writers, signed
from undaunted.core.accounts.actions import acting_as
from undaunted.core.editions.queries import edition_for, editions_for
from undaunted.core.editions.writers import FOLDERS

if TYPE_CHECKING:
    from collections.abc import Iterable

pytestmark = [
    pytest.mark.usefixtures("ledger"),
    pytest.mark.skipif(
        not all(folder.is_dir() for folder in FOLDERS[:2]),
        reason="needs fonts-noto-core and fonts-noto-cjk",
    ),
]
BUILD = "/desk/report/build/"


def _parts(answer: Any) -> Iterable[str]:
    return (part.decode() for part in answer.streaming_content)


@pytest.fixture
def writers(owner_sql: Any) -> Writers:
    publish(owner_sql, Case("XR-00001"), Case("XS-00002", country="XS"))
    writers = make_writers(owner_sql)
    signed(writers)
    return writers


def test_page_grows_with_each_file_and_leads_to_the_draft(writers: Writers) -> None:
    client = signed_in_client(writers.writer)
    form = client.get(BUILD).content.decode()
    assert "Ruritania" in form
    assert BUILD in client.get("/desk/report/").content.decode()
    asked: dict[str, Any] = {
        "year": YEAR, "holder": str(writers.holder), "languages": ["en"], "country": "",
    }  # fmt: skip
    assert "is required" in client.post(BUILD, asked | {"languages": []}).content.decode()
    wrong = client.post(BUILD, asked | {"embargo_until": "soon"}).content.decode()
    assert "Enter a valid date/time." in wrong
    asked["embargo_until"] = "2099-12-03T09:00"
    parts = list(_parts(client.post(BUILD, asked)))
    lines = [part for part in parts if part.startswith("<li>")]
    assert [line.strip() for line in lines][:2] == [
        "<li>annual-report-1.0-en.json</li>",
        "<li>annual-report-1.0-en.html</li>",
    ]
    found = re.search(r'href="/desk/editions/([0-9a-f-]{36})/"', parts[-1])
    assert found is not None, parts[-1][:500]
    with acting_as(writers.writer) as actor:
        edition = edition_for(actor, found[1])  # type: ignore[arg-type]
        assert edition is not None
        assert (edition.state, edition.kind, edition.as_of.year) == ("draft", "annual-report", YEAR)
        assert edition.embargo_until == datetime(2099, 12, 3, 9, tzinfo=UTC)
        assert edition.figures["by-country/XR/persons@2025-12-31"] == 1
    ended = "".join(_parts(client.post(BUILD, asked | {"year": 2199})))
    assert "lies after" in ended
    assert ended.rstrip().endswith("</html>")
    with acting_as(writers.writer) as actor:
        assert editions_for(actor).count() == 1


def test_whoever_may_not_propose_is_offered_no_organisation(writers: Writers) -> None:
    client = signed_in_client(writers.reader)
    asked = {"year": YEAR, "holder": str(writers.holder), "languages": ["en"], "country": ""}
    answer = client.post(BUILD, asked)
    assert not answer.streaming
    assert "Select a valid choice" in answer.content.decode()
