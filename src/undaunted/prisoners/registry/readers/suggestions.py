"""A first draft of a mapping, from the header's words and the shape of the values.

The draft is TOML a person reads, corrects and saves: every guess says in a comment what it rests
on, and what was not recognised stands there commented out, so that nothing is read by accident.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections import Counter
from dataclasses import dataclass
from functools import cache
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Final

from undaunted.prisoners.registry.readers.date_texts import DateRefused, DateTexts
from undaunted.prisoners.registry.readers.files import ANY_FORMAT, open_table
from undaunted.prisoners.registry.readers.hygiene import clean_text
from undaunted.prisoners.registry.readers.limits import LIMITS, Limits
from undaunted.prisoners.registry.readers.problems import UnreadableFile
from undaunted.prisoners.registry.rules.import_rows import shortened
from undaunted.prisoners.registry.rules.mapping import FIELDS, FieldKind

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from undaunted.prisoners.registry.readers.tables import Table
    from undaunted.prisoners.registry.rules.mapping import FormatRule

__all__ = ["suggest_mapping"]

_SAMPLE: Final = 500
_SHOWN_VALUES: Final = 12
_MOST: Final = 0.8
_NOT_WORDS: Final = re.compile(r"[\W_]+")
_SLASHED: Final = re.compile(r"(\d{1,2})/(\d{1,2})/\d{4}")
_MONTHS_IN_YEAR: Final = 12
_PACK: Final = Path(__file__).parents[1] / "packs" / "import_headers.toml"
_KEY_WORDS: Final = frozenset(
    ["id", "key", "code", "number", "no", "ref", "reference", "caseid", "uid", "номер", "编号"]
)
_DATES: Final = DateTexts()
_GENDERS: Final = {
    **dict.fromkeys(
        ["m", "male", "man", "h", "homme", "hombre", "м", "муж", "мужской", "ذكر", "مرد", "男"],
        "male",
    ),
    **dict.fromkeys(
        ["f", "female", "woman", "femme", "mujer", "ж", "жен", "женский", "أنثى", "زن", "女"],
        "female",
    ),
}
_KILLED: Final = frozenset(
    ["killed", "murdered", "dead", "tué", "muerto", "asesinado", "убит", "مقتول", "قتل"]
)


@dataclass(frozen=True, slots=True)
class _Column:
    """One column of the sample and what we make of it."""

    name: str
    values: Counter[str]
    filled: int

    def share(self, test: Callable[[str], bool]) -> float:
        """Give the share of filled cells that pass a test."""
        if not self.filled:
            return 0.0
        return sum(times for value, times in self.values.items() if test(value)) / self.filled


@dataclass(frozen=True, slots=True)
class _Guess:
    field: str
    why: str


def suggest_mapping(
    path: Path,
    *,
    find_country: Callable[[str], str | None],
    rule: FormatRule = ANY_FORMAT,
    limits: Limits = LIMITS,
) -> str:
    """Give a commented mapping for the file; refuse it where no column holds persons' names."""
    with open_table(path, rule, limits) as table:
        columns = _sampled(table)
        guesses = {one.name: _guess(one, find_country) for one in columns}
        if not any(guess and guess.field.startswith("person.name") for guess in guesses.values()):
            found = ", ".join(shortened(one.name, 30) for one in columns[:20])
            raise UnreadableFile("no_person_column", found=found)
        return "\n".join(_draft(path, table, columns, guesses))


def _sampled(table: Table) -> list[_Column]:
    header = [clean_text(name)[0] for name in table.header]
    counters: list[Counter[str]] = [Counter() for _ in header]
    for _line, cells, problem in islice(table.rows(), _SAMPLE):
        if problem is None:
            for counter, cell in zip(counters, cells, strict=False):
                text = clean_text(cell[:200])[0]
                if text:
                    counter[text] += 1
    named: dict[str, _Column] = {}
    for name, counter in zip(header, counters, strict=True):
        if name:
            named.setdefault(name, _Column(name, counter, counter.total()))
    return list(named.values())


