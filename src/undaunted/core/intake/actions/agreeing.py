"""Recording what a reporter agreed to, so that their receipt can take it back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from undaunted.core.access.rules import Sharing
from undaunted.core.consent.actions import bind_receipt, record_consent
from undaunted.core.consent.queries import grants_for
from undaunted.core.consent.rules import Asked, Basis, shown_text
from undaunted.core.intake.actions.casework import open_mailbox
from undaunted.core.intake.rules import (
    AGREED_FOR,
    Governments,
    WhyOpened,
    agreements_of,
    governments_in,
)

if TYPE_CHECKING:
    from datetime import datetime

    from undaunted.core.access.rules import Actor
    from undaunted.core.intake.models import Mailbox
    from undaunted.core.vault.rules import OpenKey

__all__ = ["Recorded", "record_agreements"]

HOW = "ticked at the door"


@dataclass(frozen=True, slots=True)
class Recorded:
    """How many agreements are new, and which governments were named and which of them left out."""

    made: int
    governments: Governments


def record_agreements(box: Mailbox, *, key: OpenKey, actor: Actor, at: datetime) -> Recorded:
    """Record the boxes ticked in a mailbox as agreements, each under the reporter's receipt.

    They are read from what was sealed, not from what a page says. What is recorded already is left
    alone, and the state that they are about is left out.
    """
    letters = open_mailbox(box, key=key, actor=actor, at=at, reason=WhyOpened.CASEWORK)
    answers = next((each.answers for each in letters if each.answers), None)
    given = answers.given if answers and not answers.decoy else {}
    governments = governments_in(given)
    known = {
        (purpose, audience)
        for grant in grants_for(actor, [box.pk])[box.pk]
        for purpose in grant.purposes
        for audience in grant.audiences
    }
    made = []
    for agreed in agreements_of(given.get("consents", ()), governments.codes):
        if (agreed.purpose, agreed.audience) in known:
            continue
        given_on = box.arrived_at.date()
        until = given_on + timedelta(days=AGREED_FOR)
        asked = Asked(
            (agreed.purpose,), agreed.audience, agreed.level, tuple(sorted(agreed.groups)), until
        )
        grant = record_consent(
            box.pk,
            actor=actor,
            at=at,
            holder=box.holder,
            sharing=Sharing.ORGANISATION,
            purpose=agreed.purpose,
            audience=agreed.audience,
            level=agreed.level,
            field_groups=agreed.groups,
            basis=Basis.SELF,
            how=HOW,
            given_on=given_on,
            until=until,
            shown=shown_text(asked, answers.spoken if answers else ""),
        )
        made.append(grant)
    bind_receipt(made, bytes(box.lookup), actor=actor, at=at)
    return Recorded(len(made), governments)
