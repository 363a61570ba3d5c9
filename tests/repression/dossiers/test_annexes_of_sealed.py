"""An annex whose document is sealed goes along as the redacted copy that its team let lie open."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

import pytest
from django.utils import timezone

from tests.core.accounts.factories import signed_in_client
from tests.core.vault.factories import PASSPHRASE, make_colleague, take_in
from tests.repression.dossiers.factories import AT, UNION, Scene, agree, make_scene, written
from tests.repression.dossiers.test_annexes_redacted import inside
from tests.repression.dossiers.test_submissions import ITS_OWN, another, the_source
from undaunted.core.access.rules import Role
from undaunted.core.accounts.actions import acting_as
from undaunted.core.evidence.actions import (
    make_clean_copy,
    seal_document,
    store_document,
    withdraw_redacted_copy,
)
from undaunted.core.evidence.queries import document_for, redacted_copy_for
from undaunted.core.vault.actions import found_team, make_key_pair
from undaunted.core.vault.rules import FLOOR
from undaunted.repression.dossiers.actions import add_annex
from undaunted.repression.dossiers.queries import annexes_in
from undaunted.repression.dossiers.rules import SubmissionRefused

if TYPE_CHECKING:
    from pathlib import Path
    from uuid import UUID

pytestmark = pytest.mark.usefixtures("ledger")
LAW = "eu-2020-1998"


@pytest.fixture
def scene(owner_sql: Any, settings: Any, tmp_path: Path) -> Scene:
    settings.DOCUMENTS_FOLDER = tmp_path
    made = make_scene(owner_sql)
    agree(made, UNION)
    another(made)
    return made


def sealed(scene: Scene, owner_sql: Any) -> UUID:
    """Let the documenter seal a document to a team of theirs, and add it as an annex."""
    holder, at = scene.desk.organisation, timezone.now()
    steward = make_colleague(owner_sql, {holder: [Role.STEWARD]})
    with acting_as(scene.desk.documenter) as actor:
        make_key_pair(PASSPHRASE, actor=actor, at=at, work=FLOOR)
    with steward.acting() as actor:
        team = found_team(holder, "Casework", receives=True, actor=actor, at=at).pk
    take_in(owner_sql, team, scene.desk.documenter.pk, by=steward)
    with acting_as(scene.desk.documenter) as actor:
        held = store_document(io.BytesIO(b"Vasil Dobrev, 1980"), the_source(scene, actor),
                              actor=actor, at=AT, media_type="text/plain")  # fmt: skip
        make_clean_copy(held, actor=actor, at=AT)
        seal_document(held, team, actor=actor, at=AT)
        return add_annex(scene.dossier, held.pk, "List", shows=[], actor=actor, at=AT).pk


def test_sealed_annex_goes_along_once_its_team_lets_a_copy_lie_open(
    scene: Scene, owner_sql: Any, tmp_path: Path
) -> None:
    annex = sealed(scene, owner_sql)
    with pytest.raises(SubmissionRefused, match="no copy that lies open"):
        written(scene, LAW, summary=ITS_OWN)
    client = signed_in_client(scene.desk.documenter)
    page = f"/desk/dossiers/{scene.dossier.pk}/annexes/{annex}/redact/"
    shown = client.get(page).content.decode()
    assert "This document is sealed" in shown
    assert "Vasil Dobrev</textarea>" not in shown
    client.post("/desk/vault/", {"passphrase": PASSPHRASE})
    assert "Vasil Dobrev</textarea>" in client.get(f"{page}?for=GB").content.decode()
    asked = {"passages": "Vasil Dobrev", "boxes": "", "ground": "agreement"}
    assert "say that it may" in client.post(page, asked).content.decode()
    client.post(page, asked | {"lies_open": "on"})
    assert inside(scene, written(scene, LAW, summary=ITS_OWN)) == {
        "annex-01.txt": "█████, 1980".encode()
    }
    files = [path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()]
    assert not [each for each in files if b"Dobrev" in each]


def test_nothing_goes_along_of_a_copy_that_was_withdrawn(scene: Scene, owner_sql: Any) -> None:
    annex, client = sealed(scene, owner_sql), signed_in_client(scene.desk.documenter)
    client.post("/desk/vault/", {"passphrase": PASSPHRASE})
    asked = {"passages": "Dobrev", "boxes": "", "ground": "safety", "lies_open": "on"}
    client.post(f"/desk/dossiers/{scene.dossier.pk}/annexes/{annex}/redact/", asked)
    with acting_as(scene.desk.documenter) as actor:
        (held,) = annexes_in(actor, scene.dossier)
        assert held.redacted
        copy = redacted_copy_for(actor, held.redacted)
        assert copy
        withdraw_redacted_copy(copy, actor=actor, at=AT)
        document = document_for(actor, held.document)
        assert document
        assert document.team
    with pytest.raises(SubmissionRefused, match="no copy that lies open"):
        written(scene, LAW, summary=ITS_OWN)
