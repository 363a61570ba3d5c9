"""A mapping file (TOML) as a `Mapping`, with every fault named at once.

Nothing unknown passes: a misspelt name would otherwise be a column silently unread.
"""

from __future__ import annotations

import difflib
import hashlib
import re
import tomllib
from typing import TYPE_CHECKING, Any, Final, TypeVar

from undaunted.prisoners.registry.readers.date_texts import bad_directives
from undaunted.prisoners.registry.readers.encodings import KNOWN_ENCODINGS
from undaunted.prisoners.registry.readers.problems import InvalidMapping
from undaunted.prisoners.registry.rules.import_rows import Problem, RecordKind, Severity, shortened
from undaunted.prisoners.registry.rules.mapping import (
    FIELDS,
    Calendar,
    ColumnRule,
    DateRule,
    Duplicates,
    FieldKind,
    FileFormat,
    FormatRule,
    KeyRule,
    KindRule,
    Mapping,
    Otherwise,
    Part,
    SkipRule,
)

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Mapping as Table
    from enum import StrEnum
    from pathlib import Path

__all__ = ["parse_mapping", "read_mapping"]

_LARGEST: Final = 1024 * 1024
_TOP: Final = [
    "id",
    "version",
    "title",
    "language",
    "ignore",
    "empty",
    "format",
    "keys",
    "dates",
    "values",
    "constants",
    "columns",
    "skip",
    "record_kind",
]
_ON_ERROR: Final = (Otherwise.REJECT, Otherwise.FLAG, Otherwise.IGNORE)
_BOUNDS: Final = ("", "no_later_than", "no_earlier_than")
_ORDERS: Final = ("", "dmy", "mdy")
_LANGUAGE: Final = re.compile(r"(?=.{2,12}$)[a-z]{2,3}(-[A-Za-z0-9]{2,8}){0,2}")
_Choice = TypeVar("_Choice", bound="StrEnum")


def read_mapping(path: Path) -> Mapping:
    """Read a mapping file; raise `InvalidMapping` with all its faults."""
    try:
        if path.stat().st_size > _LARGEST:
            raise _not_toml("> 1 MiB")
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeError) as error:
        raise _not_toml(str(error)) from error
    return parse_mapping(text)


def parse_mapping(text: str) -> Mapping:
    """Read a mapping from TOML text; raise `InvalidMapping` with all its faults."""
    try:
        data = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError, ValueError) as error:
        raise _not_toml(str(error)) from error
    reader = _Reader()
    mapping = reader.mapping(data, hashlib.sha256(text.encode("utf-8", "replace")).hexdigest())
    if reader.problems:
        raise InvalidMapping(tuple(reader.problems))
    return mapping


def _not_toml(detail: str) -> InvalidMapping:
    params = (("detail", detail[:200]),)
    return InvalidMapping((Problem(Severity.ERROR, "mapping_not_toml", params=params),))


