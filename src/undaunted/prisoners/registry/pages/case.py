"""A published case in words: where it stands, what is withheld and why."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from undaunted.core.access.rules import PUBLIC
from undaunted.core.consent.rules import IdentityLevel
from undaunted.prisoners.registry.pages.timeline import DETENTION, case_timeline, end_words
from undaunted.prisoners.registry.queries.countries import list_names
from undaunted.prisoners.registry.queries.published import covered_on, published_spells
from undaunted.prisoners.registry.rules.held_today import Held, held_today, open_spells
from undaunted.prisoners.registry.templatetags.registry import (
    is_invented,
    standard_label,
    term_label,
)
from undaunted.site.components.dates import partial_date

if TYPE_CHECKING:
    from datetime import date

    from undaunted.prisoners.registry.models import (
        PublishedCase,
        PublishedSource,
        PublishedSpell,
    )

__all__ = ["case_context"]


def case_context(case: PublishedCase) -> dict[str, Any]:
    """Give everything that the case page says."""
    spells = published_spells(PUBLIC, case)
    sources = list(case.sources.all())
    today = timezone.now().date()
    covered = covered_on(PUBLIC, case, today)
    held = held_today(covered, spells, on=today)
    return {
        "case": case,
        "lists": list(list_names(PUBLIC, case.lists).values()),
        "names": [name for name in case.names.all() if name.text != case.name],
        "spells": [(spell, end_words(spell, held)) for spell in spells],
        "charges": [spell for spell in spells if spell.laws or spell.stage or spell.sentence_kind],
        "sources": sources,
        "timeline": case_timeline(spells, until=today, held=held, died_on=covered.died_on),
        "standing": _standing(case, spells, held),
        "standards": "; ".join(standard_label(each) for each in case.standards),
        "birth": str(case.birth_year or ""),
        "gender": _gender(case.gender),
        "withheld": _withheld(case, sources),
        "hypothetical": is_invented(case.country),
        "data_date": case.changed_at.date(),
    }


def _standing(case: PublishedCase, spells: list[PublishedSpell], held: Held) -> str:
    """Say whether the person is held today, by the counting rule and with its reason."""
    if held in {Held.SURELY, Held.UNCONFIRMED}:
        return _held_now(case, held)
    if held in {Held.LATER, Held.PERHAPS_BEGUN}:
        return _begins_in_part(spells, held)
    if held is not Held.NOT_KNOWN:
        return {
            Held.PERHAPS_ENDED: _(
                "Possibly held now: the day on which detention ended is known only in part."
            ),
            Held.UNTIL_DEATH: _("Held until death."),
            Held.UNDATED: _("Not counted as held: no date of detention is known, and no end."),
            Held.NOT_COUNTED: _(
                "Not counted as held: what goes on is of a kind that does not count as detention."
            ),
        }[held]
    if not any(spell.category == DETENTION for spell in spells):
        return _("No detention is published of this case.")
    return _not_held(case)


def _not_held(case: PublishedCase) -> str:
    if not case.release_type:
        return _("Not known to be held now.")
    words = {"way": term_label(case.release_type, "release_types")}
    if case.last_end is None:
        return _("Not known to be held now: %(way)s.") % words
    words["date"] = _month(case.last_end)
    return _("Not known to be held now: %(way)s, %(date)s.") % words


def _held_now(case: PublishedCase, held: Held) -> str:
    if case.first_start is None:
        if held is Held.SURELY:
            return _("Held now.")
        return _("Held now by the last word, which nobody confirmed within twelve months.")
    words = {"date": _month(case.first_start)}
    if held is Held.SURELY:
        return _("Held now; first detained in %(date)s.") % words
    return (
        _(
            "Held now by the last word, which nobody confirmed within twelve months; first "
            "detained in %(date)s."
        )
        % words
    )


def _begins_in_part(spells: list[PublishedSpell], held: Held) -> str:
    """Say of a beginning known in part why it does not make somebody surely held."""
    days = [spell.start_latest for spell in open_spells(spells) if spell.in_stock]
    last = max((day for day in days if day), default=None)
    if last is None:
        return _("Possibly held now: it is not known by which day detention had begun.")
    words = {"date": _month(last)}
    if held is Held.LATER:
        return (
            _(
                "Not counted as held yet: detention counts from the latest day on which it may "
                "have begun, in %(date)s."
            )
            % words
        )
    return (
        _(
            "Possibly held now: detention counts from the latest day on which it may have begun, "
            "in %(date)s."
        )
        % words
    )


def _month(day: date) -> str:
    return partial_date(f"{day:%Y-%m}").text


def _withheld(case: PublishedCase, sources: list[PublishedSource]) -> list[str]:
    told = []
    if not case.name and case.identity < IdentityLevel.PSEUDONYM:
        told.append(_("The name: consent was given for a code only."))
    elif not case.name:
        told.append(_("The name: no name of this person is approved for publication at present."))
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
