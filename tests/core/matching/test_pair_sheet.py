"""Whoever judges two entries, or confirms it, is shown all that their issuers wrote of them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest

from tests.core.accounts.factories import signed_in_client
from tests.core.matching.factories import (
    AT,
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
from undaunted.core.accounts.actions import acting_as
from undaunted.core.matching.actions import judge_entries_together
from undaunted.core.matching.queries import queue_of
from undaunted.core.matching.rules import Verdict

if TYPE_CHECKING:
    from pathlib import Path

    from django.test import Client

pytestmark = pytest.mark.usefixtures("ledger")

DESK = "/desk/matching/"
PAIR = f"{DESK}pair/?left=xf-invented%3A1&right=xz-invented%3A9"
WROTE: dict[str, Any] = {
    "ids": [["XF", "GHR-0017"]],
    "positions": ["Head of the prison of Norna"],
    "addresses": [{"text": "3 Quay Street, Norna", "country": "XR"}],
    "programmes": [{"code": "GHR", "title": "Human rights regime"}],
    "events": [{"kind": "designated", "day": "2021-03-22"}],
    "remarks": "Brother of an entry of the same list.",
    "reasons": "Ordered that prisoners be beaten.",
}


@pytest.fixture
def office(owner_sql: Any, tmp_path: Path) -> Office:
    held = make_office(owner_sql)
    first = person("1", "Viktor Strovik", **WROTE)
    first["births"] = [{"day": "1961-03-04", "place": "Upper Norna", "country": "XR"}]
    other = person("9", "Wiktor Strowik", born="1961-03-04", positions=["Mayor of Hest"],
                   ids=[["XF", "GHR-0017"], ["XZ", "9"]])  # fmt: skip
    proven = person("5", "Rupert Dresk", born="1970-02-01")
    listed(held, XF, tmp_path, [first, person("2", "Anton Brevik"), proven])
    listed(held, XZ, tmp_path, [other, person("8", "Anton Brevik"), {**proven, "key": "7"}])
    resolved(held.writer)
    return held


def _page(client: Client, address: str, status: int = 200) -> str:
    answer = client.get(address)
    assert answer.status_code == status, answer.content.decode()[-3000:]
    return answer.content.decode()


def test_a_pair_is_judged_beside_all_that_issuers_wrote(office: Office) -> None:
    page = _page(signed_in_client(office.writer), PAIR)
    for told in (
        "Upper Norna", "XF: GHR-0017", "Head of the prison of Norna", "Mayor of Hest",
        "3 Quay Street, Norna", "GHR · Human rights regime", "22 March 2021",
        "Brother of an entry of the same list.", "Ordered that prisoners be beaten.",
    ):  # fmt: skip
        assert told in page


def test_what_both_issuers_wrote_alike_is_marked(office: Office) -> None:
    page = _page(signed_in_client(office.writer), PAIR)
    rows = dict(re.findall(r'<th scope="row">(Numbers|Positions)(.{0,200}?)</th>', page))
    assert "same" in rows["Numbers"]
    assert "same" not in rows["Positions"]


def test_of_pairs_equally_alike_one_with_an_agreeing_fact_comes_first(office: Office) -> None:
    with acting_as(office.writer) as actor:
        pairs = list(queue_of(actor).pairs)
    assert [(each.left[1], each.strong) for each in pairs[:2]] == [("5", True), ("2", False)]
    assert round(pairs[0].score, 2) == round(pairs[1].score, 2)


def test_a_verdict_is_confirmed_where_both_sides_are_shown(office: Office) -> None:
    judged(office.writer, (XF, "1"), (XZ, "9"), Verdict.SAME)
    second = signed_in_client(office.reviewer)
    log = _page(second, f"{DESK}log/")
    assert "/confirm/" not in log
    assert "Look at it" in log
    page = _page(second, PAIR)
    assert "Upper Norna" in page
    (confirm,) = re.findall(r'action="([^"]{1,120}/confirm/)"', page)
    assert second.post(confirm, {"seen": seen_on(second, PAIR)}).status_code == 302
    assert "/confirm/" not in _page(second, PAIR)
    assert "/confirm/" not in _page(signed_in_client(office.writer), PAIR), "one's own"


def test_what_was_accepted_together_is_looked_at_together_before_it_is_confirmed(
    office: Office,
) -> None:
    pairs = (((XF, "1"), (XZ, "9")), ((XF, "2"), (XZ, "8")))
    with acting_as(office.writer) as actor:
        batch = judge_entries_together(
            pairs, verdict=Verdict.SAME, why="Looked.", seen=shown(*pairs), actor=actor, at=AT
        )
    address = f"{DESK}log/together/{batch}/confirm/"
    second, first = (signed_in_client(each) for each in (office.reviewer, office.writer))
    assert f'href="{address}"' in _page(second, f"{DESK}log/")
    page = _page(second, address)
    for told in (
        "Viktor Strovik",
        "Anton Brevik",
        "The day of birth is the same.",
        "Looked.",
        "the same",
    ):
        assert told in page
    assert f'action="{address}"' in page
    assert f'action="{address}"' not in _page(first, address), "one's own"
    _page(signed_in_client(office.reader), address, 404)
    assert second.post(address, {"seen": seen_on(second, address)}).status_code == 302
    _page(second, address, 404)
