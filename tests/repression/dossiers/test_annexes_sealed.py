"""An annex that shows or names somebody to whom it was done goes out sealed, or not at all."""

from __future__ import annotations

import io
import zipfile
from typing import Any

import pytest

from tests.core.accounts.factories import signed_in_client
from tests.repression.dossiers.factories import AT, UNION, Scene, agree, make_scene, written
from tests.repression.dossiers.test_submissions import bytes_of, now_of, released, the_source
from undaunted.core.accounts.actions import acting_as
from undaunted.core.evidence.actions import make_clean_copy, store_document
from undaunted.core.vault.actions import new_receiving_key, open_abroad
from undaunted.repression.dossiers.actions import add_annex
from undaunted.repression.dossiers.rules import SubmissionRefused

pytestmark = pytest.mark.usefixtures("ledger")
LAW = "eu-2020-1998"


@pytest.fixture
def scene(owner_sql: Any) -> Scene:
    made = make_scene(owner_sql)
    agree(made, UNION)
    return made


def annexed(scene: Scene, words: bytes, *, shown: bool) -> None:
    with acting_as(scene.desk.documenter) as actor:
        held = store_document(io.BytesIO(words), the_source(scene, actor), actor=actor, at=AT,
                              media_type="text/plain")  # fmt: skip
        make_clean_copy(held, actor=actor, at=AT)
        shows = [scene.subject] if shown else []
        add_annex(scene.dossier, held.pk, "Order", shows=shows, actor=actor, at=AT)


@pytest.mark.parametrize(
    ("words", "shown"), [(b"Of Olena Korsak.", False), (b"Of the person.", True)]
)
def test_what_names_or_shows_somebody_is_sealed_to_the_recipient(
    scene: Scene, words: bytes, *, shown: bool
) -> None:
    annexed(scene, words, shown=shown)
    with pytest.raises(SubmissionRefused, match="it names or shows somebody who suffered it"):
        written(scene, LAW)
    secret, key = sorted(new_receiving_key(), key=lambda each: each.startswith("age1"))
    made = written(scene, LAW, key=key)
    assert released(scene, made).state == "released"
    held = bytes_of(scene, made)
    assert held["annexes.zip"] is None, "only the sealed copy is left"
    assert held["annexes.age"]
    assert words not in held["annexes.age"]
    with zipfile.ZipFile(io.BytesIO(open_abroad(held["annexes.age"], secret))) as file:
        assert file.read("annex-01.txt") == words
    page = f"/desk/dossiers/submissions/{now_of(scene, made).pk}/"
    client = signed_in_client(scene.desk.documenter)
    shown_page = client.get(page).content.decode()
    assert "files/annexes.age" in shown_page
    assert "files/annexes.zip" not in shown_page


def test_what_tells_of_nobody_goes_along_open(scene: Scene) -> None:
    annexed(scene, b"The gazette of 5 March.", shown=False)
    made = written(scene, LAW)
    assert released(scene, made).state == "released"
    held = bytes_of(scene, made)
    assert held["annexes.zip"]
    assert "annexes.age" not in held
