"""An authority of a hypothetical state with a team, a proceeding, and a request that was sealed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

from tests.coercion.instruments.designs import CALCULATION, INJURY, design
from tests.core.accounts.factories import make_organisation, make_user
from tests.core.vault.factories import PASSPHRASE, Colleague, take_in
from undaunted.coercion.instruments.actions import (
    PaperPlan,
    ProceedingPlan,
    assess_elements,
    attach_calculation,
    confirm_step,
    file_paper,
    open_proceeding,
    propose_step,
    publish_proceeding,
    record_draft,
    record_engagement,
    record_vote,
)
from undaunted.coercion.instruments.analysis import StepFacts, StepPlan
from undaunted.coercion.instruments.queries import proceeding_for, step_waiting
from undaunted.coercion.instruments.rules import (
    CONDITIONS,
    FACTORS,
    Element,
    ElementState,
    How,
    InstrumentChannel,
    Opening,
    Opinion,
    PaperKind,
    Stage,
    SummaryLine,
    council_figures,
)
from undaunted.core.access.rules import Role
from undaunted.core.accounts.actions import acting_as
from undaunted.core.vault.actions import found_team, make_key_pair, open_at_terminal
from undaunted.core.vault.rules import FLOOR

if TYPE_CHECKING:
    from uuid import UUID

    from undaunted.coercion.instruments.models import Paper, Proceeding, Step, Vote
    from undaunted.core.accounts.models import User
    from undaunted.core.vault.rules import OpenKey

__all__ = [
    "AT",
    "DRAFT",
    "ELEMENTS_MET",
    "INJURY",
    "PLAN",
    "REQUEST",
    "SECRET",
    "Authority",
    "Scene",
    "calculated",
    "let_out",
    "make_authority",
    "make_scene",
    "stepped",
    "to_measures",
    "voted",
]

AT = datetime(2026, 11, 20, 12, tzinfo=UTC)
SECRET = "Glimmerholt Sawmills"
"""Who asked (invented): nobody outside the team may ever read it."""
PLAN = ProceedingPlan(
    "zubrowka-timber", "Timber held at the border of Zubrowka (invented)", "XZ", ["XF"],
    "Zubrowka holds Freedonian timber at its border until an inquiry ends (invented).",
    Opening.REQUEST,
)  # fmt: skip
REQUEST = PaperPlan(
    PaperKind.SUBMISSION, "Facts about a measure", date(2026, 11, 2),
    [SummaryLine("facts", "evidence", "Facts", "A producer of wood lost a part of its sales.",
                 How.SUMMARISED)],
    {"requester": f"{SECRET} AG", "facts": f"{SECRET} lost 14.2 per cent of its sales."},
)  # fmt: skip
ELEMENTS_MET = tuple(
    Element(key, ElementState.MET, (f"{key}: shown by what was filed (invented).",), ("p1",))
    for key in (*CONDITIONS, *FACTORS)
)
DRAFT = StepFacts(
    consulted=True,
    explained="The trade desk read the file of results line by line (invented).",
    heard=True, opinion=Opinion.POSITIVE,
    applies_on=date(2026, 11, 19),
)  # fmt: skip


@dataclass
class Authority:
    """An authority with somebody who records, somebody who confirms, and a colleague outside."""

    id: UUID
    documenter: User
    publisher: User
    reader: User
    team: UUID
    key: OpenKey
    second_key: OpenKey


@dataclass
class Scene:
    """A proceeding of one authority, and another authority that has no part in it."""

    ours: Authority
    theirs: Authority
    proceeding: Proceeding
    paper: Paper


def make_authority(owner_sql: Any, code: str) -> Authority:
    """Make an authority whose documenter and publisher have keys and are a team."""
    made = make_organisation(owner_sql, country=code)
    owner_sql("UPDATE accounts_organisation SET government = true WHERE id = %s", [made])
    documenter = make_user(owner_sql, {made: [Role.DOCUMENTER, Role.STEWARD]})
    with acting_as(documenter) as actor:
        make_key_pair(PASSPHRASE, actor=actor, at=AT, work=FLOOR)
        key = open_at_terminal(PASSPHRASE, actor=actor, at=AT, work=FLOOR)
        team = found_team(made, "Coercion desk", actor=actor, at=AT).pk
    publisher = make_user(owner_sql, {made: [Role.PUBLISHER]})
    with acting_as(publisher) as actor:
        make_key_pair(PASSPHRASE, actor=actor, at=AT, work=FLOOR)
        second_key = open_at_terminal(PASSPHRASE, actor=actor, at=AT, work=FLOOR)
    take_in(owner_sql, team, publisher.pk, by=Colleague(documenter, key))
    return Authority(
        made,
        documenter,
        publisher,
        make_user(owner_sql, {made: [Role.READER]}),
        team,
        key,
        second_key,
    )


def make_scene(owner_sql: Any) -> Scene:
    """Open a proceeding on a request whose requester is sealed."""
    ours, theirs = make_authority(owner_sql, "XF"), make_authority(owner_sql, "XS")
    with acting_as(ours.documenter) as actor:
        held = open_proceeding(ours.id, PLAN, actor=actor, at=AT, team=ours.team)
        paper = file_paper(held, REQUEST, actor=actor, at=AT)
    return Scene(ours, theirs, held, paper)


def stepped(
    scene: Scene, to: Stage, on: date, facts: StepFacts | None = None, at: datetime = AT
) -> Step:
    """Take a step by the two people of the authority."""
    plan = StepPlan(to, on, f"Reasons for {to} (invented).", facts or StepFacts())
    with acting_as(scene.ours.documenter) as actor:
        propose_step(scene.proceeding, plan, actor=actor, at=at)
    with acting_as(scene.ours.publisher) as actor:
        held = proceeding_for(actor, scene.proceeding.pk)
        assert held is not None
        waiting = step_waiting(actor, held)
        assert waiting is not None
        return confirm_step(waiting, actor=actor, at=at)


def let_out(scene: Scene, which: UUID) -> Proceeding:
    """Put a proceeding on the tracker, by the publisher whose key opens its papers."""
    with acting_as(scene.ours.publisher) as actor:
        held = proceeding_for(actor, which)
        assert held is not None
        return publish_proceeding(held, actor=actor, at=AT, key=scene.ours.second_key)


def calculated(best: int) -> bytes:
    """Give the file of a calculation with another best estimate (invented)."""
    row = f"Timber,80,{best},130,EUR million,2025,Orders,Customs (invented)\n"
    return CALCULATION.partition(b"\n")[0] + b"\n" + row.encode()


def voted(scene: Scene, on: date, **changed: str) -> Vote:
    """Record that every member state voted for it, but those that are changed (invented)."""
    votes = dict.fromkeys(council_figures(on).people, "for") | changed
    with acting_as(scene.ours.documenter) as actor:
        return record_vote(scene.proceeding, on, votes, actor=actor, at=AT)


def to_measures(scene: Scene) -> None:
    """Examine, determine, engage; injury and one measure are on record."""
    with acting_as(scene.ours.documenter) as actor:
        assess_elements(scene.proceeding, ELEMENTS_MET, actor=actor, at=AT)
        attach_calculation(scene.proceeding, "injury.csv", CALCULATION, actor=actor, at=AT)
        record_draft(scene.proceeding, design(), actor=actor, at=AT)
        record_engagement(
            scene.proceeding, date(2026, 9, 28), InstrumentChannel.CONSULTATION,
            "Ministry of trade", "We asked for an end of it (invented).", actor=actor, at=AT,
        )  # fmt: skip
    stepped(scene, Stage.EXAMINATION, date(2026, 5, 4))
    stepped(scene, Stage.DETERMINATION, date(2026, 8, 3))
    voted(scene, date(2026, 9, 21))
    stepped(scene, Stage.ENGAGEMENT, date(2026, 9, 21))
