"""How the desk of dossiers answers: found or absent, a step taken or what stands against it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.urls import reverse

from undaunted.core.access.pages import Desk
from undaunted.repression.dossiers.rules import DossierRefused
from undaunted.site.answers import found, stopped

if TYPE_CHECKING:
    from undaunted.repression.dossiers.models import Dossier

__all__ = ["DESK", "address_of", "found", "stopped"]

DESK: Final = Desk((DossierRefused,))


def address_of(held: Dossier) -> str:
    """Give the address of a dossier."""
    return reverse("dossiers:dossier", args=[held.pk])
