"""A notification: what it must hold, and what of it whoever is not cleared may read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from undaunted.coercion.screening.rules.catalogues import fields
from undaunted.coercion.screening.rules.refusals import FilingRefused

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

__all__ = [
    "LONGEST",
    "OpenField",
    "Said",
    "check_filing",
    "missing_fields",
    "open_version",
    "ownership_sealed",
]

LONGEST = 8000
OWNERSHIP = "ownership"


@dataclass(frozen=True, slots=True)
class Said:
    """What a filer wrote in a field.

    Attributes:
        text: the whole of it.
        secret: it holds a trade secret, or its filer asks for it to be kept.
        summary: what may be read in its place; needed where a secret belongs in the open version.
    """

    text: str
    secret: bool = False
    summary: str = ""


@dataclass(frozen=True, slots=True)
class OpenField:
    """One field of the version without secrets; `withheld` tells that only a summary stands."""

    code: str
    title: str
    text: str
    withheld: bool


def missing_fields(said: Mapping[str, Said]) -> tuple[str, ...]:
    """Give the fields that a complete notification has and this one lacks."""
    held = {code for code, each in said.items() if each.text.strip()}
    return tuple(each.code for each in fields() if each.required and each.code not in held)


def ownership_sealed(sealed: Collection[str]) -> bool:
    """Whether who owns whom is among the fields that were sealed; no open text then tells it."""
    return OWNERSHIP in sealed


def check_filing(said: Mapping[str, Said]) -> None:
    """Raise `FilingRefused` with everything that keeps a notification from being complete."""
    known = {each.code: each for each in fields()}
    problems = [f"{code}: there is no such field" for code in said if code not in known]
    problems += [f"{code}: write {known[code].title[0].lower() + known[code].title[1:]}"
                 for code in missing_fields(said)]  # fmt: skip
    for code, each in said.items():
        if len(each.text) > LONGEST or len(each.summary) > LONGEST:
            problems.append(f"{code}: write {LONGEST} letters at most, and attach the rest")
        if code in known and known[code].disclosed and each.secret and not each.summary.strip():
            problems.append(f"{code}: sum up what may be read of it, without the secret")
    if problems:
        raise FilingRefused("; ".join(problems))


def open_version(
    said: Mapping[str, Said], *, withhold: Collection[str] = ()
) -> tuple[OpenField, ...]:
    """Give the version without secrets.

    A field that does not belong in it shows its summary, if there is one, and is else left out;
    so is one that the authority chose to `withhold`.
    """
    told = []
    for each in fields():
        what = said.get(each.code, Said(""))
        kept = what.secret or not each.disclosed or each.code in withhold
        text = what.summary if kept else what.text
        if text.strip():
            told.append(OpenField(each.code, each.title, text, withheld=kept))
    return tuple(told)
