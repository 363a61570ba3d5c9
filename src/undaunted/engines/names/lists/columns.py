"""Headings of tables of names: which column says what, and which are not read.

    meant_by(["Name", "DOB"]).columns == {"name": "Name", "birth": "DOB"}

A column that is passed over in silence takes away what tells namesakes apart, so each one is told.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from undaunted.engines.names.errors import TableMalformed

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["COLUMNS", "Headings", "column_of", "is_part", "meant_by"]

COLUMNS = ("name", "id", "kind", "birth", "nationality", "gender", "identifiers")
"""What a table may say; only names are needed. Several values have a semicolon between them."""
_USUAL = {
    spelt: column
    for column, spellings in {
        "name": "fullname",
        "id": "ref reference",
        "birth": "birthdate birthdates birthday birthyear born dateofbirth datesofbirth dob dobs "
        "yearofbirth yob",
        "nationality": "citizenship citizenships country countries countrycode nationalities",
        "gender": "sex",
    }.items()
    for spelt in spellings.split()
}
"""Usual headings besides, without spaces and signs."""
_PARTS = frozenset(
    {
        *("firstname", "forename", "forenames", "givenname", "givennames"),
        *("familyname", "familynames", "lastname", "surname", "surnames"),
    }
)
"""Usual headings of parts without which a name is but half a one."""
_SIGNS = str.maketrans("", "", " _-.\xa0")
_SHOWN = 20


@dataclass(frozen=True, slots=True)
class Headings:
    """Which heading each column of `COLUMNS` has, and sentences on all that are not called so."""

    columns: dict[str, Any]
    notes: tuple[str, ...]


def column_of(heading: object) -> str:
    """Give which of `COLUMNS` a heading means, whatever its capitals; "" for none."""
    spelt = str(heading).casefold().translate(_SIGNS)
    return spelt if spelt in COLUMNS else _USUAL.get(spelt, "")


def is_part(heading: object) -> bool:
    """Say whether a heading means a part of a name."""
    return str(heading).casefold().translate(_SIGNS) in _PARTS


def meant_by(headings: Iterable[Any]) -> Headings:
    """Tell columns by their headings. Raises `TableMalformed` where two mean the same."""
    columns: dict[str, Any] = {}
    notes, unread = [], []
    for heading in headings:
        column = column_of(heading)
        if not column:
            unread.append(f"`{heading}`" if str(heading) else "a column without heading")
            continue
        if column in columns:
            raise TableMalformed(
                f"columns `{columns[column]}` and `{heading}` both mean `{column}`; "
                f"call the one that is none of it otherwise"
            )
        columns[column] = heading
        if str(heading).strip().casefold() != column:
            notes.append(f"column `{heading}` is read as `{column}`")
    if unread:
        more = f" and {len(unread) - _SHOWN:,} more" if len(unread) > _SHOWN else ""
        notes.append(
            f"not read: {', '.join(unread[:_SHOWN])}{more}; what is read is called "
            f"{', '.join(COLUMNS)}"
        )
    if "name" not in columns:
        raise TableMalformed("there is no column `name`; call the column of names so")
    return Headings(
        {column: columns[column] for column in COLUMNS if column in columns}, tuple(notes)
    )
