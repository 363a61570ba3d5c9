"""A dossier of an invented detention in Ruritania: a commander, a prosecutor, two who weigh."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

from tests.prisoners.registry.casework import person_with_spell
from tests.prisoners.registry.desk import AT, Desk, make_desk
from undaunted.core.accounts.actions import acting_as
from undaunted.core.consent.actions import record_consent
from undaunted.core.consent.rules import Audience, Basis, FieldGroup, IdentityLevel, Purpose
from undaunted.core.evidence.actions import record_source
from undaunted.core.evidence.rules import Grade, SourceKind
from undaunted.core.standards.rules import Value
from undaunted.repression.dossiers.actions import (
    DossierPlan,
    Evidence,
    SubmissionPlan,
    add_act,
    confirm_statement,
    open_dossier,
    record_accused,
    record_detail,
    record_finding,
    record_link,
    record_post,
    record_reply,
    record_statement,
    search_listings,
    write_submission,
)
from undaunted.repression.dossiers.queries import dossier_for
from undaunted.repression.dossiers.rules import DetailKind, DossierReply, Weighed

if TYPE_CHECKING:
    from collections.abc import Callable
    from uuid import UUID

    from undaunted.core.consent.models import Grant
    from undaunted.repression.dossiers.models import (
        Accused,
        Dossier,
        DossierAct,
        Statement,
        Submission,
    )

__all__ = ["AT", "GB", "UNION", "VICTIM", "Scene", "agree", "make_scene", "weigh", "written"]

UNION, GB = "body:EU", "government:GB"
VICTIM = ("Олена Корсак", "Olena Korsak", "Korsak")
PARTS = (FieldGroup.DETENTION, FieldGroup.IDENTITY, FieldGroup.DOCUMENTS)


@dataclass
class Scene:
    """An office, its dossier, and the people in it."""

    desk: Desk
    dossier: Dossier
    act: DossierAct
    subject: UUID
    commander: Accused
    prosecutor: Accused
    source: UUID
    statements: list[Statement] = field(default_factory=list)


def make_scene(owner_sql: Callable[..., Any], *, weighed: bool = True) -> Scene:
    """Record a dossier whole; with `weighed=False` nothing speaks for anybody yet."""
    desk = make_desk(owner_sql)
    party, spell = person_with_spell(desk)
    with acting_as(desk.documenter) as actor:
        source = record_source(
            desk.organisation,
            actor=actor,
            at=AT,
            kind=SourceKind.COURT_PAPER,
            title="Order of 5 March",
        )
        rest = Evidence((source.pk,), Grade.parse("A2"), "p. 2")
        plan = DossierPlan(
            "Detention in Strelsau (invented)", "XR", "A detention without grounds.",
            team=[desk.publisher.pk, desk.reviewer.pk],
        )  # fmt: skip
        dossier = open_dossier(desk.organisation, plan, actor=actor, at=AT)
        act = add_act(dossier, spell.claim, actor=actor, at=AT)
        told: dict[str, Any] = {"actor": actor, "at": AT, "evidence": rest}
        commander = record_accused(dossier, "Rupert Hentzau", **told)
        prosecutor = record_accused(dossier, "Antoinette Maubon", **told)
        record_detail(commander, DetailKind.BIRTH, "1971-04", **told)
        record_post(commander, "Commander of the Guard", start="2023-01", **told)
        record_post(prosecutor, "Prosecutor of Strelsau", above="Commander of the Guard",
                    start="2024-01-01", **told)  # fmt: skip
        record_link(prosecutor, act, "ordered", "Signed the order of detention.", **told)
        record_link(commander, act, "complicit", "Prolonged it, knowing of the ruling.", **told)
        record_finding(dossier, "detention", Value.MET, "No judge saw Person 1.", act=act, **told)
        for each in (commander, prosecutor):
            record_finding(dossier, "official", Value.MET, "By the post.", accused=each, **told)
    scene = Scene(desk, dossier, act, party.pk, commander, prosecutor, source.pk)
    if weighed:
        weigh(scene)
    return scene


def weigh(scene: Scene, *, confirmed: bool = True) -> None:
    """Say of both what was searched and found, and let a second person confirm it."""
    with acting_as(scene.desk.documenter) as actor:
        for each in (scene.commander, scene.prosecutor):
            scene.statements += [
                record_statement(each, kind, f"{kind.value}: the gazette and the court's register.",
                                 actor=actor, at=AT)
                for kind in (Weighed.SEARCHED, Weighed.NOTHING_FOUND)
            ]  # fmt: skip
            record_reply(each, DossierReply.UNSAFE, "Whoever asks is arrested.", actor=actor, at=AT)
            search_listings(each, actor=actor, at=AT)
    if confirmed:
        with acting_as(scene.desk.reviewer) as actor:
            for statement in scene.statements:
                confirm_statement(statement, actor=actor, at=AT)


def agree(
    scene: Scene, audience: str, *groups: FieldGroup, level: IdentityLevel = IdentityLevel.NAME
) -> Grant:
    """Record the person's own agreement that a government is told."""
    with acting_as(scene.desk.documenter) as actor:
        return record_consent(
            scene.subject, actor=actor, at=AT, holder=scene.desk.organisation,
            purpose=Purpose.SANCTIONS_SUBMISSION, audience=Audience.parse(audience), level=level,
            field_groups=groups or PARTS, basis=Basis.SELF, how="call",
            given_on=date(2026, 10, 1), until=date(2030, 1, 1),
        )  # fmt: skip


def written(scene: Scene, law: str, **plan: Any) -> Submission:
    """Write a submission as the documenter."""
    with acting_as(scene.desk.documenter) as actor:
        held = dossier_for(actor, scene.dossier.pk)
        assert held is not None
        wanted = SubmissionPlan(law, plan.pop("recipient", "The Council (invented)"), **plan)
        return write_submission(held, wanted, actor=actor, at=AT)
