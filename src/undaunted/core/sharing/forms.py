"""Forms of sharing, with the words of markings, kinds and states."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from undaunted.core.accounts.queries import organisations_for
from undaunted.core.consent.rules import Purpose
from undaunted.core.sharing.actions import Wanted, kinds
from undaunted.core.sharing.queries import circles_for, partners_for
from undaunted.core.sharing.rules import Pap, PartnerKind, Tlp, scheme
from undaunted.core.vault.queries import teams_for
from undaunted.site.instants import DayField

if TYPE_CHECKING:
    from collections.abc import Iterable

    from undaunted.core.access.rules import Actor
    from undaunted.core.sharing.rules import Place

__all__ = [
    "PARTNER_KINDS",
    "STATES",
    "WHY",
    "AcceptForm",
    "CircleForm",
    "FileForm",
    "FingerprintForm",
    "JoinForm",
    "KeysForm",
    "PackageForm",
    "PartnerForm",
]

PARTNER_KINDS = {
    PartnerKind.ORGANISATION: _("organisation"),
    PartnerKind.GOVERNMENT: _("government"),
    PartnerKind.BODY: _("international body"),
    PartnerKind.PERSON: _("one named person"),
}
STATES = {
    "proposed": _("proposed"),
    "sealed": _("sealed"),
    "declined": _("declined"),
    "waiting": _("waiting for a decision"),
    "accepted": _("accepted"),
    "rejected": _("rejected"),
    "ended": _("has run out"),
    "taken_back": _("taken back by the sender"),
}
WHY = {
    "revoked": _("consent was revoked"),
    "expired": _("consent ran out"),
    "erased": _("the record was erased"),
    "objected": _("the person objected"),
    "withdrawn": _("your organisation withdrew it"),
}
PURPOSES = {
    Purpose.STATISTICS: _("statistics"),
    Purpose.REGISTRY: _("public registry"),
    Purpose.RESEARCH_DATA: _("data for research"),
    Purpose.REPORT: _("report"),
    Purpose.MEMO: _("briefing memo"),
    Purpose.CAMPAIGN: _("campaign"),
    Purpose.QUIET_DIPLOMACY: _("quiet diplomacy"),
    Purpose.UN_SUBMISSION: _("submission to the United Nations"),
    Purpose.SANCTIONS_SUBMISSION: _("submission for sanctions"),
    Purpose.NOTICE_CHALLENGE: _("challenge of a notice"),
    Purpose.ASSISTANCE: _("assistance"),
    Purpose.SHELTER: _("shelter"),
    Purpose.ACCOUNTABILITY: _("accountability"),
}
LONGEST_DAYS = 366


def _chosen(actor: Actor) -> forms.ModelChoiceField[Any]:
    return forms.ModelChoiceField(
        label=_("Your organisation"), queryset=organisations_for(actor), empty_label=None
    )


class _OwnForm(forms.Form):
    """A form that asks for which of the actor's organisations it is."""

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **kwargs)
        self.actor = actor
        self.fields = {"holder": _chosen(actor), **self.fields}

    @property
    def holder(self) -> UUID:
        """The organisation that was chosen."""
        found: UUID = self.cleaned_data["holder"].pk
        return found


class KeysForm(_OwnForm):
    """For which organisation and team to make keys."""

    name = forms.CharField(label=_("Name that partners see"), max_length=120)

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **kwargs)
        self.fields["team"] = forms.ModelChoiceField(
            label=_("Team whose members may sign and receive"),
            queryset=teams_for(self.actor).order_by("name"),
            empty_label=None,
        )


class PartnerForm(_OwnForm):
    """Who the partner is, and the two public keys it gave."""

    name = forms.CharField(label=_("Name of the partner"), max_length=120)
    kind = forms.ChoiceField(
        label=_("What the partner is"),
        choices=[(kind.value, words) for kind, words in PARTNER_KINDS.items()],
    )
    audience = forms.CharField(
        label=_("As whom consent counts it"),
        help_text=_("For example organisation:lantern-fund, or government:XS for a government."),
        max_length=80,
    )
    signing_key = forms.CharField(label=_("Its signing key"), max_length=60)
    recipient = forms.CharField(
        label=_("Its receiving key"), help_text=_("It begins with age1."), max_length=80
    )


