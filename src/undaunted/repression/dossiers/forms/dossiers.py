"""Forms of a dossier and of each of its parts; every one works without script."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from undaunted.core.accounts.queries import account_name, user_named
from undaunted.core.listings.writers import place_told
from undaunted.core.sharing.queries import partners_for
from undaunted.core.sharing.rules import Tlp
from undaunted.core.standards.rules import Value
from undaunted.repression.dossiers.actions import DossierPlan, SubmissionPlan
from undaunted.repression.dossiers.forms.fields import (
    LONG,
    EvidenceFields,
    FindForm,
    PartForm,
    act_choices,
    acts_offered,
    annexes_offered,
    country_choices,
    document_choices,
    fact_choices,
    holder_choices,
    ledger_choices,
    person_choices,
)
from undaunted.repression.dossiers.queries import acts_sought, documents_sought
from undaunted.repression.dossiers.writers import choices_of
from undaunted.repression.sanctions.rules import FactKind, authorities
from undaunted.site.languages import LANGUAGES

if TYPE_CHECKING:
    from undaunted.core.access.rules import Actor

__all__ = [
    "AccusedForm",
    "ActForm",
    "AnnexForm",
    "DetailForm",
    "DossierForm",
    "FindingForm",
    "LinkForm",
    "PostForm",
    "ReplyForm",
    "StatementForm",
    "SubmissionForm",
    "laws_offered",
]

_NAME = forms.CharField(label=_("Name as written"), max_length=300)


def laws_offered() -> list[tuple[str, str]]:
    """Give the laws that have a test, by jurisdiction and title."""
    return [
        (each.code, f"{place_told(each.jurisdiction)} · {each.title}")
        for each in authorities().values()
        if each.pack
    ]


class DossierForm(forms.Form):
    """What a dossier is about, and who handles it."""

    holder = forms.ChoiceField(label=_("Organisation"))
    title = forms.CharField(label=_("Title"), max_length=200)
    country = forms.ChoiceField(label=_("State whose officials it is about"))
    summary = forms.CharField(
        label=_("Summary"),
        widget=LONG,
        required=False,
        help_text=_("Each submission prints it. Write “Person 1”, never the name of a victim."),
    )
    tlp = forms.ChoiceField(
        label=_("How far it may travel"),
        choices=[(each.value, f"TLP:{each.value}") for each in Tlp],
        initial="AMBER",
    )
    team = forms.CharField(
        label=_("Colleagues who handle it"),
        required=False,
        help_text=_("User names, separated by blanks. Nobody else reads it, you always do."),
    )

    def __init__(self, *args: Any, actor: Actor, fixed: bool = False, **kwargs: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **kwargs)
        self._actor = actor
        self.fields["holder"].choices = holder_choices(actor)  # type: ignore[attr-defined]
        self.fields["country"].choices = country_choices()  # type: ignore[attr-defined]
        if fixed:
            del self.fields["holder"]

    def clean_team(self) -> list[UUID]:
        """Find each colleague; whoever is none is not told apart from whoever does not exist."""
        found = []
        for name in self.cleaned_data["team"].replace(",", " ").split():
            user = user_named(name)
            if user is None or not account_name(self._actor, user.pk):
                raise forms.ValidationError(
                    gettext("Nobody in your organisation is called %(name)s.") % {"name": name}
                )
            found.append(user.pk)
        return found

    def plan(self) -> DossierPlan:
        """Give what the dossier is to be."""
        told = self.cleaned_data
        return DossierPlan(
            told["title"], told["country"], told["summary"], told["tlp"], told["team"]
        )


class ActForm(FindForm):
    """Which act of the ledger the dossier rests on."""

    act = forms.ChoiceField(
        label=_("Act"),
        widget=forms.RadioSelect,
        help_text=_("What your organisation recorded in this state; record others at their case."),
    )

    def choose(self) -> None:
        """Offer the acts of the ledger."""
        offered, self.kept_back = acts_offered(self.actor, self.sheet)
        acts = self.narrowed("act", offered, partial(acts_sought, self.actor), key="claim")
        self.offer("act", ledger_choices(self.actor, self.sheet, acts))


class AccusedForm(EvidenceFields):
    """Somebody alleged to be responsible."""

    name = _NAME
    kind = forms.ChoiceField(label=_("What it is"), choices=choices_of("PartyKind"))


class DetailForm(EvidenceFields):
    """One thing that tells who somebody is."""

    accused = forms.ChoiceField(label=_("Of whom"))
    kind = forms.ChoiceField(label=_("What"), choices=choices_of("DetailKind"))
    text = forms.CharField(
        label=_("As recorded"),
        max_length=300,
        help_text=_("A date as 1971, 1971-04 or 1971-04-03."),
    )

    def choose(self) -> None:
        """Offer the people of the dossier."""
        super().choose()
        self.offer("accused", person_choices(self.sheet))


class PostForm(EvidenceFields):
    """An office that somebody held."""

    accused = forms.ChoiceField(label=_("Of whom"))
    office = forms.CharField(label=_("Post"), max_length=200)
    above = forms.CharField(
        label=_("Answered to"),
        max_length=200,
        required=False,
        help_text=_("The post above, written as it is written for whoever held it."),
    )
    start = forms.CharField(label=_("From"), max_length=40, required=False)
    end = forms.CharField(
        label=_("Until"), max_length=40, required=False, help_text=_("Empty: it goes on.")
    )

    def choose(self) -> None:
        """Offer the people of the dossier."""
        super().choose()
        self.offer("accused", person_choices(self.sheet))


class LinkForm(EvidenceFields):
    """How somebody had a part in an act."""

    accused = forms.ChoiceField(label=_("Who"))
    act = forms.ChoiceField(label=_("Act"))
    mode = forms.ChoiceField(label=_("Part in it"))
    reasons = forms.CharField(label=_("Reasons"), widget=LONG)

    def choose(self) -> None:
        """Offer people, acts and the links that laws know."""
        super().choose()
        self.offer("accused", person_choices(self.sheet))
        self.offer("act", act_choices(self.sheet))
        self.offer("mode", fact_choices(FactKind.LINK))


class FindingForm(EvidenceFields):
    """What was found on one fact."""

    fact = forms.ChoiceField(label=_("Fact"))
    value = forms.ChoiceField(label=_("Found"), choices=choices_of("Value"), initial=Value.UNCLEAR)
    act = forms.ChoiceField(
        label=_("Of which act"), required=False, help_text=_("Conduct is found of an act.")
    )
    accused = forms.ChoiceField(
        label=_("Of whom"),
        required=False,
        help_text=_("Where it is about one person, such as holding an office."),
    )
    reasons = forms.CharField(label=_("Reasons"), widget=LONG)

    def choose(self) -> None:
        """Offer facts, acts and people."""
        super().choose()
        self.offer("fact", fact_choices(FactKind.CONDUCT, FactKind.CIRCUMSTANCE))
        self.offer("act", act_choices(self.sheet), empty="—")
        self.offer("accused", person_choices(self.sheet), empty="—")


class StatementForm(EvidenceFields):
    """What speaks for somebody."""

    accused = forms.ChoiceField(label=_("Of whom"))
    kind = forms.ChoiceField(label=_("What"), choices=choices_of("Weighed"))
    body = forms.CharField(label=_("In words"), widget=LONG)

    def choose(self) -> None:
        """Offer the people of the dossier."""
        super().choose()
        self.offer("accused", person_choices(self.sheet))


class ReplyForm(PartForm):
    """Whether somebody's own account was sought."""

    accused = forms.ChoiceField(label=_("Of whom"))
    reply = forms.ChoiceField(label=_("Their own account"), choices=choices_of("Reply")[1:])
    reasons = forms.CharField(label=_("When and how, or why it is unsafe"), widget=LONG)

    def choose(self) -> None:
        """Offer the people of the dossier."""
        self.offer("accused", person_choices(self.sheet))


