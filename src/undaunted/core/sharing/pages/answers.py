"""What every page of sharing needs: who acts, whether their key is open, how a file is answered."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from django.http import HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone

from undaunted.core.access.rules import actor_of
from undaunted.core.vault.queries import open_key_of as vault_key_of
from undaunted.site.answers import found, stopped

if TYPE_CHECKING:
    from django.forms import BaseForm
    from django.http import HttpRequest

    from undaunted.core.vault.rules import OpenKey

__all__ = ["actor_of", "asked", "file_answer", "found", "open_key", "stopped"]

Thing = TypeVar("Thing")


def open_key(request: HttpRequest) -> OpenKey | None:
    """Give the key that is open in this session, None where none is."""
    return vault_key_of(actor_of(request), request, at=timezone.now())


def file_answer(content: bytes, name: str) -> HttpResponse:
    """Give a sealed file to save."""
    answer = HttpResponse(content, content_type="application/octet-stream")
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}.age"'
    return answer


def asked(request: HttpRequest, form: BaseForm, **words: object) -> TemplateResponse:
    """Show a form with its heading, lead and button."""
    return TemplateResponse(request, "sharing/form.html", {"form": form, **words})
