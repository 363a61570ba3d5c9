"""Does a summary tell what it must not? Names, numbers, days, in every part that people read.

What is looked for comes from the request itself: words of the answers that tell who asks, of
`also`, and figures, days and months of what is confidential, in every way in which a text is read.
Names in another script than they were given in are not found.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TYPE_CHECKING, Final, cast

from undaunted.coercion.instruments.rules.completeness import hidden
from undaunted.coercion.instruments.rules.derived import (
    HUNDRED,
    amount_of,
    derived_figures,
    derived_shares,
    shares_in,
)
from undaunted.coercion.instruments.rules.fields import request_fields
from undaunted.coercion.instruments.rules.figures import (
    days_in,
    days_of_no_year,
    figures_in,
    is_rare,
)
from undaunted.coercion.instruments.rules.folding import words_of
from undaunted.coercion.instruments.rules.names import Looked, Secret, commonplace, told_of
from undaunted.coercion.instruments.rules.refusals import SummaryLeaks
from undaunted.coercion.instruments.rules.request import FieldKind
from undaunted.coercion.instruments.rules.sizes import same_figures
from undaunted.coercion.instruments.rules.spans import YEAR, spans_around, spans_in
from undaunted.coercion.instruments.rules.unwrapping import readings
from undaunted.core.actors.rules.partial_date import PartialDate

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from undaunted.coercion.instruments.rules.request import Answer, Request
    from undaunted.coercion.instruments.rules.spans import Span

__all__ = ["Leak", "Secret", "Secrets", "check_leaks", "leaks", "secrets_of", "secrets_with",
           "unsearched"]  # fmt: skip

CLOSE: Final = Decimal("0.01")
"""A figure that misses the confidential one by so little tells it."""


@dataclass(frozen=True, slots=True)
class Secrets:
    """Everything that a summary must not tell."""

    names: tuple[Secret, ...]
    figures: tuple[tuple[str, Decimal], ...]
    days: tuple[tuple[str, date], ...]
    days_of_no_year: tuple[tuple[str, tuple[int, int]], ...] = ()
    spans: tuple[tuple[str, Span], ...] = ()
    shares: tuple[tuple[str, Decimal], ...] = ()


@dataclass(frozen=True, slots=True)
class Leak:
    """One place that tells: `found` is what it says, `of` the answer where that stands."""

    place: str
    found: str
    of: str


def secrets_of(request: Request) -> Secrets:
    """Give what a complete request keeps from everybody but the Commission."""
    told = {each.key: request.answers[each.key] for each in request_fields()
            if each.key in request.answers and hidden(each, request)}  # fmt: skip
    kinds = {each.key: each for each in request_fields()}
    people = {"contact"} | ({"requester"} if _is_person(request) else set())
    names = [Secret(key, each.value, key in people) for key, each in told.items()
             if kinds[key].identifies]  # fmt: skip
    names += [Secret("also", each, person=True) for each in request.also]
    figures: list[tuple[str, Decimal]] = []
    texts: list[tuple[str, str]] = []
    spans: list[tuple[str, Span]] = []
    for key, answer in told.items():
        kind = kinds[key].kind
        if kind in {FieldKind.AMOUNT, FieldKind.SHARE, FieldKind.COUNT}:
            figures += ((key, each) for each in {Decimal(answer.value), amount_of(answer)})
        elif kind is FieldKind.DAY:
            texts.append((key, answer.value))
            spans += ((key, each) for each in _spans(answer))
        elif not kinds[key].identifies:
            texts.append((key, answer.value))
    texts += [(each.key, f"{each.title} {each.date}") for each in request.evidence
              if each.confidential]  # fmt: skip
    figures += derived_figures(request.answers, frozenset(told))
    found = secrets_with(names, texts, figures)
    return replace(
        found,
        spans=(*found.spans, *spans),
        shares=(
            *((key, Decimal(each.value)) for key, each in told.items()
              if kinds[key].kind is FieldKind.SHARE),
            *derived_shares(request.answers, frozenset(told)),
        ),
    )  # fmt: skip


def _spans(answer: Answer) -> frozenset[Span]:
    told = PartialDate.parse(answer.value)
    return spans_around(cast("date", told.earliest), cast("date", told.latest))


def secrets_with(
    names: Iterable[Secret],
    texts: Iterable[tuple[str, str]],
    figures: Iterable[tuple[str, Decimal]] = (),
) -> Secrets:
    """Give names and figures with what texts that are confidential tell: rare figures and days."""
    held = tuple(texts)
    rare = [(of, each) for of, text in held for each in figures_in(text) if is_rare(each)]
    return Secrets(
        tuple(names),
        (*figures, *rare),
        tuple((of, each) for of, text in held for each in days_in(text)),
        tuple((of, each) for of, text in held for each in days_of_no_year(text)),
        tuple((of, each) for of, text in held for each in spans_in(text) if each[1] != YEAR),
    )


def leaks(secrets: Secrets, parts: Iterable[tuple[str, str]], *, ranges: bool = False
          ) -> tuple[Leak, ...]:  # fmt: skip
    """Look through parts of a text, each with its place; `ranges` are our own, and told exactly."""
    return tuple(leak for place, text in parts for leak in _looked(secrets, place, text, ranges))


def unsearched(secrets: Secrets, parts: Iterable[tuple[str, str]]) -> tuple[str, ...]:
    """Give the places where a common word stands that is also all of the name of who asks.

    A person reads them: such a word alone is not taken for the name.
    """
    found = (
        place
        for place, text in parts
        for looked in (Looked(text),)
        if any(commonplace(name, looked) for name in secrets.names)
    )
    return tuple(dict.fromkeys(found))


def check_leaks(found: Iterable[Leak]) -> None:
    """Raise `SummaryLeaks` with every place that tells, and what to do."""
    problems = [
        f"{each.place}: tells {each.found!r} from {each.of}; leave it out or tell it more broadly"
        for each in dict.fromkeys(found)
    ]
    if problems:
        raise SummaryLeaks(*problems)


def _looked(secrets: Secrets, place: str, text: str, ranges: bool) -> Iterator[Leak]:  # noqa: FBT001 - as above
    for reading in readings(text):
        looked = Looked(reading)
        for name in secrets.names:
            for found in told_of(name, looked):
                yield Leak(place, found, name.place)
        if not ranges:
            yield from _told_figures(secrets, place, reading)
            yield from _told_spans(secrets, place, reading)
        yield from _told_days(secrets, place, reading)


def _told_figures(secrets: Secrets, place: str, text: str) -> Iterator[Leak]:
    told = figures_in(text, apart=True)
    for of, number in secrets.figures:
        for each in told:
            if number and (_close(each, number) or (is_rare(each) and same_figures(each, number))):
                yield Leak(place, f"{each.normalize():f}", of)
    shares = shares_in(text) if secrets.shares else ()
    for of, share in secrets.shares:
        for kept in (share, HUNDRED - share):
            for each in shares:
                if 0 < kept < HUNDRED and _close(each, kept):
                    yield Leak(place, f"{round(each, 2).normalize():f} %", of)


def _close(told: Decimal, kept: Decimal) -> bool:
    return abs(told - kept) <= CLOSE * kept


def _told_spans(secrets: Secrets, place: str, text: str) -> Iterator[Leak]:
    told = spans_in(text) if secrets.spans else frozenset()
    for of, span in secrets.spans:
        if span in told:
            year, kind, number = span
            found = f"{kind} {number}" if number else kind
            yield Leak(place, f"{found} {year}" if year else found, of)


def _told_days(secrets: Secrets, place: str, text: str) -> Iterator[Leak]:
    whole, part = days_in(text), days_of_no_year(text)
    for of, day in secrets.days:
        if day in whole or (day.month, day.day) in part:
            yield Leak(place, day.isoformat(), of)
    part |= {(each.month, each.day) for each in whole}
    for of, (month, number) in secrets.days_of_no_year:
        if (month, number) in part:
            yield Leak(place, f"{month:02}-{number:02}", of)


def _is_person(request: Request) -> bool:
    kind = request.answers.get("requester_kind")
    return kind is not None and "person" in words_of(kind.value)
