"""Tables of names in, CSV or a sheet, and out: rows with their numbers, and nothing that runs."""

from __future__ import annotations

import csv
import io
from contextlib import contextmanager
from dataclasses import replace
from itertools import chain, islice
from typing import TYPE_CHECKING, Protocol

from undaunted.cli.names_countries import coded
from undaunted.cli.names_kept import TableRefused, kept
from undaunted.cli.outputs import drafted

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path
    from typing import TextIO

    from undaunted.cli.names_kept import Table
    from undaunted.engines.names import Asked, Flagged, Hit, Kind, LabelledPair, Passed

__all__ = [
    "demand_csv",
    "read_entries",
    "read_in_parts",
    "read_pairs",
    "write_screening",
]

MOST_ROWS = 5_000_000
_COMMENT = "#"
_TITLES = 9
"""Lines of a title above the header: it is among the first ten."""
SEPARATORS = (",", ";", "\t", "|")
"""Signs between columns; where two part a header alike, the first."""
HEADER = (
    "outcome", "asked_row", "asked_id", "asked_name", "found_row", "found_id", "found_name",
    "score", "score_by_name", "reasons",
)  # fmt: skip
OTHERS = frozenset(
    {".doc", ".docx", ".gz", ".htm", ".html", ".json", ".jsonl", ".numbers", ".ods", ".odt",
     ".parquet", ".pdf", ".xls", ".xlsb", ".xlsm", ".xlsx", ".xml", ".zip"}
)  # fmt: skip
"""Endings of files that are no CSV."""
LABELS = {"1": True, "true": True, "0": False, "false": False}


class Rest(Protocol):
    """What a screening found besides hits: rows of both tables, and what was passed over."""

    @property
    def flagged(self) -> Iterable[Flagged]:
        """Rows of the table that are not screened, or in part."""

    @property
    def unsearched(self) -> Iterable[Flagged]:
        """Rows of the list that are not searched, or in part."""

    @property
    def passed(self) -> Iterable[Passed]:
        """Rows of which more names are as like than are told."""


def demand_csv(out: Path) -> None:
    """Refuse a name by which another program would take the CSV for something that it is not."""
    if out.suffix.lower() in OTHERS:
        raise TableRefused(f"{out}: what is written is CSV; name it {out.stem}.csv")


def read_entries(file: Path, kind: Kind | None) -> Asked:
    """Read a list whole; rows are told by their line in the file."""
    with kept(file) as table:
        (whole,) = read_in_parts(table, kind, MOST_ROWS)
    return whole


def read_in_parts(table: Table, kind: Kind | None, rows: int) -> Iterator[Asked]:
    """Read a table, so many rows at once; one part at least. Countries may be written in words.

    Of one that cannot be read and is a list as its issuer gives it out, it is told what reads it.
    """
    try:
        yield from _parts(table, kind, rows)
    except TableRefused as refused:
        raise TableRefused(_as_list(table) or str(refused)) from None


def _as_list(table: Table) -> str:
    from undaunted.core.listings.readers import is_part_of_ofac, recognised  # noqa: PLC0415 - as above
    from undaunted.core.listings.rules import list_source  # noqa: PLC0415 - as above

    code = recognised(table.called)
    if not code and is_part_of_ofac(table.path):
        return (
            f"{table}: is a file of the American list (us-ofac-sdn) as OFAC gives it out, without a"
            f" header, and no table of names; put OFAC's sdn.csv, alt.csv and add.csv in one"
            f" folder: `undaunted sanctions load us-ofac-sdn FOLDER` reads them. Or write a header"
            f" that calls the column of names name"
        )
    if not code:
        return ""
    issuer = list_source(code).issuer
    return (
        f"{table}: is the list {code} as its issuer gives it out ({issuer}), and no table of names;"
        f" `undaunted sanctions load {code} {table}` reads it"
    )


def _parts(table: Table, kind: Kind | None, rows: int) -> Iterator[Asked]:
    from undaunted.engines.names import column_of, is_part  # noqa: PLC0415 - starts faster

    above: list[str] = []
    told = _rows(table, ("name",), column_of, above)
    _, header = next(told)
    used = [at for at, name in enumerate(header) if column_of(name) or is_part(name)]
    states = {at for at in used if column_of(header[at]) == "nationality"}
    begun = False
    while part := list(islice(told, rows)):
        begun = True
        columns = dict[str, list[str]]({heading: [] for heading in header})
        for at in used:
            cells = (row[at] for _, row in part)
            columns[header[at]] = list(map(coded, cells) if at in states else cells)
        asked = _asked(table, columns, kind, [line for line, _ in part])
        yield replace(asked, notes=(*above, *asked.notes))
    if not begun:
        raise TableRefused(f"{table}: has a header and no row; a name a row is needed")


