"""One raw row after another, through a compiled mapping: values, kind, key and problems."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, cast

from undaunted.prisoners.registry.readers.converters import Context, compile_rule
from undaunted.prisoners.registry.readers.crosschecks import cross_check
from undaunted.prisoners.registry.readers.hygiene import clean_text
from undaunted.prisoners.registry.readers.problems import UnreadableFile
from undaunted.prisoners.registry.rules.import_rows import (
    Finding,
    ImportRow,
    Problem,
    RecordKind,
    Severity,
    Value,
    shortened,
)
from undaunted.prisoners.registry.rules.mapping import (
    FIELDS,
    ColumnRule,
    Duplicates,
    FieldKind,
    Mapping,
    Otherwise,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from undaunted.prisoners.registry.readers.converters import Convert, Read
    from undaunted.prisoners.registry.readers.tables import RawRow, Table

__all__ = ["NAMES", "RowReader"]

NAMES = "person.names"
"""Where a row's values gather all names, whatever their kind."""
_NOTHING: Final[Read] = (None, ())


@dataclass(frozen=True, slots=True)
class _Plan:
    """One compiled column rule."""

    index: int
    column: str
    target: str
    convert: Convert
    gathers: bool
    required: bool


class RowReader:
    """Reads one raw row after another; remembers the source keys it has seen."""

    def __init__(
        self, mapping: Mapping, indexes: dict[str, int], table: Table, context: Context
    ) -> None:
        self._mapping = mapping
        self._sheet = table.sheet
        self._width = len(table.header)
        self._today = context.today
        self._keys = [indexes[name] for name in mapping.keys.columns]
        self._skips = [(indexes[one.column], one.equals, one.reason) for one in mapping.skips]
        self._kinds = [(indexes[one.column], one) for one in mapping.kinds]
        self._plans = [
            self._plan(one, indexes[one.column], context)
            for one in mapping.columns
            if one.column in indexes
        ]
        self._constants = self._read_constants(context)
        self._has_start = any(one.target == "spell.start" for one in self._plans)
        self._seen: dict[str, tuple[int, int]] = {}

    def read(self, raw: RawRow) -> ImportRow:
        """Give the row as it may go in, be passed over, or be refused."""
        line, cells, broken = raw
        if broken is not None:
            return self._refused(line, cells, broken)
        if len(cells) != self._width:
            wrong = self._fit(cells)
            if wrong is not None:
                return self._refused(line, cells, wrong)
        for index, equals, reason in self._skips:
            if cells[index].strip() in equals:
                return ImportRow(
                    line, self._sheet, "", self._mapping.kind, {}, (), reason, tuple(cells)
                )
        problems: list[Problem] = []
        key, repeated = self._key(line, cells, problems)
        kind = self._kind(line, cells, problems)
        values: dict[str, Value] = {}
        if not repeated:
            refused = self._values(line, cells, values, problems)
            self._complete(line, kind, values, problems, refused)
        return ImportRow(
            line, self._sheet, key, kind, values, tuple(problems), repeated, tuple(cells)
        )

    def _plan(self, rule: ColumnRule, index: int, context: Context) -> _Plan:
        spec = FIELDS[rule.field]
        target = NAMES if spec.kind is FieldKind.NAME else rule.field
        convert = compile_rule(rule, self._mapping, context)
        return _Plan(index, rule.column, target, convert, spec.repeated, rule.required)

    def _read_constants(self, context: Context) -> dict[str, Value]:
        values: dict[str, Value] = {}
        for name, text in self._mapping.constants.items():
            rule = ColumnRule(column="", field=name)
            value, found = compile_rule(rule, self._mapping, context)(text)
            if value is None or found:
                code = found[0].code if found else "missing_value"
                raise UnreadableFile("bad_constant", field=name, value=text, problem=code)
            values[name] = value
        return values

    def _refused(self, line: int, cells: list[str], finding: Finding) -> ImportRow:
        value = shortened(next(filter(None, cells), ""))
        problem = Problem(
            finding.severity, finding.code, line, "", value, finding.params, self._sheet
        )
        return ImportRow(
            line, self._sheet, "", self._mapping.kind, {}, (problem,), "", tuple(cells)
        )

    def _fit(self, cells: list[str]) -> Finding | None:
        """Make the row as wide as the header, or say why that would be wrong."""
        given = len(cells)
        while len(cells) > self._width and not cells[-1].strip():
            cells.pop()
        if len(cells) < self._width and (self._sheet or self._mapping.format.short_rows):
            cells.extend([""] * (self._width - len(cells)))
        if len(cells) == self._width:
            return None
        code = "short_row" if given < self._width else "long_row"
        params = (("cells", str(given)), ("columns", str(self._width)))
        return Finding(Severity.ERROR, code, params)

    def _key(self, line: int, cells: list[str], problems: list[Problem]) -> tuple[str, str]:
        """Give the source key, and the skip reason where the row stands in the file already."""
        if not self._keys:
            text = "\x1f".join(cells).encode("utf-8", "surrogatepass")
            key = f"content:{hashlib.blake2b(text, digest_size=16).hexdigest()}"
        else:
            key = "|".join([clean_text(cells[index])[0] for index in self._keys])
            if not key.strip("|"):
                columns = ", ".join(self._mapping.keys.columns)
                self._error(problems, line, "missing_key", columns=columns)
                return "", ""
        print_ = hash(tuple(cells))
        first = self._seen.setdefault(key, (line, print_))
        if first[0] == line:
            return key, ""
        if first[1] == print_ and self._mapping.keys.duplicates is Duplicates.SKIP_IDENTICAL:
            return key, "identical_row"
        self._error(problems, line, "duplicate_key", key=shortened(key), first=first[0], line_=line)
        return key, ""

    def _kind(self, line: int, cells: list[str], problems: list[Problem]) -> RecordKind:
        for index, rule in self._kinds:
            if cells[index].strip() in rule.equals:
                return rule.kind
        if self._kinds and self._mapping.kind_otherwise is not Otherwise.KEEP:
            index, rule = self._kinds[0]
            problems.append(
                Problem(
                    Severity.ERROR,
                    "unknown_kind",
                    line,
                    rule.column,
                    shortened(cells[index]),
                    (),
                    self._sheet,
                )
            )
        return self._mapping.kind

    def _values(
        self, line: int, cells: list[str], values: dict[str, Value], problems: list[Problem]
    ) -> set[str]:
        """Fill in what the cells say; give the fields of which a cell rejects the row."""
        refused: set[str] = set()
        for plan in self._plans:
            raw = cells[plan.index]
            value, found = plan.convert(raw) if raw else _NOTHING
            if found and self._told(found, line, plan.column, raw, problems):
                refused.add(plan.target)
            if value is not None:
                if plan.target in values:
                    self._keep(plan, value, values, problems, (line, raw))
                else:
                    values[plan.target] = value
            elif plan.required and not found and plan.target not in values:
                self._error(problems, line, "missing_value", column_=plan.column)
        for name, constant in self._constants.items():
            values.setdefault(name, constant)
        return refused

    def _keep(
        self,
        plan: _Plan,
        value: Value,
        values: dict[str, Value],
        problems: list[Problem],
        where: tuple[int, str],
    ) -> None:
        kept = values[plan.target]
        if plan.gathers:
            values[plan.target] = _gathered(kept, value)
        elif kept != value:
            problems.append(self._conflict(plan, *where, kept, value))

    def _complete(
        self,
        line: int,
        kind: RecordKind,
        values: dict[str, Value],
        problems: list[Problem],
        refused: set[str],
    ) -> None:
        if NAMES not in values and NAMES not in refused:
            self._error(problems, line, "missing_name")
        found = cross_check(kind, values, self._today, has_start=self._has_start, refused=refused)
        problems.extend(
            Problem(one.severity, one.code, line, "", "", one.params, self._sheet) for one in found
        )

    def _told(
        self, found: Sequence[Finding], line: int, column: str, raw: str, problems: list[Problem]
    ) -> bool:
        """Add what was found in a cell, once; give whether it rejects the row."""
        for one in found:
            problem = self._in_cell(one, line, column, raw)
            if problem not in problems:
                problems.append(problem)
        return any(one.severity is Severity.ERROR for one in found)

    def _in_cell(self, found: Finding, line: int, column: str, raw: str) -> Problem:
        return Problem(
            found.severity, found.code, line, column, shortened(raw), found.params, self._sheet
        )

    def _conflict(self, plan: _Plan, line: int, raw: str, kept: Value, value: Value) -> Problem:
        params = (("field", plan.target), ("kept", _shown(kept)), ("other", _shown(value)))
        finding = Finding(Severity.WARNING, "conflicting_values", params)
        return self._in_cell(finding, line, plan.column, raw)

    def _error(self, problems: list[Problem], line: int, code: str, **params: object) -> None:
        column = str(params.pop("column_", ""))
        named = tuple((name.rstrip("_"), str(value)) for name, value in params.items())
        problems.append(Problem(Severity.ERROR, code, line, column, "", named, self._sheet))


def _gathered(kept: Value, more: Value) -> Value:
    together = dict.fromkeys((*cast("tuple[str, ...]", kept), *cast("tuple[str, ...]", more)))
    return tuple(together)


def _shown(value: Value) -> str:
    text = getattr(value, "text", None)
    return shortened(text if isinstance(text, str) else str(value))
