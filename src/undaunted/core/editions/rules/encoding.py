"""A document as canonical JSON and back: what is frozen, signed, and set anew from."""

from __future__ import annotations

import json
from collections.abc import Mapping  # noqa: TC003 - the mapping is annotated below
from dataclasses import fields, is_dataclass
from datetime import date
from types import MappingProxyType
from typing import Any

from undaunted.core.editions.rules import document as model
from undaunted.core.editions.rules.refusals import DocumentUnreadable

__all__ = ["canonical", "decoded", "encoded"]

_CLASSES: Mapping[str, type[Any]] = MappingProxyType(
    {
        each.__name__: each
        for each in (
            model.Bullets, model.Column, model.Document, model.Figure, model.Footnote, model.Joined,
            model.Link, model.Name, model.Notice, model.Number, model.Paragraph, model.Reference,
            model.Section, model.Strong, model.Table, model.Unknown,
        )
    }
)  # fmt: skip
_IS = "is"


def canonical(value: object) -> bytes:
    """Give JSON in its one spelling: sorted, no spaces, UTF-8."""
    text = json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return text.encode()


def encoded(document: model.Document) -> bytes:
    """Give a document as bytes; the same document gives the same bytes."""
    return canonical(_plain(document))


def decoded(content: bytes) -> model.Document:
    """Give the document that was encoded. Raises `DocumentUnreadable`."""
    try:
        found = _value(json.loads(content))
    except (ValueError, TypeError, KeyError, RecursionError) as problem:
        raise DocumentUnreadable(f"no document of an edition: {problem}") from problem
    if not isinstance(found, model.Document):
        raise DocumentUnreadable("no document of an edition: it begins with something else")
    return found


def _plain(value: object) -> object:
    if isinstance(value, date):
        return {_IS: "date", "on": value.isoformat()}
    if is_dataclass(value) and not isinstance(value, type):
        told = {each.name: _plain(getattr(value, each.name)) for each in fields(value)}
        if isinstance(value, model.Figure):
            told["specification"] = {_IS: "json", "value": value.specification}
        if isinstance(value, model.Paragraph | model.Bullets) and not value.language:
            del told["language"]  # so that what was frozen before it existed keeps its bytes
        if isinstance(value, model.Table) and value.joined is None:
            del told["joined"]
        return {_IS: type(value).__name__, **told}
    if isinstance(value, tuple):
        return [_plain(each) for each in value]
    return value


def _value(told: Any) -> Any:  # noqa: ANN401 - whatever JSON holds
    if isinstance(told, list):
        return tuple(_value(each) for each in told)
    if not isinstance(told, dict):
        return told
    sort = told.pop(_IS)
    if sort == "date":
        return date.fromisoformat(told["on"])
    if sort == "json":
        return told["value"]
    made = {name: _value(each) for name, each in told.items()}
    if sort == "Column":
        made["kind"] = model.ColumnKind(made["kind"])
    return _CLASSES[sort](**made)