def _asked(
    table: Table, columns: dict[str, list[str]], kind: Kind | None, lines: list[int]
) -> Asked:
    from undaunted.engines.names import TableMalformed, entries_of  # noqa: PLC0415 - starts faster

    try:
        return entries_of(columns, kind=kind, rows=lines)
    except TableMalformed as problem:
        raise TableRefused(f"{table}: {problem}") from None


def read_pairs(file: Path, kind: Kind) -> Iterator[LabelledPair]:
    """Read labelled pairs."""
    with kept(file) as table:
        rows = _rows(table, ("left", "right", "label"), str.lower, [])
        header = [heading.lower() for heading in next(rows)[1]]
        yield from _pairs(file, rows, header, kind)


def _pairs(
    file: Path, rows: Iterable[tuple[int, list[str]]], header: list[str], kind: Kind
) -> Iterator[LabelledPair]:
    from undaunted.engines.names import Kind, LabelledPair  # noqa: PLC0415 - starts faster

    for line, fields in rows:
        row = dict(zip(header, fields, strict=True))
        label = LABELS.get(row["label"].strip().lower())
        if label is None:
            raise TableRefused(
                f"{file}: line {line}, label: {row['label']!r}; write 1 for the same bearer, else 0"
            )
        said = row.get("kind", "").strip().lower() or kind
        if said not in list(Kind):
            raise TableRefused(f"{file}: line {line}, kind: {said!r}; write person or organisation")
        script = row.get("script", "").strip()
        yield LabelledPair(row["left"], row["right"], label, script, Kind(said), line)


def _rows(
    table: Table, needed: tuple[str, ...], meant: Callable[[str], str], notes: list[str]
) -> Iterator[tuple[int, list[str]]]:
    """Give the header and then each row with its line; ``meant`` tells a column by its heading.

    What is not read above the header is noted.
    """
    reader, begun, above = None, 1, 0
    try:
        with _opened(table) as (lines, short):
            head, above = _head(lines, needed, meant, notes)
            begun = above + 1
            separator = _separator(head[0], needed, meant)
            begins = head[0].splitlines(keepends=True)
            reader = csv.reader(chain(begins, lines), delimiter=separator, strict=True)
            header = [name.strip() for name in next(reader, [])]
            _check(table, header, needed, meant)
            yield begun, header
            begun = above + reader.line_num + 1
            for count, row in enumerate(reader):
                line = above + reader.line_num
                begun = line + 1
                if not row:
                    continue
                row.extend([""] * (len(header) - len(row)) * short)
                if len(row) != len(header):
                    raise TableRefused(
                        f"{table}: line {line}: {len(row)} fields where the header has"
                        f" {len(header)}"
                    )
                if count >= MOST_ROWS:
                    raise TableRefused(f"{table}: more than {MOST_ROWS:,} rows; cut it in parts")
                yield line, row
    except OSError as problem:
        raise TableRefused(f"{table}: {problem.strerror or 'cannot be read'}") from None
    except UnicodeDecodeError:
        raise TableRefused(f"{table}: is no text in UTF-8; save it so") from None
    except csv.Error as problem:
        raise TableRefused(
            f"{table}: line {begun}: is no CSV: {problem}; close the quote that opens in the row"
            f" beginning there, and write a quote inside of quotes twice"
        ) from None


def _head(
    lines: TextIO, needed: tuple[str, ...], meant: Callable[[str], str], notes: list[str]
) -> tuple[list[str], int]:
    """Give the header's line, and how many lines stand above it: comments and titles.

    Where none of the first holds what is needed, the one of most columns is given, to be told.
    """
    above = 0
    head = [lines.readline()]
    while head[0].startswith(_COMMENT) and not _holds(head[0], needed, meant):
        above += 1
        head = [lines.readline()]
    while len(head) <= _TITLES and head[-1] and not _holds(head[-1], needed, meant):
        _end_quoted(head, lines)
        if not _holds(head[-1], needed, meant):
            head.append(lines.readline())
    if not _holds(head[-1], needed, meant):
        widest = max(head, key=lambda each: max(len(_fields(each, sign)) for sign in SEPARATORS))
        return [widest], above
    above += sum(max(1, each.count("\n")) for each in head[:-1])
    if any(each.strip() for each in head[:-1]):
        notes.append(f"line {above + 1} is read as the header, and nothing above it")
    return head[-1:], above


def _end_quoted(head: list[str], lines: TextIO) -> None:
    """Read on where a quote is open at the end of a line: a heading may hold a line break."""
    for _ in range(_TITLES):
        if head[-1].count('"') % 2 == 0 or not (more := lines.readline()):
            return
        head[-1] += more


def _holds(head: str, needed: tuple[str, ...], meant: Callable[[str], str]) -> bool:
    """Say whether a line is the header all the same: one may call its first column `#`."""
    return any(
        {meant(field.strip()) for field in _fields(head, sign)}.issuperset(needed)
        for sign in SEPARATORS
    )


