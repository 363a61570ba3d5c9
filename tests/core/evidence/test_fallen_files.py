"""What makes a file fall is news: withdrawn, sealed, erased by the clock, its copy withdrawn."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.utils import timezone

from tests.core.evidence.test_redacted_copies import redacted, stored
from tests.core.vault.factories import Office, make_office
from undaunted.core.clocks.tasks import erase_what_has_expired
from undaunted.core.evidence.actions import (
    record_custody,
    seal_document,
    withdraw_redacted_copy,
)
from undaunted.core.evidence.rules import CustodyKind

if TYPE_CHECKING:
    from pathlib import Path
    from uuid import UUID

pytestmark = pytest.mark.usefixtures("ledger")


@pytest.fixture
def office(owner_sql: Any, settings: Any, tmp_path: Path) -> Office:
    settings.DOCUMENTS_FOLDER = tmp_path
    return make_office(owner_sql)


def fallen(owner_sql: Any) -> list[UUID]:
    told = "SELECT subject FROM consent_news WHERE kind = 'fallen' AND detail = '{}'"
    return [subject for (subject,) in owner_sql(told)]


def test_sealing_withdrawing_and_erasing_are_told_each_by_the_id_alone(
    office: Office, owner_sql: Any
) -> None:
    document, at = stored(office), timezone.now() - timedelta(seconds=2)
    assert fallen(owner_sql) == []
    with office.caseworker.acting() as actor:
        held = seal_document(document, office.team, actor=actor, at=at)
    assert fallen(owner_sql) == [document.pk]
    with office.caseworker.acting() as actor:
        record_custody(held, CustodyKind.STAMPED, actor=actor, at=at)
        later = at + timedelta(seconds=1)
        record_custody(held, CustodyKind.WITHDRAWN, actor=actor, at=later)
    assert fallen(owner_sql) == [document.pk] * 2
    owner_sql("UPDATE clocks_clock SET due_at = now() - interval '1 day'")
    assert erase_what_has_expired(0) == 1
    assert fallen(owner_sql) == [document.pk] * 3


def test_withdrawn_copy_is_told_by_its_document(office: Office, owner_sql: Any) -> None:
    document = stored(office)
    copy = redacted(office, document)
    assert fallen(owner_sql) == []
    with office.caseworker.acting() as actor:
        for _ in range(2):
            withdraw_redacted_copy(copy, actor=actor, at=timezone.now())
    assert fallen(owner_sql) == [document.pk], "once"
