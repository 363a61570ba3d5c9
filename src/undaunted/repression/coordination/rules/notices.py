"""Notices of police organisations: whom one names, what is known of them; a hit is a question."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from undaunted.core.actors.rules.partial_date import PartialDate
from undaunted.core.places.rules import UnknownCountry, country, find_country
from undaunted.repression.coordination.rules.limits import LONGEST_NAME, checked_text, needed_text
from undaunted.repression.coordination.rules.refusals import CoordinationRefused, all_or_faults

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["NoticeKind", "ToldNotice", "checked_notice", "notice_kind"]

MOST_OF_A_KIND = 20
_DOTTED = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})")
GENDERS = ("", "female", "male", "other")


class NoticeKind(StrEnum):
    """What a notice asks of the police."""

    RED = "red"
    BLUE = "blue"
    GREEN = "green"
    YELLOW = "yellow"
    DIFFUSION = "diffusion"
    UNITED_NATIONS = "united_nations"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class ToldNotice:
    """A notice as somebody enters it.

    Attributes:
        state: who asked for it, two letters.
        source: where it was read, or who told it.
        file: the mark of one's own file before the Commission for the Control of INTERPOL's Files.
    """

    number: str
    kind: NoticeKind
    names: tuple[str, ...]
    source: str
    state: str = ""
    births: tuple[str, ...] = ()
    nationalities: tuple[str, ...] = ()
    gender: str = ""
    identifiers: tuple[str, ...] = ()
    file: str = ""


def notice_kind(text: str) -> NoticeKind:
    """Read a kind. Raises `CoordinationRefused`."""
    try:
        return NoticeKind(text.strip().lower().replace(" ", "_"))
    except ValueError:
        known = ", ".join(NoticeKind)
        raise CoordinationRefused(f"kind: {text[:40]!r} is none; write one of {known}") from None


def checked_notice(told: ToldNotice) -> ToldNotice:
    """Give a notice as it is kept. Raises `CoordinationRefused` naming all fields to mend."""
    number, names, source, state, births, nationalities, gender, identifiers, file = all_or_faults(
        lambda: needed_text("number", told.number, 80),
        lambda: _several("name", told.names, needed=True),
        lambda: needed_text("source", told.source, 400),
        lambda: _state("state", told.state) if told.state.strip() else "",
        lambda: tuple(_birth(each) for each in _several("birth", told.births)),
        lambda: tuple(
            _state("nationality", each) for each in _several("nationality", told.nationalities)
        ),
        lambda: _gender(told.gender),
        lambda: _several("identifier", told.identifiers),
        lambda: checked_text("file", told.file, 80),
    )
    return ToldNotice(
        number=number,
        kind=told.kind,
        names=names,
        source=source,
        state=state,
        births=births,
        nationalities=nationalities,
        gender=gender,
        identifiers=tuple(each if ":" in each else f"other:{each}" for each in identifiers),
        file=file,
    )


def _gender(text: str) -> str:
    gender = text.strip().lower()
    if gender not in GENDERS:
        raise CoordinationRefused(f"gender: {gender[:20]!r} is none; write female, male or other")
    return gender


def _several(name: str, values: Iterable[str], *, needed: bool = False) -> tuple[str, ...]:
    found = tuple(dict.fromkeys(needed_text(name, each, LONGEST_NAME) for each in values))
    if needed and not found:
        raise CoordinationRefused(f"{name}: write one or more")
    mute = [each for each in found if needed and not any(map(str.isalpha, each))]
    if mute:
        raise CoordinationRefused(f"{name}: {mute[0][:40]!r} has no letter; write a name")
    if len(found) > MOST_OF_A_KIND:
        raise CoordinationRefused(f"{name}: write {MOST_OF_A_KIND} at most")
    return found


def _state(name: str, text: str) -> str:
    try:
        return find_country(text) or country(text.strip()).code
    except UnknownCountry:
        raise CoordinationRefused(f"{name}: {text[:10]!r} is no state; write two letters") from None


def _birth(text: str) -> str:
    """Read a day as it is kept; with full stops, the day of the month stands first."""
    dotted = _DOTTED.fullmatch(text.strip())
    told = "{2}-{1:0>2}-{0:0>2}".format(*dotted.groups()) if dotted else text
    try:
        return PartialDate.parse(told).text
    except ValueError:
        raise CoordinationRefused(
            f"birth: {text[:20]!r} is no day; write 1961, 1961-04 or 1961-04-30"
        ) from None
