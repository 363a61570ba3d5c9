"""The form of a request to examine: an answer a field, and what everybody may read of it."""

from __future__ import annotations

import json
import tomllib
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from undaunted.coercion.instruments.forms.cases import text_field
from undaunted.coercion.instruments.readers import FileRefused, request_of
from undaunted.coercion.instruments.rules import (
    Answer,
    Evidence,
    FieldKind,
    Request,
    request_fields,
)
from undaunted.site.english import marked
from undaunted.site.instants import DayField

if TYPE_CHECKING:
    from collections.abc import Iterator

    from undaunted.coercion.instruments.rules import RequestField

__all__ = ["RequestForm"]

LARGEST_FILE = 500_000
DOCUMENTS = 3
_PARTS = ("unit", "confidential", "summary", "no_summary")


class RequestForm(forms.Form):
    """An exporter's facts, typed in or as a file; the rules say what lacks, and what tells who.

    No field is required, for a file can stand for all; a page calls none optional that is needed.
    """

    received_on = DayField(label=_("Received"))
    facts = forms.FileField(
        label=_("Facts as a file"),
        required=False,
        help_text=_("TOML or JSON, in place of the fields below. It is read and not kept."),
    )
    protect = forms.BooleanField(
        label=_("Keep who asks from everybody but the team"), required=False, initial=True
    )
    harm = text_field(_("What whoever asks has to fear"), required=False)
    also = forms.CharField(
        label=_("Other names that tell who asks, separated by semicolons"),
        max_length=1000,
        required=False,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **kwargs)
        for field in request_fields():
            self.fields[field.key] = text_field(
                marked(field.title, law=True),
                required=False,
                rows=2 if field.kind is FieldKind.TEXT else 1,
                help_text=marked(field.asks, law=True),
            )
            self.fields[field.key].needed = field.needed  # type: ignore[attr-defined]
            self._add_parts(field.key, unit=field.kind in {FieldKind.AMOUNT, FieldKind.COUNT})
        for number in range(1, DOCUMENTS + 1):
            key = f"document_{number}"
            self.fields[key] = forms.CharField(
                label=_("Title of the document"), max_length=300, required=False
            )
            self.fields[f"{key}_public_at"] = forms.CharField(
                label=_("Where everybody finds it"), max_length=300, required=False
            )
            self._add_parts(key, unit=False)
        self.fields["document_1"].needed = True  # type: ignore[attr-defined]

    def parts(self) -> Iterator[tuple[str, list[Any], list[Any]]]:
        """Give each field for the page: its group, its answer, and what everybody may read."""
        for field in request_fields():
            yield field.group, [self[field.key], *self._told(field.key, "unit")], self._open(field)
        for number in range(1, DOCUMENTS + 1):
            key = f"document_{number}"
            told = [self[key], *self._told(key, "public_at")]
            yield "evidence", told, self._told(key, *_PARTS)

    def request(self) -> Request:
        """Give the request. Raises `FileRefused` with all that is wrong with a file of facts."""
        told = self.cleaned_data
        if told["facts"] is not None:
            return _read(told["facts"])
        answers = {
            field.key: self._answer(field) for field in request_fields() if told[field.key].strip()
        }
        return Request(
            answers=answers,
            evidence=tuple(self._documents()),
            protect=told["protect"],
            harm=told["harm"],
            also=tuple(each.strip() for each in told["also"].split(";") if each.strip()),
        )

    def _add_parts(self, key: str, *, unit: bool) -> None:
        if unit:
            self.fields[f"{key}_unit"] = forms.CharField(
                label=_("Currency, or what is counted"), max_length=40, required=False
            )
        self.fields[f"{key}_confidential"] = forms.BooleanField(
            label=_("Confidential"), required=False
        )
        self.fields[f"{key}_summary"] = text_field(
            _("Summary that everybody may read"), required=False
        )
        self.fields[f"{key}_no_summary"] = forms.CharField(
            label=_("Or why none is possible"), max_length=400, required=False
        )

    def _told(self, key: str, *names: str) -> list[Any]:
        return [self[f"{key}_{each}"] for each in names if f"{key}_{each}" in self.fields]

    def _open(self, field: RequestField) -> list[Any]:
        return self._told(field.key, *_PARTS[1:])

    def _answer(self, field: RequestField) -> Answer:
        told = self.cleaned_data
        return Answer(
            value=told[field.key].strip(),
            unit=told.get(f"{field.key}_unit", "").strip(),
            confidential=told[f"{field.key}_confidential"],
            summary=told[f"{field.key}_summary"],
            no_summary=told[f"{field.key}_no_summary"],
        )

    def _documents(self) -> Iterator[Evidence]:
        told = self.cleaned_data
        for number in range(1, DOCUMENTS + 1):
            key = f"document_{number}"
            if told[key].strip():
                yield Evidence(
                    key=key,
                    title=told[key].strip(),
                    confidential=told[f"{key}_confidential"],
                    summary=told[f"{key}_summary"],
                    no_summary=told[f"{key}_no_summary"],
                    public_at=told[f"{key}_public_at"],
                )


def _read(file: Any) -> Request:  # noqa: ANN401 - an uploaded file
    """Read facts out of memory: nothing of them is laid on a disk."""
    if file.size > LARGEST_FILE:
        raise FileRefused(file.name, f"is larger than {LARGEST_FILE:,} bytes; facts are shorter")
    try:
        text = file.read().decode("utf-8-sig")
        held = json.loads(text) if file.name.lower().endswith(".json") else tomllib.loads(text)
    except (ValueError, RecursionError) as problem:
        raise FileRefused("facts", f"is neither TOML nor JSON: {problem}") from problem
    return request_of(held, where="facts")
