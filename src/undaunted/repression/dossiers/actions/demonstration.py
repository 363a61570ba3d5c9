"""An invented dossier of Ruritania, through the ordinary gates: a prosecutor, a commander, a guard.

It rests on two acts of the demonstration's registry. One of the two people agreed that the Union
and the United Kingdom are told, the other agreed for the Union alone; nobody is named in a paper.
"""

from __future__ import annotations

import io
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any, Final

from django.db import transaction

from undaunted.core.accounts.actions import acting_as
from undaunted.core.accounts.queries import user_named
from undaunted.core.consent.actions import record_consent
from undaunted.core.consent.rules import Audience, Basis, FieldGroup, IdentityLevel, Purpose
from undaunted.core.events.queries import acts_recorded
from undaunted.core.events.rules import ActFamily
from undaunted.core.evidence.actions import make_clean_copy, record_source, store_document
from undaunted.core.evidence.rules import Grade, Ground, SourceKind, marks_of
from undaunted.core.standards.rules import Value
from undaunted.repression.dossiers.actions.parts import Evidence
from undaunted.repression.dossiers.actions.planning import DossierPlan
from undaunted.repression.dossiers.actions.recording import (
    add_act,
    open_dossier,
    record_accused,
    record_detail,
    record_finding,
    record_link,
    record_post,
)
from undaunted.repression.dossiers.actions.redacting import redact_annex
from undaunted.repression.dossiers.actions.releasing import (
    open_submission_file,
    release_submission,
)
from undaunted.repression.dossiers.actions.submitting import SubmissionPlan, write_submission
from undaunted.repression.dossiers.actions.weighing import (
    add_annex,
    confirm_statement,
    record_reply,
    record_statement,
    search_listings,
)
from undaunted.repression.dossiers.queries import dossier_for, submission_for
from undaunted.repression.dossiers.rules import DRAFT, DetailKind, DossierReply, Weighed

if TYPE_CHECKING:
    from collections.abc import Mapping
    from contextlib import AbstractContextManager
    from uuid import UUID

    from undaunted.core.access.rules import Actor
    from undaunted.core.events.queries import Act
    from undaunted.repression.dossiers.models import Accused, Dossier, DossierAct, Statement

__all__ = ["load_dossiers"]

AT: Final = datetime(2026, 11, 21, 11, tzinfo=UTC)
_AGREED: Final = (("body:EU", "government:GB"), ("body:EU",))
_TITLE: Final = "Held in Ruritania past every order (invented)"
_SUMMARY: Final = (
    "Two people were kept in past the terms of their sentences on orders of one prosecutor; a "
    "commander was told so in writing. Everything here is invented."
)
_ABOVE: Final = "Commander of the State Prisons"
_WITNESS: Final = "Ilka Strofeny"
_LETTER: Final = f"""To the State Prisons, Strelsau. (Everything here is invented.)

Whoever is held beyond a term has to be brought before a judge.
{_WITNESS}, who works in the kitchen of the closed wing, saw the guards turn the lawyers away
on three mornings. We ask that {_WITNESS} is not questioned by the guards of that wing.
"""
_SENT: Final = (
    ("eu-2020-1998", "Council of the European Union (invented copy)"),
    ("gb-ghrsr-2020", "Foreign, Commonwealth and Development Office (invented copy)"),
)
_SOURCES: Final = (
    (SourceKind.COURT_PAPER, "Order on the end of terms, signed (invented)", "A2"),
    (SourceKind.LAWYER, "Letter of counsel to the prisons (invented)", "B2"),
    (SourceKind.OFFICIAL_REGISTER, "Gazette of Ruritania, appointments (invented)", "A1"),
)


def load_dossiers() -> None:
    """Open the dossier, weigh what speaks for its people, and release one paper to each of two."""
    with _acting("dora") as actor:
        holder = next(iter(actor.roles))
        acts = _chosen(actor, holder)
        if len(acts) < len(_AGREED):
            return
        for act, audiences in zip(acts, _AGREED, strict=True):
            _agree(actor, holder, act, audiences)
        dossier = _opened(actor, holder)
        held = [add_act(dossier, each.claim, actor=actor, at=AT) for each in acts]
        people = _people(dossier, held, actor)
        waiting = [one for each in people for one in _weighed(each, actor)]
        _annexed(dossier, actor)
    with _acting("rhea") as actor:
        for statement in waiting:
            confirm_statement(statement, actor=actor, at=AT)
    _submitted(dossier.pk)


def _chosen(actor: Actor, holder: UUID) -> list[Act]:
    """Give two imprisonments under a sentence, of different people, the oldest record first."""
    found: dict[UUID, Act] = {}
    rows = acts_recorded(actor, holder=holder, country="XR").filter(
        category=ActFamily.DEPRIVATION_OF_LIBERTY.value,
        type="imprisonment",
        start_earliest__gte=date(2023, 1, 1),
    )
    for act in rows.order_by("start_earliest", "claim")[:50]:
        found.setdefault(act.victim_id, act)
    return list(found.values())[: len(_AGREED)]


