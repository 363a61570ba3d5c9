"""A case that another instance sent: checked field by field before anybody looks at it."""

from __future__ import annotations

import json
import re
import unicodedata
from dataclasses import fields
from typing import Any, Final

from undaunted.core.actors.rules.partial_date import PartialDate, UnreadableDate
from undaunted.core.events.rules import ActFamily, VocabularyUnknown, term
from undaunted.core.places.rules import UnknownCountry, country
from undaunted.prisoners.registry.rules.shared_case import (
    FORMAT,
    GENDERS,
    LONGEST_TEXT,
    MOST_TEXT,
    NAME_KINDS,
    SharedAct,
    SharedCase,
    SharedName,
)

__all__ = ["CaseUnreadable", "read_case"]

MOST_BYTES = 2**20
MOST_ROWS = 500
_NO_TEXT: Final = re.compile("[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")
"""What steers a terminal or the direction of a line, and halves of characters."""


class CaseUnreadable(ValueError):
    """The bytes are no case of this format; the message names the field."""


def read_case(content: bytes) -> SharedCase:
    """Read a case. Raises `CaseUnreadable`."""
    if len(content) > MOST_BYTES:
        raise CaseUnreadable(f"the case has more than {MOST_BYTES} bytes")
    try:
        told = json.loads(content.decode("utf-8"))
        told.pop("copy", None)
        return _case(told)
    except CaseUnreadable:
        raise
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as problem:
        raise CaseUnreadable(f"the case cannot be read: {problem}") from problem


def _case(told: dict[str, Any]) -> SharedCase:
    _exactly("case", told, SharedCase)
    if told["format"] != FORMAT:
        raise CaseUnreadable(f"format: {told['format']!r}; this version reads {FORMAT}")
    for name in ("names", "acts", "nationalities", "roles"):
        if not isinstance(told[name], list) or len(told[name]) > MOST_ROWS:
            raise CaseUnreadable(f"{name}: no list, or more than {MOST_ROWS} rows")
    names = tuple(_name(f"names/{at}", each) for at, each in _rows(told["names"]))
    acts = tuple(_act(f"acts/{at}", each) for at, each in _rows(told["acts"]))
    plain = {name: _text(name, told[name]) for name in ("code", "gender", "birth", "country")}
    _day("birth", plain["birth"])
    _one_of("gender", plain["gender"], GENDERS)
    countries = tuple(
        _country(f"nationalities/{at}", each) for at, each in _rows(told["nationalities"])
    )
    roles = tuple(_term("target_roles", f"roles/{at}", each) for at, each in _rows(told["roles"]))
    return SharedCase(
        code=plain["code"],
        gender=plain["gender"],
        birth=plain["birth"],
        country=_country("country", plain["country"]),
        names=names,
        acts=acts,
        nationalities=countries,
        roles=roles,
    )


def _rows(given: list[Any]) -> list[tuple[int, Any]]:
    return list(enumerate(given, start=1))


def _row(where: str, told: Any, kind: type[Any]) -> Any:  # noqa: ANN401 - from outside
    _exactly(where, told, kind)
    return kind(**{name: _text(f"{where}/{name}", value) for name, value in told.items()})


def _name(where: str, told: Any) -> SharedName:  # noqa: ANN401 - from outside
    name: SharedName = _row(where, told, SharedName)
    _one_of(f"{where}/kind", name.kind, NAME_KINDS)
    return name


def _act(where: str, told: Any) -> SharedAct:  # noqa: ANN401 - from outside
    act: SharedAct = _row(where, told, SharedAct)
    ActFamily(act.family)
    _term("act_types", f"{where}/type", act.type)
    if act.stage:
        _term("procedural_stages", f"{where}/stage", act.stage)
    _country(f"{where}/country", act.country)
    for name in ("start", "end"):
        _day(f"{where}/{name}", getattr(act, name))
    return act


def _exactly(where: str, told: Any, kind: type[Any]) -> None:  # noqa: ANN401 - from outside
    wanted = {each.name for each in fields(kind)}
    if not isinstance(told, dict) or set(told) != wanted:
        raise CaseUnreadable(f"{where}: it must have exactly {', '.join(sorted(wanted))}")


def _text(where: str, text: Any) -> str:  # noqa: ANN401 - from outside
    most = LONGEST_TEXT.get(where.rpartition("/")[2], MOST_TEXT)
    if not isinstance(text, str) or _longest(text) > most:
        raise CaseUnreadable(f"{where}: give a text of at most {most} characters")
    if odd := _NO_TEXT.search(text):
        raise CaseUnreadable(f"{where}: leave U+{ord(odd[0]):04X} out; it is no part of a text")
    return text


def _longest(text: str) -> int:
    """Give the length of a text as it came or, where that is more, as a name is kept."""
    return max(len(text), len(unicodedata.normalize("NFC", text[: MOST_TEXT + 1])))


def _one_of(where: str, text: str, known: frozenset[str]) -> None:
    if text not in known:
        raise CaseUnreadable(f"{where}: {text!r}; give one of {', '.join(sorted(known - {''}))}")


def _country(where: str, code: Any) -> str:  # noqa: ANN401 - from outside
    try:
        return country(_text(where, code)).code if code else ""
    except (UnknownCountry, KeyError) as problem:
        raise CaseUnreadable(f"{where}: {code!r} is no code of a country") from problem


def _term(name: str, where: str, code: Any) -> str:  # noqa: ANN401 - from outside
    try:
        return term(name, _text(where, code)).code
    except VocabularyUnknown as problem:
        raise CaseUnreadable(f"{where}: {problem}") from problem


def _day(where: str, text: str) -> None:
    try:
        if text:
            PartialDate.parse(text)
    except UnreadableDate as problem:
        raise CaseUnreadable(f"{where}: {problem}") from problem