def _guess(column: _Column, find_country: Callable[[str], str | None]) -> _Guess | None:
    by_word = _words().get(_plain(column.name)) or _words().get(
        _plain(column.name.rpartition(".")[2])
    )
    if by_word == "spell.sentence" and column.share(_is_date) >= _MOST / 2:
        return _Guess("spell.expected_release", "values are dates, not terms")
    if by_word and _fits(by_word, column, find_country):
        return _Guess(by_word, "the column's name")
    if by_word == "person.name.full" or (by_word and not column.filled):
        return _Guess(by_word, "the column's name")
    return _guess_from_values(column, find_country)


def _guess_from_values(column: _Column, find_country: Callable[[str], str | None]) -> _Guess | None:
    if column.share(lambda text: text.startswith(("http://", "https://"))) >= _MOST:
        return _Guess("source.url", "values are web addresses")
    if column.share(lambda text: text.casefold() in _GENDERS) >= _MOST:
        return _Guess("person.gender", "values are words for genders")
    if column.share(lambda text: len(text) > 1 and find_country(text) is not None) >= _MOST:
        return _Guess("spell.country", "values are countries")
    return None


def _fits(field: str, column: _Column, find_country: Callable[[str], str | None]) -> bool:
    """Whether the values can be what the column's name says."""
    kind = FIELDS[field].kind
    if kind is FieldKind.DATE:
        return column.share(_is_date) >= _MOST / 2
    if kind is FieldKind.URL:
        return column.share(lambda text: text.startswith("http")) >= _MOST / 2
    if kind is FieldKind.COUNTRY:
        return column.share(lambda text: find_country(text) is not None) >= _MOST / 2
    if kind is FieldKind.NAME:
        return column.share(lambda text: any(map(str.isalpha, text))) >= _MOST
    return True


def _is_date(text: str) -> bool:
    try:
        _DATES.read(text)
    except DateRefused as refused:
        return refused.code == "ambiguous_date"
    return True


def _draft(
    path: Path,
    table: Table,
    columns: list[_Column],
    guesses: dict[str, _Guess | None],
) -> Iterator[str]:
    yield "# A draft made from the file. Read every line; correct what is wrong; then save it."
    yield f"id = {_quoted(re.sub(r'[^a-z0-9]+', '-', path.stem.lower()).strip('-') or 'list')}"
    yield "version = 1"
    yield f"title = {_quoted(path.name)}"
    yield 'language = "en"   # the language of names and months; change it'
    yield ""
    yield "[format]"
    yield f"kind = {_quoted(table.format)}"
    for name, value in (
        ("encoding", table.encoding.removesuffix("-sig")),
        ("delimiter", table.delimiter),
        ("sheet", table.sheet),
        ("records", table.records),
    ):
        if value:
            yield f"{name} = {_quoted(value)}"
    yield ""
    yield from _key_draft(columns, guesses)
    yield "[dates]"
    yield from _order_draft(columns, guesses)
    yield "# earliest_year = 1990   # years before this are mistakes of the list"
    yield ""
    yield from _skip_draft(columns)
    for column in columns:
        yield from _column_draft(column, guesses[column.name])


def _key_draft(columns: list[_Column], guesses: dict[str, _Guess | None]) -> Iterator[str]:
    most = max(one.filled for one in columns)
    unique = [one for one in columns if one.filled == most == len(one.values)]
    named = [one for one in unique if _plain(one.name) in _KEY_WORDS]
    urls = [one for one in unique if getattr(guesses[one.name], "field", "") == "source.url"]
    chosen = next(iter(named or urls), None)
    yield "[keys]"
    if chosen is None:
        yield "# No column looks like a key that stays the same when a row is corrected."
        yield "# columns = []"
    else:
        yield f"# every value in the first {_SAMPLE} rows is different"
        yield f"columns = [{_quoted(chosen.name)}]"
    yield ""


