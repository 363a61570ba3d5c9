"""TLP 2.0 and PAP: how far a package may travel and what may be done with it, with the source."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from undaunted.core.sharing.rules.refusals import MarkingRefused

if TYPE_CHECKING:
    from datetime import date

__all__ = ["Marking", "Pap", "Scheme", "Tlp", "pap_of", "scheme", "tlp_of"]

PACK = Path(__file__).parents[1] / "packs" / "markings.toml"


class Tlp(StrEnum):
    """Who may see it."""

    RED = "RED"
    AMBER_STRICT = "AMBER+STRICT"
    AMBER = "AMBER"
    GREEN = "GREEN"
    CLEAR = "CLEAR"


class Pap(StrEnum):
    """What may be done with it."""

    RED = "RED"
    AMBER = "AMBER"
    GREEN = "GREEN"
    WHITE = "WHITE"


@dataclass(frozen=True, slots=True)
class Marking:
    """One marking and the sentence of its publisher."""

    code: str
    label: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Scheme:
    """A set of markings with its source."""

    title: str
    version: str
    publisher: str
    url: str
    status: str
    read_on: date
    note: str
    markings: dict[str, Marking]


@cache
def scheme(name: str) -> Scheme:
    """Give `tlp` or `pap` with every marking and its source."""
    told = tomllib.loads(PACK.read_text(encoding="utf-8"))[name]
    found = {each["code"]: Marking(**each) for each in told["marking"]}
    facts = {key: told[key] for key in Scheme.__slots__ if key != "markings"}
    return Scheme(**facts, markings=found)


def tlp_of(text: str) -> Tlp:
    """Read `AMBER` or `TLP:AMBER`. Raises `MarkingRefused`."""
    code = text.strip().upper().removeprefix("TLP:")
    if code not in {each.value for each in Tlp}:
        known = ", ".join(each.value for each in Tlp)
        raise MarkingRefused(f"tlp: {text!r} is no marking of TLP 2.0; write one of {known}")
    return Tlp(code)


def pap_of(text: str) -> Pap:
    """Read `GREEN` or `PAP:GREEN`. Raises `MarkingRefused`."""
    code = text.strip().upper().removeprefix("PAP:")
    if code not in {each.value for each in Pap}:
        known = ", ".join(each.value for each in Pap)
        raise MarkingRefused(f"pap: {text!r} is no marking of PAP; write one of {known}")
    return Pap(code)
