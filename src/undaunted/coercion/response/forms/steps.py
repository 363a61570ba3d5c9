"""Forms of compacts, invocations and pledges."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from undaunted.coercion.response.actions import CompactPlan
from undaunted.coercion.response.queries import governments_of
from undaunted.coercion.response.rules import (
    BurdenKey,
    DecisionRule,
    OffRampPlan,
    PledgeKind,
    PledgePlan,
    Reach,
    ResponseStage,
    StepKind,
    Voting,
)
from undaunted.coercion.response.writers.terms import choices_of
from undaunted.core.access.rules import Facts, Verb, decide
from undaunted.core.accounts.queries import governments_known, organisations_for
from undaunted.core.standards.rules import Finding, Value
from undaunted.site.english import marked, marked_of
from undaunted.site.instants import DayField

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from undaunted.coercion.response.models import Pledge
    from undaunted.core.access.rules import Actor
    from undaunted.core.standards.rules import Pack

__all__ = [
    "AcceptForm",
    "CompactForm",
    "DeliveryForm",
    "InviteForm",
    "MoveForm",
    "PledgeForm",
    "SayForm",
    "ShowForm",
    "StepForm",
    "TeamForm",
    "TextForm",
    "TriggerForm",
    "VoteForm",
    "holders_for",
]

SHORT = {"rows": 2}
_FINDINGS = [("", _("Not known")), (Value.MET, _("Met")), (Value.NOT_MET, _("Not met"))]
_PLEDGED = ("text", "legal_basis", "trigger", "off_ramp")


def holders_for(actor: Actor) -> list[tuple[str, str]]:
    """Give the governments in whose name the actor may record."""
    mine = governments_of(actor)
    return [
        (str(each.pk), each.name)
        for each in organisations_for(actor)
        if each.pk in mine and decide(actor, Verb.RECORD, Facts(holder=each.pk)).allowed
    ]


def _set(form: forms.Form, name: str, choices: Iterable[tuple[Any, Any]]) -> None:
    form.fields[name].choices = list(choices)  # type: ignore[attr-defined]


def _text(label: Any, **more: Any) -> forms.CharField:  # noqa: ANN401 - a lazy sentence
    widget = forms.Textarea(attrs=SHORT)
    return forms.CharField(label=label, max_length=1200, widget=widget, **more)


class CompactForm(forms.Form):
    """What a compact is."""

    holder = forms.ChoiceField(label=_("Government"))
    reference = forms.SlugField(
        label=_("Short name"),
        max_length=60,
        help_text=_("Small letters, figures and hyphens. It stands in addresses."),
    )
    name = forms.CharField(label=_("Name"), max_length=160)
    summary = _text(_("What it is for, in a few sentences"), required=False)
    voting = forms.ChoiceField(label=_("How members decide"), choices=choices_of("Voting"))
    quorum = forms.IntegerField(
        label=_("Quorum: per cent of the members that have voted"), min_value=1, max_value=100
    )
    threshold = forms.IntegerField(
        label=_("Share of the weights that carries, per cent; for weights alone"),
        min_value=1,
        max_value=100,
        required=False,
    )
    burden_key = forms.ChoiceField(
        label=_("By what the burden is shared"), choices=choices_of("BurdenKey")
    )
    currency = forms.CharField(label=_("Currency of amounts"), max_length=3, initial="USD")
    weight = forms.IntegerField(
        label=_("Weight of its vote"), min_value=1, max_value=1000, initial=1, required=False
    )

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **kwargs)
        _set(self, "holder", holders_for(actor))

    def plan(self) -> CompactPlan:
        """Give what was written. Raises `ResponseRefused`."""
        told = self.cleaned_data
        rule = DecisionRule(Voting(told["voting"]), told["quorum"], told["threshold"] or 0)
        return CompactPlan(
            reference=told["reference"],
            name=told["name"],
            rule=rule,
            summary=told["summary"],
            burden_key=BurdenKey(told["burden_key"]),
            currency=told["currency"],
            weight=told["weight"] or 1,
        )


class InviteForm(forms.Form):
    """Which government is invited, and what its vote weighs."""

    government = forms.ChoiceField(label=_("Government"))
    weight = forms.IntegerField(
        label=_("Weight of its vote"), min_value=1, max_value=1000, initial=1
    )

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **kwargs)
        _set(self, "government", ((str(each.pk), each.name) for each in governments_known(actor)))


class AcceptForm(forms.Form):
    """The values by which burden may be shared; empty where they are not told."""

    gdp = forms.DecimalField(
        label=_("Gross domestic product"), max_digits=18, decimal_places=2, required=False
    )
    exposure = forms.DecimalField(
        label=_("Exposure"), max_digits=18, decimal_places=2, required=False
    )
    public = forms.BooleanField(label=_("Name us where the compact is public"), required=False)


class StepForm(forms.Form):
    """Which step of a colleague is confirmed."""

    kind = forms.ChoiceField(choices=[(each.value, each.value) for each in StepKind])


class ShowForm(forms.Form):
    """Which compact is to read an episode."""

    compact = forms.SlugField(label=_("Compact"))


class TeamForm(forms.Form):
    """Which team of one's own government opens what it keeps."""

    team = forms.ChoiceField(label=_("Team"))

    def __init__(
        self,
        *args: Any,  # noqa: ANN401
        teams: Iterable[tuple[str, str]],
        **kwargs: Any,  # noqa: ANN401
    ) -> None:
        super().__init__(*args, **kwargs)
        _set(self, "team", teams)


