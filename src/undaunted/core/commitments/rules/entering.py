"""What a statement must not hold when it comes in; what was kept before stays readable."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING
from unicodedata import category

from undaunted.core.actors.rules.partial_date import PartialDate
from undaunted.core.commitments.rules.reading import StatementBroken
from undaunted.core.commitments.rules.terms import Status

if TYPE_CHECKING:
    from collections.abc import Iterator

    from undaunted.core.commitments.rules.entry import Statement
    from undaunted.core.practices.rules import Source

__all__ = ["check_read"]

_TURNING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
"""Signs that turn the direction of the text behind them, so that it reads as what it is not."""

_BREAKS = frozenset("\n\r\t")


def check_read(
    statements: tuple[Statement, ...], today: date, *, where: str
) -> tuple[Statement, ...]:
    """Give the statements as they may come in, or `StatementBroken` with all that is wrong.

    Refused are days that have not come, a source read before its day, signs that hide or turn text,
    and "none" without a source that says so.
    """
    problems = tuple(
        f"statement {number}, {statement.state} {statement.since}: {problem}"
        for number, statement in enumerate(statements, start=1)
        for problem in _problems(statement, today)
    )
    if problems:
        raise StatementBroken(where, problems)
    return statements


def _problems(statement: Statement, today: date) -> Iterator[str]:
    yield from _sign_problems(statement)
    if statement.status.pending or statement.status.vague or statement.status is Status.ABSENT:
        yield from _since_problems(statement, today)
    for source in statement.sources:
        yield from _source_problems(source, today)
    if statement.status is Status.ABSENT:
        yield from _none_problems(statement)


def _sign_problems(statement: Statement) -> Iterator[str]:
    """Say where a sign stands that a reader does not see, and that may change what is read."""
    texts = [("law", statement.law), ("text", statement.text)]
    texts += [(f"features, {each.code}, clause", each.clause) for each in statement.features]
    for source in statement.sources:
        texts += [
            (f"sources, {source.id}, {name}", getattr(source, name))
            for name in ("title", "publisher", "url", "read_in", "note")
        ]
    for place, text in texts:
        found = sorted({each for each in text if _is_unseen(each)})
        if found:
            named = ", ".join(f"U+{ord(each):04X}" for each in found)
            yield f"{place}: {named} is not seen and may turn the text around; delete it"


def _is_unseen(sign: str) -> bool:
    return sign in _TURNING or (category(sign) == "Cc" and sign not in _BREAKS)


def _since_problems(statement: Statement, today: date) -> Iterator[str]:
    earliest = PartialDate.parse(statement.since).earliest
    if earliest is not None and earliest > today:
        yield (
            f"since: {statement.since} has not come, and only a law can be known to hold from a "
            "later day; write the day on which it happened"
        )


def _source_problems(source: Source, today: date) -> Iterator[str]:
    place = f"sources, {source.id}"
    read_on = date.fromisoformat(source.read_on) if source.read_on else None
    if read_on is not None and read_on > today:
        yield f"{place}, read_on: {read_on} has not come; write the day it was read"
    dated = PartialDate.parse(source.date).earliest
    if dated is None:
        return
    if dated > today:
        yield f"{place}, date: {source.date} has not come; write the day that it bears"
    elif read_on is not None and dated > read_on:
        yield f"{place}, date: {source.date} is after {read_on}, when it was read; correct one"


def _none_problems(statement: Statement) -> Iterator[str]:
    remedy = f"where nothing was found, write {Status.NOT_KNOWN}"
    if not statement.text:
        yield f"text: say what the source says of there being none; {remedy}"
    if not statement.says_none:
        yield f"evidence: name a source that somebody read, and that says that none is; {remedy}"
