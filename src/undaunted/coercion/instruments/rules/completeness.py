"""What a request lacks, field by field, with the remedy."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING

from undaunted.coercion.instruments.rules.fields import request_fields
from undaunted.coercion.instruments.rules.refusals import RequestIncomplete
from undaunted.coercion.instruments.rules.request import FieldKind
from undaunted.core.actors.rules.partial_date import PartialDate, UnreadableDate
from undaunted.core.places.rules import UnknownCountry, country
from undaunted.core.standards.rules import says_something

if TYPE_CHECKING:
    from collections.abc import Iterator

    from undaunted.coercion.instruments.rules.request import (
        Answer,
        Evidence,
        Request,
        RequestField,
    )

__all__ = ["LONGEST_ANSWER", "check_request", "gaps", "hidden"]

LONGEST_ANSWER = 6000
WHOLE_SHARE = 100
LARGEST, LONGEST_NUMBER = 10**15, 24
"""What a number of a request is at most, and with how many signs."""
FIGURES = frozenset({FieldKind.AMOUNT, FieldKind.SHARE, FieldKind.COUNT})
GENERALISED = FIGURES | {FieldKind.DAY}


def check_request(request: Request) -> None:
    """Raise `RequestIncomplete` with all that a request lacks."""
    problems = gaps(request)
    if problems:
        raise RequestIncomplete(*problems)


def gaps(request: Request) -> tuple[str, ...]:
    """Say all that a request lacks, field by field; nothing where it is complete."""
    return tuple(_problems(request))


def hidden(field: RequestField, request: Request) -> bool:
    """Tell whether an answer is kept from everybody but the Commission.

    Where identity is protected, so are figures of whoever asks, marked or not: an exact one tells.
    """
    answer = request.answers.get(field.key)
    tells = field.identifies or field.kind in FIGURES
    return (answer is not None and answer.confidential) or (tells and request.protect)


def _problems(request: Request) -> Iterator[str]:
    fields = {each.key: each for each in request_fields()}
    for key in sorted(set(request.answers) - set(fields)):
        yield f"{key}: is no field of a request; use one of {', '.join(fields)}"
    for field in fields.values():
        answer = request.answers.get(field.key)
        if answer is None or not says_something(answer.value):
            if field.needed:
                yield f"{field.key}: is missing; {field.asks[0].lower()}{field.asks[1:]}"
            continue
        yield from _letters(field.key, answer)
        yield from _wrong_kind(field, answer)
        if answer.confidential and not field.identifies and field.kind not in GENERALISED:
            yield from _unsummarised(field.key, answer)
    if request.protect and not says_something(request.harm):
        yield "harm: say what whoever asks has to fear if it became known (Article 15)"
    yield from _evidence(request)


def _evidence(request: Request) -> Iterator[str]:
    if not request.evidence:
        yield "evidence: there is none; a request is substantiated, so name at least one document"
    keys = [each.key for each in request.evidence]
    for number, each in enumerate(request.evidence, 1):
        place = f"evidence {number}"
        if not says_something(each.key) or not says_something(each.title):
            yield f"{place}: give it a short name and a title"
        elif keys.count(each.key) > 1:
            yield f"{place}: {each.key} stands twice; rename one"
        if each.confidential:
            yield from _unsummarised(place, each)


def _unsummarised(place: str, told: Answer | Evidence) -> Iterator[str]:
    if says_something(told.summary) and says_something(told.no_summary):
        yield f"{place}: has a summary and a reason why there is none; keep one of them"
    elif not says_something(told.summary) and not says_something(told.no_summary):
        yield (
            f"{place}: is confidential; write a summary that everybody may read, or in no_summary "
            "why none is possible (Article 15)"
        )


def _letters(key: str, answer: Answer) -> Iterator[str]:
    for name in ("value", "unit", "summary", "no_summary"):
        text = getattr(answer, name)
        if len(text) > LONGEST_ANSWER:
            yield f"{key}, {name}: has {len(text)} letters; write {LONGEST_ANSWER} at most"
        if "\x00" in text or any("\ud800" <= sign <= "\udfff" for sign in text):
            yield f"{key}, {name}: holds signs that cannot be kept; write it anew"


def _wrong_kind(field: RequestField, answer: Answer) -> Iterator[str]:
    if field.kind is FieldKind.COUNTRY:
        try:
            country(answer.value)
        except UnknownCountry:
            yield f"{field.key}: {answer.value!r} is no country's code; write one as XR or LT"
    elif field.kind is FieldKind.DAY:
        if not _is_bounded(answer.value):
            yield f"{field.key}: {answer.value!r} is no date; write it as 2026-03-14 or 2026"
    elif field.kind is not FieldKind.TEXT:
        yield from _wrong_number(field, answer)


def _is_bounded(text: str) -> bool:
    try:
        told = PartialDate.parse(text)
    except UnreadableDate:
        return False
    return told.earliest is not None and told.latest is not None


def _wrong_number(field: RequestField, answer: Answer) -> Iterator[str]:
    try:
        number = Decimal(answer.value)
    except InvalidOperation:
        number = Decimal("NaN")
    if not number.is_finite() or number < 0:
        yield (
            f"{field.key}: {answer.value!r} is no number from nought up; write figures with a "
            "point, without spaces"
        )
    elif number > LARGEST or len(answer.value.strip()) > LONGEST_NUMBER:
        yield (
            f"{field.key}: is no number that could be meant; write at most {LARGEST:,} in "
            f"{LONGEST_NUMBER} signs, and its size in the unit"
        )
    elif field.kind is FieldKind.SHARE and number > WHOLE_SHARE:
        yield f"{field.key}: {answer.value} is more than {WHOLE_SHARE} per cent; correct it"
    elif field.kind is FieldKind.COUNT and number != number.to_integral_value():
        yield f"{field.key}: {answer.value} is no whole number; correct it"
    elif field.kind is FieldKind.AMOUNT and not says_something(answer.unit):
        yield f"{field.key}: has no unit; write its currency, as EUR"
