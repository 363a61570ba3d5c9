"""Forms made of a door's questions, and the forms of the return channel."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from undaunted.core.intake.forms.words import CHOICES, CONSENTS, DANGER, HELPS, LABELS
from undaunted.core.intake.rules.questions import (
    LONGEST_TEXT,
    Danger,
    Door,
    Kind,
    consents_of,
    questions_of,
)
from undaunted.core.vault.rules import ReceiptMistyped, read_receipt
from undaunted.site.components.clauses import commas_text

if TYPE_CHECKING:
    from django.forms.utils import ErrorList

    from undaunted.core.intake.rules.letters import Draft
    from undaunted.core.intake.rules.questions import Question
    from undaunted.core.vault.rules import Receipt

__all__ = ["DoorForm", "ReceiptForm", "ReplyForm", "form_for"]

SHORT = 300
LINES = 5
ROWS = 8
_QUIET = {"autocomplete": "off", "spellcheck": "false", "autocapitalize": "off"}
"""What is typed here is not kept by the browser, nor sent to a spelling service."""


class DoorForm(forms.Form):
    """The questions of one door; only the one about danger must be answered."""

    danger = forms.ChoiceField(
        label=LABELS["danger"],
        choices=list(DANGER.items()),
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Say whether anybody is in danger. It decides how fast we look.")
        },
    )

    def __init__(self, *args: Any, door: Door, **kwargs: Any) -> None:  # noqa: ANN401 - Django's
        super().__init__(*args, **kwargs)
        self.door = door
        for question in questions_of(door):
            self.fields[question.key] = _field(question)
        self.fields["consents"] = forms.MultipleChoiceField(
            label=_("What may be done with what you tell us?"),
            choices=[(key, CONSENTS[key]) for key in consents_of(door)],
            widget=forms.CheckboxSelectMultiple,
            required=False,
            help_text=_("You can change this later with your receipt."),
        )

        self.fields["harmless"] = forms.BooleanField(
            label=_("Give me a second receipt that opens something harmless"),
            required=False,
            help_text=_(
                "Show that one if somebody forces you. Keep the two apart, or only the real one."
            ),
        )

    @property
    def severe(self) -> Danger:
        """Give the answer about danger."""
        return Danger(self.cleaned_data["danger"])

    def typed(self) -> dict[str, Any]:
        """Give what was typed as it stands, right or not, for going on with it later."""
        given = {}
        for name, field in self.fields.items():
            if name in {"danger", "harmless"}:
                continue
            found = field.widget.value_from_datadict(self.data, self.files, name)
            if found:
                given[name] = found
        return given

    def overlong(self) -> bool:
        """Tell whether an answer is longer than is kept; then only that is said of the answers.

        Django's sentence at the field names how long it is and how long it may be.
        """
        found = {key: held for key, held in self.errors.items() if _is_overlong(held)}
        self.errors.clear()
        self.errors.update(found)
        return bool(found)

    def answers(self) -> dict[str, Any]:
        """Give what was answered, without what was left empty."""
        return {
            key: value for key, value in self.cleaned_data.items() if value not in ("", [], False)
        }


class ReceiptForm(forms.Form):
    """Where somebody types a receipt."""

    receipt = forms.CharField(
        label=_("Your receipt"),
        max_length=SHORT,
        help_text=_("Eight groups of six digits. Spaces do not matter."),
        widget=forms.TextInput(attrs=_QUIET | {"inputmode": "numeric", "class": "receipt"}),
    )

    def clean_receipt(self) -> Receipt:
        """Read it, or say which group to look at; nothing here asks the database."""
        try:
            return read_receipt(self.cleaned_data["receipt"])
        except ReceiptMistyped as slip:
            raise forms.ValidationError(_told(slip)) from slip


class ReplyForm(ReceiptForm):
    """A message through the return channel."""

    message = forms.CharField(
        label=_("Your message"),
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs=_QUIET | {"rows": ROWS}),
    )


def form_for(
    door: Door,
    data: Any = None,  # noqa: ANN401 - a request's data
    *,
    draft: Draft | None = None,
) -> DoorForm:
    """Give the form of a door, filled with what was sent, or with what was saved before."""
    initial = {**draft.given, "danger": draft.danger} if draft else None
    return DoorForm(data, door=door, initial=initial)


def _field(question: Question) -> forms.Field:
    words: dict[str, Any] = {
        "label": LABELS[question.key],
        "help_text": HELPS.get(question.key, ""),
        "required": False,
    }
    choices = [(key, CHOICES[question.key][key]) for key in question.choices]
    if question.kind is Kind.ONE:
        return forms.ChoiceField(choices=choices, widget=forms.RadioSelect, **words)
    if question.kind is Kind.MANY:
        return forms.MultipleChoiceField(
            choices=choices, widget=forms.CheckboxSelectMultiple, **words
        )
    if question.kind is Kind.TEXT:
        return forms.CharField(
            max_length=SHORT, widget=forms.TextInput(attrs=dict(_QUIET)), **words
        )
    rows = ROWS if question.kind is Kind.LONG else LINES
    area = forms.Textarea(attrs=_QUIET | {"rows": rows})
    return forms.CharField(max_length=LONGEST_TEXT, widget=area, **words)


def _is_overlong(errors: ErrorList) -> bool:
    return any(each.code == "max_length" for each in errors.as_data())


def _told(slip: ReceiptMistyped) -> str:
    if not slip.groups:
        return str(_("A receipt has 48 digits in eight groups of six. Compare it with your note."))
    which = commas_text(str(group) for group in slip.groups)
    return ngettext(
        "Group %(which)s is not as it was written down. Compare it with your note.",
        "Groups %(which)s are not as they were written down. Compare them with your note.",
        len(slip.groups),
    ) % {"which": which}
