"""Files in which a proposal, a court case or a petition is written: read whole, or refused."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from undaunted.core.sharing.rules import Tlp
from undaunted.repression.coordination.readers import read_case, read_petition, read_proposal
from undaunted.repression.coordination.rules import Asked, CoordinationRefused, Court, OtherLaw

if TYPE_CHECKING:
    from collections.abc import Callable

PROPOSAL = b'kind = "listed"\nname = "N"\ntlp = "RED"\nentry = "a:b"\nauthorities = ["x"]'
CASE = b'entry = "a:b"\noutcome = "pending"\nday = 2026-05-04\nverified = true'
PETITION = b'entry = "a:b"\nasked = "delisting"\nreceived_on = "2026-05-04"\nlaw = "L"'


def test_what_is_written_is_read_as_the_forms_read_it() -> None:
    proposal = read_proposal(PROPOSAL)
    assert (proposal.tlp, proposal.subject.entry) == (Tlp.RED, ("a", "b"))
    assert proposal.subject.authorities == ("x",)
    case = read_case(CASE)
    assert (case.outcome, case.day, case.read_at_publisher) == (
        Court.PENDING,
        date(2026, 5, 4),
        True,
    )
    petition = read_petition(b"\xef\xbb\xbf" + PETITION)
    assert (petition.asked, petition.received_on) == (Asked.DELISTING, date(2026, 5, 4))
    assert petition.law == OtherLaw("L", "")


@pytest.mark.parametrize(
    ("read", "content", "why"),
    [
        (read_proposal, PROPOSAL.replace(b"listed", b"hidden"), "kind: 'hidden' is not one of"),
        (read_proposal, PROPOSAL + b'\ninvited = ["x"]', "invited: 'x' is no id"),
        (read_proposal, PROPOSAL + b'\ninvited = "x"', "invited: write a list of texts"),
        (read_proposal, PROPOSAL + b"\nconduct = 1", "conduct: write it as text"),
        (read_proposal, PROPOSAL + b'\nholder = "x"', "file: 'holder' is not one of"),
        (read_case, CASE.replace(b"true", b'"yes"'), "verified: write true or false"),
        (read_case, CASE.replace(b"2026-05-04", b"2026-05-04T10:00:00"), "day: it is no day"),
        (read_case, CASE.replace(b"2026-05-04", b'"soon"'), "day: it is no day"),
        (read_petition, PETITION.replace(b"a:b", b"ab"), "entry: 'ab' names no entry"),
        (read_petition, b"asked", "file: it is no TOML"),
        (read_petition, b"a = " + b"[" * 20_000, "file: it is no TOML"),
        (read_petition, b"\xff", "file: it is not written in UTF-8"),
        (read_petition, b"#" * (2**20 + 1), "file: it has more than"),
    ],
)
def test_what_cannot_be_read_is_refused_by_its_field(
    read: Callable[[bytes], object], content: bytes, why: str
) -> None:
    with pytest.raises(CoordinationRefused) as refused:
        read(content)
    assert why in str(refused.value)