def _order_draft(columns: list[_Column], guesses: dict[str, _Guess | None]) -> Iterator[str]:
    """Find out from days beyond 12 whether the day or the month comes first."""
    first = second = False
    for column in columns:
        guess = guesses[column.name]
        if guess and FIELDS[guess.field].kind is FieldKind.DATE:
            for found in filter(None, map(_SLASHED.fullmatch, column.values)):
                first |= int(found[1]) > _MONTHS_IN_YEAR
                second |= int(found[2]) > _MONTHS_IN_YEAR
    if first != second:
        yield f'order = "{"dmy" if first else "mdy"}"   # some days lie beyond 12'
    else:
        yield '# order = "dmy"   # or "mdy": which comes first in 03/04/2020'


def _skip_draft(columns: list[_Column]) -> Iterator[str]:
    for column in columns:
        killed = [value for value in column.values if value.casefold() in _KILLED]
        if killed:
            yield "# A death is not a detention: these rows must not become prisoners."
            yield "[[skip]]"
            yield f"column = {_quoted(column.name)}"
            yield f"equals = [{', '.join(map(_quoted, killed))}]"
            yield 'reason = "killed_not_detained"'
            yield ""


def _column_draft(column: _Column, guess: _Guess | None) -> Iterator[str]:
    common = [value for value, _ in column.values.most_common(3)]
    shown = " | ".join(shortened(value, 40) for value in common)
    yield _comment(f"for example: {shown}" if shown else "empty in the sample")
    if guess is None:
        yield "# [[columns]]   # not recognised: choose a field, or list the column under ignore"
        yield _comment(f"column = {_quoted(column.name)}")
        yield '# field = ""'
    else:
        yield f"[[columns]]   # because of {guess.why}"
        yield f"column = {_quoted(column.name)}"
        yield f"field = {_quoted(guess.field)}"
        yield from _values_draft(column, guess.field)
    yield ""


def _values_draft(column: _Column, field: str) -> Iterator[str]:
    spec = FIELDS[field]
    if field == "person.gender":
        known = {value: _GENDERS.get(value.casefold(), "") for value in column.values}
        pairs = ", ".join(f"{_quoted(one)} = {_quoted(to)}" for one, to in known.items() if to)
        if pairs:
            yield f"values = {{ {pairs} }}"
    elif spec.kind is FieldKind.CHOICE:
        yield _comment(f"choices: {', '.join(sorted(spec.choices))}")
        yield "# each value of the list needs its line in a value map:"
        for value, _ in column.values.most_common(_SHOWN_VALUES):
            yield _comment(f"values.{_quoted(value)} = ")
        yield 'otherwise = "flag"'
    elif spec.kind is FieldKind.SENTENCE:
        yield 'on_error = "flag"   # sentences we cannot read are shown, not lost'


def _comment(text: str) -> str:
    return f"# {shortened(text, 200)}"


def _quoted(text: str) -> str:
    """Give a TOML string, whatever the text holds."""
    out = []
    for character in text.encode("utf-8", "replace").decode("utf-8"):
        if character in '"\\':
            out.append(f"\\{character}")
        elif character.isprintable():
            out.append(character)
        else:
            point = ord(character)
            out.append(f"\\u{point:04x}" if point <= 0xFFFF else f"\\U{point:08x}")  # noqa: PLR2004
    return f'"{"".join(out)}"'


def _plain(text: str) -> str:
    return _NOT_WORDS.sub("", unicodedata.normalize("NFKC", text).casefold())


@cache
def _words() -> dict[str, str]:
    words: dict[str, str] = {}
    for field, entry in tomllib.loads(_PACK.read_text(encoding="utf-8")).items():
        for word in entry["words"]:
            words.setdefault(_plain(word), field)
    return words
