"""A calendar of deadlines leads nobody to the proceeding."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import pytest

from tests.coercion.instruments.factories import AT, make_scene, stepped
from undaunted.coercion.instruments.analysis import deadlines_written
from undaunted.coercion.instruments.rules import Stage
from undaunted.core.accounts.actions import acting_as

pytestmark = pytest.mark.usefixtures("ledger")


def test_a_calendar_keeps_its_id_and_not_the_address_of_the_proceeding(owner_sql: Any) -> None:
    scene = make_scene(owner_sql)
    stepped(scene, Stage.EXAMINATION, date(2026, 11, 3))
    with acting_as(scene.ours.documenter) as actor:
        first, again = (
            deadlines_written(actor, scene.proceeding, name="Undaunted", at=AT).decode()
            for _ in range(2)
        )
    assert first == again
    assert re.search(r"^UID:[0-9a-f-]{36}", first, re.MULTILINE)
    assert "BEGIN:VEVENT" in first
    assert str(scene.proceeding.pk) not in first.replace("\r\n ", "")
