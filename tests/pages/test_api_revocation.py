"""A program that revokes an agreement learns what followed, and what of the person goes on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.pages.api_programs import (
    made_by,
    program,
    record_consent,
    record_person,
    record_source,
    record_spell,
)
from tests.pages.desk_scene import open_desk

if TYPE_CHECKING:
    from pathlib import Path

    from pytest_django import Settings

pytestmark = pytest.mark.usefixtures("ledger")


def test_a_revocation_says_what_still_stands(
    owner_sql: Any, settings: Settings, tmp_path: Path
) -> None:
    settings.DOCUMENTS_FOLDER = tmp_path / "documents"
    settings.DOWNLOADS_FOLDER = tmp_path / "downloads"
    desk = open_desk(owner_sql)
    first, second = program(desk.first), program(desk.second)
    person, source = record_person(first, desk), record_source(first, desk)
    record_spell(first, person, source)
    one, other = record_consent(first, person), record_consent(first, person)
    gate = made_by(first.post(f"/people/{person}/publication"))
    made_by(second.post(f"/publications/{gate['id']}/publish"))
    ended = made_by(first.post(f"/people/{person}/consents/{one}/revocation"))
    assert [each["id"] for each in ended["standing"]] == [other]
    assert ended["standing"][0].keys() == {
        "id", "purpose", "audience", "level", "basis", "until"}  # fmt: skip
    assert (ended["outstanding"], ended["public"]) == ([], gate["reference"])
