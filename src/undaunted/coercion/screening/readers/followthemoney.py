"""Stakes from FollowTheMoney entities, a line each: ownerships, and who the parties are.

`percentage` is free text there: "25-50%", "51,0 %", "51". A bare number is a percentage; one that
is not above 1 may be a part of one too, and is taken for anything between both.
"""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING, Any

from undaunted.coercion.screening.readers.days import valid_days
from undaunted.coercion.screening.readers.documents import composed, mapping_in, records_of, text_in
from undaunted.coercion.screening.readers.loading import WHATEVER, Gathered
from undaunted.coercion.screening.readers.shares import ShareUnreadable, finer, share_of
from undaunted.engines.ownership import PartyKind, Right, Rule

if TYPE_CHECKING:
    from pathlib import Path

    from undaunted.coercion.screening.readers.loading import Loaded

__all__ = ["knows", "read"]

KINDS = {
    "Person": PartyKind.PERSON,
    "Company": PartyKind.COMPANY,
    "Organization": PartyKind.COMPANY,
    "LegalEntity": PartyKind.COMPANY,
    "PublicBody": PartyKind.STATE,
    "Asset": PartyKind.UNKNOWN,
}
ROLES = {"general partner": Right.PARTNER}
"""Roles that are rights and no offices, whether told as an ownership or as an office."""
ENDS = {"Ownership": ("owner", "asset"), "Directorship": ("director", "organization")}
OFFICES = frozenset({"Directorship", "Employment", "Membership"})


def knows(first: bytes) -> bool:
    """Tell whether a file begins with an entity."""
    return b'"schema"' in first and b'"properties"' in first


def read(path: Path) -> Loaded:
    """Give the stakes of a file of entities with every finding."""
    gathered = Gathered(path.name)
    described: set[str] = set()
    passed: dict[str, int] = {}
    owned: list[tuple[int, str, dict[str, Any]]] = []
    for row, told in records_of(path):
        gathered.rows += 1
        schema, identifier = text_in(told, "schema"), text_in(told, "id")
        properties = mapping_in(mapping_in(told), "properties")
        if not schema or not identifier:
            gathered.unread(row, told, "no entity with id and schema")
        elif schema == "Ownership" or (schema in ENDS and _role(properties)):
            owned.append((row, schema, properties))
        elif schema in OFFICES:
            gathered.find(Rule.OFFICE, row, schema)
        elif schema in KINDS:
            described.add(identifier)
            name = next(iter(_texts(properties, "name")), "")
            gathered.register.number(identifier, KINDS[schema], name)
        else:
            passed[schema] = passed.get(schema, 0) + 1
    for row, schema, properties in owned:
        _ownership(gathered, row, (schema, properties), described)
    gathered.notes += [f"{number} entities of the schema {schema} tell of no stake"
                       for schema, number in sorted(passed.items())]  # fmt: skip
    return gathered.loaded()


def _ownership(
    gathered: Gathered, row: int, told: tuple[str, dict[str, Any]], described: set[str]
) -> None:
    schema, properties = told
    holder, company = ENDS[schema]
    companies = _texts(properties, company)
    if not companies:
        gathered.find(Rule.COMPANY, row)
        return
    owners = _texts(properties, holder)
    for each in {*owners, *companies} - described:
        gathered.find(Rule.REFERENCE, row, each)
    named = [gathered.register.number(each) for each in owners] or [gathered.nobody(row)]
    first = {key: next(iter(_texts(properties, key)), "") for key in ("startDate", "endDate")}
    days, sure = valid_days(gathered, row, first["startDate"], first["endDate"])
    span, clear = _share(gathered, row, _texts(properties, "percentage"))
    source = next(iter(_texts(properties, "publisher")), "")
    right = _role(properties) or Right.EQUITY
    for owner, held in product(named, companies):
        gathered.stake(
            row, owner, gathered.register.number(held), right, span, days=days,
            source=source, doubtful=not (sure and clear),
        )  # fmt: skip


def _role(properties: dict[str, Any]) -> Right | None:
    """Give the right that a role is; none where it is an office or not told."""
    told = (ROLES.get(each.casefold()) for each in _texts(properties, "role"))
    return next((each for each in told if each is not None), None)


def _texts(properties: dict[str, Any], key: str) -> list[str]:
    """Give the values of a property, each once."""
    found = properties.get(key)
    values = found if isinstance(found, list) else [found]
    return list(dict.fromkeys(composed(each) for each in values if isinstance(each, str) and each))


def _share(
    gathered: Gathered, row: int, said: list[str]
) -> tuple[tuple[float, float] | None, bool]:
    """Give the span of all that is said, and whether it is clear."""
    if not said:
        return None, True
    spans = []
    try:
        for each in said:
            bare = share_of(each)
            spans.append(share_of(each, percent=True))
            if "%" not in each and 0 < bare[1] <= 1:
                spans.append(bare)
    except ShareUnreadable as unreadable:
        gathered.find(Rule.UNREADABLE, row, str(unreadable))
        return WHATEVER, False
    gathered.read_finer(row, [each for each in said if finer(each, percent=True)])
    hull = min(least for least, _ in spans), max(most for _, most in spans)
    if len(set(spans)) > 1:
        gathered.find(Rule.AMBIGUOUS, row, ", ".join(said))
        return hull, False
    gathered.read_as(row, said, hull)
    return hull, True