def _agree(actor: Actor, holder: UUID, act: Act, audiences: tuple[str, ...]) -> None:
    for audience in audiences:
        record_consent(
            act.victim_id, actor=actor, at=AT, holder=holder,
            purpose=Purpose.SANCTIONS_SUBMISSION, audience=Audience.parse(audience),
            level=IdentityLevel.NAME,
            field_groups=(FieldGroup.DETENTION, FieldGroup.IDENTITY, FieldGroup.DOCUMENTS),
            basis=Basis.SELF, how="invented for the demonstration",
            given_on=date(2026, 11, 1), until=date(2031, 11, 1),
        )  # fmt: skip


def _opened(actor: Actor, holder: UUID) -> Dossier:
    team = [_user("rhea"), _user("paul")]
    plan = DossierPlan(_TITLE, "XR", _SUMMARY, team=team)
    return open_dossier(holder, plan, actor=actor, at=AT)


def _people(dossier: Dossier, acts: list[DossierAct], actor: Actor) -> list[Accused]:
    order, letter, gazette = (
        Evidence(
            (record_source(dossier.holder, actor=actor, at=AT, kind=kind, title=title).pk,),
            Grade.parse(grade),
        )
        for kind, title, grade in _SOURCES
    )
    who: Mapping[str, Any] = {"actor": actor, "at": AT}
    prosecutor, commander, guard = (
        record_accused(dossier, name, evidence=gazette, **who)
        for name in ("Oszkar Tarlenheim", "Irma Devecht", "Pavol Zentay")
    )
    record_detail(prosecutor, DetailKind.NAME, "Оскар Тарленгейм", evidence=gazette,
                  actor=actor, at=AT + timedelta(minutes=1))  # fmt: skip
    record_detail(prosecutor, DetailKind.BIRTH, "1968-09", evidence=gazette, **who)
    record_detail(commander, DetailKind.BIRTHPLACE, "Hofbau, Ruritania", evidence=gazette, **who)
    record_post(prosecutor, "Prosecutor for State Security, Strelsau", start="2022-03",
                evidence=gazette, **who)  # fmt: skip
    record_post(commander, _ABOVE, start="2021-06-01", evidence=gazette, **who)
    record_post(guard, "Head of the closed wing", above=_ABOVE, start="2022",
                evidence=letter, **who)  # fmt: skip
    for number, act in enumerate(acts, 1):
        record_link(
            prosecutor,
            act,
            "ordered",
            "Signed the order that keeps the person.",
            evidence=order,
            **who,
        )
        record_link(guard, act, "committed", f"Kept Person {number} in after the term was over.",
                    evidence=letter, **who)  # fmt: skip
        record_finding(dossier, "detention", Value.MET, "Kept in past the term, no judge asked.",
                       act=act, evidence=order, **who)  # fmt: skip
    record_link(commander, acts[0], "complicit", "Was told in writing, and let it go on.",
                evidence=letter, **who)  # fmt: skip
    for each in (prosecutor, commander, guard):
        record_finding(dossier, "official", Value.MET, "Holds the office by the gazette.",
                       accused=each, evidence=gazette, **who)  # fmt: skip
    return [prosecutor, commander, guard]


def _weighed(accused: Accused, actor: Actor) -> list[Statement]:
    search_listings(accused, actor=actor, at=AT)
    record_reply(
        accused, DossierReply.UNSAFE, "Whoever writes to the office is summoned (invented).",
        actor=actor, at=AT,
    )  # fmt: skip
    told = (
        (
            Weighed.SEARCHED,
            "The gazette, the court's register, and what the office said in public.",
        ),
        (Weighed.NOTHING_FOUND, "No statement, ruling or witness speaks for the person so far."),
    )
    return [record_statement(accused, kind, body, actor=actor, at=AT) for kind, body in told]


def _annexed(dossier: Dossier, actor: Actor) -> None:
    """Let a letter go along in which a witness, who agreed to nothing, is black.

    It tells nothing of either act: it goes with a paper that leaves one of them out.
    """
    source = record_source(dossier.holder, actor=actor, at=AT, kind=SourceKind.LAWYER,
                           title="Letter of counsel on the closed wing (invented)")  # fmt: skip
    letter = store_document(io.BytesIO(_LETTER.encode()), source, actor=actor, at=AT,
                            media_type="text/plain")  # fmt: skip
    make_clean_copy(letter, actor=actor, at=AT)
    annex = add_annex(dossier, letter.pk, "Letter of counsel on the closed wing", shows=(),
                      actor=actor, at=AT)  # fmt: skip
    redact_annex(annex, marks_of([_WITNESS], ()), Ground.SOURCE, shows=(), actor=actor, at=AT)


def _submitted(dossier: UUID) -> None:
    """Write and release one paper for each government; nothing is typed anew for the second."""
    for law, recipient in _SENT:
        with _acting("dora") as actor:
            held = dossier_for(actor, dossier)
            if held is None:
                raise LookupError("the demonstration's dossier is not there")
            made = write_submission(held, SubmissionPlan(law, recipient), actor=actor, at=AT)
        with _acting("paul") as actor:
            found = submission_for(actor, made.pk)
            if found is not None:
                for name in (DRAFT, "annexes.zip"):
                    open_submission_file(found, name, actor=actor, at=AT)
                release_submission(found, actor=actor, at=AT)


def _user(name: str) -> UUID:
    with transaction.atomic():
        user = user_named(name)
    if user is None:
        raise LookupError(f"the demonstration has nobody called {name}")
    return user.pk


def _acting(name: str) -> AbstractContextManager[Actor]:
    return acting_as(_user(name))
