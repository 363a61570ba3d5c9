"""The form of an episode: its demand, and rows of measures and sources; a file brings measures."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django import forms
from django.forms import formset_factory
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from undaunted.coercion.response.forms.steps import SHORT, holders_for
from undaunted.coercion.response.readers import ScenarioRefused, read_measures
from undaunted.coercion.response.writers.terms import choices_of
from undaunted.core.places.rules import countries, country_name
from undaunted.site.english import refusal_told
from undaunted.site.instants import DayField

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.forms import BaseFormSet

    from undaunted.core.access.rules import Actor

__all__ = ["EpisodeForms"]

MOST_ROWS = 100
ADDED = 2
FIRST = "first"
_TIERS = [(each, each) for each in "ABCD"]
_IDS = _("Short names of sources below, with spaces between them.")
_KNOWN = _("As well as it is known: 2015-10-29 or 2015.")


def _states() -> list[tuple[str, str]]:
    language = get_language() or "en"
    named = sorted((country_name(each.code, language), each.alpha_3) for each in countries())
    return [(code, label) for label, code in named if code]


def _text(label: Any) -> forms.CharField:  # noqa: ANN401 - a lazy sentence
    return forms.CharField(label=label, max_length=1200, widget=forms.Textarea(attrs=SHORT))


def _date(label: Any, **more: Any) -> forms.CharField:  # noqa: ANN401 - a lazy sentence
    return forms.CharField(label=label, max_length=40, help_text=_KNOWN, **more)


class _MainForm(forms.Form):
    """What an episode is, and its demand."""

    holder = forms.ChoiceField(label=_("Government"))
    key = forms.SlugField(
        label=_("Short name"),
        max_length=60,
        help_text=_("Small letters, figures and hyphens. It stands in addresses."),
    )
    title = forms.CharField(label=_("Title"), max_length=300)
    target = forms.ChoiceField(label=_("Target"))
    coercer = forms.ChoiceField(label=_("Coercer"))
    began = _date(_("Began"))
    deniability = forms.ChoiceField(
        label=_("How the coercer stands to it"), choices=choices_of("Deniability")
    )
    demand = _text(_("What the coercer wants"))
    stated = forms.ChoiceField(label=_("Was it said?"), choices=choices_of("Stated"))
    confidence = forms.ChoiceField(label=_("Confidence"), choices=_TIERS, initial="C")
    cited = forms.CharField(label=_("Sources"), help_text=_IDS, max_length=300, initial=FIRST)
    file = forms.FileField(
        label=_("Measures from a CSV file"),
        required=False,
        help_text=_(
            "Columns: kind, by, on, began, ended, goods, sectors, text, confidence, sources. "
            "Its rows are added to the measures below."
        ),
    )

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **kwargs)
        offered = {"holder": holders_for(actor), "target": _states(), "coercer": _states()}
        for name, choices in offered.items():
            self.fields[name].choices = choices  # type: ignore[attr-defined]


class _MeasureForm(forms.Form):
    """One measure; without a country it is the coercer's, towards the target."""

    kind = forms.ChoiceField(
        label=_("Kind of measure"), choices=[("", "—"), *choices_of("MeasureKind")]
    )
    by = forms.ChoiceField(label=_("By whom"), required=False)
    on = forms.ChoiceField(label=_("Towards whom"), required=False)
    began = _date(_("Began"))
    ended = _date(_("Ended"), required=False)
    text = _text(_("What was done"))
    goods = forms.CharField(label=_("Goods or services"), max_length=300, required=False)
    sectors = forms.CharField(
        label=_("Sectors, as OECD codes them"), max_length=300, required=False
    )
    confidence = forms.ChoiceField(label=_("Confidence"), choices=_TIERS, initial="C")
    sources = forms.CharField(label=_("Sources"), help_text=_IDS, max_length=300, initial=FIRST)

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **kwargs)
        for name in ("by", "on"):
            self.fields[name].choices = [("", "—"), *_states()]  # type: ignore[attr-defined]

    def row(self, coercer: str, target: str) -> dict[str, Any]:
        """Give the measure in the form of a pack."""
        told = {name: value for name, value in self.cleaned_data.items() if value}
        for name in ("sectors", "sources"):
            if name in told:
                told[name] = told[name].split()
        return {"by": coercer, "on": target, **told}


