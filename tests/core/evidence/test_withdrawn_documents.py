"""Of a document that was withdrawn nothing is handed out, to whoever reads or records."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.test import Client
from django.utils import timezone

from tests.core.accounts.factories import in_person, make_user, signed_in_client
from tests.core.evidence.test_redacted_copies import redacted, stored
from tests.core.vault.factories import Office, make_office
from undaunted.core.access.rules import Role
from undaunted.core.accounts.actions import make_token
from undaunted.core.accounts.rules import SCOPES
from undaunted.core.evidence.actions import record_custody
from undaunted.core.evidence.rules import CustodyKind

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.usefixtures("ledger")
DESK, API = "/desk/documents/", "/api/v1/documents/desk/redacted/"


@pytest.fixture
def office(owner_sql: Any, settings: Any, tmp_path: Path) -> Office:
    settings.DOCUMENTS_FOLDER = tmp_path
    return make_office(owner_sql)


@pytest.mark.parametrize("role", [Role.READER, Role.DOCUMENTER])
def test_neither_clean_nor_redacted_copy_is_handed_out_after_withdrawal(
    office: Office, owner_sql: Any, role: Role
) -> None:
    document = stored(office)
    copy = redacted(office, document)
    person = make_user(owner_sql, {office.holder: [role]})
    client = signed_in_client(person)
    with in_person(person) as actor:
        token = make_token("test", SCOPES, actor=actor, at=timezone.now(), days=1)[1]
    program = Client(headers={"Authorization": f"Bearer {token}"})
    one, other = f"{DESK}{document.pk}/", f"{DESK}redacted/{copy.pk}/"

    def statuses() -> list[int]:
        answers = [client.post(f"{page}copy/") for page in (one, other)]
        answers.append(program.get(f"{API}{copy.pk}/file"))
        for each in answers:
            each.close()
        return [each.status_code for each in answers]

    assert statuses() == [200, 200, 200]
    with office.caseworker.acting() as actor:
        later = timezone.now() + timedelta(seconds=1)
        record_custody(document, CustodyKind.WITHDRAWN, actor=actor, at=later)
    assert statuses() == [404, 404, 404]
    for page in (one, other):
        shown = client.get(page)
        assert shown.status_code == 200
        assert ">withdrawn<" in shown.text
        assert f"{page}copy/" not in shown.text
