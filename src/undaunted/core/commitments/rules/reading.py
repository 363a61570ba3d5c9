"""The strict reading of a statement written as data: everything that is wrong, at once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from undaunted.core.actors.rules.partial_date import PartialDate, UnreadableDate
from undaunted.core.commitments.rules.catalogue import instruments
from undaunted.core.commitments.rules.entry import Statement, Told
from undaunted.core.commitments.rules.terms import LIMITS, Status, is_state
from undaunted.core.events.rules import LANGUAGES
from undaunted.core.practices.rules.checking import (
    choice_problems,
    extra_problems,
    ids_problems,
    text_problems,
)
from undaunted.core.practices.rules.sources import citation_problems, read_source, source_problems

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from undaunted.core.commitments.rules.entry import Instrument

__all__ = ["MOST_ROWS", "StatementBroken", "read_statement"]

MOST_ROWS = 60
"""Features or sources of one statement."""

_KEYS = frozenset(
    {
        "instrument",
        "state",
        "status",
        "since",
        "law",
        "text",
        "language",
        "features",
        "sources",
        "evidence",
    }
)
_FEATURE_KEYS = frozenset({"code", "has", "clause", "sources"})


class StatementBroken(ValueError):
    """A statement cannot be read; `problems` says all that is wrong and how to mend it."""

    def __init__(self, where: str, problems: tuple[str, ...]) -> None:
        super().__init__(f"{where}: " + "; ".join(problems))
        self.where = where
        self.problems = problems


def read_statement(data: object, *, where: str) -> Statement:
    """Give the statement that `data` describes, or say everything that is wrong with it.

    In whatever order its parts stand, the statement is the same: features in the catalogue's order,
    sources by id.
    """
    if not isinstance(data, dict):
        raise StatementBroken(where, ("write a table with the parts of a statement",))
    problems = [*_plain_problems(data), *_list_problems(data), *_agreement_problems(data)]
    if problems:
        raise StatementBroken(where, tuple(problems))
    return Statement(
        instrument=data["instrument"],
        state=data["state"],
        status=Status(data["status"]),
        since=PartialDate.parse(str(data["since"])).text,
        law=str(data.get("law") or "").strip(),
        text=str(data.get("text") or "").strip(),
        language=data.get("language", "en"),
        features=_told(data),
        sources=tuple(sorted(map(read_source, data["sources"]), key=lambda each: each.id)),
        evidence=tuple(sorted(set(data["evidence"]))),
    )


def _told(data: Mapping[str, Any]) -> tuple[Told, ...]:
    order = instruments()[data["instrument"]].codes.index
    found = [
        Told(
            row["code"],
            row["has"],
            tuple(sorted(set(row["sources"]))),
            str(row.get("clause") or "").strip(),
        )
        for row in data.get("features", ())
    ]
    return tuple(sorted(found, key=lambda each: order(each.code)))


def _plain_problems(data: Mapping[str, Any]) -> Iterator[str]:
    yield from extra_problems("the statement", data, _KEYS)
    yield from choice_problems("instrument", data.get("instrument"), sorted(instruments()))
    state = data.get("state")
    if not isinstance(state, str) or not is_state(state):
        yield f"state: {state!r} is no code of a state; use ISO 3166-1 alpha-2, EU or G7"
    yield from choice_problems("status", data.get("status"), Status)
    yield from _since_problems(data.get("since"))
    for key in ("law", "text"):
        if data.get(key):
            yield from text_problems(key, data[key], LIMITS[key])
    if str(data.get("language", "en")) not in LANGUAGES:
        yield "language: write the code of a language of the product, such as en"


def _since_problems(value: object) -> Iterator[str]:
    remedy = "write a day, a month or a year, as 2022-01-04, 2022-01 or 2022; ../2024 for by 2024"
    try:
        if PartialDate.parse(str(value or "")).latest is None:
            yield f"since: {value} has no end; {remedy}"
    except UnreadableDate:
        yield f"since: {remedy}"


def _list_problems(data: Mapping[str, Any]) -> Iterator[str]:
    yield from ids_problems("evidence", data.get("evidence", ()), needed=True)
    for key, needed in (("features", False), ("sources", True)):
        rows = data.get(key, ())
        if not isinstance(rows, list | tuple) or (needed and not rows):
            yield f"{key}: write at least one"
            continue
        if len(rows) > MOST_ROWS:
            yield f"{key}: write {MOST_ROWS} at most"
            continue
        for number, row in enumerate(rows, start=1):
            place = f"{key} {number}"
            if not isinstance(row, dict):
                yield f"{place}: write a table"
            elif key == "sources":
                yield from source_problems(place, row)
            else:
                yield from _feature_problems(place, row)


def _feature_problems(place: str, row: Mapping[str, Any]) -> Iterator[str]:
    yield from extra_problems(place, row, _FEATURE_KEYS)
    if not isinstance(row.get("code"), str):
        yield f"{place}, code: write the code of a feature"
    if not isinstance(row.get("has"), bool):
        yield f"{place}, has: write true or false; leave out what is not known"
    if row.get("clause"):
        yield from text_problems(f"{place}, clause", row["clause"], LIMITS["clause"])
        if isinstance(row["clause"], str) and (set(row["clause"]) & {";", "@"}):
            yield f"{place}, clause: write no semicolon and no @"
    yield from ids_problems(place, row.get("sources", ()), needed=True)


def _agreement_problems(data: Mapping[str, Any]) -> Iterator[str]:
    """Say what does not agree between parts, as far as these are well formed."""
    features, sources = _rows(data, "features"), _rows(data, "sources")
    instrument, status = data.get("instrument"), data.get("status")
    if isinstance(status, str) and status in set(Status):
        yield from _status_problems(data, Status(status), features)
    coded = [row for row in features if isinstance(row.get("code"), str)]
    if isinstance(instrument, str) and instrument in instruments():
        yield from _code_problems(coded, instruments()[instrument])
    cited = [("evidence", data.get("evidence"))]
    cited += [(f"features, {row['code']}", row.get("sources")) for row in coded]
    known = [row.get("id") for row in sources]
    if all(isinstance(each, str) for each in known) and not any(
        [*ids_problems(place, ids, needed=True)] for place, ids in cited
    ):
        yield from citation_problems(known, cited)  # type: ignore[arg-type]


def _rows(data: Mapping[str, Any], key: str) -> list[dict[str, Any]]:
    rows = data.get(key, ())
    told = rows[:MOST_ROWS] if isinstance(rows, list | tuple) else ()
    return [row for row in told if isinstance(row, dict)]


def _status_problems(data: Mapping[str, Any], status: Status, features: object) -> Iterator[str]:
    if status.bare and features:
        yield f"features: {status} leaves nothing to have features; remove them"
    unnamed = status.lacking or status is Status.NOT_KNOWN
    if not unnamed and not str(data.get("law") or "").strip():
        yield "law: name the law, decree or document"
    if status is Status.NOT_KNOWN and not str(data.get("text") or "").strip():
        yield "text: say what was looked for, where and when, and what was found"


def _code_problems(features: Any, instrument: Instrument) -> Iterator[str]:  # noqa: ANN401 - rows
    told: set[str] = set()
    for row in features:
        code = row["code"]
        if code not in instrument.codes:
            yield f"features: {code} is none of {', '.join(instrument.codes)}"
        if code in told:
            yield f"features: {code} stands twice; remove one"
        told.add(code)
