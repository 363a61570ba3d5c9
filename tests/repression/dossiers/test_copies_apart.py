"""Copies for two readers of one dossier have nothing by which they are joined."""

from __future__ import annotations

import io
import re
import zipfile
from typing import Any

import pikepdf
import pytest

from tests.repression.dossiers.factories import GB, UNION, Scene, agree, make_scene, written
from tests.repression.dossiers.test_annexes_read import annexed
from tests.repression.dossiers.test_submissions import bytes_of, released

pytestmark = pytest.mark.usefixtures("ledger")


@pytest.fixture
def scene(owner_sql: Any) -> Scene:
    made = make_scene(owner_sql)
    agree(made, UNION)
    agree(made, GB)
    return made


def ids(content: bytes) -> set[bytes]:
    """Give the ids of a PDF, of its trailer and of its metadata."""
    with pikepdf.open(io.BytesIO(content)) as file:
        assert not file.check_pdf_syntax()
        trailer = {bytes(each) for each in file.trailer["/ID"].as_list()}
        told = file.Root["/Metadata"].read_bytes()
    return trailer | set(re.findall(rb"(?:Document|Instance)ID>([^<]{1,80})<", told))


def test_ids_and_annexes_of_two_copies_differ(scene: Scene) -> None:
    annexed(scene, b"A note of the guard (invented).", "text/plain", "Note")
    first, second = written(scene, "eu-2020-1998"), written(scene, "gb-ghrsr-2020")
    one, other = bytes_of(scene, first), bytes_of(scene, second)
    for name in ("submission.pdf", "draft.pdf"):
        told, also = one[name], other[name]
        assert told
        assert also
        assert len(ids(told)) == 2, "the document and this writing of it; metadata say the same"
        assert not ids(told) & ids(also)
    package, its = one["annexes.zip"], other["annexes.zip"]
    assert package
    assert its
    assert package != its
    with zipfile.ZipFile(io.BytesIO(package)) as file:
        assert file.comment.decode() == first.watermark
        assert file.testzip() is None
    assert released(scene, first).state == "released"
