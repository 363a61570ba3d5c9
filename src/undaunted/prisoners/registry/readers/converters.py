"""Column rules turned into fast functions: text in, cleaned value and findings out.

Each compiled column remembers what it has read, so that a list of two hundred thousand rows parses
each distinct date, country or role once. The memory is bounded; a column of ever new values (names,
addresses) fills it and is then read without.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final, cast

from undaunted.core.actors.rules.partial_date import PartialDate, UnreadableDate
from undaunted.prisoners.registry.readers.date_texts import DateRefused, DateTexts
from undaunted.prisoners.registry.readers.hygiene import clean_text
from undaunted.prisoners.registry.readers.scripts import script_of, scripts_in
from undaunted.prisoners.registry.readers.sentences import read_sentence
from undaunted.prisoners.registry.rules.import_rows import (
    Finding,
    ImportedName,
    Severity,
    Value,
)
from undaunted.prisoners.registry.rules.mapping import (
    FIELDS,
    ColumnRule,
    FieldKind,
    FieldSpec,
    Mapping,
    Otherwise,
    Part,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date

    from undaunted.prisoners.registry.readers.limits import Limits

    Read = tuple[Value | None, tuple[Finding, ...]]
    Convert = Callable[[str], Read]

__all__ = ["Context", "compile_rule"]

_REMEMBERED: Final = 20_000
_LONGEST_REMEMBERED: Final = 200
_FEW_VALUES: Final = frozenset({FieldKind.DATE, FieldKind.COUNTRY, FieldKind.CHOICE})
_EMPTY: Final = frozenset({"-", "\u2013", "\u2014", "--"})
_PARENTHESES: Final = re.compile(
    "[(\uff08\u3010\\[]([^()\uff08\uff09\u3010\u3011\\[\\]]*)[)\uff09\u3011\\]]"
)
_LONGEST_NAME: Final = 300
_LONGEST_URL: Final = 1_000
_LONGEST_LANGUAGE: Final = 12
_OLDEST_BIRTH: Final = 1850
_URL: Final = re.compile(r"https?://(?:[\w-]+\.)+[\w-]{2,63}(?::\d{1,5})?(?:[/?#]\S*)?")
_GRADE: Final = re.compile(r"[A-F][1-6]")
_LANGUAGE: Final = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}", re.ASCII)
_YES: Final = frozenset(
    ["yes", "y", "true", "1", "1.0", "是", "有", "да", "oui", "sí", "si", "ja", "نعم", "بله"]
)
_NO: Final = frozenset(
    ["no", "n", "false", "0", "0.0", "否", "无", "нет", "non", "nein", "لا", "خیر"]
)
_DIGIT: Final = re.compile(r"\d")
_WORDS: Final = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class Context:
    """What converters need from outside: the day it is, the countries, the bounds."""

    today: date
    find_country: Callable[[str], str | None]
    near_countries: Callable[[str], Sequence[str]]
    limits: Limits


class _Refused(ValueError):
    def __init__(self, code: str, **params: str) -> None:
        super().__init__(code)
        self.code = code
        self.params = tuple(params.items())


def compile_rule(rule: ColumnRule, mapping: Mapping, context: Context) -> Convert:
    """Give the remembering function that reads one column as its rule says."""
    return _ColumnReader(rule, mapping, context).convert


class _ColumnReader:
    """Reads the cells of one column; remembers while remembering pays."""

    __slots__ = ("_empty", "_full", "_longest", "_mapped", "_memory", "_read", "_rule", "_spec")

    def __init__(self, rule: ColumnRule, mapping: Mapping, context: Context) -> None:
        self._rule = rule
        self._spec = FIELDS[rule.field]
        self._read = _reader(rule, self._spec, mapping, context)
        self._mapped = {**{one.casefold(): to for one, to in rule.values.items()}, **rule.values}
        self._empty = _EMPTY | mapping.empty | rule.empty
        self._longest = context.limits.cell_characters
        self._memory: dict[str, Read] = {}
        self._full = False

    def convert(self, raw: str) -> Read:
        """Give the value of one cell, None where it tells nothing, and what was found."""
        known = self._memory.get(raw)
        if known is not None:
            return known
        read = self._read_cell(raw)
        if not self._full and len(raw) <= _LONGEST_REMEMBERED:
            self._memory[raw] = read
            if len(self._memory) >= _REMEMBERED:
                self._full = True
                if self._spec.kind not in _FEW_VALUES:
                    self._memory.clear()
        return read

    def _read_cell(self, raw: str) -> Read:
        if len(raw) > self._longest:
            params = (("length", str(len(raw))), ("limit", str(self._longest)))
            return None, (Finding(Severity.ERROR, "cell_too_long", params),)
        text, found = clean_text(raw)
        if self._rule.part is not Part.WHOLE:
            text = _part(text, self._rule.part)
        if not text or text in self._empty:
            return None, found
        if self._rule.split and self._spec.repeated:
            return self._read_several(text, found)
        value, more = self._read_text(text) if self._mapped else self._try(text)
        if self._spec.repeated and value is not None:
            value = (value,) if isinstance(value, str) else _distinct(value)
        return value, found + more

    def _read_several(self, text: str, found: tuple[Finding, ...]) -> Read:
        values: dict[str | ImportedName, None] = {}
        for piece in map(str.strip, text.split(self._rule.split)):
            if piece and piece not in self._empty:
                value, more = self._read_text(piece)
                found += more
                if isinstance(value, tuple):
                    values.update(dict.fromkeys(value))
                elif isinstance(value, str):
                    values[value] = None
        return cast("Value", tuple(values)) if values else None, found

    def _read_text(self, text: str) -> Read:
        if self._mapped:
            known = self._mapped.get(text, self._mapped.get(text.casefold()))
            if known == "":
                return None, ()
            if known is None and self._rule.otherwise is not Otherwise.KEEP:
                return None, _not_mapped(self._rule)
            text = text if known is None else known
        return self._try(text)

    def _try(self, text: str) -> Read:
        try:
            return self._read(text)
        except _Refused as refused:
            if self._rule.on_error is Otherwise.IGNORE:
                return None, ()
            flagged = self._rule.on_error is Otherwise.FLAG
            severity = Severity.WARNING if flagged else Severity.ERROR
            return None, (Finding(severity, refused.code, refused.params),)


def _distinct(value: Value) -> Value:
    if not isinstance(value, tuple) or len(value) == 1:
        return value
    return cast("Value", tuple(dict.fromkeys(value)))


def _not_mapped(rule: ColumnRule) -> tuple[Finding, ...]:
    if rule.otherwise is Otherwise.IGNORE:
        return ()
    severity = Severity.ERROR if rule.otherwise is Otherwise.REJECT else Severity.WARNING
    choices = ", ".join(sorted(rule.values)[:12])
    params = (("field", rule.field), ("choices", choices))
    return (Finding(severity, "unknown_value", params),)


def _part(text: str, part: Part) -> str:
    if part is Part.WHOLE:
        return text
    if part is Part.OUTSIDE_PARENTHESES:
        return _PARENTHESES.sub(" ", text).strip()
    if part is Part.INSIDE_PARENTHESES:
        found = _PARENTHESES.search(text)
        return found[1].strip() if found else ""
    if part is Part.LAST_AFTER_COMMA:
        return text.rpartition(",")[2].strip()
    before, _, after = text.partition(",")
    return (before if part is Part.BEFORE_COMMA else after).strip()


def _reader(rule: ColumnRule, spec: FieldSpec, mapping: Mapping, context: Context) -> Convert:
    if spec.kind is FieldKind.DATE:
        return _date_reader(rule, spec, mapping, context)
    if spec.kind is FieldKind.NAME:
        kind, language = rule.field.rpartition(".")[2], rule.language or mapping.language
        return lambda text: _read_name(text, kind, language)
    if spec.kind is FieldKind.COUNTRY:
        return lambda text: _read_country(text, context)
    if spec.kind is FieldKind.CHOICE:
        return lambda text: _read_choice(text, spec)
    if spec.kind is FieldKind.TEXT:
        return lambda text: _read_plain(text, spec)
    return _PLAIN[spec.kind]


def _date_reader(rule: ColumnRule, spec: FieldSpec, mapping: Mapping, context: Context) -> Convert:
    dates = mapping.dates
    languages = dict.fromkeys((rule.language or mapping.language, "en"))
    texts = DateTexts(
        rule.formats or dates.formats,
        dates.order,
        rule.calendar or dates.calendar,
        tuple(languages),
    )
    severity = Severity.WARNING if dates.out_of_range is Otherwise.FLAG else Severity.ERROR

    def read(text: str) -> Read:
        try:
            found = texts.read(text)
        except DateRefused as refused:
            raise _Refused(refused.code, detail=refused.detail or text) from refused
        beyond = _beyond(found, spec, mapping, context.today)
        if beyond is not None:
            return None, (replace(beyond, severity=severity),)
        return _bounded(found, rule.bound), ()

    return read


def _beyond(found: PartialDate, spec: FieldSpec, mapping: Mapping, today: date) -> Finding | None:
    first, last, dates = found.earliest, found.latest, mapping.dates
    earliest = dates.earliest_year if spec.name != "person.birth" else None
    params: tuple[tuple[str, str], ...]
    if last and earliest and last.year < earliest:
        params = (("year", str(last.year)), ("earliest", str(earliest)))
        return Finding(Severity.ERROR, "year_too_early", params)
    if spec.name == "person.birth" and last and last.year < _OLDEST_BIRTH:
        return Finding(Severity.ERROR, "birth_implausible", (("year", str(last.year)),))
    latest = dates.latest_year or (today.year + 120)
    if first and first.year > latest:
        params = (("year", str(first.year)), ("latest", str(latest)))
        return Finding(Severity.ERROR, "year_too_late", params)
    if first and first > today and not spec.future:
        return Finding(Severity.ERROR, "date_in_future", (("today", today.isoformat()),))
    return None


def _bounded(found: PartialDate, bound: str) -> PartialDate:
    try:
        if bound == "no_later_than" and found.latest:
            return PartialDate.parse(f"../{found.latest.isoformat()}")
        if bound == "no_earlier_than" and found.earliest:
            return PartialDate.parse(f"{found.earliest.isoformat()}/..")
    except UnreadableDate as error:
        raise _Refused("unreadable_date", detail=error.reason) from error
    return found


def _read_name(text: str, kind: str, language: str) -> Read:
    if len(text) > _LONGEST_NAME:
        raise _Refused("name_too_long", length=str(len(text)))
    if text.isascii() and text.replace(" ", "").isalpha():
        return (ImportedName(text, kind, language, "Latn"),), ()
    if not text.isalpha() and not any(map(str.isalpha, text)):
        raise _Refused("name_without_letters")
    found = []
    if "?" in text or "\uff1f" in text:
        found.append(Finding(Severity.WARNING, "question_mark_in_name"))
    if _DIGIT.search(text):
        found.append(Finding(Severity.WARNING, "digits_in_name"))
    every = frozenset({"Latn"}) if text.isascii() else scripts_in(text)
    if len(every) == 1:
        return (ImportedName(text, kind, language, *every),), tuple(found)
    for word in _WORDS.findall(text):
        scripts = scripts_in(word)
        if len(scripts) > 1:
            params = (("scripts", ", ".join(sorted(scripts))),)
            found.append(Finding(Severity.WARNING, "mixed_scripts", params))
    return (ImportedName(text, kind, language, script_of(text)),), tuple(found)


def _read_country(text: str, context: Context) -> Read:
    code = context.find_country(text)
    if code is None:
        near = ", ".join(context.near_countries(text))
        raise _Refused("unknown_country", near=near) if near else _Refused("no_such_country")
    return code, ()


def _read_choice(text: str, spec: FieldSpec) -> Read:
    plain = text.casefold().replace(" ", "_").replace("-", "_")
    for candidate in (text, plain, plain.upper()):
        if candidate in spec.choices:
            return candidate, ()
    raise _Refused("unknown_value", field=spec.name, choices=", ".join(sorted(spec.choices)))


def _read_plain(text: str, spec: FieldSpec) -> Read:
    if len(text) <= spec.longest:
        return text, ()
    params = (("length", str(len(text))), ("limit", str(spec.longest)))
    return text[: spec.longest].rstrip(), (Finding(Severity.WARNING, "text_shortened", params),)


def _read_flag(text: str) -> Read:
    plain = text.casefold()
    if plain in _YES:
        return True, ()
    if plain in _NO:
        return False, ()
    raise _Refused("not_yes_or_no")


def _read_url(text: str) -> Read:
    found = text.split()
    for one in found:
        if len(one) > _LONGEST_URL or not _URL.fullmatch(one):
            raise _Refused("bad_url")
    return tuple(found), ()


def _read_grade(text: str) -> Read:
    if not _GRADE.fullmatch(text.upper()):
        raise _Refused("bad_grade")
    return text.upper(), ()


def _read_language(text: str) -> Read:
    if len(text) > _LONGEST_LANGUAGE or not _LANGUAGE.fullmatch(text):
        raise _Refused("bad_language")
    return text, ()


def _read_sentence(text: str) -> Read:
    found = read_sentence(text)
    if found is None:
        raise _Refused("bad_sentence")
    return found, ()


_PLAIN: Final[dict[FieldKind, Convert]] = {
    FieldKind.FLAG: _read_flag,
    FieldKind.URL: _read_url,
    FieldKind.GRADE: _read_grade,
    FieldKind.LANGUAGE: _read_language,
    FieldKind.SENTENCE: _read_sentence,
}
