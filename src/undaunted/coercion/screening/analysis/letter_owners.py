"""Who controls the investor, as a letter tells it: by which analysis, and who must not be named."""

from __future__ import annotations

import re
from contextlib import suppress
from typing import TYPE_CHECKING

from django.conf import settings
from django.utils.translation import get_language

from undaunted.coercion.screening.queries import owners_ever, parties_ever
from undaunted.coercion.screening.rules import OwnershipLine
from undaunted.coercion.screening.rules.casework import OPEN, EvidenceKind
from undaunted.coercion.screening.rules.naming import Spelled
from undaunted.core.places.rules import UnknownCountry, country_name
from undaunted.engines.ownership import WHOLE as ALL
from undaunted.engines.ownership import Answer, one_form, share_in_words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from undaunted.coercion.screening.models import Analysis, Assessment
    from undaunted.coercion.screening.queries import CaseSheet
    from undaunted.coercion.screening.rules import Regime
    from undaunted.core.access.rules import Actor

__all__ = ["analysis_told", "owners_named", "owners_told", "states_named"]

STATE = "STATE:"
_STATES = re.compile(r"\bSTATE:[A-Z]{2}\b")


def analysis_told(
    sheet: CaseSheet, chosen: tuple[Assessment, ...], regime: Regime, *, taken: bool
) -> Analysis | None:
    """Give the analysis that a letter rests on: what somebody kept later does not replace it.

    It is the last that the factors name as evidence; else by the regime's own test, else of all:
    the last by the day that was asked about. One whose stakes were withdrawn tells nothing, but of
    a decision that was `taken`: what it named stays what it was taken on.
    """
    kept = sorted(sheet.analyses, key=lambda row: row.as_of)
    standing = [row for row in kept if row.pk not in sheet.fallen]
    named = {
        each["id"]
        for row in chosen
        for each in row.evidence
        if each["kind"] == EvidenceKind.ANALYSIS
    }
    cited = [row for row in (kept if taken else standing) if str(row.pk) in named]
    own = [row for row in standing if row.result.get("measure", {}).get("regime") == regime.key]
    found = cited or own or standing
    return found[-1] if found else None


def owners_told(
    analysis: Analysis | None, sheet: CaseSheet, *, secret: bool
) -> Iterator[OwnershipLine]:
    """Give whoever must or may control the investor, with the proof."""
    if analysis is None:
        return
    states = {row.identifier: row.country for row in sheet.parties if row.identifier}
    by = analysis.result.get("measure", {})
    law = f"{by['law']} ({by['threshold']})" if by.get("law") else ""
    for answers in analysis.result["acquirers"].values():
        for each in answers:
            if each["answer"] == "no":
                continue
            low, high = (round(part * ALL) for part in each["held"])
            owner, name = each["owner"], each["name"]
            yield OwnershipLine(
                owner=_state_name(owner) if name == owner else name,
                state=owner.removeprefix(STATE)
                if owner.startswith(STATE)
                else states.get(owner, ""),
                controls=Answer(each["answer"]),
                held=share_in_words(low, high),
                proof=tuple(states_named(said) for said in each["proof"]["sentences"]),
                secret=secret,
                law=law,
            )


def owners_named(actor: Actor, sheet: CaseSheet) -> Iterator[str]:
    """Give names and identifiers of all owners ever told, but of whom every notification names.

    Owners of stakes that were withdrawn are among them, and parties that were: texts may hold them.
    A state that owns, and the country of an owner, are named in every language of the desk, but
    where it is the country of a party that everybody reads, or the one that screens.
    """
    shown = {
        one_form(told)
        for row in sheet.parties
        if row.role in OPEN
        for told in (row.name, row.identifier)
    }
    behind = [row for row in parties_ever(actor, sheet.case, sheet.at) if row.role not in OPEN]
    found = [told for row in behind for told in (row.name, row.identifier)]
    for analysis in sheet.analyses:
        for answers in analysis.result["acquirers"].values():
            found += [told for each in answers for told in (each["name"], each["owner"])]
    found += [told for row in owners_ever(actor, sheet.case, sheet.at) for told in row]
    found = [one_form(each) for each in found]
    yield from dict.fromkeys(each for each in found if each.strip() and each not in shown)
    countries = {told.removeprefix(STATE) for told in found if told.startswith(STATE)}
    countries |= {row.country for row in behind}
    told_openly = {row.country for row in sheet.parties if row.role in OPEN}
    for code in sorted(countries - told_openly - {sheet.case.jurisdiction, ""}):
        yield from _country_names(code)


def states_named(sentence: str) -> str:
    """Give a sentence with states by their names, which the stakes know by ids."""
    return _STATES.sub(lambda found: _state_name(found.group()), sentence)


def _country_names(code: str) -> Iterator[str]:
    """Give a country in every language, once where one spelling finds the other."""
    told: list[str] = []
    with suppress(UnknownCountry):
        for language, _title in settings.LANGUAGES:
            name = country_name(code, language)
            if not any(Spelled(each).names(name) for each in told):
                told.append(name)
                yield name


def _state_name(owner: str) -> str:
    """Give a state by its name, and whoever else as the stakes call it."""
    if not owner.startswith(STATE):
        return owner
    try:
        return country_name(owner.removeprefix(STATE), get_language() or "en")
    except UnknownCountry:
        return owner