class _SourceForm(forms.Form):
    """One source, and how it was read."""

    id = forms.SlugField(label=_("Short name"), max_length=40)
    title = forms.CharField(label=_("Title"), max_length=300)
    publisher = forms.CharField(label=_("Published by"), max_length=200)
    date = _date(_("Day or year"))
    status = forms.ChoiceField(
        label=_("How it was read"), choices=choices_of("Reading"), initial="unverified"
    )
    url = forms.URLField(label=_("Address"), max_length=400, required=False, assume_scheme="https")
    read_on = DayField(label=_("Read on"), required=False)
    read_in = forms.CharField(label=_("Read in"), max_length=300, required=False)

    def row(self) -> dict[str, Any]:
        """Give the source in the form of a pack."""
        return {name: str(value) for name, value in self.cleaned_data.items() if value}


ROWS: Final[dict[str, tuple[Any, type[forms.Form], dict[str, str]]]] = {
    "measures": (_("Measures"), _MeasureForm, {"confidence": "C", "sources": FIRST}),
    "sources": (_("Sources"), _SourceForm, {"id": FIRST, "status": "unverified"}),
}


class EpisodeForms:
    """The form of a whole episode, read by the same rules as a file."""

    def __init__(self, sent: Any, files: Any, *, actor: Actor) -> None:  # noqa: ANN401
        self._sent: Any = sent.copy() if sent is not None else None
        self.main = _MainForm(self._sent, files, actor=actor)
        if self._sent is not None:
            self._take_file(files.get("file"))
            if self._sent.get("more") in ROWS:
                self._lengthen(self._sent["more"], ADDED)
        self.rows = {name: self._formset(name) for name in ROWS}

    @property
    def lists(self) -> list[tuple[str, Any, BaseFormSet[Any]]]:
        """Give each list with its heading, for the page."""
        return [(name, heading, self.rows[name]) for name, (heading, _f, _i) in ROWS.items()]

    @property
    def forms(self) -> Iterator[forms.Form]:
        """Give every form, for the summary of problems."""
        yield self.main
        for rows in self.rows.values():
            yield from rows

    @property
    def asks_for_more(self) -> bool:
        """Whether more rows are asked for, and nothing is to be recorded yet."""
        return self._sent is not None and "more" in self._sent

    def is_valid(self) -> bool:
        """Whether each form is whole; what the parts say together the reader judges."""
        return all([self.main.is_valid(), *(rows.is_valid() for rows in self.rows.values())])

    def add_error(self, field: str | None, error: str) -> None:
        """Say what is wrong with the whole."""
        self.main.add_error(field, error)

    def content(self) -> dict[str, Any]:
        """Give what was written, in the form of a pack."""
        told = self.main.cleaned_data
        measures, sources = (
            [form for form in self.rows[name] if form.has_changed()] for name in ROWS
        )
        return {
            **{
                name: told[name]
                for name in ("key", "title", "target", "coercer", "began", "deniability")
            },
            "demand": {
                "text": told["demand"],
                "stated": told["stated"],
                "confidence": told["confidence"],
                "sources": told["cited"].split(),
            },
            "measures": [form.row(told["coercer"], told["target"]) for form in measures],
            "events": [],
            "replay": {"says": "Not put in numbers yet."},
            "sources": [form.row() for form in sources],
        }

    def _formset(self, name: str) -> BaseFormSet[Any]:
        _heading, form, initial = ROWS[name]
        made = formset_factory(form, extra=0, max_num=MOST_ROWS, absolute_max=MOST_ROWS)
        return made(self._sent, prefix=name, initial=[initial])

    def _take_file(self, file: Any) -> None:  # noqa: ANN401 - an upload, or None
        """Put the measures of a file into rows, where they are seen, corrected and kept."""
        if file is None:
            return
        try:
            measures = read_measures(file.read(), where=file.name)
        except ScenarioRefused as refusal:
            for problem in refusal.problems:
                self.main.add_error("file", refusal_told(problem))
            return
        begin = self._begin()
        self._sent["more"] = "file"
        self._lengthen("measures", begin + len(measures) - self._count("measures"))
        for number, measure in enumerate(measures, begin):
            for name, value in measure.items():
                told = " ".join(value) if isinstance(value, list) else value
                self._sent[f"measures-{number}-{name}"] = told

    def _begin(self) -> int:
        """Give the row at which a file begins: the first where nothing was written."""
        written = [
            number
            for number in range(self._count("measures"))
            if self._sent.get(f"measures-{number}-text", "").strip()
        ]
        return max(written, default=-1) + 1

    def _count(self, name: str) -> int:
        told = str(self._sent.get(f"{name}-TOTAL_FORMS", ""))
        return min(int(told), MOST_ROWS) if told.isdecimal() and len(told) < len("1000") else 1

    def _lengthen(self, name: str, by: int) -> None:
        count = self._count(name)
        self._sent[f"{name}-TOTAL_FORMS"] = str(min(count + max(by, 0), MOST_ROWS))
