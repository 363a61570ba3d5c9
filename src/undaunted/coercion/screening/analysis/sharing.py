"""What a partner authority is told of a case: nothing that is sealed, no more than was chosen."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from undaunted.coercion.screening.analysis.letter_owners import owners_named
from undaunted.coercion.screening.queries import case_as_known, stakes_known
from undaunted.coercion.screening.rules import ScreeningRefused, check_unnamed, ownership_sealed
from undaunted.coercion.screening.rules.casework import OPEN
from undaunted.engines.ownership import Right, as_part

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable
    from datetime import datetime
    from uuid import UUID

    from undaunted.coercion.screening.models import Assessment, Case, Party, Stake
    from undaunted.coercion.screening.queries import CaseSheet
    from undaunted.core.access.rules import Actor

__all__ = ["notice_content"]


def notice_content(  # noqa: PLR0913 - who tells whom what of which case
    actor: Actor,
    case: Case,
    at: datetime,
    *,
    with_stakes: bool,
    factors: Collection[UUID],
    message: str,
) -> dict[str, Any]:
    """Give the non-confidential version with the stakes and the factors that were chosen.

    Where the notification keeps its ownership secret, the investor and the target are its only
    parties. Raises `ScreeningRefused` where no notification was submitted, a factor does not
    stand, or where of such a notification the stakes are asked for, or a text names an owner.
    """
    sheet = case_as_known(actor, case, at)
    if sheet.filing is None:
        raise ScreeningRefused("filing: no notification was submitted yet; submit one first")
    chosen = [row for row in sheet.assessments if row.pk in set(factors)]
    if len(chosen) != len(set(factors)):
        raise ScreeningRefused("factors: one of them does not stand in this case; look again")
    kept = ownership_sealed(sheet.filing.sealed_names)
    if with_stakes and kept:
        raise ScreeningRefused(
            "with_stakes: the notification keeps its ownership secret; send it without the stakes"
        )
    if kept:
        _check_texts(actor, sheet, chosen, message)
    parties = [row for row in sheet.parties if not kept or row.role in OPEN]
    received = sheet.filing.received_on
    return {
        "case": case.reference,
        "title": case.title,
        "jurisdiction": case.jurisdiction,
        "origin": case.origin,
        "message": message,
        "received_on": received.isoformat() if received else None,
        "fields": sheet.filing.fields,
        "withheld": sheet.filing.sealed_names,
        "parties": [_party(row, bare=kept) for row in parties],
        "stakes": [_stake(row) for row in stakes_known(actor, case, at)] if with_stakes else [],
        "factors": [_factor(row) for row in chosen],
    }


def _check_texts(
    actor: Actor, sheet: CaseSheet, chosen: Iterable[Assessment], message: str
) -> None:
    """Hold the message and the reasons of the factors against the owners that are kept secret."""
    texts = [("message", message), *((row.factor, row.reasons) for row in chosen)]
    open_parties = [row.name for row in sheet.parties if row.role in OPEN]
    check_unnamed(texts, owners_named(actor, sheet), open_parties)


def _party(row: Party, *, bare: bool) -> dict[str, Any]:
    """Give a party; where the ownership is kept secret, who said so can tell whose it is."""
    return {
        "role": row.role,
        "name": row.name,
        "identifier": "" if bare else row.identifier,
        "country": row.country,
        "source": "" if bare else row.source,
    }


def _stake(row: Stake) -> dict[str, Any]:
    return {
        "owner": row.owner,
        "owner_name": row.owner_name,
        "owned": row.owned,
        "owned_name": row.owned_name,
        "right": Right(row.right).name.lower(),
        "min": as_part(row.lo),
        "max": as_part(row.hi),
        "valid_from": row.valid_from.isoformat() if row.valid_from else None,
        "valid_to": row.valid_to.isoformat() if row.valid_to else None,
        "source": row.source,
        "row": row.row,
        "filed": row.filed,
    }


def _factor(row: Assessment) -> dict[str, Any]:
    return {"factor": row.factor, "finding": row.finding, "reasons": row.reasons}
