"""The packs of the report, read strictly: post-detention support, and totals that others published.

Everything that is wrong with a text is told at once, with its place and the remedy.
"""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from undaunted.core.actors.rules.partial_date import PartialDate
from undaunted.core.events.rules import LANGUAGES
from undaunted.core.practices.rules.checking import (
    choice_problems,
    day_problems,
    extra_problems,
    ids_problems,
    text_problems,
)
from undaunted.core.practices.rules.sources import citation_problems, read_source, source_problems
from undaunted.core.practices.rules.terms import LIMITS
from undaunted.prisoners.report.rules.external import Bound, ExternalNumber, ExternalSeries
from undaunted.prisoners.report.rules.support import (
    Addressee,
    Basis,
    Need,
    Recommendation,
    SupportGroup,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from undaunted.core.practices.rules import Source

    _Check = Callable[[str, Mapping[str, Any]], Iterator[str]]

__all__ = ["PackBroken", "read_external", "read_support", "shipped_external", "shipped_support"]

_KEY = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_LONGEST_KEY = 40
_RECOMMENDATION = frozenset({"key", "group", "field", "basis", "to", "text", "limit", "sources"})
_SERIES = frozenset(
    {"key", "title", "publisher", "unit", "counts", "leaves_out", "rights", "numbers", "sources"}
)
_SERIES_TEXTS = (
    ("title", "title"), ("publisher", "publisher"), ("unit", "publisher"), ("counts", "text"),
    ("leaves_out", "text"), ("rights", "text"),
)  # fmt: skip
_NUMBER = frozenset({"on", "value", "bound", "later", "note", "sources"})


class PackBroken(ValueError):
    """A pack cannot be read; `problems` says all that is wrong and how to mend it."""

    def __init__(self, where: str, problems: tuple[str, ...]) -> None:
        super().__init__(f"{where}: " + "; ".join(problems))
        self.where = where
        self.problems = problems


@cache
def shipped_support() -> tuple[Recommendation, ...]:
    """Give the recommendations that come with this copy, in the order of the pack."""
    return read_support(_shipped("support.toml"), where="support.toml")


@cache
def shipped_external() -> tuple[ExternalSeries, ...]:
    """Give the series of others that come with this copy, in the order of the pack."""
    return read_external(_shipped("external.toml"), where="external.toml")


def read_support(text: str, *, where: str) -> tuple[Recommendation, ...]:
    """Give the recommendations of a TOML text. Raises `PackBroken`."""
    data = _table(text, where=where)
    problems = [
        *extra_problems("the pack", data, frozenset({"language", "recommendations", "sources"})),
        *_language_problems(data),
        *_rows_problems(data, "recommendations", _recommendation_problems),
        *_rows_problems(data, "sources", source_problems),
    ]
    _stop(where, problems)
    rows = data["recommendations"]
    cited = [(each["key"], each["sources"]) for each in rows]
    _stop(where, [*_twice(rows), *_cited(data["sources"], cited)])
    sources = _by_id(data["sources"])
    return tuple(
        Recommendation(
            key=row["key"],
            group=SupportGroup(row["group"]),
            need=Need(row["field"]),
            basis=Basis(row["basis"]),
            to=tuple(Addressee(each) for each in row["to"]),
            language=data["language"],
            text=row["text"].strip(),
            limit=row["limit"].strip(),
            sources=tuple(sources[each] for each in row["sources"]),
        )
        for row in rows
    )


def read_external(text: str, *, where: str) -> tuple[ExternalSeries, ...]:
    """Give the series of a TOML text. Raises `PackBroken`."""
    data = _table(text, where=where)
    problems = [
        *extra_problems("the pack", data, frozenset({"language", "series"})),
        *_language_problems(data),
        *_rows_problems(data, "series", _series_problems),
    ]
    _stop(where, problems)
    for row in data["series"]:
        cited = [(f"{row['key']}, {each['on']}", each["sources"]) for each in row["numbers"]]
        problems += _cited(row["sources"], cited)
        problems += _order_problems(row)
    _stop(where, [*_twice(data["series"]), *problems])
    return tuple(_one_series(row, data["language"]) for row in data["series"])


def _one_series(row: Mapping[str, Any], language: str) -> ExternalSeries:
    sources = _by_id(row["sources"])
    texts = {name: row[name].strip() for name, _limit in _SERIES_TEXTS}
    return ExternalSeries(
        key=row["key"],
        language=language,
        numbers=tuple(
            ExternalNumber(
                on=str(each["on"]),
                value=each["value"],
                bound=Bound(each.get("bound", Bound.EXACT)),
                later=each.get("later"),
                note=each.get("note", "").strip(),
                sources=tuple(sources[one] for one in each["sources"]),
            )
            for each in row["numbers"]
        ),
        **texts,
    )


def _shipped(name: str) -> str:
    return files("undaunted.prisoners.report").joinpath("packs", name).read_text("utf-8")


def _table(text: str, *, where: str) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise PackBroken(where, (f"not TOML: {error}; correct the line it names",)) from error


def _stop(where: str, problems: list[str]) -> None:
    if problems:
        raise PackBroken(where, tuple(problems))


def _by_id(rows: list[Mapping[str, Any]]) -> dict[str, Source]:
    return {row["id"]: read_source(row) for row in rows}


def _cited(rows: list[Mapping[str, Any]], cited: list[tuple[str, list[str]]]) -> Iterator[str]:
    return citation_problems([row["id"] for row in rows], cited)


def _language_problems(data: Mapping[str, Any]) -> Iterator[str]:
    if data.get("language") not in LANGUAGES:
        yield "language: write the code of a language of the product, such as en"


def _rows_problems(data: Mapping[str, Any], key: str, problems_of: _Check) -> Iterator[str]:
    rows = data.get(key)
    if not isinstance(rows, list) or not rows:
        yield f"{key}: write at least one [[{key}]] table"
        return
    for number, row in enumerate(rows, start=1):
        if isinstance(row, dict):
            yield from problems_of(f"{key} {number}", row)
        else:
            yield f"{key} {number}: write a table"


def _key_problems(place: str, row: Mapping[str, Any]) -> Iterator[str]:
    key = row.get("key")
    if not isinstance(key, str) or not _KEY.fullmatch(key) or len(key) > _LONGEST_KEY:
        yield f"{place}, key: write {_LONGEST_KEY} small letters, figures and hyphens at most"


def _recommendation_problems(place: str, row: Mapping[str, Any]) -> Iterator[str]:
    yield from extra_problems(place, row, _RECOMMENDATION)
    yield from _key_problems(place, row)
    yield from choice_problems(f"{place}, group", row.get("group"), SupportGroup)
    yield from choice_problems(f"{place}, field", row.get("field"), Need)
    yield from choice_problems(f"{place}, basis", row.get("basis"), Basis)
    to = row.get("to")
    if not isinstance(to, list) or not to:
        yield f'{place}, to: list who is asked, such as ["host", "funders"]'
    else:
        for each in to:
            yield from choice_problems(f"{place}, to", each, Addressee)
    for name in ("text", "limit"):
        yield from text_problems(f"{place}, {name}", row.get(name), LIMITS["text"])
    yield from ids_problems(place, row.get("sources"), needed=row.get("basis") != Basis.JUDGEMENT)


def _series_problems(place: str, row: Mapping[str, Any]) -> Iterator[str]:
    yield from extra_problems(place, row, _SERIES)
    yield from _key_problems(place, row)
    for name, limit in _SERIES_TEXTS:
        yield from text_problems(f"{place}, {name}", row.get(name), LIMITS[limit])
    for problem in _rows_problems(row, "numbers", _number_problems):
        yield f"{place}, {problem}"
    for problem in _rows_problems(row, "sources", source_problems):
        yield f"{place}, {problem}"


def _number_problems(place: str, row: Mapping[str, Any]) -> Iterator[str]:
    yield from extra_problems(place, row, _NUMBER)
    yield from day_problems(f"{place}, on", row.get("on"))
    for name in ("value", "later"):
        value = row.get(name, 0 if name == "later" else None)
        if not isinstance(value, int) or isinstance(value, bool) or value < 0:
            yield f"{place}, {name}: write a whole number, 0 or more, without a sign or text"
    if "bound" in row:
        yield from choice_problems(f"{place}, bound", row["bound"], Bound)
    if "note" in row:
        yield from text_problems(f"{place}, note", row["note"], LIMITS["text"])
    yield from ids_problems(place, row.get("sources"), needed=True)


def _order_problems(row: Mapping[str, Any]) -> Iterator[str]:
    """Say which numbers stand before an earlier one, or for the same time as another."""
    ends = [(PartialDate.parse(str(each["on"])).latest, str(each["on"])) for each in row["numbers"]]
    for (before, _on), (after, on) in pairwise(ends):
        if before is not None and after is not None and after <= before:
            yield f"{row['key']}, {on}: order numbers by time, one for each; move or remove it"


def _twice(rows: list[Mapping[str, Any]]) -> Iterator[str]:
    keys = [row["key"] for row in rows]
    for each in sorted({one for one in keys if keys.count(one) > 1}):
        yield f"{each} stands twice; give each a key of its own"
