"""A request to examine (Article 4): its fields, answers, evidence, and what must not get out."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["Answer", "Evidence", "FieldKind", "Request", "RequestField"]


class FieldKind(StrEnum):
    """What an answer is, and so how it is made less exact in the summary."""

    TEXT = "text"
    DAY = "day"
    COUNTRY = "country"
    AMOUNT = "amount"
    SHARE = "share"
    COUNT = "count"


@dataclass(frozen=True, slots=True)
class RequestField:
    """One field of a request.

    Attributes:
        group: the part of the request where it stands.
        needed: a request without an answer is not complete.
        identifies: the answer tells who asks; it is confidential wherever identity is protected.
        element: the element of Article 2 that it speaks to, or empty.
        asks: what to write, in a sentence.
    """

    key: str
    group: str
    title: str
    kind: FieldKind
    asks: str
    needed: bool = True
    identifies: bool = False
    element: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """What was answered, and what of it everybody may read.

    A confidential answer has a `summary`, or says in `no_summary` why none is possible
    (Article 15). Amounts, shares, counts and days are made less exact without either.
    `unit` is the currency of an amount, or what is counted.
    """

    value: str
    unit: str = ""
    confidential: bool = False
    summary: str = ""
    no_summary: str = ""


@dataclass(frozen=True, slots=True)
class Evidence:
    """One document that goes with a request.

    Attributes:
        digest: its SHA-256, or empty.
        public_at: where everybody finds it already, so that it tells nobody who asks.
    """

    key: str
    title: str
    date: str = ""
    confidential: bool = False
    summary: str = ""
    no_summary: str = ""
    digest: str = ""
    public_at: str = ""


@dataclass(frozen=True, slots=True)
class Request:
    """An exporter's facts.

    Attributes:
        protect: keep from everybody but the Commission who asks (Article 4 with 15).
        harm: what whoever asks has to fear if it became known; needed where protected.
        also: names beyond the fields that tell who asks: brands, ships, people, places.
    """

    answers: Mapping[str, Answer]
    evidence: tuple[Evidence, ...] = ()
    protect: bool = False
    harm: str = ""
    also: tuple[str, ...] = ()
