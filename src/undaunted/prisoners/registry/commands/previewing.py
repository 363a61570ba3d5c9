"""What a terminal shows of a file before anything is written: counts, problems, advice."""

from __future__ import annotations

import os
from collections import Counter
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import IO, TYPE_CHECKING, Final

import typer
from django.utils import timezone
from rich.console import Console
from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from undaunted.core.places.rules import find_country, suggest_countries
from undaunted.prisoners.registry.readers.mapping_files import read_mapping
from undaunted.prisoners.registry.readers.problems import (
    InvalidMapping,
    UnreadableFile,
    explain,
    explain_unreadable,
    skip_sentence,
)
from undaunted.prisoners.registry.readers.rows import open_preview
from undaunted.prisoners.registry.rules.import_rows import ImportSummary, Outcome
from undaunted.prisoners.registry.writers.rejects import write_rejects
from undaunted.site.terminal import print_table

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from undaunted.prisoners.registry.readers.rows import Preview
    from undaunted.prisoners.registry.rules.import_rows import ImportRow, Problem
    from undaunted.prisoners.registry.rules.mapping import Mapping

__all__ = ["REFUSED", "look_through", "problem_line", "refuse", "row_bar", "unreadable_told"]

REFUSED: Final = 2
OF_A_KIND_SHOWN: Final = 5
_WORDS: Final = {
    Outcome.OK: "go in as they are",
    Outcome.FLAGGED: "go in; look at their warnings",
    Outcome.REJECTED: "stay out",
    Outcome.SKIPPED: "are passed over by the mapping",
}


@dataclass(slots=True)
class _Seen:
    """What is kept of the rows while they go by: the first problems of each kind."""

    summary: ImportSummary = field(default_factory=ImportSummary)
    shown: list[Problem] = field(default_factory=list)
    kinds: Counter[str] = field(default_factory=Counter)

    def add(self, row: ImportRow) -> None:
        """Count a row and its problems."""
        self.summary.add(row)
        for problem in row.problems:
            self.kinds[problem.code] += 1
            if self.kinds[problem.code] <= OF_A_KIND_SHOWN:
                self.shown.append(problem)


def look_through(file: Path, mapping: Path, rejects: Path | None) -> ImportSummary:
    """Read the whole file through the mapping and show what would come of it.

    Ends the command with a message where the mapping or the file as a whole is refused.
    """
    with unreadable_told():
        return _looked_through(file, read_mapping(mapping), rejects)


@contextmanager
def unreadable_told() -> Iterator[None]:
    """Turn a refused mapping or file into sentences and an exit status."""
    try:
        yield
    except InvalidMapping as error:
        refuse(*map(_told, error.problems))
    except UnreadableFile as error:
        each = explain_unreadable(error)
        refuse(f"{each.reason} {each.advice}".strip())
    except OSError as error:
        refuse(f"{error.filename or 'The file'}: {error.strerror or error}.")


def refuse(*sentences: str) -> None:
    """Say why nothing was done, and end with the status of a refusal."""
    console = Console(stderr=True, soft_wrap=True)
    for sentence in sentences:
        console.print(sentence, style="red", markup=False, highlight=False)
    raise typer.Exit(REFUSED)


def problem_line(problem: Problem) -> str:
    """Tell a problem in one line: where, what, and what to do."""
    place = ", ".join(
        part
        for part in (
            f"line {problem.line}",
            problem.column and f"column {problem.column}",
            problem.value and f"value {problem.value!r}",
        )
        if part
    )
    return f"{place}: {_told(problem)}"


def row_bar(console: Console, *, lasting: bool = False) -> Progress:
    """Give a bar that counts rows."""
    return Progress(
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(),
        TextColumn("{task.completed:,.0f} rows"),
        TimeElapsedColumn(),
        console=console,
        transient=not lasting,
    )


def _looked_through(file: Path, mapping: Mapping, rejects: Path | None) -> ImportSummary:
    console, seen = Console(soft_wrap=True), _Seen()
    with (
        open_preview(
            file,
            mapping,
            today=timezone.now().date(),
            find_country=find_country,
            near_countries=suggest_countries,
        ) as preview,
        row_bar(console) as progress,
    ):
        task = progress.add_task("Reading", total=None)

        def counted() -> Iterator[ImportRow]:
            for row in preview:
                seen.add(row)
                progress.advance(task)
                yield row

        _write_or_exhaust(counted(), preview, rejects, file)
        notes = preview.notes
    _show(console, seen, notes, rejects)
    return seen.summary


def _write_or_exhaust(
    rows: Iterable[ImportRow], preview: Preview, rejects: Path | None, file: Path
) -> None:
    if rejects is None:
        for _row in rows:
            pass
        return
    if rejects.exists() and rejects.samefile(file):
        refuse("The reject file would overwrite the list. Give it another name.")
    with _whole(rejects) as stream:
        write_rejects(rows, stream, header=preview.header, explain=explain)


@contextmanager
def _whole(path: Path) -> Iterator[IO[str]]:
    """Open a file that appears under its name only when it is complete."""
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        with draft.open("w", encoding="utf-8-sig", newline="") as stream:
            yield stream
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)


def _show(console: Console, seen: _Seen, notes: Iterable[Problem], rejects: Path | None) -> None:
    for note in notes:
        _say(console, _told(note))
    _show_problems(console, seen)
    for outcome in Outcome:
        if count := seen.summary.outcomes[outcome]:
            _say(console, f"{outcome.value}: {count:,} {_WORDS[outcome]}")
    for reason, count in seen.summary.skipped.most_common():
        _say(console, f"  {count:,}: {skip_sentence(reason)}")
    if not seen.summary.rows:
        _say(console, "The file has a header and no rows.")
    if seen.summary.outcomes[Outcome.REJECTED]:
        here = f"Rows that stay out stand in {rejects}."
        ask = "Give --rejects FILE to have the rows that stay out, each with its reasons."
        _say(console, here if rejects else ask)


def _show_problems(console: Console, seen: _Seen) -> None:
    shown = sorted(seen.shown, key=lambda one: (one.severity.value, one.line))
    if console.is_terminal and shown:
        rows = [(str(each.line), each.column, each.value, _told(each)) for each in shown]
        print_table(("Line", "Column", "Value", "Problem"), rows, console=console)
    else:
        for problem in shown:
            _say(console, problem_line(problem))
    for code, count in seen.kinds.most_common():
        if count > OF_A_KIND_SHOWN:
            _say(console, f"… and {count - OF_A_KIND_SHOWN:,} more of {code.replace('_', ' ')}.")


def _told(problem: Problem) -> str:
    told = explain(problem)
    return f"{told.reason} {told.advice}".strip()


def _say(console: Console, sentence: str) -> None:
    console.print(sentence, markup=False, highlight=False)
