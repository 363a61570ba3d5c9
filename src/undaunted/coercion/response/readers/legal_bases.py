"""What kind of legal basis each partner needs for an instrument, from a pack lawyers can amend."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from undaunted.coercion.response.readers.episode_words import Reading

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

__all__ = ["EUROPEAN_UNION", "LegalBasis", "NamedAct", "european_members", "legal_bases"]

PACK = files("undaunted.coercion.response") / "packs" / "legal_bases.toml"
EUROPEAN_UNION, OTHER = "european_union", "own_customs_territory"


@dataclass(frozen=True, slots=True)
class NamedAct:
    """An act of a partner's own that is usually named, and how it was read."""

    acts: str
    status: Reading
    read_in: str = ""


@dataclass(frozen=True, slots=True)
class LegalBasis:
    """What partners of one kind need for an instrument.

    Attributes:
        kind: `european_union` or `own_customs_territory`.
        needs: a short key, told in words by whoever shows it.
        acts: in English, as they are cited.
        status: how the source was read; `read_in` says what of it.
        named: by partner, the acts of its own that are usually named.
    """

    instrument: str
    kind: str
    partners: tuple[str, ...]
    needs: str
    acts: str
    source: str
    status: Reading
    read_in: str
    named: Mapping[str, NamedAct]


def legal_bases(instruments: Iterable[str], partners: Iterable[str]) -> tuple[LegalBasis, ...]:
    """Give what these partners need for these instruments, one entry a kind of partner."""
    held, asked, told = _held(), list(partners), []
    inside = european_members()
    for instrument in dict.fromkeys(instruments):
        for kind in (EUROPEAN_UNION, OTHER):
            chosen = tuple(each for each in asked if (each in inside) == (kind == EUROPEAN_UNION))
            if chosen:
                told.append(_basis(held, instrument, kind, chosen))
    return tuple(told)


def european_members() -> frozenset[str]:
    """Give the members of the European Union, which act on trade only together."""
    kinds = {each["key"]: each["members"] for each in _held()["partners"]}
    return frozenset(kinds[EUROPEAN_UNION])


def _basis(
    held: Mapping[str, Any], instrument: str, kind: str, chosen: tuple[str, ...]
) -> LegalBasis:
    (found,) = (
        each
        for each in held["bases"]
        if (each["instrument"], each["partners"]) == (instrument, kind)
    )
    named = {
        each["partner"]: NamedAct(each["acts"], Reading(each["status"]), each.get("read_in", ""))
        for each in held["named"]
        if each["instrument"] == instrument and each["partner"] in chosen
    }
    return LegalBasis(
        instrument=instrument,
        kind=kind,
        partners=chosen,
        needs=found["needs"],
        acts=found["acts"],
        source=found["source"],
        status=Reading(found["status"]),
        read_in=found["read_in"],
        named=named,
    )


@cache
def _held() -> dict[str, Any]:
    return tomllib.loads(PACK.read_text(encoding="utf-8"))
