"""A letter of a case: what the writers need, from what was known at a moment.

What is sealed stands in the confidential version alone; it is given `opened`, by row, by whoever
opened the case.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from undaunted.coercion.screening.queries import case_as_known, clocks_of, said_of, stakes_known
from undaunted.coercion.screening.rules import (
    ConditionLine,
    DeadlineLine,
    DecisionKind,
    DecisionPart,
    EvidenceLine,
    FactorLine,
    Found,
    Kept,
    Letter,
    LetterFacts,
    LetterKind,
    OwnershipLine,
    RecourseLine,
    ScreeningRefused,
    factors_for,
    fields,
    missing_fields,
    ownership_sealed,
    regime_named,
    regimes_for,
)
from undaunted.coercion.screening.rules.casework import EvidenceKind, PartyRole
from undaunted.core.accounts.queries import organisations_for
from undaunted.core.clocks.rules import SourceStatus
from undaunted.core.clocks.writers import rule_title
from undaunted.core.places.rules import UnknownCountry, country
from undaunted.engines.ownership import WHOLE as ALL
from undaunted.engines.ownership import Answer, share_in_words
from undaunted.site.english import law_told

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import datetime
    from uuid import UUID

    from undaunted.coercion.screening.models import Assessment, Case, Decision, Stake
    from undaunted.coercion.screening.queries import CaseSheet
    from undaunted.coercion.screening.rules import Regime
    from undaunted.core.access.rules import Actor

__all__ = ["LetterAsked", "letter_of"]


@dataclass(frozen=True, slots=True)
class LetterAsked:
    """Which letter; `about` is the request, the notice or the decision that it tells.

    `says` is its own text; `ownership_secret` keeps who controls whom out of the open version, as
    it is kept wherever the notification seals it.
    """

    kind: LetterKind
    to: str
    language: str = "en"
    about: UUID | None = None
    says: str = ""
    ownership_secret: bool = False


def letter_of(
    actor: Actor,
    case: Case,
    asked: LetterAsked,
    *,
    at: datetime,
    opened: Mapping[UUID, Mapping[str, str]],
) -> Letter:
    """Give the letter as the writers take it. Raises `ScreeningRefused` where it lacks something.

    A decision is told as it was known when it was taken; before that it is a draft.
    """
    sheet = case_as_known(actor, case, at)
    decision = _about(sheet.decisions, asked, LetterKind.DECISION)
    if decision is not None and decision.taken_at:
        sheet = case_as_known(actor, case, decision.taken_at)
    request = _about(sheet.requests, asked, LetterKind.REQUEST)
    notice = _about(sheet.notices, asked, LetterKind.NOTICE)
    regime = _regime(sheet, decision)
    titles = {each.code: law_told(each.title) for each in fields()}
    facts = _facts(actor, sheet, regime, decision, asked, opened)
    letter: dict[str, Any] = {
        "kind": asked.kind,
        "language": asked.language,
        "on": decision.day if decision else at.date(),
        "to": asked.to.strip() or (request.addressee if request else ""),
        "facts": facts,
        "says": Kept(asked.says),
        "deadlines": tuple(_deadlines(actor, case)) if decision is None else (),
    }
    if request is not None:
        secret = opened.get(request.pk, {}).get("text", "")
        letter |= {
            "asks": (Kept(request.text), *((Kept(secret, ""),) if secret else ())),
            "answer_by": request.due_on,
            "stops": request.stops,
        }
    elif notice is not None:
        due = [each.due for each in letter["deadlines"]]
        letter |= {"answer_by": max(due, default=None), "draft": notice.sent_at is None}
    elif asked.kind is LetterKind.ACKNOWLEDGEMENT and sheet.filing is not None:
        lacking = missing_fields(said_of(actor, sheet.filing))
        letter["asks"] = tuple(Kept(titles[each]) for each in lacking)
    elif decision is not None:
        letter |= {"decision": _decided(sheet, decision, opened), "draft": not decision.taken_at}
    return Letter(**letter)


def _about(rows: Any, asked: LetterAsked, kind: LetterKind) -> Any:  # noqa: ANN401 - rows of one kind
    if asked.kind is not kind:
        return None
    found = next((row for row in rows if asked.about in {row.pk, None}), None)
    if found is None:
        raise ScreeningRefused(f"about: the case has no such {kind} yet; give its id")
    return found


def _regime(sheet: CaseSheet, decision: Decision | None) -> Regime:
    if decision is not None:
        return regime_named(decision.regime)
    inside = [row.regime for row in sheet.scopes if row.outcome == "yes"]
    if inside:
        return regime_named(inside[0])
    found = regimes_for(sheet.case.jurisdiction, sheet.at.date())
    if not found:
        raise ScreeningRefused("scope: no regime bears on this case; record a scope test first")
    return found[-1]


def _facts(  # noqa: PLR0913, PLR0917 - all that a letter draws on
    actor: Actor,
    sheet: CaseSheet,
    regime: Regime,
    decision: Decision | None,
    asked: LetterAsked,
    opened: Mapping[UUID, Mapping[str, str]],
) -> LetterFacts:
    filing = sheet.filing
    chosen = tuple(
        row for row in sheet.assessments if decision is None or str(row.pk) in decision.factors
    )
    if asked.kind in {LetterKind.ACKNOWLEDGEMENT, LetterKind.REQUEST}:
        chosen = ()
    kept = asked.ownership_secret or ownership_sealed(filing.sealed_names if filing else ())
    evidence = _evidence(actor, sheet, chosen, secret=kept)
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
        ownership=tuple(_owners(sheet, secret=kept)) if chosen else (),
        factors=tuple(_factors(regime, chosen, evidence, opened)),
        evidence=tuple(evidence.values()),
        caveat=regime.caveat,
        hypothetical=_hypothetical(sheet.case.jurisdiction),
    )


def _field(sheet: CaseSheet, opened: Mapping[UUID, Mapping[str, str]], code: str) -> Kept:
    filing = sheet.filing
    if filing is None:
        return Kept("")
    open_text = filing.fields.get(code, "")
    if code not in filing.sealed_names:
        return Kept(open_text)
    return Kept(opened.get(filing.pk, {}).get(code, open_text), open_text)


def _owners(sheet: CaseSheet, *, secret: bool) -> Iterator[OwnershipLine]:
    if not sheet.analyses:
        return
    states = {row.identifier: row.country for row in sheet.parties if row.identifier}
    for answers in sheet.analyses[-1].result["acquirers"].values():
        for each in answers:
            if each["answer"] == "no":
                continue
            low, high = (round(part * ALL) for part in each["held"])
            yield OwnershipLine(
                owner=each["name"],
                state=each["owner"].removeprefix("STATE:")
                if each["owner"].startswith("STATE:")
                else states.get(each["owner"], ""),
                controls=Answer(each["answer"]),
                held=share_in_words(low, high),
                proof=tuple(each["proof"]["sentences"]),
                secret=secret,
            )


def _evidence(
    actor: Actor, sheet: CaseSheet, chosen: tuple[Assessment, ...], *, secret: bool
) -> dict[tuple[str, str], EvidenceLine]:
    """Give the evidence of the factors, numbered in the order in which they name it.

    A stake or a file of stakes tells who holds how much of whom, and is `secret` where that is.
    """
    named = dict.fromkeys((each["kind"], each["id"]) for row in chosen for each in row.evidence)
    keys = [key for kind, key in named if kind == EvidenceKind.STAKE]
    rows = stakes_known(actor, sheet.case, sheet.at).filter(pk__in=keys) if keys else ()
    stakes = {(str(EvidenceKind.STAKE), str(row.pk)): row for row in rows}
    return {
        key: _stake(number, stakes[key], secret=secret)
        if key in stakes
        else EvidenceLine(
            number, *_piece(sheet, *key), secret=secret and key[0] == EvidenceKind.FILE
        )
        for number, key in enumerate(named, 1)
    }


def _stake(number: int, row: Stake, *, secret: bool) -> EvidenceLine:
    owner, owned = row.owner_name or row.owner, row.owned_name or row.owned
    said = f"{owner} \N{RIGHTWARDS ARROW} {owned}: {share_in_words(row.lo, row.hi)}"
    return EvidenceLine(number, said, f"{row.source}, row {row.row}", row.valid_from, secret)


def _piece(sheet: CaseSheet, kind: str, key: str) -> tuple[str, str]:
    rows: dict[str, Any] = {
        EvidenceKind.FILE: sheet.loads,
        EvidenceKind.FACT: sheet.facts,
        EvidenceKind.ANSWER: sheet.answers,
        EvidenceKind.LIST: (check for line in sheet.lists for check in line.checks),
        EvidenceKind.ANALYSIS: sheet.analyses,
        EvidenceKind.COMMENT: sheet.comments,
    }
    row = next((each for each in rows.get(kind, ()) if str(each.pk) == key), None)
    title = str(row) if row is not None else kind
    if kind == EvidenceKind.ANALYSIS and row is not None:
        return f"{kind} {row.digest[:12]}", f"{row.recorded_at:%Y-%m-%d}"
    source = getattr(row, "source", "") or getattr(row, "list_name", "") or kind
    return title, source


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
    sheet: CaseSheet, decision: Decision, opened: Mapping[UUID, Mapping[str, str]]
) -> DecisionPart:
    measures = [row for row in sheet.mitigations if row.decision_id == decision.pk]
    conditions = [
        ConditionLine(Kept(row.text), row.starts_on, row.months, row.watched_by, row.ends_on)
        for row in measures
    ] or [ConditionLine(Kept(text), decision.day, 0, "") for text in decision.conditions]
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
        account=Kept(decision.utmost_account),
        conditions=tuple(conditions),
    )  # fmt: skip


def _deadlines(actor: Actor, case: Case) -> Iterator[DeadlineLine]:
    for clock in clocks_of(actor, case):
        if clock.closed:
            continue
        rule = clock.held_rule
        yield DeadlineLine(
            rule_title(rule),
            (clock.soft_due_at or clock.due_at).date(),
            f"{rule.source.law}, {rule.source.article}",
            str(rule.source.status),
        )


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
