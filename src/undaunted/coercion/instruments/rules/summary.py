"""The summary of a request that everybody may read (Article 15), line by line.

Who asks is never in it where identity is protected. A confidential answer stands in it by the
summary that was written, by the reason why there is none, or, for figures and days, by a range.
The whole is then looked through; one place that tells, and there is no summary.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING

from undaunted.coercion.instruments.rules.broadening import (
    amount_range,
    count_range,
    half_year,
    share_range,
)
from undaunted.coercion.instruments.rules.completeness import check_request, hidden
from undaunted.coercion.instruments.rules.fields import request_fields
from undaunted.coercion.instruments.rules.leaks import check_leaks, leaks, secrets_of
from undaunted.coercion.instruments.rules.request import FieldKind
from undaunted.core.standards.rules import says_something

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from undaunted.coercion.instruments.rules.leaks import Leak, Secrets
    from undaunted.coercion.instruments.rules.request import (
        Answer,
        Evidence,
        Request,
        RequestField,
    )

__all__ = ["How", "Summary", "SummaryLine", "summarise"]

WITHHELD = "Known to the Commission alone, for the protection of whoever asks."
NO_SUMMARY = "Confidential; no summary is possible: "


class How(StrEnum):
    """How a line came about."""

    AS_WRITTEN = "as_written"
    SUMMARISED = "summarised"
    RANGE = "range"
    NO_SUMMARY = "no_summary"
    WITHHELD = "withheld"


@dataclass(frozen=True, slots=True)
class SummaryLine:
    """One line: the field or document, what is told of it, and how that came about."""

    key: str
    group: str
    title: str
    text: str
    how: How


@dataclass(frozen=True, slots=True)
class Summary:
    """A summary that everybody may read; `protected` where who asks is kept out of it."""

    lines: tuple[SummaryLine, ...]
    evidence: tuple[SummaryLine, ...]
    protected: bool


def summarise(request: Request) -> Summary:
    """Write the summary.

    Raises `RequestIncomplete` with all that lacks, `SummaryLeaks` with every place that tells what
    must not be told.
    """
    check_request(request)
    lines = tuple(_lines(request))
    evidence = tuple(_document(at, each) for at, each in enumerate(request.evidence, 1))
    secrets = secrets_of(request)
    check_leaks(_found(request, secrets, (*lines, *evidence)))
    return Summary(lines, evidence, request.protect)


def _found(request: Request, secrets: Secrets, lines: Iterable[SummaryLine]) -> Iterator[Leak]:
    """Look through each line: of ranges for names, with their units for all that is kept.

    The month of a document that everybody finds is no secret.
    """
    public = {each.key for each in request.evidence if says_something(each.public_at)}
    open_to_all = replace(secrets, spans=())
    for each in lines:
        place, ranged = f"summary, {each.key}", each.how is How.RANGE
        known = each.group == "evidence" and each.key in public
        held = open_to_all if known else secrets
        yield from leaks(held, [(place, each.text)], ranges=ranged)
        if ranged:
            yield from leaks(held, [(f"{place}, unit", request.answers[each.key].unit)])


def _lines(request: Request) -> Iterator[SummaryLine]:
    for field in request_fields():
        answer = request.answers.get(field.key)
        if answer is not None and says_something(answer.value):
            text, how = _told(field, answer, kept=hidden(field, request))
            yield SummaryLine(field.key, field.group, field.title, text, how)


def _told(field: RequestField, answer: Answer, *, kept: bool) -> tuple[str, How]:
    if not kept:
        unit = "%" if field.kind is FieldKind.SHARE else answer.unit
        return f"{answer.value} {unit}".strip(), How.AS_WRITTEN
    if field.identifies:
        return WITHHELD, How.WITHHELD
    if says_something(answer.summary):
        return answer.summary.strip(), How.SUMMARISED
    if says_something(answer.no_summary):
        return NO_SUMMARY + answer.no_summary.strip(), How.NO_SUMMARY
    return _ranged(field.kind, answer), How.RANGE


def _ranged(kind: FieldKind, answer: Answer) -> str:
    if kind is FieldKind.AMOUNT:
        return amount_range(answer.value, answer.unit)
    if kind is FieldKind.SHARE:
        return share_range(answer.value)
    if kind is FieldKind.COUNT:
        return count_range(answer.value)
    return half_year(answer.value)


def _document(number: int, document: Evidence) -> SummaryLine:
    """Tell a document by its number: its short name may tell who asks."""
    if not document.confidential:
        text, how = f"{document.title} {document.date}".strip(), How.AS_WRITTEN
    elif says_something(document.summary):
        text, how = document.summary.strip(), How.SUMMARISED
    else:
        text, how = NO_SUMMARY + document.no_summary.strip(), How.NO_SUMMARY
    return SummaryLine(document.key, "evidence", f"Document {number}", text, how)
