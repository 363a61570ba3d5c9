"""An act of the ledger in words: what it says, what belongs to it, and what it said before."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from undaunted.core.access.rules import Verb
from undaunted.core.events.rules import ActFamily
from undaunted.prisoners.registry.forms.fields import told
from undaunted.prisoners.registry.pages.desk_frame import allowed
from undaunted.prisoners.registry.templatetags.registry import act_label, country_label
from undaunted.site.components.clauses import commas_text

if TYPE_CHECKING:
    from collections.abc import Iterable

    from undaunted.core.access.rules import Actor

__all__ = ["ActView", "Version", "act_label_of", "act_view", "claim_versions"]

DETENTION = ActFamily.DEPRIVATION_OF_LIBERTY.value
GOES_ON = frozenset({DETENTION, ActFamily.CIVIL_DEATH.value})


@dataclass(frozen=True, slots=True)
class ActView:
    """An act with its facts in words, its sources, and the acts inside it."""

    act: Any
    label: str
    facts: tuple[tuple[str, str], ...]
    sources: tuple[Any, ...]
    may_record: bool
    inside: tuple[ActView, ...] = ()

    @property
    def goes_on(self) -> bool:
        """Whether it lasts and has no end."""
        return self.act.category in GOES_ON and not self.act.end


@dataclass(frozen=True, slots=True)
class Version:
    """What a claim said for a time."""

    row: Any
    changed: tuple[tuple[str, str, str], ...]
    """Label, what it said before, what it says since."""


def act_view(
    actor: Actor,
    act: Any,  # noqa: ANN401 - a row of the ledger
    sources: Iterable[Any],
    inside: Iterable[ActView] = (),
) -> ActView:
    """Put an act into the reader's words."""
    return ActView(
        act=act,
        label=act_label_of(act),
        facts=tuple((label, value) for label, value in _facts(act) if value),
        sources=tuple(sources),
        may_record=allowed(actor, Verb.RECORD, act.holder),
        inside=tuple(inside),
    )


def act_label_of(act: Any) -> str:  # noqa: ANN401
    """Give the name of an act; a release is named by its way."""
    if act.category == ActFamily.RELEASE.value and act.release_type:
        return told("release_types", act.release_type)
    return act_label(act.type)


def claim_versions(rows: Iterable[Any]) -> list[Version]:
    """Give every version of a claim, newest first, with what each changed."""
    made: list[Version] = []
    before: dict[str, str] = {}
    for row in rows:
        now = _said(row)
        labels = [*now, *(label for label in before if label not in now)]
        changed = tuple(
            (label, before.get(label, ""), now.get(label, ""))
            for label in labels
            if before and before.get(label, "") != now.get(label, "")
        )
        made.append(Version(row, changed))
        before = now
    return made[::-1]


def _said(act: Any) -> dict[str, str]:  # noqa: ANN401
    dates = {_("Kind"): act_label_of(act), _("Since"): act.start, _("Until"): act.end}
    return dates | dict(_facts(act)) | {_("Confidence"): act.tier}


def _facts(act: Any) -> tuple[tuple[str, str], ...]:  # noqa: ANN401
    contact = {True: _("yes"), False: _("no")}.get(act.family_contact, "")
    return (
        (_("Ground"), told("detention_grounds", act.ground)),
        (_("Place"), commas_text(filter(None, (act.city, act.admin1, country_label(act.country))))),
        (_("Facility"), act.facility),
        (_("Authority"), act.authority),
        (_("Law"), act.law),
        (_("Kind of law"), told("law_taxonomy", act.law_category)),
        (_("Stage"), told("procedural_stages", act.stage)),
        (_("Sentence"), told("sentence_kinds", act.sentence_kind)),
        (_("Months of the sentence"), str(act.sentence_months or "")),
        (_("Expected release"), act.expected_end),
        (_("Way out"), told("release_types", act.release_type)),
        (_("Whereabouts"), told("whereabouts", act.whereabouts)),
        (_("Health alert"), told("health_alerts", act.health_alert)),
        (_("Contact with the family"), contact),
        (_("Confirmed held on"), commas_text(day.isoformat() for day in act.confirmed)),
    )
