"""A draft of a mapping as TOML that a person reads, corrects and saves."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from undaunted.core.actors.rules.names import script_of
from undaunted.prisoners.registry.readers.date_texts import DateRefused, DateTexts
from undaunted.prisoners.registry.rules.import_rows import shortened
from undaunted.prisoners.registry.rules.mapping import FIELDS, FieldKind

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from undaunted.prisoners.registry.readers.tables import Table

__all__ = ["GENDERS", "SAMPLE", "Column", "Guess", "draft_lines", "is_date", "plain"]

SAMPLE: Final = 500
"""Rows that a draft is made from."""
_NOT_WORDS: Final = re.compile(r"[\W_]+")
GENDERS: Final = {
    **dict.fromkeys(
        ["m", "male", "man", "h", "homme", "hombre", "м", "муж", "мужской", "ذكر", "مرد", "男"],
        "male",
    ),
    **dict.fromkeys(
        ["f", "female", "woman", "femme", "mujer", "ж", "жен", "женский", "أنثى", "زن", "女"],
        "female",
    ),
}
_SHOWN_VALUES: Final = 12
_NEARLY: Final = 0.9
EMPTY: Final = '""'
_LANGUAGES: Final = {
    "Hani": ("zh", "Han signs"),
    "Arab": ("ar", "Arabic letters"),
    "Cyrl": ("ru", "Cyrillic letters"),
    "Hang": ("ko", "Hangul"),
}
_SLASHED: Final = re.compile(r"(\d{1,2})/(\d{1,2})/\d{4}")
_MONTHS_IN_YEAR: Final = 12
_KEY_WORDS: Final = frozenset(
    ["id", "key", "code", "number", "no", "ref", "reference", "caseid", "uid", "номер", "编号"]
)
_DATES: Final = DateTexts()
_KILLED: Final = frozenset(
    ["killed", "murdered", "dead", "tué", "muerto", "asesinado", "убит", "مقتول", "قتل"]
)


@dataclass(frozen=True, slots=True)
class Column:
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
class Guess:
    """The field that a column is taken for, and what that rests on."""

    field: str
    why: str


def is_date(text: str) -> bool:
    """Tell whether a text is a date, perhaps with day and month in unknown order."""
    try:
        _DATES.read(text)
    except DateRefused as refused:
        return refused.code == "ambiguous_date"
    return True


def plain(text: str) -> str:
    """Give the letters and figures of a column's name, in small letters."""
    return _NOT_WORDS.sub("", unicodedata.normalize("NFKC", text).casefold())


def draft_lines(
    file_name: str,
    table: Table,
    columns: list[Column],
    guesses: dict[str, Guess | None],
) -> Iterator[str]:
    """Give the lines of the draft: what was guessed, and what was not, commented out."""
    stem = file_name.partition(".")[0].lower()
    yield "# A draft made from the file. Read every line; correct what is wrong; then save it."
    yield f"id = {_quoted(re.sub(r'[^a-z0-9]+', '-', stem).strip('-') or 'list')}"
    yield "version = 1"
    yield f"title = {_quoted(file_name)}"
    yield _language_draft(columns, guesses)
    unread = ", ".join(_quoted(one.name) for one in columns if guesses[one.name] is None)
    if unread:
        yield "# Columns that are left unread on purpose; all these were not recognised:"
        yield f"# ignore = [{unread}]"
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
    yield from _constants_draft(guesses)
    for column in columns:
        yield from _column_draft(column, guesses[column.name])


def _language_draft(columns: list[Column], guesses: dict[str, Guess | None]) -> str:
    scripts = Counter(
        script_of(value)
        for one in columns
        if (guess := guesses[one.name]) and guess.field.startswith("person.name")
        for value in one.values
    )
    script = scripts.most_common(1)[0][0] if scripts else ""
    language, why = _LANGUAGES.get(script, ("en", ""))
    told = f"names are in {why}; " if why else ""
    return f'language = "{language}"   # {told}the language of names and months; change it'


def _key_draft(columns: list[Column], guesses: dict[str, Guess | None]) -> Iterator[str]:
    most = max(one.filled for one in columns)
    unique = [one for one in columns if one.filled == most == len(one.values)]
    named = [one for one in unique if plain(one.name) in _KEY_WORDS]
    urls = [one for one in unique if getattr(guesses[one.name], "field", "") == "source.url"]
    chosen = next(iter(named or urls), None)
    nearly = next((one for one in columns if _nearly_a_key(one)), None)
    names = [
        one for one in unique
        if (guess := guesses[one.name]) and guess.field == "person.name.full"
    ]  # fmt: skip
    yield "[keys]"
    if chosen is None and nearly is not None:
        yield "# some values stand twice: rows that are the same in every cell are passed over,"
        yield "# others with the same key are refused"
        yield f"columns = [{_quoted(nearly.name)}]"
        yield 'duplicates = "skip_identical"'
    elif chosen is None and names:
        yield "# a name is a weak key: two people may share it, and a corrected name is a new row"
        yield f"columns = [{_quoted(names[0].name)}]"
    elif chosen is None:
        yield "# No column looks like a key that stays the same when a row is corrected."
        yield "# columns = []"
    else:
        yield f"# every value in the first {SAMPLE} rows is different"
        yield f"columns = [{_quoted(chosen.name)}]"
    yield ""


def _nearly_a_key(column: Column) -> bool:
    """Whether a column named like a key has nearly a value of its own for each row."""
    return (
        plain(column.name) in _KEY_WORDS
        and column.filled > 0
        and len(column.values) >= _NEARLY * column.filled
    )


def _constants_draft(guesses: dict[str, Guess | None]) -> Iterator[str]:
    if not any(guess and guess.field == "spell.country" for guess in guesses.values()):
        yield "# No column says which country holds these people: say it for all of them."
        yield "[constants]"
        yield '# "spell.country" = ""'
        yield ""


def _order_draft(columns: list[Column], guesses: dict[str, Guess | None]) -> Iterator[str]:
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


def _skip_draft(columns: list[Column]) -> Iterator[str]:
    for column in columns:
        killed = [value for value in column.values if value.casefold() in _KILLED]
        if killed:
            yield "# A death is not a detention: these rows must not become prisoners."
            yield "[[skip]]"
            yield f"column = {_quoted(column.name)}"
            yield f"equals = [{', '.join(map(_quoted, killed))}]"
            yield 'reason = "killed_not_detained"'
            yield ""


def _column_draft(column: Column, guess: Guess | None) -> Iterator[str]:
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


def _values_draft(column: Column, field: str) -> Iterator[str]:
    spec = FIELDS[field]
    if field == "person.gender":
        known = {value: GENDERS.get(value.casefold(), "") for value in column.values}
        pairs = ", ".join(f"{_quoted(one)} = {_quoted(to)}" for one, to in known.items() if to)
        if pairs:
            yield f"values = {{ {pairs} }}"
        elif known:
            codes = ", ".join(f'{_quoted(one)} = ""' for one in known)
            yield "# say what each code means: female, male, other, unknown"
            yield _comment(f"values = {{ {codes} }}")
            yield 'otherwise = "flag"'
            yield 'on_error = "flag"'
    elif spec.kind is FieldKind.DATE:
        words = [value for value in column.values if not is_date(value)][:_SHOWN_VALUES]
        words = [value for value in words if not any(map(str.isdigit, value))]
        if words:
            yield "# words that are no dates say nothing here"
            yield f"values = {{ {', '.join(f'{_quoted(word)} = {EMPTY}' for word in words)} }}"
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