class TriggerForm(forms.Form):
    """What was found on each criterion of the trigger, with reasons that members read."""

    def __init__(self, *args: Any, pack: Pack, **kwargs: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **kwargs)
        self._names = tuple(pack.criteria)
        for name, criterion in pack.criteria.items():
            self.fields[name] = forms.ChoiceField(
                label=marked(criterion.title, law=True),
                help_text=marked_of({code: each.text for code, each in criterion.texts.items()}),
                choices=_FINDINGS,
                required=False,
            )
            self.fields[f"{name}_reasons"] = _text(_("Reasons"), required=False)

    def findings(self) -> Mapping[str, Finding]:
        """Give what was found."""
        told = self.cleaned_data
        return {
            name: Finding(
                Value(told[name] or Value.UNCLEAR),
                tuple(filter(None, [told[f"{name}_reasons"].strip()])),
            )
            for name in self._names
        }


class MoveForm(forms.Form):
    """To which stage an invocation goes, and why."""

    to = forms.ChoiceField(label=_("Next stage"))
    reason = _text(_("Reasons; needed to close"), required=False)

    def __init__(self, *args: Any, stages: Iterable[ResponseStage], **kwargs: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **kwargs)
        allowed = set(map(str, stages))
        _set(self, "to", (each for each in choices_of("Stage") if each[0] in allowed))


class SayForm(forms.Form):
    """What a member says in a stage."""

    text = _text(_("Text"))
    reach = forms.ChoiceField(
        label=_("Who reads it"), choices=choices_of("Reach")[:2], initial=Reach.MEMBERS
    )
    field_order = ("reach", "text")


class PledgeForm(forms.Form):
    """A measure or solidarity with its basis, trigger and end."""

    kind = forms.ChoiceField(label=_("Kind"), choices=choices_of("PledgeKind"))
    text = _text(_("What is done"))
    legal_basis = _text(_("Legal basis"))
    trigger = _text(_("What brings it into force"))
    off_ramp = _text(_("What ends it"))
    amount = forms.DecimalField(
        label=_("Amount, in the currency of the compact; needed for solidarity but quotas"),
        max_digits=18,
        decimal_places=2,
        min_value=0,
        required=False,
    )
    reach = forms.ChoiceField(label=_("Who reads it"), initial=Reach.MEMBERS)
    note = _text(
        _("Confidential note"),
        required=False,
        help_text=_("It is sealed to a team of your government, whoever reads the pledge."),
    )
    condition = _text(_("Condition that is watched"), required=False)
    evidence = _text(_("Evidence that shows it"), required=False)
    confirmer = forms.ChoiceField(label=_("Member that confirms it"), required=False)

    def __init__(
        self,
        *args: Any,  # noqa: ANN401
        members: Iterable[tuple[str, str]],
        beforehand: bool,
        pledge: Pledge | None = None,
        **kwargs: Any,  # noqa: ANN401
    ) -> None:
        if pledge is not None:
            kwargs["initial"] = {
                name: getattr(pledge, name) for name in (*_PLEDGED, "kind", "amount", "reach")
            }
        super().__init__(*args, **kwargs)
        choices = choices_of("Reach") if beforehand else choices_of("Reach")[:2]
        _set(self, "reach", choices)
        _set(self, "confirmer", [("", "—"), *members])
        if pledge is not None:
            del self.fields["condition"], self.fields["evidence"], self.fields["confirmer"]
            kept = pledge.reach == Reach.OWN
            _set(self, "reach", [each for each in choices if (each[0] == Reach.OWN) is kept])

    def plan(self) -> PledgePlan:
        """Give what was written."""
        told = self.cleaned_data
        return PledgePlan(
            kind=PledgeKind(told["kind"]),
            **{name: told[name] for name in _PLEDGED},
            reach=Reach(told["reach"]),
            amount=told["amount"],
            note=told["note"],
        )

    def off_ramps(self) -> list[OffRampPlan]:
        """Give the condition that is watched, where any of it is told."""
        told = self.cleaned_data
        if not any(told.get(name) for name in ("condition", "evidence", "confirmer")):
            return []
        return [OffRampPlan(told["condition"], told["evidence"], told["confirmer"])]


class VoteForm(forms.Form):
    """What one's own government votes."""

    choice = forms.ChoiceField(label=_("Vote"), choices=choices_of("Choice"))


class DeliveryForm(forms.Form):
    """What was delivered, and what shows it."""

    day = DayField(label=_("Day"))
    amount = forms.DecimalField(
        label=_("Amount"), max_digits=18, decimal_places=2, min_value=0, required=False
    )
    evidence = _text(_("Evidence that shows it"))


class TextForm(forms.Form):
    """One text that says why or by what."""

    text = _text(_("Reasons or evidence"))
