"""One official at the desk, with the pages of one case."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from tests.core.accounts.factories import signed_in_client
from undaunted.core.accounts.actions import acting_as

if TYPE_CHECKING:
    from django.test import Client

    from tests.coercion.screening.factories import Scene
    from undaunted.core.accounts.models import User

__all__ = ["BOARD", "Desk", "csv"]

BOARD = "/desk/screening/"


class Desk:
    """One official with the pages of one case."""

    def __init__(self, scene: Scene, who: User) -> None:
        self.page: Client = signed_in_client(who)
        self.who, self.case, self.today = who, scene.case, timezone.localdate()
        self.address = f"{BOARD}cases/{scene.case.pk}/"

    def sees(self, more: str = "") -> str:
        answer = self.page.get(self.address + more)
        assert answer.status_code == 200
        return answer.content.decode()

    def does(self, step: str, row: object = None, answers: int = 302, /, **told: Any) -> str:
        address = f"{self.address}{step}/" + (f"{row}/" if row else "")
        shown = self.page.get(address)
        assert shown.status_code == 200, (address, shown.status_code)
        answer = self.page.post(address, told)
        said = answer.content.decode()
        assert answer.status_code == answers, (address, re.findall(r"error.*", said)[:8])
        return said

    def row(self, model: Any, **told: Any) -> Any:
        with acting_as(self.who):
            return model.objects.filter(case=self.case, **told).latest("recorded_at")


def csv(text: str, name: str) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, text.encode(), "text/csv")