class FingerprintForm(forms.Form):
    """The fingerprint that the partner read out."""

    fingerprint = forms.CharField(
        label=_("Fingerprint, as the partner read it out to you"),
        help_text=_("Call a number that you know already. Do not copy it from this page."),
        max_length=200,
    )


class CircleForm(_OwnForm):
    """A name for several partners."""

    name = forms.CharField(label=_("Name of the circle"), max_length=120)


class JoinForm(forms.Form):
    """Which partner to put into a circle or take out of it."""

    def __init__(self, *args: Any, actor: Actor, holder: UUID, **kwargs: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **kwargs)
        self.fields["partner"] = forms.ModelChoiceField(
            label=_("Partner"),
            queryset=partners_for(actor).filter(holder=holder, ended_at__isnull=True),
            empty_label=None,
        )


class PackageForm(_OwnForm):
    """What to share, with whom, how marked, what for, until when."""

    title = forms.CharField(label=_("Title for your own desk"), max_length=120)
    kind = forms.ChoiceField(label=_("Kind of things"))
    things = forms.CharField(
        label=_("Ids of the things, one a line"), widget=forms.Textarea(attrs={"rows": 4})
    )
    tlp = forms.ChoiceField(label=_("Who may see it (TLP)"))
    pap = forms.ChoiceField(label=_("What may be done with it (PAP)"))
    purpose = forms.ChoiceField(
        label=_("What it is for"), choices=[(each.value, word) for each, word in PURPOSES.items()]
    )
    until = DayField(label=_("Until which day"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [(name, name) for name in kinds()]  # type: ignore[attr-defined]
        for name in ("tlp", "pap"):
            self.fields[name].choices = _markings(name)  # type: ignore[attr-defined]
        verified = partners_for(self.actor).filter(verified_at__isnull=False, ended_at__isnull=True)
        self.fields["partners"] = forms.ModelMultipleChoiceField(
            label=_("Partners"),
            queryset=verified,
            required=False,
            widget=forms.CheckboxSelectMultiple,
        )
        self.fields["circles"] = forms.ModelMultipleChoiceField(
            label=_("Circles"),
            queryset=circles_for(self.actor),
            required=False,
            widget=forms.CheckboxSelectMultiple,
        )

    def clean_things(self) -> tuple[UUID, ...]:
        """Read the ids; a line that is none is named."""
        found = []
        for number, line in enumerate(self.cleaned_data["things"].split(), start=1):
            try:
                found.append(UUID(line))
            except ValueError:
                raise forms.ValidationError(
                    _("Line %(number)s is no id."), params={"number": number}
                ) from None
        return tuple(found)

    def wanted(self) -> Wanted:
        """Give what was asked for, as the action takes it."""
        told = self.cleaned_data
        until = datetime.combine(told["until"], time(), tzinfo=timezone.get_current_timezone())
        return Wanted(
            title=told["title"],
            things=tuple((told["kind"], thing) for thing in told["things"]),
            partners=tuple(each.pk for each in told["partners"]),
            circles=tuple(each.pk for each in told["circles"]),
            tlp=Tlp(told["tlp"]),
            pap=Pap(told["pap"]),
            purpose=Purpose(told["purpose"]),
            expires_at=until + timedelta(days=1),
        )


class FileForm(_OwnForm):
    """A file that arrived."""

    file = forms.FileField(label=_("File that arrived"))


class AcceptForm(forms.Form):
    """For which list the record that comes of an item is proposed."""

    into = forms.TypedChoiceField(
        label=_("Propose it for a list"),
        help_text=_("The list's steward takes it in. It is not published, and never goes onward."),
        coerce=UUID,
        empty_value=None,
        required=False,
    )

    def __init__(self, data: Any, places: Iterable[Place]) -> None:  # noqa: ANN401 - Django's
        super().__init__(data)
        named = [(str(place.id), place.name) for place in places]
        self.fields["into"].choices = [("", _("No list")), *named]  # type: ignore[attr-defined]


def _markings(name: str) -> list[tuple[str, str]]:
    return [
        (code, f"{marking.label}: {marking.sentence}")
        for code, marking in scheme(name).markings.items()
    ]
