"""The strict reading of a rule pack written as data: everything that is wrong, at once."""

from __future__ import annotations

import re
from datetime import date
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from undaunted.core.events.rules import LANGUAGES
from undaunted.core.standards.rules.logic import Expression, criteria_of, read_expression
from undaunted.core.standards.rules.pack import (
    UNCLEAR,
    Category,
    Criterion,
    OutcomeRule,
    Pack,
    PackBroken,
    Source,
    SourceStatus,
    Text,
    Wording,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    Check = Callable[[str, Mapping[str, Any]], Iterator[str]]

__all__ = ["read_pack"]

_ID = re.compile(r"[a-z][a-z0-9]*([-_][a-z0-9]+)*")
_CODE = re.compile(r"[A-Za-z][A-Za-z0-9]*(_[A-Za-z0-9]+)*")
_KEYS: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        "pack": frozenset(
            {
                "id",
                "version",
                "valid_from",
                "valid_to",
                "title",
                "summary",
                "subject_kinds",
                "snapshot",
                "source",
                "criteria",
                "categories",
                "outcomes",
            }
        ),
        "source": frozenset({"citation", "url", "date", "read_in", "status", "note"}),
        "criterion": frozenset({"id", "title", "texts", "note"}),
        "text": frozenset({"text", "wording", "status"}),
        "category": frozenset({"code", "title", "when"}),
        "outcome": frozenset({"code", "label", "qualifies", "when"}),
        "snapshot": frozenset({"month", "day"}),
    }
)


def read_pack(data: Mapping[str, Any], *, where: str) -> Pack:
    """Return the pack that `data` describes, or say everything that is wrong with it."""
    problems = list(_shape_problems(data))
    if problems:
        raise PackBroken(where, tuple(problems))
    criteria = {row["id"]: _criterion(row) for row in data["criteria"]}
    categories, outcomes = _rules(data, frozenset(criteria), problems)
    used = frozenset().union(*(criteria_of(rule.when) for rule in outcomes))
    problems += [
        f"criteria.{name}: no outcome depends on it; use it in an outcome or remove it"
        for name in sorted(frozenset(criteria) - used)
    ]
    if problems:
        raise PackBroken(where, tuple(problems))
    snapshot = data.get("snapshot")
    return Pack(
        id=data["id"],
        version=data["version"],
        valid_from=data["valid_from"],
        valid_to=data.get("valid_to"),
        title=data["title"],
        summary=data.get("summary", ""),
        subject_kinds=frozenset(data["subject_kinds"]),
        source=_source(data["source"]),
        criteria=MappingProxyType(criteria),
        categories=categories,
        outcomes=outcomes,
        snapshot=(snapshot["month"], snapshot["day"]) if snapshot else None,
    )


def _source(row: Mapping[str, Any]) -> Source:
    return Source(
        citation=row["citation"],
        url=row["url"],
        date=row["date"],
        status=SourceStatus(row["status"]),
        read_in=row.get("read_in", ""),
        note=row.get("note", ""),
    )


def _criterion(row: Mapping[str, Any]) -> Criterion:
    texts = {
        language: Text(text["text"], Wording(text["wording"]), SourceStatus(text["status"]))
        for language, text in row["texts"].items()
    }
    return Criterion(row["id"], row["title"], MappingProxyType(texts), row.get("note", ""))


def _rules(
    data: Mapping[str, Any], criteria: frozenset[str], problems: list[str]
) -> tuple[tuple[Category, ...], tuple[OutcomeRule, ...]]:
    known: dict[str, Expression] = {}

    def read(row: Mapping[str, Any], place: str) -> Expression:
        return read_expression(
            row["when"],
            criteria=criteria,
            categories=known,
            place=f"{place}.{row['code']}.when",
            problems=problems,
        )

    categories = []
    for row in data.get("categories", ()):
        known[row["code"]] = read(row, "categories")
        categories.append(Category(row["code"], row["title"], known[row["code"]]))
    outcomes = tuple(
        OutcomeRule(row["code"], row["label"], row.get("qualifies"), read(row, "outcomes"))
        for row in data["outcomes"]
    )
    return tuple(categories), outcomes


def _shape_problems(data: Mapping[str, Any]) -> Iterator[str]:
    yield from _extra("the pack", data, "pack")
    if not _matches(data.get("id"), _ID):
        yield "id: write small letters, figures and hyphens, such as pace-1900"
    version = data.get("version")
    if isinstance(version, bool) or not isinstance(version, int) or version < 1:
        yield "version: write a whole number from 1 up"
    if not _text(data.get("title")):
        yield "title: write the name of the standard"
    yield from _period_problems(data)
    kinds = data.get("subject_kinds")
    if not isinstance(kinds, list) or not kinds or not all(_text(kind) for kind in kinds):
        yield "subject_kinds: list what can be assessed, such as person"
    yield from _source_problems(data.get("source"))
    yield from _rows("criteria", data.get("criteria"), "id", _criterion_problems, required=True)
    yield from _rows("categories", data.get("categories"), "code", _category_problems)
    yield from _rows("outcomes", data.get("outcomes"), "code", _outcome_problems, required=True)
    yield from _snapshot_problems(data.get("snapshot"))