class AnnexForm(FindForm):
    """A document that goes along."""

    document = forms.ChoiceField(label=_("Document"))
    title = forms.CharField(
        label=_("Title in the index"),
        max_length=200,
        help_text=_("Choose a copy in which whoever did not agree cannot be recognised."),
    )
    shows = forms.MultipleChoiceField(
        label=_("Whom it shows"), required=False, widget=forms.CheckboxSelectMultiple
    )
    nobody = forms.BooleanField(label=_("It shows nobody of this dossier"), required=False)

    def choose(self) -> None:
        """Offer documents, and victims by number."""
        offered, self.kept_back = annexes_offered(self.actor, self.sheet)
        shown = self.narrowed("document", offered, partial(documents_sought, self.actor))
        self.offer("document", document_choices(shown))
        numbers = {each.row.subject: each.row.number for each in self.sheet.acts}
        self.offer(
            "shows",
            [
                (str(subject), gettext("Person %(number)s") % {"number": number})
                for subject, number in numbers.items()
            ],
        )

    def clean(self) -> dict[str, Any]:
        """Ask for an answer: whom it shows, or that it shows nobody."""
        told = super().clean() or {}
        if bool(told.get("shows")) is bool(told.get("nobody")):
            self.add_error(
                "shows", gettext("Say whom it shows, or that it shows nobody; not both.")
            )
        return told


