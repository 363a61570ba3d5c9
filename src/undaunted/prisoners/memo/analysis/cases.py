"""One case as a memo prints it: public facts for the public, one's own records for one's own."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from undaunted.core.consent.rules import FieldGroup, IdentityLevel
from undaunted.core.events.rules import ActFamily
from undaunted.prisoners.memo.rules import Variant
from undaunted.prisoners.registry.queries.tactics import COUNTED_FAMILIES
from undaunted.prisoners.registry.rules.shared_case import cut_to_month

if TYPE_CHECKING:
    from collections.abc import Iterable
    from uuid import UUID

    from undaunted.prisoners.memo.queries import AgreedCase
    from undaunted.prisoners.memo.rules import DeskText, MemoRequest

__all__ = ["CaseLine", "case_line"]

PSEUDONYM = "pseudonym"


@dataclass(frozen=True, slots=True)
class CaseLine:
    """Who it is as far as they agreed, what binds them since when, by whom it is known."""

    subjects: frozenset[UUID]
    reference: str
    name: str
    roles: tuple[str, ...]
    acts: tuple[str, ...]
    """What binds them on the day, the longest first; codes of the vocabulary."""
    detained: bool
    since: str
    laws: tuple[str, ...]
    law_text: str
    sentence_months: int | None
    tier: str
    confirmed: date
    """The last day of which somebody said that it is still so."""
    to_month: bool
    sources: tuple[str, ...]
    hidden_sources: int
    quiet: bool
    ask: str
    ask_from: date | None


@dataclass(frozen=True, slots=True)
class _Binding:
    """One act in force on the day, whichever table it came from."""

    claim: UUID
    family: str
    type: str
    start: str
    begun: date
    laws: tuple[str, ...]
    law_text: str
    sentence_months: int | None
    tier: str


def case_line(
    case: AgreedCase, asked: MemoRequest, *, holder: UUID, texts: Iterable[DeskText]
) -> CaseLine | None:
    """Give the line of a case; None where nothing binds the person on the day, as far as is known.

    A public line says what the public registry says and no more, months instead of days.
    """
    public = asked.variant is Variant.PUBLIC
    if public:
        found = [_of_spell(each) for each in _spells(case.published) if _on(each, asked.as_of)]
    else:
        found = [
            _of_act(each)
            for each in case.file.acts
            if each.holder == holder and _on(each, asked.as_of)
        ]
    bindings = sorted(
        (each for each in found if each.family in COUNTED_FAMILIES),
        key=lambda each: (each.family != ActFamily.DEPRIVATION_OF_LIBERTY, each.begun),
    )
    if not bindings:
        return None
    main = bindings[0]
    named = case.identity is IdentityLevel.NAME
    sources, hidden = _sources(case, main, public=public, stays=asked.stays and named)
    told = _confirmed(case, main, asked.as_of)
    ask = next((each for each in texts if each.subject in case.subjects), None)
    return CaseLine(
        subjects=case.subjects | (ask.shows if ask else frozenset()),
        reference=_reference(case, asked),
        name=_name(case, holder, public=public),
        roles=_roles(case, public=public),
        acts=tuple(dict.fromkeys(each.type for each in bindings)),
        detained=main.family == ActFamily.DEPRIVATION_OF_LIBERTY,
        since=main.start if named else cut_to_month(main.start),
        laws=main.laws,
        law_text=main.law_text if named else "",
        sentence_months=main.sentence_months,
        tier=case.published.tier if public and case.published else main.tier,
        confirmed=max(told, default=min(main.begun, asked.as_of)),
        to_month=public or not named or not told,
        sources=sources,
        hidden_sources=hidden,
        quiet=case.quiet,
        ask=ask.body if ask else "",
        ask_from=ask.confirmed_on if ask else None,
    )


def _spells(published: Any) -> list[Any]:  # noqa: ANN401 - a published case, or none
    return list(published.spells.all()) if published else []


def _on(act: Any, day: date) -> bool:  # noqa: ANN401 - an act, or what is published of it
    begun = act.start_earliest is None or act.start_earliest <= day
    ended = bool(act.end) and (act.end_latest is None or act.end_latest < day)
    return begun and not ended


def _of_spell(spell: Any) -> _Binding:  # noqa: ANN401 - what is published of an act
    return _Binding(
        claim=spell.claim,
        family=spell.category,
        type=spell.type,
        start=spell.start,
        begun=_first(spell),
        laws=tuple(spell.laws),
        law_text="",
        sentence_months=spell.sentence_months,
        tier=spell.tier,
    )


def _of_act(act: Any) -> _Binding:  # noqa: ANN401 - an act of the ledger
    return _Binding(
        claim=act.claim,
        family=act.category,
        type=act.type,
        start=act.start,
        begun=_first(act),
        laws=(act.law_category,) if act.law_category else (),
        law_text=act.law,
        sentence_months=act.sentence_months,
        tier=act.tier,
    )


def _first(act: Any) -> date:  # noqa: ANN401 - as above
    first: date | None = act.start_latest
    return first or date.max


def _roles(case: AgreedCase, *, public: bool) -> tuple[str, ...]:
    if FieldGroup.BIOGRAPHY not in case.groups:
        return ()
    return tuple(case.published.roles if public and case.published else case.file.party.roles)


def _name(case: AgreedCase, holder: UUID, *, public: bool) -> str:
    if case.identity < IdentityLevel.PSEUDONYM:
        return ""
    named = case.identity is IdentityLevel.NAME
    if public:
        return case.published.name if named and case.published else ""
    for name in case.file.names:
        if name.holder == holder and (name.kind == PSEUDONYM) is not named:
            return name.text
    return ""


def _reference(case: AgreedCase, asked: MemoRequest) -> str:
    """Give the public reference, else a code of its own for each reader."""
    if case.published is not None and (asked.variant is Variant.PUBLIC or asked.stays):
        return str(case.published.reference)
    told = f"{case.file.party.canonical} {asked.reader}"
    return "case-" + hashlib.sha256(told.encode()).hexdigest()[:8]


def _confirmed(case: AgreedCase, main: _Binding, day: date) -> list[date]:
    return [
        each
        for act in case.file.acts
        if act.claim == main.claim
        for each in act.confirmed
        if each <= day
    ]


def _sources(
    case: AgreedCase, main: _Binding, *, public: bool, stays: bool
) -> tuple[tuple[str, ...], int]:
    """Give what the sources are called, and how many may not be told to this reader."""
    if public:
        rows = case.published.sources.all() if case.published else ()
        told = (_called(each.publisher, each.title, each.published) for each in rows)
        return tuple(dict.fromkeys(each for each in told if each)), 0
    held = [
        citation.source
        for act in case.file.acts
        if act.claim == main.claim
        for citation in case.file.cited(act)
    ]
    open_ones = [each for each in held if stays or each.public]
    told = (_called(each.publisher, each.title, each.published) for each in open_ones)
    names = tuple(dict.fromkeys(each for each in told if each))
    return names, len({each.pk for each in held} - {each.pk for each in open_ones})


def _called(publisher: str, title: str, published: str) -> str:
    return ", ".join(part for part in (publisher, title, published) if part)
