"""A case file put into the words and the order in which its page shows it."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils import timezone
from django.utils.translation import gettext as _

from undaunted.core.audit.queries import entries_about
from undaunted.core.consent.queries import grant_rows_for
from undaunted.core.standards.queries import assessments_for, outcome_of
from undaunted.core.standards.rules import pack_version
from undaunted.prisoners.registry.forms.fields import told
from undaunted.prisoners.registry.forms.records import GROUPS, LEVELS, PURPOSES
from undaunted.prisoners.registry.pages.timeline import case_timeline
from undaunted.prisoners.registry.templatetags.registry import act_label, country_label

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from uuid import UUID

    from undaunted.core.access.rules import Actor
    from undaunted.core.audit.models import Entry
    from undaunted.core.events.models import Act
    from undaunted.core.evidence.models import Citation
    from undaunted.core.standards.rules import Outcome
    from undaunted.prisoners.registry.queries.records import CaseFile

__all__ = ["CaseView", "SpellView", "case_view"]

DETENTION = "deprivation_of_liberty"
MOST_HISTORY = 200


@dataclass(frozen=True, slots=True)
class ActView:
    """An act and its name in the reader's language."""

    act: Act
    label: str


@dataclass(frozen=True, slots=True)
class SpellView:
    """A spell with what belongs to it."""

    act: Act
    label: str
    facts: tuple[tuple[str, str], ...]
    inside: tuple[ActView, ...]
    sources: tuple[Citation, ...]


@dataclass(frozen=True, slots=True)
class AssessmentView:
    """An assessment with the outcome computed from it."""

    row: Any
    title: str
    outcome: Outcome


@dataclass(frozen=True, slots=True)
class GrantView:
    """An agreement in words."""

    pk: UUID
    purpose: str
    audience: str
    level: str
    parts: tuple[str, ...]
    until: Any
    revoked_at: Any


@dataclass(frozen=True, slots=True)
class CaseView:
    """Everything on the page of a case."""

    pk: UUID
    name: str
    language: str
    country: str
    holder: str
    party: Any
    members: tuple[Any, ...]
    names: tuple[Any, ...]
    roles: tuple[str, ...]
    spells: tuple[SpellView, ...]
    other: tuple[ActView, ...]
    sources: tuple[Citation, ...]
    timeline: Any
    consent: tuple[GrantView, ...]
    assessments: tuple[AssessmentView, ...]
    recognitions: tuple[Any, ...]
    proposals: tuple[Any, ...]
    publication: Any
    history: tuple[Entry, ...]


def case_view(actor: Actor, file: CaseFile, organisations: Mapping[UUID, str]) -> CaseView:
    """Put a case file together for its page."""
    party = file.party
    ids = [one.pk for one in file.members]
    cited: dict[tuple[str, UUID], list[Citation]] = defaultdict(list)
    for citation in file.citations:
        cited[citation.subject_kind, citation.subject_id].append(citation)
    spells = tuple(_spells(file.acts, cited))
    shown = {one.act.pk for spell in spells for one in spell.inside}
    shown |= {spell.act.pk for spell in spells}
    grants = list(grant_rows_for(actor, ids))
    first = file.names[0] if file.names else None
    return CaseView(
        pk=party.pk,
        name=first.text if first else _("No name recorded"),
        language=first.language if first else "",
        country=country_label(party.country),
        holder=organisations.get(party.holder, "\u2013"),
        party=party,
        members=file.members,
        names=file.names,
        roles=tuple(told("target_roles", role) for role in party.roles),
        spells=spells,
        other=tuple(ActView(act, _label(act)) for act in file.acts if act.pk not in shown),
        sources=tuple(one for party_id in ids for one in cited["party", party_id]),
        timeline=case_timeline(file.acts, until=timezone.now().date()),
        consent=tuple(map(_grant, grants)),
        assessments=tuple(_assessments(actor, ids)),
        recognitions=file.recognitions,
        proposals=file.proposals,
        publication=file.publication,
        history=tuple(_history(ids, [grant.pk for grant in grants])),
    )


def _spells(
    acts: Iterable[Act], cited: Mapping[tuple[str, UUID], list[Citation]]
) -> Iterable[SpellView]:
    inside: dict[UUID, list[ActView]] = defaultdict(list)
    for act in acts:
        if act.within:
            inside[act.within].append(ActView(act, _label(act)))
    for act in acts:
        if act.category == DETENTION:
            sources = tuple(cited.get(("act", act.claim), ()))
            yield SpellView(act, _label(act), _facts(act), tuple(inside[act.claim]), sources)


def _label(act: Act) -> str:
    if act.category == "release" and act.release_type:
        return told("release_types", act.release_type)
    return act_label(act.type)


def _facts(act: Act) -> tuple[tuple[str, str], ...]:
    contact = {True: _("yes"), False: _("no")}.get(act.family_contact, "")  # type: ignore[arg-type]
    facts = (
        (_("Place"), ", ".join(filter(None, (act.city, act.admin1, country_label(act.country))))),
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
        (_("Confirmed held on"), ", ".join(day.isoformat() for day in act.confirmed)),
    )
    return tuple((label, value) for label, value in facts if value)


def _grant(row: Any) -> GrantView:  # noqa: ANN401
    levels, groups, purposes = dict(LEVELS), dict(GROUPS), dict(PURPOSES)
    return GrantView(
        pk=row.pk,
        purpose=str(purposes.get(row.purpose, row.purpose)),
        audience=row.audience,
        level=str(levels.get(row.level, row.level)),
        parts=tuple(str(groups.get(group, group)) for group in row.field_groups),
        until=row.until,
        revoked_at=row.revoked_at,
    )


def _assessments(actor: Actor, ids: list[UUID]) -> Iterable[AssessmentView]:
    for row in assessments_for(actor, "person", ids):
        title = pack_version(f"{row.pack}@{row.pack_version}").title
        yield AssessmentView(row, title, outcome_of(row))


def _history(ids: list[UUID], grants: list[UUID]) -> list[Entry]:
    subjects = [("party", one) for one in ids] + [("person", one) for one in ids]
    subjects += [("consent", one) for one in grants]
    entries = [entry for kind, one in subjects for entry in entries_about(kind, str(one))]
    entries.sort(key=lambda entry: (entry.at, entry.seq or 0), reverse=True)
    return entries[:MOST_HISTORY]
