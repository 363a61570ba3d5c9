"""A case begun, its notification drafted and submitted, its parties recorded."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from undaunted.coercion.screening.actions.keeping import open_row, seal_texts
from undaunted.coercion.screening.actions.telling import ended, enter, held_case, note, told
from undaunted.coercion.screening.actions.turns import in_turn
from undaunted.coercion.screening.models import Case, Filing, Party
from undaunted.coercion.screening.queries import draft_of, said_of
from undaunted.coercion.screening.rules import (
    FilingRefused,
    ScreeningRefused,
    ScreeningStage,
    check_filing,
    fields,
    open_version,
)
from undaunted.coercion.screening.rules.casework import (
    LONGEST_NAME,
    LONGEST_SOURCE,
    PartyRole,
    ScreeningOrigin,
    checked_country,
    checked_day,
    checked_key,
    checked_text,
    needed_text,
)
from undaunted.coercion.screening.rules.stakes import PartyKind, one_form
from undaunted.core.access.rules import Facts, Verb, require

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date, datetime
    from uuid import UUID

    from undaunted.coercion.screening.rules import Said
    from undaunted.core.access.rules import Actor
    from undaunted.core.vault.rules import OpenKey

__all__ = [
    "CasePlan",
    "PartyPlan",
    "begin_case",
    "correct_party",
    "record_party",
    "save_draft",
    "submit_filing",
    "withdraw_party",
]

OLDEST = timedelta(days=20 * 366)
"""So far back may the day lie on which a notification was received."""


@dataclass(frozen=True, slots=True)
class CasePlan:
    """What a case is called and whose law it is under; the title holds nothing confidential."""

    reference: str
    title: str
    jurisdiction: str
    origin: ScreeningOrigin = ScreeningOrigin.FILED


@dataclass(frozen=True, slots=True)
class PartyPlan:
    """Somebody with a part in the investment; `identifier` is theirs in the stakes."""

    role: PartyRole
    name: str
    source: str
    identifier: str = ""
    kind: PartyKind = PartyKind.COMPANY
    country: str = ""


def begin_case(holder: UUID, plan: CasePlan, *, actor: Actor, at: datetime) -> Case:
    """Begin a case of one's own authority, as a draft. Raises `ScreeningRefused`, `Forbidden`."""
    require(actor, Verb.RECORD, Facts(holder=holder))
    reference = checked_key("reference", plan.reference)
    title = needed_text("title", plan.title, LONGEST_NAME)
    jurisdiction = checked_country("jurisdiction", plan.jurisdiction)
    if Case.objects.filter(holder=holder, reference=reference).exists():
        raise ScreeningRefused(f"reference: {reference} is taken; choose another")
    with in_turn():
        made = Case.objects.create(
            holder=holder,
            reference=reference,
            title=title,
            jurisdiction=jurisdiction,
            origin=ScreeningOrigin(plan.origin),
            stage=ScreeningStage.DRAFT,
            moved_at=at,
            moved_by=actor.person,
            recorded_at=at,
            recorded_by=actor.person,
        )
        note("case.begun", made, actor=actor, at=at)
    return made


def save_draft(
    case: Case,
    said: Mapping[str, Said],
    *,
    actor: Actor,
    at: datetime,
    key: OpenKey | None = None,
) -> Filing:
    """Save a notification as far as it is written; what does not belong in the open is sealed.

    What was saved before is replaced whole; nothing of a draft was known to the authority yet. A
    sealed piece of it that is not `said` stays, with the open `key` of somebody in the team; one
    that is said to be empty goes. Raises `FilingRefused` for a field that is none, and without a
    key for a sealed piece that would be lost.
    """
    known = {each.code for each in fields()}
    strange = sorted(set(said) - known)
    if strange:
        raise FilingRefused(f"{strange[0]}: there is no such field; there is {', '.join(known)}")
    held_open = {each.code: each for each in open_version(said)}
    kept = {
        code: checked_text(code, each.text)
        for code, each in said.items()
        if each.text.strip() and (code not in held_open or held_open[code].withheld)
    }
    with in_turn():
        held = held_case(case, actor=actor)
        row = draft_of(actor, held) or Filing(
            holder=held.holder, case=held, recorded_at=at, recorded_by=actor.person
        )
        stays = _staying(row, said, held, key, actor=actor, at=at)
        summed = {code: row.fields[code] for code in stays if code in row.fields}
        row.fields = summed | {code: checked_text(code, e.text) for code, e in held_open.items()}
        kept = stays | kept
        row.sealed_names = sorted(kept)
        row.changed_at, row.changed_by = at, actor.person
        seal_texts(row, kept, held, actor=actor, at=at)
        row.save()
        note("case.draft_saved", held, actor=actor, at=at, row=str(row.pk))
    return row


