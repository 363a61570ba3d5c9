"""Forms of the library: a practice in its parts, a decision, a reason for withdrawing."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from django import forms
from django.forms import BaseFormSet, formset_factory
from django.utils.translation import gettext_lazy as _

from undaunted.core.accounts.queries import organisations_for
from undaunted.core.practices.queries import colleague_named
from undaunted.core.practices.rules import (
    LIMITS,
    WORLD,
    EntryBroken,
    read_entry,
)
from undaunted.core.practices.writers import (
    AIMS,
    CONDITIONS,
    GRADES,
    INSTRUMENTS_TOLD,
    MARKINGS,
    STAGES,
    STATUSES,
    WITHDRAWALS,
)
from undaunted.site.instants import DayField
from undaunted.site.languages import LANGUAGES

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from uuid import UUID

    from undaunted.core.access.rules import Actor
    from undaunted.core.practices.rules import Entry

__all__ = ["DeclineForm", "EntryForms", "FilterForm", "WithdrawForm"]

MOST_ROWS = 30
_LANGUAGES = [(each.code, each.own_name) for each in LANGUAGES]
ANY = ("", _("any"))


def _choices(words: Mapping[Any, Any]) -> list[tuple[str, Any]]:
    return [(each.value, word) for each, word in words.items()]


class FilterForm(forms.Form):
    """Which practices to list."""

    aim = forms.ChoiceField(label=_("Aim"), required=False, choices=[ANY, *_choices(AIMS)])
    instrument = forms.ChoiceField(
        label=_("Means"), required=False, choices=[ANY, *_choices(INSTRUMENTS_TOLD)]
    )
    stage = forms.ChoiceField(
        label=_("Stage of a stay"), required=False, choices=[ANY, *_choices(STAGES)]
    )
    condition = forms.ChoiceField(
        label=_("Needs"), required=False, choices=[ANY, *_choices(CONDITIONS)]
    )


class _MainForm(forms.Form):
    """What a practice is, in a line each."""

    reference = forms.SlugField(
        label=_("Short name"),
        max_length=60,
        help_text=_("Small letters, figures and hyphens. It stands in addresses."),
    )
    title = forms.CharField(label=_("Title"), max_length=LIMITS["title"])
    summary = forms.CharField(
        label=_("What is done"),
        max_length=LIMITS["summary"],
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    aim = forms.ChoiceField(label=_("Aim"), choices=_choices(AIMS))
    instrument = forms.ChoiceField(label=_("Means"), choices=_choices(INSTRUMENTS_TOLD))
    stages = forms.MultipleChoiceField(
        label=_("Stages of a stay, for shelter"),
        choices=_choices(STAGES),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    language = forms.ChoiceField(label=_("Language of the text"), choices=_LANGUAGES, initial="en")
    tlp = forms.ChoiceField(label=_("Who may see it (TLP)"), choices=_choices(MARKINGS))
    route_in_use = forms.BooleanField(
        label=_("It describes a way that people still travel on"),
        required=False,
        help_text=_("Such a practice is always TLP:RED."),
    )
    readers = forms.CharField(
        label=_("User names of those who may read it, one a line"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Only for TLP:RED. Name somebody who can review it; you are among them."),
    )

    def __init__(self, *args: Any, actor: Actor, practice: Any = None, **kwargs: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **kwargs)
        self.actor, self.practice = actor, practice
        if practice is not None:
            del self.fields["reference"]
            return
        chosen = forms.ModelChoiceField(
            label=_("Your organisation"), queryset=organisations_for(actor), empty_label=None
        )
        self.fields = {"holder": chosen, **self.fields}

    @property
    def holder(self) -> UUID:
        """Whose practice it is."""
        if self.practice is not None:
            held: UUID = self.practice.holder
            return held
        chosen: UUID = self.cleaned_data["holder"].pk
        return chosen

    def clean_readers(self) -> tuple[UUID, ...]:
        """Find the people who are named; a name that nobody has is told by its line."""
        if "holder" in self.fields and not self.cleaned_data.get("holder"):
            return ()
        found = []
        for name in self.cleaned_data["readers"].split():
            person = colleague_named(self.actor, self.holder, name)
            if person is None:
                told = _("Nobody of this organisation is called %(name)s.")
                raise forms.ValidationError(told, params={"name": name})
            found.append(person)
        return tuple(found)


class _RowForm(forms.Form):
    """One row of a list; a row that is empty is left out."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401
        told = {**kwargs, "use_required_attribute": False, "empty_permitted": True}
        super().__init__(*args, **told)

    def has_changed(self) -> bool:
        """Whether anything was written: a list from which nothing was chosen says nothing."""
        return any(
            str(self[name].value() or "").strip()
            for name, field in self.fields.items()
            if not isinstance(field, forms.ChoiceField)
        )

    def row(self) -> dict[str, Any]:
        """Give what was written, as the rules read it."""
        told = dict(self.cleaned_data)
        if "sources" in told:
            told["sources"] = re.findall(r"[^\s,;]+", told["sources"])
        if "where" in told:
            codes = re.findall(r"[^\s,;]+", told["where"])
            told["where"] = [WORLD if code.lower() == WORLD else code.upper() for code in codes]
        return told


def _text(label: Any, limit: str = "text", rows: int = 2) -> forms.CharField:  # noqa: ANN401
    area = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(label=label, max_length=LIMITS[limit], widget=area)


def _sources(*, required: bool = False) -> forms.CharField:
    told = _("Short names of sources below, with spaces between them.")
    return forms.CharField(label=_("Sources"), max_length=400, required=required, help_text=told)