def _fields(line: str, sign: str) -> list[str]:
    return next(csv.reader(line.splitlines(keepends=True), delimiter=sign), [])


def _separator(head: str, needed: tuple[str, ...], meant: Callable[[str], str]) -> str:
    """Give the sign that parts the header so that it holds what is needed; else most columns."""

    def worth(sign: str) -> tuple[bool, int]:
        fields = _fields(head, sign)
        held = {meant(field.strip()) for field in fields}
        return held.issuperset(needed), len(fields)

    return max(SEPARATORS, key=worth)


@contextmanager
def _opened(table: Table) -> Iterator[tuple[TextIO, bool]]:
    """Open a text, or the first sheet of a workbook as one: its rows end in their last word."""
    from undaunted.core.workbooks.readers import is_workbook, sheet_lines  # noqa: PLC0415 - as above
    from undaunted.core.workbooks.rules import WorkbookRefused  # noqa: PLC0415

    with table.path.open("rb") as held:
        first = held.read(4)
    if is_workbook(table.path.name, first):
        try:
            read = sheet_lines(table.path)
        except WorkbookRefused as refused:
            raise TableRefused(f"{table}: {refused}") from None
        if read.others:
            others = ", ".join(read.others)
            raise TableRefused(
                f"{table}: has further sheets ({others}); save the one that is meant"
            )
        yield io.StringIO(read.text, newline=""), True
        return
    with table.path.open(encoding="utf-8-sig", newline="") as lines:
        yield lines, False


def _check(
    table: Table, header: list[str], needed: tuple[str, ...], meant: Callable[[str], str]
) -> None:
    if not any(header):
        raise TableRefused(f"{table}: is empty; a header with {', '.join(needed)} comes first")
    held = set(map(meant, header))
    for name in needed:
        if name not in held:
            raise TableRefused(
                f"{table}: there is no column {name}; its columns are {', '.join(header)[:200]};"
                f" call the one that holds it so"
            )
    called = [name.lower() for name in header if name]
    if len(set(called)) < len(called):
        twice = next(name for name in called if called.count(name) > 1)
        raise TableRefused(f"{table}: two columns are called {twice!r}; rename one")


def write_screening(
    out: Path,
    hits: Iterable[Hit],
    rest: Callable[[], tuple[Rest, Iterable[tuple[str, str]]]],
    threshold: float,
) -> None:
    """Write hits, and rows not screened, so that nobody takes these for cleared; whole or not.

    Hits are written as they come; `rest` is asked for once the last has. It gives what was found
    besides, and notes: of which table (an outcome), and how a column of it was read, or was not.
    """
    from undaunted.cli.names_told import seen  # noqa: PLC0415 - starts faster
    from undaunted.core.evidence.rules import harmless  # noqa: PLC0415

    try:
        with drafted(out) as draft, draft.open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file, lineterminator="\n")
            writer.writerow(HEADER)
            for row in (_hit_told(hit, threshold) for hit in hits):
                writer.writerow([harmless(seen(cell)) for cell in row])
            besides, notes = rest()
            for row in _told(besides):
                writer.writerow([harmless(seen(cell)) for cell in row])
            for outcome, why in notes:
                writer.writerow((outcome, *[""] * (len(HEADER) - 2), harmless(seen(why))))
    except OSError as problem:
        raise TableRefused(f"{out}: {problem.strerror or 'cannot be written'}") from None


def _hit_told(hit: Hit, threshold: float) -> tuple[str, ...]:
    from undaunted.cli.names_told import hit_sentences  # noqa: PLC0415 - starts faster

    asked, other = hit.asked, hit.found
    return (
        "hit", str(asked.row), asked.id, asked.name, str(other.row), other.id, other.name,
        f"{hit.score:.4f}", f"{hit.comparison.by_name:.4f}",
        "; ".join(hit_sentences(hit, threshold)),
    )  # fmt: skip


def _told(found: Rest) -> Iterator[tuple[str, ...]]:
    from undaunted.cli.names_told import passed_told  # noqa: PLC0415 - starts faster

    for each in _unused_first(found.flagged):
        outcome = "flagged" if each.used else "not screened"
        yield (outcome, str(each.row), "", each.name, "", "", "", "", "", each.why)
    for each in _unused_first(found.unsearched):
        outcome = "flagged on the list" if each.used else "not searched"
        yield (outcome, "", "", "", str(each.row), "", each.name, "", "", each.why)
    for passed in found.passed:
        asked, why = passed.asked, " ".join(passed_told(passed.common, passed.more))
        yield ("not told", str(asked.row), asked.id, asked.name, "", "", "", "", "", why)


def _unused_first(flagged: Iterable[Flagged]) -> list[Flagged]:
    return sorted(flagged, key=lambda each: (each.used, each.row))
