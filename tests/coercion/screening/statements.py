"""Files of ownership as others write them, invented in the hypothetical states XR and XF."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pathlib import Path

    from undaunted.engines.ownership import Stakes

__all__ = ["as_file", "entity", "interest", "person", "relationship", "rows_of"]

COLUMNS = ("right", "lo", "hi", "valid_from", "valid_to", "known_from", "known_to")


def as_file(folder: Path, told: object, name: str = "file.json") -> Path:
    """Write a document; texts as they stand."""
    file = folder / name
    file.write_text(told if isinstance(told, str) else json.dumps(told), encoding="utf-8")
    return file


def rows_of(stakes: Stakes) -> list[tuple[Any, ...]]:
    """Give stakes as rows to be compared, whatever their order and numbers."""
    ids = stakes.parties.ids
    return sorted(
        (
            ids[stakes.owner[at]],
            ids[stakes.owned[at]],
            *(int(getattr(stakes, column)[at]) for column in COLUMNS),
        )
        for at in range(len(stakes))
    )


def entity(record: str, kind: str = "registeredEntity", **details: Any) -> dict[str, Any]:
    """Give a statement of an entity in version 0.4."""
    told = _statement(record, "entity", {"entityType": {"type": kind}, "name": record} | details)
    return {"statementId": record} | told


def person(record: str, kind: str = "knownPerson", **details: Any) -> dict[str, Any]:
    """Give a statement of a person."""
    names = {"personType": kind, "names": [{"fullName": record}]}
    return {"statementId": record} | _statement(record, "person", names | details)


def relationship(
    owner: Any, owned: Any, *interests: dict[str, Any], record: str = "", **outer: Any
) -> dict[str, Any]:
    """Give a statement of interests."""
    details = {"subject": owned, "interestedParty": owner, "interests": list(interests)}
    told = _statement(record or f"{owner}-{owned}", "relationship", details) | outer
    return {"statementId": f"{told['recordId']} {told['statementDate']}"} | told


def interest(exact: Any = None, kind: str = "shareholding", **more: Any) -> dict[str, Any]:
    """Give an interest."""
    share = {} if exact is None else {"share": {"exact": exact}}
    return {"type": kind, "directOrIndirect": "direct"} | share | more


def _statement(record: str, kind: str, details: dict[str, Any]) -> dict[str, Any]:
    return {
        "statementDate": "2026-01-01", "recordId": record,
        "recordStatus": "new", "recordType": kind, "recordDetails": details,
        "publicationDetails": {"publisher": {"name": "Register of Freedonia"}},
    }  # fmt: skip
