"""Writing what a campaign hands out, keeping it, taking it back."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from django.db import transaction

from undaunted.core.access.rules import Facts, Forbidden, Verb, require
from undaunted.core.consent.rules import IdentityLevel
from undaunted.prisoners.campaigns.actions.planning import note
from undaunted.prisoners.campaigns.actions.tombstones import destroy_rows
from undaunted.prisoners.campaigns.models import Material
from undaunted.prisoners.campaigns.queries import adopter_sheet, campaign_sheet, case_sheet
from undaunted.prisoners.campaigns.rules import CampaignRefused, CaseIsSilent, MaterialKind, Mode
from undaunted.prisoners.campaigns.rules.materials import forms_of
from undaunted.prisoners.campaigns.writers import write_material

if TYPE_CHECKING:
    from datetime import date, datetime

    from undaunted.core.access.rules import Actor
    from undaunted.prisoners.campaigns.models import Adopter, CampaignCase
    from undaunted.prisoners.campaigns.rules import CaseSheet
    from undaunted.prisoners.campaigns.rules.materials import Form
    from undaunted.prisoners.campaigns.rules.materials import Material as Written

__all__ = ["make_material", "rewrite_material", "withdraw_material"]


def make_material(  # noqa: PLR0913 - of what, which, in which language and form, by whom, where it is
    case: CampaignCase,
    kind: MaterialKind,
    *,
    actor: Actor,
    at: datetime,
    language: str,
    forms: tuple[Form, ...] = (),
    adopter: Adopter | None = None,
    address: str = "",
) -> list[Material]:
    """Write a kind of material of a case in its forms, and keep it; what is public waits.

    Old words of the same kind and language are destroyed. Whoever withdraws while it is written is
    not kept: it is asked again under the case's lock.
    Raises `CaseIsSilent`, `MaterialRefused`, `EditionRefused`, and `Forbidden`.
    """
    require(actor, Verb.RECORD, Facts(holder=case.holder))
    sheet = case_sheet(actor, case, on=at.date())
    if sheet is None:
        raise CaseIsSilent(
            "case: it is silent, or nothing covers its mode today; nothing is written"
        )
    campaign = campaign_sheet(actor, case.campaign, address=address)
    named = adopter_sheet(actor, adopter) if adopter else None
    written = [
        write_material(kind, sheet, campaign, named, language=language, form=form)
        for form in forms or forms_of(kind)
    ]
    with transaction.atomic():
        held = _as_written(case, sheet, actor=actor, on=at.date())
        old = Material.objects.filter(
            case=held, kind=kind, language=language, adopter=adopter, stale_at__isnull=False
        )
        destroy_rows(old, "rewritten", at)
        needs = _needs(sheet)
        made = [_kept(case, one, adopter, needs, actor=actor, at=at) for one in written]
        note(
            "campaign.material_made",
            case.campaign,
            actor=actor,
            at=at,
            case=str(case.pk),
            kind=kind.value,
            language=language,
            sha256=[one.sha256 for one in made],
        )
    return made


def rewrite_material(
    material: Material, *, actor: Actor, at: datetime, address: str = ""
) -> list[Material]:
    """Write a file anew with today's words, in all forms of its kind; what is public waits.

    Raises `CampaignRefused` where there is nothing to write it of, and as `make_material` does.
    """
    require(actor, Verb.RECORD, Facts(holder=material.holder))
    if material.case is None or material.withdrawn_at is not None:
        raise CampaignRefused("the file was destroyed; write another on the page of its case")
    return make_material(
        material.case,
        MaterialKind(material.kind),
        actor=actor,
        at=at,
        language=material.language,
        adopter=material.adopter,
        address=address,
    )


def withdraw_material(material: Material, *, actor: Actor, at: datetime) -> Material:
    """Destroy the bytes of a file; its checksum and the day stay."""
    require(actor, Verb.RECORD, Facts(holder=material.holder))
    with transaction.atomic():
        rows = Material.objects.select_for_update(of=("self",)).select_related("campaign")
        held = rows.filter(pk=material.pk).first()
        if held is None:
            raise Forbidden("there is no such file for you")
        if held.withdrawn_at is not None:
            raise CampaignRefused("the file was withdrawn before")
        destroy_rows(Material.objects.filter(pk=held.pk), "desk", at)
        held.refresh_from_db()
        note(
            "campaign.material_withdrawn",
            held.campaign,
            actor=actor,
            at=at,
            material=str(held.pk),
            sha256=held.sha256,
        )
    return held


def _as_written(case: CampaignCase, sheet: CaseSheet, *, actor: Actor, on: date) -> CampaignCase:
    """Give the case, locked, if it still is what was written of it. Raises `CaseIsSilent`."""
    rows = type(case).objects.select_for_update()
    held = rows.filter(pk=case.pk, mode=case.mode, removed_at__isnull=True).first()
    if held is None or case_sheet(actor, held, on=on) is None:
        raise CaseIsSilent("case: it left its mode while this was written; nothing was kept")
    if held.ask != sheet.ask:
        raise CaseIsSilent("ask: it was changed while this was written; write it again")
    return held


def _needs(sheet: CaseSheet) -> dict[str, int]:
    """Give how far consent has to reach for the words that a sheet holds."""
    return {
        "identity": IdentityLevel.NAME if sheet.names else IdentityLevel.CODE,
        "biography": IdentityLevel.CODE if sheet.roles else IdentityLevel.NONE,
    }


def _kept(  # noqa: PLR0913 - of whom, what, signed by whom, on which consent, by whom, when
    case: CampaignCase,
    written: Written,
    adopter: Adopter | None,
    needs: dict[str, int],
    *,
    actor: Actor,
    at: datetime,
) -> Material:
    shown = written.public and case.mode == Mode.PUBLIC
    return Material.objects.create(
        holder=case.holder,
        campaign=case.campaign,
        case=case,
        adopter=adopter,
        subject=case.subject,
        kind=written.kind,
        language=written.language,
        name=written.name,
        media_type=written.media_type,
        alternative=written.alternative,
        size=len(written.content),
        sha256=hashlib.sha256(written.content).hexdigest(),
        content=written.content,
        mode=Mode.PUBLIC if shown else Mode.PRIVATE_ONLY,
        recorded_at=at,
        recorded_by=actor.person,
        **needs,
    )