class _PreconditionForm(_RowForm):
    kind = forms.ChoiceField(label=_("What must hold"), choices=_choices(CONDITIONS))
    text = _text(_("In words"))
    sources = _sources()


class _ImplementationForm(_RowForm):
    when = forms.CharField(
        label=_("When"), max_length=40, help_text=_("As well as it is known: 2015-10-29 or 2015.")
    )
    where = forms.CharField(
        label=_("Where"), max_length=80, help_text=_("Codes of countries, such as BY, or world.")
    )
    by = forms.CharField(label=_("By whom"), max_length=LIMITS["by"])
    text = _text(_("What was done"))
    result = _text(_("With what result"))
    sources = _sources(required=True)


class _EffectForm(_RowForm):
    text = _text(_("What was seen together with it"))
    grade = forms.ChoiceField(label=_("Strength of the evidence"), choices=_choices(GRADES))
    sources = _sources(required=True)


class _ClaimForm(_RowForm):
    text = _text(_("In words"))
    sources = _sources()


class _SourceForm(_RowForm):
    id = forms.SlugField(label=_("Short name"), max_length=40)
    title = forms.CharField(label=_("Title"), max_length=LIMITS["text"])
    publisher = forms.CharField(label=_("Published by"), max_length=LIMITS["publisher"])
    date = forms.CharField(label=_("Day or year"), max_length=40)
    url = forms.URLField(label=_("Address"), max_length=LIMITS["url"], assume_scheme="https")
    status = forms.ChoiceField(label=_("How it was read"), choices=_choices(STATUSES))
    read_on = DayField(label=_("Read on"), required=False)
    read_in = forms.CharField(label=_("Read in"), max_length=LIMITS["text"], required=False)
    note = forms.CharField(label=_("Note"), max_length=LIMITS["text"], required=False)


ROWS: tuple[tuple[str, Any, type[_RowForm]], ...] = (
    ("preconditions", _("What must hold before"), _PreconditionForm),
    ("implementations", _("Where it was done: at least one, with its date"), _ImplementationForm),
    ("effects", _("Evidence of effect, as association"), _EffectForm),
    ("risks", _("Risks"), _ClaimForm),
    ("failures", _("How it fails: at least one"), _ClaimForm),
    ("sources", _("Sources"), _SourceForm),
)


class EntryForms:
    """The form of a whole practice: its lines and its lists, read by the same rules as a file."""

    def __init__(
        self,
        sent: Any,  # noqa: ANN401
        *,
        actor: Actor,
        practice: Any = None,  # noqa: ANN401
        entry: Entry | None = None,
    ) -> None:
        data = entry.as_data() if entry else {}
        lists = {name for name, _heading, _form in ROWS}
        initial = {key: value for key, value in data.items() if key not in lists}
        self.practice = practice
        self.main = _MainForm(sent, actor=actor, practice=practice, initial=initial)
        self.rows: list[tuple[str, Any, BaseFormSet[Any]]] = [
            (name, heading, self._formset(name, form, sent, data.get(name, ())))
            for name, heading, form in ROWS
        ]

    @staticmethod
    def _formset(
        name: str,
        form: type[_RowForm],
        sent: Any,  # noqa: ANN401
        rows: Iterable[Mapping[str, Any]],
    ) -> BaseFormSet[Any]:
        made = formset_factory(form, extra=2, max_num=MOST_ROWS, absolute_max=MOST_ROWS)
        initial = [
            {
                key: " ".join(value) if isinstance(value, list) else value
                for key, value in row.items()
            }
            for row in rows
        ]
        return made(sent, prefix=name, initial=initial)

    @property
    def forms(self) -> list[Any]:
        """Every form, for the summary of problems."""
        return [self.main, *(form for _n, _h, rows in self.rows for form in rows)]

    def add_rows(self, name: str) -> None:
        """Show two more rows of a list; what was written stays."""
        self.rows = [
            (key, heading, self._longer(rows) if key == name else rows)
            for key, heading, rows in self.rows
        ]

    @staticmethod
    def _longer(rows: BaseFormSet[Any]) -> BaseFormSet[Any]:
        sent: Any = rows.data.copy()  # type: ignore[attr-defined]
        key = f"{rows.prefix}-TOTAL_FORMS"
        sent[key] = str(min(rows.total_form_count() + 2, MOST_ROWS))
        return type(rows)(sent, prefix=rows.prefix, initial=rows.initial)

    def entry(self) -> Entry | None:
        """Give the practice that was written; None with everything that is wrong told."""
        if not all([self.main.is_valid(), *(rows.is_valid() for _n, _h, rows in self.rows)]):
            return None
        told = {
            key: value
            for key, value in self.main.cleaned_data.items()
            if key not in {"holder", "readers"}
        }
        if self.practice is not None:
            told["reference"] = self.practice.reference
        for name, _heading, rows in self.rows:
            told[name] = [form.row() for form in rows if form.has_changed()]
        try:
            return read_entry(told, where="form")
        except EntryBroken as broken:
            for problem in broken.problems:
                self.main.add_error(None, problem)
            return None

    @property
    def readers(self) -> tuple[UUID, ...]:
        """The people who may read what is RED."""
        found: tuple[UUID, ...] = self.main.cleaned_data["readers"]
        return found


class DeclineForm(forms.Form):
    """Why a version is declined."""

    why = forms.CharField(
        label=_("What is wrong, so that it can be mended"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class WithdrawForm(forms.Form):
    """Why a practice is hidden."""

    why = forms.ChoiceField(label=_("Why"), choices=_choices(WITHDRAWALS))