def _period_problems(data: Mapping[str, Any]) -> Iterator[str]:
    start, end = data.get("valid_from"), data.get("valid_to")
    if not isinstance(start, date):
        yield "valid_from: write the first day in force, as 2012-10-03"
    elif end is not None and (not isinstance(end, date) or end <= start):
        yield "valid_to: write the first day no longer in force, after valid_from, or leave it out"


def _source_problems(source: object) -> Iterator[str]:
    if not isinstance(source, dict):
        yield "source: write a [source] table"
        return
    yield from _extra("source", source, "source")
    for key in ("citation", "url"):
        if not _text(source.get(key)):
            yield f"source.{key}: write a text that is not empty"
    if not isinstance(source.get("date"), date):
        yield "source.date: write the day of the document, as 2012-10-03"
    if source.get("status") not in set(SourceStatus):
        yield "source.status: write one of " + ", ".join(SourceStatus)


def _criterion_problems(place: str, row: Mapping[str, Any]) -> Iterator[str]:
    yield from _extra(place, row, "criterion")
    if not _text(row.get("title")):
        yield f"{place}.title: write a short heading"
    texts = row.get("texts")
    if not isinstance(texts, dict) or "en" not in texts:
        yield f"{place}.texts.en: write the English text"
        return
    for language, text in texts.items():
        if language not in LANGUAGES or not isinstance(text, dict) or not _text(text.get("text")):
            yield f"{place}.texts.{language}: use a language of the product, with a text"
            continue
        yield from _extra(f"{place}.texts.{language}", text, "text")
        if text.get("wording") not in set(Wording):
            yield f"{place}.texts.{language}.wording: write one of " + ", ".join(Wording)
        if text.get("status") not in set(SourceStatus):
            yield f"{place}.texts.{language}.status: write one of " + ", ".join(SourceStatus)


def _category_problems(place: str, row: Mapping[str, Any]) -> Iterator[str]:
    yield from _extra(place, row, "category")
    if not _text(row.get("title")):
        yield f"{place}.title: write a short heading"
    if "when" not in row:
        yield f"{place}.when: say which criteria make it"


def _outcome_problems(place: str, row: Mapping[str, Any]) -> Iterator[str]:
    yield from _extra(place, row, "outcome")
    if row.get("code") == UNCLEAR:
        yield f"{place}.code: {UNCLEAR!r} is the name for no outcome yet; choose another"
    if not _text(row.get("label")):
        yield f"{place}.label: write what readers see"
    if not isinstance(row.get("qualifies"), bool | None):
        yield f"{place}.qualifies: write true or false, or leave it out"
    if "when" not in row:
        yield f"{place}.when: say when it holds"


def _snapshot_problems(snapshot: object) -> Iterator[str]:
    if snapshot is None:
        return
    if not isinstance(snapshot, dict):
        yield "snapshot: write a table with month and day"
        return
    yield from _extra("snapshot", snapshot, "snapshot")
    try:
        date(2001, snapshot["month"], snapshot["day"])
    except (KeyError, TypeError, ValueError):
        yield "snapshot: write month and day of a day that every year has"


def _rows(
    key: str,
    rows: object,
    name: str,
    check: Check,
    *,
    required: bool = False,
) -> Iterator[str]:
    if rows is None and not required:
        return
    if not isinstance(rows, list) or not rows:
        yield f"{key}: write at least one [[{key}]] table"
        return
    seen: set[str] = set()
    for number, row in enumerate(rows, start=1):
        if not isinstance(row, dict) or not _matches(row.get(name), _CODE):
            yield f"{key}[{number}].{name}: write letters, figures and single underscores"
            continue
        if row[name] in seen:
            yield f"{key}.{row[name]}: stands twice; remove one"
        seen.add(row[name])
        yield from check(f"{key}.{row[name]}", row)


def _extra(place: str, table: Mapping[str, Any], kind: str) -> Iterator[str]:
    for key in sorted(set(table) - _KEYS[kind]):
        allowed = ", ".join(sorted(_KEYS[kind]))
        yield f"{place}: {key!r} is no key here; remove it or use one of {allowed}"


def _matches(value: object, pattern: re.Pattern[str]) -> bool:
    return isinstance(value, str) and pattern.fullmatch(value) is not None


def _text(value: object) -> bool:
    return isinstance(value, str) and bool(value.strip())
