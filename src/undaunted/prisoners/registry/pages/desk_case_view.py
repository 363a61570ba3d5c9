"""A case file put into the words and the order in which its page shows it."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils import timezone
from django.utils.translation import gettext as _

from undaunted.core.access.rules import Verb
from undaunted.core.consent.forms import (
    AUDIENCES,
    BASES,
    GROUPS,
    LEVELS,
    PURPOSES,
    RELATIONS,
)
from undaunted.core.consent.queries import grant_rows_for
from undaunted.core.events.rules import ActFamily
from undaunted.core.evidence.queries import documents_of
from undaunted.core.sharing.queries import organisations_known, received_subjects
from undaunted.core.sharing.rules import scheme
from undaunted.core.standards.queries import assessments_for, outcome_of
from undaunted.core.standards.rules import pack_version
from undaunted.prisoners.registry.forms.fields import told
from undaunted.prisoners.registry.forms.people import GENDERS, NAME_KINDS
from undaunted.prisoners.registry.pages.desk_act_view import ActView, act_view
from undaunted.prisoners.registry.pages.desk_frame import allowed, first_name
from undaunted.prisoners.registry.pages.desk_history import HistoryLine, case_history
from undaunted.prisoners.registry.pages.timeline import case_timeline
from undaunted.prisoners.registry.queries.matching import merges_of
from undaunted.prisoners.registry.templatetags.registry import country_label
from undaunted.site.components.clauses import commas_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from uuid import UUID

    from undaunted.core.access.rules import Actor
    from undaunted.core.standards.rules import Outcome
    from undaunted.prisoners.registry.queries.records import CaseFile

__all__ = ["CaseView", "case_view"]

DETENTION = ActFamily.DEPRIVATION_OF_LIBERTY.value
CIVIL_DEATH = ActFamily.CIVIL_DEATH.value


@dataclass(frozen=True, slots=True)
class NameView:
    """A name, its kind in words, and whether this person may change it."""

    row: Any
    kind: str
    may_record: bool


@dataclass(frozen=True, slots=True)
class SourceView:
    """A source that carries the record, once, with the parts it carries."""

    citation: Any
    parts: tuple[str, ...]
    documents: tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class AssessmentView:
    """An assessment with the outcome computed from it."""

    row: Any
    title: str
    outcome: Outcome
    own: bool


@dataclass(frozen=True, slots=True)
class GrantView:
    """An agreement in words."""

    pk: UUID
    purpose: str
    audience: str
    level: str
    parts: tuple[str, ...]
    by: str
    until: Any
    revoked_at: Any


@dataclass(frozen=True, slots=True)
class ReceivedView:
    """From whom a record was received, under which marking, until when."""

    partner: str
    tlp: str
    pap: str
    until: Any


@dataclass(frozen=True, slots=True)
class MergeView:
    """A verdict that made two records one person."""

    row: Any
    left: str
    right: str


@dataclass(frozen=True, slots=True)
class CaseView:
    """Everything on the page of a case."""

    pk: UUID
    name: str
    language: str
    holder: str
    received: tuple[ReceivedView, ...]
    facts: tuple[tuple[str, str], ...]
    party: Any
    members: tuple[Any, ...]
    merges: tuple[MergeView, ...]
    names: tuple[NameView, ...]
    spells: tuple[ActView, ...]
    civil_death: tuple[ActView, ...]
    other: tuple[ActView, ...]
    sources: tuple[SourceView, ...]
    timeline: Any
    consent: tuple[GrantView, ...]
    assessments: tuple[AssessmentView, ...]
    recognitions: tuple[Any, ...]
    proposals: tuple[Any, ...]
    publication: Any
    history: tuple[HistoryLine, ...]


def case_view(actor: Actor, file: CaseFile, organisations: Mapping[UUID, str]) -> CaseView:
    """Put a case file together for its page."""
    party, ids = file.party, [one.pk for one in file.members]
    acts = _acts(actor, file)
    inside = {one.act.pk for spell in acts for one in spell.inside}
    grants = list(grant_rows_for(actor, ids))
    assessments = tuple(_assessments(actor, ids))
    known = _known(actor, file, organisations)
    first = file.names[0] if file.names else None
    return CaseView(
        pk=party.pk,
        name=first.text if first else _("No name recorded"),
        language=first.language if first else "",
        holder=organisations.get(party.holder, "\u2013"),
        received=tuple(_received(actor, ids)),
        facts=_facts(party),
        party=party,
        members=file.members,
        merges=tuple(_merges(actor, ids)),
        names=tuple(_name(actor, one) for one in file.names),
        spells=tuple(one for one in acts if one.act.category == DETENTION),
        civil_death=tuple(one for one in acts if one.act.category == CIVIL_DEATH),
        other=tuple(
            one
            for one in acts
            if one.act.category not in {DETENTION, CIVIL_DEATH} and one.act.pk not in inside
        ),
        sources=tuple(_sources(actor, file, ids)),
        timeline=case_timeline(file.acts, until=timezone.now().date()),
        consent=tuple(_grant(one, known) for one in grants),
        assessments=assessments,
        recognitions=file.recognitions,
        proposals=file.proposals,
        publication=file.publication,
        history=tuple(
            case_history(
                actor, ids, [one.pk for one in grants], [one.row.pk for one in assessments]
            )
        ),
    )


def _received(actor: Actor, ids: Sequence[UUID]) -> Iterable[ReceivedView]:
    for kept in received_subjects(actor).filter(subject__in=ids, given_up_at__isnull=True):
        arrival = kept.item.arrival
        yield ReceivedView(
            partner=arrival.partner.name,
            tlp=scheme("tlp").markings[arrival.tlp].label,
            pap=scheme("pap").markings[arrival.pap].label,
            until=kept.until,
        )


def _acts(actor: Actor, file: CaseFile) -> list[ActView]:
    """Give every act, those of a spell inside it."""
    spells = {act.claim for act in file.acts if act.category == DETENTION}
    inside: dict[UUID, list[ActView]] = defaultdict(list)
    for act in file.acts:
        if act.within in spells:
            inside[act.within].append(act_view(actor, act, file.cited(act)))
    return [
        act_view(actor, act, file.cited(act), inside[act.claim])
        for act in file.acts
        if act.within not in spells
    ]


def _facts(party: Any) -> tuple[tuple[str, str], ...]:  # noqa: ANN401
    roles = commas_text(told("target_roles", role) for role in party.roles)
    facts = (
        (_("Country"), country_label(party.country) if party.country else ""),
        (_("Nationality"), commas_text(map(country_label, party.nationalities))),
        (_("Gender"), str(dict(GENDERS).get(party.gender, party.gender)) if party.gender else ""),
        (_("Roles"), roles),
    )
    return tuple((label, value) for label, value in facts if value)


def _merges(actor: Actor, ids: Sequence[UUID]) -> Iterable[MergeView]:
    for row in merges_of(actor, ids) if len(ids) > 1 else ():
        left, right = (first_name(one) for one in (row.left, row.right))
        yield MergeView(row, left.text if left else "\u2013", right.text if right else "\u2013")


def _name(actor: Actor, row: Any) -> NameView:  # noqa: ANN401
    kind = str(dict(NAME_KINDS).get(row.kind, row.kind))
    return NameView(row, kind, allowed(actor, Verb.RECORD, row.holder))


def _sources(actor: Actor, file: CaseFile, ids: Sequence[UUID]) -> Iterable[SourceView]:
    """Give each source of the record once, however many parts of it it carries."""
    grouped: dict[UUID, list[Any]] = defaultdict(list)
    for citation in file.citations:
        if citation.subject_kind == "party" and citation.subject_id in ids:
            grouped[citation.source_id].append(citation)
    kept: dict[UUID, list[Any]] = defaultdict(list)
    for document in documents_of(actor, grouped):
        kept[document.source_id].append(document)
    for source, cited in grouped.items():
        parts = tuple(dict.fromkeys(filter(None, (one.claim for one in cited))))
        yield SourceView(cited[-1], parts, tuple(kept[source]))


def _known(actor: Actor, file: CaseFile, organisations: Mapping[UUID, str]) -> dict[str, str]:
    """Give the names by which audiences are called: our own organisations, and partners."""
    known = {f"organisation:{pk}": name for pk, name in organisations.items()}
    partners = organisations_known(actor, file.party.holder)
    return {one.audience: one.name for one in partners} | known


def _grant(row: Any, known: Mapping[str, str]) -> GrantView:  # noqa: ANN401
    levels, groups, purposes = dict(LEVELS), dict(GROUPS), dict(PURPOSES)
    basis = str(dict(BASES).get(row.basis, row.basis))
    relation = str(dict(RELATIONS).get(row.relation, row.relation))
    return GrantView(
        pk=row.pk,
        purpose=str(purposes.get(row.purpose, row.purpose)),
        audience=_audience(row.audience, known),
        level=str(levels.get(row.level, row.level)),
        parts=tuple(str(groups.get(group, group)) for group in row.field_groups),
        by=f"{basis} ({relation})" if relation else basis,
        until=row.until,
        revoked_at=row.revoked_at,
    )


def _audience(text: str, known: Mapping[str, str]) -> str:
    """Name an audience: the public, an organisation that is known, a government, a body."""
    kind, _colon, name = text.partition(":")
    if kind == "government":
        return _("The government of %(country)s") % {"country": country_label(name)}
    if kind == "organisation":
        return known.get(text, name)
    return name or str(dict(AUDIENCES).get(kind, kind))


def _assessments(actor: Actor, ids: Sequence[UUID]) -> Iterable[AssessmentView]:
    for row in assessments_for(actor, "person", ids):
        title = pack_version(f"{row.pack}@{row.pack_version}").title
        yield AssessmentView(row, title, outcome_of(row), own=row.assessor == actor.id)
