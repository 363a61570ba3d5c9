"""The ledger's chain, and what comes of comparing it with a database."""

from __future__ import annotations

import hashlib
import json
from datetime import UTC, datetime
from uuid import UUID, uuid4

import pytest

from undaunted.core.consent.rules import (
    BEGINNING,
    EXPLAINED,
    FORMER,
    Comparison,
    Head,
    Kept,
    LedgerRefused,
    LedgerTampered,
    Line,
    Standing,
    Withdrawal,
    WithdrawalKind,
    agreed,
    chained,
    compare,
    head_of,
    ledger_key,
    line_from,
    line_text,
    loose_line,
    mac_of,
)

AT = datetime(2026, 11, 1, 12, 30, 15, 123456, tzinfo=UTC)
OURS = UUID(int=7)
KEY = ledger_key("of this test")


def withdrawals(number: int) -> list[Withdrawal]:
    made = [Withdrawal(uuid4(), WithdrawalKind.REVOKED, AT) for _ in range(number)]
    objection = Withdrawal(uuid4(), WithdrawalKind.OBJECTED, AT, uuid4(), "registry", "public")
    return [*made, objection]


def kept(number: int, instance: UUID = OURS) -> Kept:
    return Kept(instance, chained(withdrawals(number - 1), Head(instance), KEY))


def test_lines_are_read_as_they_were_written() -> None:
    whole = kept(3)
    head = Head(OURS)
    for line in whole.lines:
        assert line_from(line_text(line), head, KEY) == line
        head = Head(OURS, line.number, line.hash)
    assert head == whole.head


def test_a_line_holds_opaque_ids_and_dates_only() -> None:
    first, second = kept(2).lines
    assert set(json.loads(line_text(first))) == {"number", "kind", "id", "at", "previous", "hash"}
    assert set(json.loads(line_text(second))) - set(json.loads(line_text(first))) == {
        "subject", "purpose", "audience",
    }  # fmt: skip


def test_every_changed_letter_of_a_line_is_found() -> None:
    (line,) = kept(1).lines
    text = line_text(line)
    for place, letter in enumerate(text):
        changed = text[:place] + ("0" if letter != "0" else "1") + text[place + 1 :]
        with pytest.raises(LedgerTampered):
            line_from(changed, Head(OURS), KEY)


@pytest.mark.parametrize(
    "text",
    ["", "{}", "[]", "null", '"text"', "{" * 3_000, '{"number": 1}', '{"number": "x", "id": 3}'],
)
def test_what_is_no_withdrawal_is_named_by_its_number(text: str) -> None:
    assert loose_line(text) is None
    with pytest.raises(LedgerTampered, match="line 1 is no withdrawal"):
        line_from(text, Head(OURS), KEY)


def test_a_line_of_another_installation_or_place_does_not_follow() -> None:
    first, second = kept(2).lines
    for text, after in (
        (line_text(first), Head(uuid4())),
        (line_text(second), Head(OURS)),
        (line_text(first), Head(OURS, 1, first.hash)),
    ):
        with pytest.raises(LedgerTampered, match="does not follow"):
            line_from(text, after, KEY)


def at_line(whole: Kept, number: int) -> Head:
    return head_of(whole.instance, whole.lines[:number])


def test_database_and_ledger_that_hold_the_same_agree() -> None:
    whole = kept(3)
    assert compare(whole.head, whole) == Comparison(Standing.AGREED)
    assert compare(whole.head, whole, at_line(whole, 2)).standing is Standing.AGREED


def test_an_older_database_lacks_the_end() -> None:
    whole = kept(3)
    assert compare(at_line(whole, 1), whole).missing == whole.lines[1:]
    assert compare(Head(OURS), whole, whole.head).missing == whole.lines
    assert agreed(compare(Head(OURS), whole)).standing is Standing.BEHIND


def test_nothing_written_and_no_file_is_a_new_installation() -> None:
    assert compare(Head(OURS), None).standing is Standing.NEW
    assert compare(Head(OURS), None, Head(uuid4(), 3, "a" * 64)).standing is Standing.NEW


def test_a_lost_file_is_noticed_by_the_database_or_by_the_second_place() -> None:
    whole = kept(1)
    assert compare(whole.head, None).standing is Standing.LOST
    assert compare(Head(OURS), None, whole.head).standing is Standing.LOST


def test_a_cut_file_is_noticed_by_the_database_or_by_the_second_place() -> None:
    whole = kept(3)
    cut = Kept(OURS, whole.lines[:2])
    assert compare(whole.head, cut).standing is Standing.SHORTER
    assert compare(at_line(whole, 1), cut, whole.head).standing is Standing.SHORTER


def test_a_file_written_anew_is_noticed() -> None:
    whole, other = kept(3), kept(3)
    assert compare(whole.head, other).standing is Standing.FORKED
    assert compare(Head(OURS), other, at_line(whole, 2)).standing is Standing.FORKED


def test_a_ledger_of_another_installation_is_not_followed() -> None:
    assert compare(Head(OURS), kept(2, uuid4())).standing is Standing.OTHER_INSTANCE
    whole = kept(2)
    assert compare(whole.head, whole, Head(uuid4(), 9, "b" * 64)).standing is Standing.AGREED


@pytest.mark.parametrize("standing", [each for each in Standing if each.refuses])
def test_each_refusal_says_what_to_do(standing: Standing) -> None:
    assert "accept-loss" in EXPLAINED[standing]
    with pytest.raises(LedgerRefused, match="ledger of withdrawals") as refused:
        agreed(Comparison(standing))
    assert refused.value.standing is standing


def test_a_line_follows_only_with_its_number() -> None:
    (line,) = kept(1).lines
    moved = Line(2, line.said, line.previous, line.hash)
    with pytest.raises(LedgerTampered):
        line_from(line_text(moved), Head(OURS), KEY)


def test_a_line_under_another_key_or_none_does_not_follow() -> None:
    (line,) = kept(1).lines
    for key in (ledger_key("another"), None):
        with pytest.raises(LedgerTampered, match="does not follow"):
            line_from(line_text(line), Head(OURS), key)
    former = former_text(line.said)
    assert line_from(former, Head(OURS), None).said == line.said
    with pytest.raises(LedgerTampered, match="does not follow"):
        line_from(former, Head(OURS), KEY)


def former_text(said: Withdrawal) -> str:
    """Write a first line as it was chained before there was a key."""
    bare = line_text(Line(1, said, BEGINNING, ""))
    body = bare.removesuffix(',"hash":""}') + "}"
    link = hashlib.sha256(f"{FORMER} {OURS} {body}".encode()).hexdigest()
    return body[:-1] + f',"hash":"{link}"}}'


def test_the_code_for_the_database_follows_from_step_number_and_link() -> None:
    asked = [(b"key", "note", 1, "a"), (b"key", "set", 1, "a"), (b"key", "note", 2, "a"),
             (b"key", "note", 1, "b"), (b"other", "note", 1, "a")]  # fmt: skip
    assert len({mac_of(*each) for each in asked}) == len(asked)
