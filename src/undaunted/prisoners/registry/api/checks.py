"""Values of a request that must be known: what is not is refused by name, with what is allowed."""

from __future__ import annotations

from contextlib import contextmanager
from http import HTTPStatus
from typing import TYPE_CHECKING, Annotated, TypeVar

from django.utils.translation import gettext_noop
from ninja.errors import HttpError
from pydantic import AfterValidator, Field

from undaunted.core.actors.actions import JudgementsContradict, LastName
from undaunted.core.actors.rules.partial_date import PartialDate, UnreadableDate
from undaunted.core.consent.actions import ConsentAlreadyEnded, Objected
from undaunted.core.consent.rules import NeverPublic, PersonHasSpoken, ProxyRefused
from undaunted.core.events.rules import vocabulary
from undaunted.core.places.rules import UnknownCountry, country
from undaunted.core.standards.rules import packs
from undaunted.prisoners.registry.actions.imports import ImportNotReady
from undaunted.prisoners.registry.actions.publication import (
    ChangedMeanwhile,
    ConsentMissing,
    PublicationRefused,
)
from undaunted.prisoners.registry.actions.records import ActNotCurrent
from undaunted.prisoners.registry.actions.standing import StatusRefused
from undaunted.prisoners.registry.actions.undo import UndoRefused
from undaunted.prisoners.registry.rules.claims import ClaimRefused
from undaunted.prisoners.registry.rules.statuses import REFUSALS
from undaunted.site.answers import found
from undaunted.site.problems import Refused, Unusable

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

__all__ = [
    "NO_NULLS",
    "Line",
    "Name",
    "PageSize",
    "Short",
    "Word",
    "among",
    "country_code",
    "day",
    "found",
    "refusals",
    "standard_known",
    "term_of",
]

Thing = TypeVar("Thing")

_CONFLICTS = (
    ActNotCurrent,
    ConsentAlreadyEnded,
    ImportNotReady,
    JudgementsContradict,
    LastName,
    Objected,
    PersonHasSpoken,
    PublicationRefused,
    UndoRefused,
)
_LONGEST_DATE = 40
_CHANGED = gettext_noop("Something was changed after you looked. Look again.")
_NO_CONSENT = gettext_noop("No agreement covers the public registry. Record consent first.")


def _without_nulls(text: str) -> str:
    if "\x00" in text:
        raise ValueError("a null character cannot be kept")
    return text


NO_NULLS = AfterValidator(_without_nulls)
Word = Annotated[str, Field(max_length=40), NO_NULLS]
Short = Annotated[str, Field(max_length=120), NO_NULLS]
Name = Annotated[str, Field(max_length=200), NO_NULLS]
PageSize = Annotated[int, Field(ge=1, le=100)]
Line = Annotated[str, Field(max_length=400), NO_NULLS]


def among(parameter: str, value: str, allowed: Iterable[str], *, body: bool = False) -> str:
    """Give `value` back where it is empty or allowed. Raises `Unusable`."""
    known = tuple(allowed)
    if value and value not in known:
        raise Unusable(parameter, f"{value!r} is not known", allowed=known, body=body)
    return value


def term_of(parameter: str, value: str, name: str, *, body: bool = False) -> str:
    """Give `value` back where it is empty or a term of the vocabulary. Raises `Unusable`."""
    return among(parameter, value, vocabulary(name).terms, body=body)


def country_code(parameter: str, value: str, *, body: bool = False) -> str:
    """Give the code in capitals where it is empty or known. Raises `Unusable`."""
    code = value.upper()
    if not code:
        return ""
    try:
        return country(code).code
    except (UnknownCountry, ValueError, KeyError):
        told = (
            f"{value!r} is no code of a country: use ISO 3166-1 alpha-2, the four letters of "
            "ISO 3166-3 for former countries, or XB, XF, XR, XS, XZ for the hypothetical states"
        )
        raise Unusable(parameter, told, body=body) from None


def standard_known(parameter: str, value: str, *, body: bool = False) -> str:
    """Give `value` back where it names a standard. Raises `Unusable`."""
    known = sorted({pack.id for pack in packs() if "person" in pack.subject_kinds})
    if not value:
        raise Unusable(parameter, "name a standard", allowed=known, body=body)
    return among(parameter, value, known, body=body)


def day(parameter: str, text: str) -> PartialDate | None:
    """Read EDTF; None where it is empty. Raises `Unusable`."""
    if not text:
        return None
    if len(text) > _LONGEST_DATE:
        raise Unusable(parameter, f"longer than {_LONGEST_DATE} characters", body=True)
    try:
        return PartialDate.parse(text)
    except UnreadableDate as refusal:
        raise Unusable(parameter, str(refusal), body=True) from None


@contextmanager
def refusals(conflicts: Collection[type[ValueError]] = _CONFLICTS) -> Iterator[None]:
    """Tell what an action refuses: 409 where something else stands in the way, 422 otherwise.

    Reasons that have a code are told with it, and in a sentence of the reader's language.
    """
    try:
        yield
    except StatusRefused as refusal:
        code, sentence = refusal.reason.value, REFUSALS[refusal.reason]
        raise Refused(HTTPStatus.CONFLICT, code, sentence) from None
    except ConsentMissing as refusal:
        code = f"consent_{refusal.reason.value}"
        raise Refused(HTTPStatus.CONFLICT, code, _NO_CONSENT) from None
    except ChangedMeanwhile:
        raise Refused(HTTPStatus.CONFLICT, "changed_meanwhile", _CHANGED) from None
    except tuple(conflicts) as refusal:
        raise HttpError(HTTPStatus.CONFLICT, str(refusal)) from None
    except ClaimRefused as refusal:
        raise Unusable(refusal.field, str(refusal), body=True) from None
    except NeverPublic as refusal:
        raise Unusable("field_groups", str(refusal), body=True) from None
    except ProxyRefused as refusal:
        raise Unusable("relation", str(refusal), body=True) from None
    except ValueError as refusal:
        raise HttpError(HTTPStatus.UNPROCESSABLE_ENTITY, str(refusal)) from None
