"""Forms of consent: who agreed to what, for whom, how much of it, and until when."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from undaunted.core.consent.rules import (
    Audience,
    AudienceUnreadable,
    Basis,
    FieldGroup,
    IdentityLevel,
    NeverPublic,
    Purpose,
    check_public,
)
from undaunted.prisoners.registry.forms.fields import CountryField, PartedForm, Parts

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["AUDIENCES", "BASES", "GROUPS", "LEVELS", "PURPOSES", "ConsentForm"]

DAY = forms.DateInput(attrs={"type": "date"})
LONGEST = timedelta(days=3660)
PROXIES = frozenset({"family_proxy", "lawyer_proxy", "guardian"})

LEVELS = (
    ("aggregate", _("In totals only")),
    ("code", _("By a code")),
    ("pseudonym", _("Under another name")),
    ("name", _("By name")),
)
GROUPS = (
    ("identity", _("Identity")),
    ("biography", _("Biography")),
    ("detention", _("Detention")),
    ("health", _("Health")),
    ("family", _("Family")),
    ("contact", _("Contact")),
    ("documents", _("Documents")),
)
PURPOSES = (
    ("statistics", _("Statistics")),
    ("registry", _("Public registry")),
    ("research_data", _("Data for research")),
    ("report", _("Reports")),
    ("memo", _("Memoranda")),
    ("campaign", _("Campaigns")),
    ("quiet_diplomacy", _("Quiet diplomacy")),
    ("un_submission", _("Submissions to the United Nations")),
    ("sanctions_submission", _("Submissions for sanctions")),
    ("notice_challenge", _("Challenges of police notices")),
    ("assistance", _("Assistance")),
    ("shelter", _("Shelter")),
    ("accountability", _("Accountability before courts")),
)
BASES = (
    ("self", _("The person")),
    ("family_proxy", _("A relative, as proxy")),
    ("lawyer_proxy", _("A lawyer, as proxy")),
    ("guardian", _("A guardian")),
    ("public_record", _("Nobody: it is public record already")),
)


AUDIENCES = (
    ("public", _("Everybody: the public")),
    ("body", _("One body, such as an expert or an office of the United Nations")),
    ("government", _("The government of one country")),
)


class ConsentForm(PartedForm):
    """An agreement, with one entry in the ledger for each purpose; nothing is ticked beforehand."""

    PARTS: ClassVar[Parts] = (
        (_("For what, and for whom"), ("purpose", "audience", "body", "government")),
        (_("How much"), ("level", "field_groups")),
        (_("Who agreed, and how"), ("basis", "relation", "how", "evidence_document")),
        (_("From when until when"), ("given_on", "until")),
    )

    purpose = forms.MultipleChoiceField(
        label=_("For what"),
        choices=PURPOSES,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Agreeing to one purpose is never agreeing to another."),
    )
    audience = forms.ChoiceField(label=_("Who may see it"), widget=forms.RadioSelect)
    body = forms.SlugField(
        label=_("Which body"),
        required=False,
        max_length=60,
        help_text=_("Its code, only where one body may see it: for example ohchr."),
    )
    government = CountryField(
        label=_("Which government"),
        required=False,
        help_text=_("Only where one government may see it."),
    )
    level = forms.ChoiceField(
        label=_("How much of who the person is"), choices=LEVELS, widget=forms.RadioSelect
    )
    field_groups = forms.MultipleChoiceField(
        label=_("Parts of the record"), choices=GROUPS, widget=forms.CheckboxSelectMultiple
    )
    basis = forms.ChoiceField(label=_("Who agreed"), choices=BASES, widget=forms.RadioSelect)
    relation = forms.CharField(
        label=_("Relation of the proxy"),
        max_length=40,
        required=False,
        help_text=_("For a proxy: sister, defence lawyer, guardian by order of a court."),
    )
    how = forms.CharField(
        label=_("How it was given"),
        max_length=80,
        help_text=_("Signed form, recorded call, letter through the lawyer."),
    )
    evidence_document = forms.ChoiceField(label=_("Document that proves it"), required=False)
    given_on = forms.DateField(label=_("Given on"), widget=DAY)
    until = forms.DateField(
        label=_("Until"), widget=DAY, help_text=_("Ten years at most; then ask again.")
    )

    def __init__(
        self,
        *args: Any,  # noqa: ANN401
        organisations: Iterable[tuple[str, str]] = (),
        documents: Iterable[tuple[str, str]] = (),
        **kwargs: Any,  # noqa: ANN401
    ) -> None:
        super().__init__(*args, **kwargs)
        named = [(f"organisation:{pk}", name) for pk, name in organisations]
        self.fields["audience"].choices = [*AUDIENCES[:1], *named, *AUDIENCES[1:]]  # type: ignore[attr-defined]
        self.fields["evidence_document"].choices = [("", _("None")), *documents]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Give the values in the words of the rules, and refuse what no consent can open."""
        given = super().clean() or {}
        self._check_audience(given)
        self._check_days(given)
        if given.get("basis") in PROXIES and not given.get("relation"):
            self.add_error("relation", _("Say what the proxy is to the person."))
        if self.errors:
            return given
        groups = frozenset(FieldGroup(one) for one in given["field_groups"])
        try:
            check_public(given["audience"], groups)
        except NeverPublic:
            self.add_error("field_groups", _("Family and contact are never public."))
        return given | {
            "purpose": [Purpose(one) for one in given["purpose"]],
            "level": IdentityLevel[given["level"].upper()],
            "field_groups": groups,
            "basis": Basis(given["basis"]),
        }

    def _check_audience(self, given: dict[str, Any]) -> None:
        """Read the audience, with the name of the body or government where it needs one."""
        kind = given.get("audience")
        if not kind:
            return
        named = kind in {"body", "government"}
        if named and not given.get(kind):
            self.add_error(kind, _("Say which one."))
            return
        try:
            given["audience"] = Audience.parse(f"{kind}:{given[kind]}" if named else kind)
        except AudienceUnreadable:
            self.add_error("audience", _("Choose who may see it."))

    def _check_days(self, given: dict[str, Any]) -> None:
        first, last = given.get("given_on"), given.get("until")
        if not first or not last:
            return
        if last <= first:
            self.add_error("until", _("Consent ends after the day it is given."))
        elif last - first > LONGEST:
            self.add_error("until", _("Ask again after ten years at most."))
