"""A first draft of a mapping, from the header's words and the shape of the values.

The draft is TOML a person reads, corrects and saves: every guess says in a comment what it rests
on, and what was not recognised stands there commented out, so that nothing is read by accident.
"""

from __future__ import annotations

import tomllib
from collections import Counter
from dataclasses import replace
from functools import cache
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Final

from undaunted.prisoners.registry.readers.files import ANY_FORMAT, open_table
from undaunted.prisoners.registry.readers.hygiene import clean_text
from undaunted.prisoners.registry.readers.limits import LIMITS, Limits
from undaunted.prisoners.registry.readers.mapping_drafts import (
    GENDERS,
    SAMPLE,
    Column,
    Guess,
    draft_lines,
    is_date,
    plain,
)
from undaunted.prisoners.registry.readers.problems import UnreadableFile
from undaunted.prisoners.registry.rules.import_rows import shortened
from undaunted.prisoners.registry.rules.mapping import FIELDS, FieldKind

if TYPE_CHECKING:
    from collections.abc import Callable

    from undaunted.prisoners.registry.readers.tables import Table
    from undaunted.prisoners.registry.rules.mapping import FormatRule

__all__ = ["suggest_mapping"]

_MOST: Final = 0.8
_PACK: Final = Path(__file__).parents[1] / "packs" / "import_headers.toml"


def suggest_mapping(
    path: Path,
    *,
    find_country: Callable[[str], str | None],
    file_name: str = "",
    rule: FormatRule = ANY_FORMAT,
    limits: Limits = LIMITS,
) -> str:
    """Give a commented mapping for the file; refuse it where no column holds persons' names.

    `file_name` is what its owner calls it, where it lies under another name.
    """
    with open_table(path, rule, limits) as opened:
        table, columns = _inside_records(opened, _sampled(opened))
        guesses = {one.name: _guess(one, find_country) for one in columns}
        _take_the_only_dates(columns, guesses)
        if not any(guess and guess.field.startswith("person.name") for guess in guesses.values()):
            found = ", ".join(shortened(one.name, 30) for one in columns[:20])
            raise UnreadableFile("no_person_column", found=found)
        return "\n".join(draft_lines(file_name or path.name, table, columns, guesses))


def _sampled(table: Table) -> list[Column]:
    header = [clean_text(name)[0] for name in table.header]
    counters: list[Counter[str]] = [Counter() for _ in header]
    for _line, cells, problem in islice(table.rows(), SAMPLE):
        if problem is None:
            for counter, cell in zip(counters, cells, strict=False):
                text = clean_text(cell[:200])[0]
                if text:
                    counter[text] += 1
    named: dict[str, Column] = {}
    for name, counter in zip(header, counters, strict=True):
        if name:
            named.setdefault(name, Column(name, counter, counter.total()))
    return list(named.values())


def _inside_records(table: Table, columns: list[Column]) -> tuple[Table, list[Column]]:
    """Name the part of a JSON record that holds nearly all of it, and its columns without it."""
    prefixes = Counter(one.name.partition(".")[0] for one in columns if "." in one.name)
    ((prefix, times),) = prefixes.most_common(1) or ((("", 0)),)
    if not table.records.endswith("[]") or times < _MOST * len(columns):
        return table, columns
    inner = [
        replace(one, name=one.name.removeprefix(f"{prefix}."))
        for one in columns
        if one.name.startswith(f"{prefix}.")
    ]
    return replace(table, records=f"{table.records}.{prefix}"), inner


def _take_the_only_dates(columns: list[Column], guesses: dict[str, Guess | None]) -> None:
    """Take the one column of days that nothing else explains for the arrest."""
    if any(guess and guess.field == "spell.start" for guess in guesses.values()):
        return
    dated = [one for one in columns if guesses[one.name] is None and one.share(_is_day) >= _MOST]
    if len(dated) == 1:
        guesses[dated[0].name] = Guess(
            "spell.start", "the only other days here: check that they are days of arrest"
        )


def _guess(column: Column, find_country: Callable[[str], str | None]) -> Guess | None:
    by_word = _words().get(plain(column.name)) or _words().get(
        plain(column.name.rpartition(".")[2])
    )
    if by_word == "spell.sentence" and column.share(is_date) >= _MOST / 2:
        return Guess("spell.expected_release", "values are dates, not terms")
    why = "the column's name"
    if not column.name.isascii():
        why += " (our words of this language were not reviewed by a native speaker)"
    if by_word and _fits(by_word, column, find_country):
        return Guess(by_word, why)
    if by_word == "person.name.full" or (by_word and not column.filled):
        return Guess(by_word, why)
    return _guess_from_values(column, find_country)


def _guess_from_values(column: Column, find_country: Callable[[str], str | None]) -> Guess | None:
    if column.share(lambda text: text.startswith(("http://", "https://"))) >= _MOST:
        return Guess("source.url", "values are web addresses")
    if column.share(lambda text: text.casefold() in GENDERS) >= _MOST:
        return Guess("person.gender", "values are words for genders")
    if column.share(lambda text: len(text) > 1 and find_country(text) is not None) >= _MOST:
        return Guess("spell.country", "values are countries")
    return None


def _fits(field: str, column: Column, find_country: Callable[[str], str | None]) -> bool:
    """Whether the values can be what the column's name says."""
    kind = FIELDS[field].kind
    if kind is FieldKind.DATE:
        return column.share(is_date) >= _MOST / 2
    if kind is FieldKind.URL:
        return column.share(lambda text: text.startswith("http")) >= _MOST / 2
    if kind is FieldKind.COUNTRY:
        return column.share(lambda text: find_country(text) is not None) >= _MOST / 2
    if kind is FieldKind.NAME:
        return column.share(lambda text: any(map(str.isalpha, text))) >= _MOST
    return True


def _is_day(text: str) -> bool:
    """Whether the text is a date and more than a number, which may count anything."""
    return not text.replace(".", "").isdecimal() and is_date(text)


@cache
def _words() -> dict[str, str]:
    words: dict[str, str] = {}
    for field, entry in tomllib.loads(_PACK.read_text(encoding="utf-8")).items():
        for word in entry["words"]:
            words.setdefault(plain(word), field)
    return words
