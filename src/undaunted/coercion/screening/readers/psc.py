"""Stakes from the United Kingdom's register of people with significant control, a line a record.

Natures of control are rights, not shares: each is a stake of its own kind, and its band a range.
The bands are those of Companies Act 2006, schedule 1A: more than 25 % and not more than 50 %; more
than 50 % and less than 75 %; 75 % or more (remembered, not read at its source on 2026-11-26).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from undaunted.coercion.screening.readers.days import known_from, valid_days
from undaunted.coercion.screening.readers.documents import list_in, mapping_in, records_of, text_in
from undaunted.coercion.screening.readers.loading import WHATEVER, Gathered
from undaunted.coercion.screening.readers.shares import LEAST
from undaunted.engines.ownership import PartyKind, Right, Rule

if TYPE_CHECKING:
    from pathlib import Path

    from undaunted.coercion.screening.readers.loading import Loaded

__all__ = ["knows", "read"]

HEADS = {
    "ownership-of-shares-": Right.EQUITY,
    "voting-rights-": Right.VOTES,
    "right-to-share-surplus-assets-": Right.ASSETS,
    "part-right-to-share-surplus-assets-": Right.ASSETS,
}
BANDS = {
    "25-to-50-percent": (0.25 + LEAST, 0.5),
    "50-to-75-percent": (0.5 + LEAST, 0.75 - LEAST),
    "75-to-100-percent": (0.75, 1.0),
    "more-than-25-percent": (0.25 + LEAST, 1.0),
}
MAJORITY = (0.5 + LEAST, 1.0)
"""A right to appoint and remove is one over a majority of the board."""
BOARD, INFLUENCE = "right-to-appoint-and-remove-", "significant-influence-or-control"
VIA = (
    "-as-control-over-trust", "-as-control-over-firm", "-as-trust", "-as-firm",
    "-limited-liability-partnership", "-registered-overseas-entity",
)  # fmt: skip
"""In what form a right is held; the right is the same."""
KINDS = {
    "individual": PartyKind.PERSON,
    "corporate-entity": PartyKind.COMPANY,
    "legal-person": PartyKind.STATE,
    "super-secure": PartyKind.PERSON,
}
HERE = ("united kingdom", "england", "wales", "scotland", "northern ireland", "great britain", "uk")
NUMBER = 8
"""So many characters a company's number has."""


def knows(first: bytes) -> bool:
    """Tell whether a file begins with a record of the register."""
    return b'"company_number"' in first and b'"data"' in first


def read(path: Path) -> Loaded:
    """Give the stakes of a file of records with every finding."""
    gathered = Gathered(path.name)
    passed: dict[str, int] = {}
    for row, told in records_of(path):
        gathered.rows += 1
        company, data = text_in(told, "company_number"), mapping_in(mapping_in(told), "data")
        kind = text_in(data, "kind")
        if kind.startswith(("totals", "exemptions")):
            passed[kind] = passed.get(kind, 0) + 1
        elif not company or not data:
            gathered.unread(row, told, "no company_number with data")
        else:
            number = gathered.register.number(_british(company), PartyKind.COMPANY)
            if "statement" in kind:
                _statement(gathered, row, number, data)
            else:
                _person(gathered, row, number, data)
    gathered.notes += [f"{each} records of the kind {kind} tell of no stake"
                       for kind, each in sorted(passed.items())]  # fmt: skip
    return gathered.loaded()


def _british(number: str) -> str:
    padded = number.strip().upper()
    return f"GB-COH:{padded.zfill(NUMBER)}"


def _statement(gathered: Gathered, row: int, company: int, data: dict[str, Any]) -> None:
    said = text_in(data, "statement")
    gathered.find(Rule.EXCEPTION, row, said)
    if said.startswith("no-") or text_in(data, "ceased_on"):
        return
    owner = gathered.register.number(f"unknown owner, {gathered.name} row {row}")
    gathered.stake(row, owner, company, Right.EQUITY, WHATEVER)


def _person(gathered: Gathered, row: int, company: int, data: dict[str, Any]) -> None:
    owner = _owner(gathered, row, data)
    begins, ends = text_in(data, "notified_on"), text_in(data, "ceased_on")
    days, sure = valid_days(gathered, row, begins, ends)
    # The register says when it was told, not since when it is so.
    days["known_from"] = known_from(gathered, row, begins)
    natures = [each for each in list_in(data, "natures_of_control") if isinstance(each, str)]
    if not natures:
        gathered.find(Rule.UNTOLD, row, "no nature of control")
        gathered.stake(row, owner, company, Right.EQUITY, WHATEVER, days=days, doubtful=True)
    for nature in natures:
        found = _right(nature)
        if found is None:
            gathered.find(Rule.UNTOLD, row, nature)
        right, span = found or (Right.EQUITY, WHATEVER)
        gathered.stake(row, owner, company, right, span, days=days,
                       doubtful=found is None or not sure)  # fmt: skip


def _owner(gathered: Gathered, row: int, data: dict[str, Any]) -> int:
    kind, name = text_in(data, "kind"), text_in(data, "name")
    found = next((each for each in KINDS if kind.startswith(each)), "")
    if found == "super-secure":
        gathered.find(Rule.ANONYMOUS, row, "protected by law")
    identity = mapping_in(data, "identification")
    number = text_in(identity, "registration_number")
    place = f"{text_in(identity, 'country_registered')} {text_in(identity, 'place_registered')}"
    if found == "corporate-entity" and number and place.casefold().strip().startswith(HERE):
        identifier = _british(number)
    else:
        identifier = text_in(mapping_in(data, "links"), "self") or name
    if not identifier:
        return gathered.nobody(row)
    return gathered.register.number(identifier, KINDS.get(found, PartyKind.UNKNOWN), name)


def _right(nature: str) -> tuple[Right, tuple[float, float]] | None:
    said = nature
    while said.endswith(VIA):
        said = next(said.removesuffix(each) for each in VIA if said.endswith(each))
    if said.startswith(BOARD):
        return Right.BOARD, MAJORITY
    if said == INFLUENCE:
        return Right.CONTRACT, WHATEVER
    for head, right in HEADS.items():
        band = BANDS.get(said.removeprefix(head)) if said.startswith(head) else None
        if band is not None:
            return right, band
    return None
