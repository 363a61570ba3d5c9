"""Forms of consent: who agreed to what, for whom, how much of it, and until when."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from undaunted.core.consent.forms import (
    AUDIENCES,
    BASES,
    GROUPS,
    LEVELS,
    LIMITS,
    PURPOSES,
    RELATIONS,
    language_choices,
)
from undaunted.core.consent.rules import (
    PROXIES,
    Audience,
    AudienceUnreadable,
    Basis,
    FieldGroup,
    IdentityLevel,
    Mandate,
    NeverPublic,
    ProxyLimit,
    ProxyRefused,
    Purpose,
    check_proxy,
    check_public,
)
from undaunted.prisoners.registry.forms.fields import CountryField, PartedForm, Parts
from undaunted.site.instants import DayField

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["ConsentForm", "EndProxyForm"]

LONGEST = timedelta(days=3660)
_FIELD_OF = {
    ProxyLimit.OTHER_RELATION: "relation",
    ProxyLimit.NO_MANDATE: "mandate_document",
    ProxyLimit.BEYOND_MANDATE: "until",
    ProxyLimit.PUBLIC_PARTS: "field_groups",
    ProxyLimit.GOVERNMENT_PURPOSE: "purpose",
}
"""Which field to look at where a proxy cannot agree."""


class ConsentForm(PartedForm):
    """An agreement, with one entry in the ledger for each purpose; nothing is ticked beforehand."""

    PARTS: ClassVar[Parts] = (
        (_("For what, and for whom"), ("purpose", "audience", "body", "government")),
        (_("How much"), ("level", "field_groups")),
        (_("Who agreed, and how"), ("basis", "how", "evidence_document", "language")),
        (
            _("Where somebody speaks for the person"),
            ("relation", "mandate_document", "mandate_until"),
        ),
        (_("From when until when"), ("given_on", "until", "receipt")),
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
    relation = forms.ChoiceField(
        label=_("Relation of the proxy"),
        choices=[("", _("The person spoke themself")), *RELATIONS],
        required=False,
    )
    mandate_document = forms.ChoiceField(
        label=_("Document that shows the mandate"),
        required=False,
        help_text=_("Needed of lawyers, guardians by order of a court and organisations."),
    )
    mandate_until = DayField(
        label=_("The mandate ends on"),
        required=False,
        help_text=_("The agreement ends with it at the latest."),
    )
    language = forms.ChoiceField(
        label=_("Model text that was shown or read out"),
        required=False,
        help_text=_("In which language. Its version and checksum are kept with the agreement."),
    )
    receipt = forms.BooleanField(
        label=_("Give a receipt, with which it can be withdrawn without an account"),
        required=False,
    )
    how = forms.CharField(
        label=_("How it was given"),
        max_length=80,
        help_text=_("Signed form, recorded call, letter through the lawyer."),
    )
    evidence_document = forms.ChoiceField(label=_("Document that proves it"), required=False)
    given_on = DayField(label=_("Given on"))
    until = DayField(label=_("Until"), help_text=_("Ten years at most; then ask again."))

    def __init__(
        self,
        *args: Any,  # noqa: ANN401
        organisations: Iterable[tuple[str, str]] = (),
        partners: Iterable[tuple[str, str]] = (),
        documents: Iterable[tuple[str, str]] = (),
        **kwargs: Any,  # noqa: ANN401
    ) -> None:
        super().__init__(*args, **kwargs)
        named = [(f"organisation:{pk}", name) for pk, name in organisations]
        choices = [*AUDIENCES[:1], *named, *partners, *AUDIENCES[1:]]
        self.fields["audience"].choices = choices  # type: ignore[attr-defined]
        held = [("", _("None")), *documents]
        self.fields["evidence_document"].choices = held  # type: ignore[attr-defined]
        self.fields["mandate_document"].choices = held  # type: ignore[attr-defined]
        texts = [("", _("No model text")), *language_choices()]
        self.fields["language"].choices = texts  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Give the values in the words of the rules, and refuse what no consent can open."""
        given = super().clean() or {}
        self._check_audience(given)
        self._check_days(given)
        proxy = given.get("basis") in {basis.value for basis in PROXIES}
        if proxy and not given.get("relation"):
            self.add_error("relation", _("Say what the proxy is to the person."))
        if self.errors:
            return given
        if not proxy:
            given |= {"relation": "", "mandate_document": "", "mandate_until": None}
        groups = frozenset(FieldGroup(one) for one in given["field_groups"])
        try:
            check_public(given["audience"], groups)
        except NeverPublic:
            self.add_error("field_groups", _("Family and contact are never public."))
        read = given | {
            "purpose": [Purpose(one) for one in given["purpose"]],
            "level": IdentityLevel[given["level"].upper()],
            "field_groups": groups,
            "basis": Basis(given["basis"]),
        }
        self._check_proxy(read)
        return read

    def _check_proxy(self, read: dict[str, Any]) -> None:
        mandate = Mandate(read["relation"], bool(read["mandate_document"]), read["mandate_until"])
        for purpose in read["purpose"]:
            try:
                check_proxy(
                    read["basis"],
                    mandate,
                    purpose=purpose,
                    audience=read["audience"],
                    level=read["level"],
                    groups=read["field_groups"],
                    until=read["until"],
                )
            except ProxyRefused as refused:
                self.add_error(_FIELD_OF.get(refused.limit, "audience"), LIMITS[refused.limit])
                return

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


class EndProxyForm(forms.Form):
    """Whose word for the person is over."""

    relation = forms.ChoiceField(
        label=_("Who spoke for the person"),
        choices=[("", _("Everybody: the person can be asked themself now")), *RELATIONS],
        required=False,
        widget=forms.RadioSelect,
    )
