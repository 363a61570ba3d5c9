"""A published case in words: where it stands, what is withheld and why."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from undaunted.core.access.rules import PUBLIC
from undaunted.prisoners.registry.pages.timeline import DETENTION, case_timeline
from undaunted.prisoners.registry.queries.countries import list_names
from undaunted.prisoners.registry.templatetags.registry import (
    is_invented,
    standard_label,
    term_label,
)
from undaunted.site.components.dates import partial_date

if TYPE_CHECKING:
    from undaunted.prisoners.registry.models import (
        PublishedCase,
        PublishedSource,
        PublishedSpell,
    )

__all__ = ["case_context"]


def case_context(case: PublishedCase) -> dict[str, Any]:
    """Give everything that the case page says."""
    spells = sorted(case.spells.all(), key=lambda each: (each.start_earliest is None, each.start))
    sources = list(case.sources.all())
    today = timezone.now().date()
    return {
        "case": case,
        "lists": list(list_names(PUBLIC, case.lists).values()),
        "names": [name for name in case.names.all() if name.text != case.name],
        "spells": spells,
        "charges": [spell for spell in spells if spell.laws or spell.stage or spell.sentence_kind],
        "sources": sources,
        "timeline": case_timeline(spells, until=today),
        "standing": _standing(case, spells),
        "standards": "; ".join(standard_label(each) for each in case.standards),
        "birth": str(case.birth_year or ""),
        "gender": _gender(case.gender),
        "withheld": _withheld(case, sources),
        "hypothetical": is_invented(case.country),
        "data_date": case.changed_at.date(),
    }


def _standing(case: PublishedCase, spells: list[PublishedSpell]) -> str:
    if case.held_now:
        if case.first_start is None:
            return _("Held now.")
        words = {"date": partial_date(f"{case.first_start:%Y-%m}").text}
        return _("Held now; first detained in %(date)s.") % words
    if not any(spell.category == DETENTION for spell in spells):
        return _("No detention is published of this case.")
    if not case.release_type:
        return _("Not known to be held now.")
    words = {"way": term_label(case.release_type, "release_types")}
    if case.last_end is None:
        return _("Not known to be held now: %(way)s.") % words
    words["date"] = partial_date(f"{case.last_end:%Y-%m}").text
    return _("Not known to be held now: %(way)s, %(date)s.") % words


def _withheld(case: PublishedCase, sources: list[PublishedSource]) -> list[str]:
    told = []
    if not case.name:
        told.append(_("The name: consent was given for a code only."))
    if not (case.roles or case.birth_year or case.gender):
        told.append(_("Role, age and gender: they are not covered by the consent given."))
    if not case.health_alert:
        told.append(_("Health: shown only where the person agreed to exactly that."))
    if not sources:
        told.append(_("Sources: naming them could expose those who spoke."))
    told.append(_("Days: dates are shown to the month, because a day can identify."))
    told.append(_("Places finer than a region, family, helpers and free text: never published."))
    return told


def _gender(code: str) -> str:
    words = {
        "female": pgettext("gender", "Woman"),
        "male": pgettext("gender", "Man"),
        "other": pgettext("gender", "Other"),
    }
    return words.get(code, code)
