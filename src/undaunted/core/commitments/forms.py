"""Forms of boards: what to show, a statement in its parts, a reason, a file."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from django import forms
from django.forms import BaseFormSet, formset_factory
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from undaunted.core.accounts.queries import organisations_for
from undaunted.core.commitments.readers import LARGEST, read_file
from undaunted.core.commitments.rules import LIMITS, StatementBroken, check_read, read_statement
from undaunted.core.commitments.writers import STANDINGS, state_name
from undaunted.core.practices.rules import LIMITS as SOURCE_LIMITS
from undaunted.core.practices.writers import STATUSES
from undaunted.site.instants import DayField
from undaunted.site.languages import LANGUAGES

if TYPE_CHECKING:
    from collections.abc import Iterable
    from uuid import UUID

    from undaunted.core.access.rules import Actor
    from undaunted.core.commitments.rules import Instrument, Statement

__all__ = ["BoardForm", "DayForm", "DeclineForm", "ImportForm", "StatementForms"]

MOST_SOURCES, MOST_TOLD = 30, 50
_LANGUAGES = [(each.code, each.own_name) for each in LANGUAGES]
_ANSWERS = (("", _("Not known")), ("yes", _("Yes")), ("no", _("No")))


class DayForm(forms.Form):
    """On which day, and as it was known on which."""

    on = DayField(label=_("Day"), required=False)
    known = DayField(label=_("As known on"), required=False)


class BoardForm(DayForm):
    """Which states of a board to show."""

    state = forms.ChoiceField(label=_("Country"), required=False)
    feature = forms.ChoiceField(label=_("With the feature"), required=False)
    status = forms.ChoiceField(
        label=_("Status"),
        required=False,
        choices=[("", _("any")), *((each.value, word) for each, word in STANDINGS.items())],
    )

    def __init__(
        self,
        *args: Any,  # noqa: ANN401
        instrument: Instrument,
        states: Iterable[str],
        **kwargs: Any,  # noqa: ANN401
    ) -> None:
        super().__init__(*args, **kwargs)
        named = sorted(((code, state_name(code)) for code in states), key=lambda each: each[1])
        features = [(each.code, each.short) for each in instrument.features]
        for field, choices in (("state", named), ("feature", features)):
            self.fields[field].choices = [("", _("any")), *choices]  # type: ignore[attr-defined]


class DeclineForm(forms.Form):
    """Why a statement is declined."""

    why = forms.CharField(
        label=_("What is wrong, so that it can be mended"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class ImportForm(forms.Form):
    """A file of statements, for an organisation."""

    file = forms.FileField(label=_("File"), help_text="CSV · JSON · TOML")

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **kwargs)
        chosen = forms.ModelChoiceField(
            label=_("Your organisation"), queryset=organisations_for(actor), empty_label=None
        )
        self.fields = {"holder": chosen, **self.fields}

    def statements(self) -> tuple[Statement, ...]:
        """Give the statements of the file; none with everything that is wrong told, by row."""
        if not self.is_valid():
            return ()
        sent = self.cleaned_data["file"]
        try:
            statements = read_file(sent.read(LARGEST + 1), name=sent.name)
            return check_read(statements, timezone.now().date(), where=sent.name)
        except StatementBroken as broken:
            for problem in broken.problems[:MOST_TOLD]:
                self.add_error("file", problem)
            return ()


class _MainForm(forms.Form):
    """Who stands how to the instrument, since when, by which law."""

    state = forms.CharField(
        label=_("Country"), max_length=4, help_text=_("Codes of countries, such as BY, or EU.")
    )
    status = forms.ChoiceField(
        label=_("Status"),
        choices=[(each.value, word) for each, word in STANDINGS.items()],
        help_text=_(
            "Withdrawn is a law that was given up; a bill that came to nothing has lapsed. None is "
            "what a source says; what was looked for and not found is not known."
        ),
    )
    since = forms.CharField(
        label=_("Since"),
        max_length=40,
        help_text=_("As well as it is known: 2015-10-29 or 2015."),
    )
    law = forms.CharField(label=_("Law"), max_length=LIMITS["law"], required=False)
    text = forms.CharField(
        label=_("Note"),
        max_length=LIMITS["text"],
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    language = forms.ChoiceField(label=_("Language of the text"), choices=_LANGUAGES, initial="en")
    evidence = forms.CharField(
        label=_("Sources"),
        max_length=400,
        help_text=_("Short names of sources below, with spaces between them."),
    )

    def __init__(self, *args: Any, actor: Actor, earlier: Any = None, **kwargs: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **kwargs)
        self.earlier = earlier
        if earlier is not None:
            del self.fields["state"]
            return
        chosen = forms.ModelChoiceField(
            label=_("Your organisation"), queryset=organisations_for(actor), empty_label=None
        )
        self.fields = {"holder": chosen, **self.fields}

    @property
    def holder(self) -> UUID:
        """Whose statement it is."""
        held: UUID = self.cleaned_data["holder"].pk if self.earlier is None else self.earlier.holder
        return held


class _FeatureForm(forms.Form):
    """Whether the instrument has a feature, by which clause, and who says so."""

    has = forms.ChoiceField(label=_("Answer"), choices=_ANSWERS, required=False)
    clause = forms.CharField(label=_("Clause"), max_length=LIMITS["clause"], required=False)
    sources = forms.CharField(label=_("Sources"), max_length=400, required=False)


class _SourceForm(forms.Form):
    """One source; a row in which nothing was written is left out."""

    id = forms.SlugField(label=_("Short name"), max_length=40)
    title = forms.CharField(label=_("Title"), max_length=SOURCE_LIMITS["text"])
    publisher = forms.CharField(label=_("Published by"), max_length=SOURCE_LIMITS["publisher"])
    date = forms.CharField(label=_("Day or year"), max_length=40)
    url = forms.URLField(label=_("Address"), max_length=SOURCE_LIMITS["url"], assume_scheme="https")
    status = forms.ChoiceField(
        label=_("How it was read"),
        choices=[(each.value, word) for each, word in STATUSES.items()],
    )
    read_on = DayField(label=_("Read on"), required=False)
    read_in = forms.CharField(label=_("Read in"), max_length=SOURCE_LIMITS["text"], required=False)
    note = forms.CharField(label=_("Note"), max_length=SOURCE_LIMITS["text"], required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401
        super().__init__(
            *args, **{**kwargs, "use_required_attribute": False, "empty_permitted": True}
        )

    def has_changed(self) -> bool:
        """Whether anything was written beside the status."""
        return any(
            str(self[name].value() or "").strip() for name in self.fields if name != "status"
        )


class StatementForms:
    """The form of a whole statement about an instrument, read by the same rules as a file."""

    def __init__(
        self,
        sent: Any,  # noqa: ANN401
        *,
        actor: Actor,
        instrument: Instrument,
        earlier: Any = None,  # noqa: ANN401
    ) -> None:
        data: dict[str, Any] = earlier.content if earlier else {}
        self.instrument, self.earlier = instrument, earlier
        initial = {**data, "evidence": " ".join(data.get("evidence", ()))}
        self.main = _MainForm(sent, actor=actor, earlier=earlier, initial=initial)
        held = {row["code"]: row for row in data.get("features", ())}
        self.features = [
            (
                feature,
                _FeatureForm(
                    sent,
                    prefix=f"feature-{feature.code}",
                    initial=_feature_initial(held.get(feature.code)),
                ),
            )
            for feature in instrument.features
        ]
        made = formset_factory(_SourceForm, extra=2, max_num=MOST_SOURCES, absolute_max=60)
        self.sources: BaseFormSet[Any] = made(
            sent, prefix="sources", initial=list(data.get("sources", ()))
        )

    @property
    def forms(self) -> list[Any]:
        """Every form, for the summary of problems."""
        return [self.main, *(form for _feature, form in self.features), *self.sources]

    def add_rows(self) -> None:
        """Show two more rows of sources; what was written stays."""
        rows = self.sources
        sent: Any = rows.data.copy()  # type: ignore[attr-defined]
        sent[f"{rows.prefix}-TOTAL_FORMS"] = str(min(rows.total_form_count() + 2, MOST_SOURCES))
        self.sources = type(rows)(sent, prefix=rows.prefix, initial=rows.initial)

    def statement(self) -> Statement | None:
        """Give the statement that was written; None with everything that is wrong told."""
        parts: list[Any] = [self.main, self.sources, *(form for _feature, form in self.features)]
        if [part for part in parts if not part.is_valid()]:
            return None
        written = self.main.cleaned_data
        told = {
            "instrument": self.instrument.code,
            "state": written.get("state", "").upper() or self.earlier.state,
            **{name: written[name] for name in ("status", "since", "law", "text", "language")},
            "evidence": _names(written["evidence"]),
            "features": [
                {
                    "code": feature.code,
                    "has": form.cleaned_data["has"] == "yes",
                    "clause": form.cleaned_data["clause"],
                    "sources": _names(form.cleaned_data["sources"]),
                }
                for feature, form in self.features
                if form.cleaned_data["has"]
            ],
            "sources": [dict(form.cleaned_data) for form in self.sources if form.has_changed()],
        }
        try:
            statement = read_statement(told, where="form")
            return check_read((statement,), timezone.now().date(), where="form")[0]
        except StatementBroken as broken:
            for problem in broken.problems:
                self.main.add_error(None, problem)
            return None


def _feature_initial(row: dict[str, Any] | None) -> dict[str, Any]:
    if row is None:
        return {}
    return {
        "has": "yes" if row["has"] else "no",
        "clause": row["clause"],
        "sources": " ".join(row["sources"]),
    }


def _names(text: str) -> list[str]:
    return re.findall(r"[^\s,;]+", text)
