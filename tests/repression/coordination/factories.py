"""Three governments and civil society of hypothetical states, with seats, keys and a proposal."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from tests.core.accounts.factories import make_organisation, make_user
from tests.core.vault.factories import PASSPHRASE
from undaunted.core.access.rules import Role
from undaunted.core.accounts.actions import acting_as
from undaunted.core.sharing.rules import Tlp
from undaunted.core.vault.actions import found_team, make_key_pair, open_at_terminal
from undaunted.core.vault.rules import FLOOR
from undaunted.repression.coordination.actions import (
    answer_proposal,
    begin_proposal,
    confirm_go,
    confirm_moment,
    confirm_seat,
    say_go,
    send_proposal,
    set_moment,
    take_seat,
)
from undaunted.repression.coordination.queries import proposal_for, seat_for
from undaunted.repression.coordination.rules import Answer, Subject, SubjectKind

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from undaunted.core.accounts.models import User
    from undaunted.core.vault.rules import OpenKey
    from undaunted.repression.coordination.models import Party, Proposal

__all__ = [
    "NAME",
    "SUBJECT",
    "Body",
    "Scene",
    "accepted",
    "gone",
    "make_body",
    "make_scene",
    "timed",
]

NAME = "Grigor Vantsky, commander of the Northern Prison (invented)"
SUBJECT = Subject(
    kind=SubjectKind.DESCRIBED,
    name=NAME,
    identification="Born in 1961 in Zenda; wears the number 17 on his badge (invented).",
    conduct="Ordered that prisoners be beaten in March 2026 (invented).",
    exculpatory="Looked for in the files of the inquiry; nothing was found (invented).",
    authorities=("xf-rights", "Syldavian Rights Act (invented)"),
)


@dataclass
class Body:
    """An organisation with somebody who records, with an open key, and somebody who confirms."""

    id: UUID
    documenter: User
    publisher: User
    key: OpenKey
    team: UUID


@dataclass
class Scene:
    """Freedonia proposes to Syldavia and a committee; Ruritania and another know nothing."""

    proposer: Body
    partner: Body
    committee: Body
    concerned: Body
    stranger: Body
    proposal: Proposal

    @property
    def others(self) -> tuple[Body, ...]:
        """Who has no part: officials of the state concerned, and civil society not invited."""
        return self.concerned, self.stranger


def make_body(owner_sql: Any, code: str, *, government: bool = True, seated: bool = True) -> Body:
    """Make an organisation with its seat, taken and confirmed by two people."""
    at = timezone.now()
    made = make_organisation(owner_sql, country=code)
    if government:
        owner_sql("UPDATE accounts_organisation SET government = true WHERE id = %s", [made])
    documenter = make_user(owner_sql, {made: [Role.DOCUMENTER, Role.STEWARD]})
    publisher = make_user(owner_sql, {made: [Role.PUBLISHER]})
    with acting_as(documenter) as actor:
        make_key_pair(PASSPHRASE, actor=actor, at=at, work=FLOOR)
        key = open_at_terminal(PASSPHRASE, actor=actor, at=at, work=FLOOR)
        team = found_team(made, "Sanctions", actor=actor, at=at).pk
        seat = take_seat(made, team, actor=actor, at=at) if seated else None
    if seat is not None:
        with acting_as(publisher) as actor:
            held = seat_for(actor, seat.pk)
            assert held is not None
            confirm_seat(held, actor=actor, at=at)
    return Body(made, documenter, publisher, key, team)


def make_scene(owner_sql: Any, *, sent: bool = True, tlp: Tlp = Tlp.AMBER_STRICT) -> Scene:
    """Make the organisations and a proposal, sent by two people unless told otherwise."""
    proposer, partner = make_body(owner_sql, "XF"), make_body(owner_sql, "XS")
    committee = make_body(owner_sql, "XZ", government=False)
    concerned = make_body(owner_sql, "XR")
    stranger = make_body(owner_sql, "XB", government=False)
    with acting_as(proposer.documenter) as actor:
        proposal = begin_proposal(
            proposer.id,
            SUBJECT,
            tlp=tlp,
            state="XR",
            invited=[partner.id, committee.id],
            actor=actor,
            at=timezone.now(),
        )
    if sent:
        with acting_as(proposer.publisher) as actor:
            held = proposal_for(actor, proposal.pk)
            assert held is not None
            proposal = send_proposal(held, actor=actor, at=timezone.now())
    return Scene(proposer, partner, committee, concerned, stranger, proposal)


def accepted(scene: Scene, *bodies: Body) -> None:
    """Accept in the name of each."""
    for body in bodies:
        with acting_as(body.documenter) as actor:
            answer_proposal(scene.proposal, Answer.ACCEPTED, actor=actor, at=timezone.now())


def timed(scene: Scene, moment: datetime | None = None) -> Proposal:
    """Name the moment, in three hours unless told otherwise; two people move one that stands."""
    with acting_as(scene.proposer.documenter) as actor:
        held = proposal_for(actor, scene.proposal.pk)
        assert held is not None
        now = timezone.now()
        held = set_moment(held, moment or now + timedelta(hours=3), actor=actor, at=now)
    if held.moment_next is None:
        return held
    with acting_as(scene.proposer.publisher) as actor:
        return confirm_moment(held, actor=actor, at=timezone.now())


def gone(scene: Scene, body: Body) -> Party:
    """Say go by two people."""
    with acting_as(body.documenter) as actor:
        say_go(scene.proposal, actor=actor, at=timezone.now())
    with acting_as(body.publisher) as actor:
        return confirm_go(scene.proposal, actor=actor, at=timezone.now())