class _Reader:
    """Reads each part of a mapping and gathers what is wrong with it."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []

    def mapping(self, data: dict[str, Any], digest: str) -> Mapping:
        """Give the mapping; it may only be used where no problem was gathered."""
        self._only(data, _TOP, "")
        for name in ("id", "version"):
            if name not in data:
                self._wrong("mapping_missing", name=name)
        maps = self._table(data, "values")
        kinds = self._table(data, "record_kind")
        self._only(kinds, ["default", "otherwise", "rules"], "record_kind.")
        columns = tuple(self._column(one, maps) for one in self._tables(data, "columns"))
        if not any(
            one.field in FIELDS and FIELDS[one.field].kind is FieldKind.NAME for one in columns
        ):
            self._wrong("mapping_no_name")
        return Mapping(
            id=self._text(data, "id"),
            version=self._number(data, "version") or 0,
            title=self._text(data, "title"),
            language=self._language(data) or "en",
            format=self._format(self._table(data, "format")),
            keys=self._keys(self._table(data, "keys")),
            dates=self._dates(self._table(data, "dates")),
            columns=columns,
            constants=self._constants(self._table(data, "constants")),
            skips=tuple(self._skip(one) for one in self._tables(data, "skip")),
            kind=self._choice(kinds, "default", RecordKind, RecordKind.DETENTION),
            kinds=tuple(self._kind(one) for one in self._tables(kinds, "rules")),
            kind_otherwise=self._choice(kinds, "otherwise", Otherwise, Otherwise.KEEP),
            ignore=frozenset(self._texts(data, "ignore")),
            empty=frozenset(self._texts(data, "empty")),
            digest=digest,
        )

    def _format(self, data: dict[str, Any]) -> FormatRule:
        names = ["kind", "encoding", "delimiter", "sheet", "header_line", "records", "short_rows"]
        self._only(data, names, "format.")
        encoding = self._text(data, "encoding").lower()
        if encoding and encoding not in KNOWN_ENCODINGS:
            self._not_one_of("format.encoding", encoding, KNOWN_ENCODINGS)
            encoding = ""
        delimiter = self._text(data, "delimiter")
        if len(delimiter) > 1 or delimiter in {'"', "\n", "\r"}:
            self._not_one_of("format.delimiter", delimiter, (",", ";", "\\t", "|"))
            delimiter = ""
        line = self._number(data, "header_line")
        if line is not None and line < 1:
            self._not_one_of("format.header_line", str(line), ("1", "2", "3"))
        return FormatRule(
            self._choice(data, "kind", FileFormat, FileFormat.AUTO),
            encoding,
            delimiter,
            self._text(data, "sheet"),
            max(line or 1, 1),
            self._text(data, "records"),
            short_rows=self._yes(data, "short_rows"),
        )

    def _keys(self, data: dict[str, Any]) -> KeyRule:
        self._only(data, ["columns", "duplicates"], "keys.")
        duplicates = self._choice(data, "duplicates", Duplicates, Duplicates.REJECT)
        return KeyRule(self._texts(data, "columns"), duplicates)

    def _dates(self, data: dict[str, Any]) -> DateRule:
        names = ["formats", "order", "calendar", "earliest_year", "latest_year", "out_of_range"]
        self._only(data, names, "dates.")
        order = self._text(data, "order")
        if order not in _ORDERS:
            self._not_one_of("dates.order", order, _ORDERS[1:])
        return DateRule(
            self._formats(data),
            order,
            self._choice(data, "calendar", Calendar, Calendar.GREGORIAN),
            self._number(data, "earliest_year"),
            self._number(data, "latest_year"),
            self._choice(data, "out_of_range", Otherwise, Otherwise.REJECT),
        )

    def _formats(self, data: dict[str, Any]) -> tuple[str, ...]:
        formats = self._texts(data, "formats")
        for pattern in formats:
            wrong = bad_directives(pattern)
            if wrong:
                self._not_one_of(f"formats {pattern}", ", ".join(wrong), ("%Y", "%m", "%d", "%B"))
        return formats

    def _column(self, data: dict[str, Any], maps: dict[str, Any]) -> ColumnRule:
        names = [
            "column",
            "field",
            "values",
            "otherwise",
            "on_error",
            "part",
            "split",
            "language",
            "empty",
            "formats",
            "calendar",
            "bound",
            "required",
        ]
        self._only(data, names, "columns.")
        target = self._text(data, "field")
        if target not in FIELDS:
            self._near("mapping_field", target, FIELDS)
        if not self._text(data, "column"):
            self._wrong("mapping_missing", name="columns.column")
        on_error = self._choice(data, "on_error", Otherwise, Otherwise.REJECT)
        if on_error not in _ON_ERROR:
            self._not_one_of("columns.on_error", on_error, _ON_ERROR)
        bound = self._text(data, "bound")
        if bound not in _BOUNDS:
            self._not_one_of("columns.bound", bound, _BOUNDS[1:])
        calendar = self._choice(data, "calendar", Calendar, Calendar.GREGORIAN)
        return ColumnRule(
            column=self._text(data, "column"),
            field=target,
            values=self._values(data, maps),
            otherwise=self._choice(data, "otherwise", Otherwise, Otherwise.KEEP),
            on_error=on_error,
            part=self._choice(data, "part", Part, Part.WHOLE),
            split=self._text(data, "split"),
            language=self._language(data),
            empty=frozenset(self._texts(data, "empty")),
            formats=self._formats(data),
            calendar=calendar if "calendar" in data else None,
            bound=bound,
            required=self._yes(data, "required"),
        )

    def _values(self, data: dict[str, Any], maps: dict[str, Any]) -> dict[str, str]:
        values = data.get("values", {})
        if isinstance(values, str):
            if values not in maps:
                self._near("mapping_unknown", f"values.{values}", maps, name="name")
                return {}
            values = maps[values]
        if not isinstance(values, dict) or not all(isinstance(one, str) for one in values.values()):
            self._not_one_of("columns.values", shortened(str(values)), ('{ a = "b" }',))
            return {}
        return dict(values)

    def _constants(self, data: dict[str, Any]) -> dict[str, str]:
        for name, value in data.items():
            if name not in FIELDS:
                self._near("mapping_field", name, FIELDS)
            if not isinstance(value, str) or not value:
                self._not_one_of(f"constants.{name}", str(value), ('"text"',))
        if data.get("tier") == "A":  # one list is one source (rule K8)
            self._not_one_of("constants.tier", "A", ("B", "C", "D"))
        return {name: value for name, value in data.items() if isinstance(value, str)}

    def _skip(self, data: dict[str, Any]) -> SkipRule:
        self._only(data, ["column", "equals", "reason"], "skip.")
        for name in ("column", "equals", "reason"):
            if not data.get(name):
                self._wrong("mapping_missing", name=f"skip.{name}")
        equals = frozenset(self._texts(data, "equals"))
        return SkipRule(self._text(data, "column"), equals, self._text(data, "reason"))

    def _kind(self, data: dict[str, Any]) -> KindRule:
        self._only(data, ["column", "equals", "kind"], "record_kind.rules.")
        for name in ("column", "equals", "kind"):
            if not data.get(name):
                self._wrong("mapping_missing", name=f"record_kind.rules.{name}")
        kind = self._choice(data, "kind", RecordKind, RecordKind.DETENTION)
        return KindRule(self._text(data, "column"), frozenset(self._texts(data, "equals")), kind)

    def _only(self, data: dict[str, Any], names: list[str], where: str) -> None:
        for name in data:
            if name not in names:
                self._near("mapping_unknown", f"{where}{name}", names, name="name")

    def _text(self, data: dict[str, Any], name: str) -> str:
        value = data.get(name, "")
        if isinstance(value, str):
            return value
        self._not_one_of(name, shortened(str(value)), ('"text"',))
        return ""

    def _language(self, data: dict[str, Any]) -> str:
        language = self._text(data, "language")
        if language and not _LANGUAGE.fullmatch(language):
            self._not_one_of("language", shortened(language), ("en", "fa", "zh-Hant"))
            return ""
        return language

    def _texts(self, data: dict[str, Any], name: str) -> tuple[str, ...]:
        value = data.get(name, [])
        if isinstance(value, list) and all(isinstance(one, str) for one in value):
            return tuple(value)
        self._not_one_of(name, shortened(str(value)), ('["text"]',))
        return ()

    def _number(self, data: dict[str, Any], name: str) -> int | None:
        value = data.get(name)
        if value is None or (isinstance(value, int) and not isinstance(value, bool)):
            return value
        self._not_one_of(name, shortened(str(value)), ("1", "2"))
        return None

    def _yes(self, data: dict[str, Any], name: str) -> bool:
        value = data.get(name, False)
        if isinstance(value, bool):
            return value
        self._not_one_of(name, shortened(str(value)), ("true", "false"))
        return False

    def _table(self, data: dict[str, Any], name: str) -> dict[str, Any]:
        value = data.get(name, {})
        if isinstance(value, dict):
            return value
        self._not_one_of(name, shortened(str(value)), (f"[{name}]",))
        return {}

    def _tables(self, data: dict[str, Any], name: str) -> list[dict[str, Any]]:
        value = data.get(name, [])
        if isinstance(value, list) and all(isinstance(one, dict) for one in value):
            return value
        self._not_one_of(name, shortened(str(value)), (f"[[{name}]]",))
        return []

    def _choice(
        self, data: dict[str, Any], name: str, choices: type[_Choice], default: _Choice
    ) -> _Choice:
        value = data.get(name, default.value)
        if value in {one.value for one in choices if isinstance(value, str)}:
            return choices(value)
        self._not_one_of(name, shortened(str(value)), [one.value for one in choices])
        return default

    def _near(self, code: str, value: str, known: Table[str, Any] | list[str], **as_: str) -> None:
        near = difflib.get_close_matches(value.rpartition(".")[2], list(known), n=3, cutoff=0.5)
        near = near or difflib.get_close_matches(value, list(known), n=3, cutoff=0.5)
        self._wrong(code, **{as_.get("name", "value"): value, "near": ", ".join(near) or "—"})

    def _not_one_of(self, name: str, value: str, choices: Iterable[str]) -> None:
        self._wrong("mapping_wrong", name=name, value=value, choices=", ".join(sorted(choices)))

    def _wrong(self, code: str, **params: str) -> None:
        value = params.get("value", "")
        column = params.get("name", "")
        self.problems.append(Problem(Severity.ERROR, code, 0, column, value, tuple(params.items())))
