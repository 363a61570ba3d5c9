"""Guessing receipts: too many to try, and a wrong guess tells nothing by answer, work or time."""

from __future__ import annotations

import random
import statistics
import time
from collections import Counter
from typing import TYPE_CHECKING, Any

import pytest
from django.db import connections
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.attacks.installation import receipts_in
from tests.attacks.measuring import note_measurement
from tests.core.vault.factories import make_office
from undaunted.core.access.rules import PUBLIC
from undaunted.core.intake.queries import mailbox_by_receipt, queue_for
from undaunted.core.intake.rules import draw_receipt, read_receipt
from undaunted.core.vault.actions import erase_record
from undaunted.core.vault.rules import receipts

if TYPE_CHECKING:
    from collections.abc import Callable

    from undaunted.core.intake.rules import Receipt

pytestmark = pytest.mark.usefixtures("ledger")

DRAWN = 3_000
MOST_CHI_SQUARE = 70.0
"""Ten digits, nine degrees of freedom: chance exceeds this once in 10^11 draws of the test."""


@pytest.fixture
def erased(owner_sql: Callable[..., Any]) -> Receipt:
    """Give a receipt whose mailbox was there and is erased."""
    office = make_office(owner_sql)
    receipt = _handed_in()
    with office.steward.acting() as actor:
        (box,) = queue_for(actor)
        erase_record(box.pk, actor=actor, at=timezone.now(), why="withdrawn")
    return receipt


def _handed_in() -> Receipt:
    page = Client().post("/help/incident/", {"danger": "no", "story": "A story."})
    (text,) = receipts_in(page.content.decode())
    return read_receipt(text)


def test_drawn_receipts_spread_evenly_and_never_repeat() -> None:
    drawn = [draw_receipt() for _ in range(DRAWN)]
    assert len({each.lookup for each in drawn}) == DRAWN
    for place in range(5):
        digits = Counter(group[place] for each in drawn for group in each.groups)
        expected = DRAWN * len(drawn[0].groups) / 10
        chi = sum((digits[str(n)] - expected) ** 2 / expected for n in range(10))
        assert chi < MOST_CHI_SQUARE, f"digit {place}"


def test_one_guess_in_a_million_million_million_years_would_not_find_one() -> None:
    """40 free digits: at a million guesses a second against a billion mailboxes."""
    free = 10 ** (receipts.GROUPS * (receipts.GROUP_DIGITS - 1))
    a_year = 1_000_000 * 31_557_600
    assert free / (a_year * 10**9) > 10**17


def test_unknown_and_erased_receipts_get_the_same_bytes(erased: Receipt) -> None:
    answers = [
        Client().post(path, {"receipt": str(receipt), "message": "x"})
        for path in ("/help/return/", "/help/return/write/")
        for receipt in (erased, draw_receipt(), draw_receipt())
    ]
    for group in (answers[:3], answers[3:]):
        assert len({each.content for each in group}) == 1
        assert len({each.status_code for each in group}) == 1
        assert len({tuple(sorted(each.headers.items())) for each in group}) == 1


def test_the_script_is_told_the_same_of_unknown_and_erased(erased: Receipt) -> None:
    answers = [
        Client().post(
            "/help/sealed/box/", {"lookup": each.lookup.hex()}, content_type="application/json"
        )
        for each in (erased, draw_receipt())
    ]
    assert {each.content for each in answers} == {b'{"found": false}'}


def test_known_unknown_and_erased_cost_the_same_derivations_and_statements(
    erased: Receipt, monkeypatch: pytest.MonkeyPatch
) -> None:
    derived: list[bytes] = []
    before = receipts.Receipt._derived  # noqa: SLF001 - what is counted

    def counted(receipt: Receipt, purpose: bytes) -> bytes:
        derived.append(purpose)
        return before(receipt, purpose)

    known = _handed_in()
    monkeypatch.setattr(receipts.Receipt, "_derived", counted)
    costs = []
    for receipt in (known, erased, draw_receipt()):
        derived.clear()
        with CaptureQueriesContext(connections["intake"]) as asked:
            mailbox_by_receipt(PUBLIC, receipt)
        costs.append((len(derived), [each["sql"].partition("(")[0] for each in asked]))
    assert costs[0] == costs[1] == costs[2]
    assert costs[0][0] == 1


@pytest.mark.parametrize("path", ["/help/check/", "/help/return/", "/help/return/write/"])
def test_a_mistyped_receipt_asks_the_database_no_more_than_the_empty_page(
    erased: Receipt, path: str
) -> None:
    digit = str((int(erased.digits[0]) + 1) % 10)
    with CaptureQueriesContext(connections["intake"]) as before:
        Client().get(path)
    with CaptureQueriesContext(connections["intake"]) as asked:
        Client().post(path, {"receipt": digit + erased.digits[1:], "message": "x"})
    assert [each["sql"] for each in asked] == [each["sql"] for each in before]


@pytest.mark.drill
def test_time_does_not_tell_an_erased_receipt_from_an_unknown_one(erased: Receipt) -> None:
    """Measured, so in the long form only: which of a pair took longer is a toss of a coin."""
    client, order = Client(), random.Random(11)  # noqa: S311 - an order, no secret
    took: dict[str, list[float]] = {"erased": [], "unknown": []}
    for _ in range(600):
        pair = [("erased", erased), ("unknown", draw_receipt())]
        order.shuffle(pair)
        for name, receipt in pair:
            start = time.perf_counter()
            client.post("/help/return/", {"receipt": str(receipt)})
            took[name].append(time.perf_counter() - start)
    longer = statistics.fmean(
        one > other for one, other in zip(took["erased"], took["unknown"], strict=True)
    )
    note_measurement(
        "receipt: erased beside unknown",
        erased_median_ms=1000 * statistics.median(took["erased"]),
        unknown_median_ms=1000 * statistics.median(took["unknown"]),
        erased_took_longer=longer,
    )
    assert 0.38 < longer < 0.62  # chance leaves this band once in 10^8 runs
