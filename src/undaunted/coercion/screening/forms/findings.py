"""Forms of what an authority finds: facts, looks at lists, factors, and who controls the target."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from undaunted.coercion.screening.actions import AssessmentPlan, FactPlan, ListLook
from undaunted.coercion.screening.analysis.owners import Asked
from undaunted.coercion.screening.analysis.sheets import regimes_of
from undaunted.coercion.screening.forms.parts import (
    CaseForm,
    EvidenceField,
    day_field,
    source_field,
    text_field,
    tick_field,
)
from undaunted.coercion.screening.rules import SOURCED, Found, SourceStatus, factors_for, measures
from undaunted.coercion.screening.rules.casework import SILENT, EvidenceKind, FactKind, Judgement
from undaunted.coercion.screening.writers.case_terms import choices_of, in_words
from undaunted.coercion.screening.writers.terms import KNOWN
from undaunted.site.english import law_told

if TYPE_CHECKING:
    from undaunted.coercion.screening.models import Analysis
    from undaunted.coercion.screening.queries import CaseSheet

__all__ = [
    "AnalysisForm",
    "AssessmentForm",
    "FactForm",
    "JudgeForm",
    "ListForm",
    "evidence_of",
    "factors_told",
    "rests_on",
]

PART = " "


class AnalysisForm(CaseForm):
    """Who controls the target: on which day, and by which measure or from what share."""

    as_of = day_field(_("Day"), initial=timezone.localdate)
    measure = forms.ChoiceField(label=_("Measured by"), required=False)
    threshold = forms.DecimalField(
        label=_("Threshold, per cent"),
        min_value=0,
        max_value=100,
        required=False,
        help_text=_("A share of your own, in place of a measure."),
    )
    reached = tick_field(_("The threshold need only be reached"))
    owners = text_field(_("Owners"), rows=2, required=False)

    def prepare(self) -> None:
        """Give the measures; without one, that of the law that applies is used."""
        told = [
            (each.key, f"{each.law}: {each.threshold}" if each.law else _("a majority of votes"))
            for each in measures()
        ]
        self.choose("measure", [("", _("the law that applies")), *told])

    def asked(self) -> Asked:
        """Give what is asked."""
        told = self.cleaned_data
        owners = tuple(each.strip() for each in told["owners"].splitlines() if each.strip())
        share = None if told["threshold"] is None else float(told["threshold"]) / 100
        return Asked(told["as_of"], share, told["reached"], owners, told["measure"])


class FactForm(CaseForm):
    """What a source says of a party."""

    kind = forms.ChoiceField(label=_("Kind"), choices=choices_of("FactKind"))
    about = forms.CharField(label=_("Of whom"), max_length=200)
    state = forms.CharField(
        label=_("State"), max_length=2, required=False, help_text=_("Two letters")
    )
    text = text_field(_("Text"))
    day = day_field(_("Day"), required=False)
    source = source_field()
    status = forms.ChoiceField(
        label=_("Status"),
        choices=[(each, KNOWN[each]) for each in SOURCED],
        initial=SourceStatus.UNVERIFIED,
    )

    def plan(self) -> FactPlan:
        """Give what was written."""
        told = self.cleaned_data
        return FactPlan(
            FactKind(told["kind"]), told["about"], told["text"], told["source"],
            told["state"].upper(), told["day"], SourceStatus(told["status"]),
        )  # fmt: skip


class ListForm(CaseForm):
    """A look at one list of one day."""

    list_name = forms.CharField(label=_("List"), max_length=200)
    list_day = day_field(_("Day"))
    judgement = forms.ChoiceField(label=_("What came up"), choices=choices_of("Judgement"))
    entry = forms.CharField(label=_("Entry that came up"), max_length=400, required=False)
    reason = text_field(_("Reasons"), rows=2, required=False)

    def look(self) -> ListLook:
        """Give what was written."""
        told = self.cleaned_data
        return ListLook(
            told["list_name"], told["list_day"], Judgement(told["judgement"]), told["entry"],
            told["reason"],
        )  # fmt: skip


class JudgeForm(CaseForm):
    """What a person judges of an entry that came up."""

    judgement = forms.ChoiceField(label=_("What came up"))
    reason = text_field(_("Reasons"), rows=2)

    def prepare(self) -> None:
        """Leave out what is said where no entry came up."""
        told = choices_of("Judgement")
        self.choose("judgement", [each for each in told if each[0] not in SILENT])


class AssessmentForm(CaseForm):
    """One factor: what was found, why, and on what it rests."""

    factor = forms.ChoiceField(label=_("Factor"))
    finding = forms.ChoiceField(label=_("What came up"), choices=choices_of("Found"))
    reasons = text_field(_("Reasons"))
    evidence = EvidenceField()
    kept = text_field(_("Confidential, for the team alone"), rows=2, required=False)
    why = forms.CharField(label=_("Why"), max_length=400, required=False)

    def prepare(self) -> None:
        """Give the factors of the regimes that bear on the case; nationality is none of them."""
        self.choose("factor", [
            (f"{regime.key}{PART}{each.code}", f"{law_told(each.title)} ({each.source.article})")
            for regime in regimes_of(self.sheet)
            for each in factors_for(regime)
        ])  # fmt: skip
        self.choose("evidence", rests_on(self.sheet))
        if self.row is None:
            del self.fields["why"]

    def plan(self) -> AssessmentPlan:
        """Give what was written."""
        told = self.cleaned_data
        regime, _part, factor = told["factor"].partition(PART)
        return AssessmentPlan(
            regime, factor, Found(told["finding"]), told["reasons"],
            evidence_of(told["evidence"]), told["kept"],
        )  # fmt: skip


def factors_told(sheet: CaseSheet) -> list[tuple[str, str]]:
    """Give the factors that were assessed, to choose from: as their law names them, as found."""
    titles = {(r.key, f.code): law_told(f.title) for r in regimes_of(sheet) for f in factors_for(r)}
    return [
        (str(e.pk), f"{titles.get((e.regime, e.factor), e.factor)}: {in_words('Found', e.finding)}")
        for e in sheet.assessments
    ]


def rests_on(sheet: CaseSheet) -> list[tuple[str, str]]:
    """Give the rows of a case on which something can rest."""
    rows = [
        *((EvidenceKind.FILE, each.pk, each.name) for each in sheet.loads),
        *((EvidenceKind.FACT, each.pk, each.text[:80]) for each in sheet.facts),
        *((EvidenceKind.ANALYSIS, each.pk, _answer_told(each, sheet)) for each in sheet.analyses),
        *((EvidenceKind.ANSWER, each.pk, str(each.received_on)) for each in sheet.answers),
        *(
            (EvidenceKind.LIST, check.pk, f"{check.list_name} · {line.party.name}")
            for line in sheet.lists
            for check in line.checks
        ),
        *((EvidenceKind.COMMENT, each.pk, each.author) for each in sheet.comments),
    ]
    return [(f"{kind}{PART}{key}", f"{kind_told(kind)}: {said}") for kind, key, said in rows]


def _answer_told(row: Analysis, sheet: CaseSheet) -> str:
    fallen = f" ({_('asked before its stakes changed')})" if row.pk in sheet.fallen else ""
    return f"{row.as_of}{fallen}"


def evidence_of(chosen: list[str]) -> tuple[tuple[EvidenceKind, UUID], ...]:
    """Give what was chosen as pairs of a kind and an id."""
    pairs = [each.partition(PART) for each in chosen]
    return tuple((EvidenceKind(kind), UUID(key)) for kind, _part, key in pairs)


def kind_told(kind: EvidenceKind) -> str:
    """Say what kind of row it is."""
    return str({
        EvidenceKind.FILE: _("File"),
        EvidenceKind.FACT: _("What sources say"),
        EvidenceKind.ANALYSIS: _("Who controls a company"),
        EvidenceKind.ANSWER: _("Answer"),
        EvidenceKind.LIST: _("List"),
        EvidenceKind.COMMENT: _("Comment"),
        EvidenceKind.STAKE: _("Share"),
    }[kind])  # fmt: skip
