"""The open data as entities of the FollowTheMoney model (4.x): persons and events they are part of.

A detained person is no risk: no topic is given and nobody is a target, so that no screening list
made from these entities flags the people it is about. Months stand for days, and an uncertain month
stands beside the other one, as the model allows.
"""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Any, Final

from undaunted.prisoners.registry.rules.open_data import CASES, NAMES, SPELLS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from undaunted.prisoners.registry.rules.open_data import OpenTable

    Rows = Callable[[OpenTable], Iterator[tuple[Any, ...]]]

__all__ = ["entities"]

DATASET: Final = "undaunted"
_GENDERS: Final = {"woman": "female", "man": "male", "female": "female", "male": "male"}
_INVENTED: Final = frozenset({"XR", "XS", "XB", "XF", "XZ"})


def entities(rows: Rows) -> Iterator[dict[str, Any]]:
    """Give a Person for each case, then an Event for each spell with the person involved."""
    names = groupby(_records(NAMES, rows), key=lambda name: name["reference"])
    group = next(names, None)
    for case in _records(CASES, rows):
        others: list[str] = []
        # Both tables are sorted by reference.
        while group and group[0] < case["reference"]:
            group = next(names, None)
        if group and group[0] == case["reference"]:
            others = [name["text"] for name in group[1]]
        yield _person(case, others)
    spells = groupby(_records(SPELLS, rows), key=lambda spell: spell["reference"])
    for _reference, found in spells:
        for number, spell in enumerate(found, 1):
            yield _event(spell, number)


def _person(case: dict[str, Any], names: list[str]) -> dict[str, Any]:
    caption = case["name"] or case["reference"]
    return _entity(
        _key(case["reference"]),
        "Person",
        caption,
        alias=[name for name in names if name != caption],
        country=_country(case["country"]),
        gender=[_GENDERS[case["gender"]]] if case["gender"] in _GENDERS else [],
        birthDate=[str(case["birth_year"])] if case["birth_year"] else [],
        keywords=[*case["roles"], *_invented(case["country"])],
    )


def _event(spell: dict[str, Any], number: int) -> dict[str, Any]:
    caption = spell["type"].replace("_", " ")
    return _entity(
        f"{_key(spell['reference'])}-{number}",
        "Event",
        caption,
        involved=[_key(spell["reference"])],
        startDate=_months(spell["start_earliest_month"], spell["start_latest_month"]),
        endDate=_months(spell["end_earliest_month"], spell["end_latest_month"]),
        country=_country(spell["country"]),
        location=[spell["admin1"]] if spell["admin1"] else [],
        keywords=[spell["category"], *spell["laws"], *_invented(spell["country"])],
    )


def _entity(key: str, schema: str, caption: str, **properties: list[str]) -> dict[str, Any]:
    told = {"name": [caption], **properties}
    return {
        "id": key,
        "schema": schema,
        "caption": caption,
        "datasets": [DATASET],
        "referents": [],
        "target": False,
        "properties": {
            name: list(dict.fromkeys(values)) for name, values in told.items() if values
        },
    }


def _records(table: OpenTable, rows: Rows) -> Iterator[dict[str, Any]]:
    names = [column.name for column in table.columns]
    return (dict(zip(names, row, strict=True)) for row in rows(table))


def _months(*months: str | None) -> list[str]:
    return [month for month in dict.fromkeys(months) if month]


def _country(code: str) -> list[str]:
    """Give a country as the model writes it; it knows none of the invented ones."""
    return [code.lower()] if code and code not in _INVENTED else []


def _invented(code: str) -> list[str]:
    return [f"hypothetical state {code}"] if code in _INVENTED else []


def _key(reference: str) -> str:
    return f"{DATASET}-{reference.lower()}"
