"""What of somebody bears on who they are: kept with a verdict, compared when a list changes."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass, fields
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

    from undaunted.core.listings.rules import Entry

__all__ = ["Form", "changed_between", "form_of_entry", "read_form"]


@dataclass(frozen=True, slots=True)
class Form:
    """Names and facts by which somebody is told apart, in an order that says nothing.

    Reasons, remarks, programmes, measures and days of listing are no part of it: when only they
    change, what was judged before still holds.
    """

    kind: str
    names: tuple[str, ...]
    births: tuple[str, ...] = ()
    nationalities: tuple[str, ...] = ()
    identifiers: tuple[str, ...] = ()
    gender: str = ""

    @property
    def digest(self) -> str:
        """Name what the form says."""
        text = json.dumps(asdict(self), sort_keys=True, ensure_ascii=False)
        return hashlib.sha256(text.encode()).hexdigest()

    def as_data(self) -> dict[str, Any]:
        """Give the form as plain values; what is empty is left out."""
        return {
            name: list(value) if isinstance(value, tuple) else value
            for name, value in asdict(self).items()
            if value
        }


def form_of_entry(entry: Entry) -> Form:
    """Give what of an entry bears on who it is."""
    return Form(
        kind=entry.kind.value,
        names=_sorted(each.text for each in entry.names),
        births=_sorted(each.day or each.text for each in entry.births),
        nationalities=_sorted(entry.nationalities),
        identifiers=_sorted(f"{each.kind}:{each.number}" for each in entry.identifiers),
        gender=entry.gender,
    )


def read_form(data: Mapping[str, Any]) -> Form:
    """Give the form that `as_data` wrote."""
    told: dict[str, Any] = {"names": ()}
    for name, value in data.items():
        told[name] = tuple(value) if isinstance(value, list) else value
    return Form(**told)


def changed_between(before: Form, after: Form) -> tuple[str, ...]:
    """Give the fields that differ between what was judged and what is now."""
    return tuple(
        field.name
        for field in fields(Form)
        if getattr(before, field.name) != getattr(after, field.name)
    )


def _sorted(values: Any) -> tuple[str, ...]:  # noqa: ANN401 - any run of texts
    return tuple(sorted({each.strip() for each in values if each.strip()}))
