"""Whoever judges pairs goes from one to the next, is told so, and reads measures as the matrix."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from tests.core.accounts.factories import signed_in_client
from tests.core.matching.factories import (
    XF,
    XZ,
    Office,
    judged,
    listed,
    make_office,
    person,
    resolved,
    seen_on,
    shown,
)
from undaunted.core.listings.rules import Entry, Kind, Name, Programme
from undaunted.core.matching.rules import Verdict
from undaunted.core.matching.templatetags.matching import lines_beside

if TYPE_CHECKING:
    from pathlib import Path

    from django.test import Client

pytestmark = pytest.mark.usefixtures("ledger")

DESK = "/desk/matching/"
NAMES = ("Viktor Strovik", "Anton Brevik", "Rupert Dresk")


@pytest.fixture
def office(owner_sql: Any, tmp_path: Path) -> Office:
    held = make_office(owner_sql)
    for source in (XF, XZ):
        listed(held, source, tmp_path, [person(name[0], name) for name in NAMES])
    resolved(held.writer)
    return held


def _pairs(client: Client, asked: str = "") -> list[str]:
    page = client.get(f"{DESK}{asked}").content.decode()
    found = re.findall(r'<a href="([^"]{1,40}/pair/\?left=[^"]{1,200})"', page)
    return [each.replace("&amp;", "&") for each in found]


def _followed(client: Client, address: str, **told: str) -> tuple[str, str]:
    answer = client.post(address, told, follow=True)
    ((where, _),) = answer.redirect_chain
    return where, answer.content.decode()


def test_a_verdict_leads_to_the_next_pair_as_the_queue_was_asked_for(office: Office) -> None:
    writer = signed_in_client(office.writer)
    first, second, last = _pairs(writer, "?source=xf-invented")
    told = {"verdict": "different", "why": "Other mothers."}
    where, page = _followed(writer, first, seen=seen_on(writer, first), **told)
    assert where.replace("%2F", "/") == second.replace("%2F", "/")
    assert "source=xf-invented" in where
    assert "The verdict has been recorded" in page
    assert f'href="{DESK}?source=xf-invented"' in page, "back to the list"
    where, _ = _followed(writer, last, seen=seen_on(writer, last), **told)
    assert where == f"{DESK}?source=xf-invented", "nothing follows"
    where, _ = _followed(writer, f"{DESK}pair/?left={XF}:V&right={XZ}:V&q=nobody",
                         seen=seen_on(writer, f"{DESK}pair/?left={XF}:V&right={XZ}:V"),
                         **told)  # fmt: skip
    assert where == f"{DESK}?q=nobody", "the pair is not of that queue"


def test_confirming_is_told_and_leads_to_the_next_that_waits(office: Office) -> None:
    made = [
        judged(office.writer, (XF, each), (XZ, each), Verdict.SAME, second=None) for each in "VA"
    ]
    reviewer = signed_in_client(office.reviewer)
    where, page = _followed(reviewer, f"{DESK}log/{made[1].pk}/confirm/", seen=shown(made[1].pair))
    assert where == f"{DESK}pair/?left={XF}%3AV&right={XZ}%3AV"
    assert "The verdict has been confirmed, and readers are shown it." in page
    where, page = _followed(reviewer, f"{DESK}log/{made[0].pk}/confirm/", seen=shown(made[0].pair))
    assert where == f"{DESK}log/"
    assert "The verdict has been confirmed, and readers are shown it." in page


def test_the_comparison_of_names_is_told_by_its_day(office: Office) -> None:
    writer = signed_in_client(office.writer)
    page = writer.get(_pairs(writer)[0]).content.decode()
    told = r"by the comparison of names of <time[^>]{1,40}>\d{1,2} \w{3,9} \d{4}</time> \(\w{8}\)\."
    assert re.search(told, page)


def test_what_a_regime_imposes_is_told_beside_what_an_entry_states() -> None:
    entry = Entry("CDi.006", Kind.PERSON, (Name("A"),), programmes=(Programme("DRC", ""),))
    (line,) = (
        each
        for each in lines_beside(entry, None, ("un-sc", XF), date(2026, 6, 1))
        if each.label == "Measures"
    )
    assert line.first == ("asset freeze and entry ban by its regime, not by the entry",)
    assert line.second == ()