class SubmissionForm(PartForm):
    """For whom a submission is written, under which law."""

    authority = forms.ChoiceField(label=_("Law"))
    recipient = forms.CharField(
        label=_("Recipient"), max_length=200, help_text=_("The office, as it stands on the paper.")
    )
    language = forms.ChoiceField(
        label=_("Language of the paper"),
        choices=[(each.code, each.own_name) for each in LANGUAGES],
        initial="en",
    )
    people = forms.MultipleChoiceField(
        label=_("About whom"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("None chosen: everybody in the dossier."),
    )
    summary = forms.CharField(
        label=_("Summary"),
        widget=LONG,
        required=False,
        help_text=_(
            "Of this paper alone; else the dossier's, where nobody's act is left out, or one that "
            "is put together from the paper."
        ),
    )
    neutral = forms.BooleanField(
        label=_("Without the dossier's summary: put one together from the paper"), required=False
    )
    partner = forms.ChoiceField(
        label=_("Partner whose key seals who the victims are"), required=False
    )
    key = forms.CharField(
        label=_("Or a key that the recipient gave you"),
        max_length=80,
        required=False,
        help_text=_("It begins with age1. Without a key no name of a victim goes along."),
    )
    coincidences = forms.CharField(
        label=_("Words declared a coincidence"),
        max_length=1300,
        required=False,
        help_text=_(
            "Surnames of victims that mean somebody or something else here, separated by commas."
        ),
    )

    def choose(self) -> None:
        """Offer laws, people, and partners whose key a second person has compared."""
        self.offer("authority", laws_offered())
        self.offer("people", person_choices(self.sheet))
        rows = partners_for(self.actor).filter(
            holder=self.sheet.dossier.holder, verified_at__isnull=False, ended_at__isnull=True
        )
        self.offer(
            "partner",
            [(str(each.pk), f"{each.name} · {each.audience}") for each in rows],
            empty="—",
        )

    def plan(self) -> SubmissionPlan:
        """Give what is to be written."""
        told = self.cleaned_data
        return SubmissionPlan(
            told["authority"],
            told["recipient"],
            told["language"],
            tuple(UUID(each) for each in told["people"]),
            self.uuid("partner"),
            told["key"],
            told["coincidences"].replace("،", ",").replace("、", ",").split(","),
            told["summary"],
            told["neutral"],
        )
