"""A letter of a case: what the writers need, from what was known at a moment.

What is sealed stands in the confidential version alone; it is given `opened`, by row, by whoever
opened the case.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from undaunted.coercion.screening.analysis.exposed_told import exposure_lines
from undaunted.coercion.screening.analysis.letter_evidence import evidence_told
from undaunted.coercion.screening.analysis.letter_owners import (
    analysis_told,
    owners_named,
    owners_told,
)
from undaunted.coercion.screening.analysis.letter_periods import comments_until, deadlines_of
from undaunted.coercion.screening.analysis.partners import partner_periods
from undaunted.coercion.screening.analysis.standing import terms_read
from undaunted.coercion.screening.queries import case_as_known, said_of
from undaunted.coercion.screening.rules import (
    ConditionLine,
    DecisionKind,
    DecisionPart,
    EvidenceLine,
    FactorLine,
    Filing,
    Found,
    Kept,
    Letter,
    LetterFacts,
    LetterKind,
    RecourseLine,
    ScreeningRefused,
    factors_for,
    fields,
    missing_fields,
    ownership_sealed,
    regime_named,
    regimes_for,
)
from undaunted.coercion.screening.rules.casework import PartyRole
from undaunted.coercion.screening.writers.case_terms import condition_told
from undaunted.core.accounts.queries import organisations_for
from undaunted.core.clocks.rules import SourceStatus
from undaunted.core.places.rules import UnknownCountry, country
from undaunted.site.english import law_told

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import datetime
    from uuid import UUID

    from undaunted.coercion.screening.models import Assessment, Case, Decision, Notice, Request
    from undaunted.coercion.screening.queries import CaseSheet
    from undaunted.coercion.screening.rules import PartnerPeriod, Regime
    from undaunted.core.access.rules import Actor

__all__ = ["LetterAsked", "letter_of"]


FILED = frozenset({Filing.MANDATORY, Filing.VOLUNTARY})
"""Duties under which somebody files."""


@dataclass(frozen=True, slots=True)
class LetterAsked:
    """Which letter; `about` is the request, the notice or the decision that it tells.

    `says` is its own text; `ownership_secret` keeps who controls whom out of the open version, as
    it is kept wherever the notification seals it; `with_register` prints there what the register
    of critical assets tells, which is else for the cleared alone.
    """

    kind: LetterKind
    to: str
    language: str = "en"
    about: UUID | None = None
    says: str = ""
    ownership_secret: bool = False
    with_register: bool = False


def letter_of(
    actor: Actor,
    case: Case,
    asked: LetterAsked,
    *,
    at: datetime,
    opened: Mapping[UUID, Mapping[str, str]],
) -> Letter:
    """Give the letter as the writers take it. Raises `ScreeningRefused` where it lacks something.

    A decision is told as it was known when it was taken; before that it is a draft. A notice
    tells what it told when it was written down, whatever came later.
    """
    sheet = case_as_known(actor, case, at)
    decision = _about(sheet, asked, LetterKind.DECISION)
    request = _about(sheet, asked, LetterKind.REQUEST)
    notice = _about(sheet, asked, LetterKind.NOTICE)
    if decision is not None and decision.taken_at:
        sheet = case_as_known(actor, case, decision.taken_at)
    elif notice is not None:
        sheet = case_as_known(actor, case, notice.recorded_at)
    regime = _regime(sheet, decision, asked.kind)
    titles = {each.code: law_told(each.title) for each in fields()}
    told = _Told(asked, decision, notice)
    facts = _facts(actor, sheet, regime, told, opened)
    letter: dict[str, Any] = {
        "kind": asked.kind,
        "language": asked.language,
        "on": decision.day if decision else at.date(),
        "to": asked.to.strip() or (request.addressee if request else ""),
        "facts": facts,
        "says": Kept(asked.says),
        "deadlines": tuple(deadlines_of(actor, case, at)) if decision is None else (),
    }
    if request is not None:
        letter |= _requested(request, opened)
    elif notice is not None:
        until = comments_until(actor, case_as_known(actor, case, at), at, notice.laws)
        letter |= {"answer_by": until, "draft": notice.sent_at is None}
    elif asked.kind is LetterKind.ACKNOWLEDGEMENT and sheet.filing is not None:
        lacking = missing_fields(said_of(actor, sheet.filing))
        letter["asks"] = tuple(Kept(titles[each]) for each in lacking)
    elif decision is not None:
        decided = _decided(sheet, decision, partner_periods(actor, case, sheet.at), opened)
        letter |= {"decision": decided, "draft": not decision.taken_at}
    return Letter(**letter)


def _requested(request: Request, opened: Mapping[UUID, Mapping[str, str]]) -> dict[str, Any]:
    """Give what is asked for, by when, and whether periods stand still for it."""
    secret = opened.get(request.pk, {}).get("text", "")
    return {
        "asks": (Kept(request.text), *((Kept(secret, ""),) if secret else ())),
        "answer_by": request.due_on,
        "stops": request.stops,
    }


@dataclass(frozen=True, slots=True)
class _Told:
    """What a letter tells: which letter, of which decision or notice."""

    asked: LetterAsked
    decision: Decision | None
    notice: Notice | None

    def chooses(self, row: Assessment) -> bool:
        """Whether it tells this assessment."""
        if self.asked.kind in {LetterKind.ACKNOWLEDGEMENT, LetterKind.REQUEST}:
            return False
        if self.notice is not None:
            told = {"factor": row.factor, "finding": row.finding, "reasons": row.reasons}
            return told in self.notice.content["factors"]
        return self.decision is None or str(row.pk) in self.decision.factors


def _about(sheet: CaseSheet, asked: LetterAsked, kind: LetterKind) -> Any:  # noqa: ANN401 - a row
    """Give the row that the letter tells: the one named, or the newest that stands."""
    if asked.kind is not kind:
        return None
    rows: dict[LetterKind, list[Any]] = {
        LetterKind.REQUEST: [*sheet.requests],
        LetterKind.NOTICE: [each for each in sheet.notices if each.withdrawn_at is None],
        LetterKind.DECISION: sorted(
            (each for each in sheet.decisions if each.returned_at is None),
            key=lambda each: each.taken_at is not None,
        ),
    }
    found = [row for row in rows[kind] if asked.about in {row.pk, None}]
    if not found:
        raise ScreeningRefused(f"about: the case has no such {kind} yet; give its id")
    if len(found) > 1 and kind is not LetterKind.DECISION:
        raise ScreeningRefused(f"about: the case has {len(found)} of them; say which {kind} it is")
    return found[-1]


def _regime(sheet: CaseSheet, decision: Decision | None, kind: LetterKind) -> Regime:
    """Give the law that a letter cites; a filing is acknowledged under one that asks for it."""
    if decision is not None:
        return regime_named(decision.regime)
    inside = [row for row in sheet.scopes if row.outcome == "yes"]
    if kind is LetterKind.ACKNOWLEDGEMENT:
        inside.sort(key=lambda row: row.duty not in FILED)
    if inside:
        return regime_named(inside[0].regime)
    found = regimes_for(sheet.case.jurisdiction, sheet.at.date())
    if not found:
        raise ScreeningRefused("scope: no regime bears on this case; record a scope test first")
    return found[-1]


def _facts(
    actor: Actor,
    sheet: CaseSheet,
    regime: Regime,
    told: _Told,
    opened: Mapping[UUID, Mapping[str, str]],
) -> LetterFacts:
    filing = sheet.filing
    chosen = tuple(row for row in sheet.assessments if told.chooses(row))
    sealed = ownership_sealed(filing.sealed_names if filing else ())
    kept = told.asked.ownership_secret or sealed
    closed = kept or not told.asked.with_register
    owners = chosen if told.notice is None else told.notice.content["stakes"]
    evidence = evidence_told(actor, sheet, chosen, secret=kept)
    taken = told.decision is not None and told.decision.taken_at is not None
    analysis = analysis_told(sheet, chosen, regime, taken=taken)
    read = all(each.status is SourceStatus.VERIFIED for each in regime.sources)
    return LetterFacts(
        reference=sheet.case.reference,
        authority=_authority(actor, sheet.case),
        law=regime.title,
        verified=read,
        investor=_party(sheet, PartyRole.ACQUIRER),
        target=_party(sheet, PartyRole.TARGET),
        deal=_field(sheet, opened, "ownership"),
        value=_field(sheet, opened, "value"),
        filed=filing.received_on if filing else None,
        known_at=f"{sheet.at:%Y-%m-%d %H:%M} UTC",
        ownership=tuple(owners_told(analysis, sheet, secret=kept)) if owners else (),
        exposure=tuple(exposure_lines(actor, sheet, secret=closed)) if told.decision else (),
        factors=tuple(_factors(regime, chosen, evidence, opened)),
        evidence=tuple(evidence.values()),
        caveat=regime.caveat,
        hypothetical=_hypothetical(sheet.case.jurisdiction),
        notified=tuple(_notified(sheet, opened)) if told.notice is not None else (),
        unnamed=tuple(owners_named(actor, sheet)) if kept else (),
    )


def _field(sheet: CaseSheet, opened: Mapping[UUID, Mapping[str, str]], code: str) -> Kept:
    filing = sheet.filing
    if filing is None:
        return Kept("")
    open_text = filing.fields.get(code, "")
    if code not in filing.sealed_names:
        return Kept(open_text)
    return Kept(opened.get(filing.pk, {}).get(code, open_text), open_text)


def _notified(
    sheet: CaseSheet, opened: Mapping[UUID, Mapping[str, str]]
) -> Iterator[tuple[str, Kept]]:
    """Give what partners are told of the notification beside the deal and its value."""
    for each in fields():
        told = _field(sheet, opened, each.code)
        if each.code not in {"ownership", "value"} and told.text.strip():
            yield law_told(each.title), told


def _factors(
    regime: Regime,
    chosen: tuple[Assessment, ...],
    evidence: Mapping[tuple[str, str], EvidenceLine],
    opened: Mapping[UUID, Mapping[str, str]],
) -> Iterator[FactorLine]:
    titles = {each.code: each.title for each in factors_for(regime)}
    for row in chosen:
        yield FactorLine(
            code=row.factor,
            title=titles.get(row.factor, row.factor),
            found=Found(row.finding),
            reasons=_reasons(row, opened),
            evidence=tuple(evidence[each["kind"], each["id"]].number for each in row.evidence),
        )


def _reasons(row: Any, opened: Mapping[UUID, Mapping[str, str]]) -> Kept:  # noqa: ANN401
    secret = opened.get(row.pk, {}).get("reasons", "")
    return Kept(f"{row.reasons}\n\n{secret}", row.reasons) if secret else Kept(row.reasons)


def _decided(
    sheet: CaseSheet,
    decision: Decision,
    early: tuple[PartnerPeriod, ...],
    opened: Mapping[UUID, Mapping[str, str]],
) -> DecisionPart:
    measures = [row for row in sheet.mitigations if row.decision_id == decision.pk]
    conditions = [
        ConditionLine(
            Kept(condition_told(row.text, decision.unwind_by)),
            row.starts_on,
            row.months,
            row.watched_by,
            row.ends_on,
        )
        for row in measures
    ] or _drafted(decision)
    return DecisionPart(
        kind=DecisionKind(decision.kind),
        reasons=_reasons(decision, opened),
        recourse=tuple(
            RecourseLine(
                each["body"], each["within"], f"{each['law']}, {each['article']}",
                each["status"],
            )
            for each in decision.recourse
        ),
        no_less=Kept(decision.no_less),
        account=Kept(decision.utmost_account, ""),
        early=early,
        urgent=Kept(decision.urgent),
        urgent_told_on=decision.urgent_told_on,
        urgent_told_to=decision.urgent_told_to,
        conditions=tuple(conditions),
    )  # fmt: skip


def _drafted(decision: Decision) -> list[ConditionLine]:
    """Give the conditions of a draft, on the terms that somebody said; the usual ones are not."""
    if not decision.terms:
        told = [condition_told(text, decision.unwind_by) for text in decision.conditions]
        return [ConditionLine(Kept(text), decision.day, 0, "") for text in told]
    terms = zip(decision.conditions, map(terms_read, decision.terms), strict=True)
    return [
        ConditionLine(
            Kept(text), each.starts_on or decision.day, each.months, each.watched_by, each.ends_on
        )
        for text, each in terms
    ]


def _party(sheet: CaseSheet, role: PartyRole) -> str:
    return next((row.name for row in sheet.parties if row.role == role), "")


def _authority(actor: Actor, case: Case) -> str:
    found = organisations_for(actor).filter(pk=case.holder).first()
    return found.name if found else ""


def _hypothetical(code: str) -> bool:
    try:
        return country(code).hypothetical
    except UnknownCountry:
        return False
