"""An exporter's facts as TOML, JSON or a sheet (CSV): the request, and the documents beside it."""

from __future__ import annotations

import csv
import io
import tomllib
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from undaunted.coercion.instruments.readers.json_texts import json_of
from undaunted.coercion.instruments.readers.refusals import FileRefused
from undaunted.coercion.instruments.rules import Answer, Evidence, Request

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

__all__ = ["RequestFile", "read_request", "request_of"]

LARGEST = 2_000_000
_TOP = frozenset({"protect", "harm", "also", "answers", "evidence"})
_ANSWER = frozenset({"value", "unit", "confidential", "summary", "no_summary"})
_DOCUMENT = frozenset(
    {"key", "title", "date", "confidential", "summary", "no_summary", "file", "public_at"}
)
_COLUMNS = ("field", "value", "unit", "confidential", "summary", "no_summary", "date", "file")
_YES, _NO = frozenset({"true", "yes", "1", "x"}), frozenset({"false", "no", "0", ""})


@dataclass(frozen=True, slots=True)
class RequestFile:
    """A request as it stands in a file, and the contents of its documents by their short names."""

    request: Request
    documents: Mapping[str, tuple[str, bytes]]


def read_request(path: Path) -> RequestFile:
    """Read a file of facts by its ending; documents are looked for beside it.

    Raises `FileRefused` with all that is wrong, by field or row.
    """
    try:
        if path.stat().st_size > LARGEST:
            raise FileRefused(path.name, f"is larger than {LARGEST:,} bytes; facts are shorter")
        text = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise FileRefused(path.name, f"cannot be opened: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise FileRefused(path.name, "is not UTF-8; save it as UTF-8 text") from error
    reader = _READERS.get(path.suffix.lower())
    if reader is None:
        raise FileRefused(path.name, "write facts as .toml, .json or .csv")
    return _with_documents(path, reader(path.name, text))


def request_of(held: object, *, where: str) -> Request:
    """Give the request that a table describes. Raises `FileRefused` with all that is wrong."""
    if not isinstance(held, dict):
        raise FileRefused(where, "write a table with answers and evidence")
    problems = list(_problems(held))
    if problems:
        raise FileRefused(where, *problems)
    return Request(
        answers=MappingProxyType({key: _answer(row) for key, row in held["answers"].items()}),
        evidence=tuple(_evidence(row) for row in held.get("evidence", ())),
        protect=held.get("protect", False),
        harm=held.get("harm", ""),
        also=tuple(held.get("also", ())),
    )


def _with_documents(path: Path, held: Mapping[str, Any]) -> RequestFile:
    request = request_of(held, where=path.name)
    documents, problems = {}, []
    for number, row in enumerate(held.get("evidence", ()), 1):
        if not row.get("file"):
            continue
        beside = path.parent / row["file"]
        try:
            documents[row["key"]] = (beside.name, beside.read_bytes())
        except OSError as error:
            problems.append(f"evidence {number}, file: {row['file']} cannot be opened: "
                            f"{error.strerror}; put it beside {path.name}")  # fmt: skip
    if problems:
        raise FileRefused(path.name, *problems)
    digests = {key: sha256(content).hexdigest() for key, (_, content) in documents.items()}
    evidence = tuple(
        Evidence(**{name: getattr(each, name) for name in Evidence.__dataclass_fields__}
                 | {"digest": digests.get(each.key, "")})
        for each in request.evidence
    )  # fmt: skip
    whole = Request(request.answers, evidence, request.protect, request.harm, request.also)
    return RequestFile(whole, MappingProxyType(documents))


def _of_toml(where: str, text: str) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        raise FileRefused(where, f"is not TOML: {error}; correct the line it names") from error


def _of_json(where: str, text: str) -> dict[str, Any]:
    held = json_of(where, text)
    if not isinstance(held, dict):
        raise FileRefused(where, "write an object with answers and evidence")
    return held


def _of_sheet(where: str, text: str) -> dict[str, Any]:
    """Read one row a field; `evidence:KEY` is a document, whose title is its value."""
    marks = ";" if text.partition("\n")[0].count(";") > text.partition("\n")[0].count(",") else ","
    sheet = csv.DictReader(io.StringIO(text), delimiter=marks)
    missing = {"field", "value"} - set(sheet.fieldnames or ())
    if missing:
        raise FileRefused(where, f"row 1: has no column {', '.join(sorted(missing))}; the columns "
                                 f"are {', '.join(_COLUMNS)}")  # fmt: skip
    held: dict[str, Any] = {"answers": {}, "evidence": [], "also": []}
    problems: list[str] = []
    for number, row in enumerate(sheet, start=2):
        cells = {name: (row.get(name) or "").strip() for name in _COLUMNS}
        problems += [f"row {number}, {each}" for each in _take(held, cells, row)]
    if problems:
        raise FileRefused(where, *problems)
    return held


def _take(
    held: dict[str, Any], cells: dict[str, str], row: Mapping[str | None, Any]
) -> Iterator[str]:
    if row.get(None):
        yield "field: has more cells than columns; put texts with commas in quotation marks"
        return
    name, told = cells["field"], cells["confidential"].lower()
    if told not in _YES | _NO:
        yield f"confidential: {told!r} is neither yes nor no; write one of them"
    answer = {each: cells[each] for each in ("value", "unit", "summary", "no_summary")}
    answer = {each: text for each, text in answer.items() if text}
    kept = {"confidential": True} if told in _YES else {}
    if not name:
        yield from () if not any(cells.values()) else ("field: is empty; name the field",)
    elif name == "protect":
        if cells["value"].lower() not in _YES | _NO:
            yield f"value: {cells['value']!r} is neither yes nor no; write one of them"
        held["protect"] = cells["value"].lower() in _YES
    elif name == "harm":
        held["harm"] = cells["value"]
    elif name == "also":
        held["also"].append(cells["value"])
    elif name.startswith("evidence:"):
        told_of = {"key": name.removeprefix("evidence:").strip(), "title": cells["value"]}
        beside = {each: cells[each] for each in ("date", "file") if cells[each]}
        texts = {each: answer[each] for each in ("summary", "no_summary") if each in answer}
        held["evidence"].append(told_of | beside | texts | kept)
    elif name in held["answers"]:
        yield f"field: {name} stands twice; remove one"
    else:
        held["answers"][name] = {"value": cells["value"]} | answer | kept


_READERS: Mapping[str, Callable[[str, str], dict[str, Any]]] = MappingProxyType(
    {".toml": _of_toml, ".json": _of_json, ".csv": _of_sheet}
)


def _answer(row: object) -> Answer:
    if not isinstance(row, dict):
        return Answer(_written(row))
    return Answer(
        value=_written(row["value"]),
        unit=row.get("unit", ""),
        confidential=row.get("confidential", False),
        summary=row.get("summary", ""),
        no_summary=row.get("no_summary", ""),
    )


def _evidence(row: Mapping[str, Any]) -> Evidence:
    names = ("key", "title", "summary", "no_summary", "public_at")
    return Evidence(
        **{name: row.get(name, "") for name in names},
        date=_written(row.get("date", "")),
        confidential=row.get("confidential", False),
    )


def _written(value: object) -> str:
    return value if isinstance(value, str) else str(value)


def _problems(held: Mapping[str, Any]) -> Iterator[str]:
    yield from _extra("", held, _TOP)
    answers, evidence = held.get("answers"), held.get("evidence", [])
    if not isinstance(answers, dict):
        yield "answers: write a table [answers] with one entry a field"
    else:
        for key, row in answers.items():
            yield from _row(f"answers.{key}", row, _ANSWER, "value")
    if not isinstance(evidence, list):
        yield "evidence: write one [[evidence]] table a document"
    else:
        for number, row in enumerate(evidence, 1):
            yield from _row(f"evidence {number}", row, _DOCUMENT, "key", plain=False)
    if not isinstance(held.get("protect", False), bool):
        yield "protect: write true or false"
    if not isinstance(held.get("harm", ""), str):
        yield "harm: write a text"
    also = held.get("also", [])
    if not isinstance(also, list) or not all(isinstance(each, str) for each in also):
        yield "also: write a list of names"


def _row(
    place: str, row: object, keys: frozenset[str], first: str, *, plain: bool = True
) -> Iterator[str]:
    if not isinstance(row, dict):
        if not plain or isinstance(row, list | bool) or row is None:
            yield f"{place}: write a table" + (" or a text" if plain else "")
        return
    yield from _extra(f"{place}, ", row, keys)
    if first not in row:
        yield f"{place}: has no {first}; write it"
    for name, value in row.items():
        if name == "confidential":
            if not isinstance(value, bool):
                yield f"{place}, confidential: write true or false"
        elif isinstance(value, bool) or not isinstance(value, str | int | float | date):
            yield f"{place}, {name}: write a text or a number"
        elif not isinstance(value, str) and name not in {"value", "date"}:
            yield f"{place}, {name}: write a text"


def _extra(place: str, table: Mapping[str, Any], keys: frozenset[str]) -> Iterator[str]:
    for key in sorted(set(map(str, table)) - keys):
        yield f"{place}{key}: is no key here; remove it or use one of {', '.join(sorted(keys))}"