def _staying(  # noqa: PLR0913 - a draft, what is said anew, and who opens it
    row: Filing,
    said: Mapping[str, Said],
    case: Case,
    key: OpenKey | None,
    *,
    actor: Actor,
    at: datetime,
) -> dict[str, str]:
    """Give the sealed texts of a draft that nothing is said of, so that they stay."""
    lost = [code for code in row.sealed_names if code not in said]
    if not lost:
        return {}
    if key is None:
        raise FilingRefused(
            "; ".join(
                f"{code}: it is sealed; write it anew, or open your key first" for code in lost
            )
        )
    opened = open_row(row, case, key=key, actor=actor, at=at)
    return {code: opened[code] for code in lost}


def submit_filing(case: Case, *, received_on: date, actor: Actor, at: datetime) -> Filing:
    """Submit the draft; an earlier notification of the case is replaced by it.

    Raises `FilingRefused` with all that a notification lacks; what an authority takes up itself
    need not be complete.
    """
    checked_day("received_on", received_on, first=at.date() - OLDEST, last=at.date())
    with in_turn():
        held = held_case(case, actor=actor)
        row = draft_of(actor, held)
        if row is None:
            raise FilingRefused("filing: nothing is drafted; save a notification first")
        if held.origin == ScreeningOrigin.FILED:
            check_filing(said_of(actor, row))
        for earlier in Filing.objects.filter(
            case=held, submitted_at__isnull=False, withdrawn_at__isnull=True
        ):
            ended(earlier, "replaced by an amended notification", "case.filing_replaced",
                  actor=actor, at=at)  # fmt: skip
        row.submitted_at, row.submitted_by, row.received_on = at, actor.person, received_on
        row.changed_at, row.changed_by = at, actor.person
        row.save()
        note("case.filing_submitted", held, actor=actor, at=at, row=str(row.pk))
        if held.stage == ScreeningStage.DRAFT:
            enter(held, ScreeningStage.FILED, "", actor=actor, at=at)
    return row


def record_party(case: Case, plan: PartyPlan, *, actor: Actor, at: datetime) -> Party:
    """Record somebody with a part in the investment, with who says so."""
    with in_turn():
        held = held_case(case, actor=actor)
        return told(Party, held, "case.party_recorded", actor=actor, at=at, **_party(held, plan))


def correct_party(party: Party, plan: PartyPlan, *, why: str, actor: Actor, at: datetime) -> Party:
    """Replace what was recorded of somebody; both stay on record."""
    with in_turn():
        held = held_case(party.case, actor=actor)
        old = ended(party, why, "case.party_withdrawn", actor=actor, at=at)
        return told(
            Party, held, "case.party_recorded", actor=actor, at=at, replaces=old,
            **_party(held, plan),
        )  # fmt: skip


def withdraw_party(party: Party, *, why: str, actor: Actor, at: datetime) -> Party:
    """Withdraw somebody who has no part in it after all; it stays on record."""
    with in_turn():
        held_case(party.case, actor=actor)
        return ended(party, why, "case.party_withdrawn", actor=actor, at=at)


def _party(case: Case, plan: PartyPlan) -> dict[str, object]:
    """Give a party as columns. Raises `ScreeningRefused` where its id is another's."""
    name = needed_text("name", plan.name, 200)
    identifier = checked_text("identifier", one_form(plan.identifier), 200)
    others = Party.objects.filter(case=case, withdrawn_at__isnull=True).exclude(name=name)
    same = (each for each in others if identifier and one_form(each.identifier) == identifier)
    other = next(same, None)
    if other is not None:
        raise ScreeningRefused(
            f"identifier: {identifier} is {other.name} in this case; give another id, or that name"
        )
    return {
        "role": PartyRole(plan.role),
        "name": name,
        "identifier": identifier,
        "kind": PartyKind(plan.kind).name.lower(),
        "country": checked_country("country", plan.country) if plan.country else "",
        "source": needed_text("source", plan.source, LONGEST_SOURCE),
    }
