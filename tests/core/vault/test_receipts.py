"""A receipt is long enough, forgives no slip, and tells nothing by being wrong."""

from __future__ import annotations

import math
from contextlib import suppress
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from undaunted.core.vault.rules.receipts import (
    GROUP_DIGITS,
    GROUPS,
    Receipt,
    ReceiptMistyped,
    draw_receipt,
    read_receipt,
)

__all__: list[str] = []

receipts = st.builds(draw_receipt)
LOOKUP = "325602250cd8c4ce36d984efa68f4f35803f2ee70395e3cec7f196a014856bda"
SECRET = "3b0ccbd611f951703eb10b6b6e4a1668d1d6ec11bc719b1b7de11a1d12de5a1f"


def test_receipt_holds_more_than_128_bits() -> None:
    assert GROUPS * (GROUP_DIGITS - 1) * math.log2(10) > 128


@given(receipts, st.sampled_from([" ", "-", " · ", "\n", ""]))
def test_receipt_is_read_back_however_it_is_spaced(receipt: Receipt, between: str) -> None:
    assert read_receipt(between.join(receipt.groups)) == receipt


@pytest.mark.parametrize("zero", [0x0660, 0x06F0, 0x0966, 0xFF10])
def test_receipt_may_be_typed_in_the_digits_of_any_script(zero: int) -> None:
    receipt = draw_receipt()
    typed = "".join(chr(zero + int(each)) if each.isdigit() else each for each in str(receipt))
    assert read_receipt(typed) == receipt


@given(receipts, st.integers(0, GROUPS * GROUP_DIGITS - 1), st.integers(1, 9))
def test_one_wrong_digit_is_found_in_its_group(receipt: Receipt, at: int, by: int) -> None:
    digits = list(receipt.digits)
    digits[at] = str((int(digits[at]) + by) % 10)
    with pytest.raises(ReceiptMistyped) as slip:
        read_receipt("".join(digits))
    assert slip.value.groups == (at // GROUP_DIGITS + 1,)


@given(receipts)
def test_exchanged_neighbours_are_found(receipt: Receipt) -> None:
    for at, (one, other) in enumerate(pairwise(receipt.digits)):
        if one == other or at // GROUP_DIGITS != (at + 1) // GROUP_DIGITS:
            continue
        swapped = receipt.digits[:at] + other + one + receipt.digits[at + 2 :]
        with pytest.raises(ReceiptMistyped):
            read_receipt(swapped)


@given(receipts, st.integers(0, GROUPS - 2))
def test_exchanged_groups_are_found_unless_they_are_the_same(receipt: Receipt, at: int) -> None:
    groups = list(receipt.groups)
    if groups[at] == groups[at + 1]:
        return
    groups[at], groups[at + 1] = groups[at + 1], groups[at]
    with pytest.raises(ReceiptMistyped):
        read_receipt(" ".join(groups))


@pytest.mark.parametrize("text", ["", "12345", "abc", "1" * 47, "1" * 49, "½" * 48])
def test_what_is_no_receipt_is_refused(text: str) -> None:
    with pytest.raises(ReceiptMistyped):
        read_receipt(text)


@given(st.text(max_size=300))
def test_no_text_breaks_the_reading(text: str) -> None:
    with suppress(ReceiptMistyped):
        assert str(read_receipt(text))


def test_known_answer_of_the_derivation() -> None:
    """Fixed on the day of the first version: a change would lock every reporter out."""
    receipt = Receipt(
        "".join(f"{n:05d}" + str(_) for n, _ in zip(range(8), "00000000", strict=True))
    )
    assert receipt.lookup.hex() == LOOKUP
    assert receipt.secret.hex() == SECRET


def test_lookup_and_secret_do_not_follow_from_each_other() -> None:
    receipt = draw_receipt()
    assert receipt.lookup != receipt.secret
    assert len(receipt.lookup) == len(receipt.secret) == 32


def test_receipt_is_not_shown_by_accident() -> None:
    receipt = draw_receipt()
    assert receipt.digits[:6] not in repr(receipt)
    assert receipt.digits[:6] not in f"{receipt!r}"
