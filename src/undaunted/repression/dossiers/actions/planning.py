"""What a dossier is to be: every fault of it is told at once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from undaunted.core.places.rules import UnknownCountry, country
from undaunted.core.sharing.rules import MarkingRefused, tlp_of
from undaunted.repression.dossiers.actions.parts import said
from undaunted.repression.dossiers.rules import DossierRefused, all_or_faults

if TYPE_CHECKING:
    from collections.abc import Sequence
    from uuid import UUID

__all__ = ["DossierPlan"]


@dataclass(frozen=True, slots=True)
class DossierPlan:
    """What a dossier is about, who handles it, how far it may travel."""

    title: str
    country: str
    summary: str = ""
    tlp: str = "AMBER"
    team: Sequence[UUID] = ()

    def kept(self, person: UUID) -> dict[str, Any]:
        """Give it as it is kept, with whoever writes it in the team.

        Raises `DossierRefused` with every fault.
        """
        title, summary, code, tlp = all_or_faults(
            lambda: said("title", self.title, 200),
            lambda: said("summary", self.summary) if self.summary.strip() else "",
            self._country,
            self._tlp,
        )
        team = sorted({person, *self.team})
        return {"title": title, "summary": summary, "country": code, "tlp": tlp, "team": team}

    def _country(self) -> str:
        try:
            return country(self.country).code
        except UnknownCountry:
            why = f"{self.country!r} is no country; write its code"
            raise DossierRefused("country", why) from None

    def _tlp(self) -> str:
        try:
            return tlp_of(self.tlp).value
        except MarkingRefused as refusal:
            raise DossierRefused("tlp", str(refusal).removeprefix("tlp: ")) from None
